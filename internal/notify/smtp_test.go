package notify

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"mime"
	"mime/multipart"
	"net"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/notify/smtptest"
	"github.com/accountql/accountql/models"
)

// testMailer returns a mailer to the server.
func testMailer(t testing.TB, server *smtptest.Server, security smtptest.Security, change func(*SMTPServer)) *Mailer {
	t.Helper()
	options := SMTPServer{
		Host: "127.0.0.1", Port: server.Port, From: "Shop <no-reply@shop.example>", Roots: server.Roots,
		Plain: security == smtptest.Plain, ImplicitTLS: security == smtptest.Implicit,
	}
	if change != nil {
		change(&options)
	}

	mailer, err := NewMailer(options)
	if err != nil {
		t.Fatal(err)
	}

	t.Cleanup(mailer.Close)

	return mailer
}

// resetMail returns a rendered mail with a token.
func resetMail(t testing.TB, id string) Rendered {
	t.Helper()
	message := testMessage(models.MessagePasswordReset, models.ChannelMail)
	message.ID = id
	rendered, err := testRenderer(t).Render(message)
	if err != nil {
		t.Fatal(err)
	}

	return rendered
}

// headers returns the names of a mail's header fields as they are written, in alphabetical order.
func headers(t testing.TB, content []byte) []string {
	t.Helper()
	var names []string
	for lines := bufio.NewScanner(bytes.NewReader(content)); lines.Scan() && lines.Text() != ""; {
		if name, _, found := strings.Cut(lines.Text(), ":"); found && !strings.HasPrefix(lines.Text(), " ") {
			names = append(names, name)
		}
	}

	slices.Sort(names)

	return names
}

// fixedHeaders are all the headers that a mail ever has.
var fixedHeaders = []string{
	"Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To",
}

func TestMailArrivesWhole(t *testing.T) {
	for name, security := range map[string]smtptest.Security{
		"plain": smtptest.Plain, "STARTTLS": smtptest.StartTLS, "implicit TLS": smtptest.Implicit,
	} {
		t.Run(name, func(t *testing.T) {
			server := smtptest.Start(t, security)
			server.Require("shop", "pass word")
			mailer := testMailer(t, server, security, func(s *SMTPServer) { s.User, s.Password = "shop", "pass word" })
			rendered := resetMail(t, "0190-abc")
			if err := mailer.Send(t.Context(), rendered); err != nil {
				t.Fatal(err)
			}

			mails := server.Mails()
			if len(mails) != 1 || mails[0].From != "no-reply@shop.example" ||
				!slices.Equal(mails[0].To, []string{"anna@example.com"}) {
				t.Fatalf("arrived: %+v", mails)
			}
			if got := headers(t, mails[0].Content); !slices.Equal(got, fixedHeaders) {
				t.Errorf("headers %v", got)
			}

			mail, err := netmail.ReadMessage(bytes.NewReader(mails[0].Content))
			if err != nil {
				t.Fatal(err)
			}

			for header, want := range map[string]string{
				"From": `"Shop" <no-reply@shop.example>`,
				"To":   "<anna@example.com>", "Message-Id": "<0190-abc@shop.example>",
				"Subject": rendered.Subject, "Auto-Submitted": "auto-generated",
				"Date": rendered.CreatedAt.Format(time.RFC1123Z),
			} {
				if got := mail.Header.Get(header); got != want {
					t.Errorf("%s is %q, want %q", header, got, want)
				}
			}

			kind, parameters, err := mime.ParseMediaType(mail.Header.Get("Content-Type"))
			if err != nil || kind != "multipart/alternative" {
				t.Fatalf("%s, %v", kind, err)
			}

			parts := multipart.NewReader(mail.Body, parameters["boundary"])
			for _, want := range []struct {
				kind, body string
			}{{"text/plain", rendered.Text}, {"text/html", rendered.HTML}} {
				part, err := parts.NextPart()
				if err != nil {
					t.Fatal(err)
				}

				var body bytes.Buffer
				if _, err := body.ReadFrom(part); err != nil {
					t.Fatal(err)
				}
				if !strings.HasPrefix(part.Header.Get("Content-Type"), want.kind+"; charset=UTF-8") ||
					strings.ReplaceAll(body.String(), "\r\n", "\n") != want.body {
					t.Errorf("%s arrived as %s", want.kind, body.String())
				}
			}
		})
	}
}

