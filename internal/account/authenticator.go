package account

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/internal/totp"
	"github.com/accountql/accountql/models"
)

const (
	// maxAuthenticators is how many authenticators an account can have.
	maxAuthenticators = 5
	// maxAuthenticatorName is in characters.
	maxAuthenticatorName = 64
	// authenticatorName is the name of an authenticator to which the customer gives none.
	authenticatorName = "Authenticator"
	// authenticatorTTL is how long an authenticator waits for its first code.
	authenticatorTTL = 15 * time.Minute
)

// canAddAuthenticator returns the refusal of an authenticator: PERMISSION_DENIED if second factors are off,
// REAUTHENTICATION_REQUIRED for a customer token, whose issuer signs the customer in, and that of canLink.
func (s *Service) canAddAuthenticator(caller models.Caller, account *models.Account) error {
	if s.Settings.SecondFactor == SecondFactorOff { // guard: nobody adds a second factor that is off
		return models.NewError(models.CodePermissionDenied, "second factors are off")
	}
	if err := checkOwnSession(caller); err != nil { // guard: a customer token adds no authenticator
		return err
	}
	return s.canLink(account) // guard: a claimed address gets no authenticator
}

// checkAuthenticatorRoom returns INVALID_INPUT if the account has as many authenticators as it can.
func checkAuthenticatorRoom(authenticators []models.Authenticator) error {
	if len(authenticators) >= maxAuthenticators { // guard: an account has so many authenticators
		return models.InvalidInput("input", models.ReasonTooMany, maxAuthenticators,
			"must be for one of at most 5 authenticators; remove another first")
	}
	return nil
}

// AuthenticatorsOf returns the account's authenticators, oldest first.
func (s *Service) AuthenticatorsOf(ctx context.Context, account *models.Account) ([]*models.Authenticator, error) {
	authenticators, err := s.Store.Authenticators(ctx, account.ID)
	shown := make([]*models.Authenticator, len(authenticators))
	for i := range authenticators {
		shown[i] = &authenticators[i]
	}
	return shown, err
}

// RequestAuthenticatorInput is the input of requestAuthenticator.
type RequestAuthenticatorInput struct {
	ProofInput
}

// RequestAuthenticatorPayload is the payload of requestAuthenticator.
type RequestAuthenticatorPayload struct {
	// ChallengeID is the secret that confirmAuthenticator takes.
	ChallengeID string
	models.AuthenticatorKey
	ExpiresAt time.Time
}

// RequestAuthenticator returns the secret of a new authenticator, which waits for its first code. It needs a proof in
// addition to the session. It fails with PERMISSION_DENIED, REAUTHENTICATION_REQUIRED, SECOND_FACTOR_REQUIRED,
// INVALID_CREDENTIALS, CODE_INVALID, RATE_LIMITED, IDENTITY_PROVIDER_UNAVAILABLE, ACTIVATION_REQUIRED, or INVALID_INPUT if
// the account has as many authenticators as it can.
func (s *Service) RequestAuthenticator(
	ctx context.Context, caller models.Caller, input RequestAuthenticatorInput,
) (_ *RequestAuthenticatorPayload, err error) {
	flow := s.begin(caller, opRequestAuthenticator, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}
	offered := s.offer(caller, opRequestAuthenticator, input.ProofInput)
	if err := offered.check(); err != nil {
		return nil, err
	}
	if err := s.canAddAuthenticator(caller, caller.Account); err != nil {
		return nil, err
	}

	if err := offered.require(opRequestAuthenticator); err != nil {
		return nil, err
	}
	if err := offered.verify(ctx, caller.Account); err != nil {
		return nil, err
	}

	payload, challenge, err := s.newAuthenticator(ctx, caller.Account)
	if err != nil {
		return nil, err
	}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		account, err := lockCaller(ctx, tx, caller)
		if err != nil {
			return err
		}
		if err := offered.settle(ctx, tx, account); err != nil {
			return err
		}

		return replaceChallenge(ctx, tx, challenge)
	})
}

// newAuthenticator makes the secret of a new authenticator of an account.
func (s *Service) newAuthenticator(
	ctx context.Context, account *models.Account,
) (*RequestAuthenticatorPayload, *models.Challenge, error) {
	authenticators, err := s.Store.Authenticators(ctx, account.ID)
	if err != nil {
		return nil, nil, err
	}
	if err := checkAuthenticatorRoom(authenticators); err != nil {
		return nil, nil, err
	}

	return s.newAuthenticatorKey(account, models.PurposeAuthenticator, authenticatorTTL)
}

// newAuthenticatorKey makes the secret of a new authenticator, and the challenge that keeps it until its first code.
func (s *Service) newAuthenticatorKey(
	account *models.Account, purpose models.Purpose, ttl time.Duration,
) (*RequestAuthenticatorPayload, *models.Challenge, error) {
	secret := make([]byte, totp.SecretSize)
	if _, err := io.ReadFull(s.Random, secret); err != nil {
		return nil, nil, fmt.Errorf("random secret: %w", err)
	}
	key, err := totp.Key(secret, s.Settings.Site.Brand.Name, string(account.Email))
	if err != nil {
		return nil, nil, err
	}

	challenge, token, err := s.newTokenChallenge(account, purpose, string(account.Email), ttl)
	if err != nil {
		return nil, nil, err
	}

	challenge.Secret = secret

	return &RequestAuthenticatorPayload{
		ChallengeID: token, AuthenticatorKey: *key, ExpiresAt: challenge.ExpiresAt,
	}, challenge, nil
}

