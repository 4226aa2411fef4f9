package cli

import (
	"context"
	"os"
	"os/user"
	"strconv"
	"strings"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
)

// actingFlags are the settings of a command that changes or shows a person's data, or makes a key.
type actingFlags struct {
	databaseFlags
	config.Acting
}

// actor returns who acts, and why. It returns an error for a setting that is wrong, or required and left out.
func (p *Program) actor(flags *actingFlags) (account.Actor, error) {
	if err := flags.Check(); err != nil {
		return account.Actor{}, err
	}

	operator := flags.Operator
	if operator == "" {
		operator = "os:" + p.systemUser()
	}

	return account.ParseActor(operator, flags.Reason)
}

// systemUser returns the name of the user who runs the program, also through sudo, or else the user's number.
func (p *Program) systemUser() string {
	for _, entry := range p.Environ {
		if name, found := strings.CutPrefix(entry, "SUDO_USER="); found && name != "" {
			return name
		}
	}

	current, err := user.Current()
	if err != nil {
		// A container's user often has no name.
		return strconv.Itoa(os.Getuid())
	}

	return current.Username
}

// withActing opens the database as withOpen does, and calls work with an operator whose audit events name the actor.
func (p *Program) withActing(
	ctx context.Context, flags *actingFlags, settings config.Settings,
	work func(operator Operator, database *Database) error,
) error {
	actor, err := p.actor(flags)
	if err != nil {
		return err
	}

	settings.Database = flags.Database

	return p.withOpen(ctx, settings, func(database *Database) error { return work(database.Operator(actor), database) })
}
