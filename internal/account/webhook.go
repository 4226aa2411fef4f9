package account

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// eventData is the data of an event in addition to its account: names of fields and numbers, never a customer's
// value.
type eventData map[string]any

// webhookBody is the body of a webhook's request. An event that is about no account has neither AccountID nor Sequence.
type webhookBody struct {
	ID        string            `json:"id"`
	Type      models.EventType  `json:"type"`
	Timestamp time.Time         `json:"timestamp"`
	AccountID string            `json:"accountId,omitempty"`
	Sequence  int               `json:"sequence,omitempty"`
	Data      models.JSONObject `json:"data"`
}

// enqueueEvent numbers and keeps an event in the transaction of its cause, and enqueues it for each target that wants
// it, if there is a target at all. The rows belong to no account, so that an event outlives the account that it is
// about. Without an account ID the rows count as sent, because some flows must do the same work whether or not
// something happened.
func (s *Service) enqueueEvent(
	ctx context.Context, tx Tx, of models.EventType, accountID string, data eventData,
) error {
	targets, err := tx.WebhookTargets(ctx)
	if err != nil || len(targets) == 0 {
		return err
	}
	if data == nil {
		data = eventData{}
	}

	event := models.WebhookEvent{ID: s.NewID(), AccountID: accountID, Type: of, Data: models.JSONObject(data), CreatedAt: s.now()}
	if err := tx.RecordWebhookEvent(ctx, &event); err != nil {
		return err
	}

	return s.enqueueFor(ctx, tx, targets, &event)
}

// AnnounceAnchor enqueues the seal of an anchor for the targets that ask for it. It is not numbered, kept or replayed: it
// is about no account, and the anchor itself is kept elsewhere.
func (s *Service) AnnounceAnchor(ctx context.Context, seal AnchorSeal) error {
	return s.inTx(ctx, func(tx Tx) error {
		targets, err := tx.WebhookTargets(ctx)
		if err != nil {
			return err
		}

		return s.enqueueFor(ctx, tx, targets, &models.WebhookEvent{
			ID: s.NewID(), Type: models.EventAuditAnchored, CreatedAt: s.now(),
			Data: models.JSONObject{
				"chains": seal.Chains, "root": seal.Root, "key": seal.Key,
				"signature": base64.StdEncoding.EncodeToString(seal.Value),
			},
		})
	})
}

// enqueueFor enqueues an event for those of the targets that want it.
func (s *Service) enqueueFor(
	ctx context.Context, tx Tx, targets []models.WebhookTarget, event *models.WebhookEvent,
) error {
	body, err := json.Marshal(webhookBody{
		ID: event.ID, Type: event.Type, Timestamp: event.CreatedAt, AccountID: event.AccountID,
		Sequence: event.Sequence, Data: event.Data,
	})
	if err != nil {
		return fmt.Errorf("event %s: %w", event.Type, err)
	}

	for _, target := range targets {
		if !target.Wants(event.Type) { // guard: a target gets the events that it wants
			continue
		}

		now := s.now()
		message := &models.Message{
			ID: s.NewID(), Channel: models.ChannelWebhook, Kind: models.MessageKind(event.Type),
			Recipient: target.Name, Data: models.MessageData{Event: string(body), EventID: event.ID},
			CreatedAt: now, NotBefore: now,
		}
		if event.AccountID == "" && !slices.Contains(models.ServiceEventTypes, event.Type) {
			message.Recipient, message.SentAt = "", &now
		}
		if err := tx.Enqueue(ctx, message); err != nil {
			return err
		}
	}

	return nil
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
