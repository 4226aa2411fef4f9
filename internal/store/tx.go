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

// transaction is account.Tx. It is used by one goroutine, inside InTx.
type transaction struct {
	store *Store
	// conn is what its statements run on, until one of its two methods ends it.
	conn engine.Tx
	// doomed is the failure after which the transaction can't be committed.
	doomed error
	// conflict is true where that failure was a conflict with another transaction.
	conflict bool
}

var _ account.Tx = (*transaction)(nil)

// ConnOf returns what the statements of a transaction run on, for those that write rows as they are. What fails there
// is not translated, and does not doom the transaction.
func ConnOf(tx account.Tx) engine.Tx { return tx.(*transaction).conn }

// InTx runs decide in one transaction. See account.Store.
func (s *Store) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	return s.inTx(ctx, func(tx *transaction) error { return decide(tx) })
}

const (
	// maxRetries is how often a transaction is run again after conflicts (R-DB2).
	maxRetries = 3
	// retryPause doubles with each retry; the pause is a random part of it, so
	// that those who met once don't meet again.
	retryPause = 20 * time.Millisecond
)

func (s *Store) inTx(ctx context.Context, decide func(tx *transaction) error) error {
	for retries := 0; ; retries++ {
		conflict, err := s.tryTx(ctx, decide)
		if !conflict || retries == maxRetries {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(rand.N(retryPause << retries)): //nolint:gosec // a pause is no secret
		}
	}
}

// tryTx runs one transaction, and says whether a conflict with another ended it.
func (s *Store) tryTx(ctx context.Context, decide func(tx *transaction) error) (conflict bool, err error) {
	conn, err := s.engine.Begin(ctx)
	if err != nil {
		return false, s.unavailable(err)
	}
	finished := false
	defer func() {
		// Whatever left this function early, a panic too, leaves nothing behind.
		if !finished {
			_ = conn.Rollback()
		}
	}()
	// Not before it began: whoever wrote while this one waited may have failed.
	if cause := s.failCause.Load(); cause != nil {
		return false, models.Unavailable(*cause)
	}
	tx := &transaction{store: s, conn: conn}
	decided := decide(tx)
	if decided == nil {
		decided = tx.doomed
	}
	finished = true
	if decided != nil {
		var lost *engine.GroupCommitError
		if errors.As(conn.Rollback(), &lost) {
			return s.engine.Classify(lost) == engine.FailureConflict, s.unavailable(lost)
		}
		return tx.conflict, decided
	}
	// A commit that has begun is not stopped by the end of ctx.
	if err := conn.Commit(); err != nil {
		translated := s.unavailable(err)
		if s.engine.CommitOutcomeUnknown(err) {
			// It is neither acknowledged nor run again.
			translated = models.OutcomeUnknown(err)
		}
		return s.engine.Classify(err) == engine.FailureConflict, translated
	}
	return false, nil
}

// unavailable is the translation of an error of BEGIN or COMMIT.
func (s *Store) unavailable(err error) error {
	if s.engine.Classify(err) == engine.FailureFatal {
		s.stopWriting(err)
	}
	return models.Unavailable(err)
}

// settle translates the error of a statement. All but a taken address doom the transaction.
func (t *transaction) settle(err error) error {
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
		// A statement that was interrupted has rolled the whole transaction back
		// already. Without this, a caller who goes on would write outside of any.
		_ = t.conn.Rollback()
	}
	return translated
}

// gorm is GORM on the transaction's connection.
func (t *transaction) gorm(ctx context.Context) *gorm.DB {
	db := t.store.write.WithContext(ctx)
	db.Statement.ConnPool = t.conn
	return db
}

// guarded runs a write that may meet a taken address, so that the transaction
// can go on after it.
func (t *transaction) guarded(ctx context.Context, write func() error) error {
	if !t.store.engine.NeedsSavepoints() || t.doomed != nil {
		return write()
	}
	const savepoint = "guarded"
	if err := t.gorm(ctx).SavePoint(savepoint).Error; err != nil {
		return t.settle(err)
	}
	err := write()
	if code := models.CodeOf(err); err != nil && t.doomed == nil && (code == models.CodeEmailUnavailable || code == models.CodePhoneUnavailable) {
		if back := t.gorm(ctx).RollbackTo(savepoint).Error; back != nil {
			return t.settle(back)
		}
	}
	return err
}

// one settles a write that must meet exactly one row.
func (t *transaction) one(rows int, err error) error {
	if err != nil {
		return t.settle(err)
	}
	if rows == 0 {
		return models.ErrNotFound
	}
	return nil
}

// write runs a statement without GORM that must meet exactly one row.
func (t *transaction) write(ctx context.Context, statement string, values ...any) error {
	result, err := t.conn.ExecContext(ctx, statement, values...)
	if err != nil {
		return t.settle(err)
	}
	rows, err := result.RowsAffected()
	return t.one(int(rows), err)
}

// exec runs a statement that may meet any number of rows.
func (t *transaction) exec(ctx context.Context, statement string, values ...any) error {
	return t.settle(t.gorm(ctx).Exec(statement, values...).Error)
}

// create inserts rows whose account must be there; models.ErrNotFound where it isn't.
func create[T any](ctx context.Context, t *transaction, row *T) error {
	err := t.settle(t.gorm(ctx).Create(row).Error)
	if errors.Is(err, errNoParent) {
		return models.ErrNotFound
	}
	return err
}
