package account

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	// dataExportTTL is how long a customer can download a copy of the data.
	dataExportTTL = 24 * time.Hour
	// maxOwnEvents limits the audit events of a customer's own copy, because it is kept in one row.
	maxOwnEvents = 10_000
)

// RequestDataExportInput is the input of requestDataExport.
type RequestDataExportInput struct {
	ProofInput
}

// RequestDataExportPayload is the payload of requestDataExport.
type RequestDataExportPayload struct {
	ExpiresAt time.Time
}

// RequestDataExport makes a copy of all that is stored of the customer, and mails a token that opens it for a day. It
// fails with REAUTHENTICATION_REQUIRED, INVALID_CREDENTIALS, RATE_LIMITED (once a day), or INVALID_INPUT if the account
// has no address of its own any more.
func (s *Service) RequestDataExport(
	ctx context.Context, caller models.Caller, input RequestDataExportInput,
) (_ *RequestDataExportPayload, err error) {
	flow := s.begin(caller, opRequestDataExport, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	offered := s.offer(caller, opRequestDataExport, input.ProofInput)
	if err := offered.check(); err != nil {
		return nil, err
	}
	if err := offered.require(opRequestDataExport); err != nil {
		return nil, err
	}
	if err := checkMailable(caller.Account); err != nil {
		return nil, err
	}
	if err := offered.verify(ctx, caller.Account); err != nil {
		return nil, err
	}

	kept, token, challenge, err := s.prepareDataExport(ctx, caller.Account)
	if err != nil {
		return nil, err
	}

	payload := &RequestDataExportPayload{ExpiresAt: kept.ExpiresAt}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		account, err := lockCaller(ctx, tx, caller)
		if err != nil {
			return err
		}
		if err := offered.settle(ctx, tx, account); err != nil {
			return err
		}

		// guard: a copy is made once a day
		if err := s.spend(ctx, tx, dataExportsKey(account.ID), s.Settings.Limits.DataExports); err != nil {
			return err
		}
		if err := s.spendMessage(ctx, tx, account, models.MessageDataExport, string(account.Email)); err != nil {
			return err
		}

		if err := replaceChallenge(ctx, tx, challenge); err != nil {
			return err
		}
		if err := tx.KeepExport(ctx, kept); err != nil {
			return err
		}

		mail := s.mail(caller, account, models.MessageDataExport, account.Email)

		return enqueueToken(ctx, tx, mail, challenge, token)
	})
}

// prepareDataExport makes the copy and the token that opens it. It fails with RATE_LIMITED before it reads anything.
func (s *Service) prepareDataExport(
	ctx context.Context, account *models.Account,
) (_ *models.KeptExport, token string, _ *models.Challenge, err error) {
	if err := s.checkDataExports(ctx, account.ID); err != nil {
		return nil, "", nil, err
	}

	export, err := s.exportOf(ctx, account, maxOwnEvents)
	if err != nil {
		return nil, "", nil, err
	}

	document, err := json.Marshal(export.Shown())
	if err != nil {
		return nil, "", nil, fmt.Errorf("copy of a customer's data: %w", err)
	}

	challenge, token, err := s.newTokenChallenge(account, models.PurposeDataExport, string(account.Email), dataExportTTL)
	if err != nil {
		return nil, "", nil, err
	}

	return &models.KeptExport{
		ID: challenge.ID, AccountID: account.ID, Document: document,
		CreatedAt: challenge.CreatedAt, ExpiresAt: challenge.ExpiresAt,
	}, token, challenge, nil
}

// checkDataExports returns RATE_LIMITED if the account's copy of the day is made already.
func (s *Service) checkDataExports(ctx context.Context, accountID string) error {
	if s.Settings.Unlimited {
		return nil
	}

	spent, err := s.Store.Budgets(ctx, dataExportsKey(accountID))
	if err != nil || len(spent) == 0 {
		return err
	}

	now := s.now()

	return checkLimit(spent[0].Spent(now), s.Settings.Limits.DataExports, now)
}

// DataExport is the result of dataExport.
type DataExport struct {
	CreatedAt, ExpiresAt time.Time
	Document             models.JSONObject
}

// DataExport returns the copy that the caller's customer has asked for, once the event of it is written. The token
// proves the mailbox, and the session who reads. It fails with TOKEN_INVALID and RATE_LIMITED.
func (s *Service) DataExport(ctx context.Context, caller models.Caller, token string) (_ *DataExport, err error) {
	flow := s.begin(caller, opDataExport, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	challenge, err := s.findToken(ctx, caller, models.PurposeDataExport, token)
	if err != nil {
		return nil, err
	}
	if !challenge.Live(caller.Account, s.now()) { // guard: a copy is its customer's
		return nil, errTokenInvalid()
	}

	kept, err := s.Store.KeptExport(ctx, challenge.ID, s.now())
	if err != nil {
		return nil, notFoundAs(err, errTokenInvalid())
	}

	export := &DataExport{CreatedAt: kept.CreatedAt, ExpiresAt: kept.ExpiresAt}
	decoder := json.NewDecoder(bytes.NewReader(kept.Document))
	decoder.UseNumber() // numbers keep their digits
	if err := decoder.Decode(&export.Document); err != nil {
		return nil, fmt.Errorf("copy of a customer's data: %w", err)
	}

	// guard: a copy without its event is not shown
	err = s.inTx(ctx, func(tx Tx) error {
		event := s.event(caller, opDataExport, caller.AccountID())
		return s.recordSuccess(ctx, tx, &event, nil)
	})
	if err != nil {
		return nil, err
	}

	return export, nil
}
