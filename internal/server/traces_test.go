package server

import (
	"encoding/json"
	"fmt"
	"net"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/notify/smtptest"
	"github.com/accountql/accountql/internal/trace/tracetest"
)

const resetOfDemo = `{"query":"mutation { requestPasswordReset(input: {email: \"demo@example.com\"}) { accepted } }"}`

// TestTraceOfAReset guards that one trace leads from the request of a password reset to the mail server, that the lines
// of the log name it, and that the spans of the last seconds are delivered when the server stops.
func TestTraceOfAReset(t *testing.T) {
	mailServer, collector := smtptest.Start(t, smtptest.Plain), tracetest.Start(t)
	p := boot(t, t.TempDir(), "--smtp", fmt.Sprintf("smtp://127.0.0.1:%d", mailServer.Port), "--access-log",
		"--trace", strings.Replace(collector.URL, "http:", "otlp:", 1), "--log-format", "json", "--log-level", "debug")
	p.post(t, resetOfDemo, &struct{}{})
	mail := firstMail(t, mailServer)
	p.stop(t)

	spans := map[string]tracetest.Span{}
	for _, span := range collector.Spans() {
		spans[span.ID] = span
	}
	var road []string
	i := slices.IndexFunc(collector.Spans(), func(span tracetest.Span) bool { return span.Name == "SMTP" })
	if i < 0 {
		t.Fatalf("there is no span of the mail server in %v", collector.Spans())
	}
	trace := collector.Spans()[i].TraceID
	for id := collector.Spans()[i].ID; id != ""; id = spans[id].ParentID {
		span, known := spans[id]
		if !known || span.TraceID != trace {
			t.Fatalf("after %v: %+v", road, span)
		}
		road = append(road, span.Name)
	}
	want := []string{"SMTP", "send PASSWORD_RESET", "mutation requestPasswordReset", "POST /graphql"}
	if !slices.Equal(road, want) {
		t.Errorf("the trace leads along %v", road)
	}
	if raw := collector.Raw(); strings.Contains(raw, "demo@example.com") || strings.Contains(raw, "127.0.0.1") ||
		strings.Contains(raw, mail.To[0]) {
		t.Errorf("the spans name somebody: %q", raw)
	}

	told := map[string]bool{}
	for _, text := range strings.Split(strings.TrimSpace(p.stderr.String()), "\n") {
		var line struct {
			Msg, TraceID, Operation, Code string
			Milliseconds                  float64
		}
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		if line.TraceID == trace {
			told[line.Msg] = true
		}
		if line.Msg == "request" && (line.Operation != "requestPasswordReset" || line.Code != "OK" ||
			line.Milliseconds <= 0) {
			t.Errorf("the line of the request: %s", text)
		}
	}
	if !told["request"] || !told["message sent"] {
		t.Errorf("these lines name the trace: %v; the log: %s", told, p.stderr.String())
	}
}

// TestCollectorIsDown guards that a collector that can't be reached costs a request and a shutdown nothing, is told
// once, and shows in a metric.
func TestCollectorIsDown(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}

	p := boot(t, t.TempDir(), "--trace", "otlp://"+nobody, "--metrics-listen", "127.0.0.1:0")
	lost := regexp.MustCompile(`(?m)^accountql_trace_spans_dropped_total [1-9]`)
	for deadline := time.Now().Add(patience); !lost.MatchString(scrape(t, p)); time.Sleep(50 * time.Millisecond) {
		p.post(t, `{"query":"{apiKey{name}}"}`, &struct{}{})
		if time.Now().After(deadline) {
			t.Fatal("no span is counted as lost")
		}
	}

	began := time.Now()
	p.stop(t)
	if log := p.stderr.String(); strings.Count(log, "traces can't be delivered") != 1 ||
		strings.Contains(log, "msg=request") {
		t.Errorf("after %s, the log has %s", time.Since(began), log)
	}
}

// TestAccessLogAsText guards the line of a request in the other format, without a trace.
func TestAccessLogAsText(t *testing.T) {
	p := boot(t, t.TempDir(), "--access-log")
	p.post(t, `{"query":"{apiKey{name}}"}`, &struct{}{})
	p.stop(t)
	line := regexp.MustCompile(
		`(?m)^time=\S+ level=INFO msg=request operation=apiKey code=OK milliseconds=[0-9.]+ keyId=\S+ requestId=\S+$`)
	if log := p.stderr.String(); len(line.FindAllString(log, -1)) != 1 || strings.Contains(log, "traceId") {
		t.Errorf("the log has %s", log)
	}
}
