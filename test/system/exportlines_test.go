package system

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check the move from one AccountQL to another: `account export --lines` writes everything of an
// account that can move, and an import restores it unchanged.

// exportLines returns the output of `account export --lines`.
func exportLines(t *testing.T, w *world.World, idOrEmail string) string {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	_, err := w.Service.ExportLines(context.Background(), idOrEmail, encoder.Encode)
	world.Check(t, err)
	return text.String()
}

// TestExportedLinesComeBack exports a database of unusual accounts, imports it into an empty database of the other
// kind, and from there into one of the first kind: all three exports are equal.
func TestExportedLinesComeBack(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}

	here := world.NewOn(t, world.DefaultSettings(), world.SQLiteFile(t))
	fillWithOddAccounts(t, here)
	first := exportLines(t, here, "")
	if accounts := strings.Count(first, "\n") - 2; accounts < 20 {
		t.Fatalf("only %d accounts are exported", accounts)
	}

	for i, database := range []string{postgrestest.URL(t), world.SQLiteFile(t)} {
		there := world.NewOn(t, world.DefaultSettings(), database)
		there.Clock.Advance(here.Clock.Now().Sub(there.Clock.Now()))
		// Development's own customer is also exported.
		demo, err := there.Service.FindAccount(context.Background(), string(account.DemoEmail))
		world.Check(t, err)
		world.Check(t, there.Store.InTx(context.Background(), func(tx account.Tx) error {
			_, err := tx.DeleteAccount(context.Background(), demo.ID)
			return err
		}))

		for present := range 2 {
			summary, said, err := importLines(there, first, false)
			if err != nil || summary.Present != present*summary.Lines {
				t.Fatalf("database %d: %v, %s", i, err, said)
			}
		}

		if again := exportLines(t, there, ""); again != first {
			t.Fatalf("database %d: exported\n%s\nand again\n%s", i, first, again)
		}
	}

	one := exportLines(t, here, "odd@example.com")
	if lines := strings.SplitAfter(one, "\n"); len(lines) != 4 || !strings.Contains(first, lines[1]) {
		t.Errorf("one account is %s", one)
	}
}

// TestExportSaysWhatStaysBehind checks that the line of a customer with passkeys or second factors says that they are not in
// it, so that an import counts them, and that it has no secret.
func TestExportSaysWhatStaysBehind(t *testing.T) {
	t.Parallel()
	here, there := world.New(t, world.DefaultSettings()), world.New(t, world.DefaultSettings())
	_, said, err := importLines(here, `{"email":"ada@example.com","authenticators":[{"secret":"JBSWY3DPEHPK3PXP"}]}
{"email":"bob@example.com"}`, false)
	if err != nil {
		t.Fatal(err, said)
	}
	owner, err := here.Service.FindAccount(t.Context(), "ada@example.com")
	world.Check(t, err)
	world.Check(t, here.Store.InTx(t.Context(), func(tx account.Tx) error {
		return tx.CreatePasskey(t.Context(), &models.Passkey{
			ID: here.Service.NewID(), AccountID: owner.ID, CredentialID: []byte{1}, PublicKey: []byte{1}, CreatedAt: here.Clock.Now(),
		})
	}))

	ada, bob := exportLines(t, here, "ada@example.com"), exportLines(t, here, "bob@example.com")
	if !strings.Contains(ada, `"leftOut":["passkeys","second factors"]`) || strings.Contains(ada, "JBSW") {
		t.Errorf("ada is %s", ada)
	}
	if strings.Contains(bob, "leftOut") {
		t.Errorf("bob is %s", bob)
	}
	summary, said, err := importLines(there, ada, false)
	if err != nil || summary.Imported != 1 || summary.Incomplete != 1 {
		t.Errorf("%+v, %s, %v", summary, said, err)
	}
}

