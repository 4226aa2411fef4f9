package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

const (
	// migrationLock is the advisory lock of whoever migrates: "AcQL" as a number.
	migrationLock = 1097027916
	// oldestServer is the oldest version that still gets corrections.
	oldestServer = 140000
)

// postgresEngine is PostgreSQL: one server, to which reads and writes have pools
// of their own. Writers that all wait for one row can so hold up no read.
type postgresEngine struct {
	settings    *postgresSettings
	write, read *sql.DB
}

// openPostgres connects once, so that a wrong address or password refuses the start.
func openPostgres(ctx context.Context, database string) (*postgresEngine, *gorm.DB, *gorm.DB, error) {
	settings, err := parsePostgresURL(database)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("--database %w", err)
	}
	reading := newPostgresConnector(settings.config, false)
	reading.reading = true
	e := &postgresEngine{settings: settings, write: sql.OpenDB(newPostgresConnector(settings.config, false)), read: sql.OpenDB(reading)}
	for pool, connections := range map[*sql.DB]int{e.write: settings.connections / 2, e.read: settings.connections - settings.connections/2} {
		// As many idle as open: to connect costs the server a process.
		pool.SetMaxOpenConns(connections)
		pool.SetMaxIdleConns(connections)
		pool.SetConnMaxLifetime(settings.lifetime)
		pool.SetConnMaxIdleTime(idleTime)
	}
	write, read, err := e.open(ctx)
	if err != nil {
		return nil, nil, nil, errors.Join(fmt.Errorf("%v: %w", settings, settings.oneLine(err)), e.close())
	}
	return e, write, read, nil
}

func (e *postgresEngine) open(ctx context.Context) (write, read *gorm.DB, err error) {
	if err := e.refuseUnfit(ctx); err != nil {
		return nil, nil, err
	}
	if write, err = gormOn(postgres.New(postgres.Config{Conn: e.write})); err != nil {
		return nil, nil, err
	}
	read, err = gormOn(postgres.New(postgres.Config{Conn: e.read}))
	return write, read, err
}

// refuseUnfit fails for a server that would lose acknowledged changes, or texts.
func (e *postgresEngine) refuseUnfit(ctx context.Context) error {
	var version int
	var encoding, synchronous string
	err := e.read.QueryRowContext(ctx, `SELECT current_setting('server_version_num')::bigint,
		current_setting('server_encoding'), current_setting('synchronous_commit')`).Scan(&version, &encoding, &synchronous)
	switch {
	case err != nil:
		return err
	case version < oldestServer:
		return errors.New("the server must be PostgreSQL 14 or newer")
	case encoding != "UTF8":
		return fmt.Errorf("the encoding of the database must be UTF8, not %s", encoding)
	case synchronous == "off":
		// R-C4: a commit that is acknowledged before it is on the disk can be lost.
		return errors.New("synchronous_commit is off, so an acknowledged change could be lost: set it to on")
	}
	return nil
}

// explain implements engine. It never answers failureFatal: what is on the disk
// of a server that failed, the server itself finds out when it starts again.
func (e *postgresEngine) explain(err error) failure {
	var fault *pgconn.PgError
	if !errors.As(err, &fault) {
		if isConnectionFailure(err) {
			return failureTransient
		}
		return failureUnknown
	}
	switch fault.Code {
	case "40001", "40P01": // serialization failure, deadlock
		return failureConflict
	case "23503": // foreign key
		return failureNoParent
	case "23505": // unique
		switch fault.ConstraintName {
		case "accounts_email":
			return failureEmailTaken
		case "accounts_phone":
			return failurePhoneTaken
		}
		return failureUnknown
	case "55P03", "25006", "25P03": // lock not available; a standby, which takes no writes; the transaction idled
		return failureTransient
	}
	// A broken connection (PgBouncer's refusals too), refused credentials, no
	// such database, no disk or memory left, an end by the operator, an error of the system.
	for _, class := range []string{"08", "28", "3D", "53", "57", "58"} {
		if strings.HasPrefix(fault.Code, class) {
			return failureTransient
		}
	}
	return failureUnknown
}

