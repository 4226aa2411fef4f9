package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
)

type importAccountsCommand struct {
	actingFlags
	Fields string `name:"fields" placeholder:"FILE" help:"The server's --fields: the lines may set every field and every attribute of it, within their types and limits."`
	File   string `arg:"" name:"file" help:"JSON Lines, one customer each; docs/import.md has the fields. The file is read twice."`
	DryRun bool   `name:"dry-run" help:"Check the file, and write nothing."`
}

// shownImport is the printed summary of an import.
type shownImport struct {
	Lines    int `json:"lines"`
	Wrong    int `json:"wrong"`
	Present  int `json:"present"`
	Imported int `json:"imported"`
	// LeftOut is the number of customers that the file leaves out, and Incomplete the number of those that lose a
	// part of their data.
	LeftOut    int  `json:"leftOut"`
	Incomplete int  `json:"incomplete"`
	DryRun     bool `json:"dryRun"`
}

// Run checks the whole file, imports it, and prints the result, also if the file was refused.
func (c *importAccountsCommand) Run(ctx context.Context, p *Program) error {
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("open the file: %w", err)
	}

	work := func(operator Operator, _ *Database) error {
		summary, err := operator.ImportAccounts(ctx, account.Import{
			File: file, DryRun: c.DryRun,
			Wrong: func(line int, problem error) { p.say("line %d: %v", line, problem) },
			Progress: func(checked, written int) {
				if written == 0 {
					p.say("%d lines are checked", checked)
				} else {
					p.say("%d of %d lines are written", written, checked)
				}
			},
		})
		p.sayLosses(summary.Losses)
		printed := p.print(shownImport{
			Lines: summary.Lines, Wrong: summary.Wrong, Present: summary.Present, Imported: summary.Imported,
			LeftOut: summary.LeftOut, Incomplete: summary.Incomplete, DryRun: c.DryRun,
		})

		return errors.Join(err, printed)
	}

	return errors.Join(
		p.withActing(ctx, &c.actingFlags, config.Settings{Fields: c.Fields}, work), file.Close())
}

// sayLosses prints what is left out, and in which lines.
func (p *Program) sayLosses(losses []account.ImportLoss) {
	for _, loss := range losses {
		lines := make([]string, len(loss.Lines))
		for i, line := range loss.Lines {
			lines[i] = strconv.Itoa(line)
		}

		if len(lines) < loss.Customers {
			lines = append(lines, "…")
		}

		what := "taken without a part"
		if loss.LeftOut {
			what = "left out"
		}

		p.say("%d %s: %s (line %s)", loss.Customers, what, loss.Reason, strings.Join(lines, ", "))
	}
}
