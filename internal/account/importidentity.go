package account

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	maxIdentities = 20
	maxIssuer     = 2048
)

// decideImportedIdentities validates the identities with which the customer signs in. It accepts one of each
// issuer, because an account can't be linked to two. An identity without linkedAt is as old as its account, because
// the undo of an e-mail change unlinks identities that were linked recently.
func decideImportedIdentities(
	account *models.Account, given []LineIdentity, now time.Time,
) ([]models.Identity, error) {
	if len(given) > maxIdentities {
		return nil, models.InvalidInput("identities", models.ReasonTooMany, maxIdentities, "must not be more than 20")
	}

	var wrong models.Errors
	identities := make([]models.Identity, 0, len(given))
	issuers := map[string]bool{}
	for _, one := range given {
		switch one.IdentityProvider {
		case models.ProviderGoogle, models.ProviderApple, models.ProviderFacebook, models.ProviderOAuth:
		default:
			wrong.Add(models.InvalidInput("identities.identityProvider", models.ReasonUnknownValue, 0,
				"must be GOOGLE, APPLE, FACEBOOK or OAUTH"))
		}

		issuer, err := models.ParseText("identities.issuer", one.Issuer, maxIssuer)
		wrong.Add(err)
		if !strings.HasPrefix(issuer, "https://") && !strings.HasPrefix(issuer, "http://") {
			wrong.Add(models.InvalidInput("identities.issuer", models.ReasonMalformed, 0,
				"must be the address that --identity-providers or --customer-tokens has"))
		}

		subject, err := models.ParseText("identities.subject", one.Subject, maxTextLength)
		wrong.Add(err)
		linked := account.CreatedAt // guard: imported identities are as old as their account
		if one.LinkedAt != nil {
			wrong.Add(notInFuture("identities.linkedAt", *one.LinkedAt, now))
			linked = one.LinkedAt.UTC().Truncate(time.Microsecond)
		}

		var tokensFrom *time.Time
		if one.TokensFrom != nil {
			wrong.Add(notInFuture("identities.tokensFrom", *one.TokensFrom, now))
			tokensFrom = importedTime(one.TokensFrom)
		}

		if of := string(one.IdentityProvider) + " " + issuer; issuers[of] {
			wrong.Add(models.InvalidInput("identities", models.ReasonConflicting, 0, "must not hold two of one issuer"))
		} else {
			issuers[of] = true
		}

		identities = append(identities, models.Identity{
			AccountID: account.ID, IdentityProvider: one.IdentityProvider, Issuer: issuer, Subject: subject,
			LinkedAt: linked, TokensFrom: tokensFrom,
		})
	}

	return identities, wrong.OrNil()
}

// identityKey is the value by which two lines with the same identity are found.
func identityKey(identity models.Identity) string {
	return strings.Join([]string{string(identity.IdentityProvider), identity.Issuer, identity.Subject}, "\n")
}

// freeIdentities returns INVALID_INPUT if one of the line's identities is already linked.
func freeIdentities(ctx context.Context, reader importReader, identities []models.Identity) error {
	for _, identity := range identities {
		_, _, err := reader.AccountByIdentity(ctx, identity.IdentityProvider, identity.Issuer, identity.Subject)
		if err == nil {
			return errIdentityTaken()
		}
		if !errors.Is(err, models.ErrNotFound) {
			return err
		}
	}
	return nil
}

// sameIdentities returns INVALID_INPUT if one of the line's identities is not linked to the existing account.
func sameIdentities(ctx context.Context, reader importReader, accountID string, identities []models.Identity) error {
	for _, identity := range identities {
		owner, _, err := reader.AccountByIdentity(ctx, identity.IdentityProvider, identity.Issuer, identity.Subject)
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return err
		}
		if err != nil || owner.ID != accountID {
			return models.InvalidInput("identities", models.ReasonConflicting, 0,
				"differs from the account that is there")
		}
	}
	return nil
}

func errIdentityTaken() error {
	return models.InvalidInput("identities", models.ReasonTaken, 0, "holds one that belongs to another account")
}

// linkImported links the identities of a new account.
func linkImported(ctx context.Context, tx Tx, identities []models.Identity) error {
	for i := range identities {
		err := tx.LinkIdentity(ctx, &identities[i])
		if errors.Is(err, models.ErrTaken) {
			return errIdentityTaken()
		}
		if err != nil {
			return err
		}
	}
	return nil
}
