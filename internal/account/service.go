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
	// StepUp is how long a proof of a factor counts as recent, for requestPhoneUpdate, and how long proveIdentity opens
	// the session's window.
	StepUp time.Duration
	// DeletionGrace is how long a customer can call a deletion off; 0 erases at once.
	DeletionGrace time.Duration
	Limits        Limits
	// PhoneCountries are the countries to whose numbers codes are sent; empty allows all countries.
	PhoneCountries []models.CountryCode
	// Unlimited disables the budgets, for load tests. The limit of five attempts at a code still applies.
	Unlimited bool
	// SignInCode says that customers can sign in with a code that is mailed to them.
	SignInCode bool
	// NoTextMessages says that there is no sender of text messages: what needs one fails with
	// MESSAGE_CHANNEL_UNAVAILABLE, and notices go by mail alone.
	NoTextMessages bool
	// PublicURL is where links that withdraw a consent lead.
	PublicURL string
	// DoubleOptIn makes a consent to newsletters by e-mail wait until a mailed link is followed.
	DoubleOptIn bool
	// Wordings are the words that customers agree to.
	Wordings Wordings
	// GlobalPrivacyControl keeps the header Sec-GPC of a registration as an objection.
	GlobalPrivacyControl bool
	// RetainConsentProof is how long a proof of consent is kept after its account was erased; 0 keeps none.
	RetainConsentProof time.Duration
	// SecondFactor is the rule who has a second factor.
	SecondFactor SecondFactor
	// Terms are the documents that the shop shows its customers; nil if there are none.
	Terms Terms
	// Fields are the policies of --fields; nil lets customers write every field, and any attributes.
	Fields *FieldPolicies
	// Site is what Query.settings tells of the shop beyond the rules.
	Site Site
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

// Places finds where network addresses are. It asks nobody about an address.
type Places interface {
	// Place returns nil if the address is unknown.
	Place(ip string) *models.Place
}

// Service decides every operation of the schema. New and NewOperator create one.
type Service struct {
	Settings Settings
	Store    Store
	Hasher   Hasher
	Policy   password.Policy
	// Breaches looks up passwords in data breaches; nil disables the lookup.
	Breaches Breaches
	// Places finds where network addresses are; nil finds none.
	Places Places
	// Verifier verifies the tokens of identity providers; it is nil if no provider is configured.
	Verifier IdentityVerifier
	// PasskeyVerifier makes and checks the ceremonies of passkeys; it is nil if they are off.
	PasskeyVerifier PasskeyVerifier
	// LookupKey is the key of the names under which rows are found: an Idempotency-Key, the salt of an address's
	// registrations. It hides nothing that can be guessed, and never changes, because each process must make the same
	// name.
	LookupKey []byte
	// CodeKeys holds the keys of the hashes of codes. There are only a million codes of text messages, so a hash
	// without a key would not hide them.
	CodeKeys CodeKeys
	// RecordKeys holds the keys of links that withdraw a consent, and of proofs and receipts that outlive an account.
	RecordKeys RecordKeys
	Now        func() time.Time
	// NewID returns a new unique ID.
	NewID func() string
	// Random is the source of secrets: crypto/rand.Reader except in tests.
	Random io.Reader
	// Wake notifies the outbox's worker that there may be a new message.
	Wake func()
	// Budgets is told when budgets are exceeded; its functions may be nil.
	Budgets BudgetWatch
	// Erasures lists erasures outside the database; nil lists none.
	Erasures ErasureLog
	// actor is the operator who acts, or empty; By sets it.
	actor Actor
}

