package account

import (
	"context"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// RegisterAccountInput is the input of registerAccount.
type RegisterAccountInput struct {
	ProfileInput
	Email    models.EmailAddress
	Password string
}

// RegisterAccount creates an account, active or pending by --registration, and
// mails a token that verifies the address. For an address that has an account
// it does the same work and answers the same, and its owner gets a mail that
// says so. It fails with INVALID_INPUT, PASSWORD_REJECTED, and PERMISSION_DENIED where registration is closed.
func (s *Service) RegisterAccount(ctx context.Context, caller models.Caller, input RegisterAccountInput) (_ *Accepted, err error) {
	var accountID string
	defer s.recordRefusal(ctx, caller, "registerAccount", &accountID, &err)
	if s.Settings.Registration == RegistrationClosed {
		return nil, models.NewError(models.CodePermissionDenied, "registration is closed")
	}
	account, consents, err := s.newAccount(input, "registerAccount")
	if err != nil {
		return nil, err
	}
	if s.Settings.Registration == RegistrationVerified {
		account.Status = models.StatusPending
	}
	hash, err := s.newPasswordHash(ctx, account, "password", input.Password)
	if err != nil {
		return nil, err
	}
	account.PasswordHash = &hash
	challenge, token, err := s.newTokenChallenge(account, models.PurposeActivation, string(account.Email), s.Settings.EmailTokenTTL)
	if err != nil {
		return nil, err
	}
	err = s.inTx(ctx, func(tx Tx) error {
		// The unique index decides who owns the address. Either way the same
		// statements follow: a taken address gets a challenge of no account.
		mail, event := s.mail(caller, account, models.MessageActivation, account.Email), s.event(caller, "registerAccount", account.ID)
		// Copies, because the transaction may be run again, and the address be free then.
		challenge, token, told := *challenge, token, account.ID
		err := tx.CreateAccount(ctx, account)
		taken := models.CodeOf(err) == models.CodeEmailUnavailable
		if err != nil && !taken {
			return err
		}
		owner, err := tx.AccountByEmail(ctx, account.Email)
		if err != nil {
			return err
		}
		if taken {
			challenge.AccountID, token, told = "", "", ""
			// It must not outlive the owner's account with the owner's address in it (R-DEL6).
			challenge.Target, challenge.EmailAtIssue = "", ""
			mail, event = s.mail(caller, owner, models.MessageAccountExists, owner.Email), s.event(caller, "registerAccount", owner.ID)
			event.Outcome, event.Code = models.OutcomeRefused, models.CodeEmailUnavailable
			err = s.recordNothing(ctx, tx, len(consents))
		} else {
			err = tx.RecordConsents(ctx, consents)
		}
		if err != nil {
			return err
		}
		if err := tx.CreateChallenge(ctx, &challenge); err != nil {
			return err
		}
		if err := s.announceRegistration(ctx, tx, mail, &challenge, token); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, models.EventAccountCreated, told, nil); err != nil {
			return err
		}
		return tx.RecordEvent(ctx, event)
	})
	if err != nil {
		return nil, err
	}
	return &Accepted{Accepted: true}, nil
}

// recordNothing writes as many rows as there are answers about consent, where
// they are nobody's: challenges of no account, that have run out.
func (s *Service) recordNothing(ctx context.Context, tx Tx, answers int) error {
	for range answers {
		challenge, _, err := s.newTokenChallenge(&models.Account{}, models.PurposeActivation, "", 0)
		if err != nil {
			return err
		}
		if err := tx.CreateChallenge(ctx, challenge); err != nil {
			return err
		}
	}
	return nil
}

// announceRegistration queues the activation, or the notice to the owner of a taken address, at most once a minute each.
func (s *Service) announceRegistration(ctx context.Context, tx Tx, mail *models.Message, challenge *models.Challenge, token string) error {
	limited, err := s.spendQuietly(ctx, tx, s.messageUses(mail.Kind, mail.Recipient))
	if err != nil {
		return err
	}
	if limited {
		mail.SentAt = &mail.CreatedAt
	}
	if token == "" {
		return tx.Enqueue(ctx, mail)
	}
	return enqueueToken(ctx, tx, mail, challenge, token)
}

