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

// webhookRecipient takes the place of an address: --webhook says where events go.
const webhookRecipient = "webhook"

// eventData is what an event tells beside its account: names of fields and
// numbers, never a value that is the customer's.
type eventData map[string]any

// webhookBody is the body of a webhook's request.
type webhookBody struct {
	ID        string           `json:"id"`
	Type      models.EventType `json:"type"`
	CreatedAt time.Time        `json:"createdAt"`
	AccountID string           `json:"accountId"`
	Data      eventData        `json:"data"`
}

// enqueueEvent writes an event for the webhook in the transaction of what happened, if --webhook is set. The row
// belongs to no account, so that an event outlives the account that it is about. Without an account id the row counts
// as sent: some flows must do the same work whether or not something happened.
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

// enqueueRevoked tells of sessions that a customer ended, if there were any.
func (s *Service) enqueueRevoked(ctx context.Context, tx Tx, accountID string, ended int) error {
	if ended == 0 {
		return nil
	}
	return s.enqueueEvent(ctx, tx, models.EventSessionRevoked, accountID, eventData{"revokedSessions": ended})
}

// fieldsOf names the schema's fields that columns of an account belong to.
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

// camelCase turns first_name into firstName.
func camelCase(column string) string {
	words := strings.Split(column, "_")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}
