package brand

import (
	"fmt"
	"strings"

	"github.com/accountql/accountql/models"
)

// Assets returns the files of the brand: its pictures and its stylesheet.
func (b *Brand) Assets() []*Asset {
	var all []*Asset
	for _, asset := range []*Asset{b.Light, b.Dark, b.Mail, b.MailDark, b.Icon, b.Stylesheet()} {
		if asset != nil {
			all = append(all, asset)
		}
	}
	return all
}

// Shown returns the brand as pages see it; base is the public URL.
func (b *Brand) Shown(base string) models.Brand {
	shown := models.Brand{
		Name: b.Name, CornerRadius: b.CornerRadius, Links: b.Links, Screens: b.Screens,
		Colors: models.BrandColors{Light: b.Colors.Light.shown(), Dark: b.Colors.Dark.shown()},
	}
	if b.Light != nil {
		shown.Logo = &models.BrandLogo{Light: base + Path + b.Light.Name, Dark: base + Path + b.Dark.Name}
	}
	if b.DefaultCountry != "" {
		shown.DefaultCountry = &b.DefaultCountry
	}
	if b.DefaultLanguage != "" {
		shown.DefaultLanguage = &b.DefaultLanguage
	}

	return shown
}

// Stylesheet returns the rules that give the account page the brand's colours and corners, or nil if it changes none.
// Its values are numbers and colours of our own writing, so nothing of the file gets into it as it is.
func (b *Brand) Stylesheet() *Asset {
	if !b.styled {
		return nil
	}

	var css strings.Builder
	// The page's own sheet comes later in the document, and must lose all the same.
	fmt.Fprintf(&css, ":root:root{--radius:%dpx;--round:%dpx;", b.CornerRadius, b.CornerRadius*10/DefaultCornerRadius)
	b.Colors.Light.declare(&css)
	css.WriteString("}\n@media (prefers-color-scheme:dark){:root:root{")
	b.Colors.Dark.declare(&css)
	css.WriteString("}}\n")

	return newAsset("style", ".css", "text/css; charset=utf-8", []byte(css.String()))
}

// declare writes the variables of packages/react/src/style/base.css.
func (p Palette) declare(css *strings.Builder) {
	for _, variable := range []struct {
		name  string
		color Color
	}{
		{"page", p.Page}, {"glow", p.Glow}, {"card", p.Card}, {"sunken", p.Sunken}, {"ink", p.Ink}, {"soft", p.Soft},
		{"line", p.Line}, {"edge", p.Edge}, {"brand", p.Accent}, {"brand-deep", p.Deep}, {"brand-soft", p.Tint},
		{"on-brand", p.OnAccent},
	} {
		fmt.Fprintf(css, "--%s:%s;", variable.name, variable.color)
	}
}
