package system

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// raceRounds is the number of rounds of the races of claims and proofs on each database; `go test -run
// TestClaimsAndProofsAtOnce ./test/system -races 6400` runs longer.
var raceRounds = flag.Int("races", 24, "rounds of TestClaimsAndProofsAtOnce on each database")

// provers makes callers that prove an address wait after the read that finds their secret or identity.
type provers struct {
	account.Store
	gate *gate
}

func (s provers) ChallengeBySecret(
	ctx context.Context, purpose models.Purpose, hash []byte,
) (*models.Challenge, error) {
	challenge, err := s.Store.ChallengeBySecret(ctx, purpose, hash)
	s.gate.pass()
	return challenge, err
}

func (s provers) AccountByIdentity(
	ctx context.Context, provider models.IdentityProvider, issuer, subject string,
) (*models.Account, *models.Identity, error) {
	owner, link, err := s.Store.AccountByIdentity(ctx, provider, issuer, subject)
	s.gate.pass()
	return owner, link, err
}

// claimers makes callers that register wait after the hash of the password.
type claimers struct {
	account.Hasher
	gate *gate
}

func (h claimers) HashSalted(ctx context.Context, salt []byte, password string) (string, error) {
	hash, err := h.Hasher.HashSalted(ctx, salt, password)
	h.gate.pass()
	return hash, err
}

// TestClaimsAndProofsAtOnce checks R-PRF1: of several concurrent proofs of one address exactly one succeeds,
// whoever claims it at the same time; the others are refused, an account that only claimed the address gets a
// placeholder, and the trail has an event for each.
func TestClaimsAndProofsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		w := world.NewOn(t, unlimited(), database)
		w.Trust(t, "google", models.ProviderGoogle, false, false)
		race := &claimRace{w: w, record: &recorder{Store: w.Service.Store}, hasher: w.Service.Hasher}
		for _, mover := range []string{"mover", "other"} {
			addCustomer(t, w, mover)
		}

		w.Service.Store = race.record

		for round := range *raceRounds {
			race.round(t, round)
			if t.Failed() {
				t.Fatalf("in round %d", round)
			}
		}
	})
}

// claimRace is a world in which proofs are raced.
type claimRace struct {
	w      *world.World
	record *recorder
	hasher account.Hasher
}

// contender is one of the concurrent callers.
type contender struct {
	customer, operation, input string
	// lost is the code that refuses a late proof; "" if the caller only claims the address.
	lost models.Code
}

// round proves an address in every way concurrently, while a stranger registers it. In one of three rounds an
// account has claimed it before; in the others the claiming account has been deleted, and in the last of them there
// is only one proof, which must succeed.
func (r *claimRace) round(t *testing.T, number int) {
	t.Helper()
	w := r.w
	email := fmt.Sprintf("wanted-%d@example.com", number)
	w.Clock.Advance(time.Second)
	first := r.token(t, models.MessageActivation, "", "registerAccount",
		fmt.Sprintf(`{"email":%q,"password":"the first of them"}`, email))
	world.Succeed(t, w.Do(t, "claimer", "signIn", world.Credentials(models.EmailAddress(email), "the first of them")))
	waiting := r.token(t, models.MessageActivation, "", "registerAccount",
		fmt.Sprintf(`{"email":%q,"password":"the second of them"}`, email))
	mover := []string{"mover", "other"}[number/3%2]
	moving := r.token(t, models.MessageEmailChange, mover, "requestEmailChange",
		fmt.Sprintf(`{"email":%q,"password":%q}`, email, account.DemoPassword))
	external := w.NewToken("google", email, identitytest.Claims{"email": email, "email_verified": true})

	contenders := []contender{
		{"", "confirmAccountActivation", fmt.Sprintf(`{"token":%q,"password":"the second of them"}`,
			waiting), models.CodeTokenInvalid},
		{mover, "confirmEmailChange", fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`,
			moving), models.CodeEmailUnavailable},
		{"", "signInWithIdentityProvider", fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q}`,
			external), models.CodeEmailUnavailable},
	}
	claimed := number%3 == 0
	if number%3 == 2 {
		contenders = contenders[number/3%3:][:1]
	}

	if claimed {
		contenders = append(contenders, contender{"", "confirmAccountActivation",
			fmt.Sprintf(`{"token":%q,"password":"the first of them"}`, first), models.CodeTokenInvalid})
	} else {
		world.Succeed(t, w.Do(t, "claimer", "deleteAccount", `{"clientAuthFactor":"the first of them"}`))
	}

	contenders = append(contenders,
		contender{"", "registerAccount", fmt.Sprintf(`{"email":%q,"password":"a stranger meanwhile"}`, email), ""})

	r.record.reset()
	held := newGate(t, len(contenders))
	w.Service.Store, w.Service.Hasher = provers{r.record, held}, claimers{r.hasher, held}
	answers := held.concurrently(len(contenders), func(i int) *world.Answer {
		one := *w // with its own map of sessions, which the world changes
		one.Tokens = map[string]string{mover: w.Tokens[mover]}
		return one.Do(t, contenders[i].customer, contenders[i].operation, contenders[i].input)
	})
	w.Service.Store, w.Service.Hasher = r.record, r.hasher
	r.judge(t, email, contenders, answers)
	if claimed {
		r.judgeClaimer(t, email, answers[3].Code() == "")
	}
}

