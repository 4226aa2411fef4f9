package sqlite

import (
	"database/sql"
	"sync"

	"github.com/accountql/accountql/internal/store/engine"
)

// finders are the connections of Engine.Find. They are opened when they are needed.
type finders struct {
	path string
	// slots has a place for each connection that may be in use.
	slots chan struct{}

	mu sync.Mutex
	// idle has the last used connection at its end: its pages are the freshest.
	idle   []*finder
	closed bool
}

func newFinders(path string, most int) *finders {
	return &finders{path: path, slots: make(chan struct{}, most)}
}

// find runs a statement on any connection.
func (f *finders) find(row *engine.Row, statement string, values ...any) (found bool, err error) {
	f.slots <- struct{}{}
	defer func() { <-f.slots }()

	one, err := f.take()
	if err != nil {
		return false, err
	}
	defer f.put(one)

	return one.find(row, statement, values...)
}

// take returns the connection that was used last, or a new one.
func (f *finders) take() (*finder, error) {
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return nil, sql.ErrConnDone
	}

	if last := len(f.idle) - 1; last >= 0 {
		one := f.idle[last]
		f.idle = f.idle[:last]
		f.mu.Unlock()
		return one, nil
	}

	f.mu.Unlock()

	return openFinder(f.path)
}

func (f *finders) put(one *finder) {
	f.mu.Lock()
	defer f.mu.Unlock()

	if f.closed {
		one.close()
		return
	}
	f.idle = append(f.idle, one)
}

// close closes the connections, those in use as soon as they are not.
func (f *finders) close() {
	f.mu.Lock()
	defer f.mu.Unlock()

	f.closed = true
	for _, one := range f.idle {
		one.close()
	}
	f.idle = nil
}
