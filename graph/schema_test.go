package graph_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check the schema itself: everything has a description, every operation has the gates in the right
// order, the enums equal those of models, and the served schema equals the written one.

// seedPermissions are copied from docs/domain.md, so that a renamed constant can't change the schema.
var seedPermissions = map[string]string{
	"account": "API_PERSONAL_INFORMATION_CLIENT_READ", "updateAccount": "API_PERSONAL_INFORMATION_CLIENT_UPDATE",
	"changePassword":       "SAUTH_CHANGE_PASSWORD_CLIENT_UPDATE",
	"requestPasswordReset": "SAUTH_PASSWORD_RESET_CLIENT_CREATE",
	"confirmPasswordReset": "SAUTH_PASSWORD_RESET_CLIENT_CREATE", "deleteAccount": "SAUTH_CLIENT_DELETE",
	"requestEmailChange": "SAUTH_CHANGE_EMAIL_CLIENT_UPDATE", "confirmEmailChange": "SAUTH_CHANGE_EMAIL_CLIENT_UPDATE",
	"requestPhoneUpdate": "API_PERSONAL_PHONE_CLIENT_CREATE", "confirmPhoneUpdate": "API_PERSONAL_PHONE_CLIENT_CREATE",
	"registerAccount": "SAUTH_REGISTER_CLIENT_CREATE", "signIn": "SAUTH_LOGIN_CLIENT_CREATE",
	"signOut": "SAUTH_LOGOUT_CLIENT_CREATE",
}

// ownTypes returns the types in the schema's text, sorted by name.
func ownTypes(schema *ast.Schema) []*ast.Definition {
	var own []*ast.Definition
	for _, name := range slices.Sorted(maps.Keys(schema.Types)) {
		if definition := schema.Types[name]; !definition.BuiltIn && !strings.HasPrefix(name, "__") {
			own = append(own, definition)
		}
	}
	return own
}

func TestEverythingIsDescribed(t *testing.T) {
	schema := world.LoadSchema(t)
	described := func(what, description string) {
		t.Helper()
		if text := strings.TrimSpace(description); len(text) < 4 || !strings.HasSuffix(text, ".") {
			t.Errorf("%s is not described by a sentence: %q", what, description)
		}
	}

	for _, definition := range ownTypes(schema) {
		described(definition.Name, definition.Description)
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			described(definition.Name+"."+field.Name, field.Description)
			for _, argument := range field.Arguments {
				described(definition.Name+"."+field.Name+"."+argument.Name, argument.Description)
			}
		}

		for _, value := range definition.EnumValues {
			described(definition.Name+"."+value.Name, value.Description)
		}
	}

	for _, directive := range schema.Directives {
		if directive.Position.Src.BuiltIn {
			continue
		}
		described("@"+directive.Name, directive.Description)
		for _, argument := range directive.Arguments {
			described("@"+directive.Name+"."+argument.Name, argument.Description)
		}
	}
}

func TestGatesStandOnEveryOperation(t *testing.T) {
	schema := world.LoadSchema(t)
	fields := world.RootFields(schema)
	if len(fields) != len(world.Gates) {
		t.Errorf("the schema has %d operations, the table in internal/account %d", len(fields), len(world.Gates))
	}

	for _, field := range fields {
		want, known := world.Gates[field.Name]
		if !known {
			t.Errorf("%s has no row in internal/account/operations.go", field.Name)
			continue
		}

		// gqlgen calls the last directive first: the permission is checked before the session.
		last := len(field.Directives) - 1
		if last < 0 || field.Directives[last].Name != "hasPermission" {
			t.Errorf("%s: @hasPermission must be its last directive", field.Name)
			continue
		}

		var permission models.Permission
		if argument := field.Directives[last].Arguments.ForName("permission"); argument != nil {
			permission = models.Permission(argument.Value.Raw)
		}
		if permission != want.Permission {
			t.Errorf("%s needs %q, and should need %q", field.Name, permission, want.Permission)
		}
		if seed, ok := seedPermissions[field.Name]; ok && string(permission) != seed {
			t.Errorf("%s needs %q, but the source says %q", field.Name, permission, seed)
		}
		if session := field.Directives.ForName("isAuthenticated") != nil; session != want.Session {
			t.Errorf("%s: @isAuthenticated is %v, and should be %v", field.Name, session, want.Session)
		}

		for _, directive := range field.Directives[:last] {
			if directive.Name != "isAuthenticated" {
				t.Errorf("%s: @%s is no gate that this test knows", field.Name, directive.Name)
			}
		}
	}

	if schema.Subscription != nil {
		t.Error("subscriptions have no gates")
	}
}

