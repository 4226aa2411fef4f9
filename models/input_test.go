package models

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
)

// This file guards the rules of single values (R-C9, R-UPD7, R-UPD8, R-UPD9).

func TestParseText(t *testing.T) {
	for given, want := range map[string]string{
		"Zofia": "Zofia", " a ": " a ", "O'Brie<b>": "O'Brie<b>", "Zoe\u0308": "Zoë", "李小龍": "李小龍", "👩‍👩‍👧": "👩‍👩‍👧",
		strings.Repeat("ä", 10): strings.Repeat("ä", 10), strings.Repeat("a\u0308", 10): strings.Repeat("ä", 10),
	} {
		if got, err := ParseText("name", given, 10); err != nil || got != want {
			t.Errorf("%q is %q, %v; want %q", given, got, err, want)
		}
	}

	for _, given := range []string{
		"", " ", "\u00a0", "\u3000 \t", "\u200b", "\u3164\u2800", "a\x00", "a\nb", "a\rb", "a\tb", "\x1b[31m", "a\x7f",
		"a\u0085b", "a\u009bb", "a\u202eb", "a\u2066b", "\xff", "a\xc3", strings.Repeat("ä", 11),
	} {
		if got, err := ParseText("name", given, 10); CodeOf(err) != CodeInvalidInput {
			t.Errorf("%q became %q, %v", given, got, err)
		}
	}
}

func TestParseURL(t *testing.T) {
	for _, given := range []URL{"https://example.com", "https://example.com/a%20b?c=d#e",
		"https://bücher.de/ä", "https://[2001:db8::1]:8443/", URL("https://example.com/" + strings.Repeat("a", 2028))} {
		if got, err := ParseURL("avatarUrl", given); err != nil || got != given {
			t.Errorf("%.60q is %.60q, %v", given, got, err)
		}
	}

	for _, given := range []URL{
		"", " ", "http://example.com", "HTTPS", "https:", "https://", "https:///a", "https://:443/",
		"https:example.com", "//example.com", "/a", "example.com",
		"ftp://example.com", "javascript:alert(1)", "data:image/png;base64,AA", "https://user@example.com",
		"https://user:secret@example.com", "https://@example.com",
		"https://exa mple.com", "https://example.com/a b", "https://example.com/<x>", `https://example.com/"x`,
		"https://example.com/a\nb", "https://example.com\\@evil.example",
		"https://example.com/`", "https://example.com/%zz", URL("https://example.com/" + strings.Repeat("a", 2029)),
	} {
		if got, err := ParseURL("avatarUrl", given); CodeOf(err) != CodeInvalidInput {
			t.Errorf("%.60q became %.60q, %v", given, got, err)
		}
	}
}

func TestParseBirthDate(t *testing.T) {
	now := time.Date(2026, 11, 22, 23, 30, 0, 0, time.FixedZone("", -5*3600)) // in UTC it is the 23rd
	for _, given := range []Date{"1900-01-01", "2004-02-29", "2026-11-23"} {
		if got, err := ParseBirthDate("birthDate", given, now); err != nil || got != given {
			t.Errorf("%s is %s, %v", given, got, err)
		}
	}

	for _, given := range []Date{"", " ", "1899-12-31", "0190-05-05", "2026-11-24", "2003-02-29", "2004-02-30",
		"2004-13-01",
		"2004-00-10", "2004-1-1", "04-01-01", "2004/01/01", "2004-01-01T00:00:00Z", " 2004-01-01", "2004-01-01 ",
		"-004-01-01", "today"} {
		if got, err := ParseBirthDate("birthDate", given, now); CodeOf(err) != CodeInvalidInput {
			t.Errorf("%q became %q, %v", given, got, err)
		}
	}
}

func TestParseCountryCode(t *testing.T) {
	for given, want := range map[CountryCode]CountryCode{"PL": "PL",
		"pl": "PL", "De": "DE", "GB": "GB", "TW": "TW", "AQ": "AQ", "SS": "SS", "BQ": "BQ", "XK": "XK", "xk": "XK"} {
		if got, err := ParseCountryCode("countryCode", given); err != nil || got != want {
			t.Errorf("%s is %s, %v; want %s", given, got, err, want)
		}
	}

	// Reserved, withdrawn and other private codes have two letters as well.
	for _, given := range []CountryCode{"", " ", "P", "POL", "XX", "ZZ", "AA", "XA", "XB", "QM", "QO", "QU", "UK",
		"EU", "UN", "DD", "SU", "YU", "AN", "CS", "BU", "IC", "EZ", "616", "48", "P1", "ß", "ＰＬ", "pl ", "ı1", "İT"} {
		if got, err := ParseCountryCode("countryCode", given); CodeOf(err) != CodeInvalidInput {
			t.Errorf("%q became %q, %v", given, got, err)
		}
	}

	accepted := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if _, err := ParseCountryCode("countryCode", CountryCode([]rune{a, b})); err == nil {
				accepted++
			}
		}
	}

	if listed := 249; accepted != listed+1 {
		t.Errorf("%d codes are accepted, and ISO 3166-1 lists %d, without XK", accepted, listed)
	}
}

