//go:build failover

package failover

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"

	"github.com/accountql/accountql/internal/store/postgrestest"
)

// configuration is the file that operators use.
const configuration = "../../deploy/patroni/patroni.yml"

// node is one PostgreSQL server and its Patroni. All that it hears of the others, and they of it, goes through proxies.
type node struct {
	cluster *cluster
	name    string
	// root is its disk.
	root string
	// port is PostgreSQL's, and rest that of Patroni's API.
	port, rest int
	// The proxies stand before its PostgreSQL, for clients and for other servers, before its API, and before etcd.
	clients, replicas, api, etcd *toxiproxy.Proxy
	stop                         func()
	output                       *os.File
}

func newNode(c *cluster, number int, disk string) *node {
	c.t.Helper()
	n := &node{
		cluster: c, name: fmt.Sprintf("db%d", number), root: newDirectory(c.t), port: freePort(c.t), rest: freePort(c.t),
	}
	if disk != "" {
		mount(c.t, n.root, disk)
	}

	c.certify(n.root, 1)
	copied := exec.Command("sh", "-c", `cp "$0/ca.crt" . && chown postgres server.key && chmod 644 server.crt ca.crt`, c.authority)
	copied.Dir = n.root
	if text, err := copied.CombinedOutput(); err != nil {
		c.t.Fatalf("certificates: %s", text)
	}

	n.clients, n.replicas = n.proxy("clients", n.port), n.proxy("replicas", n.port)
	n.api = n.proxy("api", n.rest)
	_, port, _ := strings.Cut(c.etcd, ":")
	etcd, _ := strconv.Atoi(port)
	n.etcd = n.proxy("etcd", etcd)
	c.t.Cleanup(n.end)

	return n
}

func (n *node) proxy(name string, port int) *toxiproxy.Proxy {
	n.cluster.t.Helper()
	p := toxiproxy.NewProxy(n.cluster.proxies, n.name+name, "127.0.0.1:0", fmt.Sprintf("127.0.0.1:%d", port))
	if err := p.Start(); err != nil {
		n.cluster.t.Fatal(err)
	}
	n.cluster.t.Cleanup(p.Stop)
	return p
}

// proxies returns all connections to others.
func (n *node) proxies() []*toxiproxy.Proxy {
	return []*toxiproxy.Proxy{n.clients, n.replicas, n.api, n.etcd}
}

// restore starts proxies again that were stopped.
func (n *node) restore(proxies ...*toxiproxy.Proxy) {
	for _, p := range proxies {
		if err := p.Start(); err != nil {
			n.cluster.t.Error(err)
		}
	}
}

// environment returns what is different on each server, as in deploy/patroni/node.env.
func (n *node) environment() []string {
	environment := []string{
		"PATRONI_NAME=" + n.name,
		// Through the proxy alone, without looking for other members of etcd.
		"PATRONI_" + etcdVersion() + "_PROXY=http://" + n.etcd.Listen,
		fmt.Sprintf("PATRONI_RESTAPI_LISTEN=127.0.0.1:%d", n.rest),
		"PATRONI_RESTAPI_CONNECT_ADDRESS=" + n.api.Listen,
		"PATRONI_RESTAPI_USERNAME=patroni", "PATRONI_RESTAPI_PASSWORD=" + secret,
		fmt.Sprintf("PATRONI_POSTGRESQL_LISTEN=127.0.0.1:%d", n.port),
		"PATRONI_POSTGRESQL_CONNECT_ADDRESS=" + n.replicas.Listen,
		"PATRONI_POSTGRESQL_DATA_DIR=" + n.data(),
		"PATRONI_POSTGRESQL_BIN_DIR=" + binaries(),
		"PATRONI_POSTGRESQL_PGPASS=" + filepath.Join(n.root, "pgpass"),
		"PATRONI_SUPERUSER_USERNAME=postgres", "PATRONI_SUPERUSER_PASSWORD=" + secret,
		"PATRONI_REPLICATION_USERNAME=replicator", "PATRONI_REPLICATION_PASSWORD=" + secret,
		"PATRONI_REWIND_USERNAME=rewind", "PATRONI_REWIND_PASSWORD=" + secret,
	}
	for _, user := range []string{"SUPERUSER", "REPLICATION", "REWIND"} {
		environment = append(environment, "PATRONI_"+user+"_SSLMODE=verify-full",
			"PATRONI_"+user+"_SSLROOTCERT="+filepath.Join(n.root, "ca.crt"))
	}

	return environment
}

// etcdVersion returns which API of etcd Patroni must use. Before 3.0.3, with the newer API, a leader that was paused takes
// its place back when it wakes, and what the other one acknowledged in the meantime is lost.
func etcdVersion() string {
	text, _ := exec.Command("patroni", "--version").Output()
	var major, minor, patch int
	_, _ = fmt.Sscanf(string(text), "patroni %d.%d.%d", &major, &minor, &patch)
	if major < 3 || major == 3 && minor == 0 && patch < 3 {
		return "ETCD"
	}
	return "ETCD3"
}

