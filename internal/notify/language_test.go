package notify

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf16"

	"github.com/accountql/accountql/models"
)

// languages are the built-in ones.
var languages = []string{"de", "en", "es", "fr", "ja", "pl"}

// TestEveryKindInEveryLanguage renders everything and finds no missing key, no word of another language, and no
// repetition.
func TestEveryKindInEveryLanguage(t *testing.T) {
	renderer := testRenderer(t)
	samples, err := renderer.Samples()
	if err != nil {
		t.Fatal(err)
	}
	if want := len(languages) * len(renderer.kinds); len(samples) != want {
		t.Fatalf("%d samples, want %d", len(samples), want)
	}

	english, seen := map[formKey]Rendered{}, map[string]bool{}
	for _, sample := range samples {
		if sample.Language == "en" {
			english[formKey{sample.Message.Kind, sample.Message.Channel}] = sample.Message
		}
		seen[sample.Language] = true
	}

	for _, language := range languages {
		if !seen[language] {
			t.Errorf("no sample in %s", language)
		}
	}

	for _, sample := range samples {
		message := sample.Message
		name := sample.Language + " " + string(message.Kind)
		all := message.Subject + "\n" + message.Text + "\n" + message.HTML
		for _, bad := range []string{"{{", "}}", "<no value>", "<nil>", "%!", "ZgotmplZ", " ,", "..", "\n\n\n"} {
			if strings.Contains(all, bad) {
				t.Errorf("%s holds %q:\n%s", name, bad, message.Text)
			}
		}

		if message.Channel == models.ChannelTextMessage {
			continue
		}
		if !strings.Contains(message.HTML, `<html lang="`+sample.Language+`"`) ||
			!strings.Contains(message.HTML, message.Subject) {
			t.Errorf("%s: the HTML has another language or title", name)
		}
		if message.Token != "" && (strings.Count(message.Text, message.Token) != 1 ||
			strings.Count(message.HTML, "https://shop.example/") < 3) {
			t.Errorf("%s lacks the link, or shows its token beside it", name)
		}
		if strings.Contains(message.Text, "10:45") && !strings.Contains(message.Text, "30") {
			t.Errorf("%s doesn't say for how long its link is valid", name)
		}
		if sample.Language == "en" {
			continue
		}

		other := english[formKey{message.Kind, message.Channel}]
		if message.Subject == other.Subject {
			t.Errorf("%s has an English subject", name)
		}

		lines := strings.Split(other.Text, "\n")
		for line := range strings.SplitSeq(message.Text, "\n") {
			if len(line) > 20 && !strings.Contains(line, message.Token) && slices.Contains(lines, line) {
				t.Errorf("%s says in English: %s", name, line)
			}
		}
	}
}

// seven is the alphabet of text messages without an escape (GSM 03.38).
const seven = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"

// TestTextMessagesStayShort checks the size of text messages: one part in the seven-bit alphabet, or two in the
// sixteen-bit one.
func TestTextMessagesStayShort(t *testing.T) {
	samples, err := testRenderer(t).Samples()
	if err != nil {
		t.Fatal(err)
	}

	for _, sample := range samples {
		if sample.Message.Channel != models.ChannelTextMessage {
			continue
		}

		text := sample.Message.Text
		if strings.Trim(text, seven) == "" && len([]rune(text)) <= 160 {
			continue
		}

		strange := strings.Map(func(r rune) rune {
			if strings.ContainsRune(seven, r) {
				return -1
			}
			return r
		}, text)
		if units := len(utf16.Encode([]rune(text))); sample.Language != "ja" || units > 2*67 {
			t.Errorf("%s %s has %d characters, of which %q cost more: %s", sample.Language, sample.Message.Kind, units,
				strange, text)
		}
	}
}

