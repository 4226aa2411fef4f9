package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/mattn/go-sqlite3"
)

// connector opens connections to one file without registering anything globally. It rejects a connection that
// doesn't report the requested settings (R-DB1).
type connector struct {
	dsn string
	// setup is run on each new connection.
	setup []string
	// pragmas are read back on each new connection.
	pragmas []pragma
	// nested connections stay in one transaction and turn those begun on them into savepoints.
	nested bool
}

// pragma is a setting of SQLite and the value it must report.
type pragma struct {
	name string
	want any
}

// Driver implements driver.Connector.
func (c *connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

// Connect implements driver.Connector.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := (&sqlite3.SQLiteDriver{}).Open(c.dsn)
	// Two processes that create the same file, or the first reader after a crash, run into locks that SQLite's busy
	// handler doesn't wait for.
	for deadline := time.Now().Add(busyTimeout); isBusy(err) && time.Now().Before(deadline) && ctx.Err() == nil; {
		time.Sleep(busyPause)
		opened, err = (&sqlite3.SQLiteDriver{}).Open(c.dsn)
	}

	if err != nil {
		return nil, err
	}

	raw, ok := opened.(*sqlite3.SQLiteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the driver opened a %T", opened), opened.Close())
	}

	made := &conn{SQLiteConn: raw, nested: c.nested}
	if err := made.prepare(ctx, c); err != nil {
		return nil, errors.Join(err, raw.Close())
	}

	return made, nil
}

// prepare applies the connector's settings, and returns an error if SQLite reports other values.
func (c *conn) prepare(ctx context.Context, asked *connector) error {
	for _, statement := range asked.setup {
		if _, err := c.ExecContext(ctx, statement, nil); err != nil {
			return err
		}
	}

	for _, pragma := range asked.pragmas {
		value, err := c.value(ctx, "PRAGMA "+pragma.name)
		if err != nil {
			return err
		}
		if value != pragma.want {
			return fmt.Errorf("SQLite reports %s = %v instead of %v", pragma.name, value, pragma.want)
		}
	}

	return nil
}

// conn is a connection that stores every time in UTC with the resolution that all databases share. Otherwise times
// would not compare correctly as text.
type conn struct {
	*sqlite3.SQLiteConn
	nested bool
}

// CheckNamedValue implements driver.NamedValueChecker.
func (c *conn) CheckNamedValue(named *driver.NamedValue) error {
	value, err := driver.DefaultParameterConverter.ConvertValue(named.Value)
	if at, ok := value.(time.Time); ok {
		value = storedTime(at)
	}
	named.Value = value
	return err
}

// BeginTx implements driver.ConnBeginTx.
func (c *conn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	if !c.nested || c.AutoCommit() {
		return c.SQLiteConn.BeginTx(ctx, options)
	}
	_, err := c.ExecContext(ctx, "SAVEPOINT nested", nil)
	return savepoint{c}, err
}

// value returns the first column of a query's first row, or nil if there is none.
func (c *conn) value(ctx context.Context, query string) (any, error) {
	rows, err := c.QueryContext(ctx, query, nil)
	if err != nil {
		return nil, err
	}

	row := make([]driver.Value, max(len(rows.Columns()), 1))
	if err := rows.Next(row); err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(err, rows.Close())
	}

	return row[0], rows.Close()
}

// savepoint is a transaction inside that of its connection.
type savepoint struct{ conn *conn }

// Commit implements driver.Tx.
func (s savepoint) Commit() error { return s.run("RELEASE nested") }

// Rollback implements driver.Tx.
func (s savepoint) Rollback() error {
	return errors.Join(s.run("ROLLBACK TO nested"), s.run("RELEASE nested"))
}

func (s savepoint) run(statement string) error {
	_, err := s.conn.ExecContext(context.Background(), statement, nil)
	return err
}
