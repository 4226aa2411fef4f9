package server

import (
	"context"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
)

// collector is a metric group that is read at every scrape. It describes nothing in advance, which makes it unchecked:
// it may leave metrics out.
type collector func(emit func(kind prometheus.ValueType, name, help string, value float64, labels ...string))

// Describe implements prometheus.Collector.
func (collector) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector. The labels of a metric are pairs of names and values.
func (c collector) Collect(numbers chan<- prometheus.Metric) {
	c(func(kind prometheus.ValueType, name, help string, value float64, labels ...string) {
		var names, values []string
		for pair := range slices.Chunk(labels, 2) {
			names, values = append(names, pair[0]), append(values, pair[1])
		}

		numbers <- prometheus.MustNewConstMetric(prometheus.NewDesc("accountql_"+name, help, names, nil), kind, value,
			values...)
	})
}

// databaseMetrics reads the pools and the log without asking the database.
func databaseMetrics(stats func() store.Stats) collector {
	return func(emit func(prometheus.ValueType, string, string, float64, ...string)) {
		now := stats()
		for _, pool := range []struct {
			name string
			store.PoolStats
		}{{"write", now.Write}, {"read", now.Read}} {
			emit(prometheus.GaugeValue, "database_connections", "Open connections.",
				float64(pool.Open), "pool", pool.name)
			emit(prometheus.GaugeValue, "database_connections_in_use", "Connections that are in use.",
				float64(pool.InUse), "pool", pool.name)
			emit(prometheus.GaugeValue, "database_connections_max", "How many connections may be open.",
				float64(pool.Max), "pool", pool.name)
			emit(prometheus.CounterValue, "database_connection_waits_total", "Waits for a free connection.",
				float64(pool.Waits), "pool", pool.name)
			emit(prometheus.CounterValue, "database_connection_wait_seconds_total", "Time in these waits.",
				pool.Waited.Seconds(), "pool", pool.name)
		}

		emit(prometheus.CounterValue, "database_retries_total", "Transactions that were repeated after a conflict.",
			float64(now.Retries))

		if journal := now.Journal; journal != nil {
			emit(prometheus.CounterValue, "database_commits_total", "Syncs of the write-ahead log.",
				float64(journal.Commits))
			emit(prometheus.CounterValue, "database_committed_transactions_total", "Transactions in these commits.",
				float64(journal.Transactions))
			emit(prometheus.GaugeValue, "database_wal_bytes", "Size of the write-ahead log.", float64(journal.Bytes))
			emit(prometheus.CounterValue, "database_checkpoints_total", "Attempts to empty the write-ahead log.",
				float64(journal.Checkpoints))
			emit(prometheus.CounterValue, "database_checkpoint_failures_total", "Attempts that failed.",
				float64(journal.CheckpointFailures))
		}
	}
}

// hashMetrics reads the queue of password hashes.
func hashMetrics(load func() (running, waiting, capacity int)) collector {
	return func(emit func(prometheus.ValueType, string, string, float64, ...string)) {
		running, waiting, capacity := load()
		emit(prometheus.GaugeValue, "password_hash_running", "Password hashes that are computed now.", float64(running))
		emit(prometheus.GaugeValue, "password_hash_waiting", "Requests that wait to compute one.", float64(waiting))
		emit(prometheus.GaugeValue, "password_hash_max", "How many are computed at once.", float64(capacity))
	}
}

// keyMetrics reads when API keys expire: the seconds that are left, of live keys with an expiry. Their names are the
// operator's. Keys of one name count as the one that expires first.
func keyMetrics(keys func(ctx context.Context) ([]models.APIKey, error), now func() time.Time) collector {
	return func(emit func(prometheus.ValueType, string, string, float64, ...string)) {
		ctx, cancel := context.WithTimeout(context.Background(), stateTimeout)
		defer cancel()
		all, err := keys(ctx)
		if err != nil {
			return
		}

		left := map[string]time.Duration{}
		for _, key := range all {
			// The page's keys are exchanged without anybody.
			if key.ExpiresAt == nil || !key.Live(now()) || key.AccountPage() {
				continue
			}
			rest := key.ExpiresAt.Sub(now())
			if first, known := left[key.Name]; !known || rest < first {
				left[key.Name] = rest
			}
		}

		for name, rest := range left {
			emit(prometheus.GaugeValue, "apikey_expires_seconds", "Seconds until an API key expires.", rest.Seconds(),
				"name", name)
		}
	}
}

