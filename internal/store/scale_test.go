//go:build scale

package store_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
)

var (
	scaleSizes  = flag.String("accounts", "1000,100000", "how many accounts, by commas; ratios are to the first")
	scaleEngine = flag.String("engine", "sqlite", "sqlite or postgres")
	scaleRounds = flag.Int("rounds", 5, "how many rounds; in each one every size takes its turn")
	scaleKeep   = flag.String("keep", "", "a directory in which the SQLite files stay for the next run")
)

// active is how many customers are active. They are spread over the whole table, so their rows are cached after the
// first round.
const active = 10_000

// sized is a database with a given number of accounts.
type sized struct {
	*store.Store
	path     string
	accounts int
	// size is in bytes.
	size int64
	made time.Duration
	// busy holds the numbers of the active accounts.
	busy    []int
	figures map[string][]float64
}

// TestScale measures how the number of accounts affects the service's database operations. All databases are
// created first, and then measured in alternation.
func TestScale(t *testing.T) {
	var databases []*sized
	var server *postgrestest.Cluster
	if *scaleEngine == "postgres" {
		// A server that loses no data, with a tenth of this machine's memory.
		server = postgrestest.NewCluster(t, "shared_buffers=2GB", "max_wal_size=4GB")
	}

	for _, text := range strings.Split(*scaleSizes, ",") {
		accounts, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		databases = append(databases, openSized(t, server, accounts))
	}

	parts := []struct {
		name, unit string
		measure    func(d *sized, t *testing.T) float64
	}{
		{"start: open, schema, ready", "ms", (*sized).start},
		{"read, 16 at once", "/s", func(d *sized, t *testing.T) float64 {
			return d.perSecond(t, 32_000, d.busy, d.read)
		}},
		{"read of anybody, 16 at once", "/s", func(d *sized, t *testing.T) float64 {
			return d.perSecond(t, 32_000, nil, d.read)
		}},
		{"durable update, 16 at once", "/s", func(d *sized, t *testing.T) float64 {
			return d.perSecond(t, 8_000, d.busy, d.update)
		}},
		{"durable update of anybody, 16 at once", "/s", func(d *sized, t *testing.T) float64 {
			return d.perSecond(t, 8_000, nil, d.update)
		}},
		{"sign-in without its hash, 16 at once", "/s", func(d *sized, t *testing.T) float64 {
			return d.perSecond(t, 4_000, d.busy, d.signIn)
		}},
		{"search for an address, 16 at once", "/s", func(d *sized, t *testing.T) float64 {
			return d.perSecond(t, 4_000, nil, d.searchAddress)
		}},
		{"search for a name that all have, 16 at once", "/s", func(d *sized, t *testing.T) float64 {
			return d.perSecond(t, 4_000, nil, d.searchName)
		}},
		{"expired sessions reaped", "/s", (*sized).reap},
	}
	for round := range *scaleRounds + 1 {
		for _, part := range parts {
			for _, d := range databases {
				figure := part.measure(d, t)
				if round > 0 { // the first round only warms up
					d.figures[part.name] = append(d.figures[part.name], figure)
				}
			}
		}
	}

	out := &strings.Builder{}
	fmt.Fprintf(out, "\n%s, %d rounds; median (least–most), and the ratio to %d accounts\n\n| |", *scaleEngine,
		*scaleRounds, databases[0].accounts)
	for _, d := range databases {
		fmt.Fprintf(out, " %d accounts |", d.accounts)
	}

	fmt.Fprintf(out, "\n|---|%s\n| on the disk |", strings.Repeat("---|", len(databases)))
	for _, d := range databases {
		fmt.Fprintf(out, " %.1f MB |", float64(d.size)/1e6)
	}

	fmt.Fprint(out, "\n| made in |")
	for _, d := range databases {
		fmt.Fprintf(out, " %.0f s |", d.made.Seconds())
	}

	for _, part := range parts {
		fmt.Fprintf(out, "\n| %s |", part.name)
		for _, d := range databases {
			figures := slices.Sorted(slices.Values(d.figures[part.name]))
			ratios := make([]float64, 0, len(figures))
			for round, figure := range d.figures[part.name] {
				ratios = append(ratios, figure/databases[0].figures[part.name][round])
			}

			slices.Sort(ratios)
			middle := len(figures) / 2
			fmt.Fprintf(out, " %.4g %s (%.4g–%.4g), %.2f |", figures[middle], part.unit, figures[0],
				figures[len(figures)-1], ratios[middle])
		}
	}

	fmt.Fprint(out, "\n| what a migration looks through |")
	for _, d := range databases {
		fmt.Fprintf(out, " %.2f s |", d.lookThrough(t))
	}

	fmt.Fprintln(os.Stdout, out)
}

