package account

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/internal/password"
	"github.com/accountql/accountql/models"
)

// RegisterAccountInput is the input of registerAccount.
type RegisterAccountInput struct {
	ProfileInput
	Email    models.EmailAddress
	Password string
	// Terms are the versions that the customer accepts. Every document that must be accepted must be among them.
	Terms []TermsAcceptanceInput
}

// RegisterAccount creates an account for a new address, active or pending depending on --registration, and mails a
// token that proves the address. If another account only claims the address, the registration waits for its own
// token, which creates a new account from it (R-PRF2). If the address is proven, RegisterAccount does the same work
// and returns the same payload, and the owner gets a mail about it. It fails with INVALID_INPUT or
// PASSWORD_REJECTED, with RATE_LIMITED after too many mails or accounts from the caller's network, and with
// PERMISSION_DENIED if registration is closed.
func (s *Service) RegisterAccount(
	ctx context.Context, caller models.Caller, input RegisterAccountInput,
) (_ *Accepted, err error) {
	flow := s.begin(caller, opRegisterAccount, nobody)
	defer flow.recordRefusal(ctx, &err)

	if s.Settings.Registration == RegistrationClosed {
		return nil, errRegistrationClosed()
	}

	brought, err := s.decideRegistration(ctx, caller, input)
	if err != nil {
		return nil, err
	}

	token, tokenHash, err := s.newToken("")
	if err != nil {
		return nil, err
	}

	return commit(ctx, flow, &Accepted{Accepted: true}, func(tx Tx, done *success) error {
		outcome, err := s.createRegistered(ctx, tx, caller, brought)
		if err != nil {
			return err
		}

		done.AuditEvent = outcome.event

		challenge := s.newChallenge(
			// guard: a stranger's try keeps no address
			outcome.redeems, models.PurposeActivation, string(outcome.redeems.Email), s.Settings.EmailTokenTTL)
		challenge.SecretHash = tokenHash
		if err := tx.CreateChallenge(ctx, challenge); err != nil {
			return err
		}

		mailed, err := s.announceRegistration(ctx, tx, brought.Account.Email, outcome, challenge, token)
		if err != nil {
			return err
		}
		if !mailed {
			s.Budgets.suppressed(caller, KindAddressMails)
		}
		if err := s.keepRegistration(ctx, tx, outcome, challenge, brought, mailed); err != nil {
			return err
		}

		return s.enqueueEvent(ctx, tx, models.EventAccountCreated, outcome.createdID, nil)
	})
}

// decideRegistration validates the input, and hashes the password.
func (s *Service) decideRegistration(
	ctx context.Context, caller models.Caller, input RegisterAccountInput,
) (*models.RegistrationData, error) {
	brought, err := s.registeredAccount(caller, input, opRegisterAccount)
	if err != nil {
		return nil, err
	}

	brought.PasswordHash, err = s.newRegistrationHash(ctx, &brought.Account, input.Password)
	if err != nil {
		return nil, err
	}

	return brought, nil
}

// createRegistered creates the account of a registration. The unique index decides whether the address is free; in
// both cases the same statements follow.
func (s *Service) createRegistered(
	ctx context.Context, tx Tx, caller models.Caller, brought *models.RegistrationData,
) (registrationOutcome, error) {
	account := brought.Account
	account.PasswordHash = &brought.PasswordHash
	if s.Settings.Registration == RegistrationVerified {
		account.Status = models.StatusPending
	}

	created := account
	refused := tx.CreateAccount(ctx, &created)
	if refused != nil && models.CodeOf(refused) != models.CodeEmailUnavailable {
		return registrationOutcome{}, refused
	}

	holder, err := s.holderOf(ctx, tx, account.Email, account.ID)
	if err != nil {
		return registrationOutcome{}, err
	}
	if err := s.spendRegistration(ctx, tx, caller); err != nil {
		return registrationOutcome{}, err
	}

	if refused == nil {
		err = recordBrought(ctx, tx, brought)
	} else {
		err = s.writeDecoys(ctx, tx, len(brought.Consents)+len(brought.Terms))
	}

	return s.registrationOutcome(caller, &account, holder, refused == nil), err
}

// recordBrought records what the customer of a registration consented to and accepted.
func recordBrought(ctx context.Context, tx Tx, brought *models.RegistrationData) error {
	if err := tx.RecordConsents(ctx, brought.Consents); err != nil {
		return err
	}
	_, err := tx.RecordTerms(ctx, brought.Terms)
	return err
}

