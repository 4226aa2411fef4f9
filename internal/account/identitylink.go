package account

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"github.com/accountql/accountql/models"
)

// LinkIdentityProviderInput is the input of linkIdentityProvider.
type LinkIdentityProviderInput struct {
	IdentityProvider models.IdentityProvider
	ExternalToken    string
	// Password, Passkey, or CurrentExternalToken of CurrentIdentityProvider, is the proof.
	Password                *string
	Passkey                 models.JSONObject
	CurrentIdentityProvider *models.IdentityProvider
	CurrentExternalToken    *string
	// AuthenticatorCode, or RecoveryCode in its place, goes beside the proof if the account has an authenticator.
	AuthenticatorCode *string
	RecoveryCode      *string
}

// UnlinkIdentityProviderInput is the input of unlinkIdentityProvider.
type UnlinkIdentityProviderInput struct {
	IdentityProvider models.IdentityProvider
	// Issuer selects the identity if several identities of the provider are linked and ExternalToken is not given.
	Issuer *string
	// ExternalToken, a token of the identity to unlink, is also a proof.
	ExternalToken           *string
	Password                *string
	Passkey                 models.JSONObject
	CurrentIdentityProvider *models.IdentityProvider
	CurrentExternalToken    *string
	// AuthenticatorCode, or RecoveryCode in its place, goes beside the proof if the account has an authenticator.
	AuthenticatorCode *string
	RecoveryCode      *string
}

// offerCurrent is offer for operations whose input also names another provider: their fields for the current
// factors have other names.
func (s *Service) offerCurrent(
	caller models.Caller, operation OperationName, input ProofInput,
	provider *models.IdentityProvider, token *string,
) proof {
	offered := s.offer(caller, operation, input)
	if token != nil {
		offered.factors = append(offered.factors, &tokenFactor{
			provider: provider, token: *token, named: "currentExternalToken", providerNamed: "currentIdentityProvider",
		})
	}
	return offered
}

// LinkIdentityProvider links an identity, so that the customer can also sign in with it. It needs a proof in
// addition to the session, and the provider's fresh token. A subject that is already linked to the account stays
// linked. It fails with REAUTHENTICATION_REQUIRED, INVALID_CREDENTIALS, RATE_LIMITED or
// IDENTITY_PROVIDER_UNAVAILABLE, and with INVALID_INPUT if the subject is linked to another account, or another
// subject of the provider to this account.
func (s *Service) LinkIdentityProvider(
	ctx context.Context, caller models.Caller, input LinkIdentityProviderInput,
) (_ *AccountPayload, err error) {
	flow := s.begin(caller, opLinkIdentityProvider, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireTerms(ctx, caller.Account); err != nil {
		return nil, err
	}
	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}

	current := s.offerCurrent(caller, opLinkIdentityProvider,
		ProofInput{
			Password: input.Password, Passkey: input.Passkey,
			AuthenticatorCode: input.AuthenticatorCode, RecoveryCode: input.RecoveryCode,
		},
		input.CurrentIdentityProvider, input.CurrentExternalToken)
	var wrong models.Errors
	wrong.Add(newTokenFactor(&input.IdentityProvider, input.ExternalToken).check())
	wrong.Add(current.check())
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}
	if err := s.canLink(caller.Account); err != nil { // guard: a claimed address gets no other way in
		return nil, err
	}
	if err := current.require(opLinkIdentityProvider); err != nil {
		return nil, err
	}

	identity, err := s.verifyLink(ctx, caller, input, &current)
	if err != nil {
		return nil, err
	}

	known, err := s.linkedTo(ctx, caller.Account, identity)
	if err != nil {
		return nil, err
	}

	payload := &AccountPayload{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		account, err := lockCaller(ctx, tx, caller)
		if err != nil {
			return err
		}

		payload.Account = account
		if err := current.settle(ctx, tx, account); err != nil {
			return err
		}
		if err := s.useToken(ctx, tx, identity); err != nil || known {
			return err
		}

		return s.link(ctx, tx, caller, account, identity)
	})
}

// verifyLink verifies the proof, and the token of the identity that is to be linked. If the provider is
// unavailable, it does not check the proof.
func (s *Service) verifyLink(
	ctx context.Context, caller models.Caller, input LinkIdentityProviderInput, current *proof,
) (*models.ExternalIdentity, error) {
	identity, refused := s.verifyToken(ctx, input.IdentityProvider, input.ExternalToken)
	if refused != nil && !isRejectedToken(refused) {
		return nil, refused
	}
	if err := current.verify(ctx, caller.Account); err != nil {
		return nil, err
	}
	if refused != nil || identity.CustomerToken || !s.fresh(identity) {
		return nil, errInvalidCredentials()
	}

	return identity, nil
}

