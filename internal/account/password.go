package account

import (
	"context"

	"github.com/accountql/accountql/internal/password"
	"github.com/accountql/accountql/models"
)

// ChangePasswordInput is the input of changePassword.
type ChangePasswordInput struct {
	OldPassword string
	NewPassword string
	// AuthenticatorCode, or RecoveryCode in its place, goes beside OldPassword if the account has an authenticator.
	AuthenticatorCode *string
	RecoveryCode      *string
}

// ChangePasswordPayload is the payload of changePassword.
type ChangePasswordPayload struct {
	Session         *models.Session
	RevokedSessions int
}

// NewSession returns the session that the operation created.
func (p *ChangePasswordPayload) NewSession() *models.Session { return p.Session }

// ChangePassword sets a new password, ends the other sessions and gives the caller's session a new token. It fails
// with INVALID_CREDENTIALS if the old password is wrong, with PASSWORD_REJECTED if the new one is not acceptable,
// and with RATE_LIMITED.
func (s *Service) ChangePassword(
	ctx context.Context, caller models.Caller, input ChangePasswordInput,
) (_ *ChangePasswordPayload, err error) {
	flow := s.begin(caller, opChangePassword, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireUnpaused(caller.Account); err != nil {
		return nil, err
	}

	offered := s.offerFactors(caller, &passwordFactor{password: input.OldPassword, named: "oldPassword"})
	offered.second = newSecondFactor("authenticatorCode", input.AuthenticatorCode, input.RecoveryCode)
	var wrong models.Errors
	wrong.Add(offered.check())
	wrong.Add(requireText("newPassword", input.NewPassword))
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	if issuer := caller.Session.Issuer; issuer != "" && caller.Account.PasswordHash == nil {
		return nil, &models.Error{
			Code: models.CodeInvalidCredentials, Field: "oldPassword",
			Message: "can't be right: the account has no password here, and is signed in to at " + issuer,
		}
	}

	if err := offered.verify(ctx, caller.Account); err != nil {
		return nil, err
	}
	if password.Same(input.OldPassword, input.NewPassword) {
		return nil, errSamePassword("newPassword")
	}

	hash, err := s.newPasswordHash(ctx, caller.Account, "newPassword", input.NewPassword)
	if err != nil {
		return nil, err
	}

	session, err := s.newSession(caller, caller.Account.ID)
	if err != nil {
		return nil, err
	}

	session.Name = caller.Session.Name
	payload := &ChangePasswordPayload{Session: session}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		account, err := lockWithPassword(ctx, tx, caller.Account)
		if err != nil {
			return err
		}
		if err := offered.use(ctx, tx, account); err != nil {
			return err
		}
		if payload.RevokedSessions, err = s.renewSession(ctx, tx, caller, session); err != nil {
			return err
		}
		if err := s.setPassword(ctx, tx, account, hash); err != nil {
			return err
		}

		done.webhookData = eventData{"revokedSessions": payload.RevokedSessions}

		return tx.Enqueue(ctx, s.mail(caller, account, models.MessagePasswordChanged, account.Email))
	})
}

// lockWithPassword locks an account whose old password was right. Of two concurrent changes with the same old
// password one succeeds; for the other, the old password is wrong (R-PWD8).
func lockWithPassword(ctx context.Context, tx Tx, verified *models.Account) (*models.Account, error) {
	account, err := tx.LockAccount(ctx, verified.ID)
	if err != nil {
		return nil, notFoundAs(err, errUnauthenticated())
	}
	if account.CredentialEpoch != verified.CredentialEpoch {
		return nil, errInvalidCredentials()
	}

	return account, nil
}

// renewSession ends all sessions of the caller's account and creates one that replaces the caller's own. It returns
// how many other sessions it ended.
func (s *Service) renewSession(ctx context.Context, tx Tx, caller models.Caller, session *models.Session) (int, error) {
	// guard: a new password ends the others' sessions
	ended, err := tx.EndSessions(ctx, session.AccountID, caller.Session.ID, s.now())
	if err != nil {
		return 0, err
	}

	// Only its issuer can end a customer token.
	if caller.Session.Issuer == "" {
		// guard: a new password ends the caller's token
		if err := tx.EndSession(ctx, session.AccountID, caller.Session.ID, s.now()); err != nil {
			return 0, notFoundAs(err, errUnauthenticated())
		}
	}

	return ended, tx.CreateSession(ctx, session)
}

