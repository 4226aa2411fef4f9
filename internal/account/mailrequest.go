package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// mailRequest is a request by anybody for a mail with a token to an account's own address.
type mailRequest struct {
	purpose models.Purpose
	kind    models.MessageKind
	ttl     time.Duration
	allowed Limit
	// wanted says whether the account gets the mail.
	wanted func(account *models.Account) bool
}

// acceptMailRequest answers such a request: the same for every address, after
// the same statements (R-RPR1). Where no mail is due, a challenge of no account
// and a message that counts as sent are written in its place.
func (s *Service) acceptMailRequest(ctx context.Context, caller models.Caller, operation string, address models.EmailAddress, request mailRequest) (_ *Accepted, err error) {
	var accountID string
	defer s.recordRefusal(ctx, caller, operation, &accountID, &err)
	email, err := contact.ParseEmail("email", address)
	if err != nil {
		return nil, err
	}
	token, hash, err := s.newToken("")
	if err != nil {
		return nil, err
	}
	err = s.inTx(ctx, func(tx Tx) error {
		owner, err := tx.AccountByEmail(ctx, email)
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return err
		}
		event := s.event(caller, operation, "")
		if owner != nil {
			event.AccountID = owner.ID
		}
		limited, err := s.mailLimited(ctx, tx, caller, request, email)
		if err != nil {
			return err
		}
		if limited {
			event.Outcome, event.Code = models.OutcomeLimited, models.CodeRateLimited
		}
		// The mail goes to the stored address, never to the one that was typed (R-RPR3).
		recipient := owner
		if owner == nil || limited || !request.wanted(owner) {
			recipient = &models.Account{}
		}
		challenge := s.newChallenge(recipient, request.purpose, string(recipient.Email), request.ttl)
		challenge.SecretHash = hash
		if err := replaceChallenge(ctx, tx, challenge); err != nil {
			return err
		}
		mail := s.mail(caller, recipient, request.kind, recipient.Email)
		if recipient.ID == "" {
			mail.SentAt = &mail.CreatedAt
		}
		if err := enqueueToken(ctx, tx, mail, challenge, token); err != nil {
			return err
		}
		return tx.RecordEvent(ctx, event)
	})
	if err != nil {
		return nil, err
	}
	return &Accepted{Accepted: true}, nil
}

// mailLimited counts the mail against its budgets until one of them is exceeded,
// which is not told to the caller: what is not mailed uses up no later budget.
// Strange addresses have the same budgets, so the work tells nothing about them.
func (s *Service) mailLimited(ctx context.Context, tx Tx, caller models.Caller, request mailRequest, email models.EmailAddress) (bool, error) {
	err := s.spendNetwork(ctx, tx, caller, "mails", s.Settings.Limits.NetworkMails)
	if err == nil {
		err = s.spendMessage(ctx, tx, request.kind, string(email))
	}
	if err == nil {
		err = s.spend(ctx, tx, budgetKey("mails", string(request.kind), string(email)), request.allowed)
	}
	if models.CodeOf(err) == models.CodeRateLimited {
		return true, nil
	}
	return false, err
}
