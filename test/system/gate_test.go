package system

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// gate stops callers until each of them has arrived, or has ended its request without arriving.
type gate struct {
	t       testing.TB
	mu      sync.Mutex
	missing int
	open    chan struct{}
}

func newGate(t testing.TB, callers int) *gate {
	return &gate{t: t, missing: callers, open: make(chan struct{})}
}

// pass waits until the gate opens.
func (g *gate) pass() {
	g.count()
	select {
	case <-g.open:
	case <-time.After(world.Patience):
		g.t.Error("the gate stays shut: a caller neither comes nor ends")
	}
}

// count notes that a caller has arrived or ended. A caller that has arrived ends only after the gate has opened, so
// none counts twice.
func (g *gate) count() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.missing--; g.missing == 0 {
		close(g.open)
	}
}

// concurrently sends one request for each number concurrently, and returns the responses.
func (g *gate) concurrently(callers int, send func(i int) *world.Answer) []*world.Answer {
	return concurrently(callers, func(i int) *world.Answer {
		defer g.count()
		return send(i)
	})
}

// gatedStore makes the callers wait after the reads that find a secret.
type gatedStore struct {
	account.Store
	gate *gate
}

func (s gatedStore) ChallengeBySecret(
	ctx context.Context, purpose models.Purpose, hash []byte,
) (*models.Challenge, error) {
	challenge, err := s.Store.ChallengeBySecret(ctx, purpose, hash)
	s.gate.pass()
	return challenge, err
}

func (s gatedStore) PendingChallenge(
	ctx context.Context, accountID string, purpose models.Purpose, now time.Time,
) (*models.Challenge, error) {
	challenge, err := s.Store.PendingChallenge(ctx, accountID, purpose, now)
	s.gate.pass()
	return challenge, err
}

// gatedAuth makes them wait after the read that finds the session.
type gatedAuth struct {
	auth.Store
	gate *gate
}

func (s gatedAuth) Authenticate(
	ctx context.Context, key, token []byte, now time.Time,
) (*models.APIKey, *models.Session, *models.Account, error) {
	apiKey, session, customer, err := s.Store.Authenticate(ctx, key, token, now)
	s.gate.pass()
	return apiKey, session, customer, err
}

// raceForSecret is atOnce with all callers waiting after the read that finds a secret.
func raceForSecret(t testing.TB, w *world.World, callers int, send func(i int) *world.Answer) []*world.Answer {
	held, original := newGate(t, callers), w.Service.Store
	w.Service.Store = gatedStore{original, held}
	defer func() { w.Service.Store = original }()

	return held.concurrently(callers, send)
}

// raceForSession is atOnce with all callers waiting after the read that finds their session.
func raceForSession(t testing.TB, w *world.World, callers int, send func(i int) *world.Answer) []*world.Answer {
	t.Helper()
	held, original := newGate(t, callers), w.Handler
	var err error
	w.Handler, err = graph.New(w.Service, graph.Options{
		Origin: world.OwnOrigin,
		Authenticator: &auth.Authenticator{
			Store: gatedAuth{w.Store, held}, Now: w.Clock.Now, SessionIdle: w.Service.Settings.SessionIdle,
		},
		OperationTimeout: world.Patience, Log: slog.New(slog.DiscardHandler),
	})
	world.Check(t, err)
	defer func() { w.Handler = original }()

	return held.concurrently(callers, send)
}

// concurrently sends one request for each number concurrently, and returns the responses.
func concurrently(callers int, send func(i int) *world.Answer) []*world.Answer {
	answers := make([]*world.Answer, callers)
	var running sync.WaitGroup
	for i := range callers {
		running.Go(func() { answers[i] = send(i) })
	}
	running.Wait()
	return answers
}
