package breached

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	// prefixDigits is how many digits of a hash the service learns; some thousand passwords share them.
	prefixDigits = 5
	// patience is how long a customer waits for the service.
	patience = 500 * time.Millisecond // guard: the service has half a second
)

// service is a range API: its response lists the rest of every hash that begins with the digits in the URL.
type service struct {
	address string
	client  fetcher
}

// fetcher is implemented by *egress.Client, which sends requests only to the operator's URL and reads at most a
// megabyte.
type fetcher interface {
	Fetch(ctx context.Context, address string, header http.Header) (status int, body []byte, err error)
	Close()
}

// contains requests all hashes with the same first digits. The response is padded, so that its length does not
// reveal the digits to an observer; padding has a count of zero.
func (s *service) contains(ctx context.Context, hash string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()

	// guard: the answer is padded
	header := http.Header{"Accept": {"text/plain"}, "Add-Padding": {"true"}}
	// guard: the service learns five digits
	status, answer, err := s.client.Fetch(ctx, s.address+"/"+hash[:prefixDigits], header)
	if err != nil {
		return false, err
	}
	if status != http.StatusOK { // guard: a service that fails is not believed
		return false, fmt.Errorf("the answer has status %d", status)
	}

	found := false
	for line := range strings.Lines(string(answer)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			continue
		}

		suffix, listed, err := parseLine(line, hashDigits-prefixDigits)
		if err != nil {
			return false, err
		}

		found = found || listed && suffix == hash[prefixDigits:]
	}

	return found, nil
}

func (s *service) close() error {
	s.client.Close()
	return nil
}
