package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

func outbox(t *testing.T, f *fixture) {
	if got := f.claim(base); len(got) != 0 {
		t.Fatalf("claimed %v of nothing", got)
	}

	owner := f.account("a@example.com")
	first, second := f.message(owner.ID, ""), f.message("", "")
	if got := f.claim(base.Add(-time.Microsecond)); len(got) != 0 {
		t.Errorf("claimed %v before they are due", got)
	}

	claimed, err := f.ClaimMessages(f.ctx, base, time.Minute, 1)
	f.ok(err)
	if len(claimed) != 1 || claimed[0].ID != first.ID || claimed[0].Attempts != 1 || claimed[0].Data != first.Data ||
		!claimed[0].NotBefore.Equal(base.Add(time.Minute)) {
		t.Fatalf("claimed %+v", claimed)
	}
	if got := f.claim(base); !slices.Equal(got, []string{second.ID}) {
		t.Errorf("claimed %v", got)
	}
	if got := f.claim(base.Add(time.Minute - time.Microsecond)); len(got) != 0 {
		t.Errorf("claimed %v during the lease", got)
	}

	again, err := f.ClaimMessages(f.ctx, base.Add(time.Minute), time.Minute, 10)
	f.ok(err)
	if len(again) != 2 || again[0].ID != first.ID || again[0].Attempts != 2 {
		t.Fatalf("after the lease: %+v", again)
	}

	f.ok(f.MarkSent(f.ctx, first.ID, base.Add(time.Minute)))
	f.notFound(f.MarkSent(f.ctx, first.ID, base.Add(time.Minute)))
	f.notFound(f.MarkSent(f.ctx, "unknown", base))
	f.notFound(f.MarkFailed(f.ctx, first.ID, base, "late", nil))
	f.notFound(f.MarkFailed(f.ctx, first.ID, base, "late", pointer(base)))

	third := f.message(owner.ID, "")
	f.tx(func(tx account.Tx) error { return f.erase(tx, owner.ID) })
	if got := f.claim(base.Add(time.Hour)); !slices.Equal(got, []string{second.ID}) {
		t.Errorf("claimed %v", got)
	}
	f.notFound(f.MarkSent(f.ctx, third.ID, base))
}

func outboxDropsVoid(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	live := f.challenge(owner, models.PurposeActivation)
	used := f.challenge(owner, models.PurposePasswordReset)
	replaced := f.challenge(owner, models.PurposeEmailChange)
	want := []string{f.message(owner.ID, live.ID).ID}
	stale := []*models.Message{
		f.message(owner.ID, used.ID), f.message(owner.ID, replaced.ID), f.message(owner.ID, "gone"),
	}
	want = append(want, f.message(owner.ID, "").ID)
	f.tx(func(tx account.Tx) error {
		f.ok(tx.UseChallenge(f.ctx, used.ID, base))
		_, err := tx.VoidChallenges(f.ctx, owner.ID, base, replaced.Purpose)
		return err
	})
	if got := f.claim(base); !slices.Equal(got, want) {
		t.Errorf("claimed %v, want %v", got, want)
	}

	for _, message := range stale {
		f.notFound(f.MarkSent(f.ctx, message.ID, base))
	}

	if got := f.claim(live.ExpiresAt); !slices.Equal(got, want[1:]) {
		t.Errorf("claimed %v after the challenge has expired, want %v", got, want[1:])
	}
}

