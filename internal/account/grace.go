package account

import (
	"context"
	"errors"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// closeAccount begins the grace period of a locked account. Its sessions and secrets end, and the customer gets a mail
// that can call the deletion off. The address, the number and the linked identities stay the account's.
func (s *Service) closeAccount(
	ctx context.Context, tx Tx, caller models.Caller, account *models.Account, secret requestedSecret,
) (*models.Deletion, error) {
	now := s.now()
	deletion := &models.Deletion{
		AccountID: account.ID, RequestedAt: now, ScheduledFor: now.Add(s.Settings.DeletionGrace),
	}
	account.Status, account.UpdatedAt = models.StatusDeletionPending, now
	if err := tx.UpdateAccount(ctx, account, "status"); err != nil {
		return nil, err
	}
	if err := tx.ScheduleDeletion(ctx, deletion); err != nil {
		return nil, err
	}

	// guard: a deletion ends every session at once
	ended, err := tx.EndSessions(ctx, account.ID, "", now)
	if err != nil {
		return nil, err
	}
	if err := s.voidSecrets(ctx, tx, account.ID); err != nil { // guard: a deletion voids what was asked for
		return nil, err
	}

	challenge := s.newChallenge(account, models.PurposeDeletion, string(account.Email), s.Settings.DeletionGrace)
	challenge.SecretHash = secret.hash
	if err := replaceChallenge(ctx, tx, challenge); err != nil {
		return nil, err
	}

	notice := s.mail(caller, account, models.MessageDeletionPending, account.Email)
	if err := enqueueToken(ctx, tx, notice, challenge, secret.token); err != nil {
		return nil, err
	}

	return deletion, s.enqueueEvent(ctx, tx, models.EventDeletionRequested, account.ID, eventData{
		"revokedSessions": ended, "scheduledFor": deletion.ScheduledFor,
	})
}

// CancelAccountDeletionInput is the input of cancelAccountDeletion.
type CancelAccountDeletionInput struct {
	ProofInput
	// Token is that of the notice. Without it, AccountEmail names the account, and the proof must be right for it.
	Token        *string
	AccountEmail *models.EmailAddress
}

// CancelAccountDeletionPayload is the payload of cancelAccountDeletion.
type CancelAccountDeletionPayload struct {
	// Cancelled is false if the account was not waiting for its deletion.
	Cancelled bool
}

// CancelAccountDeletion ends the grace period of an account, which is then open again; it does not sign in. It fails
// with TOKEN_INVALID, and without a token as signIn does.
func (s *Service) CancelAccountDeletion(
	ctx context.Context, caller models.Caller, input CancelAccountDeletionInput,
) (_ *CancelAccountDeletionPayload, err error) {
	flow := s.begin(caller, opCancelAccountDeletion, nobody)
	defer flow.recordRefusal(ctx, &err)

	offered := s.offer(caller, opCancelAccountDeletion, input.ProofInput)
	if err := checkCancellation(input, &offered); err != nil {
		return nil, err
	}

	lock, err := s.decideCancellation(ctx, flow, input, &offered)
	if err != nil {
		return nil, err
	}

	payload := &CancelAccountDeletionPayload{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		account, err := lock(tx)
		if err != nil {
			return err
		}

		payload.Cancelled, err = s.reopen(ctx, tx, account)
		if err != nil || !payload.Cancelled {
			return err
		}

		return tx.Enqueue(ctx, s.mail(caller, account, models.MessageDeletionStopped, account.Email))
	})
}

// checkCancellation returns INVALID_INPUT unless the input has either a token, or an address with a proof.
func checkCancellation(input CancelAccountDeletionInput, offered *proof) error {
	var wrong models.Errors
	wrong.Add(offered.check())
	switch byToken, byProof := input.Token != nil, input.AccountEmail != nil || offered.given(); {
	case byToken && byProof:
		wrong.Add(models.InvalidInput("token", models.ReasonConflicting, 0,
			"must not be given beside accountEmail and a proof"))
	case byToken:
	case !byProof:
		wrong.Add(models.InvalidInput("token", models.ReasonRequired, 0,
			"must be given, or accountEmail and a proof instead"))
	case input.AccountEmail == nil:
		wrong.Add(models.InvalidInput("accountEmail", models.ReasonRequired, 0, "must be given beside a proof"))
	case !offered.given():
		wrong.Add(models.InvalidInput("password", models.ReasonRequired, 0,
			"must be given beside accountEmail, or identityProvider and externalToken"))
	}

	return wrong.OrNil()
}

