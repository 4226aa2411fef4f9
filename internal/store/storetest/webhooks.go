package storetest

import (
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// event records an event of the account in a transaction of its own, and returns it.
func (f *fixture) event(accountID string, of models.EventType, at time.Time) models.WebhookEvent {
	f.Helper()
	event := models.WebhookEvent{
		ID: f.id("event"), AccountID: accountID, Type: of, Data: models.JSONObject{"fields": []any{"city"}}, CreatedAt: at,
	}
	f.tx(func(tx account.Tx) error { return tx.RecordWebhookEvent(f.ctx, &event) })

	return event
}

// replayed returns the ids of the selected events, read two at a time.
func (f *fixture) replayed(wanted models.WebhookFilter) (ids []string) {
	f.Helper()
	f.tx(func(tx account.Tx) error {
		ids = nil
		var last *models.WebhookEvent
		for {
			events, err := tx.WebhookEvents(f.ctx, wanted, last, 2)
			if err != nil || len(events) == 0 {
				return err
			}
			for _, event := range events {
				ids = append(ids, event.ID)
			}
			last = &events[len(events)-1]
		}
	})

	return ids
}

func webhookEvents(t *testing.T, f *fixture) {
	ada, bob := "ada", "bob"
	first := f.event(ada, models.EventAccountCreated, base)
	other := f.event(bob, models.EventAccountCreated, base)
	decoy := f.event("", models.EventAccountCreated, base)
	second := f.event(ada, models.EventAccountUpdated, base.Add(time.Second))
	last := f.event(ada, models.EventAccountDeleted, base.Add(time.Minute))
	alone := f.event("carol", models.EventAccountDeleted, base.Add(time.Hour))
	for _, test := range []struct {
		event models.WebhookEvent
		want  int
	}{{first, 1}, {other, 1}, {decoy, 0}, {second, 2}, {last, 3}, {alone, 1}} {
		if test.event.Sequence != test.want {
			t.Errorf("%s has the number %d, want %d", test.event.ID, test.event.Sequence, test.want)
		}
	}

	kept, err := f.WebhookEventsOf(f.ctx, ada)
	f.ok(err)
	if len(kept) != 3 || kept[1].ID != second.ID || kept[1].Sequence != 2 || !kept[1].CreatedAt.Equal(second.CreatedAt) ||
		kept[1].Type != second.Type || len(kept[1].Data) != 1 {
		t.Errorf("kept %+v", kept)
	}
	if kept, err := f.WebhookEventsOf(f.ctx, ""); err != nil || len(kept) != 0 {
		t.Errorf("of nobody: %+v, %v", kept, err)
	}

	for _, test := range []struct {
		wanted models.WebhookFilter
		want   []string
	}{
		{models.WebhookFilter{}, []string{first.ID, other.ID, second.ID, last.ID, alone.ID}},
		{models.WebhookFilter{Since: second.CreatedAt, Until: alone.CreatedAt}, []string{second.ID, last.ID}},
		{models.WebhookFilter{Since: base, AccountID: ada}, []string{first.ID, second.ID, last.ID}},
		{models.WebhookFilter{AccountID: "nobody"}, nil},
	} {
		if got := f.replayed(test.wanted); !slices.Equal(got, test.want) {
			t.Errorf("%+v selects %v, want %v", test.wanted, got, test.want)
		}
	}

	f.ok(f.Reap(f.ctx, base.Add(30*24*time.Hour)))
	if got := f.replayed(models.WebhookFilter{}); !slices.Equal(got, []string{second.ID, last.ID, alone.ID}) {
		t.Errorf("after 30 days %v are left", got)
	}
}

// webhookNumbers checks that the numbers of an account follow the commits: who takes the next one waits for whoever
// took the last, and a number that was rolled back is taken again.
func webhookNumbers(t *testing.T, f *fixture) {
	record := func(tx account.Tx, id string) (int, error) {
		event := models.WebhookEvent{
			ID: id, AccountID: "ada", Type: models.EventAccountUpdated, Data: models.JSONObject{}, CreatedAt: base,
		}
		err := tx.RecordWebhookEvent(f.ctx, &event)
		return event.Sequence, err
	}

	regret := errors.New("a change of mind")
	for _, ends := range []error{regret, nil} {
		taken, end, second := make(chan int), make(chan struct{}), make(chan int, 1)
		var running sync.WaitGroup
		running.Go(func() {
			err := f.InTx(f.ctx, func(tx account.Tx) error {
				number, err := record(tx, "first")
				taken <- number
				<-end
				return errors.Join(err, ends)
			})
			if !errors.Is(err, ends) {
				t.Error(err)
			}
		})

		number := <-taken
		running.Go(func() {
			err := f.InTx(f.ctx, func(tx account.Tx) error {
				number, err := record(tx, f.id("second"))
				second <- number
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})

		time.Sleep(100 * time.Millisecond)
		early := len(second) > 0
		close(end)
		running.Wait()

		if early {
			t.Errorf("a number was given while %d was not committed", number)
		}
		want := number + 1
		if ends != nil {
			want = number
		}
		if got := <-second; got != want {
			t.Errorf("after %d, which ended with %v, the next is %d", number, ends, got)
		}
	}
}

// webhookNumbersRace checks that concurrent events leave no gap and no double.
func webhookNumbersRace(t *testing.T, f *fixture) {
	var lock sync.Mutex
	seen := map[int]bool{}
	f.race(func(n int) error {
		event := models.WebhookEvent{
			ID: "event-" + strconv.Itoa(n), AccountID: "ada", Type: models.EventAccountUpdated, Data: models.JSONObject{},
			CreatedAt: base,
		}
		err := f.InTx(f.ctx, func(tx account.Tx) error { return tx.RecordWebhookEvent(f.ctx, &event) })
		if err == nil {
			lock.Lock()
			seen[event.Sequence] = true
			lock.Unlock()
		}
		return err
	}, func(error) bool { return false })

	for number := 1; number <= many; number++ {
		if !seen[number] {
			t.Errorf("nobody got the number %d", number)
		}
	}
}

// webhookTargets checks who is told, and that each queue is claimed by its own worker alone.
func webhookTargets(t *testing.T, f *fixture) {
	told := func() (targets []models.WebhookTarget) {
		f.tx(func(tx account.Tx) (err error) {
			targets, err = tx.WebhookTargets(f.ctx)
			return err
		})
		return targets
	}
	if got := told(); len(got) != 0 {
		t.Errorf("told from the start: %+v", got)
	}

	some := []models.EventType{models.EventAccountCreated, models.EventAccountDeleted}
	removed, err := f.RecordWebhookTargets(f.ctx, []models.WebhookTarget{{Name: "b"}, {Name: "a", Events: some}}, base)
	f.ok(err)
	got := told()
	if len(removed) != 0 || len(got) != 2 || got[0].Name != "a" || !slices.Equal(got[0].Events, some) ||
		got[1].Name != "b" || got[1].Events != nil || !got[0].RecordedAt.Equal(base) {
		t.Fatalf("removed %v, recorded %+v", removed, got)
	}
	if got[0].Wants(models.EventPasswordChanged) || !got[0].Wants(some[1]) || !got[1].Wants(models.EventPasswordChanged) {
		t.Error("the types are not those that the target wants")
	}

	mail := f.message("", "")
	queued := map[string]string{}
	for _, target := range []string{"a", "b"} {
		message := &models.Message{ID: f.id("message"), Channel: models.ChannelWebhook, Kind: "account.created",
			Recipient: target, Data: models.MessageData{Event: "{}", EventID: "event"}, CreatedAt: base, NotBefore: base}
		f.tx(func(tx account.Tx) error { return tx.Enqueue(f.ctx, message) })
		queued[target] = message.ID
	}

	if got := f.claim(base); !slices.Equal(got, []string{mail.ID}) {
		t.Errorf("the mail's worker claims %v", got)
	}
	claimed, err := f.QueueOf("b").ClaimMessages(f.ctx, base, time.Minute, 10)
	f.ok(err)
	if len(claimed) != 1 || claimed[0].ID != queued["b"] || claimed[0].Data.EventID != "event" {
		t.Errorf("the worker of b claims %+v", claimed)
	}

	states, err := f.OutboxByTarget(f.ctx)
	f.ok(err)
	if len(states) != 2 || states["a"].Pending != 1 || states["a"].Oldest == nil {
		t.Errorf("states %+v", states)
	}

	removed, err = f.RecordWebhookTargets(f.ctx, []models.WebhookTarget{{Name: "b"}}, base)
	f.ok(err)
	f.ok(f.Reap(f.ctx, base))
	states, err = f.OutboxByTarget(f.ctx)
	f.ok(err)
	if !slices.Equal(removed, []string{"a"}) || len(states) != 1 || states["b"].Pending != 1 {
		t.Errorf("removed %v, states %+v", removed, states)
	}
	f.notFound(f.MarkSent(f.ctx, queued["a"], base))
}
