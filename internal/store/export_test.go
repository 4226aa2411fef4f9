package store

import (
	"context"
	"database/sql"

	"gorm.io/gorm"
)

// Pools returns the pool that writes and the one that reads.
func (s *Store) Pools() (write, read *sql.DB) {
	engine := s.engine.(*sqliteEngine)
	return engine.write, engine.read
}

// RunInTx runs a statement in a transaction, and returns how often that was begun.
func (s *Store) RunInTx(ctx context.Context, statement string) (runs int, err error) {
	err = s.inTx(ctx, func(tx *transaction) error {
		runs++
		return tx.exec(ctx, statement)
	})
	return runs, err
}

// Gorm returns GORM on the pool that writes.
func (s *Store) Gorm() *gorm.DB { return s.write }

// Capture calls see with every statement that goes through GORM from now on.
func (s *Store) Capture(see func(statement string, values []any)) error {
	after := func(db *gorm.DB) {
		if statement := db.Statement.SQL.String(); statement != "" {
			see(statement, db.Statement.Vars)
		}
	}
	for _, db := range []*gorm.DB{s.write, s.read} {
		for _, err := range []error{
			db.Callback().Create().After("*").Register("capture", after),
			db.Callback().Query().After("*").Register("capture", after),
			db.Callback().Update().After("*").Register("capture", after),
			db.Callback().Delete().After("*").Register("capture", after),
			db.Callback().Row().After("*").Register("capture", after),
			db.Callback().Raw().After("*").Register("capture", after),
		} {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// ExpectPragma makes connections of the reading kind fail unless SQLite reports the value.
func ExpectPragma(ctx context.Context, path, name string, want any) error {
	connector := sqliteReader(path)
	connector.pragmas = append(connector.pragmas, pragma{name, want})
	conn, err := connector.Connect(ctx)
	if err == nil {
		return conn.Close()
	}
	return err
}

// Translate is the translation of an error that a driver returned.
func (s *Store) Translate(err error) error { return s.translate(err) }

// FailCommit is what a commit does whose error is err.
func (s *Store) FailCommit(err error) error { return s.unavailable(err) }
