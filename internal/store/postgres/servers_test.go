package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

// silent returns the address of a machine that accepts connections, and says nothing.
func silent(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener.Addr().String()
}

// across returns the URL of several servers with one database.
func across(database string, servers ...string) string {
	return "postgres://postgres@" + strings.Join(servers, ",") + "/" + database +
		"?sslmode=disable&target_session_attrs=read-write"
}

// TestSilentServer opens a database whose first server does not answer. It is not waited for.
func TestSilentServer(t *testing.T) {
	cluster := postgrestest.NewCluster(t)
	storetest.Migrated(t, cluster.URL("postgres"))
	address := across("postgres", silent(t), fmt.Sprintf("127.0.0.1:%d", cluster.Port))
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	s, err := store.Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()

	// Readiness has two seconds, also for its first connection to each pool.
	ready, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if err := s.Ready(ready); err != nil {
		t.Error(err)
	}
}

// TestNoServer opens a database none of whose servers can be used: the error names each.
func TestNoServer(t *testing.T) {
	began := time.Now()
	refusing := "127.0.0.1:1"
	_, err := store.Open(t.Context(), across("postgres", silent(t), refusing))
	if err == nil || !strings.Contains(err.Error(), refusing) || strings.Contains(err.Error(), "\n") {
		t.Errorf("the error is %v", err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}

// TestReplacedServer lets a server fall silent whose connections are in the pools. As soon as one request has failed,
// the others use the server that answers.
func TestReplacedServer(t *testing.T) {
	cluster := postgrestest.NewCluster(t)
	storetest.Migrated(t, cluster.URL("postgres"))
	servers := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	proxies := make([]*toxiproxy.Proxy, 2)
	for i := range proxies {
		proxies[i] = toxiproxy.NewProxy(servers, fmt.Sprint(i), "127.0.0.1:0", fmt.Sprintf("127.0.0.1:%d", cluster.Port))
		if err := proxies[i].Start(); err != nil {
			t.Fatal(err)
		}
		defer proxies[i].Stop()
	}

	s, err := store.Open(t.Context(), across("postgres", proxies[0].Listen, proxies[1].Listen))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()

	const requests = 4
	write := func() (failed int) {
		ended := make(chan error)
		var begun [requests]engine.Tx
		for i := range requests {
			go func() {
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				tx, err := s.Engine().Begin(ctx)
				if err == nil {
					begun[i] = tx
					_, err = tx.ExecContext(ctx, "DELETE FROM budgets")
				}
				ended <- err
			}()
		}
		for range requests {
			if err := <-ended; err != nil {
				failed++
			}
		}
		// All of them were open at the same time, on a connection each.
		for _, tx := range begun {
			if tx != nil {
				_ = tx.Rollback()
			}
		}

		return failed
	}

	proxies[1].Stop() // so that all connections are to the other one
	if failed := write(); failed > 0 {
		t.Fatalf("%d requests failed", failed)
	}

	if err := proxies[1].Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := proxies[0].Toxics.AddToxicJson(
		strings.NewReader(`{"name":"silent","type":"timeout","stream":"downstream","attributes":{"timeout":0}}`)); err != nil {
		t.Fatal(err)
	}

	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	err = s.InTx(ctx, func(tx account.Tx) error {
		_, err := tx.SpendBudget(ctx, "key", now, time.Hour)
		return err
	})
	if models.CodeOf(err) != models.CodeUnavailable {
		t.Errorf("a write to a silent server: %v", err)
	}

	time.Sleep(2 * time.Second) // the search takes half a second
	if failed := write(); failed > 0 {
		t.Errorf("%d requests waited for the silent server", failed)
	}
}

// TestCommitThatWaitsIsNotCancelled cuts the connection of a COMMIT that waits for a standby. Nobody may see its change:
// a repeated request would report a success that the standby does not have.
func TestCommitThatWaitsIsNotCancelled(t *testing.T) {
	cluster := postgrestest.NewCluster(t, "synchronous_commit=on")
	storetest.Migrated(t, cluster.URL("postgres"))
	servers := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	proxy := toxiproxy.NewProxy(servers, "server", "127.0.0.1:0", fmt.Sprintf("127.0.0.1:%d", cluster.Port))
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	defer proxy.Stop()
	s, err := store.Open(t.Context(), across("postgres", proxy.Listen))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()

	db := postgrestest.Open(t, cluster.URL("postgres"))
	execute := func(statements ...string) {
		for _, statement := range statements {
			if _, err := db.Exec(statement); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
	}
	execute("CREATE TABLE marks (mark text)", "ALTER SYSTEM SET synchronous_standby_names = 'away'", "SELECT pg_reload_conf()")

	committed := make(chan error)
	go func() {
		tx, err := s.Engine().Begin(context.Background())
		if err == nil {
			_, err = tx.ExecContext(context.Background(), "INSERT INTO marks VALUES ('made')")
		}
		committed <- errors.Join(err, tx.Commit())
	}()
	waits := func() bool { return count(t, db, "pg_stat_activity WHERE wait_event = 'SyncRep'") == 1 }
	for deadline := time.Now().Add(10 * time.Second); !waits(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("no COMMIT waits for the standby")
		}
	}

	// The connection breaks, and the network works again at once.
	proxy.Stop()
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	if err := <-committed; err == nil {
		t.Error("a COMMIT without an answer succeeded")
	}

	time.Sleep(500 * time.Millisecond)
	if !waits() || count(t, db, "marks") != 0 {
		t.Error("the COMMIT was cancelled, and everybody sees its change")
	}

	// It is done when the standby has it, or, as here, when there is none any more.
	execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
	for deadline := time.Now().Add(10 * time.Second); count(t, db, "marks") != 1; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the COMMIT is lost")
		}
	}
}

func count(t *testing.T, db *sql.DB, from string) (n int) {
	t.Helper()
	if err := db.QueryRow("SELECT count(*) FROM " + from).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
