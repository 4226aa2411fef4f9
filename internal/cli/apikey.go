package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

type createKeyCommand struct {
	actingFlags
	Name       string              `name:"name" required:"" placeholder:"NAME" help:"What the key is for."`
	Permission []models.Permission `name:"permission" required:"" placeholder:"PERMISSION" help:"What the key may do; repeat the flag for more. The permissions are ${permissions}."`
	Expires    *time.Duration      `name:"expires" placeholder:"TIME" help:"After how long the key ends, such as 90d. Left out: never."`
	Origin     []string            `name:"origin" placeholder:"ORIGIN" help:"Web origin that may send the key, such as https://shop.example; repeat the flag for more. Left out: any."`
}

// sayPermissions puts the list of permissions into the help text. As a variable of kong it would cost every start three
// milliseconds: kong looks for further variables in the value of each one, anew for every flag.
func sayPermissions(parser *kong.Kong) error {
	list := permissions()

	return kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
		if flag, is := node.(*kong.Flag); is {
			flag.Help = strings.Replace(flag.Help, "${permissions}", list, 1)
		}
		return next(nil)
	})
}

// permissions returns the list of permissions for the help text.
func permissions() string {
	names := make([]string, len(models.AllPermissions))
	for i, permission := range models.AllPermissions {
		names[i] = string(permission)
	}
	return strings.Join(names, ", ")
}

// Run creates a key and prints it.
func (c *createKeyCommand) Run(ctx context.Context, p *Program) error {
	wanted := account.NewAPIKey{Name: c.Name, Permissions: c.Permission, Origins: c.Origin}
	if c.Expires != nil {
		// A zero would later mean "never expires", which is the opposite of what a user who writes 0 expects.
		if *c.Expires <= 0 {
			return models.InvalidInput("expires", models.ReasonNotAllowed, 0, "must be longer than nothing")
		}
		wanted.Expires = *c.Expires
	}

	return p.withActing(ctx, &c.actingFlags, config.Settings{}, func(operator Operator, _ *Database) error {
		key, secret, err := operator.CreateAPIKey(ctx, wanted)
		if err != nil {
			return err
		}

		return p.print(struct {
			ID          string              `json:"id"`
			Name        string              `json:"name"`
			Key         string              `json:"key"`
			Permissions []models.Permission `json:"permissions"`
			ExpiresAt   *time.Time          `json:"expiresAt"`
		}{key.ID, key.Name, secret, key.Permissions, key.ExpiresAt})
	})
}

type listKeysCommand struct{ databaseFlags }

// listedKey is what `apikey list` prints of a key. It does not contain the hash of the secret.
type listedKey struct {
	ID          string              `json:"id"`
	Name        string              `json:"name"`
	Permissions []models.Permission `json:"permissions"`
	Origins     []string            `json:"origins"`
	CreatedAt   time.Time           `json:"createdAt"`
	ExpiresAt   *time.Time          `json:"expiresAt"`
	RevokedAt   *time.Time          `json:"revokedAt"`
	LastUsedAt  *time.Time          `json:"lastUsedAt"`
	// AccountPage says that the key is one of the server's own account page.
	AccountPage bool `json:"accountPage"`
}

// Run prints all keys, newest first.
func (c *listKeysCommand) Run(ctx context.Context, p *Program) error {
	return p.withOpen(ctx, config.Settings{Database: c.Database}, func(database *Database) error {
		keys, err := database.Operator(account.Actor{}).APIKeys(ctx)
		if err != nil {
			return err
		}

		listed := make([]listedKey, len(keys))
		for i, key := range keys {
			origins := append([]string{}, key.Origins...)
			listed[i] = listedKey{
				key.ID, key.Name, key.Permissions, origins, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt,
				key.AccountPage(),
			}
		}

		return p.print(listed)
	})
}

type revokeKeyCommand struct {
	actingFlags
	ID string `arg:"" help:"The id that create and list print."`
}

// Run revokes the key.
func (c *revokeKeyCommand) Run(ctx context.Context, p *Program) error {
	return p.withActing(ctx, &c.actingFlags, config.Settings{}, func(operator Operator, _ *Database) error {
		err := operator.RevokeAPIKey(ctx, c.ID)
		if errors.Is(err, models.ErrNotFound) {
			return fmt.Errorf("no key with the id %q is there to revoke", c.ID)
		}
		if err == nil {
			p.say("the key %s is revoked", c.ID)
		}

		return err
	})
}
