//go:build timing

// Package timing is the timing laboratory: `make timing`. It measures whether a client with one connection can
// distinguish the classes of world.Uniforms by the time of the response, and prints the table of docs/timing.md.
package timing

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/password"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

const (
	// maxAdvantage is how far the AUC of a class may be from 0.5, which is a guess.
	maxAdvantage = 0.1
	// hashedSamples and fastSamples are numbers for each class: with fewer samples, the AUC varies more by chance.
	hashedSamples, fastSamples = 250, 500
	// warmUp is the number of first rounds, which don't count.
	warmUp = 10
	// sameAgain is the number of accounts of a class that are queried repeatedly.
	sameAgain = 5
)

// laboratory is a service with the real cost of passwords, behind a real server, with a single client.
type laboratory struct {
	*world.World
	server *httptest.Server
	token  string
	random *rand.Rand
}

func newLaboratory(t *testing.T, operation world.Uniform, settings account.Settings) *laboratory {
	t.Helper()
	l := &laboratory{World: world.New(t, settings), random: rand.New(rand.NewPCG(1, 2))}
	if operation.Hashes > 0 {
		hasher, err := password.NewHasher(password.DefaultParameters, password.Concurrency(runtime.GOMAXPROCS(0)))
		world.Check(t, err)
		l.Service.Hasher = hasher
	}

	l.server = httptest.NewServer(l.Handler)
	t.Cleanup(l.server.Close)
	l.server.Client().Transport.(*http.Transport).MaxConnsPerHost = 1
	world.NewSubject(t, l.World,
		account.NewAccount{Email: world.CustomerEmail, Password: account.DemoPassword}, func(*models.Account) {})
	if operation.Customer {
		world.Succeed(t, l.Do(t, "customer", "signIn", world.Credentials(world.CustomerEmail, account.DemoPassword)))
		l.token = l.Tokens["customer"]
	}

	return l
}

// ask runs the operation for a subject and returns the time of the response.
func (l *laboratory) ask(t *testing.T, operation world.Uniform, body string) time.Duration {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, l.server.URL, strings.NewReader(body))
	world.Check(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Api-Key", account.DevelopmentKey)
	if l.token != "" {
		r.Header.Set("Authorization", "Bearer "+l.token)
	}

	began := time.Now()
	a, err := l.server.Client().Do(r)
	world.Check(t, err)
	text, err := io.ReadAll(a.Body)
	took := time.Since(began)
	world.Check(t, err)
	world.Check(t, a.Body.Close())
	refusal := func(code models.Code) bool { return strings.Contains(string(text), fmt.Sprintf(`"code":%q`, code)) }
	if a.StatusCode != http.StatusOK || slices.ContainsFunc(
		[]models.Code{models.CodeOverloaded, models.CodeInternal, models.CodeInvalidInput}, refusal,
	) {
		t.Fatalf("%s: %d %s", operation.Name, a.StatusCode, text)
	}

	return took
}

// subjectsOf creates the requested number of subjects of a class, in a form that reveals nothing.
func (l *laboratory) subjectsOf(t *testing.T, operation world.Uniform, of world.Class, count int) []string {
	t.Helper()
	document := world.Document(t, l.Schema, operation.Operation, true)
	var bodies []string
	for range count {
		n := l.random.IntN(9_000_000) + 1_000_000
		email, phone := models.EmailAddress(fmt.Sprintf("s%07d@example.com",
			n)), models.PhoneNumber(fmt.Sprintf("+4851%07d", n))
		of.Subject(t, l.World, email, phone)
		bodies = append(bodies, fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, document,
			operation.InputOf(t, l.World, email, phone)))
	}

	return bodies
}

