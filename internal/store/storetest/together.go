package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
)

// Together checks that two processes can share a database. open returns two stores on it, each with its own
// connections. The database is empty and migrated.
func Together(t *testing.T, open func(t *testing.T) (one, other *store.Store)) {
	cases := []struct {
		name  string
		check func(t *testing.T, f *fixture, other *store.Store)
	}{
		{"a challenge is used once", togetherUsedOnce},
		{"a code is tried five times", togetherTried},
		{"one of many takes an e-mail", togetherEmail},
		{"a budget counts each", togetherBudget},
		{"a message is claimed once", togetherClaimed},
		{"the end of a key and of a session is seen at once", togetherEnded},
		{"a change waits for the lock on its account", togetherLocked},
		{"one chain for all events", togetherAudited},
		{"keys of the server are shared", togetherKeys},
		{"keys rotate under load", togetherRotates},
		{"activity is recorded in no circle", togetherActive},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			one, other := open(t)
			c.check(t, &fixture{T: t, Store: one, ctx: t.Context()}, other)
		})
	}
}

// either returns one store for even attempts, and the other for odd ones.
func (f *fixture) either(n int, other *store.Store) *store.Store {
	if n%2 == 0 {
		return f.Store
	}
	return other
}

func togetherUsedOnce(t *testing.T, f *fixture, other *store.Store) {
	challenge := f.challenge(f.account("a@example.com"), models.PurposePasswordReset)
	won := f.race(func(n int) error {
		return f.either(n, other).InTx(f.ctx, func(tx account.Tx) error {
			return tx.UseChallenge(f.ctx, challenge.ID, base)
		})
	}, isNotFound)
	if won != 1 {
		t.Errorf("%d used the challenge", won)
	}
}

func togetherTried(t *testing.T, f *fixture, other *store.Store) {
	challenge := f.challenge(f.account("a@example.com"), models.PurposePhoneUpdate)
	won := f.race(func(n int) error {
		return f.either(n, other).InTx(f.ctx, func(tx account.Tx) error {
			_, err := tx.TryChallenge(f.ctx, challenge.ID, 5, base)
			return err
		})
	}, isNotFound)
	if won != 5 {
		t.Errorf("%d tries", won)
	}
}

func togetherEmail(t *testing.T, f *fixture, other *store.Store) {
	taken := func(err error) bool { return models.CodeOf(err) == models.CodeEmailUnavailable }
	won := f.race(func(n int) error {
		return f.either(n, other).InTx(f.ctx, func(tx account.Tx) error {
			err := tx.CreateAccount(f.ctx, minimalAccount(fmt.Sprint("racer-", n), "a@example.com"))
			if !taken(err) {
				return err
			}

			// The losing transaction continues, and finds the winner.
			if _, lookup := tx.AccountByEmail(f.ctx, "a@example.com"); lookup != nil {
				return lookup
			}

			return err
		})
	}, taken)
	if won != 1 {
		t.Errorf("%d took the address", won)
	}

	// The same for a change of the address.
	for n := range many {
		made := minimalAccount(fmt.Sprint("changer-", n), models.EmailAddress(fmt.Sprintf("%d@example.com", n)))
		f.tx(func(tx account.Tx) error { return tx.CreateAccount(f.ctx, made) })
	}

	won = f.race(func(n int) error {
		return f.either(n, other).InTx(f.ctx, func(tx account.Tx) error {
			mine, err := tx.LockAccount(f.ctx, fmt.Sprint("changer-", n))
			if err != nil {
				return err
			}
			mine.Email = "b@example.com"
			return tx.UpdateAccount(f.ctx, mine, "email")
		})
	}, taken)
	if won != 1 {
		t.Errorf("%d changed to the address", won)
	}
}

func togetherBudget(t *testing.T, f *fixture, other *store.Store) {
	counts := make([]int, many)
	f.race(func(n int) error {
		return f.either(n, other).InTx(f.ctx, func(tx account.Tx) error {
			budget, err := tx.SpendBudget(f.ctx, "key", base, time.Hour)
			counts[n] = budget.Count
			return err
		})
	}, isNotFound)
	seen := map[int]bool{}
	for _, count := range counts {
		if count < 1 || count > many || seen[count] {
			t.Fatalf("counts %v", counts)
		}
		seen[count] = true
	}
}

