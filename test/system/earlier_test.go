package system

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// fixtures holds a database of each earlier schema version, as the program of that version left it.
const fixtures = "../../internal/store/migrations/testdata"

// fixture is the first line of a fixture's file: what its customers know.
type fixture struct {
	// At is when the fixture was written.
	At time.Time
	// Account, Session and Ended belong to ada@example.com: her account, a live session and one that she ended.
	Account, Session, Ended string
	// Phone and Code, and EmailToken, wait to be confirmed.
	Phone, Code, EmailToken string
	// APIKey may only read.
	APIKey string
}

const fixturePassword = "a walk along the river"

// TestEarlierVersions migrates the databases of all earlier versions, and lets their customers go on: every secret
// that an earlier version gave out still works, and nothing that ended comes back.
func TestEarlierVersions(t *testing.T) {
	for _, engine := range []struct {
		name  string
		empty func(t *testing.T) string
	}{
		{"sqlite", func(t *testing.T) string { return filepath.Join(t.TempDir(), "accountql.db") }},
		{"postgres", func(t *testing.T) string { return postgrestest.EmptyURL(t) }},
	} {
		files, err := filepath.Glob(filepath.Join(fixtures, engine.name, "*.sql"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no fixtures: %v", err)
		}

		for _, file := range files {
			t.Run(engine.name+"/"+strings.TrimSuffix(filepath.Base(file), ".sql"), func(t *testing.T) {
				database := engine.empty(t)
				goOn(t, database, restoreFixture(t, database, file))
			})
		}
	}
}

// restoreFixture fills a database, and returns what its customers know.
func restoreFixture(t *testing.T, database, file string) (known fixture) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Restore(t, database, string(text))

	header, _, _ := strings.Cut(string(text), "\n")
	if err := json.Unmarshal([]byte(strings.TrimPrefix(header, "-- secrets: ")), &known); err != nil {
		t.Fatal(err)
	}

	return known
}

func goOn(t *testing.T, database string, known fixture) {
	w := world.NewOn(t, world.DefaultSettings(), database)
	w.Clock.Advance(known.At.Add(time.Minute).Sub(w.Clock.Now()))
	before, _, err := w.Store.VerifyAudit(t.Context())
	if err != nil || before == 0 {
		t.Fatalf("the audit trail: %d events, %v", before, err)
	}

	w.Keys["shop"] = known.APIKey
	w.Tokens["ada"], w.Tokens["ended"] = known.Session, known.Ended
	ada := world.Succeed(t, w.Do(t, "ada", "account", ""))
	for path, want := range map[string]any{
		"id": known.Account, "email": "ada@example.com", "emailVerified": true, "firstName": "Ada", "city": "Łódź",
		"company": "Analytical Engines", "birthDate": "1985-12-10", "countryCode": "PL",
		"agreements.email": true, "agreements.sms": false, "agreements.push": true, "attributes.points": 42.0,
	} {
		if got := ada.At("account." + path); got != want {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	}

	if a := w.Do(t, "ended", "account", ""); a.Code() != "UNAUTHENTICATED" {
		t.Errorf("an ended session: %s", a.Body)
	}
	world.Succeed(t, w.DoWith(t, "shop", "ada", "account", ""))
	if a := w.DoWith(t, "shop", "ada", "updateAccount", `{"city":"Łódź"}`); a.Code() != "PERMISSION_DENIED" {
		t.Errorf("a key that may only read: %s", a.Body)
	}

	signIn := func(email, password string) *world.Answer {
		return w.Do(t, email, "signIn", fmt.Sprintf(`{"email":%q,"password":%q}`, email, password))
	}
	if a := signIn("ada@example.com", "a walk along the lake"); a.Code() != "INVALID_CREDENTIALS" {
		t.Errorf("a wrong password: %s", a.Body)
	}
	world.Succeed(t, signIn("ada@example.com", fixturePassword))
	if a := signIn("carl@example.com", fixturePassword); a.Code() != "INVALID_CREDENTIALS" {
		t.Errorf("a deleted customer: %s", a.Body)
	}

	world.Succeed(t, w.Do(t, "ada", "updateAccount", `{"city":"Warszawa","agreements":{"sms":true}}`))
	world.Succeed(t, w.Do(t, "ada", "confirmPhoneUpdate", fmt.Sprintf(
		`{"phone":%q,"confirmationCode":%q,"smsAgreement":true}`, known.Phone, known.Code)))
	world.Succeed(t, w.Do(t, "ada", "confirmEmailChange", fmt.Sprintf(
		`{"token":%q,"newsletterAgreement":true}`, known.EmailToken)))
	ada = world.Succeed(t, w.Do(t, "ada", "account", ""))
	if ada.At("account.email") != "countess@example.com" || ada.At("account.phone") != known.Phone {
		t.Errorf("after the confirmations: %s", ada.Body)
	}

	// A message that the earlier version could not send is sent now, with a secret that works.
	w.Clock.Advance(10 * time.Minute)
	reset := w.Message(t, models.MessagePasswordReset, "erin@example.com")
	world.Succeed(t, w.Do(t, "", "confirmPasswordReset", fmt.Sprintf(
		`{"token":%q,"password":"a walk along the other river"}`, *reset.Token)))
	world.Succeed(t, signIn("erin@example.com", "a walk along the other river"))

	if _, err := w.Service.ExportAccount(t.Context(), known.Account); err != nil {
		t.Errorf("the export: %v", err)
	}
	world.Succeed(t, w.Do(t, "ada", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, fixturePassword)))
	if after, _, err := w.Store.VerifyAudit(t.Context()); err != nil || after < before+8 {
		t.Errorf("the audit trail: %d events after %d, %v", after, before, err)
	}
	if _, err := w.Service.ExportAccount(t.Context(), string(account.DemoEmail)); err != nil {
		t.Errorf("the demo customer: %v", err)
	}
}
