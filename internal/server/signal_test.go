package server

import (
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// TestHangUp guards that a hang-up drains as SIGTERM does, and that the log names the cause.
func TestHangUp(t *testing.T) {
	// Otherwise the server would ignore it if these tests do, as under nohup.
	ignored := make(chan os.Signal, 1)
	signal.Notify(ignored, syscall.SIGHUP)
	defer signal.Stop(ignored)

	c := spawn(t, nil, "serve", "--listen", "127.0.0.1:0", "--log-format", "json")
	if err := c.command.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}

	if err := c.command.Wait(); err != nil {
		t.Errorf("the server ended with %v", err)
	}

	log := c.stderr.String()
	if !strings.Contains(log, `"msg":"stopping","cause":"hangup signal received"`) ||
		!strings.Contains(log, `"msg":"stopped"`) {
		t.Error(log)
	}
}
