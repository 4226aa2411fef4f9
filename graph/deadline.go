package graph

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// deadline is a context that ends at a time, as that of context.WithDeadline does, but it has a timer only once
// somebody waits for its end. A read of SQLite never does, and the timer would be a fortieth of its time.
type deadline struct {
	context.Context
	at time.Time
	// timed is what is waited for; it is nil until somebody does.
	timed atomic.Pointer[timedContext]

	mu    sync.Mutex
	ended bool
}

type timedContext struct {
	context.Context
	cancel context.CancelFunc
}

// withDeadline returns a context that ends after a time, or with its parent, and the function that ends it earlier.
func withDeadline(parent context.Context, after time.Duration) (context.Context, context.CancelFunc) {
	d := &deadline{Context: parent, at: time.Now().Add(after)}
	if earlier, ok := parent.Deadline(); ok && earlier.Before(d.at) {
		d.at = earlier
	}
	return d, d.end
}

func (d *deadline) end() {
	d.mu.Lock()
	defer d.mu.Unlock()

	d.ended = true
	if timed := d.timed.Load(); timed != nil {
		timed.cancel()
	}
}

// Deadline implements context.Context.
func (d *deadline) Deadline() (at time.Time, ok bool) { return d.at, true }

// Done implements context.Context.
func (d *deadline) Done() <-chan struct{} { return d.wait().Done() }

// wait returns the context that has a timer.
func (d *deadline) wait() *timedContext {
	d.mu.Lock()
	defer d.mu.Unlock()

	timed := d.timed.Load()
	if timed == nil {
		timed = &timedContext{}
		timed.Context, timed.cancel = context.WithDeadline(d.Context, d.at)
		if d.ended {
			timed.cancel()
		}
		d.timed.Store(timed)
	}

	return timed
}

// Err implements context.Context.
func (d *deadline) Err() error {
	if d.timed.Load() == nil && d.Context.Err() == nil && time.Now().Before(d.at) {
		d.mu.Lock()
		defer d.mu.Unlock()

		if d.ended {
			return context.Canceled
		}
		return nil
	}
	return d.wait().Err()
}

// Value implements context.Context. The package context asks for what a derived context must wait for, which otherwise
// would take a goroutine.
func (d *deadline) Value(key any) any {
	if timed := d.timed.Load(); timed != nil {
		return timed.Value(key)
	}
	return d.Context.Value(key)
}
