package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"regexp"

	"gorm.io/gorm"
)

// Statement is one that went to the database, with what was bound to it.
type Statement struct {
	Text   string
	Values []any
}

// touches are the statements that have a plan.
var touches = regexp.MustCompile(`(?i)^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b`)

// Capture calls see with every statement that reads or writes rows from now on.
// It stands between the pools and the driver, so that none gets past it, whether GORM puts it together or not.
func (s *Store) Capture(see func(Statement)) error {
	note := func(query string, args []driver.NamedValue) {
		if !touches.MatchString(query) {
			return
		}
		statement := Statement{Text: query}
		for _, arg := range args {
			statement.Values = append(statement.Values, arg.Value)
		}
		see(statement)
	}
	open := func(old *sql.DB, connector driver.Connector) (*sql.DB, error) {
		pool := sql.OpenDB(capturing{connector, note})
		pool.SetMaxOpenConns(old.Stats().MaxOpenConnections)
		return pool, old.Close()
	}
	use := func(db *gorm.DB, pool gorm.ConnPool) { db.ConnPool, db.Statement.ConnPool = pool, pool }
	var wrote, read error
	switch engine := s.engine.(type) {
	case *sqliteEngine:
		// The readers come first: with the last connection SQLite would delete the log.
		engine.read, read = open(engine.read, sqliteReader(engine.path))
		engine.write, wrote = open(engine.write, sqliteWriter(engine.path))
		engine.group.pool = engine.write
		use(s.write, engine.write)
		use(s.read, engine.read)
	case *postgresEngine:
		engine.write, wrote = open(engine.write, newPostgresConnector(engine.settings.config, false))
		engine.read, read = open(engine.read, newPostgresConnector(engine.settings.config, false))
		use(s.write, engine.write)
		use(s.read, engine.read)
	}
	return errors.Join(wrote, read)
}

// capturing makes connections that tell what goes through them.
type capturing struct {
	driver.Connector
	note func(query string, args []driver.NamedValue)
}

// Connect implements driver.Connector.
func (c capturing) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	switch conn := conn.(type) {
	case nil:
		return nil, err
	case *sqliteConn:
		return &capturedSQLite{conn, c.note}, err
	case *postgresConn:
		return &capturedPostgres{conn, c.note}, err
	}
	return nil, fmt.Errorf("a connection of the type %T gets past", conn)
}

type capturedSQLite struct {
	*sqliteConn
	note func(query string, args []driver.NamedValue)
}

// ExecContext implements driver.ExecerContext.
func (c *capturedSQLite) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.note(query, args)
	return c.sqliteConn.ExecContext(ctx, query, args)
}

// QueryContext implements driver.QueryerContext.
func (c *capturedSQLite) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.note(query, args)
	return c.sqliteConn.QueryContext(ctx, query, args)
}

// PrepareContext implements driver.ConnPrepareContext. What was bound is not known here, and the plans don't depend on it.
func (c *capturedSQLite) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	c.note(query, nil)
	return c.sqliteConn.PrepareContext(ctx, query)
}

type capturedPostgres struct {
	*postgresConn
	note func(query string, args []driver.NamedValue)
}

// ExecContext implements driver.ExecerContext.
func (c *capturedPostgres) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.note(query, args)
	return c.postgresConn.ExecContext(ctx, query, args)
}

// QueryContext implements driver.QueryerContext.
func (c *capturedPostgres) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.note(query, args)
	return c.postgresConn.QueryContext(ctx, query, args)
}
