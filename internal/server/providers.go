package server

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/egress"
	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/models"
)

// newVerifier reads --identity-providers and --customer-tokens; it returns nil if neither is set. It connects to no
// provider, so a provider that is down does not stop the start.
func newVerifier(settings config.Settings, watch identity.Watch, log *slog.Logger) (*identity.Verifier, error) {
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
		Providers: providers, CustomerTokens: customerTokens, Now: time.Now, Log: log, Watch: watch,
		Client: egress.NewClient(settings.EgressPolicy("identity provider")),
	}), nil
}

// providerMetrics counts what identity providers do, by the provider's name in operations.
type providerMetrics struct{ tokens, requests *prometheus.CounterVec }

func newProviderMetrics() providerMetrics {
	counter := func(name, help string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, []string{"provider", "result"})
	}
	return providerMetrics{
		counter("accountql_identity_tokens_total", "Tokens of identity providers, by what came of them."),
		counter("accountql_identity_requests_total", "Requests to identity providers, by what came of them."),
	}
}

// watch returns what a verifier calls.
func (p providerMetrics) watch() identity.Watch {
	count := func(counter *prometheus.CounterVec) func(models.IdentityProvider, identity.Result) {
		return func(provider models.IdentityProvider, result identity.Result) {
			counter.WithLabelValues(string(provider), string(result)).Inc()
		}
	}
	return identity.Watch{Verified: count(p.tokens), Asked: count(p.requests)}
}

// of returns the metrics of a verifier. Every result of its providers is there from the start.
func (p providerMetrics) of(verifier *identity.Verifier) []prometheus.Collector {
	for _, provider := range verifier.Providers() {
		for _, result := range identity.TokenResults() {
			p.tokens.WithLabelValues(string(provider), string(result))
		}
		for _, result := range identity.RequestResults() {
			p.requests.WithLabelValues(string(provider), string(result))
		}
	}

	ages := collector(func(emit func(prometheus.ValueType, string, string, float64, ...string)) {
		for provider, age := range verifier.KeyAges() {
			emit(prometheus.GaugeValue, "identity_keys_age_seconds",
				"How long ago the keys of an identity provider were fetched.", age.Seconds(), "provider", string(provider))
		}
	})

	return []prometheus.Collector{p.tokens, p.requests, ages}
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

	for i, entry := range entries {
		if err := checkHosts(entry, settings.EgressPolicy("identity provider")); err != nil {
			return nil, &config.Error{Setting: setting, Problem: fmt.Sprintf("has a wrong entry %d: %s", i+1, err)}
		}
	}

	return entries, nil
}

// checkHosts returns an error if one of the addresses of an issuer would be refused at the first token.
func checkHosts(entry identity.Entry, policy egress.Policy) error {
	asked := []string{entry.DebugTokenURL, entry.JWKSURL}
	if entry.JWKSURL == "" {
		asked = append(asked, entry.Issuer)
	}

	for _, text := range asked {
		address, err := url.Parse(text)
		// guard: an issuer has an address that may be called
		if err == nil && policy.CheckHost(address.Hostname()) != nil {
			return errors.New("an address of it leads neither to the public internet nor, with --allow-private-hosts, " +
				"to a private network")
		}
	}

	return nil
}
