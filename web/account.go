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

// accountPolicy allows the page its own scripts, styles and requests, and nothing else but pictures.
// A customer's avatarUrl may be on any host, so pictures may come from any https address: their own
// browser asks for it without a Referer. What a script could carry out in the address of a picture it
// could as well carry out by going there, which no policy forbids; no script but the page's own runs.
// Its forms are never submitted by the browser itself, which might put a password into an address.
var accountPolicy = []string{
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' https:",
	"connect-src 'self'",
	"frame-ancestors 'none'",
	"base-uri 'none'",
	"form-action 'none'",
}

// AccountConfig is what the account page is told: in the page itself, so that it
// need not ask before it shows anything, and in /account/config.json for pages served by others.
type AccountConfig struct {
	// URL is the address of /graphql; APIKey is sent with each request.
	URL    string `json:"url"`
	APIKey string `json:"apiKey"`
	// TrustedDocuments says that the server takes documents by their hash only.
	TrustedDocuments bool `json:"trustedDocuments"`
	// Cookies says that the server keeps the sessions of browsers in cookies.
	Cookies bool `json:"cookies"`
	// Support is a mail address or a page of the customer support, or "".
	Support string `json:"support"`
	// Inbox is the address of the inbox, and Demo a customer whom anybody may be.
	Inbox string       `json:"inbox"`
	Demo  DemoCustomer `json:"demo"`
}

// DemoCustomer is the customer of development mode.
type DemoCustomer struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

// Account serves the account page, the build of examples/web, at /account and below. Links in
// messages open its screens with their token in the fragment, which browsers never send.
func Account(config AccountConfig) http.Handler {
	read := configFile(config)
	const folder, root = "/account/", "account/dist/"
	return guard(accountPolicy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, folder)
		switch {
		case name == "config.json":
			send(w, read)
		// The page itself knows its screens by their address; a name with a dot or a folder is a file.
		case name == "/account", !strings.ContainsAny(name, "./"):
			sendAccountPage(w, root+"index.html", read.body)
		default:
			sendEmbedded(w, r, accountFiles, root+name, built(name))
		}
	}))
}

// configPlace is where the built page has room for its configuration.
const configPlace = `<meta name="config" content="">`

// sendAccountPage sends the page with its configuration in it, as an attribute: no policy keeps it from being read, and it is no script.
func sendAccountPage(w http.ResponseWriter, name string, config []byte) {
	page, err := accountFiles.ReadFile(name)
	if err != nil {
		notFound(w)
		return
	}
	filled := `<meta name="config" content="` + html.EscapeString(string(config)) + `">`
	send(w, file{bytes.Replace(page, []byte(configPlace), []byte(filled), 1), contentType(name), noStore})
}
