package config_test

import (
	"encoding/base64"
	"reflect"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/config"
)

func TestMailServer(t *testing.T) {
	for value, want := range map[string]config.MailServer{
		"smtp://mail.shop.example":       {Host: "mail.shop.example", Port: 587},
		"smtp://mail.shop.example:2525/": {Host: "mail.shop.example", Port: 2525},
		"smtps://mail.shop.example":      {Host: "mail.shop.example", Port: 465, ImplicitTLS: true},
		"smtps://shop%40a.example:p%40ss@[::1]:4650": {
			Host: "::1", Port: 4650, ImplicitTLS: true, User: "shop@a.example", Password: "p@ss",
		},
		"smtp://127.0.0.1:1025":      {Host: "127.0.0.1", Port: 1025, Plain: true},
		"smtp://user:pass@localhost": {Host: "localhost", Port: 587, Plain: true, User: "user", Password: "pass"},
	} {
		s, err := parse(t, nil, "--smtp="+value)
		if err != nil {
			t.Errorf("%s: %v", value, err)
			continue
		}
		if got, err := s.MailServer(); err != nil || got != want {
			t.Errorf("%s: %+v, %v", value, got, err)
		}
	}

	// Production sends no mail without TLS, not even to this machine.
	s, err := parse(t, nil, production("--smtp=smtp://127.0.0.1:25")...)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.MailServer(); err != nil || got.Plain {
		t.Errorf("%+v, %v", got, err)
	}
	if s, err := parse(t, nil); err != nil || s.MailFrom != "AccountQL <no-reply@localhost>" {
		t.Errorf("the sender of development is %q, %v", s.MailFrom, err)
	}
}

func TestSMSProvider(t *testing.T) {
	for value, want := range map[string]config.SMSProvider{
		"twilio://AC123:secret@?from=+15550100":      {SID: "AC123", Token: "secret", From: "+15550100"},
		"twilio://AC123:se%2Fcret@?from=%2B15550100": {SID: "AC123", Token: "se/cret", From: "+15550100"},
		"twilio://AC123:secret@/?from=Shop":          {SID: "AC123", Token: "secret", From: "Shop"},
		"https://:whsec_0123456789abcdef0123456789abcdef@sms.shop.example/in": {
			Endpoint: config.Endpoint{URL: "https://sms.shop.example/in", Keys: keys("0123456789abcdef0123456789abcdef")},
		},
		"http://:whsec_0123456789abcdef0123456789abcdef@127.0.0.1:9000/?a=b": {
			Endpoint: config.Endpoint{URL: "http://127.0.0.1:9000/?a=b", Keys: keys("0123456789abcdef0123456789abcdef")},
		},
	} {
		s, err := parse(t, nil, "--sms="+value)
		if err != nil {
			t.Errorf("%s: %v", value, err)
			continue
		}
		if got, err := s.SMSProvider(); err != nil || !reflect.DeepEqual(got, want) || got.Twilio() != (want.SID != "") {
			t.Errorf("%s: %+v, %v", value, got, err)
		}
	}
}

// TestSecondSecrets guards that each endpoint gets the second secret of its own setting (R-ROT3).
func TestSecondSecrets(t *testing.T) {
	s, err := parse(t, nil, "--webhook=https://:whsec_0123456789abcdef0123456789abcdef@hook.example/",
		"--webhook-second-secret=whsec_fedcba9876543210fedcba9876543210",
		"--sms=https://:whsec_abcdef0123456789abcdef0123456789@sms.example/",
		"--sms-second-secret=whsec_9876543210fedcba9876543210fedcba")
	if err != nil {
		t.Fatal(err)
	}

	hooks, err := s.Webhooks()
	want := []config.Webhook{{Name: "webhook", Setting: "--webhook", Endpoint: config.Endpoint{
		URL: "https://hook.example/", Keys: keys("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"),
	}}}
	if err != nil || !reflect.DeepEqual(hooks, want) {
		t.Errorf("%+v, %v", hooks, err)
	}
	sms, err := s.SMSProvider()
	if err != nil || !reflect.DeepEqual(sms.Endpoint.Keys,
		keys("abcdef0123456789abcdef0123456789", "9876543210fedcba9876543210fedcba")) {
		t.Errorf("%+v, %v", sms, err)
	}
}

// keys returns the keys of secrets, which are given without their prefix.
func keys(secrets ...string) [][]byte {
	var keys [][]byte
	for _, secret := range secrets {
		key, err := base64.StdEncoding.DecodeString(secret)
		if err != nil {
			panic(err)
		}
		keys = append(keys, key)
	}

	return keys
}

// TestSecondSecretRefusals checks that each refusal is one line that names the setting and repeats no secret.
func TestSecondSecretRefusals(t *testing.T) {
	const hook, sms = "--webhook=https://:whsec_0123456789abcdef0123456789marker@hook.example", "--sms=https://:whsec_0123456789abcdef0123456789marker@sms.example"
	for _, args := range [][]string{
		{"--webhook-second-secret=whsec_0123456789abcdef0123456789marker"}, {"--webhook-second-secret=marker", hook},
		{"--webhook-second-secret=whsec_0123456789abcdef0123456789marker", hook}, {"--webhook-second-secret=whsec_0123456789abcdef0123456789marker", sms},
		{"--sms-second-secret=whsec_0123456789abcdef0123456789marker"}, {"--sms-second-secret=marker", sms},
		{"--sms-second-secret=whsec_0123456789abcdef0123456789marker", sms}, {"--sms-second-secret=whsec_0123456789abcdef0123456789marker", hook},
		{"--sms-second-secret=whsec_0123456789abcdef0123456789marker", "--sms=twilio://AC1:marker@?from=+1"},
	} {
		_, err := parse(t, nil, args...)
		setting, _, _ := strings.Cut(args[0], "=")
		if err == nil || !strings.Contains(err.Error(), setting+" ") || strings.Contains(err.Error(), "\n") ||
			strings.Contains(err.Error(), "marker") {
			t.Errorf("%q: %v", args, err)
		}
	}
}

