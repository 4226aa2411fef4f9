package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"
)

const (
	// copyBatch is how many rows travel in one transaction.
	copyBatch = 500
	// copyMark is a table that the target has while its copy is not finished. No
	// server starts on such a database: it would make keys of its own, and serve
	// customers a part of what they have.
	copyMark = "unfinished_copy"
)

// CopyProgress says how far a copy is.
type CopyProgress struct {
	// Step is "copy" or "verify".
	Step  string
	Table string
	// Rows are done, out of Total.
	Rows, Total int
}

// CopiedTable is a table that both databases hold alike.
type CopiedTable struct {
	Table string
	// Rows is how many there are, and Copied how many of them this run wrote.
	Rows, Copied int
	// Digest is that of every value of every row, as both databases gave it back.
	Digest string
}

// CopyReport is what a finished copy has verified.
type CopyReport struct {
	// From and To name the databases, without passwords.
	From, To string
	// SchemaVersion is that of both.
	SchemaVersion int64
	Tables        []CopiedTable
}

// copying is one run of Copy.
type copying struct {
	source, target *side
	batch          int
	progress       func(CopyProgress)
}

// side is one of the two databases of a copy.
type side struct {
	// name has no password in it.
	name   string
	engine engine
	// db reads; of the source it is the only connection.
	db *sql.DB
	// store writes; a source has none.
	store *Store
}

// Copy moves everything from one database into another, and reads both back to
// verify that they are alike. Nothing may serve the source, which is locked
// meanwhile and stays as it is. The target is empty, or holds a part of the
// same copy that was interrupted: its rows are kept, and the copy goes on behind
// them. Until all is verified no server starts on the target.
func Copy(ctx context.Context, from, to string, progress func(CopyProgress)) (*CopyReport, error) {
	return copyInBatches(ctx, from, to, copyBatch, progress)
}