// TestOperations checks that each row of the table has a description for customers, and that Account.can predicts
// what the table says.
func TestOperations(t *testing.T) {
	foretold := world.LoadSchema(t).Types["Abilities"].Fields
	names := map[account.OperationName]bool{}
	for _, operation := range account.Operations() {
		if names[operation.Name] {
			t.Errorf("%s has two rows", operation.Name)
		}

		names[operation.Name] = true
		if operation.Done == "" || operation.Tried == "" || strings.HasSuffix(operation.Done+operation.Tried, ".") {
			t.Errorf("%s lacks the words for the customer's activity", operation.Name)
		}
		if foretold.ForName(string(operation.Name)) != nil != operation.Ability {
			t.Errorf("%s: the table's Ability is %v; add the operation to type Abilities, or take it out",
				operation.Name, operation.Ability)
		}
	}

	for _, field := range foretold {
		if !names[account.OperationName(field.Name)] {
			t.Errorf("Abilities.%s is no operation", field.Name)
		}
	}
}

func TestOneInputOnePayload(t *testing.T) {
	schema := world.LoadSchema(t)
	for _, field := range schema.Query.Fields {
		// node takes the own account's id, and finds no other (node.txtar); dataExport a token, which opens nothing but the
		// own account's copy (export.txtar). The back office is no customer's.
		if !strings.HasPrefix(field.Name, "__") && len(field.Arguments) > 0 &&
			!slices.Contains([]string{"node", "dataExport"}, field.Name) &&
			!world.Gates[field.Name].Permission.BackOffice() {
			t.Errorf("%s takes an argument; no argument may name somebody (R-ACC2)", field.Name)
		}
	}

	for _, field := range schema.Mutation.Fields {
		operation := strings.ToUpper(field.Name[:1]) + field.Name[1:]
		if got := field.Type.String(); got != operation+"Payload!" {
			t.Errorf("%s returns %s", field.Name, got)
		}
		if len(field.Arguments) > 1 {
			t.Errorf("%s has more than one argument", field.Name)
		}

		for _, argument := range field.Arguments {
			if argument.Name != "input" || argument.Type.String() != operation+"Input!" {
				t.Errorf("%s takes %s: %s", field.Name, argument.Name, argument.Type)
			}
		}
	}
}

func TestEnumsAreThoseOfModels(t *testing.T) {
	schema := world.LoadSchema(t)
	values := func(enum string) []string {
		var names []string
		for _, value := range schema.Types[enum].EnumValues {
			names = append(names, value.Name)
		}
		return names
	}

	compare := func(enum string, got, want []string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s of the schema and of models differ:\n%v\n%v", enum, got, want)
		}
	}

	compare("Permission", values("Permission"), texts(models.AllPermissions))
	compare("ErrorCode", slices.Sorted(slices.Values(values("ErrorCode"))),
		slices.Sorted(slices.Values(texts(models.Codes()))))

	for _, value := range schema.Types["ErrorCode"].EnumValues {
		status := strconv.Itoa(graph.Status(models.Code(value.Name)))
		if !strings.HasPrefix(value.Description, status+".") &&
			!(value.Name == "BAD_REQUEST" && strings.HasPrefix(value.Description, status+",")) {
			t.Errorf("%s has status %s, but is described as %q", value.Name, status, value.Description)
		}
	}

	compare("ErrorReason", values("ErrorReason"), texts(models.Reasons()))
	compare("Sex", values("Sex"),
		texts([]models.Sex{models.SexNotSpecified, models.SexMale, models.SexFemale, models.SexOther}))
	var channels []string
	for _, field := range schema.Types["Agreements"].Fields {
		channels = append(channels, field.Name)
	}

	compare("Agreements", channels, texts(models.ConsentChannels))
}

func texts[T ~string](values []T) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = string(value)
	}
	return list
}

func TestScalarsSayWhatTheyAre(t *testing.T) {
	for _, definition := range ownTypes(world.LoadSchema(t)) {
		if definition.Kind != ast.Scalar {
			continue
		}
		directive := definition.Directives.ForName("specifiedBy")
		if directive == nil || !strings.HasPrefix(directive.Arguments.ForName("url").Value.Raw, "https://") {
			t.Errorf("scalar %s has no @specifiedBy", definition.Name)
		}
	}
}

