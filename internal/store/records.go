package store

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

// RecentSessions returns the sessions that a customer sees. An export reads all of them.
func (s *Store) RecentSessions(
	ctx context.Context, accountID string, now time.Time, limit int,
) ([]models.Session, error) {
	sessions, err := find[models.Session](s.read.WithContext(ctx).
		Where("account_id = ? AND expires_at > ?", accountID, now).
		Order("last_used_at DESC, id DESC").Limit(limit)) // guard: the list of sessions is bounded
	return sessions, s.translate(err)
}

// CountSessions returns how many sessions are live.
func (s *Store) CountSessions(ctx context.Context, accountID string, now time.Time) (int, error) {
	var rows int64
	err := s.read.WithContext(ctx).Model(&models.Session{}).
		Where("account_id = ? AND expires_at > ?", accountID, now).Count(&rows).Error
	return int(rows), s.translate(err)
}

// Challenges also returns challenges that were used or have expired, until they are reaped.
func (s *Store) Challenges(ctx context.Context, accountID string) ([]models.Challenge, error) {
	challenges, err := find[models.Challenge](s.read.WithContext(ctx).
		Where("account_id = ?", accountID).Order("created_at, id"))
	return challenges, s.translate(err)
}

// RegistrationsOf leaves out registrations that others began for the account's address.
func (s *Store) RegistrationsOf(ctx context.Context, accountID string) ([]models.Registration, error) {
	registrations, err := find[models.Registration](s.read.WithContext(ctx).
		Where("account_id = ? AND account_id <> ''", accountID).Order("created_at, id"))
	if err != nil {
		return nil, s.translate(err)
	}

	for i := range registrations {
		if err := s.openRegistration(ctx, &registrations[i]); err != nil {
			return nil, err
		}
	}

	return registrations, nil
}

// MessagesOf also returns messages that were sent, until they are reaped.
func (s *Store) MessagesOf(ctx context.Context, accountID string) ([]models.Message, error) {
	messages, err := find[models.Message](s.read.WithContext(ctx).
		Where("account_id = ?", accountID).Order("created_at, id"))
	for i := range messages {
		data := &messages[i].Data
		data.Token, data.Code, data.Sealed = "", "", "" // guard: an export shows no secret of a message
	}
	return messages, s.translate(err)
}

// AccountIDs implements account.Store.
func (s *Store) AccountIDs(ctx context.Context, after string, limit int) ([]string, error) {
	var ids []string
	err := s.read.WithContext(ctx).Model(&models.Account{}).
		Where("id > ?", after).Order("id").Limit(limit).Pluck("id", &ids).Error
	return ids, s.translate(err)
}

// UnprovenAccounts implements account.Store.
func (s *Store) UnprovenAccounts(
	ctx context.Context, after string, before time.Time, limit int,
) (ids []string, next string, err error) {
	page, err := s.AccountIDs(ctx, after, limit)
	if err != nil || len(page) == 0 {
		return nil, "", err
	}

	last := page[len(page)-1]
	err = s.read.WithContext(ctx).Model(&models.Account{}).
		Where("id > ? AND id <= ? AND status IN ?", after, last, []models.Status{models.StatusActive, models.StatusPending}).
		Where("email_verified_at IS NULL AND NOT email_vouched AND phone_verified_at IS NULL").
		Where("updated_at < ? AND (last_activity_at IS NULL OR last_activity_at < ?)", before, before).
		Order("id").Pluck("id", &ids).Error
	if len(page) == limit {
		next = last
	}

	return ids, next, s.translate(err)
}

// AccountRecords reads a page in one transaction, so that no account has an answer that is missing from its
// history.
func (s *Store) AccountRecords(ctx context.Context, after string, limit int) ([]models.AccountRecord, error) {
	return s.records(ctx, func(db *gorm.DB) *gorm.DB { return db.Where("id > ?", after).Order("id").Limit(limit) })
}

// AccountRecord returns models.ErrNotFound if the id is unknown.
func (s *Store) AccountRecord(ctx context.Context, id string) (*models.AccountRecord, error) {
	records, err := s.records(ctx, func(db *gorm.DB) *gorm.DB { return db.Where("id = ?", id) })
	if err == nil && len(records) == 0 {
		err = models.ErrNotFound
	}
	if err != nil {
		return nil, err
	}

	return &records[0], nil
}

func (s *Store) records(
	ctx context.Context, which func(*gorm.DB) *gorm.DB,
) (records []models.AccountRecord, err error) {
	err = s.read.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		accounts, err := find[models.Account](which(tx))
		if err != nil {
			return err
		}

		ids := make([]string, len(accounts))
		places := make(map[string]*models.AccountRecord, len(accounts))
		records = make([]models.AccountRecord, len(accounts))
		for i, account := range accounts {
			records[i].Account = account
			ids[i], places[account.ID] = account.ID, &records[i]
		}

		identities, err := find[models.Identity](tx.Where("account_id IN ?", ids).
			Order("linked_at, identity_provider, issuer"))
		if err != nil {
			return err
		}

		for _, identity := range identities {
			place := places[identity.AccountID]
			place.Identities = append(place.Identities, identity)
		}

		consents, err := find[models.Consent](tx.Where("account_id IN ?", ids).Order("recorded_at, id"))
		if err != nil {
			return err
		}

		for _, consent := range consents {
			place := places[consent.AccountID]
			place.Consents = append(place.Consents, consent)
		}

		deletions, err := find[models.Deletion](tx.Where("account_id IN ?", ids))
		if err != nil {
			return err
		}

		for i := range deletions {
			places[deletions[i].AccountID].Deletion = &deletions[i]
		}

		acceptances, err := find[models.TermsAcceptance](tx.Where("account_id IN ?", ids).Order("accepted_at, id"))
		if err != nil {
			return err
		}

		for _, acceptance := range acceptances {
			place := places[acceptance.AccountID]
			place.Terms = append(place.Terms, acceptance)
		}

		passkeys, err := find[models.Passkey](tx.Select("account_id").Where("account_id IN ?", ids))
		if err != nil {
			return err
		}

		for _, passkey := range passkeys {
			places[passkey.AccountID].Passkeys++
		}

		addresses, err := find[models.Address](tx.Where("account_id IN ?", ids).Order("created_at, id"))
		if err != nil {
			return err
		}

		for _, address := range addresses {
			place := places[address.AccountID]
			place.Addresses = append(place.Addresses, address)
		}

		return nil
	}, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	return records, s.translate(err)
}
