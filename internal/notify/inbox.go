package notify

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
)

// inboxSize is how many messages the inbox keeps; development needs no more.
const inboxSize = 1000

// Inbox is where messages of every channel go in development: it keeps the
// latest in memory and sends none. It shows their secrets, so production has none.
type Inbox struct {
	mu sync.Mutex
	// messages are in the order of the page, the newest first.
	messages []InboxMessage
}

// InboxMessage is one message as /inbox.json shows it (docs/contract.md, "HTTP"). Its fields
// are those of web.Message, in the same order, so that one converts to the other.
type InboxMessage struct {
	ID string `json:"id"`
	// Channel is EMAIL or SMS.
	Channel string `json:"channel"`
	To      string `json:"to"`
	// Subject and HTML are empty for a text message.
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
	// Kind is the models.MessageKind.
	Kind string `json:"kind"`
	// Token and Code are the secret in the message, and nil where there is none.
	Token     *string   `json:"token"`
	Code      *string   `json:"code"`
	CreatedAt time.Time `json:"createdAt"`
}

// NewInbox returns an empty inbox.
func NewInbox() *Inbox { return &Inbox{} }

// Send keeps the message, in place of an earlier one with its ID: an attempt
// that is repeated is still one message. The oldest message makes room. It never fails.
func (i *Inbox) Send(_ context.Context, message Rendered) error {
	entry := InboxMessage{
		ID: message.ID, Channel: string(message.Channel), To: message.To, Subject: message.Subject,
		Text: message.Text, HTML: message.HTML, Kind: string(message.Kind),
		Token: orNil(message.Token), Code: orNil(message.Code), CreatedAt: message.CreatedAt,
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.messages = slices.DeleteFunc(i.messages, func(m InboxMessage) bool { return m.ID == entry.ID })
	// Messages are sent side by side and so come in any order; the page has that of their making.
	at, _ := slices.BinarySearchFunc(i.messages, entry, newestFirst)
	i.messages = slices.Insert(i.messages, at, entry)
	if len(i.messages) > inboxSize {
		i.messages = slices.Delete(i.messages, inboxSize, len(i.messages))
	}
	return nil
}

// TeeToInbox returns a sender that shows each message in the inbox and then hands
// it to next, whose failures are its own; without next it only shows them.
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

// Send implements Sender.
func (s tee) Send(ctx context.Context, message Rendered) error {
	_ = s.inbox.Send(ctx, message) // never fails
	return s.next.Send(ctx, message)
}

// Messages returns the messages, the newest first; the result is never nil and belongs to the caller.
func (i *Inbox) Messages(_ context.Context) []InboxMessage {
	i.mu.Lock()
	defer i.mu.Unlock()
	return append([]InboxMessage{}, i.messages...)
}

// newestFirst orders by time and, within one transaction, by the ID, which grows with time as well.
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
