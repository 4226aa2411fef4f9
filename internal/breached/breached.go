// Package breached checks whether a password is known from a data breach (R-PWD10): it searches a file, or asks a
// service that learns only the first digits of the password's hash.
package breached

import (
	"context"
	"crypto/sha1" //nolint:gosec // the public collections are of SHA-1; it guards nothing here
	"encoding/hex"
	"errors"
	"strings"
	"sync/atomic"

	"golang.org/x/text/unicode/norm"

	"github.com/accountql/accountql/internal/egress"
)

// Checker checks passwords against a collection of breached ones.
type Checker struct {
	source  source
	results Results
}

// source is a collection of hashes, each with 40 digits in upper case.
type source interface {
	contains(ctx context.Context, hash string) (bool, error)
	close() error
}

// Results counts the outcomes of the checks.
type Results struct {
	Breached, Clean, Unavailable atomic.Uint64
}

// errMalformed is the error of a collection with an invalid line.
var errMalformed = errors.New("is not sorted lines of a SHA-1 hash, a colon and a count")

// Open returns the checker of a file, or of a service whose URL has been validated; client sends the requests to
// it. The text of an error continues the name of the setting.
func Open(fileOrURL string, client *egress.Client) (*Checker, error) {
	if IsURL(fileOrURL) {
		return &Checker{source: &service{address: strings.TrimRight(fileOrURL, "/"), client: client}}, nil
	}

	source, err := openFile(fileOrURL)
	if err != nil {
		return nil, err
	}

	return &Checker{source: source}, nil
}

// IsURL reports whether a collection is a service instead of a file.
func IsURL(fileOrURL string) bool { return strings.Contains(fileOrURL, "://") }

// Breached reports whether a password is known from a breach. If the collection is unavailable, it returns false
// and counts the failure: an outage prevents nobody from setting a new password.
func (c *Checker) Breached(ctx context.Context, password string) bool {
	sum := sha1.Sum([]byte(norm.NFC.String(password))) //nolint:gosec // see above
	found, err := c.source.contains(ctx, strings.ToUpper(hex.EncodeToString(sum[:])))
	switch {
	case err != nil:
		c.results.Unavailable.Add(1)
	case found:
		c.results.Breached.Add(1)
	default:
		c.results.Clean.Add(1)
	}

	return found && err == nil
}

// Try looks up a password that nobody has, and returns the error of the lookup. The first lookup may be slower than a
// customer waits, because it has to connect: a second one decides.
func (c *Checker) Try(ctx context.Context) error {
	nobodys := strings.Repeat("0", hashDigits)
	if _, err := c.source.contains(ctx, nobodys); err == nil {
		return nil
	}
	_, err := c.source.contains(ctx, nobodys)
	return err
}

// Results returns the counters, which continue to count.
func (c *Checker) Results() *Results { return &c.results }

// Close closes the collection.
func (c *Checker) Close() error { return c.source.close() }

// parseLine splits a line into the digits of a hash and a count, separated by a colon. A count of zero means
// padding; lines of a file may have no count.
func parseLine(line string, digits int) (hash string, listed bool, err error) {
	hash, count, counted := strings.Cut(strings.TrimSuffix(line, "\r"), ":")
	if len(hash) != digits || strings.Trim(hash, "0123456789abcdefABCDEF") != "" {
		return "", false, errMalformed
	}
	if counted && (count == "" || strings.Trim(count, "0123456789") != "") {
		return "", false, errMalformed
	}

	return strings.ToUpper(hash), !counted || strings.Trim(count, "0") != "", nil // guard: padding is no hit
}
