package system

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// person is a customer with unique data, which occur nowhere else.
const person = `"firstName":"Zulfiqar","lastName":"Quetzalkopf","displayName":"Zettelwirt","company":"Xylophonhaus","address":"Jabberwockgasse 7",
	"city":"Vorpalstadt","province":"Bandersnatch","zipCode":"ZQX-4711","birthDate":"1907-03-29","avatarUrl":"https://pictures.example/mimsyborogove.png",
	"attributes":{"snarkkey":"boojumvalue","deep":{"frumious":["slithytoves"]}}`

// traces are texts that must not be found after the person's account is deleted.
var traces = []string{
	"quilpfritz", "512340987", "Zulfiqar", "Quetzalkopf", "Zettelwirt", "Xylophonhaus", "Jabberwock", "Vorpalstadt",
	"Bandersnatch", "ZQX-4711", "1907-03-29",
	"mimsyborogove", "snarkkey", "boojumvalue", "frumious", "slithytoves", "otherquilp", "601230987", "Ygdrasilna", "Tulgeywood", "Toveshausen", "Galumphing9",
}

const personEmail = "quilpfritz@example.net"

// found lists the traces in the database's files and in the log.
func found(t *testing.T, w *world.World) []string {
	t.Helper()
	var hits []string
	look := func(place string, content []byte) {
		for _, trace := range tracesIn(content) {
			hits = append(hits, place+": "+trace)
		}
	}

	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		content, err := os.ReadFile(w.Database + suffix)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		look("database"+suffix, content)
	}

	look("log", []byte(w.Log.String()))

	return hits
}

// live makes the person do everything that leaves data, and returns the account's id and the secrets that were
// still valid at the end.
func live(t *testing.T, w *world.World) (id string, tokens []string) {
	t.Helper()
	world.Succeed(t, w.Do(t, "", "registerAccount", fmt.Sprintf(
		`{"email":%q,"password":"correct horse battery staple","agreements":{"email":true},%s}`, personEmail, person,
	)))
	world.Succeed(t, w.Do(t, "", "confirmAccountActivation", fmt.Sprintf(`{"token":%q,"password":%q}`,
		*w.Message(t, models.MessageActivation, personEmail).Token, account.DemoPassword)))
	id = world.Succeed(t, w.Do(t, "person", "signIn", world.Credentials(personEmail, account.DemoPassword))).At(
		"signIn.account.id",
	).(string)
	addAddress(t, w, "person", `{"firstName":"Ygdrasilna","line1":"Tulgeywood 5","city":"Toveshausen",
		"postalCode":"10115","countryCode":"DE","taxId":"Galumphing9"}`)
	world.Succeed(t, w.Do(t, "person", "requestPhoneUpdate", `{"phone":"+48512340987"}`))
	world.Succeed(t, w.Do(t, "person", "confirmPhoneUpdate",
		confirmation("+48512340987", *w.Message(t, models.MessagePhoneCode, "").Code)))
	// A stranger tries the address in every possible way.
	world.Succeed(t, w.Do(t, "", "registerAccount",
		fmt.Sprintf(`{"email":%q,"password":"correct horse battery staple"}`, personEmail)))
	refused(t, w.Do(t, "", "signIn", world.Credentials(personEmail, "wrong")), models.CodeInvalidCredentials)
	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"company":"of the other customer"}`))
	// A change to another address and back.
	world.Succeed(t, w.Do(t, "person", "requestEmailChange",
		`{"email":"otherquilp@example.net","password":"correct horse battery staple"}`))
	world.Succeed(t, w.Do(t, "person", "confirmEmailChange",
		fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`, *w.Message(t, models.MessageEmailChange, "").Token)))
	world.Succeed(t, w.Do(t, "", "undoEmailChange",
		fmt.Sprintf(`{"token":%q}`, *w.Message(t, models.MessageEmailChanged, personEmail).Token)))
	w.Clock.Advance(25 * time.Hour)
	world.Succeed(t, w.Do(t, "person", "signIn", world.Credentials(personEmail, account.DemoPassword)))
	// The messages that are pending at the deletion, sent and unsent.
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", fmt.Sprintf(`{"email":%q}`, personEmail)))
	world.Succeed(t, w.Do(t, "person", "requestEmailChange",
		`{"email":"otherquilp@example.net","password":"correct horse battery staple"}`))
	tokens = []string{*w.Message(t, models.MessagePasswordReset, "").Token, *w.Message(t, models.MessageEmailChange,
		"").Token, *w.Message(t, models.MessageEmailChangeAsked, "").Token}
	world.Succeed(t, w.Do(t, "person", "requestPhoneUpdate", `{"phone":"+48601230987"}`))

	return id, tokens
}

