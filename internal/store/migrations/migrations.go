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
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/accountql/accountql/internal/store/engine"
)

//go:embed sqlite postgres
var files embed.FS

// versionTable is the table in which goose records the applied steps.
const versionTable = goose.DefaultTablename

// Migration is one step of the schema.
type Migration struct {
	Version int64
	// Name is the name of the file, without number and extension.
	Name string
	// AppliedAt is nil if the step is not applied to the database yet.
	AppliedAt *time.Time
}

// Up migrates the database to this program's schema. Either all steps are applied or none. If several processes
// migrate at once, one does the work and the others wait for it (R-DB5). It returns an error if a newer program has
// migrated the database.
func Up(ctx context.Context, e engine.Engine) error {
	// Every start calls this. With nothing to do, it waits for no lock and does not check all tables, as a
	// migration does at its end.
	if Check(ctx, e) == nil {
		return nil
	}

	err := e.Migrate(ctx, func(db *sql.DB) error {
		provider, err := newProvider(e, db)
		if err != nil {
			return err
		}

		steps, err := list(ctx, e, db)
		if err == nil {
			err = refuseNewer(steps)
		}
		if err == nil {
			err = engine.RefuseUnfinished(ctx, e, db)
		}
		if err != nil {
			return err
		}

		_, err = provider.Up(ctx)

		return err
	})

	return describe("migrate the database", err)
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

// Check returns a one-line error unless the database is exactly at this program's schema, and complete.
func Check(ctx context.Context, e engine.Engine) error {
	_, db := e.Pools()
	if err := engine.RefuseUnfinished(ctx, e, db); err != nil {
		return err
	}
	_, err := Version(ctx, e)
	return err
}

// Version returns the version of the schema, which must be this program's.
func Version(ctx context.Context, e engine.Engine) (version int64, err error) {
	_, db := e.Pools()
	steps, err := list(ctx, e, db)
	if err != nil {
		return 0, describe("read the migrations of the database", err)
	}
	if err := refuseNewer(steps); err != nil {
		return 0, err
	}

	for _, step := range steps {
		if step.AppliedAt == nil {
			return 0, fmt.Errorf("the database lacks migration %d (%s): run `accountql migrate`", step.Version,
				step.Name)
		}
		version = max(version, step.Version)
	}

	return version, nil
}

// refuseNewer returns an error if a step has no name, because this program doesn't know it then.
func refuseNewer(steps []Migration) error {
	for _, step := range steps {
		if step.Name == "" {
			return fmt.Errorf(
				"the database has migration %d, which this version of the program doesn't know: install a newer one",
				step.Version)
		}
	}
	return nil
}

// list reads the applied steps without goose, which would create its table.
func list(ctx context.Context, e engine.Engine, db *sql.DB) ([]Migration, error) {
	applied, err := listApplied(ctx, e, db)
	if err != nil {
		return nil, err
	}

	provider, err := newProvider(e, db)
	if err != nil {
		return nil, err
	}

	var steps []Migration
	for _, source := range provider.ListSources() {
		_, name, _ := strings.Cut(strings.TrimSuffix(path.Base(source.Path), ".sql"), "_")
		step := Migration{Version: source.Version, Name: name}
		for i := range applied {
			if applied[i].Version == source.Version {
				step.AppliedAt = applied[i].AppliedAt
				applied[i].Version = 0
			}
		}

		steps = append(steps, step)
	}

	for _, unknown := range applied {
		if unknown.Version != 0 {
			steps = append(steps, unknown)
		}
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
