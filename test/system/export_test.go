package system

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// exportedTables are the tables with rows of a customer, by the name that the export has for them. A table that is not
// exported has a reason in parentheses.
var exportedTables = map[string]string{
	"accounts": "account", "sessions": "sessions", "identities": "identities", "passkeys": "passkeys", "authenticators": "authenticators", "consents": "consents",
	"challenges": "challenges", "registrations": "registrations", "outbox": "messages", "audit_events": "activity",
	"deletions": "deletion", "terms_acceptances": "terms", "addresses": "addresses", "webhook_events": "events",
	"webhook_sequences": "(has the number of the newest of events)",
	"idle_notices":      "(counts the notices that are in messages and activity)",
	"recovery_codes":    "(recoveryCodesLeft has how many are left, of which each is a secret)",
	"idempotency_keys":  "(answers that the customer has got, sealed, for ten minutes)",
	"data_exports":      "(is the export)",
	"known_devices":     "devices",
	"device_watches":    "(says since when devices are known, so that a later one is told)",
}

// notExported are the columns that the export leaves out, with a reason, by their names with or without the table.
var notExported = map[string]string{
	"mark_hash": "a secret", "password_hash": "a secret", "secret_hash": "a secret", "token_hash": "a secret",
	"token_key": "part of a secret", "sealed_at": "says by which key a secret is sealed", "last_step": "says which code was used last",
	"credential_epoch": "counts what voids tokens", "number": "the place of a row", "account_number": "the place of a row",
	"account_id": "is account.id", "consents.id": "names a row that nothing refers to", "hash": "seals the audit trail",
	"seal_version": "as hash", "client_commitment": "as hash", "client_salt": "as hash", "auth_commitment": "as hash",
	"auth_salt": "as hash", "former_hash": "as hash", "idle_from": "when to look whether lastActivityDate is long ago",
	"mailed": "counts among those that wait", "sealed": "is what the registration brought", "outbox.data": "see TestEverythingIsShown",
}

// TestExportHoldsEveryTable guards R-DAT1: a customer who has rows in every table finds each column that is not a
// secret in the export, with its value. It fails for a table or a column that is added, until it is exported or listed
// above with a reason.
func TestExportHoldsEveryTable(t *testing.T) {
	w := signedIn(t, world.DefaultSettings())
	world.Listen(t, w)
	id, before := fillEveryTable(t, w)
	token := *w.Message(t, models.MessageDataExport, "").Token
	a := world.Succeed(t, w.Post(t, world.Call{
		Key: w.Keys["development"], Token: w.Tokens["person"],
		Body: string(must(json.Marshal(map[string]any{"query": fmt.Sprintf(`{ dataExport(token: %q) { document } }`, token)}))),
	}))
	document := a.At("dataExport.document").(map[string]any)
	text := string(must(json.Marshal(document)))
	checkAgainstSchema(t, document)

	db, err := sql.Open("sqlite3", "file:"+before+"?mode=ro")
	world.Check(t, err)
	defer func() { _ = db.Close() }()
	for _, table := range texts(t, db, "SELECT DISTINCT m.name FROM sqlite_schema m, pragma_table_info(m.name) c "+
		"WHERE m.type = 'table' AND (c.name = 'account_id' OR m.name = 'accounts')") {
		part, known := exportedTables[table]
		switch _, there := document[part]; {
		case !known:
			t.Errorf("the export doesn't know the table %s: export it, or say in exportedTables why not", table)
			continue
		case strings.HasPrefix(part, "("):
			continue
		case !there:
			t.Errorf("the export lacks %s", part)
		}

		key := "account_id"
		if table == "accounts" {
			key = "id"
		}
		for _, column := range texts(t, db, "SELECT name FROM pragma_table_info('"+table+"')") {
			if notExported[column] == "" && notExported[table+"."+column] == "" {
				holdsColumn(t, db, text, table, column, key, id)
			}
		}
	}

	for _, secret := range []string{w.Tokens["person"], token, account.DemoPassword, "$argon2id$"} {
		if strings.Contains(text, secret) {
			t.Errorf("the export holds the secret %s", secret)
		}
	}
}

// checkAgainstSchema validates a document against the schema that is published.
func checkAgainstSchema(t *testing.T, document any) {
	t.Helper()
	published, err := jsonschema.NewCompiler().Compile("../../docs/export.schema.json")
	world.Check(t, err)
	if err := published.Validate(document); err != nil {
		t.Errorf("the export is not as docs/export.schema.json says: %v", err)
	}
}

// holdsColumn checks that the export names a column and has the customer's values of it.
func holdsColumn(t *testing.T, db *sql.DB, document, table, column, key, id string) {
	t.Helper()
	name := strings.TrimPrefix(camel(column), "agreement")
	if column == "last_activity_at" {
		name = "lastActivityDate"
	}
	if column == "rfid" || strings.HasPrefix(column, "agreement_") {
		name = strings.TrimPrefix(column, "agreement_")
	}
	if !strings.Contains(document, `"`+name+`":`) {
		t.Errorf("the export lacks %s.%s (%s): export it, or say in notExported why not", table, column, name)
		return
	}

	filled := texts(t, db, fmt.Sprintf(`SELECT DISTINCT CAST(%q AS TEXT) FROM %s WHERE %s = '%s' AND %q IS NOT NULL
		AND typeof(%q) = 'text' AND %q <> ''`, column, table, key, id, column, column, column))
	for _, value := range filled {
		if at, err := time.Parse("2006-01-02 15:04:05.999999999-07:00", value); err == nil {
			value = at.UTC().Format(time.RFC3339Nano)
		}
		if !strings.Contains(document, strings.Trim(string(must(json.Marshal(value))), `"`)) &&
			!strings.Contains(document, strings.NewReplacer(`", "`, `","`).Replace(value)) &&
			!strings.Contains(value, "{") {
			t.Errorf("the export lacks the value %q of %s.%s", value, table, column)
		}
	}
}

