package server

import (
	"net/mail"
	"net/url"
	"os"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/fields"
	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/models"
)

// readFields reads --fields; it returns nil if the setting is empty.
func readFields(file string) (*account.FieldPolicies, error) {
	if file == "" {
		return nil, nil //nolint:nilnil // there are no policies
	}

	text, err := os.Open(file)
	if err != nil {
		return nil, &config.Error{Setting: "--fields", Problem: "can't be read: " + err.Error()}
	}
	defer func() { _ = text.Close() }()

	policies, err := fields.Read(text)
	if err != nil {
		return nil, &config.Error{Setting: "--fields", Problem: err.Error()}
	}

	return policies, nil
}

// siteOf returns what Query.settings tells of the shop. The verifier may be nil.
func siteOf(settings config.Settings, renderer *notify.Renderer, verifier *identity.Verifier) account.Site {
	site := account.Site{
		Brand: brandName(settings), SupportContact: settings.SupportContact, Languages: renderer.Languages(),
		Providers: []models.SignInProvider{},
	}
	if verifier != nil {
		site.Providers = verifier.SignInProviders()
	}

	return site
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
