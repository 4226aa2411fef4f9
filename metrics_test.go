package main

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// TestMetrics: operations are counted by name and code on a listener of their
// own, nothing that a client sends becomes a label, and the public listener has no /metrics (R-GQL17, R-OPS4).
func TestMetrics(t *testing.T) {
	p := boot(t, t.TempDir(), "--metrics-listen", "127.0.0.1:0")
	defer p.stop(t)
	p.post(t, `{"query":"mutation marker { marker: signIn(input: {email: \"marker@example.com\", password: \"marker\"}) { session { id } } }"}`, nil)
	if status, _, _ := p.get(t, "/metrics"); status != http.StatusNotFound {
		t.Errorf("the public listener answers /metrics with %d", status)
	}
	address := regexp.MustCompile(`msg="serving metrics" address=(\S+)`).FindStringSubmatch(p.stderr.String())
	if address == nil {
		t.Fatalf("the log does not say where metrics are served: %s", p.stderr.String())
	}
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+address[1]+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`accountql_operations_total{code="INVALID_CREDENTIALS",operation="signIn"} 1`, `accountql_operation_seconds_count{operation="signIn"} 1`,
		"accountql_outbox_pending ", "accountql_outbox_oldest_seconds ", "go_goroutines ",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if strings.Contains(string(text), "marker") {
		t.Error("the metrics hold what a client sent")
	}
}
