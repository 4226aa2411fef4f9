package notify

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	bcp47 "golang.org/x/text/language"

	"github.com/accountql/accountql/internal/device"
	"github.com/accountql/accountql/models"
)

// Rendered is a message as it is sent.
type Rendered struct {
	// ID is the same for every attempt at the message; a Message-ID is built from it.
	ID        string
	AccountID string
	Kind      models.MessageKind
	Channel   models.MessageChannel
	// To is exactly one address: a mailbox, or a number in its international form.
	To string
	// Subject is one line of fixed words. Subject and HTML are empty for a text message.
	Subject string
	Text    string
	HTML    string
	// Token and Code are the secret that the message carries, or "".
	Token     string
	Code      string
	CreatedAt time.Time
}

// LogValue keeps the recipient, the text and the secret out of the log (R-LOG1).
func (r Rendered) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", r.ID), slog.String("kind", string(r.Kind)),
		slog.String("channel", string(r.Channel)))
}

// secret is the secret that a kind of message carries.
type secret int

const (
	noSecret secret = iota
	needsToken
	// mayHaveToken is for notices that are worth sending even without their link.
	mayHaveToken
	needsCode
)

// kind is what the renderer knows about one kind of message on one channel.
type kind struct {
	kind    models.MessageKind
	channel models.MessageChannel
	// link is the link that takes the token, or nil.
	link   *link
	secret secret
	// forStrangers is set if the recipient may be somebody other than the caller. Such a message contains neither
	// the caller's name nor from where the request came: a stranger must not learn that.
	forStrangers bool
	// unproven is set if the caller typed the address and no one has proven to own it. Such a message contains no
	// name, because that could be any words for any mailbox.
	unproven bool
	// receipt is set if the message carries the receipt of a deletion.
	receipt bool
	// signIn is set if the message leads to the customer's page, and says until when that has to be used.
	signIn bool
}

// name returns the name of the kind's words in the languages' files.
func (k kind) name() string { return strings.ToLower(string(k.kind)) }

// Renderer turns messages of the outbox into what is sent. It is safe for concurrent use.
type Renderer struct {
	links     *parsedLinks
	kinds     map[formKey]kind
	layouts   *layouts
	languages map[string]reader
	// codes are the codes of languages, in the order of the matcher.
	codes   []string
	matcher bcp47.Matcher
}

type formKey struct {
	kind    models.MessageKind
	channel models.MessageChannel
}

