package account

import (
	"context"
	"errors"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// proof is what a caller offers to show that it is the customer.
type proof struct {
	password         *string
	identityProvider *models.IdentityProvider
	externalToken    *string
	// verified is what the external token said, once verifyProof has looked at it.
	verified *models.ExternalIdentity
}

func (p *proof) given() bool { return p.password != nil || p.externalToken != nil }

// valid refuses what can't be a proof: blank values, two factors at once, a token without its provider.
func (p *proof) valid() error {
	var wrong models.Errors
	if p.password != nil {
		wrong.Add(notBlank("password", *p.password))
	}
	if p.externalToken != nil {
		wrong.Add(tokenGiven("externalToken", *p.externalToken))
		const named = "must name the provider of externalToken"
		switch {
		case p.identityProvider == nil:
			wrong.Add(models.InvalidInput("identityProvider", models.ReasonRequired, 0, named))
		case *p.identityProvider == models.ProviderSynerise:
			wrong.Add(models.InvalidInput("identityProvider", models.ReasonNotAllowed, 0, named))
		}
		if p.password != nil {
			wrong.Add(models.InvalidInput("externalToken", models.ReasonConflicting, 0, "must not be given beside password"))
		}
	}
	return wrong.OrNil()
}

// passwordKey is the budget of wrong passwords: one for each account, whatever
// the operation, so that guesses can't be multiplied by spreading them (R-DEL9).
func passwordKey(accountID string) string { return budgetKey(budgetPasswords, accountID) }

// verifyPassword fails with INVALID_CREDENTIALS, RATE_LIMITED or OVERLOADED. A
// right password ends the count of wrong ones, whatever becomes of the operation that it was needed for.
func (s *Service) verifyPassword(ctx context.Context, caller models.Caller, account *models.Account, password string) error {
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

// verifyEmailAndPassword returns the account of a canonical e-mail and its
// password. For an unknown e-mail it does the same work: a budget, a read, and as
// many hashes (R-HASH2). A password of a registration that waits for its
// activation, or seems to, is refused with ACTIVATION_REQUIRED (R-PRF9).
func (s *Service) verifyEmailAndPassword(ctx context.Context, caller models.Caller, email models.EmailAddress, password string) (*models.Account, error) {
	account, err := s.Store.AccountByEmail(ctx, email)
	known := account
	if errors.Is(err, models.ErrNotFound) {
		account, err = &models.Account{ID: string(email)}, nil
	}
	if err != nil {
		return nil, err
	}

	key := passwordKey(account.ID)
	if err := s.spendPassword(ctx, caller, key); err != nil {
		return known, err
	}
	right, err := s.Hasher.Verify(ctx, account.PasswordHash, password)
	if err != nil {
		return known, err
	}
	// Whether a claim's password is right, only its registration may say: a taken address has none of its own.
	if right && (account.Status != models.StatusPending || account.EmailVouched) {
		return known, s.Store.InTx(ctx, func(tx Tx) error { return tx.ResetBudget(ctx, key) })
	}
	return known, s.refusePassword(ctx, email, account, key, password)
}

// refusePassword says why a password does not sign in to an account, real or not.
func (s *Service) refusePassword(ctx context.Context, email models.EmailAddress, account *models.Account, key, password string) error {
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

	// The try was no guess at the account's password; but those that were still count.
	if err := s.Store.InTx(ctx, func(tx Tx) error { return tx.RefundBudget(ctx, key) }); err != nil {
		return err
	}
	return errActivationRequired()
}

// awaitsActivation says whether a registration whose password was given can be
// activated. Where accounts are usable only then, one of a taken address looks
// as if it could (R-PRF9); open registration tells of a taken address in any case.
func (s *Service) awaitsActivation(registration *models.Registration, account *models.Account) bool {
	if registration.AccountID != "" {
		return account.Status == models.StatusPending
	}
	return registration.ChallengeID != "" || s.Settings.Registration == RegistrationVerified
}

// verifyProof checks the password or the external token that was given; one of
// them must be. The transaction that the proof is for must use it up, by useProof or settleProof.
func (s *Service) verifyProof(ctx context.Context, caller models.Caller, account *models.Account, offered *proof) error {
	if offered.externalToken != nil {
		return s.verifyExternalToken(ctx, caller, account, offered)
	}
	return s.verifyPassword(ctx, caller, account, *offered.password)
}

// identify returns whose account an operation is about that works with and
// without a session (docs/domain.md, "Without a session"). With a session, the session says so
// and the proof, where given, must be right. Without one, accountEmail names
// the account and the proof shows that the caller is its customer, with the
// checks and refusals of signIn.
func (s *Service) identify(ctx context.Context, caller models.Caller, accountEmail *models.EmailAddress, offered *proof) (*models.Account, error) {
	if caller.SessionRefused {
		return nil, caller.Unauthenticated()
	}
	if caller.Session != nil {
		if offered.given() {
			if err := s.verifyProof(ctx, caller, caller.Account, offered); err != nil {
				return caller.Account, err
			}
		}
		return caller.Account, nil
	}
	if accountEmail == nil || !offered.given() {
		return nil, errUnauthenticated()
	}
	email, err := contact.ParseEmail("accountEmail", *accountEmail)
	if err != nil {
		return nil, err
	}
	var account *models.Account
	if offered.externalToken != nil {
		account, err = s.verifyEmailAndToken(ctx, caller, email, offered)
	} else {
		account, err = s.verifyEmailAndPassword(ctx, caller, email, *offered.password)
	}
	if err != nil {
		return account, err
	}
	return account, checkUsable(account)
}

// checkUsable says why an account whose password is right can't be used.
func checkUsable(account *models.Account) error {
	switch account.Status {
	case models.StatusPending:
		return errActivationRequired()
	case models.StatusBlocked:
		return models.NewError(models.CodeAccountBlocked, "the account is blocked; ask the shop")
	}
	return nil
}

func errActivationRequired() *models.Error {
	return models.NewError(models.CodeActivationRequired, "confirm your e-mail address first; requestAccountActivation sends the mail again")
}

// recentlyProved says whether the session's customer proved a factor within
// --step-up: to us, or to the issuer of a customer token.
func (s *Service) recentlyProved(session *models.Session) bool {
	return session != nil && s.now().Sub(session.AuthenticatedAt) < s.Settings.StepUp
}

// needsProof says whether a session alone is not enough for an operation (docs/domain.md, "Step-up").
func (s *Service) needsProof(operation OperationName, session *models.Session) bool {
	switch operationByName[operation].Proof {
	case ProofInCall:
		return true
	case ProofRecent:
		return !s.recentlyProved(session)
	default:
		return false
	}
}

// useProof uses an external token up, in the transaction of what the proof was for. The account must be locked.
func (s *Service) useProof(ctx context.Context, tx Tx, account *models.Account, offered *proof) error {
	if offered.verified == nil {
		return nil
	}
	if err := s.useToken(ctx, tx, offered.verified); err != nil {
		return err
	}
	return tx.ResetBudget(ctx, passwordKey(account.ID))
}

// settleProof does what useProof does, and notes on the session that its customer proved a
// factor; the caller's copy says so too, for the answer may show what the session may do.
func (s *Service) settleProof(ctx context.Context, tx Tx, caller models.Caller, account *models.Account, offered *proof) error {
	if err := s.useProof(ctx, tx, account, offered); err != nil {
		return err
	}
	if !offered.given() || caller.Session == nil || caller.Session.Issuer != "" {
		return nil
	}
	caller.Session.AuthenticatedAt = s.now()
	return notFoundAs(tx.ProveSession(ctx, caller.Session.ID, caller.Session.AuthenticatedAt), errUnauthenticated())
}
