package brand

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// Color is a colour of sRGB without transparency.
type Color struct{ R, G, B uint8 }

// String returns the colour as CSS has it, such as #0f766e.
func (c Color) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

var hexColor = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// parseColor reads a colour of six hexadecimal digits. Nothing else gets into a stylesheet or a mail.
func parseColor(text string) (Color, bool) {
	if !hexColor.MatchString(text) { // guard: a colour is six digits
		return Color{}, false
	}
	number, err := strconv.ParseUint(text[1:], 16, 32)

	return Color{uint8(number >> 16), uint8(number >> 8), uint8(number)}, err == nil //nolint:gosec // it has 24 bits
}

func mustColor(text string) Color {
	color, ok := parseColor(text)
	if !ok {
		panic("brand: " + text + " is no colour")
	}
	return color
}

// mix returns a colour between two: a for share 0, b for share 1.
func mix(a, b Color, share float64) Color {
	between := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*share)) }
	return Color{between(a.R, b.R), between(a.G, b.G), between(a.B, b.B)}
}

// luminance is the relative luminance of WCAG 2.2.
func (c Color) luminance() float64 {
	linear := func(value uint8) float64 {
		v := float64(value) / math.MaxUint8
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// Contrast returns the contrast ratio of two colours by WCAG 2.2, from 1 to 21.
func Contrast(a, b Color) float64 {
	lighter, darker := a.luminance(), b.luminance()
	if lighter < darker {
		lighter, darker = darker, lighter
	}
	return (lighter + 0.05) / (darker + 0.05)
}

// The least ratios of WCAG 2.2: of text (success criterion 1.4.3), and of what shows where a field is (1.4.11).
const (
	textContrast = 4.5
	edgeContrast = 3
)

// ratio writes a ratio without rounding it up to one that would do.
func ratio(value float64) string { return fmt.Sprintf("%.2f:1", math.Floor(value*100)/100) }

// readable returns the first colour on the way from one to another that has at least the ratio on all backgrounds.
func readable(from, to Color, least float64, backgrounds ...Color) Color {
	const steps = 50
	for step := range steps + 1 {
		color := mix(from, to, float64(step)/steps)
		if lowest(color, backgrounds...) >= least {
			return color
		}
	}
	return to
}

// lowest returns the least contrast of a colour on several backgrounds.
func lowest(color Color, backgrounds ...Color) float64 {
	least := math.Inf(1)
	for _, background := range backgrounds {
		least = min(least, Contrast(color, background))
	}
	return least
}
