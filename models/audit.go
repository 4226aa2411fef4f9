package models

import (
	"crypto/sha256"
	"strconv"
	"time"
)

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
	// (R-OBS3). Both are "" if it was no operator's command. Customers see neither.
	Operator string
	Reason   string

	// Chain names the chain that the event belongs to: its account's, or its API key's if the event has no account, or
	// else that of all operators. Separate chains don't wait for each other.
	Chain string
	// Number counts the events of the chain from 1.
	Number int
	// Hash seals the event and, because it covers the previous event's hash, the whole chain.
	Hash []byte
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

// Seal returns the event's hash, given the hash of the previous event. It is the SHA-256 of both, with the length
// of each part, so that no two events have the same encoding. Operator and Reason are parts of an operator's event
// only, so that the hashes of all other events are those of versions that had neither.
func (e *AuditEvent) Seal(previous []byte) []byte {
	sealed := make([]byte, 0, 1024) // most events are shorter
	for _, part := range [...]string{
		string(previous), e.Chain, strconv.Itoa(e.Number), e.ID, e.AccountID, e.Operation, string(e.Outcome),
		string(e.Code),
		e.APIKeyID, e.SessionID, e.AuthID, e.IP, e.UserAgent, e.RequestID, e.At.UTC().Format(time.RFC3339Nano),
	} {
		sealed = appendPart(sealed, part)
	}

	if e.Operator != "" || e.Reason != "" { // guard: the trail holds who acted, and why
		sealed = appendPart(appendPart(sealed, e.Operator), e.Reason)
	}

	sum := sha256.Sum256(sealed)

	return sum[:]
}

func appendPart(sealed []byte, part string) []byte {
	return append(append(strconv.AppendInt(sealed, int64(len(part)), 10), ':'), part...)
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
