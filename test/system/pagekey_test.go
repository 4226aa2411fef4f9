package system

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

const pageOrigin = "https://accounts.shop.example"

// pageKeys returns the keys of the account page, newest first.
func pageKeys(t *testing.T, w *world.World) []models.APIKey {
	t.Helper()
	keys, err := w.Store.APIKeys(t.Context())
	world.Check(t, err)
	return slices.DeleteFunc(keys, func(key models.APIKey) bool { return !key.AccountPage() })
}

// TestPageKeyOfTwoProcesses has two processes ask for the page's key at once, again and again: they agree on it, and
// there is one key only.
func TestPageKeyOfTwoProcesses(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := database(t)
			processes := []*world.World{world.NewOn(t, unlimited(), file), world.NewOn(t, unlimited(), file)}

			ask := func() map[string]bool {
				var mu sync.Mutex
				secrets := map[string]bool{}
				var asking sync.WaitGroup
				for n := range 8 {
					asking.Go(func() {
						secret, err := processes[n%2].Service.PageKey(t.Context(), pageOrigin)
						if err != nil {
							t.Error(err)
						}
						mu.Lock()
						defer mu.Unlock()
						secrets[secret] = true
					})
				}
				asking.Wait()

				return secrets
			}

			first := ask()
			if keys := pageKeys(t, processes[0]); len(first) != 1 || len(keys) != 1 {
				t.Fatalf("%d secrets and %d keys", len(first), len(keys))
			}

			for _, w := range processes {
				w.Clock.Advance(account.PageKeyRotation)
			}
			second := ask()
			if keys := pageKeys(t, processes[1]); len(second) != 1 || len(keys) != 2 {
				t.Fatalf("after a rotation: %d secrets and %d keys", len(second), len(keys))
			}
			for secret := range second {
				if first[secret] {
					t.Error("the key was not exchanged")
				}
			}
		})
	}
}

// TestPageKeyLives follows a key: it works beside the next one until the overlap is over, only from its origin, and a
// revoked one has a successor at once.
func TestPageKeyLives(t *testing.T) {
	t.Parallel()
	w := world.New(t, unlimited())
	works := func(secret, origin string) bool {
		key, _, _, err := w.Store.Authenticate(t.Context(), account.HashToken(secret), nil, w.Clock.Now())
		return err == nil && key.Live(w.Clock.Now()) && key.AllowsOrigin(origin)
	}
	current := func() string {
		secret, err := w.Service.PageKey(t.Context(), pageOrigin)
		world.Check(t, err)
		return secret
	}

	old := current()
	if !works(old, pageOrigin) || works(old, "https://evil.example") {
		t.Error("the key isn't for its origin")
	}
	w.Clock.Advance(account.PageKeyRotation - time.Minute)
	if current() != old {
		t.Error("the key is exchanged too early")
	}
	w.Clock.Advance(time.Minute)
	next := current()
	if next == old || !works(old, pageOrigin) || !works(next, pageOrigin) {
		t.Error("there is no overlap")
	}
	w.Clock.Advance(account.PageKeyOverlap)
	if works(old, pageOrigin) || !works(next, pageOrigin) {
		t.Error("the old key lives on")
	}

	world.Check(t, w.Service.RevokeAPIKey(t.Context(), pageKeys(t, w)[0].ID))
	if third := current(); third == next || !works(third, pageOrigin) || works(next, pageOrigin) {
		t.Error("a revoked key has no successor")
	}

	if other, err := w.Service.PageKey(t.Context(), "https://new.shop.example"); err != nil ||
		works(other, pageOrigin) || !works(other, "https://new.shop.example") {
		t.Errorf("another origin: %v", err)
	}
	if again := current(); !works(again, pageOrigin) {
		t.Error("two origins take each other's key")
	}
}

// TestPageKeyIsAudited checks that each key has an event in the trail, and that neither the trail nor the table has its
// secret.
func TestPageKeyIsAudited(t *testing.T) {
	t.Parallel()
	w := world.New(t, unlimited())
	secret, err := w.Service.PageKey(t.Context(), pageOrigin)
	world.Check(t, err)

	key := pageKeys(t, w)[0]
	found := 0
	world.Check(t, w.Store.AuditEvents(t.Context(), models.AuditFilter{}, func(event models.AuditEvent) error {
		if event.Operation == "apikey create" && event.APIKeyID == key.ID {
			found++
		}
		return nil
	}))
	if found != 1 {
		t.Errorf("%d events", found)
	}
	if !strings.HasPrefix(secret, models.APIKeyPrefix+key.ID+"_") || strings.Contains(w.Log.String(), secret) {
		t.Errorf("the key is %q", key.ID)
	}
}
