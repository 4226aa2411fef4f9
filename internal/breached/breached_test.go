package breached

import (
	"context"
	"crypto/sha1" //nolint:gosec // the public collections are of SHA-1
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/egress"
)

// These tests check R-PWD10: passwords in a collection are found, padding is not, and an unavailable collection
// makes nobody wait.

func hashOf(password string) string {
	return fmt.Sprintf("%X", sha1.Sum([]byte(password))) //nolint:gosec // as above
}

// collection returns a file of count passwords, "known 0" and so on, sorted by hash.
func collection(count int, end string) string {
	lines := make([]string, count)
	for i := range lines {
		lines[i] = fmt.Sprintf("%s:%d", hashOf(fmt.Sprint("known ", i)), i*i+1)
	}
	slices.Sort(lines)
	return strings.Join(lines, end) + end
}

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "breached.txt")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func open(t *testing.T, fileOrURL string) *Checker {
	t.Helper()
	client := egress.NewClient(egress.Policy{Loopback: true})
	checker, err := Open(fileOrURL, client)
	if err != nil {
		t.Fatal(err)
	}

	t.Cleanup(func() {
		if err := checker.Close(); err != nil {
			t.Error(err)
		}
	})

	return checker
}

func TestFile(t *testing.T) {
	for _, count := range []int{1, 2, 15, 16, 17, 100, 5000} {
		for _, end := range []string{"\n", "\r\n"} {
			text := collection(count, end)
			for _, text := range []string{text, strings.TrimRight(text, "\r\n"), strings.ToLower(text)} {
				checker := open(t, write(t, text))
				for i := range count {
					if !checker.Breached(t.Context(), fmt.Sprint("known ", i)) {
						t.Fatalf("%d of %d is not found", i, count)
					}
					if checker.Breached(t.Context(), fmt.Sprint("unknown ", i)) {
						t.Fatalf("unknown %d of %d is found", i, count)
					}
				}

				results := checker.Results()
				if n := uint64(count); results.Breached.Load() != n || results.Clean.Load() != n ||
					results.Unavailable.Load() != 0 {
					t.Errorf("%d: counted %+v", count, results)
				}
			}
		}
	}
}

// TestFileWithoutCounts checks that a collection may have hashes without counts, and that a count of zero is
// padding.
func TestFileWithoutCounts(t *testing.T) {
	checker := open(t, write(t, hashOf("alone")+"\n"))
	if !checker.Breached(t.Context(), "alone") {
		t.Error("a hash without a count is not found")
	}

	checker = open(t, write(t, hashOf("padding")+":0\n"))
	if checker.Breached(t.Context(), "padding") {
		t.Error("padding is found")
	}
}

// TestSpellings checks that a password is looked up in the form in which it is hashed, however it was typed.
func TestSpellings(t *testing.T) {
	checker := open(t, write(t, hashOf("caf\u00e9 au lait")+":1\n"))
	if !checker.Breached(t.Context(), "cafe\u0301 au lait") {
		t.Error("the other spelling is not found")
	}
}

// readCounter counts the bytes that are read.
type readCounter struct {
	text  string
	bytes int
}

func (r *readCounter) ReadAt(buffer []byte, offset int64) (int, error) {
	n, err := strings.NewReader(r.text).ReadAt(buffer, offset)
	r.bytes += n
	return n, err
}

// TestFileIsNotReadAsAWhole checks that a lookup reads some kilobytes, however long the file is.
func TestFileIsNotReadAsAWhole(t *testing.T) {
	text := &readCounter{text: collection(100_000, "\n")}
	f := &file{reader: text, size: int64(len(text.text))}
	if found, err := f.contains(t.Context(), hashOf("known 99")); err != nil || !found {
		t.Fatal(found, err)
	}
	if text.bytes > 8<<10 {
		t.Errorf("%d of %d bytes were read", text.bytes, len(text.text))
	}
}

