package system

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check the lines of an import that are not customers: its begin, its end, and the values that may be
// dropped.

// TestImportWasCutOff checks that a file is not imported if the program that writes it was stopped.
func TestImportWasCutOff(t *testing.T) {
	const begin, end, customer = `{"begin":"a shop"}`, `{"end":true}`, `{"email":"a@example.com"}`
	const left = `{"leftOut":"no e-mail","customId":"7"}`
	for file, want := range map[string]string{
		begin + "\n" + customer + "\n" + left + "\n" + end: "",
		begin + "\n" + end:                   "",
		customer + "\n" + begin + "\n" + end: "",
		begin + "\n" + end + "\n" + begin + "\n" + customer + "\n" + end: "",
		begin: "line 1: end is missing behind it: what began in line 1 stopped half-way; write the file again\n",
		begin + "\n" +
			customer: "line 2: end is missing behind it: what began in line 1 stopped half-way; write the file again\n",
		begin + "\n" + customer + "\n\n" +
			`{"email":"b@exam`: "line 4: the line must be one JSON object\nline 4: end is missing behind it: what began in line 1 stopped half-way; write the file again\n",
		begin + "\n" + end + "\n" + begin + "\n" +
			customer: "line 4: end is missing behind it: what began in line 3 stopped half-way; write the file again\n",
		begin + "\n" + customer + "\n" + begin + "\n" +
			end: "line 3: begin must not stand before the end of what began in line 1\n",
		customer + "\n" +
			end: "line 2: end must stand behind a line that begins\n",
		begin + "\n" + end + "\n" +
			customer: "line 3: the line must not stand behind the end in line 2\n",
		begin + "\n" + end + "\n" +
			left: "line 3: the line must not stand behind the end in line 2\n",
		begin + "\n" + end + "\n" +
			end: "line 3: end must stand behind a line that begins\n",
		begin + "\n" + `{"end":false}` + "\n" +
			end: "line 2: the line must be {\"begin\":\"…\",\"dropIfWrong\":[\"…\"]}, {\"end\":true}, {\"leftOut\":\"…\",\"customId\":\"…\"} or a customer with an email\n",
		`{"begin":"x","end":true}` + "\n" +
			end: "line 1: the line must be {\"begin\":\"…\",\"dropIfWrong\":[\"…\"]}, {\"end\":true}, {\"leftOut\":\"…\",\"customId\":\"…\"} or a customer with an email\nline 2: end must stand behind a line that begins\n",
		begin + "\n" + `{"leftOut":"x","uuid":"y"}` + "\n" +
			end: "line 2: the line must be {\"begin\":\"…\",\"dropIfWrong\":[\"…\"]}, {\"end\":true}, {\"leftOut\":\"…\",\"customId\":\"…\"} or a customer with an email\n",
		begin + "\n" + `{"leftOut":" "}` + "\n" +
			end: "line 2: leftOut must not be empty; send null to clear it\n",
		begin + "\n" + `{"email":"a@example.com","leftOut":[1]}` + "\n" +
			end: "line 2: leftOut must be a text or a list of texts\n",
		begin + "\n" + `{"email":"a@example.com","begin":"x"}` + "\n" +
			end: "line 2: \"begin\" is not known\n",
		`{"begin":"x","dropIfWrong":["status"]}` + "\n" +
			end: "line 1: dropIfWrong must hold no other fields than [",
		begin + "\n" + `{"email":"a@example.com","attributes":{"end":true,"leftOut":[1]}}` + "\n" + end: "",
	} {
		w := world.New(t, world.DefaultSettings())
		_, said, err := importLines(w, file, false)
		if want == "" {
			if err != nil || strings.Contains(said, "line ") {
				t.Errorf("%s\n%v, %s", file, err, said)
			}
			continue
		}

		if !errors.Is(err, account.ErrImportRefused) || !strings.HasPrefix(said, want) {
			t.Errorf("%s\n%v, %s", file, err, said)
		}
		if _, err := w.Store.AccountByEmail(context.Background(), "a@example.com"); err == nil {
			t.Errorf("%s\nis imported", file)
		}
	}
}

