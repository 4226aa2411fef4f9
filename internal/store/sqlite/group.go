package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/accountql/accountql/internal/processor"
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
// The turn is the right to use the connection. It is handed on together with the
// open group, so there is always one goroutine that has to commit it: whoever
// finds nobody waiting, or the group full. Nobody waits for company: a member that
// is alone commits at once, and the next group gathers during the sync.
//
// A member sees what those before it wrote, although it is not yet committed. So
// not only a success but a refusal, too, is answered after the commit: without
// it, what the refusal rests on was never there.
//
// The member that fails takes no other along. There is one exception, which is
// SQLite's: where the disk or the memory is full, it rolls back everything. Then
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

	// lock guards taken and queue.
	lock  sync.Mutex
	taken bool
	queue []chan struct{}

	// Only who has the turn may use what follows.
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

// take waits for the turn as long as ctx lasts. Turns come in the order of asking.
func (g *group) take(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	g.lock.Lock()
	if !g.taken {
		g.taken = true
		g.lock.Unlock()
		return nil
	}
	turn := make(chan struct{})
	g.queue = append(g.queue, turn)
	g.lock.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	g.lock.Lock()
	defer g.lock.Unlock()
	if place := slices.Index(g.queue, turn); place >= 0 {
		g.queue = slices.Delete(g.queue, place, place+1)
		return ctx.Err()
	}
	// The turn came first, and perhaps an open group with it, which must not be dropped.
	return nil
}

// hand gives the turn to who has waited longest, and says whether anybody did. If not, the caller keeps it.
func (g *group) hand() bool {
	g.lock.Lock()
	defer g.lock.Unlock()
	return g.next()
}

// drop gives the turn to who has waited longest, or to who comes next.
func (g *group) drop() {
	g.lock.Lock()
	defer g.lock.Unlock()
	g.taken = g.next()
}

// next is called under the lock.
func (g *group) next() bool {
	if len(g.queue) == 0 {
		return false
	}
	close(g.queue[0])
	g.queue = slices.Delete(g.queue, 0, 1)
	return true
}

// alone runs do while no transaction of this process is open.
func (g *group) alone(ctx context.Context, do func() error) error {
	if err := g.take(ctx); err != nil {
		return err
	}
	defer g.drop()
	if g.open != nil {
		g.finish(g.open)
	}
	return do()
}

// join makes the caller a member of the open group, or of a new one.
func (g *group) join(ctx context.Context) (engine.Tx, error) {
	if err := g.take(ctx); err != nil {
		return nil, err
	}
	if g.open == nil {
		if err := g.begin(ctx); err != nil {
			g.drop()
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
	if err := c.run("BEGIN IMMEDIATE"); err != nil {
		return errors.Join(err, conn.Close())
	}
	g.open = c
	return nil
}

// leave hands on the turn, and the group with it, or commits the group.
func (g *group) leave(c *commit) {
	full := c.members >= g.limit || time.Since(c.began) >= g.age || !c.active()
	if !full && g.hand() {
		return
	}
	g.finish(c)
	g.drop()
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

// member is one transaction of a group.
type member struct {
	group  *group
	commit *commit
	ctx    context.Context
	ended  bool
	// broke is true where a statement of this member ended the transaction of all.
	broke bool
}

var _ engine.Tx = (*member)(nil)

// check comes before each statement, and lets a read that waits for this
// processor go first: it takes less time than a mutation. The last condition is what keeps a
// statement from being committed by itself where SQLite has rolled back everything.
func (m *member) check(ctx context.Context) error {
	processor.Yield()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case m.ended, !m.commit.active():
		return sql.ErrTxDone
	}
	return nil
}

// ExecContext implements gorm.ConnPool. The end of ctx stops what comes next, but
// no statement that runs: SQLite would roll back what the other members wrote.
func (m *member) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := m.check(ctx); err != nil {
		return nil, err
	}
	return m.commit.conn.ExecContext(context.WithoutCancel(ctx), query, args...)
}

// QueryContext implements gorm.ConnPool as ExecContext does.
func (m *member) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := m.check(ctx); err != nil {
		return nil, err
	}
	return m.commit.conn.QueryContext(context.WithoutCancel(ctx), query, args...)
}

// QueryRowContext implements gorm.ConnPool as ExecContext does.
func (m *member) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if m.check(ctx) != nil {
		ended, cancel := context.WithCancel(ctx)
		cancel()
		return m.commit.conn.QueryRowContext(ended, query, args...)
	}
	return m.commit.conn.QueryRowContext(context.WithoutCancel(ctx), query, args...)
}

// PrepareContext implements gorm.ConnPool. The connection keeps what it has prepared by itself.
func (m *member) PrepareContext(context.Context, string) (*sql.Stmt, error) {
	return nil, errors.New("a member of a group prepares nothing")
}

// Commit implements gorm.TxCommitter. It returns when the group's commit is on the disk, or failed.
func (m *member) Commit() error {
	if err := m.check(m.ctx); err != nil {
		return errors.Join(err, m.Rollback())
	}
	if err := m.commit.run("RELEASE member"); err != nil {
		return errors.Join(err, m.Rollback())
	}
	m.commit.kept++
	return m.end()
}

// Rollback implements gorm.TxCommitter. It returns as Commit does: with an engine.GroupCommitError if the others' commit failed.
func (m *member) Rollback() error {
	if m.ended {
		return m.end()
	}
	err := m.commit.run("ROLLBACK TO member")
	if err == nil {
		err = m.commit.run("RELEASE member")
	}
	if err != nil {
		// What can't be taken out alone is taken out with all the others. This
		// fails where SQLite has done so already.
		_ = m.commit.run("ROLLBACK")
		m.broke = true
	}
	return m.end()
}

// end leaves the group, once, and waits for what becomes of it.
func (m *member) end() error {
	if !m.ended {
		m.ended = true
		m.group.leave(m.commit)
	}
	<-m.commit.done
	if m.broke {
		return nil
	}
	return m.commit.err
}