// newAccount builds an active account without password from checked input, or reports all wrong fields together.
func (s *Service) newAccount(input RegisterAccountInput, source string) (*models.Account, []models.Consent, error) {
	var wrong models.Errors
	email, err := contact.ParseEmail("email", input.Email)
	wrong.Add(err)
	wrong.Add(notBlank("password", input.Password))
	changes, err := s.decideProfile(input.ProfileInput)
	wrong.Add(err)
	if err := wrong.OrNil(); err != nil {
		return nil, nil, err
	}
	now := s.now()
	account := &models.Account{
		ID: s.NewID(), Status: models.StatusActive, Email: email, Sex: models.SexNotSpecified,
		Attributes: models.JSONObject{}, Tags: []string{}, Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	for _, change := range changes {
		if err := change.apply(account); err != nil {
			return nil, nil, err
		}
	}
	return account, s.consents(account.ID, models.Agreements{}, input.Agreements, source), nil
}

// RequestAccountActivationInput is the input of requestAccountActivation.
type RequestAccountActivationInput struct {
	Email models.EmailAddress
}

// RequestAccountActivation sends the activation mail again. Whatever the
// address, it does the same work and answers the same. It fails only with INVALID_INPUT.
func (s *Service) RequestAccountActivation(ctx context.Context, caller models.Caller, input RequestAccountActivationInput) (*Accepted, error) {
	return s.acceptMailRequest(ctx, caller, "requestAccountActivation", input.Email, mailRequest{
		purpose: models.PurposeActivation, kind: models.MessageActivation, ttl: s.Settings.EmailTokenTTL, allowed: s.Settings.Limits.ActivationMails,
		wanted: func(account *models.Account) bool {
			return account.Status != models.StatusBlocked && !account.EmailVerified()
		},
	})
}

// ConfirmAccountActivationInput is the input of confirmAccountActivation.
type ConfirmAccountActivationInput struct {
	Token string
}

// ConfirmAccountActivationPayload is the answer of confirmAccountActivation.
type ConfirmAccountActivationPayload struct {
	Session *models.Session
}

// NewSession is the session that the operation began.
func (p *ConfirmAccountActivationPayload) NewSession() *models.Session { return p.Session }

// ConfirmAccountActivation verifies the e-mail, activates the account, and signs in. It fails with TOKEN_INVALID.
func (s *Service) ConfirmAccountActivation(ctx context.Context, caller models.Caller, input ConfirmAccountActivationInput) (_ *ConfirmAccountActivationPayload, err error) {
	var accountID string
	defer s.recordRefusal(ctx, caller, "confirmAccountActivation", &accountID, &err)
	challenge, err := s.findToken(ctx, caller, models.PurposeActivation, input.Token)
	if err != nil {
		return nil, err
	}
	accountID = challenge.AccountID
	session, err := s.newSession(caller, challenge.AccountID)
	if err != nil {
		return nil, err
	}
	err = s.inTx(ctx, func(tx Tx) error {
		account, err := s.redeem(ctx, tx, challenge)
		if err != nil {
			return err
		}
		s.verifyEmail(account)
		account.UpdatedAt = s.now()
		if err := tx.UpdateAccount(ctx, account, "status", "email_verified_at"); err != nil {
			return err
		}
		if err := tx.CreateSession(ctx, session); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, models.EventAccountActivated, account.ID, nil); err != nil {
			return err
		}
		return tx.RecordEvent(ctx, s.event(caller, "confirmAccountActivation", account.ID))
	})
	if err != nil {
		return nil, err
	}
	return &ConfirmAccountActivationPayload{Session: session}, nil
}
