package account

import (
	"context"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// The sizes of an imported authenticator's secret in bytes: other systems made some of 80 bits.
const (
	minImportedSecret = 10
	maxImportedSecret = 64
)

// LineAuthenticator is a customer's authenticator app in a line of an import: one that shows six digits for 30 seconds,
// with HMAC-SHA-1 (RFC 6238). No export has any, because secrets leave the database only sealed.
type LineAuthenticator struct {
	// Secret is in base32 (RFC 4648). Case, spaces, dashes and padding do not count.
	Secret string `json:"secret"`
	// Name and CreatedAt are optional.
	Name      *string    `json:"name,omitempty"`
	CreatedAt *time.Time `json:"createdAt,omitempty"`
}

// decideImportedAuthenticators validates the authenticators of a customer, and gives the account a second factor if there
// are any. One without createdAt is as old as its account. It fails with INVALID_INPUT, also for an account whose address
// nobody has proven or vouched for (R-PRF4).
func (s *Service) decideImportedAuthenticators(
	account *models.Account, given []LineAuthenticator, now time.Time,
) ([]models.Authenticator, error) {
	if len(given) > maxAuthenticators {
		return nil, models.InvalidInput("authenticators", models.ReasonTooMany, maxAuthenticators, "must not be more than 5")
	}
	if len(given) > 0 && account.EmailClaimed() { // guard: a claimed address is imported without authenticators
		return nil, models.InvalidInput("authenticators", models.ReasonNotAllowed, 0,
			"must not be given where the e-mail is neither verified nor vouched for")
	}

	var wrong models.Errors
	authenticators := make([]models.Authenticator, 0, len(given))
	secrets := map[string]bool{}
	for _, one := range given {
		secret, err := importedSecret(one.Secret)
		wrong.Add(err)
		if err == nil && secrets[string(secret)] {
			wrong.Add(models.InvalidInput("authenticators", models.ReasonConflicting, 0, "must not hold a secret twice"))
		}
		secrets[string(secret)] = true

		name := authenticatorName
		if one.Name != nil {
			name, err = models.ParseText("authenticators.name", *one.Name, maxAuthenticatorName)
			wrong.Add(err)
		}

		added := account.CreatedAt
		if one.CreatedAt != nil {
			wrong.Add(notInFuture("authenticators.createdAt", *one.CreatedAt, now))
			added = *importedTime(one.CreatedAt)
		}
		if account.SecondFactorSince == nil || added.Before(*account.SecondFactorSince) {
			account.SecondFactorSince = &added
		}

		authenticators = append(authenticators, models.Authenticator{
			ID: s.NewID(), AccountID: account.ID, Name: name, Secret: secret, CreatedAt: added,
		})
	}

	return authenticators, wrong.OrNil()
}

// importedSecret returns the bytes of a secret, or INVALID_INPUT.
func importedSecret(text string) ([]byte, error) {
	plain := strings.TrimRight(strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(text)), "=")
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(plain)
	if err != nil {
		return nil, models.InvalidInput("authenticators.secret", models.ReasonMalformed, 0, "must be in base32")
	}
	if len(secret) < minImportedSecret || len(secret) > maxImportedSecret {
		return nil, models.InvalidInput("authenticators.secret", models.ReasonNotAllowed, 0,
			fmt.Sprintf("must be of %d to %d bytes", minImportedSecret, maxImportedSecret))
	}

	return secret, nil
}

// createAuthenticators stores the authenticators of a new account.
func createAuthenticators(ctx context.Context, tx Tx, authenticators []models.Authenticator) error {
	for i := range authenticators {
		if err := tx.CreateAuthenticator(ctx, &authenticators[i]); err != nil {
			return err
		}
	}
	return nil
}