// kinds returns every kind of message that exists.
func kinds(links *parsedLinks) []kind {
	mail, sms := models.ChannelMail, models.ChannelTextMessage

	return []kind{
		{kind: models.MessageActivation, channel: mail, link: &links.activation, secret: needsToken, unproven: true},
		{kind: models.MessageAccountExists, channel: mail},
		{kind: models.MessageAccountBlocked, channel: mail},
		{kind: models.MessagePasswordReset, channel: mail, link: &links.passwordReset, secret: needsToken},
		{kind: models.MessagePasswordChanged, channel: mail},
		{kind: models.MessageEmailChange, channel: mail, link: &links.emailChange, secret: needsToken, unproven: true},
		{kind: models.MessageEmailTaken, channel: mail, forStrangers: true},
		{kind: models.MessageEmailChangeAsked, channel: mail, link: &links.emailUndo, secret: mayHaveToken},
		{kind: models.MessageEmailChanged, channel: mail, link: &links.emailUndo, secret: mayHaveToken},
		{kind: models.MessageEmailChangeDone, channel: mail},
		// This one also goes to the address with which a thief had replaced the customer's.
		{kind: models.MessageEmailRestored, channel: mail, forStrangers: true},
		// Whoever requested a reserved address need not be its owner.
		{kind: models.MessageEmailReserved, channel: mail, forStrangers: true},
		{kind: models.MessageEmailProven, channel: mail},
		{kind: models.MessagePhoneChanged, channel: mail},
		// Somebody else proved the number: the message contains nothing about that person.
		{kind: models.MessagePhoneReleased, channel: mail, forStrangers: true},
		{kind: models.MessageIdentityLinked, channel: mail},
		{kind: models.MessageIdentityUnlinked, channel: mail},
		{kind: models.MessagePasskeyAdded, channel: mail},
		{kind: models.MessagePasskeyRemoved, channel: mail},
		{kind: models.MessagePasswordRemoved, channel: mail},
		{kind: models.MessageAuthenticatorAdded, channel: mail},
		{kind: models.MessageAuthenticatorRemoved, channel: mail},
		{kind: models.MessageRecoveryCodesNew, channel: mail},
		{kind: models.MessageRecoveryCodeUsed, channel: mail},
		{kind: models.MessageFactorRefused, channel: mail},
		{kind: models.MessageFactorResetAsked, channel: mail, link: &links.factorReset, secret: needsToken},
		{kind: models.MessageFactorResetAsked, channel: sms},
		{kind: models.MessageFactorResetFormer, channel: mail, link: &links.factorReset, secret: mayHaveToken},
		{kind: models.MessageFactorResetStopped, channel: mail},
		{kind: models.MessageFactorResetStopped, channel: sms},
		{kind: models.MessageFactorReset, channel: mail},
		{kind: models.MessageFactorReset, channel: sms},
		{kind: models.MessageAccountDeleted, channel: mail, receipt: true},
		{kind: models.MessageDataExport, channel: mail, link: &links.dataExport, secret: needsToken},
		{kind: models.MessageDeletionPending, channel: mail, link: &links.deletionCancel, secret: mayHaveToken},
		{kind: models.MessageDeletionStopped, channel: mail},
		{kind: models.MessageAccountIdle, channel: mail, signIn: true},
		{kind: models.MessageNewDevice, channel: mail, link: &links.secureAccount, secret: mayHaveToken},
		{kind: models.MessageAccountSecured, channel: mail, link: &links.passwordReset, secret: needsToken},
		{kind: models.MessageShopBlocked, channel: mail},
		{kind: models.MessageShopUnblocked, channel: mail},
		// The address may be one that somebody mistyped.
		{kind: models.MessageShopEmailSet, channel: mail, link: &links.activation, secret: needsToken, unproven: true},
		{kind: models.MessageShopEmailVerified, channel: mail},
		{kind: models.MessageShopPhoneReleased, channel: mail},
		{kind: models.MessageConsentConfirm, channel: mail, link: &links.consent, secret: needsToken},
		{kind: models.MessageIdentityCode, channel: mail, secret: needsCode},
		{kind: models.MessageIdentityCode, channel: sms, secret: needsCode},
		{kind: models.MessageSignInCode, channel: mail, secret: needsCode},
		{kind: models.MessagePhoneCode, channel: sms, secret: needsCode},
		{kind: models.MessagePhoneChanged, channel: sms},
		{kind: models.MessageEmailDisplaced, channel: sms},
	}
}

// view is the data of a template. Every text in it is inert: it holds no control character and nothing that a mail
// program turns into a link, except Link itself.
type view struct {
	// Name is the name in the greeting, or "".
	Name string
	// Link is the whole address to open and Token the secret in it; either is "" if the message has none.
	Link  string
	Token string
	Code  string
	// From is when the secret begins to work, if not at once, and Until when it expires; either may be nil.
	From  *moment
	Until *moment
	// Destination is the new address or number, masked, the identity provider, the keeper of a passkey, or "".
	Destination string
	// Left is how many recovery codes are left.
	Left int
	// Receipt is the signed receipt of a deletion, or "".
	Receipt string
	// At, IP, Place, Browser and System describe when and from where the operation was requested; all but At may be
	// missing.
	At      moment
	IP      string
	Place   string
	Browser string
	System  string
	// Site is the host of the links, so that people recognise the service.
	Site string
	// Contact is where to turn if the customer did not make the change, and ContactLink the link to it; both may be
	// "".
	Contact     string
	ContactLink string
	// Account is the address of the customer's account page, or "".
	Account string
}

