package store

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// exportLabel binds a sealed document to its column.
const exportLabel = ":export"

// KeepExport stores a document, sealed, in place of the account's earlier one. It returns models.ErrNotFound if the
// account does not exist.
func (t *transaction) KeepExport(ctx context.Context, kept *models.KeptExport) error {
	sealer, err := t.outboxSealer(ctx)
	if err != nil {
		return err
	}

	row := *kept
	// guard: an export is sealed
	if row.Sealed, err = sealer.Seal(row.ID+exportLabel, row.Document); err != nil {
		return err
	}
	if err := deleteOf[models.KeptExport](ctx, t, row.AccountID).Error; err != nil {
		return t.fail(err)
	}

	return create(ctx, t, &row)
}

// KeptExport returns a document that has not expired, or models.ErrNotFound.
func (s *Store) KeptExport(ctx context.Context, id string, now time.Time) (*models.KeptExport, error) {
	row, err := take[models.KeptExport](s.read.WithContext(ctx).
		Where("id = ? AND expires_at > ?", id, now)) // guard: an export is there for a day
	if err != nil {
		return nil, s.translate(err)
	}

	row.Document, err = s.openSealed(ctx, row.ID+exportLabel, row.Sealed)

	return &row, err
}
