package account

import (
	"context"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// The life of a key of the account page. A new one is made every PageKeyRotation; the one before lives on for
// PageKeyOverlap, so that no open tab loses it at once.
const (
	PageKeyRotation = 30 * 24 * time.Hour
	PageKeyOverlap  = 7 * 24 * time.Hour
)

// pageKeyName is the name of the page's keys in lists and metrics.
const pageKeyName = "account page"

// pageKeyTries bounds how often a key is made while other processes make theirs.
const pageKeyTries = 5

// PageKey returns the secret of the API key by which the account page of an origin calls the API, and makes the key if
// there is none, or if it is due for the next. A key is for its origin, has the permissions of a customer's
// application, and takes only the page's own documents. Its secret is not stored: it is derived from the key's id, so
// that all processes of a database send the same one (docs/page.md).
func (s *Service) PageKey(ctx context.Context, origin string) (string, error) {
	var failed error
	for range pageKeyTries {
		keys, err := s.Store.APIKeys(ctx)
		if err != nil {
			return "", err
		}
		if key := s.currentPageKey(keys, origin); key != nil {
			return s.pageSecret(key.ID), nil
		}

		// Another process may have made the key of this number, or has just now.
		if failed = s.makePageKey(ctx, nextPageKey(keys), origin); failed == nil {
			continue
		}
		if ctx.Err() != nil {
			return "", failed
		}
	}

	return "", failed
}

// currentPageKey returns the newest key that is for the origin, has the right permissions, and is neither dead nor due
// for the next; or nil.
func (s *Service) currentPageKey(keys []models.APIKey, origin string) *models.APIKey {
	now := s.now()
	for i := range keys {
		key := &keys[i]
		if !key.AccountPage() || !key.Live(now) {
			continue
		}
		if !now.Before(key.CreatedAt.Add(PageKeyRotation)) { // guard: the page's key is exchanged
			continue
		}
		if slices.Equal(key.Origins, []string{origin}) && slices.Equal(key.Permissions, PagePermissions()) &&
			slices.Equal(key.SecretHash, HashToken(s.pageSecret(key.ID))) {
			return key
		}
	}

	return nil
}

// nextPageKey returns the id after that of all the page's keys.
func nextPageKey(keys []models.APIKey) string {
	last := 0
	for _, key := range keys {
		if !key.AccountPage() {
			continue
		}
		number, err := strconv.Atoi(strings.TrimPrefix(key.ID, models.AccountPageKeyPrefix))
		if err == nil {
			last = max(last, number)
		}
	}

	return models.AccountPageKeyPrefix + strconv.Itoa(last+1)
}

// makePageKey stores a key. It fails if there is one with the id already.
func (s *Service) makePageKey(ctx context.Context, id, origin string) error {
	now := s.now()
	ends := now.Add(PageKeyRotation + PageKeyOverlap)
	key := &models.APIKey{
		ID: id, Name: pageKeyName, SecretHash: HashToken(s.pageSecret(id)), Permissions: PagePermissions(),
		Origins:   []string{origin}, // guard: the page's key is for its origin
		CreatedAt: now, ExpiresAt: &ends,
	}

	return s.inTx(ctx, func(tx Tx) error {
		if err := tx.CreateAPIKey(ctx, key); err != nil {
			return err
		}
		return s.recordKey(ctx, tx, opAPIKeyCreate, key.ID) // guard: the page's key is audited
	})
}

// pageSecret returns the secret of a key of the page.
func (s *Service) pageSecret(id string) string {
	return models.APIKeyPrefix + id + "_" +
		base64.RawURLEncoding.EncodeToString(keyed(s.LookupKey, "account page", id))
}

// PagePermissions are what the page's documents need: what customers' applications may do, but for what other services
// and the links of mails ask for.
func PagePermissions() []models.Permission {
	permissions := slices.DeleteFunc(slices.Clone(models.Permissions), func(permission models.Permission) bool {
		// guard: the page's key has what the page needs
		return permission == models.PermissionSessionRead || permission == models.PermissionConsentUpdate
	})
	slices.Sort(permissions)

	return permissions
}
