package config

import (
	"net/url"
	"strconv"
)

// checkTrace returns an error if --trace does not name a collector. The error never repeats the value, because it may
// hold a password.
func (s *Settings) checkTrace() error {
	if s.Trace == "" {
		return nil
	}

	address, err := url.Parse(s.Trace)
	if err != nil || address.Scheme != "otlp" && address.Scheme != "otlps" {
		return refuse("--trace", "must be otlp://host:port, or otlps://host:port for TLS")
	}

	// The port has no default: OTLP over HTTP has another one than OTLP over gRPC, which this is not.
	port, err := strconv.ParseUint(address.Port(), 10, 16)
	if err != nil || port == 0 || address.Hostname() == "" {
		return refuse("--trace", "must have a host and a port, such as otlp://127.0.0.1:4318")
	}

	bare := url.URL{Scheme: address.Scheme, Host: address.Host}
	if bare.String() != s.Trace && bare.String()+"/" != s.Trace {
		return refuse("--trace", "must have only a host and a port: no user, no password, no path")
	}

	return nil
}

// Collector returns the base URL of the collector of traces, or "" if --trace is not set.
func (s *Settings) Collector() string {
	address, err := url.Parse(s.Trace)
	if err != nil || s.Trace == "" {
		return ""
	}
	scheme := map[string]string{"otlp": "http", "otlps": "https"}[address.Scheme]
	return (&url.URL{Scheme: scheme, Host: address.Host}).String()
}
