package server

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/accountql/accountql/internal/config"
)

const (
	// maxClockOffset is how far this machine's clock may be off the database's. The processes that share a database
	// compare the times that others have written: beyond this, fresh tokens are dead or old ones live (R-OBS5).
	maxClockOffset = time.Minute
	// clockInterval is how often the clocks are compared.
	clockInterval = time.Minute
	clockTimeout  = 10 * time.Second
)

// clockWatch compares this machine's clock with the database's.
type clockWatch struct {
	// offset returns how far this machine's clock is ahead.
	offset func(ctx context.Context) (time.Duration, error)
	log    *slog.Logger
	// last is the last offset in nanoseconds.
	last atomic.Int64
	off  bool
}

// compare returns how far this machine's clock is ahead, and whether that is too far.
func (c *clockWatch) compare(ctx context.Context) (offset time.Duration, tooFar bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, clockTimeout)
	defer cancel()
	offset, err = c.offset(ctx)
	if err != nil {
		return 0, false, err
	}

	c.last.Store(int64(offset))

	return offset, offset.Abs() > maxClockOffset, nil
}

// refuse returns an error if the clock is too far off for a start.
func (c *clockWatch) refuse(ctx context.Context) error {
	offset, tooFar, err := c.compare(ctx)
	if err != nil {
		return fmt.Errorf("the clock can't be compared with the database's: %w", err)
	}
	if tooFar { // guard: no server starts with a wrong clock
		return &config.Error{Setting: "--database", Problem: fmt.Sprintf(
			"has a clock that differs from this machine's by %v, more than %v: synchronise both (chrony, systemd-timesyncd)",
			offset.Abs().Round(time.Second), maxClockOffset)}
	}

	return nil
}

// check compares the clocks and logs each change between right and wrong once. The next call tries again what can't
// be compared now.
func (c *clockWatch) check(ctx context.Context) {
	offset, tooFar, err := c.compare(ctx)
	switch {
	case err != nil:
	case tooFar && !c.off:
		c.off = true
		c.log.ErrorContext(ctx, "this machine's clock differs from the database's: synchronise both",
			"ahead", offset.Round(time.Millisecond), "allowed", maxClockOffset)
	case !tooFar && c.off:
		c.off = false
		c.log.InfoContext(ctx, "this machine's clock agrees with the database's again")
	}
}

// seconds returns the last offset.
func (c *clockWatch) seconds() float64 { return time.Duration(c.last.Load()).Seconds() }
