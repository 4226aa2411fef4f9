package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestInboxHasTheMessageAtOnce also follows the message's link, which must have the real port.
func TestInboxHasTheMessageAtOnce(t *testing.T) {
	p := boot(t, t.TempDir())
	defer p.stop(t)
	p.post(t, `{"query":"mutation { requestPasswordReset(input: {email: \"demo@example.com\"}) { accepted } }"}`,
		&struct{}{})
	_, _, text := p.get(t, "/inbox.json")
	var messages []struct{ To, Token, Text string }
	if err := json.Unmarshal([]byte(text), &messages); err != nil || len(messages) != 1 {
		t.Fatalf("%v in %s", err, text)
	}

	link := p.address + "/account/reset-password#token=" + messages[0].Token
	if messages[0].To != "demo@example.com" || messages[0].Token == "" || !strings.Contains(messages[0].Text, link) {
		t.Errorf("%q lacks %s", messages[0], link)
	}

	var reset struct {
		ConfirmPasswordReset struct{ RevokedSessions int }
	}
	answer := p.post(t,
		fmt.Sprintf(`{"query":"mutation ($input: ConfirmPasswordResetInput!) { confirmPasswordReset(input: $input) { revokedSessions } }",
		"variables":{"input":{"token":%q,"password":"purple monkey dishwasher"}}}`, messages[0].Token), &reset)
	if strings.Contains(answer, "errors") {
		t.Errorf("the token is refused: %s", answer)
	}
}

// TestInboxAnswersARecipient asks for what was sent to one address, as a test of a shop does.
func TestInboxAnswersARecipient(t *testing.T) {
	p := boot(t, t.TempDir())
	defer p.stop(t)
	for _, email := range []string{"ada+test@example.com", "bo@example.com"} {
		p.post(t, fmt.Sprintf(`{"query":"mutation { registerAccount(input: {email: \"%s\", password: \"a walk along the river\"}) { accepted } }"}`,
			email), &struct{}{})
	}

	for query, want := range map[string][]string{
		"":                                   {"ada+test@example.com", "bo@example.com"},
		"?to=bo@example.com":                 {"bo@example.com"},
		"?to=Ada%2BTest@example.com":         {"ada+test@example.com"},
		"?to=ada%40example.com":              nil,
		"?to=":                               nil,
		"?to=nobody@example.com&to=%2B48123": nil,
	} {
		status, _, text := p.get(t, "/inbox.json"+query)
		var messages []struct{ To string }
		if err := json.Unmarshal([]byte(text), &messages); err != nil || status != http.StatusOK || messages == nil {
			t.Fatalf("%q: %d, %v in %s", query, status, err, text)
		}

		var got []string
		for _, message := range messages {
			got = append(got, message.To)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q: messages to %q, want %q", query, got, want)
		}
	}
}
