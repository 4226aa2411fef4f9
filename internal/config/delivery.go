package config

import (
	"bytes"
	"errors"
	"net/mail"
	"net/url"
	"os"
	"strconv"
	"strings"
	"unicode"

	"github.com/accountql/accountql/internal/egress"
)

// MailServer is the value of --smtp.
type MailServer struct {
	Host           string
	Port           int
	User, Password string
	// ImplicitTLS is set for smtps://; otherwise STARTTLS is mandatory unless Plain is set.
	ImplicitTLS bool
	// Plain is set for smtp:// to this machine in development mode: no TLS at all.
	Plain bool
}

// Endpoint is the receiver of signed requests.
type Endpoint struct {
	// URL is the address without user name and password.
	URL string
	// Keys sign the requests: one, or two while the secret is exchanged.
	Keys [][]byte
}

// SMSProvider is the value of --sms: either a Twilio account or an endpoint.
type SMSProvider struct {
	// SID, Token and From belong to Twilio; From is a number, a name, or the id of a messaging service.
	SID, Token, From string
	Endpoint         Endpoint
}

// Twilio reports whether the provider is Twilio.
func (p SMSProvider) Twilio() bool { return p.SID != "" }

// The checks below return an error if a setting for messages is missing, invalid or insecure. The error never repeats
// the value, because it may hold a password.

func (s *Settings) checkSMTP() error {
	if s.SMTP == "" {
		if s.Production() {
			return refuse("--smtp", "is required in production mode")
		}
		return nil
	}
	if _, err := s.MailServer(); err != nil {
		return refuse("--smtp", "%s", err)
	}

	return nil
}

func (s *Settings) checkMailFrom() error {
	if s.Production() && s.MailFrom == "" {
		return refuse("--mail-from", "is required in production mode")
	}

	// In production the sender's domain becomes part of every Message-ID, so it must be a public domain.
	from, err := mail.ParseAddress(s.MailFrom)
	if err != nil || s.Production() && strings.HasSuffix(from.Address, "@localhost") {
		return refuse("--mail-from", "must be one address, such as 'Shop <no-reply@shop.example>'")
	}

	return nil
}

// checkSupportContact returns an error unless mails and the account page can link to --support-contact.
func (s *Settings) checkSupportContact() error {
	contact := s.SupportContact
	if contact == "" {
		return nil
	}

	if strings.Contains(contact, "://") {
		_, err := s.webAddress("--support-contact", contact)
		return err
	}

	address, err := mail.ParseAddress(contact)
	if err != nil || address.Address != contact || strings.ContainsFunc(contact, notPlain) {
		return refuse("--support-contact", "must be an e-mail address alone, or an https page")
	}

	return nil
}

// notPlain reports whether a character does not belong into an address that messages show.
func notPlain(r rune) bool { return r > unicode.MaxASCII || strings.ContainsRune("\"\\ ", r) }

func (s *Settings) checkSMS() error {
	if s.SMS == "" {
		return s.checkSecond("--sms-second-secret", s.SMSSecondSecret, "--sms", Endpoint{})
	}

	provider, err := s.SMSProvider()
	if err != nil {
		return refuse("--sms", "%s", err)
	}

	return s.checkSecond("--sms-second-secret", s.SMSSecondSecret, "--sms", provider.Endpoint)
}

func (s *Settings) checkWebhook() error {
	if s.Webhook == "" {
		return s.checkSecond("--webhook-second-secret", s.WebhookSecondSecret, "--webhook", Endpoint{})
	}

	endpoint, err := s.endpoint(s.Webhook, s.WebhookSecondSecret)
	if err != nil {
		return refuse("--webhook", "%s", err)
	}

	return s.checkSecond("--webhook-second-secret", s.WebhookSecondSecret, "--webhook", endpoint)
}

// checkSecond checks the second secret of an endpoint, whose URL is empty if the setting for names none.
func (s *Settings) checkSecond(setting, second, named string, endpoint Endpoint) error {
	switch {
	case second == "":
		return nil
	case endpoint.URL == "":
		return refuse(setting, "needs %s with an https address, whose requests it signs", named)
	}

	key, err := signingKey(second)
	switch {
	case err != nil:
		return refuse(setting, "%s", err)
	case bytes.Equal(key, endpoint.Keys[0]):
		return refuse(setting, "must differ from the secret in %s", named)
	}

	return nil
}

func (s *Settings) checkTemplates() error {
	if s.Templates == "" {
		return nil
	}
	if info, err := os.Stat(s.Templates); err != nil || !info.IsDir() {
		return refuse("--templates", "must be a directory that can be read; it is %q", s.Templates)
	}

	return nil
}

