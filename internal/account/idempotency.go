package account

import (
	"bytes"
	"context"
	"crypto/hmac"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/accountql/accountql/models"
)

// idempotencyMemory is for how long a mutation that is sent again gets its first answer.
const idempotencyMemory = 10 * time.Minute

// settleTime bounds the writing of an answer, whose operation may have used up its own time.
const settleTime = 5 * time.Second

// IdempotentRequest is a mutation that came with an Idempotency-Key (R-ANS5).
type IdempotentRequest struct {
	Key string
	// Token is what the client showed as its session, dead or alive: the answer to changePassword is for whoever shows
	// the token that it ended. It is "" for none.
	Token string
	// InCookie says that new tokens go to the browser's cookie, where no script sees them.
	InCookie bool
	// Operation is all that says what is asked for.
	Operation []string
	// Lease is how long an attempt may take.
	Lease time.Duration
}

// Attempt is a mutation with an Idempotency-Key that is to be run, or was.
type Attempt struct {
	// Answer is what was answered, or nil.
	Answer []byte
	// Outcome is what was done by an attempt whose answer was lost, or nil.
	Outcome *Outcome

	key models.IdempotencyKey
	// renewedID is the key's ID for who shows another token.
	renewedID func(token string) string
}

// Outcome is what the transaction of a mutation leaves behind, from which its answer can be written.
type Outcome struct {
	// Payload is what the mutation returns, as JSON.
	Payload json.RawMessage
	// Session is that of the caller, as it was; nil: there was none of the account.
	Session *models.Session `json:",omitempty"`
}

// Begin says what is to be done for a request: an attempt with an Answer or an Outcome is not run any more, another one
// is the only one that runs, by WithAttempt. It fails with IDEMPOTENCY_KEY_REUSED for a key that came with something
// else, and with IDEMPOTENCY_KEY_IN_USE while the first attempt runs.
func (s *Service) Begin(ctx context.Context, caller models.Caller, request IdempotentRequest) (*Attempt, error) {
	attempt := s.newAttempt(caller, request)
	const looks = 2 // the second one sees who was faster
	for range looks {
		found, err := s.Store.IdempotencyKey(ctx, attempt.key.ID, s.now())
		switch {
		case errors.Is(err, models.ErrNotFound):
		case err != nil:
			return nil, err
		case !hmac.Equal(found.Fingerprint, attempt.key.Fingerprint): // guard: a key is for one request
			return nil, models.NewError(models.CodeIdempotencyKeyReused,
				"the Idempotency-Key was sent with another document or other variables; use a new one for each mutation")
		case found.Settled():
			return settledAttempt(found)
		case s.now().Before(found.LeaseUntil): // guard: a key that runs is not given away
			return nil, errIdempotencyKeyInUse()
		}

		err = s.Store.InTx(ctx, func(tx Tx) error { return tx.ReserveIdempotencyKey(ctx, &attempt.key, s.now()) })
		if !errors.Is(err, models.ErrTaken) {
			return attempt, err
		}
	}

	return nil, errIdempotencyKeyInUse()
}

func errIdempotencyKeyInUse() *models.Error {
	return &models.Error{
		Code: models.CodeIdempotencyKeyInUse, RetryAfter: time.Second,
		Message: "the first request with this Idempotency-Key still runs; send it again in a moment",
	}
}

func (s *Service) newAttempt(caller models.Caller, request IdempotentRequest) *Attempt {
	id := func(token string) string {
		// guard: a key is its session's own; a key is its application's own; a program gets no answer of a browser
		sender := []string{caller.APIKey.ID, token, fmt.Sprint(request.InCookie)}
		return hex.EncodeToString(s.keyed("idempotency key", append(sender, request.Key)...))
	}

	now := s.now()

	return &Attempt{
		key: models.IdempotencyKey{
			ID: id(request.Token), Fingerprint: s.keyed("idempotent request", request.Operation...), Owner: s.NewID(),
			LeaseUntil: now.Add(request.Lease), ExpiresAt: now.Add(idempotencyMemory),
		},
		renewedID: id,
	}
}

// settledAttempt is one that was run before.
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

// WithAttempt returns a context in which a mutation leaves its outcome with the attempt.
func WithAttempt(ctx context.Context, attempt *Attempt) context.Context {
	return context.WithValue(ctx, attemptKey{}, attempt)
}

// keepOutcome writes what the answer is made of if the client may send the mutation again. It fails with
// IDEMPOTENCY_KEY_IN_USE for an attempt that took so long that another one runs in its place: of the two, one changes
// something.
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
	if begun, ok := payload.(interface{ NewSession() *models.Session }); ok {
		renewed := attempt.renewedID(*begun.NewSession().Token)
		key.RenewedID = &renewed // guard: a key is found by the cookie that it made
	}
	if key.Outcome, err = json.Marshal(outcome); err != nil {
		return fmt.Errorf("outcome of a mutation: %w", err)
	}

	// guard: a write that meets no key is no success
	return notFoundAs(tx.KeepOutcome(ctx, &key), errIdempotencyKeyInUse())
}

// Read puts what the mutation returned into its payload.
func (o *Outcome) Read(payload any) error {
	decoder := json.NewDecoder(bytes.NewReader(o.Payload))
	decoder.UseNumber() // attributes keep their digits
	if err := decoder.Decode(payload); err != nil {
		return fmt.Errorf("outcome of a mutation: %w", err)
	}
	return nil
}

// Caller is the caller as it was when the mutation was done: its session may be dead since.
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

// Settle keeps an attempt's answer before it is sent, and returns the one to send, which is another one if two
// wrote it at the same time. done says that the answer is of something that was done. It fails
// with IDEMPOTENCY_KEY_IN_USE for a refusal by an attempt that took so long that another one runs in its place.
func (s *Service) Settle(ctx context.Context, attempt *Attempt, answer []byte, done bool) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()

	key := attempt.key
	key.Answer = answer
	err := s.Store.InTx(ctx, func(tx Tx) error { return tx.KeepAnswer(ctx, &key) })
	if !errors.Is(err, models.ErrNotFound) {
		return answer, nil // it is true, even if the database can't take it now
	}

	first, err := s.Store.IdempotencyKey(ctx, key.ID, s.now())
	switch {
	case err == nil && first.Answer != nil:
		return first.Answer, nil
	case !done:
		return nil, errIdempotencyKeyInUse()
	}

	return answer, nil // the account was deleted since, and the key with it
}

// Free lets a key be used again whose attempt was told to try again. What was done all the same, for instance
// because the database did not answer, stays done: the repetition is told.
func (s *Service) Free(ctx context.Context, attempt *Attempt) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	// If it can't be freed now, it is when its time is over.
	_ = s.Store.InTx(ctx, func(tx Tx) error {
		return tx.FreeIdempotencyKey(ctx, attempt.key.ID, attempt.key.Owner)
	})
}
