package account

import (
	"context"

	"github.com/accountql/accountql/models"
)

// event describes the success of an operation of the caller on an account; record writes it.
func (s *Service) event(caller models.Caller, operation OperationName, accountID string) models.AuditEvent {
	event := models.AuditEvent{
		AccountID: accountID, Operation: string(operation), Outcome: models.OutcomeSuccess,
		IP: caller.IP, UserAgent: caller.UserAgent, RequestID: caller.RequestID,
	}
	if caller.APIKey != nil {
		event.APIKeyID = caller.APIKey.ID
	}
	if caller.Session != nil {
		event.SessionID = caller.Session.ID
	}

	return event
}

// record writes an event, which gets its id and time now: they have the order in which the events are written.
func (s *Service) record(ctx context.Context, tx Tx, event *models.AuditEvent) error {
	event.ID, event.At = s.NewID(), s.now()
	return tx.RecordEvent(ctx, event)
}

// RecordRefusal writes the audit event of an operation that was refused before it began.
func (s *Service) RecordRefusal(ctx context.Context, caller models.Caller, operation OperationName, refusal error) {
	s.recordRefusal(ctx, caller, operation, caller.AccountID(), refusal)
}

// recordRefusal writes the audit event of an operation that failed, if it did. The event is lost if the database can't
// take it: the refusal stands all the same.
func (s *Service) recordRefusal(
	ctx context.Context, caller models.Caller, operation OperationName, accountID string, refusal error,
) {
	if refusal == nil {
		return
	}

	event := s.event(caller, operation, accountID)
	event.Code = models.CodeOf(refusal)

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
	_ = s.Store.InTx(ctx, func(tx Tx) error { return s.record(ctx, tx, &event) })
}
