package store

import (
	"context"

	"github.com/accountql/accountql/models"
)

// Consents returns the account's answers, oldest first.
func (s *Store) Consents(ctx context.Context, accountID string) ([]models.Consent, error) {
	consents, err := find[models.Consent](s.read.WithContext(ctx).
		Where("account_id = ?", accountID).Order("recorded_at, id"))
	return consents, s.translate(err)
}

// ConsentPage returns up to limit answers of the account, newest first, from before a place; nil is from the newest.
func (s *Store) ConsentPage(
	ctx context.Context, accountID string, before *models.ConsentPlace, limit int,
) ([]models.Consent, error) {
	query := s.read.WithContext(ctx).Where("account_id = ?", accountID)
	if before != nil {
		query = query.Where("(recorded_at, id) < (?, ?)", before.RecordedAt.UTC(), before.ID)
	}

	consents, err := find[models.Consent](query.Order("recorded_at DESC, id DESC").Limit(limit))

	return consents, s.translate(err)
}

// RecordConsents appends to the consent history, or returns models.ErrNotFound if the account does not exist.
func (t *transaction) RecordConsents(ctx context.Context, consents []models.Consent) error {
	for i := range consents {
		if err := create(ctx, t, &consents[i]); err != nil {
			return err
		}
	}
	return nil
}

// PendingConsent returns the account's newest answer for the channel if it waits for a proof, and otherwise
// models.ErrNotFound.
func (t *transaction) PendingConsent(
	ctx context.Context, accountID string, channel models.ConsentChannel,
) (*models.Consent, error) {
	row, err := take[models.Consent](t.gorm(ctx).
		Where("account_id = ? AND channel = ?", accountID, channel).Order("recorded_at DESC, id DESC").Limit(1))
	if err != nil {
		return nil, t.fail(err)
	}
	if !row.Pending {
		return nil, models.ErrNotFound
	}

	return &row, nil
}

// Consents returns the account's answers, oldest first.
func (t *transaction) Consents(ctx context.Context, accountID string) ([]models.Consent, error) {
	consents, err := find[models.Consent](t.gorm(ctx).Where("account_id = ?", accountID).Order("recorded_at, id"))
	return consents, t.fail(err)
}

// KeepConsentProofs stores what is kept of an erased customer's answers.
func (t *transaction) KeepConsentProofs(ctx context.Context, proofs []models.ConsentProof) error {
	for i := range proofs {
		if err := insert(ctx, t, &proofs[i]); err != nil {
			return err
		}
	}
	return nil
}

// ConsentProofs returns what is kept under a pseudonym, oldest first.
func (s *Store) ConsentProofs(ctx context.Context, pseudonym []byte) ([]models.ConsentProof, error) {
	proofs, err := find[models.ConsentProof](
		s.read.WithContext(ctx).Where("pseudonym = ?", pseudonym).Order("recorded_at, id"))
	return proofs, s.translate(err)
}
