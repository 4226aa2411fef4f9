package notify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/models"
)

// TestMailsWearTheBrand checks that a mail has the shop's logo, name, colours, support and links, in both schemes and in
// its text, and that a customer without a language gets the shop's.
func TestMailsWearTheBrand(t *testing.T) {
	privacy := "https://mill.example/privacy"
	brand := notify.Brand{
		Name: "Mill & Co", Logo: "https://mill.example/l.png", LogoDark: "https://mill.example/d.png", Round: 7,
		Light: notify.Colors{Back: "#f0f0f1", Card: "#ffffff", Line: "#cccccd", Strong: "#111112", Faint: "#555556",
			Link: "#5b3fc4", Button: "#5b3fc4", OnButton: "#ffffff"},
		Dark: notify.Colors{Back: "#141120", Card: "#1d1930", Line: "#333334", Strong: "#ece9f6", Faint: "#aea6c6",
			Link: "#b9a6ff", Button: "#b9a6ff", OnButton: "#120f1a"},
		Links: models.BrandLinks{Privacy: &privacy}, Language: "de",
	}
	const page = "https://mill.example/{token}"
	renderer, err := notify.NewRenderer(notify.Links{
		PasswordReset: page, EmailChange: page, Activation: page, EmailUndo: page, Consent: page,
		Contact: "help@mill.example", Brand: brand,
	})
	if err != nil {
		t.Fatal(err)
	}

	mail, err := renderer.Render(models.Message{
		ID: "m", Channel: models.ChannelMail, Kind: models.MessagePasswordReset, Recipient: "anna@example.com",
		CreatedAt: time.Now(), Data: models.MessageData{Token: "abc"},
	})
	if err != nil {
		t.Fatal(err)
	}

	for _, want := range []string{
		`lang="de"`, `src="https://mill.example/l.png" alt="Mill &amp; Co"`, `class="dark-only" src="https://mill.example/d.png"`,
		"background-color:#5b3fc4", "color:#fffffe", "border-radius:7px", ".button { background-color: #b9a6ff !important; }",
		".on-button { color: #120f1a !important; }", `href="mailto:help@mill.example"`, `href="https://mill.example/privacy"`,
		">Datenschutz<", `<meta name="color-scheme" content="light dark">`,
	} {
		if !strings.Contains(mail.HTML, want) {
			t.Errorf("the mail lacks %s", want)
		}
	}
	if strings.Contains(mail.HTML, "ZgotmplZ") || strings.Contains(mail.HTML, "#0f766e") {
		t.Errorf("the mail has a colour that is not the brand's:\n%s", mail.HTML)
	}
	for _, want := range []string{"Mill & Co\n", "help@mill.example\n", "Datenschutz: https://mill.example/privacy\n", "UTC"} {
		if !strings.Contains(mail.Text, want) {
			t.Errorf("the text lacks %q:\n%s", want, mail.Text)
		}
	}
}
