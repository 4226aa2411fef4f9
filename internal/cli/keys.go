package cli

import (
	"context"
	"time"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// Keys is the part of the store that lists the keys of phone codes and of the outbox.
type Keys interface {
	// ServerKeys returns the keys, those of one purpose after the other, oldest first.
	ServerKeys(ctx context.Context) ([]models.ServerKey, error)
}

type (
	rotateKeysCommand struct{ actingFlags }
	listServerKeys    struct{ databaseFlags }
)

// listedServerKey is what `keys` prints of a key: not its secret.
type listedServerKey struct {
	ID         string            `json:"id"`
	Purpose    models.KeyPurpose `json:"purpose"`
	CreatedAt  time.Time         `json:"createdAt"`
	AgeSeconds int               `json:"ageSeconds"`
	// RetiredAt is nil for the key that makes new values.
	RetiredAt *time.Time `json:"retiredAt"`
}

// Run makes new keys and prints all of them.
func (c *rotateKeysCommand) Run(ctx context.Context, p *Program) error {
	return p.withActing(ctx, &c.actingFlags, config.Settings{}, func(operator Operator, database *Database) error {
		if err := operator.RotateKeys(ctx); err != nil {
			return err
		}
		p.say("every server on this database uses the new keys within a minute")

		return p.printKeys(ctx, database.Keys)
	})
}

// Run prints the keys.
func (c *listServerKeys) Run(ctx context.Context, p *Program) error {
	return p.withOpen(ctx, config.Settings{Database: c.Database}, func(database *Database) error {
		return p.printKeys(ctx, database.Keys)
	})
}

func (p *Program) printKeys(ctx context.Context, keys Keys) error {
	all, err := keys.ServerKeys(ctx)
	if err != nil {
		return err
	}

	listed := make([]listedServerKey, len(all))
	for i, key := range all {
		listed[i] = listedServerKey{
			key.ID(), key.Purpose, key.CreatedAt, int(time.Since(key.CreatedAt).Seconds()), key.RetiredAt,
		}
	}

	return p.print(listed)
}
