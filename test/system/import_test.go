package system

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/password"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check `account import` below the command: customers can sign in with passwords that other systems
// hashed, and an interrupted run can be repeated.

// importLines imports a file, and returns the output.
func importLines(w *world.World, file string, dryRun bool) (account.ImportSummary, string, error) {
	var said strings.Builder
	summary, err := w.Service.ImportAccounts(context.Background(), account.Import{
		File: strings.NewReader(file), DryRun: dryRun,
		Wrong:    func(line int, problem error) { fmt.Fprintf(&said, "line %d: %v\n", line, problem) },
		Progress: func(checked, written int) { fmt.Fprintf(&said, "%d checked, %d written\n", checked, written) },
	})
	fmt.Fprintf(&said, "lines %d, wrong %d, present %d, imported %d\n", summary.Lines, summary.Wrong, summary.Present,
		summary.Imported)

	return summary, said.String(), err
}

func (s *story) importFile(ts *testscript.TestScript, negated bool, args []string) {
	_, said, err := importLines(s.world(), ts.ReadFile(args[0]), false)
	if (err == nil) == negated {
		ts.Fatalf("%v\n%s", err, said)
	}
	_, err = ts.Stdout().Write([]byte(said))
	ts.Check(err)
}

// foreignHashes has a hash of each kind; internal/password tests those of every vendor.
var foreignHashes = []string{
	`"$argon2i$v=19$m=256,t=1,p=2$c2l4dGVlbmJ5dGVzYWx0IQ$5UOdz7nlRkze+cByaFVNasrXusmpl1VrTTbqNUukfTI"`,
	`"$argon2id$v=19$m=256,t=1,p=2$c2l4dGVlbmJ5dGVzYWx0IQ$XSFCv7/UokkpulrfKKbi9qRAFgfMavFYmOy9U/F9zi4"`,
	`"$2y$05$abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"`,
	`"$7$86..../....SodiumChlorideSalt.1234$vKNzTeU/HQa0okatPMNyw1KPZK.8hMuYN6nehIoFsCB"`,
	`"pbkdf2_sha256$1000$seasalt2$PHmQUVBs8SmdiDYJPGYaRb6gXQOFFRt/u1u0GEpVdSo="`,
	`"AQAAAAEAAAPoAAAAEPDx8vP09fb3+Pn6+/z9/v98Op42X3rFrythiSHFj6HtL+i78NznWLkXHKec1qsRjg=="`,
	`"$wp$2y$05$abcdefghijklmnopqrstuuWEAVh1XTZMsDGYsx3PtD7cT2IL0xY5S"`,
	`"$P$BabcdEFG1wzahwWEFt8MEvqboO.amd/"`,
	`"c33de6937a390d78904df102baf678c2e6aa5eedaf54a6f5d81f616f8b2716bc:Nw8XqYUPtuJ2ZWzv1bIuYxqKrTgM7dHe:1"`,
	`"8818790711ed07797b73ebf944be609e71008d4bd45d49c7420d9d227ee9f7c1:Nw8XqYUPtuJ2ZWzv1bIuYxqKrTgM7dHe:0:1"`,
	`"569f905d24d1df98b0c8cb9484a437ba341388b6a019b2b5d1ccf97f3f2139c8:Nw8XqYUPtuJ2ZWzv1bIuYxqKrTgM7dHe:3_32_1_262144"`,
	`"dfcb3d789d9569995479a4e78e62e37f:Xy"`,
	`"00112233445566778899aabbccddeeff:7810c7374ad2c835c98824291232239af353f6f07d520e3926a1022522fa35fbc9b59972106130f8db7da6f0ad4a47d7552e99a30fac70435ae4aa2a2075a281"`,
	`"c2NyeXB0AAEAAAABAAAAAXNhbHRzYWx0c2FsdHNhbHRzYWx0c2FsdHNhbHRzYWx0eKYEE42mE1DVGGo0N7Tmo0hpcUeYdEoXYo1PgltxdjlZX9A+G0BSUBKAo4mTZGk8"`,
	`"{sha256}000102030405060709106d64b41da5dff3ebb2a347c9b1110c0d5d4d0e86c1af40a0e6b8053aff2b"`,
	`"{bcrypt}$2a$05$abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"`,
	`"$S$5abcdefghizE.r8JRbaNkh1tCs3IconmpTBzcFBkXhyx6wInkIIe"`,
	`"U$S$5abcdefghQZq9BtXgxERtO5WxQbqLMNotBUhw0hxVk0j8m8UK0ja"`,
	`"wordpress:$2y$05$abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"`,
	`"wordpress:5a3b1d184fec5f50e523b9dab0dc2f83"`,
	`{"type":"password","secretData":"{\"value\":\"fDqeNl96xa8rYYkhxY+h7S/ou/Dc51i5FxynnNarEY4=\",\"salt\":\"8PHy8/T19vf4+fr7/P3+/w==\"}","credentialData":"{\"hashIterations\":1000,\"algorithm\":\"pbkdf2-sha256\"}"}`,
}

