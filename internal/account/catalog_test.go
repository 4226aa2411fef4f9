package account

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestCatalogSaysEveryOperation compares what the account page says of the activity with what the API says: the page
// has each sentence in its own languages, by the operation's name.
func TestCatalogSaysEveryOperation(t *testing.T) {
	text, err := os.ReadFile("../../packages/react/locales/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var catalog map[string]string
	if err := json.Unmarshal(text, &catalog); err != nil {
		t.Fatal(err)
	}

	check := func(key, want string) {
		if got := strings.ReplaceAll(catalog[key], "''", "'"); got != want {
			t.Errorf("%s is %q on the account page, and %q here", key, got, want)
		}
	}
	for _, operation := range operations {
		name := strings.ReplaceAll(string(operation.Name), " ", "-")
		check("done."+name, operation.Done)
		check("tried."+name, operation.Tried)
	}
	for code, reason := range reasons {
		check("why."+string(code), reason)
	}
}
