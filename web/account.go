package web

import (
	"embed"
	"net/http"
	"strings"
)

//go:embed all:account/dist
var accountFiles embed.FS

// accountPolicy allows the page its own scripts, styles, icon and requests, and nothing else. Its
// forms are never submitted by the browser itself, which might put a password into an address.
var accountPolicy = []string{
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self'",
	"connect-src 'self'",
	"frame-ancestors 'none'",
	"base-uri 'none'",
	"form-action 'none'",
}

// AccountConfig is what the account page reads from /account/config.json.
type AccountConfig struct {
	// URL is the address of /graphql; APIKey is sent with each request.
	URL    string `json:"url"`
	APIKey string `json:"apiKey"`
	// TrustedDocuments says that the server takes documents by their hash only.
	TrustedDocuments bool `json:"trustedDocuments"`
	// Cookies says that the server keeps the sessions of browsers in cookies.
	Cookies bool `json:"cookies"`
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
			sendEmbedded(w, r, accountFiles, root+"index.html", noStore)
		default:
			sendEmbedded(w, r, accountFiles, root+name, built(name))
		}
	}))
}
