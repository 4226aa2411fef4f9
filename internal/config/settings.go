// Package config reads flags and the environment into one struct of settings and validates it once. Each setting is
// a flag and the variable ACCOUNTQL_<FLAG>; the flag wins.
package config

import (
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// The values of --mode.
const (
	Development = "development"
	Production  = "production"
)

// The values of settings that are either on or off.
const (
	On  = "on"
	Off = "off"
)

// Settings are the settings of the operator (docs/contract.md, "Settings"). kong reads the tags; Validate sets the
// defaults that depend on the mode. The tag secret:"url" marks a setting whose URL may hold a password.
type Settings struct {
	Mode      string `name:"mode" default:"development" help:"development or production."`
	Listen    string `name:"listen" placeholder:"HOST:PORT" help:"Address to serve on. Development: 127.0.0.1:8080, and loopback only. Production: required."`
	Database  string `name:"database" secret:"url" placeholder:"FILE|URL" help:"SQLite file, or PostgreSQL as postgres://user:password@host/name. Development: accountql.db. Production: required."`
	PublicURL string `name:"public-url" placeholder:"URL" help:"Address that customers reach, the only source of links in messages. Development: the address of --listen. Production: required, https."`

	PasswordResetURL string `name:"password-reset-url" placeholder:"URL" help:"Page that a password reset's mail leads to, with {token} in it. Development: a page under --public-url, as for the next three. Production: required."`
	EmailChangeURL   string `name:"email-change-url" placeholder:"URL" help:"Page that confirms a new e-mail, with {token} in it."`
	ActivationURL    string `name:"activation-url" placeholder:"URL" help:"Page that activates an account, with {token} in it."`
	EmailUndoURL     string `name:"email-undo-url" placeholder:"URL" help:"Page that takes a change of e-mail back, with {token} in it."`

	AccountURL string `name:"account-url" placeholder:"URL" help:"The customer's account page, where /.well-known/change-password and messages lead. Development: the page under --public-url. Production: none without it."`

	SMTP                string `name:"smtp" secret:"url" placeholder:"URL" help:"Server that takes mail: smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465. Development: mail stays in the inbox without it. Production: required."`
	SupportContact      string `name:"support-contact" placeholder:"ADDRESS" help:"E-mail address or https page of the customer support, which messages name for who did not ask for them."`
	MailFrom            string `name:"mail-from" placeholder:"ADDRESS" help:"Sender of mail, such as 'Shop <no-reply@shop.example>'. Development: AccountQL <no-reply@localhost>. Production: required."`
	SMS                 string `name:"sms" secret:"url" placeholder:"URL" help:"Who takes text messages: twilio://SID:TOKEN@?from=+15550100, or https://:SECRET@host/path for signed requests. Development: they stay in the inbox without it."`
	SMSSecondSecret     string `name:"sms-second-secret" secret:"text" placeholder:"SECRET" help:"Second secret that signs the requests to an https --sms, while its secret is exchanged."`
	Webhook             string `name:"webhook" secret:"url" placeholder:"URL" help:"Who is told of changes to accounts, by signed requests: https://:SECRET@host/path."`
	WebhookSecondSecret string `name:"webhook-second-secret" secret:"text" placeholder:"SECRET" help:"Second secret that signs the requests to --webhook, while its secret is exchanged."`
	AllowPrivateHosts   bool   `name:"allow-private-hosts" help:"Let --sms, --webhook, --identity-providers, --customer-tokens and --breached-passwords lead to addresses of private networks."`
	Templates           string `name:"templates" placeholder:"DIR" help:"Directory of templates that replace those of messages; see 'accountql templates preview'."`

	IdentityProviders string `name:"identity-providers" placeholder:"FILE" help:"JSON file of identity providers whose tokens sign customers in and prove who they are: [{\"provider\": \"GOOGLE\", \"issuer\": \"https://accounts.google.com\", \"audiences\": [\"client id\"]}], with \"jwksUrl\" where the issuer has no discovery document and \"appSecret\" for access tokens of FACEBOOK. Only OAUTH may stand there more than once."`
	CustomerTokens    string `name:"customer-tokens" placeholder:"FILE" help:"JSON file of the same form: issuers whose JWTs, sent as Authorization: Bearer, stand for a customer. \"subjectClaim\" (default sub) tells customers apart; with \"createAccounts\": true an unknown one with a verified e-mail gets an account."`

	AllowedOrigins []string       `name:"allowed-origins" placeholder:"ORIGIN" help:"Web origins that may call from a browser. Development: those on loopback. Production: none."`
	AllowedHeaders []string       `name:"allowed-headers" placeholder:"HEADER" help:"More request headers that pages of --allowed-origins may send; those of common tools for tracing and of GraphQL clients are allowed anyway."`
	Cookies        bool           `name:"cookies" help:"Keep the sessions of browsers in a cookie that scripts can't read, instead of answering their tokens."`
	TrustedProxies []netip.Prefix `name:"trusted-proxies" placeholder:"CIDR" help:"Networks whose X-Forwarded-For names the client."`

	Registration     string        `name:"registration" default:"open" help:"open, verified (the e-mail is confirmed before the first sign-in) or closed."`
	PasswordResetTTL time.Duration `name:"password-reset-ttl" default:"30m" help:"How long the token of a password reset is good."`
	EmailTokenTTL    time.Duration `name:"email-token-ttl" default:"8h" help:"How long the tokens of an activation and of a new e-mail are good."`
	PhoneCodeTTL     time.Duration `name:"phone-code-ttl" default:"10m" help:"How long the code of a new phone number is good."`

	SessionIdle       time.Duration `name:"session-idle" default:"168h" help:"After how long without use a session ends."`
	SessionMax        time.Duration `name:"session-max" default:"720h" help:"After how long a session ends in any case."`
	StepUp            time.Duration `name:"step-up" default:"15m" help:"How long after a proof of the password a session may ask for a new phone number without another."`
	PasswordMinLength int           `name:"password-min-length" default:"8" help:"Characters that a new password must have."`

	PhoneCountries []models.CountryCode `name:"phone-countries" placeholder:"CC" help:"Countries whose numbers get codes, as two letters each, such as PL,DE; a new number of another country is refused. Left out: all."`

	PasswordBlocklist string `name:"password-blocklist" placeholder:"FILE" help:"Passwords to refuse beside the built-in list, one a line."`
	BreachedPasswords string `name:"breached-passwords" placeholder:"FILE|URL" help:"Passwords of data breaches to refuse: a file of SHA-1 hashes that is ordered by hash, or the https address of a range API, which learns the first five digits of the hash."`

	LimitWrongPasswords  int   `name:"limit-wrong-passwords" default:"5" help:"Tries at an account's password before each further one has to wait."`
	LimitResetMails      Limit `name:"limit-reset-mails" default:"3/1h" placeholder:"N/TIME" help:"Mails for a new password, for each address."`
	LimitActivationMails Limit `name:"limit-activation-mails" default:"3/1h" placeholder:"N/TIME" help:"Activation mails, registration included, for each address."`
	LimitChangeMails     Limit `name:"limit-change-mails" default:"3/1h" placeholder:"N/TIME" help:"Mails for a change of e-mail, for each new address."`
	LimitEmailChanges    Limit `name:"limit-email-changes" default:"5/24h" placeholder:"N/TIME" help:"Changes of e-mail that are asked for, for each account."`
	LimitPhoneCodes      Limit `name:"limit-phone-codes" default:"3/1h" placeholder:"N/TIME" help:"Codes, for each number."`
	LimitAccountCodes    Limit `name:"limit-account-codes" default:"5/1h" placeholder:"N/TIME" help:"Codes, for each account."`
	LimitNetworkTries    Limit `name:"limit-network-tries" default:"300/10m" placeholder:"N/TIME" help:"Tries at passwords, tokens and codes, for each client network."`
	LimitNetworkMails    Limit `name:"limit-network-mails" default:"10/1h" placeholder:"N/TIME" help:"Mails that anybody can ask for, registration included, for each client network."`
	LimitNetworkAccounts Limit `name:"limit-network-accounts" default:"20/1h" placeholder:"N/TIME" help:"New accounts, for each client network."`
	LimitMessages        Limit `name:"limit-messages" default:"10000/1h" placeholder:"N/TIME" help:"Messages that carry a secret, for the whole service; half of them are kept for customers."`
	LimitNetworkRequests Limit `name:"limit-network-requests" default:"1200/1m" placeholder:"N/TIME" help:"Requests, for each client network and process."`

	Migrate       string `name:"migrate" placeholder:"on|off" help:"Whether serve migrates the database when it starts, on if left out. off: it waits, not ready, until accountql migrate has run."`
	RateLimits    string `name:"rate-limits" default:"on" help:"on, or off for load tests in development."`
	Introspection string `name:"introspection" placeholder:"on|off" help:"Whether clients may ask for the schema. Development: on. Production: off."`

	TrustedDocuments      string `name:"trusted-documents" placeholder:"FILE" help:"Manifest of documents that clients may name by documentId, as graphql-codegen, Relay's compiler or Apollo's generate-persisted-query-manifest writes it."`
	TrustedDocumentLimits int    `name:"trusted-document-limits" default:"1" placeholder:"N" help:"How many times the limits on documents those of --trusted-documents may have, 1 to 10."`
	TrustedDocumentsOnly  bool   `name:"trusted-documents-only" help:"Take no other documents than those of --trusted-documents."`

	MetricsListen string `name:"metrics-listen" placeholder:"HOST:PORT" help:"Second address, for /metrics and /readyz?verbose; keep it private. Left out: none."`
	Trace         string `name:"trace" placeholder:"URL" help:"Collector of traces, by OpenTelemetry's protocol over HTTP: otlp://host:port, or otlps://host:port with TLS. Left out: none."`
	AccessLog     bool   `name:"access-log" help:"Log a line for each request: its operation, the code of the answer, milliseconds, and the ids of the API key and the request. Needs --log-level info or debug."`
	LogLevel      string `name:"log-level" placeholder:"debug|info|warn|error" help:"The least that the log has, info if left out; debug adds a line for every request that is refused before it becomes an operation."`
	LogFormat     string `name:"log-format" placeholder:"text|json" help:"Development: text. Production: json."`
}

// Production reports whether the mode is production.
func (s *Settings) Production() bool { return s.Mode == Production }

// Bound returns the settings of a server that listens at address. Only address shows the port of `--listen
// 127.0.0.1:0`; the defaults of the public URL and of the links depend on it.
func (s Settings) Bound(address net.Addr) Settings {
	host, _, err := net.SplitHostPort(s.Listen)
	_, port, boundErr := net.SplitHostPort(address.String())
	if err == nil && boundErr == nil {
		s.Listen = net.JoinHostPort(host, port)
	}
	if s.PublicURL == "" {
		s.PublicURL = "http://" + s.Listen
	}

	// The token is in the fragment because browsers never send that, so no server logs it.
	for _, page := range s.pages() {
		if *page.template == "" {
			*page.template = s.PublicURL + page.path + "#token=" + tokenPlaceholder
		}
	}

	return s
}

// tokenPlaceholder marks the place of the token in the template of a link.
const tokenPlaceholder = "{token}"

// page is a setting that names a page of the front end.
type page struct {
	setting  string
	template *string
	// path is the default path of the page, below the public URL.
	path string
}

// pages returns the pages that messages link to.
func (s *Settings) pages() []page {
	return []page{
		{"--password-reset-url", &s.PasswordResetURL, "/account/reset-password"},
		{"--email-change-url", &s.EmailChangeURL, "/account/confirm-email"},
		{"--activation-url", &s.ActivationURL, "/account/activate"},
		{"--email-undo-url", &s.EmailUndoURL, "/account/undo-email"},
	}
}

// LoopbackOrigins returns the default of --allowed-origins in development: any port on this machine.
func LoopbackOrigins() []string {
	return []string{"http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"}
}

// IsLoopback reports whether a host, given without its port, is certainly this machine.
func IsLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}
