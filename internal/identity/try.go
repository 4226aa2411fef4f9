package identity

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Reached is the result of asking an issuer for its keys.
type Reached struct {
	Issuer string
	// CustomerTokens is set for an issuer of --customer-tokens.
	CustomerTokens bool
	// Keys is how many of its keys can be used.
	Keys int
	Err  error
}

// Try asks every issuer for its keys, all at the same time, in the order of the files. Of the app of Facebook whose
// access tokens are accepted, it also connects to the endpoint that checks them.
func (v *Verifier) Try(ctx context.Context) []Reached {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()

	results := make([]Reached, len(v.issuers))
	var running sync.WaitGroup
	for i, issuer := range v.issuers {
		running.Go(func() {
			found, err := issuer.keys.ask(ctx)
			if issuer.AppSecret != "" {
				if connectErr := v.client.Connect(ctx, issuer.DebugTokenURL); connectErr != nil {
					err = errors.Join(err, fmt.Errorf("the endpoint of access tokens: %w", connectErr))
				}
			}

			results[i] = Reached{
				Issuer: issuer.Issuer, CustomerTokens: issuer.customerTokens, Keys: len(found), Err: err,
			}
		})
	}

	running.Wait()

	return results
}
