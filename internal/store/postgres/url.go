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
	// defaultConnections is for one process. By default, a server accepts 100 in total.
	defaultConnections = 20
	// minConnections gives reads and writes two each.
	minConnections = 4
	// connectTimeout is how long connecting may take if the URL sets no limit, and serverTimeout the same for each of
	// several servers.
	connectTimeout = 5 * time.Second
	serverTimeout  = 2 * time.Second
	// defaultLifetime closes connections from time to time, so that processes return to a recovered server, and a
	// server's memory per connection doesn't grow forever.
	defaultLifetime = 30 * time.Minute
	// idleTime is how long a connection may be unused before it is closed.
	idleTime = 5 * time.Minute
)

// settings are the contents of a URL.
type settings struct {
	config  *pgx.ConnConfig
	servers *servers
	// connections is the maximum per process, for reads and writes together.
	connections int
	lifetime    time.Duration
}

// parseURL parses a URL. Its errors repeat no part of it, because a password with a character that is invalid in a
// URL may look like any part.
func parseURL(database string) (*settings, error) {
	address, err := url.Parse(database)
	// guard: a password that looks like another part
	if err != nil || misread(address) {
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
	// A statement is sent with its values and is not prepared by name, unless conn.query asks for it: behind PgBouncer
	// in transaction mode, the next statement may use another connection.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.StatementCacheCapacity, config.DescriptionCacheCapacity = preparedStatements, 0
	// Any other value prefers the first server, or a standby.
	writable := slices.Contains([]string{"read-write", "primary"}, query.Get("target_session_attrs"))
	switch several := writable && len(parsed.names()) > 1; {
	case config.ConnectTimeout > 0:
	case several:
		config.ConnectTimeout = serverTimeout
	default:
		config.ConnectTimeout = connectTimeout
	}

	// PgBouncer keeps these, and hardly any other settings, for each of its clients.
	for name, value := range map[string]string{
		"application_name": "accountql", "timezone": "UTC", "datestyle": "ISO", "client_encoding": "UTF8",
	} {
		if name != "application_name" || config.RuntimeParams[name] == "" {
			config.RuntimeParams[name] = value
		}
	}

	parsed.servers = newServers(config, writable)

	return parsed, nil
}

// misread reports whether a part of the password has become another part of the URL, because the password has a "#",
// "/" or "?" that is not encoded: it would be looked up as a host's name, and be shown.
func misread(address *url.URL) bool {
	if address.Fragment != "" || strings.Contains(address.EscapedPath(), "@") {
		return true
	}

	query := address.Query()
	for name := range query {
		if strings.ContainsAny(name, "@/:") {
			return true
		}
	}

	return address.User == nil && strings.Contains(address.RawQuery, "@") && !query.Has("user")
}

// String returns the database's name, without the user's name and password.
func (s *settings) String() string {
	return fmt.Sprintf("PostgreSQL database %q at %s", s.config.Database, strings.Join(s.names(), ", "))
}

// names returns the hosts and ports of the servers.
func (s *settings) names() []string {
	names := []string{fmt.Sprintf("%s:%d", s.config.Host, s.config.Port)}
	for _, other := range s.config.Fallbacks {
		// A server occurs twice if it may be connected to without TLS.
		if name := fmt.Sprintf("%s:%d", other.Host, other.Port); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}

	return names
}

// oneLine puts a driver's error on one line and removes the password wherever it occurs.
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

// redacted is an error with a replaced text.
type redacted struct {
	text  string
	cause error
}

// Error implements error.
func (r redacted) Error() string { return r.text }

// Unwrap returns the cause, for errors.Is and errors.As.
func (r redacted) Unwrap() error { return r.cause }
