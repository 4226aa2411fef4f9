package models

import (
	"log/slog"
	"net/url"
	"path"
	"strings"
	"time"
	_ "time/tzdata" // zones are the same on a machine that has none
	"unicode"

	"golang.org/x/text/language"
)

// EmailAddress is an e-mail address. A client may send any string; internal/contact returns the canonical form, and
// only that is stored.
type EmailAddress string

// PhoneNumber is a phone number. The canonical form is E.164, and only that is stored.
type PhoneNumber string

// CountryCode is a two-letter country code of ISO 3166-1, or XK for Kosovo, which has none. The canonical form is
// upper case.
type CountryCode string

// LogValue masks the address in every log entry (R-LOG1).
func (e EmailAddress) LogValue() slog.Value { return slog.StringValue(MaskEmail(e)) }

// LogValue masks the number in every log entry (R-LOG1).
func (p PhoneNumber) LogValue() slog.Value { return slog.StringValue(MaskPhone(p)) }

// LanguageCode is a language tag of BCP 47: the ISO 639 code of the language, and its script and region if the
// customer named them. Examples of the canonical form are sr-Latn, pt-BR and zh-Hant-TW.
type LanguageCode string

// TimeZone is a name of the IANA Time Zone Database, such as Europe/Berlin.
type TimeZone string

// URL is an absolute https address.
type URL string

// Date is a calendar date, YYYY-MM-DD.
type Date string

// notCountries are codes that x/text accepts as countries but that ISO 3166-1 does not list today: they were
// withdrawn or are only reserved. XK is not among them because it is the user-assigned code that CLDR gives to a
// country.
const notCountries = "AC AN CP CQ CS DG EA EZ FQ IC NT PC SU TA UN YU"

// ParseCountryCode returns the code in upper case. It returns INVALID_INPUT unless ISO 3166-1 lists the code today
// or it is Kosovo's XK.
func ParseCountryCode(field string, code CountryCode) (CountryCode, error) {
	upper := strings.ToUpper(string(code))
	if len(upper) == 2 {
		region, err := language.ParseRegion(upper)
		canonical := err == nil && region.Canonicalize() == region && region.String() == upper
		if canonical && region.IsCountry() && !strings.Contains(notCountries, upper) {
			return CountryCode(upper), nil
		}
	}

	return "", InvalidInput(field, BlankOr(string(code), ReasonUnknownValue), 0,
		"must be a country's two letters of ISO 3166-1, such as PL")
}

// longestTag is in bytes. No BCP 47 tag of a language is longer.
const longestTag = 35

// ParseLanguage returns the tag's language, script and region in their canonical form, without variants and
// extensions. It returns INVALID_INPUT if the tag names no language.
func ParseLanguage(field string, tag LanguageCode) (LanguageCode, error) {
	invalid := InvalidInput(field, BlankOr(string(tag), ReasonUnknownValue), 0,
		"must be a language of BCP 47, such as pl or pt-BR")
	if len(tag) > longestTag {
		return "", invalid
	}

	parsed, err := language.Parse(string(tag))
	base, script, region := parsed.Raw()
	if err != nil || base.String() == "und" || base.IsPrivateUse() {
		return "", invalid
	}

	kept, err := language.Raw.Compose(base, script, region)
	if err != nil {
		return "", invalid
	}

	return LanguageCode(kept.String()), nil
}

// longestZone is in bytes, and more than any name of a time zone has.
const longestZone = 64

// ParseTimeZone returns the zone. It returns INVALID_INPUT unless the IANA Time Zone Database has the name.
func ParseTimeZone(field string, zone TimeZone) (TimeZone, error) {
	// Local is Go's name for the zone of the machine. What has no capital is a file beside the zones, and a path to one
	// can be written in several ways.
	known := zone != "" && len(zone) <= longestZone && zone != "Local" && unicode.IsUpper(rune(zone[0])) &&
		path.Clean(string(zone)) == string(zone)
	if known {
		_, err := time.LoadLocation(string(zone))
		known = err == nil
	}
	if !known {
		return "", InvalidInput(field, BlankOr(string(zone), ReasonUnknownValue), 0,
			"must be a time zone of the IANA Time Zone Database, such as Europe/Berlin")
	}

	return zone, nil
}

// ParseDate returns INVALID_INPUT if the date does not exist.
func ParseDate(field string, date Date) (Date, error) {
	_, err := parseDay(field, date)
	return date, err
}

func parseDay(field string, date Date) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, string(date))
	if err != nil {
		return day, InvalidInput(field, BlankOr(string(date), ReasonMalformed), 0, "must be a date, YYYY-MM-DD")
	}
	return day, nil
}

// earliestBirthYear rejects typing errors such as 0190.
const earliestBirthYear = 1900

// ParseBirthDate returns the date. It returns INVALID_INPUT if the date does not exist, or lies before 1900 or
// after today in UTC.
func ParseBirthDate(field string, date Date, now time.Time) (Date, error) {
	day, err := parseDay(field, date)
	if err != nil {
		return "", err
	}

	const between = "must lie between 1900-01-01 and today"
	switch {
	case day.Year() < earliestBirthYear:
		return "", InvalidInput(field, ReasonTooLongAgo, earliestBirthYear, between)
	case day.After(now.UTC()):
		return "", InvalidInput(field, ReasonInTheFuture, 0, between)
	}

	return date, nil
}

// MaxURLLength is in bytes (R-UPD9).
const MaxURLLength = 2048

// ParseURL returns the address. It returns INVALID_INPUT unless the address is absolute, uses https and has no
// credentials (R-UPD9).
func ParseURL(field string, address URL) (URL, error) {
	text := string(address)
	if len(text) > MaxURLLength {
		return "", InvalidInput(field, ReasonTooLarge, MaxURLLength, "must not be longer than 2048 bytes")
	}
	if _, err := ParseText(field, text, MaxURLLength); err != nil {
		return "", err
	}

	parsed, err := url.Parse(text)
	if err != nil || parsed.Scheme != "https" || parsed.Hostname() == "" || parsed.User != nil ||
		strings.ContainsAny(text, " \"<>\\^`{|}") {
		return "", InvalidInput(field, ReasonMalformed, 0,
			"must be an absolute https address without user name and password")
	}

	return address, nil
}
