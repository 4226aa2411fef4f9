package system

import (
	"fmt"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// typedAttributes has an attribute of each type.
const typedAttributes = `{"attributes": {
	"nickname": {"type": "text", "minLength": 2, "maxLength": 5},
	"note": {"type": "text"},
	"size": {"type": "integer", "minimum": 0, "maximum": 60},
	"count": {"type": "integer"},
	"weight": {"type": "number", "minimum": -10, "maximum": 10},
	"vip": {"type": "boolean"},
	"wedding": {"type": "date", "earliest": "2000-01-15", "latest": "2030-12-31"},
	"tier": {"type": "choice", "options": [{"value": "GOLD"}, {"value": "SILVER"}]}
}}`

// refusedAttributes are values of attributes that nobody may write, with what is said of them.
var refusedAttributes = []struct{ value, want string }{
	{`"nickname":7`, "nickname WRONG_TYPE"},
	{`"nickname":""`, "nickname BLANK"},
	{`"nickname":"a"`, "nickname TOO_SHORT 2"},
	{`"nickname":"abcdef"`, "nickname TOO_LONG 5"},
	{`"nickname":"a\u202eb"`, "nickname FORBIDDEN_CHARACTER"},
	{`"note":"` + strings.Repeat("n", 256) + `"`, "note TOO_LONG 255"},
	{`"size":"7"`, "size WRONG_TYPE"},
	{`"size":7.5`, "size WRONG_TYPE"},
	{`"size":-1`, "size TOO_SMALL 0"},
	{`"size":61`, "size TOO_GREAT 60"},
	{`"count":9007199254740993`, "count TOO_GREAT 9007199254740991"},
	{`"weight":true`, "weight WRONG_TYPE"},
	{`"weight":-10.5`, "weight TOO_SMALL -10"},
	{`"weight":10.5`, "weight TOO_GREAT 10"},
	{`"vip":"yes"`, "vip WRONG_TYPE"},
	{`"vip":1`, "vip WRONG_TYPE"},
	{`"wedding":20260101`, "wedding WRONG_TYPE"},
	{`"wedding":"2026-02-30"`, "wedding MALFORMED"},
	{`"wedding":" "`, "wedding BLANK"},
	{`"wedding":"2000-01-14"`, "wedding TOO_EARLY"},
	{`"wedding":"2031-01-01"`, "wedding TOO_LATE"},
	{`"tier":"BRONZE"`, "tier UNKNOWN_VALUE"},
	{`"tier":["GOLD"]`, "tier WRONG_TYPE"},
	{`"isAdmin":true`, "isAdmin UNKNOWN_ATTRIBUTE"},
	{`"isAdmin":null`, "isAdmin UNKNOWN_ATTRIBUTE"},
}

// TestAttributesHaveTheirTypes checks that types and limits hold for customers, the back office and imports, that all that is wrong is
// told at once, and that values come back.
func TestAttributesHaveTheirTypes(t *testing.T) {
	w := newCustomer(t)
	w.Service.Settings.Fields = policiesOf(t, typedAttributes)
	office := &desk{w}
	w.Keys["desk"] = office.key(t, models.BackOfficePermissions...)
	demo, err := w.Store.AccountByEmail(t.Context(), account.DemoEmail)
	world.Check(t, err)
	for _, test := range refusedAttributes {
		input := `{"attributes":{` + test.value + `}}`
		want := "attributes." + test.want
		if got := said(w.Do(t, "demo", "updateAccount", input)); got != want {
			t.Errorf("%s says %s, want %s", test.value, got, want)
		}

		key, value, _ := strings.Cut(test.value, ":")
		literal := fmt.Sprintf(", attributes: {%s: %s}", strings.Trim(key, `"`), value)
		if got := said(office.ask(t, "desk", mutationOf("updateCustomer", demo.ID, literal, "__typename"))); got != want {
			t.Errorf("the back office says %s of %s, want %s", got, test.value, want)
		}

		field, _, _ := strings.Cut(want, " ")
		_, problems, err := importLines(w, `{"email":"new@example.com",`+input[1:], true)
		if err == nil || !strings.Contains(problems, field) {
			t.Errorf("an import of %s says %v %s", test.value, err, problems)
		}
	}

	want := "attributes.size TOO_GREAT 60, attributes.vip WRONG_TYPE, attributes.x UNKNOWN_ATTRIBUTE"
	a := w.Do(t, "demo", "updateAccount", `{"attributes":{"x":1,"size":61,"vip":"no","note":"fine"}}`)
	if got := sortedSaid(a); got != want {
		t.Errorf("says %s, want %s", got, want)
	}

	var many []string
	for i := range 101 {
		many = append(many, fmt.Sprintf(`"k%d":1`, i))
	}
	if got := said(w.Do(t, "demo", "updateAccount",
		`{"attributes":{`+strings.Join(many, ",")+`}}`)); got != "attributes TOO_MANY 100" {
		t.Errorf("more keys than there can be: %.200s", got)
	}

	const right = `{"nickname":"Zoe\u0308","note":"a","size":1e1,"count":-9007199254740991,"weight":0.25,"vip":false,` +
		`"wedding":"2000-01-15","tier":"SILVER"}`
	a = world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"attributes":`+right+`}`))
	const kept = `"attributes":{"count":-9007199254740991,"nickname":"Zoë","note":"a","size":10,"tier":"SILVER",` +
		`"vip":false,"wedding":"2000-01-15","weight":0.25}`
	if !strings.Contains(a.Body, kept) {
		t.Errorf("kept is %s", a.Body)
	}

	// A literal's numbers are of other types than a variable's.
	literal := w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"], Body: `{"query":` + world.Quote(
		`mutation { updateAccount(input: {attributes: {size: 11, weight: 0.5, note: null}}) { account { attributes } } }`) + `}`})
	if !strings.Contains(world.Succeed(t, literal).Body, `"size":11,"tier":"SILVER","vip":false,"wedding":"2000-01-15","weight":0.5}`) {
		t.Errorf("a literal makes %s", literal.Body)
	}
}

// TestFieldsAsData checks that pages get what a form needs: types, limits, options and labels.
func TestFieldsAsData(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	if got := listedAccess(w.Do(t, "", "settings", ""), "settings", "attributes"); got != "WRITE" {
		t.Errorf("without policies, attributes are %q", got)
	}

	w.Service.Settings.Fields = policiesOf(t, `{
		"fields": {"birthDate": {"access": "once", "required": true, "label": {"pl": "Data urodzenia", "en": "Born"}}},
		"attributes": {
			"tier": {"type": "choice", "access": "read", "options": [{"value": "GOLD", "label": {"de": "Gold"}}]},
			"size": {"type": "integer", "minimum": 15, "maximum": 60}
		}
	}`)
	body := w.Do(t, "", "settings", "").Body
	for _, want := range []string{
		`{"field":"firstName","access":"WRITE","required":false,"labels":[],"type":null,"minLength":null,"maxLength":255,"minimum":null,"maximum":null,"earliest":null,"latest":null,"options":[]}`,
		`{"field":"birthDate","access":"ONCE","required":true,"labels":[{"language":"pl","text":"Data urodzenia"},{"language":"en","text":"Born"}],"type":null,`,
		`{"field":"attributes.tier","access":"READ","required":false,"labels":[],"type":"CHOICE",`,
		`"options":[{"value":"GOLD","labels":[{"language":"de","text":"Gold"}]}]},{"field":"attributes.size"`,
		`"type":"INTEGER","minLength":null,"maxLength":null,"minimum":15,"maximum":60,`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("there is no %s in %s", want, body)
		}
	}
	if strings.Contains(body, `"field":"attributes",`) {
		t.Error("any attributes are taken")
	}
}

// TestSettingsAreForEveryKey checks that a key without any permission of a customer reads the settings, and that only an
// answer with nothing else may be kept.
func TestSettingsAreForEveryKey(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	w.Service.Settings.Site.SupportContact = "help@shop.example"
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials("demo@example.com", "correct horse battery staple")))
	for query, want := range map[string]string{
		`{ settings { registration password { minLength maxLength } supportContact maxAge } }`: "private, max-age=60",
		`{ __typename shop: settings { registration } settings { maxAge } }`:                   "private, max-age=60",
		`{ settings { registration } account { id } }`:                                         "no-store",
		`{ settings { registration } ...rest } fragment rest on Query { account { id } }`:      "no-store",
		`{ settings { registration } ... { account { id } } }`:                                 "no-store",
		`{ account { id } }`: "no-store",
		`{ __typename }`:     "no-store",
		`mutation { signOut { revokedSessions } settings: __typename }`: "no-store",
		`{ settings { nothing } }`:                                      "no-store",
	} {
		a := w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"], Body: `{"query":` + world.Quote(query) + `}`})
		if got := a.Header.Get("Cache-Control"); got != want {
			t.Errorf("%s is answered with %s: %s", query, got, a.Body)
		}
	}

	_, secret, err := w.Service.CreateAPIKey(t.Context(), account.NewAPIKey{
		Name: "service", Permissions: []models.Permission{models.PermissionSessionRead},
	})
	world.Check(t, err)
	w.Keys["service"] = secret
	a := world.Succeed(t, w.Post(t, world.Call{Key: secret, Body: `{"query":"{ settings { registration password { minLength maxLength refusals } supportContact limits { requestBytes } } }"}`}))
	const want = `{"data":{"settings":{"registration":"OPEN","password":{"minLength":8,"maxLength":256,` +
		`"refusals":["TOO_SHORT","TOO_LONG","REPETITIVE","OWN_DATA","COMMON","SAME_AS_OLD"]},` +
		`"supportContact":"help@shop.example","limits":{"requestBytes":65536}}}}`
	if strings.TrimSpace(a.Body) != want {
		t.Errorf("answered %s", a.Body)
	}
}