// New returns a service with the given parts, or an error that names the first missing part. Breaches, Places and
// Verifier may be nil.
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
// keys of codes. Without Wake, messages wait until a server polls the outbox. NewOperator returns an error that names the
// first missing part.
func NewOperator(parts Service) (*Service, error) {
	for _, part := range []struct {
		name    string
		missing bool
	}{
		{"Store", parts.Store == nil}, {"Hasher", parts.Hasher == nil}, {"Now", parts.Now == nil},
		{"NewID", parts.NewID == nil}, {"Random", parts.Random == nil}, {"RecordKeys", parts.RecordKeys == nil},
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
	var effects effects
	err := s.Store.InTx(ctx, func(tx Tx) error { return decide(tracker{tx, s, &effects}) })
	if err != nil && len(effects.erasures) > 0 { // guard: an erasure that failed is taken from the list
		return errors.Join(err, s.cancelErasures(effects.erasures, err))
	}
	if err == nil && effects.enqueued {
		s.Wake()
	}

	return err
}

// effects are what a transaction does outside the database.
type effects struct {
	// enqueued reports whether a message was enqueued.
	enqueued bool
	// erased is the account that the transaction deletes, or "".
	erased string
	// erasures are the lines of the list of erasures that the transaction has written.
	erasures []string
}

// tracker is a transaction that records its effects.
type tracker struct {
	Tx
	service *Service
	effects *effects
}

// DeleteAccount also lists the erasure, so that no flow forgets to.
func (t tracker) DeleteAccount(ctx context.Context, id string) ([]models.DeletedRows, error) {
	t.effects.erased = id
	deleted, err := t.Tx.DeleteAccount(ctx, id)
	if err != nil || t.service.Erasures == nil {
		return deleted, err
	}

	line, err := t.service.listErasure(id)
	if err == nil {
		t.effects.erasures = append(t.effects.erasures, line)
	}

	return deleted, err
}

// RecordEvent leaves out of an erasure's event what the trail forgets with the account.
func (t tracker) RecordEvent(ctx context.Context, event *models.AuditEvent) error {
	if event.AccountID != "" && event.AccountID == t.effects.erased { // guard: an erasure's event has no address
		event.IP, event.UserAgent, event.AuthID = "", "", ""
	}
	return t.Tx.RecordEvent(ctx, event)
}

// Enqueue enqueues the message unless it is a mail to a placeholder address, or a text message that nobody would
// send. An account has a placeholder after somebody else has proved its address (R-PRF1). Only notices are left out:
// what needs a text message was refused before.
func (t tracker) Enqueue(ctx context.Context, message *models.Message) error {
	// guard: nothing is sent to a placeholder
	if message.Channel == models.ChannelMail && models.EmailAddress(message.Recipient).Placeholder() {
		return nil
	}
	// guard: no notice waits for a sender that is missing
	if message.Channel == models.ChannelTextMessage && t.service.Settings.NoTextMessages {
		return nil
	}

	t.effects.enqueued = true // guard: the outbox is woken by a message
	return t.Tx.Enqueue(ctx, message)
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

// mailCodeLetters are the characters of codes in mails. They spell no word, and none looks like another.
const mailCodeLetters = "BCDFGHJKLMNPQRSTVWXZ23456789"

// newMailCode returns eight random characters. A mail has room for more than the six digits of a text message.
func (s *Service) newMailCode() (string, error) {
	const length = 8
	return s.randomLetters(length)
}

// recoveryCodeLength is the length of a recovery code: 48 random bits.
const recoveryCodeLength = 10

// randomLetters returns random characters of mailCodeLetters.
func (s *Service) randomLetters(length int) (string, error) {
	code := make([]byte, length)
	for i := range code {
		n, err := crand.Int(s.Random, big.NewInt(int64(len(mailCodeLetters))))
		if err != nil {
			return "", fmt.Errorf("random code: %w", err)
		}
		code[i] = mailCodeLetters[n.Int64()]
	}

	return string(code), nil
}

// codeParts returns what the keyed hash of a code is made of, besides its challenge (R-CPU1).
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
	return models.NewError(models.CodeInvalidCredentials, "the password, the passkey or the external token is wrong")
}

func errTokenInvalid() *models.Error {
	return models.NewError(models.CodeTokenInvalid, "the token is not valid, or not any more")
}

// errCodeInvalid is the answer to a code that is not the challenge's, or to any code where there is no challenge any
// more: then no tries are left.
func errCodeInvalid(challenge *models.Challenge) *models.Error {
	err := models.NewError(models.CodeCodeInvalid, "the code is not valid, or not any more")
	if challenge != nil {
		err.TriesLeft = codeAttempts - challenge.Attempts
	}
	return err
}

func errReauthenticationRequired(field string) *models.Error {
	return &models.Error{
		Code: models.CodeReauthenticationRequired, Field: field,
		Message: "needs the current password in the same call",
	}
}
