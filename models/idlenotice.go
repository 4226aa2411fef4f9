package models

import "time"

// IdleNotice says how far the customer of an account that nobody uses was told of its erasure (--retain-idle).
type IdleNotice struct {
	AccountID string `gorm:"primaryKey"`
	// IdleSince is when the account was last used, or from when on that counts.
	IdleSince time.Time
	// Told counts the notices that were sent, 0 to 2.
	Told int
	// MessageID is the notice that waits to be sent, or "".
	MessageID string
	// DueAt is when the next step is due.
	DueAt time.Time
}
