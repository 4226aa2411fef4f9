package account

import (
	"context"
	"errors"
	"slices"

	"github.com/accountql/accountql/models"
)

// RequestPasskeyInput is the input of requestPasskey.
type RequestPasskeyInput struct {
	ProofInput
}

// RequestPasskey returns the options of a new passkey. It needs a proof in addition to the session. It fails with
// REAUTHENTICATION_REQUIRED, INVALID_CREDENTIALS, RATE_LIMITED, IDENTITY_PROVIDER_UNAVAILABLE, ACTIVATION_REQUIRED, or
// INVALID_INPUT if the account has as many passkeys as it can.
func (s *Service) RequestPasskey(
	ctx context.Context, caller models.Caller, input RequestPasskeyInput,
) (_ *PasskeyOptions, err error) {
	flow := s.begin(caller, opRequestPasskey, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}

	offered := s.offer(caller, opRequestPasskey, input.ProofInput)
	if err := offered.check(); err != nil {
		return nil, err
	}
	if err := s.canAddPasskey(caller.Account); err != nil {
		return nil, err
	}
	if err := offered.require(opRequestPasskey); err != nil {
		return nil, err
	}
	if err := offered.verify(ctx, caller.Account); err != nil {
		return nil, err
	}

	payload, err := s.creationOptions(ctx, caller)
	if err != nil {
		return nil, err
	}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		account, err := lockCaller(ctx, tx, caller)
		if err != nil {
			return err
		}
		return offered.settle(ctx, tx, account)
	})
}

// creationOptions returns the options of a new passkey of the caller's account.
func (s *Service) creationOptions(ctx context.Context, caller models.Caller) (*PasskeyOptions, error) {
	passkeys, err := s.Store.Passkeys(ctx, caller.Account.ID)
	if err != nil {
		return nil, err
	}
	if err := checkPasskeyRoom(passkeys); err != nil {
		return nil, err
	}

	challenge, expires, err := s.newPasskeyChallenge(ctx, caller, opConfirmPasskey, caller.Account)
	if err != nil {
		return nil, err
	}

	options, err := s.PasskeyVerifier.CreationOptions(
		s.passkeyUser(caller.Account), challenge, credentialIDs(passkeys))

	return &PasskeyOptions{Options: options, ExpiresAt: expires}, err
}

// ConfirmPasskeyInput is the input of confirmPasskey.
type ConfirmPasskeyInput struct {
	Response models.JSONObject
}

// PasskeyPayload is the payload of confirmPasskey and renamePasskey.
type PasskeyPayload struct {
	Passkey *models.Passkey
	Account *models.Account
}

// ConfirmPasskey adds the passkey that an authenticator has made with the options of requestPasskey. It fails with
// TOKEN_INVALID if the challenge is not live, and with INVALID_INPUT if the response is not as WebAuthn has it, or the
// passkey is registered already; also with ACTIVATION_REQUIRED, RATE_LIMITED and IDENTITY_PROVIDER_UNAVAILABLE.
func (s *Service) ConfirmPasskey(
	ctx context.Context, caller models.Caller, input ConfirmPasskeyInput,
) (_ *PasskeyPayload, err error) {
	flow := s.begin(caller, opConfirmPasskey, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}

	if err := s.canAddPasskey(caller.Account); err != nil {
		return nil, err
	}

	claim, err := s.PasskeyVerifier.ReadAttestation(input.Response)
	if err != nil {
		return nil, models.InvalidInput(responseField, models.ReasonMalformed, 0, err.Error())
	}
	if err := s.spendTry(ctx, caller); err != nil {
		return nil, err
	}
	if err := s.checkPasskeyChallenge(ctx, claim, opConfirmPasskey, caller.Account); err != nil {
		return nil, err
	}

	passkey, err := s.PasskeyVerifier.CheckAttestation(
		input.Response, s.passkeyUser(caller.Account), claim.Challenge)
	if err != nil {
		return nil, models.InvalidInput(responseField, models.ReasonNotAllowed, 0, err.Error())
	}
	keeper := passkey.Name
	passkey.ID, passkey.AccountID, passkey.CreatedAt = s.NewID(), caller.Account.ID, s.now()
	if keeper == "" {
		passkey.Name = passkeyName
	}

	payload := &PasskeyPayload{Passkey: passkey}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		account, err := lockCaller(ctx, tx, caller)
		if err != nil {
			return err
		}

		payload.Account = account
		done.webhookData = eventData{"synced": passkey.Synced}
		if err := s.usePasskeyChallenge(ctx, tx, claim); err != nil {
			return err
		}

		if err := s.addPasskey(ctx, tx, account, passkey); err != nil {
			return err
		}

		return s.notifyPasskey(ctx, tx, caller, account, models.MessagePasskeyAdded, keeper)
	})
}

