package store

import (
	"fmt"

	"github.com/accountql/accountql/internal/store/engine"
)

// statements are written by hand because GORM would take too long to build them. They are in the syntax of the
// engine's driver. Elsewhere in this package, ? is the placeholder of a value.
type statements struct {
	authenticate, lockByID, lockByEmail, lockByPhone string
	nextNumber, newHead, newEvent                    string
}

func newStatements(e engine.Engine, r *rowReader) statements {
	lock := func(column string) string {
		return e.Bind("SELECT " + r.accounts.list("a") + " FROM accounts a WHERE a." + column + " = ?" + e.LockClause())
	}
	return statements{
		authenticate: e.Bind(fmt.Sprintf(authenticate, r.keys.list("k"), r.sessions.list("s"), r.accounts.list("a"))),
		lockByID:     lock("id"), lockByEmail: lock("email"), lockByPhone: lock("phone"),
		nextNumber: e.Bind(nextNumber), newHead: e.Bind(newHead), newEvent: e.Bind(newEvent),
	}
}
