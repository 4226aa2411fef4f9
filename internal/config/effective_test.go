package config_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/accountql/accountql/internal/config"
)

// effective returns the values of a command line and an environment by their flags, and their JSON.
func effective(t *testing.T, environ []string, args ...string) (map[string]config.Value, string) {
	t.Helper()
	var grammar struct {
		Settings config.Settings `embed:""`
	}
	parser, err := kong.New(&grammar, config.Options(environ)...)
	if err != nil {
		t.Fatal(err)
	}
	command, err := parser.Parse(args)
	if err != nil {
		t.Fatal(err)
	}

	values := grammar.Settings.Effective(command, environ)
	text, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}

	byName := map[string]config.Value{}
	for _, value := range values {
		byName[value.Name] = value
	}
	if settings := reflect.TypeFor[config.Settings]().NumField(); len(byName) != settings {
		t.Errorf("%d of %d settings are there", len(byName), settings)
	}

	return byName, string(text)
}

func TestEffectiveSettings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "idle")
	if err := os.WriteFile(file, []byte("1d12h\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	values, _ := effective(t, []string{
		"ACCOUNTQL_LISTEN=127.0.0.1:9000", "ACCOUNTQL_STEP_UP=5m", "ACCOUNTQL_SESSION_IDLE_FILE=" + file,
		"ACCOUNTQL_PHONE_COUNTRIES=pl,DE", "ACCOUNTQL_COOKIES=true", "ACCOUNTQL_SMTP=", "ACCOUNTQL_LOG_LEVEL=warn",
	}, "--step-up=7m", "--trusted-proxies=10.1.2.3/8", "--limit-messages=7/90m")
	for name, want := range map[string]config.Value{
		"--mode":              {Value: "development", Source: config.SourceDefault},
		"--listen":            {Value: "127.0.0.1:9000", Source: config.SourceEnvironment, Variable: "ACCOUNTQL_LISTEN"},
		"--public-url":        {Value: "http://127.0.0.1:9000", Source: config.SourceDefault},
		"--database":          {Value: "accountql.db", Source: config.SourceDefault},
		"--smtp":              {Value: nil, Source: config.SourceDefault},
		"--step-up":           {Value: "7m", Source: config.SourceFlag},
		"--session-idle":      {Value: "36h", Source: config.SourceFile, Variable: "ACCOUNTQL_SESSION_IDLE_FILE"},
		"--session-max":       {Value: "720h", Source: config.SourceDefault},
		"--trusted-proxies":   {Value: []string{"10.0.0.0/8"}, Source: config.SourceFlag},
		"--allowed-headers":   {Value: []string{}, Source: config.SourceDefault},
		"--cookies":           {Value: true, Source: config.SourceEnvironment, Variable: "ACCOUNTQL_COOKIES"},
		"--limit-messages":    {Value: "7/1h30m", Source: config.SourceFlag},
		"--limit-reset-mails": {Value: "3/1h", Source: config.SourceDefault},
		"--log-level":         {Value: "warn", Source: config.SourceEnvironment, Variable: "ACCOUNTQL_LOG_LEVEL"},
		"--phone-countries": {Value: []string{"PL", "DE"}, Source: config.SourceEnvironment,
			Variable: "ACCOUNTQL_PHONE_COUNTRIES"},
		"--password-min-length": {Value: 8, Source: config.SourceDefault},
		"--password-reset-url": {Value: "http://127.0.0.1:9000/account/reset-password#token={token}",
			Source: config.SourceDefault},
	} {
		want.Name = name
		if got := values[name]; !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

// TestEffectiveSettingsShowNoPassword guards that a password is masked, also if it is not encoded and so looks like
// another part of the URL.
func TestEffectiveSettingsShowNoPassword(t *testing.T) {
	for value, want := range map[string]string{
		"postgres://shop:marker@db.example:5432/accounts?sslmode=verify-full": "postgres://shop:xxxxx@db.example:5432/accounts?sslmode=verify-full",
		"postgres://db.example/accounts?user=shop&password=marker":            "postgres://db.example/accounts?password=xxxxx&user=shop",
		"postgres://shop:mark#er@db.example/x":                                "postgres://xxxxx",
		"postgres://shop:12/marker@db.example/x":                              "postgres://xxxxx",
		"postgres://shop:12?marker@db.example/x":                              "postgres://xxxxx",
		"postgres://shop:pa@ss?marker@db.example/x":                           "postgres://xxxxx",
		"postgres://shop:mar ker%@db.example/x":                               "postgres://xxxxx",
		"host=db.example password=marker":                                     "xxxxx",
		"postgres:/shop:marker@db.example/x":                                  "xxxxx",
		"shop:marker@db.example://x":                                          "xxxxx",
		"/var/lib/accountql/accounts.db":                                      "/var/lib/accountql/accounts.db",
	} {
		values, text := effective(t, nil, "--database="+value)
		if values["--database"].Value != want {
			t.Errorf("%s: %v, want %s", value, values["--database"].Value, want)
		}
		if strings.Contains(text, "marker") || strings.Contains(text, "ker@") {
			t.Errorf("%s is shown: %s", value, text)
		}
	}

	values, text := effective(t, []string{"ACCOUNTQL_SMTP=smtps://shop:marker@mail.example"},
		"--sms=twilio://AC12:marker@?from=+15550100", "--webhook=https://:whsec_0123456789abcdef0123456789marker@hook.example/in?key=marker")
	for name, want := range map[string]string{
		"--smtp": "smtps://shop:xxxxx@mail.example", "--webhook": "https://:xxxxx@hook.example/in?key=xxxxx",
		"--sms": "twilio://AC12:xxxxx@?from=+15550100",
	} {
		if values[name].Value != want {
			t.Errorf("%s: %v, want %s", name, values[name].Value, want)
		}
	}
	if strings.Contains(text, "marker") {
		t.Errorf("a password is shown: %s", text)
	}
}

// TestSecretsAreMarked guards that a setting whose help tells of a password is masked.
func TestSecretsAreMarked(t *testing.T) {
	settings, marked := reflect.TypeFor[config.Settings](), 0
	for i := range settings.NumField() {
		tag := settings.Field(i).Tag
		holdsSecret := strings.Contains(tag.Get("help"), "password@") || strings.Contains(tag.Get("help"), ":SECRET@")
		if holdsSecret != (tag.Get("secret") == "url") {
			t.Errorf("--%s: the tag secret is %q", tag.Get("name"), tag.Get("secret"))
		}
		if holdsSecret {
			marked++
		}
	}

	if marked != 4 {
		t.Errorf("%d settings hold secrets", marked)
	}
}
