//go:build crash

package crash

import (
	"flag"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/internal/notify/smtptest"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/test/journal"
)

// soakTime is how long TestSoak runs.
var soakTime = flag.Duration("soak", 5*time.Minute, "how long the soak lasts")

const (
	// phases is how many samples a soak takes, each after a phase of load.
	phases = 28
	// warmUp is the part of the samples at the beginning that tells nothing yet: caches fill.
	warmUp = 0.25
)

// outside are the services that a process under test calls. Each can be down.
type outside struct {
	issuer *identitytest.Issuer
	mails  *smtptest.Server
	// down is true while the mail server refuses mail, and the receiver of events answers 503.
	mailDown, eventsDown atomic.Bool
	events               atomic.Int64
	settings             []string
}

func newOutside(t *testing.T) *outside {
	o := &outside{issuer: identitytest.New(t), mails: smtptest.Start(t, smtptest.Plain)}
	o.mails.Fail(func(stage string, _ smtptest.Mail) error {
		if stage == smtptest.StageMail && o.mailDown.Load() {
			return smtptest.Refusal(451, "4.3.0 try later")
		}
		return nil
	})

	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if o.eventsDown.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		o.events.Add(1)
	}))
	t.Cleanup(receiver.Close)

	providers := filepath.Join(t.TempDir(), "providers.json")
	entry := fmt.Sprintf(`[{"provider":"OAUTH","issuer":%q,"audiences":[%q]}]`, o.issuer.URL, identitytest.Audience)
	if err := os.WriteFile(providers, []byte(entry), 0o600); err != nil {
		t.Fatal(err)
	}

	o.settings = []string{
		"--metrics-listen", "127.0.0.1:0", "--identity-providers", providers,
		"--smtp", fmt.Sprintf("smtp://127.0.0.1:%d", o.mails.Port),
		"--webhook", strings.Replace(receiver.URL, "http://", "http://:whsec_0123456789abcdef0123456789abcdef@", 1),
	}

	return o
}

// soak is one engine's service in a soak, with what was measured of it.
type soak struct {
	*outside

	t        *testing.T
	driver   *journal.Driver
	database string
	// steady runs from the beginning to the end; only it is measured. other, which only PostgreSQL has, is killed.
	steady, other *journal.Service
	metrics       string
	// token is the session of the demo customer, whose reads and changes are timed.
	token   string
	samples []sample
}

// TestSoak runs processes under a mixed load for a long time, while their mail server, the receiver of events and the
// identity provider are down in turn, keys are rotated, the reaper and the checkpoints do their work, and a second
// process is killed again and again. Nothing may be lost, and nothing of the process may grow.
func TestSoak(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		newSoak(t, filepath.Join(t.TempDir(), "accountql.db"), false).run()
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		newSoak(t, postgrestest.NewCluster(t).URL("postgres"), true).run()
	})
}

func newSoak(t *testing.T, database string, two bool) *soak {
	s := &soak{t: t, database: database, outside: newOutside(t)}
	s.steady = s.start()
	s.metrics = find(t, s.steady, `msg="serving metrics" address=(\S+)`)
	if two {
		s.other = s.start()
	}

	s.driver = journal.NewDriver(t, database)
	s.driver.Use(s.steady)
	s.driver.Working()

	var in struct {
		SignIn struct{ Session struct{ Token string } }
	}
	s.ask("", `mutation { signIn(input: {email: "`+string(account.DemoEmail)+`", password: "`+account.DemoPassword+
		`"}) { session { token } } }`, nil, &in)
	s.token = in.SignIn.Session.Token

	return s
}

func (s *soak) start() *journal.Service {
	return journal.Start(s.t, nil, append(journal.Development(s.database), s.settings...)...).Ready()
}

// run alternates a phase without a fault and a phase with one.
func (s *soak) run() {
	faults := []func() (end func()){s.loseMails, s.loseEvents, s.loseProvider, s.rotateKeys}
	if s.other != nil {
		faults = append(faults, s.killOther)
	}

	period := *soakTime / phases
	for phase := range phases {
		end := func() {}
		if phase%2 == 1 {
			end = faults[phase/2%len(faults)]()
		}

		before := s.measured()
		faulty := s.load(period / 2)
		end()
		memory := min(faulty, s.load(period/2))
		if s.driver.Services[0] == s.steady {
			s.sample(before, memory)
		}

		s.driver.Use(s.steady)
		s.driver.Verify()
		if s.t.Failed() {
			s.t.Fatalf("in phase %d", phase)
		}
	}

	s.settled()
	s.report()
}

func (s *soak) loseMails() func() {
	s.mailDown.Store(true)
	return func() { s.mailDown.Store(false) }
}

