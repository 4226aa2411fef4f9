package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// newTokenChallenge creates a challenge with a one-time token for an address. The token is only for the message;
// the challenge contains only its hash.
func (s *Service) newTokenChallenge(
	account *models.Account, purpose models.Purpose, target string, ttl time.Duration,
) (*models.Challenge, string, error) {
	token, hash, err := s.newToken("")
	if err != nil {
		return nil, "", err
	}
	challenge := s.newChallenge(account, purpose, target, ttl)
	challenge.SecretHash = hash
	return challenge, token, nil
}

func (s *Service) newChallenge(
	account *models.Account, purpose models.Purpose, target string, ttl time.Duration,
) *models.Challenge {
	now := s.now()
	return &models.Challenge{
		ID: s.NewID(), AccountID: account.ID, Purpose: purpose, Target: target,
		EmailAtIssue: account.Email, EpochAtIssue: account.CredentialEpoch,
		CreatedAt: now, ExpiresAt: now.Add(ttl), ResendAvailableAt: now.Add(resendInterval),
	}
}

// replaceChallenge stores a challenge and voids the account's earlier challenges of its purpose: the newest request
// wins.
func replaceChallenge(ctx context.Context, tx Tx, challenge *models.Challenge) error {
	// guard: a new request replaces the old one
	if _, err := tx.VoidChallenges(ctx, challenge.AccountID, challenge.CreatedAt, challenge.Purpose); err != nil {
		return err
	}
	return tx.CreateChallenge(ctx, challenge)
}

// voidSecrets voids every pending secret of an account except undos of e-mail changes, by which the customer can
// take the account back, and the second steps of sign-ins, which end with the epoch.
func (s *Service) voidSecrets(ctx context.Context, tx Tx, accountID string) error {
	_, err := tx.VoidChallenges(ctx, accountID, s.now(),
		models.PurposePasswordReset, models.PurposeActivation, models.PurposeEmailChange, models.PurposePhoneUpdate,
		models.PurposeDataExport, models.PurposeIdentityCode, models.PurposeSignInCode, models.PurposeAuthenticator,
		models.PurposeFactorReset, models.PurposeFactorResetStop)
	return err
}

// redeem uses a token challenge in the transaction of its effect, and returns the locked account. It returns the
// same TOKEN_INVALID error for unknown, used, expired and replaced tokens, and if the account has changed since
// (R-CPR3).
func (s *Service) redeem(ctx context.Context, tx Tx, challenge *models.Challenge) (*models.Account, error) {
	account, err := tx.LockAccount(ctx, challenge.AccountID)
	if err != nil {
		return nil, notFoundAs(err, errTokenInvalid())
	}

	// An undo stays valid after changes of the e-mail address and password, because it reverts them.
	// A token that secures the account knows about the password by itself (models.Challenge.Live).
	// guard: redeeming looks at the credentials
	if challenge.Purpose != models.PurposeEmailUndo && !challenge.Live(account, s.now()) {
		return nil, errTokenInvalid()
	}
	if account.Status == models.StatusBlocked {
		return nil, errTokenInvalid()
	}

	return account, notFoundAs(tx.UseChallenge(ctx, challenge.ID, s.now()), errTokenInvalid())
}

// findToken returns the challenge of a token, or TOKEN_INVALID.
func (s *Service) findToken(
	ctx context.Context, caller models.Caller, purpose models.Purpose, token string,
) (*models.Challenge, error) {
	return s.findSecret(ctx, caller, purpose, "token", token)
}

// findSecret is findToken for a field with another name.
func (s *Service) findSecret(
	ctx context.Context, caller models.Caller, purpose models.Purpose, field, token string,
) (*models.Challenge, error) {
	if err := requireText(field, token); err != nil {
		return nil, err
	}
	if err := s.spendTry(ctx, caller); err != nil { // guard: tries at tokens are counted
		return nil, err
	}

	// guard: a token is read without white space
	challenge, err := s.Store.ChallengeBySecret(ctx, purpose, HashToken(contact.PlainToken(token)))

	return challenge, notFoundAs(err, errTokenInvalid())
}

// PendingEmailChange returns the change of the e-mail address that waits for its confirmation, or nil.
func (s *Service) PendingEmailChange(ctx context.Context, account *models.Account) (*models.PendingChange, error) {
	return s.pending(ctx, account, models.PurposeEmailChange)
}

// PendingPhoneUpdate returns the change of the phone number that waits for its confirmation, or nil.
func (s *Service) PendingPhoneUpdate(ctx context.Context, account *models.Account) (*models.PendingChange, error) {
	return s.pending(ctx, account, models.PurposePhoneUpdate)
}

// pending returns the pending change of a purpose. It returns nil without an error if there is none, because the
// schema's field is nullable.
func (s *Service) pending(
	ctx context.Context, account *models.Account, purpose models.Purpose,
) (*models.PendingChange, error) {
	challenge, err := s.Store.PendingChallenge(ctx, account.ID, purpose, s.now())
	switch {
	case errors.Is(err, models.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case !challenge.Live(account, s.now()):
		return nil, nil
	}

	return challenge.Pending(), nil
}
