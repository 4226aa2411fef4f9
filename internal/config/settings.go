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

	PasswordResetURL string `name:"password-reset-url" placeholder:"URL" help:"Page that a password reset's mail leads to, with {token} in it. Left out: that of the account page, as for the next three. Required in production mode where --account-page is off."`
	EmailChangeURL   string `name:"email-change-url" placeholder:"URL" help:"Page that confirms a new e-mail, with {token} in it."`
	ActivationURL    string `name:"activation-url" placeholder:"URL" help:"Page that activates an account, with {token} in it."`
	EmailUndoURL     string `name:"email-undo-url" placeholder:"URL" help:"Page that takes a change of e-mail back, with {token} in it."`

	DataExportURL     string `name:"data-export-url" placeholder:"URL" help:"Page that downloads the copy of a customer's data, with {token} in it. Left out: that of the account page; where --account-page is off, the mail holds the token alone."`
	DeletionCancelURL string `name:"deletion-cancel-url" placeholder:"URL" help:"Page that calls the deletion of an account off, with {token} in it. Left out: that of the account page; where --account-page is off, the customer signs in to call it off."`
	SecureAccountURL  string `name:"secure-account-url" placeholder:"URL" help:"Page by which a customer says that a sign-in was somebody else's, with {token} in it. Left out: that of the account page; where --account-page is off, the mail of a new device has no link, and says to choose a new password."`
	FactorResetURL    string `name:"factor-reset-url" placeholder:"URL" help:"Page that removes lost second factors, or keeps them, with {token} in it. Left out: that of the account page; where --account-page is off, the mail holds the token alone."`
	ConsentURL        string `name:"consent-url" placeholder:"URL" help:"Page that confirms the consent to newsletters, with {token} in it. Left out: a page under --public-url, also in production."`

	AccountURL  string `name:"account-url" placeholder:"URL" help:"The customer's account page, where /.well-known/change-password and messages lead. Left out: the page of --account-page, or none where that is off."`
	AccountPage string `name:"account-page" placeholder:"on|off" help:"Whether the account page is served at /account of --public-url, where messages lead then unless their own settings say otherwise; its sessions are in cookies unless --cookies says otherwise. Development: always on. Production: off."`
	Brand       string `name:"brand" placeholder:"FILE" help:"JSON file of the shop's name, logo, colours, links, support contact, default country and language, and of the screens that the account page has; for the page and the mails. See 'accountql brand preview'."`

	SMTP                string `name:"smtp" secret:"url" placeholder:"URL" help:"Server that takes mail: smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465. Development: mail stays in the inbox without it. Production: required."`
	SupportContact      string `name:"support-contact" placeholder:"ADDRESS" help:"E-mail address or https page of the customer support, which messages name for who did not ask for them."`
	MailFrom            string `name:"mail-from" placeholder:"ADDRESS" help:"Sender of mail, such as 'Shop <no-reply@shop.example>'. Development: AccountQL <no-reply@localhost>. Production: required."`
	SMS                 string `name:"sms" secret:"url" placeholder:"URL" help:"Who takes text messages: twilio://SID:TOKEN@?from=+15550100, or https://:SECRET@host/path for signed requests. Development: they stay in the inbox without it."`
	SMSSecondSecret     string `name:"sms-second-secret" secret:"text" placeholder:"SECRET" help:"Second secret that signs the requests to an https --sms, while its secret is exchanged."`
	Webhook             string `name:"webhook" secret:"url" placeholder:"URL" help:"Who is told of changes to accounts, by signed requests: https://:SECRET@host/path."`
	WebhooksFile        string `name:"webhooks" placeholder:"FILE" help:"JSON file of several receivers, each with its own queue: [{\"name\": \"orders\", \"url\": \"https://host/path\", \"secret\": \"whsec_…\"}], with \"events\" where it gets only some and \"secondSecret\" while its secret is exchanged."`
	WebhookSecondSecret string `name:"webhook-second-secret" secret:"text" placeholder:"SECRET" help:"Second secret that signs the requests to --webhook, while its secret is exchanged."`
	AllowPrivateHosts   bool   `name:"allow-private-hosts" help:"Let --sms, --webhook, --webhooks, --identity-providers, --customer-tokens and --breached-passwords lead to addresses of private networks."`
	Templates           string `name:"templates" placeholder:"DIR" help:"Directory of templates that replace those of messages; see 'accountql templates preview'."`

	IdentityProviders string `name:"identity-providers" placeholder:"FILE" help:"JSON file of identity providers whose tokens sign customers in and prove who they are: [{\"provider\": \"GOOGLE\", \"issuer\": \"https://accounts.google.com\", \"audiences\": [\"client id\"]}], with \"jwksUrl\" where the issuer has no discovery document and \"appSecret\" for access tokens of FACEBOOK, and \"page\": {\"clientId\": \"client id\"} for a button on the account page. Only OAUTH may stand there more than once."`
	CustomerTokens    string `name:"customer-tokens" placeholder:"FILE" help:"JSON file of the same form: issuers whose JWTs, sent as Authorization: Bearer, stand for a customer. \"subjectClaim\" (default sub) tells customers apart; with \"createAccounts\": true an unknown one with a verified e-mail gets an account."`

	PasskeyRPID    string   `name:"passkey-rp-id" placeholder:"HOST" help:"The domain that passkeys are for: the host of --public-url, if left out, or a domain above it, such as shop.example for accounts.shop.example. Passkeys of another domain don't work any more when it changes."`
	PasskeyOrigins []string `name:"passkey-origins" placeholder:"ORIGIN" help:"Further origins whose pages may use the shop's passkeys, such as https://shop.example, https://shop.de (which browsers look up in /.well-known/webauthn of the passkeys' domain) and android:apk-key-hash:… of an app. That of --public-url always may."`

	SecondFactor string `name:"second-factor" default:"optional" help:"off, optional: customers can add an authenticator app, whose codes a sign-in and a proof then ask for, or required: nobody signs in without one or a passkey. What was added asks with off, too."`

	Terms        string `name:"terms" placeholder:"FILE" help:"JSON file of the documents that the shop shows its customers, such as its terms of use: their versions, from when on each is in effect, where it can be read, and whether it must be accepted."`
	Geo          string `name:"geo" placeholder:"FILE" help:"File in the format of MaxMind DB, such as GeoLite2-City.mmdb, by which sessions and mails name the place of a client address. It is read at the start; nobody is asked."`
	Translations string `name:"translations" placeholder:"DIR" help:"Folder of languages that the shop brings along for the account page: files such as it.json, each an object of ICU messages by their keys, as packages/react/locales/en.json is. What a file lacks is said in English."`
	Fields       string `name:"fields" placeholder:"FILE" help:"JSON file of what customers may do with each field of their profile, and of the attributes that there are: {\"fields\": {\"birthDate\": {\"access\": \"once\"}}, \"attributes\": {\"tier\": {\"type\": \"choice\", \"options\": [{\"value\": \"GOLD\"}], \"access\": \"read\"}}}. Left out: customers write every field, and any attributes."`

	AllowedOrigins []string       `name:"allowed-origins" placeholder:"ORIGIN" help:"Web origins that may call from a browser. Development: those on loopback. Production: none."`
	AllowedHeaders []string       `name:"allowed-headers" placeholder:"HEADER" help:"More request headers that pages of --allowed-origins may send; those of common tools for tracing and of GraphQL clients are allowed anyway."`
	Cookies        *bool          `name:"cookies" help:"Keep the sessions of browsers in a cookie that scripts can't read, instead of answering their tokens. Left out: only where --account-page is on in production mode."`
	TrustedProxies []netip.Prefix `name:"trusted-proxies" placeholder:"CIDR" help:"Networks whose X-Forwarded-For names the client."`

	Registration     string        `name:"registration" default:"open" help:"open, verified (the e-mail is confirmed before the first sign-in) or closed."`
	SignInCode       string        `name:"sign-in-code" default:"off" placeholder:"on|off" help:"Whether customers can sign in with a code that is mailed to their proven address, or to one that the shop brought."`
	PasswordResetTTL time.Duration `name:"password-reset-ttl" default:"30m" help:"How long the token of a password reset is good."`
	EmailTokenTTL    time.Duration `name:"email-token-ttl" default:"8h" help:"How long the tokens of an activation and of a new e-mail are good."`
	PhoneCodeTTL     time.Duration `name:"phone-code-ttl" default:"10m" help:"How long the code of a new phone number is good."`

	SessionIdle       time.Duration `name:"session-idle" default:"168h" help:"After how long without use a session ends."`
	SessionMax        time.Duration `name:"session-max" default:"720h" help:"After how long a session ends in any case."`
	DeletionGrace     time.Duration `name:"deletion-grace" default:"0" help:"How long a customer can call the deletion of the account off, such as 30d; it is closed meanwhile. 0: it is erased at once."`
	StepUp            time.Duration `name:"step-up" default:"15m" help:"How long after a sign-in or a proof a session may ask for a new phone number without another, and how long proveIdentity opens the other changes."`
	PasswordMinLength int           `name:"password-min-length" default:"8" help:"Characters that a new password must have."`

	DoubleOptIn          bool          `name:"double-opt-in" help:"A consent to newsletters by e-mail counts only when the customer has followed a link that is mailed for it."`
	ConsentWordings      string        `name:"consent-wordings" placeholder:"FILE" help:"JSON file of the words that customers agree to, by channel, version and language; the version is recorded with each consent."`
	GlobalPrivacyControl bool          `name:"global-privacy-control" help:"Keep the header Sec-GPC: 1 of a registration as a refusal of every channel that it does not answer."`
	RetainConsentProof   time.Duration `name:"retain-consent-proof" placeholder:"TIME" help:"How long an erased customer's consents are kept under a keyed hash of the address. Left out: they are erased, too."`

	PhoneCountries []models.CountryCode `name:"phone-countries" placeholder:"CC" help:"Countries whose numbers get codes, as two letters each, such as PL,DE; a new number of another country is refused. Left out: all."`

	PasswordBlocklist string `name:"password-blocklist" placeholder:"FILE" help:"Passwords to refuse beside the built-in list, one a line."`
	BreachedPasswords string `name:"breached-passwords" placeholder:"FILE|URL" help:"Passwords of data breaches to refuse: a file of SHA-1 hashes that is ordered by hash, or the https address of a range API, which learns the first five digits of the hash."`

	LimitWrongPasswords  int   `name:"limit-wrong-passwords" default:"5" help:"Tries at an account's password before each further one has to wait."`
	LimitResetMails      Limit `name:"limit-reset-mails" default:"3/1h" placeholder:"N/TIME" help:"Mails for a new password, for each address."`
	LimitActivationMails Limit `name:"limit-activation-mails" default:"3/1h" placeholder:"N/TIME" help:"Activation mails, registration included, for each address."`
	LimitSignInCodes     Limit `name:"limit-sign-in-codes" default:"3/1h" placeholder:"N/TIME" help:"Mails with a code to sign in, for each address."`
	LimitChangeMails     Limit `name:"limit-change-mails" default:"3/1h" placeholder:"N/TIME" help:"Mails for a change of e-mail, for each new address."`
	LimitEmailChanges    Limit `name:"limit-email-changes" default:"5/24h" placeholder:"N/TIME" help:"Changes of e-mail that are asked for, for each account."`
	LimitPhoneCodes      Limit `name:"limit-phone-codes" default:"3/1h" placeholder:"N/TIME" help:"Codes, for each number."`
	LimitAccountCodes    Limit `name:"limit-account-codes" default:"5/1h" placeholder:"N/TIME" help:"Codes, for each account."`
	LimitNetworkTries    Limit `name:"limit-network-tries" default:"300/10m" placeholder:"N/TIME" help:"Tries at passwords, tokens and codes, for each client network."`
	LimitNetworkMails    Limit `name:"limit-network-mails" default:"10/1h" placeholder:"N/TIME" help:"Mails that anybody can ask for, registration included, for each client network."`
	LimitNetworkAccounts Limit `name:"limit-network-accounts" default:"20/1h" placeholder:"N/TIME" help:"New accounts, for each client network."`
	LimitMessages        Limit `name:"limit-messages" default:"10000/1h" placeholder:"N/TIME" help:"Messages that carry a secret, for the whole service; half of them are kept for customers."`
	LimitNetworkRequests Limit `name:"limit-network-requests" default:"1200/1m" placeholder:"N/TIME" help:"Requests, for each client network and process."`

	RetainAuditAddresses time.Duration `name:"retain-audit-addresses" default:"90d" help:"After how long the audit trail forgets client addresses and user agents; 0: never."`
	RetainAudit          time.Duration `name:"retain-audit" placeholder:"TIME" help:"After how long events of the audit trail end, such as 1095d. Left out: never."`
	RetainUnverified     time.Duration `name:"retain-unverified" default:"30d" help:"After how long without use an account is erased of which no address was ever proven; 0: never."`
	RetainIdle           time.Duration `name:"retain-idle" placeholder:"TIME" help:"After how long without use an account is erased, such as 1095d, at least 180d; its customer is told 30 and 7 days before. Left out: never."`
	AuditAnchors         string        `name:"audit-anchors" placeholder:"DIR" help:"Directory outside the database that gets a signed anchor of the audit trail each day, for 'accountql audit verify --anchor FILE'; its root is logged. Left out: none."`

	ErasureLog string `name:"erasure-log" placeholder:"FILE" help:"File outside the database that lists erased accounts, by hashes of their ids, so that 'accountql account erase --from FILE' erases them again after a restore. While it can't be written, nobody is erased. Left out: none."`

	Migrate       string `name:"migrate" placeholder:"on|off" help:"Whether serve migrates the database when it starts, on if left out. off: it waits, not ready, until accountql migrate has run."`
	RateLimits    string `name:"rate-limits" default:"on" help:"on, or off for load tests in development."`
	Introspection string `name:"introspection" placeholder:"on|off" help:"Whether clients may ask for the schema. Development: on. Production: off."`

	Federation string `name:"federation" placeholder:"on|off" help:"Whether the service is a subgraph of Apollo Federation 2, off if left out: it answers _service and _entities, by which other subgraphs refer to an Account."`

	TrustedDocuments      string `name:"trusted-documents" placeholder:"FILE" help:"Manifest of documents that clients may name by documentId, as graphql-codegen, Relay's compiler or Apollo's generate-persisted-query-manifest writes it."`
	TrustedDocumentLimits int    `name:"trusted-document-limits" default:"1" placeholder:"N" help:"How many times the limits on documents those of --trusted-documents may have, 1 to 10."`
	TrustedDocumentsOnly  bool   `name:"trusted-documents-only" help:"Take no other documents than those of --trusted-documents."`

	BackOfficeListen string `name:"backoffice-listen" placeholder:"HOST:PORT" help:"Address for the shop's own systems, where keys with BACKOFFICE_… permissions work, and no others; keep it private. Left out: they work nowhere, or in development mode at --listen."`
	MetricsListen    string `name:"metrics-listen" placeholder:"HOST:PORT" help:"Second address, for /metrics and /readyz?verbose; keep it private. Left out: none."`
	Trace            string `name:"trace" placeholder:"URL" help:"Collector of traces, by OpenTelemetry's protocol over HTTP: otlp://host:port, or otlps://host:port with TLS. Left out: none."`
	AccessLog        bool   `name:"access-log" help:"Log a line for each request: its operation, the code of the answer, milliseconds, and the ids of the API key and the request. Needs --log-level info or debug."`
	LogLevel         string `name:"log-level" placeholder:"debug|info|warn|error" help:"The least that the log has, info if left out; debug adds a line for every request that is refused before it becomes an operation."`
	LogFormat        string `name:"log-format" placeholder:"text|json" help:"Development: text. Production: json."`
}