// TestDeliveryRefusals checks that each refusal is one line that names the setting and repeats no password.
func TestDeliveryRefusals(t *testing.T) {
	var cases []struct {
		args    []string
		setting string
	}
	add := func(setting string, values ...string) {
		for _, value := range values {
			cases = append(cases, struct {
				args    []string
				setting string
			}{[]string{setting + "=" + value}, setting})
		}
	}

	add("--smtp", "mail.shop.example", "smtp://", "http://mail.shop.example", "smtp://mail:0", "smtp://mail:x",
		"smtp://mail:65536", "smtp://secret@mail",
		"smtp://:secret@mail", "smtp://u:secret@mail/path", "smtp://u:secret@mail?tls=off", "smtp://u:sec ret@mail")
	add("--mail-from", "nobody", "a@b.example, c@d.example", "Shop <>")
	add("--sms", "twilio://", "twilio://AC1@?from=+1", "twilio://AC1:secret@", "twilio://AC1:secret@host?from=+1",
		"twilio://AC1:secret@?from=+1&x=1",
		"https://sms.shop.example", "https://:secret@sms.shop.example",
		"https://user:whsec_0123456789abcdef0123456789secret@sms.shop.example", "ftp://:whsec_0123456789abcdef0123456789secret@x.example")
	add("--webhook", "https://hook.example", "https://:short-secret@hook.example",
		"https://:0123456789abcdef0123456789secret@hook.example", "https://:whsec_0123456789secret@hook.example",
		"https://:whsec_"+strings.Repeat("0123456789secret", 6)+"@hook.example",
		"http://:whsec_0123456789abcdef0123456789secret@hook.example", "https://:whsec_0123456789abcdef0123456789secret@", "hook.example",
		"https://:whsec_0123456789abcdef0123456789secret@hook.example/#x")
	add("--templates", "no/such/directory", "delivery_test.go")

	for _, setting := range []string{"--smtp=", "--mail-from=", "--mail-from=Shop <no-reply@localhost>",
		"--sms=http://:whsec_0123456789abcdef0123456789secret@127.0.0.1/", "--webhook=http://:whsec_0123456789abcdef0123456789secret@127.0.0.1/"} {
		name, _, _ := strings.Cut(setting, "=")
		cases = append(cases, struct {
			args    []string
			setting string
		}{production(setting), name})
	}

	// What leads nowhere at the first message is refused at the start (R-OPS1).
	for _, host := range []string{
		"127.0.0.1", "localhost", "hooks.localhost.", "[::1]", "10.1.2.3:8443", "192.168.1.1", "[fd00::1]", "169.254.169.254",
		"[::ffff:10.0.0.1]", "0.0.0.0",
	} {
		for _, setting := range []string{"--sms", "--webhook"} {
			cases = append(cases, struct {
				args    []string
				setting string
			}{production(setting + "=https://:whsec_0123456789abcdef0123456789secret@" + host + "/"), setting})
		}
	}
	add("--webhook", "https://:whsec_0123456789abcdef0123456789secret@10.1.2.3/", "https://:whsec_0123456789abcdef0123456789secret@169.254.169.254/")
	cases = append(cases, struct {
		args    []string
		setting string
	}{production("--webhook=https://:whsec_0123456789abcdef0123456789secret@169.254.169.254/", "--allow-private-hosts"), "--webhook"})

	for _, tc := range cases {
		_, err := parse(t, nil, tc.args...)
		if err == nil {
			t.Errorf("%q is accepted", tc.args)
			continue
		}
		if !strings.Contains(err.Error(), tc.setting) || strings.Contains(err.Error(), "\n") ||
			strings.Contains(err.Error(), "secret") && !strings.Contains(err.Error(), "must hold the secret") {
			t.Errorf("%q: %q", tc.args, err)
		}
	}
}

// TestReceiversThatAreAccepted checks that only an address that says by itself where it leads is refused: a name is
// looked up when it is called.
func TestReceiversThatAreAccepted(t *testing.T) {
	for _, args := range [][]string{
		production("--webhook=https://:whsec_0123456789abcdef0123456789abcdef@hooks.shop.internal/"),
		production("--webhook=https://:whsec_0123456789abcdef0123456789abcdef@93.184.215.14/"),
		production("--webhook=https://:whsec_0123456789abcdef0123456789abcdef@10.1.2.3/", "--allow-private-hosts"),
		production("--sms=https://:whsec_0123456789abcdef0123456789abcdef@localhost/", "--allow-private-hosts"),
		{"--webhook=https://:whsec_0123456789abcdef0123456789abcdef@127.0.0.1/"},
	} {
		if _, err := parse(t, nil, args...); err != nil {
			t.Errorf("%q: %v", args, err)
		}
	}
}
