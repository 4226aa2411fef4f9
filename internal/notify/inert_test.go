package notify

import (
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

func TestInertName(t *testing.T) {
	kept := []string{
		"Anna", "Jean-Luc", "O'Neil", "O’Neil", "José María", "Dr. Müller", "J.", "李小龍", "Влад", "علی‌رضا", "Æ",
	}
	for _, name := range kept {
		if got := inertName(name); got != name {
			t.Errorf("%q became %q", name, got)
		}
	}

	dropped := []string{
		"", " ", "...", "https://evil.example", "www.evil", "WWW.evil", "evil.example", "see evil.com now", "a@b",
		"evil。example", "evil．example",
		"evil/x", "call 0900 123456", "+1 900", "<b>Anna</b>", "Anna\r\nBcc: b@example.com", "Anna\nhttps://x",
		"\u202Eanna", "{{.Token}}", "${x}", "Anna\u2028x",
		"\xff\xfe", "[link](x)", "javascript:alert", strings.Repeat("a", 41), "\x1b[31mAnna",
	}
	for _, name := range dropped {
		if got := inertName(name); got != "" {
			t.Errorf("%q became %q", name, got)
		}
	}
}

func TestInertIP(t *testing.T) {
	tests := map[string]string{
		"203.0.113.7": "203.0.113.7", "::ffff:203.0.113.7": "203.0.113.7", "2001:DB8::1": "2001:db8::1",
		"fe80::1%eth0": "fe80::1",
		"":             "", "evil.example": "", "203.0.113.7\r\nX: y": "", "203.0.113.7:80": "",
	}
	for ip, want := range tests {
		if got := inertIP(ip); got != want {
			t.Errorf("%q became %q, want %q", ip, got, want)
		}
	}
}

// TestUserTextIsInert renders every kind with hostile text in every field that a caller can fill.
func TestUserTextIsInert(t *testing.T) {
	renderer := testRenderer(t)
	hostile := []string{
		"https://evil.example/x", "evil.example", "www.evil.example", `"><script>evil()</script>`,
		"<img src=x onerror=evil()>",
		"x\r\nBcc: evil@evil.example", "{{.Token}}{{evil}}", "\u202Eevil", "javascript:evil()",
		"Mozilla/5.0 evil.example Chrome/1",
	}
	for _, k := range kinds(renderer.links) {
		for _, text := range hostile {
			message := testMessage(k.kind, k.channel)
			message.Data.Name, message.Data.UserAgent, message.Data.IP = text, text, text
			got, err := renderer.Render(message)
			if err != nil {
				t.Fatal(err)
			}
			if all := strings.ToLower(got.Subject + got.Text + got.HTML); strings.Contains(all, "evil") ||
				strings.Contains(all, "{{") {
				t.Errorf("%s shows %q", k.kind, text)
			}
			if strings.ContainsAny(got.Subject+got.To, "\r\n") {
				t.Errorf("%s breaks a header", k.kind)
			}
		}
	}

	// A destination is masked and canonical; if it ever is not, it still is shown as text.
	message := testMessage(models.MessageEmailChanged, models.ChannelMail)
	message.Data.Destination = "<script>\r\nx\u2028\u202E</script>"
	got, err := renderer.Render(message)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(got.HTML, "<script") || !strings.Contains(got.HTML, "&lt;script&gt;x&lt;/script&gt;") ||
		!strings.Contains(got.Text, "<script>x</script>") {
		t.Error("the destination is not inert")
	}

	// A token is the service's own; if it ever holds more than base64url, it still can't leave its place in the
	// link.
	message = testMessage(models.MessagePasswordReset, models.ChannelMail)
	message.Data.Token = `a&next=https://evil.example"><b>`
	if got, err = renderer.Render(message); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got.Text, "?token=a%26next%3Dhttps%3A%2F%2Fevil.example%22%3E%3Cb%3E&lang=en\n") ||
		strings.Contains(got.HTML, "<b>") {
		t.Errorf("the token leaves its place:\n%s", got.Text)
	}
}

func TestLinks(t *testing.T) {
	good := []string{"https://shop.example/reset?token={token}",
		"http://127.0.0.1:8080/reset#{token}", "https://shop.example/{token}/reset"}
	for _, template := range good {
		links := testLinks()
		links.PasswordReset = template
		if _, err := NewRenderer(links); err != nil {
			t.Errorf("%s: %v", template, err)
		}
	}

	bad := []string{
		"", "https://shop.example/reset", "https://shop.example/{token}/{token}", "/reset?token={token}",
		"//shop.example/{token}", "javascript:x({token})",
		"https://{token}.shop.example/", "https://user@shop.example/{token}", "https:///{token}",
		"https://shop.example/\n{token}", "https://shop.example/ {token}", "ftp://shop.example/{token}",
	}
	for _, template := range bad {
		links := testLinks()
		links.EmailUndo = template
		if _, err := NewRenderer(links); err == nil || !strings.HasPrefix(err.Error(), "email-undo-url: ") {
			t.Errorf("%q: %v", template, err)
		}
	}

	links := testLinks()
	links.Contact = "help\r\nme"
	if _, err := NewRenderer(links); err == nil {
		t.Error("a contact of two lines was accepted")
	}

	for contact, want := range map[string]string{
		"": "contact our support.", "https://shop.example/help": `href="https://shop.example/help"`,
		"help@shop.example": `href="mailto:help@shop.example"`, "+49 30 123456": "contact us: ",
	} {
		links.Contact = contact
		renderer, err := NewRenderer(links)
		if err != nil {
			t.Fatal(err)
		}

		got, err := renderer.Render(testMessage(models.MessagePasswordChanged, models.ChannelMail))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(got.HTML, want) || !strings.Contains(got.Text, contact) {
			t.Errorf("with the contact %q the mail lacks %q", contact, want)
		}
	}
}
