package models

import "time"

// MessageKind is the subject of a message. The templates are named after it.
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
	MessagePasskeyAdded     MessageKind = "PASSKEY_ADDED"
	MessagePasskeyRemoved   MessageKind = "PASSKEY_REMOVED"
	MessagePasswordRemoved  MessageKind = "PASSWORD_REMOVED"
	// The notices of second factors.
	MessageAuthenticatorAdded   MessageKind = "AUTHENTICATOR_ADDED"
	MessageAuthenticatorRemoved MessageKind = "AUTHENTICATOR_REMOVED"
	MessageRecoveryCodesNew     MessageKind = "RECOVERY_CODES_REPLACED"
	MessageRecoveryCodeUsed     MessageKind = "RECOVERY_CODE_USED"
	// MessageFactorRefused tells of many wrong second factors after a right first one.
	MessageFactorRefused MessageKind = "SECOND_FACTOR_REFUSED"
	// MessageFactorResetAsked goes to the account's address and number, and MessageFactorResetFormer to former addresses.
	MessageFactorResetAsked   MessageKind = "FACTOR_RESET_REQUESTED"
	MessageFactorResetFormer  MessageKind = "FACTOR_RESET_OBJECTION"
	MessageFactorResetStopped MessageKind = "FACTOR_RESET_CANCELLED"
	MessageFactorReset        MessageKind = "FACTOR_RESET"
	MessageAccountDeleted     MessageKind = "ACCOUNT_DELETED"
	MessageDataExport         MessageKind = "DATA_EXPORT"
	MessageDeletionPending    MessageKind = "DELETION_PENDING"
	MessageDeletionStopped    MessageKind = "DELETION_CANCELLED"
	// MessageAccountIdle tells that an account that nobody uses will be erased. It says when, and carries no secret.
	MessageAccountIdle    MessageKind = "ACCOUNT_IDLE"
	MessageNewDevice      MessageKind = "NEW_DEVICE"
	MessageAccountSecured MessageKind = "ACCOUNT_SECURED"
	// The notices of what the shop did in its back office.
	MessageShopBlocked       MessageKind = "SHOP_BLOCKED"
	MessageShopUnblocked     MessageKind = "SHOP_UNBLOCKED"
	MessageShopEmailSet      MessageKind = "SHOP_EMAIL_SET"
	MessageShopEmailVerified MessageKind = "SHOP_EMAIL_VERIFIED"
	MessageShopPhoneReleased MessageKind = "SHOP_PHONE_RELEASED"
	MessageConsentConfirm    MessageKind = "CONSENT_CONFIRM"
	// MessageIdentityCode carries a code of proveIdentity, to a proven address or number.
	MessageIdentityCode MessageKind = "IDENTITY_CODE"
	// MessageSignInCode carries a code of signInWithCode.
	MessageSignInCode MessageKind = "SIGN_IN_CODE"
)

// MessageChannel is how a message is delivered.
type MessageChannel string

// The channels of messages.
const (
	ChannelMail        MessageChannel = "EMAIL"
	ChannelTextMessage MessageChannel = "SMS"
	// ChannelWebhook delivers events of accounts to the operator's own systems.
	ChannelWebhook MessageChannel = "WEBHOOK"
)

// Message is a row of the outbox. It is written in the transaction of the change that it reports, and sent
// afterwards (R-OUT1).
type Message struct {
	ID string
	// AccountID is the account that the message belongs to, or "" if there is none.
	AccountID string
	// ChallengeID names the challenge whose secret the message carries, or "". A message is not sent if its
	// challenge is gone (R-OUT2).
	ChallengeID string
	Channel     MessageChannel
	Kind        MessageKind
	// Recipient is an address, a number, or the name of a webhook target.
	Recipient string
	// Data holds the values for the template.
	Data      MessageData `gorm:"serializer:json"`
	CreatedAt time.Time
	// NotBefore is the time of the next attempt.
	NotBefore time.Time
	Attempts  int
	SentAt    *time.Time
	// FailedAt is set if no further attempt will be made.
	FailedAt  *time.Time
	LastError *string
}

// TableName returns the name of the table for GORM.
func (Message) TableName() string { return "outbox" }

// NeedsSecret reports whether a message of the kind is useless without its token or code. Once the secret is wiped,
// the message can't be sent again.
func (k MessageKind) NeedsSecret() bool {
	switch k {
	case MessageActivation, MessagePasswordReset, MessageEmailChange, MessagePhoneCode, MessageDataExport,
		MessageShopEmailSet, MessageConsentConfirm, MessageIdentityCode, MessageSignInCode, MessageAccountSecured,
		MessageFactorResetAsked:
		return true
	}
	return false
}

// MessageState is the delivery state of a message.
type MessageState int

// The states of a message.
const (
	MessagePending MessageState = iota
	// MessageFailed is the state of a message after its last attempt failed.
	MessageFailed
	MessageSent
)

// OutboxState is a summary of the outbox.
type OutboxState struct {
	// Pending is the number of messages that are still to be sent.
	Pending int
	// Oldest is when the oldest pending message was written, or nil.
	Oldest *time.Time
	// Failed is the number of messages that failed for good and are not deleted yet.
	Failed int
}

// Age returns how long the oldest message has been waiting.
func (s OutboxState) Age(now time.Time) time.Duration {
	if s.Oldest == nil {
		return 0
	}
	return max(now.Sub(*s.Oldest), 0)
}

// MessageData is the variable part of a message.
type MessageData struct {
	// Token and Code are the secret that the message carries, or "". They are wiped once it is sent.
	Token string `json:"token,omitempty"`
	Code  string `json:"code,omitempty"`
	// Sealed is the encrypted form of both, which the store keeps instead. Outside the store it is "".
	Sealed string `json:"sealed,omitempty"`
	// Event is the body of a webhook's request, or "", and EventID the id of the event, which is the same for every
	// target.
	Event   string `json:"event,omitempty"`
	EventID string `json:"eventId,omitempty"`
	// Name is how a message addresses the customer, or "".
	Name string `json:"name,omitempty"`
	// Language is the customer's language, or "".
	Language string `json:"language,omitempty"`
	// TimeZone is the customer's time zone, or "".
	TimeZone string `json:"timeZone,omitempty"`
	// Destination is the new address or number, masked, the identity provider, or the keeper of a passkey, if
	// the message names one.
	Destination string `json:"destination,omitempty"`
	// RecoveryCodesLeft is how many recovery codes are left after one was used.
	RecoveryCodesLeft int `json:"recoveryCodesLeft,omitempty"`
	// Receipt is the signed receipt of the deletion, or "". It names nobody.
	Receipt string `json:"receipt,omitempty"`
	// AvailableAt is from when on the secret can be used, if not at once.
	AvailableAt *time.Time `json:"availableAt,omitempty"`
	// ExpiresAt is when the secret expires.
	ExpiresAt *time.Time `json:"expiresAt,omitempty"`
	// IP, UserAgent and Brands say where the operation was requested from.
	IP        string `json:"ip,omitempty"`
	UserAgent string `json:"userAgent,omitempty"`
	Brands    string `json:"brands,omitempty"`
	// Place is where that is, or "".
	Place string `json:"place,omitempty"`
	// Trace is the place in a trace at which the message was queued, in the form of a traceparent header, or "".
	Trace string `json:"trace,omitempty"`
}
