// Package migrations brings a database to the schema of this program: its steps are
// written in SQL, once for each engine, and applied by goose.
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

// versionTable is where goose notes what was applied.
const versionTable = goose.DefaultTablename

// Migration is one step of the schema.
type Migration struct {
	Version int64
	// Name is the file's, without number and ending.
	Name string
	// AppliedAt is nil for a step that the database has yet to take.
	AppliedAt *time.Time
}

// Up brings the database to this program's schema. All steps are taken or none,
// and of several processes that migrate at once one does and the others wait for
// it (R-DB5). It refuses a database that a newer program has migrated.
func Up(ctx context.Context, e engine.Engine) error {
	// Every start comes here: with nothing to do it waits for no lock, and does
	// not look through the tables as a migration does at its end.
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

// Status lists the steps that this program knows, and those it
// doesn't know that the database has taken, by their versions.
func Status(ctx context.Context, e engine.Engine) ([]Migration, error) {
	_, db := e.Pools()
	steps, err := list(ctx, e, db)
	return steps, describe("read the migrations of the database", err)
}

// Begun says whether the database has a schema, of whatever version.
func Begun(ctx context.Context, e engine.Engine) (bool, error) {
	_, db := e.Pools()
	return e.HasTable(ctx, db, versionTable)
}

// Check returns an error of one line unless the database is exactly at this program's schema, and whole.
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

// refuseNewer returns an error for a step without a name: this program doesn't know it.
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

// list reads what was applied without goose, which would make its table in passing.
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

// listApplied returns steps without names.
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

// newProvider is goose on one pool, without goose's global registry and log.
func newProvider(e engine.Engine, db *sql.DB) (*goose.Provider, error) {
	source := e.Migrations()
	steps, err := fs.Sub(files, source.Directory)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.Dialect(source.Dialect), db, steps,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
}

// describe puts an error of an operator's command on one line, without hiding its cause.
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
