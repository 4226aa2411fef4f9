package engine

import (
	"context"
	"database/sql"
	"errors"
)

// CopyMark is a table that a database has while the copy into it is not finished.
// No server starts on such a database: it would make keys of its own, and serve
// customers a part of what they have.
const CopyMark = "unfinished_copy"

// RefuseUnfinished returns an error for a database that a copy was begun into and not finished.
func RefuseUnfinished(ctx context.Context, e Engine, db *sql.DB) error {
	unfinished, err := e.HasTable(ctx, db, CopyMark)
	if err == nil && unfinished { // guard: no server starts on a part of a copy
		err = errors.New("the database holds a part of a copy: run the same `accountql copy` again, and it goes on")
	}
	return err
}
