package system

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// optionsOf returns the options of an answer, as a page hands them to the browser.
func optionsOf(t testing.TB, a *world.Answer, operation string) []byte {
	t.Helper()
	options, err := json.Marshal(a.At(operation + ".options"))
	world.Check(t, err)
	return options
}

// madePasskey lets an authenticator make a passkey for a signed-in customer, and returns its answer.
func madePasskey(
	t testing.TB, w *world.World, customer, password string, device *passkeytest.Authenticator,
) (response string) {
	t.Helper()
	a := world.Succeed(t, w.Do(t, customer, "requestPasskey", fmt.Sprintf(`{"password":%q}`, password)))
	made, err := device.Create(optionsOf(t, a, "requestPasskey"), world.PageOrigin)
	world.Check(t, err)
	return string(made)
}

// addPasskey adds a passkey of an authenticator to a customer's account, and returns its id.
func addPasskey(t testing.TB, w *world.World, customer, password string, device *passkeytest.Authenticator) string {
	t.Helper()
	made := madePasskey(t, w, customer, password, device)
	a := world.Succeed(t, w.Do(t, customer, "confirmPasskey", fmt.Sprintf(`{"response":%s}`, made)))
	return a.At("confirmPasskey.passkey.id").(string)
}

// passkeySignIn returns what an authenticator answers to the options of a sign-in.
func passkeySignIn(t testing.TB, w *world.World, device *passkeytest.Authenticator) string {
	t.Helper()
	a := world.Succeed(t, w.Do(t, "", "requestPasskeySignIn", `{}`))
	used, err := device.Use(optionsOf(t, a, "requestPasskeySignIn"), world.PageOrigin)
	world.Check(t, err)
	return string(used)
}

// passkeyProof returns what an authenticator answers to the options of a proof.
func passkeyProof(
	t testing.TB, w *world.World, customer, operation string, device *passkeytest.Authenticator,
) string {
	t.Helper()
	a := world.Succeed(t, w.Do(t, customer, "requestPasskeyProof", fmt.Sprintf(`{"operation":%q}`, operation)))
	used, err := device.Use(optionsOf(t, a, "requestPasskeyProof"), world.PageOrigin)
	world.Check(t, err)
	return string(used)
}

// strangersPasskey is an answer of an authenticator, of the form of both ceremonies, to options that nobody asked for.
func strangersPasskey(t testing.TB) json.RawMessage {
	t.Helper()
	device := &passkeytest.Authenticator{}
	made, err := device.Create([]byte(`{"challenge":"bm9ib2R5IGhhcyBhc2tlZA","rp":{"id":"example.com"},"user":{"id":"YQ"}}`),
		world.PageOrigin)
	world.Check(t, err)
	used, err := device.Use([]byte(`{"challenge":"bm9ib2R5IGhhcyBhc2tlZA","rpId":"example.com"}`), world.PageOrigin)
	world.Check(t, err)

	var both, more map[string]any
	world.Check(t, json.Unmarshal(made, &both))
	world.Check(t, json.Unmarshal(used, &more))
	for name, value := range more["response"].(map[string]any) {
		both["response"].(map[string]any)[name] = value
	}
	text, err := json.Marshal(both)
	world.Check(t, err)

	return text
}

