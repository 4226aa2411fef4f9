package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/store"
	"github.com/accountql/accountql/models"
)

// checkImport imports the recipe's result, and compares the output and the accounts with what is expected.
func (k *recipeRun) checkImport() {
	k.Helper()
	database := migrated(k.T, "x.db")
	_, summary, said := try(database, "", "account import "+filepath.Join(k.directory, "customers.jsonl"))
	_, lines, _ := try(database, "", "account export --lines")
	made := k.simple(lines)
	if *updateExports {
		k.export.set("said", said)
		k.export.set("summary", summary)
		k.export.set("accounts", made)
		if err := os.WriteFile("testdata/exports/"+k.export.name+".txtar", txtar.Format(k.export.archive),
			0o600); err != nil {
			k.Fatal(err)
		}
	}

	for name, got := range map[string]string{"said": said, "summary": summary, "accounts": made} {
		if want := k.export.file(name); got != want {
			k.Errorf("%s is\n%s\nand not\n%s", name, got, want)
		}
	}

	k.signIn(database)
	if strings.Contains(summary, `"imported":0`) {
		return
	}

	// The same recipe again gives the same customers.
	if err := k.run(); err != nil {
		k.Fatal(err)
	}
	if code, again, said := try(database, "", "account import "+
		filepath.Join(k.directory, "customers.jsonl")); code != 0 || !strings.Contains(again, `"imported":0`) {
		k.Errorf("again: %d, %s, %s", code, again, said)
	}
}

// simple removes from exported lines what differs from one run to the next.
func (k *recipeRun) simple(lines string) string {
	k.Helper()
	var simple strings.Builder
	decoder := json.NewDecoder(strings.NewReader(lines))
	decoder.UseNumber()

	for decoder.More() {
		var line map[string]any
		if err := decoder.Decode(&line); err != nil {
			k.Fatal(err)
		}
		if line["email"] == nil {
			continue
		}

		for _, own := range []string{"id", "version", "updatedAt"} {
			delete(line, own)
		}

		for _, proven := range []string{"emailVerifiedAt", "phoneVerifiedAt"} {
			if line[proven] != nil {
				line[proven] = "now"
			}
		}

		if hash, _ := line["passwordHash"].(string); hash != "" {
			line["passwordHash"] = hash[:min(len(hash), 14)]
		}
		if at, _ := line["createdAt"].(string); at > "2025" {
			line["createdAt"] = "now"
		}

		consents, _ := line["consents"].([]any)
		for _, consent := range consents {
			if of, _ := consent.(map[string]any); of["source"] == "account import" {
				of["recordedAt"] = "now"
			}
		}

		identities, _ := line["identities"].([]any)
		for _, identity := range identities {
			of, _ := identity.(map[string]any)
			delete(of, "linkedAt")
		}

		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(line); err != nil {
			k.Fatal(err)
		}

		simple.WriteString(text.String())
	}

	return simple.String()
}

// signIn tries the expected passwords: "address password = outcome".
func (k *recipeRun) signIn(database string) {
	k.Helper()
	kept, err := store.Open(context.Background(), database)
	if err != nil {
		k.Fatal(err)
	}
	defer func() { _ = kept.Close() }()

	service, err := newService(context.Background(), kept,
		config.Settings{RateLimits: config.Off, SessionMax: time.Hour, SessionIdle: time.Hour}, func() {})
	if err != nil {
		k.Fatal(err)
	}

	for line := range strings.Lines(k.export.file("signins")) {
		who, want, _ := strings.Cut(strings.TrimSpace(line), " = ")
		email, password, _ := strings.Cut(who, " ")
		outcome := "ok"
		_, err := service.SignIn(context.Background(), models.Caller{},
			account.SignInInput{Email: models.EmailAddress(email), Password: password})
		if err != nil {
			outcome = string(models.CodeOf(err))
		}
		if outcome != want {
			k.Errorf("%s signs in with %q: %s, not %s (%v)", email, password, outcome, want, err)
		}
		if found, err := kept.AccountByEmail(context.Background(), models.EmailAddress(email)); outcome == "ok" &&
			(err != nil || service.Hasher.Outdated(*found.PasswordHash)) {
			k.Errorf("the hash of %s is kept: %v", email, err)
		}
	}
}

// checkNothingImported checks that the import takes nothing of a file.
func (k *recipeRun) checkNothingImported(name, customers string) {
	k.Helper()
	k.write("cut.jsonl", customers)
	database := migrated(k.T, "refused.db")
	code, summary, said := try(database, "", "account import "+filepath.Join(k.directory, "cut.jsonl"))
	if code != 1 || !strings.Contains(summary, `"imported":0`) {
		k.Errorf("%s: %d, %s, %s", name, code, summary, said)
	}
	if _, made, _ := try(database, "",
		"account export --lines"); made != "{\"begin\":\"AccountQL\"}\n{\"end\":true}\n" {
		k.Fatalf("%s: an account is there: %s", name, made)
	}
}

// checkCutShort checks that a recipe which is stopped early leaves only an unusable file.
func (k *recipeRun) checkCutShort() {
	k.Helper()
	whole := k.customers()
	lines := strings.SplitAfter(whole, "\n")
	for _, kept := range []int{0, 1, 2, len(lines) / 2, len(lines) - 2} {
		k.checkNothingImported(fmt.Sprintf("%d lines of the file", kept), strings.Join(lines[:kept], ""))
	}

	for _, kept := range []int{len(whole) / 3, len(whole) - len(lines[len(lines)-2]) - 7} {
		k.checkNothingImported(fmt.Sprintf("%d bytes of the file", kept), whole[:kept])
	}
}

// checkFailure checks that a recipe which fails half-way leaves nothing that can be imported.
func (k *recipeRun) checkFailure() {
	k.Helper()
	if k.sql != nil {
		k.sql(k.export.file("break.sql"))
		k.fails("a query that fails")
		return
	}

	for _, file := range k.export.archive.Files {
		if ext := filepath.Ext(file.Name); ext != ".json" && ext != ".ndjson" && ext != ".jsonl" {
			continue
		}
		for _, part := range []int{1, 2, 3, 5, 8, 9} {
			k.write(file.Name, string(file.Data[:len(file.Data)*part/10]))
			k.fails(fmt.Sprintf("%d tenths of %s", part, file.Name))
		}
	}
}

func (k *recipeRun) fails(name string) {
	k.Helper()
	if err := os.Remove(filepath.Join(k.directory, "customers.jsonl")); err != nil {
		k.Fatal(err)
	}
	if k.run() == nil {
		k.Errorf("%s: the recipe says nothing of it", name)
	}

	k.checkNothingImported(name, k.customers())
}
