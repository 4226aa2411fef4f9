// Package engine says what a database must do for package store. Every room of the
// store speaks its words: what an error means, what a column holds, what a
// transaction runs on. An engine is one package that implements Driver and Engine.
package engine

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gorm.io/gorm"
)

// Driver opens the databases of one kind. It holds nothing.
type Driver interface {
	// Open opens a database, which it does not migrate. It tells failed of every failure that leaves open what is on
	// the disk (FailureFatal) before anybody else can write. No error holds a password.
	Open(ctx context.Context, database string, failed func(error)) (Engine, error)
	// OpenSource opens a database to read the named tables, and keeps everybody else from writing to it until it is
	// closed. It returns an error that wraps ErrInUse if somebody has it open. Both pools are then one connection.
	OpenSource(ctx context.Context, database string, tables []string) (Engine, error)
	// Backup writes the database to a new file and returns its size in bytes, or says what to use instead.
	Backup(ctx context.Context, database, file string) (size int64, err error)
}

// Engine is one open database. It is safe for concurrent use.
type Engine interface {
	// Name says which database it is, without a password.
	Name() string
	// Pools are the connections that write and those that only read.
	Pools() (write, read *sql.DB)
	// Dialector is GORM's dialect on one of the pools.
	Dialector(pool *sql.DB) gorm.Dialector
	// Close gives the connections back after it has put everything into its final place.
	Close() error

	// Bind turns a statement in which every ? stands for a value, as in GORM's, into the one that the driver reads.
	Bind(statement string) string
	// Find runs a statement that finds one row or none by unique indexes: every request begins with one.
	Find(ctx context.Context, statement string, values ...any) (*sql.Rows, error)
	// Begin begins a transaction that may write.
	Begin(ctx context.Context) (Tx, error)
	// LockClause ends a SELECT whose rows nobody else may change until the transaction ends.
	LockClause() string
	// NeedsSavepoints says whether a transaction goes on after a failed statement only from a savepoint.
	NeedsSavepoints() bool
	// Purge makes deleted rows vanish from the files, as far as the engine can tell it to.
	Purge(ctx context.Context) error

	// Classify says what an error of the driver means.
	Classify(err error) Failure
	// CommitOutcomeUnknown says of the error of a COMMIT whether it may have been done all the same.
	CommitOutcomeUnknown(err error) bool

	// Migrations says where the steps of the schema are.
	Migrations() MigrationSource
	// Migrate runs steps on a database that no other process migrates meanwhile, all or nothing.
	Migrate(ctx context.Context, steps func(db *sql.DB) error) error
	// HasTable says whether the table exists.
	HasTable(ctx context.Context, db *sql.DB, name string) (bool, error)

	// Columns lists the columns of a table in the order of their names.
	Columns(ctx context.Context, db *sql.DB, table string) ([]Column, error)
	// RawColumn is an expression that yields what a column holds, unread by the driver.
	RawColumn(column string) string
	// ReadTime reads what RawColumn yields of a time; it returns false for anything else.
	ReadTime(raw any) (at time.Time, ok bool)
}

// Tx is what the statements of a transaction run on, until one of its two methods ends it.
type Tx interface {
	gorm.ConnPool
	// TxCommitter ends the transaction. Both of its methods may return a GroupCommitError.
	gorm.TxCommitter
}

// MigrationSource is a directory of package migrations, and goose's name for the dialect it is written in.
type MigrationSource struct{ Dialect, Directory string }

// Failure is what an error of a driver means.
type Failure int

const (
	// FailureUnknown is a fault of this program.
	FailureUnknown Failure = iota
	// FailureTransient can pass: locked, busy, full, read-only.
	FailureTransient
	// FailureConflict ended the transaction in favour of another; run again, it may succeed.
	FailureConflict
	// FailureFatal leaves open what is on the disk (R-OPS5).
	FailureFatal
	// FailureEmailTaken is an address that another account has.
	FailureEmailTaken
	// FailurePhoneTaken is a number that another account has.
	FailurePhoneTaken
	// FailureNoParent is a row that belongs to an account that isn't there.
	FailureNoParent
)

// GroupCommitError is the failure of a commit that several transactions share.
// Neither a success nor a refusal of any of them may be answered.
type GroupCommitError struct{ Cause error }

// Error returns the cause's text.
func (g *GroupCommitError) Error() string { return g.Cause.Error() }

// Unwrap returns the cause.
func (g *GroupCommitError) Unwrap() error { return g.Cause }

// ErrInUse says that a source is being served.
var ErrInUse = errors.New(
	"is in use: stop every server and every other program that works on it, and keep them stopped")
