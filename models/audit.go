package models

import (
	"crypto/sha256"
	"strconv"
	"time"
)

// Outcome says how an operation ended.
type Outcome string

// The outcomes of operations.
const (
	OutcomeSuccess Outcome = "SUCCESS"
	OutcomeRefused Outcome = "REFUSED"
	OutcomeLimited Outcome = "LIMITED"
	OutcomeFailed  Outcome = "FAILED"
)

// AuditEvent is one line of the audit trail: who did what, when, from where, through which key. It holds no
// secret (R-C13).
type AuditEvent struct {
	ID string
	// AccountID is a random id that says nothing about the person; it outlives the account (R-LOG3).
	AccountID string
	Operation string
	Outcome   Outcome
	// Code is the error's code, or "".
	Code      Code
	APIKeyID  string
	SessionID string
	// AuthID is the caller's own reference of the customer.
	AuthID    string
	IP        string
	UserAgent string
	RequestID string
	At        time.Time

	// Chain names the chain that the event belongs to: its account's, or for an
	// event without account its API key's, so that no chain waits for another.
	Chain string
	// Number counts the events of the chain from 1.
	Number int
	// Hash seals the event and, through the hash of the one before it, the whole chain.
	Hash []byte
}

// ChainOf is the chain of the event.
func (e *AuditEvent) ChainOf() string {
	if e.AccountID != "" {
		return e.AccountID
	}
	return "key:" + e.APIKeyID
}

// Seal is the hash of the event after the one whose hash is previous: SHA-256
// over both, each part with its length, so that no two events look alike.
func (e *AuditEvent) Seal(previous []byte) []byte {
	var sealed []byte
	for _, part := range []string{
		string(previous), e.Chain, strconv.Itoa(e.Number), e.ID, e.AccountID, e.Operation, string(e.Outcome),
		string(e.Code),
		e.APIKeyID, e.SessionID, e.AuthID, e.IP, e.UserAgent, e.RequestID, e.At.UTC().Format(time.RFC3339Nano),
	} {
		sealed = append(append(strconv.AppendInt(sealed, int64(len(part)), 10), ':'), part...)
	}

	sum := sha256.Sum256(sealed)

	return sum[:]
}

// Budget counts tries that are limited in number or time.
type Budget struct {
	Key   string
	Count int
	// ResetsAt is when Count begins anew.
	ResetsAt time.Time
	// BlockedUntil is until when no further try is let through.
	BlockedUntil time.Time
}

// Spent is the budget after one more use at a time: what SpendBudget of a store makes of it.
func (b Budget) Spent(now time.Time) Budget {
	if !b.ResetsAt.After(now) {
		return Budget{Key: b.Key, Count: 1, ResetsAt: now}
	}
	b.Count++
	return b
}
