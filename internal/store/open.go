package store

import (
	"context"
	"errors"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/internal/store/postgres"
	"github.com/accountql/accountql/internal/store/sqlite"
)

// DriverOf says which engine a database string means, and nothing else does: a
// postgres:// URL is PostgreSQL, the path of a file is SQLite.
func DriverOf(database string) (engine.Driver, error) {
	scheme, _, isURL := strings.Cut(database, "://")
	switch {
	case isURL && (strings.EqualFold(scheme, "postgres") || strings.EqualFold(scheme, "postgresql")):
		return postgres.Driver{}, nil
	case isURL, strings.HasPrefix(database, "file:"):
		return nil, errors.New("the database must be the path of a file or a postgres:// URL")
	}

	return sqlite.Driver{}, nil
}

// Open opens a database, which it does not migrate. No error holds the password of a URL.
func Open(ctx context.Context, database string) (*Store, error) {
	driver, err := DriverOf(database)
	if err != nil {
		return nil, err
	}
	return OpenWith(ctx, driver, database)
}

// OpenWith opens a database of the driver's.
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

// prepare puts GORM on the engine's pools.
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

	s.statements = newStatements(s.engine, &s.reader)

	return nil
}

// gormOn is GORM on an engine's pool. It logs nothing, for statements hold
// secrets; and it prepares nothing. SQLite's connections keep their prepared
// statements themselves: GORM's cache would prepare anew in each transaction, and
// fail all who wait for a statement when the first of them hangs up. And what is
// prepared on PostgreSQL is not there on the connection that PgBouncer gives next.
func gormOn(dialector gorm.Dialector) (*gorm.DB, error) {
	return gorm.Open(dialector, &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		QueryFields:            true,
		Logger:                 logger.Discard,
	})
}

// Backup writes the database to a new file and returns its size in bytes. It returns an error for an engine that has
// programs of its own for that.
func Backup(ctx context.Context, database, file string) (size int64, err error) {
	driver, err := DriverOf(database)
	if err != nil {
		return 0, err
	}
	return driver.Backup(ctx, database, file)
}
