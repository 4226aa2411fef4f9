package cli

import (
	"context"
	"net"

	"github.com/accountql/accountql/internal/config"
)

type previewCommand struct {
	Listen    string `name:"listen" default:"127.0.0.1:0" help:"Loopback address to serve on; port 0 is any that is free."`
	Templates string `name:"templates" placeholder:"DIR" help:"Directory of templates that replace those of messages. What changes in it is shown at the next look."`
}

// Validate makes sure that the preview is only reachable from this machine.
func (c *previewCommand) Validate() error {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil || !config.IsLoopback(host) {
		return &config.Error{Setting: "--listen", Problem: "must be a loopback address such as 127.0.0.1:8081"}
	}
	return nil
}

// Run serves previews of the messages, with made-up data, until ctx ends.
func (c *previewCommand) Run(ctx context.Context, p *Program) error {
	return p.Preview(ctx, c.Listen, c.Templates)
}
