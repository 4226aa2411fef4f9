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

// The life of a connection that waits for the next mail: providers close one
// that is silent for some minutes, or that has carried too much.
const (
	longestIdle    = 20 * time.Second
	mailsPerSocket = 100
	maxIdleConns   = 8
)

// connection is one conversation with the mail server.
type connection struct {
	client *smtp.Client
	// socket is the one underneath: closing it ends a call that the client waits in.
	socket net.Conn
	// sent counts the mails that were tried over it.
	sent int
	// let ends what hold began, and reports whether ctx had not ended before.
	let func() bool
	// tired closes it when it has waited for longestIdle.
	tired *time.Timer
}

// hold closes the socket when ctx ends.
func (c *connection) hold(ctx context.Context) {
	c.let = context.AfterFunc(ctx, func() { _ = c.socket.Close() })
}

// release makes the connection independent of hold's ctx; false says that it was closed by its end.
func (c *connection) release() bool { return c.let() }

// idleConnections are those that wait for the next mail.
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
		if conn.tired.Stop() {
			return conn
		}
	}
	return nil
}

// keep lets a connection wait for the next mail, or says goodbye to one that has done its share.
func (i *idleConnections) keep(conn *connection) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.closed || conn.sent >= mailsPerSocket || len(i.waiting) >= maxIdleConns {
		// The server needs no farewell, and waiting for its answer would hold up the next mail.
		_ = conn.socket.Close()
		return
	}
	conn.tired = time.AfterFunc(longestIdle, func() {
		i.mu.Lock()
		i.waiting = slices.DeleteFunc(i.waiting, func(c *connection) bool { return c == conn })
		i.mu.Unlock()
		_ = conn.socket.Close()
	})
	i.waiting = append(i.waiting, conn)
}

// closeAll closes those that wait, and all that would from now on.
func (i *idleConnections) closeAll() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.closed = true
	for _, conn := range i.waiting {
		conn.tired.Stop()
		_ = conn.socket.Close()
	}
	i.waiting = nil
}

// signIn signs in by the first way that the server offers and that we know.
// The library would choose as well, but takes a socket of ours for one without TLS.
type signIn struct {
	server SMTPServer
	chosen smtp.Auth
}

// errSignIn is the failure of a server that offers no way to sign in that we know.
var errSignIn = errors.New("the mail server offers neither PLAIN nor LOGIN nor CRAM-MD5 to sign in by")

// Start implements smtp.Auth. Both PLAIN and LOGIN refuse to send a password without TLS, but to this machine.
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

// Next implements smtp.Auth.
func (s *signIn) Next(fromServer []byte, more bool) ([]byte, error) {
	return s.chosen.Next(fromServer, more)
}
