package storetest

import (
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

func (f *fixture) passkey(accountID, credential string) *models.Passkey {
	return &models.Passkey{
		ID: f.id("passkey"), AccountID: accountID, CredentialID: []byte(credential), PublicKey: []byte{0xa5, 0, 0xff},
		Authenticator: "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", Name: "Grandma’s key", Syncable: true, Synced: true,
		CreatedAt: base,
	}
}

// passkeys guards that a credential is of one account, that only its account changes it, and that its count grows.
func passkeys(t *testing.T, f *fixture) {
	owner, other := f.account("owner@example.com"), f.account("other@example.com")
	add := func(passkey *models.Passkey) error {
		return f.InTx(f.ctx, func(tx account.Tx) error { return tx.CreatePasskey(f.ctx, passkey) })
	}
	first, second, others := f.passkey(owner.ID, "1"), f.passkey(owner.ID, "2"), f.passkey(other.ID, "3")
	second.CreatedAt = base.Add(time.Second)
	for _, one := range []*models.Passkey{second, first, others} {
		f.ok(add(one))
	}
	f.taken(add(f.passkey(other.ID, "1")))
	f.notFound(add(f.passkey("nobody", "4")))

	listed, err := f.Passkeys(f.ctx, owner.ID)
	f.ok(err)
	if len(listed) != 2 || listed[0].ID != first.ID || listed[1].ID != second.ID || listed[0].Name != first.Name ||
		string(listed[0].PublicKey) != string(first.PublicKey) || !listed[0].Synced || listed[0].LastUsedAt != nil {
		t.Errorf("the owner has %+v", listed)
	}
	found, err := f.PasskeyByCredential(f.ctx, []byte("3"))
	f.ok(err)
	if found.ID != others.ID || found.AccountID != other.ID {
		t.Errorf("found %+v", found)
	}
	_, err = f.PasskeyByCredential(f.ctx, []byte("4"))
	f.notFound(err)

	f.passkeysChange(t, owner, other, first)
	f.passkeysCount(t, first)

	f.tx(func(tx account.Tx) error {
		_, err := tx.DeleteAccount(f.ctx, other.ID)
		return err
	})
	_, err = f.PasskeyByCredential(f.ctx, []byte("3"))
	f.notFound(err)
}

// passkeysChange guards that a passkey is renamed and removed by its account alone.
func (f *fixture) passkeysChange(t *testing.T, owner, other *models.Account, passkey *models.Passkey) {
	t.Helper()
	for _, absent := range []struct{ account, id string }{{other.ID, passkey.ID}, {owner.ID, "absent"}} {
		f.notFound(f.InTx(f.ctx, func(tx account.Tx) error {
			return tx.RenamePasskey(f.ctx, absent.account, absent.id, "theirs")
		}))
		f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.RemovePasskey(f.ctx, absent.account, absent.id) }))
	}

	f.tx(func(tx account.Tx) error {
		f.ok(tx.RenamePasskey(f.ctx, owner.ID, passkey.ID, "mine"))
		f.ok(tx.RemovePasskey(f.ctx, owner.ID, f.passkeyOf(owner, 1).ID))
		left, err := tx.Passkeys(f.ctx, owner.ID)
		if len(left) != 1 || left[0].ID != passkey.ID || left[0].Name != "mine" {
			t.Errorf("left are %+v", left)
		}
		return err
	})
}

// passkeyOf returns one of an account's passkeys.
func (f *fixture) passkeyOf(owner *models.Account, at int) models.Passkey {
	listed, err := f.Passkeys(f.ctx, owner.ID)
	f.ok(err)
	return listed[at]
}

// passkeysCount guards that a count grows, unless the authenticator never counts.
func (f *fixture) passkeysCount(t *testing.T, passkey *models.Passkey) {
	t.Helper()
	use := func(count int64) error {
		return f.InTx(f.ctx, func(tx account.Tx) error {
			return tx.UsePasskey(f.ctx, passkey.ID, models.PasskeyUse{SignCount: count}, base.Add(time.Hour))
		})
	}
	f.ok(use(0))
	f.ok(use(0))
	f.ok(use(1<<32 - 1))
	for _, back := range []int64{0, 1, 1<<32 - 1} {
		f.notFound(use(back))
	}

	used, err := f.PasskeyByCredential(f.ctx, passkey.CredentialID)
	f.ok(err)
	if used.SignCount != 1<<32-1 || used.Synced || used.LastUsedAt == nil || !used.LastUsedAt.Equal(base.Add(time.Hour)) {
		t.Errorf("used is %+v", used)
	}
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error {
		return tx.UsePasskey(f.ctx, "absent", models.PasskeyUse{}, base)
	}))
}
