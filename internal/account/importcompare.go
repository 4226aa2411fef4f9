package account

import (
	"context"
	"errors"
	"reflect"
	"time"

	"github.com/accountql/accountql/models"
)

// wasImported reports whether an import created the account. Its audit trail then begins with the import.
func wasImported(ctx context.Context, reader importReader, id string) (bool, error) {
	first, err := reader.Activity(ctx, id, 2, 1)
	if err != nil {
		return false, err
	}

	// guard: an import touches no account but its own
	return len(first) > 0 && first[0].Operation == string(opAccountImport), nil
}

// compareImported returns INVALID_INPUT if no import created the account, or if the account differs from its line.
// Once the customer has signed in or changed something, it compares only the fields that customers can't change.
func compareImported(
	ctx context.Context, reader importReader, existing *models.Account, customer *imported, imported bool,
) error {
	if !imported {
		return models.InvalidInput("email", models.ReasonTaken, 0, "belongs to an account that was not imported")
	}

	wanted := customer.account
	var wrong models.Errors
	compare := func(field string, existing, wanted any) {
		if !reflect.DeepEqual(existing, wanted) {
			wrong.Add(models.InvalidInput(field, models.ReasonConflicting, 0, "differs from the account that is there"))
		}
	}

	// compareGiven compares a field only if the line contains it; otherwise the import has chosen its value.
	compareGiven := func(field string, existing, wanted any) {
		if customer.given[field] {
			compare(field, existing, wanted)
		}
	}

	compareGiven("id", existing.ID, wanted.ID)
	compare("customId", existing.CustomID, wanted.CustomID)
	compare("uuid", existing.UUID, wanted.UUID)
	compareGiven("createdAt", timeOf(&existing.CreatedAt), timeOf(&wanted.CreatedAt))
	if existing.Version > wanted.Version {
		return wrong.OrNil()
	}

	compareGiven("version", existing.Version, wanted.Version)
	compareGiven("updatedAt", timeOf(&existing.UpdatedAt), timeOf(&wanted.UpdatedAt))
	compareGiven("emailVouched", existing.EmailVouched, wanted.EmailVouched)
	compareGiven("emailVerifiedAt", timeOf(existing.EmailVerifiedAt), timeOf(wanted.EmailVerifiedAt))
	compareGiven("phoneVerifiedAt", timeOf(existing.PhoneVerifiedAt), timeOf(wanted.PhoneVerifiedAt))
	compareGiven("changesPausedUntil", timeOf(existing.ChangesPausedUntil), timeOf(wanted.ChangesPausedUntil))
	compareGiven("emailChangesPausedUntil", timeOf(existing.EmailChangesPausedUntil),
		timeOf(wanted.EmailChangesPausedUntil))
	compare("status", existing.Status, wanted.Status)
	compare("emailVerified", existing.EmailVerified(), wanted.EmailVerified())
	compare("phone", existing.Phone, wanted.Phone)
	compare("phoneVerified", existing.PhoneVerified(), wanted.PhoneVerified())
	compare("passwordHash", existing.PasswordHash, wanted.PasswordHash)
	for _, field := range profileFields {
		compare(field.name, field.value(existing), field.value(wanted))
	}

	compare("tags", append([]string{}, existing.Tags...), wanted.Tags)

	if err := sameIdentities(ctx, reader, existing.ID, customer.identities); err != nil {
		if !isLineError(err) {
			return err
		}
		wrong.Add(err)
	}

	if customer.given["addresses"] {
		if err := sameAddresses(ctx, reader, existing.ID, customer.addresses); err != nil {
			if !isLineError(err) {
				return err
			}
			wrong.Add(err)
		}
	}

	return wrong.OrNil()
}

// timeOf makes times of different zones comparable; 0 means no time.
func timeOf(at *time.Time) int64 {
	if at == nil {
		return 0
	}
	return at.UnixMicro()
}

// unreserved returns INVALID_INPUT if the former owner of the address can still take it back. It uses the same time
// as the write's own check.
func unreserved(ctx context.Context, reader importReader, wanted *models.Account) error {
	_, err := reader.ReservedEmail(ctx, wanted.Email, wanted.ID, wanted.UpdatedAt)
	switch {
	case err == nil:
		return models.InvalidInput("email", models.ReasonTaken, 0,
			"can still be taken back by another account, which had it lately")
	case errors.Is(err, models.ErrNotFound):
		return nil
	}

	return err
}

// freeID returns INVALID_INPUT if the ID belongs or belonged to an account: an audit trail that outlived its
// account must not get a new owner.
func freeID(ctx context.Context, reader importReader, id string) error {
	_, err := reader.AccountByID(ctx, id)
	if err == nil {
		// guard: an id is nobody else's
		return models.InvalidInput("id", models.ReasonTaken, 0, "belongs to another account")
	}
	if !errors.Is(err, models.ErrNotFound) {
		return err
	}

	trail, err := reader.Activity(ctx, id, 0, 1)
	if err == nil && len(trail) > 0 { // guard: a trail is not somebody else's
		err = models.InvalidInput("id", models.ReasonTaken, 0, "was that of an account that is gone")
	}

	return err
}
