//go:build failover

package failover

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/test/journal"
)

// size is how many servers a cluster has.
const size = 3

// secret is the password of every user of a cluster.
const secret = "river-bank-of-a-test"

// cluster is three PostgreSQL servers under Patroni, with an etcd, on loopback.
type cluster struct {
	t     *testing.T
	nodes []*node
	// etcd is the address of etcd, past the proxies.
	etcd string
	// authority is a folder with ca.crt and ca.key.
	authority string
	// proxies serve all the nodes' proxies.
	proxies *toxiproxy.ApiServer
}

// require skips the tests if a program is missing.
func require(t *testing.T) {
	t.Helper()
	for _, program := range []string{"patroni", "patronictl", "etcd"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("no %s: apt-get install patroni etcd-server", program)
		}
	}
	if found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres"); err != nil || len(found) == 0 {
		t.Skip("no PostgreSQL in /usr/lib/postgresql")
	}
	if os.Geteuid() != 0 {
		t.Skip("only root can stop the processes of the user postgres and mount small disks")
	}
}

// memory holds the data directories: nothing in these tests depends on what a power cut leaves on a disk.
const memory = "/dev/shm"

// newCluster starts a cluster with a database and a user for AccountQL. Each node's disk has the size that disk says,
// unless it is empty.
func newCluster(t *testing.T, disk string) *cluster {
	t.Helper()
	require(t)
	c := &cluster{t: t, proxies: toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())}
	c.startEtcd()
	c.authority = t.TempDir()
	c.certify(c.authority, 0)
	for number := range size {
		c.nodes = append(c.nodes, newNode(c, number+1, disk))
	}
	t.Cleanup(c.keepLogs)
	for _, n := range c.nodes {
		n.start()
	}

	c.healthy()
	c.leader().sql("CREATE ROLE accountql LOGIN PASSWORD '" + secret + "'")
	c.leader().sql("CREATE DATABASE accountql OWNER accountql ENCODING 'UTF8' TEMPLATE template0")
	// A standby that doesn't have the database yet would refuse the service for good.
	c.await("every server has the database", func() bool {
		return !slices.ContainsFunc(c.nodes, func(n *node) bool {
			return n.query("SELECT count(*) FROM pg_database WHERE datname = 'accountql'") != "1"
		})
	})

	c.onlyTLS()

	return c
}

// onlyTLS checks that the standbys follow by TLS, and that nobody gets in without it.
func (c *cluster) onlyTLS() {
	c.t.Helper()
	leader := c.leader()
	const safe = "SELECT count(*) FROM pg_stat_replication JOIN pg_stat_ssl USING (pid) WHERE ssl"
	if standbys := leader.query(safe); standbys != "2" {
		c.t.Fatalf("%s standbys follow by TLS", standbys)
	}

	for _, user := range []string{"accountql", "postgres"} {
		text, err := exec.Command("psql", "-X", "-c", "SELECT 1", fmt.Sprintf(
			"postgres://%s:%s@127.0.0.1:%d/accountql?sslmode=disable", user, secret, leader.port)).CombinedOutput()
		if err == nil || !strings.Contains(string(text), "no encryption") {
			c.t.Fatalf("%s without TLS: %v: %s", user, err, text)
		}
	}
}

func (c *cluster) startEtcd() {
	c.t.Helper()
	directory := newDirectory(c.t)
	client, peer := freePort(c.t), freePort(c.t)
	c.etcd = fmt.Sprintf("127.0.0.1:%d", client)
	stop, _, err := postgrestest.Daemon("", "etcd", "--data-dir", filepath.Join(directory, "etcd"),
		"--listen-client-urls", "http://"+c.etcd, "--advertise-client-urls", "http://"+c.etcd,
		"--listen-peer-urls", fmt.Sprintf("http://127.0.0.1:%d", peer),
		"--initial-advertise-peer-urls", fmt.Sprintf("http://127.0.0.1:%d", peer),
		"--initial-cluster", fmt.Sprintf("default=http://127.0.0.1:%d", peer), "--log-level", "error", "--enable-v2")
	if err != nil {
		c.t.Fatal(err)
	}

	c.t.Cleanup(stop)
	c.await("etcd answers", func() bool {
		conn, err := net.Dial("tcp", c.etcd)
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	})
}

// certify runs a command of docs/postgresql.md that makes certificates in a folder: the first is that of the authority,
// the second that of a server, which has a number instead of a name here.
func (c *cluster) certify(folder string, command int) {
	c.t.Helper()
	page, err := os.ReadFile("../../docs/postgresql.md")
	if err != nil {
		c.t.Fatal(err)
	}

	commands := regexp.MustCompile(`(?m)^openssl req .*$`).FindAllString(string(page), -1)
	if len(commands) != 2 {
		c.t.Fatalf("docs/postgresql.md has %d commands for certificates", len(commands))
	}
	line := strings.NewReplacer("DNS:db1.internal", "IP:127.0.0.1", "-CA ", "-CA "+c.authority+"/", "-CAkey ",
		"-CAkey "+c.authority+"/").Replace(commands[command])
	run := exec.Command("sh", "-c", line)
	run.Dir = folder
	if text, err := run.CombinedOutput(); err != nil {
		c.t.Fatalf("%s: %v: %s", line, err, text)
	}
}

