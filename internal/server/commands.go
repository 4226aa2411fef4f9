package server

import (
	"context"
	"errors"
	"fmt"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/cli"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/transfer"
)

// openDatabase opens an existing database for a command. A typing error, or a job without its environment, must not
// make a command work on a new, empty database.
func openDatabase(ctx context.Context, settings config.Settings) (*cli.Database, error) {
	opened, err := store.OpenExisting(ctx, settings.Database)
	if err != nil {
		return nil, explainMissing(err)
	}
	return databaseOf(opened, settings)
}

// lookAtDatabase opens an existing database, with or without tables, for a command that only reads its versions.
func lookAtDatabase(ctx context.Context, settings config.Settings) (*cli.Database, error) {
	if err := store.RefuseMissing(settings.Database); err != nil {
		return nil, explainMissing(err)
	}
	return createDatabase(ctx, settings)
}

// explainMissing says what to do about a database that does not exist.
func explainMissing(err error) error {
	if errors.Is(err, store.ErrNoDatabase) {
		return fmt.Errorf(
			"%w: give the server's --database (ACCOUNTQL_DATABASE), or create one with serve or migrate", err)
	}
	return err
}

// createDatabase opens the database for migrate, and creates it if there is none.
func createDatabase(ctx context.Context, settings config.Settings) (*cli.Database, error) {
	opened, err := store.Open(ctx, settings.Database)
	if err != nil {
		return nil, err
	}
	return databaseOf(opened, settings)
}

// databaseOf builds the services of a command on a database, and closes it if that fails. The server that shares
// the database sends the messages that a command enqueues.
func databaseOf(opened *store.Store, settings config.Settings) (*cli.Database, error) {
	parts, err := newParts(opened, settings)
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}

	service, err := account.NewOperator(parts)
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}

	database := &cli.Database{
		Operator: func(actor account.Actor) cli.Operator { return service.By(actor) },
		Migrator: migrator{opened}, Outbox: opened, Auditor: opened, Keys: opened, Close: opened.Close,
	}
	breaches, err := openBreaches(settings)
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	if breaches != nil {
		service.Breaches = breaches
		database.Close = func() error { return errors.Join(breaches.Close(), opened.Close()) }
	}

	return database, nil
}

// migrator adapts the store's migrations to cli, which does not know the store.
type migrator struct{ *store.Store }

// Migrations returns the versions of the schema, the oldest first.
func (m migrator) Migrations(ctx context.Context) ([]cli.Migration, error) {
	status, err := m.MigrationStatus(ctx)
	migrations := make([]cli.Migration, len(status))
	for i, migration := range status {
		migrations[i] = cli.Migration(migration)
	}
	return migrations, err
}

// copyDatabase adapts transfer.Copy to cli.
func copyDatabase(ctx context.Context, from, to string, progress func(cli.CopyProgress)) (*cli.CopyReport, error) {
	done, err := transfer.Copy(ctx, from, to, func(step transfer.Progress) { progress(cli.CopyProgress(step)) })
	if err != nil {
		return nil, err
	}

	report := &cli.CopyReport{From: done.From, To: done.To, SchemaVersion: done.SchemaVersion, Verified: true}
	for _, table := range done.Tables {
		report.Tables = append(report.Tables, cli.CopiedTable(table))
	}

	return report, nil
}
