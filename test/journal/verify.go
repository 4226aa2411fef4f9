package journal

import (
	"fmt"
	"strings"
	"time"
)

// Verify compares the database with the journals: each operation with an unknown outcome must be done completely or
// not at all. The operation is then retried and recorded in the journal, and everything is compared again.
func (d *Driver) Verify() {
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
		if err := d.DB.QueryRow(query).Scan(&halves); err != nil {
			d.t.Fatalf("%s: %v", query, err)
		}
		if halves > 0 {
			d.fail("half", "%d %s", halves, what)
		}
	}

	d.verifySessions()
	d.verifySpent()
}

// waysIn are the operations of the customer who only adds ways in and uses them.
var waysIn = []string{
	"signIn", "confirmPasskey", "signInWithPasskey", "confirmAuthenticator", "completeSignIn", "replaceRecoveryCodes",
	"removeAuthenticator", "requestSignInCode", "signInWithCode",
}

// Used puts load on the services until every way in was used once and acknowledged: a driver that never comes to one
// proves nothing about it. It returns how often each was.
func (d *Driver) Used() string {
	d.t.Helper()
	for deadline := time.Now().Add(5 * Patience); ; d.Survives(500*time.Millisecond, func() {}) {
		var times []string
		missing := ""
		for _, operation := range waysIn {
			var made int
			err := d.DB.QueryRow(fmt.Sprintf(
				"SELECT count(*) FROM audit_events WHERE operation = '%s' AND (outcome = 'SUCCESS' OR code = 'SECOND_FACTOR_REQUIRED')",
				operation)).Scan(&made)
			if err != nil || made == 0 {
				missing = fmt.Sprint(operation, ": ", err)
			}
			times = append(times, fmt.Sprintf("%d %s", made, operation))
		}

		switch {
		case missing == "":
			return strings.Join(times, ", ")
		case time.Now().After(deadline):
			d.t.Fatalf("nobody comes to %s", missing)
		}
	}
}

func (d *Driver) observed() observed {
	d.t.Helper()
	found, err := observe(d.DB)
	if err != nil {
		d.t.Fatal(err)
	}
	return found
}

// quiet waits until PostgreSQL has ended all transactions and the connections of the processes that have ended: it may
// still have to read what such a process sent last, which can be a whole change with its COMMIT.
func (d *Driver) quiet() {
	d.t.Helper()
	if !d.postgres {
		return
	}

	const busy = `SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
		AND (state <> 'idle' OR application_name = ANY (string_to_array($1, ' ')))`
	var ended []string
	gone.Range(func(name, _ any) bool {
		ended = append(ended, name.(string))
		return true
	})

	for deadline := time.Now().Add(Patience); ; time.Sleep(5 * time.Millisecond) {
		var connections int
		err := d.DB.QueryRow(busy, strings.Join(ended, " ")).Scan(&connections)
		if err == nil && connections == 0 {
			return
		}
		if time.Now().After(deadline) {
			d.t.Fatalf("%d transactions and connections don't end: %v", connections, err)
		}
	}
}

func (d *Driver) settle(c *customer, found observed) {
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
	case c.pending != nil && !c.pending.nobody && seen.equal(after):
		d.Found.Add(1)
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
	case open == nil:
		return
	case d.Silent && !done:
		c.abandon()
		return
	case d.Silent, done && open.refused != "": // a refusal that was done once is not done again
		c.apply(open, nil)
		return
	}

	patient := c.random.IntN(10) == 0
	for deadline := time.Now().Add(Patience); ; time.Sleep(20 * time.Millisecond) {
		given, code, err := d.send(d.service(c.number, 1), open)
		switch {
		case err == nil && code == open.refused:
			d.Repeated.Add(1)
			c.apply(open, given)
			return
		case code == "IDEMPOTENCY_KEY_IN_USE" && !done && !patient, err == nil && !done && open.tooLate(code):
			c.abandon()
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
func (d *Driver) verifySessions() {
	d.t.Helper()
	const query = `{ account { id email } }`
	for _, c := range d.customers {
		if len(c.tokens) > 0 {
			given, code, err := d.ask(d.service(c.number, 0), c.token(), query, nil)
			if err != nil || code != "" || given.Account.ID != c.id || given.Account.Email != strings.ToLower(c.email) {
				d.fail("lost", "the session of customer %d answers %q, %v, %+v", c.number, code, err, given)
			}
		}

		if c.dead != "" {
			if _, code, err := d.ask(d.service(c.number, 0), c.dead, query, nil); err != nil || code != "UNAUTHENTICATED" {
				d.fail("lost", "the end of a session of customer %d: %q, %v", c.number, code, err)
			}
		}
	}
}

func (d *Driver) fail(verdict, format string, values ...any) {
	d.t.Helper()
	d.mu.Lock()
	d.wrong[verdict]++
	d.mu.Unlock()
	d.t.Errorf(verdict+": "+format, values...)
}
