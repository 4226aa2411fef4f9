package sqlite

import (
	"database/sql"
	"sync"

	"github.com/accountql/accountql/internal/store/engine"
)

// finders are the connections of Engine.Find. They are opened when they are needed.
type finders struct {
	path string
	most int

	mu sync.Mutex
	// returned is signalled when a connection is no longer in use, of which used are.
	returned sync.Cond
	used     int
	// idle has the last used connection at its end: its pages are the freshest.
	idle   []*finder
	closed bool
}

func newFinders(path string, most int) *finders {
	f := &finders{path: path, most: most}
	f.returned.L = &f.mu
	return f
}

// find runs a statement on any connection.
func (f *finders) find(row *engine.Row, statement string, values ...any) (found bool, err error) {
	one, err := f.take()
	if err != nil {
		return false, err
	}
	defer f.put(one)

	return one.find(row, statement, values...)
}

// take returns the connection that was used last, or a new one. It waits while all are in use.
func (f *finders) take() (*finder, error) {
	f.mu.Lock()
	for f.used == f.most && !f.closed {
		f.returned.Wait()
	}

	if f.closed {
		f.mu.Unlock()
		return nil, sql.ErrConnDone
	}

	f.used++
	if last := len(f.idle) - 1; last >= 0 {
		one := f.idle[last]
		f.idle = f.idle[:last]
		f.mu.Unlock()
		return one, nil
	}

	f.mu.Unlock()
	one, err := openFinder(f.path)
	if err != nil {
		f.put(nil)
	}

	return one, err
}

// put takes a connection back, or nil if it could not be opened.
func (f *finders) put(one *finder) {
	f.mu.Lock()
	defer f.mu.Unlock()

	f.used--
	f.returned.Signal()

	switch {
	case one == nil:
	case f.closed:
		one.close()
	default:
		f.idle = append(f.idle, one)
	}
}

// close closes the connections, those in use as soon as they are not.
func (f *finders) close() {
	f.mu.Lock()
	defer f.mu.Unlock()

	f.closed = true
	f.returned.Broadcast()
	for _, one := range f.idle {
		one.close()
	}
	f.idle = nil
}
