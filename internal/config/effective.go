package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/accountql/accountql/models"
)

// Value is a setting as `serve` would use it.
type Value struct {
	// Name is the flag with its dashes.
	Name string `json:"name"`
	// Value is a text, a number, a boolean or a list of texts, or nil if it is not set. Passwords in it are masked.
	Value any `json:"value"`
	// Source is where the value comes from.
	Source Source `json:"source"`
	// Variable is the environment variable that holds the value, or names its file, or "".
	Variable string `json:"variable,omitempty"`
}

// Source is where the value of a setting comes from.
type Source string

// The sources, in the order in which they are overridden.
const (
	SourceDefault     Source = "default"
	SourceFile        Source = "file"
	SourceEnvironment Source = "environment"
	SourceFlag        Source = "flag"
)

// Effective returns the settings that a command line and an environment resulted in, in the order of the help. The
// defaults that depend on the address that is listened on are those of --listen.
func (s Settings) Effective(command *kong.Context, environ []string) []Value {
	s = s.Bound(s.ListenAddress())
	variables := readVariables(environ)
	given := map[string]bool{}
	for _, step := range command.Path {
		if step.Flag != nil && !step.Resolved {
			given[step.Flag.Name] = true
		}
	}

	var values []Value
	settings := reflect.ValueOf(s)
	for i := range settings.NumField() {
		tag := settings.Type().Field(i).Tag
		name := tag.Get("name")
		value := Value{Name: "--" + name, Value: shown(settings.Field(i).Interface()), Source: SourceDefault}
		switch variable := variable(name); {
		case given[name]:
			value.Source = SourceFlag
		case variables[variable] != "":
			value.Source, value.Variable = SourceEnvironment, variable
		case variables[variable+fileSuffix] != "":
			value.Source, value.Variable = SourceFile, variable+fileSuffix
		}

		if text, ok := value.Value.(string); ok {
			value.Value = masked(text, tag.Get("secret")) // guard: a password is not shown
		}
		values = append(values, value)
	}

	return values
}

// ListenAddress returns the address of --listen, for Bound before there is a listener.
func (s Settings) ListenAddress() net.Addr { return listenAddress(s.Listen) }

// listenAddress is the address of a server that listens on the port of --listen.
type listenAddress string

// Network implements net.Addr.
func (listenAddress) Network() string { return "tcp" }

// String implements net.Addr.
func (a listenAddress) String() string { return string(a) }

// shown returns a value as JSON has it: times and limits as they are typed, nil for an empty text.
func shown(value any) any {
	switch value := value.(type) {
	case string:
		if value == "" {
			return nil
		}
		return value
	case *bool:
		return value != nil && *value
	case time.Duration:
		return brief(value)
	case Limit:
		return fmt.Sprintf("%d/%s", value.Uses, brief(value.Window))
	case []string:
		return texts(value, func(text string) string { return text })
	case []netip.Prefix:
		return texts(value, netip.Prefix.String)
	case []models.CountryCode:
		return texts(value, func(code models.CountryCode) string { return string(code) })
	}
	return value
}

// texts returns a list that is empty and not null if there are no values.
func texts[T any](values []T, text func(T) string) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = text(value)
	}
	return list
}

// mask replaces a secret.
const mask = "xxxxx"

// masked returns the value of a setting without what its tag "secret" says: the whole text, or what is secret in a URL.
func masked(text, secret string) string {
	switch secret {
	case "text":
		return mask
	case "url":
		return maskURL(text)
	}
	return text
}

// plainParameters are the parameters of a URL whose values are shown. Any other may be a password.
var plainParameters = []string{
	"application_name", "connect_timeout", "dbname", "from", "host", "pool_max_conn_lifetime", "pool_max_conns", "port",
	"sslmode", "sslrootcert", "target_session_attrs", "user",
}

// maskURL masks the password of a URL and every parameter that may be one. If a part of the URL may belong to a
// password with a character that was not encoded, it shows only the scheme. A text that is no URL is the path of a
// file, unless it looks like settings of a database.
func maskURL(text string) string {
	scheme, _, isURL := strings.Cut(text, "://")
	switch {
	case !isURL && !strings.ContainsAny(text, "=@") && !strings.Contains(text, ":/"):
		return text
	case !isURL, strings.ContainsFunc(scheme, unlikelyInName):
		return mask
	}

	address, err := url.Parse(text)
	if err != nil || misread(address) {
		return scheme + "://" + mask
	}

	query := address.Query()
	for name := range query {
		if !slices.Contains(plainParameters, name) {
			query[name] = []string{mask}
		}
	}
	address.RawQuery = query.Encode()

	return address.Redacted()
}

// misread reports whether a part of a URL may be a part of its password.
func misread(address *url.URL) bool {
	if address.Fragment != "" || strings.Contains(address.EscapedPath(), "@") ||
		address.User == nil && strings.Contains(address.RawQuery, "@") {
		return true
	}

	for name := range address.Query() {
		if strings.ContainsFunc(name, unlikelyInName) {
			return true
		}
	}

	return false
}

// unlikelyInName reports whether a character is in the name of no scheme and of no parameter.
func unlikelyInName(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-' || r == '.')
}
