package postgres

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// defaultConnections is for one process; a server allows 100 in all unless it is told otherwise.
	defaultConnections = 20
	// minConnections leaves reads and writes two each.
	minConnections = 4
	// connectTimeout is how long a new connection may take if the URL says nothing.
	connectTimeout = 5 * time.Second
	// defaultLifetime ends connections now and then, so that processes move to a
	// server that came back, and a server's memory for a connection doesn't grow forever.
	defaultLifetime = 30 * time.Minute
	// idleTime is after how long without use a connection is given back.
	idleTime = 5 * time.Minute
)

// settings are what a URL says.
type settings struct {
	config *pgx.ConnConfig
	// connections is how many the process opens at most, for reads and writes together.
	connections int
	lifetime    time.Duration
}

// parseURL reads a URL. None of its errors repeats a part of it, because
// a password with a character that a URL can't hold may look like any part.
func parseURL(database string) (*settings, error) {
	address, err := url.Parse(database)
	if err != nil {
		return nil, errors.New("is not a URL such as postgres://user:password@host:5432/name; " +
			"a password with other characters than letters and digits must be percent-encoded")
	}

	query := address.Query()
	parsed := &settings{connections: defaultConnections, lifetime: defaultLifetime}
	if text := query.Get("pool_max_conns"); text != "" {
		parsed.connections, err = strconv.Atoi(text)
		if err != nil || parsed.connections < minConnections {
			return nil, fmt.Errorf("pool_max_conns must be a number from %d", minConnections)
		}
	}

	if text := query.Get("pool_max_conn_lifetime"); text != "" {
		parsed.lifetime, err = time.ParseDuration(text)
		if err != nil || parsed.lifetime <= 0 {
			return nil, errors.New("pool_max_conn_lifetime must be a duration such as 30m")
		}
	}

	query.Del("pool_max_conns")
	query.Del("pool_max_conn_lifetime")
	address.RawQuery = query.Encode()
	if parsed.config, err = pgx.ParseConfig(address.String()); err != nil {
		return nil, errors.New("has a part that PostgreSQL's driver does not understand: " +
			"check the port, sslmode and the certificates' files")
	}

	config := parsed.config
	// A statement is sent with its values and leaves no name behind: behind
	// PgBouncer in transaction mode the next one may meet another connection.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.StatementCacheCapacity, config.DescriptionCacheCapacity = 0, 0
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}

	// These, and hardly any others, PgBouncer keeps for each of its clients.
	for name, value := range map[string]string{
		"application_name": "accountql", "timezone": "UTC", "datestyle": "ISO", "client_encoding": "UTF8",
	} {
		if name != "application_name" || config.RuntimeParams[name] == "" {
			config.RuntimeParams[name] = value
		}
	}

	return parsed, nil
}

// String names the database without the user's name and password.
func (s *settings) String() string {
	servers := []string{fmt.Sprintf("%s:%d", s.config.Host, s.config.Port)}
	for _, other := range s.config.Fallbacks {
		// A server is there twice if it may be asked without TLS.
		if server := fmt.Sprintf("%s:%d", other.Host, other.Port); !slices.Contains(servers, server) {
			servers = append(servers, server)
		}
	}

	return fmt.Sprintf("PostgreSQL database %q at %s", s.config.Database, strings.Join(servers, ", "))
}

// oneLine puts an error of the driver on one line, and takes the password out of
// it wherever it might stand.
func (s *settings) oneLine(err error) error {
	if err == nil {
		return nil
	}

	text := strings.Join(strings.Fields(err.Error()), " ")
	if s.config.Password != "" {
		text = strings.ReplaceAll(text, s.config.Password, "xxxxx")
	}

	return redacted{text, err}
}

// redacted is an error with another text.
type redacted struct {
	text  string
	cause error
}

// Error implements error.
func (r redacted) Error() string { return r.text }

// Unwrap returns the cause, for errors.Is and errors.As.
func (r redacted) Unwrap() error { return r.cause }
