package web

import (
	"bytes"
	"embed"
	"html"
	"net/http"
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
// without another request, and in /account/config.json for pages that another server delivers.
type AccountConfig struct {
	// URL is the address of /graphql; APIKey is sent with each request.
	URL    string `json:"url"`
	APIKey string `json:"apiKey"`
	// TrustedDocuments is true if the server accepts documents by their hash only.
	TrustedDocuments bool `json:"trustedDocuments"`
	// Cookies is true if the server keeps the sessions of browsers in cookies.
	Cookies bool `json:"cookies"`
	// Brand is the shop's name, which the page shows from its first moment on.
	Brand string `json:"brand"`
	// Inbox is the address of the inbox, and Demo a customer that anybody may sign in as.
	Inbox string       `json:"inbox"`
	Demo  DemoCustomer `json:"demo"`
}

// DemoCustomer is the customer of development mode.
type DemoCustomer struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

// Account serves the account page, which is the build of examples/web, at /account and below. Links in messages
// open its screens with their token in the fragment, which browsers never send.
func Account(config AccountConfig) http.Handler {
	read := configFile(config)
	const folder, root = "/account/", "account/dist/"

	return guard(accountPolicy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, folder)
		switch {
		case name == "config.json":
			send(w, read)
		// The page routes its screens by their address; a name with a dot or a slash is a file.
		case name == "/account", !strings.ContainsAny(name, "./"):
			sendAccountPage(w, root+"index.html", config.Brand, read.body)
		default:
			sendEmbedded(w, r, accountFiles, root+name, built(name))
		}
	}))
}

// configPlace is the element of the built page that holds its configuration, and brandPlace the one of the name that
// stands there before any script.
const (
	configPlace = `<meta name="config" content="">`
	brandPlace  = `<span id="brand">AccountQL</span>`
)

// sendAccountPage sends the page with the shop's name and with its configuration in an attribute: the policy doesn't
// block that, and it is not a script.
func sendAccountPage(w http.ResponseWriter, name, brand string, config []byte) {
	page, err := accountFiles.ReadFile(name)
	if err != nil {
		notFound(w)
		return
	}

	// guard: the page's config stays in its attribute
	filled := `<meta name="config" content="` + html.EscapeString(string(config)) + `">`
	page = bytes.Replace(page, []byte(configPlace), []byte(filled), 1)
	if brand != "" {
		// guard: the shop's name is text
		named := `<span id="brand">` + html.EscapeString(brand) + `</span>`
		page = bytes.Replace(page, []byte(brandPlace), []byte(named), 1)
	}

	send(w, file{page, contentType(name), noStore})
}
