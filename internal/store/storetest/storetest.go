// Package storetest tests a store: it has the same cases for every database.
package storetest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
)

// base is the time of the cases. Its fraction ends in zeros, which a database that stores times as text may drop.
var base = time.Date(2026, time.March, 29, 1, 59, 59, 120_000_000, time.UTC)

// Exercise checks the contract of every method on stores that open returns: migrated, empty, and closed by open's
// own cleanup.
func Exercise(t *testing.T, open func(t *testing.T) *store.Store) {
	cases := []struct {
		name  string
		check func(t *testing.T, f *fixture)
	}{
		{"schema is current", schemaIsCurrent},
		{"ready leaves nothing behind", readyLeavesNothing},
		{"account is kept whole", accountIsKeptWhole},
		{"account not found", accountNotFound},
		{"known account is current", knownAccountIsCurrent},
		{"taken addresses", takenAddresses},
		{"one of many takes an e-mail", oneTakesEmail},
		{"update writes its columns only", updateWritesItsColumns},
		{"update is guarded by the version", updateIsGuarded},
		{"update refuses unknown columns", updateRefusesUnknownColumns},
		{"concurrent updates all survive", concurrentUpdatesSurvive},
		{"delete takes everything along", deleteTakesEverything},
		{"nothing comes back after a delete", nothingComesBack},
		{"deletions", deletions},
		{"idle accounts", idleAccounts}, {"notices of idle accounts", idleNotices},
		{"kept exports", keptExports},
		{"consents are kept", consentsAreKept}, {"pages of consents", consentPages},
		{"proofs of consent expire", consentProofsExpire},
		{"terms are accepted once", termsAreAcceptedOnce},
		{"addresses", addresses},
		{"one default of each kind", oneDefault},
		{"transaction is all or nothing", transactionIsAllOrNothing},
		{"transaction ends with its context", transactionEndsWithContext},
		{"transaction survives a taken address only", transactionAfterFailure},
		{"sessions", sessions},
		{"recent sessions", recentSessions},
		{"known devices", knownDevices},
		{"devices are watched once", devicesAreWatchedOnce},
		{"session expiry", sessionExpiry},
		{"activity", activity},
		{"authenticate", authenticate},
		{"authenticate returns what the other reads return", authenticateAgrees},
		{"identities", identities},
		{"passkeys", passkeys},
		{"authenticators", authenticators},
		{"recovery codes", recoveryCodes},
		{"authenticators that wait", waitingAuthenticators},
		{"customer tokens end with the sessions", customerTokensEnd},
		{"one of many links a subject", oneLinksSubject},
		{"challenges", challenges},
		{"challenge is used once", challengeIsUsedOnce},
		{"challenge is tried five times", challengeIsTriedFiveTimes},
		{"void challenges", voidChallenges},
		{"void undos", voidUndos},
		{"registrations", registrations},
		{"reserved addresses", reservedAddresses},
		{"a reserved address is not free for who waited", waitsForChange},
		{"account by phone", phonesAreLocked},
		{"pending consents", pendingConsents},
		{"unlink identities", unlinkIdentities},
		{"budget refunds", budgetRefunds},
		{"what is pending", pending},
		{"records of accounts", records},
		{"search", search},
		{"custom ids", customIDs},
		{"budgets", budgets},
		{"budget counts each of many", budgetCountsEach},
		{"outbox", outbox},
		{"outbox drops what is void", outboxDropsVoid},
		{"outbox failures", outboxFailures},
		{"outbox finds what stale messages hide", outboxLooksBehindStale},
		{"outbox deletes what nobody owns", outboxDeletesOrphans},
		{"outbox is operated", outboxIsOperated},
		{"retries name their account", retriesNameTheirAccount},
		{"audit events", auditEvents},
		{"outbox by channel", outboxByChannel},
		{"two workers never claim one message", workersNeverShare},
		{"webhook events", webhookEvents},
		{"webhook numbers follow the commits", webhookNumbers},
		{"webhook numbers have no gap", webhookNumbersRace},
		{"webhook targets have queues", webhookTargets},
		{"api keys", apiKeys},
		{"server key", serverKey},
		{"keys rotate", keysRotate},
		{"keys are dropped", keysAreDropped},
		{"the key of lookups stays", lookupKeyStays},
		{"idempotency keys", idempotencyKeys},
		{"idempotency keys go", idempotencyKeysGo},
		{"one of many reserves an idempotency key", oneReservesKey},
		{"reap", reap},
		{"times order in SQL as in Go", timesOrder},
		{"closed store is unavailable", closedIsUnavailable},
	}

	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.check(t, &fixture{T: t, Store: open(t), ctx: t.Context()})
		})
	}
}

// many is how many goroutines compete for one row.
const many = 64

