package web

import (
	"context"
	"embed"
	"html"
	"io"
	"net/http"
	"regexp"
	"strings"
)

//go:embed all:account/dist
var accountFiles embed.FS

// accountPolicy allows the page its own scripts, styles and requests, and otherwise only pictures. A customer's
// avatarUrl may be on any host, so pictures may come from any https address: the customer's own browser requests it
// without a Referer. A script could leak data through the address of a picture, but also by navigating, which no
// policy prevents; only the page's own scripts run. The browser itself never submits the page's forms, because that
// might put a password into a URL.
var accountPolicy = []string{
	"default-src 'none'",
	// guard: the account page runs its own scripts only
	"script-src 'self'",
	// guard: the account page wears its own styles only
	"style-src 'self'",
	"img-src 'self' https:",
	"connect-src 'self'", // guard: nothing but pictures comes from elsewhere
	"frame-ancestors 'none'",
	"base-uri 'none'",
	"form-action 'none'",
}

// AccountConfig is the configuration of the account page: it is part of the page, so that the page can render
// without another request, and in /account/config.json for pages that another server delivers, and for open pages
// whose key has ended.
type AccountConfig struct {
	// URL is the address of /graphql; APIKey is sent with each request.
	URL    string `json:"url"`
	APIKey string `json:"apiKey"`
	// TrustedDocuments is true if the server accepts documents by their hash only.
	TrustedDocuments bool `json:"trustedDocuments"`
	// Cookies is true if the server keeps the sessions of browsers in cookies.
	Cookies bool `json:"cookies"`
	// Brand is how the shop presents itself, which the page shows from its first moment on.
	Brand AccountBrand `json:"brand"`
	// Inbox is the address of the inbox, and Demo a customer that anybody may sign in as; production has neither.
	Inbox string        `json:"inbox,omitempty"`
	Demo  *DemoCustomer `json:"demo,omitempty"`

	// Translations are the languages that the shop brings along. The page is told of them, with what it says before it
	// has their messages.
	Translations Translations `json:"translations,omitempty"`

	// Key returns the API key of now, where it changes; nil means that APIKey doesn't.
	Key func(ctx context.Context) string `json:"-"`
	// Look is what the page itself has of the brand.
	Look AccountLook `json:"-"`
}

// AccountBrand is the shop's brand in the words of SiteSettings.brand.
type AccountBrand struct {
	Name            string       `json:"name"`
	Logo            *AccountLogo `json:"logo"`
	Links           AccountLinks `json:"links"`
	DefaultCountry  *string      `json:"defaultCountry"`
	DefaultLanguage *string      `json:"defaultLanguage"`
	Screens         []string     `json:"screens"`
	// Mark is the address of the picture that stands beside the name where there is no logo, or "".
	Mark string `json:"mark,omitempty"`
}

// AccountLogo holds the addresses of the logo.
type AccountLogo struct {
	Light string `json:"light"`
	Dark  string `json:"dark"`
}

// AccountLinks are the addresses of the shop's pages, or nil.
type AccountLinks struct {
	Help    *string `json:"help"`
	Imprint *string `json:"imprint"`
	Privacy *string `json:"privacy"`
	Terms   *string `json:"terms"`
}

// AccountLook is how the page looks before any script. What is "" stays as it was built.
type AccountLook struct {
	// Stylesheet and Icon are addresses of files of the brand.
	Stylesheet, Icon string
	// Light and Dark are the colours of the page's background, which browsers show around it.
	Light, Dark string
}

// DemoCustomer is the customer of development mode.
type DemoCustomer struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

// accountDocuments is the manifest of the page's documents in its build.
const accountDocuments = "documents.json"

// AccountDocuments returns the manifest of the GraphQL documents of the account page.
func AccountDocuments() io.Reader {
	manifest, err := accountFiles.ReadFile("account/dist/" + accountDocuments + ".gz")
	if err != nil {
		panic("web: the build of the account page has its documents, but: " + err.Error())
	}
	return strings.NewReader(string(unpack(manifest)))
}

