package system

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check what operators' commands leave in the audit trail, and what customers see of it (R-OBS3).

// TestNothingIsShownWithoutItsEvent checks that an operator sees no data and no key if the trail can't be written.
func TestNothingIsShownWithoutItsEvent(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	before := events(t, w)
	w.Service.Store = unable{w.Store}
	shown := func(line any) error {
		t.Errorf("shows %v", line)
		return nil
	}

	for name, try := range map[string]func(operator *account.Service) (seen bool, err error){
		"export": func(operator *account.Service) (bool, error) {
			export, err := operator.ExportAccount(t.Context(), string(account.DemoEmail))
			return export != nil, err
		},
		"get": func(operator *account.Service) (bool, error) {
			export, err := operator.PendingOf(t.Context(), string(account.DemoEmail))
			return export != nil, err
		},
		"lines of one": func(operator *account.Service) (bool, error) {
			accounts, err := operator.ExportLines(t.Context(), string(account.DemoEmail), shown)
			return accounts > 0, err
		},
		"lines of all": func(operator *account.Service) (bool, error) {
			accounts, err := operator.ExportLines(t.Context(), "", shown)
			return accounts > 0, err
		},
		"find": func(operator *account.Service) (bool, error) {
			page, err := operator.FindCustomers(t.Context(), "demo", 20, nil)
			return page != nil, err
		},
		"link": func(operator *account.Service) (bool, error) {
			link, err := operator.UnsubscribeLink(t.Context(), string(account.DemoEmail), models.ConsentEmail)
			return link != nil, err
		},
		"links": func(operator *account.Service) (bool, error) {
			links, err := operator.UnsubscribeLinks(t.Context(), models.ConsentEmail,
				func(link *account.UnsubscribeLink) error { return shown(link) })
			return links > 0, err
		},
		"proofs": func(operator *account.Service) (bool, error) {
			proofs, err := operator.ConsentProofs(t.Context(), string(account.DemoEmail))
			return proofs != nil, err
		},
		"messages": func(operator *account.Service) (bool, error) {
			return false, operator.RecordOutboxList(t.Context(), "account")
		},
		"key": func(operator *account.Service) (bool, error) {
			key, secret, err := operator.CreateAPIKey(t.Context(), account.NewAPIKey{
				Name: "new", Permissions: []models.Permission{models.PermissionSignIn},
			})
			return key != nil || secret != "", err
		},
	} {
		seen, err := try(w.Service.By(account.Actor{Operator: "Zoë"}))
		if seen || models.CodeOf(err) != models.CodeUnavailable {
			t.Errorf("%s: shown: %v, %v", name, seen, err)
		}
	}

	if n := events(t, w) - before; n != 0 {
		t.Errorf("%d events", n)
	}
}

// deadStore fails to read and to delete what belongs to an account.
type deadStore struct{ account.Store }

var errDead = errors.New("a bug")

func (deadStore) MessagesOf(context.Context, string) ([]models.Message, error) { return nil, errDead }

func (deadStore) AccountRecord(context.Context, string) (*models.AccountRecord, error) {
	return nil, errDead
}

func (s deadStore) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	return s.Store.InTx(ctx, func(tx account.Tx) error { return decide(deadTx{tx}) })
}

type deadTx struct{ account.Tx }

func (deadTx) DeleteAccount(context.Context, string) ([]models.DeletedRows, error) {
	return nil, errDead
}

// TestFailedCommandsLeaveEvents checks that an operator's command that fails after it found the account leaves an event
// with the code.
func TestFailedCommandsLeaveEvents(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	w.Service.Store = deadStore{w.Store}
	operator, demo := w.Service.By(account.Actor{Operator: "Zoë", Reason: "ticket 7"}), string(account.DemoEmail)
	for name, try := range map[string]func() error{
		"account get":    func() error { _, err := operator.PendingOf(t.Context(), demo); return err },
		"account export": func() error { _, err := operator.ExportAccount(t.Context(), demo); return err },
		"account export (lines)": func() error {
			_, err := operator.ExportLines(t.Context(), demo, func(any) error { return nil })
			return err
		},
		"account erase": func() error { _, err := operator.EraseAccount(t.Context(), demo); return err },
	} {
		before := events(t, w)
		if err := try(); !errors.Is(err, errDead) || events(t, w) != before+1 {
			t.Fatalf("%s: %v, %d events", name, err, events(t, w)-before)
		}

		operation, _, _ := strings.Cut(name, " (")
		last := newestEvent(t, w)
		if last.Operation != operation || last.Outcome != models.OutcomeFailed || last.Code != models.CodeInternal ||
			last.AccountID == "" || last.Operator != "Zoë" || last.Reason != "ticket 7" {
			t.Errorf("%s left %+v", name, last)
		}
	}
}

// TestCustomersSeeNoOperator checks that a customer's activity tells what the shop did, but neither who did it nor why.
func TestCustomersSeeNoOperator(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	operator := w.Service.By(account.Actor{Operator: "Zoë Wolpertinger", Reason: "suspects a jackalope"})
	demo, err := operator.PendingOf(t.Context(), string(account.DemoEmail))
	world.Check(t, err)
	_, err = operator.ExportAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)
	world.Check(t, operator.RecordOutboxList(t.Context(), demo.Account.ID))

	const seen = `{ account { activity { edges { node { at operation outcome reason ip userAgent description } } } } }`
	a := world.Succeed(t, w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens["demo"],
		Body: `{"query":"` + seen + `"}`}))
	for _, said := range []string{
		"The shop looked at your account", "The shop exported your data", "The shop looked at which messages you were sent",
		"account get", "account export", "outbox list",
	} {
		if !strings.Contains(a.Body, `"`+said+`"`) {
			t.Errorf("the activity lacks %q: %s", said, a.Body)
		}
	}
	if strings.Contains(a.Body, "Wolpertinger") || strings.Contains(a.Body, "jackalope") {
		t.Errorf("the activity tells who acted: %s", a.Body)
	}

	// What the server does for customers afterwards is nobody's command.
	world.Succeed(t, w.Do(t, "demo", "updateAccount", `{"city":"Berlin"}`))
	if last := newestEvent(t, w); last.Operation != "updateAccount" || last.Operator != "" || last.Reason != "" {
		t.Errorf("the customer's own event is %+v", last)
	}
}

// TestOperatorOfAnImport checks that an import names its operator at each account that it makes, and at each that gives
// way to it.
func TestOperatorOfAnImport(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	world.Succeed(t, w.Do(t, "", "registerAccount", `{"email":"claim@example.com","password":"a long enough one"}`))
	claim, err := w.Store.AccountByEmail(t.Context(), "claim@example.com")
	world.Check(t, err)
	actor := account.Actor{Operator: "Zoë", Reason: "the move"}
	w.Service = w.Service.By(actor)
	_, said, err := importLines(w, `{"email":"claim@example.com"}`+"\n"+`{"email":"new@example.com"}`+"\n", false)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}

	var named []string
	world.Check(t, w.Store.AuditTrail(t.Context(), func(event models.AuditEvent) error {
		if event.Operator == actor.Operator && event.Reason == actor.Reason {
			named = append(named, event.Operation)
			if event.Operation == "email displaced" && event.AccountID != claim.ID {
				t.Errorf("%+v is not of the account that gave way", event)
			}
		}
		return nil
	}))
	slices.Sort(named)
	if got := strings.Join(named, ", "); got != "account import, account import, email displaced" {
		t.Errorf("the operator is named at %q", got)
	}
}
