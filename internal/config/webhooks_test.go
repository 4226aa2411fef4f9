package config_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// webhooksFile writes a file for --webhooks and returns the setting.
func webhooksFile(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "webhooks.json")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return "--webhooks=" + name
}

func TestWebhooksFile(t *testing.T) {
	s, err := parse(t, nil, "--webhook=https://:whsec_0123456789abcdef0123456789abcdef@hook.example/",
		webhooksFile(t, `[
			{"name":"orders","url":"https://orders.example/in?a=b","secret":"whsec_fedcba9876543210fedcba9876543210",
				"secondSecret":"whsec_9876543210fedcba9876543210fedcba","events":["account.created","account.deleted"]},
			{"name":"crm-2","url":"http://127.0.0.1:9000/","secret":"whsec_abcdef0123456789abcdef0123456789"}]`))
	if err != nil {
		t.Fatal(err)
	}

	want := []config.Webhook{
		{Name: "webhook", Setting: "--webhook", Endpoint: config.Endpoint{
			URL: "https://hook.example/", Keys: keys("0123456789abcdef0123456789abcdef"),
		}},
		{Name: "orders", Setting: "--webhooks", Endpoint: config.Endpoint{
			URL:  "https://orders.example/in?a=b",
			Keys: keys("fedcba9876543210fedcba9876543210", "9876543210fedcba9876543210fedcba"),
		}, Events: []models.EventType{models.EventAccountCreated, models.EventAccountDeleted}},
		{Name: "crm-2", Setting: "--webhooks", Endpoint: config.Endpoint{
			URL: "http://127.0.0.1:9000/", Keys: keys("abcdef0123456789abcdef0123456789"),
		}},
	}
	if got, err := s.Webhooks(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestWebhooksFileRefusals checks that each refusal is one line that names the setting and repeats no secret.
func TestWebhooksFileRefusals(t *testing.T) {
	const whole = `{"name":"a","url":"https://a.example/","secret":"whsec_0123456789abcdef0123456789marker"}`
	for name, text := range map[string]string{
		"no JSON":           `marker`,
		"no list":           whole,
		"nothing":           `[]`,
		"more behind":       `[` + whole + `] []`,
		"an unknown key":    `[{"name":"a","url":"https://a.example/","token":"whsec_0123456789abcdef0123456789marker"}]`,
		"a wrong type":      `[{"name":"a","url":"https://a.example/","secret":["marker"]}]`,
		"no name":           `[` + strings.Replace(whole, `"a"`, `""`, 1) + `]`,
		"a name with a dot": `[` + strings.Replace(whole, `"a"`, `"a.b"`, 1) + `]`,
		"a name of another": `[` + whole + `,` + whole + `]`,
		"plain http":        `[` + strings.Replace(whole, `https://`, `http://`, 1) + `]`,
		"a private address": `[` + strings.Replace(whole, `a.example`, `10.1.2.3`, 1) + `]`,
		"a password":        `[` + strings.Replace(whole, `a.example`, `:marker@a.example`, 1) + `]`,
		"no secret":         `[{"name":"a","url":"https://a.example/"}]`,
		"a short secret":    `[{"name":"a","url":"https://a.example/","secret":"whsec_0123456789marker"}]`,
		"a wrong second":    `[{"secondSecret":"marker",` + whole[1:] + `]`,
		"the same second":   `[{"secondSecret":"whsec_0123456789abcdef0123456789marker",` + whole[1:] + `]`,
		"an unknown event":  `[{"events":["account.marked"],` + whole[1:] + `]`,
	} {
		s, err := parse(t, nil, webhooksFile(t, text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err = s.Webhooks(); err == nil || !strings.HasPrefix(err.Error(), "--webhooks ") ||
			strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "marker") {
			t.Errorf("%s: %v", name, err)
		}
	}

	s, err := parse(t, nil, "--webhooks=/nowhere")
	if err == nil {
		_, err = s.Webhooks()
	}
	if err == nil || !strings.HasPrefix(err.Error(), "--webhooks can't be read") {
		t.Errorf("no file: %v", err)
	}

	s, err = parse(t, nil, "--webhook=https://:whsec_0123456789abcdef0123456789abcdef@hook.example/",
		webhooksFile(t, `[`+strings.Replace(whole, `"a"`, `"webhook"`, 1)+`]`))
	if err == nil {
		_, err = s.Webhooks()
	}
	if err == nil || !strings.Contains(err.Error(), "another webhook called webhook") {
		t.Errorf("the name of --webhook: %v", err)
	}
}
