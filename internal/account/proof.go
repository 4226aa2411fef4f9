package account

import (
	"context"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// ProofInput is the part of an input by which a caller proves that it is the customer: with one factor, and with a
// second one beside it if the account has an authenticator.
type ProofInput struct {
	Password *string
	// ExternalToken is a token of IdentityProvider.
	IdentityProvider *models.IdentityProvider
	ExternalToken    *string
	// Passkey is what an authenticator answered to the options of requestPasskeyProof.
	Passkey models.JSONObject
	// AuthenticatorCode, or RecoveryCode in its place, goes beside one of the others if the account has an authenticator.
	AuthenticatorCode *string
	RecoveryCode      *string
}

// factor is one way to prove who the customer is. Each kind of factor has its own file.
type factor interface {
	// check returns INVALID_INPUT if the value can't be a factor at all. It runs before anything is counted or
	// looked up.
	check() error
	// field returns the name of the input field that holds the factor.
	field() string
	// verify checks that the factor is the account's. It counts the attempt durably before it checks the factor. It
	// fails with INVALID_CREDENTIALS or RATE_LIMITED.
	verify(ctx context.Context, s *Service, caller models.Caller, account *models.Account) error
	// owner returns the account with a canonical address if the factor is the account's. It does the same work for
	// an unknown address. It fails with INVALID_CREDENTIALS or RATE_LIMITED; if the account is known, it returns
	// the account also with the error.
	owner(ctx context.Context, s *Service, caller models.Caller, email models.EmailAddress) (*models.Account, error)
	// use consumes a verified factor, in the transaction that the factor was given for. The account must be locked.
	use(ctx context.Context, s *Service, tx Tx, account *models.Account) error
}

// proof is the evidence that the caller is the customer: at most one factor, and perhaps a second one beside it. It goes
// through fixed steps: offer, check, verify or identify, and then use or settle in the transaction that the proof is for.
type proof struct {
	service *Service
	caller  models.Caller
	factors []factor
	// second is nil if the input has no second factor.
	second *secondFactor
}

// offer collects the factors of the input of an operation into a proof.
func (s *Service) offer(caller models.Caller, operation OperationName, input ProofInput) proof {
	offered := s.offerFactors(caller)
	offered.second = newSecondFactor("authenticatorCode", input.AuthenticatorCode, input.RecoveryCode)
	if input.Password != nil {
		offered.factors = append(offered.factors, &passwordFactor{password: *input.Password, named: "password"})
	}
	if input.ExternalToken != nil {
		offered.factors = append(offered.factors, newTokenFactor(input.IdentityProvider, *input.ExternalToken))
	}
	if input.Passkey != nil {
		offered.factors = append(offered.factors, s.newPasskeyFactor(operation, input.Passkey, "passkey"))
	}

	return offered
}

func (s *Service) offerFactors(caller models.Caller, factors ...factor) proof {
	return proof{service: s, caller: caller, factors: factors}
}

func (p *proof) given() bool { return len(p.factors) > 0 }

// check returns INVALID_INPUT if a factor is malformed, if the input has more than one factor, or only a second one.
func (p *proof) check() error {
	var wrong models.Errors
	for i, factor := range p.factors {
		wrong.Add(factor.check())
		if i > 0 {
			wrong.Add(models.InvalidInput(factor.field(), models.ReasonConflicting, 0,
				"must not be given beside "+p.factors[0].field()))
		}
	}

	wrong.Add(p.checkSecond())

	return wrong.OrNil()
}

// checkSecond is the part of check that is about the second factor.
func (p *proof) checkSecond() error {
	if p.second == nil {
		return nil
	}

	var wrong models.Errors
	wrong.Add(p.second.check())
	if !p.given() { // guard: a second factor is none by itself
		wrong.Add(models.InvalidInput("password", models.ReasonRequired, 0,
			"must be given, or another factor, beside a code of the authenticator"))
	}

	return wrong.OrNil()
}

// require returns REAUTHENTICATION_REQUIRED if the input has no factor and the session alone is not enough for the
// operation.
func (p *proof) require(operation OperationName) error {
	session := p.caller.Session
	if session == nil || p.given() || !p.service.needsProof(operation, session) {
		return nil
	}
	return reauthenticate(p.caller, "password")
}

// verify verifies the factor, if the input has one, and the second one. The transaction that the proof is for must then
// consume them, by use or settle.
func (p *proof) verify(ctx context.Context, account *models.Account) error {
	for _, factor := range p.factors {
		if err := factor.verify(ctx, p.service, p.caller, account); err != nil {
			return err
		}
	}
	return p.verifySecond(ctx, account)
}

// verifySecond verifies the second factor, after the first one was right. Without one it returns SECOND_FACTOR_REQUIRED if
// the account has an authenticator, unless the first factor was a passkey, which counts as two.
func (p *proof) verifySecond(ctx context.Context, account *models.Account) error {
	switch {
	case p.second != nil:
		return p.second.verify(ctx, p.service, p.caller, account)
	case !p.given() || account.SecondFactorSince == nil:
		return nil
	}

	for _, factor := range p.factors {
		if _, passkey := factor.(*passkeyFactor); passkey {
			return nil
		}
	}

	return errSecondFactorRequired("") // guard: a proof of an account with an authenticator is two factors
}

// identify returns the account of an operation that works with and without a session; see docs/domain.md,
// "Without a session". With a session, the account is the session's, and the proof, if given, must be right. Without
// one, accountEmail names the account, and the proof must be right for that account; the checks and refusals are
// those of signIn. If the account is known, identify returns it also with an error.
func (p *proof) identify(ctx context.Context, accountEmail *models.EmailAddress) (*models.Account, error) {
	if p.caller.SessionRefused {
		return nil, p.caller.Unauthenticated()
	}
	if p.caller.Session != nil {
		return p.caller.Account, p.verify(ctx, p.caller.Account)
	}
	if accountEmail == nil || !p.given() {
		return nil, errUnauthenticated()
	}

	email, err := contact.ParseEmail("accountEmail", *accountEmail)
	if err != nil {
		return nil, err
	}

	account, err := p.factors[0].owner(ctx, p.service, p.caller, email)
	if err != nil {
		return account, err
	}
	if err := checkUsable(account); err != nil {
		return account, err
	}

	return account, p.verifySecond(ctx, account) // guard: who names an account proves two factors, too
}

// use consumes the proof, in the transaction that the proof was given for. The account must be locked.
func (p *proof) use(ctx context.Context, tx Tx, account *models.Account) error {
	for _, factor := range p.factors {
		if err := factor.use(ctx, p.service, tx, account); err != nil {
			return err
		}
	}
	if p.second == nil {
		return nil
	}
	return p.second.use(ctx, p.service, tx, p.caller, account)
}

// settle does what use does, and records on the session that its customer proved a factor. It also updates the
// caller's copy of the session, because the payload may show what the session may do.
func (p *proof) settle(ctx context.Context, tx Tx, account *models.Account) error {
	if err := p.use(ctx, tx, account); err != nil {
		return err
	}

	session := p.caller.Session
	if !p.given() || session == nil || session.Issuer != "" {
		return nil
	}

	session.AuthenticatedAt = p.service.now()

	return notFoundAs(tx.ProveSession(ctx, session.ID, session.AuthenticatedAt), errUnauthenticated())
}

// checkUsable returns ACTIVATION_REQUIRED, ACCOUNT_BLOCKED or DELETION_PENDING if an account can't be used although
// its proof is right.
func checkUsable(account *models.Account) error {
	switch account.Status {
	case models.StatusPending:
		return errActivationRequired()
	case models.StatusBlocked:
		return models.NewError(models.CodeAccountBlocked, "the account is blocked; ask the shop")
	case models.StatusDeletionPending:
		return models.NewError(models.CodeDeletionPending,
			"the account waits for its deletion; cancelAccountDeletion keeps it")
	}
	return nil
}

func errActivationRequired() *models.Error {
	return models.NewError(models.CodeActivationRequired,
		"confirm your e-mail address first; requestAccountActivation sends the mail again")
}

// needsProof reports whether an operation needs a proof in addition to the session (docs/domain.md, "Step-up").
func (s *Service) needsProof(operation OperationName, session *models.Session) bool {
	switch operationByName[operation].Proof {
	case ProofInCall:
		return true
	case ProofRecent:
		return !s.recentlyProved(session)
	case ProofWindow:
		return !s.windowOpen(session)
	default:
		return false
	}
}

// recentlyProved reports whether the session's customer proved a factor within --step-up, to this service or to the
// issuer of a customer token.
func (s *Service) recentlyProved(session *models.Session) bool {
	return session != nil && s.now().Sub(session.AuthenticatedAt) < s.Settings.StepUp // guard: a proof grows old
}

// windowOpen reports whether proveIdentity opened the session's window within --step-up. A sign-in opens none.
func (s *Service) windowOpen(session *models.Session) bool {
	if session == nil || session.StepUpAt == nil {
		return false
	}
	return s.now().Sub(*session.StepUpAt) < s.Settings.StepUp // guard: a window closes
}

// reauthenticate returns REAUTHENTICATION_REQUIRED with a message that fits how the customer signs in.
func reauthenticate(caller models.Caller, field string) error {
	if caller.Session != nil && caller.Session.Issuer != "" {
		return &models.Error{
			Code: models.CodeReauthenticationRequired, Field: field,
			Message: "needs the current password, or a token of a fresh sign-in at " + caller.Session.Issuer +
				", in the same call",
		}
	}
	return errReauthenticationRequired(field)
}
