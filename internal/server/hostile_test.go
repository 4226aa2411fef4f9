package server

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
)

// TestSlowConnections guards that 300 clients which each hold a connection and send almost nothing don't keep the
// next client from an answer, even if nothing cuts them off. In the service the server's timeouts do; graph's
// TestHostileWire waits for short ones.
func TestSlowConnections(t *testing.T) {
	const clients = 300
	s, err := newTestServer(t, config.Settings{Mode: config.Development}, filepath.Join(t.TempDir(), "slow.db"))
	if err != nil {
		t.Fatal(err)
	}

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}

	web := s.web(s.handler)
	web.ReadHeaderTimeout, web.ReadTimeout = 0, 0
	go func() { _ = web.Serve(listener) }()
	defer web.Close()

	host := listener.Addr().String()
	head := "POST /graphql HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\nX-Api-Key: " +
		account.DevelopmentKey + "\r\n"
	slow := []string{"", "P", "POST /graphql HTTP/1.1\r\nX: ",
		head, head + "Content-Length: 60000\r\n\r\n{", head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"}
	for i := range clients {
		connection, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
		if _, err := io.WriteString(connection, slow[i%len(slow)]); err != nil {
			t.Fatal(err)
		}
	}

	next := &process{curl: []string{
		"", "http://" + host + "/graphql", "Content-Type: application/json", "X-Api-Key: " + account.DevelopmentKey,
	}}
	var in signedIn
	query := fmt.Sprintf("mutation { signIn(input: {email: %q, password: %q}) { session { token } } }",
		account.DemoEmail, account.DemoPassword)
	next.post(t, fmt.Sprintf(`{"query":%q}`, query), &in)
	token := in.SignIn.Session.Token

	// The customer's own connection, with a usual query.
	connection, err := net.DialTimeout("tcp", host, patience)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if err := connection.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}

	query = `{"query":"{account{email}}"}`
	fmt.Fprintf(connection, "%sAuthorization: Bearer %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", head,
		token, len(query), query)
	text, err := io.ReadAll(connection)
	if err != nil || !strings.Contains(string(text), `"email":"demo@example.com"`) {
		t.Errorf("the next client is answered %q, %v", text, err)
	}
}

// TestConnectionLimits guards the numbers of R-GQL15, in the server that serves.
func TestConnectionLimits(t *testing.T) {
	web := (&server{log: slog.New(slog.DiscardHandler)}).web(nil)
	for name, limit := range map[string][2]time.Duration{
		"ReadHeaderTimeout": {web.ReadHeaderTimeout, 5 * time.Second},
		"ReadTimeout":       {web.ReadTimeout, 10 * time.Second},
		"WriteTimeout":      {web.WriteTimeout, 30 * time.Second}, "IdleTimeout": {web.IdleTimeout, 60 * time.Second},
	} {
		if limit[0] <= 0 || limit[0] > limit[1] {
			t.Errorf("%s is %v, not at most %v", name, limit[0], limit[1])
		}
	}

	if web.MaxHeaderBytes <= 0 || web.MaxHeaderBytes > 16<<10 || maxConnections > 4096 {
		t.Errorf("%d bytes of headers, %d connections", web.MaxHeaderBytes, maxConnections)
	}
}
