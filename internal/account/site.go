package account

import (
	"strings"

	"github.com/accountql/accountql/internal/password"
	"github.com/accountql/accountql/models"
)

// Site is what a server knows of its shop beyond the rules of this package.
type Site struct {
	// Brand is how the shop presents itself.
	Brand models.Brand
	// SupportContact is an e-mail address or a web address, or "".
	SupportContact string
	// Languages are the languages that messages are written in.
	Languages []models.LanguageCode
	// Providers are the identity providers whose tokens sign customers in.
	Providers []models.SignInProvider
}

// SiteSettings are the settings that a page of the shop needs. None of them is secret, or about a customer.
type SiteSettings struct {
	Brand             models.Brand
	Registration      models.RegistrationMode
	Password          models.PasswordPolicy
	IdentityProviders []models.SignInProvider
	// Passkeys reports whether passkeys are on.
	Passkeys bool
	// SignInCode reports whether customers can sign in with a mailed code.
	SignInCode bool
	// SecondFactor is the rule who has a second factor.
	SecondFactor models.SecondFactorMode
	// Languages are the languages that messages are written in, sorted.
	Languages []models.LanguageCode
	// SupportContact is an e-mail address or a web address, or nil.
	SupportContact *string
	// Fields are the policies of the fields that customers may read.
	Fields []*models.FieldPolicy
	// Terms are the documents of the shop's terms.
	Terms  []*TermsDocument
	Limits models.InputLimits
	// MaxAge is for how many seconds a page may keep the settings.
	MaxAge int
}

// SettingsMaxAge is for how many seconds a page may keep the settings.
const SettingsMaxAge = 60

// SiteSettings returns the settings that a page needs: none of them is secret.
func (s *Service) SiteSettings() *SiteSettings {
	site := s.Settings.Site
	return &SiteSettings{
		Brand:        site.Brand,
		Registration: models.RegistrationMode(strings.ToUpper(string(s.Settings.Registration))),
		Password: models.PasswordPolicy{
			MinLength: s.Policy.MinLength, MaxLength: password.MaxLength, Refusals: s.passwordRefusals(),
		},
		IdentityProviders: site.Providers, Passkeys: s.PasskeyVerifier != nil, SignInCode: s.Settings.SignInCode,
		SecondFactor: models.SecondFactorMode(strings.ToUpper(string(s.Settings.SecondFactor))),
		Languages:    site.Languages, SupportContact: optionalText(site.SupportContact),
		Fields: s.Settings.Fields.visible(), Terms: s.Settings.Terms.documents(s.now()),
		Limits: models.InputLimits{
			RequestBytes: models.MaxRequestBytes, AvatarURLBytes: models.MaxURLLength,
			AttributeKeys: models.MaxAttributeKeys, AttributeKeyLength: models.MaxAttributeKey,
			AttributesDepth: models.MaxAttributeDepth, AttributesBytes: models.MaxAttributesSize,
		},
		MaxAge: SettingsMaxAge,
	}
}

// passwordRefusals returns the reasons why a new password can be refused.
func (s *Service) passwordRefusals() []models.Reason {
	refusals := []models.Reason{
		models.ReasonTooShort, models.ReasonTooLong, models.ReasonRepetitive, models.ReasonOwnData, models.ReasonCommon,
		models.ReasonSameAsOld,
	}
	if s.Breaches != nil {
		refusals = append(refusals, models.ReasonBreached)
	}

	return refusals
}
