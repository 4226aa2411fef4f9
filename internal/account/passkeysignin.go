package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/models"
)

// RequestPasskeySignInInput is the input of requestPasskeySignIn.
type RequestPasskeySignInInput struct {
	Email *models.EmailAddress
}

// RequestPasskeySignIn returns the options of a sign-in with a passkey. Without an address, the customer chooses among
// the passkeys of the authenticator; with one, the answer and the work are the same whether or not an account has it. It
// fails with INVALID_INPUT and IDENTITY_PROVIDER_UNAVAILABLE.
func (s *Service) RequestPasskeySignIn(
	ctx context.Context, caller models.Caller, input RequestPasskeySignInInput,
) (_ *PasskeyOptions, err error) {
	defer padToMinimum(ctx, time.Now())
	flow := s.begin(caller, opRequestPasskeySignIn, nobody)
	defer flow.recordRefusal(ctx, &err)

	if err := s.passkeysWork(); err != nil {
		return nil, err
	}

	account, allowed := &models.Account{}, [][]byte(nil)
	if input.Email != nil {
		if account, allowed, err = s.passkeysOfAddress(ctx, "email", *input.Email); err != nil {
			return nil, err
		}
	}

	payload, err := s.passkeyOptions(ctx, caller, opSignInWithPasskey, account, allowed)
	if err != nil {
		return nil, err
	}

	return commit(ctx, flow, payload, func(Tx, *success) error { return nil })
}

// SignInWithPasskeyInput is the input of signInWithPasskey.
type SignInWithPasskeyInput struct {
	Response models.JSONObject
	AuthID   *string
}

// SignInWithPasskey creates a session for the customer of a passkey. It returns the same INVALID_CREDENTIALS error for
// everything that is wrong with a response of the right form, so that a credential that nobody has can't be told from
// one that somebody has. It fails as signIn does, and with IDENTITY_PROVIDER_UNAVAILABLE.
func (s *Service) SignInWithPasskey(
	ctx context.Context, caller models.Caller, input SignInWithPasskeyInput,
) (_ *SignInPayload, err error) {
	defer padToMinimum(ctx, time.Now())
	flow := s.begin(caller, opSignInWithPasskey, nobody)
	defer flow.recordRefusal(ctx, &err)

	if err := s.passkeysWork(); err != nil {
		return nil, err
	}

	offered := s.newPasskeyFactor(opSignInWithPasskey, input.Response, responseField)
	var wrong models.Errors
	wrong.Add(offered.check())
	authID, invalid := parseAuthID(input.AuthID)
	wrong.Add(invalid)
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	if err := s.spendTry(ctx, caller); err != nil { // guard: tries at passkeys are counted
		return nil, err
	}

	account, err := s.passkeyOwner(ctx, offered)
	flow.concerns(account)
	if err != nil {
		return nil, err
	}
	if err := checkUsable(account); err != nil {
		return nil, err
	}

	session, err := s.newSession(caller, account.ID)
	if err != nil {
		return nil, err
	}

	payload := &SignInPayload{Session: session}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		done.AccountID, done.AuthID, done.SessionID = account.ID, authID, session.ID
		if payload.Account, err = lockUnchanged(ctx, tx, account, errInvalidCredentials); err != nil {
			return err
		}
		if err := offered.use(ctx, s, tx, account); err != nil {
			return err
		}
		if err := s.recordSignIn(ctx, tx, payload.Account); err != nil {
			return err
		}

		return s.beginSession(ctx, tx, caller, session)
	})
}

// passkeyOwner returns the account of a passkey that signs in, or INVALID_CREDENTIALS; with the latter also the account,
// if it is known. The work is the same for a credential that nobody has.
func (s *Service) passkeyOwner(ctx context.Context, offered *passkeyFactor) (*models.Account, error) {
	passkey, err := s.passkeyOf(ctx, offered.claim)
	if err != nil {
		return nil, err
	}

	account, err := s.Store.AccountByID(ctx, passkey.AccountID)
	known := account
	if errors.Is(err, models.ErrNotFound) {
		account, err = &models.Account{ID: passkey.AccountID}, nil
	}
	if err != nil {
		return nil, err
	}

	challenge := s.checkSignInChallenge(ctx, offered.claim, account)
	if challenge != nil && models.CodeOf(challenge) != models.CodeTokenInvalid {
		return known, challenge
	}

	signature := offered.checkSignature(s, account, passkey)
	if known == nil || challenge != nil { // guard: a passkey answers a challenge that was asked for
		return known, errInvalidCredentials()
	}

	return known, signature
}

// checkSignInChallenge returns TOKEN_INVALID unless the challenge of a response was asked for the account's address, or
// for none. Without an address, the authenticator must say which account it signs in to.
func (s *Service) checkSignInChallenge(
	ctx context.Context, claim *models.PasskeyClaim, account *models.Account,
) error {
	err := s.checkPasskeyChallenge(ctx, claim, opSignInWithPasskey, &models.Account{})
	if models.CodeOf(err) == models.CodeTokenInvalid {
		return s.checkPasskeyChallenge(ctx, claim, opSignInWithPasskey, account)
	}
	if err == nil && len(claim.UserHandle) == 0 { // guard: a passkey says whose it is
		return errTokenInvalid()
	}

	return err
}

// RequestPasskeyProofInput is the input of requestPasskeyProof.
type RequestPasskeyProofInput struct {
	Operation    string
	AccountEmail *models.EmailAddress
}

// RequestPasskeyProof returns the options by which a passkey proves who the customer is, for one operation. The session
// names the account; without one, AccountEmail does, and the answer and the work are the same whether or not an account
// has it. It fails with UNAUTHENTICATED, INVALID_INPUT and IDENTITY_PROVIDER_UNAVAILABLE.
func (s *Service) RequestPasskeyProof(
	ctx context.Context, caller models.Caller, input RequestPasskeyProofInput,
) (_ *PasskeyOptions, err error) {
	defer padToMinimum(ctx, time.Now())
	flow := s.begin(caller, opRequestPasskeyProof, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	operation := OperationName(input.Operation)
	if !takesProof(operation) {
		return nil, models.InvalidInput("operation", models.ReasonUnknownValue, 0,
			"must be the name of an operation that takes a passkey as a proof")
	}
	if err := s.passkeysWork(); err != nil {
		return nil, err
	}

	account, allowed, err := s.passkeysToProve(ctx, caller, input.AccountEmail)
	if err != nil {
		return nil, err
	}
	payload, err := s.passkeyOptions(ctx, caller, operation, account, allowed)
	if err != nil {
		return nil, err
	}

	return commit(ctx, flow, payload, func(Tx, *success) error { return nil })
}

// passkeysToProve returns the account that is to be proved, and its credentials.
func (s *Service) passkeysToProve(
	ctx context.Context, caller models.Caller, email *models.EmailAddress,
) (*models.Account, [][]byte, error) {
	switch {
	case caller.SessionRefused:
		return nil, nil, caller.Unauthenticated()
	case caller.Account == nil && email == nil:
		return nil, nil, errUnauthenticated()
	case caller.Account == nil:
		return s.passkeysOfAddress(ctx, "accountEmail", *email)
	}

	passkeys, err := s.Store.Passkeys(ctx, caller.Account.ID)
	if err == nil && len(passkeys) == 0 {
		err = models.InvalidInput("operation", models.ReasonNotLinked, 0, "can't be proved by a passkey: the account has none")
	}

	return caller.Account, credentialIDs(passkeys), err
}
