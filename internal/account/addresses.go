package account

import (
	"context"
	"slices"

	"github.com/accountql/accountql/internal/postal"
	"github.com/accountql/accountql/models"
)

// CreateAddressInput is the input of createAddress.
type CreateAddressInput struct{ AddressInput }

// UpdateAddressInput is the input of updateAddress.
type UpdateAddressInput struct {
	ID string
	AddressInput
	ExpectedVersion *int
}

// DeleteAddressInput is the input of deleteAddress.
type DeleteAddressInput struct {
	ID              string
	ExpectedVersion *int
}

// AddressPayload is the payload of createAddress and updateAddress.
type AddressPayload struct {
	Account *models.Account
	Address *models.Address
}

// DeleteAddressPayload is the payload of deleteAddress.
type DeleteAddressPayload struct {
	Account          *models.Account
	DeletedAddressID string
}

// Addresses returns the account's address book, oldest first.
func (s *Service) Addresses(ctx context.Context, account *models.Account) ([]*models.Address, error) {
	addresses, err := s.Store.Addresses(ctx, account.ID)
	shown := make([]*models.Address, len(addresses))
	for i := range addresses {
		shown[i] = &addresses[i]
		shown[i].Formatted = postal.Lines(shown[i])
	}
	return shown, err
}

// CreateAddress adds an address to the caller's book. It fails with INVALID_INPUT for each invalid field, and if the
// book is full.
func (s *Service) CreateAddress(
	ctx context.Context, caller models.Caller, input CreateAddressInput,
) (_ *AddressPayload, err error) {
	flow := s.begin(caller, opCreateAddress, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireTerms(ctx, caller.Account); err != nil {
		return nil, err
	}

	payload := &AddressPayload{}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		book, err := s.lockBook(ctx, tx, caller)
		if err != nil {
			return err
		}

		address := s.newAddress(book.account.ID)
		var wrong models.Errors
		wrong.Add(checkRoom(len(book.addresses))) // guard: an address book has an end
		_, err = decideAddress(&input.AddressInput, address)
		wrong.Add(err)
		if err := wrong.OrNil(); err != nil {
			return err
		}

		if err := book.takeDefaults(ctx, address); err != nil {
			return err
		}
		if err := tx.CreateAddress(ctx, address); err != nil {
			return err
		}

		done.webhookData = eventData{"addressId": address.ID}
		payload.show(book.account, address)

		return nil
	})
}

// UpdateAddress changes an address of the caller's book: all given fields or none. It fails with INVALID_INPUT for
// each invalid field and for an unknown ID, and with VERSION_CONFLICT.
func (s *Service) UpdateAddress(
	ctx context.Context, caller models.Caller, input UpdateAddressInput,
) (_ *AddressPayload, err error) {
	flow := s.begin(caller, opUpdateAddress, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)

	if err := flow.requireTerms(ctx, caller.Account); err != nil {
		return nil, err
	}

	payload := &AddressPayload{}

	return commit(ctx, flow, payload, func(tx Tx, _ *success) error {
		book, err := s.lockBook(ctx, tx, caller)
		if err != nil {
			return err
		}

		address, err := book.find(input.ID, input.ExpectedVersion)
		if err != nil {
			return err
		}

		columns, err := decideAddress(&input.AddressInput, address)
		if err != nil {
			return err
		}

		if err := book.takeDefaults(ctx, address); err != nil {
			return err
		}
		if err := book.write(ctx, address, columns); err != nil {
			return err
		}

		payload.show(book.account, address)

		return nil
	})
}

// DeleteAddress deletes an address of the caller's book. It fails with INVALID_INPUT for an unknown ID, and with
// VERSION_CONFLICT.
func (s *Service) DeleteAddress(
	ctx context.Context, caller models.Caller, input DeleteAddressInput,
) (_ *DeleteAddressPayload, err error) {
	flow := s.begin(caller, opDeleteAddress, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)
	payload := &DeleteAddressPayload{}

	return commit(ctx, flow, payload, func(tx Tx, done *success) error {
		book, err := s.lockBook(ctx, tx, caller)
		if err != nil {
			return err
		}

		address, err := book.find(input.ID, input.ExpectedVersion)
		if err != nil {
			return err
		}
		if err := tx.DeleteAddress(ctx, address.AccountID, address.ID); err != nil {
			return err
		}

		done.webhookData = eventData{"addressId": address.ID}
		payload.Account, payload.DeletedAddressID = book.account, address.ID

		return nil
	})
}

