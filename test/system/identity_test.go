package system

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check what the stories of identity providers can't: what concurrent requests may do only once, which
// responses must be uniform, and what is never changed.

// heldIdentities makes callers wait after the read that finds a token's identity.
type heldIdentities struct {
	account.Store
	gate *gate
}

func (s heldIdentities) AccountByIdentity(
	ctx context.Context, provider models.IdentityProvider, issuer, subject string,
) (*models.Account, *models.Identity, error) {
	owner, link, err := s.Store.AccountByIdentity(ctx, provider, issuer, subject)
	s.gate.pass()
	return owner, link, err
}

func raceForProof(t testing.TB, w *world.World, callers int, send func(i int) *world.Answer) []*world.Answer {
	held, original := newGate(t, callers), w.Service.Store
	w.Service.Store = heldIdentities{original, held}
	defer func() { w.Service.Store = original }()

	return held.concurrently(callers, send)
}

// unlimited returns settings without budgets: a token works only once nevertheless.
func unlimited() account.Settings {
	settings := world.DefaultSettings()
	settings.Unlimited = true
	return settings
}

// linked returns a world whose demo customer is signed in and linked to "demo" of the issuer "google"; "shop" is an
// issuer of customer tokens.
func linked(t *testing.T, settings account.Settings, database string) *world.World {
	t.Helper()
	w := world.NewOn(t, settings, database)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	w.Trust(t, "google", models.ProviderGoogle, false, false)
	w.Trust(t, "shop", models.ProviderOAuth, true, true)
	world.Succeed(t, w.Do(t, "demo", "linkIdentityProvider",
		fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q,"password":%q}`,
			w.NewToken("google", "demo", nil), account.DemoPassword)))

	return w
}

// onBoth runs a test on each database.
func onBoth(t *testing.T, run func(t *testing.T, database string)) {
	t.Run("SQLite", func(t *testing.T) { t.Parallel(); run(t, world.SQLiteFile(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { t.Parallel(); postgrestest.Socket(t); run(t, postgrestest.URL(t)) })
}

func TestExternalTokensWorkOnce(t *testing.T) {
	for operation, input := range map[string]string{
		"requestEmailChange":         `{"email":"new%d@example.com","identityProvider":"GOOGLE","externalToken":%q}`,
		"requestPhoneUpdate":         `{"phone":"+485123456%02d","identityProvider":"GOOGLE","externalToken":%q,"accountEmail":"demo@example.com"}`,
		"updateAccount":              `{"email":"new%d@example.com","identityProvider":"GOOGLE","externalToken":%q}`,
		"deleteAccount":              `{"authId":"%d","clientAuthFactor":%q,"identityProvider":"GOOGLE"}`,
		"signInWithIdentityProvider": `{"authId":"%d","identityProvider":"GOOGLE","externalToken":%q}`,
	} {
		t.Run(operation, func(t *testing.T) {
			onBoth(t, func(t *testing.T, database string) {
				w := linked(t, unlimited(), database)
				token := w.NewToken("google", "demo", nil)
				answers := raceForProof(t, w, concurrency, func(i int) *world.Answer {
					return w.Do(t, "demo", operation, fmt.Sprintf(input, i, token))
				})
				won := 0
				for _, a := range answers {
					switch a.Code() {
					case "":
						won++
					case string(models.CodeInvalidCredentials):
					case string(models.CodeUnauthenticated):
						// The account was deleted while this request waited.
						if operation != "deleteAccount" {
							t.Errorf("%s", a.Body)
						}
					default:
						t.Errorf("%s", a.Body)
					}
				}

				if won != 1 {
					t.Errorf("one token had its effect %d times", won)
				}
			})
		})
	}
}

// TestOneCustomerOfManyRequests checks that concurrent requests with tokens of one new customer create a single
// account.
func TestOneCustomerOfManyRequests(t *testing.T) {
	claims := identitytest.Claims{"email": "new@example.com", "email_verified": true}
	onBoth(t, func(t *testing.T, database string) {
		w := linked(t, unlimited(), database)
		ids := map[any]bool{}
		for _, a := range raceForProof(t, w, concurrency, func(int) *world.Answer {
			return w.Do(t, "", "signInWithIdentityProvider",
				fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q}`, w.NewToken("google", "new", claims)))
		}) {
			world.Succeed(t, a)
			ids[a.At("signInWithIdentityProvider.account.id")] = true
		}

		first, second := w.NewToken("shop", "second",
			identitytest.Claims{"email": "second@example.com", "email_verified": true}), map[any]bool{}
		for _, a := range raceForProof(t, w, concurrency, func(int) *world.Answer {
			return w.Post(t,
				world.Call{Key: w.Keys["development"], Token: first, Body: `{"query":"{ account { id } }"}`})
		}) {
			world.Succeed(t, a)
			second[a.At("account.id")] = true
		}

		if len(ids) != 1 || len(second) != 1 {
			t.Errorf("there are %d accounts, and %d", len(ids), len(second))
		}
	})
}

