package server

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// requestReset requests a password reset as a client whose request came through proxies.
func requestReset(t *testing.T, p *process, email, forwarded string) {
	t.Helper()
	requestResetWith(t, p, email, "X-Forwarded-For", forwarded)
}

// requestResetWith is requestReset with another header of the proxies.
func requestResetWith(t *testing.T, p *process, email, header, forwarded string) {
	t.Helper()
	body := fmt.Sprintf(`{"query":"mutation{requestPasswordReset(input:{email:\"%s\"}){accepted}}"}`, email)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.curl[1], strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, header := range p.curl[2:4] {
		name, value, _ := strings.Cut(header, ": ")
		request.Header.Set(name, value)
	}
	request.Header.Set(header, forwarded)

	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); err != nil || !strings.Contains(string(text), `"accepted":true`) {
		t.Fatalf("%s, %v", text, err)
	}
}

// TestMissingProxyIsTold guards that mails which are not sent are counted, and that a proxy which is missing in
// --trusted-proxies is named in the log once, with its address and the setting: a network of content delivery in front
// of a balancer, of which only the balancer is trusted (R-OBS2).
func TestMissingProxyIsTold(t *testing.T) {
	p := boot(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0", "--trusted-proxies", "127.0.0.0/8")
	defer p.stop(t)
	const cdn = "203.0.113.9"
	for i := range 14 {
		requestReset(t, p, fmt.Sprintf("customer%d@example.com", i), fmt.Sprintf("198.51.100.%d, %s", i+1, cdn))
	}

	text := scrape(t, p)
	for _, want := range []string{
		`accountql_messages_suppressed_total{reason="network_mails"} 4`,
		`accountql_messages_suppressed_total{reason="address_mails"} 0`,
		`accountql_budget_exceeded_total{budget="network_mails"} 4`,
		`accountql_budget_exceeded_total{budget="address_mails"} 0`,
		`accountql_forwarded_untrusted_total{peer="public"} 14`,
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("the metrics lack %s", want)
		}
	}

	log := p.stderr.String()
	for _, want := range []string{
		`msg="forwarded addresses are ignored`, `msg="mails are not sent: the budget of a client network is used up`,
	} {
		if strings.Count(log, want) != 1 {
			t.Errorf("the log does not say once %q: %s", want, log)
		}
	}
	if strings.Count(log, "peer="+cdn+" setting=--trusted-proxies") != 2 || strings.Contains(log, "198.51.100.") {
		t.Errorf("the log does not name the proxy alone: %s", log)
	}
}

// TestProxyOnThisMachineIsTold guards that a proxy on this machine, which is not trusted and switches the budgets of
// networks off, is counted and named in the log once (R-OBS2).
func TestProxyOnThisMachineIsTold(t *testing.T) {
	p := boot(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0")
	defer p.stop(t)
	for i := range 3 {
		requestReset(t, p, fmt.Sprintf("customer%d@example.com", i), fmt.Sprintf("198.51.100.%d", i+1))
	}

	if text := scrape(t, p); !strings.Contains(text, `accountql_forwarded_untrusted_total{peer="loopback"} 3`+"\n") {
		t.Errorf("not counted: %s", text)
	}
	log := p.stderr.String()
	if strings.Count(log, "the budgets of client networks are off") != 1 ||
		!strings.Contains(log, "peer=127.0.0.1 setting=--trusted-proxies") {
		t.Errorf("the log does not name the proxy: %s", log)
	}
}

// TestOtherHeadersOfProxiesAreTold guards that a proxy which names clients in headers that are not read is counted, and
// named in the log once, also if it is trusted (R-OBS2).
func TestOtherHeadersOfProxiesAreTold(t *testing.T) {
	for _, test := range []struct{ header, value, trusted, told string }{
		{"X-Real-IP", "198.51.100.1", "127.0.0.0/8", "a trusted proxy names its clients in no X-Forwarded-For"},
		{"Forwarded", "for=198.51.100.1", "192.0.2.0/24", "forwarded addresses are ignored"},
	} {
		p := boot(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0", "--trusted-proxies", test.trusted)
		for i := range 3 {
			requestResetWith(t, p, fmt.Sprintf("customer%d@example.com", i), test.header, test.value)
		}

		text := scrape(t, p)
		p.stop(t)
		log := p.stderr.String()
		if !strings.Contains(text, `accountql_forwarded_untrusted_total{peer="loopback"} 3`+"\n") ||
			strings.Count(log, test.told) != 1 || strings.Contains(log, "198.51.100.1") {
			t.Errorf("%s: %s", test.header, log)
		}
	}
}

// TestSuppressedMailsOfAnAddressAreTold guards that mails beyond the limit of an address are counted, and told once.
func TestSuppressedMailsOfAnAddressAreTold(t *testing.T) {
	p := boot(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0", "--trusted-proxies", "127.0.0.0/8")
	defer p.stop(t)
	for range 5 {
		requestReset(t, p, "one@example.com", "198.51.100.1")
	}

	if text := scrape(t, p); !strings.Contains(text, `accountql_messages_suppressed_total{reason="address_mails"} 2`+"\n") {
		t.Errorf("not counted: %s", text)
	}
	log := p.stderr.String()
	if strings.Count(log, "mails are not sent: their budget is used up") != 1 || strings.Contains(log, "peer=") {
		t.Errorf("logged %s", log)
	}
}
