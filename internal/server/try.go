package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/accountql/accountql/internal/cli"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/egress"
	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/internal/store"
)

// tryTimeout bounds each trial; all run at the same time.
const tryTimeout = 10 * time.Second

// trySettings reaches everything that the settings name outside of this process, in the order of the help. It sends
// no message, creates nothing and changes nothing. checkSettings must have accepted the settings.
func trySettings(ctx context.Context, settings config.Settings) []cli.Trial {
	ctx, cancel := context.WithTimeout(ctx, tryTimeout)
	defer cancel()

	client := egress.NewClient(settings.EgressPolicy("trial"))
	defer client.Close()

	trials := []func() []cli.Trial{
		func() []cli.Trial { return tryDatabase(ctx, settings) },
		func() []cli.Trial { return tryMail(ctx, settings) },
		func() []cli.Trial { return trySMS(ctx, settings, client) },
		func() []cli.Trial { return tryWebhooks(ctx, settings, client) },
		func() []cli.Trial { return tryProviders(ctx, settings) },
		func() []cli.Trial { return tryBreaches(ctx, settings) },
		func() []cli.Trial { return tryCollector(ctx, settings) },
	}
	results := make([][]cli.Trial, len(trials))
	var running sync.WaitGroup
	for i, try := range trials {
		running.Go(func() { results[i] = try() })
	}

	running.Wait()

	return slices.Concat(results...)
}

// tried returns the result of one trial as a list.
func tried(setting, target string, details map[string]any, err error) []cli.Trial {
	trial := cli.Trial{Setting: setting, Target: target, OK: err == nil, Details: details}
	if err != nil {
		trial.Error = strings.Join(strings.Fields(err.Error()), " ")
	}
	return []cli.Trial{trial}
}

// tryDatabase refuses what serve refuses: a database that is missing or newer, a hot standby, a clock that is too far
// off.
func tryDatabase(ctx context.Context, settings config.Settings) []cli.Trial {
	const setting = "--database"
	found, err := store.Inspect(ctx, settings.Database)
	if errors.Is(err, store.ErrNoDatabase) {
		err = fmt.Errorf("%w: serve and migrate create one", err)
	}
	if found == nil {
		return tried(setting, "", nil, err)
	}

	details := map[string]any{"server": found.Server, "schema": found.Schema, "pending": found.Pending,
		"readOnly": found.Standby, "clockAhead": found.ClockOffset.Round(time.Millisecond).String()}

	return tried(setting, found.Name, details, errors.Join(err, unfit(found)))
}

// unfit returns an error if no server starts on a database although it answers.
func unfit(found *store.Inspection) error {
	switch {
	case found.Standby: // guard: a trial refuses a standby
		return errors.New("it accepts only reads: name the primary, or let this process write to the file")
	case found.ClockOffset.Abs() > maxClockOffset: // guard: a trial refuses a wrong clock
		return fmt.Errorf("its clock differs from this machine's by %v: synchronise both",
			found.ClockOffset.Abs().Round(time.Second))
	}
	return nil
}

// tryMail signs in to the mail server.
func tryMail(ctx context.Context, settings config.Settings) []cli.Trial {
	const setting = "--smtp"
	if settings.SMTP == "" {
		return nil
	}

	server, err := settings.MailServer()
	if err != nil {
		return tried(setting, "", nil, err)
	}

	target := net.JoinHostPort(server.Host, strconv.Itoa(server.Port))
	mailer, err := newMailer(settings)
	if err != nil {
		return tried(setting, target, nil, err)
	}
	defer mailer.Close()

	secured, err := mailer.Try(ctx)
	if err != nil {
		return tried(setting, target, nil, err)
	}

	return tried(setting, target, map[string]any{"tls": secured, "signedIn": server.User != ""}, nil)
}

// trySMS reads the account at Twilio, or connects to the operator's own endpoint.
func trySMS(ctx context.Context, settings config.Settings, client *egress.Client) []cli.Trial {
	const setting = "--sms"
	if settings.SMS == "" {
		return nil
	}

	provider, err := settings.SMSProvider()
	switch {
	case err != nil:
		return tried(setting, "", nil, err)
	case provider.Twilio():
		twilio := &notify.Twilio{SID: provider.SID, Token: provider.Token, From: provider.From, Client: client}
		return tried(setting, "Twilio", nil, twilio.Try(ctx))
	}

	return tried(setting, hostOf(provider.Endpoint.URL), nil, client.Connect(ctx, provider.Endpoint.URL))
}

// tryWebhooks connects to each webhook. It sends no request, because a receiver could take it for an event.
func tryWebhooks(ctx context.Context, settings config.Settings, client *egress.Client) []cli.Trial {
	webhooks, err := settings.Webhooks()
	if err != nil {
		return tried("--webhooks", "", nil, err)
	}

	trials := make([][]cli.Trial, len(webhooks))
	var running sync.WaitGroup
	for i, webhook := range webhooks {
		running.Go(func() {
			trials[i] = tried(webhook.Setting, hostOf(webhook.URL), map[string]any{"name": webhook.Name},
				client.Connect(ctx, webhook.URL))
		})
	}

	running.Wait()

	return slices.Concat(trials...)
}

// tryProviders asks each issuer for its keys.
func tryProviders(ctx context.Context, settings config.Settings) []cli.Trial {
	verifier, err := newVerifier(settings, identity.Watch{}, slog.New(slog.DiscardHandler))
	if err != nil {
		return tried("--identity-providers", "", nil, err)
	}
	if verifier == nil {
		return nil
	}

	var trials []cli.Trial
	for _, reached := range verifier.Try(ctx) {
		setting := "--identity-providers"
		if reached.CustomerTokens {
			setting = "--customer-tokens"
		}
		trials = append(trials,
			tried(setting, reached.Issuer, map[string]any{"keys": reached.Keys}, reached.Err)...)
	}

	return trials
}

// tryBreaches looks up a password that nobody has.
func tryBreaches(ctx context.Context, settings config.Settings) []cli.Trial {
	const setting = "--breached-passwords"
	checker, err := openBreaches(settings)
	if err != nil {
		return tried(setting, settings.BreachedPasswords, nil, err)
	}
	if checker == nil {
		return nil
	}

	err = checker.Try(ctx)

	return tried(setting, settings.BreachedPasswords, nil, errors.Join(err, checker.Close()))
}

// hostOf returns the host of an address: its path and its parameters may hold secrets.
func hostOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return parsed.Host
}

// tryCollector connects to the collector of traces, with TLS if the server does. It sends no span.
func tryCollector(ctx context.Context, settings config.Settings) []cli.Trial {
	const setting = "--trace"
	if settings.Trace == "" {
		return nil
	}

	collector, err := url.Parse(settings.Collector())
	if err != nil {
		return tried(setting, "", nil, err)
	}

	dial := new(net.Dialer).DialContext
	if collector.Scheme == "https" {
		dial = new(tls.Dialer).DialContext
	}
	conn, err := dial(ctx, "tcp", collector.Host)
	if err == nil {
		err = conn.Close()
	}

	return tried(setting, collector.Host, nil, err)
}
