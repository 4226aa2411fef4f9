package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/internal/totp"
	"github.com/accountql/accountql/models"
)

// This file lets customers add their first authenticator in the second step of a sign-in, where second factors are
// required (R-WAY6).

// EnrollAuthenticatorInput is the input of enrollAuthenticator.
type EnrollAuthenticatorInput struct {
	ChallengeID string
}

// EnrollAuthenticatorPayload is the payload of enrollAuthenticator.
type EnrollAuthenticatorPayload = RequestAuthenticatorPayload

// EnrollAuthenticator returns the secret of a first authenticator, for a sign-in that was answered SECOND_FACTOR_REQUIRED with
// the reason SECOND_FACTOR_MISSING. The challenge of its answer replaces the one that it was given. It fails with
// TOKEN_INVALID, also for an account that has a second factor.
func (s *Service) EnrollAuthenticator(
	ctx context.Context, caller models.Caller, input EnrollAuthenticatorInput,
) (_ *EnrollAuthenticatorPayload, err error) {
	defer padToMinimum(ctx, time.Now())
	flow := s.begin(caller, opEnrollAuthenticator, nobody)
	defer flow.recordRefusal(ctx, &err)

	found, account, err := s.secondStep(ctx, flow, input.ChallengeID)
	if err != nil {
		return nil, err
	}
	if account.SecondFactorSince != nil { // guard: a first factor adds no second one to an account that has one
		return nil, errTokenInvalid()
	}

	payload, challenge, err := s.newAuthenticatorKey(account, models.PurposeSecondFactor, secondStepTTL)
	if err != nil {
		return nil, err
	}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		if _, err := lockUnchanged(ctx, tx, account, errTokenInvalid); err != nil {
			return err
		}
		// guard: a sign-in enrolls one authenticator
		if err := tx.UseChallenge(ctx, found.ID, s.now()); err != nil {
			return notFoundAs(err, errTokenInvalid())
		}
		return tx.CreateChallenge(ctx, challenge)
	})
}

// completeEnrollment adds the first authenticator of an account, whose code is right, and signs in.
func (s *Service) completeEnrollment(
	ctx context.Context, flow *flow, challenge *models.Challenge, account *models.Account, input CompleteSignInInput,
) (*CompleteSignInPayload, error) {
	authenticator, err := s.enrolledBy(ctx, challenge, account, input.Code)
	if err != nil {
		return nil, err
	}

	shown, hashed, err := s.newRecoveryCodes(ctx, account.ID)
	if err != nil {
		return nil, err
	}
	session, err := s.newSession(flow.caller, account.ID)
	if err != nil {
		return nil, err
	}

	payload := &CompleteSignInPayload{SignInPayload: SignInPayload{Session: session}, RecoveryCodes: shown}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		done.SessionID = session.ID
		if payload.Account, err = lockUnchanged(ctx, tx, account, errTokenInvalid); err != nil {
			return err
		}
		if err := tx.UseChallenge(ctx, challenge.ID, s.now()); err != nil {
			return notFoundAs(err, errTokenInvalid())
		}
		if err := s.enroll(ctx, tx, flow.caller, payload.Account, authenticator, hashed); err != nil {
			return err
		}
		if err := s.recordSignIn(ctx, tx, payload.Account); err != nil {
			return err
		}

		return s.beginSession(ctx, tx, flow.caller, session)
	})
}

// enrolledBy returns the authenticator of a second step's challenge, whose code this is, or TOKEN_INVALID if the challenge
// has none, and CODE_INVALID.
func (s *Service) enrolledBy(
	ctx context.Context, challenge *models.Challenge, account *models.Account, code *string,
) (*models.Authenticator, error) {
	if code == nil {
		return nil, models.InvalidInput("code", models.ReasonRequired, 0, "must be given: the account has no recovery code yet")
	}
	secret, err := s.Store.ChallengeSecret(ctx, challenge)
	if err != nil {
		return nil, notFoundAs(err, errTokenInvalid())
	}

	step, right, err := totp.Match(secret, contact.PlainCode(*code), s.now(), 0)
	if err != nil {
		return nil, err
	}
	if !right { // guard: an authenticator is enrolled with a right code
		return nil, errCodeInvalid(challenge)
	}

	return &models.Authenticator{
		ID: s.NewID(), AccountID: account.ID, Name: authenticatorName, Secret: secret, LastStep: step, CreatedAt: s.now(),
	}, nil
}

// enroll stores the first authenticator of a locked account, ends the sessions that one factor opened, and tells the
// customer and the shop.
func (s *Service) enroll(ctx context.Context, tx Tx, caller models.Caller, account *models.Account,
	authenticator *models.Authenticator, codes []models.RecoveryCode,
) error {
	if err := tx.CreateAuthenticator(ctx, authenticator); err != nil {
		return notFoundAs(err, errTokenInvalid())
	}
	if err := tx.ReplaceRecoveryCodes(ctx, account.ID, codes); err != nil {
		return err
	}

	since := s.now()
	account.SecondFactorSince, account.UpdatedAt = &since, since
	account.CredentialEpoch++
	if err := tx.UpdateAccount(ctx, account, "second_factor_since", "credential_epoch"); err != nil {
		return err
	}
	if err := s.voidSecrets(ctx, tx, account.ID); err != nil {
		return err
	}
	// guard: an enrolled authenticator ends the sessions of one factor
	if _, err := tx.EndSessions(ctx, account.ID, "", s.now()); err != nil {
		return err
	}
	if err := s.enqueueEvent(ctx, tx, models.EventAuthenticatorAdded, account.ID, nil); err != nil {
		return err
	}

	return tx.Enqueue(ctx, s.mail(caller, account, models.MessageAuthenticatorAdded, account.Email))
}

// errSecondFactorMissing is the answer to a right first factor where second factors are required, and the account has none.
func errSecondFactorMissing(challengeID string) error {
	return &models.Error{
		Code: models.CodeSecondFactorRequired, ChallengeID: challengeID, Reason: models.ReasonFactorMissing,
		Message: "the shop asks for a second factor, and the account has none yet: enrollAuthenticator adds one",
	}
}