// TestNothingSecretHasAField checks R-ACC3: the database's internal values have no field in a response.
func TestNothingSecretHasAField(t *testing.T) {
	secret := regexp.MustCompile(
		`(?i)password|hash|secret|epoch|token|salt|credential|subject|internal|^status$|attempt|code$`,
	)
	public := []string{
		"Session.token", "Account.zipCode", "Account.countryCode", "Address.postalCode", "Address.countryCode",
		"Place.countryCode", "SiteSettings.password", "SiteSettings.signInCode", "Customer.status",
		"PasskeySignals.allAcceptedCredentials",
		// What the customer's app, or their paper, must have, once.
		"RequestAuthenticatorPayload.secret", "RequestAuthenticatorPayload.qrCode",
		"EnrollAuthenticatorPayload.secret", "EnrollAuthenticatorPayload.qrCode",
	}
	for _, definition := range ownTypes(world.LoadSchema(t)) {
		for _, field := range definition.Fields {
			name := definition.Name + "." + field.Name
			named := definition.Name == "Mutation" || definition.Name == "Abilities" // named after operations
			if definition.Kind == ast.Object && !named && secret.MatchString(field.Name) &&
				!slices.Contains(public, name) {
				t.Errorf("%s is named like a secret", name)
			}
		}
	}

	// Values that only the service and its operator write (R-UPD2).
	reserved := regexp.MustCompile(
		`(?i)^(id|clientId|uuid|customId|tags|role|permissions|status|version|anonymous|identities|sessions)$|verified|hash|epoch|At$|lastActivity`,
	)
	for _, name := range []string{"UpdateAccountInput", "RegisterAccountInput", "AgreementsInput"} {
		for _, field := range world.LoadSchema(t).Types[name].Fields {
			if reserved.MatchString(field.Name) {
				t.Errorf("%s.%s is not the customer's to write", name, field.Name)
			}
		}
	}
}

// TestServedSchemaIsTheWrittenOne queries the handler itself, so that outdated generated code fails the test.
func TestServedSchemaIsTheWrittenOne(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	a := w.Post(t, world.Call{Key: w.Keys["development"], Accept: "application/graphql-response+json",
		Body: fmt.Sprintf(`{"query":%q}`, `{ __schema { types {
		name
		fields(includeDeprecated: true) { name type { ...type } args { name type { ...type } } }
		inputFields { name type { ...type } }
		enumValues(includeDeprecated: true) { name } } } }
		fragment type on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`)})
	if a.Status != 200 || len(a.Errors) > 0 {
		t.Fatalf("introspection is refused: %s", a.Body)
	}

	served := map[string][]string{}
	types, _ := a.At("__schema.types").([]any)
	for _, one := range types {
		definition := one.(map[string]any)
		name := definition["name"].(string)
		if strings.HasPrefix(name, "__") {
			continue
		}

		members := []string{}
		for _, kind := range []string{"fields", "inputFields", "enumValues"} {
			list, _ := definition[kind].([]any)
			for _, member := range list {
				members = append(members, servedMember(member.(map[string]any)))
			}
		}

		served[name] = members
	}

	schema := world.LoadSchema(t)
	for _, definition := range ownTypes(schema) {
		var written []string
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}

			text := field.Name + ": " + field.Type.String()
			for _, argument := range field.Arguments {
				text += " " + argument.Name + ": " + argument.Type.String()
			}

			written = append(written, text)
		}

		for _, value := range definition.EnumValues {
			written = append(written, value.Name)
		}

		if !slices.Equal(served[definition.Name], written) {
			t.Errorf("%s is served as\n%v\nand written as\n%v", definition.Name, served[definition.Name], written)
		}

		delete(served, definition.Name)
	}

	for name := range served {
		if definition := schema.Types[name]; definition == nil || !definition.BuiltIn {
			t.Errorf("%s is served but not written", name)
		}
	}
}

// servedMember returns a member of a type as in the schema's text.
func servedMember(member map[string]any) string {
	text := member["name"].(string)
	if of, ok := member["type"].(map[string]any); ok {
		text += ": " + servedType(of)
	}

	arguments, _ := member["args"].([]any)
	for _, argument := range arguments {
		one := argument.(map[string]any)
		text += " " + one["name"].(string) + ": " + servedType(one["type"].(map[string]any))
	}

	return text
}

func servedType(of map[string]any) string {
	inner, _ := of["ofType"].(map[string]any)
	switch of["kind"] {
	case "NON_NULL":
		return servedType(inner) + "!"
	case "LIST":
		return "[" + servedType(inner) + "]"
	}

	return of["name"].(string)
}
