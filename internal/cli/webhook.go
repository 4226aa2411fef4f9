package cli

import (
	"context"
	"time"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

type listWebhooksCommand struct{ databaseFlags }

// listedWebhook is what `webhook list` prints of a webhook. The database holds neither its address nor its secret.
type listedWebhook struct {
	Name string `json:"name"`
	// Events are the events that it gets; nil means all.
	Events     []models.EventType `json:"events"`
	RecordedAt time.Time          `json:"recordedAt"`
	Pending    int                `json:"pending"`
	Oldest     *time.Time         `json:"oldest"`
	Failed     int                `json:"failed"`
}

// Run prints the webhooks of the server that started last.
func (c *listWebhooksCommand) Run(ctx context.Context, p *Program) error {
	return p.withOpen(ctx, config.Settings{Database: c.Database}, func(database *Database) error {
		targets, err := database.Outbox.ReadWebhookTargets(ctx)
		if err != nil {
			return err
		}

		queues, err := database.Outbox.OutboxByTarget(ctx)
		if err != nil {
			return err
		}

		listed := make([]listedWebhook, len(targets))
		for i, target := range targets {
			queue := queues[target.Name]
			listed[i] = listedWebhook{
				target.Name, target.Events, target.RecordedAt, queue.Pending, queue.Oldest, queue.Failed,
			}
		}

		return p.print(listed)
	})
}

type replayWebhookCommand struct {
	actingFlags
	Since   string `name:"since" required:"" placeholder:"TIME" help:"Events from this time on: 2026-11-29T08:00:00Z, or how long ago, such as 24h or 7d. They are kept for 30 days."`
	Until   string `name:"until" placeholder:"TIME" help:"Events before this time, in the same form. Left out: all until now."`
	Target  string `name:"target" placeholder:"NAME" help:"Only to this webhook; 'webhook' is that of --webhook. Left out: to each."`
	Account string `name:"account" placeholder:"ID" help:"Only the events of this account."`
}

// Validate refuses a time that can't be read, and a span that ends before it begins.
func (c *replayWebhookCommand) Validate() error {
	_, err := c.filter(time.Now())
	return err
}

// filter returns which events the command sends again.
func (c *replayWebhookCommand) filter(now time.Time) (models.WebhookFilter, error) {
	since, err := parseTime("--since", c.Since, now)
	if err != nil {
		return models.WebhookFilter{}, err
	}

	until, err := parseTime("--until", c.Until, now)
	if err != nil {
		return models.WebhookFilter{}, err
	}
	if !until.IsZero() && !until.After(since) {
		return models.WebhookFilter{}, &config.Error{Setting: "--until", Problem: "must be later than --since"}
	}

	return models.WebhookFilter{Since: since.UTC(), Until: until.UTC(), AccountID: c.Account}, nil
}

// Run enqueues the events and prints how many. A server on the same database then sends them.
func (c *replayWebhookCommand) Run(ctx context.Context, p *Program) error {
	wanted, err := c.filter(time.Now())
	if err != nil {
		return err
	}

	return p.withActing(ctx, &c.actingFlags, config.Settings{}, func(operator Operator, _ *Database) error {
		replayed, err := operator.ReplayEvents(ctx, wanted, c.Target)
		if err != nil {
			return err
		}

		return p.print(struct {
			Replayed int `json:"replayed"`
		}{replayed})
	})
}
