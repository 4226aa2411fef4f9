package identity

import (
	"errors"
	"time"

	"github.com/accountql/accountql/models"
)

// Result is what came of a token, or of a request to a provider.
type Result string

// The results.
const (
	// Accepted and Refused are results of tokens.
	Accepted Result = "accepted"
	Refused  Result = "refused"
	// Answered and Failed are results of requests for keys, or of the question whose access token it is.
	Answered Result = "answered"
	Failed   Result = "failed"
	// Unavailable is the result of a token whose provider could not be reached.
	Unavailable Result = "unavailable"
)

// TokenResults returns the results of tokens.
func TokenResults() []Result { return []Result{Accepted, Refused, Unavailable} }

// RequestResults returns the results of requests to providers.
func RequestResults() []Result { return []Result{Answered, Failed} }

// Watch is told what providers do; its functions may be nil.
type Watch struct {
	// Verified is called once for each token of a configured provider.
	Verified func(provider models.IdentityProvider, result Result)
	// Asked is called once for each request to a provider.
	Asked func(provider models.IdentityProvider, result Result)
}

func (w Watch) verified(provider models.IdentityProvider, err error) {
	if w.Verified == nil {
		return
	}

	var unreachable *unavailableError
	switch {
	case err == nil:
		w.Verified(provider, Accepted)
	case errors.As(err, &unreachable):
		w.Verified(provider, Unavailable)
	default:
		w.Verified(provider, Refused)
	}
}

func (w Watch) asked(provider models.IdentityProvider, err error) {
	switch {
	case w.Asked == nil:
	case err == nil:
		w.Asked(provider, Answered)
	default:
		w.Asked(provider, Failed)
	}
}

// Providers returns the configured providers, each once.
func (v *Verifier) Providers() []models.IdentityProvider {
	var providers []models.IdentityProvider
	known := map[models.IdentityProvider]bool{}
	for _, issuer := range v.issuers {
		if !known[issuer.Provider] {
			known[issuer.Provider] = true
			providers = append(providers, issuer.Provider)
		}
	}

	return providers
}

// KeyAges returns how long ago the keys of each provider were fetched: of several issuers, the oldest keys. A provider
// whose keys no token has needed yet is left out.
func (v *Verifier) KeyAges() map[models.IdentityProvider]time.Duration {
	ages := map[models.IdentityProvider]time.Duration{}
	for _, issuer := range v.issuers {
		if age, fetched := issuer.keys.age(); fetched {
			ages[issuer.Provider] = max(ages[issuer.Provider], age)
		}
	}
	return ages
}

// age returns how long ago the keys were fetched, and false if they never were.
func (k *keys) age() (time.Duration, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now().Sub(k.fetchedAt), !k.fetchedAt.IsZero()
}
