package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// SignInInput is the input of signIn.
type SignInInput struct {
	Email    models.EmailAddress
	Password string
}

// SignInPayload is the payload of signIn.
type SignInPayload struct {
	Session *models.Session
	Account *models.Account
}

// NewSession returns the session that the operation created.
func (p *SignInPayload) NewSession() *models.Session { return p.Session }

// SignIn creates a session. It returns the same INVALID_CREDENTIALS error for a wrong password and for an unknown
// e-mail address. It returns ACTIVATION_REQUIRED, ACCOUNT_BLOCKED, DELETION_PENDING or SECOND_FACTOR_REQUIRED only after the
// right password.
func (s *Service) SignIn(ctx context.Context, caller models.Caller, input SignInInput) (_ *SignInPayload, err error) {
	flow := s.begin(caller, opSignIn, nobody)
	defer flow.recordRefusal(ctx, &err)

	var wrong models.Errors
	email, invalid := contact.ParseEmail("email", input.Email)
	wrong.Add(invalid)
	wrong.Add(requireText("password", input.Password))
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	account, err := s.verifyEmailAndPassword(ctx, caller, email, input.Password)
	flow.concerns(account)
	if err != nil {
		return nil, err
	}
	if err := checkUsable(account); err != nil { // guard: the state of an account is looked at
		return nil, err
	}

	rehashed, err := s.rehash(ctx, account, input.Password)
	if err != nil {
		return nil, err
	}
	if s.asksForSecondFactor(account) { // guard: a password alone opens no account with an authenticator
		return nil, s.beginSecondStep(ctx, account, func(tx Tx) error {
			current, err := lockUnchanged(ctx, tx, account, errInvalidCredentials)
			if err != nil {
				return err
			}
			return writeRehashed(ctx, tx, current, rehashed)
		})
	}

	session, err := s.newSession(caller, account.ID)
	if err != nil {
		return nil, err
	}

	payload := &SignInPayload{Session: session}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		done.SessionID = session.ID
		current, err := lockUnchanged(ctx, tx, account, errInvalidCredentials)
		if err != nil {
			return err
		}

		if err := writeRehashed(ctx, tx, current, rehashed); err != nil {
			return err
		}

		payload.Account = current
		if err := s.recordSignIn(ctx, tx, current); err != nil {
			return err
		}

		return s.beginSession(ctx, tx, caller, session)
	})
}

// rehash returns a new hash of the account's right password if the stored hash is outdated, otherwise nil.
func (s *Service) rehash(ctx context.Context, account *models.Account, right string) (*string, error) {
	if !s.Hasher.Outdated(*account.PasswordHash) {
		return nil, nil
	}
	hash, err := s.Hasher.Hash(ctx, right)
	return &hash, err
}

// writeRehashed writes the new hash of a locked account's password, unless it is nil.
func writeRehashed(ctx context.Context, tx Tx, account *models.Account, rehashed *string) error {
	if rehashed == nil {
		return nil
	}
	account.PasswordHash = rehashed
	return tx.UpdateAccount(ctx, account, "password_hash")
}

// newSession creates a session whose customer has just proved a factor; the caller stores it.
func (s *Service) newSession(caller models.Caller, accountID string) (*models.Session, error) {
	token, hash, err := s.newToken(models.SessionTokenPrefix)
	if err != nil {
		return nil, err
	}

	now := s.now()
	ends := now.Add(s.Settings.SessionMax)
	session := &models.Session{
		ID: s.NewID(), AccountID: accountID, TokenHash: hash, Token: &token, Current: true,
		CreatedAt: now, AuthenticatedAt: now, LastUsedAt: now,
		EndsAt: ends, ExpiresAt: earlier(now.Add(s.Settings.SessionIdle), ends),
		UserAgent: optionalText(caller.UserAgent), Brands: optionalText(caller.Brands), IP: optionalText(caller.IP),
	}
	if caller.APIKey != nil {
		session.APIKeyID = caller.APIKey.ID
	}

	return session, nil
}

// signInResolution is the precision with which a sign-in itself counts as a use of the account. Calls with the session
// are recorded more precisely, but some time later.
const signInResolution = 24 * time.Hour

// recordSignIn records a sign-in as a use of a locked account, at once: an account that is about to be erased because
// nobody uses it must not miss it.
func (s *Service) recordSignIn(ctx context.Context, tx Tx, account *models.Account) error {
	if now := s.now(); now.Sub(account.LastUsed()) >= signInResolution { // guard: a sign-in is a use
		return tx.RecordUse(ctx, account.ID, now)
	}
	return nil
}

