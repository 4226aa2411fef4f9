package system

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// backups makes and restores the backups of an engine.
type backups struct {
	database func(t testing.TB) string
	// take returns the bytes of a backup of a database.
	take func(t *testing.T, w *world.World) []byte
	// restore makes a database of a backup.
	restore func(t *testing.T, backup []byte) string
}

var (
	files = backups{
		database: world.SQLiteFile,
		take: func(t *testing.T, w *world.World) []byte {
			file := filepath.Join(t.TempDir(), "backup.db")
			_, err := store.Backup(t.Context(), w.Database, file)
			world.Check(t, err)
			content, err := os.ReadFile(file)
			world.Check(t, err)

			return content
		},
		restore: func(t *testing.T, backup []byte) string {
			file := filepath.Join(t.TempDir(), "restored.db")
			world.Check(t, os.WriteFile(file, backup, 0o600))

			return file
		},
	}
	dumps = backups{
		database: postgrestest.URL,
		take:     func(t *testing.T, w *world.World) []byte { return []byte(dumpPostgreSQL(t, w)) },
		restore: func(t *testing.T, backup []byte) string {
			database := postgrestest.EmptyURL(t)
			storetest.Restore(t, database, string(backup))

			return database
		},
	}
)

// TestNothingIsLeftInBackups guards that a backup from before an erasure has all of the customer and one from after it
// nothing, and that the list of erasures takes the customer out of what was restored from the former (R-DEL6, R-DAT6).
func TestNothingIsLeftInBackups(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { t.Parallel(); nothingIsLeft(t, files) })
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		if _, err := exec.LookPath("pg_dump"); err != nil {
			t.Skip("no pg_dump")
		}
		nothingIsLeft(t, dumps)
	})
}

func nothingIsLeft(t *testing.T, engine backups) {
	w := world.NewOn(t, world.DefaultSettings(), engine.database(t))
	list := &erasureList{}
	w.Service.Erasures = list
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	live(t, w)
	world.Succeed(t, w.Do(t, "person", "requestDataExport", fmt.Sprintf(`{"password":%q}`, account.DemoPassword)))
	before := engine.take(t, w)
	if missing := slices.DeleteFunc(slices.Clone(traces), func(trace string) bool {
		return slices.Contains(tracesIn(before), trace)
	}); len(missing) > 0 {
		t.Fatalf("the backup lacks %v before the erasure, so the test looks in the wrong place", missing)
	}

	world.Succeed(t, w.Do(t, "person", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
	w.Message(t, models.MessageAccountDeleted, personEmail)
	if left := tracesIn(engine.take(t, w)); len(left) > 0 {
		t.Errorf("a backup from after the erasure has %v", left)
	}

	restored := world.NewOn(t, world.DefaultSettings(), engine.restore(t, before))
	if _, err := restored.Store.AccountByEmail(t.Context(), personEmail); err != nil {
		t.Fatalf("the backup does not bring the customer back: %v", err)
	}
	erased, _, err := account.ReadErasures(strings.NewReader(list.text.String()))
	world.Check(t, err)
	summary, err := restored.Service.EraseListed(t.Context(), erased)
	if summary.Erased != 1 || err != nil {
		t.Errorf("%+v, %v", summary, err)
	}
	if left := tracesIn(engine.take(t, restored)); len(left) > 0 {
		t.Errorf("the restored database has %v", left)
	}
	if !strings.HasPrefix(restored.Database, "postgres:") && len(found(t, restored)) > 0 {
		t.Errorf("the restored files have %v", found(t, restored))
	}

	if _, err := restored.Store.AccountByEmail(t.Context(), account.DemoEmail); err != nil {
		t.Errorf("another customer is gone, too: %v", err)
	}
}

// tracesIn lists the traces of the person in bytes.
func tracesIn(content []byte) (found []string) {
	content = bytes.ToLower(content)
	for _, trace := range traces {
		if bytes.Contains(content, []byte(strings.ToLower(trace))) {
			found = append(found, trace)
		}
	}

	return found
}
