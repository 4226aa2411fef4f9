package config_test

import (
	"errors"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// parse parses settings as `serve` does.
func parse(t *testing.T, environ []string, args ...string) (config.Settings, error) {
	t.Helper()
	var grammar struct {
		Settings config.Settings `embed:""`
	}
	parser, err := kong.New(&grammar, config.Options(environ)...)
	if err != nil {
		t.Fatal(err)
	}

	_, err = parser.Parse(args)

	return grammar.Settings, err
}

// production returns flags with which production mode starts.
func production(changes ...string) []string {
	return append([]string{
		"--mode=production", "--listen=:8080", "--database=/var/lib/accountql.db",
		"--public-url=https://api.shop.example",
		"--password-reset-url=https://shop.example/reset#{token}",
		"--email-change-url=https://shop.example/email?token={token}",
		"--activation-url=https://shop.example/activate/{token}",
		"--email-undo-url=https://shop.example/undo#t={token}&x=1",
		"--smtp=smtps://shop:secret@mail.shop.example", "--mail-from=Shop <no-reply@shop.example>",
	}, changes...)
}

func TestDefaultsOfDevelopment(t *testing.T) {
	s, err := parse(t, nil)
	if err != nil {
		t.Fatal(err)
	}

	for _, tc := range []struct{ setting, got, want string }{
		{
			"--mode", s.Mode, "development",
		}, {"--listen", s.Listen, "127.0.0.1:8080"}, {"--database", s.Database, "accountql.db"},
		{"--registration", s.Registration, "open"}, {"--rate-limits", s.RateLimits, "on"}, {"--sign-in-code", s.SignInCode, "off"},
		{"--introspection", s.Introspection, "on"}, {"--log-format", s.LogFormat, "text"},
		{"--log-level", s.LogLevel, "info"}, {"--migrate", s.Migrate, "on"},
		{"--allowed-origins", strings.Join(s.AllowedOrigins,
			" "), "http://localhost:* http://127.0.0.1:* http://[::1]:*"},
		{"--password-reset-ttl", s.PasswordResetTTL.String(), "30m0s"},
		{"--email-token-ttl", s.EmailTokenTTL.String(), "8h0m0s"},
		{"--phone-code-ttl", s.PhoneCodeTTL.String(), "10m0s"}, {"--session-idle", s.SessionIdle.String(), "168h0m0s"},
		{"--session-max", s.SessionMax.String(), "720h0m0s"}, {"--step-up", s.StepUp.String(), "15m0s"},
	} {
		if tc.got != tc.want {
			t.Errorf("%s is %q, want %q", tc.setting, tc.got, tc.want)
		}
	}

	if s.PasswordMinLength != 8 || len(s.TrustedProxies) != 0 {
		t.Errorf("--password-min-length is %d, --trusted-proxies %v", s.PasswordMinLength, s.TrustedProxies)
	}
}

func TestDefaultsOfProduction(t *testing.T) {
	s, err := parse(t, nil, production()...)
	if err != nil {
		t.Fatal(err)
	}
	if s.Introspection != "off" || s.LogFormat != "json" || s.RateLimits != "on" || len(s.AllowedOrigins) != 0 {
		t.Errorf("production: %+v", s)
	}
}

// TestRefusals checks that each refusal is one line that names the setting.
func TestRefusals(t *testing.T) {
	for _, tc := range []struct {
		args    []string
		setting string
	}{
		{[]string{"--mode=test"}, "--mode"},
		{[]string{"--mode="}, "--mode"},
		{[]string{"--listen=0.0.0.0:8080"}, "--listen"},
		{[]string{"--listen=:8080"}, "--listen"},
		{[]string{"--listen=192.168.1.2:8080"}, "--listen"},
		{[]string{"--listen=localhost.shop.example:8080"}, "--listen"},
		{[]string{"--listen=127.0.0.1"}, "--listen"},
		{[]string{"--listen=127.0.0.1:http"}, "--listen"},
		{[]string{"--listen=127.0.0.1:65536"}, "--listen"},
		{[]string{"--public-url=shop.example"}, "--public-url"},
		{[]string{"--public-url=ftp://shop.example"}, "--public-url"},
		{[]string{"--public-url=https://user:secret@shop.example"}, "--public-url"},
		{[]string{"--public-url=https://shop.example?x=1"}, "--public-url"},
		{[]string{"--public-url=https://shop.example/#x"}, "--public-url"},
		{[]string{"--password-reset-url=https://shop.example/reset"}, "--password-reset-url"},
		{[]string{"--email-change-url=https://shop.example/{token}/{token}"}, "--email-change-url"},
		{[]string{"--activation-url=/activate#{token}"}, "--activation-url"},
		{[]string{"--email-undo-url=https://{token}.shop.example/"}, "--email-undo-url"},
		{[]string{"--email-undo-url=https://shop.example/{{token}}"}, "--email-undo-url"},
		{[]string{"--account-url=/account"}, "--account-url"},
		{[]string{"--retain-idle=179d"}, "--retain-idle"}, {[]string{"--retain-unverified=23h"}, "--retain-unverified"},
		{production("--retain-idle=1095d"), "--account-url"},
		{[]string{"--allowed-origins=*"}, "--allowed-origins"},
		{[]string{"--allowed-origins=https://*.shop.example"}, "--allowed-origins"},
		{[]string{"--allowed-origins=https://shop.example/"}, "--allowed-origins"},
		{[]string{"--allowed-origins=null"}, "--allowed-origins"},
		{[]string{"--allowed-headers=*"}, "--allowed-headers"},
		{[]string{"--trusted-document-limits=2"}, "--trusted-document-limits"},
		{[]string{"--trusted-documents=x.json", "--trusted-document-limits=0"}, "--trusted-document-limits"},
		{[]string{"--trusted-documents=x.json", "--trusted-document-limits=11"}, "--trusted-document-limits"},
		{[]string{"--allowed-headers=X Shop"}, "--allowed-headers"},
		{[]string{"--allowed-origins=https://Shop.example"}, "--allowed-origins"},
		{[]string{"--cookies", "--allowed-origins=http://shop.example:8080"}, "--allowed-origins"},
		{production("--cookies", "--allowed-origins=https://other.example"), "--allowed-origins"},
		{production("--cookies", "--public-url=https://accounts.github.io",
			"--allowed-origins=https://shop.github.io"), "--allowed-origins"},
		{production("--cookies", "--public-url=https://192.0.2.1",
			"--allowed-origins=https://192.0.2.2"), "--allowed-origins"},
		{[]string{"--trusted-proxies=10.0.0.1"}, "--trusted-proxies"},
		{[]string{"--trusted-proxies=0.0.0.0/0"}, "--trusted-proxies"},
		{[]string{"--trusted-proxies=10.0.0.0/8,::/0"}, "--trusted-proxies"},
		{[]string{"--registration=maybe"}, "--registration"},
		{[]string{"--phone-countries=Poland"}, "--phone-countries"},
		{[]string{"--phone-countries=PL,48"}, "--phone-countries"},
		{[]string{"--phone-countries=PL,UK"}, "--phone-countries"},
		{[]string{"--phone-countries=PL DE"}, "--phone-countries"},
		{[]string{"--password-reset-ttl=0s"}, "--password-reset-ttl"},
		{[]string{"--password-reset-ttl=25h"}, "--password-reset-ttl"},
		{[]string{"--password-reset-ttl=soon"}, "--password-reset-ttl"},
		{[]string{"--email-token-ttl=-1h"}, "--email-token-ttl"},
		{[]string{"--email-token-ttl=2d"}, "--email-token-ttl"},
		{[]string{"--phone-code-ttl=11m"}, "--phone-code-ttl"},
		{[]string{"--session-idle=0s"}, "--session-idle"},
		{[]string{"--session-idle=31d"}, "--session-idle"},
		{[]string{"--session-max=367d"}, "--session-max"},
		{[]string{"--session-max=1h"}, "--session-idle"},
		{[]string{"--step-up=25h"}, "--step-up"},
		{[]string{"--password-min-length=7"}, "--password-min-length"},
		{[]string{"--password-min-length=65"}, "--password-min-length"},
		{[]string{"--password-min-length=eight"}, "--password-min-length"},
		{[]string{"--breached-passwords=http://shop.example/range"}, "--breached-passwords"},
		{[]string{"--breached-passwords=ftp://shop.example/range"}, "--breached-passwords"},
		{[]string{"--breached-passwords=https://user:secret@shop.example/range"}, "--breached-passwords"},
		{[]string{"--breached-passwords=https://shop.example/range?x=1"}, "--breached-passwords"},
		{[]string{"--breached-passwords=https://shop.example/#range"}, "--breached-passwords"},
		{[]string{"--breached-passwords=https:///range"}, "--breached-passwords"},
		{production("--breached-passwords=http://127.0.0.1:8080/range"), "--breached-passwords"},
		{production("--breached-passwords=https://10.1.2.3/range"), "--breached-passwords"},
		{[]string{"--breached-passwords=https://10.1.2.3/range"}, "--breached-passwords"},
		{[]string{"--support-contact=our support"}, "--support-contact"},
		{[]string{"--support-contact=Support <help@shop.example>"}, "--support-contact"},
		{[]string{"--support-contact=help@shop.example, more@shop.example"}, "--support-contact"},
		{[]string{"--support-contact=tel:+442079460000"}, "--support-contact"},
		{[]string{"--support-contact=shop.example/help"}, "--support-contact"},
		{[]string{"--support-contact=https://"}, "--support-contact"},
		{[]string{"--support-contact=https://user:secret@shop.example/help"}, "--support-contact"},
		{[]string{"--support-contact=javascript://shop.example/%0aalert(1)"}, "--support-contact"},
		{production("--support-contact=http://shop.example/help"), "--support-contact"},
		{[]string{"--rate-limits=no"}, "--rate-limits"},
		{[]string{"--migrate=maybe"}, "--migrate"},
		{[]string{"--introspection=yes"}, "--introspection"},
		{[]string{"--federation=yes"}, "--federation"},
		{[]string{"--log-format=xml"}, "--log-format"},
		{[]string{"--log-level=loud"}, "--log-level"},
		{[]string{"--access-log", "--log-level=warn"}, "--access-log"},
		{[]string{"--trace=http://127.0.0.1:4318"}, "--trace"},
		{[]string{"--trace=127.0.0.1:4318"}, "--trace"},
		{[]string{"--trace=otlp://127.0.0.1"}, "--trace"},
		{[]string{"--trace=otlp://:4318"}, "--trace"},
		{[]string{"--trace=otlp://127.0.0.1:0"}, "--trace"},
		{[]string{"--trace=otlp://127.0.0.1:70000"}, "--trace"},
		{[]string{"--trace=otlp://user:secret@127.0.0.1:4318"}, "--trace"},
		{[]string{"--trace=otlps://collector.example:4318/secret"}, "--trace"},
		{[]string{"--trace=otlps://collector.example:4318?key=secret"}, "--trace"},
		{[]string{"--trace=otlps://collector.example:4318#secret"}, "--trace"},
		{[]string{"--mode=production"}, "--listen"},
		{production("--database="), "--database"},
		{production("--public-url="), "--public-url"},
		{production("--public-url=http://api.shop.example"), "--public-url"},
		{production("--password-reset-url="), "--password-reset-url"},
		{production("--email-change-url="), "--email-change-url"},
		{production("--activation-url="), "--activation-url"},
		{production("--email-undo-url="), "--email-undo-url"},
		{production("--account-url=http://shop.example/account"), "--account-url"},
		{production("--email-undo-url=http://shop.example/{token}"), "--email-undo-url"},
		{production("--allowed-origins=http://shop.example"), "--allowed-origins"},
		{production("--allowed-origins=http://localhost:*"), "--allowed-origins"},
		{production("--rate-limits=off"), "--rate-limits"},
		// Settings that do not exist are refused, and not silently ignored.
		{[]string{"--customer-tokens-file=tokens.json"}, "--customer-tokens-file"},
		{[]string{"--metrics-listen=0.0.0.0:9090"}, "--metrics-listen"},
		{[]string{"--metrics-listen=9090"}, "--metrics-listen"},
		{[]string{"--backoffice-listen=0.0.0.0:9090"}, "--backoffice-listen"},
		{[]string{"--listen=127.0.0.1:9090", "--backoffice-listen=127.0.0.1:9090"}, "--backoffice-listen"},
		{[]string{"--metrics-listen=127.0.0.1:9090", "--backoffice-listen=127.0.0.1:9090"}, "--backoffice-listen"},
		{[]string{"--listen=127.0.0.1:9090", "--metrics-listen=127.0.0.1:9090"}, "--metrics-listen"},
	} {
		_, err := parse(t, nil, tc.args...)
		if err == nil {
			t.Errorf("%q is accepted", tc.args)
			continue
		}

		if !strings.Contains(err.Error(), tc.setting) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %q does not name %s in one line", tc.args, err, tc.setting)
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %q holds a secret", tc.args, err)
		}
	}
}