func outboxFailures(t *testing.T, f *fixture) {
	message := f.message("", "")
	f.claim(base)
	retry := base.Add(10 * time.Minute)
	f.ok(f.MarkFailed(f.ctx, message.ID, base, "no connection", &retry))
	if got := f.claim(retry.Add(-time.Microsecond)); len(got) != 0 {
		t.Errorf("claimed %v too early", got)
	}

	claimed, err := f.ClaimMessages(f.ctx, retry, time.Minute, 10)
	f.ok(err)
	if len(claimed) != 1 || claimed[0].LastError == nil || *claimed[0].LastError != "no connection" ||
		claimed[0].Data != message.Data || claimed[0].Attempts != 2 {
		t.Fatalf("claimed %+v", claimed)
	}

	f.ok(f.MarkFailed(f.ctx, message.ID, base, "refused", nil))
	if got := f.claim(base.Add(24 * time.Hour)); len(got) != 0 {
		t.Errorf("claimed %v after it failed for good", got)
	}

	f.notFound(f.MarkFailed(f.ctx, message.ID, base, "again", nil))
	f.notFound(f.MarkSent(f.ctx, message.ID, base))

	owned, gaveUp := f.message(f.account("a@example.com").ID, ""), base.Add(time.Second)
	f.claim(base)
	f.ok(f.MarkFailed(f.ctx, owned.ID, gaveUp, "refused", nil))
	failed, err := f.Messages(f.ctx, models.MessageFailed, owned.AccountID, 10)
	if err != nil || len(failed) != 1 || failed[0].FailedAt == nil || !failed[0].FailedAt.Equal(gaveUp) {
		t.Errorf("given up: %+v, %v", failed, err)
	}
	if failed, err := f.Messages(f.ctx, models.MessageFailed, "another", 10); err != nil || len(failed) != 0 {
		t.Errorf("another account's: %+v, %v", failed, err)
	}
}

func workersNeverShare(t *testing.T, f *fixture) {
	const messages = 40
	for range messages {
		f.message("", "")
	}

	var lock sync.Mutex
	claims := map[string]int{}
	f.race(func(int) error {
		for range messages {
			claimed, err := f.ClaimMessages(f.ctx, base, time.Minute, 3)
			if err != nil || len(claimed) == 0 {
				return err
			}

			lock.Lock()
			for _, message := range claimed {
				claims[message.ID]++
			}

			lock.Unlock()
		}
		return errors.New("there is always something left to claim")
	}, func(error) bool { return false })

	for id, times := range claims {
		if times != 1 {
			t.Errorf("%s was claimed %d times", id, times)
		}
	}

	if len(claims) != messages {
		t.Errorf("%d messages were claimed", len(claims))
	}
}

func (f *fixture) apiKey(id string) *models.APIKey {
	f.Helper()
	made := &models.APIKey{ID: id,
		Name: "Test", SecretHash: hash(id), Permissions: []models.Permission{models.PermissionSignIn}, CreatedAt: base}
	f.tx(func(tx account.Tx) error { return tx.CreateAPIKey(f.ctx, made) })
	return made
}

func apiKeys(t *testing.T, f *fixture) {
	if keys, err := f.APIKeys(f.ctx); err != nil || len(keys) != 0 {
		t.Fatalf("%v, %v", keys, err)
	}

	older := f.apiKey("z-older")
	newer := &models.APIKey{ID: "a-newer", Name: "Newer",
		SecretHash: hash("newer"), CreatedAt: base.Add(time.Second), ExpiresAt: pointer(base.Add(time.Hour))}
	f.tx(func(tx account.Tx) error { return tx.CreateAPIKey(f.ctx, newer) })
	revoke := func(id string, now time.Time) error {
		return f.InTx(f.ctx, func(tx account.Tx) error { return tx.RevokeAPIKey(f.ctx, id, now) })
	}

	// Only a key that is not revoked gets other permissions, and of it nothing else changes.
	allow := func(id string, permissions ...models.Permission) error {
		return f.InTx(f.ctx, func(tx account.Tx) error { return tx.SetAPIKeyPermissions(f.ctx, id, permissions) })
	}
	f.notFound(allow("unknown", models.PermissionSignIn))
	f.ok(allow(newer.ID, models.PermissionSignOut, models.PermissionAccountRead))
	newer.Permissions = []models.Permission{models.PermissionSignOut, models.PermissionAccountRead}

	f.notFound(revoke("unknown", base))
	f.notFound(revoke(newer.ID, base.Add(time.Hour)))
	f.ok(revoke(newer.ID, base))
	f.notFound(revoke(newer.ID, base))
	f.notFound(allow(newer.ID, models.PermissionSignIn))
	keys, err := f.APIKeys(f.ctx)
	f.ok(err)
	if len(keys) != 2 || keys[0].ID != newer.ID || keys[1].ID != older.ID || keys[0].RevokedAt == nil ||
		keys[1].RevokedAt != nil {
		t.Errorf("keys %+v", keys)
	}

	for i, made := range []*models.APIKey{newer, older} {
		if got := keys[i]; !slices.Equal(got.Permissions, made.Permissions) || got.Name != made.Name ||
			!bytes.Equal(got.SecretHash, made.SecretHash) || !got.CreatedAt.Equal(made.CreatedAt) ||
			(got.ExpiresAt == nil) != (made.ExpiresAt == nil) {
			t.Errorf("key %+v, made as %+v", got, made)
		}
	}

	twin := *older
	twin.ID = "twin"
	f.code(f.InTx(f.ctx, func(tx account.Tx) error { return tx.CreateAPIKey(f.ctx, &twin) }), models.CodeInternal)
}

