package web

import (
	"embed"
	"net/http"
	"strings"
)

// The prefix "all:" includes files whose names start with an underscore: a bundler may choose such names, and the
// embed directive would skip them silently.
//
//go:embed all:graphiql/dist
var graphiQLFiles embed.FS

// graphiQLPolicy allows the page its own scripts, styles and data, and nothing else.
var graphiQLPolicy = []string{
	"default-src 'none'",
	"script-src 'self'",
	// Monaco checks GraphQL and JSON in workers, which are separate files.
	"worker-src 'self'",
	// Monaco writes style elements for its theme, its line heights and its decorations at run time, so neither a
	// hash nor a nonce can name them.
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"font-src 'self' data:",
	"connect-src 'self'",
	"frame-ancestors 'none'",
	"base-uri 'none'",
	"form-action 'none'",
}

// GraphiQL serves the page at / and its files under /graphiql/. The page reads apiKey from /graphiql/config.json
// and sends it with each request to /graphql.
func GraphiQL(apiKey string) http.Handler {
	config := configFile(map[string]string{"apiKey": apiKey})
	const folder, root = "/graphiql/", "graphiql/dist/"

	return guard(graphiQLPolicy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, inside := strings.CutPrefix(r.URL.Path, folder)
		switch {
		case r.URL.Path == "/":
			sendEmbedded(w, r, graphiQLFiles, root+"index.html", noStore)
		case inside && name == "config.json":
			send(w, config)
		case inside && name != "index.html":
			sendEmbedded(w, r, graphiQLFiles, root+name, built(name))
		default:
			notFound(w)
		}
	}))
}
