package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// registration returns a registration of the address that is valid for a day, with every field that a customer can
// give.
func (f *fixture) registration(email models.EmailAddress) *models.Registration {
	f.Helper()
	brought := wholeAccount(f.T, f.id("account"))
	brought.Email = email

	return &models.Registration{
		ID: f.id("registration"), ChallengeID: f.id("challenge"), Email: email, Mailed: true, CreatedAt: base,
		ExpiresAt: base.Add(24 * time.Hour),
		Brought: &models.RegistrationData{
			PasswordHash: "$argon2id$v=19$m=64,t=1,p=1$c2FsdA$aGFzaA", Account: *brought,
			Consents: []models.Consent{{ID: f.id("consent"), AccountID: brought.ID, Channel: models.ConsentEmail,
				Value: pointer(true), Source: "registerAccount", Pending: true, RecordedAt: base}},
		},
	}
}

func registrations(t *testing.T, f *fixture) {
	first, second := f.registration("a@example.com"), f.registration("a@example.com")
	second.CreatedAt = base.Add(time.Second)
	first.Mailed, second.Mailed = false, false
	other := f.registration("b@example.com")
	for _, registration := range []*models.Registration{first, second, other} {
		f.tx(func(tx account.Tx) error { return tx.CreateRegistration(f.ctx, registration, 2) })
	}

	waiting, err := f.Registrations(f.ctx, "a@example.com", base)
	f.ok(err)
	if len(waiting) != 2 || !reflect.DeepEqual(waiting[0], *second) || !reflect.DeepEqual(waiting[1], *first) {
		t.Fatalf("kept %+v\nwant %+v", waiting, []models.Registration{*second, *first})
	}

	found, err := f.RegistrationByChallenge(f.ctx, first.ChallengeID, base)
	f.ok(err)
	if !reflect.DeepEqual(found, first) {
		t.Fatalf("found %+v\nwant %+v", found, first)
	}

	// Mailed registrations neither replace others nor are replaced.
	mailed := []*models.Registration{
		f.registration("a@example.com"), f.registration("a@example.com"), f.registration("a@example.com"),
	}
	for _, registration := range mailed {
		f.tx(func(tx account.Tx) error { return tx.CreateRegistration(f.ctx, registration, 2) })
	}

	if waiting, err = f.Registrations(f.ctx, "a@example.com", base); err != nil || len(waiting) != 5 {
		t.Fatalf("%d of five registrations, %v", len(waiting), err)
	}

	// Of those that are not mailed, an address keeps the newest, up to the limit. Other addresses keep theirs.
	third := f.registration("a@example.com")
	third.CreatedAt, third.Mailed = base.Add(2*time.Second), false
	f.tx(func(tx account.Tx) error { return tx.CreateRegistration(f.ctx, third, 2) })
	_, err = f.RegistrationByChallenge(f.ctx, first.ChallengeID, base)
	f.notFound(err)
	for _, kept := range append(mailed, second, third) {
		_, err = f.RegistrationByChallenge(f.ctx, kept.ChallengeID, base)
		f.ok(err)
	}

	if waiting, err = f.Registrations(f.ctx, "b@example.com", base); err != nil || len(waiting) != 1 {
		t.Fatalf("%d registrations of another address, %v", len(waiting), err)
	}

	// An expired registration is not found, and is deleted later.
	_, err = f.RegistrationByChallenge(f.ctx, second.ChallengeID, second.ExpiresAt)
	f.notFound(err)
	if waiting, err = f.Registrations(f.ctx, "a@example.com", second.ExpiresAt); err != nil || len(waiting) != 0 {
		t.Fatalf("%d registrations have expired and are there, %v", len(waiting), err)
	}

	f.ok(f.Reap(f.ctx, second.ExpiresAt))
	if waiting, err = f.Registrations(f.ctx, "a@example.com", base); err != nil || len(waiting) != 0 {
		t.Fatalf("%d registrations were not reaped, %v", len(waiting), err)
	}

	// A proof of the address ends them all. Deleting an account deletes its own.
	owner := f.account("owner@example.com")
	own := f.registration("owner@example.com")
	own.AccountID = owner.ID
	f.tx(func(tx account.Tx) error { return tx.CreateRegistration(f.ctx, own, 2) })
	f.tx(func(tx account.Tx) error { return tx.CreateRegistration(f.ctx, f.registration("owner@example.com"), 2) })
	f.tx(func(tx account.Tx) error { return f.erase(tx, owner.ID) })
	_, err = f.RegistrationByChallenge(f.ctx, own.ChallengeID, base)
	f.notFound(err)
	if waiting, err = f.Registrations(f.ctx, "owner@example.com", base); err != nil || len(waiting) != 1 {
		t.Fatalf("%d registrations outlived the account, %v", len(waiting), err)
	}

	f.tx(func(tx account.Tx) error { return tx.DropRegistrations(f.ctx, "owner@example.com") })
	if waiting, err = f.Registrations(f.ctx, "owner@example.com", base); err != nil || len(waiting) != 0 {
		t.Fatalf("%d registrations outlived the proof, %v", len(waiting), err)
	}
}

