package account

import "github.com/accountql/accountql/models"

// words say in a customer's words what an operation does: done is a sentence
// about what happened, try names the same where it did not.
type words struct{ done, try string }

var descriptions = map[string]words{
	"account":                    {"Your account was read", "Reading your account"},
	"updateAccount":              {"Your profile was changed", "A change of your profile"},
	"changePassword":             {"Your password was changed", "A change of your password"},
	"requestPasswordReset":       {"A mail for a new password was asked for", "Asking for a new password"},
	"confirmPasswordReset":       {"Your password was set anew with the link of a mail", "A new password by the link of a mail"},
	"requestEmailChange":         {"A change of your e-mail address was asked for", "Asking for a change of your e-mail address"},
	"confirmEmailChange":         {"Your e-mail address was changed", "The change of your e-mail address"},
	"cancelEmailChange":          {"A change of your e-mail address was cancelled", "Cancelling a change of your e-mail address"},
	"undoEmailChange":            {"A change of your e-mail address was undone", "Undoing a change of your e-mail address"},
	"requestPhoneUpdate":         {"A change of your phone number was asked for", "Asking for a change of your phone number"},
	"confirmPhoneUpdate":         {"Your phone number was changed", "The change of your phone number"},
	"cancelPhoneUpdate":          {"A change of your phone number was cancelled", "Cancelling a change of your phone number"},
	"deleteAccount":              {"Your account was deleted", "Deleting your account"},
	"registerAccount":            {"Your account was registered", "A registration with your e-mail address"},
	"requestAccountActivation":   {"The mail that confirms your address was asked for", "Asking for the mail that confirms your address"},
	"confirmAccountActivation":   {"Your e-mail address was confirmed", "Confirming your e-mail address"},
	"signIn":                     {"You signed in", "A sign-in"},
	"signInWithIdentityProvider": {"You signed in with another service", "A sign-in with another service"},
	"signOut":                    {"A session was signed out", "Signing out"},
	"revokeSession":              {"A session was ended", "Ending a session"},
	"linkIdentityProvider":       {"Another service was linked for signing in", "Linking another service"},
	"unlinkIdentityProvider":     {"Another service was unlinked", "Unlinking another service"},
	"account create":             {"Your account was created by the shop", "Creating your account"},
	"customer token":             {"Your account was created when you first came with another login", "Creating your account"},
	displacedOperation:           {"Somebody else confirmed the e-mail address that your account had; set another one", "Confirming the e-mail address that your account had, by somebody else,"},
	phoneReleasedOperation:       {"Somebody else confirmed the phone number that your account had, so it was removed", "Confirming the phone number that your account had, by somebody else,"},
}

// reasons go on from what was tried. They don't alarm: most are typing errors, or links that were opened twice.
var reasons = map[models.Code]string{
	models.CodeInvalidInput:             "didn’t go through: something that was filled in had to be corrected",
	models.CodePasswordRejected:         "didn’t go through: the new password was not good enough",
	models.CodeInvalidCredentials:       "didn’t go through: the password was wrong",
	models.CodeReauthenticationRequired: "didn’t go through: the password was asked for first",
	models.CodeTokenInvalid:             "didn’t go through: the link was used before, or too old",
	models.CodeCodeInvalid:              "didn’t go through: the code was wrong, or too old",
	models.CodeVersionConflict:          "didn’t go through: the account had just been changed elsewhere",
	models.CodeEmailUnavailable:         "didn’t go through: the address has an account already",
	models.CodePhoneUnavailable:         "didn’t go through: the number belongs to another account",
	models.CodeActivationRequired:       "didn’t go through: your e-mail address was to be confirmed first",
	models.CodeAccountBlocked:           "didn’t go through: the account is blocked",
	models.CodeRateLimited:              "was put off: there were too many tries in a short time",
	models.CodeOverloaded:               "was put off: too many people were signing in",
}

// describe words an event; one that did not succeed says why, where a customer can know.
func describe(event models.AuditEvent) string {
	said, known := descriptions[event.Operation]
	if !known {
		said = words{"Your account was changed by the shop", "A change of your account by the shop"}
	}
	if event.Outcome == models.OutcomeSuccess {
		return said.done
	}
	if reason, known := reasons[event.Code]; known {
		return said.try + " " + reason
	}
	if event.Outcome == models.OutcomeFailed {
		return said.try + " failed on our side"
	}
	return said.try + " was refused"
}

// reasonOf is the code of what did not succeed, or nil.
func reasonOf(event models.AuditEvent) *models.Code {
	if event.Outcome == models.OutcomeSuccess || event.Code == "" {
		return nil
	}
	return &event.Code
}
