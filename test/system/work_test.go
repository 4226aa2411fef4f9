package system

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check that the service's work reveals nothing: for all classes of a uniform operation, the same
// statements are executed, the same passwords hashed, the same number of messages queued, and the same bytes
// returned.

// workload records the work of the service, in order.
type workload struct {
	mu     sync.Mutex
	steps  []string
	hashes int
}

func (w *workload) note(step string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.steps = append(w.steps, step)
}

func (w *workload) hash() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hashes++
}

// take returns the records, and clears them.
func (w *workload) take() (steps []string, hashes int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	steps, hashes = w.steps, w.hashes
	w.steps, w.hashes = nil, 0
	return steps, hashes
}

// countedHasher records each hash.
type countedHasher struct {
	account.Hasher
	work *workload
}

func (h countedHasher) Hash(ctx context.Context, password string) (string, error) {
	h.work.hash()
	return h.Hasher.Hash(ctx, password)
}

func (h countedHasher) HashSalted(ctx context.Context, salt []byte, password string) (string, error) {
	h.work.hash()
	return h.Hasher.HashSalted(ctx, salt, password)
}

func (h countedHasher) Verify(ctx context.Context, stored *string, password string) (bool, error) {
	h.work.hash()
	return h.Hasher.Verify(ctx, stored, password)
}

// countedStore records each statement outside transactions, and how each transaction ends.
type countedStore struct {
	account.Store
	work *workload
}

func (s countedStore) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	s.work.note("BEGIN")
	err := s.Store.InTx(ctx, func(tx account.Tx) error { return decide(countedTx{tx, s.work}) })
	if err != nil {
		s.work.note("ROLLBACK")
	} else {
		s.work.note("COMMIT")
	}

	return err
}

func (s countedStore) AccountByID(ctx context.Context, id string) (*models.Account, error) {
	s.work.note("AccountByID")
	return s.Store.AccountByID(ctx, id)
}

func (s countedStore) AccountByEmail(ctx context.Context, email models.EmailAddress) (*models.Account, error) {
	s.work.note("AccountByEmail")
	return s.Store.AccountByEmail(ctx, email)
}

func (s countedStore) Registrations(
	ctx context.Context, email models.EmailAddress, now time.Time,
) ([]models.Registration, error) {
	s.work.note("Registrations")
	return s.Store.Registrations(ctx, email, now)
}

func (s countedStore) PendingChallenge(
	ctx context.Context, accountID string, purpose models.Purpose, now time.Time,
) (*models.Challenge, error) {
	s.work.note("PendingChallenge")
	return s.Store.PendingChallenge(ctx, accountID, purpose, now)
}

// countedTx records each statement in a transaction. These operations need no other methods.
type countedTx struct {
	account.Tx
	work *workload
}

func (t countedTx) LockAccount(ctx context.Context, id string) (*models.Account, error) {
	t.work.note("LockAccount")
	return t.Tx.LockAccount(ctx, id)
}

func (t countedTx) LockKnownAccount(ctx context.Context, known *models.Account) (*models.Account, error) {
	t.work.note("LockKnownAccount")
	return t.Tx.LockKnownAccount(ctx, known)
}

func (t countedTx) AccountByEmail(ctx context.Context, email models.EmailAddress) (*models.Account, error) {
	t.work.note("AccountByEmail")
	return t.Tx.AccountByEmail(ctx, email)
}

func (t countedTx) ReservedEmail(
	ctx context.Context, email models.EmailAddress, except string, now time.Time,
) (*models.Challenge, error) {
	t.work.note("ReservedEmail")
	return t.Tx.ReservedEmail(ctx, email, except, now)
}

func (t countedTx) CreateRegistration(ctx context.Context, registration *models.Registration, keep int) error {
	t.work.note("CreateRegistration")
	return t.Tx.CreateRegistration(ctx, registration, keep)
}

