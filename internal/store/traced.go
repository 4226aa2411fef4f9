package store

import (
	"context"
	"database/sql"
	"strings"

	"gorm.io/gorm"

	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/internal/trace"
)

// Trace makes a span of each statement, begin and end of a transaction that belongs to a span. It must be called
// before the store is used. A span has the statement's text with placeholders, and never a value. The span of a query
// ends when its rows can be read.
func (s *Store) Trace() {
	system := map[string]string{"sqlite3": "sqlite", "postgres": "postgresql"}[s.engine.Migrations().Dialect]
	s.engine = tracedEngine{s.engine, system}

	_, read := s.engine.Pools()
	reads := tracedReads{tracedPool{read, system}, read}
	s.read.ConnPool, s.read.Statement.ConnPool = reads, reads
}

// tracedEngine is an engine with spans.
type tracedEngine struct {
	engine.Engine
	system string
}

// Find implements engine.Engine.
func (e tracedEngine) Find(
	ctx context.Context, row *engine.Row, statement string, values ...any,
) (found bool, err error) {
	// The engine may find the row by its read pool, which has no spans of its own.
	ctx, span := startStatement(ctx, e.system, statement)
	found, err = e.Engine.Find(ctx, row, statement, values...)
	span.Fail(err)
	span.End()

	return found, err
}

// Begin implements engine.Engine.
func (e tracedEngine) Begin(ctx context.Context) (engine.Tx, error) {
	_, span := startStatement(ctx, e.system, "BEGIN")
	defer span.End()

	tx, err := e.Engine.Begin(ctx)
	span.Fail(err)
	if err != nil {
		return nil, err
	}

	return &tracedTx{tracedPool: tracedPool{tx, e.system}, tx: tx, ctx: ctx}, nil
}

// tracedReads is the pool that reads, with spans.
type tracedReads struct {
	tracedPool
	pool *sql.DB
}

// BeginTx implements gorm.ConnPoolBeginner, for reads that belong together.
func (r tracedReads) BeginTx(ctx context.Context, options *sql.TxOptions) (gorm.ConnPool, error) {
	_, span := startStatement(ctx, r.system, "BEGIN")
	defer span.End()

	tx, err := r.pool.BeginTx(ctx, options)
	span.Fail(err)
	if err != nil {
		return nil, err
	}

	return &tracedTx{tracedPool: tracedPool{tx, r.system}, tx: tx, ctx: ctx}, nil
}

// tracedTx is a transaction with spans.
type tracedTx struct {
	tracedPool
	tx engine.Tx
	// ctx is that of the transaction's begin.
	ctx context.Context //nolint:containedctx // the ends of a transaction have none
	// ended is true once the transaction has ended: a failed statement ends it before its caller does.
	ended bool
}

// Commit implements engine.Tx.
func (t *tracedTx) Commit() error { return t.end("COMMIT", t.tx.Commit) }

// Rollback implements engine.Tx.
func (t *tracedTx) Rollback() error { return t.end("ROLLBACK", t.tx.Rollback) }

func (t *tracedTx) end(how string, end func() error) error {
	if t.ended {
		return end()
	}
	t.ended = true

	_, span := startStatement(t.ctx, t.system, how)
	defer span.End()
	err := end()
	span.Fail(err)

	return err
}

// tracedPool runs statements with spans.
type tracedPool struct {
	gorm.ConnPool
	system string
}

// ExecContext implements gorm.ConnPool.
func (p tracedPool) ExecContext(ctx context.Context, statement string, values ...any) (sql.Result, error) {
	ctx, span := startStatement(ctx, p.system, statement)
	defer span.End()
	result, err := p.ConnPool.ExecContext(ctx, statement, values...)
	span.Fail(err)

	return result, err
}

// QueryContext implements gorm.ConnPool.
func (p tracedPool) QueryContext(ctx context.Context, statement string, values ...any) (*sql.Rows, error) {
	ctx, span := startStatement(ctx, p.system, statement)
	defer span.End()
	rows, err := p.ConnPool.QueryContext(ctx, statement, values...) //nolint:sqlclosecheck // the caller closes them
	span.Fail(err)

	return rows, err
}

// QueryRowContext implements gorm.ConnPool.
func (p tracedPool) QueryRowContext(ctx context.Context, statement string, values ...any) *sql.Row {
	ctx, span := startStatement(ctx, p.system, statement)
	defer span.End()
	row := p.ConnPool.QueryRowContext(ctx, statement, values...)
	span.Fail(row.Err())

	return row
}

// startStatement begins the span of a statement.
func startStatement(ctx context.Context, system, statement string) (context.Context, trace.Span) {
	ctx, span := trace.Start(ctx, trace.Client, summary(statement))
	span.Set(trace.System, system)
	span.Set(trace.Statement, statement)

	return ctx, span
}

// summary returns the first word of a statement and its first table, such as "SELECT accounts".
func summary(statement string) string {
	words := strings.Fields(statement)
	for i, word := range words {
		switch word {
		case "FROM", "INTO", "UPDATE":
			if i+1 < len(words) {
				table, _, _ := strings.Cut(words[i+1], "(")
				return words[0] + " " + strings.Trim(table, "`\"")
			}
		}
	}
	return words[0]
}
