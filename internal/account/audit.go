package account

import (
	"context"

	"github.com/accountql/accountql/models"
)

// event describes an operation of the caller on an account.
func (s *Service) event(caller models.Caller, operation OperationName, accountID string) *models.AuditEvent {
	event := &models.AuditEvent{
		ID: s.NewID(), AccountID: accountID, Operation: string(operation), Outcome: models.OutcomeSuccess,
		IP: caller.IP, UserAgent: caller.UserAgent, RequestID: caller.RequestID, At: s.now(),
	}
	if caller.APIKey != nil {
		event.APIKeyID = caller.APIKey.ID
	}
	if caller.Session != nil {
		event.SessionID = caller.Session.ID
	}
	return event
}

// RecordRefusal writes the audit event of an operation that was refused before it began.
func (s *Service) RecordRefusal(ctx context.Context, caller models.Caller, operation OperationName, refusal error) {
	accountID := caller.AccountID()
	s.recordRefusal(ctx, caller, operation, &accountID, &refusal)
}

// recordRefusal writes the audit event of an operation that failed; flows defer
// it, and write the event of a success in their own transaction (R-C13).
// The event is lost when the database can't take it: the refusal stands all the same.
func (s *Service) recordRefusal(ctx context.Context, caller models.Caller, operation OperationName, accountID *string, failure *error) {
	if *failure == nil {
		return
	}
	event := s.event(caller, operation, *accountID)
	event.Code = models.CodeOf(*failure)
	switch event.Code {
	case models.CodeUnavailable:
		return
	case models.CodeRateLimited, models.CodeOverloaded:
		event.Outcome = models.OutcomeLimited
	case models.CodeInternal, models.CodeIdentityProviderUnavailable:
		event.Outcome = models.OutcomeFailed
	default:
		event.Outcome = models.OutcomeRefused
	}
	// A client that leaves is no reason to forget what it tried.
	ctx = context.WithoutCancel(ctx)
	_ = s.Store.InTx(ctx, func(tx Tx) error { return tx.RecordEvent(ctx, event) })
}
