//go:build crash

package crash

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/accountql/accountql/internal/account"
)

// customers is how many customers change accounts concurrently.
const customers = 8

// driver generates the load and holds its journal.
type driver struct {
	t        testing.TB
	db       *sql.DB
	service  *service
	key      string
	postgres bool
	// mix is the number of possible draws for the next operation. Only a few low draws choose something other than
	// writing the counter.
	mix int
	// inbox is true if the service shows its mails.
	inbox bool
	// open is true if UNAVAILABLE may hide a change that was made, because the connection to a server was cut or a
	// disk failed. Otherwise UNAVAILABLE promises that nothing was changed.
	open bool
	// silent is true if unanswered operations are not retried.
	silent    bool
	customers []*customer
	// reads is true while a reader must get answers.
	reads atomic.Bool

	// The counts that are printed at the end.
	acknowledged, unavailable, cut, found, repeated, read, unread atomic.Int64
	mu                                                            sync.Mutex
	wrong                                                         map[string]int
}

func newDriver(t testing.TB, database string) *driver {
	d := &driver{
		t: t, db: openPast(t, database), postgres: strings.HasPrefix(database, "postgres:"),
		key: account.DevelopmentKey, mix: 500, inbox: true, wrong: map[string]int{},
	}
	random := chance(t)
	for number := range customers {
		c := &customer{driver: d, random: chance(t), number: number, steady: number < 3, gone: map[string]facts{}}
		for range random.IntN(1000) {
			c.random.Uint64()
		}
		c.begin()
		d.customers = append(d.customers, c)
	}

	return d
}

// String returns the line of counts.
func (d *driver) String() string {
	return fmt.Sprintf("%s acknowledged, %d unavailable, %d cut off (%d of them found done), %d answered when sent again, %d lost, %d doubled, %d half",
		thousands(d.acknowledged.Load()), d.unavailable.Load(), d.cut.Load(), d.found.Load(), d.repeated.Load(),
		d.wrong["lost"], d.wrong["doubled"], d.wrong["half"])
}

func thousands(n int64) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

// send sends an operation with its key.
func (d *driver) send(o *operation) (given *answer, code string, err error) {
	return d.askAs(o.key, o.token, o.query, map[string]any{"input": o.input})
}

// ask sends one document.
func (d *driver) ask(token, query string, variables map[string]any) (given *answer, code string, err error) {
	return d.askAs("", token, query, variables)
}

// askAs sends one document with a key. It returns an error if no answer came; code is the error code of the answer.
func (d *driver) askAs(key, token, query string, variables map[string]any) (given *answer, code string, err error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return nil, "", err
	}

	request, err := http.NewRequest(http.MethodPost, d.service.address+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, "", err
	}

	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Api-Key", d.key)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}

	reply, err := d.service.client.Do(request)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = reply.Body.Close() }()
	text, err := io.ReadAll(reply.Body)
	if err != nil {
		return nil, "", err
	}

	var whole struct {
		Data   *answer
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal(text, &whole); err != nil {
		d.t.Errorf("no JSON: %v in %q", err, text)
		return nil, "", err
	}
	if len(whole.Errors) > 0 {
		return nil, whole.Errors[0].Extensions.Code, nil
	}

	return whole.Data, "", nil
}

// step runs one operation, and reports whether the customer can continue.
func (c *customer) step() bool {
	d, next := c.driver, c.next()
	next.key = uuid.NewString()
	c.pending = next
	given, code, err := d.send(next)
	switch {
	case err != nil:
		d.cut.Add(1)
		return false
	case code == "":
		d.acknowledged.Add(1)
		c.apply(next, given)
		return true
	case code == "OVERLOADED":
		c.pending = nil
		return true
	case code != "UNAVAILABLE":
		d.t.Errorf("%s of customer %d: %s", next.name, c.number, code)
		return false
	}

	d.unavailable.Add(1)
	if d.open {
		return false
	}

	c.pending = nil
	time.Sleep(5 * time.Millisecond)

	return true
}

