//go:build guards

package guards

func init() { guards = append(guards, webhookGuards...) }

// webhookGuards ensure that events go to whom they are for, and that a replay is recorded.
var webhookGuards = []guard{
	{"a signing key can't be guessed", configTests, "TestWebhooksFileRefusals", changes{never}},
	{"a target gets the events that it wants", serverTests, "TestWebhooksAreDelivered", changes{never}},
	{"a replay leaves its event", systemTests, "TestEventsAreReplayed", changes{never}},
}
