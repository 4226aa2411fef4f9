package account

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// The data that development mode creates on its first start; the key is the same on every machine.
const (
	DevelopmentKey = "ak_development_do-not-use-this-key-outside-your-own-machine"
	DemoEmail      = models.EmailAddress("demo@example.com")
	DemoPassword   = "correct horse battery staple"
)

// EnsureDevelopment creates the development key and the demo customer if they are missing, and gives the key the
// permissions of this version, which an older version did not know; a revoked key stays as it is. Another process that
// starts on the same database may do the same.
func (s *Service) EnsureDevelopment(ctx context.Context) error {
	if err := s.ensureDevelopmentKey(ctx); err != nil {
		return err
	}

	_, err := s.Store.AccountByEmail(ctx, DemoEmail)
	if !errors.Is(err, models.ErrNotFound) {
		return err
	}

	// The demo password is public, so every collection of breached passwords has it by now.
	unasked := *s
	unasked.Breaches = nil // guard: the demo is not asked for
	_, err = unasked.CreateAccount(ctx, NewAccount{Email: DemoEmail, Password: DemoPassword, FirstName: "Demo"})
	if models.CodeOf(err) == models.CodeEmailUnavailable {
		return nil
	}

	return err
}

// ensureDevelopmentKey creates the development key, or brings the permissions of one that is not revoked up to date.
func (s *Service) ensureDevelopmentKey(ctx context.Context) error {
	keys, err := s.Store.APIKeys(ctx)
	if err != nil {
		return err
	}

	if at := slices.IndexFunc(keys, isDevelopmentKey); at >= 0 {
		key := keys[at]
		if key.RevokedAt != nil || slices.Equal(key.Permissions, models.Permissions) {
			return nil
		}

		err := s.inTx(ctx, func(tx Tx) error { return tx.SetAPIKeyPermissions(ctx, key.ID, models.Permissions) })
		if errors.Is(err, models.ErrNotFound) {
			return nil // it was revoked meanwhile
		}

		return err
	}

	key := &models.APIKey{
		ID: "development", Name: "development", SecretHash: HashToken(DevelopmentKey),
		Permissions: models.Permissions, CreatedAt: s.now(),
	}
	if err := s.inTx(ctx, func(tx Tx) error { return tx.CreateAPIKey(ctx, key) }); err != nil {
		keys, reread := s.Store.APIKeys(ctx)
		if reread != nil || !slices.ContainsFunc(keys, isDevelopmentKey) {
			return err
		}
	}

	return nil
}

// HasDevelopmentData reports whether the database has a working development key or the demo customer. Production
// must not start with either.
func (s *Service) HasDevelopmentData(ctx context.Context) (bool, error) {
	keys, err := s.Store.APIKeys(ctx)
	if err != nil {
		return false, err
	}

	if slices.ContainsFunc(keys, func(key models.APIKey) bool {
		return isDevelopmentKey(key) && key.RevokedAt == nil
	}) {
		return true, nil
	}

	_, err = s.Store.AccountByEmail(ctx, DemoEmail)
	if errors.Is(err, models.ErrNotFound) {
		return false, nil
	}

	return err == nil, err
}

func isDevelopmentKey(key models.APIKey) bool {
	return bytes.Equal(key.SecretHash, HashToken(DevelopmentKey))
}

// NewAPIKey are an operator's choices for a new key.
type NewAPIKey struct {
	Name        string
	Permissions []models.Permission
	Origins     []string
	// Expires is the lifetime of the key; 0 means unlimited.
	Expires time.Duration
}

// CreateAPIKey creates a key and returns it with its secret, which is not stored. It fails with INVALID_INPUT.
func (s *Service) CreateAPIKey(ctx context.Context, wanted NewAPIKey) (*models.APIKey, string, error) {
	var wrong models.Errors
	name, err := models.ParseText("name", wanted.Name, maxTextLength)
	wrong.Add(err)
	if len(wanted.Permissions) == 0 {
		wrong.Add(models.InvalidInput("permission", models.ReasonRequired, 0, "must be given at least once"))
	}

	for _, permission := range wanted.Permissions {
		if !slices.Contains(models.AllPermissions, permission) {
			wrong.Add(models.InvalidInput("permission", models.ReasonUnknownValue, 0,
				fmt.Sprintf("%q is not known; known are %v", permission, models.AllPermissions)))
		}
	}

	wrong.Add(checkBackOffice(wanted))

	for _, origin := range wanted.Origins {
		parsed, err := url.Parse(origin)
		if err != nil || parsed.Host == "" || parsed.Scheme+"://"+parsed.Host != origin {
			wrong.Add(models.InvalidInput("origin", models.ReasonMalformed, 0,
				fmt.Sprintf("%q must be a web origin such as https://shop.example", origin)))
		}
	}

	if wanted.Expires < 0 {
		wrong.Add(models.InvalidInput("expires", models.ReasonNotAllowed, 0, "must not be negative"))
	}
	if err := wrong.OrNil(); err != nil {
		return nil, "", err
	}

	id, err := s.newKeyID()
	if err != nil {
		return nil, "", err
	}

	secret, hash, err := s.newToken(models.APIKeyPrefix + id + "_")
	if err != nil {
		return nil, "", err
	}

	permissions := slices.Clone(wanted.Permissions)
	slices.Sort(permissions)
	key := &models.APIKey{
		ID: id, Name: name, SecretHash: hash,
		Permissions: slices.Compact(permissions), Origins: wanted.Origins, CreatedAt: s.now(),
	}
	if wanted.Expires > 0 {
		expires := s.now().Add(wanted.Expires)
		key.ExpiresAt = &expires
	}

	err = s.inTx(ctx, func(tx Tx) error {
		if err := tx.CreateAPIKey(ctx, key); err != nil {
			return err
		}
		return s.recordKey(ctx, tx, opAPIKeyCreate, key.ID)
	})
	if err != nil {
		return nil, "", err
	}

	return key, secret, nil
}

