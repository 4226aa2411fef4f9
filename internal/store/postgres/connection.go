package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// beginWrite begins every transaction. The settings end with it, so that none stays on a connection that PgBouncer
// assigns to another client; they stop the work of a process that froze or lost its network.
var beginWrite = []string{
	"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
	"SET LOCAL statement_timeout = '10s'",
	"SET LOCAL idle_in_transaction_session_timeout = '10s'",
}

const (
	// beginMigration has no limits: a step may build an index on millions of rows, and other processes wait as long
	// as it takes.
	beginMigration = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; " +
		"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
	// commitTimeout limits a commit, which continues when its request ends; a commit that waits for a standby may
	// take a while. Its outcome must be answered while the server can still write an answer, which is 30 seconds.
	commitTimeout = 20 * time.Second
	// deadlockTries is how often a read is tried that the server ends because of a deadlock.
	deadlockTries = 3
)

// connector opens connections without registering anything globally.
type connector struct {
	servers *servers
	// reading connections accept only queries, outside of any transaction.
	reading bool
	// nested connections stay in one transaction and turn those begun on them into savepoints.
	nested bool
}

// Driver implements driver.Connector.
func (c *connector) Driver() driver.Driver { return stdlib.GetDefaultDriver() }

// Connect implements driver.Connector.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	made, err := c.servers.connect(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{opened: made, connector: c}, nil
}

// conn is a connection that returns the same values as SQLite's.
type conn struct {
	opened
	connector *connector
	// ahead holds the statements that are sent together with the next one: those that begin a transaction, and
	// savepoints. They stay if they fail.
	ahead []string
	// refused is true if the server was asked to begin the transaction and has not done so.
	refused bool
	// keeps is true if statements can be prepared by name, which is known if asked is true. None of them was prepared
	// before the time prepared.
	asked, keeps bool
	prepared     time.Time
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

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, query string, values []driver.NamedValue) (driver.Result, error) {
	if strings.HasPrefix(query, "SAVEPOINT ") && !c.connector.nested {
		c.ahead = append(c.ahead, query)
		return driver.RowsAffected(0), nil
	}
	if len(c.ahead) == 0 {
		return c.Conn.ExecContext(ctx, query, values)
	}

	_, affected, err := c.sendAhead(ctx, query, values)

	return affected, err
}

// QueryContext implements driver.QueryerContext. A query outside of a transaction can be retried.
func (c *conn) QueryContext(ctx context.Context, query string, values []driver.NamedValue) (driver.Rows, error) {
	if len(c.ahead) > 0 {
		found, _, err := c.sendAhead(ctx, query, values)
		if err != nil {
			return nil, err
		}
		return found, nil
	}

	rows, err := c.query(ctx, query, values)
	if !c.connector.reading {
		return rows, err
	}

	if c.losesStatements(err) { // guard: a read survives the loss of its prepared statement
		rows, err = c.query(ctx, query, values)
	}

	// A read is in a deadlock only with DDL, such as that of an operator.
	for try := 1; try < deadlockTries && isDeadlock(err); try++ { // guard: a read survives a deadlock
		rows, err = c.query(ctx, query, values)
	}

	return rows, c.asBadConn(ctx, err)
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
	if !c.connector.nested {
		if !c.connector.servers.isCurrent(c.server) { // guard: a server that was replaced is left
			return driver.ErrBadConn
		}
		return c.Conn.ResetSession(ctx)
	}
	if c.Conn.Conn().IsClosed() {
		return driver.ErrBadConn
	}
	return nil
}

// IsValid implements driver.Validator.
func (c *conn) IsValid() bool {
	if !c.Conn.Conn().IsClosed() {
		return true
	}
	c.connector.servers.search() // guard: a lost server is looked for
	return false
}

// BeginTx implements driver.ConnBeginTx. The BEGIN is sent together with the first statement.
func (c *conn) BeginTx(ctx context.Context, _ driver.TxOptions) (driver.Tx, error) {
	conn := c.Conn.Conn()
	if conn.IsClosed() {
		return nil, driver.ErrBadConn
	}
	if c.connector.nested {
		_, err := conn.Exec(ctx, "SAVEPOINT nested")
		return savepoint{conn}, err
	}

	c.ahead, c.refused = append(c.ahead[:0], beginWrite...), false

	return &transaction{ctx: context.WithoutCancel(ctx), conn: c}, nil
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
