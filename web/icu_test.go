package web

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestCompileMessage reads messages as the page gets them.
func TestCompileMessage(t *testing.T) {
	for text, want := range map[string]string{
		"":           `[]`,
		"Sign in":    `["Sign in"]`,
		"It's # 1":   `["It's # 1"]`,
		"it''s '{x}": `["it's {x}"]`,
		"a '{b}' c":  `["a {b} c"]`,
		"Hi, {name}": `["Hi, ",["name"]]`,
		"{n, number} of {m,plural,=0{none}one{# of {n}}other{#}}": `[["n","number"]," of ",["m","plural",` +
			`{"0":["none"],"one":["#"," of ",["n"]],"other":["#"]}]]`,
		"{s, select, a {A <b>x</b>} other {}}": `[["s","select",{"a":["A ",["b","tag",["x"]]],"other":[]}]]`,
		"{n, plural, offset:1 other {#}}":      `[["n","plural",{"offset":1,"other":["#"]}]]`,
		"1 < 2 <B> <b1>{x}</b1>":               `["1 \u003c 2 \u003cB\u003e ",["b1","tag",[["x"]]]]`,
	} {
		made, err := compileMessage(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, _ := json.Marshal(made.tokens); string(got) != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}

	for text, problem := range map[string]string{
		"{":                              "no name",
		"{a":                             "} is missing",
		"a}":                             "closes nothing",
		"<b>a":                           "</b> is missing",
		"a</b>":                          "closes nothing",
		"<b>a</i>":                       "closes nothing",
		"{a, date}":                      "no type",
		"{a, plural}":                    "no options",
		"{a, plural, one {b}}":           "other is missing",
		"{a, plural, one}":               "no {",
		"{a, select, other {b}":          "there twice",
		"{a, select, x{} x{} y {}}":      "there twice",
		"{a, plural, offset:x other {}}": "no number",
	} {
		if _, err := compileMessage(text); err == nil || !strings.Contains(err.Error(), problem) {
			t.Errorf("%s: %v, want %s", text, err, problem)
		}
	}
}

// FuzzCompileMessage checks that no text breaks the reader.
func FuzzCompileMessage(f *testing.F) {
	f.Add("{n, plural, =0 {a} other {# <b>x</b>}} it''s '{x}'")
	f.Fuzz(func(_ *testing.T, text string) { _, _ = compileMessage(text) })
}

// categories are the plural categories of the languages of the page.
var categories = map[string][]string{
	"ar": {"few", "many", "one", "other", "two", "zero"}, "de": {"one", "other"}, "en": {"one", "other"},
	"es": {"many", "one", "other"}, "fr": {"many", "one", "other"}, "ja": {"other"}, "pl": {"few", "many", "one", "other"},
}

// asInEnglish are the messages that may be the same in another language: names, and words that the languages share.
var asInEnglish = []string{
	"agreements.", "common.code", "common.name", "common.email", "common.no", "common.other", "common.profile",
	"device.bot", "device.on", "provider.", "province.", "event.notDone", "profile.you", "passwordField.good",
	"common.passkeys", "common.activity", "common.download", "problems.reference", "overview.hello",
	"register.optional", "common.addresses", "common.phone", "secondStep.", "common.agreements", "data.",
}

// TestCatalogs compares the catalogs of the account page with the English one.
func TestCatalogs(t *testing.T) {
	english := readCatalog(t, "en")
	files, err := filepath.Glob("../packages/react/locales/*.json")
	if err != nil || len(files) != len(categories) {
		t.Fatalf("%q, %v", files, err)
	}

	for _, file := range files {
		code := strings.TrimSuffix(filepath.Base(file), ".json")
		catalog := readCatalog(t, code)
		if !slices.Equal(slices.Sorted(maps.Keys(catalog)), slices.Sorted(maps.Keys(english))) {
			t.Errorf("%s: lacks %q, and has beside the English ones %q", code, lacking(english, catalog), lacking(catalog, english))
		}

		for key, text := range catalog {
			made, err := compileAs(text, english[key])
			if err != nil {
				t.Errorf("%s: %s: %v", code, key, err)
				continue
			}
			for _, plural := range made.plurals {
				checkCategories(t, code, key, plural)
			}
			if code != "en" && text == english[key] && !startsWithAny(key, asInEnglish) {
				t.Errorf("%s: %s is not translated: %s", code, key, text)
			}
		}
	}
}

func readCatalog(t *testing.T, code string) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../packages/react/locales/" + code + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var catalog map[string]string
	if err := json.Unmarshal(text, &catalog); err != nil {
		t.Fatalf("%s: %v", code, err)
	}

	return catalog
}

// lacking returns the keys of one map that the other lacks.
func lacking(of, in map[string]string) []string {
	missing := []string{}
	for key := range of {
		if _, found := in[key]; !found {
			missing = append(missing, key)
		}
	}
	slices.Sort(missing)

	return missing
}

// checkCategories checks that a plural has all categories of the language; English ones with "other" alone say the same
// of every number.
func checkCategories(t *testing.T, code, key string, plural map[string]bool) {
	t.Helper()
	for _, category := range categories[code] {
		if !plural[category] && (code != "en" || category == "other") {
			t.Errorf("%s: %s has a plural without the category %s", code, key, category)
		}
	}
}

func startsWithAny(text string, beginnings []string) bool {
	return slices.ContainsFunc(beginnings, func(begins string) bool { return strings.HasPrefix(text, begins) })
}

// TestCatalogsAreTheBuiltOnes checks that the page compiles the messages to what the server makes of them.
func TestCatalogsAreTheBuiltOnes(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("Node is not installed")
	}
	if _, err := os.Stat("../packages/react/node_modules/@lingui/message-utils"); err != nil {
		t.Skip("the modules of packages/react are not installed")
	}

	const script = `const { compile, readCatalog } = await import('./build/messages.mjs');
console.log(JSON.stringify(Object.fromEntries(Object.entries(readCatalog('ar')).map(([key, text]) => [key, [compile(text)].flat()]))));`
	command := exec.Command("node", "--input-type=module", "-e", script)
	command.Dir = "../packages/react"
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}

	var built map[string]any
	if err := json.Unmarshal(out, &built); err != nil {
		t.Fatal(err)
	}
	for key, text := range readCatalog(t, "ar") {
		made, err := compileMessage(text)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := json.Marshal(built[key])
		if got, _ := json.Marshal(made.tokens); string(got) != string(want) {
			t.Errorf("%s is %s for the server, and %s for the page", key, got, want)
		}
	}
}
