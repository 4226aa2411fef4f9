package account

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/accountql/accountql/models"
)

// Ability reports whether an operation would be allowed now, if its input is right.
type Ability struct {
	// StepUpNeeded reports whether the session alone is not enough.
	StepUpNeeded bool
	// refusal is the error that the operation would return for any input, or nil.
	refusal *models.Error
	// second reports whether a proof is two factors.
	second bool
	// factors returns the factors of the customer that the operation accepts.
	factors func() ([]models.Factor, error)
}

// Factors returns the factors with which the customer can open the operation: in its call, or by proveIdentity before
// it. There are none if the session alone is enough.
func (a *Ability) Factors() ([]models.Factor, error) {
	if !a.StepUpNeeded {
		return []models.Factor{}, nil
	}
	return a.factors()
}

// SecondFactorNeeded reports whether the proof must be two different factors, or a passkey.
func (a *Ability) SecondFactorNeeded() bool { return a.StepUpNeeded && a.second }

// Allowed reports whether the operation would be allowed.
func (a *Ability) Allowed() bool { return a.refusal == nil }

// Reason returns the code of the error that the operation would return, or nil if it would be allowed.
func (a *Ability) Reason() *models.Code {
	if a.refusal == nil {
		return nil
	}
	return &a.refusal.Code
}

// RetryAfter returns the number of seconds after which a retry may succeed, or nil.
func (a *Ability) RetryAfter() *int {
	if a.refusal == nil || a.refusal.RetryAfter == 0 {
		return nil
	}
	seconds := int(a.refusal.RetryAfter / time.Second)
	return &seconds
}

// Abilities are a customer's abilities by operation. Each method applies the rules that the operation itself
// applies. What it needs from the database is read once, when the first method needs it.
type Abilities struct {
	service *Service
	caller  models.Caller
	account *models.Account
	session *models.Session

	// terms returns TERMS_REQUIRED if the customer must accept the shop's terms; nil if the shop has none.
	terms      func() error
	budgets    func() (map[string]models.Budget, error)
	identities func() ([]models.Identity, error)
	addresses  func() ([]models.Address, error)
	passkeys   func() ([]models.Passkey, error)
	// authenticators and recoveryCodes are the second factors.
	authenticators func() ([]models.Authenticator, error)
	recoveryCodes  func() ([]models.RecoveryCode, error)
	pendingFactor  func() (*models.Challenge, error)
	pendingEmail   func() (*models.Challenge, error)
	pendingPhone   func() (*models.Challenge, error)
	pendingOptIn   func() (*models.Challenge, error)
	pendingProof   func() (*models.Challenge, error)
}

// Can returns what the caller may do with the account that a payload shows.
func (s *Service) Can(ctx context.Context, caller models.Caller, account *models.Account) *Abilities {
	session := caller.Session
	if session == nil || session.AccountID != account.ID {
		// A customer without a session for this account sees the account only in the payload of a sign-in, and has
		// just proved a factor.
		session = &models.Session{AccountID: account.ID, AuthenticatedAt: s.now()}
	}

	pending := func(purpose models.Purpose) func() (*models.Challenge, error) {
		return sync.OnceValues(func() (*models.Challenge, error) {
			return s.Store.PendingChallenge(ctx, account.ID, purpose, s.now())
		})
	}

	abilities := &Abilities{
		service: s, caller: caller, account: account, session: session,
		budgets: sync.OnceValues(func() (map[string]models.Budget, error) {
			return s.abilityBudgets(ctx, caller, account)
		}),
		identities:   sync.OnceValues(func() ([]models.Identity, error) { return s.Store.Identities(ctx, account.ID) }),
		addresses:    sync.OnceValues(func() ([]models.Address, error) { return s.Store.Addresses(ctx, account.ID) }),
		passkeys:     sync.OnceValues(func() ([]models.Passkey, error) { return s.Store.Passkeys(ctx, account.ID) }),
		pendingEmail: pending(models.PurposeEmailChange), pendingPhone: pending(models.PurposePhoneUpdate),
		pendingOptIn: pending(models.PurposeConsent), pendingProof: pending(models.PurposeIdentityCode),
		pendingFactor: pending(models.PurposeAuthenticator),
		authenticators: sync.OnceValues(func() ([]models.Authenticator, error) {
			return s.Store.Authenticators(ctx, account.ID)
		}),
		recoveryCodes: sync.OnceValues(func() ([]models.RecoveryCode, error) {
			return s.Store.RecoveryCodes(ctx, account.ID)
		}),
	}
	if len(s.Settings.Terms) > 0 {
		abilities.terms = sync.OnceValue(func() error { return s.checkTerms(ctx, account.ID) })
	}

	return abilities
}

func (s *Service) abilityBudgets(
	ctx context.Context, caller models.Caller, account *models.Account,
) (map[string]models.Budget, error) {
	id := account.ID
	budgets, err := s.Store.Budgets(ctx, passwordKey(id), emailChangesKey(id), phoneCodesKey(id), dataExportsKey(id),
		codeFailuresKey(id), codeTargetKey(account, IdentityCodeEmail), codeTargetKey(account, IdentityCodePhone),
		triesKey(caller), mailsKey(caller), messagesKey, strangersKey)
	byKey := make(map[string]models.Budget, len(budgets))
	for _, budget := range budgets {
		byKey[budget.Key] = budget
	}
	return byKey, err
}

