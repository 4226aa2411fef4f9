package system

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/fields"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// policiesOf returns the policies of a file of --fields.
func policiesOf(t *testing.T, text string) *account.FieldPolicies {
	t.Helper()
	policies, err := fields.Read(strings.NewReader(text))
	world.Check(t, err)
	return policies
}

// policied is a field with an access, and what becomes of it on every path.
type policied struct {
	access string
	// register, set, change, same and clear are the reasons with which a customer is refused: at the registration, and in
	// an update that gives the field its first value, another one, the one that it has, and none.
	register, set, change, same, clear models.Reason
	// listed is the access that the account's customer reads while the field is empty, filled that while it is not; ""
	// means that the field is not there.
	listed, filled string
}

const (
	readOnly    = models.ReasonFieldReadOnly
	alreadySet  = models.ReasonFieldAlreadySet
	noAttribute = models.ReasonUnknownAttribute
)

// accesses are those of a field of the profile; a hidden attribute differs.
var accesses = []policied{
	{access: "write", listed: "WRITE", filled: "WRITE"},
	{access: "once", change: alreadySet, clear: alreadySet, listed: "ONCE", filled: "READ"},
	{access: "read", register: readOnly, set: readOnly, change: readOnly, clear: readOnly, listed: "READ", filled: "READ"},
	{access: "hidden", register: readOnly, set: readOnly, change: readOnly, same: readOnly, clear: readOnly},
}

// policiedFields are an example of each kind of field, with two values and what stands there if there is none.
var policiedFields = []struct{ path, value, other, empty string }{
	{"city", `"Łódź"`, `"Paris"`, "<nil>"},
	{"zipCode", `"10000"`, `"SW1Y 4JH"`, "<nil>"},
	{"birthDate", `"1990-12-10"`, `"1991-12-10"`, "<nil>"},
	{"countryCode", `"PL"`, `"DE"`, "<nil>"},
	{"sex", `"FEMALE"`, `"OTHER"`, "NOT_SPECIFIED"},
	{"attributes.tier", `"GOLD"`, `"SILVER"`, "<nil>"},
}

// input returns an input with one field.
func (p policied) input(path, value string) string {
	if key, ok := strings.CutPrefix(path, "attributes."); ok {
		return fmt.Sprintf(`"attributes":{%q:%s}`, key, value)
	}
	return fmt.Sprintf(`%q:%s`, path, value)
}

// literal returns the input as a literal of GraphQL, where names have no quotes.
func (p policied) literal(path, value string) string {
	if path == "sex" {
		value = strings.Trim(value, `"`)
	}
	if key, ok := strings.CutPrefix(path, "attributes."); ok {
		return fmt.Sprintf(`, attributes: {%s: %s}`, key, value)
	}
	return fmt.Sprintf(`, %s: %s`, path, value)
}

// TestFieldPolicies tries every access of every kind of field on every path: what is shown and listed, registration,
// update, import, and back office.
func TestFieldPolicies(t *testing.T) {
	w := newCustomer(t)
	office := &desk{w}
	w.Keys["desk"] = office.key(t, models.BackOfficePermissions...)
	for _, field := range policiedFields {
		for _, policy := range accesses {
			t.Run(field.path+" "+policy.access, func(t *testing.T) {
				file := fmt.Sprintf(`{"fields": {%q: {"access": %q}}}`, field.path, policy.access)
				if key, ok := strings.CutPrefix(field.path, "attributes."); ok {
					file = fmt.Sprintf(`{"attributes": {%q: {"type": "text", "access": %q}}}`, key, policy.access)
					if policy.access == "hidden" {
						policy.register, policy.set, policy.change = noAttribute, noAttribute, noAttribute
						policy.same, policy.clear = noAttribute, noAttribute
					}
				}

				w.Service.Settings.Fields = nil
				world.Succeed(t, w.Do(t, "demo", "updateAccount", "{"+policy.input(field.path, "null")+"}"))
				w.Service.Settings.Fields = policiesOf(t, file)
				tryPolicy(t, w, policy, field.path, field.value, field.other, field.empty)
				tryOffice(t, office, policy.literal(field.path, field.other), field.other)
			})
		}
	}
}

