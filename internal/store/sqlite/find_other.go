//go:build !cgo || !linux

package sqlite

import (
	"context"
	"database/sql"

	"github.com/accountql/accountql/internal/store/engine"
)

// finder is a connection of database/sql, without cgo or if the linker does not support weak symbols.
type finder struct{ pool *sql.DB }

func openFinder(path string) (*finder, error) {
	pool := sql.OpenDB(newReader(path))
	pool.SetMaxOpenConns(1)
	return &finder{pool}, nil
}

func (f *finder) close() { _ = f.pool.Close() }

func (f *finder) find(row *engine.Row, statement string, values ...any) (found bool, err error) {
	return row.Query(context.Background(), f.pool, statement, values...)
}
