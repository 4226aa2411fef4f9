package models

// AccountSearch are the beginnings by which accounts are searched: of any of them in any list. Each is in the form in
// which its column is indexed. Without any beginning, all accounts are found.
type AccountSearch struct {
	IDs, Emails []string
	// Phones are beginnings of numbers in E.164, UUIDs of the shop's own UUIDs, in lower case.
	Phones, UUIDs []string
	// Names are beginnings of first names, last names, both in either order, display names, companies and custom ids.
	// Their ASCII letters are in lower case.
	Names []string
}

// AccountPlace is the place of a found account in the order of a search: by what was found in it, then by id.
type AccountPlace struct{ Found, ID string }

// FoundAccount is an account that a search found, and its place.
type FoundAccount struct {
	*Account
	Place AccountPlace
}

// LowerASCII returns text with its ASCII letters in lower case, as the indexes of the search hold it.
func LowerASCII(text string) string {
	lower := []byte(text)
	for i, c := range lower {
		if c >= 'A' && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	return string(lower)
}
