package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/config"
)

// steps is a migrator that has nothing to do.
type steps []Migration

func (s steps) Migrate(context.Context) error                   { return nil }
func (s steps) Migrations(context.Context) ([]Migration, error) { return s, nil }

// TestMigrateExplains guards that an operator learns before an upgrade whether running processes can stay.
func TestMigrateExplains(t *testing.T) {
	at := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	applied, unknown := Migration{8, "a", 8, &at}, Migration{9, "", 8, &at}
	additive, breaking := Migration{9, "b", 8, nil}, Migration{10, "c", 10, nil}
	for _, c := range []struct {
		steps steps
		want  string
	}{
		{steps{applied}, ""},
		{steps{{8, "a", 8, nil}, additive}, "the database is empty: all migrations are pending"},
		{steps{applied, additive}, "migration 9 is pending, and additive: running processes keep working"},
		{steps{applied, additive, breaking}, "migration 10 is pending, and breaking: stop all running processes"},
		{steps{applied, additive, breaking, {11, "d", 10, nil}}, "migration 10 is pending, and breaking"},
		{steps{applied, unknown}, "has migration 9, which this version of the program doesn't know: nothing was changed"},
	} {
		var stdout, stderr bytes.Buffer
		program := &Program{Stdout: &stdout, Stderr: &stderr,
			Look: func(context.Context, config.Settings) (*Database, error) {
				return &Database{Migrator: c.steps, Close: func() error { return nil }}, nil
			}}
		code := program.Run(t.Context(), []string{"migrate", "--status"})
		if code != 0 || !strings.Contains(stderr.String(), c.want) || (c.want == "") != (stderr.Len() == 0) ||
			!strings.Contains(stdout.String(), `"compatibleSince":8`) {
			t.Errorf("%v: %d, %s%s; want %q", c.steps, code, stdout.String(), stderr.String(), c.want)
		}
	}
}
