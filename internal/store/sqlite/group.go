package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/store/engine"
)

// What costs time in a small transaction is the sync of its commit, so those
// that wait for the connection that writes share one: a group. Its members run
// one after the other, each on its own goroutine and under its own savepoint:
//
//	BEGIN IMMEDIATE
//	  SAVEPOINT member … RELEASE        the first decides and goes on to wait
//	  SAVEPOINT member … ROLLBACK TO    the second fails, and leaves nothing behind
//	  SAVEPOINT member … RELEASE        while this one decides, nobody else comes
//	COMMIT                              so it commits, and all three are answered
//
// The write lock is handed on together with the open group, so there is always
// one goroutine that has to commit it: whoever finds nobody waiting, or the group
// full. Nobody waits for company: a member that is alone commits at once, and the
// next group gathers during the sync.
//
// A member sees what those before it wrote, although it is not yet committed. So
// not only a success but a refusal, too, is answered after the commit: without
// it, what the refusal rests on was never there.
//
// The member that fails takes no other along. There is one exception, which is
// SQLite's: if the disk or the memory is full, it rolls back everything. Then
// the other members run again, in another group.
type group struct {
	// pool has the one connection that writes.
	pool *sql.DB
	// limit is how many members share a commit, and age for how long it takes further ones.
	limit int
	age   time.Duration
	// committed is called after each commit, when its members are answered and before the next group begins.
	committed func()
	// failed hears of every commit that failed before anybody else can write.
	failed func(error)

	lock writeLock
	// Only who holds the lock may use what follows.
	open *commit
	// closed groups begin no more.
	closed bool
}

// commit is what the members of a group share.
type commit struct {
	conn    *sql.Conn
	began   time.Time
	members int
	// kept is how many members want to be committed.
	kept int
	// done is closed when err says what became of the commit.
	done chan struct{}
	err  error
}

// errRolledBack says that a statement of another member has ended the transaction.
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

// join makes the caller a member of the open group, or of a new one.
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

	m := &member{group: g, commit: g.open, ctx: ctx}
	m.commit.members++
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
	// With the right to write: a transaction that began with a read would fail when another process has written since.
	if err := c.run("BEGIN IMMEDIATE"); err != nil { // guard: a transaction begins with the right to write
		return errors.Join(err, conn.Close())
	}

	g.open = c

	return nil
}

// leave hands on the write lock, and the group with it, or commits the group.
func (g *group) leave(c *commit) {
	full := c.members >= g.limit || time.Since(c.began) >= g.age || !c.active()
	if !full && g.lock.handOff() {
		return
	}
	g.finish(c)
	g.lock.release()
}

// finish ends the open group, by a commit if any member wants one, and tells the members.
func (g *group) finish(c *commit) {
	g.open = nil
	switch {
	case !c.active():
		c.err = &engine.GroupCommitError{Cause: errRolledBack}
	case c.kept > 0:
		if err := c.run("COMMIT"); err != nil {
			c.err = &engine.GroupCommitError{Cause: err}
			g.failed(err)
		}
	}

	if c.active() {
		// A connection that can't even roll back is closed, which does.
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

// run runs a statement of the transaction itself.
func (c *commit) run(statement string) error {
	_, err := c.conn.ExecContext(context.Background(), statement)
	return err
}

// active says whether the transaction is still open.
func (c *commit) active() bool {
	active := false
	err := c.conn.Raw(func(conn any) error {
		sqlite, ok := conn.(interface{ AutoCommit() bool })
		active = ok && !sqlite.AutoCommit()
		return nil
	})

	return err == nil && active
}
