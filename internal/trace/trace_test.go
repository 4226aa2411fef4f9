package trace_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/accountql/accountql/internal/trace"
	"github.com/accountql/accountql/internal/trace/tracetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// log is the log of a tracer, which writes to it from another goroutine.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func start(t *testing.T) (*trace.Tracer, *tracetest.Collector, *log) {
	t.Helper()
	collector, told := tracetest.Start(t), &log{}
	tracer := trace.New(collector.URL, "1.2.3", slog.New(slog.NewTextHandler(told, nil)))
	t.Cleanup(func() { closeWithin(t, tracer, time.Second) })

	return tracer, collector, told
}

// closeWithin closes a tracer, and fails the test if that takes far longer than allowed.
func closeWithin(t *testing.T, tracer *trace.Tracer, allowed time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), allowed)
	defer cancel()
	began := time.Now()
	_ = tracer.Close(ctx)
	if took := time.Since(began); took > allowed+time.Second {
		t.Errorf("closing took %s", took)
	}
}

// eventually waits until a condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("never: " + what)
		}
	}
}

const (
	traceID = "0af7651916cd43dd8448eb211c80319c"
	parent  = "00-" + traceID + "-b7ad6b7169203331-01"
	// unsampled is a parent of which no sample is taken.
	unsampled = "00-" + traceID + "-b7ad6b7169203331-00"
)

// TestSpans guards that a trace continues that of its parent, that spans are nested and have their attributes, and that
// what can't be read as a parent begins a new trace.
func TestSpans(t *testing.T) {
	tracer, collector, _ := start(t)
	ctx, outer := tracer.Begin(t.Context(), parent, trace.Server, "outer")
	inside, inner := trace.Start(ctx, trace.Client, "inner")
	inner.Set(trace.Code, "OK")
	inner.SetNumber(trace.Status, 200)
	inner.Fail(nil)
	inner.End()
	outer.Fail(errors.New("secret text"))
	outer.End()

	for _, broken := range []string{
		"", "x", parent + "-x", strings.ToUpper(parent), "00-" + strings.Repeat("0", 32) + "-b7ad6b7169203331-01",
	} {
		_, span := tracer.Begin(ctx, broken, trace.Internal, "new")
		span.End()
	}

	continued, message := tracer.Begin(t.Context(), trace.Parent(inside), trace.Consumer, "later")
	message.End()
	if !strings.HasPrefix(trace.Parent(continued), "00-"+traceID+"-") || trace.Parent(t.Context()) != "" {
		t.Errorf("the parents are %q and %q", trace.Parent(continued), trace.Parent(t.Context()))
	}

	closeWithin(t, tracer, time.Minute)
	spans := map[string]tracetest.Span{}
	for _, span := range collector.Spans() {
		spans[span.Name] = span
		if (span.TraceID == traceID) != (span.Name != "new") || span.Name == "new" && span.ParentID != "" {
			t.Errorf("%+v", span)
		}
	}
	if len(collector.Spans()) != 8 {
		t.Errorf("%d spans", len(collector.Spans()))
	}
	if inner := spans["inner"]; inner.ParentID != spans["outer"].ID || inner.Kind != "SPAN_KIND_CLIENT" || inner.Failed ||
		inner.Attributes["accountql.code"] != "OK" || inner.Attributes["http.response.status_code"] != "200" {
		t.Errorf("%+v", inner)
	}
	if outer := spans["outer"]; outer.ParentID != "b7ad6b7169203331" || outer.Kind != "SPAN_KIND_SERVER" || !outer.Failed {
		t.Errorf("%+v", outer)
	}
	if later := spans["later"]; later.ParentID != spans["inner"].ID || later.Kind != "SPAN_KIND_CONSUMER" {
		t.Errorf("%+v", later)
	}
	if raw := collector.Raw(); strings.Contains(raw, "secret") || !strings.Contains(raw, "1.2.3") {
		t.Errorf("sent: %q", raw)
	}
}

// TestPanicsAreNotRecorded guards that a span that a panic ends has nothing of it (R-OBS4).
func TestPanicsAreNotRecorded(t *testing.T) {
	tracer, collector, _ := start(t)
	func() {
		defer func() { _ = recover() }()
		_, span := tracer.Begin(t.Context(), "", trace.Internal, "panicking")
		defer span.End()
		panic("secret text")
	}()

	closeWithin(t, tracer, time.Minute)
	if raw := collector.Raw(); strings.Contains(raw, "secret") || !strings.Contains(raw, "panicking") {
		t.Errorf("sent: %q", raw)
	}
}