// TestPasskeysWorkOnce: of many requests with one answer of an authenticator, one does what it asks for (R-WAY1).
func TestPasskeysWorkOnce(t *testing.T) {
	for engine, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		for name, test := range map[string]struct {
			customer, operation string
			code                models.Code
			input               func(t *testing.T, w *world.World, device *passkeytest.Authenticator) string
		}{
			"a new passkey": {"demo", "confirmPasskey", models.CodeTokenInvalid,
				func(t *testing.T, w *world.World, _ *passkeytest.Authenticator) string {
					return fmt.Sprintf(`{"response":%s}`,
						madePasskey(t, w, "demo", account.DemoPassword, &passkeytest.Authenticator{}))
				}},
			"a sign-in": {"", "signInWithPasskey", models.CodeInvalidCredentials,
				func(t *testing.T, w *world.World, device *passkeytest.Authenticator) string {
					return fmt.Sprintf(`{"response":%s}`, passkeySignIn(t, w, device))
				}},
			"a sign-in that counts": {"", "signInWithPasskey", models.CodeInvalidCredentials,
				func(t *testing.T, w *world.World, device *passkeytest.Authenticator) string {
					device.Count = 7
					return fmt.Sprintf(`{"response":%s}`, passkeySignIn(t, w, device))
				}},
			"a proof": {"demo", "requestEmailChange", models.CodeInvalidCredentials,
				func(t *testing.T, w *world.World, device *passkeytest.Authenticator) string {
					return fmt.Sprintf(`{"email":"next@example.com","passkey":%s}`,
						passkeyProof(t, w, "demo", "requestEmailChange", device))
				}},
		} {
			t.Run(engine+" "+name, func(t *testing.T) {
				t.Parallel()
				settings := world.DefaultSettings()
				settings.Unlimited = true
				w := world.NewOn(t, settings, database(t))
				world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
				device := &passkeytest.Authenticator{}
				addPasskey(t, w, "demo", account.DemoPassword, device)
				input := test.input(t, w, device)

				answers := make([]*world.Answer, concurrency)
				var group sync.WaitGroup
				for i := range answers {
					group.Go(func() { answers[i] = w.Do(t, test.customer, test.operation, input) })
				}
				group.Wait()
				oneWinner(t, answers, test.code)
			})
		}
	}
}

// TestNobodysPasskeysLookTheSame: the options for an address of nobody are those of an account without passkeys and of
// one that has some, but for the credentials and the challenge; and they are the same the next time.
func TestNobodysPasskeysLookTheSame(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	addCustomer(t, w, "plain")
	addPasskey(t, w, "demo", account.DemoPassword, &passkeytest.Authenticator{})
	shape := func(email string) (form string, ids []any) {
		a := world.Succeed(t, w.Do(t, "", "requestPasskeySignIn", fmt.Sprintf(`{"email":%q}`, email)))
		options := a.At("requestPasskeySignIn.options").(map[string]any)
		for _, one := range options["allowCredentials"].([]any) {
			credential := one.(map[string]any)
			ids = append(ids, credential["id"])
			if credential["type"] != "public-key" || len(credential) != 2 {
				t.Errorf("%s: %v", email, credential)
			}
		}
		options["allowCredentials"], options["challenge"] = nil, len(options["challenge"].(string))
		text, err := json.Marshal(options)
		world.Check(t, err)

		return string(text), ids
	}

	want, _ := shape("demo@example.com")
	for _, email := range []string{"plain@example.com", "nobody@example.com"} {
		form, ids := shape(email)
		if form != want || len(ids) == 0 {
			t.Errorf("%s: %s with %v, and a known address %s", email, form, ids, want)
		}
		if _, again := shape(email); fmt.Sprint(again) != fmt.Sprint(ids) {
			t.Errorf("%s: %v, and then %v", email, ids, again)
		}
	}
}

// TestPasskeysAreLimited: an account has at most twenty.
func TestPasskeysAreLimited(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := signedIn(t, settings)
	late := madePasskey(t, w, "demo", account.DemoPassword, &passkeytest.Authenticator{})
	for range 20 {
		addPasskey(t, w, "demo", account.DemoPassword, &passkeytest.Authenticator{})
	}
	for operation, input := range map[string]string{
		"requestPasskey": fmt.Sprintf(`{"password":%q}`, account.DemoPassword),
		"confirmPasskey": fmt.Sprintf(`{"response":%s}`, late),
	} {
		a := refused(t, w.Do(t, "demo", operation, input), models.CodeInvalidInput)
		if reason := a.Errors[0].Extensions.Reason; reason != models.ReasonTooMany {
			t.Errorf("%s: %s", operation, a.Body)
		}
	}
}

