package world

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

func LoadSchema(t testing.TB) *ast.Schema {
	t.Helper()
	text := ReadFile(t, filepath.Join(root(t), "schema.graphqls"))
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: text})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// root returns the module's folder, whichever package's tests run.
func root(t testing.TB) string {
	t.Helper()
	folder, err := os.Getwd()
	Check(t, err)

	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}

		above := filepath.Dir(folder)
		if above == folder {
			t.Fatal("no folder above has a go.mod")
		}

		folder = above
	}
}

func ReadFile(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	Check(t, err)
	return string(text)
}

// Gates holds the operations of the API by name, with their permission and whether they need a session.
var Gates = func() map[string]account.Operation {
	byName := map[string]account.Operation{}
	for _, operation := range account.Operations() {
		if !operation.Internal {
			byName[string(operation.Name)] = operation
		}
	}
	return byName
}()

// RootFields returns the operations.
func RootFields(schema *ast.Schema) []*ast.FieldDefinition {
	var fields []*ast.FieldDefinition
	for _, field := range slices.Concat(schema.Query.Fields, schema.Mutation.Fields) {
		if !strings.HasPrefix(field.Name, "__") {
			fields = append(fields, field)
		}
	}
	return fields
}

// WholeAccount selects every leaf of the account that is read without another statement.
const WholeAccount = `query Account { account { id email emailVerified phone phoneVerified firstName lastName displayName sex birthDate avatarUrl ` +
	`company address city province zipCode countryCode language timeZone createdAt updatedAt version agreements { email sms push bluetooth } } }`

// Readable reports which fields a key may read: those without a permission of their own, and those whose permission
// it has.
func (w *World) Readable(t testing.TB, key string) func(field *ast.FieldDefinition) bool {
	t.Helper()
	if key == "development" {
		return EveryField
	}

	keys, err := w.Service.APIKeys(context.Background())
	Check(t, err)
	at := slices.IndexFunc(keys, func(known models.APIKey) bool {
		return bytes.Equal(known.SecretHash, account.HashToken(w.Keys[key]))
	})

	return func(field *ast.FieldDefinition) bool {
		directive := field.Directives.ForName("hasPermission")
		return at < 0 || directive == nil ||
			keys[at].Allows(models.Permission(directive.Arguments.ForName("permission").Value.Raw))
	}
}

func EveryField(*ast.FieldDefinition) bool { return true }

// Document returns the document of an operation that selects every field of its response.
func Document(t testing.TB, schema *ast.Schema, operation string, input bool) string {
	t.Helper()
	return DocumentFor(t, schema, operation, input, EveryField)
}

// DocumentFor selects the readable fields of an operation's response.
func DocumentFor(
	t testing.TB, schema *ast.Schema, operation string, input bool, readable func(field *ast.FieldDefinition) bool,
) string {
	t.Helper()
	kind, root := "query", schema.Query.Fields.ForName(operation)
	if root == nil {
		kind, root = "mutation", schema.Mutation.Fields.ForName(operation)
	}
	if root == nil {
		t.Fatalf("no operation %s", operation)
	}

	variables, arguments := "", ""
	if input {
		only := root.Arguments[0]
		variables, arguments = fmt.Sprintf("($input: %s)", only.Type), "("+only.Name+": $input)"
	}

	return fmt.Sprintf("%s%s { %s%s %s }", kind, variables, operation, arguments,
		Selection(schema, root.Type, readable))
}

// chosenFields are those that Selection leaves out: what selects everything else would be longer with them than a
// document may be, and stories about them select them themselves. The activity grows with every call, and the abilities
// with every operation; the signals of passkeys repeat the name and the address.
var chosenFields = []string{"activity", "can", "passkeySignals"}

// Selection selects every readable field of a type but chosenFields, as deep as it goes.
func Selection(schema *ast.Schema, of *ast.Type, readable func(field *ast.FieldDefinition) bool) string {
	definition := schema.Types[of.Name()]
	if definition.Kind != ast.Object && definition.Kind != ast.Interface {
		return ""
	}

	var fields []string
	for _, field := range definition.Fields {
		if !slices.Contains(chosenFields, field.Name) && !strings.HasPrefix(field.Name, "__") && readable(field) {
			fields = append(fields, field.Name+" "+Selection(schema, field.Type, readable))
		}
	}

	if len(fields) == 0 {
		return "{ __typename }"
	}

	return "{ " + strings.Join(fields, " ") + " }"
}

// Credentials returns the input of signIn.
func Credentials(email models.EmailAddress, password string) string {
	return fmt.Sprintf(`{"email":%q,"password":%q}`, email, password)
}

// Quote returns a text as JSON.
func Quote(text string) string {
	quoted, _ := json.Marshal(text) // strings can always be encoded
	return string(quoted)
}
