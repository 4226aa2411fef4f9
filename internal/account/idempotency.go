package account

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/accountql/accountql/models"
)

// idempotencyMemory is how long the first response to a mutation is kept for its retries.
const idempotencyMemory = 10 * time.Minute

// settleTime is the timeout for storing a response, because the operation may have used up its own timeout.
const settleTime = 5 * time.Second

// IdempotentRequest is a mutation that came with an Idempotency-Key (R-ANS5).
type IdempotentRequest struct {
	Key string
	// Token is the session token that the client sent, whether the session is live or not; it is "" if the client
	// sent none. Only a client with the token that changePassword ended may get the response of changePassword
	// again.
	Token string
	// InCookie reports whether new tokens go into the browser's cookie, which scripts can't read.
	InCookie bool
	// Operation contains everything that identifies the request.
	Operation []string
	// Lease is the maximum duration of an attempt.
	Lease time.Duration
}

// Attempt is a mutation with an Idempotency-Key that is to be run, or has been run.
type Attempt struct {
	// Answer is the stored response, or nil.
	Answer []byte
	// Outcome is the outcome of an attempt whose response was lost, or nil.
	Outcome *Outcome

	key models.IdempotencyKey
	// renewedID returns the key's ID for a client with another token.
	renewedID func(token string) string
}

// Outcome is what the transaction of a mutation stores, so that its response can be written later.
type Outcome struct {
	// Payload is the mutation's payload, as JSON.
	Payload json.RawMessage
	// Session is the caller's session at that time; nil if the caller had no session of the account.
	Session *models.Session `json:",omitempty"`
}

// BeginAttempt returns the attempt for a request. An attempt with an Answer or an Outcome must not run again. Any other
// attempt is the only one that runs, with WithAttempt. BeginAttempt fails with IDEMPOTENCY_KEY_REUSED if the key was sent
// with another request, and with IDEMPOTENCY_KEY_IN_USE while the first attempt runs.
func (s *Service) BeginAttempt(ctx context.Context, caller models.Caller, request IdempotentRequest) (*Attempt, error) {
	attempt, err := s.newAttempt(ctx, caller, request)
	if err != nil {
		return nil, err
	}

	const looks = 2 // the second look finds the request that was faster
	for range looks {
		found, err := s.Store.IdempotencyKey(ctx, attempt.key.ID, s.now())
		if err == nil {
			if settled, err := s.examine(ctx, found, request); settled != nil || err != nil {
				return settled, err
			}
			// It may have been made under an older key.
			attempt.key.Fingerprint = found.Fingerprint
		} else if !errors.Is(err, models.ErrNotFound) {
			return nil, err
		}

		err = s.Store.InTx(ctx, func(tx Tx) error { return tx.ReserveIdempotencyKey(ctx, &attempt.key, s.now()) })
		if !errors.Is(err, models.ErrTaken) {
			return attempt, err
		}
	}

	return nil, errIdempotencyKeyInUse()
}

// examine returns the settled attempt of a key that was sent before. It returns nil if the first attempt ran out of
// time without an outcome, and an error if the key is of another request or its first attempt still runs.
func (s *Service) examine(
	ctx context.Context, found *models.IdempotencyKey, request IdempotentRequest,
) (*Attempt, error) {
	same, err := s.matchesGuessable(ctx, found.Fingerprint, requestPurpose, request.Operation...)
	switch {
	case err != nil:
		return nil, err
	case !same: // guard: a key is for one request
		return nil, models.NewError(models.CodeIdempotencyKeyReused,
			"the Idempotency-Key was sent with another document or other variables; use a new one for each mutation")
	case found.Settled():
		return settledAttempt(found)
	case s.now().Before(found.LeaseUntil): // guard: a key that runs is not given away
		return nil, errIdempotencyKeyInUse()
	}

	return nil, nil //nolint:nilnil // there is no settled attempt
}

// requestPurpose separates the hashes of requests from others.
const requestPurpose = "idempotent request"

func errIdempotencyKeyInUse() *models.Error {
	return &models.Error{
		Code: models.CodeIdempotencyKeyInUse, RetryAfter: time.Second,
		Message: "the first request with this Idempotency-Key still runs; send it again in a moment",
	}
}

func (s *Service) newAttempt(
	ctx context.Context, caller models.Caller, request IdempotentRequest,
) (*Attempt, error) {
	fingerprint, err := s.hashGuessable(ctx, requestPurpose, request.Operation...)
	if err != nil {
		return nil, err
	}

	id := func(token string) string {
		// guard: a key is its session's own; a key is its application's own; a program gets no answer of a browser
		sender := []string{caller.APIKey.ID, token, fmt.Sprint(request.InCookie)}
		return hex.EncodeToString(keyed(s.LookupKey, "idempotency key", append(sender, request.Key)...))
	}

	now := s.now()

	return &Attempt{
		key: models.IdempotencyKey{
			ID: id(request.Token), Fingerprint: fingerprint, Owner: s.NewID(),
			LeaseUntil: now.Add(request.Lease), ExpiresAt: now.Add(idempotencyMemory),
		},
		renewedID: id,
	}, nil
}

