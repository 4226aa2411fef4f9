package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server that the benchmark started.
type process struct {
	command *exec.Cmd
	address string
	// pids are the IDs of its operating system processes: baselines may have several.
	pids []int
}

// goBuild builds a program, and copies it: the kernel keeps what the linker writes in large pieces, and maps each piece
// whole, so that a program that was linked a moment ago seems to need ten megabytes more than an installed one.
func goBuild(ctx context.Context, binary string, args ...string) (err error) {
	linked := binary + ".linked"
	build := exec.CommandContext(ctx, "go", append([]string{"build", "-o", linked}, args...)...) //nolint:gosec // our own arguments
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		return err
	}

	from, err := os.Open(linked)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close(), os.Remove(linked)) }()

	const executable = 0o755
	to, err := os.OpenFile(binary, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, executable)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	_, err = io.Copy(to, from)

	return err
}

// database is the file name of a server's own database, in its folder.
const database = "bench.db"

// startServer starts AccountQL in a folder, in development mode without budgets, waits until it is ready, and
// returns how long that took.
func startServer(ctx context.Context, binary, folder, database, address string) (*process, time.Duration, error) {
	command := exec.CommandContext(ctx, binary, "--listen", address, "--rate-limits", "off", "--database", database) //nolint:gosec // built a moment ago
	command.Dir = folder
	log, err := os.OpenFile(filepath.Join(folder, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = log.Close() }()
	command.Stderr = log
	began := time.Now()
	if err := command.Start(); err != nil {
		return nil, 0, err
	}

	p := &process{command, address, []int{command.Process.Pid}}
	const patience, pause = 10 * time.Second, time.Millisecond
	for time.Since(began) < patience {
		if p.ready(ctx) {
			return p, time.Since(began), nil
		}
		time.Sleep(pause)
	}

	return nil, 0, errors.Join(fmt.Errorf("%s was not ready in time, see %s", binary, log.Name()), p.stop())
}

func (p *process) ready(ctx context.Context) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.address+"/readyz", http.NoBody)
	if err != nil {
		return false
	}

	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}

	_ = response.Body.Close()

	return response.StatusCode == http.StatusOK
}

// stop sends SIGTERM to the process and waits until it has ended.
func (p *process) stop() error {
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	_ = p.command.Wait() // the signal ends a baseline
	return nil
}

// cpu returns the processor time that the process has used.
func (p *process) cpu() (time.Duration, error) {
	var all time.Duration
	for _, pid := range p.pids {
		used, err := cpuOf(pid)
		if err != nil {
			return 0, err
		}
		all += used
	}

	return all, nil
}

func cpuOf(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}

	// The name in parentheses may contain spaces; user and system time are the 12th and 13th field after it.
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	const user, system, tick = 11, 12, 10 * time.Millisecond
	if len(fields) <= system {
		return 0, errors.New("/proc says too little of the process")
	}

	var ticks int
	for _, field := range fields[user : system+1] {
		n, err := strconv.Atoi(field)
		if err != nil {
			return 0, err
		}
		ticks += n
	}

	return time.Duration(ticks) * tick, nil
}

// memory returns the resident memory in MB, and the process's own part of it: the rest is pages of the binary,
// which the kernel shares and can drop.
func (p *process) memory() (resident, own float64, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		return 0, 0, err
	}

	read := func(name string) (megabytes float64) {
		_, rest, _ := strings.Cut(string(text), name+":")
		if _, failed := fmt.Sscan(rest, &megabytes); failed != nil {
			err = fmt.Errorf("/proc does not say %s", name)
		}
		const perMega = 1024
		return megabytes / perMega
	}

	resident, own = read("VmRSS"), read("RssAnon")

	return resident, own, err
}

// megabytes returns the size of a file, or 0 if it does not exist.
func megabytes(file string) float64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	const mega = 1 << 20
	return float64(info.Size()) / mega
}
