package storetest

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// address stores an address of the owner's, created that many minutes after base.
func (f *fixture) address(owner *models.Account, minutes int, change func(*models.Address)) *models.Address {
	f.Helper()
	at := base.Add(time.Duration(minutes) * time.Minute)
	address := &models.Address{
		ID: f.id("address"), AccountID: owner.ID, Line1: "Weg 1", CountryCode: "DE", Version: 1, CreatedAt: at, UpdatedAt: at,
	}
	if change != nil {
		change(address)
	}
	f.tx(func(tx account.Tx) error { return tx.CreateAddress(f.ctx, address) })

	return address
}

// wholeAddress gives an address a value in every field.
func wholeAddress(a *models.Address) {
	text, phone := "ä 'x' \U0001F98A", models.PhoneNumber("+4930901820")
	a.FirstName, a.LastName, a.Company, a.TaxID, a.Line2, a.Line3 = &text, &text, &text, &text, &text, &text
	a.City, a.PostalCode, a.Province, a.Phone = &text, &text, &text, &phone
	a.DefaultShipping, a.DefaultBilling, a.Version = true, true, 7
}

// addresses guards that an address is kept whole, changed only in what was named and at its version, and nobody
// else's.
func addresses(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	second := f.address(owner, 1, nil)
	first := f.address(owner, 0, wholeAddress)
	f.address(other, 0, func(a *models.Address) { a.ID, a.DefaultShipping = first.ID, true }) // an id is the account's own

	book, err := f.Addresses(f.ctx, owner.ID)
	f.ok(err)
	for i := range book {
		book[i].CreatedAt, book[i].UpdatedAt = book[i].CreatedAt.UTC(), book[i].UpdatedAt.UTC()
	}
	if len(book) != 2 || !reflect.DeepEqual(book[0], *first) || !reflect.DeepEqual(book[1], *second) {
		t.Fatalf("the book is %+v", book)
	}

	changed := *first
	changed.Line1, changed.Company, changed.DefaultShipping, changed.UpdatedAt = "Weg 2", nil, false, base.Add(time.Hour)
	changed.City = nil
	f.tx(func(tx account.Tx) error {
		return tx.UpdateAddress(f.ctx, &changed, "line1", "company", "default_shipping")
	})
	read, err := f.Addresses(f.ctx, owner.ID)
	f.ok(err)
	if got := read[0]; changed.Version != 8 || got.Version != 8 || got.Line1 != "Weg 2" || got.Company != nil ||
		got.DefaultShipping || got.City == nil || !got.UpdatedAt.Equal(base.Add(time.Hour)) {
		t.Errorf("the address is %+v", got)
	}

	for name, write := range map[string]func(tx account.Tx) error{
		"an old version": func(tx account.Tx) error { return tx.UpdateAddress(f.ctx, first, "line1") },
		"another account's": func(tx account.Tx) error {
			theirs := *second
			theirs.AccountID = other.ID
			return tx.UpdateAddress(f.ctx, &theirs, "line1")
		},
		"delete of another account's": func(tx account.Tx) error { return tx.DeleteAddress(f.ctx, other.ID, second.ID) },
		"delete of none":              func(tx account.Tx) error { return tx.DeleteAddress(f.ctx, owner.ID, "none") },
		"create for nobody": func(tx account.Tx) error {
			return tx.CreateAddress(f.ctx, &models.Address{ID: "x", AccountID: "nobody"})
		},
	} {
		t.Log(name)
		f.notFound(f.InTx(f.ctx, write))
	}

	f.tx(func(tx account.Tx) error { return tx.DeleteAddress(f.ctx, owner.ID, second.ID) })
	f.tx(func(tx account.Tx) error { return f.erase(tx, owner.ID) })
	for of, want := range map[string]int{owner.ID: 0, other.ID: 1} {
		if left, err := f.Addresses(f.ctx, of); err != nil || len(left) != want {
			t.Errorf("%s has %+v, %v", of, left, err)
		}
	}
}

// oneDefault guards that the database itself keeps one default of each kind per account.
func oneDefault(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	f.address(owner, 0, func(a *models.Address) { a.DefaultShipping = true })
	plain := f.address(owner, 1, func(a *models.Address) { a.DefaultBilling = true })
	plain.DefaultShipping = true
	for name, write := range map[string]func(tx account.Tx) error{
		"update": func(tx account.Tx) error { return tx.UpdateAddress(f.ctx, plain, "default_shipping") },
		"create shipping": func(tx account.Tx) error {
			return tx.CreateAddress(f.ctx, &models.Address{ID: "x", AccountID: owner.ID, DefaultShipping: true})
		},
		"create billing": func(tx account.Tx) error {
			return tx.CreateAddress(f.ctx, &models.Address{ID: "x", AccountID: owner.ID, DefaultBilling: true})
		},
	} {
		err := f.InTx(f.ctx, write)
		if err == nil || !strings.Contains(strings.ToLower(err.Error()), "unique") {
			t.Errorf("%s made a second default: %v", name, err)
		}
	}

	if book, err := f.Addresses(f.ctx, owner.ID); err != nil || len(book) != 2 {
		t.Errorf("the book is %+v, %v", book, err)
	}
}
