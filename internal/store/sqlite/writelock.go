package sqlite

import (
	"context"
	"slices"
	"sync"
)

// writeLock is the right to use the write connection. It goes to the longest waiter.
type writeLock struct {
	// mutex guards the fields below.
	mutex sync.Mutex
	held  bool
	queue []chan struct{}
}

// acquire waits for the lock until ctx ends.
func (l *writeLock) acquire(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}

	l.mutex.Lock()

	if !l.held {
		l.held = true
		l.mutex.Unlock()
		return nil
	}

	turn := make(chan struct{})
	l.queue = append(l.queue, turn)
	l.mutex.Unlock()

	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}

	l.mutex.Lock()
	defer l.mutex.Unlock()
	if place := slices.Index(l.queue, turn); place >= 0 {
		l.queue = slices.Delete(l.queue, place, place+1)
		return ctx.Err()
	}

	// The lock was handed over first, perhaps with an open group, which must not be dropped.
	return nil
}

// handOff gives the lock to the longest waiter, and reports whether there was one. If not, the caller keeps the
// lock.
func (l *writeLock) handOff() bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.next()
}

// release gives the lock to the longest waiter, or frees it if there is none.
func (l *writeLock) release() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.held = l.next()
}

// next requires the mutex.
func (l *writeLock) next() bool {
	if len(l.queue) == 0 {
		return false
	}
	close(l.queue[0])
	l.queue = slices.Delete(l.queue, 0, 1)
	return true
}
