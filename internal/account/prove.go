package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// ProveIdentityInput is the input of proveIdentity.
type ProveIdentityInput struct {
	ProofInput
	// Code is a code of requestIdentityCode.
	Code *string
}

// ProveIdentityPayload is the payload of proveIdentity.
type ProveIdentityPayload struct {
	Session *models.Session
	// StepUpUntil is when the window closes.
	StepUpUntil time.Time
}

// NewSession returns the caller's session with its new token.
func (p *ProveIdentityPayload) NewSession() *models.Session { return p.Session }

// ProveIdentity verifies one factor of the signed-in customer, gives the session a new token and opens its window:
// until the window closes, operations with ProofWindow need no other proof. The old token ends, so that whoever has
// stolen it gets no window. It fails with REAUTHENTICATION_REQUIRED without a factor, and for a customer token, which
// has no window; and with INVALID_CREDENTIALS, CODE_INVALID or RATE_LIMITED.
func (s *Service) ProveIdentity(
	ctx context.Context, caller models.Caller, input ProveIdentityInput,
) (_ *ProveIdentityPayload, err error) {
	flow := s.begin(caller, opProveIdentity, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	offered := s.offer(caller, opProveIdentity, input.ProofInput)
	if input.Code != nil {
		offered.factors = append(offered.factors, newCodeFactor(*input.Code, caller.Session))
	}
	if err := offered.check(); err != nil {
		return nil, err
	}

	if err := checkOwnSession(caller); err != nil {
		return nil, err
	}
	if err := offered.require(opProveIdentity); err != nil {
		return nil, err
	}
	if err := offered.verify(ctx, caller.Account); err != nil {
		return nil, err
	}

	session, err := s.rotated(caller.Session)
	if err != nil {
		return nil, err
	}

	payload := &ProveIdentityPayload{Session: session, StepUpUntil: session.StepUpAt.Add(s.Settings.StepUp)}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		done.SessionID = session.ID
		account, err := lockCaller(ctx, tx, caller)
		if err != nil {
			return err
		}
		if err := offered.use(ctx, tx, account); err != nil {
			return err
		}

		return notFoundAs(tx.RotateSession(ctx, session, caller.Session.TokenHash, s.now()), errUnauthenticated())
	})
}

// rotated returns the session with a new token, whose customer has just proved a factor. The session keeps its limits:
// a proof does not prolong it.
func (s *Service) rotated(session *models.Session) (*models.Session, error) {
	token, hash, err := s.newToken(models.SessionTokenPrefix)
	if err != nil {
		return nil, err
	}

	now, renewed := s.now(), *session
	renewed.Token, renewed.TokenHash, renewed.Current = &token, hash, true
	renewed.AuthenticatedAt, renewed.StepUpAt = now, &now

	return &renewed, nil
}

// checkOwnSession returns REAUTHENTICATION_REQUIRED if the session is a customer token: this service can't give it
// another.
func checkOwnSession(caller models.Caller) error {
	if caller.Session.Issuer != "" {
		return reauthenticate(caller, "")
	}
	return nil
}

// IdentityCodeChannel is where requestIdentityCode sends the code.
type IdentityCodeChannel string

// The channels of requestIdentityCode.
const (
	IdentityCodeEmail IdentityCodeChannel = "EMAIL"
	IdentityCodePhone IdentityCodeChannel = "PHONE"
)

// codeTargetKey is the key of the codes to the account's address or number.
func codeTargetKey(account *models.Account, channel IdentityCodeChannel) string {
	target := string(account.Email)
	if channel == IdentityCodePhone {
		target = ""
		if account.Phone != nil {
			target = string(*account.Phone)
		}
	}
	return budgetKey(budgetDestinations, string(models.MessageIdentityCode), target)
}

// identityCodeTTL is how long a code of requestIdentityCode is valid.
const identityCodeTTL = 10 * time.Minute

// RequestIdentityCodeInput is the input of requestIdentityCode.
type RequestIdentityCodeInput struct {
	Channel IdentityCodeChannel
}

