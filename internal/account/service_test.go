package account

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"
)

// noStore and noHasher are parts that exist but that New does not call.
type noStore struct{ Store }

type noHasher struct{ Hasher }

func whole() Service {
	return Service{
		Store: noStore{}, Hasher: noHasher{}, LookupKey: []byte("key"), CodeKeys: oneKey{}, RecordKeys: oneKey{}, Random: rand.Reader,
		Now: time.Now, NewID: func() string { return "id" }, Wake: func() {},
	}
}

// TestNewNamesWhatIsMissing guards that New returns an error if a required part is missing.
func TestNewNamesWhatIsMissing(t *testing.T) {
	if service, err := New(whole()); err != nil || service == nil {
		t.Fatalf("a whole service: %v", err)
	}

	for name, remove := range map[string]func(parts *Service){
		"Store":      func(parts *Service) { parts.Store = nil },
		"Hasher":     func(parts *Service) { parts.Hasher = nil },
		"LookupKey":  func(parts *Service) { parts.LookupKey = []byte{} },
		"CodeKeys":   func(parts *Service) { parts.CodeKeys = nil },
		"RecordKeys": func(parts *Service) { parts.RecordKeys = nil },
		"Random":     func(parts *Service) { parts.Random = nil },
		"Now":        func(parts *Service) { parts.Now = nil },
		"NewID":      func(parts *Service) { parts.NewID = nil },
		"Wake":       func(parts *Service) { parts.Wake = nil },
	} {
		parts := whole()
		remove(&parts)
		if service, err := New(parts); service != nil || err == nil || !strings.HasSuffix(err.Error(), " "+name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

// TestNewOperatorNeedsNoKey guards that commands work on a database that has no key yet, and without a worker to
// wake.
func TestNewOperatorNeedsNoKey(t *testing.T) {
	parts := whole()
	parts.LookupKey, parts.CodeKeys, parts.Wake = nil, nil, nil
	service, err := NewOperator(parts)
	if err != nil {
		t.Fatal(err)
	}

	service.Wake()

	parts.Store = nil
	if service, err := NewOperator(parts); service != nil || err == nil || !strings.HasSuffix(err.Error(), " Store") {
		t.Errorf("without Store: %v", err)
	}
}
