package store_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// trail is an audit trail on which a test does what nobody should.
type trail struct {
	*testing.T
	*store.Store
	recorded int
}

// onTrails runs a test on both engines.
func onTrails(t *testing.T, test func(t *trail)) {
	t.Run("SQLite", func(t *testing.T) {
		test(&trail{T: t, Store: storetest.Migrated(t, filepath.Join(t.TempDir(), "x.db"))})
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		test(&trail{T: t, Store: storetest.Migrated(t, postgrestest.EmptyURL(t))})
	})
}

// event returns the next event of an account, a minute after the last one.
func (t *trail) event(account string) *models.AuditEvent {
	t.recorded++
	return &models.AuditEvent{
		ID: fmt.Sprintf("%08d", t.recorded), AccountID: account, Operation: "signIn", Outcome: models.OutcomeSuccess,
		IP: "192.0.2.77", UserAgent: "Browser/77", AuthID: "shop-77", At: t.at(t.recorded),
	}
}

// at is the time of the event that was recorded as the given one.
func (t *trail) at(recorded int) time.Time { return start.Add(time.Duration(recorded) * time.Minute) }

func (t *trail) record(of string, count int) {
	t.Helper()
	for range count {
		event := t.event(of)
		if err := t.InTx(t.Context(), func(tx account.Tx) error { return tx.RecordEvent(t.Context(), event) }); err != nil {
			t.Fatal(err)
		}
	}
}

// recordPlain records as a program does that knows no commitments.
func (t *trail) recordPlain(of string, count int) {
	t.Helper()
	db, _ := t.Engine().Pools()
	for range count {
		event := t.event(of)
		event.Chain, event.SealVersion = of, 1
		previous := []byte{}
		_ = db.QueryRow(t.Engine().Bind("SELECT number, hash FROM audit_heads WHERE chain = ?"), of).
			Scan(&event.Number, &previous)
		event.Number++
		event.Hash = event.Seal(previous)
		t.execute(`INSERT INTO audit_events
			(id, account_id, operation, outcome, code, api_key_id, session_id, auth_id, ip, user_agent, request_id,
			at, chain, number, hash) VALUES (?, ?, ?, ?, '', '', '', ?, ?, ?, '', ?, ?, ?, ?)`,
			event.ID, event.AccountID, event.Operation, string(event.Outcome), event.AuthID, event.IP, event.UserAgent,
			event.At, event.Chain, event.Number, event.Hash)
		t.execute(`INSERT INTO audit_heads (chain, number, hash) VALUES (?, ?, ?)
			ON CONFLICT (chain) DO UPDATE SET number = excluded.number, hash = excluded.hash`,
			event.Chain, event.Number, event.Hash)
	}
}

func (t *trail) execute(statement string, values ...any) {
	t.Helper()
	db, _ := t.Engine().Pools()
	storetest.Execute(t.T, db, t.Engine().Bind(statement), values...)
}

// check verifies the trail.
func (t *trail) check(wanted models.AuditCheck) (models.AuditSummary, error) {
	return t.CheckAudit(t.Context(), wanted, func(models.AuditHead) error { return nil })
}

