package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// Store keeps what the service decides. Every method fails with UNAVAILABLE
// when the database can't serve now; what else it can fail with, its comment says.
type Store interface {
	RecordStore

	// IdempotencyKey returns the key whose ID or RenewedID is the id, unless it has expired; models.ErrNotFound.
	IdempotencyKey(ctx context.Context, id string, now time.Time) (*models.IdempotencyKey, error)

	// InTx runs decide in one transaction. Others write meanwhile, but not to an account that it has locked, and a
	// write sees the latest row. Its writes are durable when InTx returns nil; an error of decide is returned as it is
	// and leaves nothing behind. decide may be run again after a conflict, so it must not act outside the transaction,
	// nor depend on what an earlier run of it has set.
	InTx(ctx context.Context, decide func(tx Tx) error) error

	// AccountByID fails with models.ErrNotFound.
	AccountByID(ctx context.Context, id string) (*models.Account, error)
	// AccountByEmail takes a canonical address and fails with models.ErrNotFound.
	AccountByEmail(ctx context.Context, email models.EmailAddress) (*models.Account, error)
	// AccountByPhone takes a canonical number and fails with models.ErrNotFound.
	AccountByPhone(ctx context.Context, phone models.PhoneNumber) (*models.Account, error)
	// ReservedEmail returns the live challenge by which an account other than except can take back an address that it
	// had; models.ErrNotFound.
	ReservedEmail(
		ctx context.Context, email models.EmailAddress, except string, now time.Time,
	) (*models.Challenge, error)
	// Registrations returns the registrations of an address that have not expired, the newest first.
	Registrations(ctx context.Context, email models.EmailAddress, now time.Time) ([]models.Registration, error)
	// RegistrationByChallenge returns the registration that a challenge redeems; models.ErrNotFound.
	RegistrationByChallenge(ctx context.Context, challengeID string, now time.Time) (*models.Registration, error)
	// ChallengeBySecret fails with models.ErrNotFound for a secret that no unused challenge of the purpose has.
	ChallengeBySecret(ctx context.Context, purpose models.Purpose, secretHash []byte) (*models.Challenge, error)
	// PendingChallenge returns the newest unused challenge of the purpose that has not expired, or models.ErrNotFound.
	PendingChallenge(
		ctx context.Context, accountID string, purpose models.Purpose, now time.Time,
	) (*models.Challenge, error)
	// Sessions returns the live sessions, the most recently used first.
	Sessions(ctx context.Context, accountID string, now time.Time) ([]models.Session, error)
	// Identities returns the account's linked identities, the oldest first.
	Identities(ctx context.Context, accountID string) ([]models.Identity, error)
	// AccountByIdentity returns the account that the subject of the issuer is linked to, and the link;
	// models.ErrNotFound.
	AccountByIdentity(
		ctx context.Context, provider models.IdentityProvider, issuer, subject string,
	) (*models.Account, *models.Identity, error)
	// Consents returns the account's answers, the oldest first.
	Consents(ctx context.Context, accountID string) ([]models.Consent, error)
	// Activity returns up to limit audit events of the account, the newest first, from before the event with that
	// number (0: from the newest).
	Activity(ctx context.Context, accountID string, before, limit int) ([]models.AuditEvent, error)
	// Budgets returns the state of those of the keys of which something was spent.
	Budgets(ctx context.Context, keys ...string) ([]models.Budget, error)
	// Forget makes what was deleted unreadable in the database's files, as far as the engine allows.
	Forget(ctx context.Context) error
	// APIKeys returns all keys, the newest first.
	APIKeys(ctx context.Context) ([]models.APIKey, error)
}

