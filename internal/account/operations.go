package account

import (
	"slices"

	"github.com/accountql/accountql/models"
)

// ProofRule is the rule whether an operation needs a proof in addition to the session (docs/domain.md, "Step-up").
type ProofRule int

// The rules for a proof.
const (
	// ProofNone needs no proof: the session is enough, or the operation needs no session.
	ProofNone ProofRule = iota
	// ProofInCall needs a factor in the call itself.
	ProofInCall
	// ProofRecent needs a factor in the call unless the session's last proof is younger than --step-up: a sign-in is
	// such a proof.
	ProofRecent
	// ProofWindow needs a factor in the call unless proveIdentity opened the session's window within --step-up.
	ProofWindow
)

// Operation describes an operation. It is the only place for these facts.
type Operation struct {
	Name OperationName
	// Permission is the permission that the API key must have; "" allows any key. Internal operations have none.
	Permission models.Permission
	// Session reports whether the operation needs a customer's session.
	Session bool
	Proof   ProofRule
	// Event is the webhook event of each success, or "". The flow sends ConditionalEvents itself, because they
	// depend on its outcome.
	Event             models.EventType
	ConditionalEvents []models.EventType
	// Budgets are the budgets that the operation spends.
	Budgets []BudgetName
	// Terms reports whether the operation waits until the customer has accepted the shop's terms. What a customer is
	// entitled to, and what protects the account, never waits.
	Terms bool
	// Pauses reports whether the operation waits while secureAccount pauses changes of the account.
	Pauses bool
	// Ability reports whether Account.can predicts the operation.
	Ability bool
	// Internal reports whether the operation is not part of the API.
	Internal bool
	// Done is the customer's description of a success, as a sentence without its full stop. Tried names what
	// failed.
	Done, Tried string
}

// Sets of budgets that several operations share.
var (
	// proofBudgets are the budgets of an operation that accepts either factor.
	proofBudgets = []BudgetName{budgetPasswords, budgetTries, budgetTokens, budgetChallenges, budgetFactorFailures}
	// ceilingBudgets are the budgets of an operation that sends a secret.
	ceilingBudgets = []BudgetName{budgetMessages, budgetStrangers, budgetDecoys}
	// mailBudgets are the budgets of an operation by which anybody can request a mail.
	mailBudgets = slices.Concat(ceilingBudgets, []BudgetName{budgetMails})
	// optInBudgets are the budgets of an operation that asks a proven address for the second opt-in.
	optInBudgets = []BudgetName{budgetMails, budgetMessages, budgetDecoys}
	emailBudgets = slices.Concat(proofBudgets, mailBudgets, []BudgetName{budgetEmailChanges, budgetDestinations})
	phoneBudgets = slices.Concat(proofBudgets, ceilingBudgets,
		[]BudgetName{budgetPhoneCodes, budgetAccountPhoneCodes, budgetDestinations})
)

