package graph_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/test/world"
)

// serve listens with other values of the limits that package server sets (R-GQL15).
func serve(t *testing.T, w *world.World, header, whole time.Duration) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(w.Handler)
	server.Config.ReadHeaderTimeout, server.Config.ReadTimeout, server.Config.WriteTimeout = header, whole, world.Patience
	server.Config.MaxHeaderBytes = 16 << 10
	server.Start()
	t.Cleanup(server.Close)
	return server
}

// talk writes bytes to the server unchanged, and returns everything that it sends until it closes the connection.
func talk(t *testing.T, server *httptest.Server, parts ...string) string {
	t.Helper()
	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	world.Check(t, err)
	defer connection.Close()
	world.Check(t, connection.SetDeadline(time.Now().Add(attackTimeout)))

	go func() {
		for _, part := range parts {
			if _, err := io.WriteString(connection, part); err != nil {
				return // the server has closed the connection
			}
		}
	}()

	text, _ := io.ReadAll(connection) // a reset also ends it

	return string(text)
}

// statuses returns the statuses of the responses on a connection.
func statuses(text string) []int {
	var found []int
	reader := bufio.NewReader(strings.NewReader(text))
	for {
		response, err := http.ReadResponse(reader, nil)
		if err != nil {
			return found
		}
		_, _ = io.Copy(io.Discard, response.Body)
		found = append(found, response.StatusCode)
	}
}

// TestHostileWire checks requests that only a client that writes its own bytes can send.
func TestHostileWire(t *testing.T) {
	w := newHostileWorld(t, true)
	// A complete request may take all the time that the machine needs; a client that sends no more is only waited
	// for briefly.
	patient, impatient := serve(t, w, world.Patience, world.Patience), serve(t, w, time.Second, time.Second)
	head := "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/graphql-response+json\r\nX-Api-Key: " +
		w.Keys["development"] + "\r\n"
	last := head + "Connection: close\r\n"
	chunk := func(text string) string { return fmt.Sprintf("%x\r\n%s\r\n", len(text), text) }
	filler := strings.Repeat(" ", 1000)
	unfinished := []string{"more announced than sent", "half a body", "half a header", "no header"}
	requests := []struct {
		name string
		want []int
		send []string
	}{
		{"chunked", []int{200}, []string{last, "Transfer-Encoding: chunked\r\n\r\n", chunk(aQuery), "0\r\n\r\n"}},
		{"chunked beyond the cap", []int{413}, append([]string{last, "Transfer-Encoding: chunked\r\n\r\n"},
			append(repeatedParts(chunk(filler), 100), chunk(aQuery), "0\r\n\r\n")...)},
		{"chunked without end", []int{413}, append([]string{last, "Transfer-Encoding: chunked\r\n\r\n"},
			repeatedParts(chunk(filler), 20_000)...)},
		{"chunked by bytes", []int{200},
			append(append([]string{last, "Transfer-Encoding: chunked\r\n\r\n"}, chunks(aQuery)...), "0\r\n\r\n")},
		{"chunked and broken", []int{400}, []string{last, "Transfer-Encoding: chunked\r\n\r\n", "zz\r\n", aQuery}},
		{"chunked with long extensions", []int{400}, append([]string{last, "Transfer-Encoding: chunked\r\n\r\n"},
			repeatedParts("1;"+marker+"="+filler+"\r\n{\r\n", 2000)...)},
		{"a trailer with a key", []int{401}, []string{strings.Replace(
			last, "X-Api-Key: ", "X-No-Key: ", 1,
		), "Transfer-Encoding: chunked\r\nTrailer: X-Api-Key\r\n\r\n", chunk(aQuery),
			"0\r\nX-Api-Key: " + w.Keys["development"] + "\r\n\r\n"}},
		{"gzip as a transfer encoding",
			[]int{501}, []string{last, "Transfer-Encoding: gzip, chunked\r\n\r\n", chunk(aQuery), "0\r\n\r\n"}},
		{"a length beyond the cap", []int{413}, []string{last, "Content-Length: 1000000000\r\n\r\n", aQuery}},
		{"a length too long for a number",
			[]int{400}, []string{last, "Content-Length: 99999999999999999999\r\n\r\n", aQuery}},
		{"a negative length", []int{400}, []string{last, "Content-Length: -1\r\n\r\n", aQuery}},
		{"two lengths", []int{400}, []string{last, "Content-Length: 10\r\nContent-Length: 60\r\n\r\n", aQuery}},
		{"more announced than sent", []int{400}, []string{last, "Content-Length: 5000\r\n\r\n", aQuery}},
		{"less announced than sent", []int{400}, []string{last, "Content-Length: 10\r\n\r\n", aQuery}},
		{"half a body", []int{400}, []string{last, "Transfer-Encoding: chunked\r\n\r\n", chunk(aQuery[:10])}},
		{"half a header", nil, []string{head}},
		{"no header", nil, nil},
		{"a header of 1 MB", []int{431}, append([]string{head},
			repeatedParts("X-"+marker+": "+filler+"\r\n", 1000)...)},
		{"a request line of 1 MB", []int{431}, append([]string{"POST /graphql?"},
			repeatedParts(strings.Repeat(marker, 200), 1000)...)},
		{"an expectation", []int{417}, []string{last, "Expect: " + marker + "\r\nContent-Length: 10\r\n\r\n"}},
	}
	t.Run("requests", func(t *testing.T) {
		for _, test := range requests {
			t.Run(test.name, func(t *testing.T) {
				server := patient
				if slices.Contains(unfinished, test.name) {
					t.Parallel()
					server = impatient
				}

				text := talk(t, server, test.send...)
				if got := statuses(text); fmt.Sprint(got) != fmt.Sprint(test.want) {
					t.Errorf("answered %v, want %v: %.300q", got, test.want, text)
				}
				if strings.Contains(text, marker) || len(text) > maxAnswer {
					t.Errorf("%d bytes are answered: %.300q", len(text), text)
				}
			})
		}
	})
	checkSecondClient(t, w)
}

func repeatedParts(part string, n int) []string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = part
	}
	return parts
}

// chunks sends each byte as a chunk of its own.
func chunks(text string) []string {
	var parts []string
	for _, one := range []byte(text) {
		parts = append(parts, "1\r\n"+string(one)+"\r\n")
	}
	return parts
}
