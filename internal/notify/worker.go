// Package notify delivers the messages of the outbox. The transaction of a change writes its messages; the worker
// here sends them afterwards, so that no provider can slow an operation down or lose a message (R-OUT1, R-OUT4).
package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/models"
)

// Store is the outbox. Its methods return an error if the database can't serve now; the worker then retries later.
type Store interface {
	// ClaimMessages returns up to limit unsent messages that are due, the longest due first, and gives them to this
	// caller alone: in the same statement it counts the attempt and moves NotBefore to now plus lease, so that no
	// other process gets them (R-OUT5) and a crash only delays them. The returned Attempts includes this attempt.
	// It never returns a message whose challenge is used, replaced or expired, or whose account is deleted
	// (R-OUT2); neither such a message nor a row that can't be read delays those behind it. The result is empty
	// only if nothing is due. The worker calls it every few seconds, so it must write nothing then.
	ClaimMessages(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]models.Message, error)
	// MarkSent records that a message was sent and deletes its token and code. It returns models.ErrNotFound if the
	// message does not exist or has been sent before.
	MarkSent(ctx context.Context, id string, now time.Time) error
	// MarkFailed records why an attempt failed and when the next one is due; a nil retryAt means never. The reason
	// holds no personal data and no secret. It returns models.ErrNotFound in the same cases as MarkSent.
	MarkFailed(ctx context.Context, id string, now time.Time, reason string, retryAt *time.Time) error
}

// Sender sends the messages of one channel to its provider.
type Sender interface {
	// Send returns once the provider has accepted the message, or when ctx ends. It returns an error made by
	// Permanent if a retry is bound to fail again; every other error is temporary. Calls run concurrently, and a
	// message can come twice: its ID stays the same.
	Send(ctx context.Context, message Rendered) error
}

// Config configures a Worker. A zero field below Log gets the default that its comment names.
type Config struct {
	Store Store
	// Render returns what is sent of a message: Renderer.Render except in tests.
	Render func(message models.Message) (Rendered, error)
	// Senders holds the sender of each channel.
	Senders map[models.MessageChannel]Sender
	Log     *slog.Logger

	// Tracer makes a span of each attempt, in the trace of the request that queued the message; nil makes none.
	Tracer *trace.Tracer
	// Attempted is called after each attempt with its channel and result; nil is allowed.
	Attempted func(channel models.MessageChannel, result Result)
	// Now is the clock; default time.Now.
	Now func() time.Time
	// Random returns a number in [0,1) that spreads retries; default rand.Float64 of math/rand/v2.
	Random func() float64
	// Poll is how often the worker reads the outbox without a Wake, for retries and for messages of other
	// processes; default 3 seconds.
	Poll time.Duration
	// SendTimeout is how long one message may take; default 20 seconds.
	SendTimeout time.Duration
	// Concurrency is how many messages are sent at the same time; default 8. A stalled provider therefore delays
	// only some of the others.
	Concurrency int
	// Grace is how long attempts under way may still take once Run ends; then they are cancelled, and the next
	// process sends their messages; default 5 seconds.
	Grace time.Duration
}

// markTimeout bounds the write that follows an attempt.
const markTimeout = 5 * time.Second

// Worker sends the messages of the outbox. Several workers, in this and in other processes, can share one outbox.
type Worker struct {
	config Config
	lease  time.Duration
	wake   chan struct{}
	// slots holds one value for each message that is being sent.
	slots chan struct{}
	// claiming is held from a claim until its messages are in inFlight, so that Drain can't miss a message that Run
	// has just claimed.
	claiming chan struct{}
	// sending ends when cancelSends is called, which cancels every attempt under way.
	sending     context.Context //nolint:containedctx // the life of the worker, not of a call
	cancelSends context.CancelFunc

	mu sync.Mutex
	// inFlight holds the attempts under way.
	inFlight map[*delivery]struct{}
	scrub    scrubber
}

// delivery is one attempt at one message.
type delivery struct {
	message models.Message
	// done is closed when the outcome is written.
	done chan struct{}
}

