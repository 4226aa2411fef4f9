package config

import (
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// Validate sets the defaults of the mode, except those that Bound sets. It returns Errors: every setting that is
// missing, contradicts another one, or is insecure in the mode (R-OPS1).
func (s *Settings) Validate() error {
	if err := oneOf("--mode", s.Mode, Development, Production); err != nil {
		return err
	}

	s.setDefaults()

	var wrong Errors
	for _, check := range []func() error{
		s.checkListen, s.checkDatabase, s.checkPublicURL, s.checkPages, s.checkAccountURL, s.checkHeaders,
		s.checkOrigins, s.checkProxies, s.checkTimes, s.checkRetention, s.checkLimits, s.checkPhoneCountries,
		s.checkPrivateListens, s.checkDocuments, s.checkPasswords, s.checkChoices, s.checkSMTP, s.checkMailFrom, s.checkSupportContact,
		s.checkConsent, s.checkAccountPage, s.checkSMS, s.checkWebhook, s.checkTemplates, s.checkTrace,
	} {
		wrong.add(check())
	}

	return wrong.orNil()
}

func (s *Settings) setDefaults() {
	introspection, logFormat, accountPage := On, "text", On
	if s.Production() {
		introspection, logFormat, accountPage = Off, "json", Off
	} else {
		s.Listen = orDefault(s.Listen, "127.0.0.1:8080")
		s.Database = orDefault(s.Database, DefaultDatabase)
		s.MailFrom = orDefault(s.MailFrom, "AccountQL <no-reply@localhost>")
		if len(s.AllowedOrigins) == 0 {
			s.AllowedOrigins = LoopbackOrigins()
		}
	}

	s.AccountPage = orDefault(s.AccountPage, accountPage)
	if s.Cookies == nil { // guard: the page's sessions are out of reach of scripts
		inCookies := s.Production() && s.AccountPage == On
		s.Cookies = &inCookies
	}

	s.Introspection = orDefault(s.Introspection, introspection)
	s.LogFormat = orDefault(s.LogFormat, logFormat)
	s.LogLevel = orDefault(s.LogLevel, "info")
	s.Migrate = orDefault(s.Migrate, On)
	s.Federation = orDefault(s.Federation, Off)
}

// DefaultDatabase is the database file in development.
const DefaultDatabase = "accountql.db"

// CommandDatabase returns the database of commands that are given none: "" if the environment is that of a server in
// production, which has no default.
func CommandDatabase(environ []string) string {
	if readVariables(environ)[variable("mode")] == Production {
		return ""
	}
	return DefaultDatabase
}

func orDefault(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

func (s *Settings) checkListen() error {
	if s.Listen == "" {
		return refuse("--listen", "is required in production mode")
	}

	host, port, err := net.SplitHostPort(s.Listen)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return refuse("--listen", "must be HOST:PORT, such as 127.0.0.1:8080; it is %q", s.Listen)
	}

	// Development gives out a key and shows every secret, so no other machine may reach it.
	if !s.Production() && !IsLoopback(host) {
		return refuse("--listen", "must be a loopback address in development mode, such as 127.0.0.1:8080; it is %q",
			s.Listen)
	}

	return nil
}

func (s *Settings) checkDatabase() error {
	// The error must not repeat the value, because it may hold a password.
	if s.Database == "" {
		return refuse("--database", "is required in production mode")
	}
	return nil
}

func (s *Settings) checkProxies() error {
	for i, network := range s.TrustedProxies {
		// With such a network every client could choose its own address, and thereby its own budgets.
		if network.Bits() == 0 {
			return refuse("--trusted-proxies", "must not trust every address; it holds %s", network)
		}
		s.TrustedProxies[i] = network.Masked()
	}
	return nil
}

// checkPhoneCountries validates the country codes and replaces them by their canonical form.
func (s *Settings) checkPhoneCountries() error {
	for i, given := range s.PhoneCountries {
		code, err := models.ParseCountryCode("", given)
		if err != nil {
			return refuse("--phone-countries",
				"must list countries as two letters of ISO 3166-1 each, such as PL,DE; it holds %q", given)
		}
		s.PhoneCountries[i] = code
	}
	return nil
}

// longestSession is one year; a longer session would be a mistake.
const longestSession = 366 * 24 * time.Hour

// longestGrace is as long as a request for erasure may take where the law allows the most.
const longestGrace = 90 * 24 * time.Hour

func (s *Settings) checkTimes() error {
	var wrong Errors
	for _, setting := range []struct {
		name    string
		value   time.Duration
		longest time.Duration
	}{
		{"--password-reset-ttl", s.PasswordResetTTL, 24 * time.Hour},
		{"--email-token-ttl", s.EmailTokenTTL, 24 * time.Hour},
		{"--phone-code-ttl", s.PhoneCodeTTL, 10 * time.Minute},
		{"--session-idle", s.SessionIdle, longestSession},
		{"--session-max", s.SessionMax, longestSession},
		{"--step-up", s.StepUp, 24 * time.Hour},
	} {
		if setting.value < time.Second || setting.value > setting.longest {
			wrong.add(refuse(setting.name, "must lie between 1s and %s; it is %s", brief(setting.longest),
				brief(setting.value)))
		}
	}

	if grace := s.DeletionGrace; grace != 0 && (grace < time.Second || grace > longestGrace) {
		wrong.add(refuse("--deletion-grace", "must be 0, or lie between 1s and %s; it is %s", brief(longestGrace),
			brief(grace)))
	}

	if s.SessionIdle > s.SessionMax {
		wrong.add(refuse("--session-idle", "must not be longer than --session-max: %s, %s", brief(s.SessionIdle),
			brief(s.SessionMax)))
	}

	return wrong.orNil()
}

// brief formats a duration without the zeros that time.Duration adds at the end.
func brief(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}

	return text
}

