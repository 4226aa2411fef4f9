package account

import (
	"slices"

	"github.com/accountql/accountql/models"
)

// OperationName is the name of an operation in the schema, the audit trail and the activity.
type OperationName string

// The operations of the API.
const (
	opAPIKey                     OperationName = "apiKey"
	opNode                       OperationName = "node"
	opSession                    OperationName = "session"
	opAccount                    OperationName = "account"
	opUpdateAccount              OperationName = "updateAccount"
	opChangePassword             OperationName = "changePassword"
	opRequestPasswordReset       OperationName = "requestPasswordReset"
	opConfirmPasswordReset       OperationName = "confirmPasswordReset"
	opRequestEmailChange         OperationName = "requestEmailChange"
	opConfirmEmailChange         OperationName = "confirmEmailChange"
	opCancelEmailChange          OperationName = "cancelEmailChange"
	opUndoEmailChange            OperationName = "undoEmailChange"
	opRequestPhoneUpdate         OperationName = "requestPhoneUpdate"
	opConfirmPhoneUpdate         OperationName = "confirmPhoneUpdate"
	opCancelPhoneUpdate          OperationName = "cancelPhoneUpdate"
	opDeleteAccount              OperationName = "deleteAccount"
	opRegisterAccount            OperationName = "registerAccount"
	opRequestAccountActivation   OperationName = "requestAccountActivation"
	opConfirmAccountActivation   OperationName = "confirmAccountActivation"
	opSignIn                     OperationName = "signIn"
	opSignInWithIdentityProvider OperationName = "signInWithIdentityProvider"
	opSignOut                    OperationName = "signOut"
	opRevokeSession              OperationName = "revokeSession"
	opLinkIdentityProvider       OperationName = "linkIdentityProvider"
	opUnlinkIdentityProvider     OperationName = "unlinkIdentityProvider"
)

// The other operations of the audit trail: commands of the operator, and effects of other customers' operations.
const (
	opAPIKeyCreate   OperationName = "apikey create"
	opAPIKeyRevoke   OperationName = "apikey revoke"
	opAccountCreate  OperationName = "account create"
	opAccountImport  OperationName = "account import"
	opAccountGet     OperationName = "account get"
	opAccountExport  OperationName = "account export"
	opAccountErase   OperationName = "account erase"
	opOutboxList     OperationName = "outbox list"
	opOutboxRetry    OperationName = "outbox retry"
	opKeysRotate     OperationName = "keys rotate"
	opCustomerToken  OperationName = "customer token"
	opEmailDisplaced OperationName = "email displaced"
	opPhoneReleased  OperationName = "phone released"
)

// ProofRule is the rule whether an operation needs a proof in addition to the session (docs/domain.md, "Step-up").
type ProofRule int

// The rules for a proof.
const (
	// ProofNone needs no proof: the session is enough, or the operation needs no session.
	ProofNone ProofRule = iota
	// ProofInCall needs a factor in the call itself.
	ProofInCall
	// ProofRecent needs a factor in the call unless the session's last proof is younger than --step-up.
	ProofRecent
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
	proofBudgets = []BudgetName{budgetPasswords, budgetTries, budgetTokens}
	// ceilingBudgets are the budgets of an operation that sends a secret.
	ceilingBudgets = []BudgetName{budgetMessages, budgetStrangers, budgetDecoys}
	// mailBudgets are the budgets of an operation by which anybody can request a mail.
	mailBudgets  = slices.Concat(ceilingBudgets, []BudgetName{budgetMails})
	emailBudgets = slices.Concat(proofBudgets, mailBudgets, []BudgetName{budgetEmailChanges, budgetDestinations})
	phoneBudgets = slices.Concat(proofBudgets, ceilingBudgets,
		[]BudgetName{budgetPhoneCodes, budgetAccountPhoneCodes, budgetDestinations})
)