// RequestIdentityCodePayload is the payload of requestIdentityCode.
type RequestIdentityCodePayload struct {
	// Destination is the address or number, masked.
	Destination       string
	ExpiresAt         time.Time
	ResendAvailableAt time.Time
}

// RequestIdentityCode sends a code for proveIdentity to the account's proven address or number. The newest code is the
// only one. It fails with INVALID_INPUT if the account has no proven one, with MESSAGE_CHANNEL_UNAVAILABLE, with
// RATE_LIMITED, and with REAUTHENTICATION_REQUIRED for a customer token.
func (s *Service) RequestIdentityCode(
	ctx context.Context, caller models.Caller, input RequestIdentityCodeInput,
) (_ *RequestIdentityCodePayload, err error) {
	flow := s.begin(caller, opRequestIdentityCode, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := checkOwnSession(caller); err != nil {
		return nil, err
	}
	if err := s.checkCodeChannel(caller.Account, caller.Session, input.Channel); err != nil {
		return nil, err
	}

	code, err := s.prepareIdentityCode(ctx, caller, input.Channel)
	if err != nil {
		return nil, err
	}

	payload := &RequestIdentityCodePayload{
		Destination: code.challenge.Pending().Destination,
		ExpiresAt:   code.challenge.ExpiresAt, ResendAvailableAt: code.challenge.ResendAvailableAt,
	}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		account, err := lockCaller(ctx, tx, caller)
		if err != nil {
			return err
		}
		// The number may have been taken away since.
		if err := s.checkCodeChannel(account, caller.Session, input.Channel); err != nil {
			return err
		}

		return code.start(ctx, tx)
	})
}

// checkCodeChannel returns INVALID_INPUT if the account has no address or number of the channel that proves who has the
// session, and MESSAGE_CHANNEL_UNAVAILABLE if no text message can be sent.
func (s *Service) checkCodeChannel(
	account *models.Account, session *models.Session, channel IdentityCodeChannel,
) error {
	// guard: a code goes to a proven address
	if channel == IdentityCodeEmail && account.EmailVerified() && !account.EmailDisplaced() {
		return nil
	}
	if channel == IdentityCodePhone && numberProves(account, session) {
		return s.checkTextMessages()
	}

	return models.InvalidInput("channel", models.ReasonNotAllowed, 0,
		"has no proven address of the account, and no number that was proven before this sign-in")
}

// numberProves reports whether a code to the account's number proves who has the session. The number must have been
// proven before the session began: a young session confirms a number without another proof, so that a thief who has it
// would bring a number of their own.
func numberProves(account *models.Account, session *models.Session) bool {
	return account.PhoneVerified() && // guard: a code goes to a proven number
		account.PhoneVerifiedAt.Before(session.CreatedAt) // guard: a session brings no number of its own
}

// prepareIdentityCode creates the code and its message. It fails with RATE_LIMITED after a hundred wrong codes.
func (s *Service) prepareIdentityCode(
	ctx context.Context, caller models.Caller, channel IdentityCodeChannel,
) (*sentCode, error) {
	if err := s.checkCodesLeft(ctx, caller.Account.ID); err != nil {
		return nil, err
	}

	kind := codeKind{
		purpose: models.PurposeIdentityCode, message: models.MessageIdentityCode, channel: models.ChannelMail,
		ttl: identityCodeTTL,
	}
	if channel == IdentityCodeEmail {
		return s.newSentCode(ctx, caller, caller.Account, kind, string(caller.Account.Email))
	}

	kind.channel = models.ChannelTextMessage

	return s.newSentCode(ctx, caller, caller.Account, kind, string(*caller.Account.Phone))
}

// checkCodesLeft returns RATE_LIMITED after a hundred wrong codes in a row (R-CPU3).
func (s *Service) checkCodesLeft(ctx context.Context, accountID string) error {
	spent, err := s.Store.Budgets(ctx, codeFailuresKey(accountID))
	if err != nil || len(spent) == 0 {
		return err
	}
	return s.codesLeft(spent[0])
}

func (s *Service) codesLeft(failures models.Budget) error {
	if tooManyCodes(failures, s.now()) {
		return rateLimited(failures.ResetsAt.Sub(s.now()))
	}
	return nil
}