// fillWithOddAccounts creates accounts as customers, operators and other systems leave them.
func fillWithOddAccounts(t *testing.T, w *world.World) {
	t.Helper()
	ctx := context.Background()
	var lines []string
	for i, hash := range foreignHashes {
		lines = append(lines, fmt.Sprintf(`{"email":"hash%d@example.com","passwordHash":%s}`, i, hash))
	}

	lines = append(lines,
		`{"email":"odd@example.com","emailVerified":true,"phone":"+48512345678","phoneVerified":true,"status":"BLOCKED","customId":"c \"1\"","uuid":"0b4c4f6e-7d0a-4e57-9d5e-3f6f1f0c9a11","passwordHash":"wordpress:0f40801dc3d1274cccfbf217b22bde29",`+
			`"firstName":"Ánh Tuyết <b>","lastName":"بن عبد الله","displayName":"👩‍👩‍👧 \\ \"","sex":"OTHER","birthDate":"2000-02-29","avatarUrl":"https://example.com/a.png?x=1&y=2","company":"Müller & Söhne","address":"Số 12","city":"São Paulo","province":"–","zipCode":"SW1A 1AA","countryCode":"GB","language":"pt-BR","timeZone":"America/Sao_Paulo",`+
			`"tags":["vip","early bird","vip"],"attributes":{"a":1.50,"big":9007199254740993,"deep":{"list":[null,true,"\u2028"]},"e":1e2,"line":"a\nb"},"createdAt":"1970-01-02T00:00:00.000001Z",`+
			`"identities":[{"identityProvider":"GOOGLE","issuer":"https://accounts.google.com","subject":"7","linkedAt":"2020-03-01T12:00:00.5Z"},{"identityProvider":"OAUTH","issuer":"https://a.example","subject":"7"},{"identityProvider":"OAUTH","issuer":"https://b.example","subject":"7"}],`+
			`"consents":[{"channel":"email","value":true,"source":"shop","recordedAt":"2020-03-01T12:00:00Z"},{"channel":"email","value":null,"source":"shop","recordedAt":"2020-03-01T12:00:00Z"},{"channel":"email","value":false,"source":"check out","recordedAt":"2021-03-01T12:00:00Z"},{"channel":"rfid","value":true,"source":"x","recordedAt":"2021-03-01T12:00:00Z"}],"agreements":{"push":true,"rfid":null}}`,
		`{"email":"plain@example.com"}`, `{"email":"pending@example.com","status":"PENDING"}`, `{"email":"hans@müller-söhne.example"}`,
		`{"email":"unproven@example.com","phone":"+48512345679"}`,
	)
	_, said, err := importLines(w, strings.Join(lines, "\n"), false)
	if err != nil {
		t.Fatal(err, said)
	}

	// Customers who registered, changed and restored their address, signed in by a provider and gave consent.
	for _, name := range []string{"ada", "bob"} {
		w.Do(t, name, "registerAccount", `{"email":"`+name+
			`@example.com","password":"a fine long password","firstName":"N","agreements":{"email":true,"sms":false}}`)
		w.Do(t, name, "signIn", `{"email":"`+name+`@example.com","password":"a fine long password"}`)
		world.Check(t, w.Worker.Drain(ctx))
		token := *w.Message(t, models.MessageActivation, name+"@example.com").Token
		w.Do(t, name, "confirmAccountActivation", `{"token":"`+token+`","password":"a fine long password"}`)
	}

	// A customer whose consent waits, and one whose address somebody else proved.
	for _, name := range []string{"claim", "eve"} {
		w.Do(t, "", "registerAccount", `{"email":"`+name+
			`@example.com","password":"a fine long password","agreements":{"email":true,"push":true}}`)
	}

	w.Clock.Advance(time.Minute)
	w.Do(t, "ada", "updateAccount", `{"agreements":{"email":null,"wifi":true},"attributes":{"x":{"y":[1,2.50]}}}`)
	addAddress(t, w, "ada", `{"firstName":"Ada","lastName":"Łódź \"1\"","company":"Müller & Söhne","taxId":"PL 1",
		"line1":"Weg 1","line2":"a","line3":"b","city":"Toronto","province":"Ontario","postalCode":"m5v 2t6",
		"countryCode":"CA","phone":"+14165551234","defaultShipping":true}`)
	addAddress(t, w, "ada", `{"line1":"x","city":"Kinshasa","countryCode":"CD","defaultBilling":true}`)
	w.Do(t, "ada", "requestEmailChange", `{"email":"ada.two@example.com","password":"a fine long password"}`)
	world.Check(t, w.Worker.Drain(ctx))
	w.Do(t, "ada", "confirmEmailChange", `{"token":"`+
		*w.Message(t, models.MessageEmailChange, "ada.two@example.com").Token+`","newsletterAgreement":true}`)
	w.Do(t, "bob", "requestEmailChange", `{"email":"bob.two@example.com","password":"a fine long password"}`)
	world.Check(t, w.Worker.Drain(ctx))
	w.Do(t, "bob", "undoEmailChange",
		`{"token":"`+*w.Message(t, models.MessageEmailChangeAsked, "bob@example.com").Token+`"}`)
	w.Trust(t, "keycloak", models.ProviderOAuth, false, false)
	w.Do(t, "eve", "signInWithIdentityProvider", `{"identityProvider":"OAUTH","externalToken":"`+
		w.NewToken("keycloak", "eve", map[string]any{"email": "eve@example.com", "email_verified": true})+`"}`)
	w.Do(t, "eve", "signOut", `{"scope":"ALL_SESSIONS"}`)
	w.Clock.Advance(time.Hour)
	w.Do(t, "ada", "signOut", `{"scope":"THIS_SESSION"}`)
	world.Check(t, w.Store.RecordActivity(ctx,
		[]models.Activity{{AccountID: mustFind(t, w, "bob@example.com").ID, UsedAt: w.Clock.Now(), SessionID: "x"}}))

	w.Service.Settings.DeletionGrace = 24 * time.Hour
	w.Do(t, "bob", "signIn", `{"email":"bob@example.com","password":"a fine long password"}`)
	world.Succeed(t, w.Do(t, "bob", "deleteAccount", `{"clientAuthFactor":"a fine long password"}`))

	for email, odd := range map[string]func(a *models.Account) bool{
		"ada.two@example.com": func(a *models.Account) bool {
			return a.EmailVerified() && a.Version > 2 && a.Agreements.Email != nil
		},
		"bob@example.com": func(a *models.Account) bool {
			return a.EmailChangesPausedUntil != nil && a.EmailChangesPausedUntil.After(w.Clock.Now()) &&
				a.LastActivityAt != nil
		},
		"eve@example.com": func(a *models.Account) bool { return a.PasswordHash == nil },
		"claim@example.com": func(a *models.Account) bool {
			return a.EmailClaimed() && a.Agreements.Email == nil && a.Agreements.Push != nil
		},
	} {
		if a := mustFind(t, w, email); !odd(a) {
			t.Fatalf("%s is not odd enough: %+v", email, a)
		}
	}

	if lines := exportLines(t, w,
		""); !strings.Contains(lines, "@displaced.invalid") || !strings.Contains(lines, `"pending":true`) ||
		!strings.Contains(lines, `"deletion":{"requestedAt":`) {
		t.Fatalf("nobody was displaced, no consent waits, or nobody is closed: %s", lines)
	}

	identities, err := w.Store.Identities(ctx, mustFind(t, w, "eve@example.com").ID)
	if err != nil || len(identities) != 1 || identities[0].TokensFrom == nil {
		t.Fatalf("eve is not odd enough: %+v, %v", identities, err)
	}
}

