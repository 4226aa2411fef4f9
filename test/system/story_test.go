// Package system tests the service as a whole: what customers, strangers and operators can do with it in what order, on
// each database, and what it must never do.
package system

import (
	"context"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/internal/store/storetest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// TestStories runs each testdata/*.txtar through the real handler, on each database. The commands are:
//
//	settings NAME=VALUE …          before anything else: registration, phone-code-ttl, …
//	terms FILE                     before anything else: the documents of --terms
//	do [-as NAME] [-bearer TOKEN] [-key NAME] [-device MARK] [-origin ORIGIN] [-gpc] [-json] OPERATION [INPUT]
//	                               runs an operation, or a document that begins with "{" or "mutation", as a named
//	                               customer, whose session is kept; $name in INPUT and in the document is replaced
//	ok                             the answer has no errors
//	refused STATUS CODE [FIELD …]  the answer has no data and this HTTP status, the first error has this code, and the
//	                               errors name these fields
//	save NAME PATH                 keeps a value of the answer, or of its error: error.challengeId
//	forget NAME                    forgets a customer's session on the client's side
//	message KIND [TO]              takes the newest such message; $token and $code are its secrets, if it has any
//	! message KIND [TO]            there is no such message
//	messages NUMBER KIND [TO]      there are so many such messages
//	clock DURATION                 moves the clock
//	reap                           erases what is due, as every process does
//	key NAME [-expires DURATION] [-origin ORIGIN] PERMISSION …
//	                               creates an API key
//	revoke NAME                    revokes an API key, as an operator would
//	customer EMAIL [PASSWORD [PHONE]]
//	                               creates an account, as an operator would
//	! customer EMAIL …             must fail
//	block EMAIL                    blocks an account, as an operator would
//	issuer NAME PROVIDER [-customers] [-create]
//	                               starts an identity provider, or an issuer of --customer-tokens
//	token VARIABLE ISSUER SUBJECT [CLAIM=VALUE …]
//	                               signs a token of the issuer; CLAIM=@-10m is a time ten minutes ago
//	broken ISSUER fails|never      breaks an issuer, or repairs it
//	authenticator NAME [BEHAVIOUR …]
//	                               an authenticator behaves so from now on: unverified, absent, anonymous,
//	                               disobedient, syncable, synced, count=NUMBER, rp=HOST, type=CEREMONY
//	create VARIABLE NAME [ORIGIN]  lets it make a passkey for the newest options; the variable is the
//	                               response, and the one with Text behind its name the same as a text in JSON
//	use VARIABLE NAME [ORIGIN]     lets it use one
//	! create …, ! use …            it must refuse
//	app VARIABLE SECRET [DURATION] the variable is the code that an authenticator app with the secret shows, now or after a
//	                               time; another app's for the secret "stranger"
//	event OPERATION OUTCOME [CODE] the newest audit event is this
//	consents EMAIL [CHANNEL=ANSWER/OPERATION …]
//	                               the account's consent history is this, the oldest first
//	link VARIABLE EMAIL CHANNEL    makes the link that withdraws a consent, as an operator would; the variable is its token
//	unsubscribe TOKEN              does what the button of a mail program does
//	proofs ADDRESS [CHANNEL=ANSWER/OPERATION …]
//	                               this is kept of the consents that erased customers gave for the address
//	rotate                         rotates the service's keys, as an operator would
//	import FILE                    imports customers; the summary and the errors are in stdout
//	! import FILE                  must fail
//
// The answer is in stdout, so that `stdout` can search it.
func TestStories(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		runStories(t, world.SQLiteFile, nil)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		postgrestest.Socket(t)
		runStories(t, postgrestest.URL, nil)
	})
	// An older program beside an additive migration of the next version (R-DB5).
	t.Run("SQLite of the next version", func(t *testing.T) {
		runStories(t, func(t testing.TB) string { return storetest.Expand(t, world.SQLiteFile(t)) }, nil)
	})
	t.Run("PostgreSQL of the next version", func(t *testing.T) {
		postgrestest.Socket(t)
		runStories(t, func(t testing.TB) string { return storetest.Expand(t, postgrestest.URL(t)) }, nil)
	})
	t.Run("each transaction run again", func(t *testing.T) {
		runStories(t, world.SQLiteFile, func(keeper account.Store) account.Store { return retryingStore{Store: keeper} })
	})
}

// runStories runs every story on a database of its own; wrap, unless nil, wraps the service's store.
func runStories(t *testing.T, database func(testing.TB) string, wrap func(account.Store) account.Store) {
	runStoriesWith(t, world.DefaultSettings(), database, wrap)
}

