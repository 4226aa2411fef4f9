package config

import (
	"errors"
	"strings"
	"testing"
)

// TestNoErrorGetsLost adds errors of every type: a setting whose error were lost would be accepted.
func TestNoErrorGetsLost(t *testing.T) {
	var wrong Errors
	wrong.add(nil)
	if wrong.orNil() != nil {
		t.Fatalf("no error became %v", wrong)
	}

	wrong.add(refuse("--listen", "is wrong"))
	wrong.add(Errors{{Setting: "--listen", Problem: "is wrong again"}, {Setting: "--smtp", Problem: "is wrong"}})
	wrong.add(errors.New("something else"))

	if got := wrong.Error(); len(wrong) != 3 || !strings.Contains(got, "--smtp is wrong") ||
		!strings.Contains(got, "something else") {
		t.Errorf("got %s", got)
	}
}
