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
	// beginWrite begins every transaction. The settings end with it, so that nothing
	// stays on a connection that PgBouncer hands to somebody else next; they stop
	// what a process left behind that froze or lost its network. The statements
	// travel in one message and cost no round trip of their own.
	beginWrite = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; " +
		"SET LOCAL statement_timeout = '10s'; SET LOCAL idle_in_transaction_session_timeout = '10s'"
	// beginMigration has no limits: a step may build an index on millions of rows,
	// and whoever waits for another process's steps waits as long as they take.
	beginMigration = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; " +
		"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
	// commitTimeout bounds a commit, which the end of its request does not stop; a
	// commit that waits for a standby may take a while. What becomes of it must be
	// answered while the server can still write an answer, which is 30 seconds.
	commitTimeout = 20 * time.Second
)

// connector opens connections without registering anything globally.
type connector struct {
	driver.Connector
	// reading connections take nothing but queries, each by itself.
	reading bool
	// nested connections stay in one transaction, and take those begun on them for savepoints.
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

// conn is a connection on which a value is what it would be in SQLite.
type conn struct {
	*stdlib.Conn
	reading bool
	nested  bool
}

// CheckNamedValue implements driver.NamedValueChecker. Times are in UTC and have
// the resolution of the databases. What PostgreSQL can't hold in a text, the
// character NUL and bytes that are no UTF-8, becomes a replacement character:
// an id with such a character is then not found, as it is in SQLite, instead of an error.
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

// QueryContext implements driver.QueryerContext. A query by itself can be asked again.
func (c *conn) QueryContext(ctx context.Context, query string, values []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.Conn.QueryContext(ctx, query, values)
	if c.reading {
		err = c.asBadConn(ctx, err)
	}
	return rows, err
}

// asBadConn lets database/sql take another connection if this one was cut,
// as all are that idled when a server ended. Only what changes nothing may ask for it.
func (c *conn) asBadConn(ctx context.Context, err error) error {
	if err != nil && ctx.Err() == nil && c.Conn.Conn().IsClosed() {
		return driver.ErrBadConn
	}
	return err
}

// ResetSession implements driver.SessionResetter. A nested connection is given
// back to its pool inside its transaction; others would be thrown away.
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

// transaction is a transaction whose end is not stopped by the end of the
// request: a connection that breaks in a COMMIT leaves open what became of it.
type transaction struct {
	ctx context.Context
	tx  pgx.Tx
}

// Commit implements driver.Tx. It returns an error, too, if PostgreSQL answers a COMMIT with a rollback.
func (t transaction) Commit() error { return t.end(t.tx.Commit) }

// Rollback implements driver.Tx.
func (t transaction) Rollback() error { return t.end(t.tx.Rollback) }

func (t transaction) end(how func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(t.ctx, commitTimeout)
	defer cancel()
	return how(ctx)
}

// savepoint is a transaction inside the one that its connection is in.
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
