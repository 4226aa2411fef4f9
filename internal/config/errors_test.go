package config

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
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

// TestErrorsRepeatNoPassword gives every setting a URL with a password, as a variable of another setting would have it.
func TestErrorsRepeatNoPassword(t *testing.T) {
	for _, value := range []string{
		"postgres://shop:marker@db.example/x", "smtps://shop:mar#marker@mail.example", "https://:marker/x@hook.example",
	} {
		for _, name := range names() {
			if slices.Contains([]string{"operator", "reason"}, name) {
				continue // any text
			}

			var settings struct {
				Settings `embed:""`
			}
			parser, err := kong.New(&settings, Options([]string{variable(name) + "=" + value})...)
			if err != nil {
				t.Fatal(err)
			}
			if _, err = parser.Parse(nil); err != nil && strings.Contains(err.Error(), "marker") {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