// TestParseLanguage guards that languages which are written differently stay distinct, and that one language has
// one code.
func TestParseLanguage(t *testing.T) {
	for given, want := range map[LanguageCode]LanguageCode{
		"pl": "pl", "PL": "pl", "pol": "pl", "yue": "yue", "gil": "gil", "iw": "he", "tl": "fil", "zh": "zh",
		"zh-TW": "zh-TW", "zh_tw": "zh-TW", "zh-CN": "zh-CN", "zh-Hant": "zh-Hant",
		"zh-hant-tw": "zh-Hant-TW", "zh-yue": "yue",
		"pt-BR": "pt-BR", "pt-PT": "pt-PT", "sr-Latn": "sr-Latn", "sr-cyrl": "sr-Cyrl", "sh": "sr-Latn",
		"en-GB": "en-GB", "en-US": "en-US", "es-419": "es-419",
		"en-Latn": "en-Latn", "de-1996": "de", "de-DE-u-co-phonebk": "de-DE", "en-x-private": "en",
	} {
		got, err := ParseLanguage("language", given)
		if err != nil || got != want {
			t.Errorf("%s is %s, %v; want %s", given, got, err, want)
		}
		if again, err := ParseLanguage("language", got); err != nil || again != got {
			t.Errorf("%s is %s, and that %s, %v", given, got, again, err)
		}
	}

	for _, given := range []LanguageCode{"", " ", "und", "und-PL", "root", "x-private", "qaa",
		"xx", "c", "Deutsch", "pl ", "de_DE_", "en-", "de-\u200bAT", LanguageCode("en-" + strings.Repeat("x-a", 20))} {
		if got, err := ParseLanguage("language", given); CodeOf(err) != CodeInvalidInput {
			t.Errorf("%q became %q, %v", given, got, err)
		}
	}
}

func TestParseZipCode(t *testing.T) {
	for given, want := range map[string]string{
		"00-001": "00-001", "10115": "10115", "SW1A 1AA": "SW1A 1AA", "1012 AB": "1012 AB", "K1A 0B1": "K1A 0B1",
		"12345-6789": "12345-6789", "AD500": "AD500", "d08 e8p2": "d08 e8p2",
		// However it was pasted.
		" 10115": "10115", "10115 ": "10115", "\t10115\r\n": "10115", "\u00a010115\u202f": "10115",
		"\ufeff10115\u200b": "10115", "\u202d10115\u202c": "10115",
		"１０１１５": "10115", "１００－６７０１": "100-6701", "100ー6701": "100-6701", "100−6701": "100-6701", "00‑001": "00-001",
		"00–001": "00-001", "EH2\u00a02BD": "EH2 2BD", "ＥＨ２\u3000２ＢＤ": "EH2 2BD",
		"١٢٣٤٥": "12345", "۱۵۹۱۶۳۴۳۱۱": "1591634311", "१२३४५६": "123456", "10\u00ad115": "10115",
		strings.Repeat(" ", 50) + "10115": "10115",
	} {
		got, err := ParseZipCode("zipCode", given)
		if err != nil || got != want {
			t.Errorf("%q is %q, %v; want %q", given, got, err, want)
		}
		if again, err := ParseZipCode("zipCode", got); err != nil || again != got {
			t.Errorf("%q is %q, and that %q, %v", given, got, again, err)
		}
	}

	for _, given := range []string{
		"", " ", "1", "1\u200b", "-1", "1-", "1234567890123", "10_115", "10\n115", "10\u2028115", "10115;", "ÄÖ1",
		"1011\xff", "10\x00115", "①②③", strings.Repeat(" ", 100) + "10115",
	} {
		if got, err := ParseZipCode("zipCode", given); CodeOf(err) != CodeInvalidInput {
			t.Errorf("%q became %q, %v", given, got, err)
		}
	}
}