// newKeyID returns the short public part of a key.
func (s *Service) newKeyID() (string, error) {
	random := make([]byte, 9)
	if _, err := io.ReadFull(s.Random, random); err != nil {
		return "", fmt.Errorf("random key id: %w", err)
	}
	return strings.NewReplacer("-", "x", "_", "y").Replace(base64.RawURLEncoding.EncodeToString(random)), nil
}

// APIKeys returns all keys, newest first.
func (s *Service) APIKeys(ctx context.Context) ([]models.APIKey, error) { return s.Store.APIKeys(ctx) }

// RevokeAPIKey revokes a key with effect from the next request. It returns models.ErrNotFound if the key is unknown
// or already revoked.
func (s *Service) RevokeAPIKey(ctx context.Context, id string) error {
	err := s.inTx(ctx, func(tx Tx) error {
		if err := tx.RevokeAPIKey(ctx, id, s.now()); err != nil {
			return err
		}
		return s.recordKey(ctx, tx, opAPIKeyRevoke, id)
	})
	if !errors.Is(err, models.ErrNotFound) {
		return err
	}

	keys, listErr := s.Store.APIKeys(ctx)
	if listErr == nil && slices.ContainsFunc(keys, func(key models.APIKey) bool { return key.ID == id }) {
		s.recordRefusal(ctx, callerWithKey(id), opAPIKeyRevoke, nobody,
			models.NewError(models.CodeAPIKeyInvalid, "the key was revoked before, or has expired"))
	}

	return err
}

// recordKey writes the event of an operator's command on a key. It is in the key's chain.
func (s *Service) recordKey(ctx context.Context, tx Tx, operation OperationName, keyID string) error {
	event := s.event(callerWithKey(keyID), operation, nobody)
	return s.recordSuccess(ctx, tx, &event, nil)
}

func callerWithKey(id string) models.Caller { return models.Caller{APIKey: &models.APIKey{ID: id}} }

// NewAccount are an operator's values for a new account.
type NewAccount struct {
	Email models.EmailAddress
	// Phone, FirstName and Password are optional. A customer without a password uses requestPasswordReset.
	Phone     models.PhoneNumber
	Password  string
	FirstName string
}

// CreateAccount creates an active account with a verified e-mail address, by the same rules as registerAccount
// (R-C11). It fails with INVALID_INPUT, PASSWORD_REJECTED, EMAIL_UNAVAILABLE or PHONE_UNAVAILABLE.
func (s *Service) CreateAccount(ctx context.Context, wanted NewAccount) (*models.Account, error) {
	var wrong models.Errors
	email, err := contact.ParseEmail("email", wanted.Email)
	wrong.Add(err)
	account := s.newAccount(email)
	now := account.CreatedAt
	account.EmailVerifiedAt, account.EmailVouched = &now, true

	if wanted.Phone != "" {
		phone, err := contact.ParsePhone("phone", wanted.Phone)
		wrong.Add(err)
		account.Phone, account.PhoneVerifiedAt = &phone, &now
	}

	if wanted.FirstName != "" {
		name, err := models.ParseText("firstName", wanted.FirstName, maxTextLength)
		wrong.Add(err)
		account.FirstName = &name
	}

	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	if wanted.Password != "" {
		hash, err := s.newPasswordHash(ctx, account, "password", wanted.Password)
		if err != nil {
			return nil, err
		}
		account.PasswordHash = &hash
	}

	return account, s.inTx(ctx, func(tx Tx) error {
		create := func() error { return tx.CreateAccount(ctx, account) }
		err := s.takeEmail(ctx, tx, models.Caller{}, account.Email, account.ID, create)
		if err != nil {
			return err
		}
		return s.recordInternal(ctx, tx, opAccountCreate, account.ID)
	})
}

// FindAccount returns the account with an ID or an e-mail address; models.ErrNotFound.
func (s *Service) FindAccount(ctx context.Context, idOrEmail string) (*models.Account, error) {
	if !strings.Contains(models.PlainText(idOrEmail), "@") {
		return s.Store.AccountByID(ctx, contact.PlainToken(idOrEmail))
	}

	email, err := contact.ParseEmail("email", models.EmailAddress(idOrEmail))
	if err != nil {
		return nil, err
	}

	return s.Store.AccountByEmail(ctx, email)
}
