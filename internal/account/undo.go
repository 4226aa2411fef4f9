package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	// undoTTL is how long the notice to the former address can undo an e-mail change.
	undoTTL = 72 * time.Hour
	// undoPause is how long after an undo the account can't change its e-mail address nor link an identity. The
	// customer has this time to choose a new password.
	undoPause = 24 * time.Hour
)

// UndoEmailChangeInput is the input of undoEmailChange.
type UndoEmailChangeInput struct {
	Token string
}

// UndoEmailChangePayload is the payload of undoEmailChange.
type UndoEmailChangePayload struct {
	Email           models.EmailAddress
	RevokedSessions int
}

// UndoEmailChange stops a pending e-mail change or reverts a completed one. It restores the former address, ends
// every session, voids every other token, unlinks every identity and removes every passkey that was added recently, and calls a deletion off:
// its notice went to the other party. For a day, the
// account can neither change its e-mail address nor link an identity. The former address is reserved while the
// token is valid (R-PRF5), so nobody else can have it. It fails with TOKEN_INVALID, INVALID_INPUT and RATE_LIMITED.
func (s *Service) UndoEmailChange(
	ctx context.Context, caller models.Caller, input UndoEmailChangeInput,
) (_ *UndoEmailChangePayload, err error) {
	flow := s.begin(caller, opUndoEmailChange, nobody)
	defer flow.recordRefusal(ctx, &err)

	challenge, err := s.findToken(ctx, caller, models.PurposeEmailUndo, input.Token)
	if err != nil {
		return nil, err
	}

	flow.accountID = challenge.AccountID
	former := models.EmailAddress(challenge.Target)

	payload := &UndoEmailChangePayload{Email: former}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		account, err := s.redeem(ctx, tx, challenge)
		if err != nil {
			return err
		}

		taken := account.Email
		if err := s.restoreEmail(ctx, tx, caller, account, former); err != nil {
			return err
		}
		if err := s.voidUndone(ctx, tx, challenge); err != nil {
			return err
		}
		if payload.RevokedSessions, err = tx.EndSessions(ctx, account.ID, "", s.now()); err != nil {
			return err
		}

		if _, err := s.reopen(ctx, tx, account); err != nil { // guard: an undo calls a thief's deletion off
			return err
		}

		// guard: an undo ends what was linked lately
		since := challenge.CreatedAt.Add(-undoTTL)
		if err := s.unlinkSince(ctx, tx, caller, account, since); err != nil {
			return err
		}
		// guard: an undo removes the passkeys of lately
		if err := s.dropPasskeys(ctx, tx, caller, account, since); err != nil {
			return err
		}
		// guard: an undo removes the authenticators of lately
		if err := s.undoAuthenticators(ctx, tx, caller, account, since); err != nil {
			return err
		}

		done.webhookData = eventData{"revokedSessions": payload.RevokedSessions}
		restored := s.mail(caller, account, models.MessageEmailRestored, former)
		if err := tx.Enqueue(ctx, restored); err != nil || taken == former {
			return err
		}

		return tx.Enqueue(ctx, s.mail(caller, account, models.MessageEmailRestored, taken))
	})
}

// restoreEmail restores the former address of a locked account, and pauses further changes.
func (s *Service) restoreEmail(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, former models.EmailAddress,
) error {
	before, now := *account, s.now()
	paused, moved := now.Add(undoPause), account.Email != former
	err := s.takeEmail(ctx, tx, caller, former, account.ID, func() error {
		*account = before // takeEmail can run this twice
		account.Email, account.EmailVerifiedAt, account.EmailChangesPausedUntil = former, &now, &paused
		columns := []string{"email_changes_paused_until"}
		if moved {
			// The consent for the other address does not apply to this one.
			account.Agreements.Email = nil
			columns = append(columns, "agreement_email")
		}

		return s.writeEmail(ctx, tx, account, columns...)
	})
	if err != nil || !moved {
		return err
	}

	return s.recordConsent(ctx, tx, account.ID, models.ConsentEmail, nil, opUndoEmailChange)
}

// voidUndone voids every pending secret of the account. The other party may have undos of its own, from further
// changes. An undo to an address from before this change stays valid: otherwise a thief could use an own undo to
// void the owner's (R-PRF5).
func (s *Service) voidUndone(ctx context.Context, tx Tx, undone *models.Challenge) error {
	if err := s.voidSecrets(ctx, tx, undone.AccountID); err != nil {
		return err
	}
	// guard: a thief's undo does not end the owner's; the owner's undo ends a thief's
	return tx.VoidUndos(ctx, undone.AccountID, undone.Target, undone.CreatedAt)
}

// unlinkSince unlinks the identities that the other party may have added: the owner of the former address would not
// see them, and a new password would not remove them.
func (s *Service) unlinkSince(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, since time.Time,
) error {
	linked, err := tx.Identities(ctx, account.ID)
	if err != nil {
		return err
	}

	for _, identity := range linked {
		// An identity that was linked when the account was created belongs to its customer.
		// guard: an undo keeps what was linked long before; an undo keeps what the account began with
		if identity.LinkedAt.Before(since) || !identity.LinkedAt.After(account.CreatedAt) {
			continue
		}
		if err := tx.UnlinkIdentity(ctx, account.ID, identity.IdentityProvider, identity.Issuer); err != nil {
			return err
		}
		err := s.notifyIdentityChanged(ctx, tx, caller, account, models.MessageIdentityUnlinked, identity)
		if err != nil {
			return err
		}
		if err := s.enqueueEvent(ctx, tx, models.EventAccountUpdated, account.ID, identitiesChanged()); err != nil {
			return err
		}
	}

	return nil
}
