// Package engine defines what a database must do for package store. All packages of the store share its terms: the
// meaning of an error, the kind of a column, the connection of a transaction. An engine is a package that
// implements Driver and Engine.
package engine

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gorm.io/gorm"
)

// Driver opens databases of one kind. It has no state.
type Driver interface {
	// Open opens a database without migrating it. It calls failed for every failure that leaves the state on disk
	// unknown (FailureFatal), before anybody else can write. No error contains a password.
	Open(ctx context.Context, database string, failed func(error)) (Engine, error)
	// OpenSource opens a database to read the named tables, and keeps everybody else from writing to it until it is
	// closed. It returns an error that wraps ErrInUse if the database is open elsewhere. Both pools are then the
	// same single connection.
	OpenSource(ctx context.Context, database string, tables []string) (Engine, error)
	// CheckAddress returns an error if Open could not even try. It connects to nothing, and its error has no part of a
	// password.
	CheckAddress(database string) error
	// OpenToInspect opens a database to look at it. It creates nothing and writes no data. Both pools are then the same.
	OpenToInspect(ctx context.Context, database string) (Engine, error)
	// Backup writes the database to a new file and returns its size in bytes, or returns an error that names what
	// to use instead.
	Backup(ctx context.Context, database, file string) (size int64, err error)
}

// Engine is one open database. It is safe for concurrent use.
type Engine interface {
	// Name identifies the database, without a password.
	Name() string
	// Pools returns the connections that write and the connections that only read.
	Pools() (write, read *sql.DB)
	// Dialector returns GORM's dialect on one of the pools.
	Dialector(pool *sql.DB) gorm.Dialector
	// Close closes the connections after everything is written to its final place.
	Close() error

	// Bind converts a statement with ? for each value, as in GORM, to the syntax of the driver.
	Bind(statement string) string
	// Find runs a statement that finds at most one row by unique indexes, and reports whether it did. The values are
	// texts, bytes, integers (int64), times or nil. Every request begins with such a statement.
	Find(ctx context.Context, row *Row, statement string, values ...any) (found bool, err error)
	// Begin begins a transaction that may write.
	Begin(ctx context.Context) (Tx, error)
	// LockClause returns the end of a SELECT, so that nobody else may change the rows of the named table or alias until
	// the transaction ends.
	LockClause(table string) string
	// JoinsWrites reports whether one statement can write to two tables. It then takes one round trip instead of two.
	JoinsWrites() bool
	// NeedsSavepoints reports whether a transaction can continue after a failed statement only from a savepoint.
	NeedsSavepoints() bool
	// Purge removes deleted rows from the files, as far as the engine can make sure of it.
	Purge(ctx context.Context) error

	// Server returns the name and the version of the software, and whether it accepts only reads.
	Server(ctx context.Context) (version string, readOnly bool, err error)
	// Journal returns what the engine has done with its log; nil if the server has a log of its own.
	Journal() *Journal
	// Clock returns the time of the database's machine.
	Clock(ctx context.Context) (time.Time, error)

	// Classify returns the meaning of a driver's error.
	Classify(err error) Failure
	// CommitOutcomeUnknown reports whether a COMMIT that returned this error may have succeeded nevertheless.
	CommitOutcomeUnknown(err error) bool

	// Migrations returns the location of the schema's migrations.
	Migrations() MigrationSource
	// Migrate runs steps on the database, all or nothing, while no other process migrates it. The steps report whether
	// they may have rewritten rows, whose references are checked then. Other processes keep serving; the steps may be
	// run again.
	Migrate(ctx context.Context, steps func(db *sql.DB) (rewritten bool, err error)) error
	// HasTable reports whether the table exists.
	HasTable(ctx context.Context, db *sql.DB, name string) (bool, error)

	// Renumber makes sure that the next account gets a number that none has, after numbers were copied.
	Renumber(ctx context.Context, tx Tx) error
	// Columns lists the columns of a table, ordered by name.
	Columns(ctx context.Context, db *sql.DB, table string) ([]Column, error)
	// RawColumn returns an expression that yields the stored value of a column without conversion by the driver.
	RawColumn(column string) string
	// ReadTime parses a time that RawColumn yielded. It returns false if the value is anything else.
	ReadTime(raw any) (at time.Time, ok bool)
}

// Journal counts what an engine has done with its write-ahead log since it was opened.
type Journal struct {
	// Commits is how many times the log was synchronised, Transactions how many transactions these commits held.
	Commits, Transactions uint64
	// Bytes is the size of the log's file now.
	Bytes int64
	// Checkpoints and CheckpointFailures count the attempts to move the log into the database.
	Checkpoints, CheckpointFailures uint64
}

// Tx runs the statements of a transaction until one of its two methods ends it.
type Tx interface {
	gorm.ConnPool
	// TxCommitter ends the transaction. Both of its methods may return a GroupCommitError.
	gorm.TxCommitter
}

// MigrationSource is a directory of package migrations and goose's name for its SQL dialect.
type MigrationSource struct{ Dialect, Directory string }

// Failure is the meaning of a driver's error.
type Failure int

const (
	// FailureUnknown is a bug in this program.
	FailureUnknown Failure = iota
	// FailureTransient may pass: locked, busy, full.
	FailureTransient
	// FailureUnreachable may pass: the server does not answer or accepts no connection.
	FailureUnreachable
	// FailureStandby may pass: the server is a hot standby or otherwise accepts only reads.
	FailureStandby
	// FailureReadOnly may pass: the file may not be written.
	FailureReadOnly
	// FailureConflict means that the transaction was aborted in favour of another. A retry may succeed.
	FailureConflict
	// FailureFatal leaves the state on disk unknown (R-OPS5).
	FailureFatal
	// FailureEmailTaken means that another account has the address.
	FailureEmailTaken
	// FailurePhoneTaken means that another account has the number.
	FailurePhoneTaken
	// FailureNoParent means that the row's account does not exist.
	FailureNoParent
)

// GroupCommitError is the failure of a commit that several transactions share. None of them may be answered,
// neither with a success nor with a refusal.
type GroupCommitError struct{ Cause error }

// Error returns the cause's text.
func (g *GroupCommitError) Error() string { return g.Cause.Error() }

// Unwrap returns the cause.
func (g *GroupCommitError) Unwrap() error { return g.Cause }

// ErrInUse means that a source is being served.
var ErrInUse = errors.New(
	"is in use: stop every server and every other program that works on it, and keep them stopped")
