package system

import (
	"slices"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestDevelopmentKeyHasThePermissionsOfThisVersion starts on a database of a version that did not have all permissions
// yet, and on one whose development key was revoked.
func TestDevelopmentKeyHasThePermissionsOfThisVersion(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			w := world.NewOn(t, world.DefaultSettings(), database(t))
			older := slices.DeleteFunc(slices.Clone(models.Permissions), func(p models.Permission) bool {
				return p == models.PermissionPasswordReset
			})
			world.Check(t, w.Store.InTx(t.Context(), func(tx account.Tx) error {
				return tx.SetAPIKeyPermissions(t.Context(), "development", older)
			}))

			ask := func() *world.Answer {
				return w.Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`)
			}
			if code := ask().Code(); code != string(models.CodePermissionDenied) {
				t.Fatalf("the older key is answered with %q", code)
			}

			before, events := storedDevelopmentKey(t, w), auditEvents(t, w)
			world.Check(t, w.Service.EnsureDevelopment(t.Context()))
			world.Succeed(t, ask())
			after := storedDevelopmentKey(t, w)
			if !slices.Equal(after.Permissions, models.Permissions) || after.ID != before.ID ||
				!after.CreatedAt.Equal(before.CreatedAt) {
				t.Errorf("the key is %+v, and was %+v", after, before)
			}
			// Neither the making of the key nor its change is an operator's doing: the request alone is recorded.
			if now := auditEvents(t, w); now != events+1 {
				t.Errorf("%d events, after %d", now, events)
			}

			world.Check(t, w.Store.InTx(t.Context(), func(tx account.Tx) error {
				return tx.SetAPIKeyPermissions(t.Context(), "development", older)
			}))
			world.Check(t, w.Service.RevokeAPIKey(t.Context(), "development"))
			world.Check(t, w.Service.EnsureDevelopment(t.Context()))
			if key := storedDevelopmentKey(t, w); key.RevokedAt == nil || !slices.Equal(key.Permissions, older) {
				t.Errorf("the revoked key became %+v", key)
			}
		})
	}
}

// storedDevelopmentKey returns the development key as it is stored.
func storedDevelopmentKey(t *testing.T, w *world.World) models.APIKey {
	t.Helper()
	keys, err := w.Service.APIKeys(t.Context())
	world.Check(t, err)
	if len(keys) != 1 {
		t.Fatalf("keys %+v", keys)
	}

	return keys[0]
}

// auditEvents returns how many events the audit trail has.
func auditEvents(t *testing.T, w *world.World) (count int) {
	t.Helper()
	world.Check(t, w.Store.AuditTrail(t.Context(), func(models.AuditEvent) error {
		count++
		return nil
	}))

	return count
}
