package postgres

import (
	"context"
	"fmt"

	"github.com/accountql/accountql/internal/store/engine"
)

// OpenToInspect implements engine.Driver: opening a server changes nothing there.
func (d Driver) OpenToInspect(ctx context.Context, database string) (engine.Engine, error) {
	return d.Open(ctx, database, nil)
}

// Server implements engine.Engine.
func (e *Engine) Server(ctx context.Context) (version string, readOnly bool, err error) {
	err = e.read.QueryRowContext(ctx, `SELECT 'PostgreSQL ' || current_setting('server_version'),
		pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean`).Scan(&version, &readOnly)
	return version, readOnly, err
}

// CheckAddress implements engine.Driver.
func (Driver) CheckAddress(database string) error {
	if _, err := parseURL(database); err != nil {
		return fmt.Errorf("--database %w", err)
	}
	return nil
}
