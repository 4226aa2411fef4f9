// Command baseline serves one of the programs that the benchmark measures AccountQL against, on a free port that
// it prints: `fixed` is net/http with fixed bytes, `bare` is gqlgen alone, `hash` verifies one password per
// request.
package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/accountql/accountql/internal/password"
)

func main() {
	if err := serve(os.Args[1:], os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "baseline:", err)
		os.Exit(1)
	}
}

func serve(args []string, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("say which one: fixed, bare or hash")
	}

	var handler http.Handler
	switch args[0] {
	case "fixed":
		handler = newFixed()
	case "bare":
		handler = newBare()
	case "hash":
		hash, err := newHash()
		if err != nil {
			return err
		}
		handler = hash
	default:
		return fmt.Errorf("there is no baseline %q", args[0])
	}

	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // there is nothing to cancel
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, listener.Addr()); err != nil {
		return err
	}

	const headerTimeout = 5 * time.Second

	return (&http.Server{Handler: handler, ReadHeaderTimeout: headerTimeout}).Serve(listener)
}

// newFixed responds to every request with the bytes of AccountQL's response to the account query, or about as many.
func newFixed() http.Handler {
	const answer = `{"data":{"account":{"id":"019ab0a0-1111-7000-8000-000000000001","email":"reader-01@example.com","emailVerified":false,` +
		`"phone":null,"phoneVerified":false,"firstName":"Jan","lastName":"Kowalski","displayName":"Janek","sex":"MALE","birthDate":"1990-01-31",` +
		`"avatarUrl":"https://images.example.com/jan.png","company":"Example Ltd","address":"1 Long Street","city":"Warsaw","province":"Masovia",` +
		`"zipCode":"00-001","countryCode":"PL","language":"pl","createdAt":"2026-11-22T12:00:00.000000Z","updatedAt":"2026-11-22T12:00:00.000000Z",` +
		`"version":1,"agreements":{"email":true,"sms":true,"push":true,"bluetooth":true}}}}` + "\n"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
		_, _ = io.WriteString(w, answer)
	})
}

// newHash verifies a password for every request, with as many at once as AccountQL allows: sign-ins can't be
// faster.
func newHash() (http.Handler, error) {
	hasher, err := password.NewHasher(password.DefaultParameters, password.Concurrency(runtime.GOMAXPROCS(0)))
	if err != nil {
		return nil, err
	}

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if _, err := hasher.Verify(r.Context(), nil, "a password like any other"); err != nil {
			http.Error(w, `{"errors":[{"extensions":{"code":"OVERLOADED"}}]}`, http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Length", "2")
		_, _ = io.WriteString(w, "ok")
	}), nil
}
