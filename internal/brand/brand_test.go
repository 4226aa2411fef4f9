package brand

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

const (
	svg = `<svg xmlns="http://www.w3.org/2000/svg"/>`
	png = "\x89PNG\r\n\x1a\n"
)

// TestExample reads the example of docs/page.md, which uses every field.
func TestExample(t *testing.T) {
	b, err := Read("../../examples/brand/shop.json", true)
	if err != nil {
		t.Fatal(err)
	}

	if b.Name != "Nordlicht" || b.CornerRadius != 18 || *b.Links.Imprint != "https://nordlicht.example/impressum" ||
		b.SupportContact != "hilfe@nordlicht.example" || b.DefaultCountry != "DE" || b.DefaultLanguage != "de" {
		t.Errorf("read as %+v", b)
	}
	if b.Light.ContentType != "image/svg+xml" || b.Dark == b.Light || b.Mail.ContentType != typePNG ||
		b.MailDark == b.Mail || !strings.HasPrefix(b.Icon.Name, "icon-") {
		t.Errorf("pictures %+v %+v %+v %+v %+v", b.Light, b.Dark, b.Mail, b.MailDark, b.Icon)
	}

	shown := b.Shown("https://accounts.nordlicht.example")
	if shown.Colors.Dark.Accent != "#b9a6ff" || !strings.HasPrefix(shown.Logo.Light,
		"https://accounts.nordlicht.example/account/brand/logo-") {
		t.Errorf("shown as %+v", shown)
	}
}

// TestRefusals checks that each mistake is refused with the path of its field.
func TestRefusals(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string]string{
		"brand/logo.svg": svg, "brand/logo.png": png, "brand/logo.gif": "GIF89a", "brand/page.svg": "<html/>",
		"brand/large.png": png + strings.Repeat("x", maxPicture), "outside.png": png, "brand/broken.svg": svg[:20],
	} {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(folder, "outside.png"), filepath.Join(folder, "brand", "link.png")); err != nil {
		t.Fatal(err)
	}

	for text, want := range map[string]string{
		`{`:                       "is not JSON",
		`[]`:                      "must be an object",
		`{}`:                      "name is required",
		`{"name":"A","name":"B"}`: "has a key twice",
		`{"name":7}`:              "name must be a text",
		`{"name":" A"}`:           "name must be one line",
		`{"name":"A\u202eB"}`:     "name must be one line",
		`{"name":"A\nB"}`:         "name must be one line",
		`{"Name":"A"}`:            "Name is no field",
		`{"name":"A","font":"x"}`: "font is no field",
		`{"name":"A","links":[]}`: "links must be an object",
		`{"name":"` + strings.Repeat("x", 41) + `"}`:                           "name must have 1 to 40",
		`{"name":"A","links":{"shop":"https://x.example"}}`:                    "links.shop is no field",
		`{"name":"A","links":{"help":"javascript:alert(1)"}}`:                  "links.help must be an absolute https",
		`{"name":"A","links":{"help":"http://x.example"}}`:                     "links.help must be an absolute https",
		`{"name":"A","links":{"help":"https://u:p@x.example"}}`:                "links.help must be an absolute https",
		`{"name":"A","supportContact":"help"}`:                                 "supportContact must be",
		`{"name":"A","defaultCountry":"Germany"}`:                              "defaultCountry must be",
		`{"name":"A","defaultLanguage":"german, please"}`:                      "defaultLanguage must be",
		`{"name":"A","cornerRadius":1.5}`:                                      "cornerRadius must be a whole number from 0 to 28",
		`{"name":"A","cornerRadius":29}`:                                       "cornerRadius must be a whole number from 0 to 28",
		`{"name":"A","screens":{"phone":"no"}}`:                                "screens.phone must be true or false",
		`{"name":"A","screens":{"overview":false}}`:                            "screens.overview is no field",
		`{"name":"A","colors":{"light":{"accent":"red"}}}`:                     "colors.light.accent must be a colour",
		`{"name":"A","colors":{"light":{"accent":"#0f766e;}*{display:none"}}}`: "colors.light.accent must be a colour",
		`{"name":"A","colors":{"light":{"primary":"#000000"}}}`:                "colors.light.primary is no field",
		`{"name":"A","logo":{"dark":"logo.svg"}}`:                              "logo.light is required",
		`{"name":"A","logo":{"light":"missing.svg"}}`:                          "logo.light can't be read",
		`{"name":"A","logo":{"light":"../outside.png"}}`:                       "logo.light must be a file beside",
		`{"name":"A","logo":{"light":"/etc/hostname"}}`:                        "logo.light must be a file beside",
		`{"name":"A","logo":{"light":"link.png"}}`:                             "logo.light can't be read",
		`{"name":"A","logo":{"light":"logo.gif"}}`:                             "logo.light must be SVG, PNG or WebP",
		`{"name":"A","logo":{"light":"page.svg"}}`:                             "logo.light must be SVG, PNG or WebP",
		`{"name":"A","logo":{"light":"broken.svg"}}`:                           "logo.light must be SVG, PNG or WebP",
		`{"name":"A","logo":{"light":"large.png"}}`:                            "logo.light must not be larger than 256 KiB",
		`{"name":"A","logo":{"light":"logo.svg","mail":"logo.svg"}}`:           "logo.mail must be PNG",
	} {
		b, err := parse([]byte(text), filepath.Join(folder, "brand"), true)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, %+v, want %q", text, err, b, want)
		}
	}
}