// Production reports whether the mode is production.
func (s *Settings) Production() bool { return s.Mode == Production }

// ServesAccountPage reports whether the account page is served.
func (s *Settings) ServesAccountPage() bool { return !s.Production() || s.AccountPage == On }

// InCookies reports whether the sessions of browsers are kept in cookies.
func (s *Settings) InCookies() bool { return s.Cookies != nil && *s.Cookies }

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

	// This page is the server's own, and works without a script.
	if s.ConsentURL == "" {
		s.ConsentURL = strings.TrimSuffix(s.PublicURL, "/") + "/consent/" + tokenPlaceholder
	}

	// The token is in the fragment because browsers never send that, so no server logs it.
	for _, page := range s.pages() {
		if *page.template == "" && s.ServesAccountPage() {
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
	// optional pages need not be set in production: the message then has no link.
	optional bool
}

// pages returns the pages that messages link to.
func (s *Settings) pages() []page {
	return []page{
		{"--password-reset-url", &s.PasswordResetURL, "/account/reset-password", false},
		{"--email-change-url", &s.EmailChangeURL, "/account/confirm-email", false},
		{"--activation-url", &s.ActivationURL, "/account/activate", false},
		{"--email-undo-url", &s.EmailUndoURL, "/account/undo-email", false},
		{"--data-export-url", &s.DataExportURL, "/account/download", true},
		{"--deletion-cancel-url", &s.DeletionCancelURL, "/account/keep-account", true},
		{"--secure-account-url", &s.SecureAccountURL, "/account/secure-account", true},
		{"--factor-reset-url", &s.FactorResetURL, "/account/reset-factor", true},
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
