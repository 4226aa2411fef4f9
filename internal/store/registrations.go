package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/accountql/accountql/models"
)

// CreateRegistration stores a registration with its data sealed. Of the address's registrations that are not
// mailed, it keeps only the newest ones, up to the given number, so that one address can't fill the table. Mailed
// registrations are few because mails are limited; they are only deleted when they expire.
func (t *transaction) CreateRegistration(ctx context.Context, registration *models.Registration, keep int) error {
	row := *registration
	brought, err := json.Marshal(registration.Brought)
	if err != nil {
		return fmt.Errorf("store: registration: %w", err)
	}

	sealer, err := t.outboxSealer(ctx)
	if err != nil {
		return err
	}
	if row.Sealed, err = sealer.Seal(row.ID, brought); err != nil { // guard: a registration is sealed
		return err
	}
	if err := insert(ctx, t, &row); err != nil {
		return err
	}

	// guard: strangers push out nothing that was mailed
	return t.exec(ctx, `DELETE FROM registrations WHERE email = ? AND NOT mailed AND id NOT IN (
		SELECT id FROM registrations WHERE email = ? AND NOT mailed ORDER BY created_at DESC, id DESC LIMIT ?)`,
		row.Email, row.Email, keep)
}

// DropRegistrations deletes all registrations of an address.
func (t *transaction) DropRegistrations(ctx context.Context, email models.EmailAddress) error {
	return t.fail(t.gorm(ctx).Where("email = ?", email).Delete(&models.Registration{}).Error)
}

// Registrations returns the registrations of an address that have not expired, newest first.
func (s *Store) Registrations(
	ctx context.Context, email models.EmailAddress, now time.Time,
) ([]models.Registration, error) {
	rows, err := find[models.Registration](s.read.WithContext(ctx).
		Where("email = ? AND expires_at > ?", email, now).Order("created_at DESC, id DESC"))
	if err != nil {
		return nil, s.translate(err)
	}

	for i := range rows {
		if err := s.openRegistration(ctx, &rows[i]); err != nil {
			return nil, err
		}
	}

	return rows, nil
}

// RegistrationByChallenge returns models.ErrNotFound if the challenge redeems no registration.
func (s *Store) RegistrationByChallenge(
	ctx context.Context, challengeID string, now time.Time,
) (*models.Registration, error) {
	row, err := take[models.Registration](s.read.WithContext(ctx).
		Where("challenge_id = ? AND expires_at > ?", challengeID, now))
	if err != nil {
		return nil, s.translate(err)
	}
	return &row, s.openRegistration(ctx, &row)
}

// openRegistration decrypts the sealed data.
func (s *Store) openRegistration(ctx context.Context, row *models.Registration) error {
	text, err := s.openSealed(ctx, row.ID, row.Sealed)
	if err != nil {
		return err
	}

	row.Sealed, row.Brought = "", &models.RegistrationData{}
	if err := json.Unmarshal(text, row.Brought); err != nil {
		return fmt.Errorf("store: registration: %w", err)
	}

	return nil
}
