package transfer

import (
	"slices"
	"strings"

	"github.com/accountql/accountql/internal/store/engine"
)

// table is a table that Copy moves.
type table struct {
	name string
	// key lists the columns of a unique index, none of which is NULL. Every database orders texts by their bytes,
	// so the order of the rows is the same.
	key     []string
	columns []engine.Column
}

// tables lists all tables, referenced tables first. A test compares the list and the keys with the schema, so that
// a new table can't be forgotten.
var tables = []table{
	{name: "server_keys", key: []string{"name"}},
	{name: "api_keys", key: []string{"id"}},
	{name: "accounts", key: []string{"id"}},
	{name: "identities", key: []string{"identity_provider", "issuer", "subject"}},
	{name: "consents", key: []string{"id"}},
	{name: "passkeys", key: []string{"id"}},
	{name: "authenticators", key: []string{"id"}},
	{name: "recovery_codes", key: []string{"id"}},
	{name: "deletions", key: []string{"account_id"}},
	{name: "idle_notices", key: []string{"account_id"}},
	{name: "terms_acceptances", key: []string{"id"}},
	{name: "data_exports", key: []string{"id"}},
	{name: "known_devices", key: []string{"id"}},
	{name: "device_watches", key: []string{"account_id"}},
	{name: "consent_proofs", key: []string{"id"}},
	{name: "addresses", key: []string{"account_id", "id"}},
	{name: "registrations", key: []string{"id"}},
	{name: "sessions", key: []string{"id"}},
	{name: "challenges", key: []string{"id"}},
	{name: "idempotency_keys", key: []string{"id"}},
	{name: "outbox", key: []string{"id"}},
	{name: "webhook_targets", key: []string{"name"}},
	{name: "webhook_events", key: []string{"id"}},
	{name: "webhook_sequences", key: []string{"account_id"}},
	{name: "budgets", key: []string{"key"}},
	{name: "audit_events", key: []string{"chain", "number"}},
	{name: "audit_heads", key: []string{"chain"}},
}

func tableNames() []string {
	names := make([]string, len(tables))
	for i, table := range tables {
		names[i] = table.name
	}
	return names
}

func (t table) columnNames() []string {
	names := make([]string, len(t.columns))
	for i, column := range t.columns {
		names[i] = column.Name
	}
	return names
}

// keyOf returns the key of a row.
func (t table) keyOf(row []any) []any {
	key := make([]any, len(t.key))
	for i, name := range t.key {
		key[i] = row[slices.Index(t.columnNames(), name)]
	}
	return key
}

// join returns a list of names for a statement.
func join(names []string, as func(name string) string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = as(name)
	}
	return strings.Join(list, ", ")
}

// placeholders returns that number of placeholders.
func placeholders(count int) string {
	return strings.TrimSuffix(strings.Repeat("?, ", count), ", ")
}
