package config

import "time"

// CheckPublicURL returns an error unless a command's --public-url is one that the server would take.
func CheckPublicURL(address string) error {
	settings := Settings{PublicURL: address}
	return settings.checkPublicURL()
}

func (s *Settings) checkConsent() error {
	var wrong Errors
	if s.ConsentURL != "" {
		wrong.add(s.checkPage("--consent-url", s.ConsentURL))
	}
	wrong.add(CheckRetainConsentProof(s.RetainConsentProof))

	return wrong.orNil()
}

// CheckRetainConsentProof returns an error unless the time is 0 or from an hour to 30 years.
func CheckRetainConsentProof(retained time.Duration) error {
	const longest = 30 * 365 * 24 * time.Hour
	if retained != 0 && (retained < time.Hour || retained > longest) {
		return refuse("--retain-consent-proof", "must be 0, or lie between 1h and %s; it is %s", brief(longest),
			brief(retained))
	}
	return nil
}