func errRegistrationClosed() *models.Error {
	return models.NewError(models.CodePermissionDenied, "registration is closed")
}

// registrationTTL is how long a registration waits for the proof of its address. It is longer than the lifetime of
// its token, because requestAccountActivation sends another one.
const registrationTTL = 7 * 24 * time.Hour

// maxUnmailed is the maximum number of waiting registrations of one address to which no mail was sent; beyond it
// the oldest is deleted. A registration with a mail is never deleted in this way: strangers would otherwise
// displace the owner's, whose token is in the owner's mailbox (R-PRF2).
const maxUnmailed = 10

// newRegistrationHash checks a registration's password and hashes it with the salt of the address. One hash is then
// enough to compare a password with all waiting registrations of the address.
func (s *Service) newRegistrationHash(ctx context.Context, account *models.Account, chosen string) (string, error) {
	// guard: a registration asks for them, too
	if err := s.checkPassword(ctx, account, "password", chosen); err != nil {
		return "", err
	}
	return s.Hasher.HashSalted(ctx, s.registrationSalt(account.Email), chosen)
}

// registrationSalt returns the salt of an address's registrations. Nobody can compute it without the key.
func (s *Service) registrationSalt(email models.EmailAddress) []byte {
	mac := hmac.New(sha256.New, s.LookupKey)
	_, _ = mac.Write([]byte("registration:" + string(email)))
	return mac.Sum(nil)[:password.SaltBytes]
}

// waitingRegistration returns the registration of an address with the given password, or models.ErrNotFound. It
// always computes one hash, however many registrations wait.
func (s *Service) waitingRegistration(
	ctx context.Context, email models.EmailAddress, chosen string,
) (*models.Registration, error) {
	waiting, err := s.Store.Registrations(ctx, email, s.now())
	if err != nil {
		return nil, err
	}

	// guard: a try at an unknown address hashes twice
	hash, err := s.Hasher.HashSalted(ctx, s.registrationSalt(email), chosen)
	if err != nil {
		return nil, err
	}

	for i := range waiting {
		if subtle.ConstantTimeCompare([]byte(hash), []byte(waiting[i].Brought.PasswordHash)) == 1 {
			return &waiting[i], nil
		}
	}

	return nil, models.ErrNotFound
}

// emailHolder is the account that has an address or can still take it back.
type emailHolder struct {
	// account is nil if no account holds the address.
	account  *models.Account
	reserved bool
}

// holderOf locks and returns the holder of an address. It ignores reservations of the account except.
func (s *Service) holderOf(ctx context.Context, tx Tx, email models.EmailAddress, except string) (emailHolder, error) {
	account, err := tx.AccountByEmail(ctx, email)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return emailHolder{}, err
	}

	undo, undoErr := tx.ReservedEmail(ctx, email, except, s.now())
	if undoErr != nil && !errors.Is(undoErr, models.ErrNotFound) {
		return emailHolder{}, undoErr
	}
	if account == nil && undo != nil {
		return emailHolder{account: &models.Account{ID: undo.AccountID, Email: email}, reserved: true}, nil
	}

	return emailHolder{account: account}, nil
}

// claimed reports whether the account would be displaced by the customer who proves the address.
func (h emailHolder) claimed() bool {
	return h.account != nil && !h.reserved && h.account.EmailClaimed()
}

// registrationOutcome is the outcome of a registration, which depends on the holder of its address.
type registrationOutcome struct {
	// redeems is the account whose token the challenge carries. It has no ID if there is no such account.
	redeems *models.Account
	// createdID is the ID of the created account, or "".
	createdID string
	// waits reports whether the registration creates an account when its token is redeemed.
	waits bool
	// hasToken reports whether the mail has the token.
	hasToken bool
	mail     *models.Message
	event    models.AuditEvent
}

func (s *Service) registrationOutcome(
	caller models.Caller, account *models.Account, holder emailHolder, created bool,
) registrationOutcome {
	activation := s.mail(caller, account, models.MessageActivation, account.Email)
	success := s.event(caller, opRegisterAccount, account.ID)
	if created {
		return registrationOutcome{
			redeems: account, createdID: account.ID, hasToken: true, mail: activation, event: success,
		}
	}

	owner := holder.account
	if owner == nil {
		owner = &models.Account{} // deleted after the address was refused; the registration waits
	}

	if owner.ID == "" || holder.claimed() {
		// The audit chain of the claim must not contain somebody else's registration.
		activation.AccountID, success.AccountID = "", ""
		return registrationOutcome{
			redeems: &models.Account{}, waits: true, hasToken: true, mail: activation, event: success,
		}
	}

	refused := s.event(caller, opRegisterAccount, owner.ID)
	refused.Outcome, refused.Code = models.OutcomeRefused, models.CodeEmailUnavailable
	taken := registrationOutcome{redeems: &models.Account{}, event: refused}
	kind := models.MessageAccountExists
	switch {
	case holder.reserved:
		kind = models.MessageEmailReserved
	case owner.Status == models.StatusBlocked:
		kind = models.MessageAccountBlocked
	case owner.Status == models.StatusPending:
		kind, taken.redeems, taken.hasToken = models.MessageActivation, owner, true
	}

	taken.mail = s.mail(caller, owner, kind, owner.Email)

	return taken
}

