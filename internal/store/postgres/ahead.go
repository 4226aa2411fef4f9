package postgres

import (
	"context"
	"database/sql/driver"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// beginError means that the server refused to begin a transaction, such as a standby that can't write.
type beginError struct{ cause error }

// Error implements error.
func (b *beginError) Error() string { return fmt.Sprintf("no transaction was begun: %v", b.cause) }

// Unwrap returns the cause.
func (b *beginError) Unwrap() error { return b.cause }

// rows are the rows of a statement, which were read completely.
type rows struct {
	columns []string
	values  [][]driver.Value
}

// Columns implements driver.Rows.
func (r *rows) Columns() []string { return r.columns }

// Close implements driver.Rows.
func (r *rows) Close() error { return nil }

// Next implements driver.Rows.
func (r *rows) Next(row []driver.Value) error {
	if len(r.values) == 0 {
		return io.EOF
	}

	copy(row, r.values[0])
	r.values = r.values[1:]

	return nil
}

// unbegun reports whether the server has not been asked yet to begin the transaction, or has not done so.
func (c *conn) unbegun() bool { return len(c.ahead) > 0 && c.ahead[0] == beginWrite[0] }

// sendAhead sends the statements that are ahead of a statement, and the statement, in one round trip. If a
// connection breaks before its transaction has begun, which is how one shows that was cut while it was idle, it is
// replaced and everything is sent once more: without a COMMIT, the first attempt can't have changed anything.
func (c *conn) sendAhead(
	ctx context.Context, query string, values []driver.NamedValue,
) (*rows, driver.RowsAffected, error) {
	found, affected, err := c.pipeline(ctx, query, values)
	// guard: a connection that was cut is replaced
	if err == nil || ctx.Err() != nil || !c.unbegun() || !c.Conn.Conn().IsClosed() {
		return found, affected, err
	}

	fresh, refused := c.connector.servers.connect(ctx)
	if refused != nil {
		return nil, 0, &beginError{refused}
	}

	_ = c.Close() // it is broken
	c.opened = fresh

	return c.pipeline(ctx, query, values)
}

// pipeline sends everything in one message, and reads all answers. The server skips whatever follows a statement that
// failed.
func (c *conn) pipeline(
	ctx context.Context, query string, values []driver.NamedValue,
) (found *rows, affected driver.RowsAffected, err error) {
	conn := c.Conn.Conn()
	if conn.IsClosed() {
		return nil, 0, driver.ErrBadConn
	}

	c.refused = c.unbegun() // until it has begun
	arguments := make([]any, len(values))
	for i, value := range values {
		arguments[i] = value.Value
	}

	batch := &pgx.Batch{}
	for _, statement := range c.ahead {
		batch.Queue(statement)
	}
	batch.Queue(query, arguments...)

	results := conn.SendBatch(ctx, batch)
	for range c.ahead {
		if _, err := results.Exec(); err != nil {
			_ = results.Close() // returns the same error
			if c.unbegun() {
				err = &beginError{err}
			}
			return nil, 0, err
		}
	}

	found, affected, err = readAll(results)
	if closed := results.Close(); err == nil {
		err = closed
	}
	if !conn.IsClosed() {
		c.ahead = c.ahead[:0]
	}

	return found, affected, err
}

func readAll(results pgx.BatchResults) (*rows, driver.RowsAffected, error) {
	answer, err := results.Query()
	if err != nil {
		return nil, 0, err
	}
	defer answer.Close()

	read := &rows{}
	for answer.Next() {
		values, err := answer.Values()
		if err != nil {
			return nil, 0, err
		}

		row := make([]driver.Value, len(values))
		for i, value := range values {
			if row[i], err = driver.DefaultParameterConverter.ConvertValue(value); err != nil {
				return nil, 0, err
			}
		}

		read.values = append(read.values, row)
	}

	for _, column := range answer.FieldDescriptions() {
		read.columns = append(read.columns, column.Name)
	}

	return read, driver.RowsAffected(answer.CommandTag().RowsAffected()), answer.Err()
}

// transaction is a transaction whose end is not cancelled with the request: if a connection breaks during a COMMIT,
// the outcome is unknown. A transaction without statements sends nothing.
type transaction struct {
	ctx  context.Context
	conn *conn
}

// Commit implements driver.Tx. It also returns an error if PostgreSQL answers a COMMIT with a rollback.
func (t *transaction) Commit() error {
	if t.conn.unbegun() {
		refused := t.conn.refused
		if err := t.Rollback(); err != nil || !refused { // guard: what did not begin is not committed
			return err
		}
		return pgx.ErrTxCommitRollback
	}

	tag, err := t.end("COMMIT")
	if err == nil && tag.String() == "ROLLBACK" {
		err = pgx.ErrTxCommitRollback
	}

	return err
}

// Rollback implements driver.Tx.
func (t *transaction) Rollback() error {
	if t.conn.unbegun() && t.conn.Conn.Conn().PgConn().TxStatus() == 'I' {
		t.conn.ahead = t.conn.ahead[:0]
		return nil
	}

	_, err := t.end("ROLLBACK")

	return err
}

// end closes the connection if the server may still have the transaction open.
func (t *transaction) end(how string) (pgconn.CommandTag, error) {
	t.conn.ahead = t.conn.ahead[:0]
	ctx, cancel := context.WithTimeout(t.ctx, commitTimeout)
	defer cancel()

	raw := t.conn.Conn.Conn()
	t.conn.committing.Store(how == "COMMIT")
	tag, err := raw.Exec(ctx, how)
	if !raw.IsClosed() {
		t.conn.committing.Store(false)
	}
	if err != nil && raw.PgConn().TxStatus() != 'I' {
		_ = raw.Close(ctx)
	}

	return tag, err
}
