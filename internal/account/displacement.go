package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/models"
)

// takeEmail gives the address to the account that proves it; write must store the address. It fails with
// EMAIL_UNAVAILABLE if the address is proven or vouched for another account.
func (s *Service) takeEmail(
	ctx context.Context, tx Tx, caller models.Caller, email models.EmailAddress, proverID string, write func() error,
) error {
	for again := false; ; again = true {
		if err := s.makeWay(ctx, tx, caller, email, proverID); err != nil {
			return err
		}

		// A claim in a concurrent transaction is visible only after write has waited for it. It is displaced in the
		// second attempt.
		err := write()
		// guard: a claim that is being made gives way
		if again || models.CodeOf(err) != models.CodeEmailUnavailable {
			return err
		}
	}
}

// makeWay displaces an account that only claims the address, and deletes the registrations that wait for it.
func (s *Service) makeWay(
	ctx context.Context, tx Tx, caller models.Caller, email models.EmailAddress, proverID string,
) error {
	holder, err := tx.AccountByEmail(ctx, email)
	switch {
	case errors.Is(err, models.ErrNotFound):
	case err != nil:
		return err
	case holder.ID == proverID:
	case !holder.EmailClaimed(): // guard: a proven address gives way to nobody
		return errEmailUnavailable()
	default:
		if err := s.displace(ctx, tx, caller, holder); err != nil { // guard: a claim gives way
			return err
		}
	}

	return tx.DropRegistrations(ctx, email) // guard: a proof ends what waits
}

func errEmailUnavailable() *models.Error {
	return models.NewError(models.CodeEmailUnavailable, "the address belongs to another account")
}

// displace replaces the claimed address of a locked account with a placeholder. Its data and sessions stay, so a
// customer who mistyped the address loses nothing; but nobody can sign in with the old address any more (R-PRF1).
func (s *Service) displace(ctx context.Context, tx Tx, caller models.Caller, claim *models.Account) error {
	claim.Email, claim.EmailVerifiedAt = models.PlaceholderEmail(s.NewID()), nil
	if err := s.writeEmail(ctx, tx, claim); err != nil {
		return err
	}

	// A link that undoes or stops a change of the address does not belong to this account any more.
	if _, err := tx.VoidChallenges(ctx, claim.ID, s.now(), models.PurposeEmailUndo); err != nil {
		return err
	}

	if claim.PhoneVerified() {
		notice := s.message(models.Caller{}, claim,
			models.MessageEmailDisplaced, models.ChannelTextMessage, string(*claim.Phone))
		if err := tx.Enqueue(ctx, notice); err != nil {
			return err
		}
	}

	// The event does not contain who proved the address, because that is another person.
	event := s.event(models.Caller{RequestID: caller.RequestID}, opEmailDisplaced, claim.ID)

	return s.recordSuccess(ctx, tx, &event, eventData{"fields": []string{"email"}})
}

// takePhone removes the number from an account that never proved it, and notifies that account's customer (R-PRF1).
func (s *Service) takePhone(ctx context.Context, tx Tx, phone models.PhoneNumber, proverID string) error {
	holder, err := tx.AccountByPhone(ctx, phone)
	if err != nil {
		return notFoundAs(err, nil)
	}
	if holder.ID == proverID || holder.PhoneVerified() { // guard: a proven number gives way to nobody
		return nil // the unique index refuses the number of another account
	}

	columns, err := s.forgetNumber(ctx, tx, holder, opPhoneReleased)
	if err != nil {
		return err
	}

	holder.Phone, holder.UpdatedAt = nil, s.now()
	if err := tx.UpdateAccount(ctx, holder, append(columns, "phone")...); err != nil {
		return err
	}

	notice := s.mail(models.Caller{}, holder, models.MessagePhoneReleased, holder.Email)
	notice.Data.Destination = models.MaskPhone(phone)
	if err := tx.Enqueue(ctx, notice); err != nil {
		return err
	}

	return s.recordInternal(ctx, tx, opPhoneReleased, holder.ID)
}

// cleanUp prepares an unproven account for the customer who proves it by a reset: it removes all earlier ways to
// sign in and the consents that a stranger may have given (R-PRF3). The profile stays. It returns the changed
// columns.
func (s *Service) cleanUp(ctx context.Context, tx Tx, account *models.Account) ([]string, error) {
	if _, err := tx.UnlinkIdentities(ctx, account.ID); err != nil { // guard: the first proof unlinks identities
		return nil, err
	}
	// guard: the first proof removes passkeys
	if err := s.dropPasskeys(ctx, tx, models.Caller{}, account, time.Time{}); err != nil {
		return nil, err
	}

	// guard: the first proof voids secrets
	if _, err := tx.VoidChallenges(ctx, account.ID, s.now()); err != nil {
		return nil, err
	}

	var columns []string
	// guard: the first proof removes an unproven number
	if account.Phone != nil && account.PhoneVerifiedAt == nil {
		account.Phone = nil
		columns = append(columns, "phone")
	}

	// guard: the first proof forgets a stranger's consents; the first proof keeps the shop's consents
	if account.EmailVouched {
		return columns, nil // the shop vouches for the consents that it imported
	}

	var forgotten []models.Consent
	for _, channel := range models.ConsentChannels {
		answer := account.Agreements.Channel(channel)
		_, err := tx.PendingConsent(ctx, account.ID, channel)
		if *answer == nil && errors.Is(err, models.ErrNotFound) {
			continue
		}
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return nil, err
		}

		*answer = nil
		columns = append(columns, "agreement_"+string(channel))
		forgotten = append(forgotten, s.consent(account.ID, channel, nil, opConfirmPasswordReset))
	}

	return columns, s.recordConsents(ctx, tx, account.ID, forgotten)
}
