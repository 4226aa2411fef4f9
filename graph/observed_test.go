package graph_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/internal/trace/tracetest"
	"github.com/accountql/accountql/test/world"
)

// observe gives a world a handler with these options.
func observe(t testing.TB, w *world.World, options graph.Options) {
	t.Helper()
	options.Origin, options.OperationTimeout = world.OwnOrigin, world.Patience
	options.Authenticator = &auth.Authenticator{
		Store: w.Store, Now: w.Clock.Now, SessionIdle: w.Service.Settings.SessionIdle,
	}
	if options.Log == nil {
		options.Log = world.Discard
	}
	var err error
	w.Handler, err = graph.New(w.Service, options)
	world.Check(t, err)
}

// request returns a request with the development key.
func request(body string, change func(r *http.Request)) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql?hidden=query", strings.NewReader(body))
	r.Header = http.Header{"Content-Type": {"application/json"}, "X-Api-Key": {account.DevelopmentKey}}
	if change != nil {
		change(r)
	}
	return r
}

const (
	askKey   = `{"query":"query Mine { mine: apiKey { name } ...rest } fragment rest on Query { apiKey { name } }"}`
	askReset = `{"query":"mutation{requestPasswordReset(input:{email:\"demo@example.com\"}){accepted}}"}`
)

// TestAccessLog guards that every answer of /graphql is a line of the access log, with the operation as the schema
// calls it, and without what the client called it.
func TestAccessLog(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	var log bytes.Buffer
	observe(t, w, graph.Options{AccessLog: true, Log: slog.New(slog.NewJSONHandler(&log, nil))})

	key := func(r *http.Request) { r.Header.Set("Idempotency-Key", "one") }
	for _, test := range []struct {
		body            string
		change          func(r *http.Request)
		operation, code string
		noKey           bool
	}{
		{askKey, nil, "apiKey", "OK", false},
		{`{"query":"{ account { id } apiKey { name } }"}`, nil, "account,apiKey", "UNAUTHENTICATED", false},
		{`{"query":"{ __typename }"}`, nil, "introspection", "OK", false},
		{askReset, nil, "requestPasswordReset", "OK", false},
		{askReset, key, "requestPasswordReset", "OK", false},
		{askReset, key, "requestPasswordReset", "OK", false}, // the stored answer
		{`{"query":"{ nothing }"}`, nil, "", "GRAPHQL_VALIDATION_FAILED", false},
		{askKey, func(r *http.Request) { r.Header.Del("X-Api-Key") }, "", "API_KEY_INVALID", true},
		{askKey, func(r *http.Request) { r.Method = "HIDDEN" }, "", "BAD_REQUEST", true},
		{"", func(r *http.Request) { r.Method, r.URL.Path = http.MethodGet, graph.SessionPath }, "session",
			"UNAUTHENTICATED", false},
		{askKey + strings.Repeat(" ", 64<<10), nil, "", "REQUEST_TOO_LARGE", false},
	} {
		log.Reset()
		a := w.Send(t, request(test.body, test.change))
		lines := strings.Split(strings.TrimRight(log.String(), "\n"), "\n")
		var line struct {
			Msg, Operation, Code, KeyID, RequestID, TraceID string
			Milliseconds                                    float64
		}
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &line); err != nil {
			t.Fatal(err)
		}
		if line.Msg != "request" || line.Operation != test.operation || line.Code != test.code ||
			line.Milliseconds <= 0 || line.Milliseconds > 60_000 || line.RequestID != a.Header.Get("X-Request-Id") ||
			(line.KeyID == "") != test.noKey || line.TraceID != "" {
			t.Errorf("%s %s: %s", test.operation, test.code, log.String())
		}
		if strings.Contains(log.String(), "192.0.2.") || strings.Contains(strings.ToLower(log.String()), "hidden") ||
			strings.Contains(log.String(), "mine") {
			t.Errorf("the log has more than it should: %s", log.String())
		}
	}
}

