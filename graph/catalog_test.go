package graph_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check that the JSON Schema of a document's variables agrees with the server: variables that the
// schema refuses are refused, and variables that it accepts fit the types.

// everyDocument has a document for each operation of the schema, with its argument as a variable.
func everyDocument(schema *ast.Schema) []string {
	var documents []string
	for kind, root := range map[string]*ast.Definition{"query": schema.Query, "mutation": schema.Mutation} {
		for _, field := range root.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}

			declared, used := "", ""
			if len(field.Arguments) > 0 {
				argument := field.Arguments[0]
				declared = fmt.Sprintf("($%s: %s)", argument.Name, argument.Type)
				used = fmt.Sprintf("(%s: $%s)", argument.Name, argument.Name)
			}

			documents = append(documents,
				fmt.Sprintf("%s %s%s { %s%s { __typename } }", kind, field.Name, declared, field.Name, used))
		}
	}

	slices.Sort(documents)

	return documents
}

// fits reports whether a value fits a JSON Schema; it implements the keywords that the server uses.
func fits(t *testing.T, root, schema map[string]any, value any) bool {
	t.Helper()
	for keyword, wanted := range schema {
		ok := true
		switch keyword {
		case "$ref":
			definitions, _ := root["$defs"].(map[string]any)
			definition, found := definitions[strings.TrimPrefix(wanted.(string), "#/$defs/")].(map[string]any)
			if !found {
				t.Fatalf("%v is not defined", wanted)
			}
			ok = fits(t, root, definition, value)
		case "anyOf":
			ok = slices.ContainsFunc(wanted.([]any), func(one any) bool {
				return fits(t, root, one.(map[string]any), value)
			})
		case "type":
			kinds, several := wanted.([]any)
			if !several {
				kinds = []any{wanted}
			}
			ok = slices.ContainsFunc(kinds, func(kind any) bool { return hasType(value, kind.(string)) })
		case "enum":
			ok = slices.Contains(wanted.([]any), value)
		case "minimum":
			number, isNumber := value.(float64)
			ok = !isNumber || number >= wanted.(float64)
		case "maximum":
			number, isNumber := value.(float64)
			ok = !isNumber || number <= wanted.(float64)
		case "items":
			list, _ := value.([]any)
			ok = !slices.ContainsFunc(list, func(one any) bool { return !fits(t, root, wanted.(map[string]any), one) })
		case "required":
			object, isObject := value.(map[string]any)
			ok = !isObject || !slices.ContainsFunc(
				wanted.([]any), func(name any) bool { _, given := object[name.(string)]; return !given },
			)
		case "properties":
			object, _ := value.(map[string]any)
			for name, one := range wanted.(map[string]any) {
				if given, there := object[name]; there {
					ok = ok && fits(t, root, one.(map[string]any), given)
				}
			}
		case "additionalProperties":
			object, _ := value.(map[string]any)
			known, _ := schema["properties"].(map[string]any)
			for name := range object {
				_, there := known[name]
				ok = ok && (there || wanted == true)
			}
		case "$schema", "$defs", "description", "default", "format":
		default:
			t.Fatalf("%s is a keyword that this test does not know", keyword)
		}

		if !ok {
			return false
		}
	}

	return true
}

func hasType(value any, kind string) bool {
	switch value := value.(type) {
	case nil:
		return kind == "null"
	case string:
		return kind == "string"
	case bool:
		return kind == "boolean"
	case float64:
		return kind == "number" || kind == "integer" && value == math.Trunc(value)
	case []any:
		return kind == "array"
	}
	return kind == "object"
}

// oddValues replace each property once.
var oddValues = []any{nil, "text", "2000-01-01", "ALL_SESSIONS",
	"GOOGLE", "google", true, 7.0, 7.5, 1e10, []any{}, []any{"text"}, map[string]any{}, map[string]any{"text": "x"}}

