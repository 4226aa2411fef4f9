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

// ActivationRequested is the answer of requestAccountActivation.
type ActivationRequested struct {
	Accepted bool
	// ResendAvailableAt is when the next mail can go, or nil for callers who aren't the account's own.
	ResendAvailableAt *time.Time
}

// RequestAccountActivation sends the activation mail again. Whatever the
// address, it does the same work and answers the same; but a session of the
// account itself is told when the next mail can go. It fails only with INVALID_INPUT.
func (s *Service) RequestAccountActivation(
	ctx context.Context, caller models.Caller, input RequestAccountActivationInput,
) (*ActivationRequested, error) {
	payload := &ActivationRequested{Accepted: true}
	return acceptMailRequest(ctx, s.begin(caller, opRequestAccountActivation, nobody), payload, input.Email,
		mailRequest{
			purpose: models.PurposeActivation, kind: models.MessageActivation,
			ttl: s.Settings.EmailTokenTTL, allowed: s.Settings.Limits.ActivationMails,
			wanted: func(account *models.Account) bool {
				return account.Status != models.StatusBlocked && !account.EmailVerified()
			},
			next: &payload.ResendAvailableAt,
		})
}

// ConfirmAccountActivationInput is the input of confirmAccountActivation.
type ConfirmAccountActivationInput struct {
	ProofInput
	Token string
}

// ConfirmAccountActivationPayload is the answer of confirmAccountActivation.
type ConfirmAccountActivationPayload struct {
	Session *models.Session
}

// NewSession is the session that the operation began.
func (p *ConfirmAccountActivationPayload) NewSession() *models.Session { return p.Session }

// activationAttempts is how often one token may come with a wrong proof.
const activationAttempts = 10

// activation is what a token and its proof activate.
type activation struct {
	challenge *models.Challenge
	offered   *proof
	// registration makes a fresh account; nil: the challenge's account is activated.
	registration *models.Registration
	// proofBySession says that the caller's session is the proof, and provedAt when its customer proved a factor.
	proofBySession bool
	provedAt       time.Time
}

// ConfirmAccountActivation verifies the e-mail, activates the account, or makes
// it of the registration that waited, and signs in. The token proves the
// mailbox, but not that its reader registered; so it needs a session of that
// account, its password or its identity's token beside it, or else fails with
// REAUTHENTICATION_REQUIRED and leaves the token good (R-PRF2). It fails with
// INVALID_CREDENTIALS for a wrong proof, and with TOKEN_INVALID.
func (s *Service) ConfirmAccountActivation(
	ctx context.Context, caller models.Caller, input ConfirmAccountActivationInput,
) (_ *ConfirmAccountActivationPayload, err error) {
	flow := s.begin(caller, opConfirmAccountActivation, nobody)
	defer flow.recordRefusal(ctx, &err)

	offered := s.offer(caller, input.ProofInput)
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

		// Its token is replaced, as after every proof (R-SES3).
		_, err := s.endSession(ctx, tx, caller.Account.ID, caller.Session.ID)

		return err
	})
}

// decideActivation finds out what the token and its proof activate. Each proof
// counts as a try at the token before it is looked at.
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

// activatedAccount returns the account that a challenge is of, or nil for one that a registration waits for.
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
	if !challenge.Live(account, s.now()) || account.Status == models.StatusBlocked {
		return nil, errTokenInvalid()
	}

	return account, nil
}

// verifyRegistration compares the password with that of one registration.
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

// verifyActivation checks the proof of the account that a token is of. The token
// of a registration arms that one's password and no other; one that
// requestAccountActivation sent stands for the mailbox alone, so the password
// says which of the address's registrations is meant (R-PRF2).
func (s *Service) verifyActivation(
	ctx context.Context, account *models.Account, own *models.Registration, decided *activation,
) error {
	chosen, ok := decided.offered.password()
	if !ok {
		return decided.offered.verify(ctx, account)
	}

	err := s.verifyRegistration(ctx, account.PasswordHash, decided.offered)
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

// activate makes the account active and its e-mail verified.
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

	// Other tokens of the account activate nothing any more.
	if _, err := tx.VoidChallenges(ctx, account.ID, s.now(), models.PurposeActivation); err != nil {
		return err
	}
	if err := tx.ResetBudget(ctx, passwordKey(account.ID)); err != nil {
		return err
	}

	s.verifyEmail(account)
	granted, err := s.grantConsent(ctx, tx, account, models.ConsentEmail, opConfirmAccountActivation)
	if err != nil {
		return err
	}

	account.UpdatedAt = s.now()
	if err := tx.UpdateAccount(ctx, account, append(granted, "status", "email_verified_at")...); err != nil {
		return err
	}

	return tx.DropRegistrations(ctx, account.Email) // guard: an activation ends what waits
}

// activateWaiting makes a fresh account of a registration that waited, in the place of the account that claims its
// address.
func (s *Service) activateWaiting(ctx context.Context, tx Tx, caller models.Caller, decided *activation) error {
	registration := decided.registration
	if decided.challenge.AccountID != "" {
		if _, err := s.redeem(ctx, tx, decided.challenge); err != nil {
			return err
		}
	}

	// Of several who redeem it at once one succeeds: its challenge is used after the accounts, which are locked first
	// everywhere.
	now := s.now()
	account := registration.Brought.Account
	account.PasswordHash, account.EmailVerifiedAt = &registration.Brought.PasswordHash, &now
	account.CreatedAt, account.UpdatedAt = now, now
	err := s.takeEmail(ctx, tx, caller, account.Email,
		account.ID, func() error { return tx.CreateAccount(ctx, &account) })
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

	if err := tx.RecordConsents(ctx, registration.Brought.Consents); err != nil {
		return err
	}

	granted, err := s.grantConsent(ctx, tx, &account, models.ConsentEmail, opConfirmAccountActivation)
	if err != nil {
		return err
	}

	if len(granted) > 0 {
		if err := tx.UpdateAccount(ctx, &account, granted...); err != nil {
			return err
		}
	}

	return s.enqueueEvent(ctx, tx, models.EventAccountCreated, account.ID, nil)
}
