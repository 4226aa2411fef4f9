// Package deploy_test checks the files of this folder against the program and the tools that read them.
package deploy_test

import (
	"os"
	"testing"

	"github.com/accountql/accountql/internal/server"
)

// asProgram is set in the environment of a process that is to be the program instead of its tests, to the path of the
// repository.
const asProgram = "DEPLOY_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if root := os.Getenv(asProgram); root != "" {
		os.Exit(server.Main(os.DirFS(root)))
	}

	os.Exit(m.Run())
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
