package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Kind is what a column holds, under any database's name for it.
type Kind string

// The kinds of columns.
const (
	KindText    Kind = "text"
	KindInteger Kind = "integer"
	KindBoolean Kind = "boolean"
	KindTime    Kind = "time"
	KindBytes   Kind = "bytes"
)

// Column is one of a table.
type Column struct {
	Name string
	Kind Kind
}

// ReadColumns reads names and types, in the order of the names, from a query of the engine's.
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

// Quoted is a name as it stands in a statement.
func Quoted(name string) string { return `"` + name + `"` }