// staysHere are the columns that are not exported.
var staysHere = map[string]string{
	"Account.CredentialEpoch":   "counts what voids tokens, and no token moves",
	"Account.SecondFactorSince": "says that there is an authenticator, and no secret of one moves",
	"Identity.AccountID":        "is the line's",
	"Consent.ID":                "names a row that nothing refers to",
	"Consent.AccountID":         "is the line's",
}

// TestExportedLinesHoldTheModel checks that every column of an account is exported, or listed above with a reason.
func TestExportedLinesHoldTheModel(t *testing.T) {
	renamed := map[string]string{"LastActivityAt": "LastActivityDate"}
	for model, line := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[models.Account]():  reflect.TypeFor[account.ExportedLine](),
		reflect.TypeFor[models.Identity](): reflect.TypeFor[account.LineIdentity](),
		reflect.TypeFor[models.Consent]():  reflect.TypeFor[account.LineConsent](),
	} {
		for _, field := range reflect.VisibleFields(model) {
			name := field.Name
			if other := renamed[name]; other != "" {
				name = other
			}

			_, moves := line.FieldByName(name)
			reason := staysHere[model.Name()+"."+name]
			if moves == (reason != "") {
				t.Errorf("%s.%s: in a line: %v; the reason why not: %q", model.Name(), name, moves, reason)
			}
		}
	}
}

