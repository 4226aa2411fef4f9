package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// Store keeps the data of the service. Every method fails with UNAVAILABLE if the database can't serve requests
// now; the comments name a method's other errors.
type Store interface {
	RecordStore

	// IdempotencyKey returns the key whose ID or RenewedID is id, or models.ErrNotFound if there is none or it has
	// expired.
	IdempotencyKey(ctx context.Context, id string, now time.Time) (*models.IdempotencyKey, error)

	// InTx runs decide in one transaction. Other transactions can write meanwhile, but not to an account that this
	// one has locked, and a write sees the latest row. Its writes are durable when InTx returns nil. If decide
	// returns an error, InTx returns the same error and discards the writes. InTx may run decide again after a
	// conflict, so decide must not act outside the transaction, nor depend on values that an earlier run has set.
	InTx(ctx context.Context, decide func(tx Tx) error) error

	// AccountByID returns models.ErrNotFound if the account does not exist.
	AccountByID(ctx context.Context, id string) (*models.Account, error)
	// AccountByEmail expects a canonical address. It returns models.ErrNotFound if no account has it.
	AccountByEmail(ctx context.Context, email models.EmailAddress) (*models.Account, error)
	// AccountByPhone expects a canonical number. It returns models.ErrNotFound if no account has it.
	AccountByPhone(ctx context.Context, phone models.PhoneNumber) (*models.Account, error)
	// ReservedEmail returns the live challenge by which an account other than except can take back an address that
	// it had, or models.ErrNotFound.
	ReservedEmail(
		ctx context.Context, email models.EmailAddress, except string, now time.Time,
	) (*models.Challenge, error)
	// Registrations returns the registrations of an address that have not expired, newest first.
	Registrations(ctx context.Context, email models.EmailAddress, now time.Time) ([]models.Registration, error)
	// RegistrationByChallenge returns the registration that a challenge redeems, or models.ErrNotFound.
	RegistrationByChallenge(ctx context.Context, challengeID string, now time.Time) (*models.Registration, error)
	// ChallengeBySecret returns the unused challenge of the purpose that has the secret, or models.ErrNotFound.
	ChallengeBySecret(ctx context.Context, purpose models.Purpose, secretHash []byte) (*models.Challenge, error)
	// PendingChallenge returns the newest unused challenge of the purpose that has not expired, or
	// models.ErrNotFound.
	PendingChallenge(
		ctx context.Context, accountID string, purpose models.Purpose, now time.Time,
	) (*models.Challenge, error)
	// Sessions returns the live sessions, most recently used first.
	Sessions(ctx context.Context, accountID string, now time.Time) ([]models.Session, error)
	// Identities returns the account's linked identities, oldest first.
	Identities(ctx context.Context, accountID string) ([]models.Identity, error)
	// AccountByIdentity returns the account to which the issuer's subject is linked, and the link; or
	// models.ErrNotFound.
	AccountByIdentity(
		ctx context.Context, provider models.IdentityProvider, issuer, subject string,
	) (*models.Account, *models.Identity, error)
	// Consents returns the account's consents, oldest first.
	Consents(ctx context.Context, accountID string) ([]models.Consent, error)
	// Activity returns up to limit audit events of the account, newest first, from before the event with that
	// number (0: from the newest).
	Activity(ctx context.Context, accountID string, before, limit int) ([]models.AuditEvent, error)
	// Budgets returns the state of the keys. It leaves out the keys of which nothing was spent.
	Budgets(ctx context.Context, keys ...string) ([]models.Budget, error)
	// Forget makes deleted data unreadable in the database's files, as far as the engine allows.
	Forget(ctx context.Context) error
	// APIKeys returns all keys, newest first.
	APIKeys(ctx context.Context) ([]models.APIKey, error)
}

