package store

import (
	"database/sql"
	"time"

	"github.com/accountql/accountql/internal/store/engine"
)

// Stats are the numbers of a database for metrics.
type Stats struct {
	Write, Read PoolStats
	// Journal is nil if the engine has no log of its own.
	Journal *engine.Journal
	// Retries is how many transactions were repeated after a conflict.
	Retries uint64
}

// PoolStats are the numbers of a pool's connections.
type PoolStats struct {
	Open, InUse, Max int
	// Waits counts the waits for a free connection, and Waited is how long they took together.
	Waits  int64
	Waited time.Duration
}

// Stats returns the numbers at this moment, without asking the database.
func (s *Store) Stats() Stats {
	write, read := s.engine.Pools()
	return Stats{
		Write: poolStats(write), Read: poolStats(read), Journal: s.engine.Journal(), Retries: s.retries.Load(),
	}
}

func poolStats(pool *sql.DB) PoolStats {
	now := pool.Stats()
	return PoolStats{
		Open: now.OpenConnections, InUse: now.InUse, Max: now.MaxOpenConnections,
		Waits: now.WaitCount, Waited: now.WaitDuration,
	}
}
