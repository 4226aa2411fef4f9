package notify

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/notify/smtptest"
)

// TestMailServersAreTried guards that a trial signs in as for a mail, sends none, and fails if a mail would.
func TestMailServersAreTried(t *testing.T) {
	for name, tc := range map[string]struct {
		security smtptest.Security
		change   func(*SMTPServer)
		secured  bool
		failure  string
	}{
		"plain":        {smtptest.Plain, nil, false, ""},
		"STARTTLS":     {smtptest.StartTLS, nil, true, ""},
		"implicit TLS": {smtptest.Implicit, nil, true, ""},
		"wrong password": {smtptest.StartTLS, func(s *SMTPServer) { s.Password = "marker" }, false,
			"535"},
		"no password":  {smtptest.StartTLS, func(s *SMTPServer) { s.User, s.Password = "", "" }, true, ""},
		"unknown CA":   {smtptest.StartTLS, func(s *SMTPServer) { s.Roots = nil }, false, "certificate"},
		"refuses TLS":  {smtptest.Plain, func(s *SMTPServer) { s.Plain = false }, false, "STARTTLS"},
		"other scheme": {smtptest.StartTLS, func(s *SMTPServer) { s.ImplicitTLS = true }, false, "tls"},
		"nobody there": {smtptest.Plain, func(s *SMTPServer) { s.Port = 1 }, false, "refused"},
	} {
		t.Run(name, func(t *testing.T) {
			server := smtptest.Start(t, tc.security)
			server.Require("shop", "pass word")
			mailer := testMailer(t, server, tc.security, func(s *SMTPServer) {
				s.User, s.Password = "shop", "pass word"
				if tc.change != nil {
					tc.change(s)
				}
			})

			secured, err := mailer.Try(t.Context())
			if tc.failure == "" && (err != nil || secured != tc.secured) {
				t.Errorf("secured is %v, %v", secured, err)
			}
			if tc.failure != "" && (err == nil || !strings.Contains(err.Error(), tc.failure) ||
				strings.Contains(err.Error(), "marker")) {
				t.Errorf("%v, want %q", err, tc.failure)
			}

			if wire := server.Wire(); strings.Contains(wire, "MAIL FROM") || tc.failure == "" && !strings.Contains(wire, "QUIT") {
				t.Errorf("the trial was %q", wire)
			}
		})
	}
}

// TestATriedPasswordIsNotShown tries a server that repeats what it was sent.
func TestATriedPasswordIsNotShown(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		_, _ = fmt.Fprint(conn, "220 mail.test\r\n")
		for lines := bufio.NewScanner(conn); lines.Scan(); {
			answer := "250 OK"
			if strings.HasPrefix(lines.Text(), "EHLO") {
				answer = "250-mail.test\r\n250 AUTH PLAIN"
			}
			if sent, found := strings.CutPrefix(lines.Text(), "AUTH PLAIN "); found {
				plain, _ := base64.StdEncoding.DecodeString(sent)
				answer = fmt.Sprintf("535 no %s, no %s", sent, strings.ReplaceAll(string(plain), "\x00", " "))
			}
			_, _ = fmt.Fprint(conn, answer+"\r\n")
		}
	}()

	const password = `the "marker" of  a\password`
	mailer, err := NewMailer(SMTPServer{
		Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, User: "shop", Password: password, Plain: true,
		From: "Shop <no-reply@shop.example>",
	})
	if err != nil {
		t.Fatal(err)
	}
	defer mailer.Close()

	_, err = mailer.Try(t.Context())
	encoded := base64.StdEncoding.EncodeToString([]byte("\x00shop\x00" + password))
	if err == nil || !strings.Contains(err.Error(), `535 "no xxxxx, no shop xxxxx"`) ||
		strings.Contains(err.Error(), "marker") || strings.Contains(err.Error(), encoded) {
		t.Error(err)
	}
}

// TestATrialEnds guards that a mail server that never answers holds a trial only as long as its context.
func TestATrialEnds(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	mailer, err := NewMailer(SMTPServer{
		Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, Plain: true, From: "a@b.example",
	})
	if err != nil {
		t.Fatal(err)
	}
	defer mailer.Close()

	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := mailer.Try(ctx); err == nil || time.Since(began) > exchangeTimeout/2 {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

// TestTwilioIsTried guards that a trial reads the account and sends nothing.
func TestTwilioIsTried(t *testing.T) {
	r := newReceiver(t)
	sender := &Twilio{SID: "AC123", Token: "marker", From: "+15550100", Client: testClient(t), Base: r.URL}
	if err := sender.Try(t.Context()); err != nil {
		t.Error(err)
	}

	request := r.requests[0]
	user, password, _ := request.BasicAuth()
	if request.Method != http.MethodGet || request.URL.Path != "/2010-04-01/Accounts/AC123.json" || user != "AC123" ||
		password != "marker" {
		t.Errorf("%s %s as %s", request.Method, request.URL, user)
	}

	r.answer = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }
	if err := sender.Try(t.Context()); err == nil || !strings.Contains(err.Error(), "401") ||
		strings.Contains(err.Error(), "marker") {
		t.Error(err)
	}
}
