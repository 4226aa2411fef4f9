package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/models"
)

// ReadyCheck names what a database must pass to be ready.
type ReadyCheck string

// The checks.
const (
	// DatabaseCheck fails if the database does not answer.
	DatabaseCheck ReadyCheck = "database"
	// SchemaCheck fails if the schema is older or newer than the program's, or part of a copy.
	SchemaCheck ReadyCheck = "schema"
	// StandbyCheck fails on a hot standby, and on another server that accepts only reads.
	StandbyCheck ReadyCheck = "standby"
	// ReadOnlyCheck fails on a file that may not be written.
	ReadOnlyCheck ReadyCheck = "read-only"
	// WritesCheck fails if a write fails for another reason.
	WritesCheck ReadyCheck = "writes"
)

// ReadyChecks returns every check.
func ReadyChecks() []ReadyCheck {
	return []ReadyCheck{DatabaseCheck, SchemaCheck, StandbyCheck, ReadOnlyCheck, WritesCheck}
}

// NotReadyError is the cause of Ready's error.
type NotReadyError struct {
	Check ReadyCheck
	Cause error
}

// Error names the check and the cause, without a password.
func (n *NotReadyError) Error() string { return fmt.Sprintf("%s: %v", n.Check, n.Cause) }

// Unwrap returns the cause.
func (n *NotReadyError) Unwrap() error { return n.Cause }

// Ready returns UNAVAILABLE, with a NotReadyError as its cause, unless the database is migrated and writable. It
// leaves no rows behind (R-OBS2).
func (s *Store) Ready(ctx context.Context) error {
	if err := s.CheckSchema(ctx); err != nil {
		return s.notReady(ctx, SchemaCheck, err)
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

	return s.notReady(ctx, WritesCheck, err)
}

// ProbeWrite commits a change of no effect, which a full disk refuses although Ready succeeds.
func (s *Store) ProbeWrite(ctx context.Context) error {
	return s.inTx(ctx, func(tx *transaction) error {
		return tx.exec(ctx, `UPDATE server_keys SET secret = secret WHERE name = ?`, lookupKey)
	})
}

// ClockOffset returns how far this machine's clock is ahead of the database's. It is wrong by up to half of the time
// that the database needs to answer (R-OBS5).
func (s *Store) ClockOffset(ctx context.Context) (time.Duration, error) {
	offset, err := clockOffset(ctx, s.engine)
	if err != nil {
		return 0, s.translate(err)
	}
	return offset, nil
}

func clockOffset(ctx context.Context, opened engine.Engine) (time.Duration, error) {
	began := time.Now()
	theirs, err := opened.Clock(ctx)
	if err != nil {
		return 0, err
	}

	ours := began.Add(time.Since(began) / 2)

	return ours.Sub(theirs), nil
}

// notReady returns the error of a check. A check can fail because an earlier one did: its statement finds no server.
func (s *Store) notReady(ctx context.Context, check ReadyCheck, err error) error {
	var known *models.Error
	if errors.As(err, &known) && known.Cause != nil {
		err = known.Cause
	}

	switch failure := s.engine.Classify(err); {
	case failure == engine.FailureUnreachable, ctx.Err() != nil, s.closed.Load(),
		failure == engine.FailureTransient && check == SchemaCheck:
		check = DatabaseCheck
	case failure == engine.FailureStandby:
		check = StandbyCheck
	case failure == engine.FailureReadOnly:
		check = ReadOnlyCheck
	}

	return models.Unavailable(&NotReadyError{Check: check, Cause: err})
}
