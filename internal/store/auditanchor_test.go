package store_test

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// TestAnchorFindsWhatVerifyCannot lets somebody who may write to the database make the trail consistent again (R-DAT5).
func TestAnchorFindsWhatVerifyCannot(t *testing.T) {
	onTrails(t, func(t *trail) {
		t.recordPlain("ada", 5)
		t.record("bob", 5)
		t.record("eve", 5)
		anchor := t.anchor()
		if len(anchor) != 3 || anchor[0].Chain != "ada" || anchor[0].Number != 5 {
			t.Fatalf("the anchor has %+v", anchor)
		}

		t.record("ada", 5)
		if _, err := t.AuditRetention().BlankClients(t.Context(), t.at(1000)); err != nil {
			t.Fatal(err)
		}
		t.mustCheck(models.AuditCheck{Anchor: anchor})

		for name, attack := range map[string]func(){
			"a chain is removed": func() {
				t.execute("DELETE FROM audit_events WHERE chain = 'bob'")
				t.execute("DELETE FROM audit_heads WHERE chain = 'bob'")
			},
			"an end is cut off": func() {
				t.execute("DELETE FROM audit_events WHERE chain = 'bob' AND number > 3")
				t.execute("UPDATE audit_heads SET number = 3, hash = (SELECT hash FROM audit_events WHERE chain = 'bob' AND number = 3) WHERE chain = 'bob'")
			},
			"an event is rewritten": func() { t.rewrite("eve", 2) },
			"events seem to have ended": func() {
				t.execute("UPDATE audit_heads SET ended_number = 5, ended_hash = hash, ended_at = ? WHERE chain = 'bob'", start)
				t.execute("DELETE FROM audit_events WHERE chain = 'bob'")
			},
		} {
			t.execute("CREATE TABLE kept_events AS SELECT * FROM audit_events")
			t.execute("CREATE TABLE kept_heads AS SELECT * FROM audit_heads")
			attack()
			cutoff := start.Add(time.Second)
			if _, err := t.check(models.AuditCheck{Cutoff: cutoff}); err != nil {
				t.Errorf("%s: found without an anchor, so it tests nothing: %v", name, err)
			}
			if _, err := t.check(models.AuditCheck{Anchor: anchor, Cutoff: cutoff}); err == nil {
				t.Errorf("%s: not found", name)
			}
			for table, kept := range map[string]string{"audit_events": "kept_events", "audit_heads": "kept_heads"} {
				t.execute("DELETE FROM " + table)
				t.execute("INSERT INTO " + table + " SELECT * FROM " + kept)
				t.execute("DROP TABLE " + kept)
			}
			t.mustCheck(models.AuditCheck{Anchor: anchor})
		}
	})
}

// rewrite changes an event, and computes all hashes from there on as the program does.
func (t *trail) rewrite(chain string, number int) {
	t.Helper()
	var previous []byte
	var events []models.AuditEvent
	if err := t.AuditEvents(t.Context(), models.AuditFilter{AccountID: chain}, func(event models.AuditEvent) error {
		events = append(events, event)
		return nil
	}); err != nil {
		t.Fatal(err)
	}

	for _, event := range events {
		if event.Number == number {
			event.Operation = "nothing"
		}
		previous = event.Seal(previous)
		t.execute("UPDATE audit_events SET operation = ?, hash = ? WHERE id = ?", event.Operation, previous, event.ID)
		t.execute("UPDATE audit_heads SET hash = ? WHERE chain = ?", previous, chain)
	}
}

// TestEventsEnd checks that events end in their time, that what is left verifies, also with an anchor from before, and
// that this is no way to remove others.
func TestEventsEnd(t *testing.T) {
	onTrails(t, func(t *trail) {
		t.record("ada", 130)
		t.record("bob", 5)
		t.record("ada", 5)
		anchor := t.anchor()
		retention := t.AuditRetention()
		end := func(cutoff time.Time, want int) {
			t.Helper()
			if ended, err := retention.EndEvents(t.Context(), cutoff); ended != want || err != nil {
				t.Errorf("%d events ended, want %d, %v", ended, want, err)
			}
			if summary := t.mustCheck(models.AuditCheck{Anchor: anchor, Cutoff: cutoff}); summary.Ended+summary.Events !=
				t.recorded {
				t.Errorf("%+v of %d", summary, t.recorded)
			}
		}
		end(t.at(1), 0)
		end(t.at(121), 120)
		end(t.at(136), 15)
		if _, err := t.check(models.AuditCheck{}); err == nil {
			t.Error("events are gone without --retain-audit, and nothing is found")
		}
		if _, err := t.check(models.AuditCheck{Anchor: anchor, Cutoff: t.at(130)}); err == nil {
			t.Error("events ended before their time, and nothing is found")
		}

		t.record("bob", 1)
		t.record("ada", 1)
		end(t.at(1000), 7)
		t.record("ada", 1)
		t.mustCheck(models.AuditCheck{Anchor: anchor, Cutoff: t.at(1000)})
		if again := t.anchorBefore(t.at(1000)); len(again) != 2 {
			t.Errorf("the next anchor has %+v", again)
		}
	})
}

func (t *trail) anchorBefore(cutoff time.Time) (heads []models.AuditHead) {
	t.Helper()
	if _, err := t.CheckAudit(t.Context(), models.AuditCheck{Cutoff: cutoff}, func(head models.AuditHead) error {
		heads = append(heads, head)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return heads
}

// TestWrongAnchors checks that an anchor which was changed, or is another database's, is refused.
func TestWrongAnchors(t *testing.T) {
	t.Parallel()
	own := &trail{T: t, Store: storetest.Migrated(t, filepath.Join(t.TempDir(), "x.db"))}
	other := &trail{T: t, Store: storetest.Migrated(t, filepath.Join(t.TempDir(), "y.db"))}
	own.record("ada", 2)
	other.record("ada", 2)
	var text, foreign bytes.Buffer
	if _, err := own.WriteAnchor(t.Context(), &text, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if _, err := other.WriteAnchor(t.Context(), &foreign, time.Time{}); err != nil {
		t.Fatal(err)
	}

	// Keys that were retired still count.
	if err := own.InTx(t.Context(), func(tx account.Tx) error { return tx.RotateKeys(t.Context()) }); err != nil {
		t.Fatal(err)
	}
	if _, err := own.ReadKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	keys, err := own.SigningKeys(t.Context())
	if err != nil || len(keys) != 2 {
		t.Fatalf("%d keys, %v", len(keys), err)
	}
	if _, _, err := account.ReadAnchor(strings.NewReader(text.String()), keys); err != nil {
		t.Fatal(err)
	}

	lines, signature := strings.SplitAfter(text.String(), "\n"), regexp.MustCompile(`"signature":"[^"]*"`)
	for name, wrong := range map[string]string{
		"nothing": "", "no end": lines[0] + lines[1], "no head": lines[0] + lines[2],
		"another head": strings.Replace(text.String(), `"number":2`, `"number":1`, 1), "another database's": foreign.String(),
		"twice": text.String() + lines[1], "another format": strings.Replace(text.String(), "heads 1", "heads 9", 1),
		"another signature": signature.ReplaceAllString(text.String(), `"signature":"`+strings.Repeat("A", 86)+`=="`),
	} {
		if _, _, err := account.ReadAnchor(strings.NewReader(wrong), keys); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
