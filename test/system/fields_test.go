package system

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check what a customer may write, field by field (docs/domain.md, "Fields of the account"): the list
// of fields is the schema's, so that a new field without a case here fails. Every case is sent both as a variable
// and as a literal of the document, because the server processes them differently.

// fieldCase holds the values that a field accepts and refuses, as JSON.
type fieldCase struct {
	// before is the stored value, set the new one, and saved the value that is read afterwards; "" means the same
	// as set.
	before, set, saved string
	// cleared is the value that is read after null; "" means that null is refused as INVALID_INPUT.
	cleared string
	// wrong are values of the right JSON type that are refused, besides those that every text field refuses.
	wrong []string
}

var freeText = fieldCase{before: `"Zofia"`, set: `"Łucja O'Brien <b>&amp;</b> \"{{.}}\" '; DROP TABLE accounts; --"`,
	cleared: "null",
	wrong:   []string{world.Quote(strings.Repeat("ä", 256))}}

// profileCases are the fields that updateAccount and registerAccount write immediately.
var profileCases = map[string]fieldCase{
	"firstName": freeText, "lastName": freeText, "displayName": freeText, "company": freeText, "address": freeText,
	"city": freeText, "province": freeText,
	"sex": {before: `"FEMALE"`, set: `"OTHER"`, cleared: `"NOT_SPECIFIED"`},
	"birthDate": {before: `"1990-02-28"`, set: `"2004-02-29"`, cleared: "null", wrong: []string{`"2003-02-29"`,
		`"1899-12-31"`, `"2026-11-23"`, `"29.02.2004"`, `"2004-2-29"`, `"2004-02-29T00:00:00Z"`, `"+004-02-29"`}},
	"avatarUrl": {before: `"https://example.com/a.png"`, set: `"https://cdn.example.com/ä/b.png?c=d&e#f"`,
		cleared: "null", wrong: []string{
			`"http://example.com/a.png"`, `"https://user:secret@example.com/"`, `"//example.com/a"`, `"https://"`,
			`"javascript:alert(1)"`, `"https://example.com/<script>"`,
			world.Quote("https://example.com/" + strings.Repeat("a", 2048)),
		}},
	"zipCode": {before: `"00-001"`,
		set: `"SW1A 1AA"`, cleared: "null", wrong: []string{`"1"`, `"-123"`, `"12345678901234"`, `"00_001"`, `"①②③"`}},
	"language": {before: `"pt"`, set: `"pt_br"`,
		saved: `"pt-BR"`, cleared: "null", wrong: []string{`"und"`, `"xx-"`, `"Deutsch"`, `"de_DE_"`, `"x-private"`}},
	"timeZone": {before: `"Europe/Warsaw"`, set: `"America/Argentina/Buenos_Aires"`, cleared: "null", wrong: []string{
		`"Local"`, `"CET+1"`, `"europe/warsaw"`, `"Europe/"`, `"../etc/passwd"`, `"Europe//Berlin"`, `"Europe/./Berlin"`, `"zone.tab"`, `"Mars/Olympus"`, `"+01:00"`}},
	"countryCode": {before: `"PL"`,
		set: `"de"`, saved: `"DE"`, cleared: "null", wrong: []string{`"XX"`, `"POL"`, `"P"`, `"48"`, `"UK"`, `"EU"`}},
	"agreements": {before: `{"email":true}`, set: `{"push":true,"email":false}`,
		saved: `{"email":false,"sms":null,"push":true,"bluetooth":null,"rfid":null,"wifi":null,"whatsapp":null,"rcs":null}`},
	"attributes": {before: `{"kept":1,"lost":2}`, set: `{"lost":null,"new":{"deep":[1,"two",true,null,2.50]}}`,
		saved: `{"kept":1,"new":{"deep":[1,"two",true,null,2.50]}}`,
		wrong: []string{`{"":1}`, `{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":{"i":1}}}}}}}}}`,
			`{"a":"\u0000"}`, `{"a":` + world.Quote(strings.Repeat("x", 17<<10)) + `}`}},
}

// otherCases are the fields of updateAccount that change nothing immediately.
var otherCases = map[string]fieldCase{
	"email": {set: `"New@Example.COM"`, wrong: []string{`"nobody"`, `"a@b"`, `"a b@example.com"`,
		`"\"a b\"@example.com"`,
		`"a@example.com, b@example.com"`, `"a@[127.0.0.1]"`, world.Quote(strings.Repeat("a", 65) + "@example.com")}},
	"phone": {set: `"0048 512 345 678"`, cleared: "null", wrong: []string{
		`"512345678"`, `"+48"`, `"+4851234567890123"`, `"+48 512 345 67x"`, `"+48 700 123 456"`, `"+8816 1234 5678"`,
	}},
	"password": {set: world.Quote(account.DemoPassword),
		cleared: "null", wrong: []string{world.Quote(strings.Repeat("x", 4097))}},
	"expectedVersion": {set: "2", cleared: "null"},
}

