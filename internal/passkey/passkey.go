// Package passkey makes the options of WebAuthn ceremonies and checks their responses (Web Authentication Level 3,
// https://www.w3.org/TR/webauthn-3/). It knows no accounts: what a response may be used for is decided by
// internal/account.
package passkey

import (
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// Config is the shop as authenticators know it.
type Config struct {
	// ID is the relying party: a host name without port.
	ID string
	// Name is the shop's name, which authenticators may show.
	Name string
	// Origins are the origins of the pages that may ask an authenticator, and those of apps, such as
	// android:apk-key-hash:….
	Origins []string
	// Lifetime is how long a customer has for a ceremony.
	Lifetime time.Duration
}

// RelyingParty makes the options of ceremonies and checks their responses.
type RelyingParty struct {
	library *webauthn.WebAuthn
	// related has the origins of pages, for browsers to look up.
	related []byte
}

var _ account.PasskeyVerifier = (*RelyingParty)(nil)

// localhost is the only host whose pages may use passkeys without TLS.
const localhost = "localhost"

// Host returns the host by which authenticators know a host of the web, or "" if they accept none: a number instead of a
// name. A number that leads to this machine counts as localhost.
func Host(name string) string {
	if ip := net.ParseIP(name); ip != nil && ip.IsLoopback() {
		return localhost
	}
	if protocol.ValidateRPID(name) != nil || net.ParseIP(name) != nil {
		return ""
	}
	return name
}

// New returns a relying party, or an error that says what of the configuration is wrong.
func New(config Config) (*RelyingParty, error) {
	if err := protocol.ValidateRPID(config.ID); err != nil {
		return nil, fmt.Errorf("%q is no host name", config.ID)
	}

	var pages, apps []string
	for _, origin := range config.Origins {
		switch {
		case protocol.IsKnownOpaqueOrigin(origin):
			apps = append(apps, origin)
		case protocol.IsOpaqueOrigin(origin) || !secure(origin):
			return nil, fmt.Errorf("%q is no https origin, such as https://shop.example", repeatable(origin))
		default:
			pages = append(pages, origin)
		}
	}

	related, err := protocol.NewRelatedOrigins(pages...)
	if err != nil {
		return nil, fmt.Errorf("browsers accept no such list: %w", err)
	}
	document, err := json.Marshal(related)
	if err != nil {
		return nil, fmt.Errorf("list of origins: %w", err)
	}

	timeout := webauthn.TimeoutConfig{Timeout: config.Lifetime, TimeoutUVD: config.Lifetime}
	library, err := webauthn.New(&webauthn.Config{
		RPID: config.ID, RPDisplayName: config.Name,
		RPOrigins: pages, RPOpaqueOrigins: apps, // guard: a page is one of the shop's
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{Login: timeout, Registration: timeout},
		// Password managers answer what nobody asked for.
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
	})
	if err != nil {
		return nil, fmt.Errorf("relying party: %w", err)
	}

	return &RelyingParty{library, document}, nil
}

// repeatable returns an origin that was refused without what may be a password.
func repeatable(origin string) string {
	if at := strings.LastIndexByte(origin, '@'); at >= 0 {
		return "…" + origin[at:]
	}
	return origin
}

// secure reports whether browsers have passkeys on pages of the origin.
func secure(origin string) bool {
	address, err := url.Parse(origin)
	return err == nil && (address.Scheme == "https" || address.Hostname() == localhost) &&
		address.Path == "" && address.RawQuery == "" && address.Fragment == "" && address.User == nil
}

// RelatedOrigins is the document of /.well-known/webauthn, in which browsers look up whether a page of another host may
// use the passkeys of this relying party.
func (r *RelyingParty) RelatedOrigins() []byte { return slices.Clone(r.related) }

// CreationOptions returns the argument of PublicKeyCredential.parseCreationOptionsFromJSON. Authenticators that hold a
// registered credential refuse to make another.
func (r *RelyingParty) CreationOptions(
	of models.PasskeyUser, challenge []byte, registered [][]byte,
) (models.JSONObject, error) {
	creation, _, err := r.library.BeginRegistration(user{PasskeyUser: of},
		webauthn.WithExclusions(descriptors(registered)),
		func(options *protocol.PublicKeyCredentialCreationOptions) error {
			options.Challenge = challenge
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("options of a new passkey: %w", err)
	}

	return object(creation.Response)
}

// RequestOptions returns the argument of PublicKeyCredential.parseRequestOptionsFromJSON. Without allowed credentials,
// the authenticator offers those that it has.
func (r *RelyingParty) RequestOptions(challenge []byte, allowed [][]byte) (models.JSONObject, error) {
	assertion, _, err := r.library.BeginDiscoverableLogin(
		webauthn.WithChallenge(challenge), webauthn.WithAllowedCredentials(descriptors(allowed)))
	if err != nil {
		return nil, fmt.Errorf("options of a passkey's use: %w", err)
	}
	return object(assertion.Response)
}

// Signals returns what a page tells authenticators of the accepted credentials of a customer.
func (r *RelyingParty) Signals(of models.PasskeyUser, accepted [][]byte) (*models.PasskeySignals, error) {
	known := user{PasskeyUser: of}
	for _, id := range accepted {
		known.credentials = append(known.credentials, webauthn.Credential{ID: id})
	}

	credentials, err := object(protocol.NewSignalAllAcceptedCredentials(r.library.Config.RPID, known))
	if err != nil {
		return nil, err
	}
	details, err := object(protocol.NewSignalCurrentUserDetails(r.library.Config.RPID, known))
	if err != nil {
		return nil, err
	}

	return &models.PasskeySignals{AllAcceptedCredentials: credentials, CurrentUserDetails: details}, nil
}

// descriptors returns the credentials as options name them. They don't say how each is reached: for an address of
// nobody, there would be nothing true to say.
func descriptors(ids [][]byte) []protocol.CredentialDescriptor {
	var list []protocol.CredentialDescriptor
	for _, id := range ids {
		list = append(list, protocol.CredentialDescriptor{Type: protocol.PublicKeyCredentialType, CredentialID: id})
	}
	return list
}

// object returns what a value is as JSON.
func object(value any) (models.JSONObject, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("options of a passkey: %w", err)
	}

	var read models.JSONObject
	if err := read.Scan(text); err != nil {
		return nil, fmt.Errorf("options of a passkey: %w", err)
	}

	return read, nil
}

// user is a customer in the form of the library.
type user struct {
	models.PasskeyUser
	credentials []webauthn.Credential
}

func (u user) WebAuthnID() []byte                         { return u.Handle }
func (u user) WebAuthnName() string                       { return u.Name }
func (u user) WebAuthnDisplayName() string                { return u.DisplayName }
func (u user) WebAuthnCredentials() []webauthn.Credential { return u.credentials }

// WebAuthnCredentialIDs returns the ids of the accepted credentials.
func (u user) WebAuthnCredentialIDs() [][]byte {
	ids := make([][]byte, len(u.credentials))
	for i, credential := range u.credentials {
		ids[i] = credential.ID
	}
	return ids
}
