package account

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// LineAddress is an address in a line of an import or in an export. All but Line1 and CountryCode can be missing in an
// import.
type LineAddress struct {
	ID              string              `json:"id"`
	FirstName       *string             `json:"firstName"`
	LastName        *string             `json:"lastName"`
	Company         *string             `json:"company"`
	TaxID           *string             `json:"taxId"`
	Line1           *string             `json:"line1"`
	Line2           *string             `json:"line2"`
	Line3           *string             `json:"line3"`
	City            *string             `json:"city"`
	PostalCode      *string             `json:"postalCode"`
	Province        *string             `json:"province"`
	CountryCode     *models.CountryCode `json:"countryCode"`
	Phone           *models.PhoneNumber `json:"phone"`
	DefaultShipping *bool               `json:"defaultShipping"`
	DefaultBilling  *bool               `json:"defaultBilling"`
	Version         *int                `json:"version"`
	CreatedAt       *time.Time          `json:"createdAt"`
	UpdatedAt       *time.Time          `json:"updatedAt"`
}

// input returns the address as a customer would give it. What is required counts as given.
func (l *LineAddress) input() *AddressInput {
	return &AddressInput{
		FirstName: unlessNil(l.FirstName), LastName: unlessNil(l.LastName), Company: unlessNil(l.Company),
		TaxID: unlessNil(l.TaxID), Line1: models.Optional[string]{Set: true, Value: l.Line1},
		Line2: unlessNil(l.Line2), Line3: unlessNil(l.Line3), City: unlessNil(l.City),
		PostalCode: unlessNil(l.PostalCode), Province: unlessNil(l.Province),
		CountryCode: models.Optional[models.CountryCode]{Set: true, Value: l.CountryCode},
		Phone:       unlessNil(l.Phone), DefaultShipping: unlessNil(l.DefaultShipping),
		DefaultBilling: unlessNil(l.DefaultBilling),
	}
}

func unlessNil[T any](value *T) models.Optional[T] {
	return models.Optional[T]{Set: value != nil, Value: value}
}

// ShowAddress returns all of a stored address but its account.
func ShowAddress(a models.Address) LineAddress {
	return LineAddress{
		ID: a.ID, FirstName: a.FirstName, LastName: a.LastName, Company: a.Company, TaxID: a.TaxID,
		Line1: &a.Line1, Line2: a.Line2, Line3: a.Line3, City: a.City, PostalCode: a.PostalCode, Province: a.Province,
		CountryCode: &a.CountryCode, Phone: a.Phone, DefaultShipping: &a.DefaultShipping,
		DefaultBilling: &a.DefaultBilling, Version: &a.Version, CreatedAt: utc(&a.CreatedAt), UpdatedAt: utc(&a.UpdatedAt),
	}
}

// decideImportedAddresses validates the customer's address book by the rules of createAddress. The list keeps its
// order.
func (s *Service) decideImportedAddresses(
	account *models.Account, given []LineAddress, now time.Time,
) ([]models.Address, error) {
	if len(given) > models.MaxAddresses {
		return nil, models.InvalidInput("addresses", models.ReasonTooMany, models.MaxAddresses,
			fmt.Sprintf("must not be more than %d", models.MaxAddresses))
	}

	var wrong models.Errors
	addresses := make([]models.Address, 0, len(given))
	for i := range given {
		address := s.newAddress(account.ID)
		address.CreatedAt = address.CreatedAt.Add(time.Duration(i-len(given)) * time.Microsecond)
		address.UpdatedAt = address.CreatedAt
		_, err := decideAddress(given[i].input(), address)
		wrong.Add(within("addresses", err))
		wrong.Add(within("addresses", keepRecord(address, &given[i], now)))

		for _, other := range addresses {
			if other.ID == address.ID {
				wrong.Add(models.InvalidInput("addresses.id", models.ReasonConflicting, 0, "must not be given twice"))
			}
			if other.DefaultShipping && address.DefaultShipping {
				wrong.Add(models.InvalidInput("addresses.defaultShipping", models.ReasonConflicting, 0,
					"must not be true of two"))
			}
			if other.DefaultBilling && address.DefaultBilling {
				wrong.Add(models.InvalidInput("addresses.defaultBilling", models.ReasonConflicting, 0,
					"must not be true of two"))
			}
		}

		addresses = append(addresses, *address)
	}

	return addresses, wrong.OrNil()
}

// keepRecord keeps what only another installation exports: the address's ID, version and times.
func keepRecord(address *models.Address, given *LineAddress, now time.Time) error {
	var wrong models.Errors
	if given.ID != "" {
		if !uuidShape.MatchString(given.ID) {
			wrong.Add(models.InvalidInput("id", models.ReasonMalformed, 0,
				"must be a UUID in lower case, as `account export --lines` writes it"))
		}
		address.ID = given.ID
	}
	if given.Version != nil {
		wrong.Add(checkLineVersion(*given.Version))
		address.Version = *given.Version
	}
	if given.CreatedAt != nil {
		wrong.Add(notInFuture("createdAt", *given.CreatedAt, now))
		address.CreatedAt = *importedTime(given.CreatedAt)
		address.UpdatedAt = address.CreatedAt
	}
	if given.UpdatedAt != nil {
		wrong.Add(notInFuture("updatedAt", *given.UpdatedAt, now))
		address.UpdatedAt = *importedTime(given.UpdatedAt)
	}

	return wrong.OrNil()
}

// within returns an error with its fields inside an object.
func within(object string, err error) error {
	if err == nil {
		return nil
	}

	var all, inside models.Errors
	all.Add(err)
	for _, one := range all {
		moved := *one
		moved.Field = object + "." + one.Field
		inside = append(inside, &moved)
	}

	return inside
}

// sameAddresses returns INVALID_INPUT if the address book differs from the line's and its customer has not changed it.
func sameAddresses(ctx context.Context, reader importReader, accountID string, wanted []models.Address) error {
	existing, err := reader.Addresses(ctx, accountID)
	if err != nil || slices.Equal(contents(existing), contents(wanted)) {
		return err
	}

	trail, err := reader.Activity(ctx, accountID, 0, maxExportedEvents)
	if err != nil || slices.ContainsFunc(trail, changesAddresses) {
		return err
	}

	return models.InvalidInput("addresses", models.ReasonConflicting, 0, "differs from the account that is there")
}

func changesAddresses(event models.AuditEvent) bool {
	changes := []OperationName{opCreateAddress, opUpdateAddress, opDeleteAddress}
	return event.Outcome == models.OutcomeSuccess && slices.Contains(changes, OperationName(event.Operation))
}

// contents returns what the addresses say, in an order of its own.
func contents(addresses []models.Address) []string {
	all := make([]string, len(addresses))
	for i := range addresses {
		var one strings.Builder
		for _, field := range addressFields {
			fmt.Fprintf(&one, "%v\n", field.value(&addresses[i]))
		}
		all[i] = one.String()
	}

	slices.Sort(all)

	return all
}

// createAddresses writes the address book of a new account.
func createAddresses(ctx context.Context, tx Tx, addresses []models.Address) error {
	for i := range addresses {
		if err := tx.CreateAddress(ctx, &addresses[i]); err != nil {
			return err
		}
	}
	return nil
}