// canLink returns ACTIVATION_REQUIRED if the account's address is only claimed, because the linked identity would
// outlast the owner's first proof (R-PRF4). It returns RATE_LIMITED for a while after an undo, because somebody
// else may still know the password.
func (s *Service) canLink(account *models.Account) error {
	if account.EmailClaimed() {
		return errActivationRequired()
	}
	return s.pausedByUndo(account) // guard: nothing is linked after an undo
}

// linkedTo reports whether the identity is linked to the account. It returns INVALID_INPUT if the identity is
// linked to another account.
func (s *Service) linkedTo(
	ctx context.Context, account *models.Account, identity *models.ExternalIdentity,
) (bool, error) {
	owner, _, err := s.Store.AccountByIdentity(ctx, identity.IdentityProvider, identity.Issuer, identity.Subject)
	if err != nil {
		return false, notFoundAs(err, nil)
	}
	if owner.ID != account.ID {
		return false, models.InvalidInput("externalToken", models.ReasonTaken, 0,
			"is of a customer who has another account here")
	}

	return true, nil
}

// link links a new identity to a locked account, and notifies the customer.
func (s *Service) link(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, identity *models.ExternalIdentity,
) error {
	link := &models.Identity{
		AccountID: account.ID, IdentityProvider: identity.IdentityProvider,
		Issuer: identity.Issuer, Subject: identity.Subject, LinkedAt: s.now(),
	}
	err := tx.LinkIdentity(ctx, link)
	if errors.Is(err, models.ErrTaken) {
		return models.InvalidInput("identityProvider", models.ReasonAlreadyLinked, 0,
			"is linked to the account by another customer of it; unlink that one first")
	}
	if err != nil {
		return err
	}
	if err := s.notifyIdentityChanged(ctx, tx, caller, account, models.MessageIdentityLinked, *link); err != nil {
		return err
	}

	return s.enqueueEvent(ctx, tx, models.EventAccountUpdated, account.ID, identitiesChanged())
}

// notifyIdentityChanged notifies the customer of a change of the linked identities (R-C12).
func (s *Service) notifyIdentityChanged(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account,
	kind models.MessageKind, identity models.Identity,
) error {
	mail := s.mail(caller, account, kind, account.Email)
	mail.Data.Destination = providerName(identity)
	return tx.Enqueue(ctx, mail)
}

// identitiesChanged returns the data of the webhook event.
func identitiesChanged() eventData { return eventData{"fields": []string{"identities"}} }

// providerName returns the name by which customers know the provider: its brand, or the issuer's host.
func providerName(identity models.Identity) string {
	names := map[models.IdentityProvider]string{
		models.ProviderGoogle: "Google", models.ProviderApple: "Apple", models.ProviderFacebook: "Facebook",
	}
	if name := names[identity.IdentityProvider]; name != "" {
		return name
	}
	if issuer, err := url.Parse(identity.Issuer); err == nil && issuer.Host != "" {
		return issuer.Host
	}

	return identity.Issuer
}

// UnlinkIdentityProvider removes a way to sign in, ends the account's other sessions and voids its pending secrets,
// as a change of the password does. It does not remove the last way to sign in. It fails with
// REAUTHENTICATION_REQUIRED, INVALID_CREDENTIALS, RATE_LIMITED, IDENTITY_PROVIDER_UNAVAILABLE or INVALID_INPUT.
func (s *Service) UnlinkIdentityProvider(
	ctx context.Context, caller models.Caller, input UnlinkIdentityProviderInput,
) (_ *AccountPayload, err error) {
	flow := s.begin(caller, opUnlinkIdentityProvider, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}

	removed := s.offer(caller, opUnlinkIdentityProvider,
		ProofInput{IdentityProvider: &input.IdentityProvider, ExternalToken: input.ExternalToken})
	offered, err := s.offerUnlink(caller, &removed, input)
	if err != nil {
		return nil, err
	}

	if err := offered.require(opUnlinkIdentityProvider); err != nil {
		return nil, err
	}
	if err := offered.verify(ctx, caller.Account); err != nil {
		return nil, err
	}

	payload := &AccountPayload{}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		done.webhookData = identitiesChanged()
		account, err := lockCaller(ctx, tx, caller)
		if err != nil {
			return err
		}

		payload.Account = account
		if err := offered.settle(ctx, tx, account); err != nil {
			return err
		}

		return s.unlink(ctx, tx, caller, account, input, removed.identity())
	})
}

