package store

import (
	"context"

	"github.com/accountql/accountql/internal/store/migrations"
)

// Migrate migrates the database to this program's schema; see migrations.Up.
func (s *Store) Migrate(ctx context.Context) error { return migrations.Up(ctx, s.engine) }

// MigrationStatus lists the steps of the schema; see migrations.Status.
func (s *Store) MigrationStatus(ctx context.Context) ([]migrations.Migration, error) {
	return migrations.Status(ctx, s.engine)
}

// CheckSchema returns a one-line error unless this program works with the database's schema; see migrations.Check.
func (s *Store) CheckSchema(ctx context.Context) error { return migrations.Check(ctx, s.engine) }