// commitOutcomeUnknown implements engine. A server that ends a connection (class 57) may
// have committed already, and waited for its standby only.
func (e *postgresEngine) commitOutcomeUnknown(err error) bool {
	var fault *pgconn.PgError
	if errors.As(err, &fault) {
		return strings.HasPrefix(fault.Code, "57")
	}
	// Not by pgconn.SafeToRetry, which is true of a connection that ended after the COMMIT was sent, too.
	return !errors.Is(err, pgx.ErrTxCommitRollback) && !errors.Is(err, pgx.ErrTxClosed)
}

// isConnectionFailure says whether an error that the server didn't send is one of the way to it.
func isConnectionFailure(err error) bool {
	var network net.Error
	var connect *pgconn.ConnectError
	return errors.As(err, &network) || errors.As(err, &connect) || pgconn.SafeToRetry(err) || pgconn.Timeout(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, pgx.ErrTxClosed) || errors.Is(err, pgx.ErrTxCommitRollback)
}

// find implements engine.
func (e *postgresEngine) find(ctx context.Context, statement string, args ...any) (*sql.Rows, error) {
	return e.read.QueryContext(ctx, statement, args...)
}

// begin implements engine.
func (e *postgresEngine) begin(ctx context.Context) (txConn, error) { return e.write.BeginTx(ctx, nil) }

// lock implements engine.
func (e *postgresEngine) lock() string { return " FOR UPDATE" }

// savepoints implements engine: after a statement that failed, PostgreSQL takes none but a return to a savepoint.
func (e *postgresEngine) savepoints() bool { return true }

// migrations implements engine.
func (e *postgresEngine) migrations() migrationSource {
	return migrationSource{dialect: goose.DialectPostgres, directory: "postgres"}
}

// migrate implements engine. It holds an advisory lock, which ends with the
// transaction and so works through PgBouncer, too, from before the first look at
// the schema until all is committed.
func (e *postgresEngine) migrate(ctx context.Context, steps func(db *sql.DB) error) (err error) {
	db := sql.OpenDB(newPostgresConnector(e.settings.config, true))
	db.SetMaxOpenConns(1)
	// What is not committed is rolled back with the connection.
	defer func() { err = errors.Join(e.settings.oneLine(err), db.Close()) }()
	if _, err := db.ExecContext(ctx, beginMigration); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", migrationLock)); err != nil {
		return err
	}
	if err := steps(db); err != nil {
		return err
	}
	_, err = db.ExecContext(context.WithoutCancel(ctx), "COMMIT")
	return err
}

// hasTable implements engine.
func (e *postgresEngine) hasTable(ctx context.Context, db *sql.DB, name string) (bool, error) {
	var exists bool
	err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1)", name).Scan(&exists)
	return exists, err
}

// columns implements engine.
func (e *postgresEngine) columns(ctx context.Context, db *sql.DB, table string) ([]column, error) {
	kinds := map[string]kind{"text": kindText, "bigint": kindInteger, "boolean": kindBoolean, "timestamp with time zone": kindTime, "bytea": kindBytes}
	return readColumns(ctx, db, kinds, `SELECT column_name::text, data_type::text FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name = $1 ORDER BY column_name::text COLLATE "C"`, table)
}

// raw implements engine.
func (e *postgresEngine) raw(column string) string { return quoted(column) }

// placeholder implements engine.
func (e *postgresEngine) placeholder(n int) string { return "$" + strconv.Itoa(n) }

// name implements engine.
func (e *postgresEngine) name() string { return e.settings.String() }

// forget implements engine. It does nothing: when deleted rows are overwritten
// is up to the server's autovacuum and its log, as docs/operations.md says.
func (e *postgresEngine) forget(context.Context) error { return nil }

// close implements engine.
func (e *postgresEngine) close() error { return errors.Join(e.read.Close(), e.write.Close()) }
