package breached

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	// prefixDigits of a hash are all that the service learns: some thousand passwords share them.
	prefixDigits = 5
	// patience is how long a customer waits for the service.
	patience = 500 * time.Millisecond
)

// service is a collection that answers with the rest of every hash that begins
// with the digits in the address.
type service struct {
	address string
	client  fetcher
}

// fetcher is *egress.Client: it calls the operator's address and no other, and reads a megabyte at most.
type fetcher interface {
	Fetch(ctx context.Context, address string, header http.Header) (status int, body []byte, err error)
	Close()
}

// contains asks for all hashes with the same first digits. The answer is padded, so
// that its length does not tell an observer which they were; padding has a count of zero.
func (s *service) contains(ctx context.Context, hash string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()

	header := http.Header{"Accept": {"text/plain"}, "Add-Padding": {"true"}}
	status, answer, err := s.client.Fetch(ctx, s.address+"/"+hash[:prefixDigits], header)
	if err != nil {
		return false, err
	}
	if status != http.StatusOK {
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
