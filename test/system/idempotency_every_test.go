package system

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check that a retry of every mutation gets its first response (R-ANS5), even if the process died
// between the change and its response.

// keyed runs an operation as do does, with an Idempotency-Key. It keeps no token, so that a retry comes from the
// same caller.
func keyed(t testing.TB, w *world.World, customer, key, operation, input string) *world.Answer {
	t.Helper()
	return w.Post(t, keyedCall(t, w, customer, key, operation, input))
}

func keyedCall(t testing.TB, w *world.World, customer, key, operation, input string) world.Call {
	t.Helper()
	body := fmt.Sprintf(`{"query":%q}`, world.Document(t, w.Schema, operation, input != ""))
	if input != "" {
		body = fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, world.Document(t, w.Schema, operation, input != ""),
			input)
	}

	name := "development"
	if world.Gates[operation].Permission.BackOffice() {
		name = "desk"
	}

	return world.Call{
		Key: w.Keys[name], Token: w.Tokens[customer], Accept: "application/graphql-response+json", Body: body,
		Header: map[string][]string{"Idempotency-Key": {key}},
	}
}

// unheard is a store in which a process dies before its responses are stored.
type unheard struct{ account.Store }

func (u unheard) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	return u.Store.InTx(ctx, func(tx account.Tx) error { return decide(unheardTx{tx}) })
}

type unheardTx struct{ account.Tx }

func (unheardTx) KeepAnswer(context.Context, *models.IdempotencyKey) error {
	return models.Unavailable(context.DeadlineExceeded)
}

