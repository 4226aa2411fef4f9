package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
)

//go:embed links/page.html links/links.css links/links.js inbox/icon.svg
var linkFiles embed.FS

// linksPolicy allows the pages their own script, style, icon and requests, and nothing else. The
// form is never submitted by the browser itself, which might put a password into an address.
var linksPolicy = []string{
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self'",
	"connect-src 'self'",
	"frame-ancestors 'none'",
	"base-uri 'none'",
	"form-action 'none'",
}

// linkPage is one page that a link in a message opens.
type linkPage struct {
	Path        string
	Title       string
	Explanation string
	// Operation is the mutation that the button runs; links.js holds its document.
	Operation string
	Button    string
}

var linkPages = []linkPage{
	{
		Path:        "/reset-password",
		Title:       "Choose a new password",
		Explanation: "The new password replaces the old one, and every device that is signed in to your account is signed out.",
		Operation:   "confirmPasswordReset",
		Button:      "Set new password",
	},
	{
		Path:        "/confirm-email",
		Title:       "Confirm your new e-mail address",
		Explanation: "The address that received this link becomes the address of your account, and every device that is signed in is signed out. The former address gets a notice with a way to undo this.",
		Operation:   "confirmEmailChange",
		Button:      "Confirm new address",
	},
	{
		Path:        "/activate",
		Title:       "Activate your account",
		Explanation: "This confirms that the address that received this link is yours, and activates your account if it isn't active yet.",
		Operation:   "confirmAccountActivation",
		Button:      "Activate account",
	},
	{
		Path:        "/undo-email",
		Title:       "Undo a change of e-mail address",
		Explanation: "Your account keeps the address that received this link, or gets it back. Every device that is signed in is signed out, and the address can't be changed again for a day.",
		Operation:   "undoEmailChange",
		Button:      "Undo the change",
	},
}

// Links serves the pages that the links in messages open, at /reset-password, /confirm-email,
// /activate and /undo-email, and what they need under /links/. A page takes the token from the
// fragment of its address, which browsers never send, and the key from /graphiql/config.json.
// Opening one changes nothing, because mail scanners open links too: only its button calls /graphql.
func Links() http.Handler {
	files := linksSite()
	return guard(linksPolicy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := files[r.URL.Path]
		if !ok {
			notFound(w)
			return
		}
		send(w, f)
	}))
}

// linksSite lists the files by the path they are served at. Their names hold no hash, so none is cached.
func linksSite() map[string]file {
	files := make(map[string]file)
	for path, name := range map[string]string{
		"/links/links.css": "links/links.css",
		"/links/links.js":  "links/links.js",
		"/links/icon.svg":  "inbox/icon.svg",
	} {
		body, err := linkFiles.ReadFile(name)
		if err != nil {
			panic(fmt.Sprintf("web: embedded files can always be read, but: %v", err))
		}
		files[path] = file{body, contentType(name), noStore}
	}
	layout := template.Must(template.ParseFS(linkFiles, "links/page.html"))
	for _, page := range linkPages {
		var body bytes.Buffer
		if err := layout.Execute(&body, page); err != nil {
			panic(fmt.Sprintf("web: the page %s can always be written, but: %v", page.Path, err))
		}
		files[page.Path] = file{body.Bytes(), contentType("page.html"), noStore}
	}
	return files
}