func TestImportedCustomersSignIn(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			w := world.NewOn(t, world.DefaultSettings(), database(t))
			var file strings.Builder
			for i, form := range foreignHashes {
				fmt.Fprintf(&file, `{"email":"c%d@example.com","passwordHash":%s}`+"\n", i, form)
			}

			if summary, said, err := importLines(w, file.String(),
				false); err != nil || summary.Imported != len(foreignHashes) {
				t.Fatalf("%v, %s", err, said)
			}

			today, err := password.NewHasher(world.Cheap, 1)
			world.Check(t, err)

			for i, form := range foreignHashes {
				email := models.EmailAddress(fmt.Sprintf("c%d@example.com", i))
				signIn := func(typed string) models.Code {
					_, err := w.Service.SignIn(context.Background(), models.Caller{},
						account.SignInInput{Email: email, Password: typed})
					if err == nil {
						return ""
					}
					return models.CodeOf(err)
				}

				stored := func() string {
					kept, err := w.Store.AccountByEmail(context.Background(), email)
					world.Check(t, err)
					return *kept.PasswordHash
				}

				foreign := stored()
				if code := signIn("Grüße, 11 Bäume"); code != models.CodeInvalidCredentials || stored() != foreign {
					t.Errorf("%.20s: a wrong password is %q", form, code)
				}
				if code := signIn("Grüße, 12 Bäume"); code != "" {
					t.Errorf("%.20s: the right password is %s", form, code)
				}
				if today.Outdated(stored()) {
					t.Errorf("%.20s is kept: %.20s", form, stored())
				}
				if code := signIn("Grüße, 12 Bäume"); code != "" {
					t.Errorf("%.20s: the right password is %s after it was hashed anew", form, code)
				}
			}
		})
	}
}

// interrupted fails every transaction after a number of them, like a database that becomes unavailable.
type interrupted struct {
	account.Store
	left int
}

func (i *interrupted) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	if i.left--; i.left < 0 {
		return models.Unavailable(errors.New("it went away"))
	}
	return i.Store.InTx(ctx, decide)
}

func TestImportIsRepeated(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			const lines = 1000
			var file bytes.Buffer
			for i := range lines {
				fmt.Fprintf(&file, `{"email":"c%d@example.com","phone":"+4851%07d","agreements":{"email":true}}`+"\n",
					i, i)
			}

			w := world.NewOn(t, world.DefaultSettings(), database(t))
			if summary, said, err := importLines(w, file.String(),
				true); err != nil || summary.Imported != 0 || summary.Lines != lines {
				t.Fatalf("dry run: %v, %s", err, said)
			}
			if _, err := w.Store.AccountByEmail(context.Background(),
				"c0@example.com"); !errors.Is(err, models.ErrNotFound) {
				t.Fatalf("the dry run wrote: %v", err)
			}

			w.Service.Store = &interrupted{w.Store, 4}
			summary, said, err := importLines(w, file.String(), false)
			if models.CodeOf(err) != models.CodeUnavailable || summary.Imported != 400 {
				t.Fatalf("interrupted: %v, %s", err, said)
			}

			w.Service.Store = w.Store
			if summary, said, err = importLines(w, file.String(),
				false); err != nil || summary.Present != 400 || summary.Imported != 600 {
				t.Fatalf("again: %v, %s", err, said)
			}
			if summary, said, err = importLines(w, file.String(),
				false); err != nil || summary.Present != lines || summary.Imported != 0 {
				t.Fatalf("once more: %v, %s", err, said)
			}
			if events, _, err := w.Store.VerifyAudit(context.Background()); err != nil || events < lines {
				t.Errorf("%d events, %v", events, err)
			}

			world.Check(t, w.Worker.Drain(context.Background()))
			for _, message := range w.Inbox.Messages(context.Background()) {
				t.Errorf("a message was sent: %s", message.Kind)
			}
		})
	}
}

