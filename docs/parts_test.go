package docs

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestPartsAreDocumented compares the hooks that @accountql/react exports with those that page.md names.
func TestPartsAreDocumented(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	page, exported := read("page.md"), map[string]bool{}
	for _, name := range regexp.MustCompile(`\buse[A-Z]\w+\b`).FindAllString(withoutPaths(read("../packages/react/src/index.ts")), -1) {
		exported[name] = true
		if !strings.Contains(page, "`"+name+"`") {
			t.Errorf("page.md doesn't name the hook %s", name)
		}
	}

	for _, name := range regexp.MustCompile("`(use[A-Z]\\w+)`").FindAllStringSubmatch(page, -1) {
		if !exported[name[1]] {
			t.Errorf("page.md names %s, which the package doesn't export", name[1])
		}
	}
	if len(exported) < 40 {
		t.Errorf("only %d hooks are exported", len(exported))
	}
}

// withoutPaths removes where the modules are, whose names are those of hooks, too.
func withoutPaths(source string) string {
	return regexp.MustCompile(`'[^']*'`).ReplaceAllString(source, "''")
}
