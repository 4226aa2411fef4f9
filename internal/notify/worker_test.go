package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/accountql/accountql/models"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// due returns a mail that can be sent at once and whose token is valid for an hour.
func due(id string) models.Message {
	message := testMessage(models.MessagePasswordReset, models.ChannelMail)
	expires := time.Now().Add(time.Hour)
	message.ID, message.CreatedAt, message.NotBefore, message.Attempts = id, time.Now(), time.Now(), 0
	message.Data.ExpiresAt = &expires
	return message
}

// notice returns a mail without a secret, which does not expire.
func notice(id string) models.Message {
	message := due(id)
	message.Kind = models.MessagePasswordChanged
	message.Data.Token, message.Data.Code, message.Data.ExpiresAt = "", "", nil
	return message
}

// testWorker returns a worker without jitter, and its log.
func testWorker(t *testing.T, store Store, sender Sender) (*Worker, *lockedLog) {
	t.Helper()
	log := &lockedLog{}
	return New(Config{
		Store: store, Render: testRenderer(t).Render,
		Senders: map[models.MessageChannel]Sender{models.ChannelMail: sender},
		Log:     slog.New(slog.NewTextHandler(log, nil)), Random: func() float64 { return 0.5 },
	}), log
}

// start runs the worker until the returned function is called, which fails the test if Run returns an error.
func start(t *testing.T, worker *Worker) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- worker.Run(ctx) }()

	return func() {
		t.Helper()
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	}
}

func TestRunSendsOnWakeAndByPolling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, sender := newFakeStore(due("before")), newRecorder(nil)
		worker, _ := testWorker(t, store, sender)
		defer start(t, worker)()
		synctest.Wait()
		if sender.times("before") != 1 {
			t.Error("what was due at the start was not sent")
		}

		store.add(due("woken"))
		worker.Wake()
		worker.Wake()
		synctest.Wait()
		if sender.times("woken") != 1 {
			t.Error("Wake did nothing")
		}

		store.add(due("polled"))
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if sender.times("polled") != 1 {
			t.Error("the outbox was not looked at without a Wake")
		}
		if message := store.get("polled"); message.SentAt == nil || message.Data.Token != "" {
			t.Errorf("not marked: %+v", message)
		}
	})
}

// awayStore has no database while away is true.
type awayStore struct {
	*fakeStore
	away atomic.Bool
}

// ClaimMessages implements Store.
func (s *awayStore) ClaimMessages(
	ctx context.Context, now time.Time, lease time.Duration, limit int,
) ([]models.Message, error) {
	if s.away.Load() {
		return nil, errors.New("the database is gone")
	}
	return s.fakeStore.ClaimMessages(ctx, now, lease, limit)
}

func TestAnOutageOfTheOutboxIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &awayStore{fakeStore: newFakeStore()}
		worker, log := testWorker(t, store, newRecorder(nil))
		defer start(t, worker)()

		for _, away := range []bool{true, false, true, false} {
			store.away.Store(away)
			time.Sleep(time.Minute)
			synctest.Wait()
		}

		for _, told := range []string{"the outbox can't be read", "the outbox can be read again"} {
			if times := strings.Count(log.String(), told); times != 2 {
				t.Errorf("%q is told %d times: %s", told, times, log.String())
			}
		}
	})
}

func TestIdlePollingIsOneClaim(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		worker, _ := testWorker(t, store, newRecorder(nil))
		stop := start(t, worker)
		time.Sleep(time.Minute)
		synctest.Wait()
		stop()
		if store.claims > 21 {
			t.Errorf("%d claims in an idle minute", store.claims)
		}
	})
}

func TestRetriesWithGrowingDelays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore(notice("m"))
		sender := newRecorder(func(_ context.Context, _ Rendered, attempt int) error {
			if attempt <= 12 {
				return errors.New("451 try later")
			}
			return nil
		})
		worker, _ := testWorker(t, store, sender)
		stop := start(t, worker)
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		stop()
		if sender.times("m") != 13 || store.get("m").SentAt == nil {
			t.Fatalf("%d attempts, sent at %v", sender.times("m"), store.get("m").SentAt)
		}

		last := time.Duration(0)
		for i, delay := range store.retries["m"] {
			if delay < last || delay == last && delay < longestDelay {
				t.Errorf("retry %d waits %s after one of %s", i, delay, last)
			}
			last = delay
		}

		if last != longestDelay {
			t.Errorf("the longest delay is %s", last)
		}
		if reason := store.get("m").LastError; reason == nil || *reason != "451 try later" {
			t.Errorf("the reason is %v", reason)
		}
	})
}