// The ports of mail submission (RFC 8314).
const (
	startTLSPort    = 587
	implicitTLSPort = 465
)

// errSMTP describes a valid --smtp.
var errSMTP = errors.New(
	"must be smtp://user:password@host:587 or smtps://user:password@host:465, with special characters of the password as in %40",
)

// MailServer parses --smtp, which must be set.
func (s *Settings) MailServer() (MailServer, error) {
	address, err := url.Parse(s.SMTP)
	if err != nil || address.Scheme != "smtp" && address.Scheme != "smtps" || address.Hostname() == "" ||
		address.Path != "" && address.Path != "/" || address.RawQuery != "" || address.Fragment != "" {
		return MailServer{}, errSMTP
	}

	server := MailServer{Host: address.Hostname(), Port: startTLSPort, ImplicitTLS: address.Scheme == "smtps"}
	if server.ImplicitTLS {
		server.Port = implicitTLSPort
	}

	if address.Port() != "" {
		port, err := strconv.ParseUint(address.Port(), 10, 16)
		if err != nil || port == 0 {
			return MailServer{}, errSMTP
		}
		server.Port = int(port)
	}

	server.Plain = !server.ImplicitTLS && !s.Production() && IsLoopback(server.Host)

	if address.User != nil {
		password, given := address.User.Password()
		if !given || address.User.Username() == "" {
			return MailServer{}, errors.New("must hold both a user and a password, or neither")
		}
		server.User, server.Password = address.User.Username(), password
	}

	return server, nil
}

// SMSProvider parses --sms, which must be set.
func (s *Settings) SMSProvider() (SMSProvider, error) {
	if !strings.HasPrefix(s.SMS, "twilio:") {
		endpoint, err := s.endpoint(s.SMS, s.SMSSecondSecret)
		return SMSProvider{Endpoint: endpoint}, err
	}

	wrong := errors.New("must be twilio://SID:TOKEN@?from=+15550100, or https://:SECRET@host/path")
	address, err := url.Parse(s.SMS)
	if err != nil || address.User == nil || address.Host != "" || address.Path != "" && address.Path != "/" {
		return SMSProvider{}, wrong
	}

	// A plus sign begins a phone number here; url.ParseQuery would decode it as a space.
	query, err := url.ParseQuery(strings.ReplaceAll(address.RawQuery, "+", "%2B"))
	token, _ := address.User.Password()
	provider := SMSProvider{SID: address.User.Username(), Token: token, From: query.Get("from")}
	if err != nil || provider.SID == "" || token == "" || provider.From == "" || len(query) != 1 {
		return SMSProvider{}, wrong
	}

	return provider, nil
}

// EgressPolicy returns where requests to the hosts that settings name may go. Spans call the receiver peer.
func (s *Settings) EgressPolicy(peer string) egress.Policy {
	return egress.Policy{Peer: peer, Loopback: !s.Production(), PrivateHosts: s.AllowPrivateHosts}
}

// errPrivate describes an address that would be refused at the first request.
var errPrivate = errors.New("must lead to the public internet, or with --allow-private-hosts to a private network")

// receiver parses the URL of a receiver of requests.
func (s *Settings) receiver(value string) (*url.URL, error) {
	address, err := url.Parse(value)
	if err != nil || address.Hostname() == "" || address.Fragment != "" {
		return nil, errors.New("must be https://host/path")
	}
	if address.Scheme != "https" && !(address.Scheme == "http" && !s.Production() && IsLoopback(address.Hostname())) {
		return nil, errors.New("must be https, or in development mode http to this machine")
	}

	// guard: a receiver has an address that may be called
	if s.EgressPolicy("message receiver").CheckHost(address.Hostname()) != nil {
		return nil, errPrivate
	}

	return address, nil
}

// endpoint parses a URL whose password is the secret of the signature. A second secret that is wrong is left out:
// checkSecond refuses it.
func (s *Settings) endpoint(value, second string) (Endpoint, error) {
	address, err := s.receiver(value)
	if err != nil {
		return Endpoint{}, err
	}

	secret, _ := address.User.Password()
	key, err := signingKey(secret)
	if err != nil || address.User.Username() != "" {
		return Endpoint{}, errors.New("must hold the secret that signs requests, whsec_ and 24 to 64 random bytes in " +
			"base64, without a user: https://:SECRET@host/path")
	}

	address.User = nil
	endpoint := Endpoint{URL: address.String(), Keys: [][]byte{key}}
	if another, err := signingKey(second); err == nil {
		endpoint.Keys = append(endpoint.Keys, another)
	}

	return endpoint, nil
}