// TestImportOfAnID checks that an account keeps its id, and that no account gets the id of another or of a deleted
// one.
func TestImportOfAnID(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	line := func(email, id string) string { return fmt.Sprintf(`{"email":%q,"id":%q}`+"\n", email, id) }
	const free = "0197c0de-0000-7000-8000-000000000001"
	demo := mustFind(t, w, string(account.DemoEmail))
	gone, err := w.Service.CreateAccount(context.Background(), account.NewAccount{Email: "gone@example.com"})
	world.Check(t, err)
	_, err = w.Service.EraseAccount(context.Background(), "gone@example.com")
	world.Check(t, err)
	if _, said, err := importLines(w, line("a@example.com", free),
		false); err != nil || mustFind(t, w, "a@example.com").ID != free {
		t.Fatalf("%v, %s", err, said)
	}

	for file, want := range map[string]string{
		line("b@example.com", demo.ID): "line 1: id belongs to another account\n",
		line("b@example.com", gone.ID): "line 1: id was that of an account that is gone\n",
		line("b@example.com", free):    "line 1: id belongs to another account\n",
		line("a@example.com",
			strings.Replace(free, "1", "2", 1)): "line 1: id differs from the account that is there\n",
		line("b@example.com", strings.ToUpper(free)): "line 1: id must be a UUID in lower case",
		line("b@example.com", "7"):                   "line 1: id must be a UUID in lower case",
		line("b@example.com", strings.Replace(free, "1", "3", 1)) +
			line("c@example.com", strings.Replace(free, "1", "3", 1)): "line 2: id is that of line 1, too\n",
		`{"email":"b@example.com","version":0}`:                                                                                                    "line 1: version must be a number from 1 on\n",
		`{"email":"b@example.com","version":99999999999}`:                                                                                          "line 1: version must be a number from 1 on\n",
		`{"email":"b@example.com","updatedAt":"2030-01-01T00:00:00Z","lastActivityDate":"1969-01-01T00:00:00Z"}`:                                   "line 1: updatedAt must be a time between 1970 and now\nline 1: lastActivityDate must be",
		`{"email":"b@example.com","emailVerifiedAt":"2030-01-01T00:00:00Z"}`:                                                                       "line 1: emailVerifiedAt must be a time between 1970 and now\n",
		`{"email":"b@example.com","emailVerified":false,"emailVerifiedAt":"2020-01-01T00:00:00Z"}`:                                                 "line 1: emailVerified must not be false where emailVerifiedAt is given\n",
		`{"email":"b@example.com","phoneVerifiedAt":"2020-01-01T00:00:00Z"}`:                                                                       "line 1: phoneVerified must not be true without a phone\n",
		`{"email":"b@example.com","status":"PENDING","emailVerifiedAt":"2020-01-01T00:00:00Z"}`:                                                    "line 1: status must not be PENDING",
		`{"email":"0197c0de-0000-7000-8000-000000000001@displaced.invalid"}`:                                                                       "line 1: email must be an e-mail address",
		`{"email":"x@displaced.invalid","emailVouched":false}`:                                                                                     "line 1: email must be an e-mail address",
		`{"email":"0197c0de-0000-7000-8000-000000000001@displaced.invalid","emailVouched":false,"emailVerified":true}`:                             "line 1: email must be an e-mail address",
		`{"email":"b@example.com","consents":[{"channel":"email","value":false,"pending":true,"source":"x","recordedAt":"2020-01-01T00:00:00Z"}]}`: "line 1: consents.pending must not be true of an answer that is not true",
		`{"email":"b@example.com","emailChangesPausedUntil":"2036-01-01T00:00:00Z"}`:                                                               "line 1: emailChangesPausedUntil must be",
	} {
		if _, said, err := importLines(w, file, false); err == nil || !strings.HasPrefix(said, want) {
			t.Errorf("%s: %v, %s", file, err, said)
		}
	}
}
