package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	// undoTTL is how long the notice to the former address can undo a change of e-mail.
	undoTTL = 72 * time.Hour
	// undoPause is how long no change of e-mail and no other way in can be asked for
	// after an undo: who made it chooses a new password meanwhile.
	undoPause = 24 * time.Hour
)

// UndoEmailChangeInput is the input of undoEmailChange.
type UndoEmailChangeInput struct {
	Token string
}

// UndoEmailChangePayload is the answer of undoEmailChange.
type UndoEmailChangePayload struct {
	Email           models.EmailAddress
	RevokedSessions int
}

// UndoEmailChange stops a pending change of e-mail or reverts a completed one. The former address is restored; every
// session, every other token and every identity that was linked lately ends; and for a day no change of e-mail and no
// new identity can be asked for. The former address is reserved while the token is good (R-PRF5), so the only error is
// TOKEN_INVALID.
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

		// guard: an undo ends what was linked lately
		if err := s.unlinkSince(ctx, tx, caller, account, challenge.CreatedAt.Add(-undoTTL)); err != nil {
			return err
		}

		done.told = eventData{"revokedSessions": payload.RevokedSessions}
		restored := s.mail(caller, account, models.MessageEmailRestored, former)
		if err := tx.Enqueue(ctx, restored); err != nil || taken == former {
			return err
		}

		return tx.Enqueue(ctx, s.mail(caller, account, models.MessageEmailRestored, taken))
	})
}

// restoreEmail gives a locked account its former address back, and pauses changes of it.
func (s *Service) restoreEmail(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, former models.EmailAddress,
) error {
	before, now := *account, s.now()
	paused, moved := now.Add(undoPause), account.Email != former
	err := s.takeEmail(ctx, tx, caller, former, account.ID, func() error {
		*account = before
		account.Email, account.EmailVerifiedAt, account.EmailChangesPausedUntil = former, &now, &paused
		columns := []string{"email_changes_paused_until"}
		if moved {
			// What was agreed to for the other address says nothing about this one.
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

// voidUndone voids every pending secret of the account. The other party may hold
// undos of its own, from further changes; an undo to an address from before this
// change stays, or a thief could use one of theirs to end the owner's (R-PRF5).
func (s *Service) voidUndone(ctx context.Context, tx Tx, undone *models.Challenge) error {
	if err := s.voidSecrets(ctx, tx, undone.AccountID); err != nil {
		return err
	}
	// guard: a thief's undo does not end the owner's; the owner's undo ends a thief's
	return tx.VoidUndos(ctx, undone.AccountID, undone.Target, undone.CreatedAt)
}

// unlinkSince ends the ways in that the other party may have added: the owner of
// the former address would not see them, and a new password would not end them.
func (s *Service) unlinkSince(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, since time.Time,
) error {
	linked, err := tx.Identities(ctx, account.ID)
	if err != nil {
		return err
	}

	for _, identity := range linked {
		// What the account began with is its customer's.
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
