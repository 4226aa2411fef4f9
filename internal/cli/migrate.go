package cli

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/config"
)

// Migration is one version of the schema.
type Migration struct {
	Version int64  `json:"version"`
	Name    string `json:"name"`
	// AppliedAt is nil if the version is not applied yet.
	AppliedAt *time.Time `json:"appliedAt"`
}

type migrateCommand struct {
	databaseFlags
	Status bool `name:"status" help:"Only show the versions of the schema, and change nothing."`
}

// Run migrates unless only the status is requested, and prints the versions, oldest first.
func (c *migrateCommand) Run(ctx context.Context, p *Program) error {
	database, err := p.Create(ctx, config.Settings{Database: c.Database})
	if err != nil {
		return err
	}
	return errors.Join(c.migrate(ctx, p, database.Migrator), database.Close())
}

func (c *migrateCommand) migrate(ctx context.Context, p *Program, migrator Migrator) error {
	if !c.Status {
		if err := migrator.Migrate(ctx); err != nil {
			return err
		}
	}

	migrations, err := migrator.Migrations(ctx)
	if err != nil {
		return err
	}

	return p.print(append([]Migration{}, migrations...))
}
