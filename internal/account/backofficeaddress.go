package account

import (
	"context"
	"errors"
	"slices"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// VerifyCustomerAddressInput is the input of verifyCustomerAddress: either Email or Phone.
type VerifyCustomerAddressInput struct {
	OperatorInput
	Email *models.EmailAddress
	Phone *models.PhoneNumber
}

// VerifyCustomerAddress makes the account's address or number count as proven, by the shop's word. An account that
// waits for its confirmation becomes active. The customer is told at the e-mail address. The address must be the
// account's present one, so that no other one is verified by mistake. What is proven already stays as it is.
func (s *Service) VerifyCustomerAddress(
	ctx context.Context, caller models.Caller, input VerifyCustomerAddressInput,
) (*CustomerPayload, error) {
	payload := &CustomerPayload{}

	return operate(ctx, s, caller, opVerifyCustomerAddress, input.OperatorInput, nil, payload,
		func(s *Service, tx Tx, account *models.Account, _ *success) error {
			payload.Customer = &Customer{account}
			if err := checkPresentAddress(account, input); err != nil { // guard: the address is the present one
				return err
			}
			if input.Phone != nil {
				return s.verifyCustomerPhone(ctx, tx, account)
			}

			return s.verifyCustomerEmail(ctx, tx, account)
		})
}

// checkPresentAddress returns INVALID_INPUT unless the input has either an address or a number, which is the account's.
func checkPresentAddress(account *models.Account, input VerifyCustomerAddressInput) error {
	switch {
	case input.Email != nil && input.Phone != nil:
		return models.InvalidInput("phone", models.ReasonConflicting, 0, "must not be given beside email")
	case input.Email != nil:
		email, err := contact.ParseEmail("email", *input.Email)
		if err == nil && (email != account.Email || account.EmailDisplaced()) {
			err = models.InvalidInput("email", models.ReasonNotAllowed, 0, "must be the account's present address")
		}
		return err
	case input.Phone != nil:
		phone, err := contact.ParsePhone("phone", *input.Phone)
		if err == nil && (account.Phone == nil || phone != *account.Phone) {
			err = models.InvalidInput("phone", models.ReasonNotAllowed, 0, "must be the account's present number")
		}
		return err
	}

	return models.InvalidInput("email", models.ReasonRequired, 0, "must be given, or else phone")
}

func (s *Service) verifyCustomerEmail(ctx context.Context, tx Tx, account *models.Account) error {
	if account.EmailVerified() {
		return nil
	}

	activated := account.Status == models.StatusPending
	account.EmailVouched = true
	s.verifyEmail(account)
	granted, err := s.grantNewsletter(ctx, tx, models.Caller{}, account, opVerifyCustomerAddress)
	if err != nil {
		return err
	}

	account.UpdatedAt = s.now()
	columns := slices.Concat(granted, []string{"status", "email_verified_at", "email_vouched"})
	if err := tx.UpdateAccount(ctx, account, columns...); err != nil {
		return err
	}

	// What waited for the proof of the address is over, as after an activation.
	if _, err := tx.VoidChallenges(ctx, account.ID, s.now(), models.PurposeActivation); err != nil {
		return err
	}
	if err := tx.DropRegistrations(ctx, account.Email); err != nil {
		return err
	}

	notice := s.mail(models.Caller{}, account, models.MessageShopEmailVerified, account.Email)
	if err := tx.Enqueue(ctx, notice); err != nil {
		return err
	}

	if activated {
		return s.enqueueEvent(ctx, tx, models.EventAccountActivated, account.ID, nil)
	}

	return s.enqueueEvent(ctx, tx, models.EventAccountUpdated, account.ID, eventData{"fields": []string{"emailVerified"}})
}

func (s *Service) verifyCustomerPhone(ctx context.Context, tx Tx, account *models.Account) error {
	if account.PhoneVerified() {
		return nil
	}

	now := s.now()
	account.PhoneVerifiedAt, account.UpdatedAt = &now, now
	granted, err := s.grantConsent(ctx, tx, account, models.ConsentSMS, opVerifyCustomerAddress)
	if err != nil {
		return err
	}
	if err := tx.UpdateAccount(ctx, account, append(granted, "phone_verified_at")...); err != nil {
		return err
	}

	return s.enqueueEvent(ctx, tx, models.EventAccountUpdated, account.ID, eventData{"fields": []string{"phoneVerified"}})
}

// ReleaseCustomerPhoneInput is the input of releaseCustomerPhone.
type ReleaseCustomerPhoneInput struct{ OperatorInput }

// ReleaseCustomerPhone removes the phone number from an account, so that another one can have it. The customer is told
// by mail. An account without a number stays as it is.
func (s *Service) ReleaseCustomerPhone(
	ctx context.Context, caller models.Caller, input ReleaseCustomerPhoneInput,
) (*CustomerPayload, error) {
	payload := &CustomerPayload{}
	return operate(ctx, s, caller, opReleaseCustomerPhone, input.OperatorInput, nil, payload,
		func(s *Service, tx Tx, account *models.Account, _ *success) error {
			payload.Customer = &Customer{account}
			if account.Phone == nil {
				return nil
			}

			notice := s.mail(models.Caller{}, account, models.MessageShopPhoneReleased, account.Email)
			notice.Data.Destination = models.MaskPhone(*account.Phone)
			if err := s.writePhone(ctx, tx, account, nil, opReleaseCustomerPhone); err != nil {
				return err
			}
			if err := tx.Enqueue(ctx, notice); err != nil {
				return err
			}

			return s.enqueueEvent(ctx, tx, models.EventPhoneChanged, account.ID, nil)
		})
}

// ResendableMessage is a message that the shop can have sent anew.
type ResendableMessage string

// The messages that can be sent anew.
const (
	// ResendActivation is the mail by which a customer proves the address.
	ResendActivation ResendableMessage = "ACTIVATION"
	// ResendPasswordReset is the mail by which a customer sets a new password.
	ResendPasswordReset ResendableMessage = "PASSWORD_RESET"
)

// ResendCustomerMessageInput is the input of resendCustomerMessage: either Message or MessageID.
type ResendCustomerMessageInput struct {
	OperatorInput
	Message *ResendableMessage
	// MessageID is the ID of a message that was given up.
	MessageID *string
}

// ResendCustomerMessage sends the customer a mail with a new token to the account's own address, as the customer could
// ask for, or makes a message due again that was given up. It fails with INVALID_INPUT, and with RATE_LIMITED after too
// many mails to the address.
func (s *Service) ResendCustomerMessage(
	ctx context.Context, caller models.Caller, input ResendCustomerMessageInput,
) (*CustomerPayload, error) {
	payload := &CustomerPayload{}
	return operate(ctx, s, caller, opResendCustomerMessage, input.OperatorInput,
		func(*models.Account) error { return checkResend(input) }, payload,
		func(s *Service, tx Tx, account *models.Account, _ *success) error {
			payload.Customer = &Customer{account}
			if input.MessageID != nil {
				return s.retryMessageOf(ctx, tx, account, contact.PlainToken(*input.MessageID))
			}

			request := s.activationRequest()
			if *input.Message == ResendPasswordReset {
				request = s.resetRequest()
			}

			return s.mailAgain(ctx, tx, account, request)
		})
}

func checkResend(input ResendCustomerMessageInput) error {
	switch {
	case input.Message != nil && input.MessageID != nil:
		return models.InvalidInput("messageId", models.ReasonConflicting, 0, "must not be given beside message")
	case input.MessageID != nil:
		return requireText("messageId", *input.MessageID)
	case input.Message == nil:
		return models.InvalidInput("message", models.ReasonRequired, 0, "must be given, or else messageId")
	case *input.Message != ResendActivation && *input.Message != ResendPasswordReset:
		return models.InvalidInput("message", models.ReasonUnknownValue, 0, "must be ACTIVATION or PASSWORD_RESET")
	}
	return nil
}

// retryMessageOf makes a message of the account due again.
func (s *Service) retryMessageOf(ctx context.Context, tx Tx, account *models.Account, id string) error {
	unknown := models.InvalidInput("messageId", models.ReasonUnknownValue, 0, "must be that of a message to the customer")
	owner, err := tx.RetryMessage(ctx, id, s.now())
	answered := err == nil || models.CodeOf(err) == models.CodeInvalidInput
	// guard: a message is its customer's
	if errors.Is(err, models.ErrNotFound) || answered && owner != account.ID {
		return unknown
	}

	return naming("messageId", err)
}

// mailAgain enqueues a mail with a new token to the account's own address.
func (s *Service) mailAgain(ctx context.Context, tx Tx, account *models.Account, request mailRequest) error {
	if !request.wanted(account) || account.EmailDisplaced() {
		return models.InvalidInput("message", models.ReasonNotAllowed, 0, "has no use for the account as it is now")
	}

	nobodys := models.Caller{} // the shop's own network is not limited
	due, _, err := s.requestDue(ctx, tx, nobodys, request, account.Email, account)
	if err != nil {
		return err
	}
	if due.IsZero() { // guard: the shop's mails are counted, too
		next, err := s.nextMail(ctx, tx, request, account.Email, account)
		if err != nil {
			return err
		}
		return rateLimited(next.Sub(s.now()))
	}

	token, hash, err := s.newToken("")
	if err != nil {
		return err
	}

	secret := requestedSecret{challengeID: s.NewID(), hash: hash, token: token}

	return s.enqueueRequested(ctx, tx, nobodys, request, account, secret, due)
}
