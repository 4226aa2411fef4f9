package account

import (
	"context"
	"errors"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// WithdrawConsentInput is the input of withdrawConsent.
type WithdrawConsentInput struct {
	Token string
}

// WithdrawConsent withdraws the consent that the token of a link names; no session is needed. Its answer is the same
// for every token: of a consent that is withdrawn already, of an account that is gone, and for what is no token. It
// fails with INVALID_INPUT.
func (s *Service) WithdrawConsent(
	ctx context.Context, caller models.Caller, input WithdrawConsentInput,
) (_ *Accepted, err error) {
	flow := s.begin(caller, opWithdrawConsent, nobody)
	defer flow.recordRefusal(ctx, &err)

	if err := requireText("token", input.Token); err != nil {
		return nil, err
	}

	link, err := s.openLink(ctx, contact.PlainToken(input.Token))
	if err != nil {
		return nil, err
	}

	return commit(ctx, flow, &Accepted{Accepted: true}, func(tx Tx, done *success) error {
		if link == nil {
			return nil
		}

		account, err := tx.LockAccount(ctx, link.accountID)
		if err != nil {
			return notFoundAs(err, nil)
		}

		done.AccountID = account.ID
		_, err = s.withdraw(ctx, tx, account, link.channel, opWithdrawConsent)

		return err
	})
}

// Unsubscribe withdraws the consent that the token of a link names, for the button of a mail program or of the link's
// page: no key of an application is needed. For a token without effect it writes nothing, and returns nil as for
// others.
func (s *Service) Unsubscribe(ctx context.Context, caller models.Caller, token string) error {
	link, err := s.openLink(ctx, contact.PlainToken(token))
	if err != nil || link == nil {
		return err
	}

	err = s.inTx(ctx, func(tx Tx) error {
		account, err := tx.LockAccount(ctx, link.accountID)
		if err != nil {
			return notFoundAs(err, nil)
		}

		changed, err := s.withdraw(ctx, tx, account, link.channel, opUnsubscribe)
		if err != nil || !changed {
			return err
		}

		event := s.event(caller, opUnsubscribe, account.ID)

		return s.recordSuccess(ctx, tx, &event, nil)
	})
	s.recordRefusal(ctx, caller, opUnsubscribe, link.accountID, err)

	return err
}

// withdraw withdraws a consent of a locked account, and the mail that asks for the second opt-in with it. It reports
// whether there was anything to withdraw: also a consent that waits, and an answer that is missing.
func (s *Service) withdraw(
	ctx context.Context, tx Tx, account *models.Account, channel models.ConsentChannel, source OperationName,
) (changed bool, err error) {
	refused, answer := false, account.Agreements.Channel(channel)
	_, err = tx.PendingConsent(ctx, account.ID, channel)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return false, err
	}
	if err != nil && sameAnswer(*answer, &refused) {
		return false, nil
	}

	*answer, account.UpdatedAt = &refused, s.now()
	if err := tx.UpdateAccount(ctx, account, "agreement_"+string(channel)); err != nil {
		return false, err
	}

	return true, s.recordConsent(ctx, tx, account.ID, channel, &refused, source)
}
