package account

import (
	"context"
	"fmt"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	// secureTTL is how long the mail of a new device can secure the account.
	secureTTL = 7 * 24 * time.Hour
	// securePause is how long the account's address, number, ways in and existence can't be changed afterwards.
	securePause = 24 * time.Hour
)

// SecureAccountInput is the input of secureAccount.
type SecureAccountInput struct {
	Token string
}

// SecureAccountPayload is the payload of secureAccount.
type SecureAccountPayload struct {
	RevokedSessions    int
	ChangesPausedUntil time.Time
}

// SecureAccount does what a customer needs who got the mail of a new device and knows nothing of that sign-in. It ends
// every session, removes the password and what was linked lately, cancels pending changes and a deletion, forgets all
// devices, pauses changes for a day, and mails a token for a new password to the address that got the notice, which
// must still be the account's (R-WAY5). It fails with TOKEN_INVALID, INVALID_INPUT and RATE_LIMITED.
func (s *Service) SecureAccount(
	ctx context.Context, caller models.Caller, input SecureAccountInput,
) (_ *SecureAccountPayload, err error) {
	flow := s.begin(caller, opSecureAccount, nobody)
	defer flow.recordRefusal(ctx, &err)

	challenge, err := s.findToken(ctx, caller, models.PurposeSecureAccount, input.Token)
	if err != nil {
		return nil, err
	}

	flow.accountID = challenge.AccountID
	token, hash, err := s.newToken("")
	if err != nil {
		return nil, err
	}

	payload := &SecureAccountPayload{ChangesPausedUntil: s.now().Add(securePause)}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		account, err := s.redeem(ctx, tx, challenge)
		if err != nil {
			return err
		}
		if payload.RevokedSessions, err = s.shutOut(ctx, tx, account, payload.ChangesPausedUntil); err != nil {
			return err
		}
		since := challenge.CreatedAt.Add(-undoTTL)
		// guard: securing an account ends what was linked lately
		if err := s.unlinkSince(ctx, tx, caller, account, since); err != nil {
			return err
		}
		// guard: securing an account removes the passkeys of lately
		if err := s.dropPasskeys(ctx, tx, caller, account, since); err != nil {
			return err
		}

		done.webhookData = eventData{
			"revokedSessions": payload.RevokedSessions, "changesPausedUntil": payload.ChangesPausedUntil,
		}
		reset := s.newChallenge(account, models.PurposePasswordReset, string(account.Email), s.Settings.PasswordResetTTL)
		reset.SecretHash = hash
		if err := replaceChallenge(ctx, tx, reset); err != nil {
			return err
		}

		mail := s.mail(caller, account, models.MessageAccountSecured, account.Email)

		return enqueueToken(ctx, tx, mail, reset, token)
	})
}

// shutOut ends all that whoever signed in may have begun on a locked account, and removes the password that they may
// know. It returns how many sessions ended.
func (s *Service) shutOut(
	ctx context.Context, tx Tx, account *models.Account, until time.Time,
) (revoked int, err error) {
	account.ChangesPausedUntil = &until
	account.PasswordHash = nil // guard: a secured account has no password that a thief knows
	account.CredentialEpoch++  // guard: what was begun before an account was secured ends nowhere
	account.UpdatedAt = s.now()
	if err := tx.UpdateAccount(ctx, account, "changes_paused_until", "password_hash", "credential_epoch"); err != nil {
		return 0, err
	}

	// guard: securing an account ends every session
	if revoked, err = tx.EndSessions(ctx, account.ID, "", s.now()); err != nil {
		return 0, err
	}
	if err := s.voidSecrets(ctx, tx, account.ID); err != nil { // guard: securing an account cancels what is pending
		return 0, err
	}
	// guard: an account is secured once for all notices
	if _, err := tx.VoidChallenges(ctx, account.ID, s.now(), models.PurposeSecureAccount); err != nil {
		return 0, err
	}
	if _, err := s.reopen(ctx, tx, account); err != nil { // guard: securing an account calls a thief's deletion off
		return 0, err
	}

	return revoked, tx.ForgetDevices(ctx, account.ID) // guard: securing an account forgets the thief's device
}

// requireUnpaused returns RATE_LIMITED if the operation waits until changes of the account are no longer paused. It
// does nothing without an account.
func (f *flow) requireUnpaused(account *models.Account) error {
	if account == nil || !operationByName[f.operation].Pauses {
		return nil
	}
	return f.service.checkPause(account)
}

// checkPause returns RATE_LIMITED while secureAccount pauses changes of the account.
func (s *Service) checkPause(account *models.Account) error {
	now, until := s.now(), account.ChangesPausedUntil
	if until == nil || !until.After(now) { // guard: changes are paused after an account was secured
		return nil
	}

	return &models.Error{
		Code: models.CodeRateLimited, RetryAfter: wholeSeconds(until.Sub(now)),
		Message: fmt.Sprintf("changes of this account are paused until %s, because its customer said that a sign-in was "+
			"somebody else's", until.Format(time.RFC3339)),
	}
}
