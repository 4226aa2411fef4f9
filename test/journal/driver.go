package journal

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
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

// Driver generates the load and holds its journal.
type Driver struct {
	// DB is the database itself, past the services.
	DB *sql.DB
	// Services are the processes. Each customer uses one of them, and sends again at the next.
	Services []*Service
	// Key is the API key.
	Key string
	// Inbox is true if the services show their mails.
	Inbox bool
	// Grace is true if the services run with --deletion-grace.
	Grace bool
	// Open is true if UNAVAILABLE may hide a change that was made, because the connection to a server was cut or a
	// disk failed. Otherwise UNAVAILABLE promises that nothing was changed.
	Open bool
	// Silent is true if unanswered operations are not retried.
	Silent bool
	// Persistent is true if half of the customers send an unanswered operation again, with its key, until it is
	// answered. The others stop, so that Verify finds what became of it.
	Persistent bool
	// Acknowledge is called with each answer of success, the service that gave it, and when the request was sent.
	Acknowledge func(s *Service, sent time.Time)
	// Reads is true while a reader must get answers.
	Reads atomic.Bool
	// Acknowledged and the others are the counts that String returns.
	Acknowledged, Unavailable, Cut, Found, Repeated, Read, Unread atomic.Int64

	t        testing.TB
	postgres bool
	// mix is the number of possible draws for the next operation. Only a few low draws choose something other than
	// writing the counter.
	mix       int
	customers []*customer
	mu        sync.Mutex
	wrong     map[string]int
}

// NewDriver returns a driver for a database, without services.
func NewDriver(t testing.TB, database string) *Driver {
	d := &Driver{
		t: t, DB: OpenPast(t, database), postgres: strings.HasPrefix(database, "postgres:"),
		Key: account.DevelopmentKey, mix: 500, Inbox: true, wrong: map[string]int{},
		Acknowledge: func(*Service, time.Time) {},
	}
	random := Chance(t)
	for number := range customers {
		c := &customer{driver: d, random: Chance(t), number: number, steady: number < 3, gone: map[string]facts{}}
		for range random.IntN(1000) {
			c.random.Uint64()
		}
		c.begin()
		d.customers = append(d.customers, c)
	}

	return d
}

// Use puts the load on other services from now on.
func (d *Driver) Use(services ...*Service) { d.Services = services }

// String returns the line of counts.
func (d *Driver) String() string {
	return fmt.Sprintf("%s acknowledged, %d unavailable, %d cut off (%d of them found done), %d answered when sent again, %d lost, %d doubled, %d half",
		Thousands(d.Acknowledged.Load()), d.Unavailable.Load(), d.Cut.Load(), d.Found.Load(), d.Repeated.Load(),
		d.wrong["lost"], d.wrong["doubled"], d.wrong["half"])
}

// Add adds another driver's counts.
func (d *Driver) Add(other *Driver) {
	d.Acknowledged.Add(other.Acknowledged.Load())
	d.Unavailable.Add(other.Unavailable.Load())
	d.Cut.Add(other.Cut.Load())
	d.Found.Add(other.Found.Load())
	d.Repeated.Add(other.Repeated.Load())
}

// Thousands returns a number with commas.
func Thousands(n int64) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

// service returns the service that a customer uses, or the one after it.
func (d *Driver) service(customer, after int) *Service {
	return d.Services[(customer+after)%len(d.Services)]
}

// send sends an operation with its key.
func (d *Driver) send(s *Service, o *operation) (given *answer, code string, err error) {
	o.sent++
	return d.askAs(s, o.key, o.token, o.query, map[string]any{"input": o.input})
}

// ask sends one document.
func (d *Driver) ask(s *Service, token, query string, variables map[string]any) (given *answer, code string, err error) {
	return d.askAs(s, "", token, query, variables)
}

// askAs sends one document with a key. It returns an error if no answer came; code is the error code of the answer.
func (d *Driver) askAs(
	s *Service, key, token, query string, variables map[string]any,
) (given *answer, code string, err error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return nil, "", err
	}

	request, err := http.NewRequest(http.MethodPost, s.Address+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, "", err
	}

	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Api-Key", d.Key)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}

	reply, err := s.client.Do(request)
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
			Extensions struct{ Code, ChallengeID string }
		}
	}
	if err := json.Unmarshal(text, &whole); err != nil {
		d.t.Errorf("no JSON: %v in %q", err, text)
		return nil, "", err
	}
	if len(whole.Errors) > 0 {
		refusal := whole.Errors[0].Extensions
		return &answer{ChallengeID: refusal.ChallengeID}, refusal.Code, nil
	}

	return whole.Data, "", nil
}

