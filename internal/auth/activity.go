package auth

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	// activityResolution is how exact the times of last use are.
	activityResolution = time.Minute
	// flushInterval is how often they are written, together.
	flushInterval = 10 * time.Second
	// maxNoted bounds the memory of uses between two writes; more are forgotten, for the next request notes them again.
	maxNoted = 10_000
)

// Activity collects the uses of keys and sessions and writes them from time to
// time, so that a request that only reads writes nothing.
type Activity struct {
	store Store
	log   *slog.Logger
	mu    sync.Mutex
	uses  map[[3]string]models.Activity
}

// NewActivity returns an empty collection.
func NewActivity(store Store, log *slog.Logger) *Activity {
	return &Activity{store: store, log: log, uses: map[[3]string]models.Activity{}}
}

func (a *Activity) note(use models.Activity) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.uses) < maxNoted {
		a.uses[[3]string{use.SessionID, use.AccountID, use.APIKeyID}] = use
	}
}

// Run writes what was collected every few seconds, and a last time when ctx ends.
func (a *Activity) Run(ctx context.Context) {
	ticker := time.NewTicker(flushInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			a.Flush(ctx)
		case <-ctx.Done():
			a.Flush(context.WithoutCancel(ctx))
			return
		}
	}
}

// Flush writes what was collected. What can't be written is forgotten: a time
// of last use is worth no retry.
func (a *Activity) Flush(ctx context.Context) {
	a.mu.Lock()
	uses := make([]models.Activity, 0, len(a.uses))
	for _, use := range a.uses {
		uses = append(uses, use)
	}
	clear(a.uses)
	a.mu.Unlock()
	if len(uses) == 0 {
		return
	}
	if err := a.store.RecordActivity(ctx, uses); err != nil {
		a.log.Warn("the times of last use could not be written", "uses", len(uses), "error", err)
	}
}
