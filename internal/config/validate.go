package config

import (
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"
	"golang.org/x/net/publicsuffix"

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
		s.checkOrigins, s.checkProxies, s.checkTimes, s.checkLimits, s.checkPhoneCountries, s.checkMetricsListen,
		s.checkDocuments, s.checkPasswords, s.checkChoices, s.checkSMTP, s.checkMailFrom, s.checkSupportContact,
		s.checkSMS, s.checkWebhook, s.checkTemplates, s.checkTrace,
	} {
		wrong.add(check())
	}

	return wrong.orNil()
}

func (s *Settings) setDefaults() {
	introspection, logFormat := On, "text"
	if s.Production() {
		introspection, logFormat = Off, "json"
	} else {
		s.Listen = orDefault(s.Listen, "127.0.0.1:8080")
		s.Database = orDefault(s.Database, DefaultDatabase)
		s.MailFrom = orDefault(s.MailFrom, "AccountQL <no-reply@localhost>")
		if len(s.AllowedOrigins) == 0 {
			s.AllowedOrigins = LoopbackOrigins()
		}
	}

	s.Introspection = orDefault(s.Introspection, introspection)
	s.LogFormat = orDefault(s.LogFormat, logFormat)
	s.LogLevel = orDefault(s.LogLevel, "info")
	s.Migrate = orDefault(s.Migrate, On)
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

func (s *Settings) checkPublicURL() error {
	if s.PublicURL == "" {
		if s.Production() {
			return refuse("--public-url", "is required in production mode")
		}
		return nil
	}

	address, err := s.webAddress("--public-url", s.PublicURL)
	if err != nil {
		return err
	}
	if address.RawQuery != "" || address.ForceQuery || strings.Contains(s.PublicURL, "#") {
		return refuse("--public-url", "must have no query and no fragment; it is %q", s.PublicURL)
	}

	s.PublicURL = strings.TrimRight(s.PublicURL, "/")

	return nil
}

// checkPages returns an error if a template's link would lead to an unintended address, or would not contain the
// token.
func (s *Settings) checkPages() error {
	var wrong Errors
	for _, page := range s.pages() {
		wrong.add(s.checkPage(page.setting, *page.template))
	}
	return wrong.orNil()
}

func (s *Settings) checkPage(setting, template string) error {
	if template == "" {
		if s.Production() {
			return refuse(setting, "is required in production mode")
		}
		return nil
	}

	if strings.Count(template, tokenPlaceholder) != 1 {
		return refuse(setting, "must hold {token} once; it is %q", template)
	}

	// These letters replace the token while the rest is checked.
	const token = "TOKEN"
	filled := strings.Replace(template, tokenPlaceholder, token, 1)
	address, err := s.webAddress(setting, filled)
	if err != nil {
		return err
	}
	if strings.Contains(address.Host, token) || strings.ContainsAny(filled, "{}") {
		return refuse(setting, "must hold {token} behind the host, and no other braces; it is %q", template)
	}

	return nil
}

// checkAccountURL returns an error if --account-url is not a web address.
func (s *Settings) checkAccountURL() error {
	if s.AccountURL == "" {
		return nil
	}
	_, err := s.webAddress("--account-url", s.AccountURL)
	return err
}

// webAddress parses an absolute http or https URL; production requires https.
func (s *Settings) webAddress(setting, value string) (*url.URL, error) {
	wanted := "an absolute http or https address"
	if s.Production() {
		wanted = "an absolute https address in production mode"
	}

	address, err := url.Parse(value)
	if err != nil || address.Hostname() == "" || strings.ContainsAny(value, " \"'<>\\^`|") ||
		address.Scheme != "https" && (s.Production() || address.Scheme != "http") {
		return nil, refuse(setting, "must be %s", wanted)
	}
	if address.User != nil {
		return nil, refuse(setting, "must hold no user name and password")
	}

	return address, nil
}

func (s *Settings) checkHeaders() error {
	for _, header := range s.AllowedHeaders {
		if header == "*" || !httpguts.ValidHeaderFieldName(header) {
			return refuse("--allowed-headers", "must list names of headers, without *; it holds %q", header)
		}
	}
	return nil
}

func (s *Settings) checkOrigins() error {
	for _, origin := range s.AllowedOrigins {
		if !s.Production() && slices.Contains(LoopbackOrigins(), origin) {
			continue
		}
		if strings.Contains(origin, "*") {
			return refuse("--allowed-origins", "must list exact origins, without *; it holds %q", origin)
		}

		address, err := s.webAddress("--allowed-origins", origin)
		if err != nil {
			return err
		}
		if address.Scheme+"://"+strings.ToLower(address.Host) != origin {
			return refuse("--allowed-origins",
				"must list origins such as https://shop.example, in lower case and without a path; it holds %q", origin)
		}

		if s.Cookies && site(address) != site(s.public()) {
			return refuse("--allowed-origins",
				"must be of the same site as --public-url where --cookies is set, for browsers send the cookie to no other; it holds %q",
				origin)
		}
	}

	return nil
}

// public returns the address that customers reach.
func (s *Settings) public() *url.URL {
	address, err := url.Parse(orDefault(s.PublicURL, "http://"+s.Listen))
	if err != nil {
		return &url.URL{}
	}
	return address
}

// site returns the value that browsers compare before they send a SameSite cookie: the scheme and the registrable
// domain.
func site(address *url.URL) string {
	domain, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(address.Hostname()))
	if err != nil || net.ParseIP(address.Hostname()) != nil {
		domain = address.Hostname()
	}
	return address.Scheme + "://" + domain
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

func (s *Settings) checkMetricsListen() error {
	if s.MetricsListen == "" {
		return nil
	}
	if host, _, err := net.SplitHostPort(s.MetricsListen); err != nil || !s.Production() && !IsLoopback(host) {
		return refuse("--metrics-listen", "must be HOST:PORT, and on loopback in development mode; it is %q",
			s.MetricsListen)
	}
	if _, port, _ := net.SplitHostPort(s.MetricsListen); port != "0" && s.MetricsListen == s.Listen {
		return refuse("--metrics-listen", "must differ from --listen: it is private")
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
	wrong.add(oneOf("--migrate", s.Migrate, On, Off))
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
