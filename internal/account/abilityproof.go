package account

import (
	"slices"

	"github.com/accountql/accountql/models"
)

// ProveIdentity needs a factor: the password, the token of a linked provider, a passkey, or a code that was sent and
// has tries left.
func (a *Abilities) ProveIdentity() (*Ability, error) {
	return a.ability(opProveIdentity, a.checkOwnSession, func() error {
		err := a.checkProof()
		if err == nil || models.CodeOf(err) != models.CodeInvalidCredentials {
			return err
		}

		challenge, missing := a.pendingProof()
		switch {
		case missing != nil:
			return notFoundAs(missing, err)
		case challenge.Attempts >= codeAttempts || !challenge.Live(a.account, a.service.now()):
			return errCodeInvalid(nil)
		}

		return nil
	})
}

// RequestIdentityCode needs a proven address or number, and uses left in the account's budgets.
func (a *Abilities) RequestIdentityCode() (*Ability, error) {
	return a.ability(opRequestIdentityCode, a.checkOwnSession, a.checkCodeChannels, func() error {
		budgets, err := a.budgets()
		if err != nil {
			return err
		}
		return a.service.codesLeft(budgets[codeFailuresKey(a.account.ID)])
	}, a.checkCodeTargets, a.checkMessages, a.budgetCheck(phoneCodesKey(a.account.ID), a.service.Settings.Limits.AccountPhoneCodes))
}

func (a *Abilities) checkOwnSession() error {
	return checkOwnSession(models.Caller{Session: a.session})
}

// checkCodeChannels returns an error if a code can go neither to the address nor to the number.
func (a *Abilities) checkCodeChannels() error {
	err := a.service.checkCodeChannel(a.account, a.session, IdentityCodeEmail)
	if err != nil && numberProves(a.account, a.session) {
		err = a.service.checkCodeChannel(a.account, a.session, IdentityCodePhone)
	}
	return err
}

// checkCodeTargets returns RATE_LIMITED if every address and number to which a code can go has had one a moment ago.
func (a *Abilities) checkCodeTargets() (err error) {
	for _, channel := range []IdentityCodeChannel{IdentityCodePhone, IdentityCodeEmail} {
		if a.service.checkCodeChannel(a.account, a.session, channel) != nil {
			continue
		}
		if err = a.budgetCheck(codeTargetKey(a.account, channel), a.service.Settings.Limits.Destination)(); err == nil {
			return nil
		}
	}
	return err
}

// factorsFor returns the factors that the customer has and that open the operation now. A passkey needs a key that
// permits requestPasskeyProof.
func (a *Abilities) factorsFor(operation OperationName) ([]models.Factor, error) {
	factors := []models.Factor{}
	if a.account.PasswordHash != nil {
		factors = append(factors, models.FactorPassword)
	}
	second, err := a.secondFactors()
	if err != nil {
		return nil, err
	}
	if operation == opChangePassword {
		return append(factors, second...), nil
	}

	others, err := a.otherFactors()
	if err != nil {
		return nil, err
	}
	if !a.caller.APIKey.Allows(models.PermissionSignIn) { // guard: a page asks for a passkey if its key may
		others = slices.DeleteFunc(others, func(other models.Factor) bool { return other == models.FactorPasskey })
	}
	factors = append(factors, others...)

	opens, err := a.codesOpen(operation)
	if err != nil || !opens {
		return append(factors, second...), err
	}

	for _, code := range []struct {
		channel IdentityCodeChannel
		factor  models.Factor
	}{{IdentityCodeEmail, models.FactorEmailCode}, {IdentityCodePhone, models.FactorPhoneCode}} {
		if a.service.checkCodeChannel(a.account, a.session, code.channel) == nil {
			factors = append(factors, code.factor)
		}
	}

	return append(factors, second...), nil
}

// secondFactors returns the second factors that the customer has.
func (a *Abilities) secondFactors() ([]models.Factor, error) {
	if a.account.SecondFactorSince == nil {
		return nil, nil
	}

	codes, err := a.recoveryCodes()
	if err != nil || len(codes) == 0 {
		return []models.Factor{models.FactorAuthenticator}, err
	}

	return []models.Factor{models.FactorAuthenticator, models.FactorRecoveryCode}, nil
}

// codesOpen reports whether a code can open the operation: codes are for proveIdentity alone, which the key must permit
// and the session must be able to use.
func (a *Abilities) codesOpen(operation OperationName) (bool, error) {
	inCall := operation != opProveIdentity && operationByName[operation].Proof == ProofInCall
	key := a.caller.APIKey
	if inCall || a.session.Issuer != "" || key == nil || !key.Allows(models.PermissionFactorsUpdate) {
		return false, nil
	}

	budgets, err := a.budgets()
	if err != nil {
		return false, err
	}

	return !tooManyCodes(budgets[codeFailuresKey(a.account.ID)], a.service.now()), nil
}

// proofCheck returns the check whether the customer can prove a factor, if the operation needs one.
func (a *Abilities) proofCheck(operation OperationName) func() error {
	return func() error {
		if !a.service.needsProof(operation, a.session) {
			return nil
		}
		return a.checkProof()
	}
}

// checkPassword runs the checks of verifyPassword that come before the password itself: the network's budget, the
// account's own budget, and whether the account has a password.
func (a *Abilities) checkPassword() error {
	if err := a.checkAttempts(); err != nil {
		return err
	}
	if a.account.PasswordHash == nil {
		return errInvalidCredentials()
	}
	return nil
}

// checkAttempts runs the checks of spendPassword.
func (a *Abilities) checkAttempts() error {
	if err := a.checkNetwork(); err != nil {
		return err
	}

	if !a.service.Settings.Unlimited {
		budgets, err := a.budgets()
		if err != nil {
			return err
		}

		now := a.service.now()
		if err := checkBlocked(budgets[passwordKey(a.account.ID)].Spent(now), now); err != nil {
			return err
		}
	}

	return nil
}

// checkProof checks whether the customer can prove a factor: the password, the token of a linked provider, or a passkey.
func (a *Abilities) checkProof() error {
	if a.account.PasswordHash != nil {
		return a.checkAttempts()
	}

	others, err := a.otherFactors()
	if err != nil {
		return err
	}
	if len(others) == 0 {
		return a.checkPassword()
	}

	return a.checkAttempts()
}

// otherFactors returns the factors beside the password that the customer has and that operations take in their call.
func (a *Abilities) otherFactors() (factors []models.Factor, err error) {
	if a.service.Verifier != nil {
		linked, err := a.identities()
		if err != nil {
			return nil, err
		}
		if len(linked) > 0 {
			factors = append(factors, models.FactorIdentityProvider)
		}
	}

	if a.service.PasskeyVerifier != nil {
		passkeys, err := a.passkeys()
		if err != nil {
			return nil, err
		}
		if len(passkeys) > 0 {
			factors = append(factors, models.FactorPasskey)
		}
	}

	return factors, nil
}
