package graph

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

// deadlineCase is one way in which a context with a deadline of a second ends.
type deadlineCase struct {
	// parent is how long the parent lives, and at is when the context is looked at.
	parent, at time.Duration
	// waits is true if somebody waits for the end from the beginning.
	waits bool
	// ends says who ends it before it is looked at again: "nobody", "parent" or "owner".
	ends string
}

type deadlineKey struct{}

// outcome describes all that a context says in a case.
func (c deadlineCase) outcome(with func(context.Context, time.Duration) (context.Context, context.CancelFunc)) string {
	began := time.Now()
	parent, endParent := context.WithTimeout(context.WithValue(context.Background(), deadlineKey{}, "kept"), c.parent)
	defer endParent()
	ctx, end := with(parent, time.Second)
	defer end()
	if c.waits {
		ctx.Done()
	}

	time.Sleep(c.at)
	synctest.Wait()
	before := ctx.Err()

	switch c.ends {
	case "parent":
		endParent()
	case "owner":
		end()
	}

	after := ctx.Err()
	closed := false
	select {
	case <-ctx.Done():
		closed = true
	default:
	}
	due, given := ctx.Deadline()

	return fmt.Sprint(before, after, ctx.Err(), closed, due.Sub(began), given, ctx.Value(deadlineKey{}))
}

// TestDeadlineIsOne compares a deadline with that of the package context, however and whenever it ends, and whoever
// waits for it.
func TestDeadlineIsOne(t *testing.T) {
	var cases []deadlineCase
	for _, parent := range []time.Duration{500 * time.Millisecond, 2 * time.Second} {
		for _, at := range []time.Duration{0, 250 * time.Millisecond, 750 * time.Millisecond, 3 * time.Second} {
			for _, ends := range []string{"nobody", "parent", "owner"} {
				cases = append(cases, deadlineCase{parent, at, false, ends}, deadlineCase{parent, at, true, ends})
			}
		}
	}

	for _, one := range cases {
		synctest.Test(t, func(t *testing.T) {
			if got, want := one.outcome(withDeadline), one.outcome(context.WithTimeout); got != want {
				t.Errorf("%+v: %s, want %s", one, got, want)
			}
		})
	}
}

// TestDeadlineNeedsNoGoroutine derives contexts, which end with the deadline.
func TestDeadlineNeedsNoGoroutine(t *testing.T) {
	const several = 100
	ctx, end := withDeadline(t.Context(), time.Hour)
	before := runtime.NumGoroutine()
	var derived []context.Context
	for range several {
		one, cancel := context.WithCancel(ctx)
		defer cancel()
		derived = append(derived, one)
	}
	if now := runtime.NumGoroutine(); now >= before+several {
		t.Errorf("%d goroutines wait", now-before)
	}

	end()
	for _, one := range derived {
		<-one.Done()
	}
}
