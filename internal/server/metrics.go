package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/accountql/accountql/internal/breached"
	"github.com/accountql/accountql/models"
)

// metrics holds the numbers that --metrics-listen shows. Labels come from closed sets: operations of the schema,
// codes of ErrorCode. A client's input never becomes a label (R-GQL17).
type metrics struct {
	registry *prometheus.Registry
	// requests holds a counter for each code, so that counting an answer allocates nothing.
	requests   map[models.Code]prometheus.Counter
	operations *prometheus.CounterVec
	seconds    *prometheus.HistogramVec
	// observed holds the series of each outcome that there was: to find them by their labels takes longer.
	mu       sync.RWMutex
	observed map[outcome]series
}

// outcome is how an operation ended; code is "" on success.
type outcome struct {
	operation string
	code      models.Code
}

// series are the numbers of an outcome.
type series struct {
	count   prometheus.Counter
	seconds prometheus.Observer
}

// maxNativeBuckets bounds the memory of each native histogram.
const maxNativeBuckets = 100

// okLabel is the label of a success, because Prometheus takes an empty label for none.
const okLabel = "OK"

func codeLabel(code models.Code) string { return cmp.Or(string(code), okLabel) }

// newMetrics returns the metrics of requests and of the process, those of breaches if it is not nil, and the given ones.
func newMetrics(breaches *breached.Checker, more ...prometheus.Collector) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		operations: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "accountql_operations_total",
			Help: "Operations by their name and the code of their first error; the code of a success is OK.",
		}, []string{"operation", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "accountql_operation_duration_seconds", Help: "How long operations took, in seconds.",
			// An operation ends after five seconds.
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
			// A Prometheus that asks for native histograms gets buckets of 10 %; the others get those above.
			NativeHistogramBucketFactor: 1.1, NativeHistogramMaxBucketNumber: maxNativeBuckets,
			NativeHistogramMinResetDuration: time.Hour,
		}, []string{"operation", "outcome"}),
		requests: map[models.Code]prometheus.Counter{}, observed: map[outcome]series{},
	}

	requests := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "accountql_requests_total",
		Help: "Answers of /graphql by the code of their first error; the code of a success is OK.",
	}, []string{"code"})
	for _, code := range append(models.Codes(), "") {
		m.requests[code] = requests.WithLabelValues(codeLabel(code))
	}

	m.registry.MustRegister(requests, m.operations, m.seconds, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.registry.MustRegister(more...)
	if breaches != nil {
		m.registry.MustRegister(breachCollector{breaches.Results()})
	}

	return m
}

// gauge returns a metric that is read at every scrape.
func gauge(name, help string, read func() float64) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, read)
}

// answered counts one answer by the code of its first error, or "" (R-OBS1).
func (m *metrics) answered(code models.Code) { m.requests[code].Inc() }

// observe counts one operation.
func (m *metrics) observe(operation string, code models.Code, took time.Duration) {
	ended := outcome{operation, code}
	m.mu.RLock()
	numbers, known := m.observed[ended]
	m.mu.RUnlock()

	if !known {
		numbers = series{
			m.operations.WithLabelValues(operation, codeLabel(code)),
			m.seconds.WithLabelValues(operation, string(code.Outcome())),
		}
		m.mu.Lock()
		m.observed[ended] = numbers
		m.mu.Unlock()
	}

	numbers.count.Inc()
	numbers.seconds.Observe(took.Seconds())
}

// serve answers GET /metrics and GET /readyz until ctx ends, on a listener of its own, because it is only for the
// operator's network.
func (m *metrics) serve(ctx context.Context, listener net.Listener, ready *readiness) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /readyz", ready.private)
	web := &http.Server{
		Handler: mux, ReadHeaderTimeout: readHeaderTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
	}
	defer context.AfterFunc(ctx, func() { _ = web.Close() })()
	if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("--metrics-listen: %w", err)
	}

	return nil
}

// breachCollector counts the checks of new passwords against those of data breaches, by their result.
type breachCollector struct {
	results *breached.Results
}

var breachChecks = prometheus.NewDesc("accountql_breached_password_checks_total",
	"New passwords that were looked for among those of data breaches, by what came of it.", []string{"result"}, nil)

// Describe describes the one metric.
func (breachCollector) Describe(names chan<- *prometheus.Desc) { names <- breachChecks }

// Collect reads the counts.
func (c breachCollector) Collect(numbers chan<- prometheus.Metric) {
	count := func(result string, value uint64) {
		numbers <- prometheus.MustNewConstMetric(breachChecks, prometheus.CounterValue, float64(value), result)
	}
	count("breached", c.results.Breached.Load())
	count("clean", c.results.Clean.Load())
	count("unavailable", c.results.Unavailable.Load())
}
