package server

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/web"
)

// docsSection is a section of the documentation's index.
type docsSection struct {
	title string
	pages []docsPage
}

// docsPage is a file below docs, or a pattern of files, and what the index says about it besides its title.
type docsPage struct{ file, about string }

// docsSections orders the index by what a reader needs. Programs with a small context skip the section "Optional"
// (llmstxt.org).
var docsSections = []docsSection{
	{"Calling the API", []docsPage{
		{"contract.md", "what programs can rely on: paths, headers, limits, errors, budgets"},
		{"domain.md", "what the operations mean"},
		{"browser.md", "token or cookie, other origins, what may be done now, forms, documents that are named"},
		{"page.md", "the account page in production, in the shop's brand and languages"},
		{"ways-in.md",
			"how customers prove who they are: one proof for several changes, codes, sign-in by code, passkeys with code for the browser"},
		{"services.md", "how another service of the shop knows whose request it serves, by a query or in a proxy"},
		{"webhooks.md", "how the shop's systems are told of what happens to accounts, verified and in order"},
		{"federation.md", "a subgraph of Apollo Federation: composition, the gateway's headers, entities"},
		{"clients.md", "the lines that Apollo, urql, Relay, graphql-request, genqlient and others need"},
		{"errors.md",
			"every code and reason, when it comes and what to show; what people paste; a page's side in TypeScript"},
		{"fields.md", "what customers may do with each field, and the shop's own attributes"},
		{"passwords.md", "what a new password must be, and why one is rejected"},
		{"export.md", "how customers get a copy of all that is stored of them"},
		{"deletion.md", "what happens when a customer deletes the account, at once or after a grace period"},
		{"devices.md", "what a customer signs in with, in words, and from where; mails of new devices, and what their link does"},
		{"terms.md", "the shop's terms by version: who must accept what, and what waits for it"},
		{"identity.md", "Google, Apple, Facebook, OpenID Connect; living behind another login"},
	}},
	{"Running it", []docsPage{
		{"support.md", "what a support desk does in a day, by a command or by the API"},
		{"operations.md", "mail and text messages; moving to another database; backups"},
		{"postgresql.md", "several processes on one database"},
		{"consent.md", "what customers agreed to, links that unsubscribe, the second opt-in, what can be shown later"},
		{"import.md", "customers of another system, with their password hashes"},
		{"reliability.md", "what is promised of what was acknowledged, and how that is tried"},
		{"performance.md", "the benchmark"},
		{"scale.md", "how many accounts, on how large a machine"},
	}},
	{"Security", []docsPage{
		{"privacy.md", "for the data protection officer: rights, what is stored, why and for how long; rules of app stores"},
		{"threat-model.md", "what somebody can send, and what bounds it"},
		{"hostile.md", "what each attack costs"},
		{"timing.md", "what can be made of the time of an answer"},
		{"requirements.md", "what is promised, and which test holds it"},
		{"asvs.md", "OWASP ASVS 5.0, level 2, row by row"},
	}},
	{"Optional", []docsPage{{"README.md", "the pages by who reads them"}, {file: "adr/*.md"}}},
}

// developerDocuments adds development's own documents, those of GraphiQL, to the documents of --trusted-documents,
// unless the operator allows only the manifest's.
func (s *server) developerDocuments(trusted graph.TrustedDocuments) graph.TrustedDocuments {
	// guard: who wants the manifest's documents only gets no others
	if s.settings.Production() || s.settings.TrustedDocumentsOnly {
		return trusted
	}
	all := graph.NewTrustedDocuments(web.Operations())
	maps.Copy(all, trusted)
	return all
}

