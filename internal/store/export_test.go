package store

import (
	"context"
	"database/sql"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"github.com/accountql/accountql/internal/account"
)

// Pools returns the pool that writes and the one that reads.
func (s *Store) Pools() (write, read *sql.DB) {
	engine := s.engine.(*sqliteEngine)
	return engine.write, engine.read
}

// RunInTx runs a statement in a transaction, and returns how often that was begun.
func (s *Store) RunInTx(ctx context.Context, statement string) (runs int, err error) {
	err = s.inTx(ctx, func(tx *transaction) error {
		runs++
		return tx.exec(ctx, statement)
	})
	return runs, err
}

// Gorm returns GORM on the pool that writes.
func (s *Store) Gorm() *gorm.DB { return s.write }

// ExpectPragma makes connections of the reading kind fail unless SQLite reports the value.
func ExpectPragma(ctx context.Context, path, name string, want any) error {
	connector := sqliteReader(path)
	connector.pragmas = append(connector.pragmas, pragma{name, want})
	conn, err := connector.Connect(ctx)
	if err == nil {
		return conn.Close()
	}
	return err
}

// Translate is the translation of an error that a driver returned.
func (s *Store) Translate(err error) error { return s.translate(err) }

// FailCommit is what a commit does whose error is err.
func (s *Store) FailCommit(err error) error { return s.unavailable(err) }

// LimitGroups sets how many transactions share a commit on SQLite, however long they take.
func (s *Store) LimitGroups(members int) { s.group().limit, s.group().age = members, time.Hour }

// Waiting returns how many transactions wait for the connection that writes to SQLite.
func (s *Store) Waiting() int {
	s.group().lock.Lock()
	defer s.group().lock.Unlock()
	return len(s.group().queue)
}

// CountCommits counts the commits on SQLite from now on.
func (s *Store) CountCommits() (commits *atomic.Int64) {
	commits = new(atomic.Int64)
	_ = s.group().alone(context.Background(), func() error {
		committed := s.group().committed
		s.group().committed = func() { commits.Add(1); committed() }
		return nil
	})
	return commits
}

// FailCheckpoint is what a checkpoint does whose error is err.
func (s *Store) FailCheckpoint(err error) error {
	engine := s.engine.(*sqliteEngine)
	return engine.group.alone(context.Background(), func() error { return engine.checkpoints.note(err) })
}

// Unsettled runs a statement of a transaction without looking at its error.
func Unsettled(ctx context.Context, tx account.Tx, statement string, values ...any) error {
	return tx.(*transaction).gorm(ctx).Exec(statement, values...).Error
}

func (s *Store) group() *group { return s.engine.(*sqliteEngine).group }

// CopyInBatches is Copy with batches of another size.
var CopyInBatches = copyInBatches

// CopiedTables lists the tables that Copy moves.
func CopiedTables() []string {
	var names []string
	for _, table := range copiedTables {
		names = append(names, table.name)
	}
	return names
}

// CopiedKey lists the columns by which Copy orders the rows of a table.
func CopiedKey(name string) []string {
	for _, table := range copiedTables {
		if table.name == name {
			return table.key
		}
	}
	return nil
}