// TestRequestSpans guards the spans of requests and operations: their names, their attributes, and that nothing of a
// client's own is in them (R-OBS4).
func TestRequestSpans(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	tracer, collector := world.Traced(t, w)
	trusted := `query Trusted { node(id: "none") { id } }`
	observe(t, w, graph.Options{Tracer: tracer, TrustedDocuments: graph.TrustedDocuments{"sha256:1": trusted}})

	var ids []string
	for _, test := range []struct {
		body   string
		change func(r *http.Request)
	}{
		{askKey, nil}, {askReset, nil}, {`{"documentId":"sha256:1"}`, nil},
		{askKey, func(r *http.Request) { r.Method = "HIDDEN" }},
		{"", func(r *http.Request) { r.Method, r.URL.Path = http.MethodGet, graph.SessionPath }},
	} {
		ids = append(ids, w.Send(t, request(test.body, test.change)).Header.Get("X-Request-Id"))
	}
	world.Check(t, w.Store.Close())
	ids = append(ids, w.Send(t, request(askKey, nil)).Header.Get("X-Request-Id"))
	world.Deliver(t, tracer)

	document := struct{ Query string }{}
	world.Check(t, json.Unmarshal([]byte(askKey), &document))
	var got []string
	spans := collector.Spans()
	for _, id := range ids {
		i := slices.IndexFunc(spans, func(s tracetest.Span) bool { return s.Attributes["accountql.request.id"] == id })
		if i < 0 {
			t.Fatalf("no span of %s in %v", id, spans)
		}
		outer := spans[i]
		text := fmt.Sprintf("%s %s %s %s %v", outer.Name, outer.Attributes["http.response.status_code"],
			outer.Attributes["accountql.code"], outer.Kind, outer.Failed)
		for _, inner := range spans {
			if inner.ParentID == outer.ID && inner.Attributes["graphql.operation.type"] != "" {
				text += fmt.Sprintf("; %s %s %s %s", inner.Name, inner.Attributes["accountql.operation"],
					inner.Attributes["accountql.code"], inner.Attributes["accountql.document.sha256"])
			}
		}
		got = append(got, text)
	}

	want := []string{
		"POST /graphql 200 OK SPAN_KIND_SERVER false; query apiKey apiKey OK " + hash(document.Query),
		"POST /graphql 200 OK SPAN_KIND_SERVER false; mutation requestPasswordReset requestPasswordReset OK ",
		"POST /graphql 200 UNAUTHENTICATED SPAN_KIND_SERVER false; query node node UNAUTHENTICATED " + hash(trusted),
		"_OTHER /graphql 405 BAD_REQUEST SPAN_KIND_SERVER false",
		"GET /session 401 UNAUTHENTICATED SPAN_KIND_SERVER false",
		"POST /graphql 503 UNAVAILABLE SPAN_KIND_SERVER true",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	for _, own := range []string{"HIDDEN", "hidden", "Mine", "mine", "192.0.2.", "example.com"} {
		if strings.Contains(collector.Raw(), own) {
			t.Errorf("the spans have %q", own)
		}
	}
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// TestTraceParent guards that only a trusted proxy decides to which trace a request belongs, and whether it is traced.
func TestTraceParent(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	tracer, collector := world.Traced(t, w)
	observe(t, w, graph.Options{Tracer: tracer, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})

	const id = "0af7651916cd43dd8448eb211c80319c"
	want := map[string]bool{}
	for _, test := range []struct {
		peer, flags     string
		traced, foreign bool
	}{
		{"10.1.2.3:4", "01", true, true}, {"10.1.2.3:4", "00", false, true},
		{"192.0.2.1:4", "01", true, false}, {"192.0.2.1:4", "00", true, false}, {"unix", "01", true, false},
	} {
		a := w.Send(t, request(askKey, func(r *http.Request) {
			r.RemoteAddr = test.peer
			r.Header.Set("Traceparent", "00-"+id+"-b7ad6b7169203331-"+test.flags)
			r.Header.Set("Tracestate", "hidden=state")
			r.Header.Set("X-Forwarded-For", "10.9.9.9")
		}))
		if test.traced {
			want[a.Header.Get("X-Request-Id")] = test.foreign
		}
	}

	world.Deliver(t, tracer)
	found := 0
	for _, span := range collector.Spans() {
		request := span.Attributes["accountql.request.id"]
		if request == "" {
			continue
		}
		found++
		foreign, known := want[request]
		if !known || foreign != (span.TraceID == id) {
			t.Errorf("%+v", span)
		}
	}
	if found != len(want) || strings.Contains(collector.Raw(), "hidden") {
		t.Errorf("%d spans of requests, want %d", found, len(want))
	}
}

// TestTracedConnection guards that a traced server closes the connection of a body that is too large, as any other
// does.
func TestTracedConnection(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	observe(t, w, graph.Options{AccessLog: true})
	server := httptest.NewServer(w.Handler)
	defer server.Close()

	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	world.Check(t, err)
	defer connection.Close()
	head := "POST /graphql HTTP/1.1\r\nHost: example.com\r\nContent-Type: application/json\r\nX-Api-Key: " +
		account.DevelopmentKey + "\r\nTransfer-Encoding: chunked\r\n\r\n"
	_, err = io.WriteString(connection, head+fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", 70<<10, strings.Repeat(" ", 70<<10)))
	world.Check(t, err)
	world.Check(t, connection.SetReadDeadline(time.Now().Add(time.Minute)))
	answer, err := io.ReadAll(connection) // ends because the server closes the connection
	world.Check(t, err)
	if !bytes.Contains(answer, []byte("413")) || !bytes.Contains(answer, []byte("Connection: close")) {
		t.Errorf("%s", answer)
	}
}

// TestLogOfATracedRequest guards that each line of a request names its trace.
func TestLogOfATracedRequest(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	tracer, _ := world.Traced(t, w)
	var log bytes.Buffer
	observe(t, w, graph.Options{
		Tracer: tracer, AccessLog: true,
		Log: slog.New(trace.LogIDs(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))),
	})

	for _, body := range []string{askKey, `{"query":"{ nothing }"}`, "no JSON"} {
		w.Send(t, request(body, nil))
	}
	world.Check(t, w.Store.Close())
	w.Send(t, request(askKey, nil))

	lines := strings.Split(strings.TrimRight(log.String(), "\n"), "\n")
	for _, line := range lines {
		if !strings.Contains(line, " traceId=") || !strings.Contains(line, " requestId=") {
			t.Error(line)
		}
	}
	if len(lines) < 8 {
		t.Errorf("only %d lines", len(lines))
	}
}

// BenchmarkObserved compares a read without observation, with a line in the access log, and with a trace.
func BenchmarkObserved(b *testing.B) {
	for _, mode := range []string{"off", "access log", "trace"} {
		b.Run(mode, func(b *testing.B) {
			w := world.New(b, world.DefaultSettings())
			signInWhole(b, w)
			written := slog.New(slog.NewJSONHandler(io.Discard, nil)) //nolint:sloglint // writing is what costs
			options := graph.Options{Log: written, AccessLog: mode == "access log"}
			if mode == "trace" {
				options.Tracer, _ = world.Traced(b, w)
			}
			observe(b, w, options)
			ask := sendAgain(b, w, world.WholeAccount, `null`)
			ask()
			b.ReportAllocs()
			for b.Loop() {
				ask()
			}
		})
	}
}
