package account

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
)

// The fakes below are a service and a store that keeps everything in maps. The store implements only what these
// tests need; the stories of package graph test whole flows on real databases.

var testTime = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// fakeStore keeps what transactions write. The methods of Store that it does not implement panic.
type fakeStore struct {
	Store
	kept kept
	// runs is how often each transaction runs, to simulate conflicts; 0 means once.
	runs int
	// fails is the error that every transaction returns, or nil.
	fails error
}

// kept is the content of the store.
type kept struct {
	accounts   map[string]models.Account
	budgets    map[string]models.Budget
	identities []models.Identity
	events     []models.AuditEvent
	messages   []models.Message
	outcomes   []models.IdempotencyKey
	proved     map[string]time.Time
	// told reports whether there is a webhook.
	told bool
}

// oneKey is the first key of codes, without a successor.
type oneKey struct{}

func (oneKey) CodeKey(_ context.Context, number int) (CodeKey, error) {
	if number > 1 {
		return CodeKey{}, models.ErrNotFound
	}
	return CodeKey{Number: 1, Secret: []byte("key")}, nil
}

func (oneKey) LinkKey(_ context.Context, number int) (CodeKey, error) {
	if number > 1 {
		return CodeKey{}, models.ErrNotFound
	}
	return CodeKey{Number: 1, Secret: []byte("a key of links has 32 bytes, yes")}, nil
}

func (oneKey) SigningKey(context.Context) (SigningKey, error) {
	return signingKey("signatures/1", 1), nil
}

func (oneKey) LookupKey(context.Context) ([]byte, error) { return []byte("key"), nil }

func (k kept) clone() kept {
	return kept{
		accounts: maps.Clone(k.accounts), budgets: maps.Clone(k.budgets), identities: slices.Clone(k.identities),
		events: slices.Clone(k.events), messages: slices.Clone(k.messages), outcomes: slices.Clone(k.outcomes),
		proved: maps.Clone(k.proved), told: k.told,
	}
}

func (s *fakeStore) InTx(_ context.Context, decide func(tx Tx) error) error {
	for run := 1; ; run++ {
		tx := &fakeTx{kept: s.kept.clone()}
		if err := errors.Join(decide(tx), s.fails); err != nil {
			return err
		}
		if run >= s.runs {
			s.kept = tx.kept
			return nil
		}
	}
}

func (s *fakeStore) AccountByEmail(_ context.Context, email models.EmailAddress) (*models.Account, error) {
	for _, account := range s.kept.accounts {
		if account.Email == email {
			return &account, nil
		}
	}
	return nil, models.ErrNotFound
}

func (s *fakeStore) AccountByIdentity(
	_ context.Context, _ models.IdentityProvider, _, subject string,
) (*models.Account, *models.Identity, error) {
	for _, identity := range s.kept.identities {
		if identity.Subject == subject {
			account := s.kept.accounts[identity.AccountID]
			return &account, &identity, nil
		}
	}
	return nil, nil, models.ErrNotFound
}

func (s *fakeStore) Registrations(context.Context, models.EmailAddress, time.Time) ([]models.Registration, error) {
	return nil, nil
}

// fakeTx is one run of a transaction.
type fakeTx struct {
	Tx
	kept
}

func (t *fakeTx) LockAccount(_ context.Context, id string) (*models.Account, error) {
	account, found := t.accounts[id]
	if !found {
		return nil, models.ErrNotFound
	}
	return &account, nil
}

func (t *fakeTx) LockKnownAccount(ctx context.Context, known *models.Account) (*models.Account, error) {
	return t.LockAccount(ctx, known.ID)
}

func (t *fakeTx) SpendBudget(
	_ context.Context, key string, now time.Time, window time.Duration,
) (models.Budget, error) {
	budget := t.budgets[key].Spent(now)
	budget.Key = key
	if budget.Count == 1 {
		budget.ResetsAt = now.Add(window)
	}
	t.budgets[key] = budget
	return budget, nil
}

