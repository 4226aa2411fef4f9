package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// BenchmarkAuthenticate measures the read of every request: key, session and account.
func BenchmarkAuthenticate(b *testing.B) {
	s := storetest.Migrated(b, filepath.Join(b.TempDir(), "test.db"))
	ctx, owner := b.Context(), storetest.Customer("customer")
	city := "Gdańsk"
	owner.City, owner.EmailVerifiedAt, owner.Tags = &city, &start, []string{"vip", "beta"}
	key := &models.APIKey{
		ID: "key", Name: "key", SecretHash: []byte("key"), CreatedAt: start,
		Permissions: []models.Permission{models.PermissionAccountRead, models.PermissionAccountUpdate},
	}
	session := &models.Session{
		ID: "session", AccountID: owner.ID, APIKeyID: key.ID, TokenHash: []byte("token"), CreatedAt: start,
		AuthenticatedAt: start,
		LastUsedAt:      start, EndsAt: start.Add(time.Hour), ExpiresAt: start.Add(time.Hour),
	}
	if err := s.InTx(ctx, func(tx account.Tx) error {
		if err := tx.CreateAccount(ctx, owner); err != nil {
			return err
		}
		if err := tx.CreateAPIKey(ctx, key); err != nil {
			return err
		}
		return tx.CreateSession(ctx, session)
	}); err != nil {
		b.Fatal(err)
	}

	b.ReportAllocs()

	for b.Loop() {
		_, _, found, err := s.Authenticate(ctx, key.SecretHash, session.TokenHash, start)
		if err != nil || found == nil {
			b.Fatal(found, err)
		}
	}
}
