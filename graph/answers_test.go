package graph_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/graph/internal/gen"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check that a response without data means that nothing was changed (R-ANS1, R-ANS2).

// observed returns the world with a handler that counts the operations that start.
func observed(t *testing.T, w *world.World) *int {
	t.Helper()
	count := new(int)
	var err error
	w.Handler, err = graph.New(w.Service, graph.Options{
		Origin: world.OwnOrigin,
		Authenticator: &auth.Authenticator{
			Store: w.Store, Now: w.Clock.Now, SessionIdle: w.Service.Settings.SessionIdle,
		},
		Introspection: true, OperationTimeout: world.Patience, Log: world.Discard,
		Observe: func(string, models.Code, time.Duration) { *count++ },
	})
	world.Check(t, err)

	return count
}

// wrongSelections returns invalid selections of a type below a payload: the selection, the variables that the
// document declares, and the variables that the request sends.
func wrongSelections(schema *ast.Schema, of *ast.Definition) []wrongSelection {
	wrong := []wrongSelection{
		{"__typename @include(if: $flag)", "$flag: Boolean = true", `"flag":null`, "GRAPHQL_VALIDATION_FAILED"},
		{"__typename @skip(if: $flag)", "$flag: Boolean = false", `"flag":null`, "GRAPHQL_VALIDATION_FAILED"},
		{"... @include(if: $flag) { __typename }", "$flag: Boolean = true", `"flag":null`, "GRAPHQL_VALIDATION_FAILED"},
	}
	for _, field := range of.Fields {
		for _, argument := range field.Arguments {
			for _, value := range wrongValues[argument.Type.Name()+" "+argument.Name] {
				literal := fmt.Sprintf("%s(%s: %s) %s", field.Name, argument.Name, value,
					world.Selection(schema, field.Type, world.EveryField))
				wrong = append(wrong, wrongSelection{selection: literal, code: "INVALID_INPUT"})
				variable := fmt.Sprintf("%s(%s: $value) %s", field.Name, argument.Name,
					world.Selection(schema, field.Type, world.EveryField))
				wrong = append(wrong,
					wrongSelection{variable, "$value: " + argument.Type.String(), `"value":` + value, "INVALID_INPUT"})
			}

			if argument.Type.NonNull {
				null := fmt.Sprintf("%s(%s: $value) %s", field.Name, argument.Name,
					world.Selection(schema, field.Type, world.EveryField))
				kind := argument.Type.Name()
				wrong = append(wrong,
					wrongSelection{null, "$value: " + kind, `"value":null`, "GRAPHQL_VALIDATION_FAILED"})
			}
		}
	}

	return wrong
}

type wrongSelection struct{ selection, declares, sends, code string }

// wrongValues are values of the right type that every resolver refuses, by the type and name of the argument.
var wrongValues = map[string][]string{
	"Int first":    {"0", "-1", "101", "2147483647"},
	"String after": {`""`, `"x"`, `"MA"`, `"LTE"`, `"NQ=="`},
}