func serverKey(t *testing.T, f *fixture) {
	secrets := make([][]byte, many)
	f.race(func(n int) (err error) {
		secrets[n], err = f.ServerKey(f.ctx, "codes")
		return err
	}, func(error) bool { return false })

	for _, secret := range secrets {
		if len(secret) != 32 || !bytes.Equal(secret, secrets[0]) {
			t.Fatalf("secrets differ: %x", secrets)
		}
	}

	other, err := f.ServerKey(f.ctx, "other")
	f.ok(err)
	if bytes.Equal(other, secrets[0]) {
		t.Error("two names have one secret")
	}
}

func reap(t *testing.T, f *fixture) {
	f.ok(f.Reap(f.ctx, base))
	owner := f.account("a@example.com")
	live := f.session(owner)
	f.tx(func(tx account.Tx) error {
		for n := range 1100 { // more than two batches
			id := fmt.Sprintf("old-%d", n)
			f.ok(tx.CreateSession(f.ctx, &models.Session{ID: id, AccountID: owner.ID, TokenHash: hash(id),
				CreatedAt: base, AuthenticatedAt: base, LastUsedAt: base, EndsAt: base, ExpiresAt: base}))
		}
		return nil
	})
	used, fresh := f.challenge(owner, models.PurposePasswordReset), f.challenge(owner, models.PurposeEmailUndo)
	f.tx(func(tx account.Tx) error { return tx.UseChallenge(f.ctx, used.ID, base) })
	sent, failed, unsent := f.message("", ""), f.message("", ""), f.message("", "")
	f.ok(f.MarkSent(f.ctx, sent.ID, base))
	f.ok(f.MarkFailed(f.ctx, failed.ID, base, "refused", nil))
	f.spend("over", base.Add(-time.Hour))
	f.spend("blocked", base.Add(-time.Hour))
	f.tx(func(tx account.Tx) error { return tx.BlockBudget(f.ctx, "blocked", base.Add(time.Minute)) })
	f.spend("running", base)

	f.ok(f.Reap(f.ctx, base))
	if left, err := f.Sessions(f.ctx, owner.ID, time.Time{}); err != nil || len(left) != 1 || left[0].ID != live.ID {
		t.Errorf("%d sessions left, %v", len(left), err)
	}

	_, err := f.ChallengeBySecret(f.ctx, fresh.Purpose, fresh.SecretHash)
	f.ok(err)
	block := func(key string) error {
		return f.InTx(f.ctx, func(tx account.Tx) error { return tx.BlockBudget(f.ctx, key, base) })
	}

	f.notFound(block("over"))
	f.ok(block("blocked"))
	f.ok(block("running"))
	f.ok(f.Reap(f.ctx, base.Add(8*24*time.Hour)))
	_, err = f.ChallengeBySecret(f.ctx, fresh.Purpose, fresh.SecretHash)
	f.notFound(err)
	f.notFound(block("running"))
	if got := f.claim(base); !slices.Equal(got, []string{unsent.ID}) {
		t.Errorf("messages %v", got)
	}

	// The ids are free again: the rows are deleted, not hidden.
	for _, message := range []*models.Message{sent, failed} {
		f.tx(func(tx account.Tx) error { return tx.Enqueue(f.ctx, message) })
	}

	f.tx(func(tx account.Tx) error { return tx.CreateChallenge(f.ctx, used) })
}