// show fills the payload in.
func (p *AddressPayload) show(account *models.Account, address *models.Address) {
	address.Formatted = postal.Lines(address)
	p.Account, p.Address = account, address
}

func (s *Service) newAddress(accountID string) *models.Address {
	now := s.now()
	return &models.Address{ID: s.NewID(), AccountID: accountID, Version: 1, CreatedAt: now, UpdatedAt: now}
}

// addressBook is the address book of a locked account: nobody else changes it meanwhile.
type addressBook struct {
	service   *Service
	tx        Tx
	account   *models.Account
	addresses []models.Address
}

// lockBook locks the caller's account and reads its addresses.
func (s *Service) lockBook(ctx context.Context, tx Tx, caller models.Caller) (*addressBook, error) {
	account, err := lockCaller(ctx, tx, caller)
	if err != nil {
		return nil, err
	}
	addresses, err := tx.Addresses(ctx, account.ID)
	return &addressBook{s, tx, account, addresses}, err
}

// checkRoom returns INVALID_INPUT if a book with so many addresses is full.
func checkRoom(addresses int) error {
	if addresses < models.MaxAddresses {
		return nil
	}
	return models.InvalidInput("", models.ReasonTooMany, models.MaxAddresses,
		"the address book is full: delete an address first")
}

// find returns an address of the book. It returns INVALID_INPUT for an unknown ID, and VERSION_CONFLICT if the
// address is not at the expected version.
func (b *addressBook) find(id string, expectedVersion *int) (*models.Address, error) {
	if err := requireText("id", id); err != nil {
		return nil, err
	}

	at := slices.IndexFunc(b.addresses, func(address models.Address) bool { return address.ID == id })
	if at < 0 {
		return nil, errNoAddress()
	}

	address := &b.addresses[at]

	return address, checkVersion("address", address.Version, expectedVersion)
}

func errNoAddress() *models.Error {
	return models.InvalidInput("id", models.ReasonUnknownValue, 0, "must be that of an address of the customer")
}

// takeDefaults takes the flags that an address has from every other one.
func (b *addressBook) takeDefaults(ctx context.Context, of *models.Address) error {
	for i := range b.addresses {
		other := &b.addresses[i]
		if other.ID == of.ID {
			continue
		}

		var columns []string
		if of.DefaultShipping && other.DefaultShipping {
			other.DefaultShipping, columns = false, append(columns, "default_shipping")
		}
		if of.DefaultBilling && other.DefaultBilling {
			other.DefaultBilling, columns = false, append(columns, "default_billing")
		}
		if err := b.write(ctx, other, columns); err != nil {
			return err
		}
	}

	return nil
}

// write writes the changed columns of an address, and enqueues the event of it. Without any it does nothing.
func (b *addressBook) write(ctx context.Context, address *models.Address, columns []string) error {
	if len(columns) == 0 {
		return nil
	}

	address.UpdatedAt = b.service.now()
	if err := b.tx.UpdateAddress(ctx, address, columns...); err != nil {
		return err
	}

	data := fieldsOf(columns)
	data["addressId"] = address.ID

	return b.service.enqueueEvent(ctx, b.tx, models.EventAddressUpdated, address.AccountID, data)
}

// CreateAddress needs room in the address book.
func (a *Abilities) CreateAddress() (*Ability, error) {
	return a.ability(opCreateAddress, func() error {
		addresses, err := a.addresses()
		if err != nil {
			return err
		}
		return checkRoom(len(addresses))
	})
}

// UpdateAddress needs an address.
func (a *Abilities) UpdateAddress() (*Ability, error) {
	return a.ability(opUpdateAddress, a.checkAddresses)
}

// DeleteAddress needs an address.
func (a *Abilities) DeleteAddress() (*Ability, error) {
	return a.ability(opDeleteAddress, a.checkAddresses)
}

// checkAddresses returns the error of an unknown address if there is none.
func (a *Abilities) checkAddresses() error {
	addresses, err := a.addresses()
	if err == nil && len(addresses) == 0 {
		return errNoAddress()
	}
	return err
}
