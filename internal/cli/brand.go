package cli

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"

	"github.com/accountql/accountql/internal/config"
)

type brandPreviewCommand struct {
	File      string `arg:"" placeholder:"FILE" help:"The file of --brand."`
	Listen    string `name:"listen" default:"127.0.0.1:0" help:"Loopback address to serve on; port 0 is any that is free."`
	Templates string `name:"templates" placeholder:"DIR" help:"Directory of templates that replace those of messages."`
}

// Validate makes sure that the preview is only reachable from this machine.
func (c *brandPreviewCommand) Validate() error {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil || !config.IsLoopback(host) {
		return &config.Error{Setting: "--listen", Problem: "must be a loopback address such as 127.0.0.1:8081"}
	}
	return nil
}

// Run checks the brand, and serves the whole of development mode in it until ctx ends: the account page with its demo
// customer, and every mail. Its database is a file of a folder that goes away with the command.
func (c *brandPreviewCommand) Run(ctx context.Context, p *Program) (err error) {
	folder, err := os.MkdirTemp("", "accountql-brand-")
	if err != nil {
		return fmt.Errorf("brand preview: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }()

	settings, err := previewSettings(map[string]string{
		"--brand": c.File, "--listen": c.Listen, "--database": filepath.Join(folder, "preview.db"), "--templates": c.Templates,
		"--log-level": "warn",
	})
	if err != nil {
		return err
	}

	return p.Serve(ctx, settings)
}

// previewSettings returns the settings of development mode with some flags, whatever the environment has. A flag without
// a value is left out.
func previewSettings(flags map[string]string) (config.Settings, error) {
	var commands struct {
		config.Settings `embed:""`
	}
	parser, err := kong.New(&commands, config.Options(nil)...)
	if err != nil {
		return config.Settings{}, err
	}

	var args []string
	for name, value := range flags {
		if value != "" {
			args = append(args, name+"="+value)
		}
	}
	_, err = parser.Parse(args)

	return commands.Settings, err
}
