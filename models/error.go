package models

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// Code names a failure for programs. The schema's enum ErrorCode lists the same values; a test compares them.
type Code string

// The failures that a client can see (docs/contract.md, "Errors").
const (
	CodeAPIKeyInvalid               Code = "API_KEY_INVALID"
	CodePermissionDenied            Code = "PERMISSION_DENIED"
	CodeUnauthenticated             Code = "UNAUTHENTICATED"
	CodeInvalidCredentials          Code = "INVALID_CREDENTIALS"
	CodeActivationRequired          Code = "ACTIVATION_REQUIRED"
	CodeAccountBlocked              Code = "ACCOUNT_BLOCKED"
	CodeDeletionPending             Code = "DELETION_PENDING"
	CodeReauthenticationRequired    Code = "REAUTHENTICATION_REQUIRED"
	CodeSecondFactorRequired        Code = "SECOND_FACTOR_REQUIRED"
	CodeTermsRequired               Code = "TERMS_REQUIRED"
	CodeTokenInvalid                Code = "TOKEN_INVALID"
	CodeCodeInvalid                 Code = "CODE_INVALID"
	CodePasswordRejected            Code = "PASSWORD_REJECTED"
	CodeInvalidInput                Code = "INVALID_INPUT"
	CodeEmailUnavailable            Code = "EMAIL_UNAVAILABLE"
	CodePhoneUnavailable            Code = "PHONE_UNAVAILABLE"
	CodeVersionConflict             Code = "VERSION_CONFLICT"
	CodeIdempotencyKeyReused        Code = "IDEMPOTENCY_KEY_REUSED"
	CodeIdempotencyKeyInUse         Code = "IDEMPOTENCY_KEY_IN_USE"
	CodeRateLimited                 Code = "RATE_LIMITED"
	CodeMessageChannelUnavailable   Code = "MESSAGE_CHANNEL_UNAVAILABLE"
	CodeIdentityProviderUnavailable Code = "IDENTITY_PROVIDER_UNAVAILABLE"
	CodeOverloaded                  Code = "OVERLOADED"
	CodeUnavailable                 Code = "UNAVAILABLE"
	CodeRequestTooLarge             Code = "REQUEST_TOO_LARGE"
	CodeQueryTooComplex             Code = "QUERY_TOO_COMPLEX"
	CodeBadRequest                  Code = "BAD_REQUEST"
	CodeGraphQLParseFailed          Code = "GRAPHQL_PARSE_FAILED"
	CodeGraphQLValidationFailed     Code = "GRAPHQL_VALIDATION_FAILED"
	CodeInternal                    Code = "INTERNAL"
)

// Codes returns every code, in the order of the schema.
func Codes() []Code {
	return []Code{
		CodeAPIKeyInvalid, CodePermissionDenied, CodeUnauthenticated, CodeInvalidCredentials, CodeActivationRequired,
		CodeAccountBlocked, CodeDeletionPending, CodeReauthenticationRequired, CodeSecondFactorRequired,
		CodeTermsRequired, CodeTokenInvalid, CodeCodeInvalid, CodePasswordRejected,
		CodeInvalidInput, CodeEmailUnavailable, CodePhoneUnavailable, CodeVersionConflict, CodeIdempotencyKeyReused,
		CodeIdempotencyKeyInUse, CodeRateLimited, CodeMessageChannelUnavailable, CodeIdentityProviderUnavailable,
		CodeOverloaded, CodeUnavailable, CodeRequestTooLarge, CodeQueryTooComplex, CodeBadRequest,
		CodeGraphQLParseFailed, CodeGraphQLValidationFailed, CodeInternal,
	}
}

