package transfer_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/internal/store/transfer"
	"github.com/accountql/accountql/models"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// This file tests copies from SQLite, whose data comes from storetest.Fill.

// filled returns a SQLite file with data that is hard to copy.
func filled(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "source.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}

	storetest.Fill(t, s)
	write, _ := s.Engine().Pools()
	for i := range storetest.Filled {
		storetest.Execute(t, write,
			"INSERT INTO identities (account_id, identity_provider, issuer, subject, linked_at) VALUES ('account-0001', 'OAUTH', ?, 'one subject', '2026-03-29 01:59:59.1+00:00')",
			fmt.Sprintf("https://%c.example", []rune("zZäß🦊")[i]))
	}

	storetest.Execute(t, write, "INSERT INTO server_keys (name, secret) VALUES ('empty', x'')")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	return path
}

// alter runs statements on a closed SQLite file, without the store.
func alter(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		storetest.Execute(t, db, statement)
	}
}

// dump returns every value of every table as SQLite prints it, except for the text of a time that a default
// created.
func dump(t *testing.T, path string) []string {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var lines []string
	for _, table := range transfer.CopiedTables() {
		var values []string
		for _, column := range texts(t, db,
			fmt.Sprintf("SELECT name FROM pragma_table_info('%s') ORDER BY name", table)) {
			value := fmt.Sprintf("quote(%q)", column)
			if table == "server_keys" && column == "created_at" {
				value = "strftime('%s', created_at)"
			}
			values = append(values, value)
		}

		rows := texts(t, db, fmt.Sprintf("SELECT %s FROM %s ORDER BY 1", strings.Join(values, " || ' ' || "), table))
		slices.Sort(rows)
		for _, row := range rows {
			lines = append(lines, table+" "+row)
		}
	}

	return lines
}

func quiet(transfer.Progress) {}

