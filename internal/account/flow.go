package account

import (
	"context"
	"errors"

	"github.com/accountql/accountql/models"
)

// flow is one run of an operation. Each run writes one audit event: recordRefusal writes the event of a refusal,
// and commit the event of a success (R-C13).
type flow struct {
	service   *Service
	caller    models.Caller
	operation OperationName
	// accountID is the account of the audit event. The flow sets it again when it knows the account better.
	accountID string
	// done is the success of the current run of the transaction.
	done success
}

// nobody is the account ID of an event while the flow does not know the account yet.
const nobody = ""

// begin starts a flow. The caller defers recordRefusal immediately after it.
func (s *Service) begin(caller models.Caller, operation OperationName, accountID string) *flow {
	return &flow{service: s, caller: caller, operation: operation, accountID: accountID}
}

// concerns sets the account that the flow is about. It ignores nil.
func (f *flow) concerns(account *models.Account) {
	if account != nil {
		f.accountID = account.ID
	}
}

// recordRefusal writes the audit event if the flow failed.
func (f *flow) recordRefusal(ctx context.Context, failure *error) {
	f.service.recordRefusal(ctx, f.caller, f.operation, f.accountID, *failure)
}

// success is what a flow writes in addition to its change once it has succeeded.
type success struct {
	// AuditEvent is the flow's audit event. The flow may add details to it.
	models.AuditEvent
	// webhookData is the data of the operation's webhook event.
	webhookData eventData
	// outlives reports whether the payload must be kept longer than the account.
	outlives bool
}

// commit runs act in one transaction, and writes the flow's success in the same transaction. It returns the
// payload, which act may fill in. Like every transaction, it may run act again, with a new success.
func commit[P any](ctx context.Context, f *flow, payload *P, act func(tx Tx, done *success) error) (*P, error) {
	err := f.service.inTx(ctx, func(tx Tx) error {
		f.done = success{AuditEvent: f.service.event(f.caller, f.operation, f.accountID)}
		done := &f.done
		if err := act(tx, done); err != nil {
			return err
		}

		keptFor := done.AccountID
		if done.outlives {
			keptFor = nobody
		}

		// guard: an outcome is kept with the change
		if err := f.service.keepOutcome(ctx, tx, f.caller, keptFor, payload); err != nil {
			return err
		}

		return f.service.recordSuccess(ctx, tx, &done.AuditEvent, done.webhookData)
	})
	if err != nil {
		return nil, err
	}

	return payload, nil
}

// recordSuccess enqueues the webhook event of the operation's table row, and writes the audit event. A flow can commit
// an event of a refusal, as a registration of a taken address does; that has no webhook event.
func (s *Service) recordSuccess(ctx context.Context, tx Tx, event *models.AuditEvent, data eventData) error {
	row := operationByName[OperationName(event.Operation)]
	if row.Event != "" && event.Outcome == models.OutcomeSuccess {
		if err := s.enqueueEvent(ctx, tx, row.Event, event.AccountID, data); err != nil {
			return err
		}
	}
	return s.record(ctx, tx, event)
}

// recordInternal is recordSuccess for internal operations, which no caller of the API requested.
func (s *Service) recordInternal(ctx context.Context, tx Tx, operation OperationName, accountID string) error {
	event := s.event(models.Caller{}, operation, accountID)
	return s.recordSuccess(ctx, tx, &event, nil)
}

// lockCaller locks the caller's account and returns its current row. It returns UNAUTHENTICATED if the account or
// the session has ended since the request began.
func lockCaller(ctx context.Context, tx Tx, caller models.Caller) (*models.Account, error) {
	return lockUnchanged(ctx, tx, caller.Account, errUnauthenticated)
}

// lockUnchanged locks an account and returns its current row. The customer was verified against the credentials of
// the given account: lockUnchanged returns the refusal if they have changed since, or if the account is not active
// any more.
func lockUnchanged(
	ctx context.Context, tx Tx, account *models.Account, refusal func() *models.Error,
) (*models.Account, error) {
	current, err := tx.LockKnownAccount(ctx, account)
	if errors.Is(err, models.ErrNotFound) {
		return nil, refusal()
	}
	if err != nil {
		return nil, err
	}
	if current.CredentialEpoch != account.CredentialEpoch || current.Status != models.StatusActive {
		return nil, refusal()
	}

	return current, nil
}
