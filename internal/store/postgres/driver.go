// Package postgres is the engine for PostgreSQL: one server, with separate pools for reads and writes. Writers that
// all wait for one row can't delay a read.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/accountql/accountql/internal/store/engine"
)

// oldestServer is the oldest version that still receives fixes.
const oldestServer = 140000

// Driver opens databases of PostgreSQL.
type Driver struct{}

var _ engine.Driver = Driver{}

// Open implements engine.Driver. It connects once, so that the program doesn't start with a wrong address or
// password.
func (Driver) Open(ctx context.Context, database string, _ func(error)) (engine.Engine, error) {
	settings, err := parseURL(database)
	if err != nil {
		return nil, fmt.Errorf("--database %w", err)
	}

	e := &Engine{
		settings: settings,
		write:    sql.OpenDB(&connector{servers: settings.servers}),
		read:     sql.OpenDB(&connector{servers: settings.servers, reading: true}),
	}
	e.limitPools()
	if err := e.refuseUnfit(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%v: %w", settings, settings.oneLine(err)), e.Close())
	}

	return e, nil
}

// limitPools divides the connections between reads and writes.
func (e *Engine) limitPools() {
	total := e.settings.connections
	for pool, connections := range map[*sql.DB]int{e.write: total / 2, e.read: total - total/2} {
		// All may stay idle: a new connection costs the server a process.
		pool.SetMaxOpenConns(connections)
		pool.SetMaxIdleConns(connections)
		pool.SetConnMaxLifetime(e.settings.lifetime)
		pool.SetConnMaxIdleTime(idleTime)
	}
}

// refuseUnfit returns an error if the server could lose acknowledged changes, or can't store all texts.
func (e *Engine) refuseUnfit(ctx context.Context) error {
	var version int
	var encoding, synchronous string
	err := e.read.QueryRowContext(ctx, `SELECT current_setting('server_version_num')::bigint,
		current_setting('server_encoding'), current_setting('synchronous_commit')`,
	).Scan(&version, &encoding, &synchronous)

	switch {
	case err != nil:
		return err
	case version < oldestServer:
		return errors.New("the server must be PostgreSQL 14 or newer")
	case encoding != "UTF8":
		return fmt.Errorf("the encoding of the database must be UTF8, not %s", encoding)
	case synchronous == "off":
		// R-C4: a commit that is acknowledged before it is on disk can be lost.
		return errors.New("synchronous_commit is off, so an acknowledged change could be lost: set it to on")
	}

	return nil
}

// Backup implements engine.Driver. It returns an error because PostgreSQL has its own programs for backups.
func (Driver) Backup(context.Context, string, string) (int64, error) {
	return 0, errors.New("backup is for SQLite: use pg_basebackup or pg_dump, as docs/operations.md says")
}
