package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/accountql/accountql/models"
)

// ofIdentity matches the unique index on identities.
const ofIdentity = "identity_provider = ? AND issuer = ? AND subject = ?" // guard: a subject is its issuer's

// identitiesOf returns the account's identities, oldest first.
func identitiesOf(db *gorm.DB, accountID string) ([]models.Identity, error) {
	return find[models.Identity](db.Where("account_id = ?", accountID).Order("linked_at, identity_provider, issuer"))
}

// AccountByIdentity returns models.ErrNotFound if the subject is linked to no account.
func (s *Store) AccountByIdentity(
	ctx context.Context, provider models.IdentityProvider, issuer, subject string,
) (*models.Account, *models.Identity, error) {
	link, err := take[models.Identity](s.read.WithContext(ctx).Where(ofIdentity, provider, issuer, subject))
	if err != nil {
		return nil, nil, s.translate(err)
	}
	account, err := s.AccountByID(ctx, link.AccountID)
	return account, &link, err
}

// Identities returns the account's linked identities, oldest first.
func (s *Store) Identities(ctx context.Context, accountID string) ([]models.Identity, error) {
	identities, err := identitiesOf(s.read.WithContext(ctx), accountID)
	return identities, s.translate(err)
}

// Identities sees what the transaction has written.
func (t *transaction) Identities(ctx context.Context, accountID string) ([]models.Identity, error) {
	identities, err := identitiesOf(t.gorm(ctx), accountID)
	return identities, t.fail(err)
}

// LinkIdentity returns models.ErrNotFound if the account is gone, and models.ErrTaken if the subject, or the account's
// place at the issuer, is; after that the transaction can continue.
func (t *transaction) LinkIdentity(ctx context.Context, identity *models.Identity) error {
	return createUnique(ctx, t, identity)
}

// createUnique inserts a row whose account must exist. It lets the unique indexes report what is taken, with
// models.ErrTaken, after which the transaction can continue. It returns models.ErrNotFound if the account does not exist.
func createUnique[T any](ctx context.Context, t *transaction, row *T) error {
	rows, err := affected(t.gorm(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(row))
	err = t.fail(err)
	switch {
	case errors.Is(err, errNoParent):
		return models.ErrNotFound
	case err == nil && rows == 0:
		return models.ErrTaken
	}

	return err
}

// UnlinkIdentity returns models.ErrNotFound if the identity is not linked to the account.
func (t *transaction) UnlinkIdentity(
	ctx context.Context, accountID string, provider models.IdentityProvider, issuer string,
) error {
	return t.expectOneRow(affected(t.gorm(ctx).
		Where("account_id = ? AND identity_provider = ? AND issuer = ?", accountID, provider, issuer).
		Delete(&models.Identity{})))
}

// UnlinkIdentities removes all links of the account and returns them.
func (t *transaction) UnlinkIdentities(ctx context.Context, accountID string) ([]models.Identity, error) {
	linked, err := t.Identities(ctx, accountID)
	if err != nil || len(linked) == 0 {
		return nil, err
	}
	return linked, t.fail(t.gorm(ctx).Where("account_id = ?", accountID).Delete(&models.Identity{}).Error)
}

// endTokens refuses the account's customer tokens that were issued up to now, except those of the issuer whose
// session is exceptID.
func (t *transaction) endTokens(ctx context.Context, accountID, exceptID string, now time.Time) error {
	return t.fail(t.gorm(ctx).Model(&models.Identity{}).
		Where("account_id = ? AND ? <> ?||issuer", accountID, exceptID, models.TokenSession("")).
		Update("tokens_from", now).Error)
}