// camel converts first_name to firstName, and the names that the API spells in another way.
func camel(column string) string {
	words := strings.Split(column, "_")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}

// fillEveryTable lets a person leave rows in every table, and asks for the export. It returns the account's id, and a
// copy of the database from before the request.
func fillEveryTable(t *testing.T, w *world.World) (id, before string) {
	t.Helper()
	id, _ = live(t, w)
	w.Trust(t, "google", models.ProviderGoogle, false, false)
	w.Clock.Advance(48 * time.Hour)
	world.Succeed(t, w.Do(t, "person", "signIn", world.Credentials(personEmail, account.DemoPassword)))
	world.Succeed(t, w.Do(t, "person", "linkIdentityProvider", fmt.Sprintf(
		`{"identityProvider":"GOOGLE","externalToken":%q,"password":%q}`,
		w.NewToken("google", "person-at-google", map[string]any{"email": personEmail}), account.DemoPassword)))
	device := &passkeytest.Authenticator{}
	addPasskey(t, w, "person", account.DemoPassword, device)
	world.Succeed(t, w.Do(t, "", "signInWithPasskey", fmt.Sprintf(`{"response":%s}`, passkeySignIn(t, w, device))))
	world.Succeed(t, w.Post(t, world.Call{
		Key: w.Keys["development"], Token: w.Tokens["person"], Header: http.Header{"Idempotency-Key": {uuid.NewString()}},
		Body: `{"query":"mutation { updateAccount(input: {company: \"Xylophonhaus\", city: \"Vorpalstadt\"}) { account { id } } }"}`,
	}))
	world.Check(t, w.Store.InTx(t.Context(), func(tx account.Tx) error {
		now := w.Clock.Now()
		err := tx.CreateRegistration(t.Context(), &models.Registration{
			ID: "registration", AccountID: id, ChallengeID: "challenge", Email: personEmail, CreatedAt: now,
			ExpiresAt: now.Add(time.Hour), Brought: &models.RegistrationData{Account: models.Account{ID: id, Profile: models.Profile{Attributes: models.JSONObject{}}}},
		}, 9)
		if err != nil {
			return err
		}
		if err := tx.CreateAuthenticator(t.Context(), &models.Authenticator{
			ID: "authenticator", AccountID: id, Name: "Bandersnatch phone", Secret: []byte("frumious"), CreatedAt: now,
		}); err != nil {
			return err
		}
		if err := tx.ReplaceRecoveryCodes(t.Context(), id, []models.RecoveryCode{
			{ID: "recovery code", AccountID: id, CodeHash: []byte("hash"), CreatedAt: now},
		}); err != nil {
			return err
		}
		if err := tx.CountIdleFrom(t.Context(), id, time.Unix(0, 0)); err != nil {
			return err
		}
		if _, err := tx.RecordTerms(t.Context(), []models.TermsAcceptance{{
			ID: "acceptance", AccountID: id, Document: "jubjub terms", Version: "version 7", Source: "acceptTerms",
			AcceptedAt: now,
		}}); err != nil {
			return err
		}

		return tx.ScheduleDeletion(t.Context(), &models.Deletion{
			AccountID: id, RequestedAt: now, ScheduledFor: now.Add(time.Hour),
		})
	}))
	_, err := w.Store.FindIdle(t.Context(), w.Clock.Now().Add(time.Hour), w.Clock.Now(), 1)
	world.Check(t, err)
	before = filepath.Join(t.TempDir(), "before.db")
	db, err := sql.Open("sqlite3", "file:"+w.Database)
	world.Check(t, err)
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(t.Context(), "VACUUM INTO ?", before)
	world.Check(t, err)

	world.Succeed(t, w.Do(t, "person", "requestDataExport", fmt.Sprintf(`{"password":%q}`, account.DemoPassword)))
	for table := range exportedTables {
		key := "account_id"
		if table == "accounts" {
			key = "id"
		}
		if query(t, w, "SELECT count(*) FROM "+table+" WHERE "+key+" = ?", id) == 0 {
			t.Fatalf("the person has no row in %s", table)
		}
	}

	return id, before
}

// TestNothingIsLeftOfAnExport guards that a copy is sealed where it is stored, and gone after a day.
func TestNothingIsLeftOfAnExport(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	world.Succeed(t, w.Do(t, "demo", "requestDataExport", fmt.Sprintf(`{"password":%q}`, account.DemoPassword)))
	if n := query(t, w, "SELECT count(*) FROM data_exports WHERE sealed LIKE '%demo@example.com%' OR sealed LIKE '{%'"); n != 0 {
		t.Error("the copy is readable in the database")
	}

	w.Clock.Advance(24 * time.Hour)
	world.Check(t, w.Store.Reap(t.Context(), w.Clock.Now()))
	if n := query(t, w, "SELECT count(*) FROM data_exports"); n != 0 {
		t.Errorf("%d copies are left", n)
	}
}
