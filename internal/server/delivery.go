package server

import (
	"context"
	"log/slog"
	"os"
	"time"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/egress"
	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/models"
)

// newRenderer reads the templates; those of --templates override the built-in ones.
func newRenderer(directory string, links notify.Links) (*notify.Renderer, error) {
	if directory == "" {
		return notify.NewRenderer(links)
	}

	renderer, err := notify.NewRendererWith(links, os.DirFS(directory))
	if err != nil {
		return nil, &config.Error{Setting: "--templates", Problem: "can't be used: " + err.Error()}
	}

	return renderer, nil
}

// delivery holds the senders through which messages leave the server.
type delivery struct {
	senders map[models.MessageChannel]notify.Sender
	// webhooks are the receivers of events.
	webhooks []webhook
	// close closes the idle connections.
	close func()
}

// webhook is a receiver of events and what sends them.
type webhook struct {
	models.WebhookTarget
	sender notify.Sender
}

// newDelivery returns the senders that the settings name. They connect only when there is a message, so that a
// provider that is down or misconfigured stops neither the start nor a sign-in (R-OPS2). In development the inbox
// also shows every message.
func newDelivery(settings config.Settings, inbox *notify.Inbox, log *slog.Logger) (*delivery, error) {
	client := egress.NewClient(settings.EgressPolicy("message receiver"))
	d := &delivery{senders: map[models.MessageChannel]notify.Sender{}, close: client.Close}

	if settings.SMTP != "" {
		mailer, err := newMailer(settings)
		if err != nil {
			return nil, err
		}
		d.senders[models.ChannelMail] = mailer
		d.close = func() { client.Close(); mailer.Close() }
	}

	if settings.SMS != "" {
		provider, err := settings.SMSProvider()
		if err != nil {
			return nil, &config.Error{Setting: "--sms", Problem: err.Error()}
		}

		if provider.Twilio() {
			d.senders[models.ChannelTextMessage] = &notify.Twilio{
				SID: provider.SID, Token: provider.Token, From: provider.From, Client: client,
			}
		} else {
			d.senders[models.ChannelTextMessage] = &notify.SMSEndpoint{Endpoint: endpoint(provider.Endpoint, client)}
		}
	}

	webhooks, err := settings.Webhooks()
	if err != nil {
		return nil, err
	}
	for _, one := range webhooks {
		d.webhooks = append(d.webhooks, webhook{
			models.WebhookTarget{Name: one.Name, Events: one.Events},
			&notify.WebhookSender{Endpoint: endpoint(one.Endpoint, client)},
		})
	}

	if !settings.Production() {
		for _, channel := range []models.MessageChannel{models.ChannelMail, models.ChannelTextMessage} {
			d.senders[channel] = notify.TeeToInbox(inbox, d.senders[channel])
		}
	} else if settings.SMS == "" {
		log.Warn("--sms is not set: phone numbers can't be confirmed, and no text message is sent")
	}

	return d, nil
}

func newMailer(settings config.Settings) (*notify.Mailer, error) {
	server, err := settings.MailServer()
	if err != nil {
		return nil, &config.Error{Setting: "--smtp", Problem: err.Error()}
	}

	mailer, err := notify.NewMailer(notify.SMTPServer{
		Host: server.Host, Port: server.Port, User: server.User, Password: server.Password,
		ImplicitTLS: server.ImplicitTLS, Plain: server.Plain, From: settings.MailFrom,
	})
	if err != nil {
		return nil, &config.Error{Setting: "--mail-from", Problem: err.Error()}
	}

	return mailer, nil
}

func endpoint(named config.Endpoint, client *egress.Client) notify.Endpoint {
	return notify.Endpoint{URL: named.URL, Keys: named.Keys, Client: client}
}

// watchInterval is how often the outbox's state is logged while messages wait or have failed.
const watchInterval = time.Minute

// watchOutbox logs how many messages wait, since when, and how many were given up: these numbers reveal a dead
// provider, which nothing else here notices (R-OUT4).
func (s *server) watchOutbox(ctx context.Context) {
	every(ctx, watchInterval, func(ctx context.Context) { s.logOutbox(ctx, time.Now().UTC()) })
}

func (s *server) logOutbox(ctx context.Context, now time.Time) {
	state, err := s.store.OutboxState(ctx)
	if err != nil {
		if ctx.Err() == nil {
			s.log.WarnContext(ctx, "the outbox's state can't be read", "error", err)
		}
		return
	}

	if state.Pending == 0 && state.Failed == 0 {
		return
	}

	s.log.InfoContext(ctx, "outbox", "pending", state.Pending, "age", state.Age(now).Round(time.Second),
		"failed", state.Failed)
}

// links returns the addresses to which messages point.
func links(settings config.Settings) notify.Links {
	return notify.Links{
		Contact:       settings.SupportContact,
		PasswordReset: settings.PasswordResetURL, EmailChange: settings.EmailChangeURL,
		Activation: settings.ActivationURL, EmailUndo: settings.EmailUndoURL,
		DataExport: settings.DataExportURL, DeletionCancel: settings.DeletionCancelURL, Account: accountURL(settings),
		SecureAccount: settings.SecureAccountURL, FactorReset: settings.FactorResetURL,
		Consent: settings.ConsentURL,
	}
}