// ability checks the key's permission and then runs the checks in the order of the operation: the first refusal
// counts.
func (a *Abilities) ability(operation OperationName, checks ...func() error) (*Ability, error) {
	ability := &Ability{
		StepUpNeeded: a.service.needsProof(operation, a.session),
		second:       a.account.SecondFactorSince != nil,
		factors:      func() ([]models.Factor, error) { return a.factorsFor(operation) },
	}
	if key := a.caller.APIKey; key == nil || !key.Allows(operationByName[operation].Permission) {
		ability.refusal = &models.Error{Code: models.CodePermissionDenied}
		return ability, nil
	}

	if operationByName[operation].Pauses { // guard: a pause is foretold
		checks = slices.Insert(checks, 0, func() error { return a.service.checkPause(a.account) })
	}
	if a.terms != nil && operationByName[operation].Terms { // guard: missing terms are foretold
		checks = slices.Insert(checks, 0, a.terms)
	}
	for _, check := range checks {
		err := check()
		if errors.As(err, &ability.refusal) && ability.refusal.Code != models.CodeUnavailable {
			return ability, nil
		}
		if err != nil {
			return nil, err
		}
	}

	return ability, nil
}

// UpdateAccount returns the ability to call updateAccount. The methods below do the same for the operations of
// their names.
func (a *Abilities) UpdateAccount() (*Ability, error) { return a.ability(opUpdateAccount) }

// ChangePassword accepts only the password as a proof.
func (a *Abilities) ChangePassword() (*Ability, error) {
	return a.ability(opChangePassword, a.checkPassword)
}

// RequestPasswordReset never reveals its budgets.
func (a *Abilities) RequestPasswordReset() (*Ability, error) {
	return a.ability(opRequestPasswordReset, a.checkAddress)
}

// checkAddress is the check of every operation that sends a mail to the account's own address: it refuses a
// placeholder.
func (a *Abilities) checkAddress() error { return checkMailable(a.account) }

// checkMailable returns INVALID_INPUT if the account's address is a placeholder, to which no mail goes.
func checkMailable(account *models.Account) error {
	if account.EmailDisplaced() {
		return models.InvalidInput("email", models.ReasonNotAllowed, 0,
			"is a placeholder; requestEmailChange sets another address")
	}
	return nil
}

// RequestEmailChange needs a proof, and uses left in the account's budgets.
func (a *Abilities) RequestEmailChange() (*Ability, error) {
	return a.ability(opRequestEmailChange, a.proofCheck(opRequestEmailChange),
		func() error { return a.service.pausedByUndo(a.account) },
		a.budgetCheck(emailChangesKey(a.account.ID), a.service.Settings.Limits.EmailChanges),
		a.checkStrangersMails, a.checkMessages)
}

// ConfirmEmailChange needs a pending change.
func (a *Abilities) ConfirmEmailChange() (*Ability, error) {
	return a.ability(opConfirmEmailChange, a.checkNetwork, func() error {
		challenge, err := a.pendingEmail()
		return a.checkConfirmable(challenge, err, errTokenInvalid())
	})
}

// CancelEmailChange is allowed even if no change is pending.
func (a *Abilities) CancelEmailChange() (*Ability, error) { return a.ability(opCancelEmailChange) }

// RequestPhoneUpdate needs a sender of text messages, and a proof unless the session's last proof is recent. After too
// many wrong codes, it always needs a proof.
func (a *Abilities) RequestPhoneUpdate() (*Ability, error) {
	budgets, err := a.budgets()
	if err != nil {
		return nil, err
	}

	failures := budgets[codeFailuresKey(a.account.ID)]
	stepUp := a.service.needsProof(opRequestPhoneUpdate, a.session) || tooManyCodes(failures, a.service.now())
	allowed := a.service.Settings.Limits.AccountPhoneCodes
	checks := []func() error{
		a.service.checkTextMessages, // guard: a missing sender is foretold
		a.checkMessages, a.budgetCheck(phoneCodesKey(a.account.ID), allowed),
	}
	if stepUp {
		checks = append([]func() error{a.checkProof}, checks...)
	}

	ability, err := a.ability(opRequestPhoneUpdate, checks...)
	if err == nil {
		ability.StepUpNeeded = stepUp
	}

	return ability, err
}

// ConfirmPhoneUpdate needs a pending change whose code has attempts left.
func (a *Abilities) ConfirmPhoneUpdate() (*Ability, error) {
	pending := func() error {
		_, err := a.pendingPhone()
		return notFoundAs(err, errCodeInvalid(nil))
	}
	return a.ability(opConfirmPhoneUpdate, pending, a.checkNetwork, func() error {
		challenge, err := a.pendingPhone()
		if err == nil && challenge.Attempts >= codeAttempts {
			return errCodeInvalid(nil)
		}
		return a.checkConfirmable(challenge, err, errCodeInvalid(nil))
	})
}