// rival registers a customer while an import runs.
type rival struct {
	account.Store
	register func()
}

func (r *rival) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	if r.register != nil {
		register := r.register
		r.register = nil
		register()
	}
	return r.Store.InTx(ctx, decide)
}

// TestImportMeetsARegistration checks that an address that a customer registers after the check stays with that
// customer: the batch is not written, and the error names the line.
func TestImportMeetsARegistration(t *testing.T) {
	for _, taken := range []account.NewAccount{
		{Email: "b@example.com"}, {Email: "other@example.com", Phone: "+48512345678"},
	} {
		w := world.New(t, world.DefaultSettings())
		w.Service.Store = &rival{w.Store, func() {
			_, err := w.Service.CreateAccount(context.Background(), taken)
			world.Check(t, err)
		}}
		_, said, err := importLines(w,
			`{"email":"a@example.com"}`+"\n\n"+`{"email":"b@example.com","phone":"+48512345678"}`, false)
		if !errors.Is(err, account.ErrImportStopped) || !strings.Contains(said, "line 3: ") {
			t.Errorf("%v: %s", err, said)
		}
		if _, err := w.Store.AccountByEmail(context.Background(),
			"a@example.com"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("half of a batch is there: %v", err)
		}
	}
}

func TestImportReadsEveryLine(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	long := `{"email":"long@example.com","attributes":{"x":"` + strings.Repeat("x", 3<<20) + `"}}`
	file := "\ufeff" + `{"email":"a@example.com"}` + "\r\n" + long + "\n \n" + `{"email":"b@example.com"}` + "\n" + long
	summary, said, err := importLines(w, file, false)
	if !errors.Is(err, account.ErrImportRefused) || summary.Lines != 4 || said !=
		"line 2: the line must be one JSON object\nline 5: the line must be one JSON object\nlines 4, wrong 2, present 0, imported 0\n" {
		t.Errorf("%v: %s", err, said)
	}

	// A program that fails before its first line creates such a file.
	for _, empty := range []string{"", "\n", "\ufeff\n\n"} {
		if summary, said, err := importLines(w, empty,
			false); !errors.Is(err, account.ErrImportEmpty) || summary.Lines != 0 {
			t.Errorf("%q: %v, %s", empty, err, said)
		}
	}
}

