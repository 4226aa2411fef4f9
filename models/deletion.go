package models

import "time"

// Deletion is the grace period of an account that its customer has deleted.
type Deletion struct {
	AccountID   string `gorm:"primaryKey"`
	RequestedAt time.Time
	// ScheduledFor is when the account is erased, by the first reaper after it.
	ScheduledFor time.Time
}

// DeletedRows says how many rows of a table an erasure has deleted.
type DeletedRows struct {
	Table string `json:"table"`
	Rows  int    `json:"rows"`
}