// sample returns valid variables: each required property with a value of its type.
func sample(root, schema map[string]any) any {
	if ref, is := schema["$ref"].(string); is {
		return sample(root, root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any))
	}
	if names, is := schema["enum"].([]any); is {
		return names[0]
	}

	switch schema["type"] {
	case "object":
		object := map[string]any{}
		required, _ := schema["required"].([]any)
		properties, _ := schema["properties"].(map[string]any)
		for _, name := range required {
			object[name.(string)] = sample(root, properties[name.(string)].(map[string]any))
		}
		return object
	case "boolean":
		return true
	case "integer":
		return 1.0
	}

	return "x"
}

// variations returns variables that differ from a sample in one place each.
func variations(root map[string]any) []map[string]any {
	base := func() map[string]any { return sample(root, root).(map[string]any) }
	all := []map[string]any{base(), {}}
	inputs := map[string][]string{"": slices.Sorted(maps.Keys(root["properties"].(map[string]any)))}
	definitions, _ := root["$defs"].(map[string]any)
	for name := range base() {
		one, _ := root["properties"].(map[string]any)[name].(map[string]any)
		ref, _ := one["$ref"].(string)
		definition, _ := definitions[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
		if properties, is := definition["properties"].(map[string]any); is {
			inputs[name] = append(slices.Sorted(maps.Keys(properties)), "unknown", "__typename")
		}
	}

	for input, names := range inputs {
		for _, name := range names {
			place := func(variables map[string]any) map[string]any {
				if input == "" {
					return variables
				}
				return variables[input].(map[string]any)
			}

			without := base()
			delete(place(without), name)
			all = append(all, without)
			for _, odd := range oddValues {
				with := base()
				place(with)[name] = odd
				all = append(all, with)
			}
		}
	}

	return all
}

func TestVariablesSchemas(t *testing.T) {
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := world.New(t, settings)
	documents := graph.NewTrustedDocuments(everyDocument(w.Schema))
	develop(t, w, documents)
	described, err := graph.DescribeDocuments(documents)
	world.Check(t, err)
	if len(described) != len(documents) || len(described) < 24 {
		t.Fatalf("%d of %d documents are described", len(described), len(documents))
	}

	tried, accepted := 0, 0
	for _, one := range described {
		text, err := json.Marshal(one.Variables)
		world.Check(t, err)
		var schema map[string]any
		world.Check(t, json.Unmarshal(text, &schema))

		for _, variables := range variations(schema) {
			body, err := json.Marshal(map[string]any{"documentId": one.ID, "variables": variables})
			world.Check(t, err)
			// Without a session nothing is changed, so no request depends on earlier ones.
			code := models.Code(w.Post(t, world.Call{Key: w.Keys["development"], Body: string(body)}).Code())
			tried++

			switch fit := fits(t, schema, schema, variables); {
			case fit:
				accepted++
				if code == models.CodeGraphQLValidationFailed || code == models.CodeBadRequest ||
					code == models.CodeInternal {
					t.Errorf("%s: %s fits the schema, and is answered %s", one.Name, body, code)
				}
			// A gate can stand before: the session's, or that of the back office. A number is an ID, too, if of nothing.
			case code != models.CodeGraphQLValidationFailed && code != models.CodeInvalidInput &&
				code != models.CodeUnauthenticated && code != models.CodePermissionDenied && code != models.CodeCodeInvalid &&
				code != models.CodeTokenInvalid:
				t.Errorf("%s: %s does not fit the schema, and is answered %q", one.Name, body, code)
			}
		}
	}

	if tried < 1000 || accepted < 100 {
		t.Errorf("%d variables were tried, and %d fit", tried, accepted)
	}
}

// TestEveryScalarHasASchema checks that the JSON Schema knows every scalar that is not a string.
func TestEveryScalarHasASchema(t *testing.T) {
	notTexts := []string{"JSONObject", "Int", "Float", "Boolean"}
	for name, definition := range world.LoadSchema(t).Types {
		if definition.Kind != ast.Scalar {
			continue
		}

		documents := graph.NewTrustedDocuments(
			[]string{"query ($v: " + name + ") { apiKey { name @include(if: true) } }"},
		)
		if _, err := graph.DescribeDocuments(documents); err == nil {
			t.Errorf("a document with an unused variable is described")
		}

		kind := graph.ScalarType(name)
		if slices.Contains(notTexts, name) == (kind == "string") {
			t.Errorf("%s is written as %s", name, kind)
		}
	}
}
