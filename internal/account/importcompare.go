package account

import (
	"context"
	"errors"
	"reflect"
	"time"

	"github.com/accountql/accountql/models"
)

// wasImported says whether an import made the account: its trail begins with that.
func wasImported(ctx context.Context, reader importReader, id string) (bool, error) {
	first, err := reader.Activity(ctx, id, 2, 1)
	if err != nil {
		return false, err
	}

	// guard: an import touches no account but its own
	return len(first) > 0 && first[0].Operation == string(opAccountImport), nil
}

// compareImported fails for an account that no import has made, and for one that
// differs from its line. Once a customer has signed in or changed something, only
// what customers can't change is compared.
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

	// compareGiven compares what a line that leaves it out gets of the import.
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

	return wrong.OrNil()
}

// timeOf makes times comparable, whichever zone they are in; 0: none.
func timeOf(at *time.Time) int64 {
	if at == nil {
		return 0
	}
	return at.UnixMicro()
}

// unreserved fails with INVALID_INPUT for an address that its former owner can
// still take back, at the time by which the write asks for it, too.
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

// freeID fails with INVALID_INPUT for the id of an account that is or was here: a
// trail that outlived its account must not be somebody's again.
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