func (t countedTx) RefundBudget(ctx context.Context, key string) error {
	t.work.note("RefundBudget")
	return t.Tx.RefundBudget(ctx, key)
}

func (t countedTx) CreateAccount(ctx context.Context, account *models.Account) error {
	t.work.note("CreateAccount")
	return t.Tx.CreateAccount(ctx, account)
}

func (t countedTx) UpdateAccount(ctx context.Context, account *models.Account, columns ...string) error {
	t.work.note("UpdateAccount " + strings.Join(columns, ","))
	return t.Tx.UpdateAccount(ctx, account, columns...)
}

func (t countedTx) RecordConsents(ctx context.Context, consents []models.Consent) error {
	for range consents {
		t.work.note("INSERT")
	}
	return t.Tx.RecordConsents(ctx, consents)
}

func (t countedTx) CreateSession(ctx context.Context, session *models.Session) error {
	t.work.note("CreateSession")
	return t.Tx.CreateSession(ctx, session)
}

func (t countedTx) EndSession(ctx context.Context, accountID, id string, now time.Time) error {
	t.work.note("EndSession")
	return t.Tx.EndSession(ctx, accountID, id, now)
}

func (t countedTx) EndSessions(ctx context.Context, accountID, exceptID string, now time.Time) (int, error) {
	t.work.note("EndSessions")
	return t.Tx.EndSessions(ctx, accountID, exceptID, now)
}

func (t countedTx) ProveSession(ctx context.Context, id string, at time.Time) error {
	t.work.note("ProveSession")
	return t.Tx.ProveSession(ctx, id, at)
}

func (t countedTx) RotateSession(
	ctx context.Context, session *models.Session, former []byte, now time.Time,
) error {
	t.work.note("RotateSession")
	return t.Tx.RotateSession(ctx, session, former, now)
}

func (t countedTx) CreateChallenge(ctx context.Context, challenge *models.Challenge) error {
	t.work.note("INSERT")
	return t.Tx.CreateChallenge(ctx, challenge)
}

func (t countedTx) VoidChallenges(
	ctx context.Context, accountID string, now time.Time, purposes ...models.Purpose,
) (int, error) {
	t.work.note("VoidChallenges")
	return t.Tx.VoidChallenges(ctx, accountID, now, purposes...)
}

func (t countedTx) SpendBudget(
	ctx context.Context, key string, now time.Time, window time.Duration,
) (models.Budget, error) {
	t.work.note("SpendBudget")
	return t.Tx.SpendBudget(ctx, key, now, window)
}

func (t countedTx) Budget(ctx context.Context, key string) (models.Budget, error) {
	t.work.note("Budget")
	return t.Tx.Budget(ctx, key)
}

func (t countedTx) BlockBudget(ctx context.Context, key string, until time.Time) error {
	t.work.note("BlockBudget")
	return t.Tx.BlockBudget(ctx, key, until)
}

func (t countedTx) ResetBudget(ctx context.Context, key string) error {
	t.work.note("ResetBudget")
	return t.Tx.ResetBudget(ctx, key)
}

func (t countedTx) Enqueue(ctx context.Context, message *models.Message) error {
	t.work.note("Enqueue")
	return t.Tx.Enqueue(ctx, message)
}

func (t countedTx) RecordEvent(ctx context.Context, event *models.AuditEvent) error {
	t.work.note("RecordEvent")
	return t.Tx.RecordEvent(ctx, event)
}

// observe records the service's work from now on.
func observe(w *world.World) *workload {
	seen := &workload{}
	w.Service.Store = countedStore{w.Service.Store, seen}
	w.Service.Hasher = countedHasher{w.Service.Hasher, seen}
	w.Service.Wake = func() { seen.note("Wake") }
	return seen
}

// observation is everything that can be observed about one request, from the outside and the inside.
type observation struct {
	answer string
	steps  []string
	hashes int
	sent   int
}

