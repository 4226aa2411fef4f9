package system

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestDeskMakesALink follows a newsletter's sender: the link of a customer, with the headers for the mail's button, ends
// the consent without a session, and both the trail and the customer's activity tell of it.
func TestDeskMakesALink(t *testing.T) {
	d := newDesk(t)
	id := d.customer(t, "ada@example.com")
	world.Succeed(t, d.Do(t, "", "confirmAccountActivation", fmt.Sprintf(`{"token":%q,"password":%q}`,
		*d.Message(t, models.MessageActivation, "ada@example.com").Token, ownPassword)))
	world.Succeed(t, d.Do(t, "ada@example.com", "signIn", world.Credentials("ada@example.com", ownPassword)))
	world.Succeed(t, d.Do(t, "ada@example.com", "updateAccount", `{"agreements":{"email":true,"sms":true}}`))

	const answer = "url headers { name value }"
	mail := d.act(t, "createUnsubscribeLink", id, ", channel: EMAIL", answer)
	link := mail.At("createUnsubscribeLink.url").(string)
	if want := `"headers":[{"name":"List-Unsubscribe","value":"\u003c` + link + `\u003e"},` +
		`{"name":"List-Unsubscribe-Post","value":"List-Unsubscribe=One-Click"}]`; !strings.Contains(mail.Body, want) &&
		!strings.Contains(mail.Body, strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(want)) {
		t.Errorf("the headers are not those of RFC 8058: %s", mail.Body)
	}
	text := d.act(t, "createUnsubscribeLink", id, ", channel: SMS", answer)
	if !strings.Contains(text.Body, `"headers":[]`) || text.At("createUnsubscribeLink.url") == link {
		t.Errorf("the link for text messages: %s", text.Body)
	}

	world.Succeed(t, d.Do(t, "", "withdrawConsent", fmt.Sprintf(`{"token":%q}`, path.Base(link))))
	found, err := d.Service.FindAccount(t.Context(), id)
	world.Check(t, err)
	if email := found.Agreements.Email; email == nil || *email {
		t.Error("the link did not withdraw the consent")
	}

	read := world.Succeed(t, d.Post(t, world.Call{Key: d.Keys["development"], Token: d.Tokens["ada@example.com"],
		Body: `{"query":"{ account { activity(first: 10) { edges { node { operation shopReason } } } } }"}`}))
	trail := world.Succeed(t, d.ask(t, "desk", fmt.Sprintf(
		`{ customerActivity(id: %q, first: 10) { edges { node { operation shopReason operator } } } }`, id)))
	const event = `"operation":"createUnsubscribeLink","shopReason":"asked by phone: createUnsubscribeLink"`
	if strings.Count(read.Body, event) != 2 || strings.Count(trail.Body, event+`,"operator":"Eve of support"`) != 2 {
		t.Errorf("the customer reads %s, the desk %s", read.Body, trail.Body)
	}

	for input, want := range map[string]string{
		", channel: EMAIL, expectedVersion: 1": "VERSION_CONFLICT", ", channel: POST": "GRAPHQL_VALIDATION_FAILED",
		"": "GRAPHQL_VALIDATION_FAILED",
	} {
		refused := d.ask(t, "desk", mutationOf("createUnsubscribeLink", id, input, answer))
		if refused.Code() != want || strings.Contains(refused.Body, "/unsubscribe/") {
			t.Errorf("%s: %s", input, refused.Body)
		}
	}
}