// runStoriesWith is runStories for other settings than the default.
func runStoriesWith(
	t *testing.T, settings account.Settings, database func(testing.TB) string, wrap func(account.Store) account.Store,
) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Values["story"] = &story{t: env.T().(testing.TB), settings: settings, database: database, wrap: wrap}
			env.Setenv("demo", account.DemoPassword)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"settings": command((*story).set), "terms": command((*story).terms), "do": command((*story).do), "ok": command((*story).ok),
			"refused": command((*story).refused),
			"save":    command((*story).save), "forget": command((*story).forget), "message": command((*story).message),
			"messages": command((*story).messages),
			"clock":    command((*story).advance), "reap": command((*story).reap), "key": command((*story).key), "customer": command((*story).customer),
			"block": command((*story).block), "event": command((*story).event),
			"revoke": command((*story).revoke), "consents": command((*story).consents),
			"import": command((*story).importFile),
			"link":   command((*story).link), "unsubscribe": command((*story).unsubscribe),
			"proofs": command((*story).proofs), "rotate": command((*story).rotate),
			"authenticator": command((*story).authenticator), "create": command((*story).create),
			"use": command((*story).use), "app": command((*story).app),
			"issuer": command((*story).issuer), "token": command((*story).token), "broken": command((*story).broken),
		},
	})
}

// story is the world of one script, created by the first command that needs it.
type story struct {
	t        testing.TB
	settings account.Settings
	database func(testing.TB) string
	wrap     func(account.Store) account.Store
	started  *world.World
	last     *world.Answer
	// authenticators are those of the customers, by name.
	authenticators map[string]*passkeytest.Authenticator
	// options are those of the newest answer that has some.
	options []byte
	// noPasskeys turns passkeys off.
	noPasskeys bool
}

func (s *story) world() *world.World {
	if s.started == nil {
		s.started = world.NewOn(s.t, s.settings, s.database(s.t))
		if s.noPasskeys {
			s.started.Service.PasskeyVerifier = nil
		}
		if s.wrap != nil {
			s.started.Service.Store = s.wrap(s.started.Store)
		}
	}
	return s.started
}

func command(run func(*story, *testscript.TestScript, bool, []string)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, negated bool, args []string) {
		run(ts.Value("story").(*story), ts, negated, args)
	}
}

func (s *story) reap(ts *testscript.TestScript, _ bool, _ []string) {
	_, err := s.world().Service.EraseDue(s.t.Context())
	ts.Check(err)
	ts.Check(s.world().Store.Reap(s.t.Context(), s.world().Clock.Now()))
}

func (s *story) do(ts *testscript.TestScript, _ bool, args []string) {
	w := s.world()
	customer, key, asked := "", "development", world.Call{
		Key: w.Keys["development"], Accept: "application/graphql-response+json",
	}
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		if args[0] == "-json" {
			asked.Accept, args = "application/json", args[1:]
			continue
		}
		if args[0] == "-gpc" {
			asked.Header, args = http.Header{"Sec-Gpc": {"1"}}, args[1:]
			continue
		}

		switch value := args[1]; args[0] {
		case "-as":
			customer, asked.Token = value, w.Tokens[value]
		case "-bearer":
			asked.Token = value
		case "-key":
			key, asked.Key = value, w.Keys[value]
		case "-device":
			asked.Header = http.Header{auth.DeviceHeader: {value}}
		case "-origin":
			asked.Header = http.Header{"Origin": {value}}
		default:
			ts.Fatalf("unknown flag %s", args[0])
		}

		args = args[2:]
	}

	query := os.Expand(args[0], ts.Getenv)
	if !strings.HasPrefix(query, "{") && !strings.HasPrefix(query, "mutation") {
		query = world.DocumentFor(s.t, w.Schema, args[0], len(args) > 1, w.Readable(s.t, key))
	}

	asked.Body = `{"query":` + strconv.Quote(query) + `}`
	if len(args) > 1 {
		asked.Body = strings.TrimSuffix(asked.Body, "}") + `,"variables":{"input":` + os.Expand(args[1], ts.Getenv) +
			`}}`
	}

	s.last = w.Post(s.t, asked)
	if token, ok := s.last.At(args[0] + ".session.token").(string); ok && customer != "" {
		w.Tokens[customer] = token
	}

	_, err := ts.Stdout().Write([]byte(s.last.Body))
	ts.Check(err)
}

func (s *story) ok(ts *testscript.TestScript, _ bool, _ []string) {
	if s.last.Status != 200 || len(s.last.Errors) > 0 {
		ts.Fatalf("refused with %d: %s\n%s", s.last.Status, s.last.Body, s.world().Log)
	}
}

func (s *story) refused(ts *testscript.TestScript, _ bool, args []string) {
	if strconv.Itoa(s.last.Status) != args[0] || s.last.Code() != args[1] || len(s.last.Data) > 0 {
		ts.Fatalf("want %s without data, got %d: %s", strings.Join(args, " "), s.last.Status, s.last.Body)
	}
	if fields := strings.Join(s.last.Fields(), " "); len(args) > 2 && fields != strings.Join(args[2:], " ") {
		ts.Fatalf("want fields %v, got %s: %s", args[2:], fields, s.last.Body)
	}
	if want := graph.Status(models.Code(args[1])); s.last.Errors[0].Extensions.HTTP.Status != want {
		ts.Fatalf("want extensions.http.status %d: %s", want, s.last.Body)
	}

	// A page has its own text for a rejected password.
	if args[1] == string(models.CodePasswordRejected) &&
		!slices.Contains(models.Reasons(), s.last.Errors[0].Extensions.Reason) {
		ts.Fatalf("want extensions.reason: %s", s.last.Body)
	}
	if s.last.Errors[0].Extensions.RequestID != s.last.Header.Get("X-Request-Id") {
		ts.Fatalf("the error's request id is not the header's: %s", s.last.Body)
	}
}

