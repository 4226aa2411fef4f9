package models

import (
	"log/slog"
	"net/url"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// EmailAddress is an e-mail address. What a client sent is any string; what
// internal/contact returned is canonical, and only that is stored.
type EmailAddress string

// PhoneNumber is a phone number; canonical is E.164, and only that is stored.
type PhoneNumber string

// CountryCode is a country's two letters of ISO 3166-1, or XK for Kosovo, which has none there; canonical is upper
// case.
type CountryCode string

// LogValue masks the address wherever it is logged (R-LOG1).
func (e EmailAddress) LogValue() slog.Value { return slog.StringValue(MaskEmail(e)) }

// LogValue masks the number wherever it is logged (R-LOG1).
func (p PhoneNumber) LogValue() slog.Value { return slog.StringValue(MaskPhone(p)) }

// LanguageCode is a language's tag of BCP 47: its code of ISO 639, and its script and region where
// the customer named them; canonical is as in sr-Latn, pt-BR and zh-Hant-TW.
type LanguageCode string

// URL is an absolute https address.
type URL string

// Date is a calendar date, YYYY-MM-DD.
type Date string

// notCountries are what x/text knows as countries and ISO 3166-1 does not list
// today: codes that were withdrawn, or that are only reserved. XK is not among
// them: of the codes that users may assign, it is the one that CLDR gives to a country.
const notCountries = "AC AN CP CQ CS DG EA EZ FQ IC NT PC SU TA UN YU"

// ParseCountryCode returns the code in upper case, or INVALID_INPUT for what neither
// ISO 3166-1 lists today nor is Kosovo's XK.
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

// longestTag is in bytes; no tag of BCP 47 that means a language is longer.
const longestTag = 35

// ParseLanguage returns the tag's language, script and region in their canonical form, without
// variants and extensions, or INVALID_INPUT for what names no language.
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

// earliestBirthYear keeps typing errors such as 0190 out.
const earliestBirthYear = 1900

// ParseBirthDate returns the date, or INVALID_INPUT for one that is no day, lies before 1900 or after today in UTC.
func ParseBirthDate(field string, date Date, now time.Time) (Date, error) {
	day, err := time.Parse(time.DateOnly, string(date))
	if err != nil {
		return "", InvalidInput(field, BlankOr(string(date), ReasonMalformed), 0, "must be a date, YYYY-MM-DD")
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

// maxURLLength is in bytes (R-UPD9).
const maxURLLength = 2048

// ParseURL returns the address, or INVALID_INPUT for anything but absolute https without credentials (R-UPD9).
func ParseURL(field string, address URL) (URL, error) {
	text := string(address)
	if len(text) > maxURLLength {
		return "", InvalidInput(field, ReasonTooLarge, maxURLLength, "must not be longer than 2048 bytes")
	}
	if _, err := ParseText(field, text, maxURLLength); err != nil {
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