// newPasswordHash applies the policy, checks whether the password is known from a breach, and hashes it.
func (s *Service) newPasswordHash(ctx context.Context, account *models.Account, field, chosen string) (string, error) {
	if err := s.checkPassword(ctx, account, field, chosen); err != nil {
		return "", err
	}
	return s.Hasher.Hash(ctx, chosen)
}

// checkPassword returns PASSWORD_REJECTED if the policy or the breaches reject the password.
func (s *Service) checkPassword(ctx context.Context, account *models.Account, field, chosen string) error {
	// guard: what the account knows is a word
	if err := s.Policy.Check(field, chosen, knownWords(account)...); err != nil {
		return err
	}
	if s.Breaches != nil && s.Breaches.Breached(ctx, chosen) { // guard: breached passwords are refused
		return models.PasswordRejected(field, models.ReasonBreached, 0,
			"was part of a data breach; choose one that is used nowhere else")
	}

	return nil
}

// errSamePassword is the error for a new password that equals the current one (R-PWD6).
func errSamePassword(field string) error {
	return models.PasswordRejected(field, models.ReasonSameAsOld, 0, "must differ from the old password")
}

// setPassword writes the hash to a locked account, starts a new credential epoch, and voids the secrets that were
// requested with the old credentials (R-PWD7). The tokens that undo an e-mail change stay valid, because the
// customer may need them to take the account back.
func (s *Service) setPassword(
	ctx context.Context, tx Tx, account *models.Account, hash string, columns ...string,
) error {
	account.PasswordHash = &hash
	account.CredentialEpoch++ // guard: a new password begins an epoch
	account.UpdatedAt = s.now()
	columns = append(columns, "password_hash", "credential_epoch", "status", "email_verified_at")
	if err := tx.UpdateAccount(ctx, account, columns...); err != nil {
		return err
	}
	if err := s.voidSecrets(ctx, tx, account.ID); err != nil { // guard: a new password voids what was asked for
		return err
	}

	return tx.ResetBudget(ctx, passwordKey(account.ID))
}

// Accepted is the payload of operations that reveal nothing about the given address.
type Accepted struct {
	Accepted bool
}

// RequestPasswordResetInput is the input of requestPasswordReset.
type RequestPasswordResetInput struct {
	Email models.EmailAddress
}

// RequestPasswordReset mails a token to the account's stored address. It does the same work and returns the same
// payload for every address (R-RPR1); it changes only the pending reset. It fails only with INVALID_INPUT.
func (s *Service) RequestPasswordReset(
	ctx context.Context, caller models.Caller, input RequestPasswordResetInput,
) (*Accepted, error) {
	payload := &Accepted{Accepted: true}
	return acceptMailRequest(ctx, s.begin(caller, opRequestPasswordReset, nobody), payload, input.Email, s.resetRequest())
}

// resetRequest is the request for a mail with a token for a new password.
func (s *Service) resetRequest() mailRequest {
	return mailRequest{
		purpose: models.PurposePasswordReset, kind: models.MessagePasswordReset,
		ttl: s.Settings.PasswordResetTTL, allowed: s.Settings.Limits.ResetMails,
		// guard: a reset opens no account that is shut
		wanted: func(account *models.Account) bool { return !account.Shut() },
	}
}

// ConfirmPasswordResetInput is the input of confirmPasswordReset.
type ConfirmPasswordResetInput struct {
	Token    string
	Password string
	// AuthenticatorCode, or RecoveryCode in its place, is for an account that has an authenticator.
	AuthenticatorCode *string
	RecoveryCode      *string
}