// Account serves the account page, which is the build of packages/react, at /account and below. Links in messages
// open its screens with their token in the fragment, which browsers never send.
func Account(config AccountConfig) http.Handler {
	const folder, root = "/account/", "account/dist/"
	page, words := dressed(config), accountOutlines(config.Translations)
	read := func(r *http.Request) file {
		now := config
		if config.Key != nil {
			now.APIKey = config.Key(r.Context())
		}
		return configFile(now)
	}

	pages := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, folder)
		switch {
		case name == "config.json":
			send(w, read(r))
		case strings.HasPrefix(name, "translations/"):
			sendTranslation(w, config.Translations, strings.TrimPrefix(name, "translations/"))
		// The page routes its screens by their address; a name with a dot or a slash is a file.
		case name == "/account", !strings.ContainsAny(name, "./"):
			// The policy doesn't block an attribute, and it is not a script.
			// guard: the page's config stays in its attribute
			filled := `<meta name="config" content="` + html.EscapeString(string(read(r).body)) + `">`
			w.Header().Add("Vary", "Accept-Language")
			spoken := words.speak(page, words.best(r.Header.Get("Accept-Language"), config.Brand.DefaultLanguage))
			send(w, file{[]byte(strings.Replace(spoken, configPlace, filled, 1)), contentType("index.html"), noStore})
		default:
			sendEmbedded(w, r, accountFiles, root+name, built(name))
		}
	})

	return withHeaders(accountPolicy, relayResponse(readOnly(pages)))
}

// configPlace is the element of the built page that holds its configuration.
const configPlace = `<meta name="config" content="">`

// The places of the built page where the brand stands before any script.
var (
	brandPlace = regexp.MustCompile(`<span class="brand">.*?</span></span>`)
	iconPlace  = regexp.MustCompile(`<link rel="icon"[^>]*>`)
	lightPlace = regexp.MustCompile(`(<meta name="theme-color" content=")[^"]*(" media="\(prefers-color-scheme: light\)">)`)
	darkPlace  = regexp.MustCompile(`(<meta name="theme-color" content=")[^"]*(" media="\(prefers-color-scheme: dark\)">)`)
	headEnd    = "</head>"
)

// dressed returns the page in the brand. Every value is text, which can't become markup.
func dressed(config AccountConfig) string {
	built, err := accountFiles.ReadFile("account/dist/index.html")
	if err != nil {
		panic("web: the build of the account page has its page, but: " + err.Error())
	}
	page, look, brand := string(built), config.Look, config.Brand
	escaped := html.EscapeString // guard: the shop's name is text

	if brand.Name != "" {
		page = brandPlace.ReplaceAllStringFunc(page, func(standing string) string {
			switch {
			case brand.Logo != nil:
				return `<span class="brand"><picture><source srcset="` + escaped(brand.Logo.Dark) +
					`" media="(prefers-color-scheme: dark)"><img class="logo" src="` + escaped(brand.Logo.Light) +
					`" alt="` + escaped(brand.Name) + `"></picture></span>`
			case brand.Mark != "":
				return `<span class="brand"><img src="` + escaped(brand.Mark) +
					`" alt="" width="32" height="32"><span id="brand">` + escaped(brand.Name) + `</span></span>`
			}
			before, _, _ := strings.Cut(standing, `<span id="brand">`)
			return before + `<span id="brand">` + escaped(brand.Name) + `</span></span>`
		})
	}

	if look.Icon != "" {
		page = iconPlace.ReplaceAllLiteralString(page, `<link rel="icon" href="`+escaped(look.Icon)+`">`)
	}
	if look.Light != "" {
		page = lightPlace.ReplaceAllString(page, "${1}"+escaped(look.Light)+"${2}")
		page = darkPlace.ReplaceAllString(page, "${1}"+escaped(look.Dark)+"${2}")
	}
	if look.Stylesheet != "" {
		page = strings.Replace(page, headEnd, `<link rel="stylesheet" href="`+escaped(look.Stylesheet)+`">`+headEnd, 1)
	}

	return page
}
