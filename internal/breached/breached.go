// Package breached looks passwords up among those that became known in data
// breaches (R-PWD10): in a file, or by a service that learns the first digits of their hash only.
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

// Checker says whether a password is known from a breach.
type Checker struct {
	source  source
	results Results
}

// source finds a hash, 40 digits in upper case, in a collection.
type source interface {
	contains(ctx context.Context, hash string) (bool, error)
	close() error
}

// Results counts what came of the questions.
type Results struct {
	Breached, Clean, Unavailable atomic.Uint64
}

// errMalformed is of a collection that is not what it should be.
var errMalformed = errors.New("is not sorted lines of a SHA-1 hash, a colon and a count")

// Open returns the checker of a file, or of an address of the web that was validated
// before; client asks the latter. An error continues the name of the setting.
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

// IsURL says whether a collection is a service, and not a file.
func IsURL(fileOrURL string) bool { return strings.Contains(fileOrURL, "://") }

// Breached says whether a password is known from a breach. Where the collection can't
// be asked it says no, and counts that: nobody is kept from a new password by it.
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

// Results returns the counts so far, which go on.
func (c *Checker) Results() *Results { return &c.results }

// Close ends the use of the collection.
func (c *Checker) Close() error { return c.source.close() }

// parseLine takes a line apart: digits of a hash, a colon and a count; a count of
// zero is padding. The count may be missing in a file.
func parseLine(line string, digits int) (hash string, listed bool, err error) {
	hash, count, counted := strings.Cut(strings.TrimSuffix(line, "\r"), ":")
	if len(hash) != digits || strings.Trim(hash, "0123456789abcdefABCDEF") != "" {
		return "", false, errMalformed
	}
	if counted && (count == "" || strings.Trim(count, "0123456789") != "") {
		return "", false, errMalformed
	}
	return strings.ToUpper(hash), !counted || strings.Trim(count, "0") != "", nil
}
