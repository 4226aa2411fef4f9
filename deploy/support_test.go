package deploy_test

import (
	"regexp"
	"strings"
	"testing"
)

// TestSupportPage runs every command of docs/support.md from its beginning to its end, as a support desk would on one
// customer's account, and checks that the operations it names are those of the schema.
func TestSupportPage(t *testing.T) {
	page := newPage(t)
	page.substitutions = strings.NewReplacer("MESSAGE", page.messages[0], " ID", " "+page.account)
	text := read(t, "../docs/support.md")
	commands := regexp.MustCompile("(?m)^accountql (account|outbox|audit) [a-z-]+").FindAllString(text, -1)
	if len(commands) < 12 {
		t.Errorf("the page has %d commands", len(commands))
	}

	done := ""
	for _, block := range regexp.MustCompile("(?ms)^```sh\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		page.run(block[1])
		done += block[1]
	}

	events := page.must("accountql audit list --operation 'account set'") + page.must("accountql audit list")
	for _, said := range regexp.MustCompile(`--reason "([^"]+)"`).FindAllStringSubmatch(done, -1) {
		if !strings.Contains(events, said[1]) {
			t.Errorf("no event has the reason %q", said[1])
		}
	}

	schema := read(t, "../schema.graphqls")
	for _, named := range regexp.MustCompile("`([a-z][A-Za-z]*Customers?[A-Za-z]*|customers?)[(`]").FindAllStringSubmatch(text, -1) {
		if !regexp.MustCompile(`(?m)^  ` + named[1] + `\b`).MatchString(schema) {
			t.Errorf("%s is not in the schema", named[1])
		}
	}
}