func (n *node) data() string { return filepath.Join(n.root, "data") }

// binaries returns the directory of PostgreSQL's programs, of the newest version.
func binaries() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	return filepath.Dir(slices.Max(found))
}

// start starts Patroni, which starts PostgreSQL.
func (n *node) start() {
	n.cluster.t.Helper()
	if n.stop != nil {
		n.stop() // it was killed
	}

	text, err := os.ReadFile(configuration)
	if err == nil {
		text = bytes.ReplaceAll(text, []byte("/etc/patroni/"), []byte(n.root+"/"))
		err = os.WriteFile(filepath.Join(n.root, "patroni.yml"), text, 0o644)
	}
	if err != nil {
		n.cluster.t.Fatal(err)
	}

	// The shell leaves its process, and its id, to Patroni, which must not ignore the signal that ends it, as a program in
	// the background does.
	const script = `root="$1"; shift; echo $$ >"$root/patroni.pid"; cd "$root"
exec env --default-signal=INT "$@" patroni "$root/patroni.yml"`
	n.stop, n.output, err = postgrestest.Daemon("", "sh",
		append([]string{"-c", script, "sh", n.root}, n.environment()...)...)
	if err != nil {
		n.cluster.t.Fatal(err)
	}
}

// end stops Patroni and PostgreSQL with the test.
func (n *node) end() {
	n.signal(syscall.SIGCONT)
	send(n.processIn(filepath.Join(n.root, "patroni.pid")), syscall.SIGKILL)
	// An immediate shutdown leaves no shared memory behind, as SIGKILL does.
	postmaster := filepath.Join(n.data(), "postmaster.pid")
	send(n.processIn(postmaster), syscall.SIGQUIT)
	for deadline := time.Now().Add(10 * time.Second); n.processIn(postmaster) != nil; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			send(n.postgres(), syscall.SIGKILL)
		}
	}

	if n.stop != nil {
		n.stop()
		n.stop = nil
	}
}

// rebuild ends whatever runs on the node, and lets Patroni create its data anew, as an operator does.
func (n *node) rebuild() {
	n.cluster.t.Helper()
	n.end()
	text, err := exec.Command("pgrep", "-f", n.root+"/").Output()
	for _, pid := range strings.Fields(string(text)) {
		if left, err := strconv.Atoi(pid); err == nil {
			_ = syscall.Kill(left, syscall.SIGKILL)
		}
	}

	// An error of pgrep says that nothing is left.
	if err == nil {
		time.Sleep(time.Second)
	}
	if err := os.RemoveAll(n.data()); err != nil {
		n.cluster.t.Fatal(err)
	}
	n.start()
}

// keep writes Patroni's and PostgreSQL's log into a directory.
func (n *node) keep(directory string) error {
	return os.WriteFile(filepath.Join(directory, n.name+".log"), []byte(postgrestest.Tail(n.output)), 0o644)
}

// processes returns Patroni's process, and PostgreSQL's with all of its children.
func (n *node) processes() []int {
	return append(n.processIn(filepath.Join(n.root, "patroni.pid")), n.postgres()...)
}

// postgres returns PostgreSQL's process and all of its children.
func (n *node) postgres() []int {
	all := n.processIn(filepath.Join(n.data(), "postmaster.pid"))
	for _, postmaster := range slices.Clone(all) {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", postmaster, postmaster))
		for _, child := range strings.Fields(string(text)) {
			if pid, err := strconv.Atoi(child); err == nil {
				all = append(all, pid)
			}
		}
	}

	return all
}

// processIn returns the process whose id is in the first line of a file, if it runs.
func (n *node) processIn(file string) []int {
	text, _ := os.ReadFile(file)
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	// A file that a killed process left may name another program's process by now.
	command, failed := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil || failed != nil || !strings.Contains(string(command), n.root) {
		return nil
	}
	return []int{pid}
}

// signal sends a signal to Patroni and PostgreSQL.
func (n *node) signal(signal syscall.Signal) { send(n.processes(), signal) }

func send(processes []int, signal syscall.Signal) {
	for _, pid := range processes {
		_ = syscall.Kill(pid, signal) // it may just have ended
	}
}

// sql runs a statement as the superuser.
func (n *node) sql(statement string) {
	n.cluster.t.Helper()
	if text, err := n.psql(statement); err != nil {
		n.cluster.t.Fatalf("%s: %v: %s", statement, err, text)
	}
}

// query returns the single value of a query, or "" if it fails.
func (n *node) query(statement string) string {
	text, err := n.psql(statement)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(text)
}

func (n *node) psql(statement string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, "psql", "-X", "-A", "-t", "-q", "-c", statement,
		fmt.Sprintf("postgres://postgres:%s@127.0.0.1:%d/postgres?connect_timeout=2", secret, n.port))
	text, err := command.CombinedOutput()
	return string(text), err
}
