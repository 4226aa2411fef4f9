package engine

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Value is one column of a row; a zero Value is NULL. It is small, because every request fills and clears sixty.
type Value struct {
	// Text holds a text or bytes.
	Text string
	// Integer holds an integer, a boolean as 0 or 1, or a time in microseconds since 1970.
	Integer int64
	Kind    Kind
}

// TimeValue returns the value of a time.
func TimeValue(at time.Time) Value { return Value{Kind: KindTime, Integer: at.UnixMicro()} }

// AsText returns a text.
func (v Value) AsText() (text string, ok bool) { return v.Text, v.Kind == KindText }

// AsBytes returns a copy of bytes.
func (v Value) AsBytes() (bytes []byte, ok bool) { return []byte(v.Text), v.Kind == KindBytes }

// AsInt returns an integer.
func (v Value) AsInt() (integer int, ok bool) { return int(v.Integer), v.Kind == KindInteger }

// AsBool returns a boolean.
func (v Value) AsBool() (boolean, ok bool) { return v.Integer != 0, v.Kind == KindBoolean }

// AsTime returns a time in UTC.
func (v Value) AsTime() (at time.Time, ok bool) {
	return time.UnixMicro(v.Integer).UTC(), v.Kind == KindTime
}

// Row is a row of a known number of columns. It is reused, and must be cleared after each use, because it may hold
// a customer's data.
type Row struct {
	Values []Value
	// scanned holds the values that database/sql returned, and targets points to them.
	scanned, targets []any
}

// NewRow returns a row for that number of columns.
func NewRow(columns int) *Row {
	r := &Row{Values: make([]Value, columns), scanned: make([]any, columns), targets: make([]any, columns)}
	for i := range r.scanned {
		r.targets[i] = &r.scanned[i]
	}
	return r
}

// Clear removes everything from the row.
func (r *Row) Clear() { clear(r.Values) }

// Query finds a row by database/sql, on a pool or in a transaction. It fills the first columns of the row, and
// reports whether there was one. It reads the statement to its end: a statement that writes and returns rows is not
// complete before.
func (r *Row) Query(
	ctx context.Context, on interface {
		QueryContext(ctx context.Context, statement string, values ...any) (*sql.Rows, error)
	}, statement string, values ...any,
) (found bool, err error) {
	rows, err := on.QueryContext(ctx, statement, values...)
	if err != nil {
		return false, err
	}
	defer rows.Close()

	columns, err := rows.Columns()
	if err != nil || !rows.Next() {
		return false, cmp.Or(err, rows.Err())
	}
	defer clear(r.scanned)
	if err := rows.Scan(r.targets[:len(columns)]...); err != nil {
		return false, err
	}
	for rows.Next() {
	}

	for i, stored := range r.scanned[:len(columns)] {
		if r.Values[i], err = valueOf(stored); err != nil {
			return false, err
		}
	}

	return true, rows.Err()
}

// valueOf converts a value that a driver returned.
func valueOf(stored any) (Value, error) {
	switch stored := stored.(type) {
	case nil:
		return Value{}, nil
	case string:
		return Value{Kind: KindText, Text: stored}, nil
	case []byte:
		return Value{Kind: KindBytes, Text: string(stored)}, nil
	case int64:
		return Value{Kind: KindInteger, Integer: stored}, nil
	case bool:
		if stored {
			return Value{Kind: KindBoolean, Integer: 1}, nil
		}
		return Value{Kind: KindBoolean}, nil
	case time.Time:
		return TimeValue(stored), nil
	}

	return Value{}, fmt.Errorf("a column holds a %T", stored)
}
