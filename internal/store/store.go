// Package store keeps accounts and their data in a database, and is the only package that imports gorm.io. A write
// names its columns and counts its rows: it relies on its own condition, never on an earlier read. Differences
// between databases are behind engine.Engine.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/schema"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/models"
)

// Store is a database. It is safe for concurrent use.
type Store struct {
	engine engine.Engine
	// write is the only pool that may write. read has as many connections as it needs and is read-only.
	write, read *gorm.DB
	// updatable holds the columns that UpdateAccount can write.
	updatable map[string]*schema.Field
	reader    rowReader
	// statements and inserts are built once.
	statements statements
	inserts    inserts
	// sealer is that of SealWith, or nil.
	sealer atomic.Pointer[Sealer]
	// keys are the rotating keys as they were read last, or nil.
	keys atomic.Pointer[serverKeys]
	// targets are the webhook targets as they were read last, or nil.
	targets atomic.Pointer[webhookTargets]

	// retries counts the transactions that were repeated after a conflict.
	retries   atomic.Uint64
	closed    atomic.Bool
	failOnce  sync.Once
	failed    chan struct{}
	failCause atomic.Pointer[error]
}

var _ account.Store = (*Store)(nil)

// errNoParent means that a row's account does not exist.
var errNoParent = errors.New("the account of the row does not exist")

// Engine returns the database itself, for package transfer, which copies it verbatim.
func (s *Store) Engine() engine.Engine { return s.engine }

// Close closes the database. Running operations return UNAVAILABLE. A second call does nothing.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	return s.engine.Close()
}

// Failed returns a channel that is closed once a write has failed in a way that leaves the state on disk unknown.
// Nothing more is written then: the process should end and start again from what the disk really holds (R-OPS5).
func (s *Store) Failed() <-chan struct{} { return s.failed }

// translate converts an error of GORM or a driver to one of package models. An unknown error has no code, so it is
// answered with INTERNAL and logged.
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

	switch s.engine.Classify(err) {
	case engine.FailureTransient, engine.FailureUnreachable, engine.FailureStandby, engine.FailureReadOnly,
		engine.FailureConflict, engine.FailureFatal:
		return models.Unavailable(err)
	case engine.FailureEmailTaken:
		return models.NewError(models.CodeEmailUnavailable, "the e-mail address belongs to another account")
	case engine.FailurePhoneTaken:
		return models.NewError(models.CodePhoneUnavailable, "the phone number belongs to another account")
	case engine.FailureNoParent:
		return fmt.Errorf("store: %w", errNoParent)
	}

	return fmt.Errorf("store: %w", err)
}

// stopWriting records a failure after which no write may be acknowledged.
func (s *Store) stopWriting(err error) {
	s.failOnce.Do(func() {
		s.failCause.Store(&err)
		close(s.failed)
	})
}

// lockRow waits for a row that another transaction has locked, and lockFree skips it.
var (
	lockRow  = clause.Locking{Strength: clause.LockingStrengthUpdate}
	lockFree = clause.Locking{Strength: clause.LockingStrengthUpdate, Options: clause.LockingOptionsSkipLocked}
)

// find returns the rows of a query.
func find[T any](query *gorm.DB) ([]T, error) {
	var rows []T
	err := query.Find(&rows).Error
	return rows, err
}

// take returns one row of a query, or gorm.ErrRecordNotFound.
func take[T any](query *gorm.DB) (T, error) {
	var row T
	err := query.Take(&row).Error
	return row, err
}

// affected returns the number of rows that a write affected.
func affected(write *gorm.DB) (int, error) { return int(write.RowsAffected), write.Error }

// found returns the row that a read found, or the error. Never are both nil.
func found[T any](s *Store, row T, err error) (*T, error) {
	if err != nil {
		return nil, s.translate(err)
	}
	return &row, nil
}
