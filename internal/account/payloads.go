package account

// These are the payloads of the schema that share their shape with another payload. gqlgen finds them by their
// names.
type (
	// RequestPasswordResetPayload is the payload of requestPasswordReset.
	RequestPasswordResetPayload = Accepted
	// WithdrawConsentPayload is the payload of withdrawConsent.
	WithdrawConsentPayload = Accepted
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
	// AcceptTermsPayload is the payload of acceptTerms.
	AcceptTermsPayload = AccountPayload
	// CreateAddressPayload is the payload of createAddress.
	CreateAddressPayload = AddressPayload
	// UpdateAddressPayload is the payload of updateAddress.
	UpdateAddressPayload = AddressPayload
	// RequestPasskeyPayload is the payload of requestPasskey.
	RequestPasskeyPayload = PasskeyOptions
	// RequestPasskeySignInPayload is the payload of requestPasskeySignIn.
	RequestPasskeySignInPayload = PasskeyOptions
	// RequestPasskeyProofPayload is the payload of requestPasskeyProof.
	RequestPasskeyProofPayload = PasskeyOptions
	// ConfirmPasskeyPayload is the payload of confirmPasskey.
	ConfirmPasskeyPayload = PasskeyPayload
	// RenamePasskeyPayload is the payload of renamePasskey.
	RenamePasskeyPayload = PasskeyPayload
	// RemovePasskeyPayload is the payload of removePasskey.
	RemovePasskeyPayload = AccountPayload
	// RemovePasswordPayload is the payload of removePassword.
	RemovePasswordPayload = AccountPayload
	// RequestFactorResetPayload is the payload of requestFactorReset.
	RequestFactorResetPayload = FactorReset
	// ConfirmFactorResetPayload is the payload of confirmFactorReset.
	ConfirmFactorResetPayload = RevokedSessions
	// CancelFactorResetPayload is the payload of cancelFactorReset.
	CancelFactorResetPayload = FactorResetStopped
	// CancelCustomerFactorResetPayload is the payload of cancelCustomerFactorReset.
	CancelCustomerFactorResetPayload = FactorResetStopped
	// SignInWithPasskeyPayload is the payload of signInWithPasskey.
	SignInWithPasskeyPayload = SignInPayload
	// SignInWithCodePayload is the payload of signInWithCode.
	SignInWithCodePayload = SignInPayload
	// SignInWithIdentityProviderPayload is the payload of signInWithIdentityProvider.
	SignInWithIdentityProviderPayload = SignInPayload
	// UpdateCustomerPayload is the payload of updateCustomer.
	UpdateCustomerPayload = CustomerPayload
	// BlockCustomerPayload is the payload of blockCustomer.
	BlockCustomerPayload = CustomerPayload
	// UnblockCustomerPayload is the payload of unblockCustomer.
	UnblockCustomerPayload = CustomerPayload
	// RevokeCustomerSessionsPayload is the payload of revokeCustomerSessions.
	RevokeCustomerSessionsPayload = RevokedSessions
	// VerifyCustomerAddressPayload is the payload of verifyCustomerAddress.
	VerifyCustomerAddressPayload = CustomerPayload
	// ReleaseCustomerPhonePayload is the payload of releaseCustomerPhone.
	ReleaseCustomerPhonePayload = CustomerPayload
	// ResendCustomerMessagePayload is the payload of resendCustomerMessage.
	ResendCustomerMessagePayload = CustomerPayload
	// EraseCustomerPayload is the payload of eraseCustomer.
	EraseCustomerPayload = DeleteAccountPayload
)
