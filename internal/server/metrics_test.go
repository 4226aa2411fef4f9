package server

import (
	"net/http"
	"strings"
	"testing"
)

// TestMetrics guards that operations are counted by name and code on a listener of their own, that a client's input
// never becomes a label, and that the public listener has no /metrics (R-GQL17, R-OPS4).
func TestMetrics(t *testing.T) {
	p := boot(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0")
	defer p.stop(t)
	p.post(t,
		`{"query":"mutation marker { marker: signIn(input: {email: \"marker@example.com\", password: \"marker\"}) { session { id } } }"}`,
		nil)
	if status, _, _ := p.get(t, "/metrics"); status != http.StatusNotFound {
		t.Errorf("the public listener answers /metrics with %d", status)
	}

	text := scrape(t, p)
	for _, want := range []string{
		`accountql_operations_total{code="INVALID_CREDENTIALS",operation="signIn"} 1`,
		`accountql_operation_duration_seconds_count{operation="signIn",outcome="REFUSED"} 1`,
		"accountql_outbox_pending ", "accountql_outbox_oldest_seconds ", "go_goroutines ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}

	if strings.Contains(text, "marker") {
		t.Error("the metrics hold what a client sent")
	}
}
