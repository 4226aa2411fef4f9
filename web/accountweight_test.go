package web

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What a browser loads before somebody can sign in, and before they see the overview, in requests for files of the
// page and in bytes as they are sent. Who makes the page larger writes the new sum down here, and says in the commit
// what it is good for.
var accountBudgets = map[string]struct{ requests, bytes int }{
	// The page's language is a file of its own; the reader of messages, and what is said before they are there in any
	// language, weigh two kB; that the page is made of parts that others use, half of one.
	"sign-in": {6, 58_400},
	// The messages of all screens come with the first of them.
	"overview": {9, 80_900},
	// One screen, with what several screens share, and with the question who it is. The largest is that of the second
	// step, with both ways to set one up.
	"largest screen": {3, 12_400},
}

// TestAccountIsLight checks the weight of the built page, with which the number of its files grows as well.
func TestAccountIsLight(t *testing.T) {
	signIn := []string{"index.html"}
	page := readBuilt(t, "index.html")
	for _, found := range regexp.MustCompile(`(?:src|href)="/account/(assets/[^"]*)"`).FindAllStringSubmatch(page, -1) {
		signIn = withImports(t, signIn, found[1])
	}
	for _, language := range languagesOf(t) {
		first := withImports(t, slices.Clone(signIn), oneBuilt(t, "words-"+language+"-start-*.js"))
		checkBudget(t, "sign-in", first)
		first = withImports(t, first, oneBuilt(t, "words-"+language+"-rest-*.js"))
		checkBudget(t, "overview", withImports(t, first, oneBuilt(t, "Overview-*.js")))
	}

	screens, err := filepath.Glob("account/dist/assets/[A-Z]*.js.gz")
	if err != nil || len(screens) < 14 {
		t.Fatalf("%d screens are files of their own: %v", len(screens), err)
	}
	for _, screen := range screens {
		files := withImports(t, slices.Clone(signIn), "assets/"+strings.TrimSuffix(filepath.Base(screen), ".gz"))
		checkBudget(t, "largest screen", files[len(signIn):])
	}
}

// languagesOf returns the codes of the languages that the page is in.
func languagesOf(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("account/dist/assets/words-*-start-*.js.gz")
	if err != nil || len(names) == 0 {
		t.Fatalf("%q, %v", names, err)
	}

	for i, name := range names {
		names[i] = strings.Split(filepath.Base(name), "-")[1]
	}

	return names
}

// withImports adds a file of the build and the files that it imports, each once.
func withImports(t *testing.T, files []string, name string) []string {
	t.Helper()
	if slices.Contains(files, name) {
		return files
	}

	files = append(files, name)
	if !strings.HasSuffix(name, ".js") {
		return files
	}

	for _, found := range regexp.MustCompile(`(?:from|import)"\./([^"]+\.js)"`).FindAllStringSubmatch(readBuilt(t, name), -1) {
		files = withImports(t, files, "assets/"+found[1])
	}

	return files
}

func checkBudget(t *testing.T, name string, files []string) {
	t.Helper()
	budget, sent := accountBudgets[name], 0
	for _, file := range files {
		if info, err := os.Stat("account/dist/" + file + ".gz"); err == nil {
			sent += int(info.Size())
		} else {
			sent += len(readBuilt(t, file))
		}
	}

	if len(files) > budget.requests || sent > budget.bytes {
		t.Errorf("%s: %d files of %d bytes, more than %d of %d: %s", name, len(files), sent, budget.requests,
			budget.bytes, strings.Join(files, " "))
	}
	t.Logf("%s: %d files of %d bytes", name, len(files), sent)
}

// oneBuilt returns the name of the only file with such a name.
func oneBuilt(t *testing.T, pattern string) string {
	t.Helper()
	names, err := filepath.Glob("account/dist/assets/" + pattern + ".gz")
	if err != nil || len(names) != 1 {
		t.Fatalf("%s: %q, %v", pattern, names, err)
	}
	return "assets/" + strings.TrimSuffix(filepath.Base(names[0]), ".gz")
}

// readBuilt returns the text of a file of the build.
func readBuilt(t *testing.T, name string) string {
	t.Helper()
	if text, err := os.ReadFile("account/dist/" + name); err == nil {
		return string(text)
	}

	packed, err := os.ReadFile("account/dist/" + name + ".gz")
	if err != nil {
		t.Fatal(err)
	}

	return string(unpack(packed))
}
