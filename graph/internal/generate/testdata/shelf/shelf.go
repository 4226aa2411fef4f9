// Package shelf has the Go types of the schema beside it.
package shelf

// Book is bound to the type of the same name.
type Book struct {
	Title   string
	Pages   *int
	Genre   Genre
	Price   int
	Authors []string
	Series  *Series
	First   Series
	Weight  float64
}

// Words is bound to a leaf.
func (b *Book) Words() int { return len(b.Title) }

// Summary takes an argument, and is no leaf.
func (b *Book) Summary(length int) string { return b.Title[:min(length, len(b.Title))] }

// Stock can fail, and is no leaf.
func (b *Book) Stock() (int, error) { return 0, nil }

// Series is bound to the type of the same name.
type Series struct{ Name string }

// Shop is bound to the type of the same name.
type Shop struct {
	Book  *Book
	Books []*Book
}

// LendInput is bound to the input of the same name.
type LendInput struct{ Title string }

// Genre is bound to the enum of the same name.
type Genre string
