package engine

import (
	"context"
	"database/sql"
	"errors"
)

// CopyMark is a table that exists in a database while the copy into it is unfinished. No server starts on such a
// database: it would create keys of its own, and serve only part of the customers' data.
const CopyMark = "unfinished_copy"

// RefuseUnfinished returns an error if a copy into the database was begun and not finished.
func RefuseUnfinished(ctx context.Context, e Engine, db *sql.DB) error {
	unfinished, err := e.HasTable(ctx, db, CopyMark)
	if err == nil && unfinished { // guard: no server starts on a part of a copy
		err = errors.New("the database holds a part of a copy: run the same `accountql copy` again, and it goes on")
	}
	return err
}