// ConfirmPasswordReset sets a new password with a token, verifies the e-mail address to which the token was sent,
// and ends every session; it does not sign in. If this is the first proof of the address, it also removes
// everything that a stranger may have added to the account (R-PRF3). It never removes a second factor, and asks for it
// (R-WAY4). It fails with TOKEN_INVALID, and with SECOND_FACTOR_REQUIRED, CODE_INVALID and PASSWORD_REJECTED, after which the
// token stays valid for up to ten attempts.
func (s *Service) ConfirmPasswordReset(
	ctx context.Context, caller models.Caller, input ConfirmPasswordResetInput,
) (_ *RevokedSessions, err error) {
	flow := s.begin(caller, opConfirmPasswordReset, nobody)
	defer flow.recordRefusal(ctx, &err)

	var wrong models.Errors
	wrong.Add(requireText("token", input.Token))
	wrong.Add(requireText("password", input.Password))
	second := newSecondFactor("authenticatorCode", input.AuthenticatorCode, input.RecoveryCode)
	if second != nil {
		wrong.Add(second.check())
	}
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	challenge, err := s.findToken(ctx, caller, models.PurposePasswordReset, input.Token)
	if err != nil {
		return nil, err
	}

	flow.accountID = challenge.AccountID
	hash, err := s.decideReset(ctx, caller, challenge, second, input.Password)
	if err != nil {
		return nil, err
	}

	payload := &RevokedSessions{}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		account, err := s.redeem(ctx, tx, challenge)
		if err != nil {
			return err
		}
		if second != nil {
			if err := second.use(ctx, s, tx, caller, account); err != nil {
				return err
			}
		}

		// guard: a reset ends every session
		if payload.RevokedSessions, err = tx.EndSessions(ctx, account.ID, "", s.now()); err != nil {
			return err
		}

		done.webhookData = eventData{"revokedSessions": payload.RevokedSessions}
		notice, cleaned, err := s.proveByReset(ctx, tx, account)
		if err != nil {
			return err
		}
		if err := s.setPassword(ctx, tx, account, hash, cleaned...); err != nil {
			return err
		}

		return tx.Enqueue(ctx, s.mail(caller, account, notice, account.Email))
	})
}

// decideReset returns the hash of a new password that may be set with a token. Each call counts as an attempt at
// the token, except one that only lacks the second factor.
func (s *Service) decideReset(
	ctx context.Context, caller models.Caller, challenge *models.Challenge, second *secondFactor, chosen string,
) (string, error) {
	account, err := s.Store.AccountByID(ctx, challenge.AccountID)
	if err != nil {
		return "", notFoundAs(err, errTokenInvalid())
	}
	if !challenge.Live(account, s.now()) || account.Shut() {
		return "", errTokenInvalid()
	}
	// guard: a reset asks for the second factor
	if second == nil && account.SecondFactorSince != nil {
		return "", errSecondFactorRequired("")
	}

	err = s.Store.InTx(ctx, func(tx Tx) error {
		_, err := tx.TryChallenge(ctx, challenge.ID, resetAttempts, s.now())
		return notFoundAs(err, errTokenInvalid())
	})
	if err != nil {
		return "", err
	}
	if second != nil {
		if err := second.verify(ctx, s, caller, account); err != nil {
			return "", err
		}
	}

	same, err := s.Hasher.Verify(ctx, account.PasswordHash, chosen)
	if err != nil {
		return "", err
	}
	if same {
		return "", errSamePassword("password")
	}

	return s.newPasswordHash(ctx, account, "password", chosen)
}

// proveByReset records on a locked account that its customer proved the address by a reset. It returns the notice
// for the customer and the changed columns.
func (s *Service) proveByReset(
	ctx context.Context, tx Tx, account *models.Account,
) (notice models.MessageKind, cleaned []string, err error) {
	notice = models.MessagePasswordChanged
	if !account.EmailVerified() {
		notice = models.MessageEmailProven
		if cleaned, err = s.cleanUp(ctx, tx, account); err != nil {
			return "", nil, err
		}
		if err := tx.DropRegistrations(ctx, account.Email); err != nil { // guard: a reset ends what waits
			return "", nil, err
		}
	}

	activated := account.Status == models.StatusPending
	s.verifyEmail(account)
	if activated {
		err = s.enqueueEvent(ctx, tx, models.EventAccountActivated, account.ID, nil)
	}

	return notice, cleaned, err
}

// verifyEmail marks the current address as proved, which also activates a pending account.
func (s *Service) verifyEmail(account *models.Account) {
	if account.EmailVerifiedAt == nil {
		now := s.now()
		account.EmailVerifiedAt = &now
	}
	if account.Status == models.StatusPending {
		account.Status = models.StatusActive
	}
}
