package graph

import "github.com/accountql/accountql/models"

// statuses maps each code to the HTTP status of an answer that has no data.
var statuses = map[models.Code]int{
	models.CodeAPIKeyInvalid:               401,
	models.CodePermissionDenied:            403,
	models.CodeUnauthenticated:             401,
	models.CodeInvalidCredentials:          403,
	models.CodeActivationRequired:          403,
	models.CodeAccountBlocked:              403,
	models.CodeDeletionPending:             403,
	models.CodeReauthenticationRequired:    403,
	models.CodeSecondFactorRequired:        403,
	models.CodeTermsRequired:               403,
	models.CodeTokenInvalid:                403,
	models.CodeCodeInvalid:                 403,
	models.CodePasswordRejected:            400,
	models.CodeInvalidInput:                400,
	models.CodeEmailUnavailable:            409,
	models.CodePhoneUnavailable:            409,
	models.CodeVersionConflict:             409,
	models.CodeIdempotencyKeyReused:        422,
	models.CodeIdempotencyKeyInUse:         409,
	models.CodeRateLimited:                 429,
	models.CodeMessageChannelUnavailable:   503,
	models.CodeIdentityProviderUnavailable: 503,
	models.CodeOverloaded:                  503,
	models.CodeUnavailable:                 503,
	models.CodeRequestTooLarge:             413,
	models.CodeQueryTooComplex:             400,
	models.CodeBadRequest:                  400,
	models.CodeGraphQLParseFailed:          400,
	models.CodeGraphQLValidationFailed:     400,
	models.CodeInternal:                    500,
}

// Status is the HTTP status of an answer that failed with a code.
func Status(code models.Code) int { return statuses[code] }
