package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// profileAddress is where a binary with the build tag `profile` serves its profiles (profile.go at the root).
const profileAddress = "127.0.0.1:6060"

// profile writes the CPU profile of a server under load, which the Go compiler reads as release.pgo: half of the
// time reads alone, half of it the mix.
func profile(ctx context.Context, folder string, o options) (err error) {
	binary := filepath.Join(folder, "accountql")
	if err := goBuild(ctx, binary, "-trimpath", "-tags", "profile", "."); err != nil {
		return err
	}

	address, err := freeAddress(ctx)
	if err != nil {
		return err
	}

	server, _, err := startServer(ctx, binary, folder, database, address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	own, err := enrol(ctx, address)
	if err != nil {
		return err
	}

	seconds := max(1, int(o.lasting.Seconds()*float64(o.rounds)))
	ended := make(chan error, 1)
	go func() { ended <- fetchProfile(ctx, server, o.pgo, seconds) }()
	const count = 16
	part := time.Duration(seconds) * time.Second / 2
	for _, next := range []func(int, int) []byte{own.reads, own.mixed} {
		if _, err := (load{address: address, connections: count, next: next, shed: true}).drive(ctx, part,
			0); err != nil {
			return err
		}
	}

	return <-ended
}

// fetchProfile writes the CPU profile of a server to a file, after it has checked that the profiles are those of this
// server: the port is the same for all.
func fetchProfile(ctx context.Context, server *process, file string, seconds int) (err error) {
	commandLine, err := fetch(ctx, "cmdline")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, commandLine.Close()) }()

	text, err := io.ReadAll(commandLine)
	if err != nil {
		return err
	}
	if !bytes.Equal(text, []byte(strings.Join(server.command.Args, "\x00"))) {
		return fmt.Errorf("another process serves its profiles on %s: %q", profileAddress, text)
	}

	profile, err := fetch(ctx, fmt.Sprintf("profile?seconds=%d", seconds))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, profile.Close()) }()

	into, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, into.Close()) }()
	_, err = io.Copy(into, profile)

	return err
}

// fetch requests one of the pages of net/http/pprof.
func fetch(ctx context.Context, page string) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet,
		fmt.Sprintf("http://%s/debug/pprof/%s", profileAddress, page), http.NoBody)
	if err != nil {
		return nil, err
	}

	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, errors.Join(errors.New("the profile was refused: "+response.Status), response.Body.Close())
	}

	return response.Body, nil
}
