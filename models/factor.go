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
)
