package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/accountql/accountql/internal/store/engine"
)

// Capturing opens databases as Driver does, and calls See with every later statement on their pools.
type Capturing struct {
	Driver
	See func(statement string, bound []driver.NamedValue)
}

// Open implements engine.Driver.
func (c Capturing) Open(ctx context.Context, database string, failed func(error)) (engine.Engine, error) {
	opened, err := c.Driver.Open(ctx, database, failed)
	if err != nil {
		return nil, err
	}

	e, ok := opened.(*Engine)
	if !ok {
		return nil, fmt.Errorf("the driver opened a %T", opened)
	}

	reopen := func(old *sql.DB) (*sql.DB, error) {
		pool := sql.OpenDB(capturing{&connector{servers: e.settings.servers}, c.See})
		pool.SetMaxOpenConns(old.Stats().MaxOpenConnections)
		return pool, old.Close()
	}

	var wrote, read error
	e.write, wrote = reopen(e.write)
	e.read, read = reopen(e.read)

	return e, errors.Join(wrote, read)
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
