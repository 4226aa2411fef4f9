package config

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"
	"golang.org/x/net/publicsuffix"
)

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
		if !page.optional || *page.template != "" {
			wrong.add(s.checkPage(page.setting, *page.template))
		}
	}
	return wrong.orNil()
}

func (s *Settings) checkPage(setting, template string) error {
	if template == "" {
		if !s.ServesAccountPage() {
			return refuse(setting, "is required in production mode where --account-page is off")
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

		if s.InCookies() && site(address) != site(s.public()) {
			return refuse("--allowed-origins",
				"must be of the same site as --public-url where --cookies is set or --account-page is on, for browsers send the cookie to no other; it holds %q",
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
