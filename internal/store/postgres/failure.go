package postgres

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/accountql/accountql/internal/store/engine"
)

// Classify implements engine.Engine. It never returns FailureFatal: a server that failed recovers the state on its
// disk itself when it starts again.
func (e *Engine) Classify(err error) engine.Failure {
	var unbegun *beginError
	if errors.As(err, &unbegun) {
		return engine.FailureTransient
	}

	var fault *pgconn.PgError
	if !errors.As(err, &fault) {
		if isConnectionFailure(err) {
			return engine.FailureTransient
		}
		return engine.FailureUnknown
	}

	switch fault.Code {
	case "40001", "40P01": // serialization failure, deadlock
		return engine.FailureConflict
	case "23503": // foreign key
		return engine.FailureNoParent
	case "23505": // unique
		switch fault.ConstraintName {
		case "accounts_email":
			return engine.FailureEmailTaken
		case "accounts_phone":
			return engine.FailurePhoneTaken
		}
		return engine.FailureUnknown
	case "55P03", "25006", "25P03": // lock not available; read-only standby; idle in transaction for too long
		return engine.FailureTransient
	}

	// A broken connection (also PgBouncer's refusals), refused credentials, no such database, no disk or memory
	// left, shutdown by the operator, a system error.
	for _, class := range []string{"08", "28", "3D", "53", "57", "58"} {
		if strings.HasPrefix(fault.Code, class) {
			return engine.FailureTransient
		}
	}

	return engine.FailureUnknown
}

// CommitOutcomeUnknown implements engine.Engine. A server that ends a connection (class 57) may have committed
// already, and only waited for its standby.
func (e *Engine) CommitOutcomeUnknown(err error) bool {
	var fault *pgconn.PgError
	if errors.As(err, &fault) {
		return strings.HasPrefix(fault.Code, "57")
	}
	// pgconn.SafeToRetry does not help: it is also true if the connection ended after the COMMIT was sent.
	return !errors.Is(err, pgx.ErrTxCommitRollback) && !errors.Is(err, pgx.ErrTxClosed)
}

// isConnectionFailure reports whether an error that did not come from the server is one of the connection to it.
func isConnectionFailure(err error) bool {
	var network net.Error
	var connect *pgconn.ConnectError
	return errors.As(err, &network) || errors.As(err, &connect) || pgconn.SafeToRetry(err) || pgconn.Timeout(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, pgx.ErrTxClosed) || errors.Is(err, pgx.ErrTxCommitRollback)
}
