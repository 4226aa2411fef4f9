package account

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// UpdateCustomerInput is the input of updateCustomer.
type UpdateCustomerInput struct {
	OperatorInput
	ProfileInput
	Email    models.Optional[models.EmailAddress]
	Phone    models.Optional[models.PhoneNumber]
	CustomID models.Optional[string]
	UUID     models.Optional[string]
	// AddTags and RemoveTags are labels. Those that are there already, or not there, are no change.
	AddTags, RemoveTags []string
}

// customerUpdate is a validated UpdateCustomerInput.
type customerUpdate struct {
	input   *UpdateCustomerInput
	changes []columnUpdate
	email   *models.EmailAddress
	phone   *models.PhoneNumber
}

// UpdateCustomer changes a customer's account: all given fields or none. A new e-mail address or phone number takes
// effect at once and is not proven: the customer proves it with the message that goes there, and until then it gives
// way to whoever proves it first. Its customer is told at the former address too, which can undo the change, and every
// session ends. UpdateCustomer fails with INVALID_INPUT for each invalid field, and with EMAIL_UNAVAILABLE,
// PHONE_UNAVAILABLE or VERSION_CONFLICT.
func (s *Service) UpdateCustomer(
	ctx context.Context, caller models.Caller, input UpdateCustomerInput,
) (*CustomerPayload, error) {
	update := &customerUpdate{input: &input}
	payload := &CustomerPayload{}

	return operate(ctx, s, caller, opUpdateCustomer, input.OperatorInput,
		func(*models.Account) error { return s.decideCustomer(update) }, payload,
		func(s *Service, tx Tx, account *models.Account, _ *success) error {
			payload.Customer = &Customer{account}
			return s.updateCustomer(ctx, tx, account, update)
		})
}

// decideCustomer validates the input.
func (s *Service) decideCustomer(update *customerUpdate) error {
	input := update.input
	var wrong models.Errors
	changes, err := s.decideProfile(&input.ProfileInput)
	wrong.Add(err)
	decide(&changes, &wrong, "custom_id", input.CustomID,
		func(text string) (string, error) { return models.ParseText("customId", text, maxTextLength) },
		func(a *models.Account) **string { return &a.CustomID })
	decide(&changes, &wrong, "uuid", input.UUID,
		func(text string) (string, error) { return parseUUID("uuid", text) },
		func(a *models.Account) **string { return &a.UUID })
	tags, err := decideTags(input.AddTags, input.RemoveTags)
	wrong.Add(err)
	update.changes = slices.Concat(changes, tags)

	switch {
	case input.Email.Set && input.Email.Value == nil:
		wrong.Add(models.InvalidInput("email", models.ReasonRequired, 0, "must not be null"))
	case input.Email.Set:
		email, err := contact.ParseEmail("email", *input.Email.Value)
		wrong.Add(err)
		update.email = &email
	}

	if input.Phone.Value != nil {
		phone, err := contact.ParsePhone("phone", *input.Phone.Value)
		wrong.Add(err)
		update.phone = &phone
	}

	return wrong.OrNil()
}

