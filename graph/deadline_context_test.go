package graph

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

// deadlineCase is one way in which a context with a deadline of a second ends.
type deadlineCase struct {
	// parent is how long the parent lives, or 0 for a parent without an end, and at is when the context is looked at.
	parent, at time.Duration
	// waits is true if somebody waits for the end from the beginning.
	waits bool
	// ends says who ends it when it has been looked at: "nobody", "parent" or "owner".
	ends string
}

type deadlineKey struct{}

// outcome describes all that a context says in a case, at that moment and much later.
func (c deadlineCase) outcome(with func(context.Context, time.Duration) (context.Context, context.CancelFunc)) string {
	began := time.Now()
	parent, endParent := context.WithCancel(context.WithValue(context.Background(), deadlineKey{}, "kept"))
	defer endParent()
	if c.parent > 0 {
		parent, endParent = context.WithTimeout(parent, c.parent)
		defer endParent()
	}

	ctx, end := with(parent, time.Second)
	defer end()
	if c.waits {
		ctx.Done()
	}

	var said []any
	look := func() { said = append(said, ctx.Err()) }
	time.Sleep(c.at)
	synctest.Wait()
	look()

	switch c.ends {
	case "parent":
		endParent()
	case "owner":
		end()
	}
	synctest.Wait()
	look()

	time.Sleep(time.Hour)
	synctest.Wait()
	look()
	endParent()
	synctest.Wait()
	look()

	_, open := <-ctx.Done()
	look()
	due, given := ctx.Deadline()

	return fmt.Sprint(said, open, due.Sub(began), given, ctx.Value(deadlineKey{}))
}

// TestDeadlineIsOne compares a deadline with that of the package context, however and whenever it ends, and whoever
// waits for it.
func TestDeadlineIsOne(t *testing.T) {
	var cases []deadlineCase
	for _, parent := range []time.Duration{0, 500 * time.Millisecond, 2 * time.Second} {
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

// TestDeadlineThatNobodySaw looks at a context for the first time when it has ended long ago.
func TestDeadlineThatNobodySaw(t *testing.T) {
	for name, want := range map[string]error{"owner": context.Canceled, "nobody": context.DeadlineExceeded} {
		synctest.Test(t, func(t *testing.T) {
			ctx, end := withDeadline(context.Background(), time.Second)
			defer end()
			if name == "owner" {
				end()
			}

			time.Sleep(time.Hour)
			first := ctx.Err()
			<-ctx.Done()
			if !errors.Is(first, want) || !errors.Is(ctx.Err(), want) {
				t.Errorf("ended by %s: %v, then %v", name, first, ctx.Err())
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
