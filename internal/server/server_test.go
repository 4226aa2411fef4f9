package server

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
)

// output holds what a command writes while the test reads it.
type output struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.all.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.all.String()
}

// process is a running `accountql serve`.
type process struct {
	stdout, stderr output
	// address is "http://" with the host and port that the process listens on.
	address string
	// curl holds the parts of the banner's curl command.
	curl   []string
	cancel context.CancelFunc
	code   chan int
}

var curlLine = regexp.MustCompile(`(?m)^curl -s (\S+) -H '([^']*)' -H '([^']*)' -d '([^']*)'$`)

// boot starts the server in a directory and waits for its banner.
func boot(t *testing.T, directory string, args ...string) *process {
	t.Helper()
	t.Chdir(directory)
	ctx, cancel := context.WithCancel(context.Background())
	p := &process{cancel: cancel, code: make(chan int, 1)}
	go func() {
		p.code <- run(ctx, append([]string{"--listen", "127.0.0.1:0"}, args...), nil, strings.NewReader(""), &p.stdout,
			&p.stderr)
	}()

	for deadline := time.Now().Add(patience); ; {
		if p.curl = curlLine.FindStringSubmatch(p.stdout.String()); p.curl != nil {
			break
		}

		select {
		case code := <-p.code:
			t.Fatalf("the server ended with %d: %s", code, p.stderr.String())
		case <-time.After(2 * time.Millisecond):
		}

		if time.Now().After(deadline) {
			t.Fatalf("no banner: %q, %q", p.stdout.String(), p.stderr.String())
		}
	}

	p.address = strings.TrimSuffix(p.curl[1], "/graphql")

	return p
}

// stop does what SIGTERM does, and fails the test unless the server ends cleanly.
func (p *process) stop(t *testing.T) {
	t.Helper()
	p.cancel()

	select {
	case code := <-p.code:
		if code != 0 {
			t.Errorf("the server ended with %d: %s", code, p.stderr.String())
		}
	case <-time.After(patience):
		t.Fatal("the server does not end")
	}
}

// patience bounds every wait for an expected event, on slow machines too.
const patience = 2 * time.Minute

// client keeps no idle connections, because they would look like a leak.
var client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}

// get returns the status, the headers and the body of a page.
func (p *process) get(t *testing.T, path string) (int, http.Header, string) {
	t.Helper()
	answer, err := client.Get(p.address + path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}

	return answer.StatusCode, answer.Header, string(body)
}

// post sends a body with the banner's headers and decodes the answer's data.
func (p *process) post(t *testing.T, body string, data any) string {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, p.curl[1], strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}

	for _, header := range p.curl[2:4] {
		name, value, _ := strings.Cut(header, ": ")
		request.Header.Set(name, value)
	}

	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &struct{ Data any }{data}); err != nil {
		t.Fatalf("%v in %s", err, text)
	}

	return string(text)
}

// signedIn is the answer to the banner's curl.
type signedIn struct {
	SignIn struct {
		Session struct{ Token string }
		Account struct{ ID, Email, FirstName string }
	}
}

