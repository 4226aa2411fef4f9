package models

import (
	"strings"
	"time"
)

// Purpose is the only use of a one-time secret.
type Purpose string

// The purposes of challenges.
const (
	PurposePasswordReset Purpose = "PASSWORD_RESET"
	PurposeActivation    Purpose = "ACTIVATION"
	PurposeEmailChange   Purpose = "EMAIL_CHANGE"
	PurposeEmailUndo     Purpose = "EMAIL_UNDO"
	PurposePhoneUpdate   Purpose = "PHONE_UPDATE"
	// PurposeDataExport opens the document of requestDataExport, as often as its customer wants until it expires.
	PurposeDataExport Purpose = "DATA_EXPORT"
	// PurposeDeletion calls the deletion of an account off.
	PurposeDeletion Purpose = "ACCOUNT_DELETION"
	PurposeConsent  Purpose = "CONSENT"
	// PurposeIdentityCode proves a signed-in customer once more, in proveIdentity.
	PurposeIdentityCode Purpose = "IDENTITY_CODE"
	// PurposeSignInCode signs a customer in, in signInWithCode.
	PurposeSignInCode Purpose = "SIGN_IN_CODE"
	// PurposeSecureAccount secures an account after a sign-in that was not its customer's.
	PurposeSecureAccount Purpose = "SECURE_ACCOUNT"
	// PurposeAuthenticator adds an authenticator, with a code that it shows.
	PurposeAuthenticator Purpose = "AUTHENTICATOR"
	// PurposeSecondFactor completes a sign-in whose first factor was right.
	PurposeSecondFactor Purpose = "SECOND_FACTOR"
	// PurposeFactorReset removes second factors that are lost, after three days, or stops that.
	PurposeFactorReset Purpose = "FACTOR_RESET"
	// PurposeFactorResetStop stops it, and does nothing else.
	PurposeFactorResetStop Purpose = "FACTOR_RESET_STOP"
)

// Challenge is a one-time secret that was sent to an address: a token by e-mail or a code by SMS. Only its hash is
// stored (R-CPR1, R-CPU1).
type Challenge struct {
	ID        string
	AccountID string
	Purpose   Purpose
	// SecretHash is the SHA-256 of a token, or the keyed hash of a code. It has a unique index.
	SecretHash []byte
	// Target is the address that the secret proves: an e-mail or a phone number.
	Target string
	// EmailAtIssue and EpochAtIssue make the secret void once the account's e-mail or credentials have changed
	// (R-CEC3).
	EmailAtIssue EmailAddress
	EpochAtIssue int
	// Attempts counts the attempts. Each is counted before the secret is compared (R-CPU2).
	Attempts          int
	CreatedAt         time.Time
	ExpiresAt         time.Time
	ResendAvailableAt time.Time
	UsedAt            *time.Time
	// Secret is the secret of an authenticator that waits for its first code, when the challenge is stored; nil for other
	// purposes, and when the challenge was read. The store keeps it in Sealed.
	Secret []byte `gorm:"-"`
	Sealed *string
}

// Live reports whether the challenge can still be redeemed for the account in its current state.
func (c *Challenge) Live(account *Account, now time.Time) bool {
	// guard: a secret ends with the epoch; a secret ends with the e-mail
	return c.UsedAt == nil && now.Before(c.ExpiresAt) && c.AccountID == account.ID &&
		c.EmailAtIssue == account.Email && (c.EpochAtIssue == account.CredentialEpoch || c.outlivesPassword())
}

// outlivesPassword reports whether a new password leaves the challenge valid: a thief who knows the password could
// change it to void the token by which the customer shuts them out.
func (c *Challenge) outlivesPassword() bool {
	return c.Purpose == PurposeSecureAccount // guard: a thief's new password does not void the customer's token
}

// PendingChange is the part of a challenge that the customer sees.
type PendingChange struct {
	ChallengeID       string
	Destination       string
	ExpiresAt         time.Time
	ResendAvailableAt time.Time
}

// Pending returns what a customer may see, with the destination masked.
func (c *Challenge) Pending() *PendingChange {
	return &PendingChange{
		ChallengeID: c.ID, Destination: MaskContact(c.Target), ExpiresAt: c.ExpiresAt, ResendAvailableAt: c.ResendAvailableAt,
	}
}

// MaskContact hides most of an address or a number in its international form.
func MaskContact(target string) string {
	if strings.HasPrefix(target, "+") && !strings.Contains(target, "@") {
		return MaskPhone(PhoneNumber(target))
	}
	return MaskEmail(EmailAddress(target))
}

// MaskEmail hides the local part except for its first letter: j•••@example.com.
func MaskEmail(email EmailAddress) string {
	for i := range email {
		if email[i] == '@' && i > 0 {
			return string(email[:1]) + "•••" + string(email[i:])
		}
	}
	return "•••"
}

// MaskPhone hides all but the last two digits: •••••••89.
func MaskPhone(phone PhoneNumber) string {
	const shown = 2
	if len(phone) <= shown {
		return "•••"
	}
	return "•••••••" + string(phone[len(phone)-shown:])
}