func copyInBatches(ctx context.Context, from, to string, batch int, progress func(CopyProgress)) (report *CopyReport, err error) {
	source, err := openSource(ctx, from)
	if err != nil {
		return nil, fmt.Errorf("--from: %w", err)
	}
	defer func() { err = errors.Join(err, source.db.Close()) }()
	store, err := Open(ctx, to)
	if err != nil {
		return nil, fmt.Errorf("--to: %w", err)
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	db, err := store.read.DB()
	if err != nil {
		return nil, err
	}
	target := &side{name: store.engine.name(), engine: store.engine, db: db, store: store}
	if source.name == target.name {
		return nil, errors.New("--from and --to are the same database")
	}
	version, err := store.receiveCopy(ctx)
	if err != nil {
		return nil, fmt.Errorf("--to: %w", err)
	}
	c := &copying{source: source, target: target, batch: batch, progress: progress}
	tables, err := c.run(ctx)
	if err != nil {
		return nil, err
	}
	return &CopyReport{From: source.name, To: target.name, SchemaVersion: version, Tables: tables}, nil
}

// receiveCopy returns the schema's version of a database that is to receive a
// copy. Only one without any schema is migrated: what holds data of an older
// version may be somebody's who runs that version.
func (s *Store) receiveCopy(ctx context.Context) (version int64, err error) {
	db, err := s.read.DB()
	if err != nil {
		return 0, err
	}
	begun, err := s.engine.hasTable(ctx, db, versionTable)
	if err == nil && !begun {
		err = s.Migrate(ctx)
	}
	if err != nil {
		return 0, err
	}
	return s.checkVersions(ctx, db)
}

// refuseUnfinished fails for a database that a copy was begun into and not finished.
func refuseUnfinished(ctx context.Context, e engine, db *sql.DB) error {
	unfinished, err := e.hasTable(ctx, db, copyMark)
	if err == nil && unfinished {
		err = errors.New("the database holds a part of a copy: run the same `accountql copy` again, and it goes on")
	}
	return err
}

func (c *copying) run(ctx context.Context) ([]CopiedTable, error) {
	tables, err := c.tables(ctx)
	if err != nil {
		return nil, err
	}
	finished, err := c.claim(ctx, tables)
	if err != nil {
		return nil, err
	}
	copied := make([]int, len(tables))
	if !finished {
		for i, table := range tables {
			if copied[i], err = c.fill(ctx, table); err != nil {
				return nil, fmt.Errorf("%s: %w", table.name, err)
			}
		}
	}
	report := make([]CopiedTable, len(tables))
	for i, table := range tables {
		rows, digest, err := c.compare(ctx, table)
		if errors.Is(err, errMismatch) && finished {
			return nil, fmt.Errorf("the target already holds other data: %s %w", table.name, err)
		}
		if errors.Is(err, errMismatch) {
			return nil, fmt.Errorf("the copy is not like its source: %s %w; empty the target and begin again", table.name, err)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", table.name, err)
		}
		report[i] = CopiedTable{Table: table.name, Rows: rows, Copied: copied[i], Digest: digest}
	}
	if finished {
		return report, nil
	}
	return report, c.target.write(ctx, func(tx gorm.ConnPool) error {
		_, err := tx.ExecContext(ctx, "DROP TABLE "+copyMark)
		return err
	})
}

// claim marks an empty target as one that a copy goes into. It returns whether
// the target has no mark and isn't empty: then it must be a copy that is finished.
func (c *copying) claim(ctx context.Context, tables []copiedTable) (finished bool, err error) {
	marked, err := c.target.engine.hasTable(ctx, c.target.db, copyMark)
	if err != nil || marked {
		return false, err
	}
	err = c.target.write(ctx, func(tx gorm.ConnPool) error {
		for _, table := range tables {
			if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+table.name+")").Scan(&finished); err != nil || finished {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, "CREATE TABLE "+copyMark+" (source TEXT NOT NULL)"); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO "+copyMark+" (source) VALUES ("+c.target.engine.placeholder(1)+")", c.source.name)
		return err
	})
	return finished, err
}

// fill copies the rows of a table that the target doesn't have, and returns how
// many they were. Rows go in the order of their key, batch by batch, so what an
// interrupted run left is the beginning of the table.
func (c *copying) fill(ctx context.Context, table copiedTable) (copied int, err error) {
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
			if err := c.target.insert(ctx, table, rows); err != nil {
				return copied, err
			}
			after = table.keyOf(rows[len(rows)-1])
		}
		copied += len(rows)
		c.progress(CopyProgress{Step: "copy", Table: table.name, Rows: done + copied, Total: total})
		if err := ctx.Err(); err != nil || len(rows) < c.batch {
			return copied, err
		}
	}
}

// errMismatch says that a table is not the same on both sides.
var errMismatch = errors.New("differs")

// compare reads a table back from both sides, and fails with errMismatch unless they hold the same.
func (c *copying) compare(ctx context.Context, table copiedTable) (rows int, digest string, err error) {
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
	if digest != other {
		return 0, "", fmt.Errorf("%w in what the rows say", errMismatch)
	}
	c.progress(CopyProgress{Step: "verify", Table: table.name, Rows: got, Total: want})
	return got, digest, ctx.Err()
}

// tables are those to copy, with their columns, which both sides must have.
func (c *copying) tables(ctx context.Context) ([]copiedTable, error) {
	tables := make([]copiedTable, len(copiedTables))
	for i, table := range copiedTables {
		columns, err := c.source.engine.columns(ctx, c.source.db, table.name)
		if err != nil {
			return nil, err
		}
		theirs, err := c.target.engine.columns(ctx, c.target.db, table.name)
		if err != nil {
			return nil, err
		}
		table.columns = columns
		if text, other := fmt.Sprint(columns), fmt.Sprint(theirs); text != other || len(columns) == 0 {
			return nil, fmt.Errorf("the table %s has other columns in the target: %s, not %s", table.name, strings.Trim(other, "[]"), strings.Trim(text, "[]"))
		}
		tables[i] = table
	}
	return tables, nil
}
