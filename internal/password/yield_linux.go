package password

import "syscall"

// yield lets whoever waits for this processor have it. The kernel would leave it
// to the hash until its next tick, four milliseconds in which a read waits.
func yield() { _, _, _ = syscall.RawSyscall(syscall.SYS_SCHED_YIELD, 0, 0, 0) }
