package sqlite

import (
	"errors"

	"github.com/mattn/go-sqlite3"

	"github.com/accountql/accountql/internal/store/engine"
)

// CommitOutcomeUnknown implements engine.Engine. After a failed sync, only the next start shows what is on disk.
func (e *Engine) CommitOutcomeUnknown(err error) bool { return e.Classify(err) == engine.FailureFatal }

// Classify implements engine.Engine.
func (e *Engine) Classify(err error) engine.Failure {
	if errors.Is(err, errRolledBack) {
		return engine.FailureConflict
	}

	var fault sqlite3.Error
	if !errors.As(err, &fault) {
		return engine.FailureUnknown
	}

	switch fault.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrFull, sqlite3.ErrInterrupt,
		sqlite3.ErrNomem, sqlite3.ErrCantOpen, sqlite3.ErrProtocol, sqlite3.ErrPerm:
		return engine.FailureTransient
	case sqlite3.ErrReadonly:
		return engine.FailureReadOnly
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return engine.FailureFatal
	}

	switch fault.ExtendedCode {
	case sqlite3.ErrIoErrWrite, sqlite3.ErrIoErrSHMOpen, sqlite3.ErrIoErrSHMSize, sqlite3.ErrIoErrSHMMap,
		sqlite3.ErrIoErrSHMLock, sqlite3.ErrIoErrLock, sqlite3.ErrIoErrRDlock, sqlite3.ErrIoErrNoMem:
		// The system refused a write, as on a full or read-only file system, and SQLite knows it: the next writer
		// starts again at the same place.
		return engine.FailureTransient
	case sqlite3.ErrConstraintForeignKey:
		return engine.FailureNoParent
	case sqlite3.ErrConstraintUnique:
		switch fault.Error() {
		case "UNIQUE constraint failed: accounts.email":
			return engine.FailureEmailTaken
		case "UNIQUE constraint failed: accounts.phone":
			return engine.FailurePhoneTaken
		}
	}

	if fault.Code == sqlite3.ErrIoErr {
		// This is mostly a failed sync: the system has dropped the data that it did not write, and the next sync
		// would succeed without it.
		return engine.FailureFatal
	}

	return engine.FailureUnknown
}

func isBusy(err error) bool {
	var fault sqlite3.Error
	return errors.As(err, &fault) && (fault.Code == sqlite3.ErrBusy || fault.Code == sqlite3.ErrLocked)
}
