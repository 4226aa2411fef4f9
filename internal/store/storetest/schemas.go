package storetest

import (
	"sync"
	"testing"

	"gorm.io/gorm/schema"

	"github.com/accountql/accountql/models"
)

// Unmodelled are the columns that no model has, with their types on SQLite, by their tables.
var Unmodelled = map[string]map[string]string{
	"accounts": {"number": "INTEGER", "idle_from": "DATETIME"},
	"sessions": {"account_number": "INTEGER", "token_key": "INTEGER"},
}

// Schemas returns GORM's schemas of the models' tables.
func Schemas(t testing.TB) []*schema.Schema {
	t.Helper()
	var schemas []*schema.Schema
	for _, model := range []any{
		&models.Account{}, &models.Session{}, &models.Challenge{}, &models.APIKey{}, &models.Message{},
		&models.AuditEvent{}, &models.Budget{}, &models.Consent{}, &models.Identity{}, &models.Registration{},
		&models.IdempotencyKey{}, &models.Deletion{}, &models.KeptExport{}, &models.ConsentProof{},
		&models.TermsAcceptance{}, &models.WebhookTarget{}, &models.WebhookEvent{}, &models.Address{}, &models.IdleNotice{},
		&models.Passkey{}, &models.KnownDevice{},
		&models.Authenticator{}, &models.RecoveryCode{},
	} {
		parsed, err := schema.Parse(model, &sync.Map{}, schema.NamingStrategy{})
		if err != nil {
			t.Fatal(err)
		}
		schemas = append(schemas, parsed)
	}

	return schemas
}
