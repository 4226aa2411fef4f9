package system

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestActivityPages checks account.activity: pages without gap or repetition while new events arrive, and without
// other customers' events.
func TestActivityPages(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	addCustomer(t, w, "other")

	for i := range 23 {
		world.Succeed(t, w.Do(t, "demo", "updateAccount", fmt.Sprintf(`{"firstName":"name %d"}`, i)))
		world.Succeed(t, w.Do(t, "other", "updateAccount", `{"company":"another"}`))
		w.Clock.Advance(time.Second)
	}

	page := func(customer, arguments string) *world.Answer {
		document := fmt.Sprintf(
			"{ account { activity%s { edges { cursor node { at operation outcome ip userAgent description } } pageInfo { startCursor endCursor hasPreviousPage hasNextPage } } } }", arguments,
		)
		return w.Post(t, world.Call{Key: w.Keys["development"], Token: w.Tokens[customer],
			Accept: "application/graphql-response+json", Body: fmt.Sprintf(`{"query":%q}`, document)})
	}

	var cursors, operations, times []string
	after, pages := "", 0
	for more := true; more; pages++ {
		a := world.Succeed(t, page("demo", fmt.Sprintf("(first: 10%s)", after)))
		for _, edge := range a.At("account.activity.edges").([]any) {
			node := edge.(map[string]any)["node"].(map[string]any)
			cursors = append(cursors, edge.(map[string]any)["cursor"].(string))
			operations = append(operations, node["operation"].(string))
			times = append(times, node["at"].(string))
		}

		if end := a.At("account.activity.pageInfo.endCursor"); end != cursors[len(cursors)-1] {
			t.Errorf("endCursor %v", end)
		}

		if start, previous := a.At(
			"account.activity.pageInfo.startCursor",
		), a.At("account.activity.pageInfo.hasPreviousPage"); start != cursors[10*pages] || previous != (pages > 0) {
			t.Errorf("page %d: startCursor %v, hasPreviousPage %v", pages, start, previous)
		}

		after = fmt.Sprintf(", after: %q", cursors[len(cursors)-1])
		more = a.At("account.activity.pageInfo.hasNextPage").(bool)
		// New events come before the first page.
		world.Succeed(t, w.Do(t, "demo", "cancelEmailChange", ""))
	}

	if got, want := strings.Join(operations,
		" "), strings.Repeat("updateAccount ", 23)+"signIn account create"; got != want || pages != 3 {
		t.Errorf("%d pages of %s", pages, got)
	}

	seen := map[string]bool{}
	for i, cursor := range cursors {
		if seen[cursor] || i > 0 && times[i] > times[i-1] {
			t.Errorf("event %d stands there twice or out of order", i)
		}
		seen[cursor] = true
	}

	// The end of the list is an empty page; 100 is the largest page, 20 the default.
	if a := world.Succeed(t, page("demo", "(first: 5"+after+")")); len(a.At("account.activity.edges").([]any)) != 0 ||
		a.At("account.activity.pageInfo.hasNextPage") != false || a.At("account.activity.pageInfo.endCursor") != nil {
		t.Errorf("after the end: %s", a.Body)
	}
	if n := len(world.Succeed(t, page("demo", "")).At("account.activity.edges").([]any)); n != 20 {
		t.Errorf("a page has %d events", n)
	}

	world.Succeed(t, page("demo", "(first: 100)"))

	for _, arguments := range []string{
		"(first: 0)", "(first: -1)", "(first: 101)", "(first: 2147483647)", `(after: "")`, `(after: "nonsense")`,
		`(after: "MA")`, `(after: "LTE")`, `(after: "MSBPUiAx")`,
		`(after: "MQ==")`, `(after: "OTk5OTk5OTk5OTk5OTk5OTk5OTk5")`,
	} {
		refused(t, page("demo", arguments), models.CodeInvalidInput)
	}

	// A cursor identifies a place, not an account: with another customer's cursor, the customer still sees only
	// their own events.
	other := world.Succeed(t, page("other", "(first: 100)"))
	if strings.Contains(other.Body, "cancelEmailChange") || strings.Count(other.Body, `"updateAccount"`) != 23 {
		t.Errorf("the other customer sees %s", other.Body)
	}
	if a := world.Succeed(t, page("other", "(first: 100"+after+")")); strings.Contains(a.Body, "cancelEmailChange") {
		t.Errorf("with a foreign cursor: %s", a.Body)
	}
}
