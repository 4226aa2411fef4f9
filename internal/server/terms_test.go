package server

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/config"
)

// TestTermsDocument guards that the file in docs/terms.md can be copied unchanged, and that a server and `config check`
// name the mistakes of another.
func TestTermsDocument(t *testing.T) {
	text, err := os.ReadFile("docs/terms.md")
	if err != nil {
		t.Fatal(err)
	}

	file := filepath.Join(t.TempDir(), "terms.json")
	block := regexp.MustCompile("(?s)```json terms\n(.*?)```").FindSubmatch(text)
	if err := os.WriteFile(file, block[1], 0o600); err != nil {
		t.Fatal(err)
	}
	if terms, err := readTerms(file); err != nil || len(terms) != 2 {
		t.Errorf("the page's file is %v, %v", terms, err)
	}
	if code, _, stderr := checkConfig(t, nil, "--terms", file); code != 0 {
		t.Errorf("config check refuses it: %s", stderr)
	}

	wrong := strings.NewReplacer("https://shop.example/privacy", "http://shop.example", `"2026-02"`, `"2026-01"`)
	if err := os.WriteFile(file, []byte(wrong.Replace(string(block[1]))), 0o600); err != nil {
		t.Fatal(err)
	}
	err = checkSettings(config.Settings{Mode: config.Development, Database: "x.db", Terms: file})
	if err == nil || !strings.HasPrefix(err.Error(), "--terms has mistakes: ") ||
		!strings.Contains(err.Error(), "document 1, version 2: version must not be that of another") ||
		!strings.Contains(err.Error(), "document 2, version 1, text 1: url must be") {
		t.Errorf("the mistakes are told as %v", err)
	}
	if _, err := readTerms(file + ".gone"); err == nil || !strings.HasPrefix(err.Error(), "--terms can't be read: ") {
		t.Errorf("a missing file is told as %v", err)
	}
}
