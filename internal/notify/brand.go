package notify

import (
	"cmp"
	"strings"

	"github.com/accountql/accountql/models"
)

// Brand is how mails look. The zero Brand is the built-in look.
type Brand struct {
	// Name stands above a mail where there is no logo; "" shows nothing there.
	Name string
	// Logo and LogoDark are https addresses of pictures that every mail program shows, for light and for dark mode, or
	// "".
	Logo, LogoDark string
	Light, Dark    Colors
	// Round is how round the corners of the card are, in CSS pixels.
	Round int
	Links models.BrandLinks
	// Language is that of customers whose own is unknown; "" is English.
	Language string
	// TimeZone is that of customers whose own is unknown; "" is UTC.
	TimeZone string
}

// Colors are the colours of a mail in one scheme, each as # and six hexadecimal digits.
type Colors struct {
	// Back is behind the card, Line is its border.
	Back, Card, Line string
	// Strong is the text of headings, Faint less important text, Link the text of links.
	Strong, Faint, Link string
	// Button is the background of the button, OnButton its text.
	Button, OnButton string
}

// The built-in colours: those of the account page.
var (
	builtInLight = Colors{
		Back: "#f4f6f5", Card: "#ffffff", Line: "#dde4e1", Strong: "#16211e", Faint: "#54625e", Link: "#0f766e",
		Button: "#0f766e", OnButton: "#ffffff",
	}
	builtInDark = Colors{
		Back: "#0f1513", Card: "#18201d", Line: "#2b3733", Strong: "#e7eeeb", Faint: "#a3b3ae", Link: "#5ddac8",
		Button: "#5ddac8", OnButton: "#04211d",
	}
)

// builtInRound is in CSS pixels.
const builtInRound = 16

// complete returns the brand with the built-in look where it has none.
func (b Brand) complete() Brand {
	if b.Light == (Colors{}) {
		b.Light, b.Dark, b.Round = builtInLight, builtInDark, builtInRound
	}
	b.Light.OnButton, b.Dark.OnButton = nearly(b.Light.OnButton), nearly(b.Dark.OnButton)
	b.Language = cmp.Or(b.Language, fallbackLanguage)

	return b
}

// nearly returns a colour that looks the same, but that mail programs which invert pure white and pure black leave
// alone.
func nearly(color string) string {
	return strings.NewReplacer("#ffffff", "#fffffe", "#000000", "#000001").Replace(color)
}

// namedLink is a link of the shop with its name.
type namedLink struct{ Name, Link string }

// Line returns the link as a line of a plain text.
func (l namedLink) Line() string {
	if l.Link == l.Name || strings.HasPrefix(l.Link, "mailto:") {
		return l.Name
	}
	return l.Name + ": " + l.Link
}

// linkWords are the words of the shop's links. A language of the operator's own may do without them, and has those of
// English then.
var linkWords = []string{"link help", "link imprint", "link privacy", "link terms"}

// shopLinks returns the support contact and the links of a shop that has a brand, with their names in a language.
func (r *Renderer) shopLinks(spoken *language) ([]namedLink, error) {
	given := r.links.brand.Links
	var all []namedLink
	if r.links.brand.Name != "" && r.links.contactLink != "" {
		all = append(all, namedLink{r.links.contact, r.links.contactLink})
	}

	for i, address := range []*string{given.Help, given.Imprint, given.Privacy, given.Terms} {
		if address == nil {
			continue
		}

		in := spoken
		if !in.has(linkWords[i]) {
			var err error
			if in, err = r.languages[fallbackLanguage](); err != nil {
				return nil, err
			}
		}

		name, err := in.say(linkWords[i], struct{}{})
		if err != nil {
			return nil, err
		}
		all = append(all, namedLink{name, *address})
	}

	return all, nil
}
