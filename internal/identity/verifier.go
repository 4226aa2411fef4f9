package identity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/egress"
	"github.com/accountql/accountql/models"
)

// Verifier verifies tokens of the configured issuers. It implements account.IdentityVerifier.
type Verifier struct {
	issuers []*issuer
	client  *egress.Client
	now     func() time.Time
	log     *slog.Logger
	watch   Watch
	// asking holds one value for each request to Facebook that is under way.
	asking chan struct{}
}

var _ account.IdentityVerifier = (*Verifier)(nil)

// issuer is an entry with its keys.
type issuer struct {
	Entry
	customerTokens bool
	keys           *keys
}

// Config configures a Verifier.
type Config struct {
	// Providers and CustomerTokens are the entries of the two files, which CheckTogether has accepted.
	Providers, CustomerTokens []Entry
	Client                    *egress.Client
	Now                       func() time.Time
	// Log gets the reason for which a token was refused, without any part of the token.
	Log *slog.Logger
	// Watch counts what providers do.
	Watch Watch
}

// maxAsking bounds the concurrent requests to Facebook: each is for a stranger's token.
const maxAsking = 8

// New returns a verifier. It connects to an issuer only when there is a token to verify, so that a provider that is
// down does not stop the start (R-OPS2).
func New(config Config) *Verifier {
	v := &Verifier{
		client: config.Client, now: config.Now, log: config.Log, watch: config.Watch,
		asking: make(chan struct{}, maxAsking),
	}
	shared := map[string]*keys{}
	for _, file := range [][]Entry{config.Providers, config.CustomerTokens} {
		for _, entry := range file {
			place := entry.Issuer + " " + entry.JWKSURL
			if shared[place] == nil {
				shared[place] = &keys{
					issuer: entry.Issuer, url: entry.JWKSURL, client: config.Client, now: config.Now,
					asked: func(err error) { config.Watch.asked(entry.Provider, err) },
				}
			}
			v.issuers = append(v.issuers, &issuer{Entry: entry, keys: shared[place]})
		}
	}

	for i := range config.CustomerTokens {
		v.issuers[len(config.Providers)+i].customerTokens = true
	}

	return v
}

// Verify returns the content of a provider's token. It fails with INVALID_CREDENTIALS if the token proves nothing,
// and with IDENTITY_PROVIDER_UNAVAILABLE if the provider is not configured or can't be reached.
func (v *Verifier) Verify(
	ctx context.Context, provider models.IdentityProvider, token string,
) (*models.ExternalIdentity, error) {
	return v.verify(ctx, token, func(i *issuer) bool { return i.Provider == provider })
}

// VerifyCustomer returns the content of a bearer token of --customer-tokens; it fails like Verify.
func (v *Verifier) VerifyCustomer(ctx context.Context, token string) (*models.ExternalIdentity, error) {
	return v.verify(ctx, token, func(i *issuer) bool { return i.customerTokens })
}

// SignInProviders returns the providers whose tokens sign customers in, in the order of their file.
func (v *Verifier) SignInProviders() []models.SignInProvider {
	providers := make([]models.SignInProvider, 0, len(v.issuers))
	for _, one := range v.issuers {
		if !one.customerTokens { // guard: issuers of customer tokens are no way to sign in
			providers = append(providers, models.SignInProvider{
				IdentityProvider: one.Provider, Issuer: one.Issuer, ClientIDs: one.Audiences, Page: one.Page.shown(),
			})
		}
	}

	return providers
}

func (v *Verifier) verify(
	ctx context.Context, raw string, eligible func(*issuer) bool,
) (*models.ExternalIdentity, error) {
	var candidates []*issuer
	for _, issuer := range v.issuers {
		if eligible(issuer) {
			candidates = append(candidates, issuer)
		}
	}

	if len(candidates) == 0 {
		return nil, models.NewError(models.CodeIdentityProviderUnavailable, "this identity provider is not configured")
	}

	found, by, err := v.verifyAgainst(ctx, raw, candidates)
	v.watch.verified(by.Provider, err)
	var unreachable *unavailableError
	switch {
	case errors.As(err, &unreachable):
		v.log.WarnContext(ctx, "an identity provider can't be reached", "issuer", by.Issuer,
			"error", unreachable)
		return nil, &models.Error{Code: models.CodeIdentityProviderUnavailable,
			Message: "the identity provider can't be reached now; nothing was changed", Cause: err}
	case err != nil:
		v.log.InfoContext(ctx, "a token was refused", "provider", by.Provider, "reason", err)
		return nil, &models.Error{
			Code: models.CodeInvalidCredentials, Message: "the password, the passkey or the external token is wrong", Cause: err,
		}
	}

	return found, nil
}