// TestTheLastWayInStays checks that two concurrent requests, each of which leaves the customer the other way to
// sign in, don't remove both.
func TestTheLastWayInStays(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		w := linked(t, unlimited(), database)
		w.Trust(t, "apple", models.ProviderApple, false, false)
		claims := identitytest.Claims{"email": "new@example.com", "email_verified": true}
		world.Succeed(t, w.Do(t, "new", "signInWithIdentityProvider",
			fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q}`, w.NewToken("google", "new", claims))))
		world.Succeed(t, w.Do(t, "new", "linkIdentityProvider", fmt.Sprintf(
			`{"identityProvider":"APPLE","externalToken":%q,"currentIdentityProvider":"GOOGLE","currentExternalToken":%q}`,
			w.NewToken("apple", "new", nil), w.NewToken("google", "new", nil))))
		providers := []string{"google", "apple"}
		answers := raceForProof(t, w, 2, func(i int) *world.Answer {
			return w.Do(t, "new", "unlinkIdentityProvider", fmt.Sprintf(`{"identityProvider":%q,"externalToken":%q}`,
				strings.ToUpper(providers[i]), w.NewToken(providers[i], "new", nil)))
		})
		owner, err := w.Service.FindAccount(t.Context(), "new@example.com")
		world.Check(t, err)
		left, err := w.Store.Identities(t.Context(), owner.ID)
		world.Check(t, err)
		if len(left) != 1 || (answers[0].Code() == "") == (answers[1].Code() == "") {
			t.Errorf("left %+v: %s %s", left, answers[0].Body, answers[1].Body)
		}
	})
}

// countedIdentities also records when identities are read.
type countedIdentities struct{ countedStore }

func (s countedIdentities) AccountByIdentity(
	ctx context.Context, provider models.IdentityProvider, issuer, subject string,
) (*models.Account, *models.Identity, error) {
	s.work.note("AccountByIdentity")
	return s.Store.AccountByIdentity(ctx, provider, issuer, subject)
}

// TestTokensAreUniform checks that a caller who names an account and proves nothing learns nothing about it,
// whatever the token; the service does the same work for an unknown address.
func TestTokensAreUniform(t *testing.T) {
	w := linked(t, world.DefaultSettings(), world.SQLiteFile(t))
	world.NewSubject(t, w, account.NewAccount{Email: "plain@example.com"}, func(*models.Account) {})
	world.NewSubject(t, w,
		account.NewAccount{Email: "blocked@example.com"}, func(a *models.Account) { a.Status = models.StatusBlocked })
	world.NewSubject(t, w,
		account.NewAccount{Email: "pending@example.com"}, func(a *models.Account) { a.Status = models.StatusPending })
	work := &workload{}
	w.Service.Store = countedIdentities{countedStore{w.Store, work}}

	for kind, token := range map[string]string{
		"nobody's": w.NewToken("google", "nobody",
			identitytest.Claims{"email": "demo@example.com", "email_verified": true}),
		"old": w.NewToken("google", "demo",
			identitytest.Claims{"iat": w.Clock.Now().Add(-6 * time.Minute).Unix()}),
		"wrong":    w.NewToken("google", "demo", identitytest.Claims{"aud": "other"}),
		"no token": "hunter2",
	} {
		var reference []string
		for _, email := range []string{"demo@example.com",
			"unknown@example.com", "plain@example.com", "blocked@example.com", "pending@example.com"} {
			work.take()
			a := w.Do(t, "", "requestEmailChange", fmt.Sprintf(
				`{"email":"new@example.com","accountEmail":%q,"identityProvider":"GOOGLE","externalToken":%q}`, email, token,
			))
			steps, hashes := work.take()
			seen := append(steps, fmt.Sprint(hashes), answered(a))
			if reference == nil {
				reference = seen
			}
			if !slices.Equal(seen, reference) || a.Code() != string(models.CodeInvalidCredentials) {
				t.Errorf("%s token, %s:\n%q\n%q", kind, email, seen, reference)
			}
		}
	}
}

// TestAProviderThatIsDownTouchesNothing checks that nothing changes if a provider is unavailable, and that no try
// is counted (R-DEL4).
func TestAProviderThatIsDownTouchesNothing(t *testing.T) {
	w := linked(t, world.DefaultSettings(), world.SQLiteFile(t))
	down := w.Trust(t, "down", models.ProviderApple, false, false)
	down.Break(identitytest.Fails)
	token := w.NewToken("down", "demo", nil)
	tables := []string{"accounts", "sessions", "identities", "challenges", "outbox", "budgets", "consents"}
	count := func() (rows []int) {
		for _, table := range tables {
			rows = append(rows, query(t, w, "SELECT count(*) FROM "+table))
		}
		return append(rows, query(t, w, "SELECT coalesce(sum(count), 0) FROM budgets"),
			query(t, w, "SELECT sum(version) FROM accounts"))
	}

	before := count()
	for operation, input := range map[string]string{
		"requestEmailChange":         `{"email":"new@example.com","identityProvider":"APPLE","externalToken":%q}`,
		"requestPhoneUpdate":         `{"phone":"+48512345678","identityProvider":"APPLE","externalToken":%q}`,
		"updateAccount":              `{"email":"new@example.com","firstName":"New","identityProvider":"APPLE","externalToken":%q}`,
		"deleteAccount":              `{"clientAuthFactor":%q,"identityProvider":"APPLE"}`,
		"signInWithIdentityProvider": `{"identityProvider":"APPLE","externalToken":%q}`,
		"linkIdentityProvider":       `{"identityProvider":"APPLE","externalToken":%q,"password":"wrong"}`,
		"unlinkIdentityProvider":     `{"identityProvider":"APPLE","externalToken":%q,"password":"wrong"}`,
	} {
		for range 2 {
			refused(t, w.Do(t, "demo", operation, fmt.Sprintf(input, token)), models.CodeIdentityProviderUnavailable)
			if after := count(); !slices.Equal(after, before) {
				t.Fatalf("%s: %v of %v are %v now", operation, before, tables, after)
			}
		}
	}

	if asked := down.Asked(identitytest.KeysPath); asked != 1 {
		t.Errorf("the provider was asked %d times", asked)
	}
}

// TestCustomerTokensCostLittle checks that no request of a known customer writes anything or calls the issuer.
func TestCustomerTokensCostLittle(t *testing.T) {
	w := linked(t, world.DefaultSettings(), world.SQLiteFile(t))
	claims := identitytest.Claims{"email": "new@example.com", "email_verified": true}
	ask := func(token string) *world.Answer {
		return w.Post(t,
			world.Call{Key: w.Keys["development"], Token: token, Body: `{"query":"{ account { id email } }"}`})
	}

	world.Succeed(t, ask(w.NewToken("shop", "new", claims)))
	work := &workload{}
	w.Service.Store = countedIdentities{countedStore{w.Store, work}}
	issuer := w.Issuers["shop"]
	asked := issuer.Asked(identitytest.KeysPath)
	for range 3 {
		for _, of := range []struct {
			subject string
			claims  identitytest.Claims
			steps   string
		}{
			{"new", claims, "AccountByIdentity"},
			// If no account can be created, only the refusal is written.
			{"other", identitytest.Claims{"email": "demo@example.com", "email_verified": true},
				"AccountByIdentity AccountByEmail AccountByIdentity BEGIN RecordEvent COMMIT"},
			{"nobody", nil, "AccountByIdentity BEGIN RecordEvent COMMIT"},
		} {
			ask(w.NewToken("shop", of.subject, of.claims))
			if steps, _ := work.take(); strings.Join(steps, " ") != of.steps ||
				issuer.Asked(identitytest.KeysPath) != asked {
				t.Errorf("%s: %v, want %s; %d questions to the issuer", of.subject, steps, of.steps,
					issuer.Asked(identitytest.KeysPath)-asked)
			}
		}
	}

	// A caller without a live key can't make us verify a token.
	work.take()
	issuer.Rotate("ES256")
	w.Post(t,
		world.Call{Key: "ak_unknown", Token: w.NewToken("shop", "new", claims), Body: `{"query":"{ account { id } }"}`})
	if steps, _ := work.take(); len(steps) > 0 || issuer.Asked(identitytest.KeysPath) != asked {
		t.Errorf("for a stranger: %v, %d questions", steps, issuer.Asked(identitytest.KeysPath)-asked)
	}
}

// TestDeletionAndArrivalAtOnce checks that a request with a token whose account is deleted at the same time does
// not create a new account.
func TestDeletionAndArrivalAtOnce(t *testing.T) {
	w := linked(t, world.DefaultSettings(), world.SQLiteFile(t))
	claims := identitytest.Claims{"email": "new@example.com", "email_verified": true, "auth_time": w.Clock.Now().Unix()}
	token := w.NewToken("shop", "new", claims)
	ask := func() *world.Answer {
		return w.Post(t, world.Call{Key: w.Keys["development"],
			Token: token, Accept: "application/graphql-response+json", Body: `{"query":"{ account { id } }"}`})
	}

	world.Succeed(t, ask())
	keeper, plain := w.Service.Store, *w.Service
	// The account exists at the first read, and no longer when the transaction begins.
	w.Service.Store = forgetful{keeper}
	refused(t, ask(), models.CodeUnauthenticated)
	w.Service.Store = keeper
	_, err := plain.EraseAccount(t.Context(), "new@example.com")
	world.Check(t, err)
	refused(t, ask(), models.CodeUnauthenticated)
	w.Clock.Advance(4 * time.Minute)
	refused(t, ask(), models.CodeUnauthenticated)
	if _, err := plain.FindAccount(t.Context(), "new@example.com"); err == nil {
		t.Error("the account is back")
	}
}

// forgetful finds no identity, like a read before another request's write.
type forgetful struct{ account.Store }

func (forgetful) AccountByIdentity(
	context.Context, models.IdentityProvider, string, string,
) (*models.Account, *models.Identity, error) {
	return nil, nil, models.ErrNotFound
}
