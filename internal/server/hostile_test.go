package server

import (
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// TestSlowConnections guards that 300 clients which each hold a connection and send almost nothing don't keep the
// next client from an answer. The server's timeouts cut them off; graph's TestHostileWire waits for short ones.
func TestSlowConnections(t *testing.T) {
	const clients = 300
	p := boot(t, t.TempDir())
	host := strings.TrimPrefix(p.address, "http://")
	key, _ := strings.CutPrefix(p.curl[3], "X-Api-Key: ")
	head := "POST /graphql HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\nX-Api-Key: " + key + "\r\n"
	slow := []string{"", "P", "POST /graphql HTTP/1.1\r\nX: ", head, head + "Content-Length: 60000\r\n\r\n{", head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"}
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
	var signedIn struct {
		SignIn struct{ Session struct{ Token string } }
	}
	p.post(t, p.curl[4], &signedIn)
	token := signedIn.SignIn.Session.Token
	// The customer's own connection, with a usual query.
	connection, err := net.DialTimeout("tcp", host, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if err := connection.SetDeadline(time.Now().Add(readHeaderTimeout)); err != nil {
		t.Fatal(err)
	}
	query := `{"query":"{account{email}}"}`
	fmt.Fprintf(connection, "%sAuthorization: Bearer %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", head, token, len(query), query)
	text, err := io.ReadAll(connection)
	if err != nil || !strings.Contains(string(text), `"email":"demo@example.com"`) {
		t.Errorf("the next client is answered %q, %v", text, err)
	}
}

// TestConnectionLimits guards the numbers of R-GQL15.
func TestConnectionLimits(t *testing.T) {
	for name, limit := range map[string][2]time.Duration{
		"ReadHeaderTimeout": {readHeaderTimeout, 5 * time.Second}, "ReadTimeout": {readTimeout, 10 * time.Second},
		"WriteTimeout": {writeTimeout, 30 * time.Second}, "IdleTimeout": {idleTimeout, 60 * time.Second},
	} {
		if limit[0] <= 0 || limit[0] > limit[1] {
			t.Errorf("%s is %v, not at most %v", name, limit[0], limit[1])
		}
	}
	if maxHeaderBytes > 16<<10 || maxConnections > 4096 {
		t.Errorf("%d bytes of headers, %d connections", maxHeaderBytes, maxConnections)
	}
}
