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

// readKeys reads the keys of codes and of the outbox again. If the database does not answer, the next call tries
// again, and after a minute whatever needs a key reads it itself.
func (s *server) readKeys(ctx context.Context) {
	if changed, err := s.store.ReadKeys(ctx); err == nil && changed {
		s.log.InfoContext(ctx, "new keys are in use")
	}
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
		if key.ExpiresAt == nil || !key.Live(e.now()) || key.ExpiresAt.Sub(e.now()) > expiryWarning {
			continue
		}
		e.log.WarnContext(ctx, "an API key expires soon: make another with `accountql apikey create`", "name", key.Name,
			"id", key.ID, "expires", key.ExpiresAt.UTC().Format(time.RFC3339))
	}
}