// Render returns the message as it is sent. It returns an error if the kind is unknown, the recipient is not one
// plain address, a secret is missing, or a template can't be executed; a retry fixes none of these.
func (r *Renderer) Render(message models.Message) (Rendered, error) {
	if message.Channel == models.ChannelWebhook {
		return event(message)
	}

	k, found := r.kinds[formKey{message.Kind, message.Channel}]
	if !found {
		return Rendered{}, fmt.Errorf("no template for %q by %q", message.Kind, message.Channel)
	}

	check := checkMailbox
	if message.Channel == models.ChannelTextMessage {
		check = checkNumber
	}
	if err := check(message.Recipient); err != nil {
		return Rendered{}, err
	}

	spoken, err := r.bestLanguage(message.Data.Language)
	if err != nil {
		return Rendered{}, err
	}

	v := r.view(k, message, spoken)
	if k.secret == needsToken && v.Token == "" || k.secret == needsCode && v.Code == "" {
		return Rendered{}, fmt.Errorf("%s carries no secret any more", message.Kind)
	}

	rendered := Rendered{
		ID: message.ID, AccountID: message.AccountID, Kind: message.Kind, Channel: message.Channel,
		To: message.Recipient, Token: v.Token, Code: v.Code, CreatedAt: message.CreatedAt,
	}
	if k.channel == models.ChannelTextMessage {
		rendered.Text, err = r.layouts.textMessage(k, v, spoken)
		return rendered, err
	}

	links, err := r.shopLinks(spoken)
	if err != nil {
		return rendered, err
	}
	rendered.Subject, rendered.Text, rendered.HTML, err = r.layouts.mail(k, v, spoken, r.links.brand, links)

	return rendered, err
}

// errEvent is the error of an event without a body.
var errEvent = errors.New("the event has no body")

// event returns an event unchanged: it has no template, because programs read it.
func event(message models.Message) (Rendered, error) {
	if message.Data.Event == "" {
		return Rendered{}, errEvent
	}
	return Rendered{
		ID: cmp.Or(message.Data.EventID, message.ID), Kind: message.Kind, Channel: message.Channel,
		Text:      message.Data.Event,
		CreatedAt: message.CreatedAt,
	}, nil
}

// view collects the data of a message that its template shows, and makes it inert.
func (r *Renderer) view(k kind, message models.Message, spoken *language) view {
	data := message.Data
	zone := r.zone(data.TimeZone)
	v := view{
		Destination: printable(data.Destination), Left: data.RecoveryCodesLeft, At: spoken.moment(message.CreatedAt.In(zone)),
		Site: r.links.site, Contact: r.links.contact, ContactLink: r.links.contactLink, Account: r.links.account,
	}
	if k.channel == models.ChannelTextMessage {
		// The bullet is not in the alphabet of text messages, and a single one more than halves how much fits into
		// a part.
		v.Destination = strings.ReplaceAll(v.Destination, "•", "*")
	}

	if k.receipt {
		v.Receipt = printable(data.Receipt)
	}
	if !k.forStrangers {
		v.IP, v.Place = inertIP(data.IP), printable(data.Place)
		seen := device.Parse(data.UserAgent, data.Brands)
		v.Browser, v.System = *cmp.Or(seen.Browser, new(string)), *cmp.Or(seen.System, new(string))
	}
	if !k.forStrangers && !k.unproven {
		v.Name = inertName(data.Name)
	}

	switch k.secret {
	case needsToken, mayHaveToken:
		v.Token = data.Token
	case needsCode:
		v.Code = data.Code
	}

	if v.Token != "" && k.link != nil && *k.link != (link{}) {
		v.Link = k.link.with(v.Token)
	}
	if k.signIn {
		v.Link = r.links.account
	}
	if data.AvailableAt != nil {
		from := spoken.moment(data.AvailableAt.In(zone))
		v.From = &from
	}
	if data.ExpiresAt != nil && (v.Token+v.Code != "" || k.signIn) {
		until := spoken.until(data.ExpiresAt.In(zone), message.CreatedAt)
		v.Until = &until
	}

	return v
}

// zone returns the customer's time zone, or else the shop's, or UTC.
func (r *Renderer) zone(name string) *time.Location {
	for _, known := range []string{name, r.links.brand.TimeZone} {
		if zone, err := time.LoadLocation(known); known != "" && err == nil {
			return zone
		}
	}
	return time.UTC
}
