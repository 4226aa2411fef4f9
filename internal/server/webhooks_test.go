package server

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

const webhookSecret = "whsec_0123456789abcdef0123456789abcdef"

// webhooksFile writes a file for --webhooks, with a receiver called webhook-1 and so on at each address.
func webhooksFile(t *testing.T, addresses ...string) string {
	t.Helper()
	var entries []string
	for i, address := range addresses {
		entries = append(entries, fmt.Sprintf(`{"name":"webhook-%d","url":%q,"secret":%q}`, i+1, address, webhookSecret))
	}
	return writeWebhooks(t, "["+strings.Join(entries, ",")+"]")
}

func writeWebhooks(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "webhooks.json")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// standardReceiver is a receiver that verifies with the library of Standard Webhooks.
type standardReceiver struct {
	*httptest.Server
	mu sync.Mutex
	// fails is how many requests it still answers with 503.
	fails  int
	events []receivedEvent
}

// receivedEvent is an event as a receiver sees it.
type receivedEvent struct {
	ID, Type, AccountID string
	Timestamp           time.Time
	Sequence            int
}

func newStandardReceiver(t *testing.T, fails int) *standardReceiver {
	t.Helper()
	verifier, err := standardwebhooks.NewWebhook(webhookSecret)
	if err != nil {
		t.Fatal(err)
	}

	r := &standardReceiver{fails: fails}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(request.Body)
		if err == nil {
			err = verifier.Verify(body, request.Header)
		}
		if err != nil {
			t.Errorf("%v of %v %s", err, request.Header, body)
		}

		var event receivedEvent
		if err := json.Unmarshal(body, &event); err != nil || event.ID != request.Header.Get("webhook-id") ||
			event.AccountID == "" || event.Timestamp.IsZero() || event.Sequence < 1 {
			t.Errorf("%v in %s", err, body)
		}
		if strings.Contains(string(body), "demo@") || strings.Contains(string(body), "Ada") {
			t.Errorf("the event tells personal data: %s", body)
		}

		r.mu.Lock()
		defer r.mu.Unlock()
		if r.fails > 0 {
			r.fails--
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		r.events = append(r.events, event)
	}))
	t.Cleanup(r.Close)

	return r
}

// await returns the types and numbers of the events once there are as many, sorted.
func (r *standardReceiver) await(t *testing.T, count int) []string {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		r.mu.Lock()
		var got []string
		for _, event := range r.events {
			got = append(got, fmt.Sprintf("%s %d", event.Type, event.Sequence))
		}
		r.mu.Unlock()

		if len(got) >= count {
			slices.Sort(got)
			return got
		}
	}

	t.Fatalf("fewer than %d events", count)

	return nil
}

// as calls a mutation of the demo customer.
func (p *process) as(t *testing.T, token, mutation string) {
	t.Helper()
	body := p.ask(t, account.DevelopmentKey, token, mutation)
	if strings.Contains(body, `"errors"`) {
		t.Fatal(body)
	}
}

// TestWebhooksAreDelivered follows changes to several receivers, through a whole server: one fails once, one never
// answers, and one wants some events only. Then come a command's change, a replay, and a server without one of them.
func TestWebhooksAreDelivered(t *testing.T) {
	all, some := newStandardReceiver(t, 1), newStandardReceiver(t, 0)
	dead := newSilentServer(t)
	file := writeWebhooks(t, fmt.Sprintf(`[
		{"name":"dead","url":"http://%s/","secret":%q},
		{"name":"some","url":%q,"secret":"whsec_fedcba9876543210fedcba9876543210","secondSecret":%q,
			"events":["account.created"]}]`, dead, webhookSecret, some.URL, webhookSecret))
	directory := t.TempDir()
	settings := []string{"--webhook", strings.Replace(all.URL, "http://", "http://:"+webhookSecret+"@", 1),
		"--webhooks", file, "--metrics-listen", "127.0.0.1:0"}
	p := boot(t, directory, settings...)

	var in signedIn
	p.post(t, p.curl[4], &in)
	token := in.SignIn.Session.Token
	for n := range 20 { // more than a worker sends at once
		p.as(t, token, fmt.Sprintf(`mutation { updateAccount(input: {firstName: "Ada %d"}) { account { id } } }`, n))
	}

	// The command's environment has no webhook.
	database := filepath.Join(directory, "accountql.db")
	var made struct{ ID string }
	command(t, database, "", "account create --email bob@shop.test", &made)

	got := all.await(t, 22)
	if len(got) != 22 || got[0] != "account.created 1" || got[1] != "account.created 1" ||
		!slices.Contains(got, "account.updated 21") {
		t.Errorf("all: %q", got)
	}
	if got := some.await(t, 2); !slices.Equal(got, []string{"account.created 1", "account.created 1"}) {
		t.Errorf("some: %q", got)
	}

	text := scrape(t, p)
	for _, want := range []string{`accountql_webhook_pending{webhook="dead"} 22`, `accountql_webhook_pending{webhook="some"} 0`,
		`accountql_webhook_failed{webhook="webhook"} 0`, `accountql_webhook_oldest_seconds{webhook="dead"} `} {
		if !strings.Contains(text, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}

	var listed []struct {
		Name    string
		Events  []models.EventType
		Pending int
	}
	command(t, database, "", "webhook list", &listed)
	if len(listed) != 3 || listed[0].Name != "dead" || listed[0].Pending != 22 || len(listed[1].Events) != 1 {
		t.Errorf("listed %+v", listed)
	}

	var replayed struct{ Replayed int }
	command(t, database, "", "webhook replay --since 1h --target some --account "+made.ID, &replayed)
	if got := some.await(t, 3); replayed.Replayed != 1 || len(got) != 3 {
		t.Errorf("replayed %+v, and some got %q", replayed, got)
	}
	if code, _, stderr := try(database, "", "webhook replay --since 1h --target gone"); code != 2 ||
		!strings.Contains(stderr, "--target") || !strings.Contains(stderr, "dead, some, webhook") {
		t.Errorf("an unknown target: %d, %s", code, stderr)
	}
	p.stop(t)

	// Without its receiver an event is not written.
	p = boot(t, directory, settings[:2]...)
	defer p.stop(t)
	p.logs(t, "names=\"dead some\"")
	p.as(t, token, `mutation { updateAccount(input: {firstName: "Ada"}) { account { id } } }`)
	if got := all.await(t, 23); !slices.Contains(got, "account.updated 22") {
		t.Errorf("all: %q", got)
	}

	command(t, database, "", "webhook list", &listed)
	if len(listed) != 1 || listed[0].Name != "webhook" {
		t.Errorf("listed %+v", listed)
	}
}
