// Package web serves the pages that a browser sees in development mode: the customer's account page; GraphiQL, with
// one tab for each operation; and the inbox, which shows every message that the service would have sent. The links
// in those messages open screens of the account page. In production it serves only the pages of consent.
//
// The pages are embedded and load nothing from other hosts except the picture of a customer who has one, so they
// work without a network. Vite builds the account page and GraphiQL, and their built files are committed, so that
// building AccountQL needs no Node; the inbox is served as it is written. To rebuild them after a change of
// packages/react or web/graphiql:
//
//	make web
//
// The other pages must not be used in production: the account page and GraphiQL give out an API key, and the inbox shows
// secrets.
package web

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// file is a file of a page, ready to be sent.
type file struct {
	body         []byte
	contentType  string
	cacheControl string
}

const (
	// noStore keeps pages and their data out of every cache: a new binary must show its own pages.
	noStore = "no-store"
	// immutable is for a file whose name contains a hash of its content.
	immutable = "public, max-age=31536000, immutable"
)

// contentTypes replaces mime.TypeByExtension, which reads the host's tables: they know fewer types in a minimal
// container and may have a wrong type for .js; with nosniff the page would stay blank.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".md":   "text/plain; charset=utf-8",
	".svg":  "image/svg+xml",
	".ttf":  "font/ttf",
}

// contentType returns the media type of a file by its name.
func contentType(name string) string {
	if t, ok := contentTypes[path.Ext(name)]; ok {
		return t
	}
	return "application/octet-stream"
}

// guard sets the headers of every response, and refuses all methods except GET and HEAD.
func guard(contentSecurityPolicy []string, next http.Handler) http.Handler {
	return withHeaders(contentSecurityPolicy, readOnly(next))
}

// readOnly refuses all methods except GET and HEAD.
func readOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			refuseMethod(w, "GET, HEAD", "This page can only be read.")
			return
		}

		next.ServeHTTP(w, r)
	})
}

// refuseMethod responds with 405.
func refuseMethod(w http.ResponseWriter, allow, message string) {
	w.Header().Set("Allow", allow)
	w.Header().Set("Cache-Control", noStore)
	http.Error(w, message, http.StatusMethodNotAllowed)
}

// withHeaders sets the headers of every response.
func withHeaders(contentSecurityPolicy []string, next http.Handler) http.Handler {
	policy := strings.Join(contentSecurityPolicy, "; ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		// Links in messages hold tokens, so the pages that they lead to send no Referer.
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")

		next.ServeHTTP(w, r)
	})
}

// send writes one file.
func send(w http.ResponseWriter, f file) {
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Content-Length", strconv.Itoa(len(f.body)))
	h.Set("Cache-Control", f.cacheControl)
	// An error means that the browser disconnected.
	_, _ = w.Write(f.body)
}

// sendEmbedded sends an embedded file, or responds with 404. It reads the file only now: pages that nobody opens
// take no memory. A build may have compressed the file with gzip, which every browser accepts.
func sendEmbedded(w http.ResponseWriter, r *http.Request, files embed.FS, name, cacheControl string) {
	body, err := files.ReadFile(name)
	if err != nil {
		if body, err = files.ReadFile(name + ".gz"); err != nil {
			notFound(w)
			return
		}

		w.Header().Set("Vary", "Accept-Encoding")

		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			w.Header().Set("Content-Encoding", "gzip")
		} else {
			body = unpack(body)
		}
	}

	send(w, file{body, contentType(name), cacheControl})
}

func unpack(packed []byte) []byte {
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(fmt.Sprintf("web: what a build has packed can be unpacked, but: %v", err))
	}

	body, err := io.ReadAll(reader)
	if err != nil {
		panic(fmt.Sprintf("web: what a build has packed can be unpacked, but: %v", err))
	}

	return body
}

// configFile returns the configuration that a page reads before anything else.
func configFile(config any) file {
	body, err := json.Marshal(config)
	if err != nil {
		panic(fmt.Sprintf("web: texts can always be written as JSON, but: %v", err))
	}
	return file{body, contentType("config.json"), noStore}
}

// built returns how long a file of a Vite build may be cached.
func built(name string) (cacheControl string) {
	if strings.HasPrefix(name, "assets/") {
		return immutable
	}
	return noStore
}

// notFound responds to every path without a file.
func notFound(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", noStore)
	http.Error(w, "There is nothing at this address.", http.StatusNotFound)
}
