package system

import (
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

var writeFixture = flag.Bool("write-fixture", false, "write the fixture of this schema version into "+fixtures)

// TestFixture makes the fixture of this schema version, by requests, and lets its customers go on in another database
// that is filled with it. With -write-fixture it stays, for the versions after this one: run this before a migration
// is added.
func TestFixture(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		makeFixture(t, "sqlite", filepath.Join(t.TempDir(), "accountql.db"), world.SQLiteFile(t), dumpSQLite)
	})
	t.Run("postgres", func(t *testing.T) {
		if _, err := exec.LookPath("pg_dump"); err != nil {
			t.Skip("no pg_dump")
		}
		makeFixture(t, "postgres", postgrestest.EmptyURL(t), postgrestest.URL(t), dumpPostgreSQL)
	})
}

func makeFixture(t *testing.T, engine, empty, database string, dump func(t *testing.T, w *world.World) string) {
	w := world.NewOn(t, world.DefaultSettings(), database)
	known := playFixture(t, w)
	status, err := w.Store.MigrationStatus(t.Context())
	world.Check(t, err)
	header, err := json.Marshal(known)
	world.Check(t, err)
	text := "-- secrets: " + string(header) + "\n" + dump(t, w)

	file := filepath.Join(t.TempDir(), "fixture.sql")
	if *writeFixture {
		file = filepath.Join(fixtures, engine, fmt.Sprintf("%04d.sql", status[len(status)-1].Version))
	}
	world.Check(t, os.WriteFile(file, []byte(text), 0o600))
	goOn(t, empty, restoreFixture(t, empty, file))
}

// playFixture lets customers leave rows in every table, and returns what they know.
func playFixture(t *testing.T, w *world.World) (known fixture) {
	shop := account.NewAPIKey{Name: "shop", Permissions: []models.Permission{models.PermissionAccountRead}}
	_, key, err := w.Service.CreateAPIKey(t.Context(), shop)
	world.Check(t, err)
	known.APIKey = key
	do := func(customer, operation, format string, values ...any) *world.Answer {
		t.Helper()
		return world.Succeed(t, w.Do(t, customer, operation, fmt.Sprintf(format, values...)))
	}

	do("", "registerAccount", `{"email":"ada@example.com","password":%q,"firstName":"Ada","lastName":"Lovelace",
		"city":"Łódź","countryCode":"PL","birthDate":"1985-12-10","agreements":{"email":true,"sms":false},
		"attributes":{"size":"M","points":42}}`, fixturePassword)
	activation := w.Message(t, models.MessageActivation, "ada@example.com")
	do("ada", "confirmAccountActivation", `{"token":%q,"password":%q}`, *activation.Token, fixturePassword)
	for _, customer := range []string{"ended", "ada"} {
		a := do(customer, "signIn", `{"email":"ada@example.com","password":%q}`, fixturePassword)
		known.Account, _ = a.At("signIn.account.id").(string)
	}
	known.Session, known.Ended = w.Tokens["ada"], w.Tokens["ended"]
	do("ended", "signOut", `{"scope":"THIS_SESSION"}`)

	a := w.Post(t, world.Call{Key: w.Keys["development"], Token: known.Session,
		Header: http.Header{"Idempotency-Key": {uuid.NewString()}},
		Body: `{"query":"mutation { updateAccount(input: {company: \"Analytical Engines\", agreements: {push: true}}) ` +
			`{ account { version } } }"}`})
	world.Succeed(t, a)
	w.Trust(t, "google", models.ProviderGoogle, false, false)
	do("ada", "linkIdentityProvider", `{"identityProvider":"GOOGLE","externalToken":%q,"password":%q}`,
		w.NewToken("google", "ada-at-google", identitytest.Claims{"email": "ada@example.com", "email_verified": true}),
		fixturePassword)

	addPasskey(t, w, "ada", fixturePassword, &passkeytest.Authenticator{})

	do("ada", "requestDataExport", `{"password":%q}`, fixturePassword)
	do("ada", "createAddress", `{"line1":"ul. Prosta 51","city":"Warszawa","postalCode":"00-838","countryCode":"PL",
		"defaultShipping":true}`)

	known.Phone = "+48500100200"
	do("ada", "requestPhoneUpdate", `{"phone":%q,"password":%q}`, known.Phone, fixturePassword)
	known.Code = *w.Message(t, models.MessagePhoneCode, known.Phone).Code
	do("ada", "requestEmailChange", `{"email":"countess@example.com","password":%q}`, fixturePassword)
	known.EmailToken = *w.Message(t, models.MessageEmailChange, "countess@example.com").Token

	for _, name := range []string{"Bob", "Robert"} { // the second registration of the address waits
		do("", "registerAccount", `{"email":"bob@example.com","password":%q,"firstName":%q}`, fixturePassword, name)
	}
	do("", "registerAccount", `{"email":"carl@example.com","password":%q}`, fixturePassword)
	do("carl", "signIn", `{"email":"carl@example.com","password":%q}`, fixturePassword)
	do("carl", "deleteAccount", `{"clientAuthFactor":%q}`, fixturePassword)
	do("", "registerAccount", `{"email":"dora@example.com","password":%q}`, fixturePassword)
	do("dora", "signIn", `{"email":"dora@example.com","password":%q}`, fixturePassword)
	w.Service.Settings.DeletionGrace = 30 * 24 * time.Hour
	do("dora", "deleteAccount", `{"clientAuthFactor":%q}`, fixturePassword)
	w.Service.Settings = world.WithTerms(t, w.Service.Settings, false)
	do("ada", "acceptTerms", `{"terms":[{"id":"terms","version":"1"}]}`)
	_, err = w.Service.CreateAccount(t.Context(), account.NewAccount{
		Email: "erin@example.com", Phone: "+48500100300", Password: fixturePassword,
	})
	world.Check(t, err)
	_, err = w.Store.FindIdle(t.Context(), w.Clock.Now().Add(time.Hour), w.Clock.Now(), 1)
	world.Check(t, err)
	_, err = w.Service.CreateAccount(t.Context(), account.NewAccount{Email: "fay@example.com", Password: fixturePassword})
	world.Check(t, err)
	do("fay", "signIn", `{"email":"fay@example.com","password":%q}`, fixturePassword)
	addApp(t, w, "fay", fixturePassword)
	world.Check(t, w.Worker.Drain(t.Context()))
	do("", "requestPasswordReset", `{"email":"erin@example.com"}`) // its mail is not sent

	known.At = w.Clock.Now()

	return known
}

