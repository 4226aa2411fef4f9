package account

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// This file and the other files backoffice… have what the shop's own people do with customers' accounts. It keeps the
// customers' rules. It neither reads nor sets a secret, and signs nobody in.

// OperatorInput is the part that the inputs of all mutations of the back office have.
type OperatorInput struct {
	// ID is the account's.
	ID string
	// Operator and Reason are the actor. They are not used if the service has one already (By).
	Operator, Reason string
	// ExpectedVersion is the version of the account that the operator has read, or nil.
	ExpectedVersion *int
}

// Customer is an account as the shop's people see it.
type Customer struct{ *models.Account }

// CustomerPayload is the payload of operations that return the customer after a change.
type CustomerPayload struct{ Customer *Customer }

// actingBy returns the service for the actor of an input, unless the service has an actor. It returns INVALID_INPUT for
// "operator" or "reason".
func (s *Service) actingBy(input OperatorInput) (*Service, error) {
	if s.actor != (Actor{}) {
		return s, nil
	}

	actor, err := ParseActor(input.Operator, input.Reason)
	var wrong models.Errors
	wrong.Add(err)
	if input.Reason == "" { // guard: the back office gives a reason
		wrong.Add(models.InvalidInput("reason", models.ReasonBlank, 0, "must not be blank"))
	}
	if err := wrong.OrNil(); err != nil {
		return s, err
	}

	return s.By(actor), nil
}

// operate runs an operation of the back office on one account: it locks the account, and runs act in the same
// transaction. check validates the rest of the input, and may be nil. operate fails with INVALID_INPUT, also if the
// account does not exist, and with VERSION_CONFLICT.
func operate[P any](
	ctx context.Context, s *Service, caller models.Caller, operation OperationName, input OperatorInput,
	check func(account *models.Account) error, payload *P,
	act func(s *Service, tx Tx, account *models.Account, done *success) error,
) (_ *P, err error) {
	acting, err := s.actingBy(input)
	flow := acting.begin(caller, operation, nobody)
	defer flow.recordRefusal(ctx, &err)

	var wrong models.Errors
	wrong.Add(err)
	account, err := s.Store.AccountByID(ctx, contact.PlainToken(input.ID))
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return nil, err
	}
	wrong.Add(notFoundAs(err, errNoCustomer("id")))
	flow.concerns(account)
	if check != nil && account != nil {
		wrong.Add(check(account))
	}
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		current, err := tx.LockAccount(ctx, account.ID)
		if err != nil {
			return notFoundAs(err, errNoCustomer("id"))
		}
		if err := checkVersion("account", current.Version, input.ExpectedVersion); err != nil {
			return err
		}

		return act(acting, tx, current, done)
	})
}

// errNoCustomer is the error for an account that does not exist.
func errNoCustomer(field string) error {
	return models.InvalidInput(field, models.ReasonUnknownValue, 0, "must be a customer's; there is none")
}

// BlockCustomerInput is the input of blockCustomer.
type BlockCustomerInput struct{ OperatorInput }

// BlockCustomer closes an account: every session ends, what waits for a confirmation is void, and nobody signs in to it
// until UnblockCustomer. The customer is told by mail. A blocked account stays as it is.
func (s *Service) BlockCustomer(
	ctx context.Context, caller models.Caller, input BlockCustomerInput,
) (*CustomerPayload, error) {
	payload := &CustomerPayload{}
	return operate(ctx, s, caller, opBlockCustomer, input.OperatorInput, nil, payload,
		func(s *Service, tx Tx, account *models.Account, _ *success) error {
			payload.Customer = &Customer{account}
			switch account.Status {
			case models.StatusBlocked:
				return nil
			case models.StatusDeletionPending:
				return models.InvalidInput("id", models.ReasonNotAllowed, 0,
					"must not be of an account that waits for its deletion: it is closed already")
			}

			// guard: a block ends every session
			if _, err := tx.EndSessions(ctx, account.ID, "", s.now()); err != nil {
				return err
			}
			if err := s.voidSecrets(ctx, tx, account.ID); err != nil { // guard: a block voids what waits
				return err
			}

			return s.setStatus(ctx, tx, account, models.StatusBlocked, models.MessageShopBlocked,
				models.EventAccountBlocked)
		})
}

// UnblockCustomerInput is the input of unblockCustomer.
type UnblockCustomerInput struct{ OperatorInput }

// UnblockCustomer opens a blocked account again. The customer is told by mail. Where registrations must be confirmed,
// an account whose address nobody has proved or vouched for waits for its confirmation as after a registration. An
// account that is not blocked stays as it is.
func (s *Service) UnblockCustomer(
	ctx context.Context, caller models.Caller, input UnblockCustomerInput,
) (*CustomerPayload, error) {
	payload := &CustomerPayload{}
	return operate(ctx, s, caller, opUnblockCustomer, input.OperatorInput, nil, payload,
		func(s *Service, tx Tx, account *models.Account, _ *success) error {
			payload.Customer = &Customer{account}
			if account.Status != models.StatusBlocked {
				return nil
			}

			status := models.StatusActive
			// guard: unblocking confirms nothing
			if account.EmailClaimed() && s.Settings.Registration == RegistrationVerified {
				status = models.StatusPending
			}

			return s.setStatus(ctx, tx, account, status, models.MessageShopUnblocked, models.EventAccountUnblocked)
		})
}

