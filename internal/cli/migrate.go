package cli

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/config"
)

// Migration is one version of the schema.
type Migration struct {
	Version int64 `json:"version"`
	// Name is "" if this program doesn't know the version.
	Name string `json:"name"`
	// CompatibleSince is the oldest version whose processes keep working beside this one; 0 if nobody knows.
	CompatibleSince int64 `json:"compatibleSince"`
	// AppliedAt is nil if the version is not applied yet.
	AppliedAt *time.Time `json:"appliedAt"`
}

type migrateCommand struct {
	databaseFlags
	Status bool `name:"status" help:"Only show the versions of the schema, and change nothing."`
}

// Run migrates unless only the status is requested, and prints the versions, oldest first.
func (c *migrateCommand) Run(ctx context.Context, p *Program) error {
	open := p.Create
	if c.Status { // guard: a status creates nothing
		open = p.Look
	}
	database, err := open(ctx, config.Settings{Database: c.Database})
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

	p.explain(migrations)

	return p.print(append([]Migration{}, migrations...))
}

// explain says on stderr what an operator who upgrades must know about the versions, oldest first.
func (p *Program) explain(migrations []Migration) {
	var applied, pending, unknown *Migration
	for i := range migrations {
		switch one := &migrations[i]; {
		case one.Name == "":
			unknown = one
		case one.AppliedAt == nil:
			pending = one
		default:
			applied = one
		}
	}

	switch {
	case unknown != nil:
		p.say("the database has migration %d, which this version of the program doesn't know: nothing was changed",
			unknown.Version)
	case pending == nil:
		return
	case applied == nil:
		p.say("the database is empty: all migrations are pending")
	case pending.CompatibleSince <= applied.Version:
		p.say("migration %d is pending, and additive: running processes keep working beside it", pending.Version)
	default:
		p.say("migration %d is pending, and breaking: stop all running processes first, and make a backup",
			pending.CompatibleSince)
	}
}
