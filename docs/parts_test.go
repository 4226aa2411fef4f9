package docs

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
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

// TestPartsNameThePermissions compares the permissions in page.md with those of the account page's own key.
func TestPartsNameThePermissions(t *testing.T) {
	page, err := os.ReadFile("page.md")
	if err != nil {
		t.Fatal(err)
	}

	var named []models.Permission
	for _, found := range regexp.MustCompile(`--permission ([A-Z_]+)`).FindAllStringSubmatch(string(page), -1) {
		named = append(named, models.Permission(found[1]))
	}
	slices.Sort(named)
	if !slices.Equal(named, account.PagePermissions()) {
		t.Errorf("page.md names %q, and the page needs %q", named, account.PagePermissions())
	}
}
