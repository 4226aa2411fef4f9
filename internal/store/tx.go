package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/models"
)

// transaction implements account.Tx. It is used by one goroutine, inside InTx.
type transaction struct {
	store *Store
	// conn runs the statements until one of its two methods ends the transaction.
	conn engine.Tx
	// head is the end of the account's audit chain when the account was locked, or empty. It may have moved on since.
	head auditHead
	// doomed is the failure because of which the transaction can't be committed any more.
	doomed error
	// conflict is true if the failure was a conflict with another transaction.
	conflict bool
}

var _ account.Tx = (*transaction)(nil)

// ConnOf returns the connection of a transaction, for package transfer, which writes rows verbatim. Errors of its
// statements are not translated, and don't doom the transaction.
func ConnOf(tx account.Tx) engine.Tx { return tx.(*transaction).conn }

// InTx runs decide in one transaction. See account.Store.
func (s *Store) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	return s.inTx(ctx, func(tx *transaction) error { return decide(tx) })
}

const (
	// maxRetries is how often a transaction is retried after conflicts (R-DB2).
	maxRetries = 3
	// retryPause doubles with each retry. The actual pause is a random part of it, so that transactions that
	// conflicted don't conflict again.
	retryPause = 20 * time.Millisecond
)

func (s *Store) inTx(ctx context.Context, decide func(tx *transaction) error) error {
	for retries := 0; ; retries++ {
		conflict, err := s.tryTx(ctx, decide)
		if !conflict || retries == maxRetries {
			return err
		}

		s.retries.Add(1)
		select {
		case <-ctx.Done():
			return err
		case <-time.After(rand.N(retryPause << retries)): //nolint:gosec // a pause is no secret
		}
	}
}

// tryTx runs one transaction, and reports whether a conflict with another ended it.
func (s *Store) tryTx(ctx context.Context, decide func(tx *transaction) error) (conflict bool, err error) {
	conn, err := s.engine.Begin(ctx)
	if err != nil {
		return false, s.unavailable(err)
	}

	ended := false
	defer func() {
		// If this function is left early, even by a panic, nothing stays open.
		if !ended {
			_ = conn.Rollback()
		}
	}()

	// Checking before the transaction began would be too early: the transaction that this one waited for may have
	// failed.
	if cause := s.failCause.Load(); cause != nil { // guard: nothing is written after a failed sync
		return false, models.Unavailable(*cause)
	}

	tx := &transaction{store: s, conn: conn}
	decided := decide(tx)
	if decided == nil {
		decided = tx.doomed
	}

	ended = true
	if decided != nil {
		return tx.rollback(decided)
	}

	return tx.commit()
}

// rollback ends the transaction and returns the reason, unless the reason relies on a commit that failed.
func (t *transaction) rollback(reason error) (conflict bool, err error) {
	var lost *engine.GroupCommitError
	if errors.As(t.conn.Rollback(), &lost) { // guard: a refusal waits for the group's commit
		return t.store.engine.Classify(lost) == engine.FailureConflict, t.store.unavailable(lost)
	}
	return t.conflict, reason
}

// commit is not cancelled by its context once it has begun.
func (t *transaction) commit() (conflict bool, err error) {
	err = t.conn.Commit()
	if err == nil {
		return false, nil
	}

	translated := t.store.unavailable(err)
	if t.store.engine.CommitOutcomeUnknown(err) { // guard: a commit without an answer is no promise
		// The transaction is neither acknowledged nor retried.
		translated = models.OutcomeUnknown(err)
	}

	return t.store.engine.Classify(err) == engine.FailureConflict, translated
}

// unavailable translates an error of BEGIN or COMMIT.
func (s *Store) unavailable(err error) error {
	if s.engine.Classify(err) == engine.FailureFatal {
		s.stopWriting(err)
	}
	return models.Unavailable(err)
}

// fail translates the error of a statement; nil stays nil. Every failure except a taken address dooms the
// transaction.
func (t *transaction) fail(err error) error {
	if err == nil || errors.Is(err, gorm.ErrRecordNotFound) {
		return t.store.translate(err)
	}

	failure := t.store.engine.Classify(err)
	translated := t.store.translate(err)
	if failure == engine.FailureFatal {
		t.store.stopWriting(err)
	}

	if failure != engine.FailureEmailTaken && failure != engine.FailurePhoneTaken && t.doomed == nil {
		t.doomed, t.conflict = translated, failure == engine.FailureConflict
		// An interrupted statement has already rolled back the whole transaction. Without this, a caller that
		// continues would write outside of any transaction.
		_ = t.conn.Rollback()
	}

	return translated
}

// gorm returns GORM on the transaction's connection.
func (t *transaction) gorm(ctx context.Context) *gorm.DB {
	db := t.store.write.WithContext(ctx)
	db.Statement.ConnPool = t.conn
	return db
}

// withSavepoint runs a write that may fail because an address is taken, so that the transaction can continue after
// it.
func (t *transaction) withSavepoint(ctx context.Context, write func() error) error {
	if !t.store.engine.NeedsSavepoints() || t.doomed != nil {
		return write()
	}

	const savepoint = "guarded"
	if err := t.gorm(ctx).SavePoint(savepoint).Error; err != nil {
		return t.fail(err)
	}

	err := write()
	code := models.CodeOf(err)
	taken := err != nil && (code == models.CodeEmailUnavailable || code == models.CodePhoneUnavailable)
	if taken && t.doomed == nil {
		if back := t.gorm(ctx).RollbackTo(savepoint).Error; back != nil {
			return t.fail(back)
		}
	}

	return err
}

// expectOneRow translates the error of a write, which must affect exactly one row.
func (t *transaction) expectOneRow(rows int, err error) error {
	if err != nil {
		return t.fail(err)
	}
	if rows == 0 { // guard: a write counts its rows
		return models.ErrNotFound
	}
	return nil
}

// write runs a statement without GORM that must affect exactly one row.
func (t *transaction) write(ctx context.Context, statement string, values ...any) error {
	return t.expectOneRow(t.count(ctx, statement, values...))
}

// count runs a statement without GORM and returns how many rows it affected. Its error is not translated.
func (t *transaction) count(ctx context.Context, statement string, values ...any) (rows int, err error) {
	result, err := t.conn.ExecContext(ctx, statement, values...)
	if err != nil {
		return 0, err
	}

	affected, err := result.RowsAffected()

	return int(affected), err
}

// exec runs a statement without GORM that may affect any number of rows.
func (t *transaction) exec(ctx context.Context, statement string, values ...any) error {
	_, err := t.conn.ExecContext(ctx, t.store.engine.Bind(statement), values...)
	return t.fail(err)
}

// execLists is exec for statements in whose values are lists: GORM writes a placeholder for each element.
func (t *transaction) execLists(ctx context.Context, statement string, values ...any) error {
	return t.fail(t.gorm(ctx).Exec(statement, values...).Error)
}