func tryPolicy(t *testing.T, w *world.World, policy policied, path, value, other, empty string) {
	t.Helper()
	update := func(what, value string, want models.Reason) {
		t.Helper()
		a := w.Do(t, "demo", "updateAccount", "{"+policy.input(path, value)+"}")
		if got := said(a); got != refusal(path, want) {
			t.Errorf("%s says %q, want %q: %s", what, got, refusal(path, want), a.Body)
		}
	}

	if got := listedAccess(w.Do(t, "demo", "account", ""), "account", path); got != policy.listed {
		t.Errorf("an empty field is listed as %q, want %q", got, policy.listed)
	}
	if got := listedAccess(w.Do(t, "", "settings", ""), "settings", path); got != policy.listed {
		t.Errorf("the settings list it as %q, want %q", got, policy.listed)
	}

	update("the first value", value, policy.set)
	fill(t, w, policy, path, value)
	a := w.Do(t, "demo", "account", "")
	shown := fmt.Sprint(a.At("account." + path))
	if want := strings.Trim(value, `"`); policy.filled != "" && shown != want || policy.filled == "" && shown != empty {
		t.Errorf("it is shown as %q", shown)
	}
	if got := listedAccess(a, "account", path); got != policy.filled {
		t.Errorf("a filled field is listed as %q, want %q", got, policy.filled)
	}

	update("the same value", value, policy.same)
	update("another value", other, policy.change)
	fill(t, w, policy, path, value)
	update("no value", "null", policy.clear)

	registered := w.Do(t, "", "registerAccount", fmt.Sprintf(`{"email":"%s-%s@example.com","password":%q,%s}`,
		strings.ReplaceAll(path, ".", "-"), policy.access, account.DemoPassword, policy.input(path, value)))
	if got := said(registered); got != refusal(path, policy.register) {
		t.Errorf("a registration says %q, want %q", got, refusal(path, policy.register))
	}

	line := fmt.Sprintf(`{"email":"imported-%s-%s@example.com",%s}`, strings.ReplaceAll(path, ".", "-"), policy.access,
		policy.input(path, value))
	if summary, problems, err := importLines(w, line, false); err != nil || summary.Imported != 1 {
		t.Errorf("an import of it says %v %s", err, problems)
	}
}

// tryOffice checks that the shop's people write every field, and see it.
func tryOffice(t *testing.T, office *desk, input, value string) {
	t.Helper()
	demo, err := office.Store.AccountByEmail(t.Context(), account.DemoEmail)
	world.Check(t, err)
	a := office.act(t, "updateCustomer", demo.ID, input,
		"customer { account { city zipCode birthDate countryCode sex attributes } }")
	if !strings.Contains(a.Body, value) {
		t.Errorf("the back office gets %s", a.Body)
	}
}

// fill gives the demo customer's field a value, as the shop does.
func fill(t *testing.T, w *world.World, policy policied, path, value string) {
	t.Helper()
	policies := w.Service.Settings.Fields
	w.Service.Settings.Fields = nil
	world.Succeed(t, w.Do(t, "demo", "updateAccount", "{"+policy.input(path, value)+"}"))
	w.Service.Settings.Fields = policies
}

// refusal returns what said says of one refused field, or "".
func refusal(path string, reason models.Reason) string {
	if reason == "" {
		return ""
	}
	return path + " " + string(reason)
}

// listedAccess returns the access of a field in the list of policies of an answer, or "".
func listedAccess(a *world.Answer, root, path string) string {
	list, _ := a.At(root + ".fields").([]any)
	for _, one := range list {
		if policy := one.(map[string]any); policy["field"] == path {
			return policy["access"].(string)
		}
	}
	return ""
}

// TestHiddenFieldsAreHiddenEverywhere checks every answer that shows an account: after each mutation, and by its id.
func TestHiddenFieldsAreHiddenEverywhere(t *testing.T) {
	w := newCustomer(t)
	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"company":"Quokka","attributes":{"score":"quokka","old":"quokka"}}`))
	w.Service.Settings.Fields = policiesOf(t,
		`{"fields":{"company":{"access":"hidden"}},"attributes":{"score":{"type":"text","access":"hidden"}}}`)

	id := fmt.Sprint(w.Do(t, "demo", "account", "").At("account.id"))
	node := w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"],
		Body: fmt.Sprintf(`{"query":"{ node(id: %s) { ... on Account { company attributes } } }"}`, strings.ReplaceAll(
			world.Quote(id), `"`, `\"`))})
	for name, a := range map[string]*world.Answer{
		"node": node, "account": w.Do(t, "demo", "account", ""),
		"signIn":        w.Do(t, "other", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)),
		"updateAccount": w.Do(t, "demo", "updateAccount", `{"city":"Paris"}`),
		"cancel":        w.Do(t, "demo", "cancelPhoneUpdate", ""),
	} {
		if a.Code() != "" || strings.Contains(strings.ToLower(a.Body), "quokka") {
			t.Errorf("%s answers %s", name, a.Body)
		}
	}

	export, err := w.Service.ExportAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)
	if export.Account.Company == nil || export.Account.Attributes["score"] != "quokka" ||
		export.Account.Attributes["old"] != "quokka" {
		t.Errorf("the export has %+v", export.Account.Profile)
	}
}