// New returns a worker that does nothing until Run or Drain is called.
func New(config Config) *Worker {
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Random == nil {
		config.Random = rand.Float64
	}
	if config.Poll <= 0 {
		config.Poll = 3 * time.Second
	}
	if config.SendTimeout <= 0 {
		config.SendTimeout = 20 * time.Second
	}
	if config.Concurrency <= 0 {
		config.Concurrency = 8
	}
	if config.Grace <= 0 {
		config.Grace = 5 * time.Second
	}

	sending, cancelSends := context.WithCancel(context.Background())

	return &Worker{
		sending: sending, cancelSends: cancelSends,
		config: config,
		// The lease must be longer than the slowest attempt and the write after it; otherwise a second worker would
		// send the same message.
		lease:    2*config.SendTimeout + 2*markTimeout,
		wake:     make(chan struct{}, 1),
		slots:    make(chan struct{}, config.Concurrency),
		claiming: make(chan struct{}, 1),
		inFlight: make(map[*delivery]struct{}),
		scrub:    newScrubber(),
	}
}

// Wake signals Run that there may be something to send. It never blocks, and several calls before Run checks count
// as one.
func (w *Worker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Run sends what is due, on every Wake and every few seconds, until ctx ends; then it finishes the attempts under
// way, claims no more messages, and returns nil.
func (w *Worker) Run(ctx context.Context) error {
	timer := time.NewTimer(w.config.Poll)
	defer timer.Stop()

	unread := false // the outbox; told once, like every other outage
	for {
		switch err := w.dispatch(ctx); {
		case err != nil && ctx.Err() == nil && !unread: // guard: an outage of the outbox is told once
			unread = true
			w.config.Log.ErrorContext(ctx, "the outbox can't be read", "error", detail(err))
		case err == nil && unread:
			unread = false
			w.config.Log.InfoContext(ctx, "the outbox can be read again")
		}

		timer.Reset(w.config.Poll)

		select {
		case <-ctx.Done():
			// A provider that stalls must not keep the process from ending (R-OPS3).
			defer time.AfterFunc(w.config.Grace, w.cancelSends).Stop()
			return w.await(context.WithoutCancel(ctx))
		case <-w.wake:
		case <-timer.C:
		}
	}
}

// Drain makes one attempt at every message that is due now, and returns when these attempts and those of Run are
// over. A failed attempt is not an error: it is retried like any other. Drain returns an error if ctx ends first,
// which cancels no attempt, or if the outbox can't be read.
func (w *Worker) Drain(ctx context.Context) error {
	if err := w.dispatch(ctx); err != nil {
		return err
	}
	return w.await(ctx)
}

// dispatch starts sending messages, as fast as slots become free, until none is due.
func (w *Worker) dispatch(ctx context.Context) error {
	for {
		free, err := w.takeSlots(ctx)
		if err != nil {
			return err
		}

		begun, err := w.claim(ctx, free)
		for range free - begun {
			<-w.slots
		}

		// Fewer messages than slots may be a batch that held stale ones; only an empty batch means the end.
		if err != nil || begun == 0 {
			return err
		}
	}
}

// takeSlots waits for one free slot, takes it and all others that are free, and returns their number.
func (w *Worker) takeSlots(ctx context.Context) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}

	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case w.slots <- struct{}{}:
	}

	taken := 1
	for {
		select {
		case w.slots <- struct{}{}:
			taken++
		default:
			return taken, nil
		}
	}
}

// claim claims up to limit messages, starts sending each in its own slot, and returns their number.
func (w *Worker) claim(ctx context.Context, limit int) (int, error) {
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case w.claiming <- struct{}{}:
	}
	defer func() { <-w.claiming }()
	messages, err := w.config.Store.ClaimMessages(ctx, w.config.Now(), w.lease, limit)
	if err != nil {
		return 0, fmt.Errorf("claim messages: %w", err)
	}

	for _, message := range messages {
		d := &delivery{message: message, done: make(chan struct{})}
		w.mu.Lock()
		w.inFlight[d] = struct{}{}
		w.mu.Unlock()
		// An attempt continues even if the caller's context ends.
		go w.deliver(context.WithoutCancel(ctx), d)
	}

	return len(messages), nil
}

