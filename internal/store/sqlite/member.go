package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/accountql/accountql/internal/processor"
	"github.com/accountql/accountql/internal/store/engine"
)

// member is one transaction of a group.
type member struct {
	group  *group
	commit *commit
	ctx    context.Context
	// first is true if no other member's changes precede, so that this one needs no savepoint.
	first bool
	ended bool
	// broke is true if the shared transaction ended because of this member.
	broke bool
}

var _ engine.Tx = (*member)(nil)

// check runs before each statement. It lets a read that waits for this processor run first because it takes less
// time than a mutation. Without the last condition, a statement would be committed by itself after SQLite has
// rolled back everything.
func (m *member) check(ctx context.Context) error {
	processor.Yield()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case m.ended, !m.commit.active(): // guard: nothing is written outside of a transaction
		return sql.ErrTxDone
	}

	return nil
}

// ExecContext implements gorm.ConnPool. The end of ctx prevents further statements but does not interrupt a running
// one: SQLite would roll back the writes of the other members. So the statement itself gets no context of a request.
func (m *member) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := m.check(ctx); err != nil {
		return nil, err
	}
	return m.commit.exec(query, args...)
}

// QueryContext implements gorm.ConnPool as ExecContext does.
func (m *member) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := m.check(ctx); err != nil {
		return nil, err
	}
	return m.commit.conn.QueryContext(context.Background(), query, args...)
}

// QueryRowContext implements gorm.ConnPool as ExecContext does.
func (m *member) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if m.check(ctx) != nil {
		ended, cancel := context.WithCancel(ctx)
		cancel()
		return m.commit.conn.QueryRowContext(ended, query, args...)
	}
	return m.commit.conn.QueryRowContext(context.Background(), query, args...)
}

// PrepareContext implements gorm.ConnPool. The connection caches its prepared statements itself.
func (m *member) PrepareContext(context.Context, string) (*sql.Stmt, error) {
	return nil, errors.New("a member of a group prepares nothing")
}

// Commit implements gorm.TxCommitter. It returns when the group's commit is on disk, or has failed.
func (m *member) Commit() error {
	if err := m.check(m.ctx); err != nil {
		return errors.Join(err, m.Rollback())
	}
	if !m.first {
		if err := m.commit.run("RELEASE member"); err != nil {
			return errors.Join(err, m.Rollback())
		}
	}

	m.commit.kept++

	return m.end()
}

// Rollback implements gorm.TxCommitter. As Commit does, it returns an engine.GroupCommitError if the others' commit
// failed.
func (m *member) Rollback() error {
	if m.ended {
		return m.end()
	}

	if m.first || m.rollbackAlone() != nil {
		m.broke = true
		m.commit.broken = true // guard: a first member that fails leaves nothing
	}

	return m.end()
}

// rollbackAlone fails if SQLite has rolled back everything already.
func (m *member) rollbackAlone() error {
	if err := m.commit.run("ROLLBACK TO member"); err != nil { // guard: a member that fails leaves nothing
		return err
	}
	return m.commit.run("RELEASE member")
}

// end leaves the group, once, and waits for its result.
func (m *member) end() error {
	if !m.ended {
		m.ended = true
		m.group.leave(m.commit)
	}

	<-m.commit.done // guard: a success waits for the group's commit
	if m.broke {
		return nil
	}

	return m.commit.err
}
