package account

import "github.com/accountql/accountql/models"

// reasons are sentences that follow Operation.Tried. They do not alarm: most failures are typing errors, or links
// that were opened twice.
var reasons = map[models.Code]string{
	models.CodeInvalidInput:              "didn’t go through: something that was filled in had to be corrected",
	models.CodePasswordRejected:          "didn’t go through: the new password was not good enough",
	models.CodeInvalidCredentials:        "didn’t go through: the password or the passkey was wrong",
	models.CodeSecondFactorRequired:      "went on to the second factor",
	models.CodeReauthenticationRequired:  "didn’t go through: the password was asked for first",
	models.CodeTermsRequired:             "didn’t go through: the shop’s terms were to be accepted first",
	models.CodeTokenInvalid:              "didn’t go through: the link was used before, or too old",
	models.CodeCodeInvalid:               "didn’t go through: the code was wrong, or too old",
	models.CodeVersionConflict:           "didn’t go through: the account had just been changed elsewhere",
	models.CodeEmailUnavailable:          "didn’t go through: the address has an account already",
	models.CodePhoneUnavailable:          "didn’t go through: the number belongs to another account",
	models.CodeActivationRequired:        "didn’t go through: your e-mail address was to be confirmed first",
	models.CodeAccountBlocked:            "didn’t go through: the account is blocked",
	models.CodeDeletionPending:           "didn’t go through: the account was waiting for its deletion",
	models.CodeMessageChannelUnavailable: "didn’t go through: the shop sends no text messages",
	models.CodeRateLimited:               "was put off: there were too many tries in a short time",
	models.CodeOverloaded:                "was put off: too many people were signing in",
}

// describe returns the sentence that describes an event. For a failure it includes the reason, as far as a customer
// may know it.
func describe(event models.AuditEvent) string {
	operation, known := operationByName[OperationName(event.Operation)]
	if !known { // written by another version
		operation.Done, operation.Tried = "Your account was changed", "A change of your account"
	}
	if event.Outcome == models.OutcomeSuccess {
		return operation.Done
	}
	if reason, known := reasons[event.Code]; known {
		return operation.Tried + " " + reason
	}
	if event.Outcome == models.OutcomeFailed {
		return operation.Tried + " failed on our side"
	}

	return operation.Tried + " was refused"
}

// reasonOf returns the code of an event that is not a success, or nil.
func reasonOf(event models.AuditEvent) *models.Code {
	if event.Outcome == models.OutcomeSuccess || event.Code == "" {
		return nil
	}
	return &event.Code
}
