package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Kind is the type of a column's values, independent of each database's name for it.
type Kind string

// The kinds of columns.
const (
	KindText    Kind = "text"
	KindInteger Kind = "integer"
	KindBoolean Kind = "boolean"
	KindTime    Kind = "time"
	KindBytes   Kind = "bytes"
)

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
