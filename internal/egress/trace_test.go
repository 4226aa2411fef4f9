package egress

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/internal/trace/tracetest"
)

// TestRequestsAreTraced guards that a request to others is a span, that the span names neither its address nor what it
// carries, and that the receiver is not told of the trace.
func TestRequestsAreTraced(t *testing.T) {
	collector, r := tracetest.Start(t), newReceiver(t)
	var told string
	r.answer = func(w http.ResponseWriter, request *http.Request) {
		told += request.Header.Get("Traceparent")
		w.WriteHeader(http.StatusTeapot)
	}
	tracer := trace.New(collector.URL, "", slog.New(slog.DiscardHandler))
	client := NewClient(Policy{Peer: "webhook", Loopback: true})
	defer client.Close()

	ctx, span := tracer.Begin(t.Context(), "", trace.Consumer, "message")
	_, _, _ = client.Post(ctx, r.URL+"/Mark-path?Mark-query", []byte("Mark-body"), http.Header{"X-Key": {"Mark-header"}})
	_, _, err := client.Get(ctx, "http://127.0.0.1:1/Mark-refused")
	span.End()
	flush, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := tracer.Close(flush); err != nil {
		t.Fatal(err)
	}

	spans := map[string]tracetest.Span{}
	for _, span := range collector.Spans() {
		spans[span.Name] = span
	}
	post, get := spans["POST webhook"], spans["GET webhook"]
	if post.ParentID != spans["message"].ID || post.Failed || post.Kind != "SPAN_KIND_CLIENT" ||
		post.Attributes["http.response.status_code"] != "418" || post.Attributes["peer.service"] != "webhook" {
		t.Errorf("%+v", post)
	}
	if err == nil || get.ParentID != spans["message"].ID || !get.Failed {
		t.Errorf("%v: %+v", err, get)
	}
	if raw := collector.Raw(); strings.Contains(raw, "Mark-") || strings.Contains(raw, "127.0.0.1") || told != "" {
		t.Errorf("the receiver is told %q, the collector %q", told, raw)
	}
}