// Tx is what a transaction can read and write. A write that meets no row fails
// with models.ErrNotFound, so that the write decides and never a read before it.
type Tx interface {
	// LockAccount returns the account and keeps others from changing it until the transaction ends; models.ErrNotFound.
	LockAccount(ctx context.Context, id string) (*models.Account, error)
	// AccountByEmail takes a canonical address and locks the account as LockAccount does; models.ErrNotFound.
	AccountByEmail(ctx context.Context, email models.EmailAddress) (*models.Account, error)
	// AccountByPhone takes a canonical number and locks the account as LockAccount does; models.ErrNotFound.
	AccountByPhone(ctx context.Context, phone models.PhoneNumber) (*models.Account, error)
	// ReservedEmail returns the live challenge by which an account other than except can take back an address that it
	// had; models.ErrNotFound.
	ReservedEmail(
		ctx context.Context, email models.EmailAddress, except string, now time.Time,
	) (*models.Challenge, error)
	// CreateAccount fails with EMAIL_UNAVAILABLE or PHONE_UNAVAILABLE when another account has the address, or can take
	// it back.
	CreateAccount(ctx context.Context, account *models.Account) error
	// UpdateAccount writes the named columns of an account that is still at its version, and raises the version.
	// It fails with models.ErrNotFound, EMAIL_UNAVAILABLE or PHONE_UNAVAILABLE.
	UpdateAccount(ctx context.Context, account *models.Account, columns ...string) error
	// DeleteAccount deletes the row and everything that belongs to it but the audit trail; models.ErrNotFound.
	DeleteAccount(ctx context.Context, id string) error
	// RecordConsents appends answers to the customer's consent history.
	RecordConsents(ctx context.Context, consents []models.Consent) error
	// PendingConsent returns the account's newest answer of the channel, if that waits for a proof; else
	// models.ErrNotFound.
	PendingConsent(ctx context.Context, accountID string, channel models.ConsentChannel) (*models.Consent, error)

	// CreateRegistration stores what a registration brought. Of those of its address that
	// are not mailed, it deletes the oldest beyond so many.
	CreateRegistration(ctx context.Context, registration *models.Registration, keep int) error
	// DropRegistrations deletes all registrations of an address.
	DropRegistrations(ctx context.Context, email models.EmailAddress) error

	// LinkIdentity links a subject to an account; models.ErrTaken if the subject
	// is linked already, to whichever account, or the account to another subject of
	// the issuer; models.ErrNotFound if the account is gone.
	LinkIdentity(ctx context.Context, identity *models.Identity) error
	// UnlinkIdentity ends a link of the account; models.ErrNotFound.
	UnlinkIdentity(ctx context.Context, accountID string, provider models.IdentityProvider, issuer string) error
	// UnlinkIdentities ends all links of the account, and returns them.
	UnlinkIdentities(ctx context.Context, accountID string) ([]models.Identity, error)
	// Identities returns the account's linked identities, the oldest first.
	Identities(ctx context.Context, accountID string) ([]models.Identity, error)

	// CreateSession stores a new session.
	CreateSession(ctx context.Context, session *models.Session) error
	// ProveSession notes that the session's customer proved a factor; models.ErrNotFound.
	ProveSession(ctx context.Context, id string, at time.Time) error
	// EndSession ends one live session of the account; models.ErrNotFound.
	EndSession(ctx context.Context, accountID, id string, now time.Time) error
	// EndSessions ends the account's live sessions except one ("" for none) and returns how many they were.
	// Customer tokens that were issued until now end, too, but for those of an issuer whose TokenSession is the
	// exception.
	EndSessions(ctx context.Context, accountID, exceptID string, now time.Time) (int, error)

	// CreateChallenge stores a new challenge; one of no account ("") is written all the same, and can never be found by
	// one.
	CreateChallenge(ctx context.Context, challenge *models.Challenge) error
	// TryChallenge counts one more attempt at a live challenge with fewer than limit attempts, and returns it;
	// models.ErrNotFound.
	TryChallenge(ctx context.Context, id string, limit int, now time.Time) (*models.Challenge, error)
	// UseChallenge marks a live challenge as used; of any number of callers one succeeds, the others get
	// models.ErrNotFound.
	UseChallenge(ctx context.Context, id string, now time.Time) error
	// VoidChallenges deletes the account's challenges of the purposes (all purposes if none is named) and returns
	// how many were live.
	VoidChallenges(ctx context.Context, accountID string, now time.Time, purposes ...models.Purpose) (int, error)
	// VoidUndos deletes the account's undos that are for the target, or as young as since.
	VoidUndos(ctx context.Context, accountID, target string, since time.Time) error

	// SpendBudget counts one more use of the key, from nothing if its time is over, and returns the new state.
	SpendBudget(ctx context.Context, key string, now time.Time, window time.Duration) (models.Budget, error)
	// Budget returns the key's state; models.ErrNotFound.
	Budget(ctx context.Context, key string) (models.Budget, error)
	// BlockBudget sets until when the key lets nothing through.
	BlockBudget(ctx context.Context, key string, until time.Time) error
	// RefundBudget takes one use of the key back.
	RefundBudget(ctx context.Context, key string) error
	// ResetBudget forgets the key.
	ResetBudget(ctx context.Context, key string) error

	// Enqueue puts a message in the outbox.
	Enqueue(ctx context.Context, message *models.Message) error
	// DropMessages deletes the account's unsent messages.
	DropMessages(ctx context.Context, accountID string) error
	// RecordEvent appends to the event's chain of the audit trail, and seals the event with its number and hash.
	RecordEvent(ctx context.Context, event *models.AuditEvent) error

	// ReserveIdempotencyKey stores a key that is new, or has expired, or whose attempt at the same request ran out of
	// time without an outcome; models.ErrTaken.
	ReserveIdempotencyKey(ctx context.Context, key *models.IdempotencyKey, now time.Time) error
	// KeepOutcome writes RenewedID, AccountID and Outcome to a key that its owner still has; models.ErrNotFound.
	KeepOutcome(ctx context.Context, key *models.IdempotencyKey) error
	// KeepAnswer writes Answer to a key that its owner still has, and that has none; models.ErrNotFound.
	KeepAnswer(ctx context.Context, key *models.IdempotencyKey) error
	// FreeIdempotencyKey deletes a key that its owner still has, and that has neither outcome nor answer.
	FreeIdempotencyKey(ctx context.Context, id, owner string) error

	// CreateAPIKey stores a new key.
	CreateAPIKey(ctx context.Context, key *models.APIKey) error
	// RevokeAPIKey ends a live key; models.ErrNotFound.
	RevokeAPIKey(ctx context.Context, id string, now time.Time) error
}
