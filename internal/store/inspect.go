package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/internal/store/migrations"
)

// Inspection is what can be said of a database without changing it.
type Inspection struct {
	// Name identifies the database, without a password; Server is the name and version of its software.
	Name, Server string
	// Schema is the newest version of the schema that was applied, and Pending how many steps are to come.
	Schema  int64
	Pending int
	// Standby is set if the database accepts only reads.
	Standby bool
	// ClockOffset is how far this machine's clock is ahead of the database's.
	ClockOffset time.Duration
}

// Inspect looks at an existing database, creates nothing and writes no data. It returns ErrNoDatabase if there is
// none, and an error if the schema is newer than this program's or part of a copy.
func Inspect(ctx context.Context, database string) (_ *Inspection, err error) {
	driver, err := driverOfExisting(database)
	if err != nil {
		return nil, err
	}

	opened, err := driver.OpenToInspect(ctx, database)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()

	found := &Inspection{Name: opened.Name()}
	if found.Server, found.Standby, err = opened.Server(ctx); err != nil {
		return nil, err
	}
	if err := found.readSchema(ctx, opened); err != nil {
		return found, err
	}

	found.ClockOffset, err = clockOffset(ctx, opened)

	return found, err
}

// readSchema reads the versions of the schema.
func (i *Inspection) readSchema(ctx context.Context, opened engine.Engine) error {
	steps, err := migrations.Status(ctx, opened)
	if err != nil {
		return err
	}

	newer := false
	for _, step := range steps {
		if step.AppliedAt == nil {
			i.Pending++
			continue
		}
		i.Schema = max(i.Schema, step.Version)
		newer = newer || step.Name == ""
	}

	if i.Schema == 0 {
		return fmt.Errorf("%w here: it has no tables", ErrNoDatabase)
	}

	_, db := opened.Pools()
	if err := engine.RefuseUnfinished(ctx, opened, db); err != nil || i.Pending > 0 && !newer {
		return err // serve applies what is pending
	}

	return migrations.Check(ctx, opened)
}

// CheckAddress returns an error, without any part of a password, if a database string names neither a file nor a
// server. It connects to nothing.
func CheckAddress(database string) error {
	driver, err := DriverOf(database)
	if err != nil {
		return err
	}
	return driver.CheckAddress(database)
}
