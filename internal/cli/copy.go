package cli

import (
	"context"
	"time"
)

// CopyProgress is the progress of a copy. Step is "copy" or "verify".
type CopyProgress struct {
	Step, Table string
	Rows, Total int
}

// CopiedTable is a table that is equal in both databases.
type CopiedTable struct {
	Table string `json:"table"`
	Rows  int    `json:"rows"`
	// Copied is how many of the rows this run wrote. An earlier run wrote the others.
	Copied int `json:"copied"`
	// Digest is the digest of all values, as both databases returned them.
	Digest string `json:"digest"`
}

// CopyReport is the verified result of a copy.
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

// progressPause is the minimum time between two lines, so that a long copy does not write a line for each batch.
const progressPause = time.Second

// Run copies, and prints the verified result.
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
