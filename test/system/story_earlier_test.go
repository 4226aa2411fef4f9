package system

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/test/world"
)

// TestStoriesOnEarlierVersions runs every story of this version on the database of an earlier one, which has customers,
// sessions, messages and an audit trail of that version. The stories take turns at the versions, so that each version
// has some on either engine.
func TestStoriesOnEarlierVersions(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		runStories(t, func(t testing.TB) string { return earlier(t, "sqlite", world.EmptySQLiteFile(t)) }, nil)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		postgrestest.Socket(t)
		runStories(t, func(t testing.TB) string { return earlier(t, "postgres", postgrestest.EmptyURL(t)) }, nil)
	})
}

// acquainted are the addresses and numbers of a fixture's customers, which the stories' customers have as well: they
// get others.
var acquainted = strings.NewReplacer("@example.com'", "@earlier.example'", "'+48500100", "'+48500999")

// isOfFixture reports whether a message is for a customer of a fixture.
func isOfFixture(message notify.InboxMessage) bool {
	return strings.HasSuffix(message.To, "@earlier.example") || strings.HasPrefix(message.To, "+48500999")
}

// earlier fills an empty database with the fixture of the version whose turn it is, and returns it.
func earlier(t testing.TB, engine, database string) string {
	t.Helper()
	versions, err := filepath.Glob(filepath.Join(fixtures, engine, "*.sql"))
	if err != nil || len(versions) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	stories, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}

	name := filepath.Base(t.Name()) + ".txtar"
	turn := slices.Index(stories, filepath.Join("testdata", name))
	if turn < 0 {
		t.Fatalf("%s is no story", name)
	}
	if engine == "postgres" {
		turn += len(versions) / 2 // another version than on SQLite
	}

	text, err := os.ReadFile(versions[turn%len(versions)])
	if err != nil {
		t.Fatal(err)
	}
	// The development key of then has the permissions of then; the stories' has all. What the fixture's customers have
	// used of the budgets of addresses, which are hashed, is not the stories' customers'.
	storetest.Restore(t, database, acquainted.Replace(string(text))+`
DELETE FROM api_keys WHERE id = 'development';
DELETE FROM budgets;
`)

	return database
}
