package graph

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

type deadlineKey struct{}

// TestDeadlineIsOne compares a deadline with that of the package context, at each moment and however it ends, whether
// somebody waits for it from the beginning, from the end, or never.
func TestDeadlineIsOne(t *testing.T) {
	const lasting = time.Second
	type makes = func(context.Context, time.Duration) (context.Context, context.CancelFunc)
	ends := map[string]func(parent, own context.CancelFunc){
		"by itself":     func(_, _ context.CancelFunc) {},
		"by its parent": func(parent, _ context.CancelFunc) { parent() },
		"by its owner":  func(_, own context.CancelFunc) { own() },
	}
	for name, end := range ends {
		for _, earlier := range []time.Duration{lasting / 2, 2 * lasting} {
			for _, waits := range []bool{true, false} {
				for _, at := range []time.Duration{0, lasting / 4, 3 * lasting / 4, 3 * lasting} {
					seen := func(make makes) (before, after error, closed bool, until time.Duration) {
						began := time.Now()
						parent, endParent := context.WithTimeout(context.WithValue(context.Background(), deadlineKey{}, name), earlier)
						defer endParent()
						ctx, own := make(parent, lasting)
						defer own()
						if waits {
							ctx.Done()
						}

						time.Sleep(at)
						synctest.Wait()
						before = ctx.Err()
						end(endParent, own)
						after = ctx.Err()
						select {
						case <-ctx.Done():
							closed = true
						default:
						}
						due, _ := ctx.Deadline()
						if ctx.Value(deadlineKey{}) != name || !errors.Is(ctx.Err(), after) {
							t.Error("the values are not the parent's, or the error changes")
						}

						return before, after, closed, due.Sub(began)
					}

					synctest.Test(t, func(*testing.T) {
						before, after, closed, until := seen(withDeadline)
						wantBefore, wantAfter, wantClosed, wantUntil := seen(context.WithTimeout)
						if before != wantBefore || after != wantAfter || closed != wantClosed || until != wantUntil {
							t.Errorf("%s at %v, parent until %v, waits %t: %v, %v, %t, %v; want %v, %v, %t, %v", name, at,
								earlier, waits, before, after, closed, until, wantBefore, wantAfter, wantClosed, wantUntil)
						}
					})
				}
			}
		}
	}
}

// TestDeadlineNeedsNoGoroutine derives contexts, which end with the deadline.
func TestDeadlineNeedsNoGoroutine(t *testing.T) {
	ctx, end := withDeadline(t.Context(), time.Hour)
	before := runtime.NumGoroutine()
	var derived []context.Context
	for range 100 {
		one, cancel := context.WithCancel(ctx)
		defer cancel()
		derived = append(derived, one)
	}
	if now := runtime.NumGoroutine(); now >= before+100 {
		t.Errorf("%d goroutines wait", now-before)
	}

	end()
	for _, one := range derived {
		<-one.Done()
	}
}