// TestImportLosses checks that values that may be dropped are dropped, counted and reported, and no others.
func TestImportLosses(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	_, err := w.Service.CreateAccount(context.Background(),
		account.NewAccount{Email: "there@example.com", Phone: "+48512345670"})
	world.Check(t, err)
	file := `{"begin":"a shop","dropIfWrong":["email","phone","zipCode","passwordHash","attributes"]}
{"email":"right@example.com","phone":"+48512345678","zipCode":"00-001"}
{"email":"wrong@example.com","phone":"call me","phoneVerified":true,"zipCode":"?","firstName":"Kept"}
{"email":"twin@example.com","phone":"+48 512 345 678"}
{"email":"owner@example.com","phone":"+48512345679"}
{"email":"proven@example.com","phone":"+48512345679","phoneVerified":true}
{"email":"taken@example.com","phone":"+48512345670"}
{"email":"no address","firstName":"Gone"}
{"email":"hash@example.com","passwordHash":"5f4dcc3b5aa765d61d8327deb882cf99","leftOut":["second factors","roles"]}
{"leftOut":"no e-mail","customId":"7"}
{"leftOut":"no e-mail"}
{"end":true}
`
	for present := range 2 {
		summary, said, err := importLines(w, file, false)
		if err != nil || summary.Lines != 7 || summary.Imported+summary.Present != 7 || summary.Present != 7*present ||
			summary.LeftOut != 3 || summary.Incomplete != 5 {
			t.Fatalf("%v: %+v\n%s", err, summary, said)
		}

		want := []account.ImportLoss{
			{Reason: "no e-mail", LeftOut: true, Customers: 2, Lines: []int{10, 11}},
			{Reason: "email must be an e-mail address such as name@example.com",
				LeftOut: true, Customers: 1, Lines: []int{8}},
			{Reason: "passwordHash is of no form that is known", Customers: 1, Lines: []int{9}},
			{Reason: "phone must be a phone number in international form, such as +48 512 345 678",
				Customers: 1, Lines: []int{3}},
			{Reason: "roles", Customers: 1, Lines: []int{9}},
			{Reason: "second factors", Customers: 1, Lines: []int{9}},
			{Reason: "zipCode must be a postal code of 2 to 12 characters", Customers: 1, Lines: []int{3}},
		}
		if present == 0 {
			want = append(want,
				account.ImportLoss{Reason: "phone is another customer's, too", Customers: 2, Lines: []int{4, 5}},
				account.ImportLoss{Reason: "phone belongs to another account", Customers: 1, Lines: []int{7}})
		} else {
			want = append(want, account.ImportLoss{
				Reason: "phone differs from the account that is there", Customers: 3, Lines: []int{4, 5, 7},
			})
		}

		for _, loss := range want {
			if !containsLoss(summary.Losses, loss) {
				t.Errorf("run %d: %+v is not said: %+v", present, loss, summary.Losses)
			}
		}
	}

	for email, phone := range map[string]string{
		"right@example.com": "+48512345678", "wrong@example.com": "", "twin@example.com": "", "owner@example.com": "",
		"proven@example.com": "+48512345679", "taken@example.com": "",
	} {
		found, err := w.Service.FindAccount(context.Background(), email)
		world.Check(t, err)
		got := ""
		if found.Phone != nil {
			got = string(*found.Phone)
		}
		if got != phone {
			t.Errorf("%s has %q, not %q", email, got, phone)
		}
	}

	wrong, err := w.Service.FindAccount(context.Background(), "wrong@example.com")
	world.Check(t, err)
	if wrong.PhoneVerifiedAt != nil || wrong.ZipCode != nil || wrong.FirstName == nil {
		t.Errorf("%+v", wrong)
	}
}

func containsLoss(losses []account.ImportLoss, wanted account.ImportLoss) bool {
	for _, loss := range losses {
		if loss.Reason == wanted.Reason && loss.LeftOut == wanted.LeftOut && loss.Customers == wanted.Customers &&
			len(loss.Lines) == len(wanted.Lines) && loss.Lines[0] == wanted.Lines[0] {
			return true
		}
	}
	return false
}

// TestImportLosesNothingElse checks that errors in other fields refuse the file, and also repeated addresses.
func TestImportLosesNothingElse(t *testing.T) {
	for line, want := range map[string]string{
		`{"email":"a@example.com","city":" ","zipCode":"?"}`:             "line 2: city must not be empty",
		`{"email":"a@example.com","status":"GONE"}`:                      "line 2: status must be ACTIVE, PENDING, BLOCKED or DELETION_PENDING",
		`{"email":"a@example.com"}` + "\n" + `{"email":"A@example.com"}`: "line 3: email is that of line 2, too",
		`{"phone":"+48512345678"}`:                                       "line 2: email must be given",
	} {
		w := world.New(t, world.DefaultSettings())
		_, said, err := importLines(w, `{"begin":"x","dropIfWrong":["zipCode"]}`+"\n"+line+"\n"+`{"end":true}`, false)
		if !errors.Is(err, account.ErrImportRefused) || !strings.Contains(said, want) {
			t.Errorf("%s: %v, %s", line, err, said)
		}
	}
}

// TestImportMeetsAClaim checks that whoever claims customers' addresses before an import can't block it (R-PRF1):
// an address that the shop vouches for displaces a claim, and a claim displaces no account.
func TestImportMeetsAClaim(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			w := world.NewOn(t, world.DefaultSettings(), database(t))
			w.Do(t, "stranger", "registerAccount",
				`{"email":"victim@example.com","password":"a stranger was here","firstName":"S"}`)
			w.Do(t, "stranger", "signIn", `{"email":"victim@example.com","password":"a stranger was here"}`)
			stranger := mustFind(t, w, "victim@example.com")

			if _, said, err := importLines(w, `{"email":"victim@example.com","emailVouched":false}`,
				false); !errors.Is(err, account.ErrImportRefused) ||
				!strings.HasPrefix(said, "line 1: email belongs to an account that was not imported\n") {
				t.Fatalf("a claim: %v, %s", err, said)
			}

			line := `{"email":"victim@example.com","firstName":"V","passwordHash":"$2b$05$abcdefghijklmnopqrstuu8RMe1hwjw7VXok7OfSXsD9tSl7EPd4O"}`
			for present := range 2 {
				if summary, said, err := importLines(w, line,
					false); err != nil || summary.Present != present || summary.Imported != 1-present {
					t.Fatalf("%v, %s", err, said)
				}
			}

			victim, left := mustFind(t, w, "victim@example.com"), mustFind(t, w, stranger.ID)
			if victim.ID == stranger.ID || *victim.FirstName != "V" || !left.EmailDisplaced() ||
				*left.FirstName != "S" {
				t.Errorf("the customer is %+v, and the stranger %+v", victim, left)
			}

			for password, want := range map[string]bool{"a stranger was here": false, "Grüße, 12 Bäume": true} {
				if _, err := w.Service.SignIn(context.Background(), models.Caller{},
					account.SignInInput{Email: "victim@example.com", Password: password}); (err == nil) != want {
					t.Errorf("%q signs in: %v", password, err)
				}
			}
		})
	}
}
