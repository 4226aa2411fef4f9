package store

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
)

//go:embed migrations
var migrationFiles embed.FS

// versionTable is where goose notes what was applied.
const versionTable = goose.DefaultTablename

// migrationSource is a directory under migrations, and the dialect it is written in.
type migrationSource struct {
	dialect   goose.Dialect
	directory string
}

// Migration is one step of the schema.
type Migration struct {
	Version int64
	// Name is the file's, without number and ending.
	Name string
	// AppliedAt is nil for a step that the database has yet to take.
	AppliedAt *time.Time
}

// Migrate brings the database to this program's schema. All steps are taken or
// none, and of several processes that migrate at once one does and the others
// wait for it (R-DB5). It refuses a database that a newer program has migrated.
func (s *Store) Migrate(ctx context.Context) error {
	// Every start comes here: with nothing to do it waits for no lock, and does
	// not look through the tables as a migration does at its end.
	if s.CheckSchema(ctx) == nil {
		return nil
	}
	err := s.engine.migrate(ctx, func(db *sql.DB) error {
		provider, err := s.provider(db)
		if err != nil {
			return err
		}
		migrations, err := s.migrations(ctx, db)
		if err == nil {
			err = refuseNewer(migrations)
		}
		if err == nil {
			err = refuseUnfinished(ctx, s.engine, db)
		}
		if err != nil {
			return err
		}
		_, err = provider.Up(ctx)
		return err
	})
	return describe("migrate the database", err)
}

// MigrationStatus lists the steps that this program knows, and those it
// doesn't know that the database has taken, by their versions.
func (s *Store) MigrationStatus(ctx context.Context) ([]Migration, error) {
	db, err := s.read.DB()
	if err != nil {
		return nil, err
	}
	migrations, err := s.migrations(ctx, db)
	return migrations, describe("read the migrations of the database", err)
}

// CheckSchema fails with one line unless the database is exactly at this program's schema.
func (s *Store) CheckSchema(ctx context.Context) error {
	db, err := s.read.DB()
	if err != nil {
		return err
	}
	if err := refuseUnfinished(ctx, s.engine, db); err != nil {
		return err
	}
	_, err = s.checkVersions(ctx, db)
	return err
}

// checkVersions returns the version of the schema, which must be this program's.
func (s *Store) checkVersions(ctx context.Context, db *sql.DB) (version int64, err error) {
	migrations, err := s.migrations(ctx, db)
	if err != nil {
		return 0, describe("read the migrations of the database", err)
	}
	if err := refuseNewer(migrations); err != nil {
		return 0, err
	}
	for _, migration := range migrations {
		if migration.AppliedAt == nil {
			return 0, fmt.Errorf("the database lacks migration %d (%s): run `accountql migrate`", migration.Version, migration.Name)
		}
		version = max(version, migration.Version)
	}
	return version, nil
}

// refuseNewer fails for a step without a name, which is one that this program doesn't know.
func refuseNewer(migrations []Migration) error {
	for _, migration := range migrations {
		if migration.Name == "" {
			return fmt.Errorf("the database has migration %d, which this version of the program doesn't know: install a newer one", migration.Version)
		}
	}
	return nil
}

// migrations reads what was applied without goose, which would make its table in passing.
func (s *Store) migrations(ctx context.Context, db *sql.DB) ([]Migration, error) {
	applied, err := s.appliedMigrations(ctx, db)
	if err != nil {
		return nil, err
	}
	provider, err := s.provider(db)
	if err != nil {
		return nil, err
	}
	var migrations []Migration
	for _, source := range provider.ListSources() {
		_, name, _ := strings.Cut(strings.TrimSuffix(path.Base(source.Path), ".sql"), "_")
		migration := Migration{Version: source.Version, Name: name}
		for i := range applied {
			if applied[i].Version == source.Version {
				migration.AppliedAt = applied[i].AppliedAt
				applied[i].Version = 0
			}
		}
		migrations = append(migrations, migration)
	}
	for _, unknown := range applied {
		if unknown.Version != 0 {
			migrations = append(migrations, unknown)
		}
	}
	return migrations, nil
}

// appliedMigrations are without names.
func (s *Store) appliedMigrations(ctx context.Context, db *sql.DB) ([]Migration, error) {
	exists, err := s.engine.hasTable(ctx, db, versionTable)
	if err != nil || !exists {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "SELECT version_id, tstamp FROM "+versionTable+" WHERE is_applied ORDER BY version_id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var applied []Migration
	for rows.Next() {
		migration := Migration{AppliedAt: new(time.Time)}
		if err := rows.Scan(&migration.Version, migration.AppliedAt); err != nil {
			return nil, err
		}
		applied = append(applied, migration)
	}
	return applied, rows.Err()
}

// provider is goose on one pool, without goose's global registry and log.
func (s *Store) provider(db *sql.DB) (*goose.Provider, error) {
	source := s.engine.migrations()
	files, err := fs.Sub(migrationFiles, path.Join("migrations", source.directory))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(source.dialect, db, files, goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
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
