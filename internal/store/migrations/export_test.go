package migrations

import (
	"context"
	"database/sql"

	"github.com/accountql/accountql/internal/store/engine"
)

// UpTo applies the steps to an empty database up to a version.
func UpTo(ctx context.Context, e engine.Engine, version int64) error {
	return e.Migrate(ctx, func(db *sql.DB) error {
		provider, err := newProvider(e, db)
		if err != nil {
			return err
		}
		_, err = provider.UpTo(ctx, version)
		return err
	})
}