func (s *soak) loseEvents() func() {
	s.eventsDown.Store(true)
	return func() { s.eventsDown.Store(false) }
}

// loseProvider takes the issuer's keys away after it has a new one, so that nobody can sign in by it for a while.
func (s *soak) loseProvider() func() {
	s.signInByProvider("")
	s.issuer.Rotate("ES256")
	s.issuer.Break(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	s.signInByProvider("IDENTITY_PROVIDER_UNAVAILABLE")

	return func() {
		s.issuer.Break(nil)
		await(s.t, "the provider's new key is found", func() bool { return s.codeByProvider() == "" })
	}
}

func (s *soak) signInByProvider(want string) {
	s.t.Helper()
	if code := s.codeByProvider(); code != want {
		s.t.Errorf("a sign-in by the provider: %q, not %q", code, want)
	}
}

// codeByProvider signs a customer of the provider in, and returns the code of the answer.
func (s *soak) codeByProvider() string {
	s.t.Helper()
	token := s.issuer.Token(time.Now(), "anna", identitytest.Claims{
		"email": "anna@provider.example", "email_verified": true,
	})
	return s.ask("", `mutation ($input: SignInWithIdentityProviderInput!) {
		signInWithIdentityProvider(input: $input) { account { id } } }`,
		map[string]any{"input": map[string]any{"identityProvider": "OAUTH", "externalToken": token}}, nil)
}

// rotateKeys makes a new key in the middle of the load.
func (s *soak) rotateKeys() func() {
	return func() {
		if stdout, stderr, code := journal.Command(s.t, "", "keys", "rotate", "--database", s.database); code != 0 {
			s.t.Errorf("keys rotate: %d, %s%s", code, stdout, stderr)
		}
	}
}

// killOther sends the load to the second process, which is killed in the middle of it.
func (s *soak) killOther() func() {
	s.driver.Use(s.other)
	killed := time.AfterFunc(*soakTime/phases/4, s.other.Kill)

	return func() {
		_ = killed.Stop()
		s.other.Kill()
		s.other = s.start()
		s.driver.Use(s.other)
		s.driver.Verify()
	}
}

// settled waits until every message has left: nothing is lost while its receiver is down.
func (s *soak) settled() {
	s.t.Helper()
	db := s.driver.DB
	await(s.t, "every message is sent", func() bool {
		var waiting int
		err := db.QueryRow("SELECT count(*) FROM outbox WHERE sent_at IS NULL").Scan(&waiting)
		return err == nil && waiting == 0
	})
	journal.VerifyAudit(s.t, s.database)
}

// report prints the figures with their growth, and fails for each that grows.
func (s *soak) report() {
	s.t.Helper()
	first := int(warmUp * float64(len(s.samples)))
	var text strings.Builder
	for n, figure := range figures {
		var values []float64
		for _, one := range s.samples[first:] {
			values = append(values, one[n])
		}

		growth, middle := growthOf(values), median(values)
		fmt.Fprintf(&text, "\n| %s | %.4g | %.4g | %.4g | %+.2g |", figure.name, middle, slices.Min(values),
			slices.Max(values), growth)
		if growth > figure.relative*middle+figure.absolute {
			s.t.Errorf("%s grows by %.4g in the soak, from about %.4g: %.4g", figure.name, growth, middle, values)
		}
	}

	s.t.Logf("soak: %v of load, %v; %d mails, %d events\n\n| figure | median | least | most | growth over the run |\n"+
		"|---|---|---|---|---|%s", *soakTime, s.driver, len(s.mails.Mails()), s.events.Load(), text.String())
}

// median returns the median of the values, which it leaves in their order.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

// growthOf returns by how much the values grow from the first to the last: the median slope of all pairs (Theil and
// Sen), which a few wild values don't move.
func growthOf(values []float64) float64 {
	var slopes []float64
	for later := range values {
		for earlier := range later {
			slopes = append(slopes, (values[later]-values[earlier])/float64(later-earlier))
		}
	}
	if len(slopes) == 0 {
		return math.NaN()
	}

	return median(slopes) * float64(len(values)-1)
}

// TestGrowth guards that a leak between noisy samples is seen, and noise alone isn't.
func TestGrowth(t *testing.T) {
	random := journal.Chance(t)
	var flat, leak []float64
	for n := range 20 {
		noise := random.Float64() * 5
		flat, leak = append(flat, 50+noise), append(leak, 50+noise+float64(n))
	}

	if growth := growthOf(flat); math.Abs(growth) > 5 {
		t.Errorf("noise grows by %v", growth)
	}
	if growth := growthOf(leak); growth < 14 || growth > 24 {
		t.Errorf("a leak of 19 grows by %v", growth)
	}
}
