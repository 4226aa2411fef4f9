package notify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/accountql/accountql/models"
)

func TestDrainWaitsForWhatRunHasInHand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore(due("slow"))
		sender := newRecorder(func(_ context.Context, message Rendered, _ int) error {
			if message.ID == "slow" {
				time.Sleep(2 * time.Second)
			}
			return nil
		})
		worker, _ := testWorker(t, store, sender)
		defer start(t, worker)()
		synctest.Wait()
		store.add(due("new"))
		if err := worker.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if store.get("slow").SentAt == nil || store.get("new").SentAt == nil {
			t.Error("Drain returned before the messages were there")
		}
	})
}

func TestDrainEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore(due("slow"))
		sender := newRecorder(func(ctx context.Context, _ Rendered, _ int) error {
			time.Sleep(2 * time.Second)
			return ctx.Err()
		})
		worker, _ := testWorker(t, store, sender)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := worker.Drain(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Drain: %v", err)
		}
		if err := worker.Drain(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Drain after its end: %v", err)
		}

		// The attempt under way finishes although nothing waits for it.
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if store.get("slow").SentAt == nil {
			t.Error("the message was dropped")
		}

		store.failClaims = 1
		if err := worker.Drain(t.Context()); !errors.Is(err, errDatabase) {
			t.Errorf("Drain without a database: %v", err)
		}
	})
}

func TestShutdownFinishesWhatIsInHand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		for i := range 20 {
			store.add(due(fmt.Sprint(i)))
		}

		sender := newRecorder(func(ctx context.Context, _ Rendered, _ int) error {
			time.Sleep(2 * time.Second)
			return ctx.Err()
		})
		worker, _ := testWorker(t, store, sender)
		stop := start(t, worker)
		synctest.Wait()
		began := time.Now()
		stop()
		if took := time.Since(began); took != 2*time.Second {
			t.Errorf("the shutdown took %s", took)
		}

		sent := 0
		for i := range 20 {
			message := store.get(fmt.Sprint(i))
			switch {
			case message.SentAt != nil:
				sent++
			case message.Attempts != 0:
				t.Errorf("message %d was claimed and left", i)
			}
		}

		if sent != 8 {
			t.Errorf("%d messages were in hand", sent)
		}
	})
}

func TestDatabaseFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, sender := newFakeStore(due("m"), notice("later")), newRecorder(nil)
		store.failClaims, store.failMarks = 2, 2
		worker, log := testWorker(t, store, sender)
		stop := start(t, worker)
		time.Sleep(20 * time.Second)
		synctest.Wait()
		stop()
		if sender.times("m") != 1 || store.get("m").SentAt == nil || store.get("later").SentAt == nil {
			t.Errorf("sent %d times, %+v", sender.times("m"), store.get("m"))
		}
		if !strings.Contains(log.String(), "disk on fire") {
			t.Errorf("the log lacks the cause: %s", log)
		}
	})
}

func TestAMessageThatIsGoneNeedsNoMark(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore(due("m"))
		sender := newRecorder(func(context.Context, Rendered, int) error {
			store.mu.Lock()
			defer store.mu.Unlock()
			store.messages = nil
			return nil
		})
		worker, log := testWorker(t, store, sender)
		if err := worker.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(log.String(), "ERROR") {
			t.Errorf("logged an error: %s", log)
		}
	})
}

// shortStore returns fewer messages than requested, like a store that found stale ones among them.
type shortStore struct{ *fakeStore }

func (s shortStore) ClaimMessages(
	ctx context.Context, now time.Time, lease time.Duration, _ int,
) ([]models.Message, error) {
	return s.fakeStore.ClaimMessages(ctx, now, lease, 1)
}

func TestDrainGoesOnAfterAShortBatch(t *testing.T) {
	store := newFakeStore(due("1"), due("2"), due("3"))
	worker, _ := testWorker(t, shortStore{store}, newRecorder(nil))
	if err := worker.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if store.get("3").SentAt == nil {
		t.Error("Drain left a message that was due")
	}
}

// TestAStalledProviderDoesNotKeepTheProcess guards that attempts are cancelled at the end of the grace; the next
// process sends their messages.
func TestAStalledProviderDoesNotKeepTheProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore(due("stalled"))
		sender := newRecorder(func(ctx context.Context, _ Rendered, _ int) error {
			<-ctx.Done()
			return ctx.Err()
		})
		worker, _ := testWorker(t, store, sender)
		stop := start(t, worker)
		synctest.Wait()
		began := time.Now()
		stop()
		if took := time.Since(began); took != 5*time.Second {
			t.Errorf("the shutdown took %s", took)
		}
		if message := store.get("stalled"); message.FailedAt != nil || message.LastError == nil {
			t.Errorf("the message is not left for the next process: %+v", message)
		}
	})
}
