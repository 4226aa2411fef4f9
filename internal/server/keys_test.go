package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// TestKeysCommands rotates the keys beside a server that has sent a code: the code is still good, and the commands
// show ids and ages without secrets (R-ROT1).
func TestKeysCommands(t *testing.T) {
	directory := t.TempDir()
	database := filepath.Join(directory, "accountql.db")
	p := boot(t, directory)
	defer p.stop(t)
	var session signedIn
	p.post(t, p.curl[4], &session)
	token := session.SignIn.Session.Token
	p.ask(t, account.DevelopmentKey, token,
		`mutation { requestPhoneUpdate(input: {phone: "+48512345678"}) { pending { challengeId } } }`)

	type key struct {
		ID, Purpose          string
		CreatedAt, RetiredAt *time.Time
		AgeSeconds           *int
		Secret               *string
	}
	var before, after, listed []key
	command(t, database, "", "keys list", &before)
	command(t, database, "", "keys rotate", &after)
	command(t, database, "", "keys list", &listed)
	if len(before) != 2 || before[0].ID != "codes/1" || before[1].ID != "outbox/1" || before[0].RetiredAt != nil {
		t.Errorf("before: %+v", before)
	}
	if len(after) != 5 || len(listed) != 5 {
		t.Fatalf("after: %+v, then %+v", after, listed)
	}
	for i, want := range []string{"codes/1", "codes/2", "outbox/1", "outbox/2", "links/1"} {
		got := listed[i]
		if got.ID != want || !strings.HasPrefix(want, got.Purpose) || got.CreatedAt == nil || got.AgeSeconds == nil ||
			(got.RetiredAt == nil) != (strings.HasSuffix(want, "2") || want == "links/1") || got.Secret != nil {
			t.Errorf("listed %+v", got)
		}
	}

	_, _, inbox := p.get(t, "/inbox.json")
	var messages []struct{ Code string }
	if err := json.Unmarshal([]byte(inbox), &messages); err != nil || len(messages) == 0 {
		t.Fatalf("%v: %s", err, inbox)
	}
	answer := p.ask(t, account.DevelopmentKey, token, `mutation { confirmPhoneUpdate(input: {phone: "+48512345678",
		confirmationCode: "`+messages[0].Code+`", smsAgreement: true}) { phone } }`)
	if !strings.Contains(answer, `{"phone":"+48512345678"}`) {
		t.Errorf("a code of before the rotation: %s", answer)
	}
}

// TestNewKeysAreTold guards that a running server notices a rotation and says so once.
func TestNewKeysAreTold(t *testing.T) {
	var log bytes.Buffer
	path := filepath.Join(t.TempDir(), "accountql.db")
	s := storetest.Migrated(t, path)
	watch := &keyWatch{read: s.ReadKeys, log: slog.New(slog.NewTextHandler(&log, nil))}
	operator := storetest.Migrated(t, path)
	for _, step := range []struct {
		rotated bool
		lines   int
	}{{true, 0}, {false, 0}, {true, 3}, {false, 0}, {true, 3}} {
		log.Reset()
		if step.rotated {
			if err := storetest.Rotate(t.Context(), operator); err != nil {
				t.Fatal(err)
			}
		}

		// Something else has read the keys before.
		if _, err := s.ReadKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		watch.check(t.Context())
		if got := strings.Count(log.String(), "a new key is in use"); got != step.lines {
			t.Errorf("%+v: %q", step, log.String())
		}
	}
}

// TestExpiringKeysAreTold guards that each key that expires within two weeks is warned of by name, and no other
// (R-ROT4).
func TestExpiringKeysAreTold(t *testing.T) {
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	in := func(after time.Duration) *time.Time { at := now.Add(after); return &at }
	keys := []models.APIKey{
		{Name: "soon", ID: "1", ExpiresAt: in(14 * 24 * time.Hour)}, {Name: "later", ExpiresAt: in(14*24*time.Hour + 1)},
		{Name: "never"}, {Name: "over", ExpiresAt: in(0)}, {Name: "now", ExpiresAt: in(1)},
		{Name: "revoked", ExpiresAt: in(time.Hour), RevokedAt: in(-time.Hour)},
	}
	var log bytes.Buffer
	var failure error
	watch := &expiryWatch{
		keys: func(context.Context) ([]models.APIKey, error) { return keys, failure },
		now:  func() time.Time { return now }, log: slog.New(slog.NewTextHandler(&log, nil)),
	}
	watch.check(t.Context())
	if text := log.String(); strings.Count(text, "level=WARN") != 2 || !strings.Contains(text, "name=now") ||
		!strings.Contains(text, "name=soon id=1 expires=2026-12-13T12:00:00Z") {
		t.Errorf("logged %s", text)
	}

	log.Reset()
	failure = errors.New("away")
	if watch.check(t.Context()); !strings.Contains(log.String(), "error=away") {
		t.Errorf("logged %s", log.String())
	}
}

// TestExpiringKeysAreToldAtTheStart boots a server on a database with a key of a day.
func TestExpiringKeysAreToldAtTheStart(t *testing.T) {
	directory := t.TempDir()
	database := filepath.Join(directory, "accountql.db")
	command(t, database, "", "migrate", &[]any{})
	command(t, database, "", "apikey create --name shop --permission SAUTH_LOGIN_CLIENT_CREATE --expires 1d", &struct{}{})
	p := boot(t, directory)
	defer p.stop(t)

	for deadline := time.Now().Add(patience); !strings.Contains(p.stderr.String(), "name=shop"); {
		if time.Now().After(deadline) {
			t.Fatalf("logged %s", p.stderr.String())
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// TestARotationIsRecorded guards that a rotation leaves an event with its operator and reason.
func TestARotationIsRecorded(t *testing.T) {
	database := migrated(t, "accountql.db")
	command(t, database, "", "keys rotate --operator zoe --reason yearly", &[]any{})
	code, text, stderr := try(database, "", "audit list")
	if code != 0 || strings.Count(text, `"keys rotate"`) != 1 || !strings.Contains(text, `"zoe"`) ||
		!strings.Contains(text, `"yearly"`) {
		t.Errorf("%d, %s, %s", code, text, stderr)
	}
}
