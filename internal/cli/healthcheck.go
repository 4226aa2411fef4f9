package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/accountql/accountql/internal/config"
)

type versionCommand struct{}

// Run prints the version.
func (c *versionCommand) Run(p *Program) error {
	return p.print(struct {
		Version string `json:"version"`
	}{p.Version})
}

type healthcheckCommand struct {
	Listen string `name:"listen" default:"127.0.0.1:8080" help:"Address that the server listens on."`
}

// healthcheckTimeout is shorter than the timeout that container engines set for a check.
const healthcheckTimeout = 4 * time.Second

// Run succeeds if the server on this machine is ready.
func (c *healthcheckCommand) Run(ctx context.Context) error {
	address, err := reachable(c.Listen)
	if err != nil {
		return err
	}

	ctx, cancel := context.WithTimeout(ctx, healthcheckTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("healthcheck: %w", err)
	}

	// A separate transport: the default one would use the proxy from the environment.
	transport := &http.Transport{DisableKeepAlives: true}
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return fmt.Errorf("the server does not answer: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return errors.New("the server is not ready")
	}

	return nil
}

// reachable returns the address at which the server can be reached from its own machine: on loopback if it listens
// on all interfaces.
func reachable(listen string) (string, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", &config.Error{
			Setting: "--listen", Problem: fmt.Sprintf("must be HOST:PORT, such as 127.0.0.1:8080; it is %q", listen),
		}
	}

	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
		if ip.Is6() {
			host = "::1"
		}
	}

	return net.JoinHostPort(host, port), nil
}