// TestImportedIdentities checks that customers can still sign in with their identity provider, and that no identity
// belongs to two accounts.
func TestImportedIdentities(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			w := world.NewOn(t, world.DefaultSettings(), database(t))
			issuer := w.Trust(t, "keycloak", models.ProviderOAuth, false, false).URL
			line := func(email, subject string) string {
				return fmt.Sprintf(`{"email":%q,"identities":[{"identityProvider":"OAUTH","issuer":%q,"subject":%q,"linkedAt":"2020-02-29T12:00:00Z"}]}`+
					"\n", email, issuer, subject)
			}

			good := line("a@example.com", "1") + line("b@example.com", "2")
			for present := range 2 {
				if summary, said, err := importLines(w, good, false); err != nil || summary.Present != 2*present {
					t.Fatalf("%v: %s", err, said)
				}
			}

			provider := models.ProviderOAuth
			signedIn, err := w.Service.SignInWithIdentityProvider(context.Background(), models.Caller{},
				account.SignInWithIdentityProviderInput{
					IdentityProvider: provider, ExternalToken: w.NewToken("keycloak", "2", nil),
				})
			if err != nil || signedIn.Account.Email != "b@example.com" {
				t.Fatalf("%+v, %v", signedIn, err)
			}

			identities, err := w.Store.Identities(context.Background(), signedIn.Account.ID)
			if err != nil || len(identities) != 1 ||
				identities[0].LinkedAt.Format(time.RFC3339) != "2020-02-29T12:00:00Z" {
				t.Errorf("%+v, %v", identities, err)
			}

			for file, want := range map[string]string{
				line("c@example.com",
					"1"): "line 1: identities holds one that belongs to another account\n",
				line("a@example.com", "3"):                              "line 1: identities differs from the account that is there\n",
				line("c@example.com", "3") + line("d@example.com", "3"): "line 2: identities is that of line 1, too\n",
				strings.ReplaceAll(line("c@example.com", "3"), `}]`, `},{"identityProvider":"OAUTH","issuer":"`+issuer+
					`","subject":"4"}]`): "line 1: identities must not hold two of one issuer\n",
				strings.ReplaceAll(
					line("c@example.com", " "), "OAUTH", "SYNERISE",
				): "line 1: identities.identityProvider must be GOOGLE, APPLE, FACEBOOK or OAUTH\nline 1: identities.subject must not be empty; send null to clear it\n",
				strings.ReplaceAll(
					strings.ReplaceAll(line("c@example.com", "3"), "http://", ""), "2020-", "2032-",
				): "line 1: identities.issuer must be the address that --identity-providers or --customer-tokens has\nline 1: identities.linkedAt must be a time between 1970 and now\n",
				strings.ReplaceAll(line("c@example.com", "3"), `"identities":[`, `"identities":[`+strings.Repeat(
					`{"identityProvider":"GOOGLE"},`, 20,
				)): "line 1: identities must not be more than 20\n",
			} {
				_, said, err := importLines(w, file, false)
				if !errors.Is(err, account.ErrImportRefused) || !strings.HasPrefix(said, want+"lines ") {
					t.Errorf("%s is told\n%s, not\n%s", file, said, want)
				}
			}

			// Another customer links the identity after the check.
			rivalLine := line("e@example.com", "9")
			w.Service.Store = &rival{w.Store, func() {
				world.Check(t, w.Store.InTx(context.Background(), func(tx account.Tx) error {
					return tx.LinkIdentity(context.Background(), &models.Identity{AccountID: signedIn.Account.ID,
						IdentityProvider: provider, Issuer: "https://other.example", Subject: "8",
						LinkedAt: w.Clock.Now()})
				}))
			}}
			rivalLine = strings.Replace(strings.Replace(rivalLine, issuer, "https://other.example", 1), `"9"`, `"8"`, 1)
			if _, said, err := importLines(w, rivalLine, false); !errors.Is(err, account.ErrImportStopped) ||
				!strings.Contains(said, "line 1: identities holds one") {
				t.Errorf("%v: %s", err, said)
			}
		})
	}
}

// TestImportKnowsTheProfile checks that every field of the profile can be imported, and is compared when the same
// file is imported again.
func TestImportKnowsTheProfile(t *testing.T) {
	values := map[string][2]string{
		"FirstName": {`"A"`, `"B"`}, "LastName": {`"A"`, `"B"`}, "DisplayName": {`"A"`, `"B"`},
		"Sex": {`"FEMALE"`, `"MALE"`}, "BirthDate": {`"2000-01-01"`, `"2000-01-02"`},
		"AvatarURL": {`"https://a.example/a"`, `"https://a.example/b"`}, "Company": {`"A"`, `"B"`},
		"Address": {`"A"`, `"B"`}, "City": {`"A"`, `"B"`}, "Province": {`"A"`, `"B"`},
		"ZipCode": {`"10115"`, `"10116"`}, "CountryCode": {`"DE"`, `"PL"`}, "Language": {`"de"`, `"pl"`},
		"TimeZone":   {`"Europe/Berlin"`, `"Europe/Warsaw"`},
		"Agreements": {`{"rfid":true}`, `{"rfid":false}`}, "Attributes": {`{"a":1}`, `{"a":2}`},
	}
	w := world.New(t, world.DefaultSettings())
	profile := reflect.TypeFor[account.ProfileInput]()
	for i := range profile.NumField() {
		field := profile.Field(i).Name
		name := strings.Replace(strings.ToLower(field[:1])+field[1:], "URL", "Url", 1)
		if values[field] == [2]string{} {
			t.Fatalf("give %s two values in values", field)
		}
		line := func(value string) string {
			return fmt.Sprintf(`{"email":"c%d@example.com",%q:%s}`, i, name, value)
		}

		if _, said, err := importLines(w, line(values[field][0]), false); err != nil {
			t.Errorf("%s is not imported: %v, %s", name, err, said)
		}
		if _, said, err := importLines(w, line(values[field][1]),
			false); err == nil || !strings.Contains(said, name+" differs") {
			t.Errorf("%s is not compared: %v, %s", name, err, said)
		}
	}
}