// keepRegistration stores the registration until its address is proven. It also stores the registration of a taken
// address, although no token redeems it: a sign-in must not reveal the difference (R-PRF9).
func (s *Service) keepRegistration(ctx context.Context, tx Tx, outcome registrationOutcome,
	challenge *models.Challenge, brought *models.RegistrationData, mailed bool,
) error {
	now := s.now()
	kept := &models.Registration{
		ID: s.NewID(), AccountID: outcome.createdID, Email: brought.Account.Email, Mailed: mailed,
		CreatedAt: now, ExpiresAt: now.Add(registrationTTL), Brought: brought,
	}
	if outcome.createdID != "" || outcome.waits {
		kept.ChallengeID = challenge.ID
	}

	return tx.CreateRegistration(ctx, kept, maxUnmailed)
}

// writeDecoys writes as many rows as recordBrought would, if they belong to no account. The rows are expired challenges
// of no account.
func (s *Service) writeDecoys(ctx context.Context, tx Tx, rows int) error {
	for range rows {
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

// announceRegistration enqueues the mail to the address, and reports whether it will be sent. If the address
// already has too many mails, the mail is written but not sent. Every mail counts as an activation mail, whatever
// its content: which registrations are kept must not reveal who has the address (R-PRF9).
func (s *Service) announceRegistration(
	ctx context.Context, tx Tx, email models.EmailAddress, outcome registrationOutcome,
	challenge *models.Challenge, token string,
) (mailed bool, err error) {
	// guard: what waits does not tell who has an address
	due, err := s.mailDue(ctx, tx, models.MessageActivation, email, s.Settings.Limits.ActivationMails)
	if err != nil {
		return false, err
	}

	mail := outcome.mail
	// guard: what is not mailed is bounded
	mailed = !due.IsZero()
	// guard: what is not mailed is bounded (2)
	if mailed {
		mail.NotBefore = due
	} else {
		mail.SentAt = &mail.CreatedAt
	}

	if !outcome.hasToken {
		return mailed, tx.Enqueue(ctx, mail)
	}

	return mailed, enqueueToken(ctx, tx, mail, challenge, token)
}

// registeredAccount builds an active account without a password from the input, with its consents and accepted terms,
// or reports all invalid fields together.
func (s *Service) registeredAccount(
	caller models.Caller, input RegisterAccountInput, source OperationName,
) (*models.RegistrationData, error) {
	var wrong models.Errors
	email, err := contact.ParseEmail("email", input.Email)
	wrong.Add(err)
	wrong.Add(requireText("password", input.Password))
	account := s.newAccount(email)
	changes, err := s.decideOwnProfile(account, &input.ProfileInput)
	wrong.Add(err)
	for _, change := range changes {
		_, err := change.apply(account)
		wrong.Add(err)
	}

	wrong.Add(s.Settings.Fields.checkRequired(account, &input.ProfileInput)) // guard: a registration has what it must
	terms, err := s.decideRegistrationTerms(account.ID, input.Terms)
	wrong.Add(err)
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	consents := s.consents(account.ID, input.Agreements, source)
	for i := range consents {
		consents[i].Pending = s.consentWaits(account, nil, consents[i].Channel, consents[i].Value)
	}

	consents = append(consents, s.objections(caller, account, consents)...)

	return &models.RegistrationData{Account: *account, Consents: consents, Terms: terms}, nil
}

// newAccount returns an active account with only its address, which nobody has proven.
func (s *Service) newAccount(email models.EmailAddress) *models.Account {
	now := s.now()
	return &models.Account{
		ID: s.NewID(), Status: models.StatusActive, Email: email,
		Profile: models.Profile{Sex: models.SexNotSpecified, Attributes: models.JSONObject{}},
		Tags:    []string{}, Version: 1, CreatedAt: now, UpdatedAt: now,
	}
}
