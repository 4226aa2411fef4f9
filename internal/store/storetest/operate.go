package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// retry retries a message in a transaction of its own.
func (f *fixture) retry(id string, at time.Time) error {
	f.Helper()
	return f.InTx(f.ctx, func(tx account.Tx) error {
		_, err := tx.RetryMessage(f.ctx, id, at)
		return err
	})
}

// outboxLooksBehindStale fills whole batches with void messages.
func outboxLooksBehindStale(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	for range 25 {
		f.message(owner.ID, "gone")
	}

	good := f.message(owner.ID, "")
	claimed, err := f.ClaimMessages(f.ctx, base, time.Minute, 4)
	f.ok(err)
	if len(claimed) != 1 || claimed[0].ID != good.ID {
		t.Errorf("claimed %+v", claimed)
	}
	if state, err := f.OutboxState(f.ctx); err != nil || state.Pending != 1 {
		t.Errorf("%+v, %v", state, err)
	}
}

// outboxDeletesOrphans covers messages of deleted accounts, before and after they are sent.
func outboxDeletesOrphans(t *testing.T, f *fixture) {
	f.message("nobody", "")
	if got := f.claim(base); len(got) != 0 {
		t.Errorf("claimed %v of an account that is gone", got)
	}

	sent, failed, event := f.message("", ""), f.message("", ""), &models.Message{
		ID: f.id("message"), Channel: models.ChannelWebhook, Kind: "account.deleted", Recipient: "webhook",
		Data: models.MessageData{Event: "{}"}, CreatedAt: base, NotBefore: base,
	}
	f.tx(func(tx account.Tx) error { return tx.Enqueue(f.ctx, event) })
	f.ok(f.MarkSent(f.ctx, sent.ID, base))
	f.ok(f.MarkFailed(f.ctx, failed.ID, base, "refused", nil))
	f.ok(f.MarkSent(f.ctx, event.ID, base))
	for _, message := range []*models.Message{sent, failed} {
		f.notFound(f.retry(message.ID, base))
	}

	// The event names nobody, and can be sent again.
	f.ok(f.retry(event.ID, base))
	again, err := f.QueueOf("webhook").ClaimMessages(f.ctx, base, time.Minute, 10)
	f.ok(err)
	if len(again) != 1 || again[0].ID != event.ID || again[0].Data.Event != "{}" || again[0].Attempts != 1 {
		t.Errorf("claimed %+v", again)
	}
}

func outboxByChannel(t *testing.T, f *fixture) {
	if states, err := f.OutboxByChannel(f.ctx); err != nil || len(states) != 0 {
		t.Errorf("%+v, %v", states, err)
	}

	for n, channel := range []models.MessageChannel{
		models.ChannelMail, models.ChannelTextMessage, models.ChannelTextMessage, models.ChannelWebhook,
	} {
		f.tx(func(tx account.Tx) error {
			return tx.Enqueue(f.ctx, &models.Message{ID: f.id("message"), Channel: channel,
				CreatedAt: base.Add(time.Duration(n) * time.Second), NotBefore: base.Add(-time.Duration(n) * time.Second)})
		})
	}
	f.claim(base)
	f.ok(f.MarkFailed(f.ctx, "message-0004", base, "gone", nil))
	f.ok(f.MarkSent(f.ctx, "message-0001", base))

	states, err := f.OutboxByChannel(f.ctx)
	f.ok(err)
	texts, hooks := states[models.ChannelTextMessage], states[models.ChannelWebhook]
	if len(states) != 2 || texts.Pending != 2 || texts.Failed != 0 || !texts.Oldest.Equal(base.Add(time.Second)) ||
		hooks.Pending != 0 || hooks.Failed != 1 || hooks.Oldest != nil {
		t.Errorf("%+v", states)
	}
}

func outboxIsOperated(t *testing.T, f *fixture) {
	if state, err := f.OutboxState(f.ctx); err != nil || state != (models.OutboxState{}) {
		t.Fatalf("an empty outbox is %+v, %v", state, err)
	}

	owner := f.account("a@example.com")
	made := func(kind models.MessageKind, at time.Time) *models.Message {
		message := &models.Message{
			ID: f.id("message"), AccountID: owner.ID, Channel: models.ChannelMail, Kind: kind,
			Recipient: "a@example.com",
			Data:      models.MessageData{Token: "secret"}, CreatedAt: at, NotBefore: at,
		}
		f.tx(func(tx account.Tx) error { return tx.Enqueue(f.ctx, message) })
		return message
	}

	reset, changed := made(models.MessagePasswordReset, base), made(models.MessagePasswordChanged, base)
	sent := made(models.MessagePasswordChanged, base)
	older := made(models.MessagePasswordChanged, base.Add(-time.Hour))
	newer := made(models.MessagePasswordChanged, base)
	f.claim(base)
	f.ok(f.MarkSent(f.ctx, sent.ID, base))
	f.ok(f.MarkFailed(f.ctx, reset.ID, base, "refused", nil))
	f.ok(f.MarkFailed(f.ctx, changed.ID, base, "refused", nil))
	f.ok(f.MarkFailed(f.ctx, newer.ID, base, "later", pointer(base.Add(time.Hour))))
	state, err := f.OutboxState(f.ctx)
	f.ok(err)
	if state.Pending != 2 || state.Failed != 2 || state.Oldest == nil || !state.Oldest.Equal(older.CreatedAt) ||
		state.Age(base) != time.Hour {
		t.Errorf("state %+v", state)
	}

	for state, want := range map[models.MessageState][]string{
		models.MessagePending: {older.ID, newer.ID}, models.MessageFailed: {reset.ID, changed.ID},
		models.MessageSent: {sent.ID},
	} {
		messages, err := f.Messages(f.ctx, state, "", 10)
		f.ok(err)
		var got []string
		for _, message := range messages {
			got = append(got, message.ID)
			if message.Data != (models.MessageData{}) || message.Recipient == "" {
				t.Errorf("listed %+v", message)
			}
		}

		if !slices.Equal(got, want) {
			t.Errorf("state %d lists %v, want %v", state, got, want)
		}
	}

	if few, err := f.Messages(f.ctx, models.MessageFailed, "", 1); err != nil || len(few) != 1 {
		t.Errorf("%d messages, %v", len(few), err)
	}

	for message, reason := range map[*models.Message]string{reset: "wiped", sent: "was sent", older: "waits"} {
		err := f.retry(message.ID, base)
		if models.CodeOf(err) != models.CodeInvalidInput || !strings.Contains(err.Error(), reason) {
			t.Errorf("retry of %s: %v", message.ID, err)
		}
	}

	f.notFound(f.retry("unknown", base))
	f.ok(f.retry(changed.ID, base))
	again, err := f.ClaimMessages(f.ctx, base, time.Minute, 10)
	f.ok(err)
	if len(again) != 1 || again[0].ID != changed.ID || again[0].Attempts != 1 || again[0].Data.Token != "" {
		t.Errorf("claimed %+v", again)
	}
}
