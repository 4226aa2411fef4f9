package passkey

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"github.com/accountql/accountql/models"
)

// errUnexpectedShape is the error for JSON that is no response of an authenticator.
var errUnexpectedShape = errors.New("is not the toJSON() of a PublicKeyCredential")

// ReadAttestation returns what the response of an authenticator that has made a passkey says. It returns an error if the
// object is no such response, and checks nothing else.
func (r *RelyingParty) ReadAttestation(response models.JSONObject) (*models.PasskeyClaim, error) {
	parsed, err := parse(response, protocol.ParseCredentialCreationResponseBytes)
	if err != nil {
		return nil, err
	}
	return claim(parsed.RawID, nil, parsed.Response.CollectedClientData)
}

// ReadAssertion does the same with the response of an authenticator that has used a passkey.
func (r *RelyingParty) ReadAssertion(response models.JSONObject) (*models.PasskeyClaim, error) {
	parsed, err := parse(response, protocol.ParseCredentialRequestResponseBytes)
	if err != nil {
		return nil, err
	}
	return claim(parsed.RawID, parsed.Response.UserHandle, parsed.Response.CollectedClientData)
}

// parse reads a response. The library's errors quote what a client has sent, so that they stay here.
func parse[T any](response models.JSONObject, read func([]byte) (*T, error)) (*T, error) {
	text, err := json.Marshal(response)
	if err != nil {
		return nil, errUnexpectedShape
	}

	parsed, err := read(text)
	if err != nil {
		return nil, errUnexpectedShape
	}

	return parsed, nil
}

func claim(credentialID, handle []byte, data protocol.CollectedClientData) (*models.PasskeyClaim, error) {
	challenge, err := base64.RawURLEncoding.DecodeString(data.Challenge)
	if err != nil {
		return nil, errUnexpectedShape
	}
	return &models.PasskeyClaim{
		CredentialID: credentialID, UserHandle: handle, Challenge: challenge, Origin: data.Origin,
	}, nil
}

// CheckAttestation returns the passkey that an authenticator has made for a user and a challenge: without an id, an
// account and a time, and without a name if the authenticator's model is not known. It returns an error that says what is wrong.
func (r *RelyingParty) CheckAttestation(
	response models.JSONObject, of models.PasskeyUser, challenge []byte,
) (*models.Passkey, error) {
	parsed, err := parse(response, protocol.ParseCredentialCreationResponseBytes)
	if err != nil {
		return nil, err
	}

	session := r.session(of.Handle, challenge)
	session.CredParams = webauthn.CredentialParametersDefault()
	made, err := r.library.CreateCredential(user{PasskeyUser: of}, session, parsed)
	if err != nil {
		return nil, r.described(err, parsed.Response.AttestationObject.AuthData)
	}

	model, err := uuid.FromBytes(made.Authenticator.AAGUID)
	if err != nil {
		return nil, errUnexpectedShape
	}

	return &models.Passkey{
		CredentialID: made.ID, PublicKey: made.PublicKey, Authenticator: model.String(), Name: names[model.String()],
		SignCount: int64(made.Authenticator.SignCount),
		Syncable:  made.Flags.BackupEligible, Synced: made.Flags.BackupState,
	}, nil
}

// CheckAssertion checks the signature that an authenticator has made with a passkey of a user, for a challenge. It
// returns an error that says what is wrong; the caller decides about the count.
func (r *RelyingParty) CheckAssertion(
	response models.JSONObject, of models.PasskeyUser, challenge []byte, passkey *models.Passkey,
) (*models.PasskeyUse, error) {
	parsed, err := parse(response, protocol.ParseCredentialRequestResponseBytes)
	if err != nil {
		return nil, err
	}

	known := user{PasskeyUser: of, credentials: []webauthn.Credential{{
		ID: passkey.CredentialID, PublicKey: passkey.PublicKey,
		Flags: webauthn.CredentialFlags{BackupEligible: passkey.Syncable},
	}}}
	used, err := r.library.ValidateLogin(known, r.session(of.Handle, challenge), parsed)
	if err != nil {
		return nil, r.described(err, parsed.Response.AuthenticatorData)
	}

	return &models.PasskeyUse{
		SignCount: int64(parsed.Response.AuthenticatorData.Counter), Synced: used.Flags.BackupState,
	}, nil
}

// session returns what the library keeps between the two steps of a ceremony.
func (r *RelyingParty) session(handle, challenge []byte) webauthn.SessionData {
	return webauthn.SessionData{
		Challenge: base64.RawURLEncoding.EncodeToString(challenge), RelyingPartyID: r.library.Config.RPID, UserID: handle,
		UserVerification: protocol.VerificationRequired, // guard: a passkey verifies its user
	}
}

// described says why the library refuses a response. It repeats nothing that the client has sent.
func (r *RelyingParty) described(err error, data protocol.AuthenticatorData) error {
	var failure *protocol.Error
	site := sha256.Sum256([]byte(r.library.Config.RPID))
	switch {
	case !data.Flags.HasUserPresent():
		return errors.New("is refused: the user was not present")
	case !data.Flags.HasUserVerified():
		return errors.New("is refused: the authenticator has not verified its user")
	case !bytes.Equal(data.RPIDHash, site[:]):
		return errors.New("is refused: it is for another site")
	case errors.As(err, &failure):
		return fmt.Errorf("is refused: %s", failure.Details)
	}

	return errors.New("is refused")
}
