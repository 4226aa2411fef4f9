package system

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check that an import accepts the same values as the API, and finds all errors before it writes
// anything.

// TestImportTakesNothingAmbiguous checks that invalid text and repeated keys are refused, and not repaired.
func TestImportTakesNothingAmbiguous(t *testing.T) {
	const noText = " must be text in UTF-8 without half a character"
	const twice = ` must not hold the key "a" twice`
	w := world.New(t, world.DefaultSettings())
	for fields, want := range map[string]string{
		"\"firstName\":\"M\xfcller\"":             "firstName" + noText,
		"\"customId\":\"M\xfcller\"":              "customId" + noText,
		"\"tags\":[\"vip\",\"M\xfcller\"]":        "tags" + noText,
		"\"passwordHash\":\"M\xfcller\"":          "passwordHash" + noText,
		"\"leftOut\":\"M\xfcller\"":               "leftOut" + noText,
		"\"attributes\":{\"a\":\"M\xfcller\"}":    "attributes" + noText,
		"\"attributes\":{\"M\xfcller\":1}":        "attributes" + noText,
		"\"attributes\":{\"a\":[{\"\xe4\":1}]}":   "attributes" + noText,
		"\"attributes\":{\"a\":\"\xed\xa0\xbd\"}": "attributes" + noText, // half a surrogate pair, encoded like UTF-8

		"\"consents\":[{\"channel\":\"sms\",\"source\":\"B\xfcro\"}]":              "consents" + noText,
		"\"identities\":[{\"identityProvider\":\"GOOGLE\",\"subject\":\"M\xfc\"}]": "identities" + noText,

		`"firstName":"\ud83d"`:                         "firstName" + noText,
		`"firstName":"x\ude00\ud83d"`:                  "firstName" + noText,
		`"tags":["\ud83d"]`:                            "tags" + noText,
		`"attributes":{"a":{"\ud83d":1}}`:              "attributes" + noText,
		`"attributes":{"a":1,"a":2}`:                   "attributes" + twice,
		`"attributes":{"a":1,"\u0061":2}`:              "attributes" + twice,
		`"attributes":{"x":[1,{"y":{"a":1,"a":1}}]}`:   "attributes" + twice,
		`"agreements":{"sms":true,"sms":false}`:        `agreements must not hold the key "sms" twice`,
		`"consents":[{"value":true,"value":false}]`:    `consents must not hold the key "value" twice`,
		`"identities":[{"subject":"1","subject":"2"}]`: `identities must not hold the key "subject" twice`,
		`"identities":[{"subject":"1","Subject":"2"}]`: "identities must be a list of objects",
		`"consents":[{"Channel":"sms"}]`:               "consents must be a list of objects",
	} {
		refusesToImport(t, w, `{"email":"b@example.com",`+fields+`}`, "line 2: "+want)
	}

	refusesToImport(t, w, "{\"email\":\"M\xfcller@example.com\"}", "line 2: email"+noText)

	for mark, want := range map[string]string{
		"{\"leftOut\":\"M\xfcller\"}":         "line 2: the line" + noText,
		`{"leftOut":"a","leftOut":"b"}`:       `line 2: the line must not hold the key "leftOut" twice`,
		`{"leftOut":"a","LeftOut":"b"}`:       "line 2: the line must be {",
		`{"leftOut":"a","customId":"\udc00"}`: "line 2: the line" + noText,
	} {
		refusesToImport(t, w, mark, want)
	}

	// The same key in two objects, and keys that differ, are not repeated keys.
	right := `{"email":"c@example.com","firstName":"Zoë \ud83d\ude00","uuid":null,"tags":null,"status":null,` +
		`"attributes":{"a":{"a":"😀"},"A":[{"a":1},{"a":1}]}}`
	if summary, said, err := importLines(w, right, false); err != nil || summary.Imported != 1 {
		t.Fatalf("%v: %s", err, said)
	}

	found := mustFind(t, w, "c@example.com")
	if *found.FirstName != "Zoë 😀" || len(found.Attributes) != 2 || found.Status != models.StatusActive {
		t.Errorf("%+v", found)
	}

	lossy := `{"begin":"x","dropIfWrong":["firstName"]}` + "\n" +
		"{\"email\":\"d@example.com\",\"firstName\":\"M\xfcller\"}\n" + `{"end":true}`
	summary, said, err := importLines(w, lossy, false)
	if err != nil || summary.Incomplete != 1 || mustFind(t, w, "d@example.com").FirstName != nil {
		t.Errorf("%v: %+v, %s", err, summary, said)
	}
}