func TestFilesThatAreNone(t *testing.T) {
	sorted := collection(3000, "\n")
	lines := strings.SplitAfter(sorted, "\n")
	reversed := slices.Clone(lines)
	slices.Reverse(reversed)

	for name, text := range map[string]string{
		"empty": "", "words": "password\n123456\n", "long": strings.Repeat("A", 5000),
		"reversed":  strings.Join(reversed, ""),
		"by count":  hashOf("b") + ":9\n" + hashOf("a") + ":8\n" + hashOf("c") + ":7\n",
		"NTLM":      strings.Repeat("0123456789ABCDEF", 2) + ":1\n",
		"no number": hashOf("a") + ":many\n", "html": "<html>\n<body>\n" + sorted, "second half": sorted + sorted,
	} {
		if name == "by count" && hashOf("b") < hashOf("a") {
			t.Fatal("the example is in order")
		}
		if checker, err := Open(write(t, text), nil); err == nil {
			_ = checker.Close()
			t.Errorf("%s is taken", name)
		}
	}

	for _, name := range []string{t.TempDir(), filepath.Join(t.TempDir(), "missing")} {
		if _, err := Open(name, nil); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// TestFileThatBreaks checks that a malformed line that the samples missed counts as unavailable, and not as a hit.
func TestFileThatBreaks(t *testing.T) {
	name := write(t, collection(5000, "\n"))
	checker := open(t, name)
	if err := os.WriteFile(name, []byte(strings.Repeat("#", 200_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if checker.Breached(t.Context(), "known 1") || checker.Results().Unavailable.Load() != 1 {
		t.Error("a broken file answers")
	}
}

// rangeService returns a checker of a range API.
func rangeService(t *testing.T, answer http.HandlerFunc) *Checker {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	return open(t, server.URL+"/range/")
}

func TestService(t *testing.T) {
	known, padding := hashOf("known"), hashOf("padding")
	checker := rangeService(t, func(w http.ResponseWriter, r *http.Request) {
		prefix, found := strings.CutPrefix(r.URL.Path, "/range/")
		if !found || len(prefix) != 5 || r.Header.Get("Add-Padding") != "true" || r.Method != http.MethodGet {
			t.Errorf("asked for %s with %v", r.URL, r.Header)
		}
		_, _ = fmt.Fprintf(w, "%035X:3\r\n%s:1\r\n%s:0\r\n", 1, known[5:], padding[5:])
	})
	for password, want := range map[string]bool{"known": true, "padding": false, "unknown": false} {
		if got := checker.Breached(t.Context(), password); got != want {
			t.Errorf("%q: %v", password, got)
		}
	}

	if results := checker.Results(); results.Breached.Load() != 1 || results.Clean.Load() != 2 ||
		results.Unavailable.Load() != 0 {
		t.Errorf("counted %+v", results)
	}
}

// TestServiceThatCannotTell checks that a service that is down, slow, or sends something else prevents nobody from
// setting a new password.
func TestServiceThatCannotTell(t *testing.T) {
	known := hashOf("known")[5:] + ":1\r\n"
	for name, answer := range map[string]http.HandlerFunc{
		"error": func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, known, http.StatusServiceUnavailable)
		},
		"limited": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, known, http.StatusTooManyRequests) },
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusFound)
		},
		"page": func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "<html>\n"+known) },
		"endless": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprint(w, known, strings.Repeat(fmt.Sprintf("%035X:0\r\n", 1), 40_000))
		},
		"slow": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		checker := rangeService(t, answer)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		if checker.Breached(ctx, "known") || checker.Results().Unavailable.Load() != 1 {
			t.Errorf("%s: answered, or not counted: %+v", name, checker.Results())
		}
		if ctx.Err() != nil {
			t.Errorf("%s: took a minute", name)
		}

		cancel()
	}
}

// hasty is a service that records its deadline.
type hasty struct{ patience time.Duration }

func (h *hasty) Fetch(ctx context.Context, _ string, _ http.Header) (int, []byte, error) {
	if deadline, ok := ctx.Deadline(); ok {
		h.patience = time.Until(deadline)
	}
	return http.StatusOK, nil, nil
}

func (*hasty) Close() {}

func TestServiceHasHalfASecond(t *testing.T) {
	client := &hasty{}
	checker := &Checker{source: &service{client: client}}
	checker.Breached(t.Context(), "known")
	if client.patience <= 0 || client.patience > 500*time.Millisecond {
		t.Errorf("it has %v", client.patience)
	}
}

// TestTry guards that a trial tells whether a lookup works, and learns nothing from a slow first one.
func TestTry(t *testing.T) {
	calls := 0
	checker := rangeService(t, func(w http.ResponseWriter, _ *http.Request) {
		if calls++; calls == 1 {
			w.WriteHeader(http.StatusBadGateway)
		}
		_, _ = fmt.Fprintf(w, "%035X:3\r\n", 1)
	})
	if err := checker.Try(t.Context()); err != nil || calls != 2 {
		t.Errorf("%v after %d lookups", err, calls)
	}

	checker = rangeService(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	if err := checker.Try(t.Context()); err == nil || !strings.Contains(err.Error(), "502") {
		t.Error(err)
	}

	if err := open(t, write(t, collection(100, "\n"))).Try(t.Context()); err != nil {
		t.Error(err)
	}
}