// maxTrustedLimits is the highest --trusted-document-limits.
const maxTrustedLimits = 10

// checkPrivateListens checks the addresses beside --listen.
func (s *Settings) checkPrivateListens() error {
	var wrong Errors
	wrong.add(s.checkPrivateListen("--metrics-listen", s.MetricsListen, "--listen", s.Listen))
	wrong.add(s.checkPrivateListen("--backoffice-listen", s.BackOfficeListen, "--listen", s.Listen))
	wrong.add(s.checkPrivateListen("--backoffice-listen", s.BackOfficeListen, "--metrics-listen", s.MetricsListen))
	if len(wrong) == 0 {
		return nil
	}

	return wrong
}

// checkPrivateListen checks an address that must differ from another one. Port 0 is any free port.
func (s *Settings) checkPrivateListen(name, address, other, otherAddress string) error {
	if address == "" {
		return nil
	}

	host, port, err := net.SplitHostPort(address)
	if err != nil || !s.Production() && !IsLoopback(host) {
		return refuse(name, "must be HOST:PORT, and on loopback in development mode; it is %q", address)
	}
	if port != "0" && address == otherAddress {
		return refuse(name, "must differ from %s: it is private", other)
	}

	return nil
}

func (s *Settings) checkDocuments() error {
	var wrong Errors
	if s.TrustedDocumentsOnly && s.TrustedDocuments == "" {
		wrong.add(refuse("--trusted-documents-only", "needs --trusted-documents"))
	}

	if times := s.TrustedDocumentLimits; times < 1 || times > maxTrustedLimits ||
		times > 1 && s.TrustedDocuments == "" {
		wrong.add(refuse("--trusted-document-limits", "must be 1 to %d, and needs --trusted-documents; it is %d",
			maxTrustedLimits, times))
	}

	return wrong.orNil()
}

func (s *Settings) checkChoices() error {
	var wrong Errors
	wrong.add(oneOf("--registration", s.Registration, "open", "verified", "closed"))
	wrong.add(oneOf("--sign-in-code", s.SignInCode, On, Off))
	wrong.add(oneOf("--second-factor", s.SecondFactor, "off", "optional", "required"))
	wrong.add(oneOf("--migrate", s.Migrate, On, Off))
	wrong.add(oneOf("--federation", s.Federation, On, Off))
	wrong.add(oneOf("--rate-limits", s.RateLimits, On, Off))
	if s.Production() && s.RateLimits == Off {
		wrong.add(refuse("--rate-limits", "must be on in production mode"))
	}

	wrong.add(oneOf("--introspection", s.Introspection, On, Off))
	wrong.add(oneOf("--log-level", s.LogLevel, "debug", "info", "warn", "error"))
	wrong.add(oneOf("--log-format", s.LogFormat, "text", "json"))
	if s.AccessLog && (s.LogLevel == "warn" || s.LogLevel == "error") {
		wrong.add(refuse("--access-log", "needs --log-level info or debug; it is %q", s.LogLevel))
	}

	return wrong.orNil()
}

func oneOf(setting, value string, choices ...string) error {
	if slices.Contains(choices, value) {
		return nil
	}
	last := len(choices) - 1
	return refuse(setting, "must be %s or %s; it is %q", strings.Join(choices[:last], ", "), choices[last], value)
}
