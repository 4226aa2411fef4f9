package docs_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// This file guards references in documents and comments, in the whole repository.

// TestDocumentedTargetsAreThere checks that the make targets in the documents exist.
func TestDocumentedTargetsAreThere(t *testing.T) {
	t.Chdir("..")
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}

	documents, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}

	named := 0
	for _, document := range append(documents, "README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md") {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}

		for _, target := range regexp.MustCompile("(?m)(?:^|`)make ([a-z-]+)").FindAllSubmatch(text, -1) {
			named++
			if !regexp.MustCompile(`(?m)^` + string(target[1]) + `:`).Match(makefile) {
				t.Errorf("%s names `make %s`, which the Makefile does not have", document, target[1])
			}
		}
	}

	if named < 10 {
		t.Errorf("only %d targets were found", named)
	}
}

// TestReferencesAreThere guards that the pages, sections, decisions and requirements to which comments and
// documents refer exist.
func TestReferencesAreThere(t *testing.T) {
	t.Chdir("..")
	page := regexp.MustCompile(`([A-Za-z0-9_./-]*[A-Za-z0-9]\.md)(?:, ("[^"]+"|D[0-9]\b))?`)
	decision := regexp.MustCompile(`\bADR ([0-9]+)\b`)
	requirement := regexp.MustCompile(`\bR-[A-Z]+[0-9]+\b`)
	comment := regexp.MustCompile(`(?m)(?:^|\s)//.*$`)
	lineBreak := regexp.MustCompile(`\n[ \t]*(?://|#)? ?`)

	known := read(t, "docs/requirements.md")
	files := filesOfWords(t)
	var pages []string
	for _, file := range files {
		if page := strings.TrimSuffix(file, ".gz"); filepath.Ext(page) == ".md" {
			pages = append(pages, strings.Replace(page, "/dist/", "/", 1)) // its address on the server
		}
	}

	referring := 0
	for _, file := range files {
		if filepath.Ext(file) == ".gz" {
			continue
		}

		text := read(t, file)
		if filepath.Ext(file) == ".go" {
			text = strings.Join(comment.FindAllString(text, -1), "\n")
		}

		text = lineBreak.ReplaceAllString(text, " ")
		// What is read without the repository names its pages by their public addresses.
		text = strings.ReplaceAll(text, "https://github.com/accountql/accountql/blob/main/", "")

		for _, id := range requirement.FindAllString(text, -1) {
			if !strings.Contains(known, "| "+id+" |") {
				t.Errorf("%s names %s, which docs/requirements.md does not have", file, id)
			}
		}

		for _, match := range decision.FindAllStringSubmatch(text, -1) {
			if found, _ := filepath.Glob(fmt.Sprintf("docs/adr/%04s-*.md", match[1])); len(found) != 1 {
				t.Errorf("%s refers to %s, which is not there", file, match[0])
			}
		}

		for _, match := range page.FindAllStringSubmatch(text, -1) {
			referring++
			named, section := strings.TrimLeft(match[1], "./"), strings.Trim(match[2], `"`)
			target := slices.IndexFunc(pages, func(page string) bool { return strings.HasSuffix("/"+page, "/"+named) })
			if target < 0 {
				t.Errorf("%s refers to %s, which is not there", file, named)
				continue
			}

			heading := regexp.MustCompile(`(?m)(^#+ |^\| |\*\*)` + regexp.QuoteMeta(section) + `(\*\*|\.\*\*| \||$)`)
			if section != "" && !heading.MatchString(read(t, pages[target])) {
				t.Errorf("%s refers to %q in %s, which is not there", file, section, named)
			}
		}
	}

	if referring < 50 {
		t.Errorf("only %d references were found", referring)
	}
}

// filesOfWords returns the files that people write, and the pages' compressed files.
func filesOfWords(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git" || entry.Name() == ".next"):
			return fs.SkipDir
		case slices.Contains([]string{".go", ".md", ".txtar", ".graphqls", ".mjs", ".ts", ".tsx", ".sh", ".yml", ".gz"},
			filepath.Ext(path)):
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	return files
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
