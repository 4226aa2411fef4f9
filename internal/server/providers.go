package server

import (
	"log/slog"
	"os"
	"time"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/egress"
	"github.com/accountql/accountql/internal/identity"
)

// newVerifier reads --identity-providers and --customer-tokens; it returns nil if neither is set. It connects to no
// provider, so a provider that is down does not stop the start.
func newVerifier(settings config.Settings, log *slog.Logger) (*identity.Verifier, error) {
	providers, err := readEntries("--identity-providers", settings.IdentityProviders, identity.Providers, settings)
	if err != nil {
		return nil, err
	}

	customerTokens, err := readEntries("--customer-tokens", settings.CustomerTokens, identity.CustomerTokens, settings)
	if err != nil {
		return nil, err
	}
	if len(providers)+len(customerTokens) == 0 {
		return nil, nil
	}
	if err := identity.CheckTogether(providers, customerTokens); err != nil {
		return nil, &config.Error{Setting: "--customer-tokens", Problem: err.Error()}
	}

	return identity.New(identity.Config{
		Providers: providers, CustomerTokens: customerTokens, Now: time.Now, Log: log,
		Client: egress.NewClient(
			egress.Policy{Loopback: !settings.Production(), PrivateHosts: settings.AllowPrivateHosts},
		),
	}), nil
}

// readEntries reads the entries of a setting's file; it returns none if the setting is empty.
func readEntries(setting, name string, file identity.File, settings config.Settings) ([]identity.Entry, error) {
	if name == "" {
		return nil, nil
	}

	text, err := os.Open(name)
	if err != nil {
		return nil, &config.Error{Setting: setting, Problem: "can't be read: " + err.Error()}
	}
	defer func() { _ = text.Close() }()
	entries, err := identity.ReadEntries(file, text, !settings.Production())
	if err != nil {
		return nil, &config.Error{Setting: setting, Problem: err.Error()}
	}

	return entries, nil
}