// measure takes samples of all classes alternately, in a random order in each round, so that other load on the
// machine affects all classes equally.
func (l *laboratory) measure(
	t *testing.T, operation world.Uniform, classes []world.Class, subjects, samples int,
) [][]float64 {
	t.Helper()
	var bodies [][]string
	for _, of := range classes {
		bodies = append(bodies, l.subjectsOf(t, operation, of, subjects))
	}

	// The outbox's worker has run once, as in any service that has had requests before.
	world.Check(t, l.Worker.Drain(context.Background()))
	runtime.GC()
	times := make([][]float64, len(classes))
	for round := range samples + warmUp {
		for _, i := range l.random.Perm(len(classes)) {
			took := l.ask(t, operation, bodies[i][round%subjects])
			if round >= warmUp {
				times[i] = append(times[i], took.Seconds())
			}
		}
	}

	return times
}

// auc returns how often a sample of b takes longer than one of a: the Mann–Whitney U divided by the number of
// pairs, 0.5 for equal classes.
func auc(a, b []float64) float64 {
	slices.Sort(a)
	slices.Sort(b)
	below, upTo, wins := 0, 0, 0.0
	for _, sample := range b {
		for below < len(a) && a[below] < sample {
			below++
		}
		for upTo < len(a) && a[upTo] <= sample {
			upTo++
		}
		wins += float64(below+upTo) / 2
	}

	return wins / float64(len(a)*len(b))
}

func median(samples []float64) float64 {
	slices.Sort(samples)
	return samples[len(samples)/2]
}

// experiment is a way to send requests: for a few accounts repeatedly without budgets, or for each account once
// with the budgets of the contract.
type experiment struct {
	budgets string
	again   bool
}

var experiments = []experiment{{"off", true}, {"on", false}}

// run measures an operation, with one more class that equals the first.
func (e experiment) run(t *testing.T, operation world.Uniform) {
	classes := append([]world.Class{
		operation.Classes[0], {Name: operation.Classes[0].Name + " (null test)", Subject: operation.Classes[0].Subject},
	}, operation.Classes[1:]...)
	settings := world.DefaultSettings()
	if operation.Verified {
		settings.Registration = account.RegistrationVerified
	}

	samples := fastSamples
	if operation.Hashes > 0 {
		samples = hashedSamples
	}

	subjects := samples + warmUp
	switch {
	case e.again:
		settings.Unlimited = true
		classes = slices.DeleteFunc(classes, func(of world.Class) bool { return strings.HasPrefix(of.Name, "limited") })
		if operation.Operation != "registerAccount" {
			subjects = sameAgain
		}
	default:
		// A budget that all samples share would stop them.
		settings.Limits.NetworkMails.Uses, settings.Limits.Messages.Uses = math.MaxInt32, math.MaxInt32
		settings.Limits.NetworkTries.Uses = math.MaxInt32
	}

	times := newLaboratory(t, operation, settings).measure(t, operation, classes, subjects, samples)
	for i, of := range classes[1:] {
		found := auc(times[0], times[i+1])
		fmt.Printf("| %s | %s | %s | %s | %.2f | %.2f | %.3f |\n", operation.Name, e.budgets, of.Name, classes[0].Name,
			1000*median(times[i+1]), 1000*median(times[0]), found)
		if math.Abs(found-0.5) > maxAdvantage {
			t.Errorf("%s, budgets %s: AUC %.3f of %q against %q", operation.Name, e.budgets, found, of.Name,
				classes[0].Name)
		}
	}
}

// TestTiming fails if a class can be distinguished from the first class of its operation by the time of the
// response.
func TestTiming(t *testing.T) {
	fmt.Println(
		"\n| operation | budgets | class | against | median, ms | against, ms | AUC |\n|---|---|---|---|---|---|---|",
	)
	for _, operation := range world.Uniforms {
		for _, experiment := range experiments {
			// Budgets are on for operations that send mails to anybody; the others would have to wait for their
			// budgets.
			if experiment.again || !operation.Customer && operation.Hashes == 0 {
				t.Run(operation.Name+", budgets "+experiment.budgets, func(t *testing.T) {
					experiment.run(t, operation)
				})
			}
		}
	}
}
