package account

// RequestPasskey needs a host name that authenticators accept, a proof, and room for one more.
func (a *Abilities) RequestPasskey() (*Ability, error) {
	return a.ability(opRequestPasskey, a.checkPasskeyAdded, a.proofCheck(opRequestPasskey), func() error {
		passkeys, err := a.passkeys()
		if err != nil {
			return err
		}
		return checkPasskeyRoom(passkeys)
	})
}

// ConfirmPasskey does not know whether a challenge was asked for: challenges are not stored.
func (a *Abilities) ConfirmPasskey() (*Ability, error) {
	return a.ability(opConfirmPasskey, a.checkPasskeyAdded, a.checkNetwork)
}

// RenamePasskey needs a passkey.
func (a *Abilities) RenamePasskey() (*Ability, error) {
	return a.ability(opRenamePasskey, a.checkPasskeyThere)
}

// RemovePasskey needs a proof, and a passkey that is not the only way to sign in.
func (a *Abilities) RemovePasskey() (*Ability, error) {
	return a.ability(opRemovePasskey, a.proofCheck(opRemovePasskey), a.checkPasskeyThere, func() error {
		passkeys, err := a.passkeys()
		if err != nil {
			return err
		}
		linked, err := a.identities()
		if err == nil && lastWayIn(a.account, len(linked)+len(passkeys)) {
			err = errLastWayIn("id")
		}

		return err
	})
}

func (a *Abilities) checkPasskeyAdded() error { return a.service.canAddPasskey(a.account) }

func (a *Abilities) checkPasskeyThere() error {
	passkeys, err := a.passkeys()
	if err == nil && len(passkeys) == 0 {
		err = errNoSuchPasskey()
	}
	return err
}
