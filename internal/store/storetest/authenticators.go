package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

func (f *fixture) authenticator(accountID, secret string) *models.Authenticator {
	return &models.Authenticator{
		ID: f.id("authenticator"), AccountID: accountID, Name: "Grandma’s phone", Secret: []byte(secret), LastStep: 7,
		CreatedAt: base,
	}
}

// authenticators guards that the secret of an authenticator is sealed, that only its account removes it, and that a step
// is used once.
func authenticators(t *testing.T, f *fixture) {
	owner, other := f.account("owner@example.com"), f.account("other@example.com")
	add := func(authenticator *models.Authenticator) error {
		return f.InTx(f.ctx, func(tx account.Tx) error { return tx.CreateAuthenticator(f.ctx, authenticator) })
	}
	first, second := f.authenticator(owner.ID, "\x00first\xff"), f.authenticator(owner.ID, "second")
	second.CreatedAt = base.Add(time.Second)
	f.ok(add(second))
	f.ok(add(first))
	f.notFound(add(f.authenticator("nobody", "third")))

	listed, err := f.Authenticators(f.ctx, owner.ID)
	f.ok(err)
	if len(listed) != 2 || listed[0].ID != first.ID || listed[0].Name != first.Name || listed[0].LastUsedAt != nil ||
		listed[0].Secret != nil || listed[0].Sealed == "" || !listed[0].SealedAt.Equal(base) {
		t.Fatalf("the owner has %+v", listed)
	}
	secret, err := f.AuthenticatorSecret(f.ctx, &listed[0])
	f.ok(err)
	if string(secret) != "\x00first\xff" {
		t.Errorf("the secret is %q", secret)
	}
	listed[0].ID = second.ID
	if _, err := f.AuthenticatorSecret(f.ctx, &listed[0]); err == nil {
		t.Error("a sealed secret opens in another row")
	}

	f.stepsAreUsedOnce(t, owner, first)
	for _, absent := range []struct{ account, id string }{{other.ID, first.ID}, {owner.ID, "absent"}} {
		f.notFound(f.InTx(f.ctx, func(tx account.Tx) error {
			return tx.RemoveAuthenticator(f.ctx, absent.account, absent.id)
		}))
	}

	f.tx(func(tx account.Tx) error {
		f.ok(tx.RemoveAuthenticator(f.ctx, owner.ID, second.ID))
		left, err := tx.Authenticators(f.ctx, owner.ID)
		if len(left) != 1 || left[0].ID != first.ID {
			t.Errorf("left are %+v", left)
		}
		return err
	})
}

// stepsAreUsedOnce guards that the steps of an authenticator only grow.
func (f *fixture) stepsAreUsedOnce(t *testing.T, owner *models.Account, authenticator *models.Authenticator) {
	t.Helper()
	use := func(step int64) error {
		return f.InTx(f.ctx, func(tx account.Tx) error {
			return tx.UseAuthenticator(f.ctx, authenticator.ID, step, base.Add(time.Hour))
		})
	}
	f.notFound(use(7))
	f.ok(use(9))
	f.notFound(use(9))
	f.notFound(use(8))

	listed, err := f.Authenticators(f.ctx, owner.ID)
	f.ok(err)
	if listed[0].LastStep != 9 || listed[0].LastUsedAt == nil || !listed[0].LastUsedAt.Equal(base.Add(time.Hour)) {
		t.Errorf("used is %+v", listed[0])
	}
}

// recoveryCodes guards that codes are replaced together, and that each is used once, by its account.
func recoveryCodes(t *testing.T, f *fixture) {
	owner, other := f.account("owner@example.com"), f.account("other@example.com")
	replace := func(accountID string, ids ...string) error {
		codes := make([]models.RecoveryCode, len(ids))
		for i, id := range ids {
			codes[i] = models.RecoveryCode{ID: id, AccountID: accountID, CodeHash: []byte{0, 0xff}, CreatedAt: base}
		}
		return f.InTx(f.ctx, func(tx account.Tx) error { return tx.ReplaceRecoveryCodes(f.ctx, accountID, codes) })
	}
	f.ok(replace(owner.ID, "1", "2"))
	f.ok(replace(other.ID, "5"))
	f.ok(replace(owner.ID, "3", "4"))
	f.notFound(replace("nobody", "6"))

	use := func(accountID, id string) error {
		return f.InTx(f.ctx, func(tx account.Tx) error { return tx.UseRecoveryCode(f.ctx, accountID, id) })
	}
	f.notFound(use(owner.ID, "1"))
	f.notFound(use(other.ID, "3"))
	undone := errors.New("undone")
	err := f.InTx(f.ctx, func(tx account.Tx) error {
		f.ok(tx.UseRecoveryCode(f.ctx, owner.ID, "3"))
		return undone
	})
	if !errors.Is(err, undone) {
		t.Errorf("the transaction returned %v", err)
	}
	f.ok(use(owner.ID, "3"))
	f.notFound(use(owner.ID, "3"))

	left, err := f.RecoveryCodes(f.ctx, owner.ID)
	f.ok(err)
	if len(left) != 1 || left[0].ID != "4" || string(left[0].CodeHash) != "\x00\xff" {
		t.Errorf("left are %+v", left)
	}
	f.tx(func(tx account.Tx) error {
		left, err := tx.RecoveryCodes(f.ctx, owner.ID)
		if len(left) != 1 {
			t.Errorf("in a transaction, left are %+v", left)
		}
		return err
	})
}

// waitingAuthenticators guards that the secret of an authenticator that waits is sealed in its challenge.
func waitingAuthenticators(t *testing.T, f *fixture) {
	owner := f.account("owner@example.com")
	challenge := &models.Challenge{
		ID: f.id("challenge"), AccountID: owner.ID, Purpose: models.PurposeAuthenticator, SecretHash: hash("waits"),
		EmailAtIssue: owner.Email, CreatedAt: base, ExpiresAt: base.Add(time.Hour), ResendAvailableAt: base,
		Secret: []byte("\x00secret\xff"),
	}
	f.tx(func(tx account.Tx) error { return tx.CreateChallenge(f.ctx, challenge) })
	if string(challenge.Secret) != "\x00secret\xff" || challenge.Sealed != nil {
		t.Errorf("storing changed the challenge to %+v", challenge)
	}

	found, err := f.ChallengeBySecret(f.ctx, models.PurposeAuthenticator, hash("waits"))
	f.ok(err)
	if found.Sealed == nil || found.Secret != nil {
		t.Fatalf("found %+v", found)
	}
	secret, err := f.ChallengeSecret(f.ctx, found)
	f.ok(err)
	if string(secret) != "\x00secret\xff" {
		t.Errorf("the secret is %q", secret)
	}
	found.Sealed = nil
	_, err = f.ChallengeSecret(f.ctx, found)
	f.notFound(err)
}
