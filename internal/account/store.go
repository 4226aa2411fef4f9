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

	// AccountIDs returns up to limit ids of accounts, in their order, from behind the given one.
	AccountIDs(ctx context.Context, after string, limit int) ([]string, error)
	// UnprovenAccounts looks at limit accounts behind the given id. It returns the ids of those that are
	// models.Account.Unproven and were last used before a time, and the last id it looked at, or "" at the end.
	UnprovenAccounts(
		ctx context.Context, after string, before time.Time, limit int,
	) (ids []string, next string, err error)
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
	// Passkeys returns the account's passkeys, oldest first.
	Passkeys(ctx context.Context, accountID string) ([]models.Passkey, error)
	// PasskeyByCredential returns the passkey with an authenticator's name of it, or models.ErrNotFound.
	PasskeyByCredential(ctx context.Context, credentialID []byte) (*models.Passkey, error)
	// Authenticators returns the account's authenticators, oldest first.
	Authenticators(ctx context.Context, accountID string) ([]models.Authenticator, error)
	// AuthenticatorSecret returns the secret of an authenticator, ChallengeSecret that of one that waits for its first
	// code; models.ErrNotFound if the challenge holds none.
	AuthenticatorSecret(ctx context.Context, authenticator *models.Authenticator) ([]byte, error)
	ChallengeSecret(ctx context.Context, challenge *models.Challenge) ([]byte, error)
	// RecoveryCodes returns the account's unused recovery codes.
	RecoveryCodes(ctx context.Context, accountID string) ([]models.RecoveryCode, error)
	// KnownDevices returns the devices that the account knows, most recently seen first.
	KnownDevices(ctx context.Context, accountID string, now time.Time) ([]models.KnownDevice, error)
	// Consents returns the account's consents, oldest first.
	Consents(ctx context.Context, accountID string) ([]models.Consent, error)
	// TermsAcceptances returns the versions of terms that the customer accepted, oldest first.
	TermsAcceptances(ctx context.Context, accountID string) ([]models.TermsAcceptance, error)
	// ConsentPage returns up to limit consents of the account, newest first, from before a place (nil: from the newest).
	ConsentPage(
		ctx context.Context, accountID string, before *models.ConsentPlace, limit int,
	) ([]models.Consent, error)
	// ConsentProofs returns what is kept of erased customers' consents under a pseudonym, oldest first.
	ConsentProofs(ctx context.Context, pseudonym []byte) ([]models.ConsentProof, error)
	// Activity returns up to limit audit events of the account, newest first, from before the event with that
	// number (0: from the newest).
	Activity(ctx context.Context, accountID string, before, limit int) ([]models.AuditEvent, error)
	// Budgets returns the state of the keys. It leaves out the keys of which nothing was spent.
	Budgets(ctx context.Context, keys ...string) ([]models.Budget, error)
	// KeptExport returns a document that has not expired, or models.ErrNotFound.
	KeptExport(ctx context.Context, id string, now time.Time) (*models.KeptExport, error)
	// Deletion returns the account's grace period, or models.ErrNotFound.
	Deletion(ctx context.Context, accountID string) (*models.Deletion, error)
	// DueDeletions returns up to limit accounts whose grace period is over, those that wait longest first.
	DueDeletions(ctx context.Context, now time.Time, limit int) (ids []string, err error)
	// FindIdle looks at up to limit accounts that may be idle since before a time, begins the notices of those that are,
	// and returns how many it looked at.
	FindIdle(ctx context.Context, before, now time.Time, limit int) (looked int, err error)
	// DueIdleNotices returns up to limit accounts whose notices have a step due, those that wait longest first.
	DueIdleNotices(ctx context.Context, now time.Time, limit int) (ids []string, err error)
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
	// DeleteAccount deletes the row and everything that belongs to it except the audit trail, and returns how many rows
	// of which table; models.ErrNotFound.
	DeleteAccount(ctx context.Context, id string) ([]models.DeletedRows, error)
	// Deletion returns the account's grace period, or models.ErrNotFound.
	Deletion(ctx context.Context, accountID string) (*models.Deletion, error)
	// KeepExport stores a document in place of the account's earlier one.
	KeepExport(ctx context.Context, kept *models.KeptExport) error
	// ScheduleDeletion stores the grace period of an account.
	ScheduleDeletion(ctx context.Context, deletion *models.Deletion) error
	// CancelDeletion ends the grace period of an account; models.ErrNotFound.
	CancelDeletion(ctx context.Context, accountID string) error
	// RecordUse records that the account was used. It is no change of the account.
	RecordUse(ctx context.Context, accountID string, at time.Time) error
	// SignedIn reports whether the account has a live session.
	SignedIn(ctx context.Context, accountID string, now time.Time) (bool, error)
	// CountIdleFrom says from when on the account may count as idle; models.ErrNotFound. It is no change of the account.
	CountIdleFrom(ctx context.Context, accountID string, from time.Time) error
	// IdleNotice returns the notices of an account, or models.ErrNotFound.
	IdleNotice(ctx context.Context, accountID string) (*models.IdleNotice, error)
	// KeepIdleNotice writes what has changed of an account's notices; models.ErrNotFound.
	KeepIdleNotice(ctx context.Context, notice *models.IdleNotice) error
	// DropIdleNotice ends the notices of an account; models.ErrNotFound.
	DropIdleNotice(ctx context.Context, accountID string) error
	// SentAt returns when a message was sent, or nil if it still waits. It returns models.ErrNotFound if it failed for
	// good or is gone.
	SentAt(ctx context.Context, messageID string) (*time.Time, error)
	// RecordConsents appends consents to the customer's history.
	RecordConsents(ctx context.Context, consents []models.Consent) error
	// PendingConsent returns the account's newest consent of the channel if it waits for a proof, else
	// models.ErrNotFound.
	PendingConsent(ctx context.Context, accountID string, channel models.ConsentChannel) (*models.Consent, error)
	// Consents returns the account's consents, oldest first.
	Consents(ctx context.Context, accountID string) ([]models.Consent, error)
	// KeepConsentProofs stores what is kept of an erased customer's consents.
	KeepConsentProofs(ctx context.Context, proofs []models.ConsentProof) error

	// RecordTerms records accepted versions of terms, and returns those that were not accepted before. It returns
	// models.ErrNotFound if the account does not exist.
	RecordTerms(ctx context.Context, acceptances []models.TermsAcceptance) ([]models.TermsAcceptance, error)

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

	// Addresses returns the account's address book, oldest first.
	Addresses(ctx context.Context, accountID string) ([]models.Address, error)
	// CreateAddress stores a new address; models.ErrNotFound if the account does not exist.
	CreateAddress(ctx context.Context, address *models.Address) error
	// UpdateAddress writes the named columns if the address is still at its version, and increments the version;
	// models.ErrNotFound.
	UpdateAddress(ctx context.Context, address *models.Address, columns ...string) error
	// DeleteAddress deletes an address of the account; models.ErrNotFound.
	DeleteAddress(ctx context.Context, accountID, id string) error
	// CreatePasskey stores a new passkey. It returns models.ErrTaken if an account has the credential already, and
	// models.ErrNotFound if the account does not exist any more.
	CreatePasskey(ctx context.Context, passkey *models.Passkey) error
	// RenamePasskey renames a passkey of the account; models.ErrNotFound.
	RenamePasskey(ctx context.Context, accountID, id, name string) error
	// UsePasskey records a use of a passkey. It returns models.ErrNotFound if the passkey is gone, or its count has not
	// grown, unless it is always 0.
	UsePasskey(ctx context.Context, id string, use models.PasskeyUse, at time.Time) error
	// RemovePasskey deletes a passkey of the account; models.ErrNotFound.
	RemovePasskey(ctx context.Context, accountID, id string) error
	// Passkeys returns the account's passkeys, oldest first.
	Passkeys(ctx context.Context, accountID string) ([]models.Passkey, error)

	// CreateAuthenticator stores a new authenticator, with its secret sealed; models.ErrNotFound if the account does not
	// exist any more.
	CreateAuthenticator(ctx context.Context, authenticator *models.Authenticator) error
	// UseAuthenticator records the use of a step. It returns models.ErrNotFound if the authenticator is gone, or the step
	// is not after the last used one.
	UseAuthenticator(ctx context.Context, id string, step int64, at time.Time) error
	// RemoveAuthenticator deletes an authenticator of the account; models.ErrNotFound.
	RemoveAuthenticator(ctx context.Context, accountID, id string) error
	// Authenticators returns the account's authenticators, oldest first.
	Authenticators(ctx context.Context, accountID string) ([]models.Authenticator, error)
	// ReplaceRecoveryCodes stores the account's recovery codes in place of its earlier ones; models.ErrNotFound if the
	// account does not exist any more.
	ReplaceRecoveryCodes(ctx context.Context, accountID string, codes []models.RecoveryCode) error
	// UseRecoveryCode deletes a recovery code of the account. Of concurrent callers one succeeds; the others get
	// models.ErrNotFound.
	UseRecoveryCode(ctx context.Context, accountID, id string) error
	// RecoveryCodes returns the account's unused recovery codes.
	RecoveryCodes(ctx context.Context, accountID string) ([]models.RecoveryCode, error)

	// CreateSession stores a new session.
	CreateSession(ctx context.Context, session *models.Session) error
	// ProveSession records when the session's customer proved a factor; models.ErrNotFound.
	ProveSession(ctx context.Context, id string, at time.Time) error
	// RenameSession gives one live session of the account a name, nil for none, and returns the session;
	// models.ErrNotFound.
	RenameSession(ctx context.Context, accountID, id string, name *string, now time.Time) (*models.Session, error)
	// RotateSession gives a live session, whose token had the hash former, the token and the times of its proof that
	// session has. Of concurrent callers one succeeds; the others get models.ErrNotFound.
	RotateSession(ctx context.Context, session *models.Session, former []byte, now time.Time) error
	// EndSession ends one live session of the account; models.ErrNotFound.
	EndSession(ctx context.Context, accountID, id string, now time.Time) error
	// EndSessions ends the account's live sessions except exceptID ("" for no exception) and returns how many it
	// ended. It also ends customer tokens that were issued until now, except those of an issuer whose TokenSession
	// is exceptID.
	EndSessions(ctx context.Context, accountID, exceptID string, now time.Time) (int, error)

	// WatchDevices begins to watch from which devices an account is signed in to. It reports whether nothing was watched
	// before: then no device can be known.
	WatchDevices(ctx context.Context, accountID string, now time.Time) (first bool, err error)
	// SeeDevice writes to a device that the account knows by the same mark when and how it was seen;
	// models.ErrNotFound. A device without a mark is known only while the account knows none with one.
	SeeDevice(ctx context.Context, seen *models.KnownDevice) error
	// RememberDevice adds a device to those that the account knows, and forgets all but the keep that were seen last.
	RememberDevice(ctx context.Context, device *models.KnownDevice, keep int) error
	// ForgetDevice forgets one device of the account; models.ErrNotFound.
	ForgetDevice(ctx context.Context, accountID, id string) error
	// ForgetDevices forgets all devices of the account.
	ForgetDevices(ctx context.Context, accountID string) error

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

	// WebhookTargets returns who is told of events, as it was at most a minute ago.
	WebhookTargets(ctx context.Context) ([]models.WebhookTarget, error)
	// RecordWebhookEvent sets the event's number, and keeps the event. The numbers of an account are 1, 2, 3 and so on
	// in the order in which the transactions commit. An event of no account ("") takes the same work.
	RecordWebhookEvent(ctx context.Context, event *models.WebhookEvent) error
	// WebhookEvents returns up to limit kept events, oldest first, that follow the event after; nil begins with the
	// oldest.
	WebhookEvents(
		ctx context.Context, wanted models.WebhookFilter, after *models.WebhookEvent, limit int,
	) ([]models.WebhookEvent, error)
	// Enqueue puts a message into the outbox.
	Enqueue(ctx context.Context, message *models.Message) error
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
	// SetAPIKeyPermissions replaces the permissions of a key that is not revoked; models.ErrNotFound.
	SetAPIKeyPermissions(ctx context.Context, id string, permissions []models.Permission) error
	// RevokeAPIKey revokes a live key; models.ErrNotFound.
	RevokeAPIKey(ctx context.Context, id string, now time.Time) error
}
