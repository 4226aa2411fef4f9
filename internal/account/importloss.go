package account

import (
	"cmp"
	"maps"
	"slices"

	"github.com/accountql/accountql/models"
)

// ImportLoss counts what an import leaves out for one reason.
type ImportLoss struct {
	Reason string
	// LeftOut reports whether whole customers are left out, and not only a part of their data.
	LeftOut bool
	// Customers is the number of affected customers, and Lines the first of their lines.
	Customers int
	Lines     []int
}

const (
	// maxLossLines is the maximum number of lines that are listed for each reason, and maxLossReasons the maximum
	// number of reasons. Everything beyond them is only counted.
	maxLossLines   = 5
	maxLossReasons = 200
	otherReasons   = "for other reasons"
)

// importLosses collects what an import leaves out.
type importLosses struct {
	reasons map[importReason]*ImportLoss
	// incomplete are the lines of customers who lose a part of their data.
	incomplete map[int]bool
	leftOut    int
}

type importReason struct {
	text    string
	leftOut bool
}

func newImportLosses() *importLosses {
	return &importLosses{reasons: map[importReason]*ImportLoss{}, incomplete: map[int]bool{}}
}

// customer counts a customer who is left out.
func (l *importLosses) customer(line int, reason string) {
	l.leftOut++
	l.count(line, importReason{reason, true})
}

// parts counts the parts that one customer loses.
func (l *importLosses) parts(line int, reasons ...string) {
	for _, reason := range reasons {
		l.incomplete[line] = true
		l.count(line, importReason{reason, false})
	}
}

func (l *importLosses) count(line int, reason importReason) {
	if l.reasons[reason] == nil && len(l.reasons) >= maxLossReasons {
		reason.text = otherReasons
	}
	if l.reasons[reason] == nil {
		l.reasons[reason] = &ImportLoss{Reason: reason.text, LeftOut: reason.leftOut}
	}

	loss := l.reasons[reason]
	loss.Customers++
	if len(loss.Lines) < maxLossLines {
		loss.Lines = append(loss.Lines, line)
	}
}

// sorted returns the losses: first the losses of whole customers, and within each group the most frequent first.
func (l *importLosses) sorted() []ImportLoss {
	whole := func(loss *ImportLoss) int {
		if loss.LeftOut {
			return 0
		}
		return 1
	}

	var losses []ImportLoss
	for _, loss := range slices.SortedFunc(maps.Values(l.reasons), func(a, b *ImportLoss) int {
		return cmp.Or(
			cmp.Compare(whole(a), whole(b)), cmp.Compare(b.Customers, a.Customers), cmp.Compare(a.Reason, b.Reason),
		)
	}) {
		losses = append(losses, *loss)
	}

	return losses
}

// lose records that a line's customer loses a field that is valid by itself.
func (f *importFile) lose(line int, field string) {
	if f.lost == nil {
		f.lost = map[int][]string{}
	}
	f.lost[line] = append(f.lost[line], field)
}

// droppedOf returns the errors whose fields may be dropped and are not dropped yet.
func droppedOf(err error, drop, lost []string) []*models.Error {
	if err == nil || len(drop) == 0 || !isLineError(err) {
		return nil
	}

	var all models.Errors
	all.Add(err)
	var dropped []*models.Error
	for _, one := range all {
		field := topField(one.Field)
		// guard: customers lose only what the file names
		if slices.Contains(drop, field) && !slices.Contains(lost, field) {
			dropped = append(dropped, &models.Error{Code: one.Code, Field: field, Message: one.Message})
		}
	}

	return dropped
}