// TestScreens checks that a screen that is off is none, and that the others keep their order.
func TestScreens(t *testing.T) {
	b, err := parse([]byte(`{"name":"A","screens":{"phone":false,"data":true}}`), t.TempDir(), true)
	if err != nil {
		t.Fatal(err)
	}
	want := slices.DeleteFunc(slices.Clone(models.AccountScreens), func(s models.AccountScreen) bool { return s == "PHONE" })
	if !slices.Equal(b.Screens, want) {
		t.Errorf("screens %v", b.Screens)
	}
}

// TestContrast compares ratios with those that WCAG's own definition gives.
func TestContrast(t *testing.T) {
	for pair, want := range map[[2]string]float64{
		{"#000000", "#ffffff"}: 21, {"#ffffff", "#ffffff"}: 1, {"#777777", "#ffffff"}: 4.48,
		{"#767676", "#ffffff"}: 4.54, {"#0000ff", "#ffffff"}: 8.59, {"#ff0000", "#ffffff"}: 4.0,
	} {
		a, b := mustColor(pair[0]), mustColor(pair[1])
		if got := Contrast(a, b); math.Abs(got-want) > 0.005 || got != Contrast(b, a) {
			t.Errorf("%v: %.3f, want %.2f", pair, got, want)
		}
	}
}

// TestUnreadableColors checks that text below 4.5:1 is refused with the ratio, and the limit itself is taken.
func TestUnreadableColors(t *testing.T) {
	for colors, want := range map[string]string{
		`"light":{"accent":"#f5c400"}`:                                          "colors.light.accent is #f5c400, which has a contrast of 1.51:1 on the background #f4f6f5; text needs 4.5:1, such as #",
		`"light":{"surface":"#ffffff","accent":"#777777"}`:                      "colors.light.accent is #777777",
		`"light":{"text":"#999999"}`:                                            "colors.light.text is #999999",
		`"light":{"mutedText":"#aaaaaa"}`:                                       "colors.light.mutedText is #aaaaaa",
		`"dark":{"accent":"#0f766e"}`:                                           "colors.dark.accent is #0f766e",
		`"light":{"accent":"#0f766e","onAccent":"#0b5a54"}`:                     "colors.light.onAccent is #0b5a54",
		`"light":{"background":"#606060","text":"#ffffff","surface":"#ffffff"}`: "colors.light.background is #606060",
		`"dark":{"surface":"#888888"}`:                                          "colors.dark.surface is #888888",
	} {
		_, err := parse([]byte(`{"name":"A","colors":{`+colors+`}}`), t.TempDir(), true)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", colors, err)
		}
	}

	// What is offered instead is accepted.
	_, err := parse([]byte(`{"name":"A","colors":{"light":{"background":"#ffffff","accent":"#777777"}}}`), t.TempDir(), true)
	if err == nil || !strings.Contains(err.Error(), "4.47:1") {
		t.Fatalf("a ratio of 4.478 is told as %v", err)
	}
	offered := regexp.MustCompile(`such as (#[0-9a-f]{6})`).FindStringSubmatch(err.Error())[1]
	if _, err := parse([]byte(`{"name":"A","colors":{"light":{"background":"#ffffff","accent":"`+offered+`"}}}`), t.TempDir(),
		true); err != nil {
		t.Errorf("%s is offered and refused: %v", offered, err)
	}
}