// ConfirmAuthenticatorInput is the input of confirmAuthenticator.
type ConfirmAuthenticatorInput struct {
	ChallengeID string
	Code        string
	Name        *string
}

// ConfirmAuthenticatorPayload is the payload of confirmAuthenticator.
type ConfirmAuthenticatorPayload struct {
	Authenticator *models.Authenticator
	// RecoveryCodes are those of the first authenticator; there are none with another one.
	RecoveryCodes   []string
	RevokedSessions int
	Account         *models.Account
}

// ConfirmAuthenticator adds the authenticator whose code is right. With the first one, the account has a second factor from
// now on: it gets recovery codes, and sessions that one factor opened end, except the caller's. It fails with TOKEN_INVALID,
// CODE_INVALID, INVALID_INPUT, and as requestAuthenticator does.
func (s *Service) ConfirmAuthenticator(
	ctx context.Context, caller models.Caller, input ConfirmAuthenticatorInput,
) (_ *ConfirmAuthenticatorPayload, err error) {
	flow := s.begin(caller, opConfirmAuthenticator, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}
	name, err := checkConfirmation(input)
	if err != nil {
		return nil, err
	}
	if err := s.canAddAuthenticator(caller, caller.Account); err != nil {
		return nil, err
	}

	challenge, authenticator, err := s.firstCode(ctx, caller, input)
	if err != nil {
		return nil, err
	}

	authenticator.Name = name
	payload := &ConfirmAuthenticatorPayload{Authenticator: authenticator, RecoveryCodes: []string{}}
	var hashed []models.RecoveryCode
	if caller.Account.SecondFactorSince == nil {
		if payload.RecoveryCodes, hashed, err = s.newRecoveryCodes(ctx, caller.Account.ID); err != nil {
			return nil, err
		}
	}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		if payload.Account, err = lockCaller(ctx, tx, caller); err != nil {
			return err
		}
		if err := tx.UseChallenge(ctx, challenge.ID, s.now()); err != nil { // guard: an authenticator is added once
			return notFoundAs(err, errTokenInvalid())
		}

		payload.RevokedSessions, err = s.addAuthenticator(ctx, tx, caller, payload.Account, authenticator, hashed)

		return err
	})
}

// checkConfirmation returns the name of a new authenticator, or INVALID_INPUT.
func checkConfirmation(input ConfirmAuthenticatorInput) (name string, err error) {
	var wrong models.Errors
	wrong.Add(requireText(challengeField, input.ChallengeID))
	wrong.Add(requireText("code", input.Code))
	name = authenticatorName
	if input.Name != nil {
		parsed, invalid := models.ParseText("name", *input.Name, maxAuthenticatorName)
		wrong.Add(invalid)
		name = parsed
	}

	return name, wrong.OrNil()
}

// firstCode checks the first code of an authenticator that waits, and returns the authenticator. It counts the attempt
// before it checks the code.
func (s *Service) firstCode(
	ctx context.Context, caller models.Caller, input ConfirmAuthenticatorInput,
) (*models.Challenge, *models.Authenticator, error) {
	challenge, err := s.findSecret(ctx, caller, models.PurposeAuthenticator, challengeField, input.ChallengeID)
	if err != nil {
		return nil, nil, err
	}
	if !challenge.Live(caller.Account, s.now()) { // guard: an authenticator is added to the account that began it
		return nil, nil, errTokenInvalid()
	}
	if challenge, err = s.tryToken(ctx, challenge.ID); err != nil {
		return nil, nil, err
	}

	secret, err := s.Store.ChallengeSecret(ctx, challenge)
	if err != nil {
		return nil, nil, notFoundAs(err, errTokenInvalid())
	}
	step, right, err := totp.Match(secret, contact.PlainCode(input.Code), s.now(), 0)
	if err != nil {
		return nil, nil, err
	}
	if !right { // guard: an authenticator is added with a right code
		return nil, nil, errCodeInvalid(challenge)
	}

	return challenge, &models.Authenticator{
		ID: s.NewID(), AccountID: caller.Account.ID, Secret: secret, LastStep: step, CreatedAt: s.now(),
	}, nil
}

// addAuthenticator stores an authenticator of a locked account, and tells the customer. The first one also brings the
// recovery codes, and ends the other sessions.
func (s *Service) addAuthenticator(ctx context.Context, tx Tx, caller models.Caller, account *models.Account,
	authenticator *models.Authenticator, codes []models.RecoveryCode,
) (revoked int, err error) {
	if err := s.canLink(account); err != nil {
		return 0, err
	}
	authenticators, err := tx.Authenticators(ctx, account.ID)
	if err != nil {
		return 0, err
	}
	if err := checkAuthenticatorRoom(authenticators); err != nil {
		return 0, err
	}

	if err := tx.CreateAuthenticator(ctx, authenticator); err != nil {
		return 0, notFoundAs(err, errUnauthenticated())
	}

	if account.SecondFactorSince == nil {
		since := s.now()
		account.SecondFactorSince = &since
		// guard: the first authenticator ends the sessions of one factor
		if revoked, err = s.endOthers(ctx, tx, caller, account, "second_factor_since"); err != nil {
			return 0, err
		}
		if err := tx.ReplaceRecoveryCodes(ctx, account.ID, codes); err != nil {
			return 0, err
		}
	}

	return revoked, tx.Enqueue(ctx, s.mail(caller, account, models.MessageAuthenticatorAdded, account.Email))
}
