// Package tracetest provides a collector of traces for tests, on loopback and in the test's process.
package tracetest

import (
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"

	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// Span is a span that a collector has received.
type Span struct {
	Name, TraceID, ID string
	// ParentID is "" for the first span of a trace.
	ParentID string
	Kind     string
	// Failed is true if the span's status is an error.
	Failed     bool
	Attributes map[string]string
}

// Collector is a running collector, which accepts OTLP over HTTP.
type Collector struct {
	// URL is the base URL.
	URL string

	mu    sync.Mutex
	spans []Span
	raw   []byte
	// answer is the status of the next answers, location their header of that name; hold is what they wait for.
	answer   int
	hold     chan struct{}
	location string
}

// Start starts a collector, which stops when the test ends.
func Start(t testing.TB) *Collector {
	t.Helper()
	c := &Collector{answer: http.StatusOK}
	server := httptest.NewServer(c)
	t.Cleanup(func() { c.Release(); server.Close() })
	c.URL = server.URL

	return c
}

// ServeHTTP takes the spans of one request.
func (c *Collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	c.mu.Lock()
	answer, hold, location := c.answer, c.hold, c.location
	c.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-r.Context().Done():
		}
	}

	var sent otlp.TracesData
	wrong := err != nil || r.Method != http.MethodPost || r.URL.Path != "/v1/traces" ||
		r.Header.Get("Content-Type") != "application/x-protobuf" || proto.Unmarshal(body, &sent) != nil
	switch {
	case wrong:
		w.WriteHeader(http.StatusBadRequest)
	case answer != http.StatusOK:
		w.Header().Set("Location", location)
		w.WriteHeader(answer)
	default:
		c.take(body, &sent)
	}
}

func (c *Collector) take(body []byte, sent *otlp.TracesData) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raw = append(c.raw, body...)
	for _, resource := range sent.GetResourceSpans() {
		for _, scope := range resource.GetScopeSpans() {
			for _, span := range scope.GetSpans() {
				c.spans = append(c.spans, read(span))
			}
		}
	}
}

func read(span *otlp.Span) Span {
	attributes := map[string]string{}
	for _, attribute := range span.GetAttributes() {
		value := attribute.GetValue()
		text := value.GetStringValue()
		if text == "" {
			text = strconv.FormatInt(value.GetIntValue(), 10)
		}
		attributes[attribute.GetKey()] = text
	}

	return Span{
		Name: span.GetName(), Kind: span.GetKind().String(), Attributes: attributes,
		TraceID: hex.EncodeToString(span.GetTraceId()), ID: hex.EncodeToString(span.GetSpanId()),
		ParentID: hex.EncodeToString(span.GetParentSpanId()),
		Failed:   span.GetStatus().GetCode() == otlp.Status_STATUS_CODE_ERROR,
	}
}

// Answer makes the collector answer with a status from now on.
func (c *Collector) Answer(status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answer = status
}

// Redirect makes the collector answer with a redirect from now on.
func (c *Collector) Redirect(location string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answer, c.location = http.StatusTemporaryRedirect, location
}

// Hold makes the collector answer nothing until Release.
func (c *Collector) Hold() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hold = make(chan struct{})
}

// Release ends what Hold began.
func (c *Collector) Release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.hold != nil {
		close(c.hold)
		c.hold = nil
	}
}

// Spans returns the spans that were received, in the order in which they ended.
func (c *Collector) Spans() []Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Span(nil), c.spans...)
}

// Raw returns the bodies of all requests, one after the other.
func (c *Collector) Raw() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return string(c.raw)
}