// TestAFirstProofRemovesPasskeys: passkeys of an account that the shop brought are gone once its customer proves the
// address by a reset (R-PRF3).
func TestAFirstProofRemovesPasskeys(t *testing.T) {
	t.Parallel()
	w := world.New(t, world.DefaultSettings())
	passkeysOfUnproven(t, w)

	found, err := w.Service.FindAccount(context.Background(), "reset@example.com")
	world.Check(t, err)
	left, err := w.Store.Passkeys(context.Background(), found.ID)
	if err != nil || len(left) > 0 {
		t.Errorf("left are %v, %v", left, err)
	}
}

// passkeySteps runs each operation of passkeys with a success and a refusal.
func passkeySteps(
	t *testing.T, w *world.World, done func(customer, operation, input string) *world.Answer,
	refuse func(customer, operation, input string, code models.Code),
) {
	t.Helper()
	answer := func(
		a *world.Answer, operation string, ceremony func(options []byte, origin string) ([]byte, error),
	) string {
		response, err := ceremony(optionsOf(t, a, operation), world.PageOrigin)
		world.Check(t, err)
		return fmt.Sprintf(`{"response":%s}`, response)
	}
	device := &passkeytest.Authenticator{}
	stranger := fmt.Sprintf(`{"response":%s}`, strangersPasskey(t))
	const password = `"password":"yet another one"`

	refuse("demo", "requestPasskey", `{"password":"wrong"}`, models.CodeInvalidCredentials)
	a := done("demo", "requestPasskey", `{`+password+`}`)
	refuse("demo", "confirmPasskey", stranger, models.CodeTokenInvalid)
	a = done("demo", "confirmPasskey", answer(a, "requestPasskey", device.Create))
	id := a.At("confirmPasskey.passkey.id")
	refuse("demo", "renamePasskey", `{"id":"none","name":"mine"}`, models.CodeInvalidInput)
	done("demo", "renamePasskey", fmt.Sprintf(`{"id":%q,"name":"mine"}`, id))
	refuse("", "requestPasskeyProof", `{"operation":"deleteAccount"}`, models.CodeUnauthenticated)
	done("demo", "requestPasskeyProof", `{"operation":"deleteAccount"}`)
	refuse("", "requestPasskeySignIn", `{"email":"nonsense"}`, models.CodeInvalidInput)
	a = done("", "requestPasskeySignIn", `{}`)
	refuse("", "signInWithPasskey", stranger, models.CodeInvalidCredentials)
	done("tablet", "signInWithPasskey", answer(a, "requestPasskeySignIn", device.Use))
	refuse("demo", "removePasskey", fmt.Sprintf(`{"id":%q}`, id), models.CodeReauthenticationRequired)
	done("demo", "removePasskey", fmt.Sprintf(`{"id":%q,`+password+`}`, id))
	refuse("demo", "removePassword", `{`+password+`}`, models.CodeInvalidInput)
	addPasskey(t, w, "demo", "yet another one", device)
	done("demo", "removePassword", `{`+password+`}`)
	passwordByReset(t, w, "demo", account.DemoEmail, "yet another one")
}

// passwordByReset sets the password of a customer who has none, and signs in with it.
func passwordByReset(t *testing.T, w *world.World, name string, email models.EmailAddress, password string) {
	t.Helper()
	w.Clock.Advance(time.Minute) // a mail a minute
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", fmt.Sprintf(`{"email":%q}`, email)))
	world.Succeed(t, w.Do(t, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":%q}`,
		*w.Message(t, models.MessagePasswordReset, string(email)).Token, password)))
	world.Succeed(t, w.Do(t, name, "signIn", world.Credentials(email, password)))
}