// openSized creates the database unless it was kept.
func openSized(t *testing.T, server *postgrestest.Cluster, accounts int) *sized {
	t.Helper()
	d := &sized{accounts: accounts, figures: map[string][]float64{}}
	fresh := true
	if server != nil {
		name := fmt.Sprintf("accounts_%d", accounts)
		if err := server.Execute(t.Context(), "postgres", "CREATE DATABASE "+name); err != nil {
			t.Fatal(err)
		}
		d.path = server.URL(name)
	} else {
		directory := *scaleKeep
		if directory == "" {
			directory = t.TempDir()
		}
		d.path = filepath.Join(directory, fmt.Sprintf("accounts-%d.db", accounts))
		_, err := os.Stat(d.path)
		fresh = err != nil
	}

	d.Store = storetest.Migrated(t, d.path)

	if fresh {
		began := time.Now()
		generate(t, d.path, accounts)
		d.made = time.Since(began)
	}

	random := rand.New(rand.NewPCG(1, uint64(accounts)))
	for range min(accounts, active) {
		d.busy = append(d.busy, 1+random.IntN(accounts))
	}

	switch *scaleEngine {
	case "postgres":
		pool, err := postgrestest.Pool(d.path)
		if err == nil {
			err = pool.QueryRow("SELECT pg_database_size(current_database())").Scan(&d.size)
		}
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
	default:
		info, err := os.Stat(d.path)
		if err != nil {
			t.Fatal(err)
		}
		d.size = info.Size()
	}

	return d
}

// start opens the database like a starting process.
func (d *sized) start(t *testing.T) float64 {
	began := time.Now()
	s, err := store.Open(t.Context(), d.path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}

	return float64(time.Since(began).Microseconds()) / 1000
}

// perSecond runs do a number of times from 16 goroutines, each time for one of the given accounts, or for any
// account if none are given.
func (d *sized) perSecond(t *testing.T, times int64, of []int, do func(ctx context.Context, n int) error) float64 {
	var done atomic.Int64
	var group sync.WaitGroup
	began := time.Now()

	for range 16 {
		group.Go(func() {
			for done.Add(1) <= times {
				n := 1 + rand.IntN(d.accounts)
				if of != nil {
					n = of[rand.IntN(len(of))]
				}
				if err := do(t.Context(), n); err != nil {
					t.Errorf("%d: %v", n, err)
					return
				}
			}
		})
	}

	group.Wait()

	return float64(times) / time.Since(began).Seconds()
}

func (d *sized) read(ctx context.Context, n int) error {
	_, session, owner, err := d.Authenticate(ctx, []byte("scale"), account.HashToken(tokenOf(n)), start)
	if err == nil && (session == nil || owner.ID != idOf(n)) {
		err = fmt.Errorf("found %v", session)
	}
	return err
}

func (d *sized) update(ctx context.Context, n int) error {
	return d.InTx(ctx, func(tx account.Tx) error {
		mine, err := tx.LockAccount(ctx, idOf(n))
		if err != nil {
			return err
		}

		city := "Gdańsk"
		mine.City = &city
		if err := tx.UpdateAccount(ctx, mine, "city"); err != nil {
			return err
		}

		return tx.RecordEvent(ctx, event(n, "updateAccount"))
	})
}