// token runs an operation and returns the token of the mail that it sends.
func (r *claimRace) token(t *testing.T, kind models.MessageKind, customer, operation, input string) string {
	t.Helper()
	r.record.reset()
	world.Succeed(t, r.w.Do(t, customer, operation, input))
	at := slices.IndexFunc(r.record.messages, func(message models.Message) bool { return message.Kind == kind })
	if at < 0 {
		t.Fatalf("%s sent %+v", operation, r.record.messages)
	}

	return r.record.messages[at].Data.Token
}

// judge checks the responses, the account that has the address, and the trail.
func (r *claimRace) judge(t *testing.T, email string, contenders []contender, answers []*world.Answer) {
	t.Helper()
	won, operations := 0, map[string]int{}
	for i, a := range answers {
		switch one := contenders[i]; {
		case a.Code() == "" && one.lost != "":
			won++
		case a.Code() != string(one.lost):
			t.Errorf("%s: %d %s", one.operation, a.Status, a.Body)
		}
		operations[contenders[i].operation]++
	}

	holder, err := r.w.Service.FindAccount(t.Context(), email)
	if won != 1 || err != nil || !holder.EmailVerified() {
		t.Errorf("%d proofs won, and the address has %+v (%v)", won, holder, err)
	}

	for _, event := range r.record.events {
		operations[event.Operation]--
	}

	displaced := -operations["email displaced"]
	delete(operations, "email displaced")

	for operation, missing := range operations {
		if missing != 0 {
			t.Errorf("%d events of %s are missing: %+v", missing, operation, r.record.events)
		}
	}

	if displaced > 1 {
		t.Errorf("%d accounts were displaced", displaced)
	}
}

// judgeClaimer checks the account that claimed the address before.
func (r *claimRace) judgeClaimer(t *testing.T, email string, won bool) {
	t.Helper()
	mine := world.Succeed(t, r.w.Do(t, "claimer", "account", ""))
	if displaced := mine.At("account.emailDisplaced"); displaced == won || (mine.At("account.email") == email) != won {
		t.Errorf("the first claim won: %v, and has %v, displaced: %v", won, mine.At("account.email"), displaced)
	}
}

// TestClaimsTradeAddresses checks that two accounts that prove each other's claimed address concurrently don't
// deadlock: each locks first its own account and then the other. One gets its new address, and the other a
// placeholder.
func TestClaimsTradeAddresses(t *testing.T) {
	onBoth(t, func(t *testing.T, database string) {
		w := world.NewOn(t, unlimited(), database)
		race := &claimRace{w: w, record: &recorder{Store: w.Service.Store}}
		for number := range *raceRounds {
			w.Service.Store = race.record
			names := []string{"ada", "bob"}
			var emails, tokens []string
			for _, name := range names {
				email := models.EmailAddress(fmt.Sprintf("%s-%d@example.com", name, number))
				emails = append(emails, string(email))
				world.Succeed(t, w.Do(t, "", "registerAccount", world.Credentials(email, account.DemoPassword)))
				world.Succeed(t, w.Do(t, name, "signIn", world.Credentials(email, account.DemoPassword)))
			}

			for i, name := range names {
				tokens = append(tokens, race.token(t, models.MessageEmailChange, name, "requestEmailChange",
					fmt.Sprintf(`{"email":%q,"password":%q}`, emails[1-i], account.DemoPassword)))
			}

			race.record.reset()
			winner := oneWinner(t, raceForSecret(t, w, len(names), func(i int) *world.Answer {
				return w.Do(t, names[i], "confirmEmailChange",
					fmt.Sprintf(`{"token":%q,"newsletterAgreement":false}`, tokens[i]))
			}), models.CodeTokenInvalid)
			moved, displaced := world.Succeed(t,
				w.Do(t, names[winner], "account", "")), world.Succeed(t, w.Do(t, names[1-winner], "account", ""))
			if moved.At("account.email") != emails[1-winner] || displaced.At("account.emailDisplaced") != true ||
				len(race.record.events) != 3 {
				t.Fatalf("round %d: %s\n%s\n%+v", number, moved.Body, displaced.Body, race.record.events)
			}
		}
	})
}