// CancelPhoneUpdate is allowed even if no change is pending.
func (a *Abilities) CancelPhoneUpdate() (*Ability, error) { return a.ability(opCancelPhoneUpdate) }

// RequestDataExport needs a proof, and an address to which a mail can go.
func (a *Abilities) RequestDataExport() (*Ability, error) {
	return a.ability(opRequestDataExport, a.checkAddress, a.proofCheck(opRequestDataExport),
		a.budgetCheck(dataExportsKey(a.account.ID), a.service.Settings.Limits.DataExports), a.checkMessages)
}

// DeleteAccount needs a proof.
func (a *Abilities) DeleteAccount() (*Ability, error) {
	return a.ability(opDeleteAccount, a.checkProof)
}

// RequestAccountActivation never reveals its budgets.
func (a *Abilities) RequestAccountActivation() (*Ability, error) {
	return a.ability(opRequestAccountActivation, a.checkAddress)
}

// SignOut needs only the session.
func (a *Abilities) SignOut() (*Ability, error) { return a.ability(opSignOut) }

// RevokeSession needs only the session.
func (a *Abilities) RevokeSession() (*Ability, error) { return a.ability(opRevokeSession) }

// RenameSession needs only the session.
func (a *Abilities) RenameSession() (*Ability, error) { return a.ability(opRenameSession) }

// ForgetDevice needs only the session.
func (a *Abilities) ForgetDevice() (*Ability, error) { return a.ability(opForgetDevice) }

// LinkIdentityProvider needs a configured provider and a proof.
func (a *Abilities) LinkIdentityProvider() (*Ability, error) {
	return a.ability(opLinkIdentityProvider, func() error { return a.service.canLink(a.account) }, func() error {
		if a.service.Verifier == nil {
			return errNotConfigured()
		}
		return nil
	}, a.proofCheck(opLinkIdentityProvider))
}

// UnlinkIdentityProvider needs a proof, and a linked identity that is not the only way to sign in.
func (a *Abilities) UnlinkIdentityProvider() (*Ability, error) {
	return a.ability(opUnlinkIdentityProvider, a.proofCheck(opUnlinkIdentityProvider), func() error {
		linked, err := a.identities()
		if err == nil && len(linked) == 0 {
			err = errNotLinked()
		}
		if err != nil {
			return err
		}

		passkeys, err := a.passkeys()
		if err == nil && lastWayIn(a.account, a.service.waysIn(linked, passkeys)) {
			err = errLastWayIn("identityProvider")
		}

		return err
	})
}

// AcceptTerms needs a shop that has terms.
func (a *Abilities) AcceptTerms() (*Ability, error) {
	return a.ability(opAcceptTerms, func() error {
		if len(a.service.Settings.Terms) == 0 {
			return models.InvalidInput(termsField, models.ReasonUnknownValue, 0, "names a document that is not known")
		}
		return nil
	})
}

// ConfirmConsent needs a consent that waits for its second opt-in.
func (a *Abilities) ConfirmConsent() (*Ability, error) {
	return a.ability(opConfirmConsent, a.checkNetwork, func() error {
		challenge, err := a.pendingOptIn()
		if err == nil && !optInLive(challenge, a.account, a.service.now()) {
			err = models.ErrNotFound
		}
		return notFoundAs(err, errTokenInvalid())
	})
}

// WithdrawConsent needs nothing but a link.
func (a *Abilities) WithdrawConsent() (*Ability, error) { return a.ability(opWithdrawConsent) }

// checkNetwork runs the check of spendTry.
func (a *Abilities) checkNetwork() error {
	if a.caller.Network() == "" {
		return nil
	}
	return a.budgetCheck(triesKey(a.caller), a.service.Settings.Limits.NetworkTries)()
}

// checkStrangersMails runs the additional check for a change of the e-mail address if the address is only claimed,
// because anybody can create such an account.
func (a *Abilities) checkStrangersMails() error {
	if !a.account.EmailClaimed() || a.caller.Network() == "" {
		return nil
	}
	return a.budgetCheck(mailsKey(a.caller), a.service.Settings.Limits.NetworkMails)()
}

// checkMessages runs the checks of spendMessage that do not depend on the destination.
func (a *Abilities) checkMessages() error {
	for _, use := range a.service.ceilingUses(a.account) {
		if err := a.budgetCheck(use.key, use.allowed)(); err != nil {
			return err
		}
	}
	return nil
}

// budgetCheck returns a check whether the budget allows one more use of the key.
func (a *Abilities) budgetCheck(key string, allowed Limit) func() error {
	return func() error {
		if a.service.Settings.Unlimited {
			return nil
		}

		budgets, err := a.budgets()
		if err != nil {
			return err
		}

		now := a.service.now()

		return checkLimit(budgets[key].Spent(now), allowed, now)
	}
}

// checkConfirmable runs the checks of redeem that come before the secret is used.
func (a *Abilities) checkConfirmable(challenge *models.Challenge, err error, refusal *models.Error) error {
	if err != nil {
		return notFoundAs(err, refusal)
	}
	if !challenge.Live(a.account, a.service.now()) {
		return refusal
	}
	return nil
}
