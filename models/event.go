package models

import (
	"slices"
	"time"
)

// EventType names an event that webhooks report.
type EventType string

// The events that webhooks report.
const (
	EventAccountCreated       EventType = "account.created"
	EventAccountActivated     EventType = "account.activated"
	EventAccountUpdated       EventType = "account.updated"
	EventAccountDeleted       EventType = "account.deleted"
	EventDeletionRequested    EventType = "account.deletion_requested"
	EventDeletionCancelled    EventType = "account.deletion_cancelled"
	EventAccountBlocked       EventType = "account.blocked"
	EventAccountUnblocked     EventType = "account.unblocked"
	EventPasswordChanged      EventType = "password.changed"
	EventPasswordReset        EventType = "password.reset"
	EventEmailChangeRequested EventType = "email.change_requested"
	EventEmailChanged         EventType = "email.changed"
	EventEmailRestored        EventType = "email.restored"
	EventPhoneChangeRequested EventType = "phone.change_requested"
	EventPhoneChanged         EventType = "phone.changed"
	EventSessionRevoked       EventType = "session.revoked"
	EventTermsAccepted        EventType = "account.terms_accepted"
	EventConsentChanged       EventType = "account.consent_changed"
	EventAddressCreated       EventType = "address.created"
	EventAddressUpdated       EventType = "address.updated"
	EventAddressDeleted       EventType = "address.deleted"
	EventAuditAnchored        EventType = "audit.anchored"
	EventPasswordRemoved      EventType = "password.removed"
	EventPasskeyAdded         EventType = "passkey.added"
	EventPasskeyRemoved       EventType = "passkey.removed"
	EventAccountSecured       EventType = "account.secured"
	EventAuthenticatorAdded   EventType = "authenticator.added"
	EventAuthenticatorRemoved EventType = "authenticator.removed"
	EventRecoveryCodesNew     EventType = "recovery_codes.replaced"
	EventRecoveryCodeUsed     EventType = "recovery_code.used"
	EventFactorResetAsked     EventType = "second_factor.reset_requested"
	EventFactorResetStopped   EventType = "second_factor.reset_cancelled"
	EventFactorReset          EventType = "second_factor.reset"
)

// ServiceEventTypes are the events that are about no account. Only a target that names them gets them.
var ServiceEventTypes = []EventType{EventAuditAnchored}

// EventTypes are all events of accounts.
var EventTypes = []EventType{
	EventAccountCreated, EventAccountActivated, EventAccountUpdated, EventAccountDeleted,
	EventDeletionRequested, EventDeletionCancelled, EventAccountBlocked, EventAccountUnblocked,
	EventPasswordChanged, EventPasswordReset, EventPasswordRemoved,
	EventEmailChangeRequested, EventEmailChanged, EventEmailRestored, EventPhoneChangeRequested, EventPhoneChanged,
	EventSessionRevoked, EventTermsAccepted, EventConsentChanged, EventAccountSecured,
	EventAddressCreated, EventAddressUpdated, EventAddressDeleted, EventPasskeyAdded, EventPasskeyRemoved,
	EventAuthenticatorAdded, EventAuthenticatorRemoved, EventRecoveryCodesNew, EventRecoveryCodeUsed,
	EventFactorResetAsked, EventFactorResetStopped, EventFactorReset,
}

// WebhookTarget is a receiver of events as the database knows it: neither its address nor its secret.
type WebhookTarget struct {
	Name string `gorm:"primaryKey"`
	// Events are the events that the target gets; empty means all of accounts.
	Events     []EventType `gorm:"serializer:json"`
	RecordedAt time.Time
}

// Wants reports whether the target gets events of the type.
func (t WebhookTarget) Wants(event EventType) bool {
	// guard: only who asks for it is told of the service
	all := len(t.Events) == 0 && !slices.Contains(ServiceEventTypes, event)
	return all || slices.Contains(t.Events, event)
}

// WebhookEvent is something that happened to an account, as it is told to the targets.
type WebhookEvent struct {
	ID        string
	AccountID string
	// Sequence is the number of the event among those of its account: 1, 2, 3 and so on, in the order of the commits.
	Sequence int
	Type     EventType
	// Data holds names of fields and numbers, never a customer's value.
	Data      JSONObject
	CreatedAt time.Time
}

// WebhookFilter selects events. The zero value of a field selects all.
type WebhookFilter struct {
	// Since is included, and Until is not.
	Since, Until time.Time
	AccountID    string
}
