package system

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver of PostgreSQL

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// erasureWays are the ways in which an account with an id is erased. Each returns the receipt that whoever asked for it
// gets, or "" if nobody waits for the answer.
var erasureWays = map[string]func(t *testing.T, w *world.World, id string) (jws string){
	"deleteAccount": func(t *testing.T, w *world.World, _ string) string {
		a := world.Succeed(t, w.Do(t, "person", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
		return a.At("deleteAccount.receipt.jws").(string)
	},
	"deletion completed": func(t *testing.T, w *world.World, _ string) string {
		erased, err := w.Service.EraseDue(t.Context())
		if erased != 1 || err != nil {
			t.Errorf("erased %d, %v", erased, err)
		}
		return ""
	},
	"account erase": func(t *testing.T, w *world.World, id string) string {
		receipt, err := w.Service.By(account.Actor{Operator: "Zoë"}).EraseAccount(t.Context(), id)
		world.Check(t, err)
		return receipt.JWS
	},
	"eraseCustomer": func(t *testing.T, w *world.World, id string) string {
		payload, err := w.Service.EraseCustomer(t.Context(), models.Caller{}, account.EraseCustomerInput{
			OperatorInput: account.OperatorInput{ID: id, Operator: "Zoë", Reason: "ticket 7"},
		})
		world.Check(t, err)
		return payload.Receipt.JWS
	},
	"account expired": func(t *testing.T, w *world.World, id string) string {
		// The address is that of somebody who never proved it.
		stranger, err := w.Store.AccountByID(t.Context(), id)
		world.Check(t, err)
		stranger.EmailVerifiedAt, stranger.PhoneVerifiedAt = nil, nil
		world.Check(t, w.Store.InTx(t.Context(), func(tx account.Tx) error {
			return tx.UpdateAccount(t.Context(), stranger, "email_verified_at", "phone_verified_at")
		}))
		erased, _, err := w.Service.EraseUnproven(t.Context(), "", w.Clock.Now().Add(time.Hour))
		if erased != 1 || err != nil {
			t.Errorf("erased %d, %v", erased, err)
		}
		return ""
	},
}

// TestReceipts checks that every erasure has a receipt whose counts are those of the rows that were there, which names
// nobody and verifies with the keys of the database, also after they were rotated (R-DAT7).
func TestReceipts(t *testing.T) {
	for way, erase := range erasureWays {
		t.Run(way, func(t *testing.T) {
			onBoth(t, func(t *testing.T, database string) {
				settings := world.DefaultSettings()
				w := world.NewOn(t, settings, database)
				world.Listen(t, w)
				world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
				id, _ := live(t, w)
				requestedAt := w.Clock.Now()
				if way == "deletion completed" {
					w.Service.Settings.DeletionGrace = grace
					a := world.Succeed(t, w.Do(t, "person", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
					if a.At("deleteAccount.receipt") != nil || a.At("deleteAccount.deletion.scheduledFor") == nil {
						t.Errorf("there is a receipt before the erasure: %s", a.Body)
					}
					w.Clock.Advance(grace)
				}

				before := countRows(t, w, id)
				handedOut := erase(t, w, id)

				jws := receiptOfEvent(t, w, id)
				if handedOut != "" && handedOut != jws {
					t.Errorf("the answer has the receipt %s, and the webhook %s", handedOut, jws)
				}
				if way != "account expired" {
					notice := w.Message(t, models.MessageAccountDeleted, personEmail)
					if !strings.Contains(notice.Text, jws) || !strings.Contains(notice.HTML, jws) {
						t.Errorf("the notice lacks the receipt: %s", notice.Text)
					}
				}

				receipt := readReceipt(t, w, jws)
				checkReceipt(t, w, receipt, id, requestedAt, before)
				for _, trace := range append(slices.Clone(traces), "Zoë", "ticket 7", "example") {
					if text := fmt.Sprintf("%+v", receipt); strings.Contains(text, trace) {
						t.Errorf("the receipt has %q: %s", trace, text)
					}
				}

				world.Check(t, w.Service.RotateKeys(t.Context()))
				readReceipt(t, w, jws)
			})
		})
	}
}

// readReceipt returns a receipt, which must be signed.
func readReceipt(t *testing.T, w *world.World, jws string) *account.DeletionReceipt {
	t.Helper()
	_, err := w.Store.ReadKeys(t.Context())
	world.Check(t, err)
	keys, err := w.Store.SigningKeys(t.Context())
	world.Check(t, err)
	receipt, err := account.ReadReceipt(jws, keys)
	world.Check(t, err)

	return receipt
}

// receiptOfEvent returns the receipt that the account's last webhook event has.
func receiptOfEvent(t *testing.T, w *world.World, id string) string {
	t.Helper()
	events, err := w.Store.WebhookEventsOf(t.Context(), id)
	world.Check(t, err)
	last := events[len(events)-1]
	if last.Type != models.EventAccountDeleted {
		t.Fatalf("the last event is %s", last.Type)
	}

	return last.Data["receipt"].(string)
}

// checkReceipt compares a receipt with what is known of the erasure, and with the trail.
func checkReceipt(
	t *testing.T, w *world.World, receipt *account.DeletionReceipt, id string, requestedAt time.Time, rows map[string]int,
) {
	t.Helper()
	counted := map[string]int{}
	for _, table := range receipt.Tables {
		counted[table.Table] = table.Rows
	}
	if fmt.Sprint(counted) != fmt.Sprint(rows) || len(rows) < 4 {
		t.Errorf("the receipt counts %v, and there were %v", counted, rows)
	}
	if receipt.AccountID != id || !receipt.RequestedAt.Equal(requestedAt) || !receipt.ErasedAt.Equal(w.Clock.Now()) ||
		receipt.IdentityProviders == nil {
		t.Errorf("the receipt says %+v", receipt)
	}

	found := 0
	world.Check(t, w.Store.AuditEvents(t.Context(), models.AuditFilter{AccountID: id}, func(event models.AuditEvent) error {
		if receipt.Records(&event) {
			found++
		}
		return nil
	}))
	if found != 1 {
		t.Errorf("the trail has %d events of the receipt", found)
	}
}

// countRows counts the rows of an account, by the tables that have some.
func countRows(t *testing.T, w *world.World, id string) map[string]int {
	t.Helper()
	driver, source := "sqlite3", "file:"+w.Database+"?mode=ro"
	if strings.HasPrefix(w.Database, "postgres") {
		driver, source = "pgx", w.Database
	}
	db, err := sql.Open(driver, source)
	world.Check(t, err)
	defer func() { _ = db.Close() }()

	rows := map[string]int{}
	for table := range exportedTables {
		if strings.HasPrefix(table, "audit_") || strings.HasPrefix(table, "webhook_") {
			continue // they outlive the account
		}

		column := "account_id"
		if table == "accounts" {
			column = "id"
		}
		var count int
		world.Check(t, db.QueryRow("SELECT count(*) FROM "+table+" WHERE "+column+" = '"+id+"'").Scan(&count))
		if count > 0 {
			rows[table] = count
		}
	}

	return rows
}
