package account

import (
	"context"
	"slices"

	"github.com/accountql/accountql/models"
)

// ProfileInput contains the profile's fields that a customer may write: the allow-list of R-UPD2.
type ProfileInput struct {
	FirstName   models.Optional[string]
	LastName    models.Optional[string]
	DisplayName models.Optional[string]
	Sex         models.Optional[models.Sex]
	BirthDate   models.Optional[models.Date]
	AvatarURL   models.Optional[models.URL]
	Company     models.Optional[string]
	Address     models.Optional[string]
	City        models.Optional[string]
	Province    models.Optional[string]
	ZipCode     models.Optional[string]
	CountryCode models.Optional[models.CountryCode]
	Language    models.Optional[models.LanguageCode]
	TimeZone    models.Optional[models.TimeZone]
	Agreements  models.Optional[models.AgreementsInput]
	Attributes  models.Optional[models.JSONObject]
}

// UpdateAccountInput is the input of updateAccount.
type UpdateAccountInput struct {
	ProfileInput
	// ProofInput is the proof, which is required if Email or Phone change.
	ProofInput
	Email           models.Optional[models.EmailAddress]
	Phone           models.Optional[models.PhoneNumber]
	ExpectedVersion *int
}

// maxTextLength is the maximum length of the profile's texts, in code points.
const maxTextLength = 255

// columnUpdate is a change of some columns of an account.
type columnUpdate struct {
	columns []string
	// apply reports whether the account had another value before.
	apply func(account *models.Account) (changed bool, err error)
}

// UpdateAccount changes the profile: all given fields or none. A new e-mail address or phone number needs a proof
// and starts a change that the customer must confirm. It fails with INVALID_INPUT for each invalid field, and with
// PERMISSION_DENIED, REAUTHENTICATION_REQUIRED, INVALID_CREDENTIALS, VERSION_CONFLICT or RATE_LIMITED.
func (s *Service) UpdateAccount(
	ctx context.Context, caller models.Caller, input UpdateAccountInput,
) (_ *AccountPayload, err error) {
	flow := s.begin(caller, opUpdateAccount, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireTerms(ctx, caller.Account); err != nil {
		return nil, err
	}

	update, err := s.decideUpdate(caller, &input)
	if err != nil {
		return nil, err
	}
	if err := update.offered.verify(ctx, caller.Account); err != nil {
		return nil, err
	}
	if err := update.prepare(ctx); err != nil {
		return nil, err
	}

	payload := &AccountPayload{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) (err error) {
		payload.Account, err = update.apply(ctx, tx)
		return err
	})
}

// accountUpdate is the state of one call of updateAccount.
type accountUpdate struct {
	service *Service
	caller  models.Caller
	input   *UpdateAccountInput
	offered proof
	// changes are the changes of the profile, contacts the changes of the addresses. A new address starts
	// emailChange or phoneUpdate.
	changes     []columnUpdate
	contacts    contactChanges
	emailChange *emailChange
	phoneUpdate *sentCode
}

// decideUpdate validates the input, and checks that the caller may change the addresses in it.
func (s *Service) decideUpdate(caller models.Caller, input *UpdateAccountInput) (*accountUpdate, error) {
	update := &accountUpdate{
		service: s, caller: caller, input: input, offered: s.offer(caller, opUpdateAccount, input.ProofInput),
	}
	var wrong models.Errors
	var err error
	update.changes, err = s.decideOwnProfile(caller.Account, &input.ProfileInput)
	wrong.Add(err)
	update.contacts, err = s.decideContacts(caller.Account, input)
	wrong.Add(err)
	wrong.Add(update.offered.check())
	if err := wrong.OrNil(); err != nil {
		return nil, err
	}

	// guard: an address needs the permission of its change
	if err := update.contacts.permitted(caller); err != nil {
		return nil, err
	}
	if update.contacts.changed() {
		if err := s.checkPause(caller.Account); err != nil {
			return nil, err
		}
	}
	if update.contacts.changed() && !update.offered.given() && !s.windowOpen(caller.Session) {
		return nil, reauthenticate(caller, update.contacts.field())
	}

	return update, nil
}

// prepare creates the secrets and messages for new addresses.
func (u *accountUpdate) prepare(ctx context.Context) (err error) {
	if email := u.contacts.email; email != nil {
		if u.emailChange, err = u.service.prepareEmailChange(u.caller, u.caller.Account, *email); err != nil {
			return err
		}
	}

	if phone := u.contacts.phone; phone != nil {
		u.phoneUpdate, err = u.service.preparePhoneUpdate(ctx, u.caller, u.caller.Account, *phone)
	}

	return err
}