// setStatus writes the status of a locked account, and tells the customer and the webhook.
func (s *Service) setStatus(
	ctx context.Context, tx Tx, account *models.Account, status models.Status, notice models.MessageKind,
	event models.EventType,
) error {
	account.Status, account.UpdatedAt = status, s.now()
	if err := tx.UpdateAccount(ctx, account, "status"); err != nil {
		return err
	}
	if err := tx.Enqueue(ctx, s.mail(models.Caller{}, account, notice, account.Email)); err != nil {
		return err
	}

	return s.enqueueEvent(ctx, tx, event, account.ID, nil)
}

// RevokeCustomerSessionsInput is the input of revokeCustomerSessions.
type RevokeCustomerSessionsInput struct{ OperatorInput }

// RevokeCustomerSessions ends every session of an account.
func (s *Service) RevokeCustomerSessions(
	ctx context.Context, caller models.Caller, input RevokeCustomerSessionsInput,
) (*RevokedSessions, error) {
	payload := &RevokedSessions{}
	return operate(ctx, s, caller, opRevokeCustomerSessions, input.OperatorInput, nil, payload,
		func(s *Service, tx Tx, account *models.Account, _ *success) (err error) {
			if payload.RevokedSessions, err = tx.EndSessions(ctx, account.ID, "", s.now()); err != nil {
				return err
			}
			return s.enqueueRevoked(ctx, tx, account.ID, payload.RevokedSessions)
		})
}

// ExportCustomerInput is the input of exportCustomer.
type ExportCustomerInput struct{ OperatorInput }

// ExportCustomerPayload is the payload of exportCustomer.
type ExportCustomerPayload struct{ Data models.JSONObject }

// ExportCustomer returns all that is stored of a customer, except secrets, as ExportAccount does.
func (s *Service) ExportCustomer(
	ctx context.Context, caller models.Caller, input ExportCustomerInput,
) (*ExportCustomerPayload, error) {
	payload := &ExportCustomerPayload{}
	return operate(ctx, s, caller, opExportCustomer, input.OperatorInput, func(account *models.Account) error {
		export, err := s.exportOf(ctx, account, maxExportedEvents)
		if err != nil {
			return err
		}

		payload.Data, err = toObject(export.Shown())

		return err
	}, payload, func(*Service, Tx, *models.Account, *success) error {
		return nil // the event of it is all that is written
	})
}

// toObject returns a value as the JSON object that it is encoded as.
func toObject(value any) (models.JSONObject, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("a value as a JSON object: %w", err)
	}

	var object models.JSONObject
	if err := object.Scan(text); err != nil {
		return nil, fmt.Errorf("a value as a JSON object: %w", err)
	}

	return object, nil
}

// EraseCustomerInput is the input of eraseCustomer.
type EraseCustomerInput struct{ OperatorInput }

// EraseCustomer deletes an account, as DeleteAccount does for its customer.
func (s *Service) EraseCustomer(
	ctx context.Context, caller models.Caller, input EraseCustomerInput,
) (*EraseCustomerPayload, error) {
	payload := &EraseCustomerPayload{DeletedAt: s.now()}
	var key SigningKey
	prepare := func(*models.Account) (err error) {
		key, err = s.prepareErasure(ctx)
		return err
	}

	payload, err := operate(ctx, s, caller, opEraseCustomer, input.OperatorInput, prepare, payload,
		func(s *Service, tx Tx, account *models.Account, done *success) (err error) {
			done.outlives = true
			erasure := erasure{key, payload.DeletedAt, &done.AuditEvent}
			if payload.Receipt, err = s.erase(ctx, tx, models.Caller{}, account, erasure); err != nil {
				return notFoundAs(err, errNoCustomer("id"))
			}

			done.webhookData = payload.Receipt.eventData()

			return nil
		})
	if err == nil {
		// The account is deleted even if its bytes can't be overwritten now.
		_ = s.Store.Forget(context.WithoutCancel(ctx))
	}

	return payload, err
}

// checkBackOffice returns INVALID_INPUT if a key of the back office would also be one of customers' applications, or one
// of a web page.
func checkBackOffice(wanted NewAPIKey) error {
	back := 0
	for _, permission := range wanted.Permissions {
		if permission.BackOffice() {
			back++
		}
	}

	switch {
	case back == 0:
		return nil
	case back < len(wanted.Permissions): // guard: a key is a customer's application's or the back office's
		return models.InvalidInput("permission", models.ReasonConflicting, 0,
			"must be of the back office alone, or have none of it: make two keys")
	case len(wanted.Origins) > 0: // guard: no page has a key of the back office
		return models.InvalidInput("origin", models.ReasonConflicting, 0,
			"must not be given for the back office, whose keys no browser may send")
	}

	return nil
}
