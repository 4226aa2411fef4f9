package models

// RegistrationMode is the rule who may register, as --registration has it.
type RegistrationMode string

// The values of --registration.
const (
	RegistrationModeOpen     RegistrationMode = "OPEN"
	RegistrationModeVerified RegistrationMode = "VERIFIED"
	RegistrationModeClosed   RegistrationMode = "CLOSED"
)

// Brand is how the shop presents itself.
type Brand struct {
	// Name is the name by which mails are signed.
	Name string
	// Logo is nil if the shop has none.
	Logo   *BrandLogo
	Colors BrandColors
	// CornerRadius is how round the corners of cards are, in CSS pixels.
	CornerRadius int
	Links        BrandLinks
	// DefaultCountry and DefaultLanguage are what forms and messages begin with, or nil.
	DefaultCountry  *CountryCode
	DefaultLanguage *LanguageCode
	// Screens are the screens that the account page has, in the order of its menu.
	Screens []AccountScreen
}

// BrandLogo holds the addresses of the logo's pictures.
type BrandLogo struct{ Light, Dark string }

// BrandColors are the colours of the schemes of a device.
type BrandColors struct{ Light, Dark BrandPalette }

// BrandPalette is the colours of a scheme, each as # and six hexadecimal digits.
type BrandPalette struct{ Accent, OnAccent, Background, Surface, Text, MutedText string }

// BrandLinks are the addresses of the shop's pages; nil is none.
type BrandLinks struct{ Help, Imprint, Privacy, Terms *string }

// AccountScreen is a screen of the account page that a shop can leave out.
type AccountScreen string

// AccountScreens lists them in the order of the page's menu.
var AccountScreens = []AccountScreen{
	"PROFILE", "ADDRESSES", "EMAIL", "PHONE", "PASSWORD", "PASSKEYS", "AUTHENTICATORS", "AGREEMENTS", "SESSIONS",
	"ACTIVITY", "DATA", "DELETE",
}

// PasswordPolicy says which new passwords are accepted.
type PasswordPolicy struct {
	// MinLength and MaxLength are in code points.
	MinLength, MaxLength int
	// Refusals are the reasons why a new password can be refused.
	Refusals []Reason
}

// SignInProvider is an identity provider whose tokens sign customers in.
type SignInProvider struct {
	IdentityProvider IdentityProvider
	Issuer           string
	// ClientIDs are the audiences of the tokens that are accepted.
	ClientIDs []string
	// Page is nil if the shop's pages have no button for the provider.
	Page *SignInProviderPage
}

// SignInProviderPage is what a button needs that leads the customer to an identity provider. None of it is secret.
type SignInProviderPage struct {
	// AuthorizationURL is the provider's authorization endpoint (OpenID Connect Core 1.0, section 3.2.2). It can have a
	// query.
	AuthorizationURL string
	// ClientID is the one of the client IDs that the token is asked for.
	ClientID string
	// Name is what the button calls the provider, in every language.
	Name string
}

// SecondFactorMode is the rule who has a second factor, as --second-factor has it.
type SecondFactorMode string

// The values of SecondFactorMode.
const (
	SecondFactorModeOff      SecondFactorMode = "OFF"
	SecondFactorModeOptional SecondFactorMode = "OPTIONAL"
	SecondFactorModeRequired SecondFactorMode = "REQUIRED"
)

// MaxRequestBytes is the maximum of a request's body.
const MaxRequestBytes = 64 << 10

// InputLimits are the limits of inputs that are the same in every shop.
type InputLimits struct {
	// RequestBytes is the maximum of a request's body, and AvatarURLBytes that of a picture's address.
	RequestBytes, AvatarURLBytes int
	// AttributeKeys is the maximum number of keys of the attributes, AttributeKeyLength the maximum length of one in
	// code points, AttributesDepth how deep their values may be nested, and AttributesBytes the maximum of all in
	// JSON.
	AttributeKeys, AttributeKeyLength, AttributesDepth, AttributesBytes int
}
