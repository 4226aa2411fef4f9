package world

import (
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
)

// WithTerms returns the settings with two documents: the privacy notice, which nobody must accept, and with required
// terms of use, which everybody must.
func WithTerms(t testing.TB, settings account.Settings, required bool) account.Settings {
	t.Helper()
	const document = `{"id":"%id","versions":[{"version":"1","effectiveAt":"2026-01-01T00:00:00Z","required":%required,` +
		`"texts":[{"language":"en","title":"%id","url":"https://shop.example/%id"}]}]}`
	must := "false"
	if required {
		must = "true"
	}

	var err error
	settings.Terms, err = account.ReadTerms(strings.NewReader("[" +
		strings.NewReplacer("%id", "privacy", "%required", "false").Replace(document) + "," +
		strings.NewReplacer("%id", "terms", "%required", must).Replace(document) + "]"))
	Check(t, err)

	return settings
}
