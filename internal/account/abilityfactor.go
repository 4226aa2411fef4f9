package account

import "github.com/accountql/accountql/models"

// RequestAuthenticator needs second factors to be on, a proof, and room for one more.
func (a *Abilities) RequestAuthenticator() (*Ability, error) {
	return a.ability(opRequestAuthenticator, a.checkAuthenticatorAdded, a.proofCheck(opRequestAuthenticator),
		func() error {
			authenticators, err := a.authenticators()
			if err != nil {
				return err
			}
			return checkAuthenticatorRoom(authenticators)
		})
}

// ConfirmAuthenticator needs an authenticator that waits for its first code, with tries left.
func (a *Abilities) ConfirmAuthenticator() (*Ability, error) {
	return a.ability(opConfirmAuthenticator, a.checkAuthenticatorAdded, a.checkNetwork, func() error {
		challenge, err := a.pendingFactor()
		if err == nil && challenge.Attempts >= codeAttempts {
			return errTokenInvalid()
		}
		return a.checkConfirmable(challenge, err, errTokenInvalid())
	})
}

// RemoveAuthenticator needs an authenticator and a proof, which the last one needs in the call itself.
func (a *Abilities) RemoveAuthenticator() (*Ability, error) {
	authenticators, err := a.authenticators()
	if err != nil {
		return nil, err
	}

	stepUp := a.service.needsProof(opRemoveAuthenticator, a.session) || len(authenticators) == 1
	ability, err := a.ability(opRemoveAuthenticator, func() error {
		if !stepUp {
			return nil
		}
		return a.checkProof()
	}, func() error {
		if len(authenticators) == 0 {
			return errNoSuchAuthenticator()
		}
		return nil
	})
	if err == nil {
		ability.StepUpNeeded = stepUp
	}

	return ability, err
}

// ReplaceRecoveryCodes needs an authenticator and a proof.
func (a *Abilities) ReplaceRecoveryCodes() (*Ability, error) {
	return a.ability(opReplaceRecoveryCodes, a.proofCheck(opReplaceRecoveryCodes), func() error {
		if a.account.SecondFactorSince == nil {
			return errNoAuthenticator()
		}
		return nil
	})
}

func (a *Abilities) checkAuthenticatorAdded() error {
	return a.service.canAddAuthenticator(models.Caller{Session: a.session}, a.account)
}