func mustCopy(t *testing.T, from, to string) *transfer.Report {
	t.Helper()
	report, err := transfer.Copy(t.Context(), from, to, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// targets returns the databases that a copy can be written to, each empty.
func targets(t *testing.T) map[string]func(t *testing.T) string {
	return map[string]func(t *testing.T) string{
		"SQLite":     func(t *testing.T) string { return filepath.Join(t.TempDir(), "target.db") },
		"PostgreSQL": func(t *testing.T) string { return postgrestest.EmptyURL(t) },
	}
}

// TestNewcomerAfterCopy registers customers in a copy, whose rows brought their numbers along.
func TestNewcomerAfterCopy(t *testing.T) {
	source := filled(t)
	for name, empty := range targets(t) {
		t.Run(name, func(t *testing.T) {
			database := empty(t)
			mustCopy(t, source, database)
			s := storetest.Migrated(t, database)
			for _, id := range []string{"first newcomer", "second newcomer"} {
				newcomer := &models.Account{ID: id, Status: models.StatusActive, Email: models.EmailAddress(id)}
				if err := s.InTx(t.Context(), func(tx account.Tx) error {
					return tx.CreateAccount(t.Context(), newcomer)
				}); err != nil {
					t.Errorf("%s: %v", id, err)
				}
			}
		})
	}
}

func TestCopiedTablesAreAll(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	write, _ := s.Engine().Pools()
	tables := texts(t, write, `SELECT name FROM sqlite_schema WHERE type = 'table'
		AND name NOT IN ('goose_db_version', 'schema_compatibility', 'sqlite_sequence')`)
	if len(tables) != len(transfer.CopiedTables()) {
		t.Errorf("the tables are %v, copied are %v", tables, transfer.CopiedTables())
	}

	for _, table := range tables {
		// Without a unique key, rows at the end of a batch would be skipped.
		var keys []string
		for _, index := range texts(t, write, `SELECT name FROM pragma_index_list(?) WHERE "unique" AND NOT partial`,
			table) {
			keys = append(keys,
				strings.Join(texts(t, write, "SELECT name FROM pragma_index_info(?) ORDER BY seqno", index), ","))
		}

		if key := strings.Join(transfer.CopiedKey(table), ","); !slices.Contains(keys, key) {
			t.Errorf("%s is copied by %q, its unique indexes are on %q", table, key, keys)
		}
	}
}

// texts returns the first column of a query.
func texts(t *testing.T, db *sql.DB, query string, values ...any) (list []string) {
	t.Helper()
	rows, err := db.Query(query, values...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()

	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		list = append(list, text)
	}

	return list
}

// TestCopyThereAndBack copies to PostgreSQL and back, and compares the result with the original by SQLite's own
// output.
func TestCopyThereAndBack(t *testing.T) {
	source, server := filled(t), postgrestest.EmptyURL(t)
	before := dump(t, source)
	there := mustCopy(t, source, server)
	for _, table := range there.Tables {
		if table.Rows < 2 || table.Copied != table.Rows || len(table.Digest) != 64 {
			t.Errorf("copied %+v", table)
		}
	}

	if there.SchemaVersion < 1 || len(there.Tables) != len(transfer.CopiedTables()) {
		t.Errorf("the report is %+v", there)
	}

	home := filepath.Join(t.TempDir(), "home.db")
	back := mustCopy(t, server, home)
	if !reflect.DeepEqual(back.Tables, there.Tables) {
		t.Errorf("there %+v\nand back %+v", there.Tables, back.Tables)
	}
	if after := dump(t, home); !slices.Equal(after, before) || !slices.Equal(dump(t, source), before) {
		t.Errorf("left with\n%s\ncame back with\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}

	for _, database := range []string{server, home} {
		if events, chains, err := storetest.Migrated(t, database).VerifyAudit(t.Context()); err != nil || events < 15 ||
			chains < 5 {
			t.Errorf("the audit trail has %d events in %d chains, %v", events, chains, err)
		}
	}
}

// TestCopyGoesOn interrupts a copy repeatedly, each time one batch later, until it is complete. Before that, no
// server starts on the target.
func TestCopyGoesOn(t *testing.T) {
	for name, empty := range targets(t) {
		t.Run(name, func(t *testing.T) {
			source, target := filled(t), empty(t)
			interrupted := 0
			for limit := 1; ; limit += 3 {
				ctx, cancel := context.WithCancel(t.Context())
				steps := 0
				report, err := transfer.CopyInBatches(ctx, source, target, 2, func(transfer.Progress) {
					if steps++; steps == limit {
						cancel()
					}
				})
				cancel()

				if err == nil {
					total, copied := 0, 0
					for _, table := range report.Tables {
						total, copied = total+table.Rows, copied+table.Copied
					}

					if copied >= total || total < 60 {
						t.Errorf("the last run copied %d of %d rows", copied, total)
					}

					break
				}

				interrupted++
				opened, err := store.Open(t.Context(), target)
				if err != nil {
					t.Fatal(err)
				}

				for _, refusal := range []error{opened.Migrate(t.Context()), opened.CheckSchema(t.Context())} {
					if refusal == nil || !strings.Contains(refusal.Error(), "a part of a copy") {
						t.Fatalf("after %d steps the target is accepted: %v", limit, refusal)
					}
				}

				if err := opened.Close(); err != nil {
					t.Fatal(err)
				}
			}

			if interrupted < 5 {
				t.Errorf("the copy was interrupted %d times only", interrupted)
			}

			// Copying again when nothing is left to do is allowed: the target stays the same.
			for _, table := range mustCopy(t, source, target).Tables {
				if table.Copied != 0 {
					t.Errorf("a finished copy is written again: %+v", table)
				}
			}

			if _, _, err := storetest.Migrated(t, target).VerifyAudit(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestCopyNoticesWhatDiffers changes the target between the copying and the verification.
func TestCopyNoticesWhatDiffers(t *testing.T) {
	for name, empty := range targets(t) {
		for table, change := range map[string]string{
			"accounts":     "UPDATE accounts SET city = 'Jena' WHERE city = 'Erlangen'",
			"sessions":     "UPDATE sessions SET ends_at = '2026-03-30 01:59:59.120001+00:00' WHERE account_id = 'account-0001'",
			"consents":     "UPDATE consents SET value = NULL WHERE value",
			"budgets":      "DELETE FROM budgets WHERE key LIKE '%whole%'",
			"server_keys":  "INSERT INTO server_keys (name, secret, created_at) VALUES ('another', 'x', '2026-03-30 01:59:59+00:00')",
			"audit_events": "UPDATE audit_events SET user_agent = 'u/1.0' WHERE number = 2",
		} {
			t.Run(name+" "+table, func(t *testing.T) {
				t.Parallel()
				source, target := filled(t), empty(t)
				changed := false
				_, err := transfer.Copy(t.Context(), source, target, func(progress transfer.Progress) {
					if progress.Table != "audit_heads" || changed {
						return
					}

					changed = true

					if name == "SQLite" {
						alter(t, target, change)
					} else {
						storetest.Execute(t, postgrestest.Open(t, target), change)
					}
				})
				if err == nil || !strings.Contains(err.Error(), "not like its source: "+table+" differs") {
					t.Errorf("got %v", err)
				}

				opened, err := store.Open(t.Context(), target)
				if err != nil {
					t.Fatal(err)
				}
				defer opened.Close()
				if err := opened.CheckSchema(t.Context()); err == nil {
					t.Error("a server would start on it")
				}
			})
		}
	}
}