func TestAccepted(t *testing.T) {
	for _, args := range [][]string{
		{"--listen=localhost:0"}, {"--listen=[::1]:8080"}, {"--listen=127.1.2.3:80"},
		{"--public-url=http://shop.example/accounts/"}, {"--rate-limits=off"}, {"--migrate=off"}, {"--session-idle=30d"},
		{"--password-reset-ttl=1s"}, {"--phone-code-ttl=90s"}, {"--trusted-proxies=10.0.0.0/8,fd00::/8"},
		{"--allowed-origins=http://shop.example:8080,https://www.shop.example"},
		{"--password-reset-url=http://localhost:3000/reset?token={token}&x=1"},
		{"--allowed-headers=X-Shop,x-shop-2"}, {"--trusted-documents=x.json", "--trusted-document-limits=10"},
		{"--breached-passwords=breached.txt"}, {"--breached-passwords=http://localhost:8081/range/"},
		production("--breached-passwords=https://api.pwnedpasswords.com/range"),
		production("--support-contact=help@shop.example"), production("--support-contact=https://shop.example/help?a=b#c"),
		{"--support-contact=http://shop.example/help"},
		{"--cookies"}, production("--cookies"), production("--cookies", "--public-url=https://api.shop.example",
			"--allowed-origins=https://shop.example,https://www.shop.example:8443"),
		production("--introspection=on"), production("--log-format=text"),
		{"--trace=otlp://[::1]:4318"}, {"--trace=otlp://localhost:4318/"}, {"--access-log", "--log-level=debug"},
		production("--trace=otlps://collector.example:4318", "--access-log"),
		production("--allowed-origins=https://shop.example"),
	} {
		if _, err := parse(t, nil, args...); err != nil {
			t.Errorf("%q: %v", args, err)
		}
	}
}

