package web

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	return folder
}

// TestTranslations serves a language that the shop brought along, and the page is told of it.
func TestTranslations(t *testing.T) {
	read, err := ReadTranslations(folderOf(t, map[string]string{
		"it.json": `{"common.signIn": "Accedi", "outline.title": "Il suo \u0026 account"}`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	handler := Account(AccountConfig{Translations: read})

	messages := get(t, handler, "GET", "/account/translations/it.json")
	if got := body(t, messages); got != `{"common.signIn":["Accedi"]}` {
		t.Errorf("the messages are %s", got)
	}
	for _, name := range []string{"en.json", "it", "it.txt", "../it.json"} {
		if answer := get(t, handler, "GET", "/account/translations/"+name); answer.StatusCode != 404 {
			t.Errorf("%s: status %d", name, answer.StatusCode)
		}
	}

	request := httptest.NewRequest("GET", "/account", nil)
	request.Header.Set("Accept-Language", "it-CH, de;q=0.5")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	page := recorder.Body.String()
	for _, want := range []string{`<html lang="it" dir="ltr">`, "<h1>Il suo &amp; account</h1>", "works with JavaScript only"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s: %s", want, page)
		}
	}
	if !strings.Contains(page, `&#34;translations&#34;:{&#34;it&#34;:{&#34;outline.title&#34;:`) {
		t.Errorf("the page is not told of the language: %s", page)
	}
}

// TestTranslationsAreReadStrictly checks that a mistake is named with its file and key, and that all of them are.
func TestTranslationsAreReadStrictly(t *testing.T) {
	_, err := ReadTranslations(folderOf(t, map[string]string{
		"it.json":    `{"common.signIn": "{", "common.nothing": "x", "common.isRemoved": "via", "common.signOut": "{x}"}`,
		"nl.json":    `["a"]`,
		"readme.txt": "x",
	}))
	for _, want := range []string{
		"it.json: common.signIn: a { has no name", "it.json: common.nothing: there is no such message",
		"it.json: common.isRemoved: name is missing", "it.json: common.signOut: x is not in the English message",
		"nl.json: must be one JSON object of texts", "readme.txt: is no file of a language",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %s", err, want)
		}
	}

	if _, err := ReadTranslations(filepath.Join(t.TempDir(), "gone")); err == nil {
		t.Error("a folder that is not there was read")
	}
	if _, err := ReadTranslations(t.TempDir()); err == nil || !strings.Contains(err.Error(), "no file of a language") {
		t.Errorf("an empty folder was read: %v", err)
	}
}

// TestOutline says what stands before the scripts in the language that the browser asks for.
func TestOutline(t *testing.T) {
	handler := Account(AccountConfig{})
	for accepted, want := range map[string]string{
		"":                               `<html lang="en" dir="ltr">`,
		"de-AT,de;q=0.9,en;q=0.8":        `<html lang="de" dir="ltr">`,
		"nl, fr;q=0.5":                   `<html lang="fr" dir="ltr">`,
		"ar":                             `<html lang="ar" dir="rtl">`,
		"ja-JP":                          `<html lang="ja" dir="ltr">`,
		"nl":                             `<html lang="en" dir="ltr">`,
		"\"><script>;;;":                 `<html lang="en" dir="ltr">`,
		"x" + strings.Repeat("a,", 4000): `<html lang="en" dir="ltr">`,
	} {
		request := httptest.NewRequest("GET", "/account", nil)
		request.Header.Set("Accept-Language", accepted)
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)

		page := recorder.Body.String()
		if !strings.Contains(page, want) {
			t.Errorf("%.20q is answered %.60s", accepted, page)
		}
		if !strings.HasPrefix(want, `<html lang="en"`) && strings.Contains(page, "Your account") {
			t.Errorf("%s: the outline has English in it", accepted)
		}
		if recorder.Header().Get("Vary") != "Accept-Language" {
			t.Errorf("%s: Vary is %q", accepted, recorder.Header().Get("Vary"))
		}
	}
}
