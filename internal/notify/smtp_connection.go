package notify

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// The limits of an idle connection: providers close a connection that is silent for some minutes, or that has
// carried too many mails.
const (
	longestIdle    = 20 * time.Second
	mailsPerSocket = 100
	maxIdleConns   = 8
)

// connection is one conversation with the mail server.
type connection struct {
	client *smtp.Client
	// socket is the underlying connection: closing it ends a call in which the client waits.
	socket net.Conn
	// sent counts the mails that were tried over this connection.
	sent int
	// stop undoes bind; it returns false if the context has already ended.
	stop func() bool
	// idleTimer closes the connection after longestIdle.
	idleTimer *time.Timer
}

// bind closes the socket when ctx ends.
func (c *connection) bind(ctx context.Context) {
	c.stop = context.AfterFunc(ctx, func() { _ = c.socket.Close() })
}

// release undoes bind; it returns false if the end of the context has closed the socket.
func (c *connection) release() bool { return c.stop() }

// idleConnections holds the connections that wait for the next mail.
type idleConnections struct {
	mu      sync.Mutex
	closed  bool
	waiting []*connection
}

// take returns the connection that was used last, or nil.
func (i *idleConnections) take() *connection {
	i.mu.Lock()
	defer i.mu.Unlock()

	for len(i.waiting) > 0 {
		last := len(i.waiting) - 1
		conn := i.waiting[last]
		i.waiting = i.waiting[:last]
		if conn.idleTimer.Stop() {
			return conn
		}
	}

	return nil
}

// keep keeps a connection for the next mail, or closes it if it has reached its limits.
func (i *idleConnections) keep(conn *connection) {
	i.mu.Lock()
	defer i.mu.Unlock()

	if i.closed || conn.sent >= mailsPerSocket || len(i.waiting) >= maxIdleConns {
		// Without QUIT, because waiting for its answer would delay the next mail.
		_ = conn.socket.Close()
		return
	}

	conn.idleTimer = time.AfterFunc(longestIdle, func() {
		i.mu.Lock()
		i.waiting = slices.DeleteFunc(i.waiting, func(c *connection) bool { return c == conn })
		i.mu.Unlock()
		_ = conn.socket.Close()
	})
	i.waiting = append(i.waiting, conn)
}

// closeAll closes the idle connections, and later each connection that keep gets.
func (i *idleConnections) closeAll() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.closed = true
	for _, conn := range i.waiting {
		conn.idleTimer.Stop()
		_ = conn.socket.Close()
	}

	i.waiting = nil
}

// signIn authenticates with the first mechanism that the server offers and that we know. The library could also
// choose, but it takes a socket that we opened for one without TLS.
type signIn struct {
	server SMTPServer
	chosen smtp.Auth
}

// errSignIn is the error of a server that offers none of our mechanisms.
var errSignIn = errors.New("the mail server offers neither PLAIN nor LOGIN nor CRAM-MD5 to sign in by")

// Start chooses the mechanism. PLAIN and LOGIN refuse to send a password without TLS, except to this machine.
func (s *signIn) Start(offer *smtp.ServerInfo) (string, []byte, error) {
	switch {
	case slices.Contains(offer.Auth, "PLAIN"):
		s.chosen = smtp.PlainAuth("", s.server.User, s.server.Password, s.server.Host, false)
	case slices.Contains(offer.Auth, "LOGIN"):
		s.chosen = smtp.LoginAuth(s.server.User, s.server.Password, s.server.Host, false)
	case slices.Contains(offer.Auth, "CRAM-MD5"):
		s.chosen = smtp.CRAMMD5Auth(s.server.User, s.server.Password)
	default:
		return "", nil, errSignIn
	}
	return s.chosen.Start(offer)
}

// Next passes the server's challenge on.
func (s *signIn) Next(fromServer []byte, more bool) ([]byte, error) {
	return s.chosen.Next(fromServer, more)
}