func TestCollector(t *testing.T) {
	for given, want := range map[string]string{
		"": "", "otlp://localhost:4318": "http://localhost:4318", "otlp://[::1]:4318/": "http://[::1]:4318",
		"otlps://collector.example:443": "https://collector.example:443",
	} {
		settings := config.Settings{Trace: given}
		if got := settings.Collector(); got != want {
			t.Errorf("--trace=%s is %q, not %q", given, got, want)
		}
	}
}

func TestEnvironment(t *testing.T) {
	environ := []string{"HOME=/root", "ACCOUNTQL_SESSION_IDLE=2d",
		"ACCOUNTQL_LISTEN=127.0.0.1:1", "ACCOUNTQL_TRUSTED_PROXIES=10.1.2.3/8,fd00::/8", "ACCOUNTQL_LOG_FORMAT="}
	s, err := parse(t, environ, "--listen=127.0.0.1:2")
	if err != nil {
		t.Fatal(err)
	}
	if s.SessionIdle != 48*time.Hour {
		t.Errorf("a variable gives %v", s.SessionIdle)
	}
	if s.Listen != "127.0.0.1:2" {
		t.Errorf("the flag does not win: %s", s.Listen)
	}
	if s.LogFormat != "text" {
		t.Errorf("an empty variable is not left open: %q", s.LogFormat)
	}
	if len(s.TrustedProxies) != 2 || s.TrustedProxies[0].String() != "10.0.0.0/8" {
		t.Errorf("networks: %v", s.TrustedProxies)
	}

	for _, name := range []string{"ACCOUNTQL_PUBLIC_ULR", "ACCOUNTQL_SMTPS", "ACCOUNTQL_", "ACCOUNTQL_session_idle"} {
		_, err := parse(t, []string{name + "=secret"})
		var setting *config.Error
		if !errors.As(err, &setting) || setting.Setting != name || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", name, err)
		}
	}

	if _, err := parse(t,
		[]string{"ACCOUNTQL_RATE_LIMITS=never"}); err == nil || !strings.Contains(err.Error(), "--rate-limits") {
		t.Errorf("a wrong variable: %v", err)
	}
}

