package account

// These are the answers of the schema that share a shape with another one. gqlgen finds them by their names.
type (
	// RequestPasswordResetPayload is the answer of requestPasswordReset.
	RequestPasswordResetPayload = Accepted
	// RegisterAccountPayload is the answer of registerAccount.
	RegisterAccountPayload = Accepted
	// RequestAccountActivationPayload is the answer of requestAccountActivation.
	RequestAccountActivationPayload = ActivationRequested
	// ConfirmPasswordResetPayload is the answer of confirmPasswordReset.
	ConfirmPasswordResetPayload = RevokedSessions
	// SignOutPayload is the answer of signOut.
	SignOutPayload = RevokedSessions
	// RevokeSessionPayload is the answer of revokeSession.
	RevokeSessionPayload = RevokedSessions
	// RequestEmailChangePayload is the answer of requestEmailChange.
	RequestEmailChangePayload = PendingPayload
	// RequestPhoneUpdatePayload is the answer of requestPhoneUpdate.
	RequestPhoneUpdatePayload = PendingPayload
	// ConfirmEmailChangePayload is the answer of confirmEmailChange.
	ConfirmEmailChangePayload = EmailPayload
	// UpdateAccountPayload is the answer of updateAccount.
	UpdateAccountPayload = AccountPayload
	// CancelEmailChangePayload is the answer of cancelEmailChange.
	CancelEmailChangePayload = AccountPayload
	// CancelPhoneUpdatePayload is the answer of cancelPhoneUpdate.
	CancelPhoneUpdatePayload = AccountPayload
	// LinkIdentityProviderPayload is the answer of linkIdentityProvider.
	LinkIdentityProviderPayload = AccountPayload
	// UnlinkIdentityProviderPayload is the answer of unlinkIdentityProvider.
	UnlinkIdentityProviderPayload = AccountPayload
	// SignInWithIdentityProviderPayload is the answer of signInWithIdentityProvider.
	SignInWithIdentityProviderPayload = SignInPayload
)
