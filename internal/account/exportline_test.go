package account

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
)

// TestExportLine guards the format of an exported line: the order of its fields, no empty profile fields, and no
// HTML escapes.
func TestExportLine(t *testing.T) {
	at := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	empty := models.Account{
		ID: "1", Email: "a@example.com", Status: models.StatusActive,
		Profile: models.Profile{Sex: models.SexNotSpecified, Attributes: models.JSONObject{}},
		Tags:    []string{}, Version: 1, CreatedAt: at, UpdatedAt: at,
	}
	full := empty
	name, language, zone, yes := "<b>Ada & \"co\"</b>", models.LanguageCode("pl"), models.TimeZone("Europe/Warsaw"), true
	full.FirstName, full.Language, full.TimeZone, full.Agreements.SMS = &name, &language, &zone, &yes
	full.Attributes = models.JSONObject{"shoe": nil}

	for want, account := range map[string]models.Account{
		`{"id":"1","email":"a@example.com","emailVouched":false,"status":"ACTIVE","sex":"NOT_SPECIFIED","version":1,` +
			`"createdAt":"2026-03-01T12:00:00Z","updatedAt":"2026-03-01T12:00:00Z"}`: empty,
		`{"id":"1","email":"a@example.com","emailVouched":false,"status":"ACTIVE","firstName":"<b>Ada & \"co\"</b>",` +
			`"sex":"NOT_SPECIFIED","language":"pl","timeZone":"Europe/Warsaw","agreements":{"sms":true},"attributes":{"shoe":null},"version":1,` +
			`"createdAt":"2026-03-01T12:00:00Z","updatedAt":"2026-03-01T12:00:00Z"}`: full,
	} {
		var line bytes.Buffer
		encoder := json.NewEncoder(&line)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(exportLine(&models.AccountRecord{Account: account})); err != nil {
			t.Fatal(err)
		}
		if line.String() != want+"\n" {
			t.Errorf("the line is\n%s, want\n%s", line.String(), want)
		}
	}
}

// TestWithoutNulls: a null inside of a value stays, and so does a text that looks like one.
func TestWithoutNulls(t *testing.T) {
	for object, want := range map[string]string{
		`{}`:                                 `{}`,
		`{"a":null}`:                         `{}`,
		`{"a":null,"b":1,"c":null}`:          `{"b":1}`,
		`{"a":",\"b\":null","b":"\\","c":0}`: `{"a":",\"b\":null","b":"\\","c":0}`,
		`{"a":{"b":null},"c":[null,{"d":null}],"e":null}`: `{"a":{"b":null},"c":[null,{"d":null}]}`,
		`{"a":":null"}`: `{"a":":null"}`,
	} {
		if got := withoutNulls([]byte(object)); string(got) != want {
			t.Errorf("%s became %s, want %s", object, got, want)
		}
	}
}
