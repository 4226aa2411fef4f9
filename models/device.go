package models

import "time"

// DeviceKind is what sort of device or program a client says it is.
type DeviceKind string

// The kinds of devices.
const (
	DevicePhone    DeviceKind = "PHONE"
	DeviceTablet   DeviceKind = "TABLET"
	DeviceComputer DeviceKind = "COMPUTER"
	DeviceTV       DeviceKind = "TV"
	DeviceConsole  DeviceKind = "CONSOLE"
	// DeviceApp is an app that tells nothing of the device that it runs on.
	DeviceApp     DeviceKind = "APP"
	DeviceProgram DeviceKind = "PROGRAM"
	DeviceBot     DeviceKind = "BOT"
	DeviceUnknown DeviceKind = "UNKNOWN"
)

// Device is what a customer signs in with, in words, as it says itself.
type Device struct {
	Kind DeviceKind
	// Browser is the browser, app or program; System the operating system or machine.
	Browser *string
	System  *string
	// Description is both in one: "Firefox on Windows".
	Description string
}

// Place is where a network address is, roughly.
type Place struct {
	City *string
	// Country is the name of the country in English.
	Country     *string
	CountryCode *CountryCode
	// Description is both in one: "Berlin, Germany".
	Description string
}

// KnownDevice is a device from which a customer has signed in.
type KnownDevice struct {
	ID        string
	AccountID string
	// MarkHash is the SHA-256 of the account and the device's mark, or of its words if it sends no mark. It is unique in
	// an account.
	MarkHash []byte
	// Marked is whether the device sends a mark.
	Marked    bool
	UserAgent *string
	// Brands is the Sec-CH-UA header.
	Brands *string
	IP     *string
	// CreatedAt is when the customer first signed in from it, LastSeenAt when last.
	CreatedAt  time.Time
	LastSeenAt time.Time
	ExpiresAt  time.Time

	// Current is set only in an answer to the device itself.
	Current bool `gorm:"-"`
}
