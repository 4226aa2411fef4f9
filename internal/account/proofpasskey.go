package account

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/accountql/accountql/models"
)

// passkeyFactor is the response of an authenticator that has used a passkey of the account.
type passkeyFactor struct {
	// operation is what the challenge must have been asked for.
	operation OperationName
	response  models.JSONObject
	// named is the name of the input field.
	named string
	// claim is what the response says, or malformed why it says nothing; neither is set if passkeys are off.
	claim     *models.PasskeyClaim
	malformed error
	// passkey and told are set once the response is verified.
	passkey *models.Passkey
	told    *models.PasskeyUse
}

func (s *Service) newPasskeyFactor(operation OperationName, response models.JSONObject, named string) *passkeyFactor {
	factor := &passkeyFactor{operation: operation, response: response, named: named}
	if s.PasskeyVerifier != nil {
		factor.claim, factor.malformed = s.PasskeyVerifier.ReadAssertion(response)
	}
	return factor
}

// takesProof reports whether an operation takes a passkey as a proof. Those that do spend the budgets of each factor.
func takesProof(operation OperationName) bool {
	budgets := operationByName[operation].Budgets
	return slices.Contains(budgets, budgetPasswords) && slices.Contains(budgets, budgetTokens)
}

func (f *passkeyFactor) field() string { return f.named }

// check returns INVALID_INPUT if the response has not the form of one.
func (f *passkeyFactor) check() error {
	if f.malformed != nil {
		return models.InvalidInput(f.named, models.ReasonMalformed, 0, f.malformed.Error())
	}
	return nil
}

// verify counts the attempt like an attempt at the password. It fails with INVALID_CREDENTIALS, RATE_LIMITED, or
// IDENTITY_PROVIDER_UNAVAILABLE, which counts nothing.
func (f *passkeyFactor) verify(ctx context.Context, s *Service, caller models.Caller, account *models.Account) error {
	if err := s.passkeysWork(); err != nil {
		return err
	}
	if err := s.spendPassword(ctx, caller, passwordKey(account.ID)); err != nil {
		return err
	}

	if err := s.checkPasskeyChallenge(ctx, f.claim, f.operation, account); err != nil {
		return asCredentials(err)
	}
	passkey, err := s.passkeyOf(ctx, f.claim)
	if err != nil {
		return err
	}

	wrong := f.checkSignature(s, account, passkey)
	if passkey.AccountID != account.ID { // guard: a passkey proves its own account
		return errInvalidCredentials()
	}

	return wrong
}

// checkSignature checks everything but the challenge, and keeps what the response tells.
func (f *passkeyFactor) checkSignature(s *Service, account *models.Account, passkey *models.Passkey) error {
	told, err := s.PasskeyVerifier.CheckAssertion(f.response, s.passkeyUser(account), f.claim.Challenge, passkey)
	if err != nil {
		return errInvalidCredentials()
	}

	f.passkey, f.told = passkey, told

	return nil
}

// owner does the same work for an unknown address, in the same time.
func (f *passkeyFactor) owner(
	ctx context.Context, s *Service, caller models.Caller, email models.EmailAddress,
) (*models.Account, error) {
	defer padToMinimum(ctx, time.Now())
	account, err := s.Store.AccountByEmail(ctx, email)
	if errors.Is(err, models.ErrNotFound) {
		if err := f.verify(ctx, s, caller, nobodyAt(email)); err != nil {
			return nil, err
		}
		return nil, errInvalidCredentials()
	}

	if err != nil {
		return nil, err
	}

	return account, f.verify(ctx, s, caller, account)
}

// use marks the challenge as used, records the use of the passkey, and resets the count of wrong attempts. A count that
// has not grown is refused: another authenticator may have a copy of the key.
func (f *passkeyFactor) use(ctx context.Context, s *Service, tx Tx, account *models.Account) error {
	if err := s.usePasskeyChallenge(ctx, tx, f.claim); err != nil {
		return asCredentials(err)
	}
	if err := tx.UsePasskey(ctx, f.passkey.ID, *f.told, s.now()); err != nil {
		return notFoundAs(err, errInvalidCredentials())
	}

	return tx.ResetBudget(ctx, passwordKey(account.ID))
}

// asCredentials replaces TOKEN_INVALID: who signs in or proves learns nothing of why not.
func asCredentials(err error) error {
	if models.CodeOf(err) == models.CodeTokenInvalid {
		return errInvalidCredentials()
	}
	return err
}
