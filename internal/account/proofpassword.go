package account

import (
	"context"
	"errors"

	"github.com/accountql/accountql/models"
)

// passwordFactor is the account's password.
type passwordFactor struct {
	password string
	// named is the name of the input field.
	named string
}

func (f *passwordFactor) field() string { return f.named }

func (f *passwordFactor) check() error { return requireText(f.named, f.password) }

func (f *passwordFactor) verify(ctx context.Context, s *Service, caller models.Caller, account *models.Account) error {
	return s.verifyPassword(ctx, caller, account, f.password)
}

func (f *passwordFactor) owner(
	ctx context.Context, s *Service, caller models.Caller, email models.EmailAddress,
) (*models.Account, error) {
	return s.verifyEmailAndPassword(ctx, caller, email, f.password)
}

// use does nothing, because a password stays valid until it is changed.
func (f *passwordFactor) use(context.Context, *Service, Tx, *models.Account) error { return nil }

// password returns the offered password, and whether the proof is a password.
func (p *proof) password() (string, bool) {
	for _, factor := range p.factors {
		if factor, ok := factor.(*passwordFactor); ok {
			return factor.password, true
		}
	}
	return "", false
}

// passwordKey is the key of an account's wrong passwords. All operations share it, so that an attacker can't
// multiply the guesses by spreading them over operations (R-DEL9).
func passwordKey(accountID string) string { return budgetKey(budgetPasswords, accountID) }

// verifyPassword fails with INVALID_CREDENTIALS, RATE_LIMITED or OVERLOADED. A right password resets the count of
// wrong ones, even if the operation then fails for another reason.
func (s *Service) verifyPassword(
	ctx context.Context, caller models.Caller, account *models.Account, password string,
) error {
	key := passwordKey(account.ID)
	if err := s.spendPassword(ctx, caller, key); err != nil {
		return err
	}

	right, err := s.Hasher.Verify(ctx, account.PasswordHash, password)
	if err != nil {
		return err
	}
	if !right {
		return errInvalidCredentials()
	}

	return s.Store.InTx(ctx, func(tx Tx) error { return tx.ResetBudget(ctx, key) })
}

// verifyEmailAndPassword returns the account with a canonical e-mail address if the password is right. For an
// unknown address it does the same work: a budget, a read, and the same number of hashes (R-HASH2). It returns
// ACTIVATION_REQUIRED if the password belongs to a registration that waits for its activation, or seems to wait
// (R-PRF9).
func (s *Service) verifyEmailAndPassword(
	ctx context.Context, caller models.Caller, email models.EmailAddress, password string,
) (*models.Account, error) {
	account, err := s.Store.AccountByEmail(ctx, email)
	known := account
	if errors.Is(err, models.ErrNotFound) {
		account, err = &models.Account{ID: string(email)}, nil
	}
	if err != nil {
		return nil, err
	}

	key := passwordKey(account.ID)
	// guard: tries are counted before the password is looked at
	if err := s.spendPassword(ctx, caller, key); err != nil {
		return known, err
	}

	right, err := s.Hasher.Verify(ctx, account.PasswordHash, password)
	if err != nil {
		return known, err
	}

	// Only the registration decides whether the password of a claim is right, because a taken address has no such
	// password.
	// guard: a claim's password is its registration's
	if right && (account.Status != models.StatusPending || account.EmailVouched) {
		return known, s.Store.InTx(ctx, func(tx Tx) error { return tx.ResetBudget(ctx, key) })
	}

	return known, s.refusePassword(ctx, email, account, key, password)
}

// refusePassword returns the error for a password that does not sign in to an account, which may be a made-up one.
func (s *Service) refusePassword(
	ctx context.Context, email models.EmailAddress, account *models.Account, key, password string,
) error {
	if s.Settings.Registration == RegistrationClosed {
		return errInvalidCredentials()
	}

	registration, err := s.waitingRegistration(ctx, email, password)
	if err != nil {
		return notFoundAs(err, errInvalidCredentials())
	}
	if !s.awaitsActivation(registration, account) {
		return errInvalidCredentials()
	}

	// The attempt was not a guess at the account's password. Real guesses still count.
	// guard: a registration's password gives no guesses back
	if err := s.Store.InTx(ctx, func(tx Tx) error { return tx.RefundBudget(ctx, key) }); err != nil {
		return err
	}

	return errActivationRequired()
}

// awaitsActivation reports whether a registration whose password was given can be activated. If accounts are usable
// only after activation, a registration of a taken address looks as if it could (R-PRF9); open registration reveals
// taken addresses in any case.
func (s *Service) awaitsActivation(registration *models.Registration, account *models.Account) bool {
	if registration.AccountID != "" {
		return account.Status == models.StatusPending // guard: an account that is active does not wait
	}
	// guard: a taken address seems to wait
	return registration.ChallengeID != "" || s.Settings.Registration == RegistrationVerified
}
