package server

import (
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestHangUp guards that a hang-up drains as SIGTERM does, and that the log names the cause.
func TestHangUp(t *testing.T) {
	if signal.Ignored(syscall.SIGHUP) {
		t.Skip("the tests ignore hang-ups, and so would the server")
	}

	c := spawn(t, nil, "serve", "--listen", "127.0.0.1:0", "--log-format", "json")
	if err := c.command.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}

	// The cleanup of spawn then fails unless the process exits with 0.
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if strings.Contains(c.stderr.String(), `"msg":"stopped"`) {
			break
		}
	}

	log := c.stderr.String()
	if !strings.Contains(log, `"msg":"stopping","cause":"hangup signal received"`) ||
		!strings.Contains(log, `"msg":"stopped"`) {
		t.Error(log)
	}
}
