package account

import (
	"context"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// RequestEmailChangeInput is the input of requestEmailChange.
type RequestEmailChangeInput struct {
	ProofInput
	Email        models.EmailAddress
	AuthID       *string
	AccountEmail *models.EmailAddress
}

// PendingPayload is the answer of operations that start a confirmed change.
type PendingPayload struct {
	Pending *models.PendingChange
}

// RequestEmailChange starts a change of e-mail: the new address gets a token, the current one a notice. The answer is
// the same whether the new address is free or taken (R-REC2); only the account's own proven address is refused. It
// fails with REAUTHENTICATION_REQUIRED, INVALID_CREDENTIALS, UNAUTHENTICATED, INVALID_INPUT and RATE_LIMITED.
func (s *Service) RequestEmailChange(
	ctx context.Context, caller models.Caller, input RequestEmailChangeInput,
) (_ *PendingPayload, err error) {
	flow := s.begin(caller, opRequestEmailChange, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	offered := s.offer(caller, input.ProofInput)
	var wrong models.Errors
	email, invalid := contact.ParseEmail("email", input.Email)
	wrong.Add(invalid)
	wrong.Add(offered.check())
	authID, invalid := parseAuthID(input.AuthID)
	wrong.Add(invalid)
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	if err := offered.require(opRequestEmailChange); err != nil {
		return nil, err
	}

	account, err := offered.identify(ctx, input.AccountEmail)
	flow.concerns(account)
	if err != nil {
		return nil, err
	}

	change, err := s.prepareEmailChange(caller, account, email)
	if err != nil {
		return nil, err
	}

	return commit(ctx, flow, &PendingPayload{Pending: change.challenge.Pending()}, func(tx Tx, done *success) error {
		done.AuthID = authID
		if _, err := lockUnchanged(ctx, tx, account, errUnauthenticated); err != nil {
			return err
		}
		if err := offered.settle(ctx, tx, account); err != nil {
			return err
		}

		return change.start(ctx, tx)
	})
}

// emailChange is a prepared change of e-mail.
type emailChange struct {
	service   *Service
	caller    models.Caller
	account   *models.Account
	challenge *models.Challenge
	toNew     *models.Message
	token     string
	undo      *models.Challenge
	toOld     *models.Message
	undoToken string
}

// prepareEmailChange makes the secrets and messages of a change.
func (s *Service) prepareEmailChange(
	caller models.Caller, account *models.Account, email models.EmailAddress,
) (*emailChange, error) {
	if account.EmailVerified() && account.Email == email { // guard: one's own address is no change
		return nil, models.InvalidInput("email", models.ReasonSameAsNow, 0, "is the address of the account already")
	}
	if err := s.pausedByUndo(account); err != nil {
		return nil, err
	}

	change := &emailChange{service: s, caller: caller, account: account}
	var err error
	change.challenge, change.token, err = s.newTokenChallenge(
		account, models.PurposeEmailChange, string(email), s.Settings.EmailTokenTTL)
	if err != nil {
		return nil, err
	}

	if !account.EmailClaimed() { // guard: a claimed address is not reserved by a request
		// Nobody has proved an address that is only claimed, so nobody can take it back (R-PRF5).
		change.undo, change.undoToken, err = s.newTokenChallenge(
			account, models.PurposeEmailUndo, string(account.Email), undoTTL)
		if err != nil {
			return nil, err
		}
	}

	change.toNew = s.mail(caller, account, models.MessageEmailChange, email)
	change.toOld = s.mail(caller, account, models.MessageEmailChangeAsked, account.Email)
	change.toOld.Data.Destination = models.MaskEmail(email)

	return change, nil
}

// pausedByUndo refuses a change of e-mail, and another way in, for a while after an undo.
func (s *Service) pausedByUndo(account *models.Account) error {
	if paused := account.EmailChangesPausedUntil; paused != nil && paused.After(s.now()) {
		return rateLimited(paused.Sub(s.now()))
	}
	return nil
}

// start stores the challenge and queues the messages.
func (c *emailChange) start(ctx context.Context, tx Tx) error {
	// The owner of the new address comes before the budgets, because accounts are locked first everywhere.
	holder, err := c.service.holderOf(ctx, tx, models.EmailAddress(c.challenge.Target), c.account.ID)
	if err != nil {
		return err
	}
	if err := c.spend(ctx, tx); err != nil {
		return err
	}
	if err := replaceChallenge(ctx, tx, c.challenge); err != nil {
		return err
	}

	if err := c.enqueueToNew(ctx, tx, holder); err != nil {
		return err
	}
	if c.undo == nil {
		return tx.Enqueue(ctx, c.toOld)
	}
	if err := tx.CreateChallenge(ctx, c.undo); err != nil {
		return err
	}

	return enqueueToken(ctx, tx, c.toOld, c.undo, c.undoToken)
}

// spend counts the change in the budgets of the account and of the new address.
func (c *emailChange) spend(ctx context.Context, tx Tx) error {
	s, target := c.service, models.EmailAddress(c.challenge.Target)
	if err := s.spend(ctx, tx, emailChangesKey(c.account.ID), s.Settings.Limits.EmailChanges); err != nil {
		return err
	}

	if c.account.EmailClaimed() {
		// Anybody can have such an account, and let it mail others (R-PRF8).
		if err := s.spendNetwork(ctx, tx, c.caller, budgetMails, s.Settings.Limits.NetworkMails); err != nil {
			return err
		}
	}

	if err := s.spendMessage(ctx, tx, c.account, models.MessageEmailChange, string(target)); err != nil {
		return err
	}

	return s.spend(ctx, tx, addressMailsKey(models.MessageEmailChange, target), s.Settings.Limits.ChangeMails)
}

// enqueueToNew sends the token to the new address. The owner of a taken address gets a neutral notice instead: the
// answer is the same, and the change can never be confirmed.
func (c *emailChange) enqueueToNew(ctx context.Context, tx Tx, holder emailHolder) error {
	owner := holder.account
	if owner == nil || holder.claimed() {
		return enqueueToken(ctx, tx, c.toNew, c.challenge, c.token)
	}

	notice := *c.toNew
	notice.Kind = models.MessageEmailTaken
	if holder.reserved {
		notice.Kind = models.MessageEmailReserved
	}

	notice.AccountID, notice.Data.Name, notice.Data.Language = owner.ID, "", owner.MessageLanguage()

	return tx.Enqueue(ctx, &notice)
}

// ConfirmEmailChangeInput is the input of confirmEmailChange.
type ConfirmEmailChangeInput struct {
	Token               string
	NewsletterAgreement bool
}

// EmailPayload is the answer of operations after which an address is valid.
type EmailPayload struct {
	Email models.EmailAddress
}

// ConfirmEmailChange completes a change of e-mail. Every session ends but the caller's own. It fails with
// TOKEN_INVALID, also if the session is another customer's, and with EMAIL_UNAVAILABLE if the address was taken since.
func (s *Service) ConfirmEmailChange(
	ctx context.Context, caller models.Caller, input ConfirmEmailChangeInput,
) (_ *EmailPayload, err error) {
	flow := s.begin(caller, opConfirmEmailChange, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	challenge, err := s.findToken(ctx, caller, models.PurposeEmailChange, input.Token)
	if err != nil {
		return nil, err
	}
	if caller.Account != nil && caller.Account.ID != challenge.AccountID { // guard: a token is its owner's
		return nil, errTokenInvalid()
	}

	flow.accountID = challenge.AccountID
	target := models.EmailAddress(challenge.Target)

	return commit(ctx, flow, &EmailPayload{Email: target}, func(tx Tx, _ *success) error {
		account, err := s.redeem(ctx, tx, challenge)
		if err != nil {
			return err
		}

		former, now := *account, s.now()
		err = s.takeEmail(ctx, tx, caller, target, account.ID, func() error {
			*account = former
			account.Email, account.EmailVerifiedAt = target, &now
			account.Agreements.Email = &input.NewsletterAgreement
			return s.writeEmail(ctx, tx, account, "agreement_email")
		})
		if err != nil {
			return err
		}

		agreed := &input.NewsletterAgreement
		if err := s.recordConsent(ctx, tx, account.ID, models.ConsentEmail, agreed, opConfirmEmailChange); err != nil {
			return err
		}

		kept := ""
		if caller.Session != nil {
			kept = caller.Session.ID
		}

		// guard: a new e-mail ends the other sessions
		if _, err := tx.EndSessions(ctx, account.ID, kept, now); err != nil {
			return err
		}

		return s.notifyEmailChanged(ctx, tx, caller, account, &former)
	})
}

// writeEmail writes a locked account's new address, begins a new credential
// epoch, and voids the tokens that were sent to the former address (R-CEC5).
func (s *Service) writeEmail(ctx context.Context, tx Tx, account *models.Account, columns ...string) error {
	account.CredentialEpoch++
	account.UpdatedAt = s.now()
	columns = append(columns, "email", "email_verified_at", "credential_epoch")
	if err := tx.UpdateAccount(ctx, account, columns...); err != nil {
		return err
	}
	return s.voidSecrets(ctx, tx, account.ID)
}

// notifyEmailChanged tells the former address, with a link that undoes the change, and the new one (R-C12). An address
// that was only claimed gets no such link: it would be reserved for somebody who never proved it (R-PRF5).
func (s *Service) notifyEmailChanged(
	ctx context.Context, tx Tx, caller models.Caller, account, former *models.Account,
) error {
	toOld := s.mail(caller, account, models.MessageEmailChanged, former.Email)
	toOld.Data.Destination = models.MaskEmail(account.Email)

	if former.EmailClaimed() { // guard: a claimed address is not reserved by a change
		if err := tx.Enqueue(ctx, toOld); err != nil {
			return err
		}
		return tx.Enqueue(ctx, s.mail(caller, account, models.MessageEmailChangeDone, account.Email))
	}

	undo, token, err := s.newTokenChallenge(account, models.PurposeEmailUndo, string(former.Email), undoTTL)
	if err != nil {
		return err
	}
	if err := tx.CreateChallenge(ctx, undo); err != nil {
		return err
	}
	if err := enqueueToken(ctx, tx, toOld, undo, token); err != nil {
		return err
	}

	return tx.Enqueue(ctx, s.mail(caller, account, models.MessageEmailChangeDone, account.Email))
}

// AccountPayload is the answer of operations that show the account after a change.
type AccountPayload struct {
	Account *models.Account
}

// CancelEmailChange forgets the pending change of e-mail; without one it does nothing.
func (s *Service) CancelEmailChange(ctx context.Context, caller models.Caller) (*AccountPayload, error) {
	return s.cancel(ctx, caller, opCancelEmailChange, models.PurposeEmailChange)
}

// cancel voids the pending challenge of a purpose.
func (s *Service) cancel(
	ctx context.Context, caller models.Caller, operation OperationName, purpose models.Purpose,
) (_ *AccountPayload, err error) {
	flow := s.begin(caller, operation, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	payload := &AccountPayload{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) (err error) {
		if payload.Account, err = lockCaller(ctx, tx, caller); err != nil {
			return err
		}
		_, err = tx.VoidChallenges(ctx, caller.AccountID(), s.now(), purpose)
		return err
	})
}
