package notify

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
)

// inboxSize is how many messages the inbox keeps; development does not need more.
const inboxSize = 1000

// Inbox receives the messages of every channel in development: it keeps the latest in memory and sends none. It
// shows their secrets, so production has none.
type Inbox struct {
	mu sync.Mutex
	// messages holds the newest first, in the order of the page.
	messages []InboxMessage
}

// InboxMessage is one message as /inbox.json shows it (docs/contract.md, "HTTP"). It has the same fields as
// web.Message, in the same order, so that it can be converted.
type InboxMessage struct {
	ID string `json:"id"`
	// Channel is EMAIL or SMS.
	Channel string `json:"channel"`
	To      string `json:"to"`
	// Subject and HTML are empty for a text message.
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
	// Kind is a models.MessageKind.
	Kind string `json:"kind"`
	// Token and Code are the secret in the message; nil if it has none.
	Token     *string   `json:"token"`
	Code      *string   `json:"code"`
	CreatedAt time.Time `json:"createdAt"`
}

// NewInbox returns an empty inbox.
func NewInbox() *Inbox { return &Inbox{} }

// Send keeps the message. It replaces an earlier message with the same ID, because a repeated attempt is still one
// message; when the inbox is full it drops the oldest. It never fails.
func (i *Inbox) Send(_ context.Context, message Rendered) error {
	entry := InboxMessage{
		ID: message.ID, Channel: string(message.Channel), To: message.To, Subject: message.Subject,
		Text: message.Text, HTML: message.HTML, Kind: string(message.Kind),
		Token: orNil(message.Token), Code: orNil(message.Code), CreatedAt: message.CreatedAt,
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.messages = slices.DeleteFunc(i.messages, func(m InboxMessage) bool { return m.ID == entry.ID })
	// Messages are sent concurrently and arrive in any order; the page shows them in the order of their creation.
	at, _ := slices.BinarySearchFunc(i.messages, entry, newestFirst)
	i.messages = slices.Insert(i.messages, at, entry)
	if len(i.messages) > inboxSize {
		i.messages = slices.Delete(i.messages, inboxSize, len(i.messages))
	}

	return nil
}

// TeeToInbox returns a sender that shows each message in the inbox and then passes it to next, whose errors it
// returns; if next is nil it only shows messages.
func TeeToInbox(inbox *Inbox, next Sender) Sender {
	if next == nil {
		return inbox
	}
	return tee{inbox, next}
}

type tee struct {
	inbox *Inbox
	next  Sender
}

// Send shows the message and passes it on.
func (s tee) Send(ctx context.Context, message Rendered) error {
	_ = s.inbox.Send(ctx, message) // never fails
	return s.next.Send(ctx, message)
}

// Messages returns the messages to one of the e-mail addresses or phone numbers, in whatever case they are written, or
// every message if none is given. The newest come first; the result is never nil and belongs to the caller.
func (i *Inbox) Messages(_ context.Context, to ...string) []InboxMessage {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(to) == 0 {
		return append([]InboxMessage{}, i.messages...)
	}

	found := []InboxMessage{}
	for _, message := range i.messages {
		isTo := func(address string) bool { return strings.EqualFold(address, message.To) }
		if slices.ContainsFunc(to, isTo) {
			found = append(found, message)
		}
	}

	return found
}

// newestFirst orders by time and, within one transaction, by the ID, which also grows with time.
func newestFirst(a, b InboxMessage) int {
	if order := b.CreatedAt.Compare(a.CreatedAt); order != 0 {
		return order
	}
	return strings.Compare(b.ID, a.ID)
}

func orNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
