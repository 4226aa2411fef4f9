package storetest

import (
	"reflect"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// device returns a device that an account could know.
func (f *fixture) device(accountID, mark string) *models.KnownDevice {
	return &models.KnownDevice{
		ID: f.id("device"), AccountID: accountID, MarkHash: []byte(mark), Marked: true, UserAgent: pointer("agent"),
		Brands: pointer("brands"), IP: pointer("::1"),
		CreatedAt: base, LastSeenAt: base, ExpiresAt: base.Add(time.Hour),
	}
}

// knownDevices guards that a device is known in its own account alone, for as long as it was said, and that the list of
// an account is bounded.
func knownDevices(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	laptop, foreign := f.device(owner.ID, "laptop"), f.device(other.ID, "laptop")
	for _, device := range []*models.KnownDevice{laptop, foreign} {
		f.tx(func(tx account.Tx) error { return tx.RememberDevice(f.ctx, device, 3) })
	}

	known, err := f.KnownDevices(f.ctx, owner.ID, base)
	f.ok(err)
	if len(known) != 1 || !reflect.DeepEqual(&known[0], laptop) {
		t.Errorf("known %+v", known)
	}

	seen := f.device(owner.ID, "laptop")
	seen.IP, seen.LastSeenAt, seen.ExpiresAt = pointer("::2"), base.Add(time.Minute), base.Add(2*time.Hour)
	f.tx(func(tx account.Tx) error { return tx.SeeDevice(f.ctx, seen) })
	known, err = f.KnownDevices(f.ctx, owner.ID, base.Add(90*time.Minute))
	f.ok(err)
	if len(known) != 1 || known[0].ID != laptop.ID || *known[0].IP != "::2" || !known[0].CreatedAt.Equal(base) {
		t.Errorf("seen %+v", known)
	}

	unknown := f.device(owner.ID, "phone")
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.SeeDevice(f.ctx, unknown) }))
	late := f.device(owner.ID, "laptop")
	late.LastSeenAt = base.Add(2 * time.Hour)
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.SeeDevice(f.ctx, late) }))
	if known, err = f.KnownDevices(f.ctx, owner.ID, late.LastSeenAt); err != nil || len(known) != 0 {
		t.Errorf("known when the time is over: %+v, %v", known, err)
	}

	for i, mark := range []string{"1", "2", "3"} {
		device := f.device(owner.ID, mark)
		device.LastSeenAt = base.Add(time.Duration(i+10) * time.Minute)
		f.tx(func(tx account.Tx) error { return tx.RememberDevice(f.ctx, device, 3) })
	}
	known, err = f.KnownDevices(f.ctx, owner.ID, base)
	f.ok(err)
	if len(known) != 3 || string(known[0].MarkHash) != "3" || string(known[2].MarkHash) != "1" {
		t.Errorf("of four devices %+v are known", known)
	}

	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.ForgetDevice(f.ctx, owner.ID, foreign.ID) }))
	f.tx(func(tx account.Tx) error { return tx.ForgetDevice(f.ctx, owner.ID, known[0].ID) })
	f.tx(func(tx account.Tx) error { return tx.ForgetDevices(f.ctx, owner.ID) })
	if left, err := f.KnownDevices(f.ctx, owner.ID, base); err != nil || len(left) != 0 {
		t.Errorf("left %+v, %v", left, err)
	}
	if left, err := f.KnownDevices(f.ctx, other.ID, base); err != nil || len(left) != 1 {
		t.Errorf("the other account has %+v, %v", left, err)
	}

	f.ok(f.Reap(f.ctx, base.Add(time.Hour)))
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.SeeDevice(f.ctx, f.device(other.ID, "laptop")) }))
}

// devicesAreWatchedOnce guards that only the first sign-in of an account is the first.
func devicesAreWatchedOnce(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	for i := range 2 {
		f.tx(func(tx account.Tx) error {
			first, err := tx.WatchDevices(f.ctx, owner.ID, base)
			if err == nil && first != (i == 0) {
				t.Errorf("time %d is the first: %v", i+1, first)
			}
			return err
		})
	}
}
