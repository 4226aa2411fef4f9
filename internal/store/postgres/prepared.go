package postgres

import (
	"context"
	"database/sql/driver"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// preparedStatements is how many statements a connection keeps prepared. Engine.Find runs fewer.
	preparedStatements = 16
	// planAge is how long a prepared statement keeps its plan. The server makes a new one only when statistics change,
	// and a table that was empty a moment ago may have a million rows before that.
	planAge = time.Minute
)

// preparing is the context's key that marks a statement to be prepared by name. The server then plans it once for each
// connection, which takes six times as long as to run it.
type preparing struct{}

// query runs a query, prepared by name if its context asks for that and the connection can keep it.
func (c *conn) query(ctx context.Context, query string, values []driver.NamedValue) (driver.Rows, error) {
	if c.connector.reading && ctx.Value(preparing{}) != nil && c.keepsStatements(ctx) {
		values = slices.Insert(slices.Clone(values), 0, driver.NamedValue{Value: pgx.QueryExecModeCacheStatement})
	}
	return c.Conn.QueryContext(ctx, query, values)
}

// keepsStatements reports whether the connection leads to one process of the server, so that a statement prepared by
// one request is there for the next. A pooler such as PgBouncer may use another process for it, and names a process
// that is not the server's.
func (c *conn) keepsStatements(ctx context.Context) bool {
	raw := c.Conn.Conn()
	if !c.asked {
		var process uint32
		if err := raw.QueryRow(ctx, "SELECT pg_backend_pid()").Scan(&process); err != nil {
			return false
		}
		c.asked, c.prepared = true, time.Now()
		c.keeps = process == raw.PgConn().PID() // guard: behind a pooler nothing is prepared by name
	}

	if c.keeps && time.Since(c.prepared) > planAge { // guard: a plan does not outlive a minute
		if err := raw.DeallocateAll(ctx); err != nil {
			return false
		}
		c.prepared = time.Now()
	}

	return c.keeps
}

// The codes of a prepared statement that can't be used (PostgreSQL, appendix A).
const (
	// unknownStatement and knownStatement come from a pooler that was not recognized, or an operator's DEALLOCATE.
	unknownStatement = "26000"
	knownStatement   = "42P05"
	// changedStatement means that the type of a column has changed.
	changedStatement = "0A000"
)

// losesStatements reports whether a query failed only because it was prepared by name. The connection then prepares
// no more.
func (c *conn) losesStatements(err error) bool {
	lost := c.keeps && hasCode(err, unknownStatement, knownStatement, changedStatement)
	if lost {
		c.keeps = false
	}
	return lost
}
