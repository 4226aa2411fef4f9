package notify

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// The limits of a request to the outside (R-OPS6).
const (
	outgoingTimeout = 5 * time.Second
	longestAnswer   = 1 << 20
	longestHeaders  = 64 << 10
	idleOutgoing    = 30 * time.Second
)

// Outgoing says where requests may go.
type Outgoing struct {
	// Loopback lets them go to this machine, by plain http as well: development only.
	Loopback bool
	// PrivateHosts lets them go to private networks, and to this machine by https.
	PrivateHosts bool
	// Roots are the certificate authorities to trust; nil: those of the system.
	Roots *x509.CertPool
}

// Client sends requests to the hosts that an operator named, and nowhere else:
// it follows no redirect, takes no proxy from the environment, and looks at every
// address that a name resolves to before it connects (R-OPS6).
type Client struct {
	outgoing Outgoing
	http     *http.Client
}

// NewClient returns a client within the limits.
func NewClient(outgoing Outgoing) *Client {
	c := &Client{outgoing: outgoing}
	dialer := &net.Dialer{Timeout: outgoingTimeout, Control: c.control}
	c.http = &http.Client{
		Timeout: outgoingTimeout,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: outgoingTimeout, ForceAttemptHTTP2: true,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: outgoing.Roots},
			MaxResponseHeaderBytes: longestHeaders, IdleConnTimeout: idleOutgoing, MaxIdleConnsPerHost: connectionsAtRest,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// Close closes the connections that wait for the next request.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Failures of a request that was not sent.
var (
	errAddress = errors.New("the name leads to an address that is not of the public internet")
	errScheme  = errors.New("the address must be https")
	errAnswer  = errors.New("the answer is longer than 1 MiB")
)

// post sends a request and returns the status and the body of the answer.
func (c *Client) post(ctx context.Context, address string, body []byte, header http.Header) (int, []byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, nil, Permanent(errScheme)
	}
	if request.URL.Scheme != "https" && !(request.URL.Scheme == "http" && c.outgoing.Loopback) {
		return 0, nil, errScheme
	}
	request.Header = header
	request.Header.Set("User-Agent", "AccountQL")
	answer, err := c.http.Do(request)
	if err != nil {
		// The address, which the library's error begins with, can hold what is the operator's own business.
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return 0, nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(answer.Body, longestAnswer+1))
	if err == nil && len(text) > longestAnswer {
		err = errAnswer
	}
	// The status came, whatever became of the body.
	if answer.StatusCode/100 == 2 {
		err = nil
	}
	return answer.StatusCode, text, err
}

// control looks at the address of a connection before it is made. It stands
// behind the resolver, so a name that changes its address between a check and
// the use gains nothing.
func (c *Client) control(network, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil || network != "tcp4" && network != "tcp6" {
		return errAddress
	}
	ip := target.Addr().Unmap().WithZone("")
	switch {
	case ip.IsLoopback():
		if c.outgoing.Loopback || c.outgoing.PrivateHosts {
			return nil
		}
	case ip.IsPrivate():
		if c.outgoing.PrivateHosts {
			return nil
		}
	case public(ip):
		return nil
	}
	return errAddress
}

// public says whether an address is one of the public internet, by the
// registries of special addresses of IANA (RFC 6890). Addresses that carry an
// IPv4 address inside would lead around the check and are refused as a whole.
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
		"0.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
		// Embedded IPv4: compatible, NAT64, Teredo, 6to4.
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16",
		"100::/64", "2001:db8::/32", "3fff::/20", "5f00::/16", "fe80::/10", "fec0::/10", "ff00::/8",
	} {
		networks = append(networks, netip.MustParsePrefix(text))
	}
	return networks
}

// statusError tells of an answer that is no success.
func statusError(who string, status int) error {
	return fmt.Errorf("%s answered with status %d", who, status)
}
