package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Kind is the type of a column's values, independent of each database's name for it. The zero Kind is that of NULL.
type Kind uint8

// The kinds of columns.
const (
	KindText Kind = iota + 1
	KindInteger
	KindBoolean
	KindTime
	KindBytes
)

// String returns the name of the kind.
func (k Kind) String() string {
	return [...]string{"null", "text", "integer", "boolean", "time", "bytes"}[k]
}

// Column is a column of a table.
type Column struct {
	Name string
	Kind Kind
}

// ReadColumns reads names and types, ordered by name, from a query of the engine's.
func ReadColumns(
	ctx context.Context, db *sql.DB, kinds map[string]Kind, query, table string,
) (columns []Column, err error) {
	rows, err := db.QueryContext(ctx, query, table)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()

	for rows.Next() {
		var name, declared string
		if err := rows.Scan(&name, &declared); err != nil {
			return nil, err
		}

		kind, known := kinds[declared]
		if !known {
			return nil, fmt.Errorf("the column %s of the table %s has the type %s, which can't be copied", name, table,
				declared)
		}

		columns = append(columns, Column{name, kind})
	}

	return columns, rows.Err()
}

// Quoted returns the name as it is written in a statement.
func Quoted(name string) string { return `"` + name + `"` }
