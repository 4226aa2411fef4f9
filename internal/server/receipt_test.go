package server

import (
	"crypto/ed25519"
	"database/sql"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
)

// erasedBy creates an account and erases it, and returns its id and a file with the receipt.
func erasedBy(t *testing.T, database, email string) (id, file string) {
	t.Helper()
	command(t, database, "", "account create --email "+email, &map[string]any{})
	var erased struct {
		ID      string
		Erased  bool
		Receipt string
	}
	command(t, database, "", "account erase --yes "+email, &erased)
	file = filepath.Join(t.TempDir(), "receipt.jws")
	if err := os.WriteFile(file, []byte(erased.Receipt+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	return erased.ID, file
}

// TestReceiptsAreVerified follows docs/deletion.md: an operator checks a receipt, whichever key has signed it, and finds
// one of another database, one that was changed, and one whose event was removed from the trail (R-DAT7).
func TestReceiptsAreVerified(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { receiptsAreVerified(t, migrated(t, "x.db")) })
	t.Run("PostgreSQL", func(t *testing.T) {
		database := postgrestest.EmptyURL(t)
		command(t, database, "", "migrate", &[]any{})
		receiptsAreVerified(t, database)
	})
}

func receiptsAreVerified(t *testing.T, database string) {
	id, file := erasedBy(t, database, "ada@example.com")
	command(t, database, "", "keys rotate", &[]any{})
	_, newer := erasedBy(t, database, "bob@example.com")
	var verified struct {
		Verified, EventEnded bool
		Receipt              account.DeletionReceipt
	}
	for _, receipt := range []string{file, newer} {
		command(t, database, "", "audit verify --receipt "+receipt, &verified)
		if !verified.Verified || verified.EventEnded || verified.Receipt.ErasedAt.IsZero() {
			t.Errorf("of %s: %+v", receipt, verified)
		}
	}

	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(t.TempDir(), "changed")
	if err := os.WriteFile(changed, []byte(strings.Replace(string(text), "eyJ", "eyK", 1)), 0o600); err != nil {
		t.Fatal(err)
	}

	_, foreign := erasedBy(t, migrated(t, "other.db"), "ada@example.com")
	for name, want := range map[string]string{
		foreign: "none of the keys", changed: "of no use", filepath.Join(t.TempDir(), "missing"): "--receipt",
	} {
		code, stdout, stderr := try(database, "", "audit verify --receipt "+name)
		if code == 0 || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("%s: %d, %s%s", name, code, stdout, stderr)
		}
	}

	opened, err := store.OpenExisting(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := opened.AuditRetention().EndEvents(t.Context(), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}

	// Both events have ended. Without --retain-audit that is a fault, which has nothing to do with receipts.
	command(t, database, "", "audit verify --retain-audit 1ns --receipt "+file, &verified)
	if !verified.EventEnded || verified.Receipt.AccountID != id {
		t.Errorf("of a receipt whose event has ended: %+v", verified)
	}
}

// TestReceiptWithoutItsEvent removes an account's chain from the trail, heads included, so that what is left verifies.
func TestReceiptWithoutItsEvent(t *testing.T) {
	database := migrated(t, "x.db")
	_, file := erasedBy(t, database, "ada@example.com")
	db, err := sql.Open("sqlite3", "file:"+database)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "DELETE FROM audit_events; DELETE FROM audit_heads"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	command(t, database, "", "audit verify", &map[string]any{})
	for _, line := range []string{"audit verify --receipt ", "audit verify --retain-audit 1ns --receipt "} {
		code, stdout, stderr := try(database, "", line+file)
		if code != 1 || stdout != "" || !strings.Contains(stderr, "the trail has no event") {
			t.Errorf("%s: %d, %s%s", line, code, stdout, stderr)
		}
	}
}

// TestKeysAreServed checks that anybody can check a receipt with what production serves, and finds retired keys there.
func TestKeysAreServed(t *testing.T) {
	database := migrated(t, "x.db")
	_, file := erasedBy(t, database, "ada@example.com")
	command(t, database, "", "keys rotate", &[]any{})
	s, err := newTestServer(t, config.Settings{
		Mode: config.Production, Listen: ":0", PublicURL: "https://api.shop.example",
		SMTP: "smtp://mail.shop.example", MailFrom: "no-reply@shop.example",
	}, database)
	if err != nil {
		t.Fatal(err)
	}

	answer := ask(s, "GET", "api.shop.example", jwksPath)
	var keys jose.JSONWebKeySet
	if err := json.NewDecoder(answer.Body).Decode(&keys); err != nil || answer.StatusCode != http.StatusOK ||
		answer.Header.Get("Content-Type") != "application/jwk-set+json" || len(keys.Keys) != 2 {
		t.Fatalf("%d, %v, %+v", answer.StatusCode, err, keys)
	}
	for _, key := range keys.Keys {
		if !key.Valid() || !key.IsPublic() {
			t.Errorf("the key %s is not a public one", key.KeyID)
		}
	}

	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := jose.ParseSignedCompact(strings.TrimSpace(string(text)), []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		t.Fatal(err)
	}
	key := keys.Key(signed.Signatures[0].Protected.KeyID)
	if len(key) != 1 {
		t.Fatalf("no key %s", signed.Signatures[0].Protected.KeyID)
	}
	if _, err := signed.Verify(key[0].Key.(ed25519.PublicKey)); err != nil {
		t.Error(err)
	}
}
