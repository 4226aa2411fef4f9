package migrations

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"

	"github.com/accountql/accountql/internal/store/engine"
)

// Expand and contract: a step is additive if processes of the version before keep working beside it. It then says so
// in a line of its file. Every other step is breaking. For each applied step, the database itself holds the oldest
// schema version whose processes keep working, because an older program doesn't have the step's file (R-DB5).
const (
	additiveMark = "-- +accountql Additive\n"
	// compatibilityTable stands beside goose's table. Only migrations write it.
	compatibilityTable = "schema_compatibility"
)

// isAdditive reports whether the text of a step says that it is additive.
func isAdditive(text []byte) bool { return bytes.HasPrefix(text, []byte(additiveMark)) }

// recordCompatibility writes the compatibility of this program's steps into the database.
func recordCompatibility(ctx context.Context, e engine.Engine, db *sql.DB, steps []Migration) error {
	_, err := db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS "+compatibilityTable+
		" (version BIGINT NOT NULL PRIMARY KEY, compatible_since BIGINT NOT NULL)")
	if err != nil {
		return err
	}

	insert := e.Bind("INSERT INTO " + compatibilityTable +
		" (version, compatible_since) VALUES (?, ?) ON CONFLICT DO NOTHING")
	for _, step := range steps {
		if !step.known() {
			continue
		}
		if _, err := db.ExecContext(ctx, insert, step.Version, step.CompatibleSince); err != nil {
			return err
		}
	}

	return nil
}

// readCompatibility completes the steps that this program doesn't know by what the database holds about them.
func readCompatibility(ctx context.Context, e engine.Engine, db *sql.DB, unknown []Migration) error {
	exists, err := e.HasTable(ctx, db, compatibilityTable)
	if err != nil || !exists {
		return err
	}

	query := e.Bind("SELECT coalesce(max(compatible_since), 0) FROM " + compatibilityTable + " WHERE version = ?")
	for i := range unknown {
		if err := db.QueryRowContext(ctx, query, unknown[i].Version).Scan(&unknown[i].CompatibleSince); err != nil {
			return err
		}
	}

	return nil
}

// refuseNewer returns an error if the database has a step that this program can't work beside.
func refuseNewer(steps []Migration) error {
	newest := newestKnown(steps)
	for _, step := range steps {
		if !step.known() && !step.compatibleWith(newest) { // guard: a breaking step ends older processes
			return errNewer(step)
		}
	}
	return nil
}

// refuseUnknown returns an error if the database has a step that this program doesn't know, compatible or not.
func refuseUnknown(steps []Migration) error {
	for _, step := range steps {
		if !step.known() {
			return errNewer(step)
		}
	}
	return nil
}

func errNewer(step Migration) error {
	return fmt.Errorf("the database has migration %d, which this version of the program doesn't know: install a newer one",
		step.Version)
}

// refuseLacking returns an error if a step of this program is not applied.
func refuseLacking(steps []Migration) error {
	for _, step := range steps {
		if step.AppliedAt == nil {
			return fmt.Errorf("the database lacks migration %d (%s): run `accountql migrate`", step.Version, step.Name)
		}
	}
	return nil
}

// newestKnown returns the schema version of this program.
func newestKnown(steps []Migration) (newest int64) {
	for _, step := range steps {
		if step.known() {
			newest = max(newest, step.Version)
		}
	}
	return newest
}

// known reports whether the step is one of this program's.
func (m Migration) known() bool { return m.Name != "" }

// compatibleWith reports whether processes of a schema version keep working beside the step. A step of which the
// database says nothing is compatible with none.
func (m Migration) compatibleWith(version int64) bool {
	return m.CompatibleSince > 0 && m.CompatibleSince <= version // guard: an unknown step is breaking
}
