package auth

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	// activityResolution is the precision of the times of last use.
	activityResolution = time.Minute
	// flushInterval is the time between two writes; each writes all collected uses.
	flushInterval = 10 * time.Second
	// maxNoted limits the memory for uses between two writes; further uses are dropped, because the next request
	// notes them again.
	maxNoted = 10_000
)

// Activity collects the uses of keys and sessions and writes them in batches, so that a request that only reads
// causes no write of its own.
type Activity struct {
	store Store
	log   *slog.Logger
	mu    sync.Mutex
	uses  map[[3]string]models.Activity
}

// NewActivity returns an Activity without uses.
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

// Run writes the collected uses every few seconds, and once more when ctx ends.
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

// Flush writes the collected uses. If the write fails, they are dropped: a time of last use is not worth a retry.
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
