package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// Outbox is the part of the store that the commands use.
type Outbox interface {
	OutboxState(ctx context.Context) (models.OutboxState, error)
	// Messages returns up to limit messages of a state, of the account or, if it is "", of all, without their secrets.
	Messages(ctx context.Context, state models.MessageState, accountID string, limit int) ([]models.Message, error)
	// ReadWebhookTargets returns the servers' webhooks.
	ReadWebhookTargets(ctx context.Context) ([]models.WebhookTarget, error)
	// OutboxByTarget returns the state of each webhook's queue; one that is empty may be left out.
	OutboxByTarget(ctx context.Context) (map[string]models.OutboxState, error)
}

type listOutboxCommand struct {
	actingFlags
	Account string `name:"account" placeholder:"ID" help:"Only messages of this account, or about it."`
	Pending bool   `name:"pending" help:"Only messages that wait to be sent."`
	Failed  bool   `name:"failed" help:"Only messages that were given up."`
	Sent    bool   `name:"sent" help:"Only messages that were sent; they are kept for a week."`
	Limit   int    `name:"limit" default:"1000" help:"How many messages to list of each state."`
}

// listedMessage is what `outbox list` prints of a message: not its content, and not its full recipient.
type listedMessage struct {
	ID        string                `json:"id"`
	AccountID string                `json:"accountId"`
	State     string                `json:"state"`
	Channel   models.MessageChannel `json:"channel"`
	Kind      models.MessageKind    `json:"kind"`
	To        string                `json:"to"`
	Attempts  int                   `json:"attempts"`
	CreatedAt time.Time             `json:"createdAt"`
	// NextAttempt is nil if the message was sent or has failed for good.
	NextAttempt *time.Time `json:"nextAttempt"`
	SentAt      *time.Time `json:"sentAt"`
	FailedAt    *time.Time `json:"failedAt"`
	LastError   *string    `json:"lastError"`
}

// Validate requires a positive limit.
func (c *listOutboxCommand) Validate() error {
	if c.Limit < 1 {
		return &config.Error{Setting: "--limit", Problem: "must be 1 or more"}
	}
	return nil
}

// Run prints the outbox's figures and its messages: those that are pending and those that failed, unless a flag
// selects others. Only a list of one account's messages leaves an audit event, because a list of all shows no whole
// address.
func (c *listOutboxCommand) Run(ctx context.Context, p *Program) error {
	return p.withActing(ctx, &c.actingFlags, config.Settings{}, func(operator Operator, database *Database) error {
		outbox := database.Outbox
		state, err := outbox.OutboxState(ctx)
		if err != nil {
			return err
		}

		listed := []listedMessage{}
		all := !c.Pending && !c.Failed && !c.Sent
		for _, wanted := range []struct {
			state models.MessageState
			name  string
			asked bool
		}{{models.MessagePending, "pending", c.Pending || all},
			{models.MessageFailed, "failed", c.Failed || all}, {models.MessageSent, "sent", c.Sent}} {
			if !wanted.asked {
				continue
			}

			messages, err := outbox.Messages(ctx, wanted.state, c.Account, c.Limit)
			if err != nil {
				return err
			}

			for _, message := range messages {
				listed = append(listed, showMessage(message, wanted.name))
			}
		}

		if c.Account != "" && len(listed) > 0 {
			// guard: a list without its event is not shown
			if err := operator.RecordOutboxList(ctx, c.Account); err != nil {
				return err
			}
		}

		return p.print(struct {
			Pending  int             `json:"pending"`
			Oldest   *time.Time      `json:"oldest"`
			Failed   int             `json:"failed"`
			Messages []listedMessage `json:"messages"`
		}{state.Pending, state.Oldest, state.Failed, listed})
	})
}

func showMessage(message models.Message, state string) listedMessage {
	shown := listedMessage{
		ID: message.ID, AccountID: message.AccountID, State: state, Channel: message.Channel, Kind: message.Kind, Attempts: message.Attempts,
		CreatedAt: message.CreatedAt, SentAt: message.SentAt, FailedAt: message.FailedAt, LastError: message.LastError,
	}
	switch message.Channel {
	case models.ChannelMail:
		shown.To = models.MaskEmail(models.EmailAddress(message.Recipient))
	case models.ChannelTextMessage:
		shown.To = models.MaskPhone(models.PhoneNumber(message.Recipient))
	default:
		shown.To = message.Recipient
	}

	if message.SentAt == nil && message.FailedAt == nil {
		shown.NextAttempt = &message.NotBefore
	}

	return shown
}

type retryOutboxCommand struct {
	actingFlags
	IDs    []string `arg:"" optional:"" name:"id" help:"Ids that list prints."`
	Failed bool     `name:"failed" help:"Retry every message that was given up and can be sent again."`
}

// Validate requires either ids or --failed.
func (c *retryOutboxCommand) Validate() error {
	if (len(c.IDs) > 0) == c.Failed {
		return &config.Error{Setting: "outbox retry", Problem: "needs either ids or --failed"}
	}
	return nil
}

// refusedRetry is a message that can't be sent again.
type refusedRetry struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// Run makes the messages due again and prints which. A server on the same database then sends them. Run returns an
// error if one of the given ids can't be retried.
func (c *retryOutboxCommand) Run(ctx context.Context, p *Program) error {
	return p.withActing(ctx, &c.actingFlags, config.Settings{}, func(operator Operator, database *Database) error {
		ids := c.IDs
		if c.Failed {
			failed, err := database.Outbox.Messages(ctx, models.MessageFailed, "", math.MaxInt32)
			if err != nil {
				return err
			}
			for _, message := range failed {
				ids = append(ids, message.ID)
			}
		}

		retried, refused := []string{}, []refusedRetry{}
		for _, id := range ids {
			err := operator.RetryMessage(ctx, id)
			switch {
			case err == nil:
				retried = append(retried, id)
			case errors.Is(err, models.ErrNotFound):
				refused = append(refused, refusedRetry{id, "is not in the outbox"})
			case models.CodeOf(err) == models.CodeInvalidInput:
				refused = append(refused, refusedRetry{id, err.Error()})
			default:
				return err
			}
		}

		err := p.print(struct {
			Retried []string       `json:"retried"`
			Refused []refusedRetry `json:"refused"`
		}{retried, refused})
		if err == nil && len(refused) > 0 && !c.Failed {
			return fmt.Errorf("%d of %d messages can't be retried", len(refused), len(ids))
		}

		return err
	})
}
