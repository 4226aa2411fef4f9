package system

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check that no page needs the English text of a refusal: each has its reason for programs
// (docs/errors.md).

// lists returns a value inside the given levels of lists.
func lists(levels int) string { return strings.Repeat("[", levels) + "1" + strings.Repeat("]", levels) }

// entries returns the given number of entries of an object, whose keys have a prefix.
func entries(prefix string, n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`"%s%d":1`, prefix, i))
	}
	return strings.Join(all, ",")
}

// refusedValues are inputs of an operation, with each error's field, reason and limit.
var refusedValues = []struct{ operation, input, want string }{
	{"updateAccount", `{"email":null}`, "email REQUIRED"},
	{"updateAccount", `{"agreements":null,"attributes":null}`, "agreements REQUIRED, attributes REQUIRED"},
	{"updateAccount",
		`{"firstName":"","city":"\u200b","zipCode":" ","countryCode":"","language":"","timeZone":"","birthDate":"","avatarUrl":""}`,
		"firstName BLANK, city BLANK, zipCode BLANK, birthDate BLANK, avatarUrl BLANK, countryCode BLANK, language BLANK, timeZone BLANK"},
	{"updateAccount", `{"attributes":{" ":1}}`, "attributes BLANK"},
	{"requestEmailChange", `{"email":" ","password":""}`, "email BLANK, password BLANK"},
	{"requestPhoneUpdate", `{"phone":"\u00a0","password":" "}`, "phone BLANK, password BLANK"},
	{"confirmEmailChange", `{"token":"","newsletterAgreement":true}`, "token BLANK"},
	{"revokeSession", `{"id":" "}`, "id BLANK"},
	{"deleteAddress", `{"id":" "}`, "id BLANK"},
	{"updateAddress", `{"id":"nobodys"}`, "id UNKNOWN_VALUE"},
	{"createAddress", `{"line1":" ","city":"","countryCode":"US","province":"Bavaria","postalCode":"9404"}`,
		"line1 BLANK, city BLANK, postalCode MALFORMED, province UNKNOWN_VALUE"},
	{"createAddress", `{"line1":"Via Roma 1","countryCode":"IT","city":"Roma","postalCode":"00184"}`, "province REQUIRED"},
	{"createAddress", `{"line1":"Via Roma 1","countryCode":"IT","city":"Roma","province":"MI","postalCode":"00184"}`,
		"postalCode CONFLICTING"},
	{"forgetDevice", `{"id":""}`, "id BLANK"},
	{"secureAccount", `{"token":""}`, "token BLANK"},
	{"renameSession", `{"id":" ","name":"a\nb"}`, "id BLANK, name FORBIDDEN_CHARACTER"},
	{"renameSession", `{"id":"none","name":null}`, "id UNKNOWN_VALUE"},
	{"updateAccount", `{"attributes":[1]}`, "attributes WRONG_TYPE"},
	{"updateAccount", `{"avatarUrl":7}`, "avatarUrl WRONG_TYPE"},
	{"registerAccount", `{"email":7,"password":"a walk along the river"}`, "email WRONG_TYPE"},
	{"updateAccount", `{"birthDate":"yesterday","avatarUrl":"http://shop.example/me.png"}`,
		"birthDate MALFORMED, avatarUrl MALFORMED"},
	{"requestEmailChange", `{"email":"nobody","password":"x"}`, "email MALFORMED"},
	{"requestPhoneUpdate", `{"phone":"512 345 678","password":"x"}`, "phone MALFORMED"},
	{"updateAccount", `{"firstName":"a\nb","zipCode":"12_34","attributes":{"a":"\u0000"}}`,
		"firstName FORBIDDEN_CHARACTER, zipCode FORBIDDEN_CHARACTER, attributes FORBIDDEN_CHARACTER"},
	{"registerAccount",
		`{"email":"new@example.com","password":"a walk \u0000 the river"}`, "password FORBIDDEN_CHARACTER"},
	{"updateAccount",
		`{"countryCode":"ZZ","language":"klingonish-x","timeZone":"Mars/Olympus"}`,
		"countryCode UNKNOWN_VALUE, language UNKNOWN_VALUE, timeZone UNKNOWN_VALUE"},
	{"requestEmailChange", `{"email":"new@example.com","identityProvider":"SYNERISE","externalToken":"t"}`,
		"identityProvider NOT_ALLOWED"},
	{"unlinkIdentityProvider", `{"identityProvider":"SYNERISE","password":"x"}`, "identityProvider NOT_ALLOWED"},
	{"requestEmailChange", `{"email":"new@example.com","externalToken":"t"}`, "identityProvider REQUIRED"},
	{"requestEmailChange", `{"email":"new@example.com","password":"x","identityProvider":"GOOGLE","externalToken":"t"}`,
		"externalToken CONFLICTING"},
	{"requestIdentityCode", `{"channel":"PHONE"}`, "channel NOT_ALLOWED"},
	{"requestSignInCode", `{"email":"nobody"}`, "email MALFORMED"},
	{"signInWithCode", `{"challengeId":" ","code":" - "}`, "challengeId BLANK, code BLANK"},
	{"proveIdentity", `{"code":" - "}`, "code BLANK"},
	{"proveIdentity", `{"password":"x","code":"y"}`, "code CONFLICTING"},
	{"updateAccount", `{"zipCode":"1"}`, "zipCode TOO_SHORT 2"},
	{"updateAccount", `{"zipCode":"1234567890123"}`, "zipCode TOO_LONG 12"},
	{"updateAccount", `{"firstName":"` + strings.Repeat("ä", 256) + `"}`, "firstName TOO_LONG 255"},
	{"updateAccount", `{"attributes":{"` + strings.Repeat("k", 101) + `":1}}`, "attributes TOO_LONG 100"},
	{"requestPasswordReset",
		`{"email":"` + strings.Repeat("a", 60) + "@" + strings.Repeat("example.", 30) + `com"}`, "email TOO_LONG 254"},
	{"deleteAccount", `{"clientAuthFactor":"x","authId":"` + strings.Repeat("a", 256) + `"}`, "authId TOO_LONG 255"},
	{"updateAccount",
		`{"avatarUrl":"https://shop.example/` + strings.Repeat("a", 2048) + `"}`, "avatarUrl TOO_LARGE 2048"},
	{"requestEmailChange",
		`{"email":"new@example.com","password":"` + strings.Repeat("a", 4097) + `"}`, "password TOO_LARGE 4096"},
	{"signInWithIdentityProvider", `{"identityProvider":"GOOGLE","externalToken":"` + strings.Repeat("a", 8193) + `"}`,
		"externalToken TOO_LARGE 8192"},
	{"updateAccount", `{"attributes":{"a":"` + strings.Repeat("a", 16<<10) + `"}}`, "attributes TOO_LARGE 16384"},
	{"updateAccount", `{"attributes":{` + entries("key", 101) + `}}`, "attributes TOO_MANY 100"},
	{"updateAccount", `{"attributes":{"a":` + lists(8) + `}}`, "attributes TOO_DEEP 8"},
	{"updateAccount", `{"attributes":{"a":1e999}}`, "attributes NOT_FINITE"},
	{"updateAccount", `{"birthDate":"1899-12-31"}`, "birthDate TOO_LONG_AGO 1900"},
	{"updateAccount", `{"birthDate":"2999-01-01"}`, "birthDate IN_THE_FUTURE"},
	{"requestEmailChange",
		`{"email":"demo@example.com","password":"` + account.DemoPassword + `"}`, "email SAME_AS_NOW"},
	{"requestPhoneUpdate", `{"phone":"+1 900 234 5678","password":"x"}`, "phone KIND_NOT_ALLOWED"},
	{"changePassword",
		`{"oldPassword":"` + account.DemoPassword + `","newPassword":"short"}`, "newPassword TOO_SHORT 8"},
	{"changePassword", `{"oldPassword":"` + account.DemoPassword + `","newPassword":"` + strings.Repeat("long ", 60) +
		`"}`, "newPassword TOO_LONG 256"},
	{"changePassword",
		`{"oldPassword":"` + account.DemoPassword + `","newPassword":"password1"}`, "newPassword COMMON"},
	{"changePassword",
		`{"oldPassword":"` + account.DemoPassword + `","newPassword":"abababababab"}`, "newPassword REPETITIVE"},
	{"changePassword",
		`{"oldPassword":"` + account.DemoPassword + `","newPassword":"accountql accountql"}`, "newPassword OWN_DATA"},
	{"changePassword", `{"oldPassword":"` + account.DemoPassword + `","newPassword":"` + account.DemoPassword + `"}`,
		"newPassword SAME_AS_OLD"},
}

