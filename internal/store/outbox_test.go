package store_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// enqueue adds messages with a token to the outbox.
func enqueue(t *testing.T, s *store.Store, ids ...string) {
	t.Helper()
	for _, id := range ids {
		message := &models.Message{ID: id, Channel: models.ChannelMail,
			Data: models.MessageData{Token: "Wolpertinger", Code: "4711"}, CreatedAt: start, NotBefore: start}
		if err := s.InTx(t.Context(), func(tx account.Tx) error {
			return tx.Enqueue(t.Context(), message)
		}); err != nil {
			t.Fatal(err)
		}

		if message.Data.Token != "Wolpertinger" {
			t.Error("the caller's message was changed")
		}
	}
}

// TestSecretsAreSealedInTheRow also opens them in another process, and fails to in another row.
func TestSecretsAreSealedInTheRow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s := storetest.Migrated(t, path)
	enqueue(t, s, "a", "b", "c")
	write, _ := s.Engine().Pools()
	for _, id := range []string{"a", "b"} {
		var data string
		if err := write.QueryRow("SELECT data FROM outbox WHERE id = ?", id).Scan(&data); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(data, "Wolpertinger") || strings.Contains(data, "4711") ||
			!strings.Contains(data, `"sealed"`) {
			t.Errorf("the row holds %s", data)
		}
	}

	if _, err := write.Exec(
		"UPDATE outbox SET data = (SELECT data FROM outbox WHERE id = 'a') WHERE id = 'c'",
	); err != nil {
		t.Fatal(err)
	}

	other := storetest.Migrated(t, path)
	claimed, err := other.ClaimMessages(t.Context(), start, time.Minute, 10)
	if err != nil || len(claimed) != 2 {
		t.Fatalf("%d claimed, %v", len(claimed), err)
	}

	for _, message := range claimed {
		if message.Data.Token != "Wolpertinger" || message.Data.Code != "4711" || message.Data.Sealed != "" {
			t.Errorf("opened %+v", message.Data)
		}
	}

	if state, err := other.OutboxState(t.Context()); err != nil || state.Failed != 1 {
		t.Errorf("a secret of another row: %+v, %v", state, err)
	}
}

// TestTheKeyOfARolledBackTransactionIsNotUsed seals the first secret of a database in a transaction that fails.
func TestTheKeyOfARolledBackTransactionIsNotUsed(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	err := s.InTx(t.Context(), func(tx account.Tx) error {
		message := &models.Message{ID: "lost", Data: models.MessageData{Token: "x"}, CreatedAt: start, NotBefore: start}
		if err := tx.Enqueue(t.Context(), message); err != nil {
			return err
		}
		return sql.ErrConnDone
	})
	if err == nil {
		t.Fatal("the transaction did not fail")
	}

	enqueue(t, s, "kept")
	claimed, err := s.ClaimMessages(t.Context(), start, time.Minute, 10)
	if err != nil || len(claimed) != 1 || claimed[0].Data.Token != "Wolpertinger" {
		t.Errorf("%+v, %v", claimed, err)
	}
}

// TestSealWith uses a key that is not in the database, and then loses it.
func TestSealWith(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s := storetest.Migrated(t, path)
	sealer, err := store.NewSealer([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}

	s.SealWith(sealer)
	enqueue(t, s, "a")
	without := storetest.Migrated(t, path)
	if claimed, err := without.ClaimMessages(t.Context(), start, time.Minute, 10); err != nil || len(claimed) != 0 {
		t.Errorf("claimed %+v without the key, %v", claimed, err)
	}
	if _, err := store.NewSealer([]byte("short")); err == nil {
		t.Error("a short key is accepted")
	}
}

// TestOneRowThatCannotBeReadHoldsNoOther corrupts rows in each way that is possible in a database file.
func TestOneRowThatCannotBeReadHoldsNoOther(t *testing.T) {
	s := storetest.Migrated(t, filepath.Join(t.TempDir(), "test.db"))
	enqueue(t, s, "1", "2", "3", "4", "5")
	write, _ := s.Engine().Pools()
	for id, change := range map[string]string{
		"1": "data = '{broken'", "2": "data = '[]'", "3": "data = '{\"sealed\":\"AAAA\"}'",
		"4": "sent_at = NULL, data = 'null x'",
	} {
		if _, err := write.Exec("UPDATE outbox SET "+change+" WHERE id = ?", id); err != nil {
			t.Fatal(err)
		}
	}

	// The batch is so small that the corrupted rows fill several.
	claimed, err := s.ClaimMessages(t.Context(), start, time.Minute, 2)
	if err != nil || len(claimed) != 1 || claimed[0].ID != "5" {
		t.Fatalf("claimed %+v, %v", claimed, err)
	}

	state, err := s.OutboxState(t.Context())
	if err != nil || state.Failed != 4 || state.Pending != 1 {
		t.Errorf("%+v, %v", state, err)
	}

	var kept int
	if err := write.QueryRow(
		"SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL AND data = '{}' AND last_error IS NOT NULL",
	).Scan(&kept); err != nil || kept != 4 {
		t.Errorf("%d are wiped, %v", kept, err)
	}
}

// TestARetiredKeySealsNothing lets a process that has read its keys long ago write, without having met the new one.
func TestARetiredKeySealsNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s, other := storetest.Migrated(t, path), storetest.Migrated(t, path)
	enqueue(t, s, "a")
	if _, err := s.ReadKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := storetest.Rotate(t.Context(), other); err != nil {
		t.Fatal(err)
	}

	enqueue(t, s, "b")
	s.AgeKeys(store.KeysFresh)
	enqueue(t, s, "c")

	write, _ := s.Engine().Pools()
	for id, want := range map[string]bool{"a": false, "b": false, "c": true} {
		var data string
		if err := write.QueryRow("SELECT data FROM outbox WHERE id = ?", id).Scan(&data); err != nil {
			t.Fatal(err)
		}
		if newest := strings.Contains(data, `"sealed":"2.`); newest != want {
			t.Errorf("%s is of the new key: %t", id, newest)
		}
	}

	if claimed, err := other.ClaimMessages(t.Context(), start, time.Minute, 10); err != nil || len(claimed) != 3 {
		t.Errorf("%d claimed, %v", len(claimed), err)
	}
}
