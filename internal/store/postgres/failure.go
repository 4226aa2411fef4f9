package postgres

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"slices"
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
		return classifyBegin(unbegun.cause)
	}

	var fault *pgconn.PgError
	if !errors.As(err, &fault) {
		if isConnectionFailure(err) {
			return engine.FailureUnreachable
		}
		return engine.FailureUnknown
	}
	if isUnreachable(fault) {
		return engine.FailureUnreachable
	}

	switch fault.Code {
	case "40001", deadlock: // serialization failure, deadlock
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
	case "25006":
		return engine.FailureStandby
	case "55P03", "25P03": // lock not available; idle in transaction for too long
		return engine.FailureTransient
	}

	// No disk or memory left, a statement that the operator or a timeout ended, a system error.
	for _, class := range []string{"53", "57", "58"} {
		if strings.HasPrefix(fault.Code, class) {
			return engine.FailureTransient
		}
	}

	return engine.FailureUnknown
}

// deadlock is the code of a statement that the server ends because it and others wait for one another.
const deadlock = "40P01"

func isDeadlock(err error) bool { return hasCode(err, deadlock) }

// hasCode reports whether an error is the server's and has one of the codes.
func hasCode(err error, codes ...string) bool {
	var fault *pgconn.PgError
	return errors.As(err, &fault) && slices.Contains(codes, fault.Code)
}

// classifyBegin returns the meaning of a refusal to begin a transaction that writes. It always may pass.
func classifyBegin(cause error) engine.Failure {
	var fault *pgconn.PgError
	switch {
	case !errors.As(cause, &fault), isUnreachable(fault):
		return engine.FailureUnreachable
	case fault.Code == "0A000": // "cannot set transaction read-write mode during recovery"
		return engine.FailureStandby
	}

	return engine.FailureTransient
}

// isUnreachable reports whether the server accepts no connection: a broken one (also PgBouncer's refusals), too many,
// refused credentials, no such database, a server that starts or stops.
func isUnreachable(fault *pgconn.PgError) bool {
	switch fault.Code {
	case "53300", "57P01", "57P02", "57P03":
		return true
	}
	for _, class := range []string{"08", "28", "3D"} {
		if strings.HasPrefix(fault.Code, class) {
			return true
		}
	}

	return false
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
