package system

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestProfileFields compares the table of the profile's fields with the schema and the input, and checks that no
// text of the profile is accepted as a password (R-PWD4).
func TestProfileFields(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	inTable := map[string]bool{}
	for _, name := range account.ProfileFields() {
		inTable[name] = true
		for _, input := range []string{"UpdateAccountInput", "RegisterAccountInput"} {
			if w.Schema.Types[input].Fields.ForName(name) == nil {
				t.Errorf("%s has no %s", input, name)
			}
		}

		if w.Schema.Types["Account"].Fields.ForName(name) == nil {
			t.Errorf("Account has no %s", name)
		}
	}

	// What customers see, export and get of a profile is what stands in the table.
	profile := reflect.TypeFor[models.Profile]()
	if profile.NumField() != len(inTable) {
		t.Errorf("models.Profile has %d fields, the table %d", profile.NumField(), len(inTable))
	}

	for i := range profile.NumField() {
		if name := profile.Field(i).Tag.Get("json"); !inTable[name] {
			t.Errorf("models.Profile.%s, in JSON %q, has no row in internal/account/profilefields.go",
				profile.Field(i).Name, name)
		}
	}

	values := map[string]string{"zipCode": "ZK-4711-QX", "": "quokkas of zanzibar"}
	fields := reflect.TypeFor[account.ProfileInput]()
	if fields.NumField() != len(inTable) {
		t.Errorf("the input has %d fields, the table %d", fields.NumField(), len(inTable))
	}

	for i := range fields.NumField() {
		field := fields.Field(i)
		name := strings.Replace(strings.ToLower(field.Name[:1])+field.Name[1:], "URL", "Url", 1)
		if !inTable[name] {
			t.Errorf("%s has no row in internal/account/profilefields.go", name)
		}
		if field.Type != reflect.TypeFor[models.Optional[string]]() {
			continue
		}

		value := values[name]
		if value == "" {
			value = values[""]
		}

		a := w.Do(t, "", "registerAccount",
			fmt.Sprintf(`{"email":"a%d@example.com",%q:%q,"password":%[3]q}`, i, name, value))
		if a.Code() != "PASSWORD_REJECTED" {
			t.Errorf("%s is a good password: %s", name, a.Body)
		}
		if a := w.Do(t, "", "registerAccount",
			fmt.Sprintf(`{"email":"b%d@example.com","password":%q}`, i, value)); a.Code() != "" {
			t.Errorf("%q is no good password for anybody: %s", value, a.Body)
		}
	}
}
