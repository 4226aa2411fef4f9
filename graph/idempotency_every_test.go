package graph_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
)

// This file guards that every mutation is answered again with its first answer (R-ANS5), also after
// the process has died between the change and its answer.

// keyed sends an operation as do does, with an Idempotency-Key. It keeps no token: what is sent again is sent by the
// same caller.
func (w *world) keyed(t testing.TB, customer, key, operation, input string) *answer {
	t.Helper()
	return w.post(t, w.keyedCall(t, customer, key, operation, input))
}

func (w *world) keyedCall(t testing.TB, customer, key, operation, input string) call {
	t.Helper()
	body := fmt.Sprintf(`{"query":%q}`, document(t, w.schema, operation, input != ""))
	if input != "" {
		body = fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, document(t, w.schema, operation, input != ""), input)
	}
	return call{
		key: w.keys["development"], token: w.tokens[customer], accept: "application/graphql-response+json", body: body,
		header: map[string][]string{"Idempotency-Key": {key}},
	}
}

// unheard is a store on which a process dies before its answers are kept.
type unheard struct{ account.Store }

func (u unheard) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	return u.Store.InTx(ctx, func(tx account.Tx) error { return decide(unheardTx{tx}) })
}

type unheardTx struct{ account.Tx }

func (unheardTx) KeepAnswer(context.Context, *models.IdempotencyKey) error {
	return models.Unavailable(context.DeadlineExceeded)
}