// TestWrongSelectionsChangeNothing sends every mutation with every invalid selection at every place below its
// payload: it must be refused before it starts.
func TestWrongSelectionsChangeNothing(t *testing.T) {
	w := newWholeCustomer(t)
	began := observed(t, w)
	asked := 0
	for _, mutation := range w.Schema.Mutation.Fields {
		arguments, declares := "", ""
		if input := mutation.Arguments.ForName("input"); input != nil {
			arguments, declares = "(input: $input)", "$input: "+input.Type.String()
		}

		below(w.Schema, w.Schema.Types[mutation.Type.Name()], "%s", func(of *ast.Definition, around string) {
			for _, wrong := range wrongSelections(w.Schema, of) {
				for _, shape := range []string{"%s", "... on " + of.Name + " { a: %s }", "...F"} {
					declared := strings.Trim(declares+" "+wrong.declares, " ")
					if declared != "" {
						declared = "(" + declared + ")"
					}

					inner, fragment := shape, ""
					switch {
					case shape == "...F":
						fragment = fmt.Sprintf(" fragment F on %s { %s }", of.Name, wrong.selection)
					case strings.HasPrefix(wrong.selection, "...") && shape != "%s":
						continue // an inline fragment has no alias
					default:
						inner = fmt.Sprintf(shape, wrong.selection)
					}

					document := fmt.Sprintf("mutation%s { %s%s { __typename %s } }%s", declared, mutation.Name,
						arguments, fmt.Sprintf(around, inner), fragment)
					variables := strings.Trim(`"input":`+anyInput(w.Schema, mutation)+","+wrong.sends, ",")
					if arguments == "" {
						variables = wrong.sends
					}

					a := w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"],
						Accept: "application/graphql-response+json",
						Body:   fmt.Sprintf(`{"query":%s,"variables":{%s}}`, world.Quote(document), variables)})
					asked++
					if a.Status != http.StatusBadRequest || a.Code() != wrong.code || a.Data != nil {
						t.Errorf("%s {%s}: answered %d %s", document, variables, a.Status, a.Body)
					}
				}
			}
		})
	}

	if *began > 0 {
		t.Errorf("%d operations began", *began)
	}
	if asked < 500 {
		t.Errorf("only %d documents were tried", asked)
	}
}

// below calls each for a type and the types below it, with the text around a selection of it.
func below(schema *ast.Schema, of *ast.Definition, around string, each func(of *ast.Definition, around string)) {
	each(of, around)
	for _, field := range of.Fields {
		inner := schema.Types[field.Type.Name()]
		required := false
		for _, argument := range field.Arguments {
			required = required || argument.Type.NonNull && argument.DefaultValue == nil
		}

		if inner.Kind == ast.Object && !required && !strings.HasPrefix(field.Name, "__") {
			below(schema, inner, fmt.Sprintf(around, field.Name+" { %s }"), each)
		}
	}
}

// anyInput fills the required fields of a mutation's input with values of their types.
func anyInput(schema *ast.Schema, mutation *ast.FieldDefinition) string {
	argument := mutation.Arguments.ForName("input")
	if argument == nil {
		return ""
	}
	return anyObject(schema, schema.Types[argument.Type.Name()])
}

func anyObject(schema *ast.Schema, input *ast.Definition) string {
	var fields []string
	for _, field := range input.Fields {
		if !field.Type.NonNull || field.DefaultValue != nil {
			continue
		}

		value := `"x"`
		switch definition := schema.Types[field.Type.Name()]; {
		case definition.Kind == ast.InputObject:
			value = anyObject(schema, definition) // one counts as a list of it
		case definition.Kind == ast.Enum:
			value = `"` + definition.EnumValues[0].Name + `"`
		case definition.Name == "Boolean":
			value = "true"
		}

		fields = append(fields, fmt.Sprintf("%q:%s", field.Name, value))
	}

	return "{" + strings.Join(fields, ",") + "}"
}

// TestWhatIsLeftOutIsNotChecked checks that an argument that a directive excludes can't be wrong, because it is not
// used.
func TestWhatIsLeftOutIsNotChecked(t *testing.T) {
	w := newWholeCustomer(t)
	for _, query := range []string{
		`{ account { id activity(first: 0) @skip(if: true) { edges { cursor } } } }`,
		`{ account { id ... @include(if: false) { activity(first: 0) { edges { cursor } } } } }`,
		`query ($no: Boolean!) { account { id ...F @include(if: $no) } } fragment F on Account { activity(first: 0) { edges { cursor } } }`,
	} {
		world.Succeed(t, w.Post(t,
			world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"], Accept: "application/graphql-response+json",
				Body: fmt.Sprintf(`{"query":%s,"variables":{"no":false}}`, world.Quote(query))}))
	}
}

