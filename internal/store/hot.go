package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/accountql/accountql/models"
)

// authenticate names the columns in the order of the scan below; a test
// compares the outcome with GORM's, so that a new column can't be forgotten.
const authenticate = `
SELECT k.id, k.name, k.secret_hash, k.permissions, k.origins, k.created_at, k.expires_at, k.revoked_at, k.last_used_at,
	s.id, s.account_id, s.api_key_id, s.token_hash, s.created_at, s.authenticated_at, s.last_used_at, s.ends_at, s.expires_at, s.user_agent, s.ip,
	a.id, a.status, a.email, a.email_verified_at, a.phone, a.phone_verified_at, a.password_hash, a.credential_epoch, a.custom_id, a.uuid,
	a.first_name, a.last_name, a.display_name, a.sex, a.birth_date, a.avatar_url, a.company, a.address, a.city, a.province, a.zip_code, a.country_code, a.language,
	a.agreement_email, a.agreement_sms, a.agreement_push, a.agreement_bluetooth, a.agreement_rfid, a.agreement_wifi,
	a.attributes, a.tags, a.email_changes_paused_until, a.version, a.created_at, a.updated_at, a.last_activity_at
FROM api_keys k
LEFT JOIN sessions s ON s.token_hash = ? AND s.expires_at > ?
LEFT JOIN accounts a ON a.id = s.account_id AND a.status <> ?
WHERE k.secret_hash = ?`

// Authenticate returns the API key of a hash, and the session of a token's hash
// with its account: both nil when there is no live session or the account is
// blocked. It fails with models.ErrNotFound for an unknown key; a revoked or
// expired one is returned as it is. Every request makes this one statement, so
// that the end of a key, a session or an account holds from the next request
// on, and it is scanned by hand: GORM would need three statements.
func (s *Store) Authenticate(ctx context.Context, keyHash, tokenHash []byte, now time.Time) (*models.APIKey, *models.Session, *models.Account, error) {
	var token any // NULL equals nothing
	if len(tokenHash) > 0 {
		token = tokenHash
	}
	rows, err := s.read.WithContext(ctx).Raw(authenticate, token, now, models.StatusBlocked, keyHash).Rows()
	if err != nil {
		return nil, nil, nil, s.translate(err)
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return nil, nil, nil, s.translate(err)
		}
		return nil, nil, nil, models.ErrNotFound
	}
	key, session, account := new(models.APIKey), new(models.Session), new(models.Account)
	targets := append(keyTargets(key), sessionTargets(session)...)
	if err := rows.Scan(append(targets, accountTargets(account)...)...); err != nil {
		return nil, nil, nil, s.translate(err)
	}
	if account.ID == "" {
		return key, nil, nil, nil
	}
	return key, session, account, nil
}

func keyTargets(k *models.APIKey) []any {
	return []any{&k.ID, &k.Name, &k.SecretHash, fromJSON{&k.Permissions}, fromJSON{&k.Origins}, &k.CreatedAt, &k.ExpiresAt, &k.RevokedAt, &k.LastUsedAt}
}

func sessionTargets(s *models.Session) []any {
	return []any{
		orZero[string]{&s.ID}, orZero[string]{&s.AccountID}, orZero[string]{&s.APIKeyID}, &s.TokenHash,
		orZero[time.Time]{&s.CreatedAt}, orZero[time.Time]{&s.AuthenticatedAt}, orZero[time.Time]{&s.LastUsedAt},
		orZero[time.Time]{&s.EndsAt}, orZero[time.Time]{&s.ExpiresAt}, &s.UserAgent, &s.IP,
	}
}

func accountTargets(a *models.Account) []any {
	return []any{
		orZero[string]{&a.ID}, orZero[models.Status]{&a.Status}, orZero[models.EmailAddress]{&a.Email}, &a.EmailVerifiedAt, &a.Phone, &a.PhoneVerifiedAt,
		&a.PasswordHash, orZero[int]{&a.CredentialEpoch}, &a.CustomID, &a.UUID,
		&a.FirstName, &a.LastName, &a.DisplayName, orZero[models.Sex]{&a.Sex}, &a.BirthDate, &a.AvatarURL,
		&a.Company, &a.Address, &a.City, &a.Province, &a.ZipCode, &a.CountryCode, &a.Language,
		&a.Agreements.Email, &a.Agreements.SMS, &a.Agreements.Push, &a.Agreements.Bluetooth, &a.Agreements.RFID, &a.Agreements.Wifi,
		orZero[models.JSONObject]{&a.Attributes}, fromJSON{&a.Tags}, &a.EmailChangesPausedUntil, orZero[int]{&a.Version},
		orZero[time.Time]{&a.CreatedAt}, orZero[time.Time]{&a.UpdatedAt}, &a.LastActivityAt,
	}
}

// orZero scans a column that is NULL only where the joined row is missing.
type orZero[T any] struct{ target *T }

// Scan implements sql.Scanner.
func (z orZero[T]) Scan(value any) error {
	var scanned sql.Null[T]
	err := scanned.Scan(value)
	*z.target = scanned.V
	return err
}

// fromJSON scans a column that GORM's serializer "json" writes.
type fromJSON struct{ target any }

// Scan implements sql.Scanner.
func (j fromJSON) Scan(value any) error {
	switch value := value.(type) {
	case nil:
		return nil
	case string:
		return json.Unmarshal([]byte(value), j.target)
	case []byte:
		return json.Unmarshal(value, j.target)
	}
	return fmt.Errorf("store: a JSON column holds a %T", value)
}
