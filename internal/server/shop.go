package server

import (
	"os"
	"strings"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/brand"
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
func siteOf(
	settings config.Settings, shop *brand.Brand, renderer *notify.Renderer, verifier *identity.Verifier,
) account.Site {
	site := account.Site{
		Brand:          shop.Shown(strings.TrimSuffix(settings.PublicURL, "/")),
		SupportContact: settings.SupportContact, Languages: renderer.Languages(),
		Providers: []models.SignInProvider{},
	}
	if verifier != nil {
		site.Providers = verifier.SignInProviders()
	}

	return site
}