// ids are the values that differ for every request, and the credentials of an address, which are its own.
var ids = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|"challenge":"[\w-]+"|` +
	`"allowCredentials":\[[^\]]+\]`)

// answered is a response without the parts that differ for every request.
func answered(a *world.Answer) string {
	header := a.Header.Clone()
	header.Del("X-Request-Id")
	header.Del("Content-Length") // the answer itself is compared
	return ids.ReplaceAllString(fmt.Sprint(unnumbered(a), " ", http.Header(header)), "ID")
}

// waits are the waits before each of several requests: the first request, one after the limit of a minute, and, for
// passwords, all until there is a wait.
var waits = []time.Duration{0, 2 * time.Minute, 2 * time.Minute, 0, 0, 0, 0, 0}

// observations returns the observations of several requests for one class, in a world of its own, in which every
// class has the same addresses.
func observations(t *testing.T, operation world.Uniform, of world.Class) []observation {
	settings := world.DefaultSettings()
	if operation.Verified {
		settings.Registration = account.RegistrationVerified
	}

	w := world.New(t, settings)
	world.Listen(t, w)
	// An account before those of the classes, so that all have neighbours in every index.
	world.NewSubject(t, w,
		account.NewAccount{Email: world.CustomerEmail, Password: account.DemoPassword}, func(*models.Account) {})
	customer := ""
	if operation.Customer {
		customer = "customer"
		world.Succeed(t, w.Do(t, customer, "signIn", world.Credentials(world.CustomerEmail, account.DemoPassword)))
	}

	email, phone := models.EmailAddress("subject@example.com"), models.PhoneNumber("+48512345679")
	of.Subject(t, w, email, phone)
	input := operation.InputOf(t, w, email, phone)

	seen := observe(w)
	var all []observation
	for _, wait := range waits {
		w.Clock.Advance(wait)
		world.Check(t, w.Worker.Drain(context.Background()))
		seen.take()
		a := w.Do(t, customer, operation.Operation, input)
		steps, hashes := seen.take()
		all = append(all, observation{answered(a), steps, hashes, unsent(t, w)})
	}

	return all
}

// unsent returns how many mails and text messages are queued.
func unsent(t *testing.T, w *world.World) int {
	db, err := sql.Open("sqlite3", "file:"+w.Database+"?mode=ro")
	world.Check(t, err)
	defer db.Close()
	var count int
	world.Check(t, db.QueryRow(`SELECT count(*) FROM outbox WHERE sent_at IS NULL AND channel <> ?`,
		models.ChannelWebhook).Scan(&count))
	return count
}

// TestWork checks R-RPR1, R-REC2, R-RPU3 and R-HASH2 by the work and the response; the timing laboratory measures
// the time (docs/timing.md).
func TestWork(t *testing.T) {
	for _, operation := range world.Uniforms {
		t.Run(operation.Name, func(t *testing.T) {
			t.Parallel()
			var reference []observation
			for i, of := range operation.Classes {
				got := observations(t, operation, of)
				if i == 0 {
					reference = got
				}
				if first := got[0]; first.hashes != operation.Hashes || first.sent != of.Sent {
					t.Errorf("%s: %d hashes and %d messages sent, want %d and %d", of.Name, first.hashes, first.sent,
						operation.Hashes, of.Sent)
				}

				for try := range waits {
					want, got := reference[try], got[try]
					if got.answer != want.answer {
						t.Errorf("%s, try %d, is answered\n%s\n%s is answered\n%s", of.Name, try, got.answer,
							operation.Classes[0].Name, want.answer)
					}
					if !slices.Equal(got.steps, want.steps) || got.hashes != want.hashes {
						t.Errorf("%s, try %d: %d hashes and\n%v\n%s: %d hashes and\n%v", of.Name, try,
							got.hashes, got.steps, operation.Classes[0].Name, want.hashes, want.steps)
					}
				}
			}
		})
	}
}