// operations is the table of all operations. TestOperations (package graph) compares it with the schema, its gates
// and Account.can; TestTableOfOperationsIsKept compares it with the events and budgets of the flows.
var operations = []Operation{
	{Name: opAPIKey, Done: "The shop's key was looked at", Tried: "Looking at the shop's key"},
	{Name: opNode, Permission: models.PermissionAccountRead, Session: true,
		Done: "Your account was read", Tried: "Reading your account"},
	{Name: opSession, Permission: models.PermissionSessionRead, Session: true,
		Done: "A service of the shop asked who you are", Tried: "A service of the shop asking who you are"},
	{Name: opAccount, Permission: models.PermissionAccountRead, Session: true,
		Done: "Your account was read", Tried: "Reading your account"},
	{Name: opUpdateAccount, Permission: models.PermissionAccountUpdate, Session: true, Ability: true,
		ConditionalEvents: []models.EventType{
			models.EventAccountUpdated, models.EventEmailChangeRequested,
			models.EventPhoneChangeRequested, models.EventPhoneChanged,
		},
		Budgets: slices.Concat(emailBudgets, phoneBudgets),
		Done:    "Your profile was changed", Tried: "A change of your profile"},
	{Name: opChangePassword, Permission: models.PermissionPasswordChange, Session: true, Proof: ProofInCall,
		Ability: true,
		Event:   models.EventPasswordChanged, Budgets: []BudgetName{budgetPasswords, budgetTries},
		Done: "Your password was changed", Tried: "A change of your password"},
	{Name: opRequestPasswordReset, Permission: models.PermissionPasswordReset, Ability: true,
		Budgets: mailBudgets,
		Done:    "A mail for a new password was asked for", Tried: "Asking for a new password"},
	{Name: opConfirmPasswordReset, Permission: models.PermissionPasswordReset,
		Event: models.EventPasswordReset, ConditionalEvents: []models.EventType{models.EventAccountActivated},
		Budgets: []BudgetName{budgetTries},
		Done:    "Your password was set anew with the link of a mail", Tried: "A new password by the link of a mail"},
	{Name: opRequestEmailChange, Permission: models.PermissionEmailChange, Proof: ProofInCall, Ability: true,
		Event: models.EventEmailChangeRequested, Budgets: emailBudgets,
		Done: "A change of your e-mail address was asked for", Tried: "Asking for a change of your e-mail address"},
	{Name: opConfirmEmailChange, Permission: models.PermissionEmailChange, Ability: true,
		Event: models.EventEmailChanged, Budgets: []BudgetName{budgetTries},
		Done: "Your e-mail address was changed", Tried: "The change of your e-mail address"},
	{Name: opCancelEmailChange, Permission: models.PermissionEmailChange, Session: true, Ability: true,
		Done: "A change of your e-mail address was cancelled", Tried: "Cancelling a change of your e-mail address"},
	{Name: opUndoEmailChange, Permission: models.PermissionEmailChange,
		Event: models.EventEmailRestored, ConditionalEvents: []models.EventType{models.EventAccountUpdated},
		Budgets: []BudgetName{budgetTries},
		Done:    "A change of your e-mail address was undone", Tried: "Undoing a change of your e-mail address"},
	{Name: opRequestPhoneUpdate, Permission: models.PermissionPhoneUpdate, Proof: ProofRecent, Ability: true,
		Event: models.EventPhoneChangeRequested, Budgets: phoneBudgets,
		Done: "A change of your phone number was asked for", Tried: "Asking for a change of your phone number"},
	{Name: opConfirmPhoneUpdate, Permission: models.PermissionPhoneUpdate, Ability: true,
		Event: models.EventPhoneChanged, Budgets: []BudgetName{budgetTries, budgetCodeFailures},
		Done: "Your phone number was changed", Tried: "The change of your phone number"},
	{Name: opCancelPhoneUpdate, Permission: models.PermissionPhoneUpdate, Session: true, Ability: true,
		Done: "A change of your phone number was cancelled", Tried: "Cancelling a change of your phone number"},
	{Name: opDeleteAccount, Permission: models.PermissionAccountDelete, Session: true, Proof: ProofInCall,
		Ability: true,
		Event:   models.EventAccountDeleted, Budgets: slices.Concat(proofBudgets, []BudgetName{budgetTombstones}),
		Done: "Your account was deleted", Tried: "Deleting your account"},
	{Name: opRegisterAccount, Permission: models.PermissionRegister,
		ConditionalEvents: []models.EventType{models.EventAccountCreated},
		Budgets:           []BudgetName{budgetMails, budgetAccounts, budgetMessages, budgetStrangers},
		Done:              "Your account was registered", Tried: "A registration with your e-mail address"},
	{Name: opRequestAccountActivation, Permission: models.PermissionRegister, Ability: true,
		Budgets: mailBudgets,
		Done:    "The mail that confirms your address was asked for",
		Tried:   "Asking for the mail that confirms your address"},
	{Name: opConfirmAccountActivation, Permission: models.PermissionRegister,
		Event: models.EventAccountActivated, ConditionalEvents: []models.EventType{models.EventAccountCreated},
		Budgets: proofBudgets,
		Done:    "Your e-mail address was confirmed", Tried: "Confirming your e-mail address"},
	{Name: opSignIn, Permission: models.PermissionSignIn,
		Budgets: []BudgetName{budgetPasswords, budgetTries},
		Done:    "You signed in", Tried: "A sign-in"},
	{Name: opSignInWithIdentityProvider, Permission: models.PermissionSignIn,
		ConditionalEvents: []models.EventType{models.EventAccountCreated},
		Budgets:           []BudgetName{budgetTries, budgetTokens, budgetAccounts},
		Done:              "You signed in with another service", Tried: "A sign-in with another service"},
	{Name: opSignOut, Permission: models.PermissionSignOut, Session: true, Ability: true,
		ConditionalEvents: []models.EventType{models.EventSessionRevoked},
		Done:              "A session was signed out", Tried: "Signing out"},
	{Name: opRevokeSession, Permission: models.PermissionSignOut, Session: true, Ability: true,
		ConditionalEvents: []models.EventType{models.EventSessionRevoked},
		Done:              "A session was ended", Tried: "Ending a session"},
	{Name: opLinkIdentityProvider, Permission: models.PermissionAccountUpdate,
		Session: true, Proof: ProofInCall, Ability: true,
		ConditionalEvents: []models.EventType{models.EventAccountUpdated}, Budgets: proofBudgets,
		Done: "Another service was linked for signing in", Tried: "Linking another service"},
	{Name: opUnlinkIdentityProvider, Permission: models.PermissionAccountUpdate,
		Session: true, Proof: ProofInCall, Ability: true,
		Event: models.EventAccountUpdated, Budgets: proofBudgets,
		Done: "Another service was unlinked", Tried: "Unlinking another service"},

	{Name: opAPIKeyCreate, Internal: true,
		Done: "The shop created a key for an application", Tried: "A new key for an application"},
	{Name: opAPIKeyRevoke, Internal: true,
		Done: "The shop revoked the key of an application", Tried: "Revoking the key of an application"},
	{Name: opAccountCreate, Internal: true,
		Event: models.EventAccountCreated,
		Done:  "Your account was created by the shop", Tried: "Creating your account"},
	{Name: opAccountImport, Internal: true,
		Event: models.EventAccountCreated,
		Done:  "Your account was brought along by the shop", Tried: "Bringing your account along"},
	{Name: opAccountGet, Internal: true,
		Done: "The shop looked at your account", Tried: "A look at your account by the shop"},
	{Name: opAccountExport, Internal: true,
		Done: "The shop exported your data", Tried: "An export of your data by the shop"},
	{Name: opAccountErase, Internal: true,
		Event: models.EventAccountDeleted, Budgets: []BudgetName{budgetTombstones},
		Done: "Your account was deleted by the shop", Tried: "Deleting your account by the shop"},
	{Name: opOutboxList, Internal: true,
		Done: "The shop looked at which messages you were sent", Tried: "A look at your messages by the shop"},
	{Name: opOutboxRetry, Internal: true,
		Done: "The shop sent a message about your account again", Tried: "Sending a message about your account again"},
	{Name: opKeysRotate, Internal: true,
		Done: "The shop exchanged the service's keys", Tried: "An exchange of the service's keys"},
	{Name: opCustomerToken, Internal: true,
		Event: models.EventAccountCreated, Budgets: []BudgetName{budgetTokens},
		Done: "Your account was created when you first came with another login", Tried: "Creating your account"},
	{Name: opEmailDisplaced, Internal: true,
		Event: models.EventAccountUpdated,
		Done:  "Somebody else confirmed the e-mail address that your account had; set another one",
		Tried: "Confirming the e-mail address that your account had, by somebody else,"},
	{Name: opPhoneReleased, Internal: true,
		Event: models.EventPhoneChanged,
		Done:  "Somebody else confirmed the phone number that your account had, so it was removed",
		Tried: "Confirming the phone number that your account had, by somebody else,"},
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