func togetherClaimed(t *testing.T, f *fixture, other *store.Store) {
	for range many {
		f.message("", "")
	}

	claims := make([][]models.Message, many)
	f.race(func(n int) (err error) {
		claims[n], err = f.either(n, other).ClaimMessages(f.ctx, base, time.Minute, 3)
		return err
	}, isNotFound)
	seen := map[string]bool{}
	for _, claim := range claims {
		for _, message := range claim {
			if seen[message.ID] || message.Data.Token != "secret-token" {
				t.Errorf("claimed twice or unreadable: %+v", message)
			}
			seen[message.ID] = true
		}
	}

	if left := f.claim(base); len(seen)+len(left) != many {
		t.Errorf("%d claimed, %d left of %d", len(seen), len(left), many)
	}
}

func togetherEnded(t *testing.T, f *fixture, other *store.Store) {
	owner := f.account("a@example.com")
	session := f.session(owner)
	key := &models.APIKey{ID: "key", Name: "key", SecretHash: hash("key"), CreatedAt: base}
	f.tx(func(tx account.Tx) error { return tx.CreateAPIKey(f.ctx, key) })

	see := func() (live, signedIn bool) {
		got, found, _, err := other.Authenticate(f.ctx, key.SecretHash, session.TokenHash, base)
		f.ok(err)
		return got.Live(base), found != nil
	}

	if live, signedIn := see(); !live || !signedIn {
		t.Fatalf("before the end: key %t, session %t", live, signedIn)
	}

	f.tx(func(tx account.Tx) error { return tx.EndSession(f.ctx, owner.ID, session.ID, base) })
	if _, signedIn := see(); signedIn {
		t.Error("the session goes on in the other process")
	}

	f.tx(func(tx account.Tx) error { return tx.RevokeAPIKey(f.ctx, key.ID, base) })
	if live, _ := see(); live {
		t.Error("the key works in the other process")
	}
}

func togetherLocked(t *testing.T, f *fixture, other *store.Store) {
	owner := f.account("a@example.com")
	locked, changed := make(chan struct{}), make(chan error, 1)
	go func() {
		<-locked
		changed <- other.InTx(f.ctx, func(tx account.Tx) error {
			now, err := tx.LockAccount(f.ctx, owner.ID)
			if err == nil && now.CredentialEpoch != 1 {
				err = errors.New("read the account before the change that it waited for")
			}
			return err
		})
	}()

	f.tx(func(tx account.Tx) error {
		mine, err := tx.LockAccount(f.ctx, owner.ID)
		if err != nil {
			return err
		}

		close(locked)

		select {
		case err := <-changed:
			return fmt.Errorf("the other did not wait: %w", errors.Join(err, context.Canceled))
		case <-time.After(100 * time.Millisecond):
		}

		mine.CredentialEpoch++

		return tx.UpdateAccount(f.ctx, mine, "credential_epoch")
	})
	f.ok(<-changed)
}

func togetherAudited(t *testing.T, f *fixture, other *store.Store) {
	f.race(func(n int) error {
		return f.either(n, other).InTx(f.ctx, func(tx account.Tx) error {
			return tx.RecordEvent(f.ctx, &models.AuditEvent{ID: fmt.Sprint(n), AccountID: "account", At: base})
		})
	}, isNotFound)
	events, chains, err := other.VerifyAudit(f.ctx)
	f.ok(err)
	if events != many || chains != 1 {
		t.Errorf("%d events in %d chains", events, chains)
	}
}

func togetherKeys(t *testing.T, f *fixture, other *store.Store) {
	keys := make([]string, many)
	f.race(func(n int) error {
		key, err := f.either(n, other).ServerKey(f.ctx, "codes")
		keys[n] = string(key)
		return err
	}, isNotFound)

	for _, key := range keys {
		if key == "" || key != keys[0] {
			t.Fatal("the keys differ")
		}
	}
}

func togetherActive(_ *testing.T, f *fixture, other *store.Store) {
	key := &models.APIKey{ID: "key", Name: "key", SecretHash: hash("key"), CreatedAt: base}
	f.tx(func(tx account.Tx) error { return tx.CreateAPIKey(f.ctx, key) })
	var uses []models.Activity
	for n := range 8 {
		owner := f.account(models.EmailAddress(fmt.Sprintf("%d@example.com", n)))
		uses = append(uses, models.Activity{SessionID: f.session(owner).ID, AccountID: owner.ID, APIKeyID: key.ID})
	}

	f.race(func(n int) error {
		mine := make([]models.Activity, len(uses))
		for i := range uses {
			// Each begins with another customer.
			mine[i] = uses[(i*(1+2*(n%4))+n)%len(uses)]
			mine[i].UsedAt = base.Add(time.Duration(n) * time.Second)
			mine[i].SessionExpiresAt = mine[i].UsedAt.Add(time.Hour)
		}

		return f.either(n, other).RecordActivity(f.ctx, mine)
	}, isNotFound)
}
