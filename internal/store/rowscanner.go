package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/models"
)

// authenticate names the columns in the order in which they are read below; a
// test compares the outcome with GORM's, so that a new column can't be
// forgotten. Both databases read $1 to $4.
const authenticate = `
SELECT k.id, k.name, k.secret_hash, k.permissions, k.origins, k.created_at, k.expires_at, k.revoked_at, k.last_used_at,
	s.id, s.account_id, s.api_key_id, s.token_hash, s.created_at, s.authenticated_at, s.last_used_at, s.ends_at, s.expires_at, s.user_agent, s.ip,
	` + accountColumns + `
FROM api_keys k
LEFT JOIN sessions s ON s.token_hash = $1 AND s.expires_at > $2
LEFT JOIN accounts a ON a.id = s.account_id AND a.status <> $3
WHERE k.secret_hash = $4`

// Authenticate returns the API key of a hash, and the session of a token's hash
// with its account: both nil when there is no live session or the account is
// blocked. It fails with models.ErrNotFound for an unknown key; a revoked or
// expired one is returned as it is. Every request makes this one statement, so
// that the end of a key, a session or an account holds from the next request
// on, and it is read by hand: GORM would need three statements, and a fifth of
// the request's time to understand them.
func (s *Store) Authenticate(ctx context.Context, keyHash, tokenHash []byte, now time.Time) (*models.APIKey, *models.Session, *models.Account, error) {
	var token any // NULL equals nothing
	if len(tokenHash) > 0 {
		token = tokenHash
	}
	rows, err := s.engine.Find(ctx, authenticate, token, now, string(models.StatusBlocked), keyHash)
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
	found := rowScanners.Get().(*rowScanner)
	defer found.release()
	if err := rows.Scan(found.targets[:]...); err != nil {
		return nil, nil, nil, s.translate(err)
	}
	key, session, account := found.key(), found.session(), found.account()
	if found.err != nil {
		return nil, nil, nil, found.err
	}
	if account.ID == "" {
		return key, nil, nil, nil
	}
	return key, session, account, nil
}

// accountColumns are read by rowScanner.account.
const accountColumns = `
	a.id, a.status, a.email, a.email_verified_at, a.email_vouched, a.phone, a.phone_verified_at, a.password_hash, a.credential_epoch, a.custom_id, a.uuid,
	a.first_name, a.last_name, a.display_name, a.sex, a.birth_date, a.avatar_url, a.company, a.address, a.city, a.province, a.zip_code, a.country_code, a.language,
	a.agreement_email, a.agreement_sms, a.agreement_push, a.agreement_bluetooth, a.agreement_rfid, a.agreement_wifi,
	a.attributes, a.tags, a.email_changes_paused_until, a.version, a.created_at, a.updated_at, a.last_activity_at`

const (
	// scannedColumns is how many columns authenticate reads, and accountColumnCount how many of them are the account's.
	scannedColumns     = 57
	accountColumnCount = 37
)

// readAccount returns the account that a statement of accountColumns finds in the
// transaction. Every mutation reads its account so, while others wait for it.
func (t *transaction) readAccount(ctx context.Context, statement string, key string) (*models.Account, error) {
	found := rowScanners.Get().(*rowScanner)
	defer found.release()
	if err := t.find(ctx, statement, []any{key}, found.targets[:accountColumnCount]...); err != nil {
		return nil, t.fail(err)
	}
	account := found.account()
	return account, found.err
}

// find reads the one row that a statement finds, and the statement to its end:
// one that writes and returns rows has else not ended. It fails with gorm.ErrRecordNotFound.
func (t *transaction) find(ctx context.Context, statement string, values []any, targets ...any) error {
	rows, err := t.conn.QueryContext(ctx, statement, values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return cmp.Or(rows.Err(), gorm.ErrRecordNotFound)
	}
	err = rows.Scan(targets...)
	for rows.Next() {
	}
	return cmp.Or(err, rows.Err())
}

// rowScanner is a row of authenticate as the driver gave it, read from its first
// column to its last. It is used again, so nothing of a customer may stay in it.
type rowScanner struct {
	values  [scannedColumns]any
	targets [scannedColumns]any
	at      int
	err     error
}

var rowScanners = sync.Pool{New: func() any {
	row := &rowScanner{}
	for i := range row.values {
		row.targets[i] = &row.values[i]
	}
	return row
}}

// release forgets what was read and gives the row back.
func (r *rowScanner) release() {
	clear(r.values[:])
	r.at, r.err = 0, nil
	rowScanners.Put(r)
}

