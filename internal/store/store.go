// Package store keeps accounts and all that belongs to them in a database, and
// is the only importer of gorm.io. A write names its columns and counts its
// rows: the write decides, never a read before it. What differs from one
// database to the next stands behind engine.Engine.
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
	// write has the only right to write; read has as many connections as it needs and can't write.
	write, read *gorm.DB
	// updatable holds the columns that UpdateAccount may be asked to write.
	updatable map[string]*schema.Field
	reader    rowReader
	// statements are made once.
	statements statements
	// sealer seals the secrets in the outbox; it is found or made when first needed.
	sealer atomic.Pointer[Sealer]

	closed    atomic.Bool
	failOnce  sync.Once
	failed    chan struct{}
	failCause atomic.Pointer[error]
}

var _ account.Store = (*Store)(nil)

// errNoParent says that a row's account is not there.
var errNoParent = errors.New("the account of the row does not exist")

// Engine is the database itself, for what package transfer copies as it is.
func (s *Store) Engine() engine.Engine { return s.engine }

// Close closes the database; what runs meanwhile gets UNAVAILABLE. A second call does nothing.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	return s.engine.Close()
}

// Failed is closed once a write has failed in a way that leaves open what is on
// the disk. Nothing more is written then: the process should end, and start
// again on what the disk really holds (R-OPS5).
func (s *Store) Failed() <-chan struct{} { return s.failed }

// Ready returns UNAVAILABLE unless the database is migrated and takes writes. It leaves nothing behind.
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

	switch s.engine.Classify(err) {
	case engine.FailureTransient, engine.FailureConflict, engine.FailureFatal:
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

// stopWriting notes a failure after which no write may be acknowledged.
func (s *Store) stopWriting(err error) {
	s.failOnce.Do(func() {
		s.failCause.Store(&err)
		close(s.failed)
	})
}

// lockRow waits for a row that another transaction has locked, and lockFree leaves it out.
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

// affected returns how many rows a write met.
func affected(write *gorm.DB) (int, error) { return int(write.RowsAffected), write.Error }

// found returns what a read found, or why there is nothing: never both nil.
func found[T any](s *Store, row T, err error) (*T, error) {
	if err != nil {
		return nil, s.translate(err)
	}
	return &row, nil
}
