package graph_test

import (
	"context"
	"errors"
	"fmt"
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
)

// newSubgraph returns a world that is a subgraph, with the demo customer signed in, and the customer's id.
func newSubgraph(t *testing.T) (*world.World, string) {
	w := world.New(t, world.DefaultSettings())
	handler, err := graph.New(w.Service, graph.Options{
		Origin: world.OwnOrigin, Subgraph: world.ReadFile(t, "../schema.graphqls"), Introspection: true, Log: world.Discard,
		Authenticator:    &auth.Authenticator{Keys: auth.AllKeys, Store: w.Store, Now: w.Clock.Now, SessionIdle: world.DefaultSettings().SessionIdle},
		OperationTimeout: world.Patience,
	})
	world.Check(t, err)
	w.Handler = handler
	a := world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))

	return w, a.At("signIn.account.id").(string)
}

// entities sends a query with representations.
func entities(t *testing.T, w *world.World, token, query, representations string) *world.Answer {
	t.Helper()
	return w.Post(t, world.Call{
		Key: w.Keys["development"], Token: token, Accept: "application/graphql-response+json",
		Body: fmt.Sprintf(`{"query":%q,"variables":{"r":%s}}`, query, representations),
	})
}

func representation(id string) string { return fmt.Sprintf(`{"__typename":"Account","id":%q}`, id) }

// TestEntities checks that _entities answers the session's own account and nobody else's, whatever the selection looks
// like.
func TestEntities(t *testing.T) {
	w, id := newSubgraph(t)
	other, err := w.Service.CreateAccount(t.Context(), account.NewAccount{Email: "other@example.com"})
	world.Check(t, err)
	own, foreign := representation(id), representation(other.ID)
	const declared = `query ($r: [_Any!]!) `
	const demo = `{"id":"` + "%[1]s" + `","email":"demo@example.com"}`

	for _, test := range []struct{ query, representations, want string }{
		{declared + `{ _entities(representations: $r) { ... on Account { id email } } }`, `[` + own + `]`,
			`{"_entities":[` + demo + `]}`},
		{declared + `{ e: _entities(representations: $r) { __typename ... on Account { email } } }`,
			`[` + foreign + `,` + own + `,` + own + `]`,
			`{"e":[null,{"__typename":"Account","email":"demo@example.com"},{"__typename":"Account","email":"demo@example.com"}]}`},
		{declared + `{ _entities(representations: $r) { ... on _Entity { ...F } } } fragment F on _Entity { ...G } ` +
			`fragment G on Account { id email }`, own, `{"_entities":[` + demo + `]}`},
		{`query ($r: [_Any!]!, $yes: Boolean = true) ` +
			`{ _entities(representations: $r) { ... { ... on Node { id } ... on Account @skip(if: $yes) { email } } } }`,
			own, `{"_entities":[{"id":"%[1]s"}]}`},
		{declared + `{ before: apiKey { name } ...Q } fragment Q on Query { _entities(representations: $r) { ... on Account { id email } } }`,
			own, `{"before":{"name":"development"},"_entities":[` + demo + `]}`},
		{declared + `{ _entities(representations: $r) { ... on Account { id email } } _service { __typename } }`, `[]`,
			`{"_entities":[],"_service":{"__typename":"_Service"}}`},
		{`query ($r: ID!) { _entities(representations: [{__typename: "Account", id: $r}]) { ... on Account { id email } } }`,
			`"` + id + `"`, `{"_entities":[` + demo + `]}`},
	} {
		a := world.Succeed(t, entities(t, w, w.Tokens["demo"], test.query, test.representations))

		want := `{"data":` + strings.ReplaceAll(test.want, "%[1]s", id) + `}`
		if strings.TrimSpace(a.Body) != want {
			t.Errorf("%s\n got %s\nwant %s", test.query, a.Body, want)
		}
	}
}