// stateMetrics reads whether the process is ready and whether the database takes writes.
func stateMetrics(ready *readiness, writable *writableWatch) collector {
	number := map[bool]float64{true: 1, false: 0}
	return func(emit func(prometheus.ValueType, string, string, float64, ...string)) {
		up := ready.check(context.Background()) == nil && !ready.draining.Load()
		emit(prometheus.GaugeValue, "ready", "1 if /readyz answers 200.", number[up])
		emit(prometheus.GaugeValue, "writable", "1 if the last change was committed; tried every ten seconds.",
			number[!writable.refused.Load()])
		emit(prometheus.GaugeValue, "build_info", "1, with the version of the program.", 1, "version", version())
	}
}

// stateTimeout bounds the questions to the database at a scrape.
const stateTimeout = 2 * time.Second

// outboxMetrics reads the outbox's state, in all and by channel. If the database doesn't answer, the numbers are
// missing, not wrong.
func outboxMetrics(
	states func(ctx context.Context) (map[models.MessageChannel]models.OutboxState, error),
) collector {
	return func(emit func(prometheus.ValueType, string, string, float64, ...string)) {
		ctx, cancel := context.WithTimeout(context.Background(), stateTimeout)
		defer cancel()
		channels, err := states(ctx)
		if err != nil {
			return
		}

		now, all, oldest := time.Now(), models.OutboxState{}, time.Duration(0)
		for _, channel := range messageChannels() {
			state := channels[channel]
			age := state.Age(now)
			all.Pending, all.Failed, oldest = all.Pending+state.Pending, all.Failed+state.Failed, max(oldest, age)
			emit(prometheus.GaugeValue, "outbox_channel_pending", "Messages of a channel that are still to be sent.",
				float64(state.Pending), "channel", string(channel))
			emit(prometheus.GaugeValue, "outbox_channel_failed", "Messages of a channel that were given up.",
				float64(state.Failed), "channel", string(channel))
			emit(prometheus.GaugeValue, "outbox_channel_oldest_seconds",
				"How long the oldest pending message of a channel has been waiting.", age.Seconds(),
				"channel", string(channel))
		}

		emit(prometheus.GaugeValue, "outbox_pending", "Messages that are still to be sent.", float64(all.Pending))
		emit(prometheus.GaugeValue, "outbox_failed", "Messages that were given up.", float64(all.Failed))
		emit(prometheus.GaugeValue, "outbox_oldest_seconds", "How long the oldest pending message has been waiting.",
			oldest.Seconds())
	}
}

// newAttempts returns the counter of attempts to send messages.
func newAttempts() *prometheus.CounterVec {
	attempts := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "accountql_outbox_attempts_total", Help: "Attempts to send messages, by channel and what came of them.",
	}, []string{"channel", "result"})
	for _, channel := range messageChannels() {
		for _, result := range notify.Results() {
			attempts.WithLabelValues(string(channel), string(result))
		}
	}

	return attempts
}

func messageChannels() []models.MessageChannel {
	return []models.MessageChannel{models.ChannelMail, models.ChannelTextMessage, models.ChannelWebhook}
}

// webhookMetrics returns the state of the queue of each webhook in the settings.
func webhookMetrics(
	webhooks []webhook, states func(ctx context.Context) (map[string]models.OutboxState, error),
) collector {
	return func(emit func(prometheus.ValueType, string, string, float64, ...string)) {
		if len(webhooks) == 0 {
			return
		}

		ctx, cancel := context.WithTimeout(context.Background(), stateTimeout)
		defer cancel()
		queues, err := states(ctx)
		if err != nil {
			return
		}

		now := time.Now()
		for _, webhook := range webhooks {
			state := queues[webhook.Name]
			emit(prometheus.GaugeValue, "webhook_pending", "Events that a webhook is still to get.",
				float64(state.Pending), "webhook", webhook.Name)
			emit(prometheus.GaugeValue, "webhook_failed", "Events for a webhook that were given up.",
				float64(state.Failed), "webhook", webhook.Name)
			emit(prometheus.GaugeValue, "webhook_oldest_seconds",
				"How long the oldest pending event of a webhook has been waiting.", state.Age(now).Seconds(),
				"webhook", webhook.Name)
		}
	}
}