func (t *trail) mustCheck(wanted models.AuditCheck) models.AuditSummary {
	t.Helper()
	summary, err := t.check(wanted)
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

// anchor returns the heads of the trail's anchor.
func (t *trail) anchor() []models.AuditHead {
	t.Helper()
	var text bytes.Buffer
	if _, err := t.WriteAnchor(t.Context(), &text, time.Time{}); err != nil {
		t.Fatal(err)
	}

	keys, err := t.SigningKeys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	heads, _, err := account.ReadAnchor(&text, keys)
	if err != nil {
		t.Fatal(err)
	}

	return heads
}

// holds counts the events with an address of the tests.
func (t *trail) holds(condition string) (count int) {
	t.Helper()
	_, db := t.Engine().Pools()
	if err := db.QueryRow("SELECT count(*) FROM audit_events WHERE " + condition).Scan(&count); err != nil {
		t.Fatal(err)
	}
	return count
}

// TestClientsAreBlanked checks that the trail verifies before and after client addresses are blanked, those of events
// from before there were commitments too, of which no hash stays that would reveal them (R-DAT4).
func TestClientsAreBlanked(t *testing.T) {
	onTrails(t, func(t *trail) {
		t.recordPlain("ada", 130)
		t.record("ada", 20)
		t.recordPlain("bob", 3)
		t.record("eve", 120)
		t.recordPlain("eve", 1) // a process of the version before
		plain := t.plainHashes()
		if summary := t.mustCheck(models.AuditCheck{}); summary.Events != 274 || summary.Uncommitted != 134 {
			t.Fatalf("before: %+v", summary)
		}

		retention := t.AuditRetention()
		for _, step := range []struct{ due, left int }{{100, 174}, {100, 174}, {153, 121}, {274, 0}} {
			if _, err := retention.BlankClients(t.Context(), t.at(step.due+1)); err != nil {
				t.Fatal(err)
			}
			if left := t.holds("ip <> '' OR user_agent <> '' OR client_salt IS NOT NULL"); left != step.left {
				t.Errorf("%d events are due, and %d have addresses, want %d", step.due, left, step.left)
			}
			if summary := t.mustCheck(models.AuditCheck{}); summary.Events != 274 || summary.Blanked < step.due {
				t.Errorf("after %d: %+v", step.due, summary)
			}
		}

		if summary := t.mustCheck(models.AuditCheck{}); summary.Uncommitted != 0 || summary.Blanked != 274 {
			t.Errorf("at the end: %+v", summary)
		}
		if t.holds("auth_id = 'shop-77'") != 274 {
			t.Error("references of the shop are gone before their account")
		}
		for hash := range t.plainHashes() {
			if plain[hash] && t.committedHash(hash) {
				t.Error("a hash of an address is left")
			}
		}

		t.record("ada", 1)
		t.mustCheck(models.AuditCheck{})
	})
}

// plainHashes returns the hashes of the trail.
func (t *trail) plainHashes() map[string]bool {
	t.Helper()
	hashes := map[string]bool{}
	if err := t.AuditTrail(t.Context(), func(event models.AuditEvent) error {
		hashes[string(event.Hash)], hashes[string(event.FormerHash)] = true, true
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	delete(hashes, "")

	return hashes
}

// committedHash reports whether an event whose hash was computed anew still has the given one: of "eve", the first
// events had commitments already.
func (t *trail) committedHash(hash string) bool {
	t.Helper()
	found := false
	if err := t.AuditTrail(t.Context(), func(event models.AuditEvent) error {
		found = found || string(event.Hash) == hash && event.Chain != "eve"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

// TestChangedChainsAreNotSealedAnew checks that sealing anew hides no change, and goes on with other chains.
func TestChangedChainsAreNotSealedAnew(t *testing.T) {
	onTrails(t, func(t *trail) {
		t.recordPlain("ada", 3)
		t.recordPlain("bob", 3)
		t.execute("UPDATE audit_events SET operation = 'nothing' WHERE chain = 'ada' AND number = 2")
		_, err := t.AuditRetention().BlankClients(t.Context(), t.at(1000))
		if err == nil || !strings.Contains(err.Error(), "event 2 of the chain ada") {
			t.Errorf("blanking says %v", err)
		}
		if t.holds("ip <> ''") != 3 || t.holds("chain = 'bob' AND ip <> ''") != 0 {
			t.Error("the other chain is not blanked, or the changed one is")
		}
		if _, err := t.check(models.AuditCheck{}); err == nil {
			t.Error("the change is not found any more")
		}
	})
}

// TestTamperedEventsAreFound changes one event of a hundred, and looks for each.
func TestTamperedEventsAreFound(t *testing.T) {
	onTrails(t, func(t *trail) {
		t.recordPlain("ada", 50)
		t.record("ada", 50)
		t.record("bob", 200)
		if _, err := t.AuditRetention().BlankClients(t.Context(), t.at(150)); err != nil {
			t.Fatal(err)
		}

		for _, id := range []string{"00000007", "00000099", "00000288"} {
			for _, change := range []string{"operation = 'x'", "ip = '198.51.100.1'", "user_agent = 'x'", "auth_id = 'x'",
				"account_id = 'x'", "code = 'x'", "request_id = 'x'", "client_commitment = NULL", "seal_version = 1",
				"auth_commitment = client_commitment"} {
				column, _, _ := strings.Cut(change, " ")
				t.execute("CREATE TABLE kept AS SELECT * FROM audit_events WHERE id = '" + id + "'")
				t.execute("UPDATE audit_events SET " + change + " WHERE id = '" + id + "'")
				if _, err := t.check(models.AuditCheck{}); err == nil || !strings.Contains(err.Error(), "was changed") {
					t.Errorf("%s of %s: %v", change, id, err)
				}
				t.execute("UPDATE audit_events SET " + column + " = (SELECT " + column + " FROM kept) WHERE id = '" + id + "'")
				t.execute("DROP TABLE kept")
			}
		}
		t.mustCheck(models.AuditCheck{})
	})
}

// TestSealingAnewBesideWriters records events of the same account while its chain is sealed anew and blanked.
func TestSealingAnewBesideWriters(t *testing.T) {
	onTrails(t, func(t *trail) {
		t.recordPlain("ada", 250)
		done := make(chan error, 1)
		go func() {
			_, err := t.AuditRetention().BlankClients(context.WithoutCancel(t.Context()), t.at(250))
			done <- err
		}()
		for range 40 {
			t.record("ada", 1)
			if _, err := t.check(models.AuditCheck{}); err != nil {
				t.Error(err)
			}
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
		if summary := t.mustCheck(models.AuditCheck{}); summary.Events != 290 || summary.Uncommitted != 0 {
			t.Errorf("%+v", summary)
		}
	})
}