// TestEntitiesAreGuarded checks that an entity has the gates and the limits of every read.
func TestEntitiesAreGuarded(t *testing.T) {
	w, id := newSubgraph(t)
	_, key, err := w.Service.CreateAPIKey(t.Context(), account.NewAPIKey{
		Name: "orders", Permissions: []models.Permission{models.PermissionSessionRead},
	})
	world.Check(t, err)
	w.Keys["orders"] = key
	const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Account { id } } }`
	list := `[` + representation(id) + `]`
	many := `[` + strings.Repeat(representation(id)+",", 100) + representation(id) + `]`
	const page = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Account { activity(first: 101) { pageInfo { hasNextPage } } } } }`
	for _, test := range []struct{ name, token, query, representations, code string }{
		{"no session", "", query, list, "UNAUTHENTICATED"},
		{"a dead session", "as_dead", query, list, "UNAUTHENTICATED"},
		{"too many", w.Tokens["demo"], query, many, "INVALID_INPUT"},
		{"another type", w.Tokens["demo"], query, `[{"__typename":"Order","id":"1"}]`, "INVALID_INPUT"},
		{"no id", w.Tokens["demo"], query, `[{"__typename":"Account"}]`, "INVALID_INPUT"},
		{"no object", w.Tokens["demo"], query, `[1]`, "INVALID_INPUT"},
		{"null", w.Tokens["demo"], query, `[null]`, "GRAPHQL_VALIDATION_FAILED"},
		{"a page that is too long", w.Tokens["demo"], page, list, "INVALID_INPUT"},
		{"too many aliases", w.Tokens["demo"], `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Account { ` +
			`a: id b: id c: id d: id e: id f: id g: id h: id i: id j: id k: id l: id m: id n: id o: id p: id } } }`,
			list, "QUERY_TOO_COMPLEX"},
		{"a mutation", w.Tokens["demo"], `mutation { _entities(representations: []) { __typename } }`, `[]`, "GRAPHQL_VALIDATION_FAILED"},
	} {
		a := entities(t, w, test.token, test.query, test.representations)
		if a.Code() != test.code || len(a.Data) > 0 {
			t.Errorf("%s: %s", test.name, a.Body)
		}
	}

	a := w.Post(t, world.Call{Key: w.Keys["orders"], Token: w.Tokens["demo"],
		Body: fmt.Sprintf(`{"query":%q,"variables":{"r":%s}}`, query, list)})
	if a.Code() != "PERMISSION_DENIED" {
		t.Errorf("a key without the permission: %s", a.Body)
	}
	if a := w.Post(t, world.Call{Key: "ak_unknown", Body: `{"query":"{ _service { sdl } }"}`}); a.Code() != "API_KEY_INVALID" {
		t.Errorf("an unknown key: %s", a.Body)
	}
}

// TestEntitiesOfTheBackOffice checks that a back-office key reads the entities of all customers, each once, that other
// keys of the back office don't, and that an error says in which entity it is.
func TestEntitiesOfTheBackOffice(t *testing.T) {
	w, id := newSubgraph(t)
	other, err := w.Service.CreateAccount(t.Context(), account.NewAccount{Email: "other@example.com"})
	world.Check(t, err)
	ask := func(permission models.Permission, query string, ids ...string) *world.Answer {
		_, key, err := w.Service.CreateAPIKey(t.Context(), account.NewAPIKey{
			Name: "desk", Permissions: []models.Permission{permission},
		})
		world.Check(t, err)
		list := make([]string, len(ids))
		for i, id := range ids {
			list[i] = representation(id)
		}
		return w.Post(t, world.Call{Key: key, Accept: "application/graphql-response+json", Body: fmt.Sprintf(
			`{"query":%q,"variables":{"r":[%s]}}`, `query ($r: [_Any!]!) `+query, strings.Join(list, ","))})
	}

	const emails = `{ e: _entities(representations: $r) { ... on Account { email } } }`
	a := world.Succeed(t, ask(models.PermissionCustomerRead, emails, other.ID, id, "nobody", other.ID))
	want := `{"data":{"e":[{"email":"other@example.com"},{"email":"demo@example.com"},null,{"email":"other@example.com"}]}}`
	if strings.TrimSpace(a.Body) != want {
		t.Errorf("answered %s", a.Body)
	}
	if a := ask(models.PermissionCustomerBlock, emails, id); a.Code() != "PERMISSION_DENIED" || strings.Contains(a.Body, "demo@") {
		t.Errorf("without the permission: %s", a.Body)
	}

	w.Service.Store = noSessions{w.Service.Store}
	a = ask(models.PermissionCustomerRead, `{ e: _entities(representations: $r) { ... on Account { id sessions { id } } } }`, "nobody", id)
	if !strings.Contains(a.Body, `"path":["e",1,"sessions"]`) ||
		!strings.Contains(a.Body, `{"e":[null,{"id":"`+id+`","sessions":null}]}`) {
		t.Errorf("answered %s", a.Body)
	}
}

