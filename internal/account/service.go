// Package account holds the business rules: what may happen to a customer's account. Each flow has its own file. A
// flow decides first, and then acts in one transaction.
package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/big"
	"time"

	crand "crypto/rand"

	"github.com/accountql/accountql/internal/password"
	"github.com/accountql/accountql/models"
)

// Registration is the rule who may register.
type Registration string

// The values of --registration.
const (
	// RegistrationOpen creates active accounts.
	RegistrationOpen Registration = "open"
	// RegistrationVerified creates accounts whose customers must confirm their e-mail address before they can sign
	// in.
	RegistrationVerified Registration = "verified"
	// RegistrationClosed creates no accounts.
	RegistrationClosed Registration = "closed"
)

// Settings are the rules that an operator can configure.
type Settings struct {
	Registration     Registration
	PasswordResetTTL time.Duration
	EmailTokenTTL    time.Duration
	PhoneCodeTTL     time.Duration
	SessionIdle      time.Duration
	SessionMax       time.Duration
	// StepUp is how long a proof of a factor counts as recent, for requestPhoneUpdate.
	StepUp time.Duration
	Limits Limits
	// PhoneCountries are the countries to whose numbers codes are sent; empty allows all countries.
	PhoneCountries []models.CountryCode
	// Unlimited disables the budgets, for load tests. The limit of five attempts at a code still applies.
	Unlimited bool
	// NoTextMessages says that there is no sender of text messages: what needs one fails with
	// MESSAGE_CHANNEL_UNAVAILABLE, and notices go by mail alone.
	NoTextMessages bool
	// Webhook enables a webhook event for every change of an account.
	Webhook bool
}

// Hasher hashes and verifies passwords. It is *password.Hasher; tests replace it to count the calls.
type Hasher interface {
	Hash(ctx context.Context, password string) (string, error)
	// HashSalted is Hash with the caller's salt, for hashes that are compared with each other.
	HashSalted(ctx context.Context, salt []byte, password string) (string, error)
	Verify(ctx context.Context, stored *string, password string) (bool, error)
	Outdated(stored string) bool
}

// Breaches looks up passwords in known data breaches (R-PWD10). The service calls it when a customer sets a new
// password, never at a sign-in. It returns false if the lookup fails.
type Breaches interface {
	Breached(ctx context.Context, password string) bool
}

// Service decides every operation of the schema. New and NewOperator create one.
type Service struct {
	Settings Settings
	Store    Store
	Hasher   Hasher
	Policy   password.Policy
	// Breaches looks up passwords in data breaches; nil disables the lookup.
	Breaches Breaches
	// Verifier verifies the tokens of identity providers; it is nil if no provider is configured.
	Verifier IdentityVerifier
	// LookupKey is the key of the names under which rows are found: an Idempotency-Key, the salt of an address's
	// registrations. It hides nothing that can be guessed, and never changes, because each process must make the same
	// name.
	LookupKey []byte
	// CodeKeys holds the keys of the hashes of phone codes. There are only a million codes, so a hash without a key
	// would not hide them.
	CodeKeys CodeKeys
	Now      func() time.Time
	// NewID returns a new unique ID.
	NewID func() string
	// Random is the source of secrets: crypto/rand.Reader except in tests.
	Random io.Reader
	// Wake notifies the outbox's worker that there may be a new message.
	Wake func()
	// Budgets is told when budgets are exceeded; its functions may be nil.
	Budgets BudgetWatch
	// actor is the operator who acts, or empty; By sets it.
	actor Actor
}

// New returns a service with the given parts, or an error that names the first missing part. Breaches and Verifier
// may be nil.
func New(parts Service) (*Service, error) {
	switch {
	case len(parts.LookupKey) == 0:
		return nil, errPartMissing("LookupKey")
	case parts.CodeKeys == nil:
		return nil, errPartMissing("CodeKeys")
	case parts.Wake == nil:
		return nil, errPartMissing("Wake")
	}

	return NewOperator(parts)
}