// fixture is a store with helpers for the cases. Each helper fails the test immediately.
type fixture struct {
	*testing.T
	*store.Store
	ctx context.Context
	ids int
}

// id returns a new id. Ids ascend.
func (f *fixture) id(kind string) string {
	f.ids++
	return fmt.Sprintf("%s-%04d", kind, f.ids)
}

func hash(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

// ok fails the test if err is not nil.
func (f *fixture) ok(err error) {
	f.Helper()
	if err != nil {
		f.Fatalf("unexpected: %v (cause %v)", err, errors.Unwrap(err))
	}
}

// notFound fails the test unless err is models.ErrNotFound.
func (f *fixture) notFound(err error) {
	f.Helper()
	if !errors.Is(err, models.ErrNotFound) {
		f.Fatalf("got %v, want not found", err)
	}
}

// code fails the test unless err has the code.
func (f *fixture) code(err error, want models.Code) {
	f.Helper()
	if err == nil || models.CodeOf(err) != want {
		f.Fatalf("got %v, want %s", err, want)
	}
}

// tx runs a transaction that must succeed.
func (f *fixture) tx(decide func(tx account.Tx) error) {
	f.Helper()
	f.ok(f.InTx(f.ctx, decide))
}

// erase deletes an account.
func (f *fixture) erase(tx account.Tx, id string) error {
	_, err := tx.DeleteAccount(f.ctx, id)
	return err
}

// account stores a minimal account.
func (f *fixture) account(email models.EmailAddress) *models.Account {
	f.Helper()
	made := minimalAccount(f.id("account"), email)
	f.tx(func(tx account.Tx) error { return tx.CreateAccount(f.ctx, made) })
	return made
}

func minimalAccount(id string, email models.EmailAddress) *models.Account {
	return &models.Account{
		ID: id, Status: models.StatusActive, Email: email,
		Profile: models.Profile{Sex: models.SexNotSpecified, Attributes: models.JSONObject{}},
		Tags:    []string{}, Version: 1, CreatedAt: base, UpdatedAt: base,
	}
}

// session stores a session that is valid for an hour from base.
func (f *fixture) session(owner *models.Account) *models.Session {
	f.Helper()
	id := f.id("session")
	made := &models.Session{
		ID: id, AccountID: owner.ID, APIKeyID: "key", TokenHash: hash(id), CreatedAt: base, AuthenticatedAt: base,
		LastUsedAt: base, EndsAt: base.Add(24 * time.Hour), ExpiresAt: base.Add(time.Hour),
	}
	f.tx(func(tx account.Tx) error { return tx.CreateSession(f.ctx, made) })

	return made
}

// challenge stores a challenge that is valid for an hour from base.
func (f *fixture) challenge(owner *models.Account, purpose models.Purpose) *models.Challenge {
	f.Helper()
	id := f.id("challenge")
	made := &models.Challenge{
		ID: id, AccountID: owner.ID, Purpose: purpose, SecretHash: hash(id), Target: "new@example.com",
		EmailAtIssue: owner.Email,
		CreatedAt:    base, ExpiresAt: base.Add(time.Hour), ResendAvailableAt: base.Add(time.Minute),
	}
	f.tx(func(tx account.Tx) error { return tx.CreateChallenge(f.ctx, made) })

	return made
}

// message stores a message that is due at base.
func (f *fixture) message(ownerID, challengeID string) *models.Message {
	f.Helper()
	made := &models.Message{
		ID: f.id("message"), AccountID: ownerID, ChallengeID: challengeID, Channel: models.ChannelMail,
		Kind:      models.MessagePasswordReset,
		Recipient: "a@example.com", Data: models.MessageData{Token: "secret-token", Code: "123456", Name: "Ada"},
		CreatedAt: base, NotBefore: base,
	}
	f.tx(func(tx account.Tx) error { return tx.Enqueue(f.ctx, made) })

	return made
}

// claim returns the ids of the messages that a worker gets.
func (f *fixture) claim(now time.Time) []string {
	f.Helper()
	claimed, err := f.ClaimMessages(f.ctx, now, time.Minute, 100)
	f.ok(err)
	ids := []string{}
	for _, message := range claimed {
		ids = append(ids, message.ID)
	}

	return ids
}

// race runs concurrent attempts and returns how many succeeded. The others must fail with one of the wanted errors.
func (f *fixture) race(attempt func(n int) error, wanted func(error) bool) int {
	f.Helper()
	errs := make([]error, many)
	var group sync.WaitGroup
	start := make(chan struct{})
	for n := range many {
		group.Go(func() {
			<-start
			errs[n] = attempt(n)
		})
	}

	close(start)
	group.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !wanted(err):
			f.Fatalf("a loser got %v", err)
		}
	}

	return won
}

func isNotFound(err error) bool { return errors.Is(err, models.ErrNotFound) }
