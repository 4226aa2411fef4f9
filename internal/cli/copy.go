package cli

import (
	"context"
	"time"
)

// CopyProgress says how far a copy is; Step is "copy" or "verify".
type CopyProgress struct {
	Step, Table string
	Rows, Total int
}

// CopiedTable is a table that both databases hold alike.
type CopiedTable struct {
	Table string `json:"table"`
	Rows  int    `json:"rows"`
	// Copied is how many of the rows this run wrote; the others an earlier one did.
	Copied int `json:"copied"`
	// Digest is that of every value, as both databases gave it back.
	Digest string `json:"digest"`
}

// CopyReport is what a copy has verified.
type CopyReport struct {
	From          string        `json:"from"`
	To            string        `json:"to"`
	SchemaVersion int64         `json:"schemaVersion"`
	Tables        []CopiedTable `json:"tables"`
	Verified      bool          `json:"verified"`
}

type copyCommand struct {
	From string `name:"from" required:"" placeholder:"FILE|URL" help:"Database to copy, which nothing may serve meanwhile: a SQLite file, or postgres://user@host/name."`
	To   string `name:"to" required:"" placeholder:"FILE|URL" help:"Database to copy to: empty, or what an interrupted copy left. A URL's password may stand in PGPASSWORD or ~/.pgpass."`
}

// progressPause keeps a long copy from writing a line for each batch.
const progressPause = time.Second

// Run copies, and prints what was verified.
func (c *copyCommand) Run(ctx context.Context, p *Program) error {
	var said time.Time
	report, err := p.Copy(ctx, c.From, c.To, func(progress CopyProgress) {
		if progress.Rows == progress.Total || time.Since(said) >= progressPause {
			said = time.Now()
			p.say("%s %s: %d of %d rows", progress.Step, progress.Table, progress.Rows, progress.Total)
		}
	})
	if err != nil {
		return err
	}

	return p.print(report)
}
