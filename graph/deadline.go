package graph

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// deadline is a context that ends at a time, as that of context.WithDeadline does, but it has a timer only once
// somebody waits for its end. A read of SQLite never does, and the timer would be a fortieth of its time. Of an end that
// nobody saw, the deadline counts as the cause if it has passed, even if the parent ended earlier.
type deadline struct {
	context.Context
	at time.Time
	// timed is what is waited for; it is nil until somebody does.
	timed atomic.Pointer[timedContext]

	mu sync.Mutex
	// ended is why the context ended before anybody waited, or nil.
	ended error
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

	if timed := d.timed.Load(); timed != nil {
		timed.cancel()
	} else if d.over() == nil {
		d.ended = context.Canceled
	}
}

// over returns why the context has ended, or nil. The mutex must be held.
func (d *deadline) over() error {
	switch {
	case d.ended != nil:
	case !time.Now().Before(d.at):
		d.ended = context.DeadlineExceeded
	default:
		d.ended = d.Context.Err()
	}
	return d.ended
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
	if timed != nil {
		return timed
	}

	timed = &timedContext{}
	switch err := d.over(); {
	case err == nil:
		timed.Context, timed.cancel = context.WithDeadline(d.Context, d.at)
	case errors.Is(err, context.DeadlineExceeded):
		timed.Context, timed.cancel = context.WithDeadline(context.WithoutCancel(d.Context), d.at)
	default:
		timed.Context, timed.cancel = context.WithCancel(context.WithoutCancel(d.Context))
		timed.cancel()
	}

	d.timed.Store(timed)

	return timed
}

// Err implements context.Context.
func (d *deadline) Err() error {
	d.mu.Lock()
	defer d.mu.Unlock()

	if timed := d.timed.Load(); timed != nil {
		return timed.Err()
	}
	return d.over()
}

// Value implements context.Context. The package context asks for what a derived context must wait for, which otherwise
// would take a goroutine.
func (d *deadline) Value(key any) any {
	if timed := d.timed.Load(); timed != nil {
		return timed.Value(key)
	}
	return d.Context.Value(key)
}
