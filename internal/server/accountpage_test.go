package server

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/config"
)

// shopSettings are those of a shop that serves the account page.
func shopSettings() config.Settings {
	return config.Settings{Mode: config.Production, Listen: ":0", PublicURL: "https://accounts.shop.example",
		AccountPage: config.On, SMTP: "smtp://mail.shop.example", MailFrom: "no-reply@shop.example"}
}

// served returns the answer to a GET request.
func served(h http.Handler, path string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "https://accounts.shop.example"+path, nil))
	return answer
}

// sentBack returns the answer to the form by which a provider's page sends a customer back.
func sentBack(h http.Handler) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodPost, "https://accounts.shop.example/account/return",
		strings.NewReader("state=s&code=c&id_token=a.b.c"))
	for name, value := range map[string]string{"Content-Type": "application/x-www-form-urlencoded",
		"Origin": "https://appleid.apple.com", "Sec-Fetch-Site": "cross-site"} {
		request.Header.Set(name, value)
	}
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, request)

	return answer
}

// pageKey returns the key that the page has.
func pageKey(t *testing.T, h http.Handler) string {
	t.Helper()
	var read map[string]any
	if err := json.Unmarshal(served(h, "/account/config.json").Body.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	if read["trustedDocuments"] != true || read["cookies"] != true || read["inbox"] != nil || read["demo"] != nil {
		t.Errorf("config %v", read)
	}
	key, _ := read["apiKey"].(string)

	return key
}

// TestAccountPageInProduction checks what production serves with the page: the page and its files, its key, and nothing
// of what is for developers.
func TestAccountPageInProduction(t *testing.T) {
	settings := shopSettings()
	settings.Brand = filepath.Join(root, "examples/brand/shop.json")
	s, err := newTestServer(t, settings, filepath.Join(t.TempDir(), "page.db"))
	if err != nil {
		t.Fatal(err)
	}

	page := served(s.handler, "/account/profile")
	if policy := page.Header().Get("Content-Security-Policy"); page.Code != 200 ||
		!strings.Contains(policy, "script-src 'self'; style-src 'self';") ||
		page.Header().Get("Strict-Transport-Security") == "" {
		t.Errorf("%d %v", page.Code, page.Header())
	}
	for _, asset := range s.brand.Assets() {
		if got := served(s.handler, "/account/brand/"+asset.Name); got.Code != 200 ||
			got.Header().Get("Content-Type") != asset.ContentType {
			t.Errorf("%s: %d %v", asset.Name, got.Code, got.Header())
		}
	}
	if back := sentBack(s.handler); back.Code != http.StatusSeeOther ||
		back.Header().Get("Location") != "/account/return#id_token=a.b.c&state=s" || back.Header().Get("Set-Cookie") != "" ||
		back.Header().Get("Cache-Control") != "no-store" || back.Header().Get("Strict-Transport-Security") == "" {
		t.Errorf("a provider's answer: %d %v", back.Code, back.Header())
	}
	for _, path := range []string{"/", "/graphiql/", "/inbox", "/inbox.json", "/llms.txt", "/documents.json", "/schema.graphqls"} {
		if got := served(s.handler, path).Code; got != 404 {
			t.Errorf("%s: %d", path, got)
		}
	}
	if got := served(s.handler, "/.well-known/change-password").Header().Get("Location"); got != "/account/password" {
		t.Errorf("passwords are changed at %q", got)
	}

	// An operator revokes the key, and whoever asks afterwards gets another.
	key := pageKey(t, s.handler)
	keys, err := s.service.APIKeys(t.Context())
	if err != nil || len(keys) != 1 || !keys[0].AccountPage() || !strings.Contains(key, keys[0].ID) {
		t.Fatalf("keys %+v, %v", keys, err)
	}
	if err := s.service.RevokeAPIKey(t.Context(), keys[0].ID); err != nil {
		t.Fatal(err)
	}
	for pageKey(t, s.handler) == key {
		time.Sleep(pageKeyAge / 10)
	}
}

// TestAccountPageIsOff checks that production serves no page, and makes no key, unless it is asked to; and that the
// brand's files are there for mails all the same.
func TestAccountPageIsOff(t *testing.T) {
	settings := shopSettings()
	settings.AccountPage = ""
	settings.Brand = filepath.Join(root, "examples/brand/shop.json")
	s, err := newTestServer(t, settings, filepath.Join(t.TempDir(), "off.db"))
	if err != nil {
		t.Fatal(err)
	}

	for _, path := range []string{"/account", "/account/config.json"} {
		if got := served(s.handler, path).Code; got != 404 {
			t.Errorf("%s: %d", path, got)
		}
	}
	if got := sentBack(s.handler).Code; got != 404 {
		t.Errorf("a provider's answer: %d", got)
	}
	if keys, err := s.service.APIKeys(t.Context()); err != nil || len(keys) != 0 {
		t.Errorf("keys %v, %v", keys, err)
	}
	if got := served(s.handler, "/account/brand/"+s.brand.Mail.Name); got.Code != 200 {
		t.Errorf("the logo of mails: %d", got.Code)
	}
}

// TestPageKeysOutliveTheDatabase checks that the page keeps its key while the database doesn't answer, and asks it once
// in a while only.
func TestPageKeysOutliveTheDatabase(t *testing.T) {
	now, asked := time.Unix(0, 0), 0
	var broken error
	keys := &pageKeys{key: "first", log: slog.New(slog.DiscardHandler), now: func() time.Time { return now }}
	keys.read = func(context.Context) (string, error) { asked++; return "second", broken }

	broken = errors.New("no database")
	now = now.Add(pageKeyAge)
	if got := keys.current(t.Context()); got != "first" {
		t.Errorf("without a database: %q", got)
	}
	broken = nil
	if got := keys.current(t.Context()); got != "first" || asked != 1 {
		t.Errorf("asked %d times: %q", asked, got)
	}
	now = now.Add(pageKeyAge)
	if got := keys.current(t.Context()); got != "second" {
		t.Errorf("with a database: %q", got)
	}
}

// TestBrandIsTheOneTruth checks that the brand gives mails their name and the support its contact, and that a setting
// that says something else is refused by its name.
func TestBrandIsTheOneTruth(t *testing.T) {
	file := filepath.Join(t.TempDir(), "brand.json")
	if err := os.WriteFile(file, []byte(`{"name":"Mill","supportContact":"help@mill.example"}`), 0o600); err != nil {
		t.Fatal(err)
	}

	for _, test := range []struct{ mode, from, contact, refused, sender string }{
		{config.Production, "no-reply@mill.example", "", "", `"Mill" <no-reply@mill.example>`},
		{config.Production, "Mill <no-reply@mill.example>", "help@mill.example", "", `"Mill" <no-reply@mill.example>`},
		{config.Production, "Shop <no-reply@mill.example>", "", "--mail-from", ""},
		{config.Production, "no-reply@mill.example", "else@mill.example", "--support-contact", ""},
		{config.Development, "AccountQL <no-reply@localhost>", "", "", `"Mill" <no-reply@localhost>`},
	} {
		settings, b, err := branded(config.Settings{Mode: test.mode, Brand: file, MailFrom: test.from,
			SupportContact: test.contact})
		var wrong *config.Error
		switch {
		case test.refused != "":
			if !errors.As(err, &wrong) || wrong.Setting != test.refused {
				t.Errorf("%+v: %v", test, err)
			}
		case err != nil || settings.MailFrom != test.sender || settings.SupportContact != "help@mill.example" ||
			b.SupportContact != settings.SupportContact:
			t.Errorf("%+v: %v, %q %q", test, err, settings.MailFrom, settings.SupportContact)
		}
	}
}

// TestBrandRefusals checks that a start with a wrong brand names the setting and the field.
func TestBrandRefusals(t *testing.T) {
	folder := t.TempDir()
	for text, want := range map[string]string{
		`{"name":"Mill","defaultLanguage":"it"}`: "--brand defaultLanguage must be one that mails are written in: de, en, es, fr, ja, pl",
		`{"name":"Mill","colour":"red"}`:         "--brand colour is no field",
	} {
		file := filepath.Join(folder, "brand.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}

		settings := shopSettings()
		settings.Brand = file
		if err := checkBrand(settings); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}

	settings := shopSettings()
	settings.Brand = filepath.Join(folder, "missing.json")
	if err := checkBrand(settings); err == nil || !strings.HasPrefix(err.Error(), "--brand can't be read") {
		t.Error(err)
	}
}

// TestBrandPreview runs the command: it serves the account page and the mails in the brand, whatever the environment
// has, and refuses a brand that serve would refuse.
func TestBrandPreview(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var stdout output
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"brand", "preview", filepath.Join(root, "examples/brand/shop.json")},
			[]string{"ACCOUNTQL_MODE=production"}, strings.NewReader(""), &stdout, io.Discard)
	}()

	var address []string
	for deadline := time.Now().Add(patience); address == nil && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		address = regexp.MustCompile(`Mails +(http://127\.0\.0\.1:\d+)/mails/`).FindStringSubmatch(stdout.String())
	}
	if address == nil {
		t.Fatalf("no address in %q", stdout.String())
	}

	for path, want := range map[string]string{
		"/account": `alt="Nordlicht"`, "/mails/": "Reset your password", "/mails/de?scheme=dark": "Datenschutz",
		"/account/config.json": `"defaultCountry":"DE"`,
	} {
		answer, err := client.Get(address[1] + path)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusOK || !strings.Contains(string(text), want) {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
	}
	cancel()
	if got := <-code; got != 0 {
		t.Errorf("code %d", got)
	}

	var stderr output
	if got := run(t.Context(), []string{"brand", "preview", "missing.json"}, nil, strings.NewReader(""), io.Discard,
		&stderr); got != 2 || !strings.Contains(stderr.String(), "--brand can't be read") {
		t.Errorf("code %d: %s", got, stderr.String())
	}
}