// decideCancellation verifies the token or the proof. It returns a function that locks the account in the
// transaction, and consumes the token or the proof there.
func (s *Service) decideCancellation(
	ctx context.Context, flow *flow, input CancelAccountDeletionInput, offered *proof,
) (lock func(tx Tx) (*models.Account, error), err error) {
	if input.Token != nil {
		challenge, err := s.findToken(ctx, flow.caller, models.PurposeDeletion, *input.Token)
		if err != nil {
			return nil, err
		}

		flow.accountID = challenge.AccountID

		return func(tx Tx) (*models.Account, error) { return s.redeem(ctx, tx, challenge) }, nil
	}

	email, err := contact.ParseEmail("accountEmail", *input.AccountEmail)
	if err != nil {
		return nil, err
	}

	account, err := offered.factors[0].owner(ctx, s, flow.caller, email)
	flow.concerns(account)
	if err != nil {
		return nil, err
	}
	// guard: a cancellation opens no account that is shut otherwise
	if err := checkUsable(account); err != nil && models.CodeOf(err) != models.CodeDeletionPending {
		return nil, err
	}
	if err := offered.verifySecond(ctx, account); err != nil { // guard: calling a deletion off takes two factors, too
		return nil, err
	}

	return func(tx Tx) (*models.Account, error) {
		current, err := tx.LockKnownAccount(ctx, account)
		if err != nil {
			return nil, notFoundAs(err, errInvalidCredentials())
		}
		if current.CredentialEpoch != account.CredentialEpoch {
			return nil, errInvalidCredentials()
		}

		return current, offered.use(ctx, tx, current)
	}, nil
}

// reopen ends the grace period of a locked account, and reports whether the account had one.
func (s *Service) reopen(ctx context.Context, tx Tx, account *models.Account) (bool, error) {
	if account.Status != models.StatusDeletionPending {
		return false, nil
	}

	account.Status, account.UpdatedAt = models.StatusActive, s.now()
	if err := tx.UpdateAccount(ctx, account, "status"); err != nil {
		return false, err
	}
	if err := tx.CancelDeletion(ctx, account.ID); err != nil {
		return false, err
	}
	if _, err := tx.VoidChallenges(ctx, account.ID, s.now(), models.PurposeDeletion); err != nil {
		return false, err
	}

	return true, s.enqueueEvent(ctx, tx, models.EventDeletionCancelled, account.ID, nil)
}

// eraseBatch is the number of accounts that one call of EraseDue erases at most.
const eraseBatch = 100

// EraseDue erases accounts whose grace period is over, each in a transaction of its own, and returns how many. Every
// process may call it at any time.
func (s *Service) EraseDue(ctx context.Context) (erased int, err error) {
	due, err := s.Store.DueDeletions(ctx, s.now(), eraseBatch)
	if err != nil || len(due) == 0 {
		return 0, err
	}

	key, err := s.prepareErasure(ctx)
	if err != nil {
		return 0, err
	}

	var failed error
	for _, id := range due {
		done, err := s.eraseIfDue(ctx, id, key)
		failed = errors.Join(failed, err)
		if done {
			erased++
		}
	}

	if erased > 0 {
		failed = errors.Join(failed, s.Store.Forget(ctx))
	}

	return erased, failed
}

// eraseIfDue erases an account unless its deletion was called off, or another process has erased it.
func (s *Service) eraseIfDue(ctx context.Context, id string, key SigningKey) (erased bool, err error) {
	err = s.inTx(ctx, func(tx Tx) error {
		erased = false
		account, err := tx.LockAccount(ctx, id)
		if err != nil {
			return notFoundAs(err, nil)
		}

		deletion, err := tx.Deletion(ctx, id)
		if err != nil { // guard: a deletion that was called off erases nothing
			return notFoundAs(err, nil)
		}
		if deletion.ScheduledFor.After(s.now()) { // guard: a deletion that was asked for again waits again
			return nil
		}

		event := s.event(models.Caller{}, opDeletionCompleted, id)
		receipt, err := s.erase(ctx, tx, models.Caller{}, account, erasure{key, deletion.RequestedAt, &event})
		if err != nil {
			return err
		}

		erased = true

		return s.recordSuccess(ctx, tx, &event, receipt.eventData())
	})

	return erased && err == nil, err
}
