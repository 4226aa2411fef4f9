package cli

import "context"

type backupCommand struct {
	databaseFlags
	File string `arg:"" name:"file" help:"The file to write; one that exists is not overwritten."`
}

// Run copies the database to a file, and prints the file's name and size.
func (c *backupCommand) Run(ctx context.Context, p *Program) error {
	size, err := p.Backup(ctx, c.Database, c.File)
	if err != nil {
		return err
	}

	return p.print(struct {
		File  string `json:"file"`
		Bytes int64  `json:"bytes"`
	}{c.File, size})
}
