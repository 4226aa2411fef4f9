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

// Classify implements engine.Engine. It never answers FailureFatal: what is on the disk
// of a server that failed, the server itself finds out when it starts again.
func (e *Engine) Classify(err error) engine.Failure {
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
	case "55P03", "25006", "25P03": // lock not available; a standby, which takes no writes; the transaction idled
		return engine.FailureTransient
	}

	// A broken connection (PgBouncer's refusals too), refused credentials, no
	// such database, no disk or memory left, an end by the operator, an error of the system.
	for _, class := range []string{"08", "28", "3D", "53", "57", "58"} {
		if strings.HasPrefix(fault.Code, class) {
			return engine.FailureTransient
		}
	}

	return engine.FailureUnknown
}

// CommitOutcomeUnknown implements engine.Engine. A server that ends a connection (class 57) may
// have committed already, and waited for its standby only.
func (e *Engine) CommitOutcomeUnknown(err error) bool {
	var fault *pgconn.PgError
	if errors.As(err, &fault) {
		return strings.HasPrefix(fault.Code, "57")
	}
	// Not by pgconn.SafeToRetry, which is true of a connection that ended after the COMMIT was sent, too.
	return !errors.Is(err, pgx.ErrTxCommitRollback) && !errors.Is(err, pgx.ErrTxClosed)
}

// isConnectionFailure says whether an error that the server didn't send is one of the way to it.
func isConnectionFailure(err error) bool {
	var network net.Error
	var connect *pgconn.ConnectError
	return errors.As(err, &network) || errors.As(err, &connect) || pgconn.SafeToRetry(err) || pgconn.Timeout(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, pgx.ErrTxClosed) || errors.Is(err, pgx.ErrTxCommitRollback)
}
