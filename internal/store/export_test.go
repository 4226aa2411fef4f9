package store

import (
	"context"

	"gorm.io/gorm"
)

// RunInTx runs a statement in a transaction, and returns how often that was begun.
func (s *Store) RunInTx(ctx context.Context, statement string) (runs int, err error) {
	err = s.inTx(ctx, func(tx *transaction) error {
		runs++
		return tx.exec(ctx, statement)
	})
	return runs, err
}

// Gorm returns GORM on the pool that writes.
func (s *Store) Gorm() *gorm.DB { return s.write }

// Translate is the translation of an error that a driver returned.
func (s *Store) Translate(err error) error { return s.translate(err) }

// FailCommit is what a commit does whose error is err.
func (s *Store) FailCommit(err error) error { return s.unavailable(err) }