// refusesToImport imports the text after a valid line, dry and not: it has one error, and nothing is written.
func refusesToImport(t *testing.T, w *world.World, text, want string) {
	t.Helper()
	for _, dry := range []bool{true, false} {
		summary, said, err := importLines(w, `{"email":"a@example.com"}`+"\n"+text, dry)
		if !errors.Is(err, account.ErrImportRefused) || summary.Wrong != 1 || !strings.HasPrefix(said, want) {
			t.Errorf("%q is told %v, %s", text, err, said)
		}
	}

	if _, err := w.Store.AccountByEmail(context.Background(), "a@example.com"); !errors.Is(err, models.ErrNotFound) {
		t.Fatalf("%q is imported in part: %v", text, err)
	}
}

// moveAway registers a customer and changes the address; the change can still be undone.
func moveAway(t *testing.T, w *world.World, name string) {
	t.Helper()
	const password = "correct horse battery staple"
	former, next := name+"@example.com", name+".two@example.com"
	do := func(operation, form string, values ...any) {
		t.Helper()
		world.Succeed(t, w.Do(t, name, operation, fmt.Sprintf(form, values...)))
	}

	token := func(kind models.MessageKind, to string) string { return *w.Message(t, kind, to).Token }

	do("registerAccount", `{"email":%q,"password":%q}`, former, password)
	do("confirmAccountActivation", `{"token":%q,"password":%q}`, token(models.MessageActivation, former), password)
	do("signIn", `{"email":%q,"password":%q}`, former, password)
	do("requestEmailChange", `{"email":%q,"password":%q}`, next, password)
	do("confirmEmailChange", `{"token":%q,"newsletterAgreement":false}`, token(models.MessageEmailChange, next))
}

// TestImportMeetsAReservedAddress checks that an address that can still be taken back (R-PRF5) is found before
// anything is written, and not after the first batches.
func TestImportMeetsAReservedAddress(t *testing.T) {
	const reserved = "line 121: email can still be taken back by another account, which had it lately\n"
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			w := world.NewOn(t, world.DefaultSettings(), database(t))
			moveAway(t, w, "ada")

			file := func(email string) string {
				var lines strings.Builder
				for i := range 118 {
					fmt.Fprintf(&lines, `{"email":"c%d@example.com"}`+"\n", i)
				}
				// An address of another account can't be dropped from a customer.
				lines.WriteString(`{"email":"` + email + `"}` + "\n")
				return `{"begin":"x","dropIfWrong":["email"]}` + "\n\n" + lines.String() + `{"end":true}`
			}

			for _, dry := range []bool{true, false} {
				summary, said, err := importLines(w, file("Ada@example.com"), dry)
				if !errors.Is(err, account.ErrImportRefused) || summary.Wrong != 1 ||
					!strings.HasPrefix(said, reserved) {
					t.Errorf("%v: %s", err, said)
				}
			}

			if _, err := w.Store.AccountByEmail(context.Background(),
				"c0@example.com"); !errors.Is(err, models.ErrNotFound) {
				t.Fatalf("half of the file is there: %v", err)
			}

			// The address changes after the check: its batch is not written.
			w.Service.Store = &rival{w.Store, func() {
				w.Service.Store = w.Store
				moveAway(t, w, "eve")
			}}
			_, said, err := importLines(w, file("eve@example.com"), false)
			if !errors.Is(err, account.ErrImportStopped) || !strings.Contains(said, reserved) {
				t.Errorf("%v: %s", err, said)
			}

			w.Service.Store = w.Store

			w.Clock.Advance(73 * time.Hour)
			summary, said, err := importLines(w, file("ada@example.com"), false)
			if err != nil || summary.Imported+summary.Present != 119 {
				t.Errorf("when nobody can take it back: %v, %s", err, said)
			}
		})
	}
}

// TestImportedIdentitiesAreOld checks that an undo of a change of e-mail, which removes recently linked identities,
// keeps the imported ones.
func TestImportedIdentitiesAreOld(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	line := func(email, more string) string {
		return fmt.Sprintf(`{"email":%q,"identities":[{"identityProvider":"GOOGLE",`+
			`"issuer":"https://accounts.google.com","subject":%q}]%s}`+"\n", email, email, more)
	}

	old := line("old@example.com", `,"createdAt":"2020-02-29T13:00:00+01:00"`)
	_, said, err := importLines(w, old+line("new@example.com", ""), false)
	if err != nil {
		t.Fatal(err, said)
	}

	for email, want := range map[string]time.Time{
		"old@example.com": time.Date(2020, 2, 29, 12, 0, 0, 0, time.UTC), "new@example.com": w.Clock.Now(),
	} {
		linked, err := w.Store.Identities(context.Background(), mustFind(t, w, email).ID)
		if err != nil || len(linked) != 1 || !linked[0].LinkedAt.Equal(want.Truncate(time.Microsecond)) {
			t.Errorf("%s: %+v, %v", email, linked, err)
		}
	}
}
