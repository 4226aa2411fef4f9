package account

import (
	"context"

	"github.com/accountql/accountql/models"
)

// event returns the audit event for the success of an operation of the caller on an account; record writes it.
func (s *Service) event(caller models.Caller, operation OperationName, accountID string) models.AuditEvent {
	event := models.AuditEvent{
		AccountID: accountID, Operation: string(operation), Outcome: models.OutcomeSuccess,
		IP: caller.IP, UserAgent: caller.UserAgent, RequestID: caller.RequestID,
		Operator: s.actor.Operator, // guard: an event names its operator
		Reason:   s.actor.Reason,
	}
	if caller.APIKey != nil {
		event.APIKeyID = caller.APIKey.ID
	}
	if caller.Session != nil {
		event.SessionID = caller.Session.ID
	}

	return event
}

// record writes an event. It sets the ID and the time only now, so that they follow the order in which events are
// written; those of an erasure stand in its receipt already.
func (s *Service) record(ctx context.Context, tx Tx, event *models.AuditEvent) error {
	if event.ID == "" {
		event.ID, event.At = s.NewID(), s.now()
	}
	return tx.RecordEvent(ctx, event)
}

// RecordRefusal writes the audit event of an operation that was refused before it began.
func (s *Service) RecordRefusal(ctx context.Context, caller models.Caller, operation OperationName, refusal error) {
	s.recordRefusal(ctx, caller, operation, caller.AccountID(), refusal)
}

// recordRefusal writes the audit event of an operation that failed; it does nothing if refusal is nil. If the
// database can't store the event, the event is lost and the refusal still stands.
func (s *Service) recordRefusal(
	ctx context.Context, caller models.Caller, operation OperationName, accountID string, refusal error,
) {
	if refusal == nil {
		return
	}

	event := s.event(caller, operation, accountID)
	event.Code = models.CodeOf(refusal)
	if event.Code == models.CodeUnavailable {
		return
	}
	event.Outcome = event.Code.Outcome()

	// Record the attempt even if the client has disconnected.
	ctx = context.WithoutCancel(ctx)
	_ = s.Store.InTx(ctx, func(tx Tx) error { return s.record(ctx, tx, &event) })
}