func object(t *testing.T, text string) JSONObject {
	t.Helper()
	var o JSONObject
	if err := o.Scan(text); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestAttributes(t *testing.T) {
	for _, good := range []string{`{}`, `{"a":null}`, `{"a":[1,"x\ny",true,null,{"b":2.50}]}`,
		`{"a":{"b":{"c":{"d":{"e":{"f":1}}}}}}`, `{"` + strings.Repeat("ä", 100) + `":1}`,
		// Every finite double, and numbers with more digits than a double has.
		`{"a":[0,-0,1e308,-1.7976931348623157e308,5e-324,1e-400,9007199254740993,12345678901234567890,0.1000000000000000055511151231257827]}`,
		`{"\u200ckey\u200d":1}`} {
		if err := ParseAttributes("attributes", object(t, good)); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}

	for _, bad := range []string{
		`{"":1}`, `{"` + strings.Repeat("ä", 101) + `":1}`, `{"a":"\u0000"}`, `{"a":{"\u0000":1}}`,
		`{"\u0000":1}`, `{"a":["\u0000"]}`, `{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":1}}}}}}}}`,
		`{"a":[[[[[[[[1]]]]]]]]}`,
		`{" ":1}`, `{"\u200b":1}`, `{"\u3164":1}`, `{"\ufeff\u2800":1}`,
		// Numbers that are infinite as doubles (R-ANS4).
		`{"a":1e999}`, `{"a":-1e999}`, `{"a":1e309}`, `{"a":1.8e308}`, `{"a":{"b":[1,1e400]}}`,
		`{"a":` + strings.Repeat("9", 400) + `}`,
	} {
		if err := ParseAttributes("attributes", object(t, bad)); CodeOf(err) != CodeInvalidInput {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestMergeAttributes(t *testing.T) {
	stored := object(t, `{"kept":1,"removed":2,"replaced":{"a":1,"b":2}}`)
	merged, err := MergeAttributes("attributes", stored,
		object(t, `{"removed":null,"absent":null,"replaced":{"a":null},"new":false}`))
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := json.Marshal(merged); string(text) != `{"kept":1,"new":false,"replaced":{"a":null}}` {
		t.Errorf("merged is %s", text)
	}
	if len(stored) != 3 {
		t.Errorf("the stored attributes were changed to %v", stored)
	}

	hundred := JSONObject{}
	for i := range 100 {
		hundred[strings.Repeat("k", i+1)] = 1
	}

	if _, err := MergeAttributes("attributes", hundred, JSONObject{"kk": 2, "k": nil, "one": 1}); err != nil {
		t.Errorf("a hundred keys are refused: %v", err)
	}
	if _, err := MergeAttributes("attributes", hundred, JSONObject{"one more": 1}); CodeOf(err) != CodeInvalidInput {
		t.Errorf("101 keys: %v", err)
	}
	if _, err := MergeAttributes("attributes", JSONObject{"a": strings.Repeat("x", 9<<10)},
		JSONObject{"b": strings.Repeat("x", 9<<10)}); CodeOf(err) != CodeInvalidInput {
		t.Errorf("18 KiB in two steps: %v", err)
	}
}

// TestMergedNumbersAreStored guards that a merge returns what the database will return: merging the same values
// again changes nothing.
func TestMergedNumbersAreStored(t *testing.T) {
	stored := object(t, `{"a":1,"b":{"c":[2,2.5,12345678901234567890]}}`)
	given := JSONObject{
		"a": int64(1), "b": map[string]any{"c": []any{int64(2), 2.5, json.Number("12345678901234567890")}},
	}
	if merged, err := MergeAttributes("attributes", stored, given); err != nil || !reflect.DeepEqual(merged, stored) {
		t.Errorf("merged is %#v, %v", merged, err)
	}
}

func TestJSONObject(t *testing.T) {
	const text = `{"a":12345678901234567890,"b":2.50,"c":1e400}`
	o := object(t, text)
	if value, err := o.Value(); err != nil || value != text {
		t.Errorf("stored as %v, %v", value, err)
	}

	for _, v := range []any{nil, "text", json.Number("1"), true, []any{}} {
		if _, err := ReadJSONObject(v); CodeOf(err) != CodeInvalidInput {
			t.Errorf("%T was taken: %v", v, err)
		}
	}

	if err := new(JSONObject).Scan(1); err == nil {
		t.Error("a number was read from the database as an object")
	}
	if value, err := JSONObject(nil).Value(); err != nil || value != "{}" {
		t.Errorf("nil is stored as %v, %v", value, err)
	}
}
