package notify

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// Links are the addresses to which messages point. They come only from the configuration: a link built from a
// request's Host header would take the customer's token to whoever sent the request (R-RPR4). Each holds {token},
// which the token replaces.
type Links struct {
	PasswordReset string
	EmailChange   string
	Activation    string
	EmailUndo     string
	Consent       string
	// DataExport, DeletionCancel, SecureAccount and FactorReset may be "": then the messages have no link.
	DataExport     string
	DeletionCancel string
	SecureAccount  string
	FactorReset    string
	// Contact is an address or page of the customer support, which notices name in case the customer did not make
	// the change (R-C12). It may be empty: then the notices say "our support".
	Contact string
	// Account is the customer's account page, to which the end of every mail links, or "".
	Account string
	// Brand is how mails look.
	Brand Brand
}

// placeholder is replaced by the token in a link.
const placeholder = "{token}"

// parsedLinks are validated Links.
type parsedLinks struct {
	passwordReset, emailChange, activation, emailUndo, dataExport, deletionCancel, secureAccount, factorReset, consent link
	// site is the host of the page for a new password, which customers know as the service.
	site        string
	contact     string
	contactLink string
	account     string
	brand       Brand
}

// link is an address, split around its token.
type link struct{ before, after string }

// with returns the address with the token in it. Tokens are base64url and need no escaping; anything else is
// escaped.
func (l link) with(token string) string { return l.before + url.QueryEscape(token) + l.after }

func parseLinks(links Links) (*parsedLinks, error) {
	parsed := &parsedLinks{contact: strings.TrimSpace(links.Contact), brand: links.Brand.complete()}
	if parsed.contact != printable(parsed.contact) {
		return nil, errors.New("the contact must be one line")
	}

	if links.Account != "" {
		// guard: mails lead to pages of the web only
		if _, err := parseLink(links.Account+"#"+placeholder, &link{}); err != nil {
			return nil, fmt.Errorf("account-url: %w", err)
		}
		parsed.account = links.Account
	}

	switch {
	case strings.HasPrefix(parsed.contact, "https://"), strings.HasPrefix(parsed.contact, "http://"):
		parsed.contactLink = parsed.contact
	case checkMailbox(parsed.contact) == nil:
		parsed.contactLink = "mailto:" + parsed.contact
	}

	for _, l := range []struct {
		setting, template string
		into              *link
		optional          bool
	}{
		{"password-reset-url", links.PasswordReset, &parsed.passwordReset, false},
		{"email-change-url", links.EmailChange, &parsed.emailChange, false},
		{"activation-url", links.Activation, &parsed.activation, false},
		{"email-undo-url", links.EmailUndo, &parsed.emailUndo, false},
		{"data-export-url", links.DataExport, &parsed.dataExport, true},
		{"consent-url", links.Consent, &parsed.consent, false},
		{"deletion-cancel-url", links.DeletionCancel, &parsed.deletionCancel, true},
		{"secure-account-url", links.SecureAccount, &parsed.secureAccount, true},
		{"factor-reset-url", links.FactorReset, &parsed.factorReset, true},
	} {
		if l.optional && l.template == "" {
			continue
		}

		host, err := parseLink(l.template, l.into)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.setting, err)
		}
		if parsed.site == "" {
			parsed.site = host
		}
	}

	return parsed, nil
}

// parseLink splits a template at its placeholder and returns its host.
func parseLink(template string, into *link) (host string, err error) {
	if strings.Count(template, placeholder) != 1 {
		return "", errors.New("must hold {token} exactly once")
	}

	into.before, into.after, _ = strings.Cut(template, placeholder)
	const sample = "0token0"
	address, err := url.Parse(into.with(sample))
	switch {
	case err != nil || template != printable(template) || strings.ContainsAny(template, " <>\""):
		return "", errors.New("must be a web address")
	case address.Scheme != "https" && address.Scheme != "http" || address.Hostname() == "" || address.User != nil:
		return "", errors.New("must be a whole web address such as https://shop.example/reset?token={token}")
	case strings.Contains(address.Host, sample):
		return "", errors.New("must hold {token} behind the host")
	}

	return address.Hostname(), nil
}

// printable returns the text without control characters and without marks that break a line or change the direction
// of text.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}