// TestErrorsOfEntitiesHaveTheirPlace checks that the path of an error says in which entity it is.
func TestErrorsOfEntitiesHaveTheirPlace(t *testing.T) {
	w, id := newSubgraph(t)
	w.Service.Store = noSessions{w.Service.Store}
	a := entities(t, w, w.Tokens["demo"],
		`query ($r: [_Any!]!) { e: _entities(representations: $r) { ... on Account { id sessions { id } } } }`,
		`[`+representation("another")+`,`+representation(id)+`]`)
	if !strings.Contains(a.Body, `"path":["e",1,"sessions"]`) || !strings.Contains(a.Body, `[null,{"id":"`+id+`","sessions":null}]`) {
		t.Errorf("answered %s", a.Body)
	}
}

// noSessions is a store that can't list sessions.
type noSessions struct{ account.Store }

func (noSessions) RecentSessions(context.Context, string, time.Time, int) ([]models.Session, error) {
	return nil, models.Unavailable(errors.New("away"))
}

// TestSubgraphSchema checks that _service answers the schema with its key, and that a service that is no subgraph has
// none of this.
func TestSubgraphSchema(t *testing.T) {
	w, _ := newSubgraph(t)
	a := world.Succeed(t, w.Post(t, world.Call{Key: w.Keys["development"], Body: `{"query":"{ _service { sdl } }"}`}))
	sdl, _ := a.At("_service.sdl").(string)
	if !strings.HasPrefix(sdl, world.ReadFile(t, "../schema.graphqls")) ||
		!strings.Contains(sdl, `extend type Account @key(fields: "id")`) {
		t.Errorf("the schema is %.300s", sdl)
	}
	if _, err := gqlparser.LoadSchema(&ast.Source{Input: sdl + `
		directive @link(url: String!, import: [String!]) on SCHEMA
		directive @key(fields: String!) on OBJECT`}); err != nil {
		t.Error(err)
	}

	const types = `{"query":"{ __schema { queryType { fields { name } } types { name } } }"}`
	on := world.Succeed(t, w.Post(t, world.Call{Key: w.Keys["development"], Body: types}))
	off := world.New(t, world.DefaultSettings())
	without := world.Succeed(t, off.Post(t, world.Call{Key: off.Keys["development"], Body: types}))
	for _, name := range []string{"_entities", "_service", "_Entity", "_Any", "_Service"} {
		if !strings.Contains(on.Body, `"`+name+`"`) || strings.Contains(without.Body, `"`+name+`"`) {
			t.Errorf("%s is missing in a subgraph, or is there without one", name)
		}
	}
	if a := off.Post(t, world.Call{Key: off.Keys["development"], Body: `{"query":"{ _service { sdl } }"}`}); a.Code() != "GRAPHQL_VALIDATION_FAILED" {
		t.Errorf("without a subgraph: %s", a.Body)
	}
}
