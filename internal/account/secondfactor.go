package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// SecondFactor is the rule who has a second factor.
type SecondFactor string

// The values of --second-factor.
const (
	// SecondFactorOff lets nobody add one. What exists still asks.
	SecondFactorOff SecondFactor = "off"
	// SecondFactorOptional lets everybody add one.
	SecondFactorOptional SecondFactor = "optional"
	// SecondFactorRequired lets nobody sign in without one: whose account has none adds one at the sign-in (R-WAY6).
	SecondFactorRequired SecondFactor = "required"
)

// asksForSecondFactor reports whether one factor, which is not a passkey, opens no session of the account.
func (s *Service) asksForSecondFactor(account *models.Account) bool {
	// guard: where second factors are required, one factor opens no account
	return account.SecondFactorSince != nil || s.Settings.SecondFactor == SecondFactorRequired
}

// secondStepTTL is how long a sign-in waits for its second factor.
const secondStepTTL = 10 * time.Minute

// challengeField is the field of a challenge's secret.
const challengeField = "challengeId"

// beginSecondStep begins the second step of a sign-in whose first factor was right, and returns SECOND_FACTOR_REQUIRED
// with its challenge. Consume locks the account in the same transaction, and does what the first step has to do once. An
// account without a second factor gets one in that step, unless its address is only claimed: then it returns
// ACTIVATION_REQUIRED.
func (s *Service) beginSecondStep(
	ctx context.Context, account *models.Account, consume func(tx Tx) error,
) error {
	missing := account.SecondFactorSince == nil
	if missing && account.EmailClaimed() { // guard: a claimed address gets no authenticator at a sign-in
		return errActivationRequired()
	}

	challenge, token, err := s.newTokenChallenge(
		account, models.PurposeSecondFactor, string(account.Email), secondStepTTL)
	if err != nil {
		return err
	}

	err = s.inTx(ctx, func(tx Tx) error {
		if err := consume(tx); err != nil {
			return err
		}
		return tx.CreateChallenge(ctx, challenge)
	})
	if err != nil {
		return err
	}

	if missing {
		return errSecondFactorMissing(token)
	}

	return errSecondFactorRequired(token)
}

// CompleteSignInInput is the input of completeSignIn.
type CompleteSignInInput struct {
	ChallengeID  string
	Code         *string
	RecoveryCode *string
	AuthID       *string
}

// CompleteSignInPayload is the payload of completeSignIn.
type CompleteSignInPayload struct {
	SignInPayload
	// RecoveryCodes are those of an authenticator that was added at the sign-in; otherwise there are none.
	RecoveryCodes []string
}

// CompleteSignIn creates the session of a sign-in that was answered SECOND_FACTOR_REQUIRED. It fails with TOKEN_INVALID if
// the challenge is unknown, used, expired or tried five times, or the account has changed since; with CODE_INVALID; with
// RATE_LIMITED; and with ACCOUNT_BLOCKED and DELETION_PENDING.
func (s *Service) CompleteSignIn(
	ctx context.Context, caller models.Caller, input CompleteSignInInput,
) (_ *CompleteSignInPayload, err error) {
	defer padToMinimum(ctx, time.Now())
	flow := s.begin(caller, opCompleteSignIn, nobody)
	defer flow.recordRefusal(ctx, &err)

	second, authID, err := checkCompletion(input)
	if err != nil {
		return nil, err
	}

	challenge, account, err := s.trySecondStep(ctx, flow, input.ChallengeID)
	if err != nil {
		return nil, err
	}
	if account.SecondFactorSince == nil {
		return s.completeEnrollment(ctx, flow, challenge, account, input)
	}
	if err := second.verify(ctx, s, caller, account); err != nil {
		return nil, limitTries(err, challenge)
	}

	session, err := s.newSession(caller, account.ID)
	if err != nil {
		return nil, err
	}

	payload := &CompleteSignInPayload{SignInPayload: SignInPayload{Session: session}, RecoveryCodes: []string{}}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		done.AuthID, done.SessionID = authID, session.ID
		if payload.Account, err = lockUnchanged(ctx, tx, account, errTokenInvalid); err != nil {
			return err
		}
		// guard: a second step is completed once
		if err := tx.UseChallenge(ctx, challenge.ID, s.now()); err != nil {
			return notFoundAs(err, errTokenInvalid())
		}
		if err := second.use(ctx, s, tx, caller, payload.Account); err != nil {
			return err
		}
		// guard: who signs in with a second factor has not lost it
		if _, err := s.stopFactorReset(ctx, tx, caller, payload.Account); err != nil {
			return err
		}
		if err := s.recordSignIn(ctx, tx, payload.Account); err != nil {
			return err
		}

		return s.beginSession(ctx, tx, caller, session)
	})
}

// checkCompletion returns the second factor of completeSignIn, or INVALID_INPUT.
func checkCompletion(input CompleteSignInInput) (second *secondFactor, authID string, err error) {
	var wrong models.Errors
	wrong.Add(requireText(challengeField, input.ChallengeID))
	second = newSecondFactor("code", input.Code, input.RecoveryCode)
	if second == nil {
		wrong.Add(models.InvalidInput("code", models.ReasonRequired, 0, "must be given, or recoveryCode"))
	} else {
		wrong.Add(second.check())
	}
	authID, invalid := parseAuthID(input.AuthID)
	wrong.Add(invalid)

	return second, authID, wrong.OrNil()
}

// trySecondStep counts an attempt at a second step, and returns its challenge and account.
func (s *Service) trySecondStep(
	ctx context.Context, flow *flow, token string,
) (*models.Challenge, *models.Account, error) {
	found, account, err := s.secondStep(ctx, flow, token)
	if err != nil {
		return nil, nil, err
	}

	tried, err := s.tryToken(ctx, found.ID)

	return tried, account, err
}

// secondStep returns the challenge and the account of a second step.
func (s *Service) secondStep(
	ctx context.Context, flow *flow, token string,
) (*models.Challenge, *models.Account, error) {
	found, err := s.findSecret(ctx, flow.caller, models.PurposeSecondFactor, challengeField, token)
	if err != nil {
		return nil, nil, err
	}

	flow.accountID = found.AccountID
	account, err := s.Store.AccountByID(ctx, found.AccountID)
	if err != nil {
		return nil, nil, notFoundAs(err, errTokenInvalid())
	}
	if !found.Live(account, s.now()) { // guard: a second step ends with the credentials
		return nil, nil, errTokenInvalid()
	}

	return found, account, checkUsable(account) // guard: a second step looks at the state of the account
}

// tryToken counts an attempt at a challenge with a code beside its token: five, then TOKEN_INVALID.
func (s *Service) tryToken(ctx context.Context, id string) (challenge *models.Challenge, err error) {
	err = s.Store.InTx(ctx, func(tx Tx) (err error) {
		// guard: a challenge with a code is tried five times
		challenge, err = tx.TryChallenge(ctx, id, codeAttempts, s.now())
		return notFoundAs(err, errTokenInvalid())
	})
	return challenge, err
}

// limitTries returns the error of a wrong code with no more tries left than its challenge has.
func limitTries(err error, challenge *models.Challenge) error {
	if models.CodeOf(err) != models.CodeCodeInvalid {
		return err
	}
	return errSecondFactorWrong(codeAttempts - challenge.Attempts)
}
