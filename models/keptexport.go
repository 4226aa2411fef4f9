package models

import "time"

// KeptExport is the document that a customer has asked for, until it expires.
type KeptExport struct {
	// ID is that of the challenge whose token opens the document.
	ID        string `gorm:"primaryKey"`
	AccountID string
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
	ExpiresAt time.Time
	// Sealed is Document as the store keeps it, encrypted.
	Sealed string
	// Document is JSON. It is nil in the table, which holds it encrypted.
	Document []byte `gorm:"-"`
}

// TableName returns the name of the table for GORM.
func (KeptExport) TableName() string { return "data_exports" }
