package sqlite

import (
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
)

// timeFormat is how the driver writes a time. All times are in UTC, so that they compare as text.
const timeFormat = "2006-01-02 15:04:05.999999999-07:00"

// storedTime returns a time as it is stored: in UTC, with the resolution that all databases share.
func storedTime(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }

// parseTime reads a stored time.
func parseTime(text string) (at time.Time, ok bool) {
	if at, ok := parseUTC(text); ok {
		return at, true
	}

	for _, format := range sqlite3.SQLiteTimestampFormats {
		if at, err := time.Parse(format, strings.TrimSuffix(text, "Z")); err == nil {
			return at, true
		}
	}

	return time.Time{}, false
}

// parseUTC reads a time as this program stores it, and reports whether it is one. It takes a sixth of the time of
// time.Parse, and every request reads ten times.
func parseUTC(text string) (at time.Time, ok bool) {
	const whole, zone = "2006-01-02 15:04:05", "+00:00"
	text, utc := strings.CutSuffix(text, zone)
	if !utc || len(text) < len(whole) ||
		text[4] != '-' || text[7] != '-' || text[10] != ' ' || text[13] != ':' || text[16] != ':' {
		return time.Time{}, false
	}

	nanoseconds, scale := 0, int(time.Second)
	fraction := text[len(whole):]
	if len(fraction) == 1 || len(fraction) > len(".999999999") || fraction != "" && fraction[0] != '.' {
		return time.Time{}, false
	}
	for i := 1; i < len(fraction); i++ {
		scale /= 10
		digit := int(fraction[i] - '0')
		if digit > 9 {
			return time.Time{}, false
		}
		nanoseconds += digit * scale
	}

	var parts [7]int
	for i, from := range [...]int{0, 2, 5, 8, 11, 14, 17} {
		tens, ones := int(text[from]-'0'), int(text[from+1]-'0')
		if tens > 9 || ones > 9 {
			return time.Time{}, false
		}
		parts[i] = 10*tens + ones
	}

	year, month, day, hour, minute, second := 100*parts[0]+parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]
	at = time.Date(year, time.Month(month), day, hour, minute, second, nanoseconds, time.UTC)

	// time.Date accepts a 30th of February.
	exists := month == int(at.Month()) && day == at.Day() && hour < 24 && minute < 60 && second < 60

	return at, exists
}
