package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
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
	go func() { ended <- fetchProfile(ctx, o.pgo, seconds) }()
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

func fetchProfile(ctx context.Context, file string, seconds int) (err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet,
		fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", profileAddress, seconds), http.NoBody)
	if err != nil {
		return err
	}

	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return errors.New("the profile was refused: " + response.Status)
	}

	into, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, into.Close()) }()
	_, err = io.Copy(into, response.Body)

	return err
}
