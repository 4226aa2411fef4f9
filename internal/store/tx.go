package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// transaction is account.Tx. It is used by one goroutine, inside InTx.
type transaction struct {
	store *Store
	db    *gorm.DB
	// doomed is the failure after which the transaction can't be committed.
	doomed error
}

var _ account.Tx = (*transaction)(nil)

// InTx runs decide in one transaction. See account.Store.
func (s *Store) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	return s.inTx(ctx, func(tx *transaction) error { return decide(tx) })
}

func (s *Store) inTx(ctx context.Context, decide func(tx *transaction) error) error {
	if cause := s.failCause.Load(); cause != nil {
		return models.Unavailable(*cause)
	}
	db := s.write.WithContext(ctx).Begin()
	if db.Error != nil {
		return s.unavailable(db.Error)
	}
	finished := false
	defer func() {
		// Whatever left this function early, a panic too, leaves nothing behind.
		if !finished {
			db.Rollback()
		}
	}()
	tx := &transaction{store: s, db: db}
	if err := decide(tx); err != nil {
		return err
	}
	if tx.doomed != nil {
		return tx.doomed
	}
	finished = true
	// A commit that has begun is not stopped by the end of ctx.
	if err := db.Commit().Error; err != nil {
		return s.unavailable(err)
	}
	return nil
}

// unavailable is the translation of an error of BEGIN or COMMIT, after which nothing was changed whatever the reason.
func (s *Store) unavailable(err error) error {
	if s.engine.explain(err) == failureFatal {
		s.stopWriting(err)
	}
	return models.Unavailable(err)
}

// settle translates the error of a statement. All but a taken address doom the transaction.
func (t *transaction) settle(err error) error {
	if err == nil || errors.Is(err, gorm.ErrRecordNotFound) {
		return t.store.translate(err)
	}
	failure := t.store.engine.explain(err)
	translated := t.store.translate(err)
	if failure == failureFatal {
		t.store.stopWriting(err)
	}
	if failure != failureEmailTaken && failure != failurePhoneTaken && t.doomed == nil {
		t.doomed = translated
		// A statement that was interrupted has rolled the whole transaction back
		// already. Without this, a caller who goes on would write outside of any.
		t.db.Rollback()
	}
	return translated
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

// exec runs a statement that may meet any number of rows.
func (t *transaction) exec(ctx context.Context, statement string, values ...any) error {
	return t.settle(t.db.WithContext(ctx).Exec(statement, values...).Error)
}

// create inserts rows whose account must be there; models.ErrNotFound where it isn't.
func create[T any](ctx context.Context, t *transaction, row *T) error {
	err := t.settle(gorm.G[T](t.db).Create(ctx, row))
	if errors.Is(err, errNoParent) {
		return models.ErrNotFound
	}
	return err
}
