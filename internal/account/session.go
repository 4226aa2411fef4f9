package account

import (
	"context"
	"errors"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// SignInInput is the input of signIn.
type SignInInput struct {
	Email    models.EmailAddress
	Password string
}

// SignInPayload is the answer of signIn.
type SignInPayload struct {
	Session *models.Session
	Account *models.Account
}

// NewSession is the session that the operation began.
func (p *SignInPayload) NewSession() *models.Session { return p.Session }

// SignIn makes a session. It fails with INVALID_CREDENTIALS for a wrong
// password and an unknown e-mail alike, and with ACTIVATION_REQUIRED and
// ACCOUNT_BLOCKED only after the right password.
func (s *Service) SignIn(ctx context.Context, caller models.Caller, input SignInInput) (_ *SignInPayload, err error) {
	var accountID string
	defer s.recordRefusal(ctx, caller, opSignIn, &accountID, &err)
	var wrong models.Errors
	email, invalid := contact.ParseEmail("email", input.Email)
	wrong.Add(invalid)
	wrong.Add(requireText("password", input.Password))
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}
	account, err := s.verifyEmailAndPassword(ctx, caller, email, input.Password)
	if account != nil {
		accountID = account.ID
	}
	if err != nil {
		return nil, err
	}
	if err := checkUsable(account); err != nil {
		return nil, err
	}
	var rehashed *string
	if s.Hasher.Outdated(*account.PasswordHash) {
		hash, err := s.Hasher.Hash(ctx, input.Password)
		if err != nil {
			return nil, err
		}
		rehashed = &hash
	}
	session, err := s.newSession(caller, account.ID)
	if err != nil {
		return nil, err
	}
	var payload *SignInPayload
	err = s.inTx(ctx, func(tx Tx) error {
		current, err := tx.LockAccount(ctx, account.ID)
		// The password that was verified must still be the password, and the account usable, when the session begins.
		if errors.Is(err, models.ErrNotFound) || err == nil && (current.CredentialEpoch != account.CredentialEpoch || checkUsable(current) != nil) {
			return errInvalidCredentials()
		}
		if err != nil {
			return err
		}
		if rehashed != nil {
			current.PasswordHash = rehashed
			if err := tx.UpdateAccount(ctx, current, "password_hash"); err != nil {
				return err
			}
		}
		if err := s.beginSession(ctx, tx, caller, session); err != nil {
			return err
		}
		event := s.event(caller, opSignIn, current.ID)
		event.SessionID = session.ID
		payload = &SignInPayload{Session: session, Account: current}
		return s.succeed(ctx, tx, caller, event, payload)
	})
	if err != nil {
		return nil, err
	}
	return payload, nil
}

// newSession makes a session whose customer has just proved a factor; the caller stores it.
func (s *Service) newSession(caller models.Caller, accountID string) (*models.Session, error) {
	token, hash, err := s.newToken(models.SessionTokenPrefix)
	if err != nil {
		return nil, err
	}
	now := s.now()
	ends := now.Add(s.Settings.SessionMax)
	session := &models.Session{
		ID: s.NewID(), AccountID: accountID, TokenHash: hash, Token: &token, Current: true,
		CreatedAt: now, AuthenticatedAt: now, LastUsedAt: now, EndsAt: ends, ExpiresAt: earlier(now.Add(s.Settings.SessionIdle), ends),
		UserAgent: optionalText(caller.UserAgent), IP: optionalText(caller.IP),
	}
	if caller.APIKey != nil {
		session.APIKeyID = caller.APIKey.ID
	}
	return session, nil
}

// beginSession stores a session that somebody signs in with. The browser forgets
// the one that its cookie held, so that one ends: nobody could end it any more.
func (s *Service) beginSession(ctx context.Context, tx Tx, caller models.Caller, session *models.Session) error {
	if err := tx.CreateSession(ctx, session); err != nil || !caller.SessionInCookie {
		return err
	}
	ended, err := endSession(ctx, tx, caller.Account.ID, caller.Session.ID, s)
	if err != nil || ended == 0 {
		return err
	}
	if err := s.enqueueRevoked(ctx, tx, caller.Account.ID, ended); err != nil {
		return err
	}
	return tx.RecordEvent(ctx, s.event(caller, opSignOut, caller.Account.ID))
}

