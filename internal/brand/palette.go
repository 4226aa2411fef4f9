package brand

import "github.com/accountql/accountql/models"

// Colors are the colours of the schemes of a device.
type Colors struct{ Light, Dark Palette }

// Palette is the colours of one scheme, named after what they are for.
type Palette struct {
	// Page is behind everything, Card behind what is read, Sunken between both.
	Page, Card, Sunken, Glow Color
	// Ink is text, Soft less important text, Line a line between things, Edge the border of a field.
	Ink, Soft, Line, Edge Color
	// Accent is for links and buttons, Deep the same under a pointer, Tint a background for it, OnAccent the text of
	// a button.
	Accent, Deep, Tint, OnAccent Color
}

// scheme is the built-in colours of a scheme, and how others are made in it.
type scheme struct {
	page, card, ink, soft, accent string
	// bad and good are the page's own colours for what failed and what worked.
	bad, good string
	// deepen, tint and glow are shares of a mixture: of the ink in Deep, of the accent in Tint and in Glow.
	deepen, tint, glow float64
	exact              Palette
}

var builtInLight = scheme{
	page: "#f4f6f5", card: "#ffffff", ink: "#16211e", soft: "#54625e", accent: "#0f766e",
	bad: "#b3261e", good: "#17663f", deepen: 0.3, tint: 0.12, glow: 0.1,
	exact: Palette{
		Page: mustColor("#f4f6f5"), Card: mustColor("#ffffff"), Sunken: mustColor("#f4f6f5"), Glow: mustColor("#e3f1ee"),
		Ink: mustColor("#16211e"), Soft: mustColor("#54625e"), Line: mustColor("#dde4e1"), Edge: mustColor("#7c8a86"),
		Accent: mustColor("#0f766e"), Deep: mustColor("#0b5a54"), Tint: mustColor("#e1f2ef"),
		OnAccent: mustColor("#ffffff"),
	},
}

var builtInDark = scheme{
	page: "#0f1513", card: "#18201d", ink: "#e7eeeb", soft: "#a3b3ae", accent: "#5ddac8",
	bad: "#ff9d94", good: "#7ddba4", deepen: 0.35, tint: 0.17, glow: 0.14,
	exact: Palette{
		Page: mustColor("#0f1513"), Card: mustColor("#18201d"), Sunken: mustColor("#121917"), Glow: mustColor("#14302b"),
		Ink: mustColor("#e7eeeb"), Soft: mustColor("#a3b3ae"), Line: mustColor("#2b3733"), Edge: mustColor("#6f807a"),
		Accent: mustColor("#5ddac8"), Deep: mustColor("#8be8da"), Tint: mustColor("#16342f"),
		OnAccent: mustColor("#04211d"),
	},
}

func (s scheme) palette() Palette { return s.exact }

// sketch is what the file says of a scheme; a nil colour is the built-in one.
type sketch struct{ background, surface, text, mutedText, accent, onAccent *Color }

// sketch reads the colours of a scheme.
func (r *reader) sketch(value any, path string) sketch {
	var s sketch
	color := func(target **Color) func(any, string) {
		return func(value any, path string) {
			text, _ := value.(string)
			color, ok := parseColor(text)
			if !ok {
				r.add(path, "must be a colour of six hexadecimal digits, such as #0f766e")
				return
			}
			*target = &color
		}
	}
	r.object(value, path, map[string]func(any, string){
		"background": color(&s.background), "surface": color(&s.surface), "text": color(&s.text),
		"mutedText": color(&s.mutedText), "accent": color(&s.accent), "onAccent": color(&s.onAccent),
	})

	return s
}

// derive returns all colours of a scheme, and refuses those that can't be read on one another.
func (r *reader) derive(s sketch, built scheme, path string) Palette {
	if s == (sketch{}) {
		return built.exact
	}

	p := Palette{
		Page: or(s.background, built.page), Card: or(s.surface, built.card), Ink: or(s.text, built.ink),
		Accent: or(s.accent, built.accent),
	}
	switch {
	case s.mutedText != nil:
		p.Soft = *s.mutedText
	case s.background == nil && s.surface == nil && s.text == nil:
		p.Soft = mustColor(built.soft)
	default:
		p.Soft = readable(mix(p.Card, p.Ink, 0.6), p.Ink, textContrast+0.5, p.Page, p.Card)
	}

	r.legible(s, p, built, path)

	p.Sunken, p.Line = mix(p.Card, p.Page, 0.8), mix(p.Card, p.Ink, 0.13)
	p.Edge = readable(mix(p.Card, p.Ink, 0.4), p.Ink, edgeContrast+0.2, p.Page, p.Card)
	p.Tint, p.Glow = mix(p.Card, p.Accent, built.tint), mix(p.Page, p.Accent, built.glow)
	p.Deep = readable(mix(p.Accent, p.Ink, built.deepen), p.Ink, textContrast, p.Page, p.Card, p.Tint)

	p.OnAccent = Color{R: 255, G: 255, B: 255}
	if dark := mix(p.Accent, Color{}, 0.9); Contrast(dark, p.Accent) > Contrast(p.OnAccent, p.Accent) {
		p.OnAccent = dark
	}
	if s.onAccent != nil {
		p.OnAccent = *s.onAccent
		r.contrast(path+".onAccent", p.OnAccent, "on the accent", p.Accent)
		r.contrast(path+".onAccent", p.OnAccent, "on the accent under a pointer", p.Deep)
	}

	return p
}

// legible refuses colours of text that can't be read on their backgrounds. The built-in colours are not the shop's
// mistake, but what it puts them on is.
func (r *reader) legible(s sketch, p Palette, built scheme, path string) {
	for _, on := range []struct {
		name, field string
		color       Color
		chosen      bool
	}{{"the background", ".background", p.Page, s.background != nil}, {"the surface", ".surface", p.Card, s.surface != nil}} {
		for _, text := range []struct {
			name, field string
			color       Color
			chosen      bool
		}{
			{"text", ".text", p.Ink, s.text != nil}, {"muted text", ".mutedText", p.Soft, s.mutedText != nil},
			{"accent", ".accent", p.Accent, s.accent != nil},
			{"red of errors", "", mustColor(built.bad), false}, {"green of success", "", mustColor(built.good), false},
		} {
			switch {
			case text.chosen:
				r.contrast(path+text.field, text.color, "on "+on.name, on.color)
			case on.chosen:
				r.contrast(path+on.field, on.color, "under the built-in "+text.name, text.color)
			}
		}
	}
}

// contrast refuses a pair of colours with less than the contrast of text.
func (r *reader) contrast(path string, color Color, where string, other Color) {
	found := Contrast(color, other)
	if found >= textContrast { // guard: text can be read
		return
	}

	better := readable(color, Color{}, textContrast, other)
	if light := readable(color, Color{R: 255, G: 255, B: 255}, textContrast, other); lowest(better, other) < textContrast ||
		other.luminance() < 0.18 {
		better = light
	}
	r.add(path, "is %s, which has a contrast of %s %s %s; text needs 4.5:1, such as %s has", color, ratio(found), where,
		other, better)
}

func or(color *Color, otherwise string) Color {
	if color == nil {
		return mustColor(otherwise)
	}
	return *color
}

// shown returns what other front ends learn of the colours.
func (p Palette) shown() models.BrandPalette {
	return models.BrandPalette{
		Accent: p.Accent.String(), OnAccent: p.OnAccent.String(), Background: p.Page.String(), Surface: p.Card.String(),
		Text: p.Ink.String(), MutedText: p.Soft.String(),
	}
}
