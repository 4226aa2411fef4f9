package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"sync/atomic"
	"time"
)

const (
	// keptWAL is the size in bytes to which the write-ahead log shrinks when it is reset. A larger log is due for a
	// checkpoint, after which it can be reset.
	keptWAL = 4 << 20
	// walHardLimit is the size at which writers wait for the checkpoint.
	walHardLimit = 7 << 20
	// readerTimeout is how long a checkpoint waits for readers of the pages that it overwrites.
	readerTimeout = 100 * time.Millisecond
)

// checkpoints move pages from the write-ahead log into the database on a connection of their own, so that no commit
// waits for the thousand pages that are due when it happens to fill the log. Most pages are moved while others
// write. The log can be reset only when all pages are moved, so the few that were added in the meantime are moved
// between two groups, and writers wait only for these.
//
// A slow reader prevents the reset. The log then grows: a larger file is better than writers that wait for a
// backup. The next attempt follows when the log has doubled, so that a reader makes writers wait rarely.
type checkpoints struct {
	db    *sql.DB
	group *group
	// log is the path of the write-ahead log.
	log string
	// due is the size of the log at which the next attempt is made. The holder of the write lock uses it.
	due int64
	// wake requests a checkpoint. It is closed at the end.
	wake, ended chan struct{}
	// attempts and failures count the checkpoints.
	attempts, failures atomic.Uint64
}

func newCheckpoints(path string, group *group) *checkpoints {
	c := &checkpoints{
		db: sql.OpenDB(&connector{
			dsn:   dsn(path, url.Values{"mode": {"rw"}}),
			setup: append(setup(), fmt.Sprintf("PRAGMA busy_timeout = %d", readerTimeout.Milliseconds())),
			pragmas: []pragma{
				{"journal_mode", "wal"}, {"synchronous", int64(2)}, {"busy_timeout", readerTimeout.Milliseconds()},
			},
		}),
		group: group, log: path + "-wal", due: keptWAL,
		wake: make(chan struct{}, 1), ended: make(chan struct{}),
	}
	c.db.SetMaxOpenConns(1)

	group.committed = c.afterCommit
	go c.run()

	return c
}

// afterCommit requires the write lock.
func (c *checkpoints) afterCommit() {
	switch size := c.size(); {
	case size > c.due+walHardLimit-keptWAL:
		_ = c.finish("RESTART")
	case size > c.due:
		select {
		case c.wake <- struct{}{}:
		default: // a checkpoint is already requested
		}
	}
}

func (c *checkpoints) size() int64 {
	info, err := os.Stat(c.log)
	if err != nil {
		return 0
	}
	return info.Size()
}

func (c *checkpoints) run() {
	defer close(c.ended)
	for range c.wake {
		_, err := c.checkpoint("PASSIVE")
		_ = c.group.exclusively(context.Background(), func() error {
			if err != nil || c.size() <= c.due {
				return c.reportFailure(err)
			}
			return c.finish("RESTART")
		})
	}
}

// finish moves the remaining pages, so that the next commit resets the log. It requires the write lock.
func (c *checkpoints) finish(kind string) error {
	complete, err := c.checkpoint(kind)
	c.due = keptWAL
	if !complete {
		c.due = max(keptWAL, 2*c.size())
	}
	return c.reportFailure(err)
}

// reportFailure reports a failure before anybody else can write: if the failure leaves the state of the database
// unknown, the log still holds the changes and must not be reset. It requires the write lock.
func (c *checkpoints) reportFailure(err error) error {
	if err != nil {
		c.group.failed(err) // guard: a failed checkpoint stops all writing
	}
	return err
}

// checkpoint runs one checkpoint and reports whether it moved all pages.
func (c *checkpoints) checkpoint(kind string) (complete bool, err error) {
	var blocked, frames, moved int
	err = c.db.QueryRowContext(context.Background(), fmt.Sprintf("PRAGMA wal_checkpoint(%s)", kind)).
		Scan(&blocked, &frames, &moved)
	c.attempts.Add(1)
	if err != nil {
		c.failures.Add(1)
	}

	return err == nil && blocked == 0, err
}

// close stops the checkpoints after the last commit.
func (c *checkpoints) close() error {
	close(c.wake)
	<-c.ended
	return c.db.Close()
}