// newDirectory returns a directory that PostgreSQL's user owns, and that is removed with the test.
func newDirectory(t *testing.T) string {
	t.Helper()
	directory, err := os.MkdirTemp(memory, "failover-")
	if err != nil {
		t.Fatal(err)
	}

	t.Cleanup(func() { _ = os.RemoveAll(directory) })
	if text, err := exec.Command("chown", "postgres", directory).CombinedOutput(); err != nil {
		t.Fatalf("chown: %s", text)
	}

	return directory
}

// lastPort is the last port that was given away. The system gives those from 32768 on to whoever connects.
var lastPort atomic.Int32

func freePort(t *testing.T) int {
	t.Helper()
	lastPort.CompareAndSwap(0, 21000)
	for {
		port := int(lastPort.Add(1))
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			_ = listener.Close()
			return port
		}
		if port > 32000 {
			t.Fatal(err)
		}
	}
}

// keepLogs says where the logs of a failed test are.
func (c *cluster) keepLogs() {
	if !c.t.Failed() {
		return
	}

	directory, err := os.MkdirTemp("", "failover-logs-")
	for _, n := range c.nodes {
		err = errors.Join(err, n.keep(directory))
	}
	c.t.Logf("the logs of the servers are in %s: %v", directory, err)
}

func (c *cluster) await(what string, is func() bool) {
	c.t.Helper()
	for deadline := time.Now().Add(journal.Patience); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			c.t.Fatalf("in vain: %s", what)
		}
	}
}

// member is a node as Patroni's API lists it.
type member struct{ Name, Role, State string }

// members asks every node's Patroni for the members, past the proxies, and returns the first answer.
func (c *cluster) members() []member {
	client := http.Client{Timeout: time.Second}
	for _, n := range c.nodes {
		reply, err := client.Get(fmt.Sprintf("http://127.0.0.1:%d/cluster", n.rest))
		if err != nil {
			continue
		}

		var all struct{ Members []member }
		err = json.NewDecoder(reply.Body).Decode(&all)
		_ = reply.Body.Close()
		if err == nil {
			return all.Members
		}
	}

	return nil
}

// healthy waits until the cluster is whole.
func (c *cluster) healthy() {
	c.t.Helper()
	c.await("the cluster is healthy", c.isHealthy)
}

// healed waits until the cluster is whole after a fault. It reports whether the former leader had to be created anew:
// Patroni before 4.0.6 may start it twice after it was cut off.
func (c *cluster) healed(former *node) (rebuilt bool) {
	c.t.Helper()
	for deadline := time.Now().Add(journal.Patience / 2); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if c.isHealthy() {
			return false
		}
	}

	former.rebuild()
	c.healthy()

	return true
}

// isHealthy reports whether one server accepts writes, two follow it, and one of them confirms its commits.
func (c *cluster) isHealthy() bool {
	roles := map[string]int{}
	for _, m := range c.members() {
		if m.State == "running" || m.State == "streaming" {
			roles[m.Role]++
		}
	}
	if roles["leader"] != 1 || roles["sync_standby"] != 1 || roles["replica"] != 1 {
		return false
	}

	leader := c.leading()

	return leader != nil && leader.query("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") == "2" &&
		leader.query("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == "1"
}

// leading returns the node that Patroni says is the leader, or nil.
func (c *cluster) leading() *node {
	for _, m := range c.members() {
		if m.Role == "leader" {
			if at := slices.IndexFunc(c.nodes, func(n *node) bool { return n.name == m.Name }); at >= 0 {
				return c.nodes[at]
			}
		}
	}
	return nil
}

// leader returns the node that accepts writes.
func (c *cluster) leader() *node {
	c.t.Helper()
	var leader *node
	c.await("there is a leader", func() bool {
		leader = c.leading()
		return leader != nil
	})

	return leader
}

// url returns the URL of all servers, through the proxies or past them.
func (c *cluster) url(past bool) string {
	hosts := make([]string, size)
	for i, n := range c.nodes {
		hosts[i] = n.clients.Listen
		if past {
			hosts[i] = fmt.Sprintf("127.0.0.1:%d", n.port)
		}
	}

	return "postgres://accountql:" + secret + "@" + strings.Join(hosts, ",") +
		"/accountql?sslmode=verify-full&sslrootcert=" + filepath.Join(c.authority, "ca.crt") +
		"&target_session_attrs=read-write"
}

// switchover moves the leadership from a node to another one in an orderly way.
func (c *cluster) switchover(leader *node) {
	c.t.Helper()
	command := exec.Command("patronictl", "-c", configuration, "switchover", "--master", leader.name, "--force")
	command.Env = append(os.Environ(), c.nodes[0].environment()...)
	if text, err := command.CombinedOutput(); err != nil {
		c.t.Errorf("patronictl switchover: %v: %s", err, text)
	}
}
