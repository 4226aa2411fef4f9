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
	// payload is what is answered, and next the place in it for when the next mail can go, of which the account's own
	// session is told; nil: nobody is.
	payload any
	next    **time.Time
}

// acceptMailRequest answers such a request: the same for every address, after
// the same statements (R-RPR1). Where no mail is due, a challenge of no account
// and a message that counts as sent are written in its place.
func (s *Service) acceptMailRequest(ctx context.Context, caller models.Caller, operation OperationName, address models.EmailAddress, request mailRequest) (err error) {
	var accountID string
	defer s.recordRefusal(ctx, caller, operation, &accountID, &err)
	email, err := contact.ParseEmail("email", address)
	if err != nil {
		return err
	}
	began := time.Now()
	token, hash, err := s.newToken("")
	if err != nil {
		return err
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
		// The mail goes to the stored address, never to the one that was typed (R-RPR3).
		recipient := owner
		if owner == nil || !request.wanted(owner) {
			recipient = &models.Account{}
		}
		due, err := s.requestDue(ctx, tx, caller, request, email, recipient)
		if err != nil {
			return err
		}
		if own := caller.AccountID(); request.next != nil && own != "" && own == recipient.ID {
			if *request.next, err = s.nextMail(ctx, tx, request, email, recipient); err != nil {
				return err
			}
		}
		if due.IsZero() {
			event.Outcome, event.Code = models.OutcomeLimited, models.CodeRateLimited
			recipient, due = &models.Account{}, s.now()
		}

		challenge := s.newChallenge(recipient, request.purpose, string(recipient.Email), request.ttl)
		challenge.SecretHash = hash
		if err := s.storeRequested(ctx, tx, challenge, due); err != nil {
			return err
		}
		mail := s.mail(caller, recipient, request.kind, recipient.Email)
		mail.NotBefore = due
		if recipient.ID == "" {
			mail.SentAt = &mail.CreatedAt
		}
		if err := enqueueToken(ctx, tx, mail, challenge, token); err != nil {
			return err
		}
		return s.succeed(ctx, tx, caller, event, request.payload)
	})
	if err != nil {
		return err
	}
	padToMinimum(ctx, began)
	return nil
}

// nextMail says when another mail of the kind could go to the account, after one was counted. It is asked for the account's own session only.
func (s *Service) nextMail(ctx context.Context, tx Tx, request mailRequest, email models.EmailAddress, account *models.Account) (*time.Time, error) {
	next := s.now()
	if s.Settings.Unlimited {
		return &next, nil
	}
	address := addressMailsKey(request.kind, email)
	for _, use := range append(s.ceilingUses(account), use{address, request.allowed}) {
		budget, err := tx.Budget(ctx, use.key)
		if errors.Is(err, models.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if use.key == address && budget.BlockedUntil.After(next) {
			next = budget.BlockedUntil
		}
		if budget.Count >= use.allowed.Uses && budget.ResetsAt.After(next) {
			next = budget.ResetsAt
		}
	}
	return &next, nil
}

// minMailRequestTime is how long the answer to such a request takes at least: the
// statements are the same, but one that finds an account reads and replaces
// rows, which takes some 70 µs of 1,400 more (docs/timing.md).
const minMailRequestTime = 10 * time.Millisecond

// padToMinimum waits for what is left of minMailRequestTime, with nothing held meanwhile.
func padToMinimum(ctx context.Context, began time.Time) {
	timer := time.NewTimer(time.Until(began.Add(minMailRequestTime)))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// storeRequested stores the challenge of a mail. One that is sent at once takes the
// place of those before it; while one waits for its turn, the tokens before it stay good (R-RPR6).
func (s *Service) storeRequested(ctx context.Context, tx Tx, challenge *models.Challenge, due time.Time) error {
	replaced := challenge.AccountID
	if due.After(challenge.CreatedAt) {
		replaced = ""
	}
	if _, err := tx.VoidChallenges(ctx, replaced, challenge.CreatedAt, challenge.Purpose); err != nil {
		return err
	}
	return tx.CreateChallenge(ctx, challenge)
}

// requestDue counts the mail against its budgets and returns when it may be sent,
// or the zero time if one of them is exceeded. Strange addresses have the same
// budgets, so that the work tells nothing about them; but they use up nothing of the service's ceiling.
func (s *Service) requestDue(ctx context.Context, tx Tx, caller models.Caller, request mailRequest, email models.EmailAddress, recipient *models.Account) (time.Time, error) {
	uses := s.ceilingUses(recipient)
	if caller.Network() != "" {
		uses = append([]use{{mailsKey(caller), s.Settings.Limits.NetworkMails}}, uses...)
	}
	limited, err := s.trySpend(ctx, tx, uses)
	if err != nil {
		return time.Time{}, err
	}

	address := email
	if limited {
		address = "" // what is not sent uses up nothing of the address's share
	}
	due, err := s.mailDue(ctx, tx, request.kind, address, request.allowed)
	if limited {
		due = time.Time{}
	}
	return due, err
}