// TestReasons sends refused requests, and checks the reason and its limit.
func TestReasons(t *testing.T) {
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := world.New(t, settings)
	w.Trust(t, "google", models.ProviderGoogle, false, false)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))

	for _, test := range refusedValues {
		if got := said(w.Do(t, "demo", test.operation, test.input)); got != test.want {
			t.Errorf("%s %.80s\nsays %s\nwant %s", test.operation, test.input, got, test.want)
		}
	}

	for arguments, want := range map[string]string{
		`first: 0`: "first TOO_SMALL 1", `first: 101`: "first TOO_GREAT 100", `first: 1, after: "x"`: "after MALFORMED",
	} {
		body := `{"query":` + world.Quote("{ account { activity("+arguments+") { edges { cursor } } } }") + `}`
		if got := said(w.Post(t,
			world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"], Body: body})); got != want {
			t.Errorf("%s says %s, want %s", arguments, got, want)
		}
	}

	node := w.Post(t,
		world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"], Body: `{"query":"{ node(id: \"x\") { id } }"}`})
	if got := said(node); got != "id UNKNOWN_VALUE" {
		t.Errorf("another node says %s", got)
	}
}

// uncommitted is a store that loses the database during the commit.
type uncommitted struct{ account.Store }

func (u uncommitted) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	if err := u.Store.InTx(ctx, decide); err != nil {
		return err
	}
	return models.OutcomeUnknown(errors.New("a disk that does not answer"))
}

// TestOutcomeUnknown checks that a page can distinguish a change that may have been made from one that was not,
// without the English text.
func TestOutcomeUnknown(t *testing.T) {
	w := newCustomer(t)
	w.Service.Store = uncommitted{w.Store}
	a := refused(t, w.Do(t, "demo", "updateAccount", `{"city":"Halfway"}`), models.CodeUnavailable)
	if a.Errors[0].Extensions.Reason != models.ReasonOutcomeUnknown {
		t.Errorf("answered %s", a.Body)
	}
}

// said returns what the errors of a response say to programs: field, reason and limit of each.
func said(a *world.Answer) string {
	var all []string
	for _, one := range a.Errors {
		text := fmt.Sprintf("%s %s", one.Extensions.Field, one.Extensions.Reason)
		if one.Extensions.Limit != nil {
			text += fmt.Sprintf(" %d", *one.Extensions.Limit)
		}
		all = append(all, text)
	}

	return strings.Join(all, ", ")
}

// TestEveryReasonIsAnswered checks that a test gets every reason of the schema in a response.
func TestEveryReasonIsAnswered(t *testing.T) {
	var got strings.Builder
	for _, test := range refusedValues {
		got.WriteString(test.want + ",")
	}

	for _, test := range refusedAttributes {
		got.WriteString(test.want + ",")
	}
	got.WriteString(strings.Join([]string{"tier FIELD_READ_ONLY", "tier FIELD_ALREADY_SET", "first TOO_SMALL 1", "first TOO_GREAT 100",
		"TestBreachedPasswordsAreRefused BREACHED", "TestOutcomeUnknown OUTCOME_UNKNOWN"}, ",") + ",")
	stories, err := filepath.Glob("testdata/*.txtar")
	world.Check(t, err)
	for _, file := range stories {
		got.WriteString(strings.ReplaceAll(world.ReadFile(t, file), `"reason":"`, " "))
	}

	for _, reason := range models.Reasons() {
		text := got.String()
		if !strings.Contains(text, " "+string(reason)+",") && !strings.Contains(text, " "+string(reason)+`"`) &&
			!strings.Contains(text, " "+string(reason)+" ") {
			t.Errorf("no test gets %s", reason)
		}
	}
}
