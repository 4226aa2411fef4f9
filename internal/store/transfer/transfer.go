// Package transfer copies everything from one database into another, whatever their engines, and verifies that both
// are equal.
package transfer

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/internal/store/migrations"
)

// copyBatch is how many rows are copied in one transaction.
const copyBatch = 500

// Progress is the progress of a copy.
type Progress struct {
	// Step is "copy" or "verify".
	Step  string
	Table string
	// Rows are done, out of Total.
	Rows, Total int
}

// CopiedTable is a table that is equal in both databases.
type CopiedTable struct {
	Table string
	// Rows is the number of rows, and Copied is how many of them this run wrote.
	Rows, Copied int
	// Digest is the digest of every value of every row, as both databases returned it.
	Digest string
}

// Report is the verified result of a finished copy.
type Report struct {
	// From and To are the names of the databases, without passwords.
	From, To string
	// SchemaVersion is the schema version of both.
	SchemaVersion int64
	Tables        []CopiedTable
}

// Copy copies everything from one database into another, and reads both to verify that they are equal. Nothing may
// serve the source, which is locked during the copy and not changed. The target must be empty, or hold a part of
// the same copy that was interrupted: its rows are kept, and the copy continues after them. Until everything is
// verified, no server starts on the target.
func Copy(ctx context.Context, from, to string, progress func(Progress)) (*Report, error) {
	return copyInBatches(ctx, from, to, copyBatch, progress)
}

