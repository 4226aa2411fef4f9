package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// auditEvents checks that events come back whole, and that each condition of a filter selects its events.
func auditEvents(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	recorded := map[string]models.AuditEvent{}
	for _, event := range []models.AuditEvent{
		{ID: "created", AccountID: owner.ID, Operation: "account create", Operator: "Zoë", Reason: strings.Repeat("ü", 500)},
		{ID: "signed in", AccountID: owner.ID, Operation: "signIn", RequestID: "request", At: base.Add(time.Minute)},
		{ID: "refused", AccountID: owner.ID, Operation: "signIn", Code: models.CodeInvalidCredentials,
			Outcome: models.OutcomeRefused, RequestID: "request", At: base.Add(time.Hour)},
		{ID: "other", AccountID: other.ID, Operation: "signIn", RequestID: "another", At: base.Add(time.Hour)},
		{ID: "key", APIKeyID: "key", Operation: "apikey create", Operator: "os:root", At: base.Add(2 * time.Hour)},
		{ID: "all", Operation: "account export", Operator: "os:root", Reason: "move", At: base.Add(-time.Microsecond)},
	} {
		if event.At.IsZero() {
			event.At = base
		}
		f.tx(func(tx account.Tx) error { return tx.RecordEvent(f.ctx, &event) })
		recorded[event.ID] = event
	}

	for _, tc := range []struct {
		wanted models.AuditFilter
		ids    string
	}{
		{models.AuditFilter{}, "created,signed in,refused,other,key,all"},
		{models.AuditFilter{AccountID: owner.ID}, "created,signed in,refused"},
		{models.AuditFilter{AccountID: "nobody"}, ""},
		{models.AuditFilter{RequestID: "request"}, "signed in,refused"},
		{models.AuditFilter{Operation: "signIn"}, "signed in,refused,other"},
		{models.AuditFilter{Code: models.CodeInvalidCredentials}, "refused"},
		{models.AuditFilter{Since: base.Add(time.Hour)}, "refused,other,key"},
		{models.AuditFilter{Since: base.In(time.FixedZone("", 7200))}, "created,signed in,refused,other,key"},
		{models.AuditFilter{AccountID: owner.ID, Operation: "signIn", Since: base.Add(2 * time.Minute)}, "refused"},
		{models.AuditFilter{AccountID: other.ID, Code: models.CodeInvalidCredentials}, ""},
	} {
		var ids []string
		f.ok(f.AuditEvents(f.ctx, tc.wanted, func(event models.AuditEvent) error {
			ids = append(ids, event.ID)
			want := recorded[event.ID]
			if event.Operator != want.Operator || event.Reason != want.Reason || !event.At.Equal(want.At) ||
				event.Chain != want.Chain || event.Number != want.Number || !slices.Equal(event.Hash, want.Hash) {
				t.Errorf("recorded %+v, and read %+v", want, event)
			}

			return nil
		}))
		if got := strings.Join(ids, ","); got != tc.ids {
			t.Errorf("%+v selects %q, want %q", tc.wanted, got, tc.ids)
		}
	}
}

// retriesNameTheirAccount checks that a refused retry tells whose message it is, for the audit trail.
func retriesNameTheirAccount(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	waits := f.message(owner.ID, "")
	for _, tc := range []struct{ id, account string }{{waits.ID, owner.ID}, {"unknown", ""}} {
		err := f.InTx(f.ctx, func(tx account.Tx) error {
			accountID, err := tx.RetryMessage(f.ctx, tc.id, base)
			if accountID != tc.account {
				t.Errorf("%s is of the account %q", tc.id, accountID)
			}
			return err
		})
		if err == nil {
			t.Errorf("%s was retried", tc.id)
		}
	}
}