func TestTheCustomersLanguageIsSpoken(t *testing.T) {
	renderer := testRenderer(t)
	for language, want := range map[string]string{
		"": "Reset your password", "en": "Reset your password", "de": "Neues Passwort wählen", "ja": "パスワードの再設定",
		"de-AT": "Neues Passwort wählen", "gsw": "Neues Passwort wählen", "fr-CA": "Réinitialisez votre mot de passe",
		"pl-PL": "Ustaw nowe hasło",
		"en-GB": "Reset your password", "zh-TW": "Reset your password", "uk": "Reset your password",
		"tlh": "Reset your password", "../../en": "Reset your password", "layout": "Reset your password",
	} {
		message := testMessage(models.MessagePasswordReset, models.ChannelMail)
		message.Data.Language = language
		if got, err := renderer.Render(message); err != nil || got.Subject != want {
			t.Errorf("%q speaks %q, %v", language, got.Subject, err)
		}
	}
}

func TestAnOperatorsTemplates(t *testing.T) {
	ours, err := fs.Sub(templates, "templates")
	if err != nil {
		t.Fatal(err)
	}

	whole, err := fs.ReadFile(ours, "en.tmpl")
	if err != nil {
		t.Fatal(err)
	}

	renderer, err := NewRendererWith(testLinks(), fstest.MapFS{
		"en.tmpl": {Data: []byte(`{{define "password_reset subject"}}Your key to the shop{{end}}`)},
		"it.tmpl": {
			Data: []byte(strings.Replace(string(whole), "Reset your password", "Reimposta la password", 1)),
		},
		"layout.txt.tmpl": {Data: []byte("{{.Hello}} {{range .Body}}{{.}}{{end}} {{.Link}}")},
		"README.md":       {Data: []byte("{{")},
	})
	if err != nil {
		t.Fatal(err)
	}

	for language, want := range map[string]string{
		"en": "Your key to the shop", "it": "Reimposta la password", "de": "Neues Passwort wählen",
	} {
		message := testMessage(models.MessagePasswordReset, models.ChannelMail)
		message.Data.Language = language
		got, err := renderer.Render(message)
		if err != nil || got.Subject != want || !strings.HasSuffix(got.Text, "lang=en\n") {
			t.Errorf("%s: %q, %q, %v", language, got.Subject, got.Text, err)
		}
	}

	message := testMessage(models.MessagePasswordChanged, models.ChannelMail)
	if got, err := renderer.Render(message); err != nil || got.Subject != "Your password was changed" {
		t.Errorf("what the operator left out is %q, %v", got.Subject, err)
	}
}

// TestTheBestLanguageIsSpoken guards that each customer gets the available language that they read best.
func TestTheBestLanguageIsSpoken(t *testing.T) {
	ours, err := fs.Sub(templates, "templates")
	if err != nil {
		t.Fatal(err)
	}

	whole, err := fs.ReadFile(ours, "en.tmpl")
	if err != nil {
		t.Fatal(err)
	}

	own := func(codes ...string) *Renderer {
		files := fstest.MapFS{}
		for _, code := range codes {
			files[code+".tmpl"] = &fstest.MapFile{
				Data: []byte(strings.Replace(string(whole), "Reset your password", "in "+code, 1)),
			}
		}

		renderer, err := NewRendererWith(testLinks(), files)
		if err != nil {
			t.Fatal(err)
		}

		return renderer
	}

	for _, test := range []struct {
		renderer *Renderer
		want     map[string]string
	}{
		{own("zh", "zh-Hant", "pt-BR", "sr", "sr-Latn", "es-419"), map[string]string{
			"zh": "in zh", "zh-CN": "in zh", "zh-SG": "in zh", "zh-Hans-TW": "in zh", "zh-Hant": "in zh-Hant",
			"zh-TW": "in zh-Hant", "zh-HK": "in zh-Hant",
			"pt": "in pt-BR", "pt-PT": "in pt-BR", "pt-BR": "in pt-BR", "sr": "in sr", "sr-Cyrl": "in sr",
			"sr-Latn": "in sr-Latn", "sr-ME": "in sr-Latn",
			"es-419": "in es-419", "es-MX": "in es-419", "es-ES": "Restablezca", "uk": "Reset your password",
		}},
		{own("zh", "sr"),
			map[string]string{"zh-TW": "in zh", "zh-Hant": "in zh", "sr-Latn": "in sr", "hr": "Reset your password"}},
	} {
		for language, want := range test.want {
			message := testMessage(models.MessagePasswordReset, models.ChannelMail)
			message.Data.Language = language
			if got, err := test.renderer.Render(message); err != nil || !strings.HasPrefix(got.Subject, want) {
				t.Errorf("%s speaks %q, %v; want %q", language, got.Subject, err, want)
			}
		}
	}
}

