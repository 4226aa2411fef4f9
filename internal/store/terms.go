package store

import (
	"context"
	"errors"

	"gorm.io/gorm/clause"

	"github.com/accountql/accountql/models"
)

// TermsAcceptances returns the versions of terms that the customer accepted, oldest first.
func (s *Store) TermsAcceptances(ctx context.Context, accountID string) ([]models.TermsAcceptance, error) {
	acceptances, err := find[models.TermsAcceptance](s.read.WithContext(ctx).
		Where("account_id = ?", accountID).Order("accepted_at, id"))
	return acceptances, s.translate(err)
}

// RecordTerms lets the unique index decide what was accepted before. It returns models.ErrNotFound if the account is
// gone.
func (t *transaction) RecordTerms(
	ctx context.Context, acceptances []models.TermsAcceptance,
) (recorded []models.TermsAcceptance, err error) {
	for i := range acceptances {
		rows, err := affected(t.gorm(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&acceptances[i]))
		if err := t.fail(err); err != nil {
			if errors.Is(err, errNoParent) {
				return nil, models.ErrNotFound
			}
			return nil, err
		}

		if rows > 0 { // guard: a version is accepted once
			recorded = append(recorded, acceptances[i])
		}
	}
	return recorded, nil
}
