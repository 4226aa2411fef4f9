package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/quotedprintable"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/notify/smtptest"
	"github.com/accountql/accountql/internal/store/postgrestest"
)

// asProgram is an environment variable that turns the test binary into accountql: production needs certificates
// that the system trusts, and a process reads those only once.
const asProgram = "TEST_AS_ACCOUNTQL"

func TestMain(m *testing.M) {
	if root := os.Getenv(asProgram); root != "" { //nolint:forbidigo // not a setting of the program
		os.Exit(Main(os.DirFS(root)))
	}

	// The tests read the repository's files by their paths from its root.
	if err := os.Chdir("../.."); err != nil {
		panic(err)
	}

	var err error
	if root, err = os.Getwd(); err != nil {
		panic(err)
	}

	os.Exit(postgrestest.Main(m))
}

// root is the repository's directory.
var root string

// run runs a command with the repository's documents.
func run(ctx context.Context, args, environ []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return Run(ctx, os.DirFS(root), args, environ, stdin, stdout, stderr)
}

// child is accountql in a process of its own.
type child struct {
	command *exec.Cmd
	address string
	stderr  output
}

var servingLine = regexp.MustCompile(`"msg":"serving","address":"([^"]+)"`)

// spawn starts the server in production mode, and stops it when the test ends.
func spawn(t *testing.T, environ []string, args ...string) *child {
	t.Helper()
	c := &child{command: exec.Command(os.Args[0], args...)}
	c.command.Env = append([]string{asProgram + "=" + root, "PATH=" + os.Getenv("PATH")}, environ...) //nolint:forbidigo // not a setting of the program
	c.command.Dir, c.command.Stderr = t.TempDir(), &c.stderr
	if err := c.command.Start(); err != nil {
		t.Fatal(err)
	}

	t.Cleanup(func() {
		if c.command.ProcessState != nil {
			return // the test has waited for its end
		}

		_ = c.command.Process.Signal(syscall.SIGTERM)
		if err := c.command.Wait(); err != nil {
			t.Errorf("the server ended with %v: %s", err, c.stderr.String())
		}
	})

	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if found := servingLine.FindStringSubmatch(c.stderr.String()); found != nil {
			c.address = "http://" + found[1]
			return c
		}
	}

	t.Fatalf("the server does not serve: %s", c.stderr.String())

	return nil
}

// production adds the settings of production mode to arguments; --smtp and --database are missing.
func production(args ...string) []string {
	const pages = "https://shop.example/"
	return append(args,
		"--mode", "production", "--listen", "127.0.0.1:0", "--public-url", "https://api.shop.example",
		"--password-reset-url", pages+"reset#{token}", "--email-change-url", pages+"email#{token}",
		"--activation-url", pages+"activate#{token}", "--email-undo-url", pages+"undo#{token}",
		"--mail-from", "Shop <no-reply@shop.example>")
}

// ask sends a request with headers that lie about the host.
func (c *child) ask(t *testing.T, key, query string, variables any) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}

	request, err := http.NewRequest(http.MethodPost, c.address+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}

	request.Host = "evil.example"

	for name, value := range map[string]string{
		"Content-Type": "application/json", "X-Api-Key": key,
		"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http",
		"Forwarded": "host=evil.example", "X-Forwarded-For": "198.51.100.66", "Referer": "https://evil.example/",
	} {
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

	return string(text)
}

