package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
)

// jitFolder has the server of graphql-jit, which needs Node and the packages that `npm ci` installs there.
const jitFolder = "bench/baseline/graphqljit"

// startBaselines starts the servers that AccountQL is compared with, and checks that they give the same answer.
func (b *bench) startBaselines(ctx context.Context, binary string) (err error) {
	for kind, into := range map[string]**process{"fixed": &b.fixed, "bare": &b.bare, "hash": &b.hash} {
		if *into, err = startBaseline(ctx, binary, kind); err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
	}

	if b.noJIT = withoutJIT(); b.noJIT == "" {
		for processes, into := range map[string]**process{"1": &b.jit, "2": &b.jitPair} {
			script := filepath.Join(jitFolder, "server.mjs")
			if *into, err = startBaseline(ctx, "node", script, processes); err != nil {
				return fmt.Errorf("graphql-jit: %w", err)
			}
		}
	}

	return b.checkAnswers(ctx)
}

// withoutJIT returns why graphql-jit can't be started, or "".
func withoutJIT() string {
	if _, err := exec.LookPath("node"); err != nil {
		return "Node is not installed"
	}
	if _, err := os.Stat(filepath.Join(jitFolder, "node_modules")); err != nil {
		return "`npm ci` has not been run in " + jitFolder
	}

	return ""
}

// baselines returns the baselines that answer the account query, and run.
func (b *bench) baselines() []target {
	all := []target{
		{name: "fixed bytes", process: b.fixed}, {name: "bare gqlgen", process: b.bare},
		{name: jitName, process: b.jit}, {name: "graphql-jit, 2 processes", process: b.jitPair},
	}
	if b.jit == nil {
		return all[:2]
	}

	return all
}

const jitName = "graphql-jit, 1 process"

func (b *bench) stopBaselines() error {
	var failures []error
	for _, one := range []*process{b.fixed, b.bare, b.hash, b.jit, b.jitPair} {
		if one != nil {
			failures = append(failures, one.stop())
		}
	}

	return errors.Join(failures...)
}

// startBaseline starts a baseline. Its first line is the address that it listens on, and the IDs of its processes
// if it has several.
func startBaseline(ctx context.Context, binary string, args ...string) (*process, error) {
	command := exec.CommandContext(ctx, binary, args...) //nolint:gosec // our own programs
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}

	p := &process{command: command, pids: []int{command.Process.Pid}}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return p, err
	}

	p.address, p.pids, err = parseBaseline(line, p.pids)

	return p, err
}

// parseBaseline reads a baseline's first line; a process that says no IDs has only its own.
func parseBaseline(line string, own []int) (address string, pids []int, err error) {
	fields := strings.Fields(line)
	if len(fields) == 0 {
		return "", own, errors.New("a baseline says no address")
	}

	for _, field := range fields[1:] {
		pid, err := strconv.Atoi(field)
		if err != nil {
			return "", own, err
		}
		pids = append(pids, pid)
	}
	if len(pids) == 0 {
		pids = own
	}

	return fields[0], pids, nil
}

// checkAnswers returns an error unless all baselines answer the account query with the same data.
func (b *bench) checkAnswers(ctx context.Context) error {
	var first any
	for _, one := range b.baselines() {
		data, err := answerOf(ctx, one.process.address)
		if err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}

		if first == nil {
			first = data
		}
		if !reflect.DeepEqual(data, first) {
			return fmt.Errorf("%s answers %v, and fixed bytes are %v", one.name, data, first)
		}
	}

	return nil
}

func answerOf(ctx context.Context, address string) (any, error) {
	body, err := json.Marshal(map[string]string{"query": accountDocument})
	if err != nil {
		return nil, err
	}

	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/graphql",
		bytes.NewReader(body))
	if err != nil {
		return nil, err
	}

	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()

	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}

	var data any

	return data, json.Unmarshal(text, &data)
}
