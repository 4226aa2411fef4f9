// Package migrations migrates a database to the schema of this program. Its steps are written in SQL, once for each
// engine, and applied by goose.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/accountql/accountql/internal/store/engine"
)

//go:embed sqlite postgres
var embedded embed.FS

// files holds the steps in a directory for each engine. Tests add the steps of later versions.
var files fs.FS = embedded

// versionTable is the table in which goose records the applied steps.
const versionTable = goose.DefaultTablename

// Migration is one step of the schema.
type Migration struct {
	Version int64
	// Name is the name of the file, without number and extension, or "" if this program doesn't know the step.
	Name string
	// CompatibleSince is the oldest schema version whose processes keep working beside the step: its own version if
	// it is breaking, and 0 if this program doesn't know the step and the database doesn't say.
	CompatibleSince int64
	// AppliedAt is nil if the step is not applied to the database yet.
	AppliedAt *time.Time
}

// Up migrates the database to this program's schema. Either all steps are applied or none. If several processes
// migrate at once, one does the work and the others wait for it (R-DB5). If a newer program has migrated the
// database, it does nothing beside compatible steps (R-DB5), and returns an error otherwise.
func Up(ctx context.Context, e engine.Engine) error {
	// Every start calls this. With nothing to do, it waits for no lock and does not check all tables, as a
	// migration does at its end.
	if Check(ctx, e) == nil {
		return nil
	}

	err := e.Migrate(ctx, func(db *sql.DB) (rewritten bool, err error) {
		provider, err := newProvider(e, db)
		if err != nil {
			return false, err
		}

		steps, err := list(ctx, e, db)
		if err == nil {
			err = refuseNewer(steps)
		}
		if err == nil {
			err = engine.RefuseUnfinished(ctx, e, db)
		}
		if err != nil {
			return false, err
		}

		if _, err := provider.Up(ctx); err != nil {
			return false, err
		}

		return hasBreaking(steps), recordCompatibility(ctx, e, db, steps)
	})

	return describe("migrate the database", err)
}

// hasBreaking reports whether a step that was not applied yet is breaking.
func hasBreaking(steps []Migration) bool {
	return slices.ContainsFunc(steps, func(m Migration) bool {
		return m.AppliedAt == nil && m.CompatibleSince == m.Version
	})
}

// Status lists the steps that this program knows, and the applied steps that it doesn't know, ordered by version.
func Status(ctx context.Context, e engine.Engine) ([]Migration, error) {
	_, db := e.Pools()
	steps, err := list(ctx, e, db)
	return steps, describe("read the migrations of the database", err)
}

// Begun reports whether the database has a schema of any version.
func Begun(ctx context.Context, e engine.Engine) (bool, error) {
	_, db := e.Pools()
	return e.HasTable(ctx, db, versionTable)
}

// Check returns a one-line error unless this program works with the database: all its steps are applied, and beside
// them only compatible ones (R-DB5); and no copy into it is unfinished.
func Check(ctx context.Context, e engine.Engine) error {
	_, db := e.Pools()
	if err := engine.RefuseUnfinished(ctx, e, db); err != nil {
		return err
	}

	steps, err := Status(ctx, e)
	if err == nil {
		err = refuseNewer(steps)
	}
	if err == nil {
		err = refuseLacking(steps)
	}

	return err
}

// Version returns the version of the schema, which must be exactly this program's: whoever moves data must know every
// table.
func Version(ctx context.Context, e engine.Engine) (version int64, err error) {
	steps, err := Status(ctx, e)
	if err == nil {
		err = refuseUnknown(steps)
	}
	if err == nil {
		err = refuseLacking(steps)
	}
	if err != nil {
		return 0, err
	}

	return newestKnown(steps), nil
}

// list reads the applied steps without goose, which would create its table.
func list(ctx context.Context, e engine.Engine, db *sql.DB) ([]Migration, error) {
	applied, err := listApplied(ctx, e, db)
	if err != nil {
		return nil, err
	}

	steps, err := listKnown(e)
	if err != nil {
		return nil, err
	}

	for i := range steps {
		at := slices.IndexFunc(applied, func(m Migration) bool { return m.Version == steps[i].Version })
		if at >= 0 {
			steps[i].AppliedAt = applied[at].AppliedAt
			applied = slices.Delete(applied, at, at+1)
		}
	}

	// Goose records a step 0 of its own.
	unknown := slices.DeleteFunc(applied, func(m Migration) bool { return m.Version == 0 })
	if len(unknown) > 0 {
		err = readCompatibility(ctx, e, db, unknown)
	}

	return append(steps, unknown...), err
}

// listKnown returns the steps of this program, ordered by version, as if none were applied.
func listKnown(e engine.Engine) ([]Migration, error) {
	directory := e.Migrations().Directory
	entries, err := fs.ReadDir(files, directory)
	if err != nil {
		return nil, err
	}

	var since int64
	steps := make([]Migration, len(entries))
	for i, entry := range entries {
		version, err := goose.NumericComponent(entry.Name())
		if err != nil {
			return nil, err
		}

		text, err := fs.ReadFile(files, path.Join(directory, entry.Name()))
		if err != nil {
			return nil, err
		}

		if !isAdditive(text) {
			since = version
		}

		_, name, _ := strings.Cut(strings.TrimSuffix(entry.Name(), ".sql"), "_")
		steps[i] = Migration{Version: version, Name: name, CompatibleSince: since}
	}

	return steps, nil
}

// listApplied returns the applied steps, without names.
func listApplied(ctx context.Context, e engine.Engine, db *sql.DB) ([]Migration, error) {
	exists, err := e.HasTable(ctx, db, versionTable)
	if err != nil || !exists {
		return nil, err
	}

	rows, err := db.QueryContext(ctx,
		"SELECT version_id, tstamp FROM "+versionTable+" WHERE is_applied ORDER BY version_id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var applied []Migration
	for rows.Next() {
		step := Migration{AppliedAt: new(time.Time)}
		if err := rows.Scan(&step.Version, step.AppliedAt); err != nil {
			return nil, err
		}
		applied = append(applied, step)
	}

	return applied, rows.Err()
}

// newProvider returns a goose provider on one pool, without goose's global registry and log.
func newProvider(e engine.Engine, db *sql.DB) (*goose.Provider, error) {
	source := e.Migrations()
	steps, err := fs.Sub(files, source.Directory)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.Dialect(source.Dialect), db, steps,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
}

// describe puts an error of an operator's command on one line and keeps its cause.
func describe(action string, err error) error {
	if err == nil {
		return nil
	}

	var partial *goose.PartialError
	if errors.As(err, &partial) {
		err = partial.Err
	}

	return fmt.Errorf("%s: %w", action, err)
}