// verifyAgainst also returns the issuer whose token it is, or the first candidate if the token doesn't say.
func (v *Verifier) verifyAgainst(
	ctx context.Context, raw string, candidates []*issuer,
) (*models.ExternalIdentity, *issuer, error) {
	for _, issuer := range candidates {
		if issuer.AppSecret != "" && accessToken(raw) {
			found, err := v.askFacebook(ctx, issuer, raw)
			return found, issuer, err
		}
	}

	token, err := parse(raw)
	if err != nil {
		return nil, candidates[0], err
	}

	issuer, audience, err := pick(token.claims, candidates)
	if err != nil {
		return nil, candidates[0], err
	}

	found, err := v.verifySigned(ctx, raw, token, issuer, audience)

	return found, issuer, err
}

// verifySigned makes every check that needs no key first, so that a token that can't be valid causes no fetch.
func (v *Verifier) verifySigned(
	ctx context.Context, raw string, token *unverified, issuer *issuer, audience string,
) (*models.ExternalIdentity, error) {
	if !slices.Contains(algorithms, token.alg) {
		return nil, errors.New("its algorithm is not accepted")
	}

	// guard: an access token is no token for signing in
	if token.typ != "" && token.typ != "jwt" && !(issuer.customerTokens && token.typ == "at+jwt") {
		return nil, errors.New("it is a token of another kind")
	}

	times, err := token.claims.check(v.now())
	if err != nil {
		return nil, err
	}

	subject, err := token.claims.subject(issuer.SubjectClaim)
	if err != nil {
		return nil, err
	}
	if err := v.checkSignature(ctx, issuer, audience, raw); err != nil {
		return nil, err
	}

	return &models.ExternalIdentity{
		IdentityProvider: issuer.Provider, Issuer: issuer.Issuer, Subject: subject,
		Email: models.EmailAddress(token.claims.text("email")), EmailVerified: token.claims.flag("email_verified"),
		IssuedAt: times.issued, AuthenticatedAt: times.authenticated, ExpiresAt: times.expires,
		// guard: a token has one name
		TokenID: tokenID(issuer.Issuer, token.signed), CustomerToken: issuer.customerTokens,
		CreateAccounts: issuer.CreateAccounts,
	}, nil
}

// Google's tokens may omit the scheme of their issuer; go-oidc also accepts that.
const (
	google         = "https://accounts.google.com"
	googleNoScheme = "accounts.google.com"
)

// pick returns the issuer that the token names, and the audience that it is for.
func pick(claims claims, candidates []*issuer) (*issuer, string, error) {
	named, known := claims.text("iss"), false
	audiences := claims.audiences()
	for _, issuer := range candidates {
		if named != issuer.Issuer && !(named == googleNoScheme && issuer.Issuer == google) {
			continue
		}

		known = true
		// A token for several audiences belongs to the client that requested it (OpenID Connect Core, section
		// 3.1.3.7).
		if len(audiences) > 1 && !slices.Contains(issuer.Audiences, claims.text("azp")) {
			continue
		}

		for _, audience := range audiences {
			if slices.Contains(issuer.Audiences, audience) { // guard: a token is for us
				return issuer, audience, nil
			}
		}
	}

	if known {
		return nil, "", errors.New("it is for another audience")
	}

	return nil, "", errors.New("it is of another issuer")
}

// checkSignature lets go-oidc verify the whole token with the issuer's keys.
func (v *Verifier) checkSignature(ctx context.Context, issuer *issuer, audience, raw string) error {
	signature := &keySet{keys: issuer.keys}
	_, err := oidc.NewVerifier(issuer.Issuer, signature,
		&oidc.Config{ClientID: audience, SupportedSigningAlgs: algorithms, Now: v.now}).Verify(ctx, raw)
	if signature.failure != nil {
		return signature.failure // go-oidc keeps only its text
	}
	if err != nil {
		return errors.New("the verification failed")
	}

	return nil
}

// keySet adapts keys to go-oidc, for one token.
type keySet struct {
	keys    *keys
	failure error
}

// VerifySignature returns the payload, and keeps the error for checkSignature.
func (s *keySet) VerifySignature(ctx context.Context, raw string) (payload []byte, err error) {
	payload, s.failure = s.keys.verify(ctx, raw)
	return payload, s.failure
}

// tokenID identifies a token by the part that its issuer signed: the signature itself, also its last letter, has
// several valid spellings.
func tokenID(issuer, signed string) string {
	sum := sha256.Sum256([]byte(issuer + " " + signed))
	return hex.EncodeToString(sum[:])
}