func (t *fakeTx) Budget(_ context.Context, key string) (models.Budget, error) {
	budget, found := t.budgets[key]
	if !found {
		return budget, models.ErrNotFound
	}
	return budget, nil
}

func (t *fakeTx) BlockBudget(_ context.Context, key string, until time.Time) error {
	budget := t.budgets[key]
	budget.BlockedUntil = until
	t.budgets[key] = budget
	return nil
}

func (t *fakeTx) ResetBudget(_ context.Context, key string) error {
	delete(t.budgets, key)
	return nil
}

func (t *fakeTx) Identities(context.Context, string) ([]models.Identity, error) {
	return t.identities, nil
}

func (t *fakeTx) Passkeys(context.Context, string) ([]models.Passkey, error) { return nil, nil }

func (t *fakeTx) UnlinkIdentity(_ context.Context, _ string, _ models.IdentityProvider, issuer string) error {
	t.identities = slices.DeleteFunc(t.identities, func(one models.Identity) bool { return one.Issuer == issuer })
	return nil
}

func (t *fakeTx) ProveSession(_ context.Context, id string, at time.Time) error {
	if _, found := t.proved[id]; !found {
		return models.ErrNotFound
	}
	t.proved[id] = at
	return nil
}

func (t *fakeTx) Enqueue(_ context.Context, message *models.Message) error {
	t.messages = append(t.messages, *message)
	return nil
}

func (t *fakeTx) RecordEvent(_ context.Context, event *models.AuditEvent) error {
	t.events = append(t.events, *event)
	return nil
}

func (t *fakeTx) KeepOutcome(_ context.Context, key *models.IdempotencyKey) error {
	if key.Owner == overtaken {
		return models.ErrNotFound
	}
	t.outcomes = append(t.outcomes, *key)
	return nil
}

// overtaken is the owner of a key that another attempt has replaced.
const overtaken = "overtaken"

// fakeHasher uses the password itself as its hash.
type fakeHasher struct {
	Hasher
	hashes int
}

func (h *fakeHasher) Verify(_ context.Context, stored *string, password string) (bool, error) {
	h.hashes++
	return stored != nil && *stored == password, nil
}

func (h *fakeHasher) HashSalted(_ context.Context, _ []byte, password string) (string, error) {
	h.hashes++
	return password, nil
}

// newTestService returns a service with one customer, Ada, who has a session.
func newTestService(t *testing.T) (*Service, *fakeStore, models.Caller) {
	t.Helper()
	hash := "right"
	proven := testTime
	ada := models.Account{
		ID: "ada", Status: models.StatusActive, Email: "ada@example.com", EmailVerifiedAt: &proven, PasswordHash: &hash,
	}
	store := &fakeStore{kept: kept{
		accounts: map[string]models.Account{"ada": ada}, budgets: map[string]models.Budget{},
		proved: map[string]time.Time{"session": testTime.Add(-time.Hour)},
	}}
	ids := 0
	service := &Service{
		Settings: Settings{Limits: DefaultLimits(), StepUp: 15 * time.Minute, Registration: RegistrationOpen},
		Store:    store, Hasher: &fakeHasher{}, LookupKey: []byte("key"), CodeKeys: oneKey{}, RecordKeys: oneKey{},
		Random: rand.Reader,
		Now:    func() time.Time { return testTime },
		NewID:  func() string { ids++; return fmt.Sprintf("id-%d", ids) }, Wake: func() {},
	}
	caller := models.Caller{
		IP: "192.0.2.1", RequestID: "request", APIKey: &models.APIKey{ID: "key"}, Account: &ada,
		Session: &models.Session{ID: "session", AccountID: "ada", AuthenticatedAt: testTime.Add(-time.Hour)},
	}

	return service, store, caller
}

func (t *fakeTx) WebhookTargets(context.Context) ([]models.WebhookTarget, error) {
	if !t.told {
		return nil, nil
	}
	return []models.WebhookTarget{{Name: "webhook"}}, nil
}

func (t *fakeTx) RecordWebhookEvent(_ context.Context, event *models.WebhookEvent) error {
	event.Sequence = 1
	return nil
}
