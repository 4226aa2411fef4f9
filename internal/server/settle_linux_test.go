package server

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestSettle gives pages of the test's own program back, and goes on with it.
func TestSettle(t *testing.T) {
	before := filePages(t)
	settle()
	if after := filePages(t); after >= before {
		t.Errorf("%d kB of files are mapped after %d", after, before)
	}
}

// filePages returns how many kilobytes of files the process has mapped.
func filePages(t *testing.T) (kilobytes int) {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}

	_, value, _ := strings.Cut(string(status), "RssFile:")
	if _, err := fmt.Sscan(value, &kilobytes); err != nil {
		t.Fatal(err)
	}

	return kilobytes
}

// TestUnchanged guards that only pages that equal the file are given back.
func TestUnchanged(t *testing.T) {
	const rest = "Size: 8 kB\nAnonymous: 0 kB\nSwap: 0 kB\nVmFlags: rd mr mw me sd\n"
	maps := "1000-2000 r-xp 00000000 fe:00 7 /bin/my program\n" + rest +
		"2000-3000 rw-p 00001000 fe:00 7 /bin/my program\n" + rest +
		"3000-5000 r--p 00002000 fe:00 7 /bin/my program\n" + rest +
		"5000-6000 r--p 00004000 fe:00 7 /bin/my program\nAnonymous: 4 kB\nSwap: 0 kB\nVmFlags: rd\n" +
		"6000-7000 r--p 00005000 fe:00 7 /bin/my program\nAnonymous: 0 kB\nSwap: 4 kB\nVmFlags: rd\n" +
		"7000-8000 r--p 00006000 fe:00 7 /bin/my program\nSwap: 0 kB\nVmFlags: rd\n" +
		"8000-9000 r--s 00007000 fe:00 7 /bin/my program\n" + rest +
		"9000-a000 r--p 00000000 fe:00 8 /lib/other\n" + rest +
		"a000-b000 r--p 00000000 00:00 0\n" + rest + "\nodd\nodd:\n" +
		"b000-c000 r--p 00007000 fe:00 7 /bin/my program (deleted)\n" + rest

	want := []mapped{{0x1000, 0x2000}, {0x3000, 0x5000}}
	if got := unchanged(maps, "/bin/my program"); !slices.Equal(got, want) {
		t.Errorf("parts are given back: %x, want %x", got, want)
	}
}
