package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/config"
)

// TestEnvironmentFiles checks the variables that name a file with the value.
func TestEnvironmentFiles(t *testing.T) {
	for content, want := range map[string]string{
		"https://shop.example": "https://shop.example", "https://shop.example\n": "https://shop.example",
		"https://shop.example\r\n": "https://shop.example",
	} {
		s, err := parse(t, []string{"ACCOUNTQL_PUBLIC_URL_FILE=" + written(t, content), "ACCOUNTQL_PUBLIC_URL="})
		if err != nil || s.PublicURL != want {
			t.Errorf("%q: %q, %v", content, s.PublicURL, err)
		}
	}

	// Only one line break is dropped, and every other character stays.
	smtp := "smtps://shop:secret%20@mail.shop.example"
	s, err := parse(t, []string{"ACCOUNTQL_SMTP_FILE=" + written(t, smtp+"\n"),
		"ACCOUNTQL_SESSION_IDLE_FILE=" + written(t, "2d\n"),
		"ACCOUNTQL_TRUSTED_PROXIES_FILE=" + written(t, "10.1.2.3/8,fd00::/8"),
		"ACCOUNTQL_COOKIES_FILE=" + written(t, "true"), "ACCOUNTQL_LOG_FORMAT_FILE=",
		"ACCOUNTQL_MAIL_FROM_FILE=/nowhere"}, "--mail-from=shop@shop.example")
	if err != nil || s.SMTP != smtp || s.SessionIdle != 48*time.Hour || len(s.TrustedProxies) != 2 || !s.InCookies() ||
		s.MailFrom != "shop@shop.example" {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := parse(t, []string{"ACCOUNTQL_MAIL_FROM_FILE=" + written(t, "a@shop.example\n\n")}); err == nil {
		t.Error("two line breaks are dropped")
	}

	good := written(t, "Wolpertinger")
	for _, tc := range []struct {
		environ  []string
		variable string
	}{
		{[]string{"ACCOUNTQL_SMTP_FILE=" + good, "ACCOUNTQL_SMTP=Wolpertinger"}, "ACCOUNTQL_SMTP_FILE"},
		{[]string{"ACCOUNTQL_SMTP_FILE=smtp://shop:Wolpertinger@mail.shop.example"}, "ACCOUNTQL_SMTP_FILE"},
		{[]string{"ACCOUNTQL_SMTP_FILE=" + t.TempDir()}, "ACCOUNTQL_SMTP_FILE"},
		{[]string{"ACCOUNTQL_SMTP_FILE=" + written(t, "\n")}, "ACCOUNTQL_SMTP_FILE"},
		{[]string{"ACCOUNTQL_SMTP_FILE=" + written(t, strings.Repeat("Wolpertinger", 6000))}, "ACCOUNTQL_SMTP_FILE"},
		{[]string{"ACCOUNTQL_SESSION_IDLE_FILE=" + good}, "ACCOUNTQL_SESSION_IDLE_FILE"},
		{[]string{"ACCOUNTQL_LIMIT_MESSAGES_FILE=" + good}, "ACCOUNTQL_LIMIT_MESSAGES_FILE"},
		{[]string{"ACCOUNTQL_SMTP_FILE_FILE=" + good}, "ACCOUNTQL_SMTP_FILE_FILE"},
		{[]string{"ACCOUNTQL_PASSWORD_FILE=" + good}, "ACCOUNTQL_PASSWORD_FILE"},
	} {
		_, err := parse(t, tc.environ)
		var wrong config.Errors
		if !errors.As(err, &wrong) || len(wrong) != 1 || wrong[0].Setting != tc.variable ||
			strings.Contains(err.Error(), "Wolper") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", tc.variable, err)
		}
	}
}

