package account

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// signInCodeTTL is how long a code of requestSignInCode is valid.
const signInCodeTTL = 10 * time.Minute

// RequestSignInCodeInput is the input of requestSignInCode.
type RequestSignInCodeInput struct {
	Email models.EmailAddress
}

// RequestSignInCodePayload is the payload of requestSignInCode. It says nothing about the address.
type RequestSignInCodePayload struct {
	ChallengeID       string
	ExpiresAt         time.Time
	ResendAvailableAt time.Time
}

// RequestSignInCode mails a code for signInWithCode to the account's stored address. The code works only together with
// the challenge's ID, which only the caller gets. RequestSignInCode does the same work and returns the same payload for
// every address. It fails only with INVALID_INPUT, and with PERMISSION_DENIED if sign-ins by code are off.
func (s *Service) RequestSignInCode(
	ctx context.Context, caller models.Caller, input RequestSignInCodeInput,
) (_ *RequestSignInCodePayload, err error) {
	flow := s.begin(caller, opRequestSignInCode, nobody)
	defer flow.recordRefusal(ctx, &err)

	if err := s.signInCodesWork(); err != nil {
		return nil, err
	}
	email, err := contact.ParseEmail("email", input.Email)
	if err != nil {
		return nil, err
	}

	defer padToMinimum(ctx, time.Now())
	secret, err := s.newSignInCode(ctx, email)
	if err != nil {
		return nil, err
	}

	now := s.now()
	payload := &RequestSignInCodePayload{
		ChallengeID: secret.challengeID, ExpiresAt: now.Add(signInCodeTTL), ResendAvailableAt: now.Add(resendInterval),
	}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		return s.decideMail(ctx, tx, caller, email, s.signInCodeRequest(), secret, done)
	})
}

// signInCodesWork returns PERMISSION_DENIED if sign-ins by code are off.
func (s *Service) signInCodesWork() error {
	if !s.Settings.SignInCode { // guard: sign-ins by code are off until a shop wants them
		return models.NewError(models.CodePermissionDenied, "sign-in by code is off")
	}
	return nil
}

// signInCodeRequest is the request for a mail with a code to sign in.
func (s *Service) signInCodeRequest() mailRequest {
	return mailRequest{
		purpose: models.PurposeSignInCode, kind: models.MessageSignInCode,
		ttl: signInCodeTTL, allowed: s.Settings.Limits.SignInCodes,
		wanted: takesSignInCodes,
	}
}

// takesSignInCodes reports whether an account is signed in to by code: its address is proven or vouched for. A code to a
// claimed address would open an account that a stranger made (R-PRF1). Customers of an account that is shut get a code,
// because signInWithCode tells them why they can't sign in.
func takesSignInCodes(account *models.Account) bool {
	return !account.EmailClaimed() // guard: a claimed address gets no code
}

// newSignInCode returns a code that is bound to its challenge and to the address.
func (s *Service) newSignInCode(ctx context.Context, email models.EmailAddress) (requestedSecret, error) {
	code, err := s.newMailCode()
	if err != nil {
		return requestedSecret{}, err
	}

	secret := requestedSecret{challengeID: s.NewID(), code: code}
	secret.hash, err = s.hashGuessable(ctx, secret.challengeID, codeParts(string(email), code)...)

	return secret, err
}

// SignInWithCodeInput is the input of signInWithCode.
type SignInWithCodeInput struct {
	ChallengeID string
	Code        string
	AuthID      *string
}