// reservedAddresses: an address that an account can take back can't be used by another account.
func reservedAddresses(t *testing.T, f *fixture) {
	moved, other := f.account("former@example.com"), f.account("other@example.com")
	undo := f.challenge(moved, models.PurposeEmailUndo)
	undo.ID, undo.SecretHash, undo.Target = f.id("challenge"), []byte(f.id("secret")), "former@example.com"
	f.tx(func(tx account.Tx) error { return tx.CreateChallenge(f.ctx, undo) })

	reserved := func(except string, now time.Time) (found *models.Challenge, err error) {
		err = f.InTx(f.ctx, func(tx account.Tx) error {
			found, err = tx.ReservedEmail(f.ctx, "former@example.com", except, now)
			return err
		})
		beside, besideErr := f.ReservedEmail(f.ctx, "former@example.com", except, now)
		if !errors.Is(besideErr, err) || (beside == nil) != (found == nil) || beside != nil && beside.ID != found.ID {
			t.Fatalf("beside the transaction reserved by %+v, %v", beside, besideErr)
		}

		return found, err
	}

	_, err := reserved("", base)
	f.notFound(err) // the account still has the address

	moved.Email = "new@example.com"
	f.tx(func(tx account.Tx) error { return tx.UpdateAccount(f.ctx, moved, "email") })
	if found, err := reserved(other.ID, base); err != nil || found.ID != undo.ID {
		t.Fatalf("reserved by %+v, %v", found, err)
	}

	_, err = reserved(moved.ID, base)
	f.notFound(err)
	_, err = reserved(other.ID, undo.ExpiresAt)
	f.notFound(err)

	taken := func(write func(tx account.Tx) error) {
		t.Helper()
		f.tx(func(tx account.Tx) error {
			if err := write(tx); models.CodeOf(err) != models.CodeEmailUnavailable {
				t.Fatalf("a reserved address: %v", err)
			}

			// The transaction continues, and the write has left no changes.
			if _, err := tx.AccountByEmail(f.ctx, "former@example.com"); err == nil {
				t.Fatal("somebody has the reserved address")
			}

			return nil
		})
	}

	newcomer := minimalAccount(f.id("account"), "former@example.com")
	newcomer.UpdatedAt = base
	taken(func(tx account.Tx) error { return tx.CreateAccount(f.ctx, newcomer) })
	other.Email, other.UpdatedAt = "former@example.com", base
	taken(func(tx account.Tx) error { return tx.UpdateAccount(f.ctx, other, "email") })

	moved.Email = "former@example.com"
	f.tx(func(tx account.Tx) error { return tx.UpdateAccount(f.ctx, moved, "email") })
}

// waitsForChange: a write that waits for a change that can be undone finds the address reserved when the change is
// committed.
func waitsForChange(t *testing.T, f *fixture) {
	for round := range 20 {
		former := models.EmailAddress(f.id("former") + "@example.com")
		moved := f.account(former)
		undo := f.challenge(moved, models.PurposeEmailUndo)
		undo.ID, undo.SecretHash, undo.Target = f.id("challenge"), []byte(f.id("secret")), string(former)
		newcomer := minimalAccount(f.id("account"), former)
		newcomer.UpdatedAt = base
		moved.Email = models.EmailAddress(f.id("new") + "@example.com")
		won := f.race(func(i int) error {
			if i > 0 {
				fresh := *newcomer
				fresh.ID = fmt.Sprintf("%s-%d", newcomer.ID, i) // f.id may only be used by the test's goroutine
				return f.InTx(f.ctx, func(tx account.Tx) error { return tx.CreateAccount(f.ctx, &fresh) })
			}

			mine := *moved

			return f.InTx(f.ctx, func(tx account.Tx) error {
				if err := tx.UpdateAccount(f.ctx, &mine, "email"); err != nil {
					return err
				}
				return tx.CreateChallenge(f.ctx, undo)
			})
		}, func(err error) bool { return models.CodeOf(err) == models.CodeEmailUnavailable })
		if won != 1 {
			t.Fatalf("round %d: %d won", round, won)
		}
	}
}

