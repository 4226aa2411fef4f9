package models

import "time"

// IdempotencyKey is a mutation that came with an Idempotency-Key, and its answer once there is one (R-ANS5). For ten
// minutes who sends the same again gets the same.
type IdempotencyKey struct {
	// ID is a keyed hash of who sent which key.
	ID string
	// RenewedID is the ID of the same key sent with the session that the mutation began: a browser that got nothing of
	// the answer but the cookie sends that.
	RenewedID *string
	// Fingerprint is a keyed hash of the document and its variables.
	Fingerprint []byte
	// Owner names the attempt that runs the mutation. Another one may take its place after LeaseUntil, unless Outcome
	// is there.
	Owner      string
	LeaseUntil time.Time
	ExpiresAt  time.Time
	// AccountID is the account that the outcome is of, or nil.
	AccountID *string
	// SealedOutcome and SealedAnswer are Outcome and Answer as the store keeps them.
	SealedOutcome *string
	SealedAnswer  *string

	// Outcome is what the mutation's transaction has done, for who must write the answer of a process that died. It is
	// written by that transaction.
	Outcome []byte `gorm:"-"`
	// Answer is what was answered.
	Answer []byte `gorm:"-"`
}

// Settled says whether the key needs no attempt any more.
func (k *IdempotencyKey) Settled() bool { return k.SealedOutcome != nil || k.SealedAnswer != nil }