// proofCases are the fields of updateAccount that are a proof other than the password.
var proofCases = map[string]fieldCase{
	"identityProvider": {set: `"GOOGLE"`, cleared: "null"},
	"externalToken":    {set: `"a token"`, cleared: "null"},
	"passkey":          {set: `{"id":"a passkey"}`, cleared: "null"},
}

// refusedTexts are refused in every text field except passwords and tokens, which only refuse blank texts.
var (
	blankTexts   = []string{`""`, `"   "`, `" \t "`, `"\u00a0"`, `"\u200b"`, `"\u3164\u2800"`, `"\ufeff\u00ad\ufe0f"`}
	refusedTexts = append([]string{
		`"a\u0000b"`, `"a\nb"`, `"a\rb"`, `"a\u001bb"`, `"a\u007fb"`, `"a\u0085b"`, `"a\u202eb"`,
	}, blankTexts...)
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func TestEveryWritableFieldHasACase(t *testing.T) {
	schema := world.LoadSchema(t)
	all := maps.Clone(profileCases)
	maps.Copy(all, otherCases)
	maps.Copy(all, proofCases)
	all["authenticatorCode"], all["recoveryCode"] = fieldCase{}, fieldCase{} // factors-proof.txtar
	compareFields(t, schema.Types["UpdateAccountInput"], all)
	registered := maps.Clone(profileCases)
	registered["email"], registered["password"] = otherCases["email"], otherCases["password"]
	registered["terms"] = fieldCase{} // terms.txtar
	compareFields(t, schema.Types["RegisterAccountInput"], registered)
}

func compareFields(t *testing.T, input *ast.Definition, cases map[string]fieldCase) {
	t.Helper()
	var fields []string
	for _, field := range input.Fields {
		fields = append(fields, field.Name)
	}

	slices.Sort(fields)
	if known := slices.Sorted(maps.Keys(cases)); !slices.Equal(fields, known) {
		t.Errorf("%s has the fields\n%v\nand this test cases for\n%v", input.Name, fields, known)
	}
}

// newCustomer starts a world whose demo customer is signed in and has a value in every profile field.
func newCustomer(t *testing.T) *world.World {
	t.Helper()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := world.New(t, settings)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	var fields []string
	for name, field := range profileCases {
		fields = append(fields, world.Quote(name)+":"+field.before)
	}

	world.Succeed(t, w.Do(t, "demo", "updateAccount", "{"+strings.Join(fields, ",")+"}"))

	return w
}

// forms are the ways to send an input.
var forms = map[string]func(w *world.World, t *testing.T, input map[string]json.RawMessage) *world.Answer{
	"variable": func(w *world.World, t *testing.T, input map[string]json.RawMessage) *world.Answer {
		return w.Do(t, "demo", "updateAccount", string(must(json.Marshal(input))))
	},
	"literal": func(w *world.World, t *testing.T, input map[string]json.RawMessage) *world.Answer {
		definition := w.Schema.Types["UpdateAccountInput"]
		var fields []string
		for name, value := range input {
			fields = append(fields, name+": "+literal(w.Schema, definition.Fields.ForName(name).Type, string(value)))
		}

		return w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"],
			Accept: "application/graphql-response+json", Body: fmt.Sprintf(
				`{"query":%s}`,
				world.Quote("mutation { updateAccount(input: {"+strings.Join(fields, ", ")+"}) { account { id } } }"))})
	},
}

// literal returns a JSON value as a literal of a GraphQL document.
func literal(schema *ast.Schema, of *ast.Type, value string) string {
	var object map[string]json.RawMessage
	definition := schema.Types[of.Name()]
	if json.Unmarshal([]byte(value), &object) == nil && object != nil {
		var fields []string
		for name, inner := range object {
			innerType := of
			if field := definition.Fields.ForName(name); field != nil {
				innerType = field.Type
			}
			fields = append(fields, name+": "+literal(schema, innerType, string(inner)))
		}

		return "{" + strings.Join(fields, ", ") + "}"
	}

	if name := strings.Trim(value, `"`); definition.Kind == ast.Enum && definition.EnumValues.ForName(name) != nil {
		return name
	}

	return value
}

// shown returns the demo customer's account, without its audit trail.
func shown(t *testing.T, w *world.World) map[string]any {
	t.Helper()
	read := world.Succeed(t, w.Do(t, "demo", "account", "")).At("account").(map[string]any)
	delete(read, "activity")
	return read
}