// NewOperator returns a service for an operator's commands. They neither create nor check codes, so it needs no
// keys. Without Wake, messages wait until a server polls the outbox. NewOperator returns an error that names the
// first missing part.
func NewOperator(parts Service) (*Service, error) {
	for _, part := range []struct {
		name    string
		missing bool
	}{
		{"Store", parts.Store == nil}, {"Hasher", parts.Hasher == nil}, {"Now", parts.Now == nil},
		{"NewID", parts.NewID == nil}, {"Random", parts.Random == nil},
	} {
		if part.missing {
			return nil, errPartMissing(part.name)
		}
	}

	if parts.Wake == nil {
		parts.Wake = func() {}
	}

	return &parts, nil
}

func errPartMissing(name string) error {
	return fmt.Errorf("an account service can't work without %s", name)
}

// now returns the current time in UTC, at the resolution of the databases.
func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

// inTx runs decide in one transaction. If decide has enqueued a message, inTx wakes the outbox after the commit.
func (s *Service) inTx(ctx context.Context, decide func(tx Tx) error) error {
	written := false
	err := s.Store.InTx(ctx, func(tx Tx) error { return decide(enqueueTracker{tx, &written, s.Settings.NoTextMessages}) })
	if err == nil && written {
		s.Wake()
	}
	return err
}

// enqueueTracker is a transaction that records whether a message was enqueued.
type enqueueTracker struct {
	Tx
	written *bool
	// noTextMessages is Settings.NoTextMessages.
	noTextMessages bool
}

// Enqueue enqueues the message unless it is a mail to a placeholder address, or a text message that nobody would
// send. An account has a placeholder after somebody else has proved its address (R-PRF1). Only notices are left out:
// what needs a text message was refused before.
func (n enqueueTracker) Enqueue(ctx context.Context, message *models.Message) error {
	// guard: nothing is sent to a placeholder
	if message.Channel == models.ChannelMail && models.EmailAddress(message.Recipient).Placeholder() {
		return nil
	}
	// guard: no notice waits for a sender that is missing
	if message.Channel == models.ChannelTextMessage && n.noTextMessages {
		return nil
	}

	*n.written = true // guard: the outbox is woken by a message
	return n.Tx.Enqueue(ctx, message)
}

// newToken returns a token, which is a prefix and 256 random bits in base64url, and the hash that is stored.
func (s *Service) newToken(prefix string) (token string, hash []byte, err error) {
	secret := make([]byte, 32)
	if _, err := io.ReadFull(s.Random, secret); err != nil {
		return "", nil, fmt.Errorf("random token: %w", err)
	}
	token = prefix + base64.RawURLEncoding.EncodeToString(secret)
	return token, HashToken(token), nil
}

// HashToken returns the form in which a token of 256 random bits is stored and looked up. A plain SHA-256 is enough
// because nobody can guess the token.
func HashToken(token string) []byte {
	var room [64]byte // a token is shorter, so that nothing is copied to the heap
	sum := sha256.Sum256(append(room[:0], token...))

	return sum[:]
}

// newCode returns six random digits.
func (s *Service) newCode() (string, error) {
	n, err := crand.Int(s.Random, big.NewInt(1_000_000))
	if err != nil {
		return "", fmt.Errorf("random code: %w", err)
	}
	return fmt.Sprintf("%06d", n), nil
}

// codeParts returns what the keyed hash of a phone code is made of, besides its challenge (R-CPU1).
func codeParts(phone, code string) []string {
	return []string{phone, code} // guard: a code is bound to its number
}

// notFoundAs replaces models.ErrNotFound with its meaning in a flow.
func notFoundAs(err error, meaning error) error {
	if errors.Is(err, models.ErrNotFound) {
		return meaning
	}
	return err
}

// errUnauthenticated and the functions below return the refusals that several flows share.
func errUnauthenticated() *models.Error {
	return models.Caller{}.Unauthenticated()
}

func errInvalidCredentials() *models.Error {
	return models.NewError(models.CodeInvalidCredentials, "the password or the external token is wrong")
}

func errTokenInvalid() *models.Error {
	return models.NewError(models.CodeTokenInvalid, "the token is not valid, or not any more")
}

func errCodeInvalid() *models.Error {
	return models.NewError(models.CodeCodeInvalid, "the code is not valid, or not any more")
}

func errReauthenticationRequired(field string) *models.Error {
	return &models.Error{
		Code: models.CodeReauthenticationRequired, Field: field,
		Message: "needs the current password in the same call",
	}
}
