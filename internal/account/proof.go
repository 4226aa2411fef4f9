package account

import (
	"context"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// ProofInput is the part of an input in which a caller shows who it is, by one factor.
type ProofInput struct {
	Password *string
	// ExternalToken is a token of IdentityProvider.
	IdentityProvider *models.IdentityProvider
	ExternalToken    *string
}

// factor is one way to show who one is; each has a file of its own.
type factor interface {
	// check refuses what can't be the factor at all, before anything is counted or looked up.
	check() error
	// field is the input's field that holds it.
	field() string
	// verify shows that the factor is the account's. It counts the try for good before it looks at the factor, and
	// fails with INVALID_CREDENTIALS and RATE_LIMITED.
	verify(ctx context.Context, s *Service, caller models.Caller, account *models.Account) error
	// owner returns the account of a canonical address, whose customer the factor must show. It does the same work for
	// an unknown address, and fails with INVALID_CREDENTIALS and RATE_LIMITED; a known account comes with the error.
	owner(ctx context.Context, s *Service, caller models.Caller, email models.EmailAddress) (*models.Account, error)
	// use uses a verified factor up, in the transaction of what it was for. The account must be locked.
	use(ctx context.Context, s *Service, tx Tx, account *models.Account) error
}

// proof is what a caller offers to show that it is the customer: one factor, or none. It goes one road: offered and
// checked, verified, and settled in the transaction of what it is for.
type proof struct {
	service *Service
	caller  models.Caller
	factors []factor
}

// offer begins the road of a proof.
func (s *Service) offer(caller models.Caller, input ProofInput) proof {
	offered := s.offerFactors(caller)
	if input.Password != nil {
		offered.factors = append(offered.factors, &passwordFactor{password: *input.Password, named: "password"})
	}
	if input.ExternalToken != nil {
		offered.factors = append(offered.factors, newTokenFactor(input.IdentityProvider, *input.ExternalToken))
	}

	return offered
}

func (s *Service) offerFactors(caller models.Caller, factors ...factor) proof {
	return proof{service: s, caller: caller, factors: factors}
}

func (p *proof) given() bool { return len(p.factors) > 0 }

// check refuses what can't be a proof, and two factors at once.
func (p *proof) check() error {
	var wrong models.Errors
	for i, factor := range p.factors {
		wrong.Add(factor.check())
		if i > 0 {
			wrong.Add(models.InvalidInput(factor.field(), models.ReasonConflicting, 0,
				"must not be given beside "+p.factors[0].field()))
		}
	}

	return wrong.OrNil()
}

// require fails with REAUTHENTICATION_REQUIRED if nothing is offered and the session alone is not enough for the
// operation.
func (p *proof) require(operation OperationName) error {
	session := p.caller.Session
	if session == nil || p.given() || !p.service.needsProof(operation, session) {
		return nil
	}
	return reauthenticate(p.caller, "password")
}

// verify checks what is offered, if anything is. The transaction that it is for must use it up, by use or settle.
func (p *proof) verify(ctx context.Context, account *models.Account) error {
	for _, factor := range p.factors {
		if err := factor.verify(ctx, p.service, p.caller, account); err != nil {
			return err
		}
	}
	return nil
}

// identify returns the account of an operation that works with and without a session (docs/domain.md,
// "Without a session"). With one, the account is the session's and the proof, if there is one, must be right. Without
// one, accountEmail names the account and the proof must be its customer's, with the checks and refusals of signIn. A
// known account is returned beside an error, too.
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

	return account, checkUsable(account)
}

// use uses the proof up, in the transaction of what it was for. The account must be locked.
func (p *proof) use(ctx context.Context, tx Tx, account *models.Account) error {
	for _, factor := range p.factors {
		if err := factor.use(ctx, p.service, tx, account); err != nil {
			return err
		}
	}
	return nil
}

// settle does what use does, and notes on the session that its customer proved a factor. The caller's copy says so,
// too, because the answer may show what the session may do.
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

// checkUsable says why an account whose proof is right can't be used.
func checkUsable(account *models.Account) error {
	switch account.Status {
	case models.StatusPending:
		return errActivationRequired()
	case models.StatusBlocked:
		return models.NewError(models.CodeAccountBlocked, "the account is blocked; ask the shop")
	}
	return nil
}

func errActivationRequired() *models.Error {
	return models.NewError(models.CodeActivationRequired,
		"confirm your e-mail address first; requestAccountActivation sends the mail again")
}

// needsProof says whether a session alone is not enough for an operation (docs/domain.md, "Step-up").
func (s *Service) needsProof(operation OperationName, session *models.Session) bool {
	switch operationByName[operation].Proof {
	case ProofInCall:
		return true
	case ProofRecent:
		return !s.recentlyProved(session)
	default:
		return false
	}
}

// recentlyProved says whether the session's customer proved a factor within --step-up: to us, or to the issuer of a
// customer token.
func (s *Service) recentlyProved(session *models.Session) bool {
	return session != nil && s.now().Sub(session.AuthenticatedAt) < s.Settings.StepUp // guard: a proof grows old
}

// reauthenticate asks for a proof in the same call, in words that fit how the customer signs in.
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
