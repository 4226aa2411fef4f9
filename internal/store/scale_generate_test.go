//go:build scale

package store_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/accountql/accountql/internal/store/postgrestest"
)

// SQLite has neither function.
func init() {
	sql.Register("sqlite3_sha256", &sqlite3.SQLiteDriver{ConnectHook: func(conn *sqlite3.SQLiteConn) error {
		key := func(hash []byte) int64 { return int64(binary.BigEndian.Uint64(hash) >> 1) }
		return errors.Join(
			conn.RegisterFunc("sha256", func(text []byte) []byte { sum := sha256.Sum256(text); return sum[:] }, true),
			conn.RegisterFunc("token_key", key, true),
		)
	}})
}

// generate fills the tables in SQL without their indexes, which are built at the end. The sessions are valid for
// the next 30 days, so that a server can run on the database (bench/sizes.go).
func generate(t *testing.T, path string, accounts int) {
	t.Helper()
	var db *sql.DB
	var err error
	id, scatter, hex := "printf('01900000-0000-7000-8000-%012x', n)", "printf('%08x', n * 2654435761 % 4294967296)", "printf('%024x', n)"
	numbers, blob, at := "WITH RECURSIVE numbers(n) AS (SELECT %d UNION ALL SELECT n + 1 FROM numbers WHERE n < %d) ", "CAST(%s AS BLOB)", "'%s'"
	definitions := "SELECT name, sql || ';' FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
	if *scaleEngine == "postgres" {
		db, err = postgrestest.Pool(path)
		id, scatter, hex = "'01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0')", "lpad(to_hex(n * 2654435761 % 4294967296), 8, '0')", "lpad(to_hex(n), 24, '0')"
		numbers, blob, at = "WITH numbers(n) AS (SELECT generate_series(%d::bigint, %d::bigint)) ", "convert_to(%s, 'UTF8')", "'%s'::timestamptz"
		definitions = "SELECT indexname, indexdef || ';' FROM pg_indexes WHERE schemaname = current_schema() AND indexname NOT LIKE '%_pkey'"
	} else {
		db, err = sql.Open("sqlite3_sha256", "file:"+path+"?_journal_mode=WAL&_synchronous=OFF&_cache_size=-200000")
	}

	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)

	run := func(statement string) {
		t.Helper()
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}

	const layout = "2006-01-02 15:04:05.999999999-07:00"
	const month = 30 * 24 * time.Hour
	today := time.Now().UTC().Truncate(time.Microsecond)
	now := fmt.Sprintf(at, today.Format(layout))
	later := fmt.Sprintf(at, today.Add(month).Format(layout))
	past := fmt.Sprintf(at, today.Add(-month).Format(layout))
	tokenKey := "token_key(%s)"
	if *scaleEngine == "postgres" {
		tokenKey = "(('x' || left(encode(%s, 'hex'), 16))::bit(64) >> 1)::bigint"
	}
	token := "sha256(" + fmt.Sprintf(blob, "'as_' || "+scatter+" || "+hex) + ")"
	seal := fmt.Sprintf(blob, "'an audit event''s hash of 32 bytes'")

	var names, indexes []string
	rows, err := db.Query(definitions)
	if err != nil {
		t.Fatal(err)
	}

	for rows.Next() {
		var name, definition string
		if err := rows.Scan(&name, &definition); err != nil {
			t.Fatal(err)
		}
		names, indexes = append(names, name), append(indexes, definition)
	}

	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}

	for n, name := range names {
		if !strings.Contains(indexes[n], "goose") {
			run("DROP INDEX " + name)
		}
	}

	run("INSERT INTO api_keys (id, name, secret_hash, permissions, created_at) VALUES ('scale', 'scale', " +
		fmt.Sprintf(blob, "'scale'") + ", '[]', " + now + ")")
	const batch = 500_000
	for first := 1; first <= accounts; first += batch {
		those := fmt.Sprintf(numbers, first, min(first+batch-1, accounts))
		fill := func(table, columns, values, where string) {
			t.Helper()
			run(fmt.Sprintf("INSERT INTO %s (%s) %sSELECT %s FROM numbers%s", table, columns, those, values, where))
		}

		fill("accounts",
			"number, id, status, email, phone, password_hash, credential_epoch, first_name, last_name, sex, city, zip_code, country_code, agreement_email, attributes, tags, version, created_at, updated_at",
			"n, "+id+", 'ACTIVE', "+scatter+
				" || '@example.com', '+49' || (1500000000 + n), '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 0, 'Ada', 'Kowalska', 'FEMALE', 'Kraków', '30-001', 'PL', true, '{}', '[]', 1, "+
				past+", "+past, "")
		fill("challenges",
			"id, account_id, purpose, secret_hash, target, email_at_issue, epoch_at_issue, attempts, created_at, expires_at, resend_available_at",
			"'c' || "+id+", "+id+", 'PASSWORD_RESET', "+token+", '', '', 0, 0, "+now+", "+later+", "+now,
			" WHERE n % 10 = 0")

		for number := 1; number <= 2; number++ {
			fill("audit_events",
				"id, account_id, operation, outcome, code, api_key_id, session_id, auth_id, ip, user_agent, request_id, at, chain, number, hash",
				fmt.Sprintf("'%d' || %s, %s, 'signIn', 'SUCCESS', '', 'scale', 's' || %s, '', '203.0.113.7', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', %s, %s, %s, %d, %s",
					number, id, id, id, id, past, id, number, seal), "")
		}

		fill("audit_heads", "chain, number, hash", id+", 2, "+seal, "")
	}

	// In the order of the key, because SQLite's rows are in that order.
	run(fmt.Sprintf("INSERT INTO sessions (id, account_id, account_number, api_key_id, token_hash, token_key,"+
		" created_at, authenticated_at, last_used_at, ends_at, expires_at, user_agent, ip) "+numbers, 1, accounts) +
		"SELECT 's' || " + id + ", " + id + ", n, 'scale', " + token + ", " + fmt.Sprintf(tokenKey, token) + ", " + past + ", " +
		past + ", " + now + ", " + later + ", " + later +
		", 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', '203.0.113.7' FROM numbers ORDER BY 6")
	if *scaleEngine == "postgres" {
		run("SELECT setval(pg_get_serial_sequence('accounts', 'number'), max(number)) FROM accounts")
	}

	for _, index := range indexes {
		if !strings.Contains(index, "goose") {
			run(index)
		}
	}

	if *scaleEngine == "postgres" {
		run("VACUUM ANALYZE")
	} else {
		run("PRAGMA wal_checkpoint(TRUNCATE)")
	}
}
