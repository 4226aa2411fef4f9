package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/models"
)

// inserts hold the INSERT of each model. They are built from GORM's schema of the model once, when the store opens:
// GORM would build the statement again for every row, while other writers wait.
type inserts map[reflect.Type]insertion

// insertion is a statement with a value for each field.
type insertion struct {
	statement string
	fields    []*schema.Field
}

// newInserts returns an error if GORM can't parse a model.
func newInserts(db *gorm.DB, e engine.Engine) (inserts, error) {
	built := inserts{}
	for _, model := range []any{
		&models.Account{}, &models.Session{}, &models.Challenge{}, &models.Message{}, &models.Consent{},
		&models.Registration{}, &models.APIKey{}, &models.Deletion{}, &models.KeptExport{}, &models.ConsentProof{},
		&models.WebhookEvent{}, &models.WebhookTarget{}, &models.Address{},
		&models.KnownDevice{}, &models.Authenticator{}, &models.RecoveryCode{},
	} {
		statement := &gorm.Statement{DB: db}
		if err := statement.Parse(model); err != nil {
			return nil, fmt.Errorf("store: columns of a model: %w", err)
		}

		parsed := statement.Schema
		one := insertion{}
		for _, name := range parsed.DBNames {
			one.fields = append(one.fields, parsed.FieldsByDBName[name])
		}

		one.statement = e.Bind("INSERT INTO " + parsed.Table + " (" + strings.Join(parsed.DBNames, ", ") +
			") VALUES (?" + strings.Repeat(", ?", len(parsed.DBNames)-1) + ")")
		built[parsed.ModelType] = one
	}

	return built, nil
}

// insert writes a new row.
func insert[T any](ctx context.Context, t *transaction, row *T) error {
	return insertWithout(ctx, t, row, "")
}

// insertWithout writes a new row with NULL in one column, or in none if it is "".
func insertWithout[T any](ctx context.Context, t *transaction, row *T, column string) error {
	one := t.store.inserts[reflect.TypeFor[T]()]
	values := one.values(ctx, row)
	for i, field := range one.fields {
		if field.DBName == column {
			values[i] = nil
		}
	}

	return t.write(ctx, one.statement, values...)
}

// values returns the values of a row.
func (i insertion) values(ctx context.Context, row any) []any {
	const more = 2 // sessions have two values more
	values := make([]any, len(i.fields), len(i.fields)+more)
	from := reflect.ValueOf(row).Elem()
	for n, field := range i.fields {
		values[n], _ = field.ValueOf(ctx, from)
	}
	return values
}

// create inserts a row whose account must exist. It returns models.ErrNotFound if it does not.
func create[T any](ctx context.Context, t *transaction, row *T) error {
	err := insert(ctx, t, row)
	if errors.Is(err, errNoParent) {
		return models.ErrNotFound
	}
	return err
}