// beginSession stores the session of a sign-in, by whatever way, and looks at its device. The browser replaces the
// session in its cookie, so beginSession ends the old one: nobody could end it any more.
func (s *Service) beginSession(ctx context.Context, tx Tx, caller models.Caller, session *models.Session) error {
	if err := tx.CreateSession(ctx, session); err != nil {
		return err
	}
	session.Mark = caller.Device
	// guard: every sign-in looks at the device
	if err := s.meetDevice(ctx, tx, caller, session.AccountID); err != nil || !caller.SessionInCookie {
		return err
	}

	ended, err := s.endSession(ctx, tx, caller.Account.ID, caller.Session.ID)
	if err != nil || ended == 0 {
		return err
	}
	if err := s.enqueueRevoked(ctx, tx, caller.Account.ID, ended); err != nil {
		return err
	}

	event := s.event(caller, opSignOut, caller.Account.ID)

	return s.recordSuccess(ctx, tx, &event, nil)
}

// SignOutScope selects the sessions that signOut ends.
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

// RevokedSessions is the payload of operations that end sessions.
type RevokedSessions struct {
	RevokedSessions int
}

// SignOut ends sessions of the caller's account.
func (s *Service) SignOut(
	ctx context.Context, caller models.Caller, input SignOutInput,
) (_ *RevokedSessions, err error) {
	flow := s.begin(caller, opSignOut, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)
	if issuer := caller.Session.Issuer; issuer != "" && input.Scope == ThisSession {
		return nil, errIssuersSession("scope", issuer)
	}

	return s.endSessions(ctx, flow, func(tx Tx) (int, error) {
		switch input.Scope {
		case AllSessions:
			return tx.EndSessions(ctx, flow.accountID, "", s.now())
		case OtherSessions:
			return tx.EndSessions(ctx, flow.accountID, caller.Session.ID, s.now())
		default:
			return s.endSession(ctx, tx, flow.accountID, caller.Session.ID)
		}
	})
}

// RevokeSessionInput is the input of revokeSession.
type RevokeSessionInput struct {
	ID string
}

// RevokeSession ends one session of the caller's account. An ID that is unknown or belongs to another account ends
// none.
func (s *Service) RevokeSession(
	ctx context.Context, caller models.Caller, input RevokeSessionInput,
) (_ *RevokedSessions, err error) {
	flow := s.begin(caller, opRevokeSession, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)
	if err := requireText("id", input.ID); err != nil {
		return nil, err
	}
	if issuer := caller.Session.Issuer; issuer != "" && input.ID == caller.Session.ID {
		return nil, errIssuersSession("id", issuer)
	}

	return s.endSessions(ctx, flow, func(tx Tx) (int, error) {
		return s.endSession(ctx, tx, flow.accountID, input.ID)
	})
}

// endSessions commits a flow that ends sessions. It enqueues a webhook event if any session ended.
func (s *Service) endSessions(ctx context.Context, flow *flow, end func(tx Tx) (int, error)) (*RevokedSessions, error) {
	payload := &RevokedSessions{}
	return commit(ctx, flow, payload, func(tx Tx, _ *success) (err error) {
		if payload.RevokedSessions, err = end(tx); err != nil {
			return err
		}
		return s.enqueueRevoked(ctx, tx, flow.accountID, payload.RevokedSessions)
	})
}

// endSession ends one session of the account and returns the number of ended sessions: 0 if it has already ended.
func (s *Service) endSession(ctx context.Context, tx Tx, accountID, id string) (int, error) {
	err := tx.EndSession(ctx, accountID, id, s.now())
	if errors.Is(err, models.ErrNotFound) {
		return 0, nil
	}
	return 1, err
}

// maxListedSessions limits account.sessions, which grows with every sign-in.
const maxListedSessions = 100

// Sessions returns up to 100 live sessions of the account: the caller's own first, then the most recently used ones.
// SessionCount also counts the others.
func (s *Service) Sessions(
	ctx context.Context, caller models.Caller, account *models.Account,
) ([]*models.Session, error) {
	sessions, err := s.Store.RecentSessions(ctx, account.ID, s.now(), maxListedSessions)
	shown := make([]*models.Session, len(sessions))
	for i := range sessions {
		shown[i] = &sessions[i]
		shown[i].Current = caller.Session != nil && shown[i].ID == caller.Session.ID
	}

	// The time of use is written some time later, so that the caller's own session need not be the first.
	return currentFirst(shown, func(s *models.Session) bool { return s.Current }), err
}

// SessionCount returns the number of the account's live sessions. It returns a pointer because the schema's field
// is null if there is an error.
func (s *Service) SessionCount(ctx context.Context, account *models.Account) (*int, error) {
	count, err := s.Store.CountSessions(ctx, account.ID, s.now())
	return &count, err
}