// TestNothingIsLeftOfADeletedAccount checks R-DEL5 and R-DEL6: once the notice is delivered and the database's
// files are cleaned up, no byte of the personal data is in them or in the log; also among many other accounts.
func TestNothingIsLeftOfADeletedAccount(t *testing.T) {
	for _, others := range []int{0, 60} {
		t.Run(fmt.Sprint(others, " others"), func(t *testing.T) {
			t.Parallel()
			w := signedIn(t, world.DefaultSettings())
			neighbours := func(from int) {
				for i := range others / 2 {
					_, err := w.Service.CreateAccount(t.Context(), account.NewAccount{
						Email:     models.EmailAddress(fmt.Sprintf("q%d-of-many@example.net", from+i)),
						Phone:     models.PhoneNumber(fmt.Sprintf("+4851234%04d", from+i)),
						FirstName: strings.Repeat("Zz", 50), Password: account.DemoPassword,
					})
					world.Check(t, err)
				}
			}

			neighbours(0)
			live(t, w)
			neighbours(5000)
			if hits := found(t, w); len(hits) < len(traces) {
				t.Fatalf("before the deletion only these are found, so the test looks in the wrong place: %v", hits)
			}

			world.Succeed(t,
				w.Do(t, "person", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
			if notice := w.Message(t, models.MessageAccountDeleted, ""); notice.To != personEmail {
				t.Errorf("the notice went to %s", notice.To)
			}

			world.Check(t, w.Store.Forget(context.Background()))
			if hits := found(t, w); len(hits) > 0 {
				t.Errorf("left behind: %v", hits)
			}

			world.Check(t, w.Store.Close())
			if hits := found(t, w); len(hits) > 0 {
				t.Errorf("left behind after the end of the process: %v", hits)
			}
		})
	}
}

// rowsOf counts the rows that refer to an account, in every table except the audit trail.
func rowsOf(t *testing.T, w *world.World, id string) int {
	t.Helper()
	n := query(t, w, `SELECT count(*) FROM accounts WHERE id = ?`, id)
	for _, table := range []string{"sessions", "challenges", "identities", "passkeys", "authenticators", "recovery_codes", "consents", "outbox"} {
		n += query(t, w, `SELECT count(*) FROM `+table+` WHERE account_id = ?`, id)
	}
	return n
}

// TestNewAccountInheritsNothing checks R-DEL7 and R-ACC5: address and number are available at once, their next
// owner starts without any data, and the old account's secrets in mails and on devices are invalid forever.
func TestNewAccountInheritsNothing(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	old, tokens := live(t, w)
	session := w.Tokens["person"]
	world.Succeed(t, w.Do(t, "person", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
	refused(t, w.Do(t, "person", "account", ""), models.CodeUnauthenticated)
	if n := rowsOf(t, w, old); n != 0 {
		t.Errorf("%d rows are left", n)
	}

	w.Clock.Advance(time.Hour)
	world.Succeed(t,
		w.Do(t, "", "registerAccount", fmt.Sprintf(`{"email":%q,"password":"of somebody else"}`, personEmail)))
	signIn := world.Succeed(t, w.Do(t, "anew", "signIn", world.Credentials(personEmail, "of somebody else")))
	if signIn.At("signIn.account.id") == old || signIn.At("signIn.account.emailVerified") != false ||
		signIn.At("signIn.account.version") != float64(1) {
		t.Errorf("the new account is %s", signIn.Body)
	}

	for _, trace := range traces[1:] {
		if strings.Contains(signIn.Body, trace) {
			t.Errorf("the new account has %s", trace)
		}
	}

	if sessions := signIn.At("signIn.account.sessions").([]any); len(sessions) != 1 {
		t.Errorf("the new account has %d sessions", len(sessions))
	}

	for _, field := range []string{"phone", "pendingEmailChange", "pendingPhoneUpdate", "agreements.email"} {
		if value := signIn.At("signIn.account." + field); value != nil {
			t.Errorf("the new account's %s is %v", field, value)
		}
	}

	if history := consentHistory(t, w, signIn.At("signIn.account.id").(string)); len(history) != 0 {
		t.Errorf("the new account's consents are %v", history)
	}

	activity := w.Post(t, world.Call{Key: w.Keys["development"],
		Token: w.Tokens["anew"], Body: `{"query":"{ account { activity { edges { node { operation } } } } }"}`})
	if edges := world.Succeed(t, activity).At("account.activity.edges").([]any); len(edges) != 2 {
		t.Errorf("the new account's activity is %s", activity.Body)
	}

	for _, token := range tokens {
		refused(t, w.Do(t, "", "confirmPasswordReset",
			fmt.Sprintf(`{"token":%q,"password":"a long enough one"}`, token)), models.CodeTokenInvalid)
		refused(t, w.Do(t, "", "confirmEmailChange", fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`, token)),
			models.CodeTokenInvalid)
		refused(t, w.Do(t, "", "undoEmailChange", fmt.Sprintf(`{"token":%q}`, token)), models.CodeTokenInvalid)
	}

	w.Tokens["person"] = session

	for _, operation := range []struct{ name, input string }{
		{"account", ""}, {"updateAccount", `{"firstName":"Ada"}`}, {"signOut", `{}`}, {"cancelEmailChange", ""},
		{"requestPhoneUpdate", `{"phone":"+48512340987"}`},
		{"deleteAccount", `{"clientAuthFactor":"correct horse battery staple"}`},
	} {
		refused(t, w.Do(t, "person", operation.name, operation.input), models.CodeUnauthenticated)
	}

	refused(t, w.Do(t, "", "signIn", world.Credentials(personEmail, account.DemoPassword)),
		models.CodeInvalidCredentials)
	world.Succeed(t, w.Do(t, "anew", "requestPhoneUpdate", `{"phone":"+48512340987"}`))
	world.Succeed(t, w.Do(t, "anew", "confirmPhoneUpdate",
		confirmation("+48512340987", *w.Message(t, models.MessagePhoneCode, "").Code)))
}

// TestNothingComesBackAfterDeletion checks R-DEL8: an operation concurrent with a deletion happens either before it
// or not at all, and the second of two deletions is refused like any call without a session.
func TestNothingComesBackAfterDeletion(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := signedIn(t, settings)
	for round := range 6 {
		name := fmt.Sprint("customer-", round)
		id := addCustomer(t, w, name).ID
		world.Succeed(t, w.Do(t, "", "requestPasswordReset", fmt.Sprintf(`{"email":"%s@example.com"}`, name)))
		token := *w.Message(t, models.MessagePasswordReset, name+"@example.com").Token
		calls := []struct{ customer, operation, input string }{
			{name, "deleteAccount", `{"clientAuthFactor":"correct horse battery staple"}`},
			{name, "deleteAccount", `{"clientAuthFactor":"correct horse battery staple"}`},
			{name, "updateAccount", `{"firstName":"Ada","agreements":{"email":true}}`},
			{name, "requestPhoneUpdate", `{"phone":"+48512345678"}`},
			{name, "requestEmailChange",
				fmt.Sprintf(`{"email":"new-%d@example.com","password":"correct horse battery staple"}`, round)},
			{"", "signIn", world.Credentials(models.EmailAddress(name+"@example.com"), account.DemoPassword)},
			{"", "requestPasswordReset", fmt.Sprintf(`{"email":"%s@example.com"}`, name)},
			{"", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"a long enough one"}`, token)},
		}
		deleted := 0
		for i, a := range concurrently(len(calls), func(i int) *world.Answer {
			one := *w // with its own map of sessions, which the world changes
			one.Tokens = map[string]string{name: w.Tokens[name]}
			return one.Do(t, calls[i].customer, calls[i].operation, calls[i].input)
		}) {
			switch a.Code() {
			case "":
				if calls[i].operation == "deleteAccount" {
					deleted++
				}
			case "UNAUTHENTICATED", "INVALID_CREDENTIALS", "TOKEN_INVALID":
			default:
				t.Errorf("%s beside the deletion: %s", calls[i].operation, a.Body)
			}
		}

		if deleted > 1 {
			t.Errorf("deleted %d times", deleted)
		}
		if rows := rowsOf(t, w, id); deleted == 1 && rows != 0 {
			t.Errorf("%d rows came back", rows)
		}
		if deleted == 1 {
			refused(t, w.Do(t, name, "deleteAccount", `{"clientAuthFactor":"correct horse battery staple"}`),
				models.CodeUnauthenticated)
		}
	}
}