// sameJSON compares a decoded value with JSON text.
func sameJSON(t *testing.T, got any, want string) bool {
	t.Helper()
	var value any
	world.Check(t, json.Unmarshal([]byte(want), &value))
	return reflect.DeepEqual(got, value)
}

func TestFields(t *testing.T) {
	for name, field := range profileCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newCustomer(t)
			initial := shown(t, w)
			for form, send := range forms {
				update := func(value string) *world.Answer {
					return send(w, t, map[string]json.RawMessage{name: []byte(value)})
				}

				world.Succeed(t, update(field.before))
				before := shown(t, w)
				checkRefusals(t, w, form, name, field, update)
				saved := field.saved
				if saved == "" {
					saved = field.set
				}

				world.Succeed(t, update(field.set))
				after := shown(t, w)
				if !sameJSON(t, after[name], saved) {
					t.Errorf("%s: %s was set to %s and is %v", form, name, field.set, after[name])
				}

				checkOthersKept(t, initial, after, name)
				if after["version"] != before["version"].(float64)+1 {
					t.Errorf("%s: the version went from %v to %v", form, before["version"], after["version"])
				}
				if field.cleared == "" {
					continue // checkRefusals has checked that null is refused
				}

				world.Succeed(t, update("null"))
				if cleared := shown(t, w); !sameJSON(t, cleared[name], field.cleared) {
					t.Errorf("%s: %s was cleared and is %v", form, name, cleared[name])
				}
			}
		})
	}
}

// checkOthersKept checks that only one field and the version have changed.
func checkOthersKept(t *testing.T, before, after map[string]any, name string) {
	t.Helper()
	for other, value := range before {
		if name == "agreements" && strings.HasPrefix(other, "consent") {
			continue // they tell of the agreements
		}
		if other != name && other != "updatedAt" && other != "version" && !reflect.DeepEqual(after[other], value) {
			t.Errorf("%s was not given and changed from %v to %v", other, value, after[other])
		}
	}
}

// checkRefusals sends everything that the field must refuse; nothing of it may change the account.
func checkRefusals(
	t *testing.T, w *world.World, form, name string, field fieldCase, update func(value string) *world.Answer,
) {
	t.Helper()
	rows := openRows(t, w)
	before := rows(t)
	definition := w.Schema.Types["UpdateAccountInput"].Fields.ForName(name)
	kind := w.Schema.Types[definition.Type.Name()]

	refuse := func(value string, code models.Code) {
		t.Helper()
		a := update(value)
		if a.Status != 400 || a.Code() != string(code) || len(a.Errors) != 1 || len(a.Data) > 0 {
			t.Errorf("%s: %.80s: want %s, got %d %s", name, value, code, a.Status, a.Body)
			return
		}
		if at := a.Errors[0].Extensions.Field; at != name && !(at == "" && code == models.CodeGraphQLValidationFailed) {
			t.Errorf("%s: %.80s: the error names the field %q", name, value, at)
		}
		if rows(t) != before {
			t.Fatalf("%s: %.80s was refused and wrote something", name, value)
		}
	}

	// A value of another JSON type does not fit the schema; custom scalars check their own values.
	mismatch := models.CodeGraphQLValidationFailed
	if kind.Kind == ast.Scalar && !kind.BuiltIn {
		mismatch = models.CodeInvalidInput
	}

	first := field.set[0]
	for _, value := range []string{`12345`, `1.5`, `true`, `"true"`, `"12345"`, `["a"]`, `{"a":"b"}`} {
		sameType := value[0] == first || first >= '0' && first <= '9' && value == `12345`
		if kind.Name == "AgreementsInput" && value[0] == '{' || !sameType || kind.Kind == ast.Enum {
			refuse(value, mismatch)
		}
	}

	text := first == '"' && kind.Kind == ast.Scalar
	switch {
	case kind.Kind == ast.Enum:
		for _, value := range []string{`""`, `" "`, `"female"`, `"UNKNOWN"`, `0`} {
			code := models.CodeGraphQLValidationFailed
			if kind.EnumValues.ForName(strings.Trim(value, `"`)) != nil {
				code = models.CodeInvalidInput // it exists in responses only
			}
			refuse(value, code)
		}
	case name == "password" || name == "externalToken":
		for _, value := range blankTexts {
			refuse(value, models.CodeInvalidInput)
		}
	case text:
		for _, value := range refusedTexts {
			if name == "zipCode" && value == `"a\u202eb"` {
				continue // a postal code as it was pasted, without the mark
			}
			refuse(value, models.CodeInvalidInput)
		}
	}

	for _, value := range field.wrong {
		if strings.Contains(value, `{"":`) && form == "literal" {
			continue // GraphQL has no empty name
		}
		refuse(value, models.CodeInvalidInput)
	}

	if field.cleared == "" {
		refuse("null", models.CodeInvalidInput)
	}
}
