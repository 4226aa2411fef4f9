package notify

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/notify/smtptest"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
)

// These tests combine the worker, a real database and a real mail server.

// testTime is a clock that the test sets.
type testTime struct {
	mu  sync.Mutex
	now time.Time
}

func (c *testTime) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *testTime) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newTestTime() *testTime {
	return &testTime{now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
}

// openStore opens the database as a separate process would.
func openStore(t testing.TB, path string) *store.Store {
	t.Helper()
	opened, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}

	t.Cleanup(func() { _ = opened.Close() })
	if err := opened.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}

	return opened
}

// inTx runs a transaction that must succeed.
func inTx(t testing.TB, s *store.Store, decide func(ctx context.Context, tx account.Tx) error) {
	t.Helper()
	if err := s.InTx(t.Context(), func(tx account.Tx) error { return decide(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// requestReset writes to the database what requestPasswordReset writes: the account, the challenge and the message
// are all named n.
func requestReset(t testing.TB, s *store.Store, clock *testTime, n int, ttl time.Duration) {
	t.Helper()
	now, id := clock.Now(), fmt.Sprint(n)
	email := models.EmailAddress("customer" + id + "@example.com")
	expires := now.Add(ttl)
	hash := sha256.Sum256([]byte(id))
	inTx(t, s, func(ctx context.Context, tx account.Tx) error {
		owner := &models.Account{ID: id, Status: models.StatusActive, Email: email, Profile: models.Profile{
			Sex: models.SexNotSpecified, Attributes: models.JSONObject{},
		}, Tags: []string{}, Version: 1, CreatedAt: now, UpdatedAt: now}
		challenge := &models.Challenge{ID: id, AccountID: id, Purpose: models.PurposePasswordReset, SecretHash: hash[:],
			Target: string(email), EmailAtIssue: email, CreatedAt: now, ExpiresAt: expires, ResendAvailableAt: now}
		message := &models.Message{ID: id, AccountID: id, ChallengeID: id, Channel: models.ChannelMail,
			Kind:      models.MessagePasswordReset,
			Recipient: string(email), CreatedAt: now, NotBefore: now,
			Data: models.MessageData{Token: testToken, ExpiresAt: &expires}}

		return errors.Join(tx.CreateAccount(ctx, owner), tx.CreateChallenge(ctx, challenge), tx.Enqueue(ctx, message))
	})
}

// mailWorker returns the worker of a process that sends to the server.
func mailWorker(t testing.TB, s Store, clock *testTime, mailer Sender) *Worker {
	t.Helper()
	return New(Config{
		Store: s, Render: testRenderer(t).Render, Now: clock.Now, Log: slog.New(slog.DiscardHandler),
		Poll:    10 * time.Millisecond,
		Senders: map[models.MessageChannel]Sender{models.ChannelMail: mailer},
	})
}

// arrivals counts the mails by their Message-ID.
func arrivals(t testing.TB, server *smtptest.Server) map[string]int {
	t.Helper()
	count := map[string]int{}
	for _, mail := range server.Mails() {
		_, rest, found := strings.Cut(string(mail.Content), "Message-ID: <")
		id, _, closed := strings.Cut(rest, "@shop.example>")
		if !found || !closed {
			t.Fatalf("a mail without an id: %s", mail.Content)
		}
		if len(mail.To) != 1 || mail.To[0] != "customer"+id+"@example.com" {
			t.Errorf("mail %s went to %v", id, mail.To)
		}

		count[id]++
	}

	return count
}

// TestAnOutageLosesAndDoublesNothing enqueues 200 resets while nothing listens at the mail server's port.
func TestAnOutageLosesAndDoublesNothing(t *testing.T) {
	const total = 200
	s, clock := openStore(t, filepath.Join(t.TempDir(), "outage.db")), newTestTime()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}

	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}

	mailer := testMailer(t, &smtptest.Server{Port: listener.Addr().(*net.TCPAddr).Port}, smtptest.Plain, nil)
	worker := mailWorker(t, s, clock, mailer)

	for n := range total {
		ttl := 30 * time.Minute
		if n%20 == 1 {
			ttl = 30 * time.Second // its token will expire during the outage
		}
		requestReset(t, s, clock, n, ttl)
	}

	for range 12 {
		if err := worker.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		clock.advance(5 * time.Second)
	}

	state, err := s.OutboxState(t.Context())
	if err != nil || state.Pending == 0 {
		t.Fatalf("during the outage: %+v, %v", state, err)
	}

	stale := map[string]bool{}
	for n := range total {
		id := fmt.Sprint(n)
		switch n % 20 {
		case 1:
			stale[id] = true
		case 2: // replaced
			stale[id] = true
			inTx(t, s, func(ctx context.Context, tx account.Tx) error {
				_, err := tx.VoidChallenges(ctx, id, clock.Now(), models.PurposePasswordReset)
				return err
			})
		case 3: // used
			stale[id] = true
			inTx(t, s, func(ctx context.Context, tx account.Tx) error { return tx.UseChallenge(ctx, id, clock.Now()) })
		case 4: // deleted
			stale[id] = true
			inTx(t, s, func(ctx context.Context, tx account.Tx) error {
				_, err := tx.DeleteAccount(ctx, id)
				return err
			})
		}
	}

	if listener, err = net.Listen("tcp", address); err != nil {
		t.Fatal(err)
	}

	server := smtptest.Serve(t, smtptest.Plain, listener)

	for range 5 {
		clock.advance(time.Minute)
		if err := worker.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}

	count := arrivals(t, server)
	for n := range total {
		id, want := fmt.Sprint(n), 1
		if stale[id] {
			want = 0
		}
		if count[id] != want {
			t.Errorf("message %s came %d times, want %d", id, count[id], want)
		}
	}

	if state, err := s.OutboxState(t.Context()); err != nil || state.Pending != 0 {
		t.Errorf("afterwards: %+v, %v", state, err)
	}
}

// killed is the store of a process that ends before it can record that a message was sent.
type killed struct{ *store.Store }

func (killed) MarkSent(context.Context, string, time.Time) error { return errDatabase }

func (killed) MarkFailed(context.Context, string, time.Time, string, *time.Time) error {
	return errDatabase
}

// TestAKillAfterDataMakesOneDuplicate kills one process after the server has accepted the mail, and in another case
// breaks the connection before the server can confirm it.
func TestAKillAfterDataMakesOneDuplicate(t *testing.T) {
	for _, name := range []string{"process", "connection"} {
		t.Run(name, func(t *testing.T) {
			s, clock := openStore(t, filepath.Join(t.TempDir(), "kill.db")), newTestTime()
			server := smtptest.Start(t, smtptest.Plain)
			mailer := testMailer(t, server, smtptest.Plain, nil)
			requestReset(t, s, clock, 1, 30*time.Minute)
			first := mailWorker(t, s, clock, mailer)
			if name == "process" {
				first = mailWorker(t, killed{s}, clock, mailer)
			} else {
				server.Fail(func(stage string, _ smtptest.Mail) error {
					if stage == smtptest.StageTaken {
						return smtptest.ErrBreak
					}
					return nil
				})
			}

			if err := first.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}

			server.Fail(nil)
			second := mailWorker(t, s, clock, mailer)
			for range 5 {
				clock.advance(time.Minute)
				if err := second.Drain(t.Context()); err != nil {
					t.Fatal(err)
				}
			}

			mails := server.Mails()
			if count := arrivals(t, server); len(mails) != 2 || count["1"] != 2 {
				t.Errorf("%d mails, by id %v", len(mails), count)
			}
		})
	}
}

// TestTwoProcessesSendNothingTwice shares one database between two workers, while the server defers every third
// mail.
func TestTwoProcessesSendNothingTwice(t *testing.T) {
	const total = 150
	path, clock := filepath.Join(t.TempDir(), "two.db"), newTestTime()
	s := openStore(t, path)
	for n := range total {
		requestReset(t, s, clock, n, 30*time.Minute)
	}

	server := smtptest.Start(t, smtptest.StartTLS)
	var mu sync.Mutex
	tried := map[string]bool{}
	server.Fail(func(stage string, mail smtptest.Mail) error {
		mu.Lock()
		defer mu.Unlock()

		if stage != smtptest.StageRcpt || tried[mail.To[0]] || len(tried)%3 != 0 {
			if stage == smtptest.StageRcpt {
				tried[mail.To[0]] = true
			}
			return nil
		}

		tried[mail.To[0]] = true

		return smtptest.Refusal(451, "try again later")
	})
	var stops []func()
	for range 2 {
		stops = append(stops,
			start(t, mailWorker(t, openStore(t, path), clock, testMailer(t, server, smtptest.StartTLS, nil))))
	}

	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		clock.advance(50 * time.Millisecond)
		if state, err := s.OutboxState(t.Context()); err == nil && state.Pending == 0 {
			break
		}
	}

	for _, stop := range stops {
		stop()
	}

	count := arrivals(t, server)
	for n := range total {
		if id := fmt.Sprint(n); count[id] != 1 {
			t.Errorf("message %s came %d times", id, count[id])
		}
	}
}
