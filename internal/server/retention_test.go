package server

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
)

// TestRetentionRuns checks that each kind of retention follows its setting and is counted, and that the trail is
// anchored once a day.
func TestRetentionRuns(t *testing.T) {
	database, folder := migrated(t, "x.db"), t.TempDir()
	s, err := store.OpenExisting(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()

	now := time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)
	for i, id := range []string{"1", "2", "3"} {
		event := &models.AuditEvent{ID: id, AccountID: "ada", Operation: "signIn", IP: "192.0.2.1",
			At: now.Add(-time.Duration(3-i) * 100 * 24 * time.Hour)}
		if err := s.InTx(t.Context(), func(tx account.Tx) error { return tx.RecordEvent(t.Context(), event) }); err != nil {
			t.Fatal(err)
		}
	}

	var log bytes.Buffer
	asked := 0
	var announced []string
	var announcement error
	r := &retention{
		settings: config.Settings{RetainAuditAddresses: 150 * 24 * time.Hour, AuditAnchors: folder},
		audit:    s.AuditRetention(), removed: newRemoved(), now: func() time.Time { return now },
		anchor: anchorTo(s, 250*24*time.Hour, func() time.Time { return now },
			func(_ context.Context, seal account.AnchorSeal) error {
				announced = append(announced, seal.Root)
				return announcement
			}),
		eraseUnproven: func(context.Context, string, time.Time) (int, string, error) {
			asked++
			return 1, strings.Repeat("x", (3-asked%3)%3), nil
		},
		eraseIdle: func(_ context.Context, before time.Time) (int, error) {
			if !before.Equal(now.Add(-365 * 24 * time.Hour)) {
				t.Errorf("accounts are idle since before %v", before)
			}
			return 2, nil
		},
		log: slog.New(slog.NewTextHandler(&log, nil)),
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(r.removed)
	counted := func(kind string) float64 {
		t.Helper()
		families, err := registry.Gather()
		if err != nil {
			t.Fatal(err)
		}
		for _, family := range families {
			for _, metric := range family.GetMetric() {
				if metric.GetLabel()[0].GetValue() == kind {
					return metric.GetCounter().GetValue()
				}
			}
		}

		return 0
	}
	r.run(t.Context())
	if counted("audit_addresses") != 2 || counted("audit_events") != 0 || counted("unverified_accounts") != 0 || asked > 0 {
		t.Errorf("with one setting: %s", &log)
	}

	r.settings.RetainAudit, r.settings.RetainUnverified = 250*24*time.Hour, 30*24*time.Hour
	r.run(t.Context())
	if counted("audit_events") != 1 || counted("unverified_accounts") != 3 || asked != 3 {
		t.Errorf("with all settings: %s", &log)
	}

	r.runIdle(t.Context())
	if counted("idle_accounts") != 0 {
		t.Error("idle accounts are erased without the setting")
	}
	r.settings.RetainIdle = 365 * 24 * time.Hour
	if r.runIdle(t.Context()); counted("idle_accounts") != 2 {
		t.Errorf("idle accounts: %s", &log)
	}

	anchors, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(anchors) != 1 || filepath.Base(anchors[0]) != "audit-heads-2026-11-29.jsonl" ||
		strings.Count(log.String(), "the audit trail is anchored") != 1 || strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("anchors %v, %v: %s", anchors, err, &log)
	}

	if len(announced) != 1 || !strings.Contains(log.String(), "root="+announced[0]) {
		t.Errorf("announced %v: %s", announced, &log)
	}

	now, announcement = now.Add(24*time.Hour), errors.New("the database is away")
	r.run(t.Context())
	if anchors, _ = filepath.Glob(filepath.Join(folder, "*")); len(anchors) != 1 {
		t.Errorf("an anchor that was not announced has a name: %v", anchors)
	}
	announcement = nil
	r.run(t.Context())
	if anchors, _ = filepath.Glob(filepath.Join(folder, "*")); len(anchors) != 2 || len(announced) != 3 {
		t.Errorf("the next day: %v, %s", anchors, &log)
	}
	line := "audit verify --retain-audit 250d --anchor "
	command(t, database, "", line+anchors[0], &map[string]any{})
	command(t, database, "", line+anchors[1], &map[string]any{})
}

// TestAuditCommands checks that operators can anchor a trail, and compare it with the anchor.
func TestAuditCommands(t *testing.T) {
	database := migrated(t, "x.db")
	command(t, database, "", "account create --email ada@example.com", &map[string]any{})
	code, anchor, stderr := try(database, "", "audit heads")
	if code != 0 || strings.Count(anchor, "\n") != 3 {
		t.Fatalf("%d, %s%s", code, anchor, stderr)
	}

	file := filepath.Join(t.TempDir(), "anchor")
	if err := os.WriteFile(file, []byte(anchor), 0o600); err != nil {
		t.Fatal(err)
	}
	command(t, database, "", "account erase ada@example.com --yes", &map[string]any{})
	var verified struct {
		Verified bool
		Anchored int
	}
	if command(t, database, "", "audit verify --anchor "+file, &verified); !verified.Verified || verified.Anchored != 1 {
		t.Errorf("after an erasure: %+v", verified)
	}

	if err := os.WriteFile(file, []byte(strings.Replace(anchor, `"number":1`, `"number":7`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, filepath.Join(t.TempDir(), "missing")} {
		if code, _, stderr := try(database, "", "audit verify --anchor "+name); code == 0 {
			t.Errorf("%s is accepted: %s", name, stderr)
		}
	}
}
