package graph

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"

	"github.com/accountql/accountql/graph/internal/gen"
)

// FuzzSettled compares variables that are taken as they are with those that gqlparser returns. Without a variable,
// and for any but input objects, gqlparser is asked in any case.
func FuzzSettled(f *testing.F) {
	inputs := []string{
		"UpdateAccountInput", "RegisterAccountInput", "SignInInput", "SignOutInput", "DeleteAccountInput", "AgreementsInput",
	}
	for _, body := range []string{
		`{}`, `{"input":null}`, `{"input":{}}`, `{"input":{"city":"a","company":null}}`, `{"input":{"nickname":"a"}}`,
		`{"input":{"email":"a","password":"b"}}`, `{"input":{"email":"a","password":null}}`, `{"input":{"email":"a"}}`,
		`{"input":{"agreements":{"email":true,"sms":null}}}`, `{"input":{"agreements":{"fax":true}}}`,
		`{"input":{"expectedVersion":1}}`, `{"input":{"expectedVersion":1e0,"sex":"MALE"}}`, `{"input":{"sex":"male"}}`,
		`{"input":{"attributes":{"a":[1,{"b":null}]}}}`, `{"input":{"scope":"ALL_SESSIONS"}}`,
		`{"input":{"clientAuthFactor":"a","identityProvider":"GOOGLE"}}`, `{"input":{"clientAuthFactor":"a"}}`,
		`{"input":{"email":true}}`, `{"input":[{}]}`, `{"input":{"email":true},"other":1}`, `{"other":{}}`,
	} {
		for i := range inputs {
			f.Add([]byte(body), uint8(i))
		}
	}

	schema := gen.NewExecutableSchema(gen.Config{}).Schema()
	f.Fuzz(func(t *testing.T, body []byte, which uint8) {
		input := schema.Types[inputs[int(which)%len(inputs)]]
		operation := &ast.OperationDefinition{VariableDefinitions: ast.VariableDefinitionList{{
			Variable: "input", Type: ast.NonNullNamedType(input.Name, nil), Definition: input,
		}}}
		read := func() map[string]any {
			request, err := parseRequest(fmt.Appendf(nil, `{"query":"","variables":%s}`, body), false)
			if err != nil || request.variables == nil || coerceVariables(schema, operation, request.variables) != nil {
				t.Skip("the variables are refused")
			}
			return request.variables
		}

		variables := read()
		if !settled(schema, operation, variables) {
			return
		}

		want, err := validator.VariableValues(schema, operation, read())
		if err != nil || !reflect.DeepEqual(variables, want) {
			t.Fatalf("%s for %s: taken as %v, gqlparser has %v (%v)", body, input.Name, variables, want, err)
		}
	})
}
