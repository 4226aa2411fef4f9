package server

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
)

// workers send the messages of the outbox: one sends mail and text messages, and one the events of each webhook, so that
// a receiver that takes nothing delays no other.
type workers struct {
	messages *notify.Worker
	webhooks []*notify.Worker
}

// newWorkers returns the workers of a delivery. They have the store and the senders of their own, and all else of the
// given configuration.
func newWorkers(config notify.Config, keeper *store.Store, through *delivery) workers {
	config.Store, config.Senders = keeper, through.senders
	all := workers{messages: notify.New(config)}
	for _, webhook := range through.webhooks {
		config.Store = keeper.QueueOf(webhook.Name)
		config.Senders = map[models.MessageChannel]notify.Sender{models.ChannelWebhook: webhook.sender}
		all.webhooks = append(all.webhooks, notify.New(config))
	}

	return all
}

// all returns the workers.
func (w workers) all() []*notify.Worker { return append([]*notify.Worker{w.messages}, w.webhooks...) }

// wake tells all workers that there may be something to send.
func (w workers) wake() {
	for _, worker := range w.all() {
		worker.Wake()
	}
}

// drain makes one attempt at every message that is due now, or returns an error if ctx ends first.
func (w workers) drain(ctx context.Context) error {
	all := w.all()
	failures := make([]error, len(all))
	var draining sync.WaitGroup
	for i, worker := range all {
		draining.Go(func() { failures[i] = worker.Drain(ctx) })
	}

	draining.Wait()

	return errors.Join(failures...)
}

// recordWebhooks writes the webhooks into the database: other processes and commands write events for them, too.
func (s *server) recordWebhooks(ctx context.Context) error {
	var targets []models.WebhookTarget
	var names []string
	for _, webhook := range s.delivery.webhooks {
		targets, names = append(targets, webhook.WebhookTarget), append(names, webhook.Name)
	}

	removed, err := s.store.RecordWebhookTargets(ctx, targets, time.Now().UTC().Truncate(time.Microsecond))
	if err != nil {
		return err
	}

	if len(names) > 0 {
		s.log.InfoContext(ctx, "events go to webhooks", "names", strings.Join(names, " "))
	}
	if len(removed) > 0 {
		s.log.WarnContext(ctx, "webhooks are not in the settings any more: what waits for them is deleted",
			"names", strings.Join(removed, " "))
	}

	return nil
}

// watchWebhooks reads which webhooks the server that started last has, until ctx ends. If the database does not answer,
// what writes an event reads them itself after a minute.
func (s *server) watchWebhooks(ctx context.Context) {
	every(ctx, keysInterval, func(ctx context.Context) { _, _ = s.store.ReadWebhookTargets(ctx) })
}