// await returns when every attempt that is under way now is over, or when ctx ends.
func (w *Worker) await(ctx context.Context) error {
	w.mu.Lock()
	waiting := make([]*delivery, 0, len(w.inFlight))
	for d := range w.inFlight {
		waiting = append(waiting, d)
	}

	w.mu.Unlock()

	for _, d := range waiting {
		select {
		case <-d.done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}

	return nil
}

// deliver makes one attempt at a message and records its outcome.
func (w *Worker) deliver(ctx context.Context, d *delivery) {
	defer func() {
		w.mu.Lock()
		delete(w.inFlight, d)
		w.mu.Unlock()
		close(d.done)
		<-w.slots
	}()

	message := d.message
	ctx, span := w.begin(ctx, message)
	defer span.End()

	log := w.config.Log.With("message", message.ID, "kind", message.Kind, "channel", message.Channel,
		"attempt", message.Attempts)
	if err := w.attempt(ctx, log, message); err != nil {
		span.Fail(err)
		w.fail(ctx, log, span, message, err)
		return
	}

	w.attempted(message, span, ResultSent)
	err := w.mark(ctx, func(ctx context.Context) error {
		return w.config.Store.MarkSent(ctx, message.ID, w.config.Now())
	})
	if err != nil {
		log.ErrorContext(ctx, "a message was sent but can't be marked so: it will be sent again", "error", detail(err))
		return
	}

	log.InfoContext(ctx, "message sent")
}

// attempt renders and sends a message. A panic in a template's data or a sender fails only this message.
func (w *Worker) attempt(ctx context.Context, log *slog.Logger, message models.Message) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			// The value may hold anything, also the message, so only its type is logged.
			log.ErrorContext(ctx, "panic while sending a message", "type", fmt.Sprintf("%T", cause),
				"stack", string(debug.Stack()))
			err = errPanic
		}
	}()

	// The time is checked just before sending, because a message can have waited for hours (R-OUT2).
	if expired(message, w.config.Now()) {
		return Permanent(errExpired)
	}

	sender, found := w.config.Senders[message.Channel]
	if !found {
		return Permanent(errNoSender)
	}

	rendered, err := w.config.Render(message)
	if err != nil {
		return Permanent(err)
	}

	ctx, cancel := context.WithTimeout(ctx, w.config.SendTimeout)
	defer cancel()
	defer context.AfterFunc(w.sending, cancel)() //nolint:contextcheck // it is what ends the attempt beside ctx

	return sender.Send(ctx, rendered)
}

// fail records a failed attempt, and when the next one is due.
func (w *Worker) fail(
	ctx context.Context, log *slog.Logger, span trace.Span, message models.Message, cause error,
) {
	retryAt := w.retryAt(message, cause)
	reason := w.scrub.clean(cause.Error(), message)
	if retryAt == nil {
		w.attempted(message, span, ResultGivenUp)
		log.ErrorContext(ctx, "a message is given up", "reason", reason)
	} else {
		w.attempted(message, span, ResultRetried)
		log.WarnContext(ctx, "a message can't be sent now", "reason", reason, "retryAt", *retryAt)
	}

	now := w.config.Now()
	err := w.mark(ctx, func(ctx context.Context) error {
		return w.config.Store.MarkFailed(ctx, message.ID, now, reason, retryAt)
	})
	if err != nil {
		log.ErrorContext(ctx, "a failed message can't be marked so: it will be tried again", "error", detail(err))
	}
}

// mark writes an attempt's outcome, and retries if that fails, because a message that was sent but not marked is
// sent twice. A message that no longer exists needs no mark: its account was deleted in the meantime.
func (w *Worker) mark(ctx context.Context, write func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, markTimeout)
	defer cancel()

	for pause := 50 * time.Millisecond; ; pause *= 4 {
		err := write(ctx)
		if err == nil || errors.Is(err, models.ErrNotFound) {
			return nil
		}
		if pause > time.Second {
			return err
		}

		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}
