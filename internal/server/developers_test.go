package server

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
)

// described is an entry of /documents.json.
type described struct {
	ID, Name, OperationName, Description, Type, Text string
	Variables                                        map[string]any
}

// developing returns a server in development mode with the documents of the manifest.
func developing(t *testing.T, settings config.Settings, manifest string) *server {
	t.Helper()
	folder := t.TempDir()
	settings.Mode = config.Development

	if manifest != "" {
		settings.TrustedDocuments = filepath.Join(folder, "manifest.json")
		if err := os.WriteFile(settings.TrustedDocuments, []byte(manifest), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	s, err := newTestServer(t, settings, filepath.Join(folder, "x.db"))
	if err != nil {
		t.Fatal(err)
	}

	return s
}

func textOf(t *testing.T, answer *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func documentsOf(t *testing.T, s *server) []described {
	t.Helper()
	var list []described
	if err := json.Unmarshal([]byte(textOf(t, ask(s, "GET", "localhost", "/documents.json"))), &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestIndexForPrograms guards that /llms.txt has the form of llmstxt.org, lists every page of the documentation
// once, and has no dead link.
func TestIndexForPrograms(t *testing.T) {
	s := developing(t, config.Settings{}, "")
	answer := ask(s, "GET", "localhost", "/llms.txt")
	index := textOf(t, answer)
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK ||
		kind != "text/plain; charset=utf-8" {
		t.Fatalf("answered %d %s", answer.StatusCode, kind)
	}
	if !strings.HasPrefix(index, "# AccountQL\n\n> ") || strings.Count(index, "\n# ") > 0 ||
		!strings.Contains(index, "\n## Optional\n") {
		t.Errorf("the index begins with %.200s", index)
	}

	var paths []string
	for _, match := range regexp.MustCompile(`(?m)^- \[([^\]]+)\]\(([^)]+)\)(: .+)?$`).FindAllStringSubmatch(index,
		-1) {
		path, ours := strings.CutPrefix(match[2], s.settings.PublicURL)
		paths = append(paths, path)
		if linked := ask(s, "GET", "localhost",
			path); !ours || linked.StatusCode != http.StatusOK || textOf(t, linked) == "" {
			t.Errorf("%s is answered %d", match[2], linked.StatusCode)
		}
	}

	for _, pattern := range []string{"docs/*.md", "docs/adr/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) < 10 {
			t.Fatal(files, err)
		}

		for _, file := range files {
			times := 0
			for _, path := range paths {
				if path == "/"+filepath.ToSlash(file) {
					times++
				}
			}

			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if times != 1 || textOf(t, ask(s, "GET", "localhost", "/"+filepath.ToSlash(file))) != string(text) {
				t.Errorf("%s stands there %d times", file, times)
			}
		}
	}

	for _, path := range []string{"/docs/", "/docs/nothing",
		"/docs/../go.mod", "/docs/images/account.png", "/docs/adr", "/docs/..%2fgo.mod", "/docs/%2e%2e/go.mod"} {
		if answer := ask(s, "GET", "localhost", path); answer.StatusCode == http.StatusOK {
			t.Errorf("%s is answered", path)
		}
	}
}

// TestDocumentsForPrograms guards that /documents.json has each operation of the manifest and of GraphiQL's tabs,
// with an id that works and the best description that exists.
func TestDocumentsForPrograms(t *testing.T) {
	manifest := map[string]string{
		"described": "\"\"\"\nReads the address.\n\nAnd no more.\n\"\"\"\nquery Described { account { email } }",
		"commented": "# Reads the name.\n# Nobody else's.\nquery Commented { account { firstName } }",
		"bare":      "{ account { ...F } } fragment F on Account { city }",
		"several":   "\"One.\"\nquery One { apiKey { name } }\n\"Two.\"\nquery Two(\"The id.\" $id: ID!) { node(id: $id) { id } }",
	}
	text, err := json.Marshal(manifest)
	if err != nil {
		t.Fatal(err)
	}

	s := developing(t, config.Settings{}, string(text))
	byName := map[string]described{}
	names := []string{}
	for _, one := range documentsOf(t, s) {
		byName[one.Name] = one
		names = append(names, one.Name)
		if one.ID == "" || one.Description == "" || one.Text == "" || one.Variables["type"] != "object" ||
			one.Type != "query" && one.Type != "mutation" {
			t.Errorf("described is %+v", one)
		}
	}

	if !slices.IsSorted(names) || len(names) != 5+58 {
		t.Errorf("there are %d, want one for each tab of GraphiQL and the five above: %v", len(names), names)
	}

	for name, want := range map[string]described{
		"Described": {ID: "described", Description: "Reads the address.\n\nAnd no more.", Type: "query"},
		"Commented": {ID: "commented", Description: "Reads the name.\nNobody else's.", Type: "query"},
		"One":       {ID: "several", Description: "One.", Type: "query", OperationName: "One"},
		"Two":       {ID: "several", Description: "Two.", Type: "query", OperationName: "Two"},
		"signIn":    {Type: "mutation"},
	} {
		got := byName[name]
		if want.ID != "" &&
			(got.ID != want.ID || got.Description != want.Description || got.Text != manifest[want.ID]) ||
			got.Type != want.Type || got.OperationName != want.OperationName {
			t.Errorf("%s is %+v", name, got)
		}
	}

	properties, _ := byName["Two"].Variables["properties"].(map[string]any)
	id, _ := properties["id"].(map[string]any)
	if id["description"] != "The id." || id["type"] != "string" {
		t.Errorf("Two's variables are %v", byName["Two"].Variables)
	}
	if only := documentsOf(t,
		developing(t, config.Settings{TrustedDocumentsOnly: true}, string(text))); len(only) != 5 {
		t.Errorf("with --trusted-documents-only there are %d", len(only))
	}

	// Each id can be sent.
	for _, one := range documentsOf(t, s) {
		body, err := json.Marshal(
			map[string]any{"documentId": one.ID, "operationName": one.OperationName, "variables": map[string]any{}},
		)
		if err != nil {
			t.Fatal(err)
		}

		request := httptest.NewRequest(http.MethodPost, "http://localhost/graphql",
			strings.NewReader(strings.Replace(string(body), `"operationName":"",`, "", 1)))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("X-Api-Key", account.DevelopmentKey)
		answer := httptest.NewRecorder()
		s.handler.ServeHTTP(answer, request)
		if strings.Contains(answer.Body.String(), "BAD_REQUEST") ||
			strings.Contains(answer.Body.String(), "PARSE_FAILED") {
			t.Errorf("%s: %s", one.Name, answer.Body)
		}
	}
}

// TestNothingForProgramsInProduction guards that production serves neither the index nor the pages nor the
// documents.
func TestNothingForProgramsInProduction(t *testing.T) {
	for _, introspection := range []string{"on", "off"} {
		s, err := newTestServer(t, config.Settings{
			Mode: config.Production, Listen: ":0", PublicURL: "https://api.shop.example", Introspection: introspection,
			SMTP: "smtp://mail.shop.example", MailFrom: "no-reply@shop.example",
		}, filepath.Join(t.TempDir(), "x.db"))
		if err != nil {
			t.Fatal(err)
		}

		for _, path := range []string{
			"/llms.txt", "/documents.json", "/docs/errors.md", "/README.md", "/docs/", "/llms-full.txt",
		} {
			if answer := ask(s, "GET", "api.shop.example", path); answer.StatusCode != http.StatusNotFound {
				t.Errorf("introspection %s: %s is answered %d", introspection, path, answer.StatusCode)
			}
		}
	}
}
