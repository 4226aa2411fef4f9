package models

import "time"

// Outcome says how an operation ended.
type Outcome string

// The outcomes of operations.
const (
	OutcomeSuccess Outcome = "SUCCESS"
	OutcomeRefused Outcome = "REFUSED"
	OutcomeLimited Outcome = "LIMITED"
	OutcomeFailed  Outcome = "FAILED"
)

// AuditEvent is one line of the audit trail: who did what, when, from where, through which key. It holds no secret (R-C13).
type AuditEvent struct {
	ID string `gorm:"primaryKey"`
	// AccountID is a random id that says nothing about the person; it outlives the account (R-LOG3).
	AccountID string
	Operation string
	Outcome   Outcome
	// Code is the error's code, or "".
	Code      Code
	APIKeyID  string `gorm:"column:api_key_id"`
	SessionID string
	// AuthID is the caller's own reference of the customer.
	AuthID    string `gorm:"column:auth_id"`
	IP        string `gorm:"column:ip"`
	UserAgent string
	RequestID string
	At        time.Time
}

// Budget counts tries that are limited in number or time.
type Budget struct {
	Key   string `gorm:"primaryKey"`
	Count int
	// ResetsAt is when Count begins anew.
	ResetsAt time.Time
	// BlockedUntil is until when no further try is let through.
	BlockedUntil time.Time
}