// successes return, for each mutation, a customer and an input with which it succeeds, and prepare the world for
// it.
var successes = map[string]func(t *testing.T, w *world.World) (customer, input string){
	"updateAccount": func(*testing.T, *world.World) (string, string) {
		attributes := `{"long":12345678901234567890.123,"none":null}`
		return "demo", `{"city":"Gdansk","attributes":` + attributes + `,"agreements":{"email":true}}`
	},
	"changePassword": func(*testing.T, *world.World) (string, string) {
		return "demo", fmt.Sprintf(`{"oldPassword":%q,"newPassword":"a walk along the river"}`, account.DemoPassword)
	},
	"requestPasswordReset": func(*testing.T, *world.World) (string, string) {
		return "", `{"email":"demo@example.com"}`
	},
	"confirmPasswordReset": func(t *testing.T, w *world.World) (string, string) {
		world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
		token := *w.Message(t, models.MessagePasswordReset, "").Token
		return "", fmt.Sprintf(`{"token":%q,"password":"a walk along the river"}`, token)
	},
	"requestEmailChange": func(*testing.T, *world.World) (string, string) {
		return "demo", fmt.Sprintf(`{"email":"next@example.com","password":%q}`, account.DemoPassword)
	},
	"confirmEmailChange": func(t *testing.T, w *world.World) (string, string) {
		return "demo", fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`, emailChangeToken(t, w))
	},
	"cancelEmailChange": func(t *testing.T, w *world.World) (string, string) {
		emailChangeToken(t, w)
		return "demo", ""
	},
	"undoEmailChange": func(t *testing.T, w *world.World) (string, string) {
		emailChangeToken(t, w)
		return "", fmt.Sprintf(`{"token":%q}`, *w.Message(t, models.MessageEmailChangeAsked, "").Token)
	},
	"secureAccount": func(t *testing.T, w *world.World) (string, string) {
		return "", fmt.Sprintf(`{"token":%q}`, noticeOfDevice(t, w))
	},
	"forgetDevice": func(t *testing.T, w *world.World) (string, string) {
		noticeOfDevice(t, w)
		return "demo", fmt.Sprintf(`{"id":%q}`, knownDevice(t, w, "demo"))
	},
	"requestPhoneUpdate": func(*testing.T, *world.World) (string, string) { return "demo", `{"phone":"+48512345678"}` },
	"confirmPhoneUpdate": func(t *testing.T, w *world.World) (string, string) {
		code, _ := askForCode(t, w, "demo", "+48512345678")
		return "demo", confirmation("+48512345678", code)
	},
	"cancelPhoneUpdate": func(t *testing.T, w *world.World) (string, string) {
		askForCode(t, w, "demo", "+48512345678")
		return "demo", ""
	},
	"requestDataExport": func(*testing.T, *world.World) (string, string) {
		return "demo", fmt.Sprintf(`{"password":%q}`, account.DemoPassword)
	},
	"cancelAccountDeletion": func(t *testing.T, w *world.World) (string, string) {
		w.Service.Settings.DeletionGrace = grace
		world.Succeed(t, w.Do(t, "demo", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
		return "", fmt.Sprintf(`{"token":%q}`, *w.Message(t, models.MessageDeletionPending, "").Token)
	},
	"confirmConsent": func(t *testing.T, w *world.World) (string, string) {
		w.Service.Settings.DoubleOptIn = true
		world.Succeed(t, w.Do(t, "demo", "updateAccount", agree))
		return "", fmt.Sprintf(`{"token":%q}`, *w.Message(t, models.MessageConsentConfirm, "").Token)
	},
	"withdrawConsent": func(t *testing.T, w *world.World) (string, string) {
		world.Succeed(t, w.Do(t, "demo", "updateAccount", agree))
		link, err := w.Service.UnsubscribeLink(t.Context(), string(account.DemoEmail), models.ConsentEmail)
		world.Check(t, err)
		return "", fmt.Sprintf(`{"token":%q}`, path.Base(link.URL))
	},
	"proveIdentity": func(*testing.T, *world.World) (string, string) {
		return "demo", fmt.Sprintf(`{"password":%q}`, account.DemoPassword)
	},
	"requestIdentityCode":       func(*testing.T, *world.World) (string, string) { return "demo", `{"channel":"EMAIL"}` },
	"updateCustomer":            officeInput(`,"firstName":"Ada"`),
	"blockCustomer":             officeInput(""),
	"unblockCustomer":           officeInput(""),
	"revokeCustomerSessions":    officeInput(""),
	"cancelCustomerFactorReset": officeInput(""),
	"verifyCustomerAddress":     officeInput(`,"email":"demo@example.com"`),
	"releaseCustomerPhone":      officeInput(""),
	"resendCustomerMessage":     officeInput(`,"message":"PASSWORD_RESET"`),
	"createUnsubscribeLink":     officeInput(`,"channel":"EMAIL"`),
	"exportCustomer":            officeInput(""),
	"eraseCustomer":             officeInput(""),
	"deleteAccount": func(*testing.T, *world.World) (string, string) {
		return "demo", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)
	},
	"registerAccount": func(*testing.T, *world.World) (string, string) {
		return "", world.Credentials("new@example.com", "a walk along the river")
	},
	"requestAccountActivation": func(t *testing.T, w *world.World) (string, string) {
		newcomer(t, w)
		return "new", `{"email":"new@example.com"}`
	},
	"confirmAccountActivation": func(t *testing.T, w *world.World) (string, string) {
		return "new", fmt.Sprintf(`{"token":%q}`, newcomer(t, w))
	},
	"signIn": func(*testing.T, *world.World) (string, string) {
		return "", world.Credentials(account.DemoEmail, account.DemoPassword)
	},
	"signInWithIdentityProvider": func(_ *testing.T, w *world.World) (string, string) {
		token := w.NewToken("google", "ada", identitytest.Claims{"email": "ada@example.com", "email_verified": true})
		return "", fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q}`, token)
	},
	"signOut": func(*testing.T, *world.World) (string, string) { return "demo", `{"scope":"ALL_SESSIONS"}` },
	"revokeSession": func(t *testing.T, w *world.World) (string, string) {
		a := world.Succeed(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
		return "demo", fmt.Sprintf(`{"id":%q}`, a.At("signIn.session.id"))
	},
	"renameSession": func(t *testing.T, w *world.World) (string, string) {
		a := world.Succeed(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
		return "demo", fmt.Sprintf(`{"id":%q,"name":"Phone"}`, a.At("signIn.session.id"))
	},
	"linkIdentityProvider": func(_ *testing.T, w *world.World) (string, string) { return "demo", linkDemo(w) },
	"requestPasskey": func(*testing.T, *world.World) (string, string) {
		return "demo", fmt.Sprintf(`{"password":%q}`, account.DemoPassword)
	},
	"confirmPasskey": func(t *testing.T, w *world.World) (string, string) {
		made := madePasskey(t, w, "demo", account.DemoPassword, &passkeytest.Authenticator{})
		return "demo", fmt.Sprintf(`{"response":%s}`, made)
	},
	"renamePasskey": func(t *testing.T, w *world.World) (string, string) {
		id := addPasskey(t, w, "demo", account.DemoPassword, &passkeytest.Authenticator{})
		return "demo", fmt.Sprintf(`{"id":%q,"name":"mine"}`, id)
	},
	"removePasskey": func(t *testing.T, w *world.World) (string, string) {
		id := addPasskey(t, w, "demo", account.DemoPassword, &passkeytest.Authenticator{})
		return "demo", fmt.Sprintf(`{"id":%q,"password":%q}`, id, account.DemoPassword)
	},
	"removePassword": func(t *testing.T, w *world.World) (string, string) {
		addPasskey(t, w, "demo", account.DemoPassword, &passkeytest.Authenticator{})
		return "demo", fmt.Sprintf(`{"password":%q}`, account.DemoPassword)
	},
	"requestPasskeySignIn": func(*testing.T, *world.World) (string, string) { return "", `{"email":"demo@example.com"}` },
	"signInWithPasskey": func(t *testing.T, w *world.World) (string, string) {
		device := &passkeytest.Authenticator{}
		addPasskey(t, w, "demo", account.DemoPassword, device)
		return "", fmt.Sprintf(`{"response":%s}`, passkeySignIn(t, w, device))
	},
	"requestSignInCode": func(*testing.T, *world.World) (string, string) { return "", `{"email":"demo@example.com"}` },
	"signInWithCode": func(t *testing.T, w *world.World) (string, string) {
		return "", signInCodeOf(t, w, account.DemoEmail)
	},
	"requestPasskeyProof": func(*testing.T, *world.World) (string, string) {
		return "", `{"operation":"requestEmailChange","accountEmail":"demo@example.com"}`
	},
	"requestAuthenticator": func(*testing.T, *world.World) (string, string) {
		return "demo", fmt.Sprintf(`{"password":%q}`, account.DemoPassword)
	},
	"confirmAuthenticator": func(t *testing.T, w *world.World) (string, string) {
		phone := requestApp(t, w, "demo", account.DemoPassword)
		return "demo", fmt.Sprintf(`{"challengeId":%q,"code":%q}`, phone.challenge, phone.code(t, w))
	},
	"removeAuthenticator": func(t *testing.T, w *world.World) (string, string) {
		phone := addApp(t, w, "demo", account.DemoPassword)
		return "demo", fmt.Sprintf(`{"id":%q,%s}`, phone.id, phone.proof(t, w, account.DemoPassword))
	},
	"replaceRecoveryCodes": func(t *testing.T, w *world.World) (string, string) {
		phone := addApp(t, w, "demo", account.DemoPassword)
		return "demo", fmt.Sprintf(`{%s}`, phone.proof(t, w, account.DemoPassword))
	},
	"completeSignIn": func(t *testing.T, w *world.World) (string, string) {
		phone := addApp(t, w, "demo", account.DemoPassword)
		return "", fmt.Sprintf(`{"challengeId":%q,"code":%q}`,
			secondStep(t, w, account.DemoEmail, account.DemoPassword), phone.code(t, w))
	},
	"enrollAuthenticator": func(t *testing.T, w *world.World) (string, string) {
		w.Service.Settings.SecondFactor = account.SecondFactorRequired
		return "", fmt.Sprintf(`{"challengeId":%q}`, secondStep(t, w, account.DemoEmail, account.DemoPassword))
	},
	"requestFactorReset": func(t *testing.T, w *world.World) (string, string) {
		addApp(t, w, "demo", account.DemoPassword)
		return "", fmt.Sprintf(`{"challengeId":%q}`, secondStep(t, w, account.DemoEmail, account.DemoPassword))
	},
	"confirmFactorReset": func(t *testing.T, w *world.World) (string, string) {
		addApp(t, w, "demo", account.DemoPassword)
		token := lostApp(t, w)
		w.Clock.Advance(3 * 24 * time.Hour)
		return "", fmt.Sprintf(`{"token":%q}`, token)
	},
	"cancelFactorReset": func(t *testing.T, w *world.World) (string, string) {
		addApp(t, w, "demo", account.DemoPassword)
		return "", fmt.Sprintf(`{"token":%q}`, lostApp(t, w))
	},
	"acceptTerms": func(*testing.T, *world.World) (string, string) {
		return "demo", `{"terms":[{"id":"terms","version":"1"}]}`
	},
	"createAddress": func(*testing.T, *world.World) (string, string) { return "demo", newAddress },
	"updateAddress": func(t *testing.T, w *world.World) (string, string) {
		return "demo", fmt.Sprintf(`{"id":%q,"company":"Mill"}`, addAddress(t, w, "demo", newAddress))
	},
	"deleteAddress": func(t *testing.T, w *world.World) (string, string) {
		return "demo", fmt.Sprintf(`{"id":%q}`, addAddress(t, w, "demo", newAddress))
	},
	"unlinkIdentityProvider": func(t *testing.T, w *world.World) (string, string) {
		world.Succeed(t, w.Do(t, "demo", "linkIdentityProvider", linkDemo(w)))
		return "demo", fmt.Sprintf(`{"identityProvider":"GOOGLE","password":%q}`, account.DemoPassword)
	},
}

func emailChangeToken(t *testing.T, w *world.World) string {
	t.Helper()
	input := fmt.Sprintf(`{"email":"next@example.com","password":%q}`, account.DemoPassword)
	world.Succeed(t, w.Do(t, "demo", "requestEmailChange", input))
	return *w.Message(t, models.MessageEmailChange, "").Token
}

// newcomer registers and signs in a customer "new", and returns the token that activates the account.
func newcomer(t *testing.T, w *world.World) string {
	t.Helper()
	world.Succeed(t, w.Do(t, "", "registerAccount", world.Credentials("new@example.com", "a walk along the river")))
	world.Succeed(t, w.Do(t, "new", "signIn", world.Credentials("new@example.com", "a walk along the river")))
	return *w.Message(t, models.MessageActivation, "new@example.com").Token
}

func linkDemo(w *world.World) string {
	token := w.NewToken("google", "demo", nil)
	return fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q,"password":%q}`, token, account.DemoPassword)
}

// officeInput returns an input of the back office on the demo customer, with a key for it.
func officeInput(more string) func(*testing.T, *world.World) (string, string) {
	return func(t *testing.T, w *world.World) (string, string) {
		w.Keys["desk"] = (&desk{w}).key(t, models.BackOfficePermissions...)
		demo, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
		world.Check(t, err)

		return "", fmt.Sprintf(`{"id":%q,"operator":"Eve","reason":"ticket 7"%s}`, demo.ID, more)
	}
}

// TestEveryMutationIsAnsweredAgain sends each mutation of the schema three times with one key: the responses have
// the same bytes, and only the first request does something.
func TestEveryMutationIsAnsweredAgain(t *testing.T) {
	databases := map[string]func(testing.TB) string{"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL}
	for engine, database := range databases {
		for _, mutation := range world.LoadSchema(t).Mutation.Fields {
			for name, dies := range map[string]bool{"heard": false, "unheard": true} {
				t.Run(engine+" "+mutation.Name+" "+name, func(t *testing.T) {
					t.Parallel()
					prepare := successes[mutation.Name]
					if prepare == nil {
						t.Fatal("say in successes how the mutation succeeds")
					}
					answeredAgain(t, database(t), mutation.Name, dies, prepare)
				})
			}
		}
	}
}

func answeredAgain(
	t *testing.T, database, mutation string, dies bool, prepare func(*testing.T, *world.World) (customer, input string),
) {
	w := world.NewOn(t, world.WithTerms(t, world.DefaultSettings(), false), database)
	w.Trust(t, "google", models.ProviderGoogle, false, true)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	customer, input := prepare(t, w)
	seen, keeper := observe(w), w.Service.Store
	if dies {
		w.Service.Store = unheard{keeper}
	}

	first := world.Succeed(t, keyed(t, w, customer, "the-key", mutation, input))
	w.Service.Store = keeper
	if steps, _ := seen.take(); !strings.Contains(strings.Join(steps, " "), "RecordEvent") {
		t.Errorf("the first did nothing but %v", steps)
	}

	// A response that was not stored is built again, from the outcome that the transaction stored, and then stored.
	for n := range 2 {
		again := keyed(t, w, customer, "the-key", mutation, input)
		if again.Body != first.Body || again.Status != first.Status {
			t.Errorf("answered\n%s\nand then\n%s", first.Body, again.Body)
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

	if token, ok := first.At(mutation + ".session.token").(string); ok {
		w.Tokens["again"] = token
		world.Succeed(t, w.Do(t, "again", "account", ""))
	} else if strings.Contains(first.Body, models.SessionTokenPrefix) {
		t.Errorf("a token that was not tried: %s", first.Body)
	}
}
