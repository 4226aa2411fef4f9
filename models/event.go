package models

// EventType names an event of an account that webhooks report.
type EventType string

// The events that webhooks report.
const (
	EventAccountCreated       EventType = "account.created"
	EventAccountActivated     EventType = "account.activated"
	EventAccountUpdated       EventType = "account.updated"
	EventAccountDeleted       EventType = "account.deleted"
	EventPasswordChanged      EventType = "password.changed"
	EventPasswordReset        EventType = "password.reset"
	EventEmailChangeRequested EventType = "email.change_requested"
	EventEmailChanged         EventType = "email.changed"
	EventEmailRestored        EventType = "email.restored"
	EventPhoneChangeRequested EventType = "phone.change_requested"
	EventPhoneChanged         EventType = "phone.changed"
	EventSessionRevoked       EventType = "session.revoked"
)

// EventTypes are all events.
var EventTypes = []EventType{
	EventAccountCreated, EventAccountActivated, EventAccountUpdated, EventAccountDeleted, EventPasswordChanged,
	EventPasswordReset,
	EventEmailChangeRequested, EventEmailChanged, EventEmailRestored, EventPhoneChangeRequested, EventPhoneChanged,
	EventSessionRevoked,
}
