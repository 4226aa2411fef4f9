package sqlite

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/accountql/accountql/internal/store/engine"
)

// ExpectPragma opens read connections that fail unless SQLite reports the value.
func ExpectPragma(ctx context.Context, path, name string, want any) error {
	connector := newReader(path)
	connector.pragmas = append(connector.pragmas, pragma{name, want})
	conn, err := connector.Connect(ctx)
	if err == nil {
		return conn.Close()
	}
	return err
}

// LimitGroups sets how many transactions share a commit, however long they take.
func (e *Engine) LimitGroups(members int) { e.group.limit, e.group.age = members, time.Hour }

// Waiting returns how many transactions wait for the connection that writes.
func (e *Engine) Waiting() int {
	e.group.lock.mutex.Lock()
	defer e.group.lock.mutex.Unlock()
	return len(e.group.lock.queue)
}

// CountCommits counts the commits from now on.
func (e *Engine) CountCommits() (commits *atomic.Int64) {
	commits = new(atomic.Int64)
	_ = e.group.exclusively(context.Background(), func() error {
		committed := e.group.committed
		e.group.committed = func() { commits.Add(1); committed() }
		return nil
	})
	return commits
}

// FailCommit does what a commit does when it fails with err.
func (e *Engine) FailCommit(err error) error {
	e.group.failed(err)
	return err
}

// FailCheckpoint does what a checkpoint does when it fails with err.
func (e *Engine) FailCheckpoint(err error) error {
	return e.group.exclusively(context.Background(), func() error { return e.checkpoints.reportFailure(err) })
}

// FindOnce opens a connection of Find, and runs a statement on it.
func FindOnce(path string, row *engine.Row, statement string, values ...any) (found bool, err error) {
	f, err := openFinder(path)
	if err != nil {
		return false, err
	}
	defer f.close()

	return f.find(row, statement, values...)
}

// ParseUTC is parseUTC.
func ParseUTC(text string) (at time.Time, ok bool) { return parseUTC(text) }
