// Package web serves the pages a browser sees in development mode: the customer's account page;
// GraphiQL, with one tab per operation; and the inbox, which shows every message the service
// would have sent. The links in those messages open screens of the account page.
//
// All are embedded and load nothing from anywhere else but the picture of a customer who has one,
// so they work without a network. The account page and GraphiQL are built by Vite, and their built files are committed so that
// building AccountQL needs no Node; the inbox is served as it is written. To build them again
// after a change of examples/web or web/graphiql:
//
//	make web
//
// None of them belongs in production: the account page and GraphiQL hand out an API key, and the
// inbox shows secrets.
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

// file is what a page reads, ready to be sent.
type file struct {
	body         []byte
	contentType  string
	cacheControl string
}

const (
	// noStore keeps pages and their data out of every cache: a new binary must show its own page.
	noStore = "no-store"
	// immutable suits a file whose name holds a hash of what is in it.
	immutable = "public, max-age=31536000, immutable"
)

// contentTypes is written out because mime.TypeByExtension asks the host's tables, which know
// less on a bare container and can name a wrong type for .js; with nosniff that is a blank page.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".md":   "text/plain; charset=utf-8",
	".svg":  "image/svg+xml",
	".ttf":  "font/ttf",
}

// contentType names the type of a file that has the given name.
func contentType(name string) string {
	if t, ok := contentTypes[path.Ext(name)]; ok {
		return t
	}
	return "application/octet-stream"
}

// guard sets the headers that every answer of a page carries, and lets only reading through.
func guard(contentSecurityPolicy []string, next http.Handler) http.Handler {
	policy := strings.Join(contentSecurityPolicy, "; ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		// Links in messages hold tokens, and no page they lead to needs to know where they stood.
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			h.Set("Cache-Control", noStore)
			http.Error(w, "This page can only be read.", http.StatusMethodNotAllowed)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// send writes one file.
func send(w http.ResponseWriter, f file) {
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Content-Length", strconv.Itoa(len(f.body)))
	h.Set("Cache-Control", f.cacheControl)
	// An error here means that the browser went away, and there is nobody left to tell.
	_, _ = w.Write(f.body)
}

// sendEmbedded sends a file of the binary, or says that there is none. It is read only now: pages
// that nobody opens take no memory. A build may have packed it by gzip, as every browser takes it.
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

// configFile is what a page reads before anything else.
func configFile(config any) file {
	body, err := json.Marshal(config)
	if err != nil {
		panic(fmt.Sprintf("web: texts can always be written as JSON, but: %v", err))
	}
	return file{body, contentType("config.json"), noStore}
}

// built is how long a file of a build by Vite may be kept.
func built(name string) (cacheControl string) {
	if strings.HasPrefix(name, "assets/") {
		return immutable
	}
	return noStore
}

// notFound answers for every path that names no file.
func notFound(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", noStore)
	http.Error(w, "There is nothing at this address.", http.StatusNotFound)
}