// TestMailToCarriersAddresses guards mails to addresses whose dots RFC 5321 allows only within quotes: the envelope
// and the header quote them.
func TestMailToCarriersAddresses(t *testing.T) {
	server := smtptest.Start(t, smtptest.StartTLS)
	mailer := testMailer(t, server, smtptest.StartTLS, nil)
	for given, written := range map[string]string{
		"a..b@docomo.ne.jp": `"a..b"@docomo.ne.jp`, "x.@ezweb.ne.jp": `"x."@ezweb.ne.jp`,
		".x@softbank.ne.jp": `".x"@softbank.ne.jp`, "a.b@docomo.ne.jp": "a.b@docomo.ne.jp",
	} {
		message := testMessage(models.MessagePasswordReset, models.ChannelMail)
		message.Recipient = given
		rendered, err := testRenderer(t).Render(message)
		if err != nil {
			t.Fatal(err)
		}
		if err := mailer.Send(t.Context(), rendered); err != nil {
			t.Fatalf("%s: %v", given, err)
		}

		mails := server.Mails()
		arrived := mails[len(mails)-1]
		mail, err := netmail.ReadMessage(bytes.NewReader(arrived.Content))
		if err != nil {
			t.Fatal(err)
		}

		to, err := mail.Header.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Address != given || mail.Header.Get("To") != "<"+written+">" {
			t.Errorf("the header of %s is %q, %v", given, mail.Header.Get("To"), err)
		}
		if len(arrived.To) != 1 || arrived.To[0] != given ||
			!strings.Contains(server.Wire(), "RCPT TO:<"+written+">\r\n") {
			t.Errorf("the envelope of %s is %q", given, arrived.To)
		}
	}
}

