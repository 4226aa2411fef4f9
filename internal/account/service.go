// Package account holds the rules: what may happen to a customer's account, one
// file per flow. A flow decides first and then acts, in one transaction.
package account

import (
	"context"
	"crypto/hmac"
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

// Registration says who may register.
type Registration string

// The values of --registration.
const (
	// RegistrationOpen creates active accounts.
	RegistrationOpen Registration = "open"
	// RegistrationVerified creates accounts that must confirm their e-mail before they can sign in.
	RegistrationVerified Registration = "verified"
	// RegistrationClosed creates none.
	RegistrationClosed Registration = "closed"
)

// Settings are what an operator can choose of the rules.
type Settings struct {
	Registration     Registration
	PasswordResetTTL time.Duration
	EmailTokenTTL    time.Duration
	PhoneCodeTTL     time.Duration
	SessionIdle      time.Duration
	SessionMax       time.Duration
	// StepUp is how long a proof of a factor is good for requestPhoneUpdate.
	StepUp time.Duration
	Limits Limits
	// PhoneCountries are those whose numbers get codes; none: all.
	PhoneCountries []models.CountryCode
	// Unlimited switches the budgets off, for load tests; the five tries of a code hold even then.
	Unlimited bool
	// Webhook writes an event for every change of an account.
	Webhook bool
}

// Hasher hashes passwords and verifies them: *password.Hasher, which tests count.
type Hasher interface {
	Hash(ctx context.Context, password string) (string, error)
	// HashSalted is Hash with a salt of the caller's, for hashes that are compared with each other.
	HashSalted(ctx context.Context, salt []byte, password string) (string, error)
	Verify(ctx context.Context, stored *string, password string) (bool, error)
	Outdated(stored string) bool
}

// Breaches knows which passwords became known in data breaches (R-PWD10). It is asked
// when a new password is set, never at a sign-in, and says no if it can't tell.
type Breaches interface {
	Breached(ctx context.Context, password string) bool
}

// Service decides on every operation of the schema. New and NewOperator make one.
type Service struct {
	Settings Settings
	Store    Store
	Hasher   Hasher
	Policy   password.Policy
	// Breaches knows the passwords of data breaches; nil: they are not asked for.
	Breaches Breaches
	// Verifier verifies the tokens of identity providers; nil: none is configured.
	Verifier IdentityVerifier
	// CodeKey keys the hashes of phone codes, whose million values a plain hash would not hide.
	CodeKey []byte
	Now     func() time.Time
	// NewID returns a new unique id.
	NewID func() string
	// Random is the source of secrets: crypto/rand.Reader but in tests.
	Random io.Reader
	// Wake tells the outbox's worker that there may be a new message.
	Wake func()
}

// New returns a service of the given parts, or an error that names the first part that is missing. Breaches and
// Verifier may be nil.
func New(parts Service) (*Service, error) {
	switch {
	case len(parts.CodeKey) == 0:
		return nil, errPartMissing("CodeKey")
	case parts.Wake == nil:
		return nil, errPartMissing("Wake")
	}

	return NewOperator(parts)
}

// NewOperator returns a service for the commands of an operator, who neither makes nor checks codes: it needs no
// CodeKey. Without Wake, messages wait until a server looks for them. It returns an error that names the first part
// that is missing.
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

// now is the current time in UTC, at the resolution of the databases.
func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

// inTx runs decide in one transaction, and wakes the outbox after it if decide has written a message.
func (s *Service) inTx(ctx context.Context, decide func(tx Tx) error) error {
	written := false
	err := s.Store.InTx(ctx, func(tx Tx) error { return decide(enqueueTracker{tx, &written}) })
	if err == nil && written {
		s.Wake()
	}
	return err
}

// enqueueTracker is a transaction that notes whether a message was written.
type enqueueTracker struct {
	Tx
	written *bool
}

// Enqueue implements Tx. Nothing is sent to the placeholder of an account whose address somebody else has proven
// (R-PRF1).
func (n enqueueTracker) Enqueue(ctx context.Context, message *models.Message) error {
	// guard: nothing is sent to a placeholder
	if message.Channel == models.ChannelMail && models.EmailAddress(message.Recipient).Placeholder() {
		return nil
	}
	*n.written = true // guard: the outbox is woken by a message
	return n.Tx.Enqueue(ctx, message)
}

// newToken returns 256 random bits in base64url behind a prefix, and the hash that is stored.
func (s *Service) newToken(prefix string) (token string, hash []byte, err error) {
	secret := make([]byte, 32)
	if _, err := io.ReadFull(s.Random, secret); err != nil {
		return "", nil, fmt.Errorf("random token: %w", err)
	}
	token = prefix + base64.RawURLEncoding.EncodeToString(secret)
	return token, HashToken(token), nil
}

// HashToken is how a token of 256 random bits is stored and looked up: its plain SHA-256, for it can't be guessed.
func HashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
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

// hashCode is how a phone code is stored: keyed, and bound to its challenge and number (R-CPU1).
func (s *Service) hashCode(challengeID, phone, code string) []byte {
	return s.keyed(challengeID, phone, code) // guard: a code is bound to its number
}

// keyed is a keyed hash of several parts; the first says what for.
func (s *Service) keyed(purpose string, parts ...string) []byte {
	mac := hmac.New(sha256.New, s.CodeKey)
	for _, part := range append([]string{purpose}, parts...) {
		_, _ = fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return mac.Sum(nil)
}

// notFoundAs replaces models.ErrNotFound by what it means in a flow.
func notFoundAs(err error, meaning error) error {
	if errors.Is(err, models.ErrNotFound) {
		return meaning
	}
	return err
}

// The refusals that several flows share.
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
