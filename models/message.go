package models

import "time"

// MessageKind says what a message is about; the templates are named after it.
type MessageKind string

// The kinds of messages.
const (
	MessageActivation       MessageKind = "ACTIVATION"
	MessageAccountExists    MessageKind = "ACCOUNT_EXISTS"
	MessageAccountBlocked   MessageKind = "ACCOUNT_BLOCKED"
	MessagePasswordReset    MessageKind = "PASSWORD_RESET"
	MessagePasswordChanged  MessageKind = "PASSWORD_CHANGED"
	MessageEmailChange      MessageKind = "EMAIL_CHANGE"
	MessageEmailTaken       MessageKind = "EMAIL_TAKEN"
	MessageEmailChangeAsked MessageKind = "EMAIL_CHANGE_REQUESTED"
	MessageEmailChanged     MessageKind = "EMAIL_CHANGED"
	MessageEmailChangeDone  MessageKind = "EMAIL_CHANGE_COMPLETED"
	MessageEmailRestored    MessageKind = "EMAIL_RESTORED"
	MessageEmailReserved    MessageKind = "EMAIL_RESERVED"
	MessageEmailDisplaced   MessageKind = "EMAIL_DISPLACED"
	MessageEmailProven      MessageKind = "EMAIL_PROVEN"
	MessagePhoneCode        MessageKind = "PHONE_CODE"
	MessagePhoneChanged     MessageKind = "PHONE_CHANGED"
	MessagePhoneReleased    MessageKind = "PHONE_RELEASED"
	MessageIdentityLinked   MessageKind = "IDENTITY_LINKED"
	MessageIdentityUnlinked MessageKind = "IDENTITY_UNLINKED"
	MessageAccountDeleted   MessageKind = "ACCOUNT_DELETED"
)

// MessageChannel is how a message travels.
type MessageChannel string

// The channels of messages.
const (
	ChannelMail        MessageChannel = "EMAIL"
	ChannelTextMessage MessageChannel = "SMS"
	// ChannelWebhook carries events of accounts to the operator's own systems.
	ChannelWebhook MessageChannel = "WEBHOOK"
)

// Message is a row of the outbox: written in the transaction of the change
// that it tells of, sent afterwards (R-OUT1).
type Message struct {
	ID string
	// AccountID is the account that the message belongs to, or "" where there is none.
	AccountID string
	// ChallengeID names the challenge whose secret the message carries, or "".
	// A message whose challenge is gone is not sent (R-OUT2).
	ChallengeID string
	Channel     MessageChannel
	Kind        MessageKind
	Recipient   string
	// Data is what the template shows.
	Data      MessageData `gorm:"serializer:json"`
	CreatedAt time.Time
	// NotBefore is when the next attempt is due.
	NotBefore time.Time
	Attempts  int
	SentAt    *time.Time
	// FailedAt is set when no further attempt will be made.
	FailedAt  *time.Time
	LastError *string
}

// TableName is GORM's table of the type.
func (Message) TableName() string { return "outbox" }

// NeedsSecret says whether a message of the kind is worthless without its token
// or code: once that is wiped, it can't be sent again.
func (k MessageKind) NeedsSecret() bool {
	switch k {
	case MessageActivation, MessagePasswordReset, MessageEmailChange, MessagePhoneCode:
		return true
	}
	return false
}

// MessageState says how far a message has come.
type MessageState int

// The states of a message.
const (
	MessagePending MessageState = iota
	// MessageFailed is one that was given up.
	MessageFailed
	MessageSent
)

// OutboxState tells how the outbox stands.
type OutboxState struct {
	// Pending counts the messages that are still to be sent.
	Pending int
	// Oldest is when the oldest of them was written, or nil.
	Oldest *time.Time
	// Failed counts those that were given up and not yet deleted.
	Failed int
}

// Age is how long the oldest message has been waiting.
func (s OutboxState) Age(now time.Time) time.Duration {
	if s.Oldest == nil {
		return 0
	}
	return max(now.Sub(*s.Oldest), 0)
}

// MessageData is what a message says beside its fixed words.
type MessageData struct {
	// Token and Code are the secret that the message carries, or "". They are wiped once it is sent.
	Token string `json:"token,omitempty"`
	Code  string `json:"code,omitempty"`
	// Sealed is what the store keeps in place of both; outside the store it is "".
	Sealed string `json:"sealed,omitempty"`
	// Event is the body of a webhook's request, or "".
	Event string `json:"event,omitempty"`
	// Name is how the customer is addressed, or "".
	Name string `json:"name,omitempty"`
	// Language is that of the customer, or "".
	Language string `json:"language,omitempty"`
	// Destination is the new address or number, masked, or the identity provider, where a message tells of one.
	Destination string `json:"destination,omitempty"`
	// ExpiresAt is until when the secret is good.
	ExpiresAt *time.Time `json:"expiresAt,omitempty"`
	// IP and UserAgent tell from where the operation was asked.
	IP        string `json:"ip,omitempty"`
	UserAgent string `json:"userAgent,omitempty"`
}
