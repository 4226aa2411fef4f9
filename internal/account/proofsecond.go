package account

import (
	"context"
	"strings"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/internal/totp"
	"github.com/accountql/accountql/models"
)

// secondFactor is a code of an authenticator, or a recovery code. It proves something only beside another factor.
type secondFactor struct {
	code, recoveryCode *string
	// named is the name of the input field of code.
	named string
	// After verify, either the authenticator and the step of the code, or the stored recovery code.
	authenticator *models.Authenticator
	step          int64
	recovery      *models.RecoveryCode
}

const recoveryCodeField = "recoveryCode"

// newSecondFactor returns the second factor of an input, or nil if it has none.
func newSecondFactor(named string, code, recoveryCode *string) *secondFactor {
	if code == nil && recoveryCode == nil {
		return nil
	}
	return &secondFactor{code: code, recoveryCode: recoveryCode, named: named}
}

// check returns INVALID_INPUT if a value can't be a code at all, or both are given.
func (f *secondFactor) check() error {
	switch {
	case f.code != nil && f.recoveryCode != nil:
		return models.InvalidInput(recoveryCodeField, models.ReasonConflicting, 0, "must not be given beside "+f.named)
	case f.code != nil:
		return requireText(f.named, *f.code)
	}
	return requireText(recoveryCodeField, *f.recoveryCode)
}

// verify checks that the code is the account's, after the attempt was counted durably. It fails with CODE_INVALID, and for
// the code of an authenticator with RATE_LIMITED after a hundred wrong ones in a row: recovery codes are too many to be
// guessed, so that a stranger who knows the password can't keep the customer out. The customer is told of many wrong ones.
func (f *secondFactor) verify(
	ctx context.Context, s *Service, caller models.Caller, account *models.Account,
) error {
	left, err := s.spendFactor(ctx, account.ID, f.code != nil)
	if err != nil {
		return err
	}

	var right bool
	if f.code != nil {
		right, err = f.matchAuthenticator(ctx, s, account)
	} else {
		right, err = f.matchRecovery(ctx, s, account)
	}
	if err != nil || right {
		return err
	}

	// guard: the customer hears of wrong second factors
	if err := s.noticeWrongFactor(ctx, caller, account, left); err != nil {
		return err
	}

	return errSecondFactorWrong(left)
}

// errSecondFactorWrong is the answer to a wrong code, with how many more the account takes.
func errSecondFactorWrong(left int) error {
	err := errCodeInvalid(nil)
	err.TriesLeft = left
	return err
}

// matchAuthenticator looks for the authenticator that shows the code now, in a step that was not used.
func (f *secondFactor) matchAuthenticator(ctx context.Context, s *Service, account *models.Account) (bool, error) {
	authenticators, err := s.Store.Authenticators(ctx, account.ID)
	if err != nil {
		return false, err
	}

	for i := range authenticators {
		secret, err := s.Store.AuthenticatorSecret(ctx, &authenticators[i])
		if err != nil {
			return false, err
		}

		step, right, err := totp.Match(secret, contact.PlainCode(*f.code), s.now(), authenticators[i].LastStep)
		if err != nil {
			return false, err
		}
		if right {
			f.authenticator, f.step = &authenticators[i], step
		}
	}

	return f.authenticator != nil, nil
}

// matchRecovery looks for the recovery code among those that are left.
func (f *secondFactor) matchRecovery(ctx context.Context, s *Service, account *models.Account) (bool, error) {
	codes, err := s.Store.RecoveryCodes(ctx, account.ID)
	if err != nil {
		return false, err
	}

	given := strings.ToUpper(contact.PlainCode(*f.recoveryCode))
	for i := range codes {
		right, err := s.matchesGuessable(ctx, codes[i].CodeHash, recoveryPurpose, account.ID, given)
		if err != nil {
			return false, err
		}
		if right {
			f.recovery = &codes[i]
		}
	}

	return f.recovery != nil, nil
}

// use consumes the step or the recovery code, in the transaction that it was given for; the account must be locked. Of
// concurrent callers one succeeds; the others get CODE_INVALID. The customer is told of a recovery code that was used.
func (f *secondFactor) use(
	ctx context.Context, s *Service, tx Tx, caller models.Caller, account *models.Account,
) error {
	if err := tx.ResetBudget(ctx, factorFailuresKey(account.ID)); err != nil {
		return err
	}
	if f.authenticator != nil {
		err := tx.UseAuthenticator(ctx, f.authenticator.ID, f.step, s.now())
		return notFoundAs(err, errSecondFactorWrong(factorFailures))
	}

	if err := tx.UseRecoveryCode(ctx, account.ID, f.recovery.ID); err != nil { // guard: a recovery code works once
		return notFoundAs(err, errSecondFactorWrong(factorFailures))
	}
	left, err := tx.RecoveryCodes(ctx, account.ID)
	if err != nil {
		return err
	}

	mail := s.mail(caller, account, models.MessageRecoveryCodeUsed, account.Email)
	mail.Data.RecoveryCodesLeft = len(left)
	if err := tx.Enqueue(ctx, mail); err != nil {
		return err
	}

	return s.enqueueEvent(ctx, tx, models.EventRecoveryCodeUsed, account.ID, eventData{"left": len(left)})
}

// factorFailures is how many wrong codes in a row the authenticators of an account take.
const factorFailures = codeFailures

// factorFailuresKey is the key of an account's attempts at second factors since the last right one. It is separate from
// those of passwords and of codes that were sent (R-CPU9).
func factorFailuresKey(accountID string) string { return budgetKey(budgetFactorFailures, accountID) }

// spendFactor counts an attempt at a second factor of an account, and returns how many are left. A limited one fails with
// RATE_LIMITED when none are.
func (s *Service) spendFactor(ctx context.Context, accountID string, limited bool) (left int, err error) {
	if s.Settings.Unlimited {
		return factorFailures, nil
	}

	var spent models.Budget
	err = s.Store.InTx(ctx, func(tx Tx) (err error) {
		spent, err = tx.SpendBudget(ctx, factorFailuresKey(accountID), s.now(), failuresMemory)
		return err
	})
	if err != nil {
		return 0, err
	}
	if limited && spent.Count > factorFailures { // guard: codes of authenticators are counted
		return 0, rateLimited(spent.ResetsAt.Sub(s.now()))
	}

	return max(factorFailures-spent.Count, 0), nil
}

// errSecondFactorRequired is the answer to a right first factor where two are needed. The challenge is that of a sign-in, or
// "" if the code goes into the same call.
func errSecondFactorRequired(challengeID string) error {
	err := &models.Error{
		Code: models.CodeSecondFactorRequired, ChallengeID: challengeID,
		Message: "the account asks for a second factor: a code of the authenticator, or a recovery code",
	}
	if challengeID == "" {
		err.Field, err.Message = "authenticatorCode", "must be given, or recoveryCode: the account asks for a second factor"
	}
	return err
}