// settledAttempt returns the attempt for a key whose mutation has already run.
func settledAttempt(key *models.IdempotencyKey) (*Attempt, error) {
	attempt := &Attempt{Answer: key.Answer, key: *key}
	if key.Answer == nil {
		attempt.Outcome = &Outcome{}
		if err := json.Unmarshal(key.Outcome, attempt.Outcome); err != nil {
			return nil, fmt.Errorf("outcome of a mutation: %w", err)
		}
	}

	return attempt, nil
}

// attemptKey is the context's key of the *Attempt.
type attemptKey struct{}

// WithAttempt returns a context in which a mutation stores its outcome with the attempt.
func WithAttempt(ctx context.Context, attempt *Attempt) context.Context {
	return context.WithValue(ctx, attemptKey{}, attempt)
}

// keepOutcome stores the outcome if the client may retry the mutation. It fails with IDEMPOTENCY_KEY_IN_USE if the
// attempt took so long that another one has replaced it: only one of the two may change something.
func (s *Service) keepOutcome(ctx context.Context, tx Tx, caller models.Caller, accountID string, payload any) error {
	attempt, _ := ctx.Value(attemptKey{}).(*Attempt)
	if attempt == nil {
		return nil
	}

	text, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("outcome of a mutation: %w", err)
	}

	outcome, key := Outcome{Payload: text}, attempt.key
	if accountID != "" {
		key.AccountID = &accountID
	}
	if session := caller.Session; session != nil && session.AccountID == accountID {
		outcome.Session = session
	}
	if begun, ok := payload.(interface{ NewSession() *models.Session }); ok && begun.NewSession() != nil {
		renewed := attempt.renewedID(*begun.NewSession().Token)
		key.RenewedID = &renewed // guard: a key is found by the cookie that it made
	}
	if key.Outcome, err = json.Marshal(outcome); err != nil {
		return fmt.Errorf("outcome of a mutation: %w", err)
	}

	// guard: a write that meets no key is no success
	return notFoundAs(tx.KeepOutcome(ctx, &key), errIdempotencyKeyInUse())
}

// Read decodes the outcome into the mutation's payload.
func (o *Outcome) Read(payload any) error {
	decoder := json.NewDecoder(bytes.NewReader(o.Payload))
	decoder.UseNumber() // attributes keep their digits
	if err := decoder.Decode(payload); err != nil {
		return fmt.Errorf("outcome of a mutation: %w", err)
	}
	return nil
}

// Caller returns the caller as it was when the mutation ran. Its session may have ended since.
func (s *Service) Caller(ctx context.Context, caller models.Caller, outcome *Outcome) (models.Caller, error) {
	caller.Session, caller.Account = nil, nil
	if outcome.Session == nil {
		return caller, nil
	}

	account, err := s.Store.AccountByID(ctx, outcome.Session.AccountID)
	if err != nil {
		return caller, notFoundAs(err, nil)
	}

	// guard: an answer is written for the caller of then
	caller.Session, caller.Account, caller.SessionRefused = outcome.Session, account, false

	return caller, nil
}

// SettleAttempt stores an attempt's response before it is sent, and returns the response to send: if two attempts wrote
// one at the same time, the first one. done reports whether the mutation succeeded. SettleAttempt fails with
// IDEMPOTENCY_KEY_IN_USE if the mutation was refused and the attempt took so long that another one has replaced it.
func (s *Service) SettleAttempt(ctx context.Context, attempt *Attempt, answer []byte, done bool) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()

	key := attempt.key
	key.Answer = answer
	err := s.Store.InTx(ctx, func(tx Tx) error { return tx.KeepAnswer(ctx, &key) })
	if !errors.Is(err, models.ErrNotFound) {
		return answer, nil // the response is true, even if the database can't store it now
	}

	first, err := s.Store.IdempotencyKey(ctx, key.ID, s.now())
	switch {
	case err == nil && first.Answer != nil:
		return first.Answer, nil
	case !done:
		return nil, errIdempotencyKeyInUse()
	}

	return answer, nil // the account has been deleted since, together with the key
}

// FreeAttempt releases the key of an attempt whose error asks the client to retry. If the mutation committed nevertheless,
// for instance because only the database's reply was lost, the key keeps its outcome, and the retry gets it.
func (s *Service) FreeAttempt(ctx context.Context, attempt *Attempt) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	// If the key can't be released now, its lease ends later.
	_ = s.Store.InTx(ctx, func(tx Tx) error {
		return tx.FreeIdempotencyKey(ctx, attempt.key.ID, attempt.key.Owner)
	})
}
