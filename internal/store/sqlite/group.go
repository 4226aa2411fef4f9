package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync/atomic"
	"time"

	"github.com/accountql/accountql/internal/store/engine"
)

// group is a group commit. A small transaction spends most of its time on the sync of its commit, so those that
// wait for the write connection share one. The members run one after the other, each on its own goroutine, and all but
// the first under a savepoint:
//
//	BEGIN IMMEDIATE
//	  …                                 the first decides, and waits for the commit
//	  SAVEPOINT member … ROLLBACK TO    the second fails, and leaves no changes
//	  SAVEPOINT member … RELEASE        nobody else arrives while the third decides
//	COMMIT                              so it commits, and all three are answered
//
// If the first fails, the transaction holds nobody else's changes: it is rolled back, and the next group begins.
//
// The write lock is handed on together with the open group, so there is always exactly one goroutine that has to
// commit the group: the first that finds no waiter, or the group full. A member does not wait for others to arrive:
// a single member commits at once, and the next group forms during the sync.
//
// A member sees the writes of earlier members, although they are not committed yet. So not only a success but also
// a refusal is answered after the commit: without the commit, the basis of the refusal would not exist.
//
// A failing member does not affect the others, with one exception that comes from SQLite: if the disk or the memory
// is full, it rolls back everything. The other members then run again, in another group.
type group struct {
	// pool has a single connection, which writes.
	pool *sql.DB
	// limit is how many members share a commit, and age is how long a group accepts further ones.
	limit int
	age   time.Duration
	// committed is called after each commit, when the members are answered and before the next group begins.
	committed func()
	// failed is called for every failed commit, before anybody else can write.
	failed func(error)

	// commits and kept count the commits and the members that they held.
	commits, kept atomic.Uint64

	lock writeLock
	// The fields below are guarded by the write lock.
	open *commit
	// closed is true if no more groups may begin.
	closed bool
}

// commit is the transaction that the members of a group share.
type commit struct {
	conn    *sql.Conn
	began   time.Time
	members int
	// kept is how many members want to be committed.
	kept int
	// broken is true if a member failed and its changes can't be rolled back alone.
	broken bool
	// done is closed when err holds the result of the commit.
	done chan struct{}
	err  error
}

// errRolledBack means that another member's statement has ended the transaction.
var errRolledBack = errors.New("the transaction of the group was rolled back")

// exclusively runs do while no transaction of this process is open.
func (g *group) exclusively(ctx context.Context, do func() error) error {
	if err := g.lock.acquire(ctx); err != nil {
		return err
	}
	defer g.lock.release()

	if g.open != nil {
		g.finish(g.open)
	}

	return do()
}

// join adds the caller to the open group, or to a new one.
func (g *group) join(ctx context.Context) (engine.Tx, error) {
	if err := g.lock.acquire(ctx); err != nil {
		return nil, err
	}

	if g.open == nil {
		if err := g.begin(ctx); err != nil {
			g.lock.release()
			return nil, err
		}
	}

	m := &member{group: g, commit: g.open, ctx: ctx, first: g.open.members == 0}
	m.commit.members++
	if m.first {
		return m, nil
	}

	if err := m.commit.run("SAVEPOINT member"); err != nil {
		return nil, errors.Join(err, m.Rollback())
	}

	return m, nil
}

func (g *group) begin(ctx context.Context) error {
	if g.closed {
		return sql.ErrConnDone
	}

	conn, err := g.pool.Conn(ctx)
	if err != nil {
		return err
	}

	c := &commit{conn: conn, began: time.Now(), done: make(chan struct{})}
	// BEGIN IMMEDIATE takes the write lock: a transaction that began with a read would fail if another process had
	// written since.
	if err := c.run("BEGIN IMMEDIATE"); err != nil { // guard: a transaction begins with the right to write
		return errors.Join(err, conn.Close())
	}

	g.open = c

	return nil
}

// leave hands on the write lock together with the group, or commits the group.
func (g *group) leave(c *commit) {
	full := c.members >= g.limit || time.Since(c.began) >= g.age || c.broken || !c.active()
	if !full && g.lock.handOff() {
		return
	}
	g.finish(c)
	g.lock.release()
}

// finish ends the open group, with a commit if any member wants one, and notifies the members.
func (g *group) finish(c *commit) {
	g.open = nil
	switch {
	case c.broken || !c.active():
		c.err = &engine.GroupCommitError{Cause: errRolledBack}
	case c.kept > 0:
		if err := c.run("COMMIT"); err != nil {
			c.err = &engine.GroupCommitError{Cause: err}
			g.failed(err)
		} else {
			g.commits.Add(1)
			g.kept.Add(uint64(c.kept))
		}
	}

	if c.active() {
		// If even the rollback fails, closing the connection rolls back.
		if err := c.run("ROLLBACK"); err != nil || c.active() {
			_ = c.conn.Raw(func(any) error { return driver.ErrBadConn })
		}
	}

	_ = c.conn.Close()
	close(c.done)
	if c.err == nil && c.kept > 0 {
		g.committed()
	}
}

// writer is the driver's connection, without database/sql.
type writer interface {
	driver.ExecerContext
	driver.NamedValueChecker
	AutoCommit() bool
}

// run runs a statement on the shared transaction itself.
func (c *commit) run(statement string) error {
	_, err := c.exec(statement)
	return err
}

// exec gives the statement to the driver itself: database/sql would allocate as much again.
func (c *commit) exec(statement string, args ...any) (result driver.Result, err error) {
	bound := make([]driver.NamedValue, len(args))
	raw := c.conn.Raw(func(conn any) error {
		w, ok := conn.(writer)
		if !ok {
			return driver.ErrBadConn
		}

		for i, arg := range args {
			bound[i] = driver.NamedValue{Ordinal: i + 1, Value: arg}
			if err := w.CheckNamedValue(&bound[i]); err != nil {
				return err
			}
		}

		result, err = w.ExecContext(context.Background(), statement, bound)

		return err
	})

	return result, raw
}

// active reports whether the transaction is still open.
func (c *commit) active() bool {
	active := false
	err := c.conn.Raw(func(conn any) error {
		w, ok := conn.(writer)
		active = ok && !w.AutoCommit()
		return nil
	})

	return err == nil && active
}