// developerPages serves the documentation's index, the pages that it links to, and the trusted documents.
func (s *server) developerPages(mux *http.ServeMux, trusted graph.TrustedDocuments) error {
	index, err := docsIndex(s.documents, strings.TrimSuffix(s.settings.PublicURL, "/"))
	if err != nil {
		return err
	}

	readme, err := fs.ReadFile(s.documents, "README.md")
	if err != nil {
		return err
	}

	mux.HandleFunc("GET /README.md", sendText("text/plain; charset=utf-8", string(readme)))
	mux.HandleFunc("GET /llms.txt", sendText("text/plain; charset=utf-8", index))
	mux.HandleFunc("GET /documents.json", s.sendDocuments(trusted))
	pages, err := fs.Sub(s.documents, "docs")
	if err != nil {
		return err
	}

	mux.HandleFunc("GET /docs/{page...}", func(w http.ResponseWriter, r *http.Request) {
		text, err := fs.ReadFile(pages, r.PathValue("page"))
		if err != nil || path.Ext(r.PathValue("page")) != ".md" {
			http.NotFound(w, r)
			return
		}
		sendText("text/plain; charset=utf-8", string(text))(w, r)
	})

	return nil
}

// sendDocuments describes the trusted documents once somebody asks: that takes as long as a tenth of a start.
func (s *server) sendDocuments(trusted graph.TrustedDocuments) http.HandlerFunc {
	list := sync.OnceValues(func() (string, error) {
		described, err := graph.DescribeDocuments(trusted)
		if err != nil {
			return "", err
		}
		text, err := json.MarshalIndent(described, "", "  ")
		return string(text) + "\n", err
	})

	return func(w http.ResponseWriter, r *http.Request) {
		text, err := list()
		if err != nil {
			s.log.ErrorContext(r.Context(), "the documents could not be described", "error", err)
			http.Error(w, "the documents could not be described", http.StatusInternalServerError)
			return
		}
		sendText("application/json; charset=utf-8", text)(w, r)
	}
}

func sendText(contentType, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = io.WriteString(w, text)
	}
}

// summary is the first thing that a reader of the index learns.
const summary = "A self-hosted GraphQL API through which a shop's customers manage their own account: read it, update it, " +
	"change or reset the password, change the e-mail and the phone with confirmation, delete it."

// docsIndex returns the documentation's index in the form of llmstxt.org: a title, a summary, and lists of links.
func docsIndex(documents fs.FS, base string) (string, error) {
	var index strings.Builder
	fmt.Fprintf(&index, "# AccountQL\n\n> %s\n\n", summary)
	index.WriteString(strings.ReplaceAll(`Requests go to <base>/graphql by POST as JSON, with the header X-Api-Key, and for a signed-in customer with
Authorization: Bearer. The page for people is <base>/, the messages that were sent are at <base>/inbox.json,
and those to one address at <base>/inbox.json?to=ADDRESS.

## Start

- [README](<base>/README.md): what it is, how it starts, and a walk through one operation
- [Schema](<base>/schema.graphqls): every operation, type and error code, with their descriptions (where introspection is on)
- [Documents](<base>/documents.json): every trusted document, with a JSON Schema of its variables, to make tools of
`, "<base>", base))

	for _, section := range docsSections {
		fmt.Fprintf(&index, "\n## %s\n\n", section.title)
		for _, page := range section.pages {
			if err := page.list(&index, documents, base); err != nil {
				return "", err
			}
		}
	}

	return index.String(), nil
}

// list writes a line for each file of the page, with the file's own title.
func (p docsPage) list(index *strings.Builder, documents fs.FS, base string) error {
	names, err := fs.Glob(documents, path.Join("docs", p.file))
	if err != nil {
		return err
	}

	about := ""
	if p.about != "" {
		about = ": " + p.about
	}

	for _, name := range names {
		text, err := fs.ReadFile(documents, name)
		if err != nil {
			return err
		}
		title, _, _ := strings.Cut(strings.TrimPrefix(string(text), "# "), "\n")
		fmt.Fprintf(index, "- [%s](%s/%s)%s\n", title, base, name, about)
	}

	return nil
}
