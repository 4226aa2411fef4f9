package trace

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// tracesPath is the path of OTLP over HTTP for traces.
const tracesPath = "/v1/traces"

const (
	// requestTimeout limits one request to the collector.
	requestTimeout = 4 * time.Second
	// maxTries is how often a batch is sent, with a pause of retryPause in between.
	maxTries   = 3
	retryPause = 500 * time.Millisecond
	// longestAnswer is in bytes; an answer of a collector is nearly empty.
	longestAnswer = 64 << 10
)

// collector sends spans to the host that the operator named, and to no other: it follows no redirect and ignores the
// environment's proxies. The exporter of OpenTelemetry would bring all of gRPC, also for HTTP.
type collector struct {
	url  string
	http *http.Client
	// closed ends when close is called, which ends the requests under way.
	closed context.Context //nolint:containedctx // the life of the collector, not of a call
	close  context.CancelFunc
}

var _ otlptrace.Client = (*collector)(nil)

func newCollector(base string) *collector {
	closed, end := context.WithCancel(context.Background())
	transport := &http.Transport{
		TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true,
		TLSHandshakeTimeout: requestTimeout, IdleConnTimeout: time.Minute, MaxIdleConnsPerHost: 1,
	}
	c := &collector{url: base + tracesPath, closed: closed, http: &http.Client{
		Timeout: requestTimeout, Transport: transport,
		// guard: the collector is where the operator said
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	c.close = func() { end(); transport.CloseIdleConnections() }

	return c
}

// Start implements otlptrace.Client.
func (c *collector) Start(context.Context) error { return nil }

// Stop implements otlptrace.Client.
func (c *collector) Stop(context.Context) error { return nil }

// UploadTraces implements otlptrace.Client. It sends a batch again if the collector can't be reached, or asks for it.
func (c *collector) UploadTraces(ctx context.Context, spans []*otlp.ResourceSpans) error {
	// The request of the protocol, ExportTraceServiceRequest, has the same form.
	body, err := proto.Marshal(&otlp.TracesData{ResourceSpans: spans})
	if err != nil {
		return err
	}

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(c.closed, cancel)() //nolint:contextcheck // it is what ends the request beside ctx

	for try := 1; ; try++ {
		retry, err := c.send(ctx, body)
		if err == nil || !retry || try == maxTries || ctx.Err() != nil {
			return err
		}

		select {
		case <-ctx.Done():
			return err
		case <-time.After(retryPause):
		}
	}
}

// send sends one request, and reports whether another try can succeed where this one failed.
func (c *collector) send(ctx context.Context, body []byte) (retry bool, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return false, err
	}

	request.Header.Set("Content-Type", "application/x-protobuf")
	request.Header.Set("User-Agent", "AccountQL")
	answer, err := c.http.Do(request)
	if err != nil {
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return true, err
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, longestAnswer)) // so that the connection is used again

	switch {
	case answer.StatusCode/100 == 2:
		return false, nil
	case answer.StatusCode == http.StatusTooManyRequests, answer.StatusCode == http.StatusBadGateway,
		answer.StatusCode == http.StatusServiceUnavailable, answer.StatusCode == http.StatusGatewayTimeout:
		retry = true
	}

	return retry, fmt.Errorf("the collector answered with status %d", answer.StatusCode)
}
