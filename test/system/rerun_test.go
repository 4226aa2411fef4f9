package system

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check that a transaction can run again after a conflict, as account.Store says; TestStories runs
// every story in this way.

// retryingStore is a store in which every transaction meets a conflict at its very end: its changes are rolled back, and
// it runs a second time.
type retryingStore struct {
	account.Store
	// meanwhile, unless nil, changes the database between the two runs.
	meanwhile func()
}

var errAgain = errors.New("a conflict")

// InTx runs the transaction twice.
func (a retryingStore) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	_ = a.Store.InTx(ctx, func(tx account.Tx) error { return errors.Join(decide(tx), errAgain) })
	if a.meanwhile != nil {
		a.meanwhile()
	}
	return a.Store.InTx(ctx, decide)
}

// TestTheSecondRunForgetsTheFirst changes the owner of an address between the runs.
func TestTheSecondRunForgetsTheFirst(t *testing.T) {
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := signedIn(t, settings)
	keeper, plain := w.Service.Store, *w.Service
	own := func(email models.EmailAddress) {
		if _, err := plain.CreateAccount(t.Context(),
			account.NewAccount{Email: email}); models.CodeOf(err) != models.CodeEmailUnavailable {
			world.Check(t, err)
		}
	}

	// The address is free first and then taken: its owner must not get the token.
	w.Service.Store = retryingStore{keeper, func() { own("next@example.com") }}
	world.Succeed(t,
		w.Do(t, "demo", "requestEmailChange", `{"email":"next@example.com","password":"`+account.DemoPassword+`"}`))
	if notice := w.Message(t, models.MessageEmailTaken, "next@example.com"); notice.Token != nil {
		t.Error("the owner of the address got the token")
	}

	// The address is taken first and then free: the new customer must get a token that works.
	own("former@example.com")
	w.Service.Store = retryingStore{keeper, func() {
		if _, err := plain.EraseAccount(t.Context(), "former@example.com"); !errors.Is(err, models.ErrNotFound) {
			world.Check(t, err)
		}
	}}
	world.Succeed(t,
		w.Do(t, "", "registerAccount", `{"email":"former@example.com","password":"the password of the next"}`))
	w.Service.Store = keeper
	mail := w.Message(t, models.MessageActivation, "former@example.com")
	if mail.Token == nil {
		t.Fatal("there is no token")
	}

	world.Succeed(t, w.Do(t, "", "confirmAccountActivation",
		fmt.Sprintf(`{"token":%q,"password":%q}`, *mail.Token, "the password of the next")))

	// The account no longer exists in the second run.
	own("gone@example.com")
	w.Service.Store = retryingStore{keeper, func() {
		if _, err := plain.EraseAccount(t.Context(), "gone@example.com"); err != nil {
			t.Error(err)
		}
	}}
	if _, err := w.Service.EraseAccount(t.Context(), "gone@example.com"); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("erased twice: %v", err)
	}
}
