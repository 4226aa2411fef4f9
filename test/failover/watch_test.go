//go:build failover

package failover

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/accountql/accountql/test/journal"
)

// watch measures for how long the processes are away in one round.
type watch struct {
	services []*journal.Service
	mu       sync.Mutex
	began    time.Time
	// late is when the new leader was there: a request sent later finds it.
	late time.Time
	// last is each process's last acknowledgement; gap is the longest time between two, for each and for all together.
	last   map[*journal.Service]time.Time
	gap    map[*journal.Service]time.Duration
	lastOf time.Time
	gapOf  time.Duration
	found  map[*journal.Service]bool
	// unready is when a process was not ready for the first time and for the last.
	unready  [2]time.Time
	finished chan struct{}
	polling  sync.WaitGroup
}

func newWatch(d *journal.Driver) *watch {
	w := &watch{
		services: d.Services, last: map[*journal.Service]time.Time{}, gap: map[*journal.Service]time.Duration{},
		found: map[*journal.Service]bool{}, finished: make(chan struct{}),
	}
	d.Acknowledge = w.acknowledge
	return w
}

// begin begins to measure.
func (w *watch) begin() {
	w.mu.Lock()
	w.began = time.Now()
	for _, s := range w.services {
		if w.last[s].IsZero() {
			w.last[s] = w.began
		}
	}
	if w.lastOf.IsZero() {
		w.lastOf = w.began
	}
	w.mu.Unlock()

	for _, s := range w.services {
		w.polling.Go(func() { w.poll(s) })
	}
}

// poll asks a process whether it is ready.
func (w *watch) poll(s *journal.Service) {
	for {
		if s.Readiness() != http.StatusOK {
			w.mu.Lock()
			w.unready[1] = time.Now()
			if w.unready[0].IsZero() {
				w.unready[0] = w.unready[1]
			}
			w.mu.Unlock()
		}

		select {
		case <-w.finished:
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// turn says that another node leads.
func (w *watch) turn() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.late = time.Now()
}

func (w *watch) acknowledge(s *journal.Service, sent time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	if !w.began.IsZero() {
		w.gap[s] = max(w.gap[s], now.Sub(w.last[s]))
		w.gapOf = max(w.gapOf, now.Sub(w.lastOf))
	}

	w.last[s], w.lastOf = now, now
	if !w.late.IsZero() && sent.After(w.late) {
		w.found[s] = true
	}
}

// turned reports whether both processes have found the new leader.
func (w *watch) turned() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.found) == len(w.services)
}

// end ends the measurement.
func (w *watch) end() {
	close(w.finished)
	w.polling.Wait()
}

// away returns the longest time in which no process acknowledged a change, in which one of them didn't, and in
// which one of them was not ready.
func (w *watch) away() [3]time.Duration {
	return [3]time.Duration{w.gapOf, slices.Max(slices.Collect(maps.Values(w.gap))), w.unready[1].Sub(w.unready[0])}
}

func (w *watch) String() string {
	away := w.away()
	return fmt.Sprintf("no write for %.1f s, none of one process for %.1f s, not both ready for %.1f s",
		away[0].Seconds(), away[1].Seconds(), away[2].Seconds())
}
