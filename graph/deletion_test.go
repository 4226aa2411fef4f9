package graph_test

import (
	"bytes"
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
)

// person is a customer whose data are easy to find: nothing of it stands anywhere else.
const person = `"firstName":"Zulfiqar","lastName":"Quetzalkopf","displayName":"Zettelwirt","company":"Xylophonhaus","address":"Jabberwockgasse 7",
	"city":"Vorpalstadt","province":"Bandersnatch","zipCode":"ZQX-4711","birthDate":"1907-03-29","avatarUrl":"https://pictures.example/mimsyborogove.png",
	"attributes":{"snarkkey":"boojumvalue","deep":{"frumious":["slithytoves"]}}`

// traces are what must not be found once the person is gone.
var traces = []string{
	"quilpfritz", "512340987", "Zulfiqar", "Quetzalkopf", "Zettelwirt", "Xylophonhaus", "Jabberwock", "Vorpalstadt", "Bandersnatch", "ZQX-4711", "1907-03-29",
	"mimsyborogove", "snarkkey", "boojumvalue", "frumious", "slithytoves", "otherquilp", "601230987",
}

const personEmail = "quilpfritz@example.net"

// found lists the traces in the database's files and in the log.
func found(t *testing.T, w *world) []string {
	t.Helper()
	var hits []string
	look := func(place string, content []byte) {
		for _, trace := range traces {
			if bytes.Contains(bytes.ToLower(content), []byte(strings.ToLower(trace))) {
				hits = append(hits, place+": "+trace)
			}
		}
	}
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		content, err := os.ReadFile(w.file + suffix)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		look("database"+suffix, content)
	}
	look("log", []byte(w.log.String()))
	return hits
}

