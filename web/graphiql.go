package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
)

// The prefix "all:" includes files whose names start with an underscore, which a bundler may
// choose and go:embed would otherwise leave out without a word.
//
//go:embed all:graphiql/dist
var graphiQLFiles embed.FS

// graphiQLPolicy allows the page its own scripts, styles and data, and nothing else.
var graphiQLPolicy = []string{
	"default-src 'none'",
	"script-src 'self'",
	// Monaco checks GraphQL and JSON in workers, which are files of their own.
	"worker-src 'self'",
	// Monaco writes style elements for its theme, its line heights and its decorations while it
	// runs, so neither a hash nor a nonce can name them.
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"font-src 'self' data:",
	"connect-src 'self'",
	"frame-ancestors 'none'",
	"base-uri 'none'",
	"form-action 'none'",
}

// GraphiQL serves the page at / and what it needs under /graphiql/. The page sends apiKey with
// each of its requests to /graphql, and reads it from /graphiql/config.json.
func GraphiQL(apiKey string) http.Handler {
	files := graphiQLSite(apiKey)
	return guard(graphiQLPolicy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := files[r.URL.Path]
		if !ok {
			notFound(w)
			return
		}
		send(w, f)
	}))
}

// graphiQLSite lists the page's files by the path they are served at.
func graphiQLSite(apiKey string) map[string]file {
	config, err := json.Marshal(map[string]string{"apiKey": apiKey})
	if err != nil {
		panic(fmt.Sprintf("web: a string can always be written as JSON, but: %v", err))
	}
	files := map[string]file{
		"/graphiql/config.json": {config, contentType("config.json"), noStore},
	}
	const root = "graphiql/dist/"
	err = fs.WalkDir(graphiQLFiles, strings.TrimSuffix(root, "/"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := graphiQLFiles.ReadFile(name)
		if err != nil {
			return err
		}
		name = strings.TrimPrefix(name, root)
		switch {
		case name == "index.html":
			files["/"] = file{body, contentType(name), noStore}
		case strings.HasPrefix(name, "assets/"):
			files["/graphiql/"+name] = file{body, contentType(name), immutable}
		default:
			files["/graphiql/"+name] = file{body, contentType(name), noStore}
		}
		return nil
	})
	if err != nil {
		panic(fmt.Sprintf("web: embedded files can always be read, but: %v", err))
	}
	return files
}
