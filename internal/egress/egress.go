// Package egress sends requests to the hosts that an operator named, and to no others.
package egress

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/accountql/accountql/internal/trace"
)

// The limits of an outgoing request (R-OPS6).
const (
	timeout        = 5 * time.Second
	longestAnswer  = 1 << 20
	longestHeaders = 64 << 10
	idleTimeout    = 30 * time.Second
	// maxIdleConns is how many idle connections to one host are kept.
	maxIdleConns = 8
)

// Policy decides where requests may go.
type Policy struct {
	// Peer is what the requests are for, as spans name it: "identity provider".
	Peer string
	// Loopback allows this machine, also by plain http: only for development.
	Loopback bool
	// PrivateHosts allows private networks, and this machine by https.
	PrivateHosts bool
	// Roots are the trusted certificate authorities; nil means the system's.
	Roots *x509.CertPool
}

// Client sends requests to the hosts that an operator named, and to no others: it follows no redirect, ignores the
// environment's proxies, and checks every address to which a name resolves before it connects (R-OPS6).
type Client struct {
	policy Policy
	dialer *net.Dialer
	tls    *tls.Config
	http   *http.Client
}

// NewClient returns a client with these limits.
func NewClient(policy Policy) *Client {
	c := &Client{policy: policy}
	c.dialer = &net.Dialer{Timeout: timeout, Control: c.control}
	c.tls = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: policy.Roots}
	c.http = &http.Client{
		Timeout: timeout,
		Transport: &http.Transport{
			DialContext: c.dialer.DialContext, TLSHandshakeTimeout: timeout, ForceAttemptHTTP2: true,
			TLSClientConfig:        c.tls.Clone(),
			MaxResponseHeaderBytes: longestHeaders, IdleConnTimeout: idleTimeout, MaxIdleConnsPerHost: maxIdleConns,
		},
		// guard: no redirect is followed
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}

	return c
}

// Close closes the idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// The errors of a request that was not sent, or whose answer was not read.
var (
	ErrAddress = errors.New("the name leads to an address that is not of the public internet")
	ErrScheme  = errors.New("the address must be https")
	ErrAnswer  = errors.New("the answer is longer than 1 MiB")
)

// Post sends a body and returns the status and the body of the answer. If the request succeeded, the body may be
// missing, because the status says everything.
func (c *Client) Post(ctx context.Context, address string, body []byte, header http.Header) (int, []byte, error) {
	status, text, err := c.do(ctx, http.MethodPost, address, body, header)
	if status/100 == 2 {
		err = nil
	}
	return status, text, err
}

// Get requests a document and returns the status and the whole body of the answer.
func (c *Client) Get(ctx context.Context, address string) (int, []byte, error) {
	return c.Fetch(ctx, address, http.Header{"Accept": {"application/json"}})
}

// Fetch is Get with the caller's headers.
func (c *Client) Fetch(ctx context.Context, address string, header http.Header) (int, []byte, error) {
	return c.do(ctx, http.MethodGet, address, nil, header)
}

// Connect connects to the host of an address as a request would, by TLS if it is https, and sends nothing.
func (c *Client) Connect(ctx context.Context, address string) error {
	target, err := url.Parse(address)
	if err != nil || !c.speaks(target.Scheme) {
		return ErrScheme
	}

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	dial, port := c.dialer.DialContext, "80"
	if target.Scheme == "https" {
		dial, port = (&tls.Dialer{NetDialer: c.dialer, Config: c.tls}).DialContext, "443"
	}

	conn, err := dial(ctx, "tcp", net.JoinHostPort(target.Hostname(), cmp.Or(target.Port(), port)))
	if err != nil {
		return err
	}

	return conn.Close()
}

// speaks reports whether requests may have the scheme.
func (c *Client) speaks(scheme string) bool {
	return scheme == "https" || scheme == "http" && c.policy.Loopback
}

func (c *Client) do(ctx context.Context, method, address string, body []byte, header http.Header) (int, []byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil || !c.speaks(request.URL.Scheme) {
		return 0, nil, ErrScheme
	}

	request.Header = header
	request.Header.Set("User-Agent", "AccountQL")
	answer, err := c.send(request)
	if err != nil {
		// The library's error begins with the address, which can hold the operator's secrets.
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return 0, nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(answer.Body, longestAnswer+1))
	if err == nil && len(text) > longestAnswer {
		err = ErrAnswer
	}

	return answer.StatusCode, text, err
}

// send sends a request in a span. The address stays outside of the span, because it can hold the operator's secrets,
// and the receiver is not told of the trace.
func (c *Client) send(request *http.Request) (*http.Response, error) {
	_, span := trace.Start(request.Context(), trace.Client, request.Method+" "+c.policy.Peer)
	defer span.End()

	answer, err := c.http.Do(request)
	span.Set(trace.Peer, c.policy.Peer)
	span.Set(trace.Method, request.Method)
	span.Fail(err)
	if err == nil {
		span.SetNumber(trace.Status, answer.StatusCode)
	}

	return answer, err
}

// control checks the address of a connection before it is made. It runs after name resolution, so a name that
// changes its address between a check and the use gains nothing.
func (c *Client) control(network, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil || network != "tcp4" && network != "tcp6" {
		return ErrAddress
	}

	if !c.policy.permits(target.Addr()) { // guard: requests go to the public internet
		return ErrAddress
	}

	return nil
}

// CheckHost returns ErrAddress if the host of an address, without its port, is an IP address that the policy does not
// permit, or a name of this machine. Any other name is checked when it is called, because only then it is known where
// it leads.
func (p Policy) CheckHost(host string) error {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		host = "127.0.0.1"
	}
	if ip, err := netip.ParseAddr(host); err == nil && !p.permits(ip) {
		return ErrAddress
	}

	return nil
}

// permits reports whether an address may be called.
func (p Policy) permits(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	switch {
	case ip.IsLoopback():
		return p.Loopback || p.PrivateHosts
	case ip.IsPrivate():
		return p.PrivateHosts
	}
	return public(ip)
}

// public reports whether an address belongs to the public internet, by IANA's registries of special addresses (RFC
// 6890). Addresses that embed an IPv4 address could bypass the check and are all refused.
func public(ip netip.Addr) bool {
	if !ip.IsValid() || !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}

	for _, special := range specialNetworks() {
		if special.Contains(ip) {
			return false
		}
	}

	return true
}

func specialNetworks() []netip.Prefix {
	var networks []netip.Prefix
	for _, text := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
		"198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
		// Embedded IPv4: compatible, NAT64, Teredo, 6to4.
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16",
		"100::/64", "2001:db8::/32", "3fff::/20", "5f00::/16", "fe80::/10", "fec0::/10", "ff00::/8",
	} {
		networks = append(networks, netip.MustParsePrefix(text))
	}

	return networks
}