// phonesAreLocked finds an account by its number in a transaction.
func phonesAreLocked(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	owner.Phone = pointer(models.PhoneNumber("+48512345678"))
	f.tx(func(tx account.Tx) error { return tx.UpdateAccount(f.ctx, owner, "phone") })
	f.tx(func(tx account.Tx) error {
		found, err := tx.AccountByPhone(f.ctx, "+48512345678")
		if err != nil || found.ID != owner.ID {
			t.Fatalf("found %+v, %v", found, err)
		}
		_, err = tx.AccountByPhone(f.ctx, "+48512345679")
		f.notFound(err)
		return nil
	})
}

// pendingConsents: the newest answer for a channel counts, and only if it is pending.
func pendingConsents(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	answer := func(channel models.ConsentChannel, value *bool, pending bool, after time.Duration) {
		f.tx(func(tx account.Tx) error {
			return tx.RecordConsents(f.ctx, []models.Consent{{
				ID: f.id("consent"), AccountID: owner.ID, Channel: channel, Value: value, Source: "test",
				Pending: pending, RecordedAt: base.Add(after),
			}})
		})
	}

	pending := func(channel models.ConsentChannel) (found *models.Consent, err error) {
		err = f.InTx(f.ctx, func(tx account.Tx) error {
			found, err = tx.PendingConsent(f.ctx, owner.ID, channel)
			return err
		})
		return found, err
	}

	_, err := pending(models.ConsentEmail)
	f.notFound(err)
	answer(models.ConsentEmail, pointer(true), true, 0)
	answer(models.ConsentSMS, pointer(true), false, time.Second)
	if found, err := pending(models.ConsentEmail); err != nil || found.Value == nil || !*found.Value {
		t.Fatalf("waits %+v, %v", found, err)
	}

	_, err = pending(models.ConsentSMS)
	f.notFound(err)
	answer(models.ConsentEmail, nil, false, 2*time.Second)
	_, err = pending(models.ConsentEmail)
	f.notFound(err)
}

// unlinkIdentities ends all links of one account and returns them.
func unlinkIdentities(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	for i, of := range []*models.Account{owner, owner, other} {
		link := &models.Identity{AccountID: of.ID, IdentityProvider: models.ProviderOAuth,
			Issuer: f.id("https://issuer"), Subject: "s", LinkedAt: base.Add(time.Duration(i) * time.Second)}
		f.tx(func(tx account.Tx) error { return tx.LinkIdentity(f.ctx, link) })
	}

	var ended []models.Identity
	f.tx(func(tx account.Tx) (err error) {
		ended, err = tx.UnlinkIdentities(f.ctx, owner.ID)
		return err
	})
	left, err := f.Identities(f.ctx, owner.ID)
	f.ok(err)
	others, err := f.Identities(f.ctx, other.ID)
	f.ok(err)
	if len(ended) != 2 || len(left) != 0 || len(others) != 1 {
		t.Fatalf("ended %d, left %d and %d", len(ended), len(left), len(others))
	}
}

// budgetRefunds takes uses back, but never below zero.
func budgetRefunds(t *testing.T, f *fixture) {
	spend := func() (budget models.Budget) {
		f.tx(func(tx account.Tx) (err error) {
			budget, err = tx.SpendBudget(f.ctx, "key", base, time.Hour)
			return err
		})
		return budget
	}

	refund := func() { f.tx(func(tx account.Tx) error { return tx.RefundBudget(f.ctx, "key") }) }
	refund()
	spend()
	spend()
	refund()
	if spent := spend(); spent.Count != 2 {
		t.Fatalf("two of three uses count %d", spent.Count)
	}

	for range 5 {
		refund()
	}

	if spent := spend(); spent.Count != 1 {
		t.Fatalf("one use counts %d", spent.Count)
	}
}
