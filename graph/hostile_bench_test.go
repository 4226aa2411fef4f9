package graph_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// BenchmarkHostile measures the time and the memory of each attack, for docs/hostile.md.
func BenchmarkHostile(b *testing.B) {
	w := newHostileWorld(b, true)
	for _, a := range attacks() {
		body := a.request(a.size)
		b.Run(a.name, func(b *testing.B) {
			b.ReportAllocs()
			var recorder *httptest.ResponseRecorder
			for b.Loop() {
				r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
				r.Header = hostileHeader(w)
				recorder = httptest.NewRecorder()
				w.Handler.ServeHTTP(recorder, r)
			}

			b.ReportMetric(float64(len(body)), "size")
			b.ReportMetric(float64(recorder.Code), "status")
			b.ReportMetric(float64(recorder.Body.Len()), "answer")
			if !strings.Contains(recorder.Body.String(), `"code":"`+a.code+`"`) {
				b.Errorf("answered %d %.300s", recorder.Code, recorder.Body)
			}
		})
	}
}
