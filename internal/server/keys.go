package server

import (
	"context"
	"log/slog"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	// keysInterval is how often a process looks for the keys that `accountql keys rotate` has made.
	keysInterval = 10 * time.Second
	// expiryInterval is how often API keys that expire within expiryWarning are told, by the log and by the alert
	// AccountQLKeyExpires.
	expiryInterval = 24 * time.Hour
	expiryWarning  = 14 * 24 * time.Hour
)

// keyWatch reads the keys of codes and of the outbox, and tells when there are new ones.
type keyWatch struct {
	read func(ctx context.Context) (newest map[models.KeyPurpose]int, err error)
	log  *slog.Logger
	// last holds the newest keys of the last call.
	last map[models.KeyPurpose]int
}

// run reads the keys at once and then at every keysInterval until ctx ends.
func (k *keyWatch) run(ctx context.Context) {
	k.check(ctx)
	every(ctx, keysInterval, k.check)
}

// check reads the keys. If the database does not answer, the next call tries again, and after a minute whatever needs
// a key reads it itself.
func (k *keyWatch) check(ctx context.Context) {
	newest, err := k.read(ctx)
	if err != nil {
		return
	}

	for purpose, number := range newest {
		if before := k.last[purpose]; before != 0 && before != number {
			k.log.InfoContext(ctx, "a new key is in use", "id", models.ServerKey{Purpose: purpose, Number: number}.ID())
		}
	}

	k.last = newest
}

// expiryWatch tells which API keys expire soon (R-ROT4).
type expiryWatch struct {
	keys func(ctx context.Context) ([]models.APIKey, error)
	now  func() time.Time
	log  *slog.Logger
}

// run warns at once and then every day until ctx ends.
func (e *expiryWatch) run(ctx context.Context) {
	e.check(ctx)
	every(ctx, expiryInterval, e.check)
}

// check logs a line for each live key that expires soon. Its name is the operator's.
func (e *expiryWatch) check(ctx context.Context) {
	keys, err := e.keys(ctx)
	if err != nil {
		if ctx.Err() == nil {
			e.log.WarnContext(ctx, "it is unknown which API keys expire soon", "error", err)
		}
		return
	}

	for _, key := range keys {
		if key.ExpiresAt == nil || !key.Live(e.now()) || key.ExpiresAt.Sub(e.now()) > expiryWarning ||
			key.AccountPage() { // it is exchanged without anybody
			continue
		}
		e.log.WarnContext(ctx, "an API key expires soon: make another with `accountql apikey create`", "name", key.Name,
			"id", key.ID, "expires", key.ExpiresAt.UTC().Format(time.RFC3339))
	}
}
