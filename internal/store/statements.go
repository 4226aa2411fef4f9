package store

import (
	"fmt"
	"strings"

	"github.com/accountql/accountql/internal/store/engine"
)

// statements are written by hand because GORM would take too long to build them. They are in the syntax of the
// engine's driver. Elsewhere in this package, ? is the placeholder of a value.
type statements struct {
	authenticate                       string
	byID, byEmail, byPhone             string
	lockByID, lockByEmail, lockByPhone string
	lockVersion                        string
	nextNumber, moveHead, newEvent     string
	spendBudget, budget                string
	newSession, seeDevice              string
	nextSequence, lastSequence         string
	// appendEvent is empty if the engine can't join writes.
	appendEvent string
}

func newStatements(e engine.Engine, r *rowReader) statements {
	by := func(column string) string {
		return e.Bind("SELECT " + r.accounts.list("a") + " FROM accounts a WHERE a." + column + " = ?")
	}

	const from = headColumns + " FROM accounts a" + headJoin
	lock := func(column string) string {
		return e.Bind("SELECT " + r.accounts.list("a") + from + " WHERE a." + column + " = ?" + e.LockClause("a"))
	}

	appended := ""
	if e.JoinsWrites() {
		appended = e.Bind(appendEvent)
	}

	return statements{
		authenticate: e.Bind(fmt.Sprintf(authenticate, r.keys.list("k"), r.sessions.list("s"), r.accounts.list("a"))),
		byID:         by("id"), byEmail: by("email"), byPhone: by("phone"),
		lockByID: lock("id"), lockByEmail: lock("email"), lockByPhone: lock("phone"),
		lockVersion: e.Bind("SELECT a.version, a.last_activity_at" + from + " WHERE a.id = ?" + e.LockClause("a")),
		nextNumber:  e.Bind(nextNumber), moveHead: e.Bind(moveHead), newEvent: e.Bind(newEvent),
		newSession: e.Bind("INSERT INTO sessions (" + r.sessions.list("") + ", " + sessionKeys + ") SELECT ?" +
			strings.Repeat(", ?", len(r.sessions)-1) + ", number, ? FROM accounts WHERE id = ?"),
		seeDevice:    e.Bind(seeDevice),
		nextSequence: e.Bind(nextSequence), lastSequence: e.Bind(lastSequence),
		spendBudget: e.Bind(spendBudget), budget: e.Bind(selectBudget),
		appendEvent: appended,
	}
}