// SignOutScope says which sessions signOut ends.
type SignOutScope string

// The scopes of signOut.
const (
	ThisSession   SignOutScope = "THIS_SESSION"
	OtherSessions SignOutScope = "OTHER_SESSIONS"
	AllSessions   SignOutScope = "ALL_SESSIONS"
)

// SignOutInput is the input of signOut.
type SignOutInput struct {
	Scope SignOutScope
}

// RevokedSessions is the answer of operations that end sessions.
type RevokedSessions struct {
	RevokedSessions int
}

// SignOut ends sessions of the caller's account.
func (s *Service) SignOut(ctx context.Context, caller models.Caller, input SignOutInput) (_ *RevokedSessions, err error) {
	accountID := caller.AccountID()
	defer s.recordRefusal(ctx, caller, opSignOut, &accountID, &err)
	if issuer := caller.Session.Issuer; issuer != "" && input.Scope == ThisSession {
		return nil, errIssuersSession("scope", issuer)
	}
	var payload *RevokedSessions
	err = s.inTx(ctx, func(tx Tx) error {
		var ended int
		switch input.Scope {
		case AllSessions:
			ended, err = tx.EndSessions(ctx, accountID, "", s.now())
		case OtherSessions:
			ended, err = tx.EndSessions(ctx, accountID, caller.Session.ID, s.now())
		default:
			ended, err = endSession(ctx, tx, accountID, caller.Session.ID, s)
		}
		if err != nil {
			return err
		}
		if err := s.enqueueRevoked(ctx, tx, accountID, ended); err != nil {
			return err
		}
		payload = &RevokedSessions{RevokedSessions: ended}
		return s.succeed(ctx, tx, caller, s.event(caller, opSignOut, accountID), payload)
	})
	if err != nil {
		return nil, err
	}
	return payload, nil
}

// RevokeSessionInput is the input of revokeSession.
type RevokeSessionInput struct {
	ID string
}

// RevokeSession ends one session of the caller's account; one that is gone, or another account's, counts as none.
func (s *Service) RevokeSession(ctx context.Context, caller models.Caller, input RevokeSessionInput) (_ *RevokedSessions, err error) {
	accountID := caller.AccountID()
	defer s.recordRefusal(ctx, caller, opRevokeSession, &accountID, &err)
	if err := requireText("id", input.ID); err != nil {
		return nil, err
	}
	if issuer := caller.Session.Issuer; issuer != "" && input.ID == caller.Session.ID {
		return nil, errIssuersSession("id", issuer)
	}
	var payload *RevokedSessions
	err = s.inTx(ctx, func(tx Tx) error {
		ended, err := endSession(ctx, tx, accountID, input.ID, s)
		if err != nil {
			return err
		}
		if err := s.enqueueRevoked(ctx, tx, accountID, ended); err != nil {
			return err
		}
		payload = &RevokedSessions{RevokedSessions: ended}
		return s.succeed(ctx, tx, caller, s.event(caller, opRevokeSession, accountID), payload)
	})
	if err != nil {
		return nil, err
	}
	return payload, nil
}

func endSession(ctx context.Context, tx Tx, accountID, id string, s *Service) (int, error) {
	err := tx.EndSession(ctx, accountID, id, s.now())
	if errors.Is(err, models.ErrNotFound) {
		return 0, nil
	}
	return 1, err
}

// maxListedSessions bounds account.sessions, which grows with every sign-in.
const maxListedSessions = 100

// Sessions returns the live sessions of the account, the most recently used first,
// and no more than 100; SessionCount tells of the others.
func (s *Service) Sessions(ctx context.Context, caller models.Caller, account *models.Account) ([]*models.Session, error) {
	sessions, err := s.Store.RecentSessions(ctx, account.ID, s.now(), maxListedSessions)
	shown := make([]*models.Session, len(sessions))
	for i := range sessions {
		shown[i] = &sessions[i]
		shown[i].Current = caller.Session != nil && shown[i].ID == caller.Session.ID
	}
	return shown, err
}

// SessionCount returns how many sessions of the account are live; a pointer, for the field is nullable beside an error.
func (s *Service) SessionCount(ctx context.Context, account *models.Account) (*int, error) {
	count, err := s.Store.CountSessions(ctx, account.ID, s.now())
	return &count, err
}
