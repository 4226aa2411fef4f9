package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// mailRequest is a request, which anybody can make, for a mail with a secret to an account's own address.
type mailRequest struct {
	purpose models.Purpose
	kind    models.MessageKind
	ttl     time.Duration
	allowed Limit
	// wanted reports whether the account gets the mail.
	wanted func(account *models.Account) bool
	// next is the payload's field for the time of the next mail, which is set only for the account's own session.
	// It is nil if the payload has no such field.
	next **time.Time
}

// acceptMailRequest runs the flow of such a request. For every address, it runs the same statements and returns the
// same payload (R-RPR1).
func acceptMailRequest[P any](
	ctx context.Context, flow *flow, payload *P, address models.EmailAddress, request mailRequest,
) (_ *P, err error) {
	defer flow.recordRefusal(ctx, &err)

	email, err := contact.ParseEmail("email", address)
	if err != nil {
		return nil, err
	}

	began := time.Now()
	token, hash, err := flow.service.newToken("")
	if err != nil {
		return nil, err
	}

	secret := requestedSecret{challengeID: flow.service.NewID(), hash: hash, token: token}
	answer, err := commit(ctx, flow, payload, func(tx Tx, done *success) error {
		return flow.service.decideMail(ctx, tx, flow.caller, email, request, secret, done)
	})
	if err == nil {
		padToMinimum(ctx, began)
	}

	return answer, err
}

// requestedSecret is the secret of a mail, a token or a code, and what is stored of it.
type requestedSecret struct {
	challengeID string
	hash        []byte
	token, code string
}

// decideMail sends the mail if the address belongs to an account that wants it, and if a mail is due. Otherwise it
// writes a challenge of no account and a message that counts as sent.
func (s *Service) decideMail(ctx context.Context, tx Tx, caller models.Caller, email models.EmailAddress,
	request mailRequest, secret requestedSecret, done *success,
) error {
	owner, err := tx.AccountByEmail(ctx, email)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return err
	}

	// Send the mail to the stored address, never to the address from the request (R-RPR3).
	recipient := &models.Account{}
	if owner != nil {
		done.AccountID = owner.ID
		if request.wanted(owner) {
			recipient = owner
		}
	}

	due, exceeded, err := s.requestDue(ctx, tx, caller, request, email, recipient)
	if err != nil {
		return err
	}

	// guard: the next mail is told to the account's own session only
	if own := caller.AccountID(); request.next != nil && own != "" && own == recipient.ID {
		if *request.next, err = s.nextMail(ctx, tx, request, email, recipient); err != nil {
			return err
		}
	}

	if due.IsZero() {
		done.Outcome, done.Code = models.OutcomeLimited, models.CodeRateLimited
		recipient, due = &models.Account{}, s.now()
		s.Budgets.suppressed(caller, exceeded) // guard: a suppressed mail is told
	}

	return s.enqueueRequested(ctx, tx, caller, request, recipient, secret, due)
}

// enqueueRequested stores the challenge and enqueues the mail with its secret.
func (s *Service) enqueueRequested(ctx context.Context, tx Tx, caller models.Caller, request mailRequest,
	recipient *models.Account, secret requestedSecret, due time.Time,
) error {
	challenge := s.newChallenge(recipient, request.purpose, string(recipient.Email), request.ttl)
	challenge.ID, challenge.SecretHash = secret.challengeID, secret.hash
	if err := s.storeRequested(ctx, tx, challenge, due); err != nil {
		return err
	}

	mail := s.mail(caller, recipient, request.kind, recipient.Email)
	mail.NotBefore = due
	if recipient.ID == "" {
		mail.SentAt = &mail.CreatedAt
	}

	mail.Data.Code = secret.code

	return enqueueToken(ctx, tx, mail, challenge, secret.token)
}

// nextMail returns when another mail of the kind can be sent to the account, after one was counted. It is called
// only for the account's own session.
func (s *Service) nextMail(
	ctx context.Context, tx Tx, request mailRequest, email models.EmailAddress, account *models.Account,
) (*time.Time, error) {
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

// minUniformTime is the minimum duration of such a request, and of one for or by a passkey or a code. The statements are the same
// for every address, but a request that finds an account reads and replaces rows, which adds up to 70 µs
// (docs/timing.md).
const minUniformTime = 10 * time.Millisecond

// padToMinimum waits for the rest of minUniformTime. It holds no resources while it waits.
func padToMinimum(ctx context.Context, began time.Time) {
	timer := time.NewTimer(time.Until(began.Add(minUniformTime)))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// storeRequested stores the challenge of a mail. If the mail is sent at once, the challenge replaces the earlier
// ones. While the mail waits, the earlier secrets stay valid (R-RPR6).
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

// requestDue counts the mail against its budgets. It returns when the mail may be sent, or the zero time and the kind
// of the budget that is exceeded. Unknown addresses have the same budgets, so that the work reveals nothing about them; but
// they use nothing of the service's ceiling.
func (s *Service) requestDue(
	ctx context.Context, tx Tx, caller models.Caller,
	request mailRequest, email models.EmailAddress, recipient *models.Account,
) (time.Time, BudgetKind, error) {
	uses := s.ceilingUses(recipient)
	if caller.Network() != "" {
		uses = append([]use{{mailsKey(caller), s.Settings.Limits.NetworkMails}}, uses...)
	}

	limited, exceeded, err := s.trySpend(ctx, tx, uses)
	if err != nil {
		return time.Time{}, "", err
	}

	address := email
	if limited {
		address = "" // a mail that is not sent uses nothing of the address's limit
	}

	due, err := s.mailDue(ctx, tx, request.kind, address, request.allowed)
	switch {
	case limited:
		due = time.Time{}
	case due.IsZero():
		exceeded = KindAddressMails
	}

	return due, exceeded, err
}