// live lets the person do everything that leaves something behind, and returns the account's id and the secrets that were live last.
func live(t *testing.T, w *world) (id string, tokens []string) {
	t.Helper()
	succeed(t, w.do(t, "", "registerAccount", fmt.Sprintf(`{"email":%q,"password":"correct horse battery staple","agreements":{"email":true},%s}`, personEmail, person)))
	succeed(t, w.do(t, "", "confirmAccountActivation", fmt.Sprintf(`{"token":%q,"password":%q}`, *w.message(t, models.MessageActivation, personEmail).Token, account.DemoPassword)))
	id = succeed(t, w.do(t, "person", "signIn", credentials(personEmail, account.DemoPassword))).at("signIn.account.id").(string)
	succeed(t, w.do(t, "person", "requestPhoneUpdate", `{"phone":"+48512340987"}`))
	succeed(t, w.do(t, "person", "confirmPhoneUpdate", confirmation("+48512340987", *w.message(t, models.MessagePhoneCode, "").Code)))
	// A stranger tries the address, in the ways that a stranger can.
	succeed(t, w.do(t, "", "registerAccount", fmt.Sprintf(`{"email":%q,"password":"correct horse battery staple"}`, personEmail)))
	refused(t, w.do(t, "", "signIn", credentials(personEmail, "wrong")), models.CodeInvalidCredentials)
	succeed(t, w.do(t, "demo", "updateAccount", `{"company":"of the other customer"}`))
	// A change to another address and back.
	succeed(t, w.do(t, "person", "requestEmailChange", `{"email":"otherquilp@example.net","password":"correct horse battery staple"}`))
	succeed(t, w.do(t, "person", "confirmEmailChange", fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`, *w.message(t, models.MessageEmailChange, "").Token)))
	succeed(t, w.do(t, "", "undoEmailChange", fmt.Sprintf(`{"token":%q}`, *w.message(t, models.MessageEmailChanged, personEmail).Token)))
	w.clock.advance(25 * time.Hour)
	succeed(t, w.do(t, "person", "signIn", credentials(personEmail, account.DemoPassword)))
	// What is still pending when the account goes, sent and unsent.
	succeed(t, w.do(t, "", "requestPasswordReset", fmt.Sprintf(`{"email":%q}`, personEmail)))
	succeed(t, w.do(t, "person", "requestEmailChange", `{"email":"otherquilp@example.net","password":"correct horse battery staple"}`))
	tokens = []string{*w.message(t, models.MessagePasswordReset, "").Token, *w.message(t, models.MessageEmailChange, "").Token, *w.message(t, models.MessageEmailChangeAsked, "").Token}
	succeed(t, w.do(t, "person", "requestPhoneUpdate", `{"phone":"+48601230987"}`))
	return id, tokens
}

// TestNothingIsLeftOfADeletedAccount guards R-DEL5 and R-DEL6: once the notice is delivered and the database's
// files are cleaned up, no byte of the personal data is in them, nor in the log; the same among many other accounts.
func TestNothingIsLeftOfADeletedAccount(t *testing.T) {
	for _, others := range []int{0, 60} {
		t.Run(fmt.Sprint(others, " others"), func(t *testing.T) {
			t.Parallel()
			w := signedIn(t, defaultSettings())
			neighbours := func(from int) {
				for i := range others / 2 {
					_, err := w.service.CreateAccount(t.Context(), account.NewAccount{
						Email: models.EmailAddress(fmt.Sprintf("q%d-of-many@example.net", from+i)), Phone: models.PhoneNumber(fmt.Sprintf("+4851234%04d", from+i)),
						FirstName: strings.Repeat("Zz", 50), Password: account.DemoPassword,
					})
					check(t, err)
				}
			}
			neighbours(0)
			live(t, w)
			neighbours(5000)
			if hits := found(t, w); len(hits) < len(traces) {
				t.Fatalf("before the deletion only these are found, so the test looks in the wrong place: %v", hits)
			}
			succeed(t, w.do(t, "person", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
			if notice := w.message(t, models.MessageAccountDeleted, ""); notice.To != personEmail {
				t.Errorf("the notice went to %s", notice.To)
			}
			check(t, w.store.Forget(context.Background()))
			if hits := found(t, w); len(hits) > 0 {
				t.Errorf("left behind: %v", hits)
			}
			check(t, w.store.Close())
			if hits := found(t, w); len(hits) > 0 {
				t.Errorf("left behind after the end of the process: %v", hits)
			}
		})
	}
}

// rowsOf counts the rows that name an account, in every table but the audit trail.
func rowsOf(t *testing.T, w *world, id string) int {
	t.Helper()
	n := query(t, w, `SELECT count(*) FROM accounts WHERE id = ?`, id)
	for _, table := range []string{"sessions", "challenges", "identities", "consents", "outbox"} {
		n += query(t, w, `SELECT count(*) FROM `+table+` WHERE account_id = ?`, id)
	}
	return n
}

// TestNewAccountInheritsNothing guards R-DEL7 and R-ACC5: address and number are free at once, whoever has them
// next begins with nothing, and what the old account left in mails and devices is dead for good.
func TestNewAccountInheritsNothing(t *testing.T) {
	t.Parallel()
	w := signedIn(t, defaultSettings())
	old, tokens := live(t, w)
	session := w.tokens["person"]
	succeed(t, w.do(t, "person", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
	refused(t, w.do(t, "person", "account", ""), models.CodeUnauthenticated)
	if n := rowsOf(t, w, old); n != 0 {
		t.Errorf("%d rows are left", n)
	}
	w.clock.advance(time.Hour)
	succeed(t, w.do(t, "", "registerAccount", fmt.Sprintf(`{"email":%q,"password":"of somebody else"}`, personEmail)))
	signIn := succeed(t, w.do(t, "anew", "signIn", credentials(personEmail, "of somebody else")))
	if signIn.at("signIn.account.id") == old || signIn.at("signIn.account.emailVerified") != false || signIn.at("signIn.account.version") != float64(1) {
		t.Errorf("the new account is %s", signIn.body)
	}
	for _, trace := range traces[1:] {
		if strings.Contains(signIn.body, trace) {
			t.Errorf("the new account has %s", trace)
		}
	}
	if sessions := signIn.at("signIn.account.sessions").([]any); len(sessions) != 1 {
		t.Errorf("the new account has %d sessions", len(sessions))
	}
	for _, field := range []string{"phone", "pendingEmailChange", "pendingPhoneUpdate", "agreements.email"} {
		if value := signIn.at("signIn.account." + field); value != nil {
			t.Errorf("the new account's %s is %v", field, value)
		}
	}
	if history := consentHistory(t, w, signIn.at("signIn.account.id").(string)); len(history) != 0 {
		t.Errorf("the new account's consents are %v", history)
	}
	activity := w.post(t, call{key: w.keys["development"], token: w.tokens["anew"], body: `{"query":"{ account { activity { edges { node { operation } } } } }"}`})
	if edges := succeed(t, activity).at("account.activity.edges").([]any); len(edges) != 2 {
		t.Errorf("the new account's activity is %s", activity.body)
	}
	for _, token := range tokens {
		refused(t, w.do(t, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"a long enough one"}`, token)), models.CodeTokenInvalid)
		refused(t, w.do(t, "", "confirmEmailChange", fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`, token)), models.CodeTokenInvalid)
		refused(t, w.do(t, "", "undoEmailChange", fmt.Sprintf(`{"token":%q}`, token)), models.CodeTokenInvalid)
	}
	w.tokens["person"] = session
	for _, operation := range []struct{ name, input string }{
		{"account", ""}, {"updateAccount", `{"firstName":"Ada"}`}, {"signOut", `{}`}, {"cancelEmailChange", ""},
		{"requestPhoneUpdate", `{"phone":"+48512340987"}`}, {"deleteAccount", `{"clientAuthFactor":"correct horse battery staple"}`},
	} {
		refused(t, w.do(t, "person", operation.name, operation.input), models.CodeUnauthenticated)
	}
	refused(t, w.do(t, "", "signIn", credentials(personEmail, account.DemoPassword)), models.CodeInvalidCredentials)
	succeed(t, w.do(t, "anew", "requestPhoneUpdate", `{"phone":"+48512340987"}`))
	succeed(t, w.do(t, "anew", "confirmPhoneUpdate", confirmation("+48512340987", *w.message(t, models.MessagePhoneCode, "").Code)))
}

// TestNothingComesBackAfterDeletion guards R-DEL8: whatever runs beside a deletion either happened before it or not at
// all, and the second of two deletions is refused like any call without a session.
func TestNothingComesBackAfterDeletion(t *testing.T) {
	t.Parallel()
	settings := defaultSettings()
	settings.Unlimited = true
	w := signedIn(t, settings)
	for round := range 6 {
		name := fmt.Sprint("customer-", round)
		id := addCustomer(t, w, name).ID
		succeed(t, w.do(t, "", "requestPasswordReset", fmt.Sprintf(`{"email":"%s@example.com"}`, name)))
		token := *w.message(t, models.MessagePasswordReset, name+"@example.com").Token
		calls := []struct{ customer, operation, input string }{
			{name, "deleteAccount", `{"clientAuthFactor":"correct horse battery staple"}`},
			{name, "deleteAccount", `{"clientAuthFactor":"correct horse battery staple"}`},
			{name, "updateAccount", `{"firstName":"Ada","agreements":{"email":true}}`},
			{name, "requestPhoneUpdate", `{"phone":"+48512345678"}`},
			{name, "requestEmailChange", fmt.Sprintf(`{"email":"new-%d@example.com","password":"correct horse battery staple"}`, round)},
			{"", "signIn", credentials(models.EmailAddress(name+"@example.com"), account.DemoPassword)},
			{"", "requestPasswordReset", fmt.Sprintf(`{"email":"%s@example.com"}`, name)},
			{"", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"a long enough one"}`, token)},
		}
		deleted := 0
		for i, a := range atOnce(len(calls), func(i int) *answer {
			one := *w // with its own map of sessions, for they are kept there
			one.tokens = map[string]string{name: w.tokens[name]}
			return one.do(t, calls[i].customer, calls[i].operation, calls[i].input)
		}) {
			switch a.code() {
			case "":
				if calls[i].operation == "deleteAccount" {
					deleted++
				}
			case "UNAUTHENTICATED", "INVALID_CREDENTIALS", "TOKEN_INVALID":
			default:
				t.Errorf("%s beside the deletion: %s", calls[i].operation, a.body)
			}
		}
		if deleted > 1 {
			t.Errorf("deleted %d times", deleted)
		}
		if rows := rowsOf(t, w, id); deleted == 1 && rows != 0 {
			t.Errorf("%d rows came back", rows)
		}
		if deleted == 1 {
			refused(t, w.do(t, name, "deleteAccount", `{"clientAuthFactor":"correct horse battery staple"}`), models.CodeUnauthenticated)
		}
	}
}
