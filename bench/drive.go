package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The driver shares the processors with the server that it measures, so it does little: it prepares the bytes of
// its requests in advance, sends them on open connections, and reads only the length of a response and whether it
// is a refusal.

// load describes the requests that several connections send to one server.
type load struct {
	address     string
	connections int
	// next returns the bytes of a connection's next request, given the connection's number and how many requests it
	// has sent.
	next func(connection, sent int) []byte
	// pace is the time between two requests of a connection; zero sends the next request after each response.
	pace time.Duration
	// shed counts responses with the code OVERLOADED instead of failing.
	shed bool
}

// outcome is the result of a load.
type outcome struct {
	requests int
	refused  int
	took     time.Duration
	// waits are the response times, sorted.
	waits []time.Duration
}

func (o outcome) perSecond() float64 { return float64(o.requests) / o.took.Seconds() }

// percentile uses the nearest-rank method.
func (o outcome) percentile(p float64) time.Duration {
	if len(o.waits) == 0 {
		return 0
	}
	return o.waits[min(int(p*float64(len(o.waits))), len(o.waits)-1)]
}

// drive sends a load for the given time or, unless requests is zero, until each connection has sent that many
// requests.
func (l load) drive(ctx context.Context, lasting time.Duration, requests int) (outcome, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	parts := make([]outcome, l.connections)
	failures := make([]error, l.connections)
	var running sync.WaitGroup
	began := time.Now()
	for i := range l.connections {
		running.Go(func() {
			if parts[i], failures[i] = l.connection(ctx, i, began.Add(lasting), requests); failures[i] != nil {
				cancel()
			}
		})
	}

	running.Wait()
	all := outcome{took: time.Since(began)}
	for _, part := range parts {
		all.requests += part.requests
		all.refused += part.refused
		all.waits = append(all.waits, part.waits...)
	}

	slices.Sort(all.waits)

	return all, errors.Join(failures...)
}

// connection sends the requests of one connection.
func (l load) connection(ctx context.Context, number int, until time.Time, requests int) (outcome, error) {
	var own outcome
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", l.address)
	if err != nil {
		return own, err
	}
	defer func() { _ = conn.Close() }()
	answers := bufio.NewReaderSize(conn, 16<<10)
	// With a pace, the connections start spread over it.
	due := time.Now().Add(l.pace * time.Duration(number) / time.Duration(l.connections))
	for sent := 0; ctx.Err() == nil && (requests == 0 || sent < requests) &&
		(requests > 0 || time.Now().Before(until)); sent++ {
		start := time.Now()
		if l.pace > 0 {
			if wait := due.Sub(start); wait > 0 {
				time.Sleep(wait)
				start = time.Now()
			} else if sent > 0 {
				start = due // the previous response came late, and the delay counts for this request
			}
			due = due.Add(l.pace)
		}

		if _, err := conn.Write(l.next(number, sent)); err != nil {
			return own, err
		}

		refusal, err := readAnswer(answers)
		switch {
		case err != nil:
			return own, err
		case refusal != "" && (!l.shed || !strings.Contains(refusal, `"OVERLOADED"`)):
			return own, fmt.Errorf("%s refused: %s", l.address, refusal)
		case refusal != "":
			own.refused++
			continue
		}

		own.waits = append(own.waits, time.Since(start))
		own.requests++
	}

	return own, nil
}

var (
	lengthHeader = []byte("Content-Length: ")
	ok200        = []byte("HTTP/1.1 200 ")
	errorsFirst  = []byte(`{"errors"`)
)

// readAnswer reads one response. refusal is its text unless it is a success.
func readAnswer(answers *bufio.Reader) (refusal string, err error) {
	length, good := -1, false
	for first := true; ; first = false {
		line, err := answers.ReadSlice('\n')
		if err != nil {
			return "", err
		}
		if first {
			good = bytes.HasPrefix(line, ok200)
		}

		if value, found := bytes.CutPrefix(line, lengthHeader); found {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return "", err
			}
		}

		if len(bytes.TrimSpace(line)) == 0 {
			break
		}
	}

	if length < 0 {
		return "", errors.New("an answer has no Content-Length")
	}

	head, err := answers.Peek(min(length, len(errorsFirst)))
	if err != nil {
		return "", err
	}
	if good && !bytes.Equal(head, errorsFirst) {
		_, err = answers.Discard(length)
		return "", err
	}

	text := make([]byte, length)
	_, err = io.ReadFull(answers, text)

	return string(text), err
}
