package system

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// erasureList is a list of erasures in memory. While broken, nothing can be written to it.
type erasureList struct {
	text   bytes.Buffer
	broken bool
}

func (l *erasureList) Append(line account.Erasure) error {
	if l.broken {
		return errors.New("no space left on device")
	}
	return json.NewEncoder(&l.text).Encode(line)
}

// erased returns how many accounts the list names.
func (l *erasureList) erased(t *testing.T) int {
	t.Helper()
	erased, unreadable, err := account.ReadErasures(strings.NewReader(l.text.String()))
	if err != nil || len(unreadable) > 0 {
		t.Fatalf("unreadable lines %v, %v in %s", unreadable, err, &l.text)
	}
	return len(erased)
}

const deletion = `{"clientAuthFactor":"correct horse battery staple","identityProvider":"SYNERISE"}`

// TestErasureIsListed checks that no account is erased that is not on the list, and that the list names nobody
// (R-DAT6).
func TestErasureIsListed(t *testing.T) {
	t.Parallel()
	w := newCustomer(t)
	list := &erasureList{broken: true}
	w.Service.Erasures = list
	demo, err := w.Store.AccountByEmail(t.Context(), account.DemoEmail)
	world.Check(t, err)

	refused(t, w.Do(t, "demo", "deleteAccount", deletion), models.CodeUnavailable)
	_, err = w.Service.EraseAccount(t.Context(), demo.ID)
	if models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("an operator's erasure without the list: %v", err)
	}
	if _, err := w.Store.AccountByID(t.Context(), demo.ID); err != nil {
		t.Fatalf("the account is gone: %v", err)
	}

	list.broken = false
	world.Succeed(t, w.Do(t, "demo", "deleteAccount", deletion))
	if list.erased(t) != 1 || strings.Contains(list.text.String(), demo.ID) ||
		strings.Contains(list.text.String(), "demo@") {
		t.Errorf("the list says %s", &list.text)
	}
}

// undone is a store whose transactions fail at their end if they delete an account.
type undone struct {
	account.Store
	failure error
}

func (u undone) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	return u.Store.InTx(ctx, func(tx account.Tx) error {
		deleting := &deletingTx{Tx: tx}
		err := decide(deleting)
		if err == nil && deleting.deleted {
			err = u.failure
		}

		return err
	})
}

// deletingTx knows whether it has deleted an account.
type deletingTx struct {
	account.Tx
	deleted bool
}

func (d *deletingTx) DeleteAccount(ctx context.Context, id string) ([]models.DeletedRows, error) {
	d.deleted = true
	return d.Tx.DeleteAccount(ctx, id)
}

// TestFailedErasureIsTakenBack checks that an account whose erasure failed is not on the list, and that one stays there
// of which nobody knows.
func TestFailedErasureIsTakenBack(t *testing.T) {
	t.Parallel()
	w := newCustomer(t)
	list := &erasureList{}
	w.Service.Erasures = list

	w.Service.Store = undone{w.Store, models.Unavailable(errors.New("the disk is full"))}
	refused(t, w.Do(t, "demo", "deleteAccount", deletion), models.CodeUnavailable)
	if list.erased(t) != 0 || list.text.Len() == 0 {
		t.Errorf("after a failure the list says %s", &list.text)
	}

	w.Service.Store = undone{w.Store, models.OutcomeUnknown(errors.New("a disk that does not answer"))}
	refused(t, w.Do(t, "demo", "deleteAccount", deletion), models.CodeUnavailable)
	if list.erased(t) != 1 {
		t.Errorf("after an unknown outcome the list says %s", &list.text)
	}

	// The account was used long after this erasure, which has evidently failed.
	w.Service.Store = w.Store
	erased, _, err := account.ReadErasures(strings.NewReader(list.text.String()))
	world.Check(t, err)
	w.Clock.Advance(time.Hour)
	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"city":"Here"}`))
	summary, err := w.Service.EraseListed(t.Context(), erased)
	world.Check(t, err)
	if summary.Erased != 0 || len(summary.Survived) != 1 {
		t.Errorf("of an account in use: %+v", summary)
	}
	if _, err := w.Store.AccountByEmail(t.Context(), account.DemoEmail); err != nil {
		t.Errorf("the account in use is gone: %v", err)
	}
}

// TestReadErasures checks that lines which were cut off or damaged are reported, and all others are read.
func TestReadErasures(t *testing.T) {
	t.Parallel()
	name := strings.Repeat("ab", 32)
	erased, unreadable, err := account.ReadErasures(strings.NewReader(`{"id":"1","at":"2026-11-29T08:00:00Z","acc
{"id":"2","at":"2026-11-29T08:00:00Z","account":"` + name + `"}

{"id":"3","at":"2026-11-29T09:00:00Z","account":"` + name + `"}
{"id":"4","at":"2026-11-29T10:00:00Z","account":"` + name + `"}
{"id":"5","at":"2026-11-29T10:00:01Z","cancels":"4"}
{"id":"6","at":"2026-11-29T08:00:00Z","account":"ada"}
{"id":"7","account":"` + name + `"}
`))
	if err != nil || len(unreadable) != 3 || unreadable[0] != 1 || unreadable[1] != 7 || unreadable[2] != 8 {
		t.Errorf("unreadable %v, %v", unreadable, err)
	}
	if at := erased[name]; len(erased) != 1 || at.Hour() != 9 {
		t.Errorf("erased %v", erased)
	}
}
