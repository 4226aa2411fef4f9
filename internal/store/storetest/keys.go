package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
)

// Rotate makes a new key of each purpose.
func Rotate(ctx context.Context, s *store.Store) error {
	return s.InTx(ctx, func(tx account.Tx) error { return tx.RotateKeys(ctx) })
}

// keyIDs returns the ids of the rotating keys, in one text.
func keyIDs(f *fixture) string {
	f.Helper()
	keys, err := f.ServerKeys(f.ctx)
	f.ok(err)
	var ids []string
	for _, key := range keys {
		ids = append(ids, key.ID())
	}

	return strings.Join(ids, " ")
}

// keysRotate guards that values of a former key are read, that new values are of the new key, and that a rotation
// of an empty database makes the first keys (R-ROT1).
func keysRotate(t *testing.T, f *fixture) {
	f.ok(Rotate(f.ctx, f.Store))
	if got := keyIDs(f); got != "codes/1 outbox/1 links/1" {
		t.Fatalf("keys %s", got)
	}

	first, err := f.CodeKey(f.ctx, 0)
	f.ok(err)
	message, registration, key := f.message("", ""), f.registration("a@example.com"), f.idempotencyKey("first")
	f.tx(func(tx account.Tx) error { return tx.CreateRegistration(f.ctx, registration, 2) })
	f.ok(f.reserve(*key, "first", base))
	f.ok(f.keepOutcome(kept(key, "first", "outcome", "")))

	f.ok(Rotate(f.ctx, f.Store))
	numbers, err := f.ReadKeys(f.ctx)
	f.ok(err)
	if got := keyIDs(f); got != "codes/1 codes/2 outbox/1 outbox/2 links/1 links/2" || numbers["codes"] != 2 || numbers["outbox"] != 2 {
		t.Fatalf("keys %s, newest %v", got, numbers)
	}

	newest, err := f.CodeKey(f.ctx, 0)
	f.ok(err)
	former, err := f.CodeKey(f.ctx, 1)
	f.ok(err)
	if newest.Number != 2 || bytes.Equal(newest.Secret, first.Secret) || !reflect.DeepEqual(former, first) {
		t.Errorf("first %d, newest %d, former %d", first.Number, newest.Number, former.Number)
	}

	_, err = f.CodeKey(f.ctx, 3)
	f.notFound(err)

	f.ok(f.keepAnswer(kept(key, "first", "", "answer")))
	settled, err := f.IdempotencyKey(f.ctx, key.ID, base)
	f.ok(err)
	if string(settled.Outcome) != "outcome" || string(settled.Answer) != "answer" {
		t.Errorf("opened %s, %s", settled.Outcome, settled.Answer)
	}

	waiting, err := f.Registrations(f.ctx, "a@example.com", base)
	f.ok(err)
	if len(waiting) != 1 || waiting[0].Brought.PasswordHash != registration.Brought.PasswordHash {
		t.Errorf("opened %+v", waiting)
	}

	later := f.message("", "")
	claimed, err := f.ClaimMessages(f.ctx, base, time.Minute, 10)
	f.ok(err)
	if len(claimed) != 2 || claimed[0].ID != message.ID || claimed[1].ID != later.ID ||
		claimed[0].Data.Token != "secret-token" || claimed[1].Data.Token != "secret-token" {
		t.Errorf("claimed %+v", claimed)
	}

	const waitingOf = `SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL
		AND not_before >= '2000-01-01' AND data LIKE '%"sealed":"2.%'`
	number := 0
	_, read := f.Engine().Pools()
	f.ok(read.QueryRowContext(f.ctx, waitingOf).Scan(&number))
	if number != 1 {
		t.Errorf("%d of 2 messages are of the second key", number)
	}
}

