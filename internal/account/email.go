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

// PendingPayload is the payload of operations that start a change which the customer must confirm.
type PendingPayload struct {
	Pending *models.PendingChange
}

// RequestEmailChange starts a change of the e-mail address: the new address gets a token, the current address a
// notice. The payload is the same whether the new address is free or taken (R-REC2); only the account's own proven
// address is refused. It fails with REAUTHENTICATION_REQUIRED, INVALID_CREDENTIALS, UNAUTHENTICATED, INVALID_INPUT
// or RATE_LIMITED.
func (s *Service) RequestEmailChange(
	ctx context.Context, caller models.Caller, input RequestEmailChangeInput,
) (_ *PendingPayload, err error) {
	flow := s.begin(caller, opRequestEmailChange, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireTerms(ctx, caller.Account); err != nil {
		return nil, err
	}
	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}

	offered := s.offer(caller, opRequestEmailChange, input.ProofInput)
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
	if caller.Account == nil { // guard: terms come first without a session
		if err := flow.requireTerms(ctx, account); err != nil {
			return nil, err
		}
		if err := flow.requireUnpaused(account); err != nil {
			return nil, err
		}
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

// emailChange is a change of the e-mail address that is prepared but not yet stored.
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

// prepareEmailChange creates the secrets and messages of a change. It fails with INVALID_INPUT if the address is
// already the account's proven address, and with RATE_LIMITED while an undo pauses changes.
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
		// Nobody has proved an address that is only claimed, so nobody may take it back (R-PRF5).
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

// pausedByUndo returns RATE_LIMITED for a while after an undo. During this pause the account can't change its
// e-mail address, nor get another way to sign in.
func (s *Service) pausedByUndo(account *models.Account) error {
	if paused := account.EmailChangesPausedUntil; paused != nil && paused.After(s.now()) {
		return rateLimited(paused.Sub(s.now()))
	}
	return nil
}

// start stores the challenge and enqueues the messages.
func (c *emailChange) start(ctx context.Context, tx Tx) error {
	// Lock the holder of the new address before the budgets: every transaction locks accounts first.
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
		// Anybody can create such an account and send mails to others with it (R-PRF8).
		if err := s.spendNetwork(ctx, tx, c.caller, budgetMails, s.Settings.Limits.NetworkMails); err != nil {
			return err
		}
	}

	if err := s.spendMessage(ctx, tx, c.account, models.MessageEmailChange, string(target)); err != nil {
		return err
	}

	return s.spend(ctx, tx, addressMailsKey(models.MessageEmailChange, target), s.Settings.Limits.ChangeMails)
}

// enqueueToNew enqueues the mail with the token to the new address. If the address is taken, its owner gets a
// neutral notice instead: the payload is the same, and the change can never be confirmed.
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
	notice.Data.TimeZone = owner.MessageTimeZone()

	return tx.Enqueue(ctx, &notice)
}

// ConfirmEmailChangeInput is the input of confirmEmailChange.
type ConfirmEmailChangeInput struct {
	Token               string
	NewsletterAgreement bool
}

// ConfirmEmailChangePayload is the payload of confirmEmailChange.
type ConfirmEmailChangePayload struct {
	Email models.EmailAddress
}

// ConfirmEmailChange completes a change of the e-mail address. It ends every session except the caller's own. It
// fails with TOKEN_INVALID, also if the session belongs to another customer, and with EMAIL_UNAVAILABLE if somebody
// else has taken the address since the request.
func (s *Service) ConfirmEmailChange(
	ctx context.Context, caller models.Caller, input ConfirmEmailChangeInput,
) (_ *ConfirmEmailChangePayload, err error) {
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

	return commit(ctx, flow, &ConfirmEmailChangePayload{Email: target}, func(tx Tx, _ *success) error {
		account, err := s.redeem(ctx, tx, challenge)
		if err != nil {
			return err
		}

		former, now := *account, s.now()
		consent := s.consent(account.ID, models.ConsentEmail, &input.NewsletterAgreement, opConfirmEmailChange)
		consent.Pending = s.optInMissing(nil, models.ConsentEmail, consent.Value)
		err = s.takeEmail(ctx, tx, caller, target, account.ID, func() error {
			*account = former // takeEmail can run this twice
			account.Email, account.EmailVerifiedAt = target, &now
			account.Agreements.Email = consent.Value
			if consent.Pending {
				account.Agreements.Email = nil
			}
			return s.writeEmail(ctx, tx, account, "agreement_email")
		})
		if err != nil {
			return err
		}

		if err := s.recordConsents(ctx, tx, account.ID, []models.Consent{consent}); err != nil {
			return err
		}
		if consent.Pending {
			if err := s.askForOptIn(ctx, tx, caller, account); err != nil {
				return err
			}
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

// writeEmail writes the new address of a locked account, starts a new credential epoch, and voids the tokens that
// were sent to the former address (R-CEC5).
func (s *Service) writeEmail(ctx context.Context, tx Tx, account *models.Account, columns ...string) error {
	account.CredentialEpoch++
	account.UpdatedAt = s.now()
	columns = append(columns, "email", "email_verified_at", "credential_epoch")
	if err := tx.UpdateAccount(ctx, account, columns...); err != nil {
		return err
	}
	return s.voidSecrets(ctx, tx, account.ID)
}

// notifyEmailChanged notifies both addresses (R-C12).
func (s *Service) notifyEmailChanged(
	ctx context.Context, tx Tx, caller models.Caller, account, former *models.Account,
) error {
	if err := s.notifyFormerEmail(ctx, tx, caller, account, former); err != nil {
		return err
	}
	return tx.Enqueue(ctx, s.mail(caller, account, models.MessageEmailChangeDone, account.Email))
}

// notifyFormerEmail notifies the former address of a change, with a link that undoes it. A former address that was only
// claimed gets no such link: it would be reserved for somebody who never proved it (R-PRF5).
func (s *Service) notifyFormerEmail(
	ctx context.Context, tx Tx, caller models.Caller, account, former *models.Account,
) error {
	toOld := s.mail(caller, account, models.MessageEmailChanged, former.Email)
	toOld.Data.Destination = models.MaskEmail(account.Email)
	if former.EmailClaimed() { // guard: a claimed address is not reserved by a change
		return tx.Enqueue(ctx, toOld)
	}

	undo, token, err := s.newTokenChallenge(account, models.PurposeEmailUndo, string(former.Email), undoTTL)
	if err != nil {
		return err
	}
	if err := tx.CreateChallenge(ctx, undo); err != nil {
		return err
	}

	return enqueueToken(ctx, tx, toOld, undo, token)
}

// AccountPayload is the payload of operations that return the account after a change.
type AccountPayload struct {
	Account *models.Account
}

// CancelEmailChange cancels the pending change of the e-mail address. It does nothing if no change is pending.
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