// step runs one operation, and reports whether the customer can continue.
func (c *customer) step(stop <-chan struct{}) bool {
	d, next := c.driver, c.next()
	next.key = uuid.NewString()
	c.pending = next
	sent := time.Now()
	given, code, err := d.send(d.service(c.number, 0), next)
	switch {
	case err != nil:
		d.Cut.Add(1)
		return c.persist(stop)
	case code == next.refused:
		d.Acknowledged.Add(1)
		d.Acknowledge(d.service(c.number, 0), sent)
		c.apply(next, given)
		return true
	case code == "OVERLOADED":
		c.pending = nil
		c.abandon()
		return true
	case code != "UNAVAILABLE":
		d.t.Errorf("%s of customer %d: %s", next.name, c.number, code)
		return false
	}

	d.Unavailable.Add(1)
	if d.Open {
		return c.persist(stop)
	}

	c.pending = nil
	c.abandon()
	time.Sleep(5 * time.Millisecond)

	return true
}

// persist sends the pending operation again, with its key and to one service after the other, until it is answered or
// stop is closed.
func (c *customer) persist(stop <-chan struct{}) bool {
	d := c.driver
	if !d.Persistent || c.number < customers/2 {
		return false
	}

	for try := 1; ; try++ {
		select {
		case <-stop:
			return false
		case <-time.After(50 * time.Millisecond):
		}

		s, sent := d.service(c.number, try), time.Now()
		given, code, err := d.send(s, c.pending)
		switch {
		case err == nil && code == c.pending.refused:
			d.Acknowledged.Add(1)
			d.Repeated.Add(1)
			d.Acknowledge(s, sent)
			c.apply(c.pending, given)
			return true
		case err == nil && c.pending.tooLate(code):
			return false // Verify finds what became of it
		case err == nil && code != "UNAVAILABLE" && code != "OVERLOADED" && code != "IDEMPOTENCY_KEY_IN_USE":
			d.fail("lost", "%s of customer %d was sent again and got %q", c.pending.name, c.number, code)
			return false
		}
	}
}

// Load runs every customer until stop is closed, or until the outcome of an operation is unknown.
func (d *Driver) Load(stop <-chan struct{}) (wait func()) {
	var group sync.WaitGroup
	for _, c := range d.customers {
		group.Go(func() {
			for c.step(stop) {
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
func (d *Driver) look() {
	c := d.customers[0]
	token, least := c.read.Load(), c.counter.Load()
	if token == nil || *token == "" {
		return
	}

	given, code, err := d.ask(d.service(0, 0), *token, `{ account { id email attributes } }`, nil)
	switch {
	case err != nil && !d.Reads.Load():
		d.Unread.Add(1)
	case err == nil && code == "" && given.Account.Attributes.Counter >= int(least):
		d.Read.Add(1)
	case code == "UNAVAILABLE" && !d.Reads.Load():
		d.Unread.Add(1)
	default:
		d.fail("lost", "a read answers %q, %v, %+v after %d was acknowledged", code, err, given, least)
	}
}

// During puts load on the service for a period.
func (d *Driver) During(period time.Duration) {
	stop := make(chan struct{})
	wait := d.Load(stop)
	time.Sleep(period)
	close(stop)
	wait()
}

// Survives puts load on the services, runs a fault below them that ends by itself, and verifies everything once the
// services are ready again, which must happen without a restart.
func (d *Driver) Survives(load time.Duration, fault func()) {
	d.t.Helper()
	stop := make(chan struct{})
	wait := d.Load(stop)
	time.Sleep(load)
	fault()
	close(stop)
	wait()
	d.ready()
	d.Verify()
	if d.t.Failed() {
		d.t.FailNow()
	}
}

// Working fails unless the services work: every customer has an account, and changes are made.
func (d *Driver) Working() {
	d.t.Helper()
	before := d.Acknowledged.Load()
	settled := func(c *customer) bool { return len(c.tokens) > 0 && c.journal["counter"] > 0 }
	for deadline := time.Now().Add(Patience); d.Acknowledged.Load() == before || !all(d.customers, settled); {
		d.Survives(300*time.Millisecond, func() {})
		if time.Now().After(deadline) {
			d.t.Fatalf("nothing is done any more: %s", d.said())
		}
	}
}

func all(customers []*customer, is func(*customer) bool) bool {
	return !slices.ContainsFunc(customers, func(c *customer) bool { return !is(c) })
}

// ready waits until every service accepts writes.
func (d *Driver) ready() {
	d.t.Helper()
	for _, s := range d.Services {
		s.Ready()
	}
}

// said returns the ends of the logs.
func (d *Driver) said() string {
	var all strings.Builder
	for _, s := range d.Services {
		_, _ = all.WriteString(s.Said())
	}
	return all.String()
}
