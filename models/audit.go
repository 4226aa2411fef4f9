package models

import "time"

// Outcome is how an operation ended.
type Outcome string

// The outcomes of operations.
const (
	OutcomeSuccess Outcome = "SUCCESS"
	OutcomeRefused Outcome = "REFUSED"
	OutcomeLimited Outcome = "LIMITED"
	OutcomeFailed  Outcome = "FAILED"
)

// Outcomes returns every outcome.
func Outcomes() []Outcome {
	return []Outcome{OutcomeSuccess, OutcomeRefused, OutcomeLimited, OutcomeFailed}
}

// Outcome returns how an operation with this code ended; "" is the code of a success.
func (c Code) Outcome() Outcome {
	switch c {
	case "":
		return OutcomeSuccess
	case CodeRateLimited, CodeOverloaded:
		return OutcomeLimited
	case CodeInternal, CodeUnavailable, CodeIdentityProviderUnavailable, CodeMessageChannelUnavailable:
		return OutcomeFailed
	}
	return OutcomeRefused
}

// AuditEvent is one entry of the audit trail: who did what, when, from where, and with which key. It holds no
// secret (R-C13).
type AuditEvent struct {
	ID string
	// AccountID is a random id that reveals nothing about the person. It outlives the account (R-LOG3).
	AccountID string
	Operation string
	Outcome   Outcome
	// Code is the error's code, or "".
	Code Code
	// APIKeyID is the key of the request, or the key that an operator created or revoked.
	APIKeyID  string
	SessionID string
	// AuthID is the caller's own reference for the customer.
	AuthID    string
	IP        string
	UserAgent string
	RequestID string
	At        time.Time

	// Operator is who ran the command that the event is about, in up to 100 characters, and Reason why, in up to 500
	// (R-OBS3). Both are "" if no operator acted. Customers see the reason of what was done in the back office.
	Operator string
	Reason   string

	// Chain names the chain that the event belongs to: its account's, or its API key's if the event has no account, or
	// else that of all operators. Separate chains don't wait for each other.
	Chain string
	// Number counts the events of the chain from 1.
	Number int
	// Hash seals the event and, because it covers the previous event's hash, the whole chain.
	Hash []byte
	// SealVersion says what Hash covers: the values (1), or commitments to IP, UserAgent and AuthID (2).
	SealVersion int
	// ClientCommitment is the SHA-256 of ClientSalt, IP and UserAgent, and nil if the event has neither. ClientSalt goes
	// when they are blanked, and then nobody can tell what they were (R-DAT4).
	ClientCommitment, ClientSalt []byte
	// AuthCommitment and AuthSalt are the same for AuthID.
	AuthCommitment, AuthSalt []byte
	// FormerHash is the hash that the next event covers, while a chain is sealed anew up to this event; else nil.
	FormerHash []byte
}

// operatorsChain is the chain of operators' events that concern neither one account nor one key. An account's id is a
// UUID.
const operatorsChain = "operators"

// ChainOf returns the chain of the event.
func (e *AuditEvent) ChainOf() string {
	switch {
	case e.AccountID != "":
		return e.AccountID
	case e.APIKeyID == "" && e.Operator != "":
		return operatorsChain
	}
	return "key:" + e.APIKeyID
}

// AuditFilter selects events of the audit trail: those that meet every condition. A condition that is zero selects
// all events.
type AuditFilter struct {
	AccountID, RequestID, Operation string
	Code                            Code
	// Since is the time of the first event.
	Since time.Time
}

// Budget counts attempts that are limited in number or time.
type Budget struct {
	Key   string
	Count int
	// ResetsAt is when Count starts again from zero.
	ResetsAt time.Time
	// BlockedUntil is the time before which no further attempt is allowed.
	BlockedUntil time.Time
}

// Spent returns the budget after one more use at the given time. A store's SpendBudget computes the same.
func (b Budget) Spent(now time.Time) Budget {
	if !b.ResetsAt.After(now) {
		return Budget{Key: b.Key, Count: 1, ResetsAt: now}
	}
	b.Count++
	return b
}
