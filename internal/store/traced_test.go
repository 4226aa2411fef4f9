package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/internal/trace/tracetest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestStatementsAreTraced guards that on both engines each statement of a request is a span in its trace, with its text
// and without its values, that a queued message carries the trace, and that what belongs to no request is no span.
func TestStatementsAreTraced(t *testing.T) {
	for system, database := range map[string]func() string{
		"sqlite":     func() string { return filepath.Join(t.TempDir(), "traced.db") },
		"postgresql": func() string { return postgrestest.URL(t) },
	} {
		t.Run(system, func(t *testing.T) {
			s := storetest.Migrated(t, database())
			collector := tracetest.Start(t)
			tracer := trace.New(collector.URL, "", world.Discard)
			s.Trace()

			ctx, span := tracer.Begin(t.Context(), "", trace.Server, "request")
			if _, _, _, err := s.Authenticate(ctx, []byte("Mark-key"), nil, start); !errors.Is(err, models.ErrNotFound) {
				t.Fatal(err)
			}
			made := func(id, email string) error {
				return s.InTx(ctx, func(tx account.Tx) error {
					customer := storetest.Customer(id)
					customer.Email = models.EmailAddress(email)
					if err := tx.CreateAccount(ctx, customer); err != nil {
						return err
					}
					message := &models.Message{ID: id, AccountID: id, Channel: models.ChannelMail, CreatedAt: start,
						NotBefore: start, Recipient: email, Data: models.MessageData{Token: "Mark-token"}}
					return tx.Enqueue(ctx, message)
				})
			}
			if err := made("one", "mark@example.com"); err != nil {
				t.Fatal(err)
			}
			if err := made("two", "mark@example.com"); models.CodeOf(err) != models.CodeEmailUnavailable {
				t.Fatal(err)
			}
			if _, err := s.AccountByEmail(ctx, "mark@example.com"); err != nil {
				t.Fatal(err)
			}
			if records, err := s.AccountRecords(ctx, "", 2); err != nil || len(records) != 1 {
				t.Fatal(records, err)
			}
			if _, err := s.RunInTx(ctx, "UPDATE nothing SET mark = 'mark@example.com'"); err == nil {
				t.Fatal("a statement without a table succeeds")
			}

			span.End()
			if err := made("three", "other@example.com"); err != nil { // its trace has ended
				t.Fatal(err)
			}
			claimed, err := s.ClaimMessages(t.Context(), start, time.Minute, 10)
			if err != nil || len(claimed) != 2 || claimed[0].Data.Trace == "" {
				t.Fatalf("%v, %v", claimed, err)
			}

			world.Deliver(t, tracer)
			expectStatements(t, system, collector, claimed[0].Data.Trace)
		})
	}
}

func expectStatements(t *testing.T, system string, collector *tracetest.Collector, parent string) {
	t.Helper()
	var names []string
	spans := collector.Spans()
	for _, span := range spans {
		names = append(names, span.Name)
		taken := span.Name == "INSERT accounts" && slices.Contains(names[:len(names)-1], span.Name)
		failed := taken || span.Name == "UPDATE nothing"
		if !strings.HasPrefix(parent, "00-"+span.TraceID) || span.Failed != failed ||
			span.Name != "request" && (span.Attributes["db.system.name"] != system ||
				span.Attributes["db.query.text"] == "") {
			t.Errorf("%+v", span)
		}
	}

	text := fmt.Sprint(names)
	for _, name := range []string{
		"SELECT api_keys", "BEGIN", "INSERT accounts", "INSERT outbox", "COMMIT", "ROLLBACK", "SELECT accounts",
		"UPDATE nothing",
	} {
		if !slices.Contains(names, name) {
			t.Errorf("no span %s in %s", name, text)
		}
	}

	// The last statement was written with its value in it; no other has one.
	raw := strings.Replace(collector.Raw(), "UPDATE nothing SET mark = 'mark@example.com'", "", 1)
	if strings.Contains(raw, "mark@example.com") || strings.Contains(raw, "Mark-") {
		t.Errorf("the spans have values: %q", raw)
	}
}

// TestUntracedStatements guards that a traced store works outside of a trace, as the server's own work is.
func TestUntracedStatements(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "untraced.db"))
	s.Trace()
	enqueue(t, s, "a")
	claimed, err := s.ClaimMessages(context.Background(), start, time.Minute, 10)
	if err != nil || len(claimed) != 1 || claimed[0].Data.Trace != "" {
		t.Errorf("%v, %v", claimed, err)
	}
}