// successes say for each mutation who asks, and with which input it succeeds, and make the world ready for it.
var successes = map[string]func(t *testing.T, w *world) (customer, input string){
	"updateAccount": func(*testing.T, *world) (string, string) {
		attributes := `{"long":12345678901234567890.123,"none":null}`
		return "demo", `{"city":"Gdansk","attributes":` + attributes + `,"agreements":{"email":true}}`
	},
	"changePassword": func(*testing.T, *world) (string, string) {
		return "demo", fmt.Sprintf(`{"oldPassword":%q,"newPassword":"a walk along the river"}`, account.DemoPassword)
	},
	"requestPasswordReset": func(*testing.T, *world) (string, string) { return "", `{"email":"demo@example.com"}` },
	"confirmPasswordReset": func(t *testing.T, w *world) (string, string) {
		succeed(t, w.do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
		token := *w.message(t, models.MessagePasswordReset, "").Token
		return "", fmt.Sprintf(`{"token":%q,"password":"a walk along the river"}`, token)
	},
	"requestEmailChange": func(*testing.T, *world) (string, string) {
		return "demo", fmt.Sprintf(`{"email":"next@example.com","password":%q}`, account.DemoPassword)
	},
	"confirmEmailChange": func(t *testing.T, w *world) (string, string) {
		return "demo", fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`, emailChangeToken(t, w))
	},
	"cancelEmailChange": func(t *testing.T, w *world) (string, string) {
		emailChangeToken(t, w)
		return "demo", ""
	},
	"undoEmailChange": func(t *testing.T, w *world) (string, string) {
		emailChangeToken(t, w)
		return "", fmt.Sprintf(`{"token":%q}`, *w.message(t, models.MessageEmailChangeAsked, "").Token)
	},
	"requestPhoneUpdate": func(*testing.T, *world) (string, string) { return "demo", `{"phone":"+48512345678"}` },
	"confirmPhoneUpdate": func(t *testing.T, w *world) (string, string) {
		code, _ := askForCode(t, w, "demo", "+48512345678")
		return "demo", confirmation("+48512345678", code)
	},
	"cancelPhoneUpdate": func(t *testing.T, w *world) (string, string) {
		askForCode(t, w, "demo", "+48512345678")
		return "demo", ""
	},
	"deleteAccount": func(*testing.T, *world) (string, string) {
		return "demo", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)
	},
	"registerAccount": func(*testing.T, *world) (string, string) {
		return "", credentials("new@example.com", "a walk along the river")
	},
	"requestAccountActivation": func(t *testing.T, w *world) (string, string) {
		newcomer(t, w)
		return "new", `{"email":"new@example.com"}`
	},
	"confirmAccountActivation": func(t *testing.T, w *world) (string, string) {
		return "new", fmt.Sprintf(`{"token":%q}`, newcomer(t, w))
	},
	"signIn": func(*testing.T, *world) (string, string) {
		return "", credentials(account.DemoEmail, account.DemoPassword)
	},
	"signInWithIdentityProvider": func(_ *testing.T, w *world) (string, string) {
		token := w.newToken("google", "ada", identitytest.Claims{"email": "ada@example.com", "email_verified": true})
		return "", fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q}`, token)
	},
	"signOut": func(*testing.T, *world) (string, string) { return "demo", `{"scope":"ALL_SESSIONS"}` },
	"revokeSession": func(t *testing.T, w *world) (string, string) {
		a := succeed(t, w.do(t, "", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
		return "demo", fmt.Sprintf(`{"id":%q}`, a.at("signIn.session.id"))
	},
	"linkIdentityProvider": func(_ *testing.T, w *world) (string, string) { return "demo", linkDemo(w) },
	"unlinkIdentityProvider": func(t *testing.T, w *world) (string, string) {
		succeed(t, w.do(t, "demo", "linkIdentityProvider", linkDemo(w)))
		return "demo", fmt.Sprintf(`{"identityProvider":"GOOGLE","password":%q}`, account.DemoPassword)
	},
}

func emailChangeToken(t *testing.T, w *world) string {
	t.Helper()
	input := fmt.Sprintf(`{"email":"next@example.com","password":%q}`, account.DemoPassword)
	succeed(t, w.do(t, "demo", "requestEmailChange", input))
	return *w.message(t, models.MessageEmailChange, "").Token
}

// newcomer registers and signs in a customer "new", and returns the token that activates the account.
func newcomer(t *testing.T, w *world) string {
	t.Helper()
	succeed(t, w.do(t, "", "registerAccount", credentials("new@example.com", "a walk along the river")))
	succeed(t, w.do(t, "new", "signIn", credentials("new@example.com", "a walk along the river")))
	return *w.message(t, models.MessageActivation, "new@example.com").Token
}

func linkDemo(w *world) string {
	token := w.newToken("google", "demo", nil)
	return fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q,"password":%q}`, token, account.DemoPassword)
}

// TestEveryMutationIsAnsweredAgain sends each mutation of the schema three times with one key: the answers are
// the same bytes, and nothing is done but for the first.
func TestEveryMutationIsAnsweredAgain(t *testing.T) {
	databases := map[string]func(testing.TB) string{"SQLite": sqliteFile, "PostgreSQL": postgrestest.URL}
	for engine, database := range databases {
		for _, mutation := range loadSchema(t).Mutation.Fields {
			for name, dies := range map[string]bool{"heard": false, "unheard": true} {
				t.Run(engine+" "+mutation.Name+" "+name, func(t *testing.T) {
					t.Parallel()
					prepare := successes[mutation.Name]
					if prepare == nil {
						t.Fatal("this test does not know how the mutation succeeds")
					}
					answeredAgain(t, database(t), mutation.Name, dies, prepare)
				})
			}
		}
	}
}

func answeredAgain(
	t *testing.T, database, mutation string, dies bool, prepare func(*testing.T, *world) (customer, input string),
) {
	w := newWorldOn(t, defaultSettings(), database)
	w.trust(t, "google", models.ProviderGoogle, false, true)
	succeed(t, w.do(t, "demo", "signIn", credentials(account.DemoEmail, account.DemoPassword)))
	customer, input := prepare(t, w)
	seen, keeper := w.observe(), w.service.Store
	if dies {
		w.service.Store = unheard{keeper}
	}
	first := succeed(t, w.keyed(t, customer, "the-key", mutation, input))
	w.service.Store = keeper
	if steps, _ := seen.take(); !strings.Contains(strings.Join(steps, " "), "RecordEvent") {
		t.Errorf("the first did nothing but %v", steps)
	}

	// What was unheard is written once more, from what the transaction left; and then it is kept.
	for n := range 2 {
		again := w.keyed(t, customer, "the-key", mutation, input)
		if again.body != first.body || again.status != first.status {
			t.Errorf("answered\n%s\nand then\n%s", first.body, again.body)
		}
		steps, hashes := seen.take()
		idle := []string{"RecordEvent", "SpendBudget", "Enqueue", "Wake"}
		if !dies || n > 0 {
			idle = append(idle, "BEGIN")
		}
		for _, step := range steps {
			if slices.Contains(idle, step) {
				t.Errorf("repetition %d did %v", n+1, steps)
			}
		}
		if hashes > 0 {
			t.Errorf("repetition %d hashed %d passwords", n+1, hashes)
		}
	}

	if token, ok := first.at(mutation + ".session.token").(string); ok {
		w.tokens["again"] = token
		succeed(t, w.do(t, "again", "account", ""))
	} else if strings.Contains(first.body, models.SessionTokenPrefix) {
		t.Errorf("a token that was not tried: %s", first.body)
	}
}