// load runs every customer until stop is closed, or until the outcome of an operation is unknown.
func (d *driver) load(stop <-chan struct{}) (wait func()) {
	var group sync.WaitGroup
	for _, c := range d.customers {
		group.Go(func() {
			for c.step() {
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}

	ended := make(chan struct{})
	var reader sync.WaitGroup
	reader.Go(func() {
		for {
			select {
			case <-ended:
				return
			case <-time.After(2 * time.Millisecond):
				d.look()
			}
		}
	})

	return sync.OnceFunc(func() {
		group.Wait()
		close(ended)
		reader.Wait()
	})
}

// look reads the first customer's account, which must show at least what had been acknowledged before.
func (d *driver) look() {
	c := d.customers[0]
	token, least := c.read.Load(), c.counter.Load()
	if token == nil || *token == "" {
		return
	}

	given, code, err := d.ask(*token, `{ account { id email attributes } }`, nil)
	switch {
	case err != nil && !d.reads.Load():
		d.unread.Add(1)
	case err == nil && code == "" && given.Account.Attributes.Counter >= int(least):
		d.read.Add(1)
	case code == "UNAVAILABLE" && !d.reads.Load():
		d.unread.Add(1)
	default:
		d.fail("lost", "a read answers %q, %v, %+v after %d was acknowledged", code, err, given, least)
	}
}

// during puts load on the service for a period.
func (d *driver) during(period time.Duration) {
	stop := make(chan struct{})
	wait := d.load(stop)
	time.Sleep(period)
	close(stop)
	wait()
}

func (d *driver) fail(verdict, format string, values ...any) {
	d.t.Helper()
	d.mu.Lock()
	d.wrong[verdict]++
	d.mu.Unlock()
	d.t.Errorf(verdict+": "+format, values...)
}

// verify compares the database with the journals: each operation with an unknown outcome must be done completely or
// not at all. The operation is then retried and recorded in the journal, and everything is compared again.
func (d *driver) verify() {
	d.t.Helper()
	d.quiet()
	found := d.observed()
	for _, c := range d.customers {
		d.settle(c, found)
	}

	// The retried operation has taken effect exactly once.
	found = d.observed()
	for _, c := range d.customers {
		d.settle(c, found)
		for id, left := range c.gone {
			if seen := found.accounts[id]; !seen.equal(left) {
				d.fail(verdict(seen, left, left), "account %s was deleted\nfound %v\nwant  %v", id, seen, left)
			}
		}
	}

	for what, query := range torn {
		var halves int
		if err := d.db.QueryRow(query).Scan(&halves); err != nil {
			d.t.Fatalf("%s: %v", query, err)
		}
		if halves > 0 {
			d.fail("half", "%d %s", halves, what)
		}
	}

	d.verifySessions()
}

func (d *driver) observed() observed {
	d.t.Helper()
	found, err := observe(d.db)
	if err != nil {
		d.t.Fatal(err)
	}
	return found
}

// quiet waits until PostgreSQL has ended the transactions of closed connections: it may not have noticed yet, or
// still have to process a COMMIT.
func (d *driver) quiet() {
	d.t.Helper()
	if !d.postgres {
		return
	}

	const busy = `SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle'`
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		var transactions int
		if err := d.db.QueryRow(busy).Scan(&transactions); err == nil && transactions == 0 {
			return
		} else if time.Now().After(deadline) {
			d.t.Fatalf("%d transactions don't end: %v", transactions, err)
		}
	}
}

func (d *driver) settle(c *customer, found observed) {
	d.t.Helper()
	id := c.id
	if id == "" {
		id = found.ids[c.email]
	}

	seen, before, after := found.accounts[id], c.journal, c.journal
	if c.pending != nil {
		after = before.with(c.pending.whole())
	}

	switch {
	case c.pending != nil && seen.equal(after):
		d.found.Add(1)
		c.repeat(true)
	case seen.equal(before):
		c.repeat(false)
	default:
		open := "nothing"
		if c.pending != nil {
			open = c.pending.name
		}
		d.fail(verdict(seen, before, after), "customer %d, open: %s\nfound  %v\nbefore %v\nafter  %v", c.number, open,
			seen, before, after)
		d.t.FailNow()
	}
}

// repeat retries the operation with the unknown outcome with its key, like a client that got no answer. If it was
// found done, the answer is a success, as it would have been then. If not, it is done now, unless the attempt that
// died still holds the key for a while: sometimes a customer waits for it.
func (c *customer) repeat(done bool) {
	d, open := c.driver, c.pending
	c.pending = nil

	switch {
	case open == nil || d.silent && !done:
		return
	case d.silent:
		c.apply(open, nil)
		return
	}

	patient := c.random.IntN(10) == 0
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		given, code, err := d.send(open)
		switch {
		case err == nil && code == "":
			d.repeated.Add(1)
			c.apply(open, given)
			return
		case code == "IDEMPOTENCY_KEY_IN_USE" && !done && !patient:
			return
		case code == "IDEMPOTENCY_KEY_IN_USE" && !done, code == "UNAVAILABLE", code == "OVERLOADED":
			if time.Now().Before(deadline) {
				continue
			}
		}

		d.fail("lost", "%s of customer %d, found done: %v, was sent again and got %q, %v", open.name, c.number, done,
			code, err)
		d.t.FailNow()
	}
}

// verifySessions sends every customer's tokens: the live one must show the account, the dead one nothing.
func (d *driver) verifySessions() {
	d.t.Helper()
	const query = `{ account { id email } }`
	for _, c := range d.customers {
		if len(c.tokens) > 0 {
			given, code, err := d.ask(c.token(), query, nil)
			if err != nil || code != "" || given.Account.ID != c.id || given.Account.Email != strings.ToLower(c.email) {
				d.fail("lost", "the session of customer %d answers %q, %v, %+v", c.number, code, err, given)
			}
		}

		if c.dead != "" {
			if _, code, err := d.ask(c.dead, query, nil); err != nil || code != "UNAUTHENTICATED" {
				d.fail("lost", "the end of a session of customer %d: %q, %v", c.number, code, err)
			}
		}
	}
}