// offerUnlink returns the proof of unlinkIdentityProvider: the token of the identity that is removed, a current factor, or
// both. It returns INVALID_INPUT if they are malformed.
func (s *Service) offerUnlink(
	caller models.Caller, removed *proof, input UnlinkIdentityProviderInput,
) (*proof, error) {
	current := s.offerCurrent(caller, opUnlinkIdentityProvider,
		ProofInput{Password: input.Password, Passkey: input.Passkey},
		input.CurrentIdentityProvider, input.CurrentExternalToken)
	var wrong models.Errors
	wrong.Add(removed.check())
	if !input.IdentityProvider.External() {
		wrong.Add(models.InvalidInput("identityProvider", models.ReasonNotAllowed, 0,
			"must name the provider to unlink"))
	}
	wrong.Add(current.check())

	offered := s.offerFactors(caller, append(slices.Clone(removed.factors), current.factors...)...)
	offered.second = newSecondFactor("authenticatorCode", input.AuthenticatorCode, input.RecoveryCode)
	wrong.Add(offered.checkSecond())

	return &offered, wrong.OrNil()
}

// lastWayIn reports whether an account has no other way to sign in than one of its linked identities and passkeys, of
// which it has so many.
func lastWayIn(account *models.Account, others int) bool {
	return account.PasswordHash == nil && others == 1
}

// waysIn returns how many linked identities and passkeys an account can sign in with.
func (s *Service) waysIn(linked []models.Identity, passkeys []models.Passkey) int {
	if s.PasskeyVerifier == nil {
		return len(linked)
	}
	return len(linked) + len(passkeys)
}

func errNotLinked() *models.Error {
	return models.InvalidInput("identityProvider", models.ReasonNotLinked, 0, "is not linked to the account")
}

func errLastWayIn(field string) *models.Error {
	return models.InvalidInput(field, models.ReasonLastWayIn, 0,
		"is the only way to sign in; set a password by requestPasswordReset first")
}

// unlink deletes the link that the input selects from a locked account.
func (s *Service) unlink(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account,
	input UnlinkIdentityProviderInput, named *models.ExternalIdentity,
) error {
	linked, err := tx.Identities(ctx, account.ID)
	if err != nil {
		return err
	}
	passkeys, err := tx.Passkeys(ctx, account.ID)
	if err != nil {
		return err
	}

	meant := slices.DeleteFunc(slices.Clone(linked), func(identity models.Identity) bool {
		return identity.IdentityProvider != input.IdentityProvider ||
			named != nil && identity.Issuer != named.Issuer || input.Issuer != nil && identity.Issuer != *input.Issuer
	})
	switch {
	case len(meant) == 0:
		return errNotLinked()
	case len(meant) > 1:
		return models.InvalidInput("issuer", models.ReasonRequired, 0,
			"must say which of several linked identities is meant")
	case lastWayIn(account, s.waysIn(linked, passkeys)): // guard: the last way in stays
		return errLastWayIn("identityProvider")
	}

	if err := tx.UnlinkIdentity(ctx, account.ID, meant[0].IdentityProvider, meant[0].Issuer); err != nil {
		return err
	}
	if err := s.dropWayIn(ctx, tx, caller, account); err != nil {
		return err
	}

	return s.notifyIdentityChanged(ctx, tx, caller, account, models.MessageIdentityUnlinked, meant[0])
}

// dropWayIn is endOthers for who does not tell how many sessions ended.
func (s *Service) dropWayIn(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, columns ...string,
) error {
	_, err := s.endOthers(ctx, tx, caller, account, columns...)
	return err
}

// endOthers ends what may have come by a way in that was removed from a locked account, or by one factor before it asked for
// two: the other sessions, whose number it returns, and pending secrets. It writes the account's other columns that are
// named.
func (s *Service) endOthers(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, columns ...string,
) (int, error) {
	account.CredentialEpoch++
	account.UpdatedAt = s.now()
	if err := tx.UpdateAccount(ctx, account, append(columns, "credential_epoch")...); err != nil {
		return 0, err
	}
	if err := s.voidSecrets(ctx, tx, account.ID); err != nil {
		return 0, err
	}

	return tx.EndSessions(ctx, account.ID, caller.Session.ID, s.now())
}
