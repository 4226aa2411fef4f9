package migrations

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"path"
	"testing"
	"testing/fstest"

	"github.com/accountql/accountql/internal/store/engine"
)

// AdditiveMark begins the file of an additive step.
const AdditiveMark = additiveMark

// UpTo applies the steps to an empty database up to a version.
func UpTo(ctx context.Context, e engine.Engine, version int64) error {
	return e.Migrate(ctx, func(db *sql.DB) (rewritten bool, err error) {
		provider, err := newProvider(e, db)
		if err != nil {
			return false, err
		}
		_, err = provider.UpTo(ctx, version)
		return true, err
	})
}

// Added is a step of a later version of the program.
type Added struct {
	Version int64
	Text    string
}

// With calls work as if this program had further steps, which are the same for both engines.
func With(t *testing.T, work func(), added ...Added) {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(embedded, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := embedded.ReadFile(name)
		all[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}

	for _, step := range added {
		for _, directory := range []string{"sqlite", "postgres"} {
			name := path.Join(directory, fmt.Sprintf("%05d_added.sql", step.Version))
			all[name] = &fstest.MapFile{Data: []byte(step.Text)}
		}
	}

	files = all
	defer func() { files = embedded }()
	work()
}