func TestConnectionsAreUsedAgain(t *testing.T) {
	server := smtptest.Start(t, smtptest.StartTLS)
	mailer := testMailer(t, server, smtptest.StartTLS, nil)
	for i := range 5 {
		if err := mailer.Send(t.Context(), resetMail(t, fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}

	if server.Connections() != 1 || len(server.Mails()) != 5 {
		t.Errorf("%d connections for %d mails", server.Connections(), len(server.Mails()))
	}

	// The server breaks the idle connection; the next mail uses a new one, and Send succeeds.
	server.Fail(func(stage string, _ smtptest.Mail) error {
		if stage == smtptest.StageTaken {
			server.Fail(nil)
			return smtptest.ErrBreak
		}
		return nil
	})
	if err := mailer.Send(t.Context(), resetMail(t, "broken")); err == nil || IsPermanent(err) {
		t.Errorf("a broken connection: %v", err)
	}
	if err := mailer.Send(t.Context(), resetMail(t, "after")); err != nil {
		t.Error(err)
	}
}

func TestRefusalsAreToldApart(t *testing.T) {
	server := smtptest.Start(t, smtptest.Plain)
	mailer := testMailer(t, server, smtptest.Plain, nil)
	for name, test := range map[string]struct {
		stage     string
		err       error
		permanent bool
	}{
		"no such mailbox":        {smtptest.StageRcpt, smtptest.Refusal(550, "no such user here"), true},
		"mailbox full for now":   {smtptest.StageRcpt, smtptest.Refusal(452, "mailbox full"), false},
		"greylisted":             {smtptest.StageRcpt, smtptest.Refusal(450, "try again later"), false},
		"content refused":        {smtptest.StageData, smtptest.Refusal(554, "looks like spam"), true},
		"content deferred":       {smtptest.StageData, smtptest.Refusal(451, "local error"), false},
		"our sender is refused":  {smtptest.StageMail, smtptest.Refusal(550, "not your domain"), false},
		"the server shuts down":  {smtptest.StageMail, smtptest.Refusal(421, "shutting down"), false},
		"a broken connection":    {smtptest.StageRcpt, smtptest.ErrBreak, false},
		"broken before the data": {smtptest.StageData, smtptest.ErrBreak, false},
	} {
		t.Run(name, func(t *testing.T) {
			server.Fail(func(stage string, _ smtptest.Mail) error {
				if stage == test.stage {
					return test.err
				}
				return nil
			})
			err := mailer.Send(t.Context(), resetMail(t, "m"))
			if err == nil || IsPermanent(err) != test.permanent {
				t.Errorf("permanent is %v: %v", IsPermanent(err), err)
			}
			if err != nil && strings.Contains(err.Error(), testToken) {
				t.Errorf("the error holds the token: %v", err)
			}

			server.Fail(nil)
			if err := mailer.Send(t.Context(), resetMail(t, "next")); err != nil {
				t.Errorf("the mail after it: %v", err)
			}
		})
	}
}

// TestNothingIsSentWithoutProtection also guards that a wrong certificate and a wrong password are temporary
// failures, because an operator can fix them.
func TestNothingIsSentWithoutProtection(t *testing.T) {
	for name, test := range map[string]struct {
		server smtptest.Security
		change func(*SMTPServer)
	}{
		"a server without STARTTLS":  {smtptest.Plain, func(s *SMTPServer) { s.Plain = false }},
		"an unknown authority":       {smtptest.StartTLS, func(s *SMTPServer) { s.Roots = nil }},
		"another name":               {smtptest.Implicit, func(s *SMTPServer) { s.Host = "127.0.0.2" }},
		"plain to a TLS port":        {smtptest.Implicit, func(s *SMTPServer) { s.ImplicitTLS = false }},
		"TLS to a plain port":        {smtptest.Plain, func(s *SMTPServer) { s.Plain, s.ImplicitTLS = false, true }},
		"a wrong password":           {smtptest.StartTLS, func(s *SMTPServer) { s.User, s.Password = "shop", "wrong" }},
		"no sign-in where it's due":  {smtptest.StartTLS, nil},
		"nobody listens at the port": {smtptest.StartTLS, func(s *SMTPServer) { s.Port = 1 }},
	} {
		t.Run(name, func(t *testing.T) {
			server := smtptest.Start(t, test.server)
			server.Require("shop", "right password")

			// Only a TLS port says nothing to a client that waits for a greeting. All other refusals are answers, which a
			// short deadline would replace on a slow machine.
			patience := 2 * time.Minute
			if name == "plain to a TLS port" {
				patience = 500 * time.Millisecond
			}
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()

			err := testMailer(t, server, test.server, test.change).Send(ctx, resetMail(t, "m"))
			if err == nil || IsPermanent(err) || len(server.Mails()) != 0 {
				t.Errorf("%v, %d mails", err, len(server.Mails()))
			}
			if err != nil && strings.Contains(err.Error(), "wrong") {
				t.Errorf("the error tells the password: %v", err)
			}
		})
	}
}

// TestAStalledServerIsLeft covers a server that stops in the middle, and a server that never greets.
func TestAStalledServerIsLeft(t *testing.T) {
	server := smtptest.Start(t, smtptest.Plain)
	mailer := testMailer(t, server, smtptest.Plain, nil)
	leave := make(chan struct{})
	defer close(leave)
	server.Fail(func(stage string, _ smtptest.Mail) error {
		if stage == smtptest.StageData {
			<-leave
		}
		return nil
	})

	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	mute := testMailer(t, server, smtptest.Plain, func(s *SMTPServer) { s.Port = silent.Addr().(*net.TCPAddr).Port })

	for name, stalled := range map[string]*Mailer{"in the middle": mailer, "at the greeting": mute} {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		began := time.Now()
		err := stalled.Send(ctx, resetMail(t, "m"))
		cancel()

		if took := time.Since(began); err == nil || IsPermanent(err) || took > exchangeTimeout/2 ||
			!strings.Contains(err.Error(), "in time") {
			t.Errorf("%s: %v after %s", name, err, took)
		}
	}
}

func TestOneRecipientAndTheFixedHeaders(t *testing.T) {
	server := smtptest.Start(t, smtptest.Plain)
	mailer := testMailer(t, server, smtptest.Plain, nil)
	for _, to := range []string{
		"a@example.com,b@example.com", "a@example.com b@example.com", "a@example.com>\r\nRCPT TO:<b@example.com",
		"a@example.com\nBcc: b@example.com",
		"Anna <a@example.com>", "", "a@example.com\u2028", "ä@example.com", `"a b"@example.com`,
	} {
		rendered := resetMail(t, "m")
		rendered.To = to
		if err := mailer.Send(t.Context(), rendered); err == nil || !IsPermanent(err) {
			t.Errorf("%q: %v", to, err)
		}
	}

	rendered := resetMail(t, "m")
	rendered.Subject = "Hello\r\nBcc: b@example.com"
	if err := mailer.Send(t.Context(), rendered); err == nil || !IsPermanent(err) {
		t.Errorf("a subject of two lines: %v", err)
	}
	if len(server.Mails()) != 0 {
		t.Fatalf("%d mails went out", len(server.Mails()))
	}

	// Text that a user can choose is only in the body, and inert.
	for _, name := range []string{
		"Eve\r\nBcc: b@example.com", "{{.Token}}", "<script>alert(1)</script>", "=?utf-8?q?x?=",
		"\r\n.\r\nMAIL FROM:<x@evil.example>", "evil.example", "Eve\r\n\r\n.\r\n",
	} {
		message := testMessage(models.MessagePasswordReset, models.ChannelMail)
		message.Data.Name, message.Data.UserAgent, message.Data.IP = name, name, name
		rendered, err := testRenderer(t).Render(message)
		if err != nil {
			t.Fatal(err)
		}

		before := len(server.Mails())
		if err := mailer.Send(t.Context(), rendered); err != nil {
			t.Fatal(err)
		}

		mails := server.Mails()[before:]
		if len(mails) != 1 || len(mails[0].To) != 1 || mails[0].To[0] != "anna@example.com" ||
			!slices.Equal(headers(t, mails[0].Content), fixedHeaders) {
			t.Errorf("%q: %+v", name, mails)
		}

		for _, bad := range []string{"evil.example", "b@example.com", "<script>", "{{"} {
			if len(mails) == 1 && bytes.Contains(mails[0].Content, []byte(bad)) {
				t.Errorf("%q: the mail holds %q", name, bad)
			}
		}
	}

	for _, from := range []string{
		"", "no-reply", "a@example.com, b@example.com", "Shop\r\nBcc: x <a@example.com>", "a@exämple.com",
	} {
		if _, err := NewMailer(SMTPServer{From: from}); err == nil {
			t.Errorf("the sender %q is accepted", from)
		}
	}
}