func (r *rowScanner) key() *models.APIKey {
	key := &models.APIKey{ID: value[string](r), Name: value[string](r), SecretHash: value[[]byte](r)}
	key.Permissions, key.Origins = list[models.Permission](r), list[string](r)
	key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt = value[time.Time](r), optional[time.Time](r), optional[time.Time](r), optional[time.Time](r)
	return key
}

func (r *rowScanner) session() *models.Session {
	return &models.Session{
		ID: value[string](r), AccountID: value[string](r), APIKeyID: value[string](r), TokenHash: value[[]byte](r),
		CreatedAt: value[time.Time](r), AuthenticatedAt: value[time.Time](r), LastUsedAt: value[time.Time](r),
		EndsAt: value[time.Time](r), ExpiresAt: value[time.Time](r), UserAgent: optional[string](r), IP: optional[string](r),
	}
}

func (r *rowScanner) account() *models.Account {
	account := &models.Account{
		ID: value[string](r), Status: models.Status(value[string](r)),
		Email: models.EmailAddress(value[string](r)), EmailVerifiedAt: optional[time.Time](r), EmailVouched: value[bool](r),
		Phone: text[models.PhoneNumber](r), PhoneVerifiedAt: optional[time.Time](r),
		PasswordHash: optional[string](r), CredentialEpoch: int(value[int64](r)), CustomID: optional[string](r), UUID: optional[string](r),
		FirstName: optional[string](r), LastName: optional[string](r), DisplayName: optional[string](r), Sex: models.Sex(value[string](r)),
		BirthDate: text[models.Date](r), AvatarURL: text[models.URL](r), Company: optional[string](r), Address: optional[string](r),
		City: optional[string](r), Province: optional[string](r), ZipCode: optional[string](r),
		CountryCode: text[models.CountryCode](r), Language: text[models.LanguageCode](r),
		Agreements: models.Agreements{
			Email: optional[bool](r), SMS: optional[bool](r), Push: optional[bool](r),
			Bluetooth: optional[bool](r), RFID: optional[bool](r), Wifi: optional[bool](r),
		},
	}
	if err := account.Attributes.Scan(r.next()); err != nil && r.err == nil {
		r.err = err
	}
	account.Tags = list[string](r)
	account.EmailChangesPausedUntil, account.Version = optional[time.Time](r), int(value[int64](r))
	account.CreatedAt, account.UpdatedAt, account.LastActivityAt = value[time.Time](r), value[time.Time](r), optional[time.Time](r)
	return account
}

// next returns the next column.
func (r *rowScanner) next() any {
	r.at++
	return r.values[r.at-1]
}

// value reads a column, whose zero value NULL is: that of a joined row that is missing.
func value[T any](r *rowScanner) T {
	stored := r.next()
	read, ok := stored.(T)
	if !ok && stored != nil && r.err == nil {
		r.err = fmt.Errorf("store: column %d of a session holds a %T", r.at, stored)
	}
	return read
}

// optional reads a column that may be NULL.
func optional[T any](r *rowScanner) *T {
	if r.values[r.at] == nil {
		r.at++
		return nil
	}
	read := value[T](r)
	return &read
}

// text reads a text of a type of its own that may be NULL.
func text[T ~string](r *rowScanner) *T {
	if r.values[r.at] == nil {
		r.at++
		return nil
	}
	read := T(value[string](r))
	return &read
}

// list reads a JSON array of texts, as GORM's serializer "json" writes them.
func list[T ~string](r *rowScanner) (texts []T) {
	var stored string
	switch value := r.next().(type) {
	case nil:
		return nil
	case string:
		stored = value
	case []byte:
		stored = string(value)
	}
	texts, simple := simpleTexts[T](stored)
	if !simple {
		if err := json.Unmarshal([]byte(stored), &texts); err != nil && r.err == nil {
			r.err = fmt.Errorf("store: column %d of a session holds no list of texts: %w", r.at, err)
		}
	}
	return texts
}

// simpleTexts reads a JSON array of texts in which nothing is escaped: each
// request reads the permissions of its key, and mostly empty lists beside them.
// Anything else is not simple.
func simpleTexts[T ~string](stored string) (texts []T, simple bool) {
	if stored == "[]" {
		return []T{}, true
	}
	inside, opened := strings.CutPrefix(stored, `["`)
	inside, closed := strings.CutSuffix(inside, `"]`)
	if !opened || !closed || strings.Contains(inside, `\`) {
		return nil, false
	}
	const between = `","`
	texts = make([]T, 0, strings.Count(inside, between)+1)
	for {
		one, rest, more := strings.Cut(inside, between)
		if strings.Contains(one, `"`) {
			return nil, false
		}
		texts = append(texts, T(one))
		if !more {
			return texts, true
		}
		inside = rest
	}
}
