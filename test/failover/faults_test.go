//go:build failover

package failover

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// fault is what happens to the leader. strike returns a function that ends the fault, which is called once the service
// works again.
type fault struct {
	name, what string
	// disk is the size of each node's disk, if it is limited.
	disk string
	// inPlace is true if the same node may lead again at once.
	inPlace bool
	strike  func(c *cluster, leader *node, round int) (end func())
}

var faults = []fault{
	{
		name: "crash", what: "PostgreSQL of the leader killed with -9", inPlace: true,
		strike: func(_ *cluster, leader *node, _ int) func() {
			send(leader.postgres(), syscall.SIGKILL)
			return func() {}
		},
	},
	{
		name: "kill", what: "PostgreSQL and Patroni of the leader killed with -9, as when its machine is lost",
		strike: func(_ *cluster, leader *node, _ int) func() {
			leader.signal(syscall.SIGKILL)
			return leader.start
		},
	},
	{
		name: "pause", what: "the leader stopped (`SIGSTOP`), and woken when another one leads",
		strike: func(_ *cluster, leader *node, _ int) func() {
			leader.signal(syscall.SIGSTOP)
			return func() { leader.signal(syscall.SIGCONT) }
		},
	},
	{
		name: "cut", what: "the leader cut off from etcd, clients and the others: connections hang, or are refused",
		strike: func(c *cluster, leader *node, round int) func() {
			if round%2 == 0 {
				return leader.hang()
			}
			return leader.refuse()
		},
	},
	{
		name: "etcd", what: "the leader cut off from etcd alone",
		strike: func(_ *cluster, leader *node, _ int) func() {
			leader.etcd.Stop()
			return func() { leader.restore(leader.etcd) }
		},
	},
	{
		name: "disk", what: "the leader's disk full, until PostgreSQL can't write its log", disk: "1g",
		strike: func(c *cluster, leader *node, _ int) func() {
			free := fill(c.t, leader.root)
			go leader.exhaust()
			return free
		},
	},
	{
		name: "switchover", what: "`patronictl switchover`",
		strike: func(c *cluster, leader *node, _ int) func() {
			c.switchover(leader)
			return func() {}
		},
	},
}

// hang lets connections to the node and from it to etcd hang, as a network that drops packets.
func (n *node) hang() (end func()) {
	for _, p := range n.proxies() {
		for _, stream := range []string{"upstream", "downstream"} {
			toxic := `{"name":"` + stream + `","type":"timeout","stream":"` + stream + `","attributes":{"timeout":0}}`
			if _, err := p.Toxics.AddToxicJson(strings.NewReader(toxic)); err != nil {
				n.cluster.t.Error(err)
			}
		}
	}

	return func() {
		for _, p := range n.proxies() {
			p.Toxics.ResetToxics(n.cluster.t.Context())
		}
	}
}

// refuse cuts all connections to the node and from it to etcd, and refuses new ones.
func (n *node) refuse() (end func()) {
	for _, p := range n.proxies() {
		p.Stop()
	}
	return func() { n.restore(n.proxies()...) }
}

// mount gives a node a small disk of its own.
func mount(t *testing.T, directory, size string) {
	t.Helper()
	command := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size+",uid=postgres,mode=0700", "tmpfs", directory)
	if text, err := command.CombinedOutput(); err != nil {
		t.Skipf("no tmpfs can be mounted: %v: %s", err, text)
	}

	t.Cleanup(func() { _ = exec.Command("umount", "-l", directory).Run() })
}

// fill uses up the free space of a disk. The returned function frees it again.
func fill(t *testing.T, directory string) (free func()) {
	t.Helper()
	name := filepath.Join(directory, "filler")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()

	for size := 1 << 20; size > 0; {
		n, err := file.Write(make([]byte, size))
		if errors.Is(err, syscall.ENOSPC) && n == 0 {
			size /= 2
		} else if err != nil && !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
	}

	return func() { _ = os.Remove(name) }
}

// exhaust begins new segments of the log until there is no space for one.
func (n *node) exhaust() {
	for range 200 {
		if _, err := n.psql("SELECT pg_switch_wal() FROM pg_logical_emit_message(true, 'fill', 'x')"); err != nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}
