package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	// beginWrite begins every transaction. The settings end with it, so that none stays on a connection that
	// PgBouncer assigns to another client; they stop the work of a process that froze or lost its network. All
	// statements are sent in one message and cost no extra round trip.
	beginWrite = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; " +
		"SET LOCAL statement_timeout = '10s'; SET LOCAL idle_in_transaction_session_timeout = '10s'"
	// beginMigration has no limits: a step may build an index on millions of rows, and other processes wait as long
	// as it takes.
	beginMigration = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; " +
		"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
	// commitTimeout limits a commit, which continues when its request ends; a commit that waits for a standby may
	// take a while. Its outcome must be answered while the server can still write an answer, which is 30 seconds.
	commitTimeout = 20 * time.Second
)

// connector opens connections without registering anything globally.
type connector struct {
	driver.Connector
	// reading connections accept only queries, outside of any transaction.
	reading bool
	// nested connections stay in one transaction and turn those begun on them into savepoints.
	nested bool
}

// newConnector returns a connector whose connections read times in UTC.
func newConnector(config *pgx.ConnConfig, nested bool) *connector {
	inUTC := stdlib.OptionAfterConnect(func(_ context.Context, conn *pgx.Conn) error {
		conn.TypeMap().RegisterType(&pgtype.Type{
			Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
		})
		return nil
	})
	return &connector{Connector: stdlib.GetConnector(*config, inUTC), nested: nested}
}

// Connect implements driver.Connector.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}

	raw, ok := opened.(*stdlib.Conn)
	if !ok {
		return nil, errors.Join(errors.New("the driver opened a connection of another kind"), opened.Close())
	}

	return &conn{Conn: raw, reading: c.reading, nested: c.nested}, nil
}

// conn is a connection that returns the same values as SQLite's.
type conn struct {
	*stdlib.Conn
	reading bool
	nested  bool
}

// CheckNamedValue implements driver.NamedValueChecker. Times are in UTC, with the resolution that all databases
// share. Characters that PostgreSQL can't store in a text, NUL and invalid UTF-8, are replaced: an id with such a
// character is then not found, as in SQLite, instead of causing an error.
func (c *conn) CheckNamedValue(named *driver.NamedValue) error {
	value, err := driver.DefaultParameterConverter.ConvertValue(named.Value)
	switch given := value.(type) {
	case time.Time:
		value = given.UTC().Truncate(time.Microsecond)
	case string:
		value = strings.ReplaceAll(strings.ToValidUTF8(given, "\uFFFD"), "\x00", "\uFFFD")
	}

	named.Value = value

	return err
}

// QueryContext implements driver.QueryerContext. A query outside of a transaction can be retried.
func (c *conn) QueryContext(ctx context.Context, query string, values []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.Conn.QueryContext(ctx, query, values)
	if c.reading {
		err = c.asBadConn(ctx, err)
	}
	return rows, err
}

// asBadConn makes database/sql use another connection if this one was cut, as all idle ones are when a server ends.
// Only operations that change nothing may use it.
func (c *conn) asBadConn(ctx context.Context, err error) error {
	if err != nil && ctx.Err() == nil && c.Conn.Conn().IsClosed() {
		return driver.ErrBadConn
	}
	return err
}

// ResetSession implements driver.SessionResetter. A nested connection is returned to its pool inside its
// transaction; other connections would be discarded.
func (c *conn) ResetSession(ctx context.Context) error {
	if !c.nested {
		return c.Conn.ResetSession(ctx)
	}
	if c.Conn.Conn().IsClosed() {
		return driver.ErrBadConn
	}
	return nil
}

// BeginTx implements driver.ConnBeginTx.
func (c *conn) BeginTx(ctx context.Context, _ driver.TxOptions) (driver.Tx, error) {
	conn := c.Conn.Conn()
	if conn.IsClosed() {
		return nil, driver.ErrBadConn
	}
	if c.nested {
		_, err := conn.Exec(ctx, "SAVEPOINT nested")
		return savepoint{conn}, err
	}

	tx, err := conn.BeginTx(ctx, pgx.TxOptions{BeginQuery: beginWrite})
	if err != nil {
		return nil, c.asBadConn(ctx, err)
	}

	return transaction{ctx: context.WithoutCancel(ctx), tx: tx}, nil
}

// transaction is a transaction whose end is not cancelled with the request: if a connection breaks during a COMMIT,
// the outcome is unknown.
type transaction struct {
	ctx context.Context
	tx  pgx.Tx
}

// Commit implements driver.Tx. It also returns an error if PostgreSQL answers a COMMIT with a rollback.
func (t transaction) Commit() error { return t.end(t.tx.Commit) }

// Rollback implements driver.Tx.
func (t transaction) Rollback() error { return t.end(t.tx.Rollback) }

func (t transaction) end(how func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(t.ctx, commitTimeout)
	defer cancel()
	return how(ctx)
}

// savepoint is a transaction inside that of its connection.
type savepoint struct{ conn *pgx.Conn }

// Commit implements driver.Tx.
func (s savepoint) Commit() error { return s.run("RELEASE SAVEPOINT nested") }

// Rollback implements driver.Tx.
func (s savepoint) Rollback() error {
	return errors.Join(s.run("ROLLBACK TO SAVEPOINT nested"), s.run("RELEASE SAVEPOINT nested"))
}

func (s savepoint) run(statement string) error {
	_, err := s.conn.Exec(context.Background(), statement)
	return err
}
