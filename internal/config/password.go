package config

import (
	"net/url"
	"strings"
)

// The bounds of --password-min-length: the minimum of NIST and OWASP, and a length that password managers still
// generate by default.
const (
	shortestPassword = 8
	longestMinimum   = 64
)

// CheckPasswordMinLength returns an error if a minimum length is insecure, or too long for people to use.
func CheckPasswordMinLength(length int) error {
	if length < shortestPassword || length > longestMinimum {
		return refuse("--password-min-length", "must lie between %d and %d; it is %d", shortestPassword, longestMinimum,
			length)
	}
	return nil
}

// CheckBreachedPasswords returns an error if --breached-passwords is a URL and not a valid address of a range API. A
// file is checked when it is opened.
func (s *Settings) CheckBreachedPasswords() error {
	value := s.BreachedPasswords
	if !strings.Contains(value, "://") {
		return nil
	}

	address, err := url.Parse(value)
	if err != nil || address.Hostname() == "" || address.User != nil || address.RawQuery != "" || address.ForceQuery ||
		strings.Contains(value, "#") {
		return refuse("--breached-passwords",
			"must be a file, or an address without user, query and fragment such as https://api.pwnedpasswords.com/range")
	}

	if address.Scheme != "https" && !(address.Scheme == "http" && !s.Production() && IsLoopback(address.Hostname())) {
		return refuse("--breached-passwords",
			"must be a file or an https address, or in development mode http to this machine")
	}
	if s.EgressPolicy("breached passwords").CheckHost(address.Hostname()) != nil {
		return refuse("--breached-passwords", "%s", errPrivate)
	}

	return nil
}

func (s *Settings) checkPasswords() error {
	var wrong Errors
	wrong.add(CheckPasswordMinLength(s.PasswordMinLength))
	wrong.add(s.CheckBreachedPasswords())
	return wrong.orNil()
}