func TestPhoneCountries(t *testing.T) {
	for _, args := range [][]string{
		{"--phone-countries=pl,DE,xk"}, {"--phone-countries=PL", "--phone-countries=de,XK"},
	} {
		s, err := parse(t, nil, args...)
		if err != nil || !slices.Equal(s.PhoneCountries, []models.CountryCode{"PL", "DE", "XK"}) {
			t.Errorf("%q are %q, %v", args, s.PhoneCountries, err)
		}
	}

	s, err := parse(t, []string{"ACCOUNTQL_PHONE_COUNTRIES=GB,IE"})
	if err != nil || !slices.Equal(s.PhoneCountries, []models.CountryCode{"GB", "IE"}) {
		t.Errorf("a variable gives %q, %v", s.PhoneCountries, err)
	}
	if s, err := parse(t, nil); err != nil || len(s.PhoneCountries) > 0 {
		t.Errorf("left out, they are %q, %v", s.PhoneCountries, err)
	}
}

// TestBound checks that the links have the port on which the server listens.
func TestBound(t *testing.T) {
	address := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 43210}
	s, err := parse(t, nil, "--listen=localhost:0", "--activation-url=https://shop.example/{token}")
	if err != nil {
		t.Fatal(err)
	}

	bound := s.Bound(address)
	got := []string{bound.Listen,
		bound.PublicURL, bound.PasswordResetURL, bound.EmailChangeURL, bound.ActivationURL, bound.EmailUndoURL}
	want := []string{
		"localhost:43210", "http://localhost:43210", "http://localhost:43210/account/reset-password#token={token}",
		"http://localhost:43210/account/confirm-email#token={token}", "https://shop.example/{token}",
		"http://localhost:43210/account/undo-email#token={token}",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}

	s, err = parse(t, nil, "--public-url=https://tunnel.example/base/")
	if err != nil {
		t.Fatal(err)
	}
	if link := s.Bound(address).EmailUndoURL; link != "https://tunnel.example/base/account/undo-email#token={token}" {
		t.Errorf("a link under the public URL is %q", link)
	}
}

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"90d": 90 * 24 * time.Hour, "1d12h": 36 * time.Hour, "0d": 0, "15m": 15 * time.Minute,
		"1h30m": 90 * time.Minute, "-5s": -5 * time.Second,
	} {
		if got, err := config.ParseDuration(text); err != nil || got != want {
			t.Errorf("%q is %v, %v; want %v", text, got, err, want)
		}
	}

	for _, text := range []string{"", "d", "1.5d", "-1d", "1d2d", "1d-1h", "12h1d", "90", "106752d", "99999999999d"} {
		if got, err := config.ParseDuration(text); err == nil {
			t.Errorf("%q is accepted as %v", text, got)
		}
	}
}