// TestProductionDeliversAReset goes from a fresh database to a sign-in with the new password, by mail over TLS.
func TestProductionDeliversAReset(t *testing.T) {
	for name, tc := range map[string]struct {
		security smtptest.Security
		scheme   string
	}{"STARTTLS": {smtptest.StartTLS, "smtp"}, "implicit TLS": {smtptest.Implicit, "smtps"}} {
		t.Run(name, func(t *testing.T) {
			mailServer := smtptest.Start(t, tc.security)
			mailServer.Require("shop", "p@ss word")
			directory := t.TempDir()
			authority, database := filepath.Join(directory, "ca.pem"), filepath.Join(directory, "production.db")
			if err := os.WriteFile(authority, mailServer.CA, 0o600); err != nil {
				t.Fatal(err)
			}

			command(t, database, "", "migrate", &[]any{})
			var key struct{ Key string }
			command(t, database, "",
				"apikey create --name shop --permission SAUTH_PASSWORD_RESET_CLIENT_CREATE --permission SAUTH_LOGIN_CLIENT_CREATE",
				&key)
			command(t, database, "the old password\n", "account create --email ada@shop.example --password-stdin",
				&struct{}{})
			server := spawn(t, []string{"SSL_CERT_FILE=" + authority, "SSL_CERT_DIR=" + directory,
				fmt.Sprintf("ACCOUNTQL_SMTP=%s://shop:p%%40ss%%20word@127.0.0.1:%d", tc.scheme, mailServer.Port)},
				production("serve", "--database", database)...)
			const reset = `mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }`
			for _, email := range []string{"ada@shop.example", "nobody@shop.example"} {
				if answer := server.ask(
					t, key.Key, reset, map[string]any{"input": map[string]any{"email": email}},
				); !strings.Contains(answer, `"accepted":true`) {
					t.Fatalf("%s: %s", email, answer)
				}
			}

			mail := firstMail(t, mailServer)
			if len(mail.To) != 1 || mail.To[0] != "ada@shop.example" {
				t.Errorf("the mail goes to %v", mail.To)
			}

			text, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(mail.Content)))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(text, []byte("evil.example")) || bytes.Contains(text, []byte("198.51.100.66")) {
				t.Errorf("the mail repeats a header of the request: %s", text)
			}

			link := regexp.MustCompile(`https://shop\.example/reset#([A-Za-z0-9_-]{43})`).FindSubmatch(text)
			if link == nil {
				t.Fatalf("no link in %s", text)
			}

			const confirm = `mutation ($input: ConfirmPasswordResetInput!) { confirmPasswordReset(input: $input) { revokedSessions } }`
			if answer := server.ask(t, key.Key, confirm, map[string]any{
				"input": map[string]any{"token": string(link[1]), "password": "purple monkey dishwasher"},
			}); !strings.Contains(answer, "revokedSessions") {
				t.Fatal(answer)
			}

			const signIn = `mutation ($input: SignInInput!) { signIn(input: $input) { session { token } } }`
			if answer := server.ask(t, key.Key, signIn, map[string]any{
				"input": map[string]any{"email": "ada@shop.example", "password": "purple monkey dishwasher"},
			}); !strings.Contains(answer, "as_") {
				t.Fatal(answer)
			}

			for _, secret := range []string{string(link[1]), "ada@shop.example", "p@ss word", "purple monkey"} {
				if strings.Contains(server.stderr.String(), secret) {
					t.Errorf("the log holds %q", secret)
				}
			}
		})
	}
}

// firstMail waits for the first mail.
func firstMail(t *testing.T, server *smtptest.Server) smtptest.Mail {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if mails := server.Mails(); len(mails) > 0 {
			return mails[0]
		}
	}

	t.Fatal("no mail came")

	return smtptest.Mail{}
}

// TestDevelopmentSendsAndShows starts with --smtp in development: the mail is sent, and the inbox shows it.
func TestDevelopmentSendsAndShows(t *testing.T) {
	mailServer := smtptest.Start(t, smtptest.Plain)
	p := boot(t, t.TempDir(), "--smtp", fmt.Sprintf("smtp://127.0.0.1:%d", mailServer.Port))
	defer p.stop(t)
	p.post(t, `{"query":"mutation { requestPasswordReset(input: {email: \"demo@example.com\"}) { accepted } }"}`,
		&struct{}{})
	mail := firstMail(t, mailServer)
	_, _, inbox := p.get(t, "/inbox.json")
	var messages []struct{ ID, To, Token string }
	if err := json.Unmarshal([]byte(inbox),
		&messages); err != nil || len(messages) != 1 || messages[0].To != mail.To[0] {
		t.Fatalf("%v in %s", err, inbox)
	}
	if !bytes.Contains(mail.Content, []byte("Message-ID: <"+messages[0].ID+"@localhost>")) {
		t.Errorf("the mail's id is not that of the row: %s", mail.Content)
	}
}

// TestADeadProviderChangesNothing uses a mail server that accepts connections and never answers (R-OPS2, R-OUT4).
func TestADeadProviderChangesNothing(t *testing.T) {
	dead := newSilentServer(t)
	p := boot(t, t.TempDir(), "--smtp", "smtp://"+dead)
	for range 3 {
		began := time.Now()
		p.post(t, `{"query":"mutation { requestPasswordReset(input: {email: \"demo@example.com\"}) { accepted } }"}`,
			&struct{}{})
		if took := time.Since(began); took > silence/2 {
			t.Errorf("a request waits for the mail server: it took %s", took)
		}
		if status, _, _ := p.get(t, "/readyz"); status != http.StatusOK {
			t.Errorf("/readyz: %d", status)
		}

		var in signedIn
		if text := p.post(t, p.curl[4], &in); in.SignIn.Session.Token == "" {
			t.Errorf("sign-in: %s", text)
		}
	}

	began := time.Now()
	p.stop(t)
	if took := time.Since(began); took > silence/2 {
		t.Errorf("the stop waits for the mail server: it took %s", took)
	}
}

// silence is how long a mailer waits for a server that never answers.
const silence = time.Minute

// newSilentServer starts a server that accepts connections and never answers.
func newSilentServer(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener.Addr().String()
}