// responseField is the field of an authenticator's response.
const responseField = "response"

// addPasskey stores a new passkey of a locked account.
func (s *Service) addPasskey(ctx context.Context, tx Tx, account *models.Account, passkey *models.Passkey) error {
	if err := s.canLink(account); err != nil {
		return err
	}
	passkeys, err := tx.Passkeys(ctx, account.ID)
	if err != nil {
		return err
	}
	if err := checkPasskeyRoom(passkeys); err != nil {
		return err
	}

	err = tx.CreatePasskey(ctx, passkey)
	if errors.Is(err, models.ErrTaken) {
		return models.InvalidInput(responseField, models.ReasonTaken, 0, "is of a passkey that is registered already")
	}

	return notFoundAs(err, errUnauthenticated())
}

// RenamePasskeyInput is the input of renamePasskey.
type RenamePasskeyInput struct {
	ID   string
	Name string
}

// RenamePasskey changes what the customer calls a passkey. It fails with INVALID_INPUT.
func (s *Service) RenamePasskey(
	ctx context.Context, caller models.Caller, input RenamePasskeyInput,
) (_ *PasskeyPayload, err error) {
	flow := s.begin(caller, opRenamePasskey, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	var wrong models.Errors
	wrong.Add(requireText("id", input.ID))
	name, invalid := models.ParseText("name", input.Name, maxPasskeyName)
	wrong.Add(invalid)
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	payload := &PasskeyPayload{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		account, err := lockCaller(ctx, tx, caller)
		if err != nil {
			return err
		}

		payload.Account = account
		if err := tx.RenamePasskey(ctx, account.ID, input.ID, name); err != nil {
			return notFoundAs(err, errNoSuchPasskey())
		}

		passkeys, err := tx.Passkeys(ctx, account.ID)
		if at := indexOfPasskey(passkeys, input.ID); err == nil && at >= 0 {
			payload.Passkey = &passkeys[at]
		}

		return err
	})
}

// indexOfPasskey returns the place of a passkey, or -1.
func indexOfPasskey(passkeys []models.Passkey, id string) int {
	return slices.IndexFunc(passkeys, func(passkey models.Passkey) bool { return passkey.ID == id })
}

// RemovePasskeyInput is the input of removePasskey.
type RemovePasskeyInput struct {
	ProofInput
	ID string
}

// RemovePasskey removes a way to sign in, ends the account's other sessions and voids its pending secrets, as
// unlinkIdentityProvider does. It does not remove the last way to sign in. It fails with REAUTHENTICATION_REQUIRED,
// INVALID_CREDENTIALS, RATE_LIMITED, IDENTITY_PROVIDER_UNAVAILABLE or INVALID_INPUT.
func (s *Service) RemovePasskey(
	ctx context.Context, caller models.Caller, input RemovePasskeyInput,
) (_ *AccountPayload, err error) {
	flow := s.begin(caller, opRemovePasskey, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}

	offered := s.offer(caller, opRemovePasskey, input.ProofInput)
	var wrong models.Errors
	wrong.Add(requireText("id", input.ID))
	wrong.Add(offered.check())
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	if err := offered.require(opRemovePasskey); err != nil {
		return nil, err
	}
	if err := offered.verify(ctx, caller.Account); err != nil {
		return nil, err
	}

	payload := &AccountPayload{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		account, err := lockCaller(ctx, tx, caller)
		if err != nil {
			return err
		}

		payload.Account = account
		if err := offered.settle(ctx, tx, account); err != nil {
			return err
		}

		return s.removePasskey(ctx, tx, caller, account, input.ID)
	})
}

// removePasskey removes a passkey of a locked account, unless it is the last way in.
func (s *Service) removePasskey(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, id string,
) error {
	passkeys, err := tx.Passkeys(ctx, account.ID)
	if err != nil {
		return err
	}
	linked, err := tx.Identities(ctx, account.ID)
	if err != nil {
		return err
	}

	if indexOfPasskey(passkeys, id) < 0 {
		return errNoSuchPasskey()
	}
	if lastWayIn(account, len(linked)+len(passkeys)) { // guard: the last passkey stays
		return errLastWayIn("id")
	}

	if err := tx.RemovePasskey(ctx, account.ID, id); err != nil {
		return err
	}
	if err := s.dropWayIn(ctx, tx, caller, account); err != nil {
		return err
	}

	return s.notifyPasskey(ctx, tx, caller, account, models.MessagePasskeyRemoved, "")
}