// apply writes the update and returns the updated account.
func (u *accountUpdate) apply(ctx context.Context, tx Tx) (*models.Account, error) {
	account, err := lockCaller(ctx, tx, u.caller)
	if err != nil {
		return nil, err
	}

	if err := checkVersion("account", account.Version, u.input.ExpectedVersion); err != nil {
		return nil, err
	}

	// guard: a field is written once by several requests, too
	if err := u.service.checkOwnFields(account, &u.input.ProfileInput); err != nil {
		return nil, err
	}
	if err := u.offered.settle(ctx, tx, account); err != nil {
		return nil, err
	}

	before := *account
	if err := u.service.applyChanges(ctx, tx, account, u.changes, u.contacts.removePhone); err != nil {
		return nil, err
	}
	if err := u.service.recordAnswers(ctx, tx, account, before.Agreements, u.contacts.removePhone,
		u.input.Agreements.Value, opUpdateAccount); err != nil {
		return nil, err
	}

	if err := u.service.askForMissingOptIn(ctx, tx, u.caller, account, before.Agreements,
		u.input.Agreements.Value); err != nil {
		return nil, err
	}

	return account, u.changeContacts(ctx, tx, before)
}

// checkVersion returns VERSION_CONFLICT if what the caller has read, the account or an address, has another version now.
func checkVersion(what string, version int, expected *int) error {
	if expected != nil && *expected != version {
		return &models.Error{
			Code: models.CodeVersionConflict, Field: "expectedVersion",
			Message: "is not the " + what + "'s current version; read it again",
		}
	}
	return nil
}

// changeContacts starts the changes of addresses that the customer must confirm, and notifies the customer of a
// removed number.
func (u *accountUpdate) changeContacts(ctx context.Context, tx Tx, before models.Account) error {
	s := u.service
	if u.emailChange != nil {
		if err := u.emailChange.start(ctx, tx); err != nil {
			return err
		}
		if err := s.enqueueEvent(ctx, tx, models.EventEmailChangeRequested, before.ID, nil); err != nil {
			return err
		}
	}

	if u.phoneUpdate != nil {
		if err := s.checkCodeFailures(ctx, tx, &before, &u.offered); err != nil {
			return err
		}
		if err := u.phoneUpdate.start(ctx, tx); err != nil {
			return err
		}
		if err := s.enqueueEvent(ctx, tx, models.EventPhoneChangeRequested, before.ID, nil); err != nil {
			return err
		}
	}

	if !u.contacts.removePhone || before.Phone == nil {
		return nil
	}

	former := before // only this copy escapes to the heap
	if err := s.notifyPhoneChanged(ctx, tx, u.caller, &former); err != nil {
		return err
	}

	return s.enqueueEvent(ctx, tx, models.EventPhoneChanged, before.ID, nil)
}

// applyChanges writes the changed columns of a locked account. A field that already has the given value is not a
// change: if nothing changes, it writes nothing and enqueues no event.
func (s *Service) applyChanges(
	ctx context.Context, tx Tx, account *models.Account, changes []columnUpdate, removePhone bool,
) error {
	if removePhone && account.Phone != nil {
		// It comes first, so that an answer in the same input stands.
		changes = append([]columnUpdate{removedPhone(account)}, changes...)
		if _, err := tx.VoidChallenges(ctx, account.ID, s.now(), models.PurposePhoneUpdate); err != nil {
			return err
		}
	}

	columns := make([]string, 0, len(changes))
	for _, change := range changes {
		changed, err := change.apply(account)
		if err != nil {
			return err
		}
		if changed { // guard: what is there already is no change
			columns = append(columns, change.columns...)
		}
	}

	if len(columns) == 0 {
		return nil
	}

	if removePhone {
		slices.Sort(columns)
		columns = slices.Compact(columns)
	}

	account.UpdatedAt = s.now()
	if err := tx.UpdateAccount(ctx, account, columns...); err != nil {
		return err
	}

	return s.enqueueEvent(ctx, tx, models.EventAccountUpdated, account.ID, fieldsOf(columns))
}

// decideProfile validates every given field. It returns the changes, or all invalid fields together.
func (s *Service) decideProfile(input *ProfileInput) ([]columnUpdate, error) {
	changes := make([]columnUpdate, 0, 4) // most inputs have few fields
	var wrong models.Errors
	for _, field := range profileFields {
		field.decide(s, input, &changes, &wrong)
	}
	return changes, wrong.OrNil()
}

// decideOwnProfile is decideProfile for the customer of the account, who may not write every field.
func (s *Service) decideOwnProfile(account *models.Account, input *ProfileInput) ([]columnUpdate, error) {
	if s.Settings.Fields == nil {
		return s.decideProfile(input)
	}

	var wrong models.Errors
	// What the customer may not write comes first: it is told whatever the value.
	wrong.Add(s.checkOwnFields(account, input))
	changes, err := s.decideProfile(input)
	wrong.Add(err)

	return changes, wrong.OrNil()
}
