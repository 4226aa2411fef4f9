package postgrestest

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Proxy stands on loopback between a program and a server. It counts round trips, delays them, and cuts the connections
// at a given byte.
type Proxy struct {
	// Delay is the time of a round trip, half of it each way.
	Delay  time.Duration
	server string
	port   int

	mu    sync.Mutex
	trips int
	moved [2]int
	limit [2]int
	open  map[net.Conn]bool
}

// cancelRequest begins the only message of a connection that asks to cancel a statement of another one. It does not
// pass: the network is cut for it, too. Besides, PgBouncer 1.18 crashes if it gets many from clients that are gone.
var cancelRequest = []byte{0, 0, 0, 16, 4, 210, 22, 46}

// The directions of a proxy.
const (
	ToServer = iota
	ToClient
)

// NewProxy starts a proxy for the server of an address that URL or PgBouncer returned. It returns the address through
// the proxy.
func NewProxy(t testing.TB, address string, delay time.Duration) (*Proxy, string) {
	t.Helper()
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}

	query := parsed.Query()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}

	p := &Proxy{
		Delay: delay, port: listener.Addr().(*net.TCPAddr).Port, open: map[net.Conn]bool{},
		server: filepath.Join(query.Get("host"), ".s.PGSQL."+query.Get("port")),
	}
	p.Allow(-1, -1)
	go p.serve(listener)
	t.Cleanup(func() {
		_ = listener.Close()
		p.cut()
	})

	parsed.Host, parsed.RawQuery = "127.0.0.1:"+strconv.Itoa(p.port), "sslmode=disable"

	return p, parsed.String()
}

// Reset starts counting anew. It returns the round trips and the bytes in each direction since the last time. A round
// trip begins with the first byte from a client after an answer.
func (p *Proxy) Reset() (trips int, moved [2]int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	trips, moved = p.trips, p.moved
	p.trips, p.moved = 0, [2]int{}
	return trips, moved
}

// Allow cuts all connections once, when so many more bytes have passed in a direction. A negative number is no limit.
func (p *Proxy) Allow(toServer, toClient int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.limit = [2]int{toServer, toClient}
}

func (p *Proxy) serve(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}

		server, err := new(net.Dialer).DialContext(context.Background(), "unix", p.server)
		if err != nil {
			_ = client.Close()
			continue
		}

		p.mu.Lock()
		p.open[client], p.open[server] = true, true
		p.mu.Unlock()

		asking := new(bool)
		go p.copy(client, server, ToServer, asking)
		go p.copy(server, client, ToClient, asking)
	}
}

// chunk is what was read at once.
type chunk struct {
	data []byte
	due  time.Time
}

// copy copies until one of the connections is closed, and closes both.
func (p *Proxy) copy(from, to net.Conn, direction int, asking *bool) {
	chunks := make(chan chunk, 1024)
	go func() {
		defer close(chunks)
		for {
			data := make([]byte, 1<<14)
			n, err := from.Read(data)
			if n > 0 {
				chunks <- chunk{data[:n], time.Now().Add(p.Delay / 2)}
			}
			if err != nil {
				return
			}
		}
	}()

	for read := range chunks {
		if direction == ToServer && bytes.HasPrefix(read.data, cancelRequest) {
			break
		}

		time.Sleep(time.Until(read.due))
		data, last := p.pass(read.data, direction, asking)
		_, err := to.Write(data)
		if last {
			p.cut()
		}
		if err != nil {
			break
		}
	}

	p.mu.Lock()
	delete(p.open, from)
	delete(p.open, to)
	p.mu.Unlock()
	_ = errors.Join(from.Close(), to.Close())
	for range chunks {
	}
}

// pass counts data, and returns as much of it as may pass, and whether it is the last.
func (p *Proxy) pass(data []byte, direction int, asking *bool) (passed []byte, last bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if direction == ToServer && !*asking {
		p.trips++
	}
	*asking = direction == ToServer
	p.moved[direction] += len(data)

	switch limit := &p.limit[direction]; {
	case *limit < 0:
		return data, false
	case *limit > len(data):
		*limit -= len(data)
		return data, false
	default:
		data = data[:*limit]
		p.limit = [2]int{-1, -1}
		return data, true
	}
}

// cut closes all connections.
func (p *Proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for conn := range p.open {
		_ = conn.Close()
	}
	clear(p.open)
}
