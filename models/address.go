package models

import "time"

// MaxAddresses is how many addresses an address book holds.
const MaxAddresses = 50

// Address is an address of a customer's address book. A nil field was never filled in.
type Address struct {
	ID          string
	AccountID   string
	FirstName   *string
	LastName    *string
	Company     *string
	TaxID       *string
	Line1       string
	Line2       *string
	Line3       *string
	City        *string
	PostalCode  *string
	Province    *string
	CountryCode CountryCode
	// Phone is in E.164 format. Nobody has proven it.
	Phone *PhoneNumber
	// DefaultShipping and DefaultBilling are each true of one address of an account at most.
	DefaultShipping bool
	DefaultBilling  bool
	Version         int
	CreatedAt       time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt       time.Time `gorm:"autoUpdateTime:false"`

	// Formatted are the lines of a label, in the order of the country. They are set in answers and not stored.
	Formatted []string `gorm:"-"`
}