// signIn runs the statements of signIn, and signs out at once so that sessions don't accumulate.
func (d *sized) signIn(ctx context.Context, n int) error {
	owner, err := d.AccountByEmail(ctx, models.EmailAddress(emailOf(n)))
	if err != nil {
		return err
	}

	key := "password:" + owner.ID
	if err := d.InTx(ctx, func(tx account.Tx) error {
		_, err := tx.SpendBudget(ctx, key, start, time.Hour)
		return err
	}); err != nil {
		return err
	}

	if err := d.InTx(ctx, func(tx account.Tx) error { return tx.ResetBudget(ctx, key) }); err != nil {
		return err
	}

	id := uuid.Must(uuid.NewV7()).String()
	if err := d.InTx(ctx, func(tx account.Tx) error {
		if _, err := tx.LockAccount(ctx, owner.ID); err != nil {
			return err
		}

		session := &models.Session{
			ID: id, AccountID: owner.ID, APIKeyID: "scale", TokenHash: account.HashToken(id), CreatedAt: start,
			AuthenticatedAt: start,
			LastUsedAt:      start, EndsAt: start.Add(time.Hour), ExpiresAt: start.Add(time.Hour),
		}
		if err := tx.CreateSession(ctx, session); err != nil {
			return err
		}

		return tx.RecordEvent(ctx, event(n, "signIn"))
	}); err != nil {
		return err
	}

	return d.InTx(ctx, func(tx account.Tx) error { return tx.EndSession(ctx, owner.ID, id, start) })
}

// searchAddress is the back office's search for an e-mail address.
func (d *sized) searchAddress(ctx context.Context, n int) error {
	wanted := models.AccountSearch{Emails: []string{emailOf(n)}, Names: []string{emailOf(n)}}
	found, err := d.SearchAccounts(ctx, wanted, models.AccountPlace{}, 21)
	if err == nil && (len(found) != 1 || found[0].Account.ID != idOf(n)) {
		err = fmt.Errorf("found %d accounts", len(found))
	}

	return err
}

// searchName is its search for a first name that every account has: a page and whether another one follows.
func (d *sized) searchName(ctx context.Context, _ int) error {
	wanted := models.AccountSearch{Emails: []string{"ada"}, Names: []string{"ada"}}
	found, err := d.SearchAccounts(ctx, wanted, models.AccountPlace{}, 21)
	if err == nil && len(found) != 21 {
		err = fmt.Errorf("found %d accounts", len(found))
	}

	return err
}

// reap creates expired sessions and lets the store delete them.
func (d *sized) reap(t *testing.T) float64 {
	const expired = 10_000
	past := start.Add(-time.Hour)
	for range expired / 500 {
		if err := d.InTx(t.Context(), func(tx account.Tx) error {
			for range 500 {
				id := uuid.NewString()
				if err := tx.CreateSession(t.Context(), &models.Session{
					ID: id, AccountID: idOf(1 + rand.IntN(d.accounts)), APIKeyID: "scale", TokenHash: account.HashToken(id),
					CreatedAt:       past,
					AuthenticatedAt: past, LastUsedAt: past, EndsAt: past, ExpiresAt: past,
				}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}

	began := time.Now()
	if err := d.Reap(t.Context(), past.Add(time.Second)); err != nil {
		t.Fatal(err)
	}

	return expired / time.Since(began).Seconds()
}

// lookThrough does what a migration on SQLite does at its end: it searches for rows whose parent is missing.
func (d *sized) lookThrough(t *testing.T) float64 {
	if *scaleEngine == "postgres" {
		return 0
	}

	write, _ := d.Engine().Pools()
	began := time.Now()
	var orphans int
	if err := write.QueryRow("SELECT count(*) FROM pragma_foreign_key_check").Scan(&orphans); err != nil ||
		orphans > 0 {
		t.Errorf("%d rows belong to nothing, %v", orphans, err)
	}

	return time.Since(began).Seconds()
}

func event(n int, operation string) *models.AuditEvent {
	return &models.AuditEvent{ID: uuid.Must(uuid.NewV7()).String(),
		AccountID: idOf(n), Operation: operation, Outcome: models.OutcomeSuccess, APIKeyID: "scale", At: start}
}

// idOf and the functions below name the account with a number; generate builds the same names in SQL. Ids ascend as
// UUIDv7 do, while addresses and tokens are in no order.
func idOf(n int) string     { return fmt.Sprintf("01900000-0000-7000-8000-%012x", n) }
func emailOf(n int) string  { return fmt.Sprintf("%08x@example.com", scattered(n)) }
func tokenOf(n int) string  { return fmt.Sprintf("as_%08x%024x", scattered(n), n) }
func scattered(n int) int64 { return int64(n) * 2654435761 % 4294967296 }