func (s *story) save(ts *testscript.TestScript, _ bool, args []string) {
	value, ok := s.last.At(args[1]).(string)
	if args[1] == "error.challengeId" && len(s.last.Errors) > 0 {
		value = s.last.Errors[0].Extensions.ChallengeID
		ok = value != ""
	}
	if !ok {
		ts.Fatalf("no text at %s: %s", args[1], s.last.Body)
	}
	ts.Setenv(args[0], value)
}

func (s *story) forget(_ *testscript.TestScript, _ bool, args []string) {
	delete(s.world().Tokens, args[0])
}

func (s *story) message(ts *testscript.TestScript, negated bool, args []string) {
	w := s.world()
	ts.Check(w.Worker.Drain(context.Background()))

	for _, message := range w.Inbox.Messages(context.Background()) {
		if message.Kind != args[0] || len(args) > 1 && message.To != args[1] || isOfFixture(message) {
			continue
		}
		if negated {
			ts.Fatalf("there is a message %v: %s", args, message.Text)
		}
		if message.Token != nil {
			ts.Setenv("token", *message.Token)
		}
		if message.Code != nil {
			ts.Setenv("code", *message.Code)
		}

		_, err := ts.Stdout().Write([]byte(message.Subject + "\n" + message.Text))
		ts.Check(err)

		return
	}

	if !negated {
		ts.Fatalf("no message %v", args)
	}
}

func (s *story) messages(ts *testscript.TestScript, _ bool, args []string) {
	w := s.world()
	ts.Check(w.Worker.Drain(context.Background()))

	found := 0
	for _, message := range w.Inbox.Messages(context.Background()) {
		if message.Kind == args[1] && (len(args) < 3 || message.To == args[2]) {
			found++
		}
	}
	if strconv.Itoa(found) != args[0] {
		ts.Fatalf("%d messages %v", found, args[1:])
	}
}

func (s *story) advance(ts *testscript.TestScript, _ bool, args []string) {
	by, err := time.ParseDuration(args[0])
	ts.Check(err)
	s.world().Clock.Advance(by)
}

func (s *story) key(ts *testscript.TestScript, _ bool, args []string) {
	wanted := account.NewAPIKey{Name: args[0]}
	for args = args[1:]; len(args) > 1 && strings.HasPrefix(args[0], "-"); args = args[2:] {
		if args[0] == "-origin" {
			wanted.Origins = append(wanted.Origins, args[1])
			continue
		}
		duration, err := time.ParseDuration(args[1])
		ts.Check(err)
		wanted.Expires = duration
	}

	for _, permission := range args {
		wanted.Permissions = append(wanted.Permissions, models.Permission(permission))
	}

	_, secret, err := s.world().Service.CreateAPIKey(context.Background(), wanted)
	ts.Check(err)
	s.world().Keys[wanted.Name] = secret
}

func (s *story) revoke(ts *testscript.TestScript, _ bool, args []string) {
	ctx, service := context.Background(), s.world().Service
	keys, err := service.APIKeys(ctx)
	ts.Check(err)

	for _, key := range keys {
		if key.Name == args[0] {
			ts.Check(service.RevokeAPIKey(ctx, key.ID))
		}
	}
}

func (s *story) customer(ts *testscript.TestScript, neg bool, args []string) {
	wanted := account.NewAccount{Email: models.EmailAddress(args[0])}
	if len(args) > 1 {
		wanted.Password = args[1]
	}
	if len(args) > 2 {
		wanted.Phone = models.PhoneNumber(args[2])
	}

	_, err := s.world().Service.CreateAccount(context.Background(), wanted)
	if neg && err == nil {
		ts.Fatalf("the account was made")
	}
	if !neg {
		ts.Check(err)
	}
}

func (s *story) block(ts *testscript.TestScript, _ bool, args []string) {
	ctx, w := context.Background(), s.world()
	blocked, err := w.Service.FindAccount(ctx, args[0])
	ts.Check(err)
	ts.Check(w.Store.InTx(ctx, func(tx account.Tx) error {
		blocked.Status = models.StatusBlocked
		return tx.UpdateAccount(ctx, blocked, "status")
	}))
}

func (s *story) event(ts *testscript.TestScript, _ bool, args []string) {
	event := newestEvent(s.t, s.world())
	got := []string{event.Operation, string(event.Outcome)}
	if event.Code != "" {
		got = append(got, string(event.Code))
	}
	if strings.Join(got, " ") != strings.Join(args, " ") {
		ts.Fatalf("want event %v, got %v", args, got)
	}
}
