package graph_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
	"github.com/accountql/accountql/web"
)

// TestPageKeyHasWhatThePageNeeds compares the permissions of the account page's key with those of the fields that the
// page's documents have: neither is larger.
func TestPageKeyHasWhatThePageNeeds(t *testing.T) {
	documents, err := graph.ReadTrustedDocuments(web.AccountDocuments())
	world.Check(t, err)

	schema := world.LoadSchema(t)
	needed := map[string]bool{}
	var walk func(set ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch selection := selection.(type) {
			case *ast.Field:
				if gate := selection.Definition.Directives.ForName("hasPermission"); gate != nil {
					if permission := gate.Arguments.ForName("permission"); permission != nil {
						needed[permission.Value.Raw] = true
					}
				}
				walk(selection.SelectionSet)
			case *ast.FragmentSpread:
				walk(selection.Definition.SelectionSet)
			case *ast.InlineFragment:
				walk(selection.SelectionSet)
			}
		}
	}
	for _, text := range documents {
		document, wrong := gqlparser.LoadQueryWithRules(schema, text, nil)
		if wrong != nil {
			t.Fatal(wrong)
		}
		for _, operation := range document.Operations {
			walk(operation.SelectionSet)
		}
	}

	has := account.PagePermissions()
	for _, permission := range models.Permissions {
		if needed[string(permission)] != slices.Contains(has, permission) {
			t.Errorf("%s: the page needs it: %t", permission, needed[string(permission)])
		}
	}
}

// TestPageDocuments checks that the page's key takes the page's documents and nothing else, and that they are no other
// key's.
func TestPageDocuments(t *testing.T) {
	w := world.New(t, account.Settings{})
	documents, err := graph.ReadTrustedDocuments(web.AccountDocuments())
	world.Check(t, err)
	page, err := w.Service.PageKey(t.Context(), world.OwnOrigin)
	world.Check(t, err)
	w.Handler, err = graph.New(w.Service, graph.Options{
		Origin:           world.OwnOrigin,
		Authenticator:    &auth.Authenticator{Keys: auth.AllKeys, Store: w.Store, Now: w.Clock.Now, SessionIdle: time.Hour},
		TrustedDocuments: graph.TrustedDocuments{"shop": "{ settings { maxAge } }"}, PageDocuments: documents,
		Log: slog.New(slog.DiscardHandler), OperationTimeout: world.Patience,
	})
	world.Check(t, err)

	probe := ""
	for id, text := range documents {
		if strings.HasPrefix(text, "query Probe ") {
			probe = id
		}
	}
	if probe == "" {
		t.Fatal("the page has no query Probe")
	}

	const sent = `{"query":"{ settings { maxAge } }"}`
	named := `{"documentId":"` + probe + `"}`
	for _, test := range []struct {
		key, body string
		want      models.Code
	}{
		{page, named, models.CodeUnauthenticated}, {page, sent, models.CodeBadRequest},
		{page, `{"documentId":"shop"}`, models.CodeBadRequest},
		{account.DevelopmentKey, named, models.CodeBadRequest}, {account.DevelopmentKey, sent, ""},
		{account.DevelopmentKey, `{"documentId":"shop"}`, ""},
	} {
		if got := models.Code(w.Post(t, world.Call{Key: test.key, Body: test.body}).Code()); got != test.want {
			t.Errorf("%.12s %s: %s, want %s", test.key, test.body, got, test.want)
		}
	}
}
