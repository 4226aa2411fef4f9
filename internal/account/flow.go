package account

import (
	"context"
	"errors"

	"github.com/accountql/accountql/models"
)

// flow is one run of an operation. Each leaves one event in the audit trail: recordRefusal writes that of a refusal,
// and commit that of a success (R-C13).
type flow struct {
	service   *Service
	caller    models.Caller
	operation OperationName
	// accountID is whose the event is; the flow corrects it as soon as it knows better.
	accountID string
	// done is of the run of the transaction that is under way.
	done success
}

// nobody is whose an event is before a flow knows whose account it is about.
const nobody = ""

// begin starts a flow, which defers recordRefusal at once.
func (s *Service) begin(caller models.Caller, operation OperationName, accountID string) *flow {
	return &flow{service: s, caller: caller, operation: operation, accountID: accountID}
}

// concerns says whose account the flow is about; nil says nothing.
func (f *flow) concerns(account *models.Account) {
	if account != nil {
		f.accountID = account.ID
	}
}

// recordRefusal writes the audit event of a flow that failed.
func (f *flow) recordRefusal(ctx context.Context, failure *error) {
	f.service.recordRefusal(ctx, f.caller, f.operation, f.accountID, *failure)
}

// success is what a flow leaves behind once it has done what it was asked for.
type success struct {
	// AuditEvent is the flow's event, which it may add to.
	models.AuditEvent
	// told is the data of the operation's webhook event.
	told eventData
	// outlives says that the answer is kept longer than the account.
	outlives bool
}

// commit runs act in one transaction, and in the same one leaves the flow's success behind. It returns the payload,
// which act may fill in. Like every transaction it may run act again, with another success.
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

		return f.service.recordSuccess(ctx, tx, &done.AuditEvent, done.told)
	})
	if err != nil {
		return nil, err
	}

	return payload, nil
}

// recordSuccess sends the webhook event that the operation's row names, and writes the audit event.
func (s *Service) recordSuccess(ctx context.Context, tx Tx, event *models.AuditEvent, told eventData) error {
	if row := operationByName[OperationName(event.Operation)]; row.Event != "" {
		if err := s.enqueueEvent(ctx, tx, row.Event, event.AccountID, told); err != nil {
			return err
		}
	}
	return s.record(ctx, tx, event)
}

// recordInternal is recordSuccess for what no caller of the API asked for.
func (s *Service) recordInternal(ctx context.Context, tx Tx, operation OperationName, accountID string) error {
	event := s.event(models.Caller{}, operation, accountID)
	return s.recordSuccess(ctx, tx, &event, nil)
}

// lockCaller returns the caller's account as it is now; it fails with UNAUTHENTICATED if the account or the session
// ended since the request began.
func lockCaller(ctx context.Context, tx Tx, caller models.Caller) (*models.Account, error) {
	return lockUnchanged(ctx, tx, caller.Account, errUnauthenticated)
}

// lockUnchanged locks an account and returns it as it is now. Its customer was verified against the credentials that it
// had then: they must still be the same, and the account active, or else it fails with the refusal.
func lockUnchanged(
	ctx context.Context, tx Tx, account *models.Account, refusal func() *models.Error,
) (*models.Account, error) {
	current, err := tx.LockAccount(ctx, account.ID)
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