// Tx is what a transaction can read and write. A write that matches no row returns models.ErrNotFound, so that the
// write itself decides, not an earlier read.
type Tx interface {
	// LockAccount returns the account and prevents other transactions from changing it until this one ends. It
	// returns models.ErrNotFound if the account does not exist.
	LockAccount(ctx context.Context, id string) (*models.Account, error)
	// LockKnownAccount is LockAccount for an account whose row the caller has read. If the row is still at the same
	// version, it returns a copy instead of reading the row again.
	LockKnownAccount(ctx context.Context, known *models.Account) (*models.Account, error)
	// AccountByEmail expects a canonical address and locks the account as LockAccount does; models.ErrNotFound.
	AccountByEmail(ctx context.Context, email models.EmailAddress) (*models.Account, error)
	// AccountByPhone expects a canonical number and locks the account as LockAccount does; models.ErrNotFound.
	AccountByPhone(ctx context.Context, phone models.PhoneNumber) (*models.Account, error)
	// ReservedEmail returns the live challenge by which an account other than except can take back an address that
	// it had, or models.ErrNotFound.
	ReservedEmail(
		ctx context.Context, email models.EmailAddress, except string, now time.Time,
	) (*models.Challenge, error)
	// CreateAccount fails with EMAIL_UNAVAILABLE or PHONE_UNAVAILABLE if another account has the address or number,
	// or can take the address back.
	CreateAccount(ctx context.Context, account *models.Account) error
	// UpdateAccount writes the named columns if the account is still at its version, and increments the version. It
	// fails with models.ErrNotFound, EMAIL_UNAVAILABLE or PHONE_UNAVAILABLE.
	UpdateAccount(ctx context.Context, account *models.Account, columns ...string) error
	// DeleteAccount deletes the row and everything that belongs to it except the audit trail; models.ErrNotFound.
	DeleteAccount(ctx context.Context, id string) error
	// RecordConsents appends consents to the customer's history.
	RecordConsents(ctx context.Context, consents []models.Consent) error
	// PendingConsent returns the account's newest consent of the channel if it waits for a proof, else
	// models.ErrNotFound.
	PendingConsent(ctx context.Context, accountID string, channel models.ConsentChannel) (*models.Consent, error)

	// CreateRegistration stores a registration. Of the registrations of its address to which no mail was sent, it
	// keeps the newest keep and deletes the older ones.
	CreateRegistration(ctx context.Context, registration *models.Registration, keep int) error
	// DropRegistrations deletes all registrations of an address.
	DropRegistrations(ctx context.Context, email models.EmailAddress) error

	// LinkIdentity links a subject to an account. It returns models.ErrTaken if the subject is already linked to
	// any account, or the account to another subject of the issuer, and models.ErrNotFound if the account does not
	// exist any more.
	LinkIdentity(ctx context.Context, identity *models.Identity) error
	// UnlinkIdentity deletes a link of the account; models.ErrNotFound.
	UnlinkIdentity(ctx context.Context, accountID string, provider models.IdentityProvider, issuer string) error
	// UnlinkIdentities deletes all links of the account, and returns them.
	UnlinkIdentities(ctx context.Context, accountID string) ([]models.Identity, error)
	// Identities returns the account's linked identities, oldest first.
	Identities(ctx context.Context, accountID string) ([]models.Identity, error)

	// CreateSession stores a new session.
	CreateSession(ctx context.Context, session *models.Session) error
	// ProveSession records when the session's customer proved a factor; models.ErrNotFound.
	ProveSession(ctx context.Context, id string, at time.Time) error
	// EndSession ends one live session of the account; models.ErrNotFound.
	EndSession(ctx context.Context, accountID, id string, now time.Time) error
	// EndSessions ends the account's live sessions except exceptID ("" for no exception) and returns how many it
	// ended. It also ends customer tokens that were issued until now, except those of an issuer whose TokenSession
	// is exceptID.
	EndSessions(ctx context.Context, accountID, exceptID string, now time.Time) (int, error)

	// CreateChallenge stores a new challenge. It also writes a challenge without an account (""), although no
	// account can find it.
	CreateChallenge(ctx context.Context, challenge *models.Challenge) error
	// TryChallenge counts one more attempt at a live challenge with fewer than limit attempts, and returns the
	// challenge; models.ErrNotFound.
	TryChallenge(ctx context.Context, id string, limit int, now time.Time) (*models.Challenge, error)
	// UseChallenge marks a live challenge as used. Of concurrent callers one succeeds; the others get
	// models.ErrNotFound.
	UseChallenge(ctx context.Context, id string, now time.Time) error
	// VoidChallenges deletes the account's challenges of the purposes (of all purposes if none is named) and
	// returns how many of them were live.
	VoidChallenges(ctx context.Context, accountID string, now time.Time, purposes ...models.Purpose) (int, error)
	// VoidUndos deletes the account's undo challenges that are for the target, or were created at since or later.
	VoidUndos(ctx context.Context, accountID, target string, since time.Time) error

	// SpendBudget counts one more use of the key, starting from zero if its window is over, and returns the new
	// state.
	SpendBudget(ctx context.Context, key string, now time.Time, window time.Duration) (models.Budget, error)
	// Budget returns the key's state; models.ErrNotFound.
	Budget(ctx context.Context, key string) (models.Budget, error)
	// BlockBudget blocks the key until the given time.
	BlockBudget(ctx context.Context, key string, until time.Time) error
	// RefundBudget takes back one use of the key.
	RefundBudget(ctx context.Context, key string) error
	// ResetBudget deletes the key.
	ResetBudget(ctx context.Context, key string) error

	// Enqueue puts a message into the outbox.
	Enqueue(ctx context.Context, message *models.Message) error
	// DropMessages deletes the account's unsent messages.
	DropMessages(ctx context.Context, accountID string) error
	// RetryMessage makes a failed message due again, or an event that was sent. It returns the message's account, or
	// "", also with an error; models.ErrNotFound, INVALID_INPUT.
	RetryMessage(ctx context.Context, id string, now time.Time) (accountID string, err error)
	// RecordEvent appends an event to its chain of the audit trail, and sets the event's number and hash.
	RecordEvent(ctx context.Context, event *models.AuditEvent) error

	// ReserveIdempotencyKey stores a key that is new or has expired, or whose earlier attempt at the same request
	// timed out without an outcome. Otherwise it returns models.ErrTaken.
	ReserveIdempotencyKey(ctx context.Context, key *models.IdempotencyKey, now time.Time) error
	// KeepOutcome writes RenewedID, AccountID and Outcome to a key that still belongs to its owner;
	// models.ErrNotFound.
	KeepOutcome(ctx context.Context, key *models.IdempotencyKey) error
	// KeepAnswer writes Answer to a key that still belongs to its owner and has no answer yet; models.ErrNotFound.
	KeepAnswer(ctx context.Context, key *models.IdempotencyKey) error
	// FreeIdempotencyKey deletes a key that still belongs to its owner and has neither outcome nor answer.
	FreeIdempotencyKey(ctx context.Context, id, owner string) error

	// RotateKeys makes a new key of each models.KeyPurpose, with which every process makes new values within a
	// minute.
	RotateKeys(ctx context.Context) error
	// CreateAPIKey stores a new key.
	CreateAPIKey(ctx context.Context, key *models.APIKey) error
	// RevokeAPIKey revokes a live key; models.ErrNotFound.
	RevokeAPIKey(ctx context.Context, id string, now time.Time) error
}
