// Package store keeps accounts and all that belongs to them in a database, and
// is the only importer of gorm.io. A write names its columns and counts its
// rows: the write decides, never a read before it. What differs from one
// database to the next stands behind engine.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// Store is a database. It is safe for concurrent use.
type Store struct {
	engine engine
	// write has the only right to write; read has as many connections as it needs and can't write.
	write, read *gorm.DB
	// updatable holds the columns that UpdateAccount may be asked to write.
	updatable map[string]*schema.Field
	// sealer seals the secrets in the outbox; it is found or made when first needed.
	sealer atomic.Pointer[Sealer]

	closed    atomic.Bool
	failOnce  sync.Once
	failed    chan struct{}
	failCause atomic.Pointer[error]
}

var _ account.Store = (*Store)(nil)

// engine is what differs from one database to the next.
type engine interface {
	// explain says what an error of the driver means.
	explain(err error) failure
	// commitOutcomeUnknown says of the error of a COMMIT whether it may have been done all the same.
	commitOutcomeUnknown(err error) bool
	// find runs a statement that finds one row or none by unique indexes: what every request does.
	find(ctx context.Context, statement string, args ...any) (*sql.Rows, error)
	// begin begins a transaction that may write.
	begin(ctx context.Context) (txConn, error)
	// lock ends a SELECT whose rows nobody else may change until the transaction ends.
	lock() string
	// savepoints says whether a transaction goes on after a failed statement only from a savepoint.
	savepoints() bool
	// migrate runs steps on a database that no other process migrates meanwhile, all or nothing.
	migrate(ctx context.Context, steps func(db *sql.DB) error) error
	// migrations names the directory of the engine's migrations.
	migrations() migrationSource
	// hasTable says whether the table exists.
	hasTable(ctx context.Context, db *sql.DB, name string) (bool, error)
	// columns lists the columns of a table in the order of their names.
	columns(ctx context.Context, db *sql.DB, table string) ([]column, error)
	// raw is an expression that yields what a column holds, unread by the driver.
	raw(column string) string
	// placeholder stands for the nth value of a statement, from 1.
	placeholder(n int) string
	// name says which database it is, without a password.
	name() string
	// forget makes deleted rows vanish from the files, as far as the engine can tell it to.
	forget(ctx context.Context) error
	// close gives the connections back after it has put everything into its final place.
	close() error
}

// failure is what an error of a driver means.
type failure int

const (
	// failureUnknown is a fault of this program.
	failureUnknown failure = iota
	// failureTransient can pass: locked, busy, full, read-only.
	failureTransient
	// failureConflict ended the transaction in favour of another; run again, it may succeed.
	failureConflict
	// failureFatal leaves open what is on the disk (R-OPS5).
	failureFatal
	failureEmailTaken
	failurePhoneTaken
	// failureNoParent is a row that belongs to an account that isn't there.
	failureNoParent
)

// errNoParent says that a row's account is not there.
var errNoParent = errors.New("the account of the row does not exist")

// Open opens a database, which it does not migrate. A postgres:// URL is
// PostgreSQL, which must answer. A file path is SQLite: the file is made where it
// is missing, but not its directory, and a file that is anything else than a
// database of this program is refused. No error holds the password of a URL.
func Open(ctx context.Context, database string) (*Store, error) {
	s := &Store{failed: make(chan struct{})}
	switch {
	case isPostgres(database):
		engine, write, read, err := openPostgres(ctx, database)
		if err != nil {
			return nil, err
		}
		s.engine, s.write, s.read = engine, write, read
	case strings.Contains(database, "://"), strings.HasPrefix(database, "file:"):
		return nil, errors.New("the database must be the path of a file or a postgres:// URL")
	default:
		engine, write, read, err := openSQLite(ctx, database, s.stopWriting)
		if err != nil {
			return nil, fmt.Errorf("database %q: %w", database, err)
		}
		s.engine, s.write, s.read = engine, write, read
	}
	var err error
	if s.updatable, err = updatableColumns(s.write); err != nil {
		return nil, errors.Join(err, s.engine.close())
	}
	return s, nil
}

// gormOn is GORM on an engine's pool. It logs nothing, for statements hold
// secrets; and it prepares nothing. SQLite's connections keep their prepared
// statements themselves: GORM's cache would prepare anew in each transaction, and
// fail all who wait for a statement when the first of them hangs up. And what is
// prepared on PostgreSQL is not there on the connection that PgBouncer gives next.
func gormOn(dialector gorm.Dialector) (*gorm.DB, error) {
	return gorm.Open(dialector, &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		QueryFields:            true,
		Logger:                 logger.Discard,
	})
}

// Close closes the database; what runs meanwhile fails with UNAVAILABLE. A second call does nothing.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	return s.engine.close()
}

// Failed is closed once a write has failed in a way that leaves open what is on
// the disk. Nothing more is written then: the process should end, and start
// again on what the disk really holds (R-OPS5).
func (s *Store) Failed() <-chan struct{} { return s.failed }

// Ready fails with UNAVAILABLE unless the database is migrated and takes writes. It leaves nothing behind.
func (s *Store) Ready(ctx context.Context) error {
	if err := s.CheckSchema(ctx); err != nil {
		return models.Unavailable(err)
	}
	errRollback := errors.New("roll back")
	err := s.inTx(ctx, func(tx *transaction) error {
		if err := tx.exec(ctx, `INSERT INTO server_keys (name, secret) VALUES ('', ?)`, []byte{}); err != nil {
			return err
		}
		return errRollback
	})
	if errors.Is(err, errRollback) {
		return nil
	}
	return models.Unavailable(err)
}

// translate turns an error of GORM or a driver into one of models. What it
// doesn't know stays an error without a code, which answers INTERNAL and is logged.
func (s *Store) translate(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, sql.ErrNoRows):
		return models.ErrNotFound
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded),
		errors.Is(err, sql.ErrTxDone), errors.Is(err, sql.ErrConnDone), s.closed.Load():
		return models.Unavailable(err)
	}
	switch s.engine.explain(err) {
	case failureTransient, failureConflict, failureFatal:
		return models.Unavailable(err)
	case failureEmailTaken:
		return models.NewError(models.CodeEmailUnavailable, "the e-mail address belongs to another account")
	case failurePhoneTaken:
		return models.NewError(models.CodePhoneUnavailable, "the phone number belongs to another account")
	case failureNoParent:
		return fmt.Errorf("store: %w", errNoParent)
	}
	return fmt.Errorf("store: %w", err)
}

// stopWriting notes a failure after which no write may be acknowledged.
func (s *Store) stopWriting(err error) {
	s.failOnce.Do(func() {
		s.failCause.Store(&err)
		close(s.failed)
	})
}

// find returns the rows of a query.
func find[T any](query *gorm.DB) ([]T, error) {
	var rows []T
	err := query.Find(&rows).Error
	return rows, err
}

// take returns one row of a query, or fails with gorm.ErrRecordNotFound.
func take[T any](query *gorm.DB) (T, error) {
	var row T
	err := query.Take(&row).Error
	return row, err
}

// affected returns how many rows a write met.
func affected(write *gorm.DB) (int, error) { return int(write.RowsAffected), write.Error }

// found returns what a read found, or why there is nothing: never both nil.
func found[T any](s *Store, row T, err error) (*T, error) {
	if err != nil {
		return nil, s.translate(err)
	}
	return &row, nil
}