// demosPasskey returns the id of a passkey of the demo customer.
func demosPasskey(t *testing.T, w *world.World) string {
	t.Helper()
	demo, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)
	err = w.Store.InTx(t.Context(), func(tx account.Tx) error {
		return tx.CreatePasskey(t.Context(), &models.Passkey{
			ID: "demo's", AccountID: demo.ID, CredentialID: []byte("demo's"), PublicKey: []byte("key"), Name: "Passkey",
			CreatedAt: w.Clock.Now(),
		})
	})
	if !errors.Is(err, models.ErrTaken) {
		world.Check(t, err)
	}

	return "demo's"
}

// passkeysOfUnproven lets customers whom the shop brought, with addresses that are not proven, prove them: one by the
// token of a mail beside a passkey, the other by a reset, which removes the passkey.
func passkeysOfUnproven(t *testing.T, w *world.World) {
	t.Helper()
	device := &passkeytest.Authenticator{}
	for _, name := range []string{"brought", "reset"} {
		email := models.EmailAddress(name + "@example.com")
		world.NewSubject(t, w, account.NewAccount{Email: email, Password: account.DemoPassword},
			func(a *models.Account) { a.EmailVerifiedAt = nil })
		world.Succeed(t, w.Do(t, name, "signIn", world.Credentials(email, account.DemoPassword)))
		device = &passkeytest.Authenticator{}
		addPasskey(t, w, name, account.DemoPassword, device)
		if name == "reset" {
			break
		}

		world.Succeed(t, w.Do(t, "", "requestAccountActivation", fmt.Sprintf(`{"email":%q}`, email)))
		token := *w.Message(t, models.MessageActivation, string(email)).Token
		proof := passkeyProof(t, w, name, "confirmAccountActivation", device)
		world.Succeed(t, w.Do(t, "", "confirmAccountActivation",
			fmt.Sprintf(`{"token":%q,"passkey":%s}`, token, proof)))
	}

	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"reset@example.com"}`))
	world.Succeed(t, w.Do(t, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"a long enough one"}`,
		*w.Message(t, models.MessagePasswordReset, "reset@example.com").Token)))
	refused(t, w.Do(t, "", "signInWithPasskey", fmt.Sprintf(`{"response":%s}`, passkeySignIn(t, w, device))),
		models.CodeInvalidCredentials)
}

// TestPasskeyTriesAreCounted: a network has so many tries at passkeys, too.
func TestPasskeyTriesAreCounted(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Limits.NetworkTries.Uses = 3
	w := world.New(t, settings)
	for range 3 {
		refused(t, w.Do(t, "", "signInWithPasskey", fmt.Sprintf(`{"response":%s}`, strangersPasskey(t))),
			models.CodeInvalidCredentials)
	}
	limited(t, w.Do(t, "", "signInWithPasskey", fmt.Sprintf(`{"response":%s}`, strangersPasskey(t))))
}

// toldPasskeys adds a passkey to the account of a signed-in customer and removes it, and expects the events.
func toldPasskeys(t *testing.T, w *world.World, webhook *told) {
	t.Helper()
	const password = "another fine password"
	w.Clock.Advance(24 * time.Hour) // nothing is added for a day after an undo
	world.Succeed(t, w.Do(t, "ada", "signIn", world.Credentials("ada@example.com", password)))
	id := addPasskey(t, w, "ada", password, &passkeytest.Authenticator{})
	webhook.expect(t, w, "confirmPasskey", `passkey.added{"synced":false}`)
	world.Succeed(t, w.Do(t, "ada", "removePasskey", fmt.Sprintf(`{"id":%q,"password":%q}`, id, password)))
	webhook.expect(t, w, "removePasskey", `passkey.removed{}`)
	addPasskey(t, w, "ada", password, &passkeytest.Authenticator{})
	webhook.expect(t, w, "confirmPasskey", `passkey.added{"synced":false}`)
	world.Succeed(t, w.Do(t, "ada", "removePassword", fmt.Sprintf(`{"password":%q}`, password)))
	webhook.expect(t, w, "removePassword", `password.removed{}`)
	passwordByReset(t, w, "ada", "ada@example.com", password)
	webhook.expect(t, w, "a password after it", `password.reset{"revokedSessions":1}`)
}
