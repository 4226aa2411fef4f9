//go:build guards

package guards

func init() { guards = append(guards, traceGuards...) }

const traceTests = "./internal/trace"

// traceGuards protect what traces and the access log must not have, and what they must not cost (R-OBS4).
var traceGuards = []guard{
	{"the collector is where the operator said", traceTests, "TestRedirectsAreNotFollowed",
		changes{swap(`http.ErrUseLastResponse`, `nil`)}},
	{"only so many spans wait", traceTests, "TestHungCollector", changes{never}},
	{"an outage of the collector is told once", traceTests, "TestOutageIsToldOnce", changes{always}},
	{"a span has no text of an error", traceTests, "TestSpans", changes{swap(`""`, `err.Error()`)}},
	{"a line of the access log names nobody", graphTests, "TestAccessLog", changes{swap(`o.key`, `r.RemoteAddr`)}},
	{"a trace is continued for trusted peers", graphTests, "TestTraceParent", changes{never}},
	{"a span has no words of a client", graphTests, "TestRequestSpans", changes{always}},
	{"a document with a literal has no hash", graphTests, "TestRequestSpans", changes{always}},
	{"a span has no alias", graphTests, "TestRequestSpans", changes{swap("field.Name", "field.Alias")}},
}