// TestFilesOfSettingsThatNameFiles checks that the content of a file is not taken for a path: --webhooks and
// --identity-providers name files that hold secrets, and an error would repeat them.
func TestFilesOfSettingsThatNameFiles(t *testing.T) {
	webhooks := written(t, `[{"name":"orders","url":"https://shop.example/hook","secret":"whsec_Wolpertinger"}]`)
	s, err := parse(t, []string{"ACCOUNTQL_WEBHOOKS_FILE=" + written(t, webhooks+"\n"),
		"ACCOUNTQL_ERASURE_LOG_FILE=" + written(t, filepath.Join(t.TempDir(), "not yet there"))})
	if err != nil || s.WebhooksFile != webhooks || s.ErasureLog == "" {
		t.Errorf("%q, %q, %v", s.WebhooksFile, s.ErasureLog, err)
	}

	for _, name := range []string{
		"WEBHOOKS", "IDENTITY_PROVIDERS", "CUSTOMER_TOKENS", "TERMS", "FIELDS", "GEO", "CONSENT_WORDINGS",
		"PASSWORD_BLOCKLIST", "TRUSTED_DOCUMENTS", "TEMPLATES", "AUDIT_ANCHORS", "ERASURE_LOG",
	} {
		for _, content := range []string{webhooks, written(t, "Wolper\nWolpertinger"), written(t, "smtps://a:Wolper@b/")} {
			if content == webhooks {
				content = written(t, `{"a":"https://Wolper"}`)
			}
			_, err := parse(t, []string{"ACCOUNTQL_" + name + "_FILE=" + content})
			var wrong config.Errors
			if !errors.As(err, &wrong) || len(wrong) != 1 || wrong[0].Setting != "ACCOUNTQL_"+name+"_FILE" ||
				strings.Contains(err.Error(), "Wolper") {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// written returns a file with the content.
func written(t *testing.T, content string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "value")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestServiceLinks checks that Services of Kubernetes may be called accountql and accountql-metrics.
func TestServiceLinks(t *testing.T) {
	if _, err := parse(t, []string{
		"ACCOUNTQL_PORT=tcp://10.0.0.1:8080", "ACCOUNTQL_PORT_8080_TCP=tcp://10.0.0.1:8080",
		"ACCOUNTQL_PORT_8080_TCP_ADDR=10.0.0.1", "ACCOUNTQL_PORT_8080_TCP_PORT=8080",
		"ACCOUNTQL_PORT_8080_TCP_PROTO=tcp", "ACCOUNTQL_SERVICE_HOST=10.0.0.1", "ACCOUNTQL_SERVICE_PORT=8080",
		"ACCOUNTQL_SERVICE_PORT_HTTP=8080",
		"ACCOUNTQL_METRICS_PORT=tcp://10.0.0.2:9090", "ACCOUNTQL_METRICS_PORT_9090_TCP=tcp://10.0.0.2:9090",
		"ACCOUNTQL_METRICS_PORT_9090_TCP_ADDR=10.0.0.2", "ACCOUNTQL_METRICS_PORT_9090_TCP_PORT=9090",
		"ACCOUNTQL_METRICS_PORT_9090_TCP_PROTO=tcp", "ACCOUNTQL_METRICS_SERVICE_HOST=10.0.0.2",
		"ACCOUNTQL_METRICS_SERVICE_PORT=9090", "ACCOUNTQL_METRICS_SERVICE_PORT_METRICS=9090",
		"ACCOUNTQL_BACK_OFFICE_PORT_53_UDP=udp://10.0.0.3:53",
	}); err != nil {
		t.Error(err)
	}

	for _, name := range []string{
		"ACCOUNTQL_PORTS", "ACCOUNTQL_SERVICE", "ACCOUNTQL_HTTP_PORT", "ACCOUNTQL_port", "ACCOUNTQL_METRICS_PORT",
		"ACCOUNTQL_METRICS_PORT_LISTEN", "ACCOUNTQL_METRICS_SERVICE",
	} {
		if _, err := parse(t, []string{name + "=x"}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}

	// A setting with such a name could never be set by its variable.
	settings := reflect.TypeFor[config.Settings]()
	for i := range settings.NumField() {
		name := settings.Field(i).Tag.Get("name")
		if name == "port" || strings.HasPrefix(name, "port-") || strings.HasPrefix(name, "service-") ||
			strings.HasSuffix(name, "-file") || strings.HasSuffix(name, "-port") || strings.Contains(name, "-port-") ||
			strings.Contains(name, "-service-") {
			t.Errorf("--%s collides with a variable of another meaning", name)
		}
	}
}

// TestAllMistakes checks that one start reports what is wrong in every setting, and what follows from it only once.
func TestAllMistakes(t *testing.T) {
	for _, tc := range []struct {
		environ, args, settings []string
	}{
		{nil, []string{"--mode=production"}, []string{
			"--listen", "--database", "--public-url", "--password-reset-url", "--email-change-url", "--activation-url",
			"--email-undo-url", "--smtp", "--mail-from",
		}},
		{nil, []string{
			"--public-url=x", "--activation-url=https://shop.example", "--account-url=x", "--allowed-headers=*",
			"--allowed-origins=*", "--trusted-proxies=::/0", "--phone-code-ttl=1h", "--step-up=25h",
			"--limit-wrong-passwords=0", "--phone-countries=UK", "--metrics-listen=9090", "--trusted-documents-only",
			"--trusted-document-limits=2", "--password-min-length=1", "--breached-passwords=http://x.example",
			"--registration=no", "--rate-limits=no", "--introspection=no", "--log-level=no", "--log-format=no",
			"--smtp=x", "--mail-from=x", "--sms=x", "--webhook=x", "--templates=/nowhere",
		}, []string{
			"--public-url", "--activation-url", "--account-url", "--allowed-headers", "--allowed-origins",
			"--trusted-proxies", "--phone-code-ttl", "--step-up", "--limit-wrong-passwords", "--phone-countries",
			"--metrics-listen", "--trusted-documents-only", "--trusted-document-limits", "--password-min-length",
			"--breached-passwords", "--registration", "--rate-limits", "--introspection", "--log-level",
			"--log-format", "--smtp", "--mail-from", "--sms", "--webhook", "--templates",
		}},
		{[]string{
			"ACCOUNTQL_B=1", "ACCOUNTQL_A=1", "ACCOUNTQL_SESSION_IDLE=soon", "ACCOUNTQL_LIMIT_MESSAGES=many",
			"ACCOUNTQL_TRUSTED_PROXIES=10.0.0.1", "ACCOUNTQL_PASSWORD_MIN_LENGTH=eight",
			"ACCOUNTQL_SMTP_FILE=/nowhere",
		}, production("--smtp=smtps://mail.shop.example", "--public-url="), []string{
			"ACCOUNTQL_A", "ACCOUNTQL_B", "--trusted-proxies", "--session-idle", "--password-min-length",
			"--limit-messages", "--public-url",
		}},
		{[]string{"ACCOUNTQL_A=1"}, []string{
			"--trusted-proxies=10.0.0.1,x", "--session-idle=soon", "--password-min-length=eight", "--limit-messages=many",
			"--public-url=x", "--session-idle=later",
		}, []string{
			"--trusted-proxies", "--session-idle", "--password-min-length", "--limit-messages", "ACCOUNTQL_A", "--public-url",
		}},
		{[]string{"ACCOUNTQL_MODE=production", "ACCOUNTQL_SMTP_FILE=/nowhere"}, production()[1:8], []string{
			"ACCOUNTQL_SMTP_FILE", "--mail-from",
		}},
	} {
		_, err := parse(t, tc.environ, tc.args...)
		var wrong config.Errors
		if !errors.As(err, &wrong) {
			t.Fatalf("%q %q: %v", tc.environ, tc.args, err)
		}

		var settings []string
		for _, one := range wrong {
			settings = append(settings, one.Setting)
		}
		if !slices.Equal(settings, tc.settings) {
			t.Errorf("got  %q\nwant %q", settings, tc.settings)
		}
	}
}
