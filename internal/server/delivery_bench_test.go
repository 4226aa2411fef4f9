package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
)

// BenchmarkOperations measures requests of several concurrent clients on a whole server: with providers that accept
// mail and events at once, and with providers that accept connections and never answer. docs/operations.md has the
// figures.
func BenchmarkOperations(b *testing.B) {
	for _, name := range []string{"provider up", "provider down"} {
		b.Run(name, func(b *testing.B) {
			settings := config.Settings{Mode: config.Development}
			if name == "provider down" {
				dead := newSilentServer(b)
				settings.SMTP, settings.Webhook = "smtp://"+dead, "http://:whsec_0123456789abcdef0123456789abcdef@"+dead
			}

			s, err := newTestServer(b, settings, filepath.Join(b.TempDir(), "bench.db"))
			if err != nil {
				b.Fatal(err)
			}

			s.service.Settings.Unlimited = true
			ctx, cancel := context.WithCancel(context.Background())
			done := make(chan struct{})
			go func() {
				defer close(done)
				_ = s.workers.messages.Run(ctx)
			}()
			defer func() { cancel(); s.delivery.close(); <-done }()
			var in struct {
				Data struct {
					SignIn struct{ Session struct{ Token string } }
				}
			}
			if err := json.Unmarshal([]byte(benchRequest(b, s, "", fmt.Sprintf(
				`mutation { signIn(input: {email: \"%s\", password: \"%s\"}) { session { token } } }`, account.DemoEmail, account.DemoPassword,
			))), &in); err != nil {
				b.Fatal(err)
			}

			token := in.Data.SignIn.Session.Token
			queries := []string{
				fmt.Sprintf(`mutation { requestPasswordReset(input: {email: \"%s\"}) { accepted } }`,
					account.DemoEmail),
				// Each request sends another value, because the current value changes nothing.
				`mutation { updateAccount(input: {city: \"Poznań NUMBER\"}) { account { version } } }`,
				`query { account { id email firstName version } }`,
			}
			var mu sync.Mutex
			var took []time.Duration
			b.SetParallelism(1)
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				var own []time.Duration
				for n := 0; pb.Next(); n++ {
					began := time.Now()
					benchRequest(b, s, token, strings.Replace(queries[n%len(queries)], "NUMBER", strconv.Itoa(n), 1))
					own = append(own, time.Since(began))
				}

				mu.Lock()
				took = append(took, own...)
				mu.Unlock()
			})
			b.StopTimer()
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// benchRequest sends one request through the handler and fails if the answer has errors.
func benchRequest(b *testing.B, s *server, token, query string) string {
	request := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/graphql",
		strings.NewReader(`{"query":"`+query+`"}`))
	request.RemoteAddr = net.JoinHostPort("127.0.0.1", "40000")
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Api-Key", account.DevelopmentKey)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}

	answer := httptest.NewRecorder()
	s.handler.ServeHTTP(answer, request)
	text := answer.Body.String()
	if strings.Contains(text, `"errors"`) {
		b.Error(text)
	}

	return text
}