func copyInBatches(
	ctx context.Context, from, to string, batch int, progress func(Progress),
) (report *Report, err error) {
	source, err := openSource(ctx, from)
	if err != nil {
		return nil, fmt.Errorf("--from: %w", err)
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := store.Open(ctx, to)
	if err != nil {
		return nil, fmt.Errorf("--to: %w", err)
	}
	defer func() { err = errors.Join(err, target.Close()) }()

	if source.Name() == target.Engine().Name() {
		return nil, errors.New("--from and --to are the same database")
	}

	version, err := prepareTarget(ctx, target)
	if err != nil {
		return nil, fmt.Errorf("--to: %w", err)
	}

	c := &copier{
		source: newEndpoint(source), target: newEndpoint(target.Engine()), store: target,
		batch: batch, progress: progress,
	}
	tables, err := c.run(ctx)
	if err != nil {
		return nil, err
	}

	return &Report{From: source.Name(), To: target.Engine().Name(), SchemaVersion: version, Tables: tables}, nil
}

// openSource opens a database to copy from, and keeps everybody else from writing to it until it is closed. It must
// be exactly at this program's schema: a copy without the tables of a newer version would lose data.
func openSource(ctx context.Context, database string) (engine.Engine, error) {
	driver, err := store.DriverOf(database)
	if err != nil {
		return nil, err
	}

	source, err := driver.OpenSource(ctx, database, tableNames())
	if err != nil {
		return nil, err
	}

	err = migrations.Check(ctx, source)
	if err == nil {
		_, err = migrations.Version(ctx, source) // guard: a copy knows every table
	}
	if err != nil {
		return nil, errors.Join(err, source.Close())
	}

	return source, nil
}

// prepareTarget returns the schema version of a database that is to receive a copy. It migrates only a database
// without any schema: data of an older version may still be in use by that version.
func prepareTarget(ctx context.Context, target *store.Store) (version int64, err error) {
	begun, err := migrations.Begun(ctx, target.Engine())
	if err == nil && !begun {
		err = target.Migrate(ctx)
	}
	if err != nil {
		return 0, err
	}

	return migrations.Version(ctx, target.Engine())
}

// copier is one run of Copy.
type copier struct {
	source, target *endpoint
	// store writes to the target.
	store    *store.Store
	batch    int
	progress func(Progress)
}

func (c *copier) run(ctx context.Context) ([]CopiedTable, error) {
	tables, err := c.tables(ctx)
	if err != nil {
		return nil, err
	}

	finished, err := c.markTarget(ctx, tables)
	if err != nil {
		return nil, err
	}

	copied := make([]int, len(tables))
	if !finished {
		for i, table := range tables {
			if copied[i], err = c.copyTable(ctx, table); err != nil {
				return nil, fmt.Errorf("%s: %w", table.name, err)
			}
		}
	}

	report := make([]CopiedTable, len(tables))
	for i, table := range tables {
		rows, digest, err := c.compare(ctx, table)
		switch {
		case errors.Is(err, errMismatch) && finished:
			return nil, fmt.Errorf("the target already holds other data: %s %w", table.name, err)
		case errors.Is(err, errMismatch):
			return nil, fmt.Errorf("the copy is not like its source: %s %w; empty the target and begin again",
				table.name, err)
		case err != nil:
			return nil, fmt.Errorf("%s: %w", table.name, err)
		}

		report[i] = CopiedTable{Table: table.name, Rows: rows, Copied: copied[i], Digest: digest}
	}

	if finished {
		return report, nil
	}

	return report, c.write(ctx, func(tx engine.Tx) error {
		if err := c.target.engine.Renumber(ctx, tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DROP TABLE "+engine.CopyMark)
		return err
	})
}

// write runs statements as they are in one transaction on the target.
func (c *copier) write(ctx context.Context, statements func(tx engine.Tx) error) error {
	return c.store.InTx(ctx, func(tx account.Tx) error { return statements(store.ConnOf(tx)) })
}

// markTarget marks an empty target as that of an unfinished copy. It returns finished = true if the target has no
// mark and isn't empty: then it must be a finished copy.
func (c *copier) markTarget(ctx context.Context, tables []table) (finished bool, err error) {
	marked, err := c.target.engine.HasTable(ctx, c.target.db, engine.CopyMark)
	if err != nil || marked {
		return false, err
	}

	err = c.write(ctx, func(tx engine.Tx) error {
		for _, table := range tables {
			err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+table.name+")").Scan(&finished)
			if err != nil || finished {
				return err
			}
		}

		if _, err := tx.ExecContext(ctx, "CREATE TABLE "+engine.CopyMark+" (source TEXT NOT NULL)"); err != nil {
			return err
		}

		_, err := tx.ExecContext(ctx,
			c.target.engine.Bind("INSERT INTO "+engine.CopyMark+" (source) VALUES (?)"), c.source.engine.Name())

		return err
	})

	return finished, err
}

// copyTable copies the rows of a table that the target doesn't have, and returns their number. Rows are copied in
// the order of their key, in batches, so an interrupted run leaves the beginning of the table.
func (c *copier) copyTable(ctx context.Context, table table) (copied int, err error) {
	total, err := c.source.count(ctx, table)
	if err != nil {
		return 0, err
	}

	done, err := c.target.count(ctx, table)
	if err != nil {
		return 0, err
	}

	after, err := c.target.lastKey(ctx, table)
	if err != nil {
		return 0, err
	}

	for {
		rows, err := c.source.read(ctx, table, after, c.batch)
		if err != nil {
			return copied, err
		}

		if len(rows) > 0 {
			if err := c.insert(ctx, table, rows); err != nil {
				return copied, err
			}
			after = table.keyOf(rows[len(rows)-1])
		}

		copied += len(rows)
		c.progress(Progress{Step: "copy", Table: table.name, Rows: done + copied, Total: total})
		if err := ctx.Err(); err != nil || len(rows) < c.batch {
			return copied, err
		}
	}
}

// insert writes rows in one transaction.
func (c *copier) insert(ctx context.Context, table table, rows [][]any) error {
	values := make([]any, 0, len(rows)*len(table.columns))
	places := make([]string, len(rows))
	for i, row := range rows {
		places[i] = "(" + placeholders(len(row)) + ")"
		values = append(values, row...)
	}

	statement := c.target.engine.Bind(fmt.Sprintf("INSERT INTO %s (%s) VALUES %s",
		table.name, join(table.columnNames(), engine.Quoted), strings.Join(places, ", ")))

	return c.write(ctx, func(tx engine.Tx) error {
		_, err := tx.ExecContext(ctx, statement, values...)
		return err
	})
}

// errMismatch means that a table differs between the two databases.
var errMismatch = errors.New("differs")

// compare reads a table from both databases, and returns an error that wraps errMismatch unless the contents are
// equal.
func (c *copier) compare(ctx context.Context, table table) (rows int, digest string, err error) {
	want, err := c.source.count(ctx, table)
	if err != nil {
		return 0, "", err
	}

	got, err := c.target.count(ctx, table)
	if err != nil {
		return 0, "", err
	}
	if want != got {
		return 0, "", fmt.Errorf("%w: %d rows in the source, %d in the target", errMismatch, want, got)
	}

	digest, err = c.source.digest(ctx, table, c.batch)
	if err != nil {
		return 0, "", err
	}

	other, err := c.target.digest(ctx, table, c.batch)
	if err != nil {
		return 0, "", err
	}
	if digest != other { // guard: a copy is read back
		return 0, "", fmt.Errorf("%w in what the rows say", errMismatch)
	}

	c.progress(Progress{Step: "verify", Table: table.name, Rows: got, Total: want})

	return got, digest, ctx.Err()
}

// tables returns the tables to copy with their columns, which must be the same in both databases.
func (c *copier) tables(ctx context.Context) ([]table, error) {
	listed := make([]table, len(tables))
	for i, table := range tables {
		columns, err := c.source.engine.Columns(ctx, c.source.db, table.name)
		if err != nil {
			return nil, err
		}

		theirs, err := c.target.engine.Columns(ctx, c.target.db, table.name)
		if err != nil {
			return nil, err
		}

		if text, other := fmt.Sprint(columns), fmt.Sprint(theirs); text != other || len(columns) == 0 {
			return nil, fmt.Errorf("the table %s has other columns in the target: %s, not %s",
				table.name, strings.Trim(other, "[]"), strings.Trim(text, "[]"))
		}

		table.columns = columns
		listed[i] = table
	}

	return listed, nil
}