// operations is the table of all operations. TestOperations (package graph) compares it with the schema, its gates
// and Account.can; TestTableOfOperationsIsKept compares it with the events and budgets of the flows.
var operations = withRecoveryCodes(slices.Concat([]Operation{
	{Name: opAPIKey, Done: "The shop's key was looked at", Tried: "Looking at the shop's key"},
	{Name: opNode, Permission: models.PermissionAccountRead, Session: true,
		Done: "Your account was read", Tried: "Reading your account"},
	{Name: opSession, Permission: models.PermissionSessionRead, Session: true,
		Done: "A service of the shop asked who you are", Tried: "A service of the shop asking who you are"},
	{Name: opSettings, Done: "The shop's settings were looked at", Tried: "Looking at the shop's settings"},
	{Name: opDataExport, Permission: models.PermissionDataExport, Session: true, Budgets: []BudgetName{budgetTries},
		Done: "A copy of your data was downloaded", Tried: "Downloading a copy of your data"},
	{Name: opAccount, Permission: models.PermissionAccountRead, Session: true,
		Done: "Your account was read", Tried: "Reading your account"},
	{Name: opUpdateAccount, Permission: models.PermissionAccountUpdate, Session: true, Ability: true, Terms: true,
		ConditionalEvents: []models.EventType{
			models.EventAccountUpdated, models.EventEmailChangeRequested,
			models.EventPhoneChangeRequested, models.EventPhoneChanged, models.EventConsentChanged,
		},
		Budgets: slices.Concat(emailBudgets, phoneBudgets),
		Done:    "Your profile was changed", Tried: "A change of your profile"},
	{Name: opChangePassword, Permission: models.PermissionPasswordChange, Session: true, Proof: ProofInCall,
		Ability: true, Pauses: true,
		Event: models.EventPasswordChanged, Budgets: []BudgetName{budgetPasswords, budgetTries, budgetFactorFailures},
		Done: "Your password was changed", Tried: "A change of your password"},
	{Name: opRequestPasswordReset, Permission: models.PermissionPasswordReset, Ability: true,
		Budgets: mailBudgets,
		Done:    "A mail for a new password was asked for", Tried: "Asking for a new password"},
	{Name: opConfirmPasswordReset, Permission: models.PermissionPasswordReset,
		Event: models.EventPasswordReset,
		ConditionalEvents: []models.EventType{
			models.EventAccountActivated, models.EventConsentChanged, models.EventPasskeyRemoved,
		},
		Budgets: []BudgetName{budgetTries, budgetFactorFailures},
		Done:    "Your password was set anew with the link of a mail", Tried: "A new password by the link of a mail"},
	{Name: opRequestEmailChange, Permission: models.PermissionEmailChange, Proof: ProofWindow, Ability: true,
		Terms: true, Pauses: true,
		Event: models.EventEmailChangeRequested, Budgets: emailBudgets,
		Done: "A change of your e-mail address was asked for", Tried: "Asking for a change of your e-mail address"},
	{Name: opConfirmEmailChange, Permission: models.PermissionEmailChange, Ability: true,
		Event: models.EventEmailChanged, ConditionalEvents: []models.EventType{models.EventConsentChanged},
		Budgets: slices.Concat([]BudgetName{budgetTries}, optInBudgets),
		Done:    "Your e-mail address was changed", Tried: "The change of your e-mail address"},
	{Name: opCancelEmailChange, Permission: models.PermissionEmailChange, Session: true, Ability: true,
		Done: "A change of your e-mail address was cancelled", Tried: "Cancelling a change of your e-mail address"},
	{Name: opUndoEmailChange, Permission: models.PermissionEmailChange,
		Event: models.EventEmailRestored,
		ConditionalEvents: []models.EventType{
			models.EventAccountUpdated, models.EventDeletionCancelled, models.EventConsentChanged, models.EventPasskeyRemoved,
			models.EventAuthenticatorRemoved,
		},
		Budgets: []BudgetName{budgetTries},
		Done:    "A change of your e-mail address was undone", Tried: "Undoing a change of your e-mail address"},
	{Name: opRequestPhoneUpdate, Permission: models.PermissionPhoneUpdate, Proof: ProofRecent, Ability: true,
		Terms: true, Pauses: true,
		Event: models.EventPhoneChangeRequested, Budgets: phoneBudgets,
		Done: "A change of your phone number was asked for", Tried: "Asking for a change of your phone number"},
	{Name: opConfirmPhoneUpdate, Permission: models.PermissionPhoneUpdate, Ability: true,
		Event: models.EventPhoneChanged, ConditionalEvents: []models.EventType{models.EventConsentChanged},
		Budgets: []BudgetName{budgetTries, budgetCodeFailures},
		Done:    "Your phone number was changed", Tried: "The change of your phone number"},
	{Name: opCancelPhoneUpdate, Permission: models.PermissionPhoneUpdate, Session: true, Ability: true,
		Done: "A change of your phone number was cancelled", Tried: "Cancelling a change of your phone number"},
	{Name: opRequestDataExport, Permission: models.PermissionDataExport, Session: true, Proof: ProofWindow,
		Ability: true,
		Budgets: slices.Concat(proofBudgets, ceilingBudgets, []BudgetName{budgetDestinations, budgetDataExports}),
		Done:    "A copy of your data was asked for", Tried: "Asking for a copy of your data"},
	{Name: opDeleteAccount, Permission: models.PermissionAccountDelete, Session: true, Proof: ProofInCall,
		Ability: true, Pauses: true,
		ConditionalEvents: []models.EventType{models.EventAccountDeleted, models.EventDeletionRequested},
		Budgets:           slices.Concat(proofBudgets, []BudgetName{budgetTombstones}),
		Done:              "Your account was deleted", Tried: "Deleting your account"},
	{Name: opCancelAccountDeletion, Permission: models.PermissionAccountDelete,
		ConditionalEvents: []models.EventType{models.EventDeletionCancelled}, Budgets: proofBudgets,
		Done: "The deletion of your account was called off", Tried: "Calling the deletion of your account off"},
	{Name: opRegisterAccount, Permission: models.PermissionRegister,
		ConditionalEvents: []models.EventType{models.EventAccountCreated},
		Budgets:           []BudgetName{budgetMails, budgetAccounts, budgetMessages, budgetStrangers},
		Done:              "Your account was registered", Tried: "A registration with your e-mail address"},
	{Name: opRequestAccountActivation, Permission: models.PermissionRegister, Ability: true,
		Budgets: mailBudgets,
		Done:    "The mail that confirms your address was asked for",
		Tried:   "Asking for the mail that confirms your address"},
	{Name: opConfirmAccountActivation, Permission: models.PermissionRegister,
		Event:             models.EventAccountActivated,
		ConditionalEvents: []models.EventType{models.EventAccountCreated, models.EventConsentChanged},
		Budgets:           slices.Concat(proofBudgets, optInBudgets, []BudgetName{budgetDeviceNotices}),
		Done:              "Your e-mail address was confirmed", Tried: "Confirming your e-mail address"},
	{Name: opSignIn, Permission: models.PermissionSignIn,
		Budgets: []BudgetName{budgetPasswords, budgetTries, budgetDeviceNotices},
		Done:    "You signed in", Tried: "A sign-in"},
	{Name: opSignInWithIdentityProvider, Permission: models.PermissionSignIn,
		ConditionalEvents: []models.EventType{models.EventAccountCreated},
		Budgets:           []BudgetName{budgetTries, budgetTokens, budgetAccounts, budgetDeviceNotices},
		Done:              "You signed in with another service", Tried: "A sign-in with another service"},
	{Name: opSignOut, Permission: models.PermissionSignOut, Session: true, Ability: true,
		ConditionalEvents: []models.EventType{models.EventSessionRevoked},
		Done:              "A session was signed out", Tried: "Signing out"},
	{Name: opRevokeSession, Permission: models.PermissionSignOut, Session: true, Ability: true,
		ConditionalEvents: []models.EventType{models.EventSessionRevoked},
		Done:              "A session was ended", Tried: "Ending a session"},
	{Name: opRenameSession, Permission: models.PermissionAccountUpdate, Session: true, Ability: true,
		Done: "A session was given a name", Tried: "Naming a session"},
	{Name: opForgetDevice, Permission: models.PermissionAccountUpdate, Session: true, Ability: true,
		Done: "A device was forgotten", Tried: "Forgetting a device"},
	{Name: opSecureAccount, Permission: models.PermissionSignIn,
		Event: models.EventAccountSecured,
		ConditionalEvents: []models.EventType{
			models.EventAccountUpdated, models.EventDeletionCancelled, models.EventPasskeyRemoved,
		},
		Budgets: []BudgetName{budgetTries},
		Done:    "You said that a sign-in was not yours; all devices were signed out, and the password was removed",
		Tried:   "Saying that a sign-in was not yours"},
	{Name: opLinkIdentityProvider, Permission: models.PermissionAccountUpdate,
		Session: true, Proof: ProofWindow, Ability: true, Terms: true, Pauses: true,
		ConditionalEvents: []models.EventType{models.EventAccountUpdated}, Budgets: proofBudgets,
		Done: "Another service was linked for signing in", Tried: "Linking another service"},
	{Name: opUnlinkIdentityProvider, Permission: models.PermissionAccountUpdate,
		Session: true, Proof: ProofWindow, Ability: true, Pauses: true,
		Event: models.EventAccountUpdated, Budgets: proofBudgets,
		Done: "Another service was unlinked", Tried: "Unlinking another service"},
	{Name: opAcceptTerms, Permission: models.PermissionAccountUpdate, Session: true, Ability: true,
		ConditionalEvents: []models.EventType{models.EventTermsAccepted},
		Done:              "You accepted the shop’s terms", Tried: "Accepting the shop’s terms"},
	{Name: opCreateAddress, Permission: models.PermissionAddressUpdate, Session: true, Ability: true, Terms: true,
		Event: models.EventAddressCreated, ConditionalEvents: []models.EventType{models.EventAddressUpdated},
		Done: "An address was added to your address book", Tried: "Adding an address to your address book"},
	{Name: opUpdateAddress, Permission: models.PermissionAddressUpdate, Session: true, Ability: true, Terms: true,
		ConditionalEvents: []models.EventType{models.EventAddressUpdated},
		Done:              "An address of your address book was changed",
		Tried:             "A change of an address of your address book"},
	{Name: opDeleteAddress, Permission: models.PermissionAddressUpdate, Session: true, Ability: true,
		Event: models.EventAddressDeleted,
		Done:  "An address was taken out of your address book", Tried: "Taking an address out of your address book"},
	{Name: opConfirmConsent, Permission: models.PermissionConsentUpdate, Ability: true,
		Event: models.EventConsentChanged, Budgets: []BudgetName{budgetTries},
		Done: "You confirmed that you want newsletters", Tried: "Confirming that you want newsletters"},
	{Name: opWithdrawConsent, Permission: models.PermissionConsentUpdate, Ability: true,
		ConditionalEvents: []models.EventType{models.EventConsentChanged},
		Done:              "A consent was withdrawn with the link of a message", Tried: "Withdrawing a consent"},
	{Name: opProveIdentity, Permission: models.PermissionFactorsUpdate, Session: true, Proof: ProofInCall,
		Ability: true, Budgets: slices.Concat(proofBudgets, []BudgetName{budgetCodeFailures}),
		Done: "You proved who you are, for the changes that follow", Tried: "Proving who you are"},
	{Name: opRequestIdentityCode, Permission: models.PermissionFactorsUpdate, Session: true, Ability: true,
		Budgets: []BudgetName{
			budgetMessages, budgetDecoys, budgetPhoneCodes, budgetAccountPhoneCodes, budgetDestinations,
		},
		Done: "A code to prove who you are was asked for", Tried: "Asking for a code to prove who you are"},

	{Name: opRequestPasskey, Permission: models.PermissionFactorsUpdate, Session: true, Ability: true, Pauses: true,
		Proof:   ProofWindow, // guard: a new passkey needs a proof
		Budgets: proofBudgets, Done: "A new passkey was asked for", Tried: "Asking for a new passkey"},
	{Name: opConfirmPasskey, Permission: models.PermissionFactorsUpdate, Session: true, Ability: true, Pauses: true,
		Event: models.EventPasskeyAdded, Budgets: []BudgetName{budgetTries, budgetChallenges},
		Done: "A passkey was added for signing in", Tried: "Adding a passkey"},
	{Name: opRenamePasskey, Permission: models.PermissionFactorsUpdate, Session: true, Ability: true,
		Done: "A passkey got another name", Tried: "Renaming a passkey"},
	{Name: opRemovePasskey, Permission: models.PermissionFactorsUpdate, Session: true, Ability: true, Pauses: true,
		Proof: ProofWindow, // guard: a passkey goes after a proof
		Event: models.EventPasskeyRemoved, Budgets: proofBudgets, Done: "A passkey was removed", Tried: "Removing a passkey"},
	{Name: opRemovePassword, Permission: models.PermissionFactorsUpdate, Session: true, Ability: true, Pauses: true,
		Proof: ProofInCall, // guard: the password goes after a proof in the call
		Event: models.EventPasswordRemoved, Budgets: proofBudgets, Done: "Your password was removed",
		Tried: "Removing your password"},
	{Name: opRequestPasskeySignIn, Permission: models.PermissionSignIn,
		Done: "A sign-in with a passkey was begun", Tried: "Beginning a sign-in with a passkey"},
	{Name: opSignInWithPasskey, Permission: models.PermissionSignIn,
		Budgets: []BudgetName{budgetTries, budgetChallenges, budgetDeviceNotices},
		Done:    "You signed in with a passkey", Tried: "A sign-in with a passkey"},
	{Name: opRequestPasskeyProof, Permission: models.PermissionSignIn, Done: "A proof with a passkey was begun",
		Tried: "Beginning a proof with a passkey"},
	{Name: opRequestAuthenticator, Permission: models.PermissionFactorsUpdate, Session: true, Ability: true, Pauses: true,
		Proof:   ProofWindow, // guard: a new authenticator needs a proof
		Budgets: proofBudgets, Done: "A new authenticator was asked for", Tried: "Asking for a new authenticator"},
	{Name: opConfirmAuthenticator, Permission: models.PermissionFactorsUpdate, Session: true, Ability: true, Pauses: true,
		Event: models.EventAuthenticatorAdded, Budgets: []BudgetName{budgetTries},
		Done: "An authenticator was added as a second factor", Tried: "Adding an authenticator"},
	{Name: opRemoveAuthenticator, Permission: models.PermissionFactorsUpdate, Session: true, Ability: true, Pauses: true,
		Proof: ProofWindow, // guard: an authenticator goes after a proof
		Event: models.EventAuthenticatorRemoved, Budgets: proofBudgets, Done: "An authenticator was removed",
		Tried: "Removing an authenticator"},
	{Name: opReplaceRecoveryCodes, Permission: models.PermissionFactorsUpdate, Session: true, Ability: true, Pauses: true,
		Proof: ProofWindow, // guard: recovery codes are replaced after a proof
		Event: models.EventRecoveryCodesNew, Budgets: proofBudgets, Done: "The recovery codes were replaced",
		Tried: "Replacing the recovery codes"},
	{Name: opCompleteSignIn, Permission: models.PermissionSignIn,
		ConditionalEvents: []models.EventType{models.EventFactorResetStopped, models.EventAuthenticatorAdded},
		Budgets:           []BudgetName{budgetTries, budgetFactorFailures, budgetDeviceNotices},
		Done:              "You signed in with a second factor", Tried: "The second step of a sign-in"},
	{Name: opEnrollAuthenticator, Permission: models.PermissionSignIn, Budgets: []BudgetName{budgetTries},
		Done: "A first authenticator was asked for at a sign-in", Tried: "Asking for a first authenticator at a sign-in"},
	{Name: opRequestFactorReset, Permission: models.PermissionSignIn, Pauses: true,
		ConditionalEvents: []models.EventType{models.EventFactorResetAsked},
		Budgets:           []BudgetName{budgetTries, budgetMessages, budgetDecoys, budgetDestinations},
		Done:              "The removal of your second factor was asked for; it takes three days",
		Tried:             "Asking for the removal of your second factor"},
	{Name: opConfirmFactorReset, Permission: models.PermissionSignIn, Pauses: true,
		Event: models.EventFactorReset, Budgets: []BudgetName{budgetTries},
		Done:  "Your second factor was removed, because nobody objected for three days",
		Tried: "Removing your second factor by the link of a mail"},
	{Name: opCancelFactorReset, Permission: models.PermissionSignIn,
		ConditionalEvents: []models.EventType{models.EventFactorResetStopped}, Budgets: []BudgetName{budgetTries},
		Done: "Your second factor was kept", Tried: "Keeping your second factor"},

	{Name: opRequestSignInCode, Permission: models.PermissionSignIn,
		Budgets: []BudgetName{budgetMails, budgetMessages, budgetDecoys}, // no stranger's address gets a code
		Done:    "A code to sign in was asked for", Tried: "Asking for a code to sign in"},
	{Name: opSignInWithCode, Permission: models.PermissionSignIn,
		Budgets: []BudgetName{budgetTries, budgetSignInCodes, budgetDeviceNotices},
		Done:    "You signed in with a code from a mail", Tried: "A sign-in with a code from a mail"},
}, officeOperations))

// withRecoveryCodes adds the event of a used recovery code to the operations that take a second factor: those that count
// its failures.
func withRecoveryCodes(rows []Operation) []Operation {
	for i, row := range rows {
		if slices.Contains(row.Budgets, budgetFactorFailures) {
			rows[i].ConditionalEvents = append(slices.Clone(row.ConditionalEvents), models.EventRecoveryCodeUsed)
		}
	}
	return rows
}

// Operations returns the table of all operations, in the order of the schema; the internal operations come last.
func Operations() []Operation { return slices.Clone(operations) }

var operationByName = func() map[OperationName]Operation {
	byName := make(map[OperationName]Operation, len(operations))
	for _, operation := range operations {
		byName[operation.Name] = operation
	}
	return byName
}()
