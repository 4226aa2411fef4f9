package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Limit allows a number of uses in a window of time.
type Limit struct {
	Uses   int
	Window time.Duration
}

// UnmarshalText parses a limit such as "3/1h": three uses in an hour.
func (l *Limit) UnmarshalText(text []byte) error {
	uses, window, _ := strings.Cut(string(text), "/")
	number, err := strconv.Atoi(uses)
	duration, durationErr := ParseDuration(window)
	if err != nil || durationErr != nil || number < 1 || duration < time.Second {
		return fmt.Errorf("must be a number and a time, such as 3/1h; it is %q", repeatable(string(text)))
	}

	l.Uses, l.Window = number, duration

	return nil
}

// checkLimits returns an error if --limit-wrong-passwords does not protect passwords (R-PWD2).
func (s *Settings) checkLimits() error {
	if s.LimitWrongPasswords < 1 || s.LimitWrongPasswords > 100 {
		return refuse("--limit-wrong-passwords", "must be 1 to 100")
	}
	return nil
}
