package system

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check that customers are accepted as they really are written (R-UPD8): mononyms, scripts that run
// from right to left or join, emoji, very long names, places without postal codes, and addresses and numbers of all
// the world.

// realPerson is a customer of testdata/people.json: the values by field.
type realPerson map[string]*string

func readPeople(t *testing.T) []realPerson {
	t.Helper()
	var people []realPerson
	world.Check(t, json.Unmarshal([]byte(world.ReadFile(t, "testdata/people.json")), &people))
	if len(people) != 33 {
		t.Fatalf("%d people", len(people))
	}
	return people
}

// canonical are the e-mails and numbers of people whose canonical form differs from the written one.
var canonical = map[string]string{
	"m.abdullah@موقع.example":   "m.abdullah@xn--4gbrim.example",
	"hans@müller-söhne.example": "hans@xn--mller-shne-kcb9d.example", "+49 (0)151 23456789": "+4915123456789",
}

// canonicalPhone returns a number without the characters that people write between its digits.
func canonicalPhone(written string) string {
	if kept, known := canonical[written]; known {
		return kept
	}
	return strings.NewReplacer(" ", "", "-", "").Replace(written)
}

// profile returns the person's input of registerAccount and updateAccount: the values, or null for all of them.
func (p realPerson) profile(cleared bool) map[string]any {
	input := map[string]any{}
	for name, value := range p {
		switch {
		case name == "email" || name == "phone":
		case cleared:
			input[name] = nil
		case value != nil:
			input[name] = *value
		}
	}

	return input
}

// compare checks that the stored values of the person have exactly the same bytes.
func (p realPerson) compare(t *testing.T, when string, kept map[string]any, cleared bool) {
	t.Helper()
	for name, value := range p {
		var want any
		switch {
		case name == "email":
			want = *value
			if other, known := canonical[*value]; known {
				want = other
			}
		case name == "phone":
			want = canonicalPhone(*value)
		case value != nil && !cleared:
			want = *value
		}

		if cleared && name == "phone" {
			want = nil
		}
		if kept[name] != want {
			t.Errorf("%s: %s is %q, want %q", when, name, kept[name], want)
		}
	}
}

func TestPeople(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := world.New(t, settings)
	for _, p := range readPeople(t) {
		email := *p["email"]
		t.Run(email, func(t *testing.T) {
			const password = "a horse of another colour"
			input := p.profile(false)
			input["email"], input["password"] = email, password
			world.Succeed(t, w.Do(t, "", "registerAccount", jsonText(input)))
			world.Succeed(t, w.Do(t, email, "signIn", jsonOf(models.EmailAddress(email), password)))
			read := func() map[string]any {
				return world.Succeed(t, w.Do(t, email, "account", "")).At("account").(map[string]any)
			}

			changePhone := func() {
				world.Succeed(t, w.Do(t, email, "updateAccount",
					jsonText(map[string]any{"phone": p["phone"], "password": password})))
				code := w.Message(t, models.MessagePhoneCode, canonicalPhone(*p["phone"])).Code
				world.Succeed(t, w.Do(t, email, "confirmPhoneUpdate",
					jsonText(map[string]any{"phone": p["phone"], "confirmationCode": code, "smsAgreement": true})))
			}

			changePhone()
			p.compare(t, "registered", read(), false)

			version := read()["version"]
			world.Succeed(t, w.Do(t, email, "updateAccount", jsonText(p.profile(false))))
			if again := read()["version"]; again != version {
				t.Errorf("what was kept is not what was given: the version went from %v to %v", version, again)
			}

			cleared := p.profile(true)
			cleared["phone"], cleared["password"] = nil, password
			world.Succeed(t, w.Do(t, email, "updateAccount", jsonText(cleared)))
			p.compare(t, "cleared", read(), true)

			w.Clock.Advance(time.Minute)
			world.Succeed(t, w.Do(t, email, "updateAccount", jsonText(p.profile(false))))
			changePhone()
			p.compare(t, "written again", read(), false)
		})
	}
}

// TestImportedPeople checks that an import stores the same values as the API, and `account create` the same
// addresses.
func TestImportedPeople(t *testing.T) {
	t.Parallel()
	people := readPeople(t)
	var lines strings.Builder
	for _, p := range people {
		fmt.Fprintln(&lines, jsonText(p))
	}

	w, created := world.New(t, world.DefaultSettings()), world.New(t, world.DefaultSettings())
	summary, err := w.Service.ImportAccounts(t.Context(), account.Import{
		File: strings.NewReader(lines.String()), Progress: func(int, int) {},
		Wrong: func(line int, problem error) { t.Errorf("%s: %v", *people[line-1]["email"], problem) },
	})
	if err != nil || summary.Imported != len(people) {
		t.Fatalf("%+v, %v", summary, err)
	}

	for _, p := range people {
		imported, err := w.Service.FindAccount(t.Context(), *p["email"])
		world.Check(t, err)
		p.compare(t, "imported", map[string]any{
			"email": string(imported.Email), "phone": shownText(imported.Phone),
			"firstName": shownText(imported.FirstName), "lastName": shownText(imported.LastName),
			"company": shownText(imported.Company), "address": shownText(imported.Address),
			"city": shownText(imported.City), "province": shownText(imported.Province),
			"zipCode": shownText(imported.ZipCode), "countryCode": shownText(imported.CountryCode),
			"birthDate": shownText(imported.BirthDate), "language": shownText(imported.Language),
		}, false)

		made := account.NewAccount{Email: models.EmailAddress(*p["email"]), Phone: models.PhoneNumber(*p["phone"])}
		if p["firstName"] != nil {
			made.FirstName = *p["firstName"]
		}

		other, err := created.Service.CreateAccount(t.Context(), made)
		world.Check(t, err)
		if other.Email != imported.Email || *other.Phone != *imported.Phone ||
			shownText(other.FirstName) != shownText(imported.FirstName) {
			t.Errorf("account create keeps %+v", other)
		}
	}
}

// shownText returns a text as JSON encodes it.
func shownText[T ~string](text *T) any {
	if text == nil {
		return nil
	}
	return string(*text)
}

func jsonText(value any) string { return string(must(json.Marshal(value))) }