// TestDerivedColorsAreReadable tries random colours: whatever is accepted can be read everywhere on the page.
func TestDerivedColorsAreReadable(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same colours in each run
	color := func() *Color {
		return &Color{uint8(random.UintN(256)), uint8(random.UintN(256)), uint8(random.UintN(256))} //nolint:gosec // below 256
	}
	accepted := 0
	for range 20_000 {
		built := []scheme{builtInLight, builtInDark}[random.IntN(2)]
		s := sketch{accent: color()}
		if random.IntN(3) == 0 {
			base := mustColor(built.card)
			page, card := mix(base, *color(), 0.08), mix(base, *color(), 0.05)
			s.background, s.surface = &page, &card
		}

		r := &reader{}
		p := r.derive(s, built, "colors")
		if len(r.wrong) > 0 {
			continue
		}
		accepted++
		for name, found := range map[string]float64{
			"text": lowest(p.Ink, p.Page, p.Card, p.Sunken), "soft": lowest(p.Soft, p.Page, p.Card),
			"accent": lowest(p.Accent, p.Page, p.Card), "deep": lowest(p.Deep, p.Page, p.Card, p.Tint),
			"button": Contrast(p.OnAccent, p.Accent), "field": lowest(p.Edge, p.Page, p.Card) * textContrast / edgeContrast,
		} {
			if found < textContrast {
				t.Fatalf("%s of %+v: %s", name, p, ratio(found))
			}
		}
	}
	if accepted < 1000 {
		t.Errorf("only %d palettes were accepted", accepted)
	}
}

// TestBuiltInColors checks that the built-in colours are those of the account page's own stylesheet.
func TestBuiltInColors(t *testing.T) {
	source, err := os.ReadFile("../../packages/react/src/style/base.css")
	if err != nil {
		t.Fatal(err)
	}

	light, dark, _ := strings.Cut(string(source), "prefers-color-scheme: dark")
	for css, palette := range map[string]Palette{light: builtInLight.exact, dark: builtInDark.exact} {
		var declared strings.Builder
		palette.declare(&declared)
		for line := range strings.SplitSeq(strings.TrimSuffix(declared.String(), ";"), ";") {
			if name, value, _ := strings.Cut(line, ":"); !strings.Contains(css, name+": "+value+";") {
				t.Errorf("base.css has no %s: %s", name, value)
			}
		}
	}
}

// TestStylesheetIsOurOwnWriting checks that the stylesheet has nothing but variables, numbers and colours.
func TestStylesheetIsOurOwnWriting(t *testing.T) {
	b, err := Read("../../examples/brand/shop.json", true)
	if err != nil {
		t.Fatal(err)
	}

	rules := regexp.MustCompile(`^:root:root\{(--[a-z-]+:(\d+px|#[0-9a-f]{6});)+\}\n@media \(prefers-color-scheme:dark\)\{:root:root\{(--[a-z-]+:#[0-9a-f]{6};)+\}\}\n$`)
	if sheet := b.Stylesheet(); !rules.Match(sheet.Body) {
		t.Errorf("the stylesheet is\n%s", sheet.Body)
	}
	if BuiltIn("A").Stylesheet() != nil {
		t.Error("a shop without a brand has a stylesheet")
	}
}

// TestIcon checks that a shop without an icon gets one of its first letter, whatever that is.
func TestIcon(t *testing.T) {
	for _, name := range []string{"shop", "<b>", "店", "& Co"} {
		b, err := parse([]byte(`{"name":"`+name+`"}`), t.TempDir(), true)
		if err != nil || !isSVG(b.Icon.Body) {
			t.Errorf("%s: %v, %+v", name, err, b)
		}
	}
}
