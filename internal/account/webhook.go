package account

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// webhookRecipient replaces an address in messages for the webhook, because --webhook sets where events are sent.
const webhookRecipient = "webhook"

// eventData is the data of an event in addition to its account: names of fields and numbers, never a customer's
// value.
type eventData map[string]any

// webhookBody is the body of a webhook's request.
type webhookBody struct {
	ID        string           `json:"id"`
	Type      models.EventType `json:"type"`
	CreatedAt time.Time        `json:"createdAt"`
	AccountID string           `json:"accountId"`
	Data      eventData        `json:"data"`
}

// enqueueEvent enqueues an event for the webhook in the transaction of its cause, if --webhook is set. The row
// belongs to no account, so that an event outlives the account that it is about. Without an account ID the row
// counts as sent, because some flows must do the same work whether or not something happened.
func (s *Service) enqueueEvent(
	ctx context.Context, tx Tx, event models.EventType, accountID string, data eventData,
) error {
	if !s.Settings.Webhook {
		return nil
	}
	if data == nil {
		data = eventData{}
	}

	now := s.now()
	message := &models.Message{
		ID: s.NewID(), Channel: models.ChannelWebhook, Kind: models.MessageKind(event),
		Recipient: webhookRecipient, CreatedAt: now, NotBefore: now,
	}
	body, err := json.Marshal(
		webhookBody{ID: message.ID, Type: event, CreatedAt: now, AccountID: accountID, Data: data},
	)
	if err != nil {
		return fmt.Errorf("event %s: %w", event, err)
	}

	message.Data.Event = string(body)
	if accountID == "" {
		message.Recipient, message.SentAt = "", &now
	}

	return tx.Enqueue(ctx, message)
}

// enqueueRevoked enqueues the event for sessions that a customer ended, if there were any.
func (s *Service) enqueueRevoked(ctx context.Context, tx Tx, accountID string, ended int) error {
	if ended == 0 {
		return nil
	}
	return s.enqueueEvent(ctx, tx, models.EventSessionRevoked, accountID, eventData{"revokedSessions": ended})
}

// fieldsOf returns the names of the schema's fields to which columns of an account belong.
func fieldsOf(columns []string) eventData {
	var fields []string
	for _, column := range columns {
		if channel, found := strings.CutPrefix(column, "agreement_"); found {
			fields = append(fields, "agreements."+channel)
		} else if column != "phone_verified_at" {
			fields = append(fields, camelCase(column))
		}
	}

	slices.Sort(fields)

	return eventData{"fields": slices.Compact(fields)}
}

// camelCase converts first_name to firstName.
func camelCase(column string) string {
	words := strings.Split(column, "_")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}
