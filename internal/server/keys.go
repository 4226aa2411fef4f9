package server

import (
	"context"
	"time"
)

// keysInterval is how often a process looks for the keys that `accountql keys rotate` has made.
const keysInterval = 10 * time.Second

// readKeys reads the keys of codes and of the outbox again. If the database does not answer, the next call tries
// again, and after a minute whatever needs a key reads it itself.
func (s *server) readKeys(ctx context.Context) {
	if changed, err := s.store.ReadKeys(ctx); err == nil && changed {
		s.log.InfoContext(ctx, "new keys are in use")
	}
}
