package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
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
	files := accountSite(config)
	index := files["/account/index.html"]
	return guard(accountPolicy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if f, ok := files[r.URL.Path]; ok {
			send(w, f)
			return
		}
		// The page itself knows its screens by their address; a name with a dot or a folder is a file.
		if screen := strings.TrimPrefix(r.URL.Path, "/account/"); screen == "/account" || !strings.ContainsAny(screen, "./") {
			send(w, index)
			return
		}
		notFound(w)
	}))
}

// accountSite lists the page's files by the path they are served at.
func accountSite(config AccountConfig) map[string]file {
	body, err := json.Marshal(config)
	if err != nil {
		panic(fmt.Sprintf("web: texts can always be written as JSON, but: %v", err))
	}
	files := map[string]file{"/account/config.json": {body, contentType("config.json"), noStore}}
	err = fs.WalkDir(accountFiles, "account/dist", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := accountFiles.ReadFile(name)
		if err != nil {
			return err
		}
		name = strings.TrimPrefix(name, "account/dist/")
		cache := noStore
		if path.Dir(name) == "assets" {
			cache = immutable
		}
		files["/account/"+name] = file{body, contentType(name), cache}
		return nil
	})
	if err != nil {
		panic(fmt.Sprintf("web: embedded files can always be read, but: %v", err))
	}
	return files
}
