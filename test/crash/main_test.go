//go:build crash

// Package crash kills the real program, and takes its disk and its connections away, while a driver changes
// accounts through it, and then checks that all acknowledged changes exist: `make crash`. docs/reliability.md has
// the counts of a run.
package crash

import (
	"os"
	"testing"

	_ "github.com/mattn/go-sqlite3" // changes files that the program must refuse

	"github.com/accountql/accountql/test/journal"
)

func TestMain(m *testing.M) {
	if database := os.Getenv(retaining); database != "" {
		os.Exit(retain(database))
	}
	os.Exit(journal.Main(m, "crash"))
}
