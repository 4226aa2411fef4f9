package server

import (
	"net/http"
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"github.com/accountql/accountql/internal/brand"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/web"
)

// defaultSender is the name of development's sender, which gives way to a brand's.
const defaultSender = "AccountQL"

// branded returns the brand of --brand, or the built-in one, and the settings in which it is the one truth: the sender's
// name and the support contact are the brand's. It refuses a brand that another setting contradicts.
func branded(settings config.Settings) (config.Settings, *brand.Brand, error) {
	if settings.Brand == "" {
		return settings, brand.BuiltIn(brandName(settings)), nil
	}

	b, err := brand.Read(settings.Brand, settings.Production())
	if err != nil {
		return settings, nil, &config.Error{Setting: "--brand", Problem: err.Error()}
	}

	switch {
	case b.SupportContact == "":
		b.SupportContact = settings.SupportContact
	case settings.SupportContact != "" && settings.SupportContact != b.SupportContact: // guard: there is one support contact
		return settings, nil, &config.Error{Setting: "--support-contact",
			Problem: "must be left out, or be the supportContact of --brand; they differ"}
	}
	settings.SupportContact = b.SupportContact

	from, err := mail.ParseAddress(settings.MailFrom)
	if err != nil {
		return settings, b, nil //nolint:nilerr // the sender is refused by its own rule
	}
	if from.Name != "" && from.Name != b.Name && (settings.Production() || from.Name != defaultSender) {
		return settings, nil, &config.Error{Setting: "--mail-from",
			Problem: "must have no name, or the name of --brand; they differ"}
	}
	from.Name = b.Name
	settings.MailFrom = from.String()

	return settings, b, nil
}

// checkBrand returns an error if the brand can't be used with the other settings.
func checkBrand(settings config.Settings) error {
	settings, b, err := branded(settings)
	if err != nil || b.DefaultLanguage == "" {
		return err
	}

	renderer, err := newRenderer(settings.Templates, notifyLinks(settings.Bound(settings.ListenAddress()), b))
	if err != nil {
		return nil //nolint:nilerr // the templates are refused by their own rule
	}

	return checkLanguage(b, renderer)
}

// checkLanguage refuses a default language that no message is written in.
func checkLanguage(b *brand.Brand, renderer *notify.Renderer) error {
	languages := renderer.Languages()
	if b.DefaultLanguage == "" || slices.Contains(languages, b.DefaultLanguage) {
		return nil
	}

	known := make([]string, len(languages))
	for i, language := range languages {
		known[i] = string(language)
	}

	return &config.Error{Setting: "--brand",
		Problem: "defaultLanguage must be one that mails are written in: " + strings.Join(known, ", ")}
}

// brandName returns the name that mails come from, or the host that customers reach.
func brandName(settings config.Settings) string {
	from, err := mail.ParseAddress(settings.MailFrom)
	if err == nil && from.Name != "" {
		return from.Name
	}
	public, err := url.Parse(settings.PublicURL)
	if err != nil {
		return ""
	}

	return public.Hostname()
}

// brandFiles serves the pictures and the stylesheet of the brand.
func (s *server) brandFiles(mux *http.ServeMux) {
	files := map[string]web.BrandFile{}
	for _, asset := range s.brand.Assets() {
		files[asset.Name] = web.BrandFile{ContentType: asset.ContentType, Body: asset.Body}
	}
	if len(files) > 0 {
		mux.Handle(brand.Path, web.Brand(brand.Path, files))
	}
}

// pageBrand returns the brand in the words of the account page, with addresses of its own origin.
func pageBrand(b *brand.Brand) (web.AccountBrand, web.AccountLook) {
	shown := b.Shown("")
	page := web.AccountBrand{
		Name:  shown.Name,
		Links: web.AccountLinks(shown.Links), DefaultCountry: (*string)(shown.DefaultCountry),
		DefaultLanguage: (*string)(shown.DefaultLanguage), Screens: make([]string, len(shown.Screens)),
	}
	for i, screen := range shown.Screens {
		page.Screens[i] = string(screen)
	}
	if shown.Logo != nil {
		page.Logo = &web.AccountLogo{Light: shown.Logo.Light, Dark: shown.Logo.Dark}
	}

	var look web.AccountLook
	if b.Icon != nil {
		look.Icon = brand.Path + b.Icon.Name
		page.Mark = look.Icon
	}
	if sheet := b.Stylesheet(); sheet != nil {
		look.Stylesheet = brand.Path + sheet.Name
		look.Light, look.Dark = b.Colors.Light.Page.String(), b.Colors.Dark.Page.String()
	}

	return page, look
}

// notifyLinks returns the addresses and the looks of messages.
func notifyLinks(settings config.Settings, b *brand.Brand) notify.Links {
	all := links(settings)
	if settings.Brand == "" {
		return all
	}
	all.Brand = notify.Brand{
		Name: b.Name, Links: b.Links, Language: string(b.DefaultLanguage), TimeZone: string(b.DefaultTimeZone),
		Light: mailColors(b.Colors.Light), Dark: mailColors(b.Colors.Dark), Round: b.CornerRadius,
	}

	// A mail program loads a picture from the web, or not at all.
	base := strings.TrimSuffix(settings.PublicURL, "/")
	if b.Mail != nil && (strings.HasPrefix(base, "https://") || !settings.Production()) {
		all.Brand.Logo, all.Brand.LogoDark = base+brand.Path+b.Mail.Name, base+brand.Path+b.MailDark.Name
	}

	return all
}

func mailColors(p brand.Palette) notify.Colors {
	return notify.Colors{
		Back: p.Page.String(), Card: p.Card.String(), Line: p.Line.String(), Strong: p.Ink.String(), Faint: p.Soft.String(),
		Link: p.Accent.String(), Button: p.Accent.String(), OnButton: p.OnAccent.String(),
	}
}