// dumpSQLite returns the statements that make the database.
func dumpSQLite(t *testing.T, w *world.World) string {
	db, _ := w.Store.Engine().Pools()
	lines := []string{"PRAGMA application_id = " + strings.Join(texts(t, db, "PRAGMA application_id"), "") + ";"}
	const named = " AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
	for _, table := range texts(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table'"+named) {
		lines = append(lines, texts(t, db, "SELECT sql || ';' FROM sqlite_schema WHERE name = '"+table+"'")...)
		columns := texts(t, db, "SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('"+table+"') ORDER BY cid")
		lines = append(lines, texts(t, db, "SELECT 'INSERT INTO "+table+" VALUES(' || "+
			strings.Join(columns, " || ',' || ")+" || ');' FROM "+table)...)
	}
	lines = append(lines, texts(t, db, "SELECT sql || ';' FROM sqlite_schema WHERE type = 'index'"+named)...)

	return strings.Join(lines, "\n") + "\n"
}

func texts(t *testing.T, db *sql.DB, query string) (found []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	world.Check(t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		world.Check(t, rows.Scan(&text))
		found = append(found, text)
	}
	world.Check(t, rows.Err())

	return found
}

// sessionLines are the lines of pg_dump that are about the session that restores, or only for people.
var sessionLines = regexp.MustCompile(`(?m)^(--.*|SET .*|\\.*|SELECT pg_catalog\.set_config\(.*)?\n`)

func dumpPostgreSQL(t *testing.T, w *world.World) string {
	dump := postgrestest.Command(t.Context(), "pg_dump", "--inserts", "--no-owner", "--no-privileges", "--no-comments",
		w.Database)
	text, err := dump.Output()
	if err != nil {
		t.Fatalf("pg_dump: %v", err)
	}
	return sessionLines.ReplaceAllString(string(text), "")
}