// TestNoTracer guards that everything can be called without a tracer, and for a request of which no sample is taken.
func TestNoTracer(t *testing.T) {
	var none *trace.Tracer
	tracer, collector, _ := start(t)
	for name, begin := range map[string]func() (context.Context, trace.Span){
		"none":      func() (context.Context, trace.Span) { return none.Begin(t.Context(), parent, trace.Server, "x") },
		"unsampled": func() (context.Context, trace.Span) { return tracer.Begin(t.Context(), unsampled, trace.Server, "x") },
	} {
		ctx, span := begin()
		within, inner := trace.Start(ctx, trace.Internal, "y")
		if within != ctx || inner != (trace.Span{}) {
			t.Errorf("%s: there is a span", name)
		}

		inner.Set(trace.Code, "OK")
		inner.SetNumber(trace.Status, 1)
		inner.Fail(errors.New("failed"))
		inner.End()
		span.End()
	}

	allocated := testing.AllocsPerRun(100, func() {
		_, span := trace.Start(t.Context(), trace.Internal, "y")
		span.Set(trace.Code, "OK")
		span.End()
	})
	closeWithin(t, tracer, time.Minute)
	if spans := collector.Spans(); len(spans) > 0 || allocated > 0 {
		t.Errorf("%v, %v allocations", spans, allocated)
	}
	if err := none.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestOutageIsToldOnce guards that a collector that does not accept spans is logged once, with the spans counted, and
// once when it accepts them again.
func TestOutageIsToldOnce(t *testing.T) {
	tracer, collector, told := start(t)
	batch := func() {
		for range 512 {
			_, span := tracer.Begin(t.Context(), "", trace.Internal, "x")
			span.End()
		}
	}

	collector.Answer(http.StatusForbidden)
	for lost := uint64(512); lost <= 1024; lost += 512 {
		batch()
		eventually(t, "the spans are counted", func() bool { return tracer.Dropped() == lost })
	}
	if text := told.String(); strings.Count(text, "can't be delivered") != 1 || !strings.Contains(text, "status 403") {
		t.Errorf("the log has %s", text)
	}

	collector.Answer(http.StatusOK)
	batch()
	eventually(t, "the spans are delivered", func() bool { return len(collector.Spans()) == 512 })
	eventually(t, "it is told", func() bool { return strings.Contains(told.String(), "delivered again") })
	batch()
	eventually(t, "the spans are delivered", func() bool { return len(collector.Spans()) == 1024 })
	if text := told.String(); strings.Count(text, "\n") != 2 || tracer.Dropped() != 1024 {
		t.Errorf("%d are lost, and the log has %s", tracer.Dropped(), text)
	}
}

// TestBusyCollector guards that a batch is sent again if the collector asks for it.
func TestBusyCollector(t *testing.T) {
	tracer, collector, told := start(t)
	collector.Answer(http.StatusServiceUnavailable)
	_, span := tracer.Begin(t.Context(), "", trace.Internal, "x")
	span.End()
	time.AfterFunc(300*time.Millisecond, func() { collector.Answer(http.StatusOK) })

	closeWithin(t, tracer, time.Minute)
	if len(collector.Spans()) != 1 || tracer.Dropped() > 0 || told.String() != "" {
		t.Errorf("%v, %d lost, logged %s", collector.Spans(), tracer.Dropped(), told.String())
	}
}

// TestRedirectsAreNotFollowed guards that spans go to the operator's host alone.
func TestRedirectsAreNotFollowed(t *testing.T) {
	tracer, collector, told := start(t)
	elsewhere := tracetest.Start(t)
	collector.Redirect(elsewhere.URL + "/v1/traces")
	_, span := tracer.Begin(t.Context(), "", trace.Internal, "x")
	span.End()
	closeWithin(t, tracer, time.Minute)
	if len(elsewhere.Spans()) > 0 || !strings.Contains(told.String(), "status 307") {
		t.Errorf("%v, logged %s", elsewhere.Spans(), told.String())
	}
}

// TestHungCollector guards that a collector that does not answer holds nothing up: neither a span nor the end of the
// process. What is too much is dropped, and counted.
func TestHungCollector(t *testing.T) {
	tracer, collector, _ := start(t)
	collector.Hold()
	began := time.Now()
	const spans, waiting = 5000, 2048
	for range spans {
		_, span := tracer.Begin(t.Context(), "", trace.Internal, "x")
		span.End()
	}

	if took, lost := time.Since(began), tracer.Dropped(); took > 3*time.Second || lost != spans-waiting {
		t.Errorf("it took %s, and %d are lost", took, lost)
	}

	closeWithin(t, tracer, 100*time.Millisecond)
}

// TestLogIDs guards that the lines of a request name its trace, also one of which no sample is taken, and other lines
// none.
func TestLogIDs(t *testing.T) {
	tracer, _, _ := start(t)
	var text bytes.Buffer
	log := slog.New(trace.LogIDs(slog.NewTextHandler(&text, nil))).With("a", 1).WithGroup("g")
	ctx, span := tracer.Begin(t.Context(), parent, trace.Server, "x")
	defer span.End()
	skipped, span := tracer.Begin(t.Context(), unsampled, trace.Server, "x")
	defer span.End()

	for _, within := range []context.Context{ctx, skipped} {
		text.Reset()
		log.InfoContext(within, "line")
		if !strings.Contains(text.String(), "a=1 g.traceId="+traceID+"\n") {
			t.Error(text.String())
		}
	}

	text.Reset()
	log.InfoContext(t.Context(), "line")
	if strings.Contains(text.String(), "traceId") {
		t.Error(text.String())
	}
}