// keysAreDropped guards that a retired key stays for an hour, and then as long as a message, a registration or an export
// needs it (R-ROT2).
func keysAreDropped(t *testing.T, f *fixture) {
	_, err := f.CodeKey(f.ctx, 0)
	f.ok(err)
	link, err := f.LinkKey(f.ctx, 0)
	f.ok(err)
	message, registration := f.message("", ""), f.registration("a@example.com")
	f.ok(Rotate(f.ctx, f.Store))
	keys, err := f.ServerKeys(f.ctx)
	f.ok(err)
	retired := *keys[0].RetiredAt
	registration.CreatedAt, registration.ExpiresAt = retired, retired.Add(2*time.Hour)
	kept := f.keptExport(f.account("exported@example.com").ID)
	kept.CreatedAt, kept.ExpiresAt = retired, retired.Add(3*time.Hour)
	// When the message is sent, the registration waits.
	registered := func() {
		f.tx(func(tx account.Tx) error { return tx.CreateRegistration(f.ctx, registration, 2) })
		f.tx(func(tx account.Tx) error { return tx.KeepExport(f.ctx, kept) })
		f.claim(base)
		f.ok(f.MarkSent(f.ctx, message.ID, base))
	}

	for _, step := range []struct {
		after time.Duration
		want  string
		then  func()
	}{
		{time.Hour - time.Second, "codes/1 codes/2 outbox/1 outbox/2 links/1 links/2", func() {}},
		{time.Hour, "codes/2 outbox/1 outbox/2 links/1 links/2", registered},
		{2*time.Hour - time.Second, "codes/2 outbox/1 outbox/2 links/1 links/2", func() {}},
		{2 * time.Hour, "codes/2 outbox/1 outbox/2 links/1 links/2", func() {}},
		{3 * time.Hour, "codes/2 outbox/2 links/1 links/2", func() {}},
		{10000 * time.Hour, "codes/2 outbox/2 links/1 links/2", func() {}},
		// Mails are read years after they were sent.
		{43000 * time.Hour, "codes/2 outbox/2 links/1 links/2", func() {
			kept, err := f.LinkKey(f.ctx, 1)
			f.ok(err)
			if !reflect.DeepEqual(kept, link) {
				t.Errorf("the key of old links is %d", kept.Number)
			}
		}},
		{44000 * time.Hour, "codes/2 outbox/2 links/2", func() {}},
	} {
		f.ok(f.Reap(f.ctx, retired.Add(step.after)))
		if got := keyIDs(f); got != step.want {
			t.Errorf("after %v: %s, want %s", step.after, got, step.want)
		}
		step.then()
	}

	_, err = f.ReadKeys(f.ctx)
	f.ok(err)
	_, err = f.CodeKey(f.ctx, 1)
	f.notFound(err)

	// The next rotation counts on.
	f.ok(Rotate(f.ctx, f.Store))
	if got := keyIDs(f); got != "codes/2 codes/3 outbox/2 outbox/3 links/2 links/3" {
		t.Errorf("keys %s", got)
	}
}

// lookupKeyStays guards that the key of lookups is that of the version before keys could be rotated, and outlives it.
func lookupKeyStays(t *testing.T, f *fixture) {
	codes, err := f.ServerKey(f.ctx, "codes")
	f.ok(err)
	for range 2 {
		f.ok(Rotate(f.ctx, f.Store))
		f.ok(f.Reap(f.ctx, time.Now().Add(2*time.Hour)))
		lookup, err := f.LookupKey(f.ctx)
		f.ok(err)
		if !bytes.Equal(lookup, codes) {
			t.Error("the key of lookups changed")
		}
	}
}

// togetherRotates rotates keys while two processes write and read: neither loses a message, a code's key or an
// answer (R-ROT1).
func togetherRotates(t *testing.T, f *fixture, other *store.Store) {
	const rounds, writers = 12, 4
	opened, failures := map[string]bool{}, make(chan error, 2*rounds*writers)
	for round := range rounds {
		var running sync.WaitGroup
		for writer := range writers {
			running.Go(func() { failures <- writeSealed(f, other, round*writers+writer) })
		}
		running.Go(func() { failures <- Rotate(f.ctx, f.Store) })
		if round%3 == 0 { // one of them notices by itself, the other when it meets a value of the new key
			_, err := f.ReadKeys(f.ctx)
			f.ok(err)
		}

		running.Wait()
		claimed, err := f.either(round, other).ClaimMessages(f.ctx, base, time.Minute, 100)
		f.ok(err)
		for _, message := range claimed {
			opened[message.ID] = message.Data.Token == "secret-token"
		}
	}

	close(failures)
	for err := range failures {
		f.ok(err)
	}

	if len(opened) != rounds*writers {
		t.Errorf("%d of %d messages were opened", len(opened), rounds*writers)
	}
	for id, whole := range opened {
		if !whole {
			t.Errorf("%s lost its secret", id)
		}
	}

	if keys, err := f.ServerKeys(f.ctx); err != nil || len(keys) < 2*rounds-1 {
		t.Errorf("%d keys, %v", len(keys), err)
	}
}

// writeSealed lets one process write, and the other read what can be read at once.
func writeSealed(f *fixture, other *store.Store, n int) error {
	writer, reader := f.either(n, other), f.either(n+1, other)
	message := &models.Message{ID: fmt.Sprintf("rotated-%04d", n), Channel: models.ChannelMail,
		Data: models.MessageData{Token: "secret-token"}, CreatedAt: base, NotBefore: base}
	key := &models.IdempotencyKey{ID: message.ID, Fingerprint: hash("request"), Owner: "first",
		LeaseUntil: base.Add(time.Second), ExpiresAt: base.Add(time.Minute), Answer: []byte("answer")}
	if err := writer.InTx(f.ctx, func(tx account.Tx) error {
		if err := tx.Enqueue(f.ctx, message); err != nil {
			return err
		}
		if err := tx.ReserveIdempotencyKey(f.ctx, key, base); err != nil {
			return err
		}
		return tx.KeepAnswer(f.ctx, key)
	}); err != nil {
		return err
	}

	settled, err := reader.IdempotencyKey(f.ctx, key.ID, base)
	if err != nil {
		return err
	}
	if string(settled.Answer) != "answer" {
		return errors.New("the answer was not opened")
	}

	made, err := writer.CodeKey(f.ctx, 0)
	if err != nil {
		return err
	}
	read, err := reader.CodeKey(f.ctx, made.Number)
	if err == nil && !bytes.Equal(made.Secret, read.Secret) {
		err = fmt.Errorf("the key %d differs", made.Number)
	}

	return err
}