func TestBoot(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	directory := t.TempDir()
	p := boot(t, directory)
	for _, path := range []string{
		"/livez", "/readyz", "/", "/graphiql/config.json", "/inbox", "/inbox.json", "/schema.graphqls",
	} {
		status, header, _ := p.get(t, path)
		if status != http.StatusOK || header.Get("Cache-Control") != "no-store" ||
			header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d, %v", path, status, header)
		}
	}

	if status, _, _ := p.get(t, "/nothing"); status != http.StatusNotFound {
		t.Errorf("/nothing: %d", status)
	}

	var first signedIn
	text := p.post(t, p.curl[4], &first)
	if first.SignIn.Account.Email != "demo@example.com" || !strings.HasPrefix(first.SignIn.Session.Token, "as_") {
		t.Errorf("the banner's curl answers %s", text)
	}

	p.stop(t)

	again := boot(t, directory)
	var second signedIn
	again.post(t, again.curl[4], &second)
	if second.SignIn.Account.ID != first.SignIn.Account.ID || again.curl[3] != p.curl[3] {
		t.Errorf("the second start has another customer or key: %+v, %s", second, again.curl[3])
	}

	again.stop(t)

	for _, secret := range []string{
		account.DevelopmentKey, account.DemoPassword, first.SignIn.Session.Token, second.SignIn.Session.Token,
	} {
		if strings.Contains(p.stderr.String()+again.stderr.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

// TestStopFinishesRequests stops the server while it still reads a request's body.
func TestStopFinishesRequests(t *testing.T) {
	p := boot(t, t.TempDir())
	connection, err := net.Dial("tcp", strings.TrimPrefix(p.address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	body := p.curl[4]
	_, err = fmt.Fprintf(connection,
		"POST /graphql HTTP/1.1\r\nHost: localhost\r\n%s\r\n%s\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n",
		p.curl[2], p.curl[3], len(body))
	if err != nil {
		t.Fatal(err)
	}

	reader := bufio.NewReader(connection)
	// The server requests the body once it is inside the handler.
	if line, err := reader.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("%q, %v", line, err)
	}
	if _, err := reader.ReadString('\n'); err != nil {
		t.Fatal(err)
	}

	p.cancel()

	for refused := false; !refused; {
		other, err := net.Dial("tcp", strings.TrimPrefix(p.address, "http://"))
		if refused = err != nil; !refused {
			_ = other.Close()
		}
	}

	if _, err := io.WriteString(connection, body); err != nil {
		t.Fatal(err)
	}

	answer, err := http.ReadResponse(reader, nil)
	if err != nil {
		t.Fatal(err)
	}

	text, _ := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK || !strings.Contains(string(text), `"token":"as_`) {
		t.Errorf("%d, %s", answer.StatusCode, text)
	}

	p.stop(t)
}

func TestRefusedStarts(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()

	t.Chdir(t.TempDir())
	production := "--mode production --listen :0 --database x.db --public-url https://a.example --password-reset-url https://a.example/{token} " +
		"--email-change-url https://a.example/{token} --activation-url https://a.example/{token} --email-undo-url https://a.example/{token} " +
		"--mail-from shop@a.example"

	for _, tc := range []struct {
		args    string
		environ []string
		code    int
		names   string
	}{
		{"--listen " + taken.Addr().String(), nil, 1, "--listen"},
		{"serve --listen 127.0.0.1:0 --database no/such/directory/x.db", nil, 1, "no/such/directory/x.db"},
		{"--listen 127.0.0.1:0", []string{"ACCOUNTQL_LISTENER=x"}, 2, "ACCOUNTQL_LISTENER"},
		{production, nil, 2, "--smtp"},
	} {
		var stdout, stderr bytes.Buffer
		code := run(context.Background(), strings.Fields(tc.args), tc.environ, strings.NewReader(""), &stdout, &stderr)

		if code != tc.code || stdout.Len() > 0 || strings.Count(stderr.String(), "\n") != 1 ||
			!strings.Contains(stderr.String(), tc.names) {
			t.Errorf("%s: %d, %q, %q", tc.args, code, stdout.String(), stderr.String())
		}
	}
}

// TestStopWhileStarting guards that a cancelled start returns no error.
func TestStopWhileStarting(t *testing.T) {
	settings := config.Settings{Mode: config.Development, Listen: "127.0.0.1:0", Database: filepath.Join(t.TempDir(),
		"x.db"), LogFormat: "text"}
	listener, err := net.Listen("tcp", settings.Listen)
	if err != nil {
		t.Fatal(err)
	}

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := serveOn(ctx, os.DirFS(root), listener, settings, io.Discard,
		newLogger(io.Discard, "text", "info")); err != nil {
		t.Error(err)
	}
}

// newTestServer returns a server that does not listen.
func newTestServer(t testing.TB, settings config.Settings, database string) (*server, error) {
	t.Helper()
	settings.Database = database
	settings.PasswordResetTTL, settings.EmailTokenTTL, settings.PhoneCodeTTL = time.Hour, time.Hour, time.Minute
	settings.SessionIdle, settings.SessionMax, settings.StepUp, settings.PasswordMinLength = time.Hour, time.Hour, time.Minute, 8
	settings.Registration, settings.SecondFactor, settings.RateLimits, settings.TrustedDocumentLimits = "open", "off", "on", 1
	settings.SignInCode = "on"
	limits := account.DefaultLimits()
	settings.LimitWrongPasswords = limits.WrongPasswords

	for setting, limit := range map[*config.Limit]account.Limit{
		&settings.LimitResetMails:      limits.ResetMails,
		&settings.LimitSignInCodes:     limits.SignInCodes,
		&settings.LimitActivationMails: limits.ActivationMails, &settings.LimitEmailChanges: limits.EmailChanges,
		&settings.LimitPhoneCodes: limits.PhoneCodes, &settings.LimitAccountCodes: limits.AccountPhoneCodes,
		&settings.LimitNetworkTries: limits.NetworkTries,
		&settings.LimitNetworkMails: limits.NetworkMails, &settings.LimitMessages: limits.Messages,
		&settings.LimitNetworkRequests: {Uses: 1200, Window: time.Minute},
	} {
		*setting = config.Limit(limit)
	}

	for _, link := range []*string{
		&settings.PasswordResetURL, &settings.EmailChangeURL, &settings.ActivationURL, &settings.EmailUndoURL,
		&settings.ConsentURL,
	} {
		*link = "https://shop.example/{token}"
	}

	if err := settings.Validate(); err != nil {
		t.Fatal(err)
	}

	s, err := openServer(context.Background(), os.DirFS(root), settings, newLogger(io.Discard, "text", "info"))
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { _ = s.store.Close() })

	return s, s.build(context.Background())
}
