// Package smtptest provides a real mail server for tests, on loopback and in the test's process, that fails in the
// ways that mail servers fail.
package smtptest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Security is how a server protects its connections.
type Security int

// The kinds of protection.
const (
	// Plain has no TLS.
	Plain Security = iota
	// StartTLS offers STARTTLS.
	StartTLS
	// Implicit starts with TLS.
	Implicit
)

// The stages at which a server can fail.
const (
	StageMail = "MAIL"
	StageRcpt = "RCPT"
	// StageData is before the content is read; StageTaken is after the mail is kept but before the server confirms
	// it.
	StageData  = "DATA"
	StageTaken = "TAKEN"
)

// Mail is one mail that the server has accepted.
type Mail struct {
	From string
	To   []string
	// Content is the whole mail, headers first.
	Content []byte
}

// Server is a running mail server.
type Server struct {
	Port int
	// Roots trusts the server's certificate; CA holds the same authority as PEM.
	Roots *x509.CertPool
	CA    []byte

	mu          sync.Mutex
	mails       []Mail
	connections int
	fail        func(stage string, mail Mail) error
	user        string
	password    string
	wire        bytes.Buffer
}

// wire records the traffic of all connections.
type wire struct{ server *Server }

// Write appends to the record.
func (w wire) Write(text []byte) (int, error) {
	w.server.mu.Lock()
	defer w.server.mu.Unlock()
	return w.server.wire.Write(text)
}

// Wire returns everything that clients and the server have sent so far, without the TLS around it.
func (s *Server) Wire() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.wire.String()
}

// Start runs a server until the test ends.
func Start(t testing.TB, security Security) *Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a test's listener ends with the test
	if err != nil {
		t.Fatal(err)
	}
	return Serve(t, security, listener)
}

// Serve is Start with a listener of the test's own.
func Serve(t testing.TB, security Security, listener net.Listener) *Server {
	t.Helper()
	s := &Server{}
	certificate, err := s.certify()
	if err != nil {
		t.Fatal(err)
	}

	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err == nil {
		s.Port, err = strconv.Atoi(port)
	}
	if err != nil {
		t.Fatal(err)
	}

	server := smtp.NewServer(smtp.BackendFunc(func(conn *smtp.Conn) (smtp.Session, error) {
		return &session{server: s, socket: conn.Conn()}, nil
	}))
	server.Domain, server.AllowInsecureAuth = "mail.test", security == Plain
	// Failures are intended, so the log would say nothing new.
	server.ErrorLog = log.New(io.Discard, "", 0)
	server.Debug = wire{s}
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	listener = counter{listener, s}
	switch security {
	case StartTLS:
		server.TLSConfig = config
	case Implicit:
		listener = tls.NewListener(listener, config)
	case Plain:
	}

	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener)
	}()

	t.Cleanup(func() {
		// A server that is closed before it began to serve doesn't know its listener, and would accept for ever.
		_ = listener.Close()
		_ = server.Close()
		<-done
	})

	return s
}

// Fail sets what the server does at each stage of a mail: it continues if fail returns nil, answers with a Refusal,
// and breaks the connection after ErrBreak. The function may also wait. A nil function ends all failures.
func (s *Server) Fail(fail func(stage string, mail Mail) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = fail
}

// Require rejects mail from clients without this user and password.
func (s *Server) Require(user, password string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.user, s.password = user, password
}

// Mails returns the accepted mails, in the order of their arrival.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail{}, s.mails...)
}

// Connections returns how many connections were ever opened.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connections
}

// Refusal returns an answer with a code, for Fail.
func Refusal(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCodeNotSet, Message: text}
}

// ErrBreak makes the server break the connection if Fail's function returns it.
var ErrBreak = errors.New("break the connection")

func (c *session) failure(stage string) error {
	c.server.mu.Lock()
	fail := c.server.fail
	c.server.mu.Unlock()
	if fail == nil {
		return nil
	}

	err := fail(stage, c.mail)
	if errors.Is(err, ErrBreak) {
		_ = c.socket.Close()
	}

	return err
}

// counter counts connections.
type counter struct {
	net.Listener
	server *Server
}

// Accept counts the connections that it accepts.
func (c counter) Accept() (net.Conn, error) {
	socket, err := c.Listener.Accept()
	if err == nil {
		c.server.mu.Lock()
		c.server.connections++
		c.server.mu.Unlock()
	}
	return socket, err
}

// session is one conversation.
type session struct {
	server *Server
	socket net.Conn
	mail   Mail
	signed bool
}

func (c *session) Reset() { c.mail = Mail{} }

func (c *session) Logout() error { return nil }

func (c *session) Mail(from string, _ *smtp.MailOptions) error {
	c.server.mu.Lock()
	required := c.server.user != ""
	c.server.mu.Unlock()
	if required && !c.signed {
		return smtp.ErrAuthRequired
	}

	c.mail = Mail{From: from}

	return c.failure(StageMail)
}

func (c *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.mail.To = append(c.mail.To, to)
	return c.failure(StageRcpt)
}

func (c *session) Data(content io.Reader) error {
	if err := c.failure(StageData); err != nil {
		return err
	}

	var all bytes.Buffer
	if _, err := all.ReadFrom(content); err != nil {
		return err
	}

	c.mail.Content = all.Bytes()
	c.server.mu.Lock()
	c.server.mails = append(c.server.mails, c.mail)
	c.server.mu.Unlock()

	return c.failure(StageTaken)
}

func (c *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		c.server.mu.Lock()
		defer c.server.mu.Unlock()
		if user != c.server.user || password != c.server.password {
			return smtp.ErrAuthFailed
		}
		c.signed = true
		return nil
	}), nil
}

// certify creates an authority and a certificate for 127.0.0.1.
func (s *Server) certify() (tls.Certificate, error) {
	authorityKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}

	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}

	now := time.Now()
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test authority"}, NotBefore: now.Add(-time.Hour),
		NotAfter: now.Add(time.Hour),
		IsCA:     true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "127.0.0.1"}, NotBefore: authority.NotBefore,
		NotAfter:    authority.NotAfter,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	signedAuthority, err := x509.CreateCertificate(rand.Reader, authority, authority, authorityKey.Public(),
		authorityKey)
	if err != nil {
		return tls.Certificate{}, err
	}

	signed, err := x509.CreateCertificate(rand.Reader, leaf, authority, key.Public(), authorityKey)
	if err != nil {
		return tls.Certificate{}, err
	}

	s.CA = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signedAuthority})
	s.Roots = x509.NewCertPool()
	s.Roots.AppendCertsFromPEM(s.CA)

	return tls.Certificate{Certificate: [][]byte{signed}, PrivateKey: key}, nil
}
