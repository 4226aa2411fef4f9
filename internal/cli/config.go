package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/accountql/accountql/internal/config"
)

// Trial is the result of reaching what a setting names.
type Trial struct {
	// Setting is the flag with its dashes.
	Setting string `json:"setting"`
	// Target is what was tried, without a password.
	Target string `json:"target"`
	OK     bool   `json:"ok"`
	// Error is the cause of a failure, or "".
	Error string `json:"error,omitempty"`
	// Details are what was found.
	Details map[string]any `json:"details,omitempty"`
}

type checkConfigCommand struct {
	config.Settings `embed:""`
	Try             bool `name:"try" help:"Reach what the settings name, too: the database, the mail server, the SMS provider, the webhook, the identity providers, the breached passwords. Nothing is sent and nothing is changed."`
}

// Run prints the settings as serve would use them, and with --try what can be reached. It returns an error if serve
// would refuse the settings, or if something can't be reached.
func (c *checkConfigCommand) Run(ctx context.Context, command *kong.Context, p *Program) error {
	if err := p.Check(c.Settings); err != nil {
		return err // no server would have these settings
	}

	report := struct {
		Settings []config.Value `json:"settings"`
		Trials   []Trial        `json:"trials,omitempty"`
	}{Settings: c.Effective(command, p.Environ)}
	if c.Try {
		report.Trials = p.Try(ctx, c.Settings)
	}
	if err := p.print(report); err != nil {
		return err
	}

	failed := 0
	for _, trial := range report.Trials {
		if !trial.OK {
			failed++
			p.say("%s", strings.TrimSuffix(trial.Setting+" "+trial.Target, " ")+": "+trial.Error)
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d trials failed", failed, len(report.Trials))
	}

	return nil
}
