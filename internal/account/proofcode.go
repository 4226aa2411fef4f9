package account

import (
	"context"
	"strings"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// codeFactor is a code that requestIdentityCode sent to a proven address or number of the account.
type codeFactor struct {
	code string
	// session is the session that the code is to prove.
	session *models.Session
	// challenge is the challenge of the right code, after verify.
	challenge *models.Challenge
}

// newCodeFactor returns the factor of a code, however it was typed.
func newCodeFactor(code string, session *models.Session) *codeFactor {
	return &codeFactor{code: strings.ToUpper(contact.PlainCode(code)), session: session}
}

func (f *codeFactor) field() string { return "code" }

func (f *codeFactor) check() error { return requireText(f.field(), f.code) }

// verify fails with CODE_INVALID if the code is wrong, used, expired, replaced, or was tried five times. Every value
// uses an attempt, also one that can't be a code.
func (f *codeFactor) verify(ctx context.Context, s *Service, caller models.Caller, account *models.Account) error {
	pending, err := s.Store.PendingChallenge(ctx, account.ID, models.PurposeIdentityCode, s.now())
	if err != nil {
		return notFoundAs(err, errCodeInvalid(nil))
	}

	challenge, err := s.tryCode(ctx, caller, models.PurposeIdentityCode, pending.ID)
	if err != nil {
		return err
	}

	right, err := s.matchesGuessable(ctx, challenge.SecretHash, challenge.ID, codeParts(challenge.Target, f.code)...)
	if err != nil {
		return err
	}
	if !right {
		return errCodeInvalid(challenge)
	}

	f.challenge = challenge

	return nil
}

// owner finds nobody: a code proves only who is signed in.
func (f *codeFactor) owner(
	context.Context, *Service, models.Caller, models.EmailAddress,
) (*models.Account, error) {
	return nil, errCodeInvalid(nil)
}

// use spends the code. It fails with CODE_INVALID if another caller was faster, or if the code's address or number is
// not the account's proven one any more.
func (f *codeFactor) use(ctx context.Context, s *Service, tx Tx, account *models.Account) error {
	// guard: a code proves what is still proven
	if !f.challenge.Live(account, s.now()) || !f.proven(account) {
		return errCodeInvalid(nil)
	}
	if err := tx.UseChallenge(ctx, f.challenge.ID, s.now()); err != nil {
		return notFoundAs(err, errCodeInvalid(nil))
	}

	return tx.ResetBudget(ctx, codeFailuresKey(account.ID))
}

// proven reports whether the code's address or number is still one that proves who has the session.
func (f *codeFactor) proven(account *models.Account) bool {
	target := f.challenge.Target
	return account.EmailVerified() && string(account.Email) == target ||
		numberProves(account, f.session) && string(*account.Phone) == target
}