// TestEveryAnswerWithAnAccountHidesFields checks that each field of the schema by which customers read an account has the
// directive that hides fields. The shop's people read whole accounts, as a part of Customer.
func TestEveryAnswerWithAnAccountHidesFields(t *testing.T) {
	schema := world.LoadSchema(t)
	found := 0
	for _, definition := range schema.Types {
		for _, field := range definition.Fields {
			name := field.Type.Name()
			if name != "Account" && name != "Node" || definition.Name == "Customer" {
				continue
			}

			found++
			directive := field.Directives.ForName("hasPermission")
			if directive == nil || directive.Arguments.ForName("permission").Value.Raw != string(models.PermissionAccountRead) {
				t.Errorf("%s.%s shows what is hidden from customers", definition.Name, field.Name)
			}
		}
	}

	if found < 8 {
		t.Errorf("only %d fields show an account", found)
	}
}

// TestOnceHoldsForSeveralRequests checks that of two requests, which both began when the field was empty, one is refused.
func TestOnceHoldsForSeveralRequests(t *testing.T) {
	w := newCustomer(t)
	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"city":null}`))
	w.Service.Settings.Fields = policiesOf(t,
		`{"fields":{"city":{"access":"once"}},"attributes":{"tier":{"type":"text","access":"once"}}}`)
	demo, err := w.Store.AccountByEmail(t.Context(), account.DemoEmail)
	world.Check(t, err)
	sessions, err := w.Store.Sessions(t.Context(), demo.ID, w.Clock.Now())
	world.Check(t, err)
	caller := models.Caller{Account: demo, Session: &sessions[0]}

	city := func(name string) error {
		input := account.UpdateAccountInput{ProfileInput: account.ProfileInput{
			City:       models.Optional[string]{Set: true, Value: &name},
			Attributes: models.Optional[models.JSONObject]{Set: true, Value: &models.JSONObject{"tier": name}},
		}}
		_, err := w.Service.UpdateAccount(context.Background(), caller, input)

		return err
	}
	world.Check(t, city("Paris"))
	if err := city("Rome"); models.CodeOf(err) != models.CodeInvalidInput || !strings.Contains(err.Error(), "tier") {
		t.Errorf("the second request says %v", err)
	}
	world.Check(t, city("Paris"))
}

// TestRequiredFields checks that a registration must have what is required, and that customers can't remove it; all
// that is missing is told at once. Customers who came in another way can lack it.
func TestRequiredFields(t *testing.T) {
	w := newCustomer(t)
	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"zipCode":null}`))
	w.Service.Settings.Fields = policiesOf(t, `{
		"fields": {"firstName": {"required": true}, "zipCode": {"required": true}, "sex": {"required": true}},
		"attributes": {"size": {"type": "integer", "required": true}, "born": {"type": "date", "required": true}}
	}`)

	const account = `{"email":"new@example.com","password":"a walk along the river","zipCode":"?","attributes":{"size":"x"}}`
	want := "firstName REQUIRED, zipCode TOO_SHORT 2, sex REQUIRED, attributes.size WRONG_TYPE, attributes.born REQUIRED"
	if got := sortedSaid(w.Do(t, "", "registerAccount", account)); got != sorted(want) {
		t.Errorf("says %s\nwant %s", got, sorted(want))
	}
	world.Succeed(t, w.Do(t, "", "registerAccount", `{"email":"new@example.com","password":"a walk along the river",
		"firstName":"Ada","zipCode":"10000","sex":"OTHER","attributes":{"size":40,"born":"2000-01-01"}}`))

	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"zipCode":null}`)) // there was none
	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"zipCode":"10000","attributes":{"size":40}}`))
	want = "zipCode REQUIRED, attributes.size REQUIRED"
	if got := said(w.Do(t, "demo", "updateAccount", `{"zipCode":null,"attributes":{"size":null}}`)); got != want {
		t.Errorf("says %s, want %s", got, want)
	}

	if summary, problems, err := importLines(w, `{"email":"old@example.com"}`, false); err != nil || summary.Imported != 1 {
		t.Errorf("an import says %v %s", err, problems)
	}
}

func sorted(said string) string {
	all := strings.Split(said, ", ")
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func sortedSaid(a *world.Answer) string { return sorted(said(a)) }
