package account

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
)

var writeExportSchema = flag.Bool("write-export-schema", false, "write the schema of exports into "+exportSchemaFile)

const exportSchemaFile = "../../docs/export.schema.json"

// TestExportSchema guards that docs/export.schema.json describes the document of dataExport and `account export`. After
// a change of the document: go test ./internal/account -run TestExportSchema -write-export-schema.
func TestExportSchema(t *testing.T) {
	schema := schemaOf(t, reflect.TypeFor[ShownExport]())
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["title"] = "What AccountQL stores of a customer"
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(schema); err != nil {
		t.Fatal(err)
	}

	if *writeExportSchema {
		if err := os.WriteFile(exportSchemaFile, text.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	published, err := os.ReadFile(exportSchemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(published, text.Bytes()) {
		t.Error("the document has changed: write its schema with -write-export-schema")
	}
}

// schemaOf returns the JSON schema of what encoding/json makes of a type.
func schemaOf(t *testing.T, of reflect.Type) map[string]any {
	t.Helper()
	switch of {
	case reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	case reflect.TypeFor[models.JSONObject]():
		return map[string]any{"type": "object"}
	}

	switch of.Kind() {
	case reflect.Pointer:
		return map[string]any{"anyOf": []any{schemaOf(t, of.Elem()), map[string]any{"type": "null"}}}
	case reflect.Slice:
		list := map[string]any{"type": "array", "items": schemaOf(t, of.Elem())}
		if strings.HasPrefix(of.Elem().Name(), "Shown") {
			return list
		}
		return map[string]any{"anyOf": []any{list, map[string]any{"type": "null"}}} // a nil list of texts
	case reflect.Struct:
		properties, required := map[string]any{}, []string{}
		addProperties(t, of, properties, &required)
		return map[string]any{
			"type": "object", "properties": properties, "required": required, "additionalProperties": false,
		}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	default:
		t.Fatalf("an export has a %s, which this test doesn't know how to describe", of)
		return nil
	}
}

func addProperties(t *testing.T, of reflect.Type, properties map[string]any, required *[]string) {
	t.Helper()
	for field := range of.Fields() {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Anonymous && name == "":
			addProperties(t, field.Type, properties, required)
		case name != "-":
			properties[name] = schemaOf(t, field.Type)
			if !strings.Contains(options, "omitempty") {
				*required = append(*required, name)
			}
		}
	}
}
