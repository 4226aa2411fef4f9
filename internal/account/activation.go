package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/models"
)

// RequestAccountActivationInput is the input of requestAccountActivation.
type RequestAccountActivationInput struct {
	Email models.EmailAddress
}

// RequestAccountActivationPayload is the payload of requestAccountActivation.
type RequestAccountActivationPayload struct {
	Accepted bool
	// ResendAvailableAt is when the next mail can be sent. It is nil unless the caller's session belongs to the
	// account.
	ResendAvailableAt *time.Time
}

// RequestAccountActivation sends the activation mail again. It does the same work and returns the same payload for
// every address; only a session of the account itself learns when the next mail can be sent. It fails only with
// INVALID_INPUT.
func (s *Service) RequestAccountActivation(
	ctx context.Context, caller models.Caller, input RequestAccountActivationInput,
) (*RequestAccountActivationPayload, error) {
	payload := &RequestAccountActivationPayload{Accepted: true}
	request := s.activationRequest()
	request.next = &payload.ResendAvailableAt

	return acceptMailRequest(ctx, s.begin(caller, opRequestAccountActivation, nobody), payload, input.Email, request)
}

// activationRequest is the request for a mail with a token that proves the address.
func (s *Service) activationRequest() mailRequest {
	return mailRequest{
		purpose: models.PurposeActivation, kind: models.MessageActivation,
		ttl: s.Settings.EmailTokenTTL, allowed: s.Settings.Limits.ActivationMails,
		wanted: func(account *models.Account) bool {
			return !account.Shut() && !account.EmailVerified()
		},
	}
}

// ConfirmAccountActivationInput is the input of confirmAccountActivation.
type ConfirmAccountActivationInput struct {
	ProofInput
	Token string
}

// ConfirmAccountActivationPayload is the payload of confirmAccountActivation.
type ConfirmAccountActivationPayload struct {
	Session *models.Session
}

// NewSession returns the session that the operation created.
func (p *ConfirmAccountActivationPayload) NewSession() *models.Session { return p.Session }

// activationAttempts is the maximum number of proofs that may be tried with one token.
const activationAttempts = 10

// activation is the decision on what a token and its proof activate.
type activation struct {
	challenge *models.Challenge
	offered   *proof
	// registration is the registration from which a new account is created. If it is nil, the challenge's account
	// is activated.
	registration *models.Registration
	// proofBySession reports whether the caller's session is the proof. provedAt is when its customer proved a
	// factor.
	proofBySession bool
	provedAt       time.Time
}

// ConfirmAccountActivation verifies the e-mail address, activates the account or creates it from the waiting
// registration, and signs in. The token proves the mailbox, but not that its reader registered. The operation
// therefore also needs a session of that account, its password, or its identity's token; without any of them it
// fails with REAUTHENTICATION_REQUIRED and the token stays valid (R-PRF2). It fails with INVALID_CREDENTIALS if the
// proof is wrong, and with TOKEN_INVALID.
func (s *Service) ConfirmAccountActivation(
	ctx context.Context, caller models.Caller, input ConfirmAccountActivationInput,
) (_ *ConfirmAccountActivationPayload, err error) {
	flow := s.begin(caller, opConfirmAccountActivation, nobody)
	defer flow.recordRefusal(ctx, &err)

	offered := s.offer(caller, opConfirmAccountActivation, input.ProofInput)
	var wrong models.Errors
	wrong.Add(requireText("token", input.Token))
	wrong.Add(offered.check())
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	challenge, err := s.findToken(ctx, caller, models.PurposeActivation, input.Token)
	if err != nil {
		return nil, err
	}

	flow.accountID = challenge.AccountID
	decided, err := s.decideActivation(ctx, caller, challenge, &offered)
	if err != nil {
		return nil, err
	}
	if decided.registration != nil {
		flow.accountID = decided.registration.Brought.Account.ID
	}

	// guard: where second factors are required, an activation opens no session
	if s.Settings.SecondFactor == SecondFactorRequired {
		return commit(ctx, flow, &ConfirmAccountActivationPayload{}, func(tx Tx, _ *success) error {
			return s.activate(ctx, tx, caller, decided)
		})
	}

	session, err := s.newSession(caller, flow.accountID)
	if err != nil {
		return nil, err
	}

	session.AuthenticatedAt = decided.provedAt

	return commit(ctx, flow, &ConfirmAccountActivationPayload{Session: session}, func(tx Tx, done *success) error {
		done.SessionID = session.ID
		if err := s.activate(ctx, tx, caller, decided); err != nil {
			return err
		}
		if err := s.beginSession(ctx, tx, caller, session); err != nil || !decided.proofBySession {
			return err
		}

		// The new session replaces the old one, so that the token changes, as after every proof (R-SES3).
		_, err := s.endSession(ctx, tx, caller.Account.ID, caller.Session.ID)

		return err
	})
}

// decideActivation decides what the token and its proof activate. It counts each proof as an attempt at the token
// before it checks the proof.
func (s *Service) decideActivation(
	ctx context.Context, caller models.Caller, challenge *models.Challenge, offered *proof,
) (*activation, error) {
	decided := &activation{challenge: challenge, offered: offered, provedAt: s.now()}
	registration, err := s.Store.RegistrationByChallenge(ctx, challenge.ID, s.now())
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return nil, err
	}

	account, err := s.activatedAccount(ctx, challenge)
	if err != nil {
		return nil, err
	}
	if account == nil && registration == nil {
		return nil, errTokenInvalid()
	}

	// guard: a link does not say who chose the password; a session activates its own account
	if account != nil && caller.Session != nil && caller.Account.ID == account.ID && !offered.given() {
		// guard: a link does not say who chose the password (2); a session that activates proves no password
		decided.proofBySession, decided.provedAt = true, caller.Session.AuthenticatedAt
		return decided, nil
	}

	if !offered.given() {
		return nil, errReauthenticationRequired("password")
	}

	err = s.Store.InTx(ctx, func(tx Tx) error {
		// guard: a token is tried ten times
		_, err := tx.TryChallenge(ctx, challenge.ID, activationAttempts, s.now())
		return notFoundAs(err, errTokenInvalid())
	})
	if err != nil {
		return nil, err
	}
	if account == nil {
		decided.registration = registration
		return decided, s.verifyRegistration(ctx, &registration.Brought.PasswordHash, offered)
	}

	return decided, s.verifyActivation(ctx, account, registration, decided)
}

