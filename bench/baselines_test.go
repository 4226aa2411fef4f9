package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func TestParseBaseline(t *testing.T) {
	own := []int{7}
	for _, test := range []struct {
		line, address string
		pids          []int
		fails         bool
	}{
		{"127.0.0.1:8080\n", "127.0.0.1:8080", own, false},
		{"127.0.0.1:8080 7 8 9\n", "127.0.0.1:8080", []int{7, 8, 9}, false},
		{"\n", "", own, true},
		{"127.0.0.1:8080 seven\n", "", own, true},
	} {
		address, pids, err := parseBaseline(test.line, own)
		if address != test.address || !slices.Equal(pids, test.pids) || (err != nil) != test.fails {
			t.Errorf("%q: %q, %v, %v", test.line, address, pids, err)
		}
	}
}

// TestBaselinesGiveTheSameAnswer: a baseline that answers less than the others would look faster than it is.
func TestBaselinesGiveTheSameAnswer(t *testing.T) {
	serving := func(answer string) *process {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, answer)
		}))
		t.Cleanup(server.Close)
		return &process{address: strings.TrimPrefix(server.URL, "http://")}
	}

	const whole = `{"data":{"account":{"id":"1","city":null}}}`
	b := &bench{fixed: serving(whole + "\n"), bare: serving(`{"data": {"account": {"city": null, "id": "1"}}}`)}
	if err := b.checkAnswers(context.Background()); err != nil {
		t.Errorf("the same data: %v", err)
	}

	b.bare = serving(`{"data":{"account":{"id":"1"}}}`)
	if err := b.checkAnswers(context.Background()); err == nil || !strings.Contains(err.Error(), "bare gqlgen") {
		t.Errorf("a field less: %v", err)
	}
}
