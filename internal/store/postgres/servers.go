package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	// headStart is how long a server has to answer before the next one is tried as well: a machine that is gone
	// refuses nothing, and a request has no time to wait for it.
	headStart = 500 * time.Millisecond
	// searchPause and searchTries are how often a lost server is looked for.
	searchPause = 500 * time.Millisecond
	searchTries = 120
)

// servers are the servers of a URL. If there are several, one of them accepts writes, and it may change.
type servers struct {
	configs []*pgx.ConnConfig
	// current is the server of the newest connection.
	current atomic.Int32
	// searching is true while search runs.
	searching atomic.Bool
	closed    chan struct{}
	close     func()
}

// newServers returns the servers of a configuration. Unless one of them is writable, they count as one, and the driver
// tries them in their order.
func newServers(config *pgx.ConnConfig, writable bool) *servers {
	s := &servers{closed: make(chan struct{})}
	s.close = sync.OnceFunc(func() { close(s.closed) })
	if !writable {
		s.configs = []*pgx.ConnConfig{config}
		return s
	}

	all := append([]*pgconn.FallbackConfig{{Host: config.Host, Port: config.Port, TLSConfig: config.TLSConfig}},
		config.Fallbacks...)
	names := map[string]*pgx.ConnConfig{}
	for _, one := range all {
		// A server occurs twice if it may be connected to without TLS.
		name := fmt.Sprintf("%s:%d", one.Host, one.Port)
		if known := names[name]; known != nil {
			known.Fallbacks = append(known.Fallbacks, one)
			continue
		}

		server := config.Copy()
		server.Host, server.Port, server.TLSConfig, server.Fallbacks = one.Host, one.Port, one.TLSConfig, nil
		names[name] = server
		s.configs = append(s.configs, server)
	}

	return s
}

// opened is a connection to one of the servers.
type opened struct {
	*stdlib.Conn
	server int32
	// committing is true while a COMMIT is sent. Then nothing may ask the server to cancel it.
	committing *atomic.Bool
}

// connect opens a connection to the server that accepts writes. It asks the one that did so last first, and does not
// wait for one that does not answer.
func (s *servers) connect(ctx context.Context) (opened, error) {
	type attempt struct {
		opened
		err error
	}

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	order := s.order()
	attempts := make(chan attempt, len(order))
	var refused []error
	for waiting := 0; len(order) > 0 || waiting > 0; {
		var late <-chan time.Time
		if len(order) > 0 {
			go func(server int32) {
				made, err := s.open(ctx, server)
				attempts <- attempt{made, err}
			}(order[0])
			order, waiting, late = order[1:], waiting+1, time.After(headStart)
		}

		select {
		case <-late:
		case ended := <-attempts:
			waiting--
			if ended.err != nil {
				refused = append(refused, ended.err)
				continue
			}

			go func() {
				for range waiting {
					if other := <-attempts; other.err == nil {
						_ = other.Close()
					}
				}
			}()
			s.current.Store(ended.server)

			return ended.opened, nil
		}
	}

	return opened{}, errors.Join(refused...)
}

// order returns the servers, with the current one first.
func (s *servers) order() []int32 {
	order := make([]int32, len(s.configs))
	for server := range order {
		order[server] = int32(server)
	}

	current := s.current.Load()
	order = slices.DeleteFunc(order, func(server int32) bool { return server == current })

	return append([]int32{current}, order...)
}

var errCommitting = errors.New("a COMMIT is not cancelled")

// open opens a connection whose times are in UTC.
func (s *servers) open(ctx context.Context, server int32) (opened, error) {
	// A connection that was cut while it was idle is replaced when it is used: asking the server first would be a round
	// trip more.
	unasked := stdlib.OptionShouldPing(func(context.Context, stdlib.ShouldPingParams) bool { return false })
	inUTC := stdlib.OptionAfterConnect(func(_ context.Context, conn *pgx.Conn) error {
		conn.TypeMap().RegisterType(&pgtype.Type{
			Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
		})
		return nil
	})

	// The driver asks the server to cancel whatever a connection that broke was doing. A COMMIT that is cancelled while
	// it waits for its standby becomes visible, and a repeated request would report a success that the standby lacks.
	committing := new(atomic.Bool)
	config := s.configs[server].Copy()
	dial := config.DialFunc
	config.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
		if committing.Load() { // guard: a commit that waits is not cancelled
			return nil, errCommitting
		}
		return dial(ctx, network, address)
	}

	made, err := stdlib.GetConnector(*config, inUTC, unasked).Connect(ctx)
	if err != nil {
		return opened{}, err
	}

	raw, ok := made.(*stdlib.Conn)
	if !ok {
		return opened{}, errors.Join(errors.New("the driver opened a connection of another kind"), made.Close())
	}

	return opened{raw, server, committing}, nil
}

// isCurrent reports whether a connection may be used: after a failover, the former server may still answer reads, with
// what it knew, or keep a request waiting.
func (s *servers) isCurrent(server int32) bool { return server == s.current.Load() }

// search looks in the background for the server that accepts writes, because a connection broke. When it is found, the
// pools stop using connections to another one.
func (s *servers) search() {
	if len(s.configs) == 1 || !s.searching.CompareAndSwap(false, true) {
		return
	}

	go func() {
		defer s.searching.Store(false)
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		for range searchTries {
			if found, err := s.connect(ctx); err == nil {
				_ = found.Close()
				return
			}

			select {
			case <-s.closed:
				return
			case <-time.After(searchPause):
			}
		}
	}()
}