// TestArgumentsBelowTheRootAreChecked checks that every field below the root that has arguments is checked before
// an operation starts, and that TestWrongSelectionsChangeNothing has wrong values for each.
func TestArgumentsBelowTheRootAreChecked(t *testing.T) {
	schema := world.LoadSchema(t)
	for name, definition := range schema.Types {
		if definition.Kind != ast.Object || name == "Query" || name == "Mutation" || strings.HasPrefix(name, "__") {
			continue
		}

		for _, field := range definition.Fields {
			if len(field.Arguments) > 0 && !graph.ChecksArguments(name, field.Name) {
				t.Errorf("%s.%s has arguments that are not checked before the operation", name, field.Name)
			}

			for _, argument := range field.Arguments {
				if wrongValues[argument.Type.Name()+" "+argument.Name] == nil {
					t.Errorf("%s.%s(%s) has no wrong value in this test", name, field.Name, argument.Name)
				}
			}
		}
	}
}

// neverFail are the fields whose resolver never returns an error.
var neverFail = map[string]bool{"can": true, "fields": true}

// TestWhatIsReadAfterwardsIsNullable checks that every field that is read after a change is nullable, so that its
// failure can't remove the data from the response.
func TestWhatIsReadAfterwardsIsNullable(t *testing.T) {
	schema := world.LoadSchema(t)
	for _, mutation := range schema.Mutation.Fields {
		payload := schema.Types[mutation.Type.Name()]
		if field := payload.Fields.ForName("account"); field != nil && field.Type.NonNull {
			t.Errorf("%s.account can't be null", payload.Name)
		}
	}

	for method := range reflect.TypeFor[gen.AccountResolver]().Methods() {
		name := strings.ToLower(method.Name[:1]) + method.Name[1:]
		if field := schema.Types["Account"].Fields.ForName(name); !neverFail[name] && field.Type.NonNull {
			t.Errorf("Account.%s is read by a resolver that can fail, and can't be null", name)
		}
	}
}

// unreadable is a store from which only accounts can be read.
type unreadable struct{ account.Store }

var errUnreadable = errors.New("a disk that does not answer")

func (unreadable) RecentSessions(context.Context, string, time.Time, int) ([]models.Session, error) {
	return nil, errUnreadable
}

func (unreadable) CountSessions(context.Context, string, time.Time) (int, error) {
	return 0, errUnreadable
}

func (unreadable) Identities(context.Context, string) ([]models.Identity, error) {
	return nil, errUnreadable
}

func (unreadable) Activity(context.Context, string, int, int) ([]models.AuditEvent, error) {
	return nil, errUnreadable
}

// TestAnAnswerSaysWhatIsDone checks that, if something can't be read after a change, the response says both.
func TestAnAnswerSaysWhatIsDone(t *testing.T) {
	w := newWholeCustomer(t)
	w.Service.Store = unreadable{w.Service.Store}
	a := w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"],
		Accept: "application/graphql-response+json", Body: fmt.Sprintf(`{"query":%s}`, world.Quote(
			`mutation { updateAccount(input: {city: "Halfway"}) { account { city sessions { id } sessionCount identities { issuer } activity { edges { cursor } } } } }`))})
	if a.Status != http.StatusOK || a.At("updateAccount.account.city") != "Halfway" || len(a.Errors) != 4 {
		t.Fatalf("answered %d %s", a.Status, a.Body)
	}

	for _, err := range a.Errors {
		if len(err.Path) != 3 || err.Path[1] != "account" ||
			a.At("updateAccount.account."+err.Path[2].(string)) != nil {
			t.Errorf("the error of %v stands beside %s", err.Path, a.Body)
		}
	}

	w.Service.Store = w.Store
	if a := w.Do(t, "demo", "account", ""); a.At("account.city") != "Halfway" {
		t.Errorf("the change is not kept: %s", a.Body)
	}
}
