package account

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/accountql/accountql/models"
)

// replayedAtOnce is how many events one transaction enqueues again: few enough that requests don't notice the wait.
const replayedAtOnce = 100

// ReplayEvents enqueues the selected events again, for one target or, if it is "", for each, and returns how many events
// these are. It returns INVALID_INPUT for a target that there is not, and for a span without its beginning.
func (s *Service) ReplayEvents(
	ctx context.Context, wanted models.WebhookFilter, target string,
) (replayed int, err error) {
	if wanted.Since.IsZero() {
		return 0, models.InvalidInput("since", models.ReasonRequired, 0, "is required")
	}
	if wanted.Until.IsZero() {
		wanted.Until = s.now() // what happens from now on is told anyway
	}
	defer func() { s.recordRefusal(ctx, models.Caller{}, opWebhookReplay, wanted.AccountID, err) }()

	var last *models.WebhookEvent
	for {
		var events []models.WebhookEvent
		err := s.inTx(ctx, func(tx Tx) (err error) {
			events, err = s.replayBatch(ctx, tx, wanted, target, last)
			return err
		})
		if err != nil {
			return replayed, err
		}

		replayed += len(events)
		if len(events) < replayedAtOnce {
			return replayed, nil
		}
		last = &events[len(events)-1]
	}
}

// replayBatch enqueues the events that follow last. The first of them come with the audit event.
func (s *Service) replayBatch(
	ctx context.Context, tx Tx, wanted models.WebhookFilter, target string, last *models.WebhookEvent,
) ([]models.WebhookEvent, error) {
	targets, err := tx.WebhookTargets(ctx)
	if err != nil {
		return nil, err
	}
	if targets, err = targetsNamed(targets, target); err != nil {
		return nil, err
	}

	events, err := tx.WebhookEvents(ctx, wanted, last, replayedAtOnce)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	for i := range events {
		if err := s.enqueueFor(ctx, tx, targets, &events[i]); err != nil {
			return nil, err
		}
	}

	if last == nil { // guard: a replay leaves its event
		err = s.recordInternal(ctx, tx, opWebhookReplay, wanted.AccountID)
	}

	return events, err
}

// targetsNamed returns the target with that name, or all if it is "".
func targetsNamed(targets []models.WebhookTarget, name string) ([]models.WebhookTarget, error) {
	if name == "" && len(targets) > 0 {
		return targets, nil
	}

	names := make([]string, len(targets))
	for i, target := range targets {
		names[i] = target.Name
	}
	if i := slices.Index(names, name); i >= 0 {
		return targets[i : i+1], nil
	}

	known := "no server has a webhook"
	if len(names) > 0 {
		known = "the servers have " + strings.Join(names, ", ")
	}

	return nil, models.InvalidInput("target", models.ReasonUnknownValue, 0,
		fmt.Sprintf("is none of the servers' webhooks: %s", known))
}
