package server

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
)

// keptRequest is a request to a webhook.
type keptRequest struct {
	header http.Header
	body   []byte
	event  receivedEvent
}

// relay stands between AccountQL and a receiver: it keeps the requests, for the test to pass them on as it likes.
type relay struct {
	*httptest.Server
	mu   sync.Mutex
	kept []keptRequest
}

func newRelay(t *testing.T) *relay {
	t.Helper()
	r := &relay{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(request.Body)
		one := keptRequest{header: request.Header, body: body}
		if err != nil || json.Unmarshal(body, &one.event) != nil {
			t.Errorf("%v in %s", err, body)
		}

		r.mu.Lock()
		defer r.mu.Unlock()
		r.kept = append(r.kept, one)
	}))
	t.Cleanup(r.Close)

	return r
}

// await returns the account's requests by their numbers once the number last has come count times.
func (r *relay) await(t *testing.T, accountID string, last, count int) map[int]keptRequest {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		found, came := map[int]keptRequest{}, 0
		r.mu.Lock()
		for _, one := range r.kept {
			if one.event.AccountID == accountID {
				found[one.event.Sequence] = one
			}
			if one.event.AccountID == accountID && one.event.Sequence == last {
				came++
			}
		}
		r.mu.Unlock()

		if came >= count && len(found) >= last {
			return found
		}
	}

	t.Fatalf("event %d did not come %d times", last, count)

	return nil
}

// orderService is a running examples/service.
type orderService struct{ address string }

// startService builds and starts examples/service.
func startService(t *testing.T, root string, environ ...string) *orderService {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "service")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "./examples/service")
	build.Dir = root
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}

	program := exec.CommandContext(t.Context(), binary)
	program.Env, program.Stderr = append(environ, "LISTEN=127.0.0.1:0"), os.Stderr
	stdout, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = program.Process.Kill()
		_ = program.Wait()
	})

	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}

	return &orderService{strings.TrimSpace(line)}
}

// pass gives the service a request, and expects its status.
func (s *orderService) pass(t *testing.T, request keptRequest, want int) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.address+"/accounts", bytes.NewReader(request.body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = request.header.Clone()
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != want {
		t.Errorf("%s: %d", request.body, response.StatusCode)
	}
}

// expect checks what the service answers the customer.
func (s *orderService) expect(t *testing.T, token string, status, sequence int, name string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.address+"/orders", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}

	want := fmt.Sprintf(`{"sequence":%d,"name":%s}`, sequence, name)
	if response.StatusCode != status || status == http.StatusOK && strings.TrimSpace(string(body)) != want {
		t.Errorf("%d %s, want %d %s", response.StatusCode, body, status, want)
	}
}

// TestOrderService drives examples/service against a whole server: its copy of a name survives gaps, repetitions, events
// out of order, a back office that is away, a replay and a deletion, and it answers live sessions only.
func TestOrderService(t *testing.T) {
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
	}

	directory, hook := t.TempDir(), newRelay(t)
	p := boot(t, directory, "--backoffice-listen", "127.0.0.1:0",
		"--webhook", strings.Replace(hook.URL, "http://", "http://:"+webhookSecret+"@", 1))
	defer p.stop(t)
	database := filepath.Join(directory, "accountql.db")
	var session, office struct{ Key string }
	command(t, database, "", "apikey create --name orders --permission API_SESSION_CLIENT_READ", &session)
	command(t, database, "",
		"apikey create --name names --permission BACKOFFICE_CUSTOMER_READ", &office)
	environ := []string{
		"ACCOUNTQL=" + p.address, "SESSION_KEY=" + session.Key, "BACKOFFICE_KEY=" + office.Key,
		"WEBHOOK_SECRET=" + webhookSecret,
	}
	orders := startService(t, root,
		append(environ, "BACKOFFICE=http://"+officeAddress.FindStringSubmatch(p.stderr.String())[1])...)

	var in struct {
		SignIn struct {
			Session struct{ Token string }
			Account struct{ ID string }
		}
	}
	p.post(t, `{"query":"mutation { signIn(input: {email: \"demo@example.com\", password: \"`+account.DemoPassword+
		`\"}) { session { token } account { id } } }"}`, &in)
	token, id := in.SignIn.Session.Token, in.SignIn.Account.ID
	rename := func(name string) {
		p.as(t, token, fmt.Sprintf(`mutation { updateAccount(input: {firstName: %q}) { account { id } } }`, name))
	}

	orders.expect(t, "ses_nobody", http.StatusUnauthorized, 0, "")
	orders.expect(t, token, http.StatusOK, 0, "null")

	rename("Ada")
	rename("Grace")
	events := hook.await(t, id, 3, 1)
	orders.pass(t, events[3], http.StatusNoContent) // the first two are missing
	orders.expect(t, token, http.StatusOK, 3, `"Grace"`)
	rename("Edith")
	events = hook.await(t, id, 4, 1)
	for _, number := range []int{2, 1, 3, 3} { // late, out of order, twice: none of them asks again
		orders.pass(t, events[number], http.StatusNoContent)
		orders.expect(t, token, http.StatusOK, 3, `"Grace"`)
	}

	forged := events[4]
	forged.body = bytes.Replace(forged.body, []byte(`"sequence":4`), []byte(`"sequence":9`), 1)
	orders.pass(t, forged, http.StatusUnauthorized)
	orders.pass(t, events[4], http.StatusNoContent)
	orders.expect(t, token, http.StatusOK, 4, `"Edith"`)

	// A service that lost its copy can't reach the back office, and takes the replay when it can.
	lost := startService(t, root, append(environ, "BACKOFFICE=http://127.0.0.1:1")...)
	lost.pass(t, events[4], http.StatusServiceUnavailable)
	lost.expect(t, token, http.StatusOK, 0, "null")
	command(t, database, "", "webhook replay --since 1h --account "+id, &struct{}{})
	again := hook.await(t, id, 4, 2)
	fresh := startService(t, root,
		append(environ, "BACKOFFICE=http://"+officeAddress.FindStringSubmatch(p.stderr.String())[1])...)
	for _, number := range []int{4, 2, 1, 3} {
		fresh.pass(t, again[number], http.StatusNoContent)
	}
	fresh.expect(t, token, http.StatusOK, 4, `"Edith"`)

	// After a deletion the session is dead, and the last event needs no back office.
	p.as(t, token, `mutation { deleteAccount(input: {clientAuthFactor: "`+account.DemoPassword+
		`", identityProvider: SYNERISE}) { deletedAt } }`)
	orders.expect(t, token, http.StatusUnauthorized, 0, "")
	events = hook.await(t, id, 5, 1)
	orders.pass(t, events[5], http.StatusNoContent)
	lost.pass(t, events[5], http.StatusNoContent)
	lost.pass(t, events[4], http.StatusNoContent) // late, so that it asks nobody either
}
