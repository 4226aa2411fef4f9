package account

import (
	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

// contactChanges are the new address and number of an updateAccount. Values that repeat the current ones are left
// out.
type contactChanges struct {
	email       *models.EmailAddress
	phone       *models.PhoneNumber
	removePhone bool
}

func (c contactChanges) changed() bool { return c.email != nil || c.phone != nil || c.removePhone }

// permitted returns PERMISSION_DENIED if the key lacks the permission for the change that a new address or number
// starts (R-PRF7).
func (c contactChanges) permitted(caller models.Caller) error {
	for _, change := range []struct {
		field      string
		changed    bool
		permission models.Permission
	}{
		{"email", c.email != nil, models.PermissionEmailChange},
		{"phone", c.phone != nil || c.removePhone, models.PermissionPhoneUpdate},
	} {
		if change.changed && !caller.APIKey.Allows(change.permission) {
			return &models.Error{
				Code: models.CodePermissionDenied, Field: change.field,
				Message: "needs an API key with the permission " + string(change.permission),
			}
		}
	}
	return nil
}

// field returns the name of the field that the error names if the proof is missing.
func (c contactChanges) field() string {
	if c.email != nil {
		return "email"
	}
	return "phone"
}

func (s *Service) decideContacts(account *models.Account, input *UpdateAccountInput) (contactChanges, error) {
	var changes contactChanges
	var wrong models.Errors
	switch {
	case input.Email.Set && input.Email.Value == nil:
		wrong.Add(models.InvalidInput("email", models.ReasonRequired, 0, "must not be null"))
	case input.Email.Set:
		email, err := contact.ParseEmail("email", *input.Email.Value)
		wrong.Add(err)
		if email != account.Email {
			changes.email = &email
		}
	}

	switch {
	case input.Phone.Set && input.Phone.Value == nil:
		changes.removePhone = account.Phone != nil
	case input.Phone.Set:
		phone, err := contact.ParsePhone("phone", *input.Phone.Value)
		wrong.Add(err)
		if account.Phone == nil || phone != *account.Phone {
			changes.phone = &phone
		}
		if err == nil && changes.phone != nil { // guard: updateAccount looks at the country
			wrong.Add(s.checkPhoneCountry("phone", phone))
		}
	}

	return changes, wrong.OrNil()
}
