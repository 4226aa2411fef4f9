package storetest

import (
	"sync"
	"testing"

	"gorm.io/gorm/schema"

	"github.com/accountql/accountql/models"
)

// RowNumbers are the columns that no model has, by their tables.
var RowNumbers = map[string][]string{"accounts": {"number"}, "sessions": {"account_number", "token_key"}}

// Schemas returns GORM's schemas of the models' tables.
func Schemas(t testing.TB) []*schema.Schema {
	t.Helper()
	var schemas []*schema.Schema
	for _, model := range []any{
		&models.Account{}, &models.Session{}, &models.Challenge{}, &models.APIKey{}, &models.Message{},
		&models.AuditEvent{}, &models.Budget{}, &models.Consent{}, &models.Identity{}, &models.Registration{},
		&models.IdempotencyKey{},
	} {
		parsed, err := schema.Parse(model, &sync.Map{}, schema.NamingStrategy{})
		if err != nil {
			t.Fatal(err)
		}
		schemas = append(schemas, parsed)
	}

	return schemas
}
