package models

// Factor is a kind of evidence by which a customer proves who they are.
type Factor string

// The kinds of factors.
const (
	FactorPassword         Factor = "PASSWORD"
	FactorIdentityProvider Factor = "IDENTITY_PROVIDER"
	FactorPasskey          Factor = "PASSKEY"
	// FactorEmailCode and FactorPhoneCode are codes to the account's proven address or number.
	FactorEmailCode Factor = "EMAIL_CODE"
	FactorPhoneCode Factor = "PHONE_CODE"
	// FactorAuthenticator is a code of an authenticator, FactorRecoveryCode one of the codes for its loss. They are second
	// factors: each proves something only beside another factor.
	FactorAuthenticator Factor = "AUTHENTICATOR"
	FactorRecoveryCode  Factor = "RECOVERY_CODE"
)
