package system

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestSessionsAreBounded checks that the list of sessions, which grows with every sign-in, does not make reading
// the account expensive: the newest 100 are listed, and all are counted.
func TestSessionsAreBounded(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			w := world.NewOn(t, world.DefaultSettings(), database(t))
			demo := mustFind(t, w, string(account.DemoEmail))
			const older = 120
			world.Check(t, w.Store.InTx(context.Background(), func(tx account.Tx) error {
				for i := range older {
					at := w.Clock.Now().Add(-time.Duration(i+1) * time.Minute)
					if err := tx.CreateSession(context.Background(), &models.Session{
						ID: fmt.Sprintf("s%03d", i), AccountID: demo.ID, TokenHash: []byte(fmt.Sprint(i)),
						CreatedAt: at, AuthenticatedAt: at, LastUsedAt: at,
						EndsAt: at.Add(24 * time.Hour), ExpiresAt: at.Add(24 * time.Hour),
					}); err != nil {
						return err
					}
				}
				return nil
			}))
			w.Do(t, "demo", "signIn", `{"email":"demo@example.com","password":"correct horse battery staple"}`)
			answer := w.Do(t, "demo", "account", "")
			listed, _ := answer.At("account.sessions").([]any)
			if len(listed) != 100 || fmt.Sprint(answer.At("account.sessionCount")) != fmt.Sprint(older+1) {
				t.Fatalf("%d sessions are listed of %v: %s", len(listed), answer.At("account.sessionCount"),
					answer.Body)
			}

			first, last := listed[0].(map[string]any), listed[99].(map[string]any)
			if first["current"] != true || last["id"] != "s098" {
				t.Errorf("the list goes from %v to %v", first, last)
			}
		})
	}
}

func mustFind(t *testing.T, w *world.World, email string) *models.Account {
	t.Helper()
	found, err := w.Service.FindAccount(context.Background(), email)
	if err != nil {
		t.Fatalf("%s: %v", email, err)
	}
	return found
}
