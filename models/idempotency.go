package models

import "time"

// IdempotencyKey is a mutation that was sent with an Idempotency-Key, and its answer once it exists (R-ANS5). For
// ten minutes, a client that sends the same request again gets the same answer.
type IdempotencyKey struct {
	// ID is a keyed hash of the sender and the key.
	ID string
	// RenewedID is the ID of the same key when it is sent with the session that the mutation began. A browser sends
	// it if it lost the answer but received the cookie.
	RenewedID *string
	// Fingerprint is a keyed hash of the document and its variables.
	Fingerprint []byte
	// Owner names the attempt that runs the mutation. Another attempt may replace it after LeaseUntil, unless
	// Outcome exists.
	Owner      string
	LeaseUntil time.Time
	ExpiresAt  time.Time
	// AccountID is the account of the outcome, or nil.
	AccountID *string
	// SealedOutcome and SealedAnswer are Outcome and Answer as the store keeps them, encrypted.
	SealedOutcome *string
	SealedAnswer  *string

	// Outcome is what the mutation's transaction has done. That transaction writes it, so that another process can
	// build the answer if this one dies.
	Outcome []byte `gorm:"-"`
	// Answer is the answer that was sent.
	Answer []byte `gorm:"-"`
}

// Settled reports whether the key no longer needs an attempt.
func (k *IdempotencyKey) Settled() bool { return k.SealedOutcome != nil || k.SealedAnswer != nil }
