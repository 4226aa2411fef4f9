package store

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// RunInTx runs a statement in a transaction and returns how often the transaction was begun.
func (s *Store) RunInTx(ctx context.Context, statement string) (runs int, err error) {
	err = s.inTx(ctx, func(tx *transaction) error {
		runs++
		return tx.exec(ctx, statement)
	})
	return runs, err
}

// Gorm returns GORM on the write pool.
func (s *Store) Gorm() *gorm.DB { return s.write }

// Translate translates a driver's error.
func (s *Store) Translate(err error) error { return s.translate(err) }

// FailCommit does what a commit does when it fails with err.
func (s *Store) FailCommit(err error) error { return s.unavailable(err) }

// KeysFresh is how long a process makes new values with the keys that it has read.
const KeysFresh = keysFresh

// AgeKeys lets time pass since the process read its keys.
func (s *Store) AgeKeys(by time.Duration) {
	aged := *s.keys.Load()
	aged.readAt = aged.readAt.Add(-by)
	s.keys.Store(&aged)
}
