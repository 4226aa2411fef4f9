package store_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/utils/tests"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/internal/store/engine"
	"github.com/accountql/accountql/models"
)

// This file implements a third engine with the minimum that a database must do. It stores nothing, and its commits
// fail as the test requires.

var (
	_ engine.Driver = stubDriver{}
	_ engine.Engine = (*stub)(nil)
)

type stubDriver struct{ stub *stub }

func (d stubDriver) Open(_ context.Context, _ string, failed func(error)) (engine.Engine, error) {
	d.stub.failed = failed
	return d.stub, nil
}

func (d stubDriver) OpenSource(context.Context, string, []string) (engine.Engine, error) {
	return nil, engine.ErrInUse
}

func (d stubDriver) CheckAddress(string) error { return nil }

func (d stubDriver) OpenToInspect(context.Context, string) (engine.Engine, error) { return d.stub, nil }

func (d stubDriver) Backup(context.Context, string, string) (int64, error) { return 0, errStub }

var errStub = errors.New("a stub keeps nothing")

type stub struct {
	// commits are the errors of the next commits.
	commits []error
	// lost is true if a commit that failed may have succeeded nevertheless.
	lost   bool
	closed bool
	failed func(error)
}

// stubFailure is an error that is classified as the failure.
type stubFailure engine.Failure

func (f stubFailure) Error() string { return "a failure" }

func (e *stub) Name() string                              { return "a stub" }
func (e *stub) Pools() (write, read *sql.DB)              { pool := sql.OpenDB(e); return pool, pool }
func (e *stub) Dialector(*sql.DB) gorm.Dialector          { return tests.DummyDialector{} }
func (e *stub) Close() error                              { e.closed = true; return nil }
func (e *stub) Bind(statement string) string              { return statement }
func (e *stub) Renumber(context.Context, engine.Tx) error { return errStub }
func (e *stub) LockClause(string) string                  { return "" }
func (e *stub) JoinsWrites() bool                         { return false }
func (e *stub) NeedsSavepoints() bool                     { return false }
func (e *stub) Purge(context.Context) error               { return nil }
func (e *stub) CommitOutcomeUnknown(err error) bool       { return e.lost }
func (e *stub) RawColumn(column string) string            { return column }
func (e *stub) ReadTime(any) (time.Time, bool)            { return time.Time{}, false }
func (e *stub) Migrations() engine.MigrationSource        { return engine.MigrationSource{} }
func (e *stub) Journal() *engine.Journal                  { return nil }
func (e *stub) Server(context.Context) (string, bool, error) {
	return "a stub", false, nil
}
func (e *stub) Clock(context.Context) (time.Time, error) { return time.Time{}, errStub }

func (e *stub) Find(context.Context, *engine.Row, string, ...any) (bool, error) {
	return false, errStub
}

func (e *stub) Begin(context.Context) (engine.Tx, error) {
	pool, _ := e.Pools()
	return &stubTx{pool, e}, nil
}

func (e *stub) Classify(err error) engine.Failure {
	var failure stubFailure
	if errors.As(err, &failure) {
		return engine.Failure(failure)
	}
	return engine.FailureUnknown
}

func (e *stub) Migrate(context.Context, func(db *sql.DB) (bool, error)) error {
	return errStub
}

func (e *stub) HasTable(context.Context, *sql.DB, string) (bool, error) { return false, errStub }

func (e *stub) Columns(context.Context, *sql.DB, string) ([]engine.Column, error) {
	return nil, errStub
}

// Connect implements driver.Connector.
func (e *stub) Connect(context.Context) (driver.Conn, error) { return nil, errStub }

// Driver implements driver.Connector.
func (e *stub) Driver() driver.Driver { return nil }

type stubTx struct {
	gorm.ConnPool
	engine *stub
}

func (t *stubTx) Rollback() error { return nil }

func (t *stubTx) Commit() error {
	err := t.engine.commits[0]
	t.engine.commits = t.engine.commits[1:]
	return err
}

// TestThirdEngine gives the store an unknown engine: the store relies on engine.Engine alone.
func TestThirdEngine(t *testing.T) {
	transient, conflict := stubFailure(engine.FailureTransient), stubFailure(engine.FailureConflict)
	for name, c := range map[string]struct {
		commits []error
		lost    bool
		runs    int
		want    string
	}{
		"done":                {[]error{nil}, false, 1, ""},
		"done after conflict": {[]error{conflict, conflict, nil}, false, 3, ""},
		"in conflict always":  {[]error{conflict, conflict, conflict, conflict}, false, 4, "nothing was changed"},
		"refused for now":     {[]error{transient}, false, 1, "nothing was changed"},
		"perhaps done":        {[]error{transient}, true, 1, "not known"},
	} {
		t.Run(name, func(t *testing.T) {
			e := &stub{commits: c.commits, lost: c.lost}
			s, err := store.OpenWith(t.Context(), stubDriver{e}, "third://")
			if err != nil {
				t.Fatal(err)
			}

			runs := 0
			err = s.InTx(t.Context(), func(account.Tx) error { runs++; return nil })
			var answer *models.Error
			switch {
			case runs != c.runs:
				t.Errorf("%d runs instead of %d", runs, c.runs)
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (!errors.As(err, &answer) || !strings.Contains(answer.Message, c.want)):
				t.Errorf("answered %v", err)
			}

			if err := s.Close(); err != nil || !e.closed {
				t.Errorf("closed %v, %v", e.closed, err)
			}
		})
	}
}

// TestThirdEngineFails reports to the store a failure that leaves the state on disk unknown.
func TestThirdEngineFails(t *testing.T) {
	e := &stub{}
	s, err := store.OpenWith(t.Context(), stubDriver{e}, "third://")
	if err != nil {
		t.Fatal(err)
	}

	e.failed(errStub)

	select {
	case <-s.Failed():
	default:
		t.Error("the failure is not told")
	}

	err = s.InTx(t.Context(), func(account.Tx) error { t.Error("a transaction began"); return nil })
	if models.CodeOf(err) != models.CodeUnavailable || !errors.Is(err, errStub) {
		t.Errorf("got %v", err)
	}
}