// decideTags returns the change of the labels, or none if none are given.
func decideTags(add, remove []string) ([]columnUpdate, error) {
	if len(add)+len(remove) == 0 {
		return nil, nil
	}

	var wrong models.Errors
	added := make([]string, len(add))
	for i, tag := range add {
		var err error
		added[i], err = models.ParseText("addTags", tag, maxTextLength)
		wrong.Add(err)
	}
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	return []columnUpdate{{[]string{"tags"}, func(a *models.Account) (changed bool, err error) {
		tags := slices.DeleteFunc(slices.Clone(a.Tags), func(tag string) bool { return slices.Contains(remove, tag) })
		for _, tag := range added {
			if !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
		if len(tags) > maxTags {
			return false, models.InvalidInput("addTags", models.ReasonTooMany, maxTags,
				fmt.Sprintf("must leave no more than %d tags", maxTags))
		}

		changed = !slices.Equal(a.Tags, tags)
		a.Tags = tags

		return changed, nil
	}}}, nil
}

// updateCustomer writes the update to a locked account.
func (s *Service) updateCustomer(ctx context.Context, tx Tx, account *models.Account, update *customerUpdate) error {
	if email := update.email; email != nil && *email != account.Email {
		if err := s.correctEmail(ctx, tx, account, *email); err != nil {
			return err
		}
	}

	phone := update.phone
	if update.input.Phone.Set && (phone == nil) != (account.Phone == nil) ||
		phone != nil && account.Phone != nil && *phone != *account.Phone {
		if err := s.correctPhone(ctx, tx, account, phone); err != nil {
			return err
		}
	}

	// The answers to the former address and number ended with them.
	former := account.Agreements
	if err := s.applyChanges(ctx, tx, account, update.changes, false); err != nil {
		return err
	}

	given := update.input.Agreements.Value
	if err := s.recordAnswers(ctx, tx, account, former, false, given, opUpdateCustomer); err != nil {
		return err
	}

	return s.askForMissingOptIn(ctx, tx, models.Caller{}, account, former, given)
}

// correctEmail gives a locked account another address, which nobody has proved yet: it displaces nobody, and fails with
// EMAIL_UNAVAILABLE if another account has it.
func (s *Service) correctEmail(
	ctx context.Context, tx Tx, account *models.Account, email models.EmailAddress,
) error {
	former := *account
	// guard: a corrected address is unproven
	account.Email, account.EmailVerifiedAt, account.EmailVouched = email, nil, false
	account.Agreements.Email = nil
	if err := s.writeEmail(ctx, tx, account, "email_vouched", "agreement_email"); err != nil {
		return naming("email", err)
	}
	if err := s.recordConsent(ctx, tx, account.ID, models.ConsentEmail, nil, opUpdateCustomer); err != nil {
		return err
	}

	// guard: a corrected address ends every session
	if _, err := tx.EndSessions(ctx, account.ID, "", s.now()); err != nil {
		return err
	}

	if err := s.notifyFormerEmail(ctx, tx, models.Caller{}, account, &former); err != nil {
		return err
	}

	proof, token, err := s.newTokenChallenge(account, models.PurposeActivation, string(email), s.Settings.EmailTokenTTL)
	if err != nil {
		return err
	}
	if err := tx.CreateChallenge(ctx, proof); err != nil {
		return err
	}
	toNew := s.mail(models.Caller{}, account, models.MessageShopEmailSet, email)
	if err := enqueueToken(ctx, tx, toNew, proof, token); err != nil {
		return err
	}

	return s.enqueueEvent(ctx, tx, models.EventEmailChanged, account.ID, nil)
}

// correctPhone gives a locked account another number, which nobody has proved yet, or none. It fails with
// PHONE_UNAVAILABLE if another account has it.
func (s *Service) correctPhone(
	ctx context.Context, tx Tx, account *models.Account, phone *models.PhoneNumber,
) error {
	former := *account
	if err := s.writePhone(ctx, tx, account, phone, opUpdateCustomer); err != nil {
		return err
	}
	if err := s.notifyPhoneChanged(ctx, tx, models.Caller{}, &former); err != nil {
		return err
	}

	return s.enqueueEvent(ctx, tx, models.EventPhoneChanged, account.ID, nil)
}

// writePhone writes a number that nobody has proved, or none, to a locked account. What the former one was agreed to
// and asked for ends.
func (s *Service) writePhone(
	ctx context.Context, tx Tx, account *models.Account, phone *models.PhoneNumber, operation OperationName,
) error {
	if _, err := tx.VoidChallenges(ctx, account.ID, s.now(), models.PurposePhoneUpdate); err != nil {
		return err
	}

	columns, err := s.forgetNumber(ctx, tx, account, operation)
	if err != nil {
		return err
	}

	account.Phone, account.PhoneVerifiedAt, account.UpdatedAt = phone, nil, s.now()
	err = tx.UpdateAccount(ctx, account, append(columns, "phone", "phone_verified_at")...)

	return naming("phone", err)
}

// naming returns a refusal with the field that is at fault.
func naming(field string, err error) error {
	var refused *models.Error
	if !errors.As(err, &refused) || refused.Field != "" || refused.Code.Outcome() != models.OutcomeRefused {
		return err
	}

	named := *refused
	named.Field = field

	return &named
}