// activatedAccount returns the account of a challenge, or nil if the challenge belongs to a waiting registration.
func (s *Service) activatedAccount(ctx context.Context, challenge *models.Challenge) (*models.Account, error) {
	if challenge.AccountID == "" {
		if !s.now().Before(challenge.ExpiresAt) {
			return nil, errTokenInvalid()
		}
		return nil, nil
	}

	account, err := s.Store.AccountByID(ctx, challenge.AccountID)
	if err != nil {
		return nil, notFoundAs(err, errTokenInvalid())
	}
	if !challenge.Live(account, s.now()) || account.Shut() {
		return nil, errTokenInvalid()
	}

	return account, nil
}

// verifyRegistration verifies the password against the hash of one registration.
func (s *Service) verifyRegistration(ctx context.Context, hash *string, offered *proof) error {
	chosen, ok := offered.password()
	if !ok {
		return errInvalidCredentials()
	}

	right, err := s.Hasher.Verify(ctx, hash, chosen)
	if err == nil && !right {
		err = errInvalidCredentials()
	}

	return err
}

// verifyActivation verifies the proof for the account of a token. The token of a registration activates only that
// registration's password. A token from requestAccountActivation proves only the mailbox, so the password decides
// which of the address's registrations is activated (R-PRF2).
func (s *Service) verifyActivation(
	ctx context.Context, account *models.Account, own *models.Registration, decided *activation,
) error {
	chosen, ok := decided.offered.password()
	if !ok {
		return decided.offered.verify(ctx, account)
	}

	err := s.verifyRegistration(ctx, account.PasswordHash, decided.offered)
	if err == nil {
		return decided.offered.verifySecond(ctx, account) // guard: an activation takes two factors, too
	}
	// guard: a token arms its own registration
	if own != nil || models.CodeOf(err) != models.CodeInvalidCredentials || !account.EmailClaimed() {
		return err
	}

	waiting, notFound := s.waitingRegistration(ctx, account.Email, chosen)
	if notFound != nil {
		return notFoundAs(notFound, errInvalidCredentials())
	}
	if waiting.ChallengeID == "" || waiting.AccountID != "" {
		return errInvalidCredentials()
	}

	decided.registration = waiting

	return nil
}

// activate activates the account and marks its e-mail address as verified.
func (s *Service) activate(ctx context.Context, tx Tx, caller models.Caller, decided *activation) error {
	if decided.registration != nil {
		return s.activateWaiting(ctx, tx, caller, decided)
	}

	account, err := s.redeem(ctx, tx, decided.challenge)
	if err != nil {
		return err
	}
	if err := decided.offered.use(ctx, tx, account); err != nil {
		return err
	}

	// The account's other activation tokens must not work any more.
	if _, err := tx.VoidChallenges(ctx, account.ID, s.now(), models.PurposeActivation); err != nil {
		return err
	}
	if err := tx.ResetBudget(ctx, passwordKey(account.ID)); err != nil {
		return err
	}

	s.verifyEmail(account)
	granted, err := s.grantNewsletter(ctx, tx, caller, account, opConfirmAccountActivation)
	if err != nil {
		return err
	}

	account.UpdatedAt = s.now()
	if err := tx.UpdateAccount(ctx, account, append(granted, "status", "email_verified_at")...); err != nil {
		return err
	}

	return tx.DropRegistrations(ctx, account.Email) // guard: an activation ends what waits
}

// activateWaiting creates a new account from a waiting registration. It displaces the account that claims its
// address.
func (s *Service) activateWaiting(ctx context.Context, tx Tx, caller models.Caller, decided *activation) error {
	registration := decided.registration
	if decided.challenge.AccountID != "" {
		if _, err := s.redeem(ctx, tx, decided.challenge); err != nil {
			return err
		}
	}

	// Of concurrent attempts only one succeeds. The challenge is used after the accounts are locked, because every
	// transaction locks accounts first.
	now := s.now()
	account := registration.Brought.Account
	account.PasswordHash, account.EmailVerifiedAt = &registration.Brought.PasswordHash, &now
	account.CreatedAt, account.UpdatedAt = now, now
	create := func() error { return tx.CreateAccount(ctx, &account) }
	err := s.takeEmail(ctx, tx, caller, account.Email, account.ID, create)
	if models.CodeOf(err) == models.CodeEmailUnavailable {
		err = errTokenInvalid()
	}
	if err != nil {
		return err
	}

	if decided.challenge.AccountID == "" {
		if err := tx.UseChallenge(ctx, decided.challenge.ID, now); err != nil {
			return notFoundAs(err, errTokenInvalid())
		}
	}

	if err := recordBrought(ctx, tx, registration.Brought); err != nil {
		return err
	}

	if err := s.enqueueEvent(ctx, tx, models.EventAccountCreated, account.ID, nil); err != nil {
		return err
	}

	granted, err := s.grantNewsletter(ctx, tx, caller, &account, opConfirmAccountActivation)
	if err != nil {
		return err
	}

	if len(granted) == 0 {
		return nil
	}

	return tx.UpdateAccount(ctx, &account, granted...)
}
