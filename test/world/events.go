package world

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/models"
)

// Listen makes events go to a webhook, which is called webhook.
func Listen(t testing.TB, w *World) {
	t.Helper()
	_, err := w.Store.RecordWebhookTargets(t.Context(), []models.WebhookTarget{{Name: "webhook"}}, w.Clock.Now())
	Check(t, err)
}

// EventWorker returns a worker that sends the events of that webhook, one after the other.
func (w *World) EventWorker(t testing.TB, sender notify.Sender) *notify.Worker {
	t.Helper()
	renderer, err := renderer()
	Check(t, err)

	return notify.New(notify.Config{
		Store: w.Store.QueueOf("webhook"), Render: renderer.Render, Log: Discard, Now: w.Clock.Now, Concurrency: 1,
		Senders: map[models.MessageChannel]notify.Sender{models.ChannelWebhook: sender},
	})
}

// EventSchemas returns the schema of each event, from docs/webhooks. They refuse properties that they don't name, which
// the files allow, so that nothing is sent that is not documented.
func EventSchemas(t testing.TB) map[models.EventType]*jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	address := func(name string) string { return "https://schemas.example/" + name + ".schema.json" }
	add := func(name string, strict func(document map[string]any)) {
		var document map[string]any
		Check(t, json.Unmarshal([]byte(ReadFile(t, filepath.Join(root(t), "docs/webhooks", name+".schema.json"))), &document))
		document["$id"] = address(name)
		strict(document)
		Check(t, compiler.AddResource(address(name), document))
	}

	add("event", func(map[string]any) {})
	types := slices.Concat(models.EventTypes, models.ServiceEventTypes)
	for _, event := range types {
		add(string(event), func(document map[string]any) {
			closeObjects(document["properties"])
			document["unevaluatedProperties"] = false
		})
	}

	schemas := map[models.EventType]*jsonschema.Schema{}
	for _, event := range types {
		schema, err := compiler.Compile(address(string(event)))
		Check(t, err)
		schemas[event] = schema
	}

	return schemas
}

// closeObjects makes every schema of an object in a document refuse properties that it does not name.
func closeObjects(node any) {
	switch node := node.(type) {
	case []any:
		for _, part := range node {
			closeObjects(part)
		}
	case map[string]any:
		for _, part := range node {
			closeObjects(part)
		}
		if node["type"] == "object" {
			node["additionalProperties"] = false
		}
	}
}

// CheckEvent returns an error unless the body of a request is what the schema of its event says.
func CheckEvent(schemas map[models.EventType]*jsonschema.Schema, event models.EventType, body string) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(body)))
	if err != nil {
		return err
	}
	return schemas[event].Validate(value)
}
