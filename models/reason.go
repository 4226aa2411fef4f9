package models

// Reason is more specific than the code, so that a page can explain the failure in its own words. Every
// INVALID_INPUT and every PASSWORD_REJECTED has one, and so has UNAVAILABLE if it is unknown whether the change was
// made. The schema's enum ErrorReason lists the same values; a test compares them.
type Reason string

// Why a value was refused. Reasons with "limit" come with a number, the others don't.
const (
	ReasonRequired           Reason = "REQUIRED"
	ReasonBlank              Reason = "BLANK"
	ReasonWrongType          Reason = "WRONG_TYPE"
	ReasonMalformed          Reason = "MALFORMED"
	ReasonForbiddenCharacter Reason = "FORBIDDEN_CHARACTER"
	ReasonUnknownValue       Reason = "UNKNOWN_VALUE"
	ReasonNotAllowed         Reason = "NOT_ALLOWED"
	ReasonConflicting        Reason = "CONFLICTING"
	ReasonTooShort           Reason = "TOO_SHORT" // limit: characters
	ReasonTooLong            Reason = "TOO_LONG"  // limit: characters
	ReasonTooLarge           Reason = "TOO_LARGE" // limit: bytes
	ReasonTooSmall           Reason = "TOO_SMALL" // limit: the least number
	ReasonTooGreat           Reason = "TOO_GREAT" // limit: the greatest number
	ReasonTooMany            Reason = "TOO_MANY"  // limit: elements or keys
	ReasonTooDeep            Reason = "TOO_DEEP"  // limit: levels
	ReasonNotFinite          Reason = "NOT_FINITE"
	ReasonTooLongAgo         Reason = "TOO_LONG_AGO" // limit: the first year
	ReasonInTheFuture        Reason = "IN_THE_FUTURE"
	ReasonTooEarly           Reason = "TOO_EARLY"
	ReasonTooLate            Reason = "TOO_LATE"
	ReasonFieldReadOnly      Reason = "FIELD_READ_ONLY"
	ReasonFieldAlreadySet    Reason = "FIELD_ALREADY_SET"
	ReasonUnknownAttribute   Reason = "UNKNOWN_ATTRIBUTE"
	ReasonSameAsNow          Reason = "SAME_AS_NOW"
	ReasonCountryNotAllowed  Reason = "COUNTRY_NOT_ALLOWED"
	ReasonKindNotAllowed     Reason = "KIND_NOT_ALLOWED"
	ReasonEmailNotVerified   Reason = "EMAIL_NOT_VERIFIED"
	ReasonTaken              Reason = "TAKEN"
	ReasonAlreadyLinked      Reason = "ALREADY_LINKED"
	ReasonNotLinked          Reason = "NOT_LINKED"
	// ReasonFactorMissing stands with SECOND_FACTOR_REQUIRED at a sign-in.
	ReasonFactorMissing Reason = "SECOND_FACTOR_MISSING"
	ReasonLastWayIn     Reason = "LAST_WAY_IN"
	ReasonEndsElsewhere Reason = "ENDS_ELSEWHERE"
	ReasonCommon        Reason = "COMMON"
	ReasonBreached      Reason = "BREACHED"
	ReasonOwnData       Reason = "OWN_DATA"
	ReasonRepetitive    Reason = "REPETITIVE"
	ReasonSameAsOld     Reason = "SAME_AS_OLD"

	// ReasonOutcomeUnknown comes with UNAVAILABLE: it is unknown whether the change was made.
	ReasonOutcomeUnknown Reason = "OUTCOME_UNKNOWN"
)

// Reasons returns every reason, in the order of the schema.
func Reasons() []Reason {
	return []Reason{
		ReasonRequired, ReasonBlank, ReasonWrongType, ReasonMalformed, ReasonForbiddenCharacter, ReasonUnknownValue,
		ReasonNotAllowed, ReasonConflicting, ReasonTooShort, ReasonTooLong, ReasonTooLarge, ReasonTooSmall,
		ReasonTooGreat,
		ReasonTooMany, ReasonTooDeep, ReasonNotFinite, ReasonTooLongAgo, ReasonInTheFuture, ReasonTooEarly, ReasonTooLate,
		ReasonFieldReadOnly, ReasonFieldAlreadySet, ReasonUnknownAttribute, ReasonSameAsNow,
		ReasonCountryNotAllowed, ReasonKindNotAllowed, ReasonEmailNotVerified, ReasonTaken, ReasonAlreadyLinked,
		ReasonNotLinked, ReasonFactorMissing, ReasonLastWayIn, ReasonEndsElsewhere, ReasonCommon, ReasonBreached, ReasonOwnData,
		ReasonRepetitive, ReasonSameAsOld,
		ReasonOutcomeUnknown,
	}
}

// HasLimit reports whether the reason comes with a number.
func (r Reason) HasLimit() bool {
	switch r {
	case ReasonTooShort, ReasonTooLong, ReasonTooLarge, ReasonTooSmall, ReasonTooGreat,
		ReasonTooMany, ReasonTooDeep, ReasonTooLongAgo:
		return true
	}
	return false
}

// BlankOr returns BLANK if text has no visible character, and the given reason otherwise.
func BlankOr(text string, reason Reason) Reason {
	if IsBlank(text) {
		return ReasonBlank
	}
	return reason
}
