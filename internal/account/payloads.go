package account

// These are the payloads of the schema that share their shape with another payload. gqlgen finds them by their
// names.
type (
	// RequestPasswordResetPayload is the payload of requestPasswordReset.
	RequestPasswordResetPayload = Accepted
	// RegisterAccountPayload is the payload of registerAccount.
	RegisterAccountPayload = Accepted
	// ConfirmPasswordResetPayload is the payload of confirmPasswordReset.
	ConfirmPasswordResetPayload = RevokedSessions
	// SignOutPayload is the payload of signOut.
	SignOutPayload = RevokedSessions
	// RevokeSessionPayload is the payload of revokeSession.
	RevokeSessionPayload = RevokedSessions
	// RequestEmailChangePayload is the payload of requestEmailChange.
	RequestEmailChangePayload = PendingPayload
	// RequestPhoneUpdatePayload is the payload of requestPhoneUpdate.
	RequestPhoneUpdatePayload = PendingPayload
	// UpdateAccountPayload is the payload of updateAccount.
	UpdateAccountPayload = AccountPayload
	// CancelEmailChangePayload is the payload of cancelEmailChange.
	CancelEmailChangePayload = AccountPayload
	// CancelPhoneUpdatePayload is the payload of cancelPhoneUpdate.
	CancelPhoneUpdatePayload = AccountPayload
	// LinkIdentityProviderPayload is the payload of linkIdentityProvider.
	LinkIdentityProviderPayload = AccountPayload
	// UnlinkIdentityProviderPayload is the payload of unlinkIdentityProvider.
	UnlinkIdentityProviderPayload = AccountPayload
	// SignInWithIdentityProviderPayload is the payload of signInWithIdentityProvider.
	SignInWithIdentityProviderPayload = SignInPayload
)
