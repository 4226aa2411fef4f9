package store

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/internal/store/migrations"
	"github.com/accountql/accountql/internal/store/postgres"
	"github.com/accountql/accountql/internal/store/sqlite"
)

// mistypedURL matches what was meant to be the URL of a server, or its settings, and may have a password that the error
// for a missing file would repeat.
var mistypedURL = regexp.MustCompile(`(?i)^postgres(?:ql)?(?::|//)|password=|:[^/]*@`)

// DriverOf chooses the engine for a database string, and is the only function that does: a postgres:// URL is
// PostgreSQL, the path of a file is SQLite.
func DriverOf(database string) (engine.Driver, error) {
	scheme, _, isURL := strings.Cut(database, "://")
	switch {
	case isURL && (strings.EqualFold(scheme, "postgres") || strings.EqualFold(scheme, "postgresql")):
		return postgres.Driver{}, nil
	// guard: a mistyped URL is no path
	case isURL, strings.HasPrefix(database, "file:"), mistypedURL.MatchString(database):
		return nil, errors.New("the database must be the path of a file or a postgres:// URL")
	}

	return sqlite.Driver{}, nil
}

// Open opens a database without migrating it. No error contains the password of a URL.
func Open(ctx context.Context, database string) (*Store, error) {
	driver, err := DriverOf(database)
	if err != nil {
		return nil, err
	}
	return OpenWith(ctx, driver, database)
}

// ErrNoDatabase means that nothing has created the database yet.
var ErrNoDatabase = errors.New("there is no database")

// OpenExisting opens a database as Open does, but creates nothing: it returns ErrNoDatabase if the file is missing
// or empty, or if no version of the schema was ever applied.
func OpenExisting(ctx context.Context, database string) (*Store, error) {
	driver, err := driverOfExisting(database)
	if err != nil {
		return nil, err
	}

	s, err := OpenWith(ctx, driver, database)
	if err != nil {
		return nil, err
	}

	status, err := s.MigrationStatus(ctx)
	if err == nil && !slices.ContainsFunc(status, func(m migrations.Migration) bool { return m.AppliedAt != nil }) {
		err = fmt.Errorf("%w here: it has no tables", ErrNoDatabase)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}

	return s, nil
}

// RefuseMissing returns ErrNoDatabase if a database's file is missing or empty. It creates nothing.
func RefuseMissing(database string) error {
	_, err := driverOfExisting(database)
	return err
}

// driverOfExisting is DriverOf for a database that must exist: it returns ErrNoDatabase if its file is missing or
// empty.
func driverOfExisting(database string) (engine.Driver, error) {
	driver, err := DriverOf(database)
	if err != nil {
		return nil, err
	}

	// guard: a command creates no database
	if driver == (sqlite.Driver{}) && sqlite.Missing(database) {
		return nil, fmt.Errorf("%w %q", ErrNoDatabase, database)
	}

	return driver, nil
}

// OpenWith opens a database with the given driver.
func OpenWith(ctx context.Context, driver engine.Driver, database string) (*Store, error) {
	s := &Store{failed: make(chan struct{})}
	opened, err := driver.Open(ctx, database, s.stopWriting)
	if err != nil {
		return nil, err
	}

	s.engine = opened
	if err := s.prepare(); err != nil {
		return nil, errors.Join(err, opened.Close())
	}

	return s, nil
}

// prepare sets up GORM on the engine's pools.
func (s *Store) prepare() (err error) {
	write, read := s.engine.Pools()
	if s.write, err = gormOn(s.engine.Dialector(write)); err != nil {
		return err
	}
	if s.read, err = gormOn(s.engine.Dialector(read)); err != nil {
		return err
	}
	if s.updatable, err = updatableColumns(s.write); err != nil {
		return err
	}
	if err = s.reader.prepare(s.read); err != nil {
		return err
	}

	if s.inserts, err = newInserts(s.write, s.engine); err != nil {
		return err
	}

	s.statements = newStatements(s.engine, &s.reader)

	return nil
}

// gormOn returns GORM on an engine's pool. It logs nothing because statements hold secrets, and it prepares
// nothing. SQLite's connections cache their prepared statements themselves: GORM's cache would prepare again in
// each transaction, and fail every request that waits for a statement when the first request is cancelled. And a
// statement that was prepared on PostgreSQL may not exist on the next connection that PgBouncer assigns.
func gormOn(dialector gorm.Dialector) (*gorm.DB, error) {
	return gorm.Open(dialector, &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		QueryFields:            true,
		Logger:                 logger.Discard,
	})
}

// Backup writes the database to a new file and returns its size in bytes. It returns an error if the engine has its
// own programs for backups.
func Backup(ctx context.Context, database, file string) (size int64, err error) {
	driver, err := DriverOf(database)
	if err != nil {
		return 0, err
	}
	return driver.Backup(ctx, database, file)
}