// SignInWithCode creates a session for the customer who got the code of a challenge. It returns the same CODE_INVALID
// error, with the tries that are left, for a wrong code, for one that is used, expired or replaced, and for a challenge
// of an unknown address. It returns ACTIVATION_REQUIRED, ACCOUNT_BLOCKED, DELETION_PENDING or SECOND_FACTOR_REQUIRED only after the right code;
// further errors are INVALID_INPUT, RATE_LIMITED and PERMISSION_DENIED.
func (s *Service) SignInWithCode(
	ctx context.Context, caller models.Caller, input SignInWithCodeInput,
) (_ *SignInPayload, err error) {
	defer padToMinimum(ctx, time.Now())
	flow := s.begin(caller, opSignInWithCode, nobody)
	defer flow.recordRefusal(ctx, &err)

	if err := s.signInCodesWork(); err != nil {
		return nil, err
	}

	var wrong models.Errors
	challengeID := contact.PlainToken(input.ChallengeID)
	wrong.Add(requireText("challengeId", challengeID))
	code := strings.ToUpper(contact.PlainCode(input.Code)) // guard: a code to sign in is read however it was typed
	wrong.Add(requireText("code", code))
	authID, invalid := parseAuthID(input.AuthID)
	wrong.Add(invalid)
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	account, challenge, err := s.codeOwner(ctx, caller, challengeID, code)
	flow.concerns(account)
	if err != nil {
		return nil, err
	}
	if err := checkUsable(account); err != nil { // guard: the state of an account is looked at after a code
		return nil, err
	}
	if s.asksForSecondFactor(account) { // guard: a mailed code alone opens no account with an authenticator
		return nil, s.beginSecondStep(ctx, account, func(tx Tx) error {
			current, err := lockUnchanged(ctx, tx, account, errCodeSpent)
			if err != nil {
				return err
			}
			return s.useSignInCode(ctx, tx, current, challenge)
		})
	}

	session, err := s.newSession(caller, account.ID)
	if err != nil {
		return nil, err
	}

	payload := &SignInPayload{Session: session}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		done.AccountID, done.AuthID, done.SessionID = account.ID, authID, session.ID
		if payload.Account, err = lockUnchanged(ctx, tx, account, errCodeSpent); err != nil {
			return err
		}
		if err := s.useSignInCode(ctx, tx, payload.Account, challenge); err != nil {
			return err
		}
		if err := s.recordSignIn(ctx, tx, payload.Account); err != nil {
			return err
		}

		return s.beginSession(ctx, tx, caller, session)
	})
}

// errCodeSpent is the refusal of a right code whose account changed meanwhile.
func errCodeSpent() *models.Error { return errCodeInvalid(nil) }

// codeOwner returns the account of a challenge and its right code, or CODE_INVALID; with the latter also the account, if
// it is known. The work and the error are the same for challenges of unknown addresses.
func (s *Service) codeOwner(
	ctx context.Context, caller models.Caller, challengeID, code string,
) (*models.Account, *models.Challenge, error) {
	challenge, left, err := s.trySignInCode(ctx, caller, challengeID)
	if err != nil {
		return nil, nil, err
	}

	// The code of a challenge without an account was sent to nobody. Its target is empty, so that no code is right.
	right, err := s.matchesGuessable(ctx, challenge.SecretHash, challengeID, codeParts(challenge.Target, code)...)
	if err != nil {
		return nil, nil, err
	}

	account, err := s.Store.AccountByID(ctx, challenge.AccountID)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return nil, nil, err
	}
	if err != nil || !right || !s.liveSignInCode(account, challenge) {
		wrong := errCodeInvalid(nil)
		wrong.TriesLeft = left
		return account, nil, wrong
	}

	return account, challenge, nil
}

// trySignInCode counts the attempt before the code is checked: of any number of concurrent attempts, five pass. It
// returns the challenge and how many attempts are left.
//
// The attempts are counted by the given ID, not at the challenge: how many are left must not tell whether there is a
// challenge, or whose. They don't count against the account either, so that a stranger can't lock a customer out.
func (s *Service) trySignInCode(
	ctx context.Context, caller models.Caller, challengeID string,
) (challenge *models.Challenge, left int, err error) {
	if err := s.spendTry(ctx, caller); err != nil { // guard: tries at codes to sign in are counted
		return nil, 0, err
	}

	now := s.now()
	err = s.Store.InTx(ctx, func(tx Tx) error {
		tried, err := tx.SpendBudget(ctx, budgetKey(budgetSignInCodes, challengeID), now, signInCodeTTL)
		if err != nil {
			return err
		}
		if left = codeAttempts - tried.Count; left < 0 { // guard: a code to sign in is tried five times
			return errCodeInvalid(nil)
		}

		challenge, err = tx.TryChallenge(ctx, challengeID, codeAttempts, now)
		if errors.Is(err, models.ErrNotFound) {
			challenge, err = &models.Challenge{}, nil
		}

		return err
	})

	return challenge, left, err
}

// liveSignInCode reports whether a challenge is one of requestSignInCode that the account can still use.
func (s *Service) liveSignInCode(account *models.Account, challenge *models.Challenge) bool {
	return challenge.Purpose == models.PurposeSignInCode && // guard: a code to sign in has a purpose
		takesSignInCodes(account) && challenge.Live(account, s.now())
}

// useSignInCode spends the code of a locked account. Of concurrent callers with the right code, one succeeds; the others
// fail with CODE_INVALID.
func (s *Service) useSignInCode(
	ctx context.Context, tx Tx, account *models.Account, challenge *models.Challenge,
) error {
	if !s.liveSignInCode(account, challenge) {
		return errCodeSpent()
	}
	return notFoundAs(tx.UseChallenge(ctx, challenge.ID, s.now()), errCodeSpent())
}
