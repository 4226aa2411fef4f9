package fields_test

import (
	"os"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/fields"
	"github.com/accountql/accountql/models"
)

// wrongFiles are files with what is said of them; every part must be there.
var wrongFiles = []struct{ text, want string }{
	{``, "line 1: this is not JSON"},
	{"{\n\"fields\": {,}\n}", "line 2: this is not JSON"},
	{"{}\n[]", "line 2: there must be nothing behind the object"},
	{"{}\nx", "line 2: this is not JSON"},
	{`[]`, "line 1: the file must be an object"},
	{`{"field": {}}`, "line 1: field is not known here; known are attributes, fields"},
	{`{"fields": []}`, "line 1: fields must be an object"},
	{"{\"fields\": {\n\"email\": {}}}", "line 2: fields.email is no field of the profile; known are firstName, "},
	{`{"fields": {"attributes": {}}}`, "line 1: fields.attributes has no policy here"},
	{`{"fields": {"agreements": {"access": "hidden"}}}`, "fields.agreements.access is not known here; known are label"},
	{`{"fields": {"city": {"access": "rw"}}}`, "fields.city.access must be one of hidden, once, read, write"},
	{`{"fields": {"city": {"access": null}}}`, "fields.city.access must be one of"},
	{`{"fields": {"city": {"required": "yes"}}}`, "fields.city.required must be true or false"},
	{`{"fields": {"city": {"required": true, "access": "read"}}}`, "fields.city.required must not be true where"},
	{`{"fields": {"city": {"required": true, "access": "hidden"}}}`, "fields.city.required must not be true where"},
	{`{"fields": {"city": {"label": {"English": "City"}}}}`, "fields.city.label.English must be a language"},
	{`{"fields": {"city": {"label": {"en": "\u0007"}}}}`, "fields.city.label.en must be a text of 1 to 255"},
	{`{"fields": {"city": {"label": {"en": 7}}}}`, "fields.city.label.en must be a text"},
	{"{\"fields\": {\"city\": {},\n\"city\": {}}}", "line 2: fields.city stands there twice"},
	{`{"fields": {"city": {"minLength": 1}}}`, "fields.city.minLength is not known here"},
	{`{"attributes": {"": {"type": "text"}}}`, "must have a key of 1 to 100 characters"},
	{`{"attributes": {"tier": {}}}`, "attributes.tier.type is missing: it must be one of boolean, choice, date"},
	{`{"attributes": {"tier": 1}}`, "attributes.tier must be an object"},
	{`{"attributes": {"tier": {"type": "enum"}}}`, "attributes.tier.type must be one of boolean, choice, date"},
	{`{"attributes": {"tier": {"type": "choice"}}}`, "attributes.tier.options is missing"},
	{`{"attributes": {"tier": {"type": "choice", "options": []}}}`, "attributes.tier.options must be a list of 1 to 500"},
	{`{"attributes": {"tier": {"type": "choice", "options": ["GOLD"]}}}`, "attributes.tier.options must be an object"},
	{`{"attributes": {"tier": {"type": "choice", "options": [{}]}}}`, "attributes.tier.options must have a value"},
	{`{"attributes": {"tier": {"type": "choice", "options": [{"value": "A"}, {"value": "A"}]}}}`,
		`attributes.tier.options must not have the value "A" twice`},
	{`{"attributes": {"size": {"type": "integer", "minimum": 1.5}}}`, "attributes.size.minimum must be a whole number"},
	{`{"attributes": {"size": {"type": "integer", "maximum": 1e300}}}`, "attributes.size.maximum must be a whole number"},
	{`{"attributes": {"size": {"type": "integer", "minimum": 2, "maximum": 1}}}`, "attributes.size.minimum must not be above"},
	{`{"attributes": {"size": {"type": "number", "minimum": 2, "maximum": 1}}}`, "attributes.size.minimum must not be above"},
	{`{"attributes": {"size": {"type": "number", "minLength": 2}}}`, "attributes.size.minLength is no limit of the type number"},
	{`{"attributes": {"name": {"type": "text", "minLength": 0}}}`, "attributes.name.minLength must be a whole number between 1"},
	{`{"attributes": {"name": {"type": "text", "maxLength": 9999}}}`, "attributes.name.maxLength must be a whole number between 1"},
	{`{"attributes": {"name": {"type": "text", "minLength": 300}}}`, "attributes.name.minLength must not be above"},
	{`{"attributes": {"day": {"type": "date", "earliest": "2026-02-30"}}}`, "attributes.day.earliest must be a date"},
	{`{"attributes": {"day": {"type": "date", "earliest": "2026-02-02", "latest": "2026-02-01"}}}`,
		"attributes.day.earliest must not be above"},
	{`{"attributes": {"a b": {"type": "text", "required": true, "access": "hidden"}}}`, `attributes."a b".required must not`},
}

// TestWrongFiles checks that each mistake is told with its line and its path, in one line.
func TestWrongFiles(t *testing.T) {
	for _, test := range wrongFiles {
		_, err := fields.Read(strings.NewReader(test.text))
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s\nsays %v\nwant %s", test.text, err, test.want)
		}
	}

	if _, err := fields.Read(strings.NewReader(strings.Repeat(" ", 1<<20+1))); err == nil {
		t.Error("a file of any size is read")
	}
}

// TestAllMistakesAtOnce checks that one start tells everything that is wrong.
func TestAllMistakesAtOnce(t *testing.T) {
	_, err := fields.Read(strings.NewReader(`{
		"fields": {"citty": {}, "city": {"access": "rw", "required": 1}},
		"attributes": {
			"tier": {"type": "choice"},
			"size": {"minimum": "small"}
		}
	}`))
	if err == nil || strings.Count(err.Error(), "line ") != 6 {
		t.Errorf("says %v", err)
	}
}

// TestDocumentedFile checks that the file of docs/fields.md is read.
func TestDocumentedFile(t *testing.T) {
	page, err := os.ReadFile("../../docs/fields.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(page), "```json\n")
	text, _, closed := strings.Cut(after, "```")
	if !found || !closed {
		t.Fatal("docs/fields.md has no file")
	}

	if _, err := fields.Read(strings.NewReader(text)); err != nil {
		t.Error(err)
	}
	for _, word := range []models.FieldAccess{"write", "once", "read", "hidden"} {
		if !strings.Contains(text, `"`+string(word)+`"`) {
			t.Errorf("the file shows no access %s", word)
		}
	}
}
