package notify

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	htmltemplate "html/template"
	texttemplate "text/template"
)

// The files of a message's layout, which is the same in every language.
const (
	layoutText        = "layout.txt.tmpl"
	layoutHTML        = "layout.html.tmpl"
	layoutTextMessage = "layout.sms.txt.tmpl"
)

// layouts holds the parsed layouts, which put words into a frame.
type layouts struct {
	text, sms *texttemplate.Template
	html      *htmltemplate.Template
}

// page is what a mail's layout shows. Every text in it is plain: the layout adds the escaping that HTML needs.
type page struct {
	// Language is a BCP 47 tag.
	Language string
	Subject  string
	Hello    string
	Body     []paragraph
	// Link, Token and the words around them are empty if the message has no link. Our own layouts show the token
	// only in the link: customers have no use for it.
	Link, Action, Button, Once, TokenHint, Token, AddressHint string
	Facts                                                     []fact
	// Receipt is the signed receipt of a deletion, and ReceiptHint the words above it; both may be "".
	Receipt, ReceiptHint string
	Question             string
	Unasked              []paragraph
	Footer               paragraph
	// Account is the address of the customer's account page, or "".
	Account string
	// Brand is how the mail looks, and Links are the shop's pages.
	Brand Brand
	Links []namedLink
	// Kind is the message's name, such as password_reset, for layouts that distinguish kinds.
	Kind string
}

// fact is one line about the request, such as its time or its browser.
type fact struct{ Label, Value string }

// paragraph is a piece of text, parts of which may be links.
type paragraph []span

// span is a part of a paragraph; Link is "" for plain text.
type span struct{ Text, Link string }

// String returns the paragraph without its links.
func (p paragraph) String() string {
	var text strings.Builder
	for _, s := range p {
		text.WriteString(s.Text)
	}
	return text.String()
}

// newLayouts parses the three layouts.
func newLayouts(directory fs.FS) (*layouts, error) {
	var l layouts
	var err error
	if l.text, err = texttemplate.New(layoutText).ParseFS(directory, layoutText); err != nil {
		return nil, err
	}
	if l.sms, err = texttemplate.New(layoutTextMessage).ParseFS(directory, layoutTextMessage); err != nil {
		return nil, err
	}
	if l.html, err = htmltemplate.New(layoutHTML).ParseFS(directory, layoutHTML); err != nil {
		return nil, err
	}

	return &l, nil
}

// textMessage returns the text of a text message.
func (l *layouts) textMessage(k kind, v view, spoken *language) (string, error) {
	message, err := spoken.say(k.name()+" sms", v)
	if err != nil {
		return "", err
	}

	var out strings.Builder
	if err := l.sms.Execute(&out, struct{ Message, Code, Site string }{message, v.Code, v.Site}); err != nil {
		return "", fmt.Errorf("%s: %w", layoutTextMessage, err)
	}

	return tidy(out.String()), nil
}

// errSubject is the error of a subject that is empty or longer than a line.
var errSubject = errors.New("the subject is not one line")

// mail returns the parts of a mail. The subject's template gets no data at all, so that no user text can ever get
// into a header (R-OUT3).
func (l *layouts) mail(
	k kind, v view, spoken *language, brand Brand, links []namedLink,
) (subject, text, html string, err error) {
	if subject, err = spoken.say(k.name()+" subject", struct{}{}); err != nil {
		return "", "", "", err
	}
	if subject == "" || subject != printable(subject) {
		return "", "", "", errSubject
	}

	p, err := newPage(k, v, spoken)
	if err != nil {
		return "", "", "", err
	}

	p.Subject, p.Brand, p.Links = subject, brand, links
	var plain, marked strings.Builder
	if err := l.text.Execute(&plain, p); err != nil {
		return "", "", "", fmt.Errorf("%s: %w", layoutText, err)
	}
	if err := l.html.Execute(&marked, p); err != nil {
		return "", "", "", fmt.Errorf("%s: %w", layoutHTML, err)
	}

	return subject, tidy(plain.String()) + "\n", marked.String(), nil
}

// newPage collects the words of a mail.
func newPage(k kind, v view, spoken *language) (page, error) {
	p := page{Language: spoken.code, Link: v.Link, Token: v.Token, Account: v.Account, Kind: k.name()}
	p.Receipt = v.Receipt
	question := "question"
	if spoken.has(k.name() + " question") {
		question = k.name() + " question"
	}

	var footer string
	wanted := map[string]*string{"hello": &p.Hello, question: &p.Question, "footer": &footer}
	if v.Link != "" {
		wanted[k.name()+" action"], wanted[k.name()+" button"] = &p.Action, &p.Button
		wanted["address"] = &p.AddressHint
		if v.Token != "" && spoken.has("token") {
			wanted["token"] = &p.TokenHint
		}
		if v.Token != "" && v.Until != nil {
			wanted["once"] = &p.Once
		}
	}

	if v.Receipt != "" {
		wanted[k.name()+" receipt"] = &p.ReceiptHint
	}

	var body, unasked, when, at, device, deviceLabel, ipLabel, placeLabel string
	wanted[k.name()+" body"], wanted[k.name()+" unasked"] = &body, &unasked
	wanted["when label"], wanted["device"], wanted["device label"], wanted["ip label"] = &when, &device, &deviceLabel, &ipLabel
	wanted["place label"] = &placeLabel

	for name, into := range wanted {
		var err error
		if *into, err = spoken.say(name, v); err != nil {
			return page{}, err
		}
	}

	at, err := spoken.say("moment", v.At)
	if err != nil {
		return page{}, err
	}

	p.Facts = []fact{{when, at}}
	if device != "" {
		p.Facts = append(p.Facts, fact{deviceLabel, device})
	}
	if v.Place != "" {
		p.Facts = append(p.Facts, fact{placeLabel, v.Place})
	}
	if v.IP != "" {
		p.Facts = append(p.Facts, fact{ipLabel, v.IP})
	}

	p.Body, p.Unasked, p.Footer = paragraphs(body, v), paragraphs(unasked, v), linked(footer, v.Site, v.Account)

	return p, nil
}

// paragraphs splits words at blank lines and turns the contact in them into a link.
func paragraphs(text string, v view) []paragraph {
	var all []paragraph
	for part := range strings.SplitSeq(text, "\n\n") {
		all = append(all, linked(part, v.Contact, v.ContactLink))
	}
	return all
}

// linked turns the words in a text into a link, if link is not empty.
func linked(text, words, link string) paragraph {
	before, after, found := strings.Cut(text, words)
	if !found || link == "" {
		return paragraph{{Text: text}}
	}
	return paragraph{{Text: before}, {Text: words, Link: link}, {Text: after}}
}

// tidy removes the blank lines that empty parts leave behind, and spaces at the ends of lines.
func tidy(text string) string {
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		line = strings.TrimRight(line, " \t\r")
		if line == "" && len(lines) > 0 && lines[len(lines)-1] == "" {
			continue
		}
		lines = append(lines, line)
	}

	return strings.Join(lines, "\n")
}
