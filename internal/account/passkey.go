package account

import (
	"context"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// PasskeyVerifier makes the options of WebAuthn ceremonies and checks the responses of authenticators. It decides
// nothing about accounts. It is *passkey.RelyingParty.
type PasskeyVerifier interface {
	// CreationOptions returns the options of a new passkey; authenticators refuse if they hold a registered credential.
	CreationOptions(of models.PasskeyUser, challenge []byte, registered [][]byte) (models.JSONObject, error)
	// RequestOptions returns the options of a passkey's use; without allowed credentials, the authenticator offers its
	// own.
	RequestOptions(challenge []byte, allowed [][]byte) (models.JSONObject, error)
	// ReadAttestation and ReadAssertion return what a response says, unchecked. Their errors are for who sent it.
	ReadAttestation(response models.JSONObject) (*models.PasskeyClaim, error)
	ReadAssertion(response models.JSONObject) (*models.PasskeyClaim, error)
	// CheckAttestation returns the new passkey, without an id, an account and a time, and without a name if the
	// authenticator is not known. Its error is for who sent it.
	CheckAttestation(
		response models.JSONObject, of models.PasskeyUser, challenge []byte,
	) (*models.Passkey, error)
	// CheckAssertion checks everything but the count.
	CheckAssertion(
		response models.JSONObject, of models.PasskeyUser, challenge []byte, passkey *models.Passkey,
	) (*models.PasskeyUse, error)
	// Signals returns what a page tells authenticators of the accepted credentials.
	Signals(of models.PasskeyUser, accepted [][]byte) (*models.PasskeySignals, error)
}

const (
	// maxPasskeys is how many passkeys an account can have.
	maxPasskeys = 20
	// maxPasskeyName is in characters.
	maxPasskeyName = 64
	// passkeyName is the name of a passkey whose authenticator is not known.
	passkeyName = "Passkey"
)

// errNoPasskeys is the error of a service whose address no authenticator accepts.
func errNoPasskeys() *models.Error {
	return models.NewError(models.CodeIdentityProviderUnavailable,
		"passkeys don't work here: --public-url has no host name that browsers accept")
}

// passkeysWork returns errNoPasskeys if passkeys are off.
func (s *Service) passkeysWork() error {
	if s.PasskeyVerifier == nil { // guard: passkeys need a host name
		return errNoPasskeys()
	}
	return nil
}

func errNoSuchPasskey() *models.Error {
	return models.InvalidInput("id", models.ReasonUnknownValue, 0, "is of no passkey of the account")
}

// canAddPasskey returns the refusal of a passkey that is added to an account: that of canLink, or if passkeys are off.
func (s *Service) canAddPasskey(account *models.Account) error {
	if err := s.passkeysWork(); err != nil {
		return err
	}
	return s.canLink(account) // guard: a claimed address gets no passkey
}

// checkPasskeyRoom returns INVALID_INPUT if the account has as many passkeys as it can.
func checkPasskeyRoom(passkeys []models.Passkey) error {
	if len(passkeys) >= maxPasskeys { // guard: an account has so many passkeys
		return models.InvalidInput("input", models.ReasonTooMany, maxPasskeys,
			"must be for one of at most 20 passkeys; remove another first")
	}
	return nil
}

// passkeyUser returns how authenticators know an account. The handle is a keyed hash of the account's ID, so that an
// authenticator, which shows it to whoever has it, tells nobody which account it is of.
func (s *Service) passkeyUser(account *models.Account) models.PasskeyUser {
	user := models.PasskeyUser{
		Handle: keyed(s.LookupKey, "passkey user", account.ID),
		Name:   string(account.Email), DisplayName: string(account.Email),
	}

	var names []string
	for _, name := range []*string{account.FirstName, account.LastName} {
		if name != nil {
			names = append(names, *name)
		}
	}

	switch {
	case account.DisplayName != nil:
		user.DisplayName = *account.DisplayName
	case len(names) > 0:
		user.DisplayName = strings.Join(names, " ")
	}

	return user
}

// credentialIDs returns the authenticators' names of passkeys.
func credentialIDs(passkeys []models.Passkey) [][]byte {
	ids := make([][]byte, len(passkeys))
	for i, passkey := range passkeys {
		ids[i] = passkey.CredentialID
	}
	return ids
}

// PasskeysOf returns the account's passkeys, oldest first.
func (s *Service) PasskeysOf(ctx context.Context, account *models.Account) ([]*models.Passkey, error) {
	passkeys, err := s.Store.Passkeys(ctx, account.ID)
	shown := make([]*models.Passkey, len(passkeys))
	for i := range passkeys {
		shown[i] = &passkeys[i]
	}
	return shown, err
}

// PasskeySignals returns what a page tells authenticators of the account's passkeys, or nil if passkeys are off.
func (s *Service) PasskeySignals(ctx context.Context, account *models.Account) (*models.PasskeySignals, error) {
	if s.PasskeyVerifier == nil {
		return nil, nil //nolint:nilnil // the schema's field is null
	}

	passkeys, err := s.Store.Passkeys(ctx, account.ID)
	if err != nil {
		return nil, err
	}

	return s.PasskeyVerifier.Signals(s.passkeyUser(account), credentialIDs(passkeys))
}

// notifyPasskey tells the customer of a passkey that came or went (R-C12). It names nothing that a thief could have
// written: the keeper is the authenticator, by the name that its maker gave it, or "".
func (s *Service) notifyPasskey(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, kind models.MessageKind, keeper string,
) error {
	mail := s.mail(caller, account, kind, account.Email)
	mail.Data.Destination = keeper
	return tx.Enqueue(ctx, mail)
}

// dropPasskeys removes those of a locked account's passkeys that were made since a time. It tells the customer and the
// shop of each.
func (s *Service) dropPasskeys(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, since time.Time,
) error {
	passkeys, err := tx.Passkeys(ctx, account.ID)
	if err != nil {
		return err
	}

	for _, passkey := range passkeys {
		if passkey.CreatedAt.Before(since) {
			continue
		}
		if err := tx.RemovePasskey(ctx, account.ID, passkey.ID); err != nil {
			return err
		}
		if err := s.notifyPasskey(ctx, tx, caller, account, models.MessagePasskeyRemoved, ""); err != nil {
			return err
		}
		if err := s.enqueueEvent(ctx, tx, models.EventPasskeyRemoved, account.ID, nil); err != nil {
			return err
		}
	}

	return nil
}
