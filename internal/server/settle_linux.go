package server

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"syscall"
)

// settle gives back to the system what only the start needed: memory, and the pages of the program's own file. The
// kernel keeps these in its cache, and maps them again where they are used.
func settle() {
	debug.FreeOSMemory()
	program, err := os.Executable()
	if err != nil {
		return
	}

	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return
	}

	for _, part := range unchanged(string(maps), program) {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, part.start, part.end-part.start, syscall.MADV_DONTNEED)
	}
}

// mapped is a part of a file in the memory.
type mapped struct{ start, end uintptr }

// unchanged returns the unmodified parts of a program's file. A page that was changed in memory, such as an address
// that the system's linker has filled in, would be lost.
func unchanged(smaps, program string) []mapped {
	var found []mapped
	var part mapped
	values := map[string]string{}

	for line := range strings.Lines(smaps) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}

		const path = 5
		switch name, is := strings.CutSuffix(words[0], ":"); {
		case !is:
			clear(values)
			if len(words) <= path || words[1] != "r-xp" && words[1] != "r--p" {
				continue
			}
			if _, err := fmt.Sscanf(words[0], "%x-%x", &part.start, &part.end); err == nil {
				values["path"] = strings.Join(words[path:], " ")
			}
		case name == "VmFlags": // the last of a part
			if values["path"] == program && values["Anonymous"] == "0" && values["Swap"] == "0" {
				found = append(found, part)
			}
		case len(words) > 1:
			values[name] = words[1]
		}
	}

	return found
}