// Error is the only error type that crosses package boundaries: it has a code for programs, a sentence for people,
// and a cause for the log only.
type Error struct {
	Code    Code
	Message string
	// Field is the path of the invalid field inside `input`, or "".
	Field string
	// Reason tells apart the causes of a code that has several, or is "".
	Reason Reason
	// Limit is the number that the reason refers to, or 0.
	Limit int
	// TriesLeft is how often the code of CODE_INVALID can still be tried.
	TriesLeft int
	// ChallengeID is the secret of SECOND_FACTOR_REQUIRED that completeSignIn takes, or "" if the code goes into the same
	// call.
	ChallengeID string
	// RetryAfter is how long to wait before a retry can succeed, or 0.
	RetryAfter time.Duration
	// Cause is logged and never sent to a client.
	Cause error
}

// Error returns the sentence for people; it never contains the cause.
func (e *Error) Error() string {
	if e.Field == "" {
		return e.Message
	}
	return e.Field + " " + e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is matches any Error with the same code, so that errors.Is(err, &Error{Code: …}) works.
func (e *Error) Is(target error) bool {
	other, ok := target.(*Error)
	return ok && other.Code == e.Code
}

// NewError returns an Error with a code and a sentence that does not end with a full stop.
func NewError(code Code, message string) *Error { return &Error{Code: code, Message: message} }

// InvalidInput returns the error of one invalid field. The message continues the field's name ("must be …"). The
// limit is 0 if the reason has none.
func InvalidInput(field string, reason Reason, limit int, message string) *Error {
	return &Error{Code: CodeInvalidInput, Field: field, Reason: reason, Limit: limit, Message: message}
}

// PasswordRejected returns the error of an unacceptable new password. The message continues the field's name ("must
// be …").
func PasswordRejected(field string, reason Reason, limit int, message string) *Error {
	return &Error{Code: CodePasswordRejected, Field: field, Reason: reason, Limit: limit, Message: message}
}

// Unavailable returns the error of a database that is currently unable to serve requests.
func Unavailable(cause error) *Error {
	return &Error{
		Code: CodeUnavailable, Message: "the service can't answer right now; nothing was changed", Cause: cause,
	}
}

// OutcomeUnknown returns the error of a change whose COMMIT the database did not answer. The change was made
// completely or not at all, and it is unknown which.
func OutcomeUnknown(cause error) *Error {
	return &Error{
		Code: CodeUnavailable, Reason: ReasonOutcomeUnknown, Cause: cause, // guard: an unknown outcome is told
		Message: "the service can't answer right now, and whether the change was made is not known: " +
			"look before you repeat it",
	}
}

// ErrNotFound is returned by a store if a row does not exist. It never reaches a client.
var ErrNotFound = errors.New("not found")

// ErrTaken is returned by a store if a row that must be unique exists already. It never reaches a client.
var ErrTaken = errors.New("taken")

// Errors are the errors of several invalid fields of one input.
type Errors []*Error

// Error joins the sentences of all errors.
func (e Errors) Error() string {
	sentences := make([]string, len(e))
	for i, one := range e {
		sentences[i] = one.Error()
	}
	return strings.Join(sentences, "; ")
}

// Add collects err, which may be nil, an *Error or Errors. It does not report a field twice.
func (e *Errors) Add(err error) {
	if err == nil {
		return
	}

	var many Errors
	var one *Error
	switch {
	case errors.As(err, &many):
		for _, one := range many {
			e.Add(one)
		}
	case errors.As(err, &one):
		known := slices.ContainsFunc(*e, func(known *Error) bool { return known.Field == one.Field && one.Field != "" })
		if !known {
			*e = append(*e, one)
		}
	default:
		*e = append(*e, &Error{Code: CodeInternal, Message: "something went wrong on our side", Cause: err})
	}
}

// OrNil returns the errors as one error, or nil if there are none.
func (e Errors) OrNil() error {
	switch len(e) {
	case 0:
		return nil
	case 1:
		return e[0]
	}
	return e
}

// CodeOf returns the code of the first Error in err's chain, or INTERNAL if there is none.
func CodeOf(err error) Code {
	var many Errors
	if errors.As(err, &many) && len(many) > 0 {
		return many[0].Code
	}

	var one *Error
	if errors.As(err, &one) {
		return one.Code
	}

	return CodeInternal
}
