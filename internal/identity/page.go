package identity

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/accountql/accountql/models"
)

// Page is what the shop's pages need for a button that leads the customer's browser to a provider, which sends it back
// with a token (OpenID Connect Core 1.0, section 3.2). After ReadEntries nothing of it is empty.
type Page struct {
	// ClientID is the client ID that tokens are asked for: one of the entry's audiences.
	ClientID string `json:"clientId"`
	// AuthorizationURL is the provider's authorization endpoint, which can have a query. Only OAUTH has no default.
	AuthorizationURL string `json:"authorizationUrl"`
	// Name is what the button calls a provider of OAUTH, in at most maxPageName code points. The names of the others are
	// known.
	Name string `json:"name"`
}

// maxPageName is how long the name on a button may be, in code points.
const maxPageName = 40

// knownPages holds what is the same in every shop: the names that people know, and the endpoints by the documents of
// Google (OpenID Connect), Apple (Sign in with Apple REST API) and Facebook (Manually Build a Login Flow).
var knownPages = map[models.IdentityProvider]Page{
	models.ProviderGoogle: {
		Name: "Google", AuthorizationURL: "https://accounts.google.com/o/oauth2/v2/auth",
	},
	models.ProviderApple: {
		Name: "Apple", AuthorizationURL: "https://appleid.apple.com/auth/authorize",
	},
	// Without a version in it, the app's own setting chooses that of Facebook's API.
	models.ProviderFacebook: {
		Name: "Facebook", AuthorizationURL: "https://www.facebook.com/dialog/oauth",
	},
}

// checkPage returns an error if an entry's page is wrong, and fills in what is known of its provider.
func (e *Entry) checkPage(development bool) error {
	if e.Page == nil {
		return nil
	}

	// guard: a button asks for tokens that are accepted
	if !slices.Contains(e.Audiences, e.Page.ClientID) {
		return errors.New("page.clientId must be one of the audiences")
	}
	if e.Provider == models.ProviderFacebook && e.AppSecret == "" {
		return errors.New("page of FACEBOOK needs appSecret: Facebook gives pages access tokens")
	}

	known, isKnown := knownPages[e.Provider]
	if err := e.Page.checkName(isKnown); err != nil {
		return err
	}
	if isKnown {
		e.Page.Name = known.Name
	}

	if e.Page.AuthorizationURL == "" {
		e.Page.AuthorizationURL = known.AuthorizationURL
	}
	if !isWebAddress(e.Page.AuthorizationURL, development) {
		return fmt.Errorf("page.authorizationUrl must be an https address without user and fragment%s",
			orLoopback(development))
	}

	return nil
}

// checkName returns an error unless a page names its provider exactly if people don't know the provider's name.
func (p *Page) checkName(known bool) error {
	if known {
		if p.Name != "" {
			return errors.New("page.name is a key of OAUTH: the names of the others are known")
		}
		return nil
	}

	hidden := func(r rune) bool {
		return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
	}
	if p.Name == "" || p.Name != strings.TrimSpace(p.Name) || utf8.RuneCountInString(p.Name) > maxPageName ||
		strings.ContainsFunc(p.Name, hidden) {
		return fmt.Errorf("page.name must be what the button calls the provider: 1 to %d characters in one line", maxPageName)
	}

	return nil
}

// shown returns what everybody may read of a page.
func (p *Page) shown() *models.SignInProviderPage {
	if p == nil {
		return nil
	}
	return &models.SignInProviderPage{AuthorizationURL: p.AuthorizationURL, ClientID: p.ClientID, Name: p.Name}
}

// buttonName returns what the button of an entry calls its provider, or "" if it has none.
func (e *Entry) buttonName() string {
	if e.Page == nil {
		return ""
	}
	return e.Page.Name
}