func TestGivesUp(t *testing.T) {
	tests := map[string]struct {
		message  func() models.Message
		err      error
		wait     time.Duration
		attempts int
		reason   string
	}{
		"a permanent failure": {
			func() models.Message { return due("m") },
			fmt.Errorf("data: %w", Permanent(errors.New("550 no such user"))), time.Minute, 1, "data: 550 no such user",
		},
		"a token that expires before the next attempt": {
			func() models.Message {
				message := due("m")
				expires := time.Now().Add(12 * time.Second)
				message.Data.ExpiresAt = &expires
				return message
			}, errors.New("451 try later"), time.Minute, 2, "451 try later",
		},
		"a token that has expired": {
			func() models.Message {
				message := due("m")
				expires := time.Now()
				message.Data.ExpiresAt = &expires
				return message
			}, nil, time.Minute, 0, errExpired.Error(),
		},
		"three days": {
			func() models.Message { return notice("m") }, errors.New("451 try later"), 80 * time.Hour, 295,
			"451 try later",
		},
		"a message without a template": {
			func() models.Message {
				message := due("m")
				message.Kind = "NEWS"
				return message
			}, nil, time.Minute, 0, `no template for "NEWS" by "EMAIL"`,
		},
		"a channel without a sender": {
			func() models.Message { return testMessage(models.MessagePhoneChanged, models.ChannelTextMessage) }, nil,
			time.Minute, 0, errNoSender.Error(),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				message := test.message()
				message.ID, message.CreatedAt, message.NotBefore = "m", time.Now(), time.Now()
				if name == "a channel without a sender" {
					message.Data = models.MessageData{}
				}

				store := newFakeStore(message)
				sender := newRecorder(func(context.Context, Rendered, int) error { return test.err })
				worker, _ := testWorker(t, store, sender)
				stop := start(t, worker)
				time.Sleep(test.wait)
				synctest.Wait()
				stop()
				got := store.get("m")
				if got.FailedAt == nil || got.FailedAt.After(time.Now()) || got.SentAt != nil || got.LastError == nil || *got.LastError != test.reason {
					t.Errorf("not given up: %+v", got)
				}
				if attempts := sender.times("m"); attempts != test.attempts {
					t.Errorf("%d attempts, want %d", attempts, test.attempts)
				}
			})
		})
	}
}

func TestPoisonDoesNotStopTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		for i := range 20 {
			poison := due(fmt.Sprintf("poison%d", i))
			switch i % 3 {
			case 0:
				poison.Recipient = "two@example.com,three@example.com"
			case 1:
				poison.ID = fmt.Sprintf("panic%d", i)
			}

			store.add(poison)
		}

		store.add(due("good"))
		sender := newRecorder(func(ctx context.Context, message Rendered, _ int) error {
			switch {
			case strings.HasPrefix(message.ID, "panic"):
				panic("token " + message.Token)
			case strings.HasPrefix(message.ID, "poison"):
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		})
		worker, log := testWorker(t, store, sender)
		stop := start(t, worker)
		time.Sleep(time.Minute)
		synctest.Wait()
		stop()
		if store.get("good").SentAt == nil {
			t.Error("the good message was not sent")
		}
		if store.get("poison0").FailedAt == nil {
			t.Error("a message of two recipients was not given up")
		}
		if failed := store.get("panic1"); failed.FailedAt != nil || failed.LastError == nil {
			t.Errorf("a panic was not retried: %+v", failed)
		}
		if strings.Contains(log.String(), testToken) || !strings.Contains(log.String(), "panic while sending") {
			t.Error("the log tells the token, or no panic")
		}
	})
}

func TestOneStalledMessageHoldsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore(due("stalled"))
		sender := newRecorder(func(ctx context.Context, message Rendered, _ int) error {
			if message.ID == "stalled" {
				<-ctx.Done()
			}
			return ctx.Err()
		})
		worker, _ := testWorker(t, store, sender)
		defer start(t, worker)()
		synctest.Wait()
		for i := range 100 {
			store.add(due(fmt.Sprint(i)))
		}

		worker.Wake()
		synctest.Wait()

		for i := range 100 {
			if store.get(fmt.Sprint(i)).SentAt == nil {
				t.Fatalf("message %d waits", i)
			}
		}

		if store.get("stalled").LastError != nil {
			t.Error("the stalled message had ended already")
		}
	})
}

func TestTwoWorkersNeverSendTwice(t *testing.T) {
	store, sender := newFakeStore(), newRecorder(nil)
	const total = 500
	for i := range total {
		store.add(due(fmt.Sprint(i)))
	}

	one, _ := testWorker(t, store, sender)
	two, _ := testWorker(t, store, sender)
	stopOne, stopTwo := start(t, one), start(t, two)

	for range 3 {
		if err := one.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := two.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}

	stopOne()
	stopTwo()

	for i := range total {
		if times := sender.times(fmt.Sprint(i)); times != 1 {
			t.Errorf("message %d was sent %d times", i, times)
		}
	}
}

func TestTheLogNamesNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore(due("m"), due("n"))
		sender := newRecorder(func(_ context.Context, message Rendered, _ int) error {
			if message.ID == "n" {
				return nil
			}
			return fmt.Errorf("rejected <%s> with %s\r\nlevel=ERROR forged", message.To, message.Text)
		})
		worker, log := testWorker(t, store, sender)
		if err := worker.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}

		kept := log.String() + *store.get("m").LastError
		for _, private := range []string{
			"anna", "Anna", "example.com", testToken, testCode, "203.0.113.7", "\nlevel=ERROR",
		} {
			if strings.Contains(kept, private) {
				t.Errorf("%q is in the log: %s", private, kept)
			}
		}
	})
}
