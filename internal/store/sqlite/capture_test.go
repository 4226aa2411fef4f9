package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/accountql/accountql/internal/store/engine"
)

// Capturing opens files as Driver does, and calls See with every later statement on their pools.
type Capturing struct {
	Driver
	See func(statement string, bound []driver.NamedValue)
}

// Open implements engine.Driver.
func (c Capturing) Open(ctx context.Context, file string, failed func(error)) (engine.Engine, error) {
	e, err := open(ctx, file, failed)
	if err != nil {
		return nil, err
	}

	reopen := func(old *sql.DB, connector driver.Connector) (*sql.DB, error) {
		pool := sql.OpenDB(capturing{connector, c.See})
		pool.SetMaxOpenConns(old.Stats().MaxOpenConnections)
		return pool, old.Close()
	}

	// The readers are closed first: SQLite deletes the log when the last connection closes.
	var wrote, read error
	e.read, read = reopen(e.read, newReader(e.path))
	e.write, wrote = reopen(e.write, newWriter(e.path))
	e.group.pool = e.write

	return &capturingEngine{e, c.See}, errors.Join(wrote, read)
}

// capturingEngine reports the statements of Find, which don't run on a pool.
type capturingEngine struct {
	*Engine
	see func(statement string, bound []driver.NamedValue)
}

// Find implements engine.Engine.
func (e *capturingEngine) Find(
	ctx context.Context, row *engine.Row, statement string, values ...any,
) (found bool, err error) {
	var bound []driver.NamedValue
	for _, value := range values {
		bound = append(bound, driver.NamedValue{Value: value})
	}
	e.see(statement, bound)

	return e.Engine.Find(ctx, row, statement, values...)
}

// capturing opens connections that report their statements.
type capturing struct {
	driver.Connector
	see func(statement string, bound []driver.NamedValue)
}

// Connect implements driver.Connector.
func (c capturing) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}

	made, ok := opened.(*conn)
	if !ok {
		return nil, fmt.Errorf("a connection of the type %T gets past", opened)
	}

	return &captured{made, c.see}, nil
}

type captured struct {
	*conn
	see func(statement string, bound []driver.NamedValue)
}

// ExecContext implements driver.ExecerContext.
func (c *captured) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.see(query, args)
	return c.conn.ExecContext(ctx, query, args)
}

// QueryContext implements driver.QueryerContext.
func (c *captured) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.see(query, args)
	return c.conn.QueryContext(ctx, query, args)
}

// PrepareContext implements driver.ConnPrepareContext. The bound values are unknown here, and the plans don't
// depend on them.
func (c *captured) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	c.see(query, nil)
	return c.conn.PrepareContext(ctx, query)
}
