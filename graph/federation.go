package graph

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/accountql/accountql/models"
)

// federationTypes is what the schema of a subgraph of Apollo Federation 2 has in addition.
const federationTypes = `
"What identifies an entity: its __typename, and the fields of its key."
scalar _Any
"What other subgraphs can refer to."
union _Entity = Account
"This subgraph."
type _Service {
  "Its schema, with the directives of Apollo Federation."
  sdl: String
}
extend type Query {
  "The account of the signed-in customer in the place of each representation that names it, and null in all others; with a back-office key, the account of each that there is. At most 100."
  _entities("The accounts, by their ids." representations: [_Any!]!): [_Entity]!
    @isAuthenticated @hasPermission(permission: API_PERSONAL_INFORMATION_CLIENT_READ)
  "This subgraph; for the composition of a supergraph."
  _service: _Service! @hasPermission
}
`

// federationKeys is what a gateway's composition needs beside the schema.
const federationKeys = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])
extend type Account @key(fields: "id")
`

const (
	entityType = "Account"
	unionType  = "_Entity"
	// maxRepresentations limits how often a response repeats an account.
	maxRepresentations = 100
)

// federation answers the root fields of a subgraph. It rewrites _entities to account, or to customer for the back
// office, so that an entity has the same gates, limits and resolvers as every other read, and gqlgen needs to know
// nothing of it (docs/adr/0033-a-subgraph.md).
type federation struct {
	schema *ast.Schema
	sdl    string
}

// newFederation returns the federation of a schema's text.
func newFederation(text string) (*federation, error) {
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: text + federationTypes})
	if err != nil {
		return nil, fmt.Errorf("schema of the subgraph: %w", err)
	}
	return &federation{schema: schema, sdl: text + federationKeys}, nil
}

// subgraphQuery is a query with root fields of a subgraph.
type subgraphQuery struct {
	federation *federation
	// fields are the root fields, in the order of the response.
	fields []graphql.CollectedField
	// entities are those of each _entities, by its key in the response.
	entities map[string][]entity
	// rest is the operation without the subgraph's fields, in which account or customer stands for _entities.
	rest *graphql.OperationContext
}

// entity is what answers a representation: the account in the path below a root field of the rest. There is none if
// the path is empty.
type entity struct{ path []string }

// query returns nil if the operation has no root field of a subgraph, or the error in its representations.
func (f *federation) query(
	operation *graphql.OperationContext, caller models.Caller,
) (*subgraphQuery, []*documentError) {
	query := &subgraphQuery{
		federation: f, entities: map[string][]entity{},
		fields: graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Query", "Mutation"}),
	}
	var rest ast.SelectionSet
	found := false
	for _, field := range query.fields {
		copied := *field.Field
		copied.SelectionSet = field.Selections
		switch field.Name {
		case "_service":
			found = true
		case "_entities":
			found = true
			ids, err := representedIDs(field.ArgumentMap(operation.Variables)["representations"])
			if err != nil {
				return nil, []*documentError{{err: err}}
			}

			copied.SelectionSet = ofAccount(field.Selections)
			read, entities := f.own(copied, ids, caller.AccountID())
			if caller.APIKey.BackOffice() {
				read, entities = f.customers(copied, ids)
			}
			rest = append(rest, read...)
			query.entities[field.Alias] = entities
		default:
			rest = append(rest, &copied)
		}
	}
	if !found {
		return nil, nil
	}

	document, asked := *operation.Doc, *operation.Operation
	asked.SelectionSet, document.Operations = rest, ast.OperationList{&asked}
	query.rest = &graphql.OperationContext{
		RawQuery: operation.RawQuery, OperationName: operation.OperationName, Doc: &document, Operation: &asked,
		Variables: operation.Variables, DisableIntrospection: operation.DisableIntrospection,
		ResolverMiddleware: operation.ResolverMiddleware, RootResolverMiddleware: operation.RootResolverMiddleware,
	}

	return query, nil
}

// own returns the field that reads the session's account, and which of the ids are answered by it.
func (f *federation) own(field ast.Field, ids []string, accountID string) (ast.SelectionSet, []entity) {
	entities := make([]entity, len(ids))
	for i, id := range ids {
		if id == accountID { // guard: an entity is the session's own account
			entities[i].path = []string{field.Alias}
		}
	}

	return ast.SelectionSet{f.field(f.schema.Query, "account", field)}, entities
}

// customers returns the fields that read the accounts with the ids, each once, for the back office.
func (f *federation) customers(field ast.Field, ids []string) (ast.SelectionSet, []entity) {
	var read ast.SelectionSet
	entities, keys := make([]entity, len(ids)), map[string]string{}
	for i, id := range ids {
		if _, known := keys[id]; !known {
			// No client can choose a key with a bracket.
			keys[id] = fmt.Sprintf("%s[%d]", field.Alias, i)
			account := f.field(f.schema.Types["Customer"], "account", field)
			account.Alias = account.Name
			customer := f.field(f.schema.Query, "customer", field)
			customer.Alias, customer.SelectionSet = keys[id], ast.SelectionSet{account}
			customer.Arguments = ast.ArgumentList{{
				Name: "id", Value: &ast.Value{Kind: ast.StringValue, Raw: id, Position: field.Position},
			}}
			read = append(read, customer)
		}
		entities[i].path = []string{keys[id], "account"}
	}

	return read, entities
}

// field returns a copy of a field under another name.
func (f *federation) field(parent *ast.Definition, name string, field ast.Field) *ast.Field {
	field.Name, field.Arguments = name, nil
	field.Definition, field.ObjectDefinition = parent.Fields.ForName(name), parent

	return &field
}

// representedIDs returns the ids of representations, or INVALID_INPUT.
func representedIDs(given any) ([]string, *models.Error) {
	const field = "representations"
	var list []any
	switch given := given.(type) {
	case []any:
		list = given
	case []map[string]any: // gqlparser makes a list of one
		for _, one := range given {
			list = append(list, one)
		}
	default:
		list = []any{given}
	}
	if len(list) > maxRepresentations { // guard: representations are few
		return nil, models.InvalidInput(field, models.ReasonTooMany, maxRepresentations, "must not be more than 100")
	}

	ids := make([]string, len(list))
	for i, one := range list {
		representation, _ := one.(map[string]any)
		id, ok := representation["id"].(string)
		if !ok || representation["__typename"] != entityType {
			return nil, models.InvalidInput(field, models.ReasonMalformed, 0, "must be of Account, with its id")
		}
		ids[i] = id
	}

	return ids, nil
}

// ofAccount returns the selections of an _Entity as those of an Account.
func ofAccount(set ast.SelectionSet) ast.SelectionSet {
	selections := make(ast.SelectionSet, len(set))
	for i, selection := range set {
		selections[i] = selection
		switch selection := selection.(type) {
		case *ast.InlineFragment:
			if selection.TypeCondition == "" || selection.TypeCondition == unionType {
				copied := *selection
				copied.TypeCondition, copied.SelectionSet = entityType, ofAccount(selection.SelectionSet)
				selections[i] = &copied
			}
		case *ast.FragmentSpread:
			if selection.Definition.TypeCondition == unionType {
				selections[i] = &ast.InlineFragment{
					TypeCondition: entityType, Directives: selection.Directives,
					SelectionSet: ofAccount(selection.Definition.SelectionSet), Position: selection.Position,
				}
			}
		}
	}
	return selections
}

// answer runs the rest of the query, and returns the whole response.
func (q *subgraphQuery) answer(run func(*graphql.OperationContext) *graphql.Response) *graphql.Response {
	response := &graphql.Response{Data: json.RawMessage("{}")}
	if len(q.rest.Operation.SelectionSet) > 0 {
		response = run(q.rest)
	}

	var values map[string]json.RawMessage
	if err := json.Unmarshal(response.Data, &values); err != nil || values == nil {
		return response // data is null: an error has refused the whole query
	}

	for _, failure := range response.Errors {
		q.place(failure)
	}

	var data bytes.Buffer
	for i, field := range q.fields {
		separator := byte(',')
		if i == 0 {
			separator = '{'
		}
		data.WriteByte(separator)
		data.WriteString(jsonString(field.Alias) + ":")
		data.Write(q.value(field, values))
	}
	data.WriteByte('}')
	response.Data = data.Bytes()

	return response
}

// value returns the value of a root field; answered are those of the rest.
func (q *subgraphQuery) value(field graphql.CollectedField, answered map[string]json.RawMessage) []byte {
	switch field.Name {
	case "_service":
		return q.service(field)
	case "_entities":
		values := [][]byte{}
		for _, entity := range q.entities[field.Alias] {
			values = append(values, entity.in(answered))
		}
		return append(append([]byte("["), bytes.Join(values, []byte(","))...), ']')
	}
	return answered[field.Alias]
}

// in returns the entity's value among those of root fields, or null.
func (e entity) in(answered map[string]json.RawMessage) []byte {
	var value json.RawMessage
	for i, name := range e.path {
		if i > 0 {
			answered = nil
			_ = json.Unmarshal(value, &answered) // null has no fields
		}
		value = answered[name]
	}
	if value == nil {
		return []byte("null")
	}

	return value
}

// service returns the value of _service.
func (q *subgraphQuery) service(field graphql.CollectedField) []byte {
	value := []byte("{")
	for i, leaf := range graphql.CollectFields(q.rest, field.Selections, []string{"_Service"}) {
		if i > 0 {
			value = append(value, ',')
		}
		text := "_Service" // __typename
		if leaf.Name == "sdl" {
			text = q.federation.sdl
		}
		value = append(value, jsonString(leaf.Alias)+":"+jsonString(text)...)
	}
	return append(value, '}')
}

// place replaces the path of an entity in the rest by its place in the response, in the path of an error.
func (q *subgraphQuery) place(failure *gqlerror.Error) {
	for key, entities := range q.entities {
		for i, entity := range entities {
			if len(entity.path) == 0 || len(failure.Path) == 0 || failure.Path[0] != ast.PathName(entity.path[0]) {
				continue
			}
			below := failure.Path[min(len(entity.path), len(failure.Path)):]
			failure.Path = append(ast.Path{ast.PathName(key), ast.PathIndex(i)}, below...)
			return
		}
	}
}

func jsonString(text string) string {
	written, _ := json.Marshal(text) //nolint:errchkjson // no text fails
	return string(written)
}