// TestOurTemplatesRender guards that a start needn't render the built-in templates: every message can be rendered in
// every language, whichever of the optional links a shop has.
func TestOurTemplatesRender(t *testing.T) {
	whole := testLinks()
	whole.Account = "https://shop.example/my-account"
	bare := testLinks()
	bare.Contact = ""

	for name, links := range map[string]Links{"with all links": whole, "with the necessary links": bare} {
		renderer, err := NewRenderer(links)
		if err != nil {
			t.Fatal(err)
		}
		if err := renderer.check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMailsEndAtTheAccount guards that every mail ends with the link to the account page, if there is such a page.
func TestMailsEndAtTheAccount(t *testing.T) {
	links := testLinks()
	for _, links.Account = range []string{"", "https://shop.example/my-account"} {
		renderer, err := NewRenderer(links)
		if err != nil {
			t.Fatal(err)
		}

		got, err := renderer.Render(testMessage(models.MessagePasswordChanged, models.ChannelMail))
		if err != nil {
			t.Fatal(err)
		}

		text, html := strings.HasSuffix(got.Text, "\nhttps://shop.example/my-account\n"), strings.Contains(got.HTML,
			`<a href="https://shop.example/my-account"`)
		if wanted := links.Account != ""; text != wanted || html != wanted {
			t.Errorf("account page %q: %s", links.Account, got.Text)
		}
	}

	links.Account = "javascript:alert(1)"
	if _, err := NewRenderer(links); err == nil {
		t.Error("an account page that is none of the web is taken")
	}
}

// TestALayoutMayShowTheToken guards that operators' layouts which show a token next to the link still work.
func TestALayoutMayShowTheToken(t *testing.T) {
	renderer, err := NewRendererWith(testLinks(), fstest.MapFS{
		"en.tmpl":         {Data: []byte(`{{define "token"}}Or type:{{end}}`)},
		"layout.txt.tmpl": {Data: []byte("{{.TokenHint}} {{.Token}}")},
	})
	if err != nil {
		t.Fatal(err)
	}

	got, err := renderer.Render(testMessage(models.MessagePasswordReset, models.ChannelMail))
	if err != nil || got.Text != "Or type: "+testToken+"\n" {
		t.Errorf("%q, %v", got.Text, err)
	}
}

// TestTemplatesThatAreWrongStopTheStart guards that each refusal is one line that names the file.
func TestTemplatesThatAreWrongStopTheStart(t *testing.T) {
	for name, test := range map[string]struct{ file, text, names string }{
		"a misspelt word":           {"de.tmpl", `{{define "pasword_reset subject"}}x{{end}}`, "pasword_reset subject"},
		"a misspelt field":          {"en.tmpl", `{{define "password_changed body"}}{{.Nickname}}{{end}}`, "Nickname"},
		"no field at all":           {"en.tmpl", `{{define "password_changed body"}}{{.Name.First}}{{end}}`, "First"},
		"a parse error":             {"fr.tmpl", `{{define "hello"}}`, "fr.tmpl"},
		"a language that lacks":     {"it.tmpl", `{{define "hello"}}Ciao{{end}}`, "it.tmpl does not define"},
		"another way to write one":  {"pt-br.tmpl", "", "pt-br.tmpl"},
		"no language":               {"xx-invalid-name.tmpl", "", "xx-invalid-name.tmpl"},
		"an old file":               {"password_reset.html.tmpl", "", "password_reset.html.tmpl"},
		"a subject of two lines":    {"pl.tmpl", "{{define \"password_reset subject\"}}a\nb{{end}}", "subject"},
		"a subject with data":       {"pl.tmpl", `{{define "password_reset subject"}}For {{.Name}}{{end}}`, "Name"},
		"times called UTC":          {"pl.tmpl", `{{define "moment"}}{{.Day}} {{.Month}}, {{.Clock}} UTC{{end}}`, "pl.tmpl calls every time UTC"},
		"eleven months":             {"ja.tmpl", `{{define "months"}}1 2 3 4 5 6 7 8 9 10 11{{end}}`, "months"},
		"a layout that is wrong":    {"layout.html.tmpl", `{{.Nothing}}`, "layout.html.tmpl"},
		"a layout that is not HTML": {"layout.html.tmpl", `<a href="{{.Link}}>{{end}}`, "layout.html.tmpl"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewRendererWith(testLinks(), fstest.MapFS{test.file: {Data: []byte(test.text)}})
			if err == nil || !strings.Contains(err.Error(), test.names) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestTimesAreInTheCustomersZone guards that the times in a message are in the customer's zone, or else in the shop's, or
// in UTC, and says in which.
func TestTimesAreInTheCustomersZone(t *testing.T) {
	links := testLinks()
	links.Brand = Brand{Name: "Shop", TimeZone: "Asia/Kolkata"}
	branded, err := NewRenderer(links)
	if err != nil {
		t.Fatal(err)
	}

	// The message is of 10:15 UTC on 4 March, and its secret works until 10:45.
	for _, test := range []struct {
		renderer             *Renderer
		zone, at, until, day string
	}{
		{testRenderer(t), "", "10:15 UTC", "10:45 UTC", "4 March 2026"},
		{testRenderer(t), "Europe/Berlin", "11:15 UTC+1", "11:45 UTC+1", "4 March 2026"},
		{testRenderer(t), "America/St_Johns", "06:45 UTC-3:30", "07:15 UTC-3:30", "4 March 2026"},
		{testRenderer(t), "Pacific/Kiritimati", "00:15 UTC+14", "00:45 UTC+14", "5 March 2026"},
		{testRenderer(t), "Nowhere/AtAll", "10:15 UTC", "10:45 UTC", "4 March 2026"},
		{branded, "", "15:45 UTC+5:30", "16:15 UTC+5:30", "4 March 2026"},
		{branded, "Europe/Berlin", "11:15 UTC+1", "11:45 UTC+1", "4 March 2026"},
	} {
		message := testMessage(models.MessagePasswordReset, models.ChannelMail)
		message.Data.Language, message.Data.TimeZone = "en", test.zone
		got, err := test.renderer.Render(message)
		if err != nil {
			t.Fatal(err)
		}

		for _, want := range []string{test.day + ", " + test.at + "\n", "until " + test.day + ", " + test.until + "."} {
			if !strings.Contains(got.Text, want) {
				t.Errorf("in %q: %q is not in\n%s", test.zone, want, got.Text)
			}
		}
	}
}

// TestEveryTimeIsInTheZone guards that the time from which a secret works is in the zone as well, with the zone's summer
// time.
func TestEveryTimeIsInTheZone(t *testing.T) {
	message := testMessage(models.MessageFactorResetAsked, models.ChannelMail)
	from, until := message.CreatedAt.Add(60*24*time.Hour), message.CreatedAt.Add(70*24*time.Hour)
	message.Data.Language, message.Data.TimeZone = "en", "Europe/Berlin"
	message.Data.AvailableAt, message.Data.ExpiresAt = &from, &until

	got, err := testRenderer(t).Render(message)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"From 3 May 2026, 12:15 UTC+2 on", "until 13 May 2026, 12:15 UTC+2.", "4 March 2026, 11:15 UTC+1\n"} {
		if !strings.Contains(got.Text, want) {
			t.Errorf("%q is not in\n%s", want, got.Text)
		}
	}
}
