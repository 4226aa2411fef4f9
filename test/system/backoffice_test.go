package system

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// desk is the shop's support, with a key of the back office.
type desk struct{ *world.World }

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{world.New(t, world.DefaultSettings())}
	world.Listen(t, d.World)
	d.Keys["desk"] = d.key(t, models.BackOfficePermissions...)

	return d
}

func (d *desk) key(t *testing.T, permissions ...models.Permission) string {
	t.Helper()
	_, secret, err := d.Service.CreateAPIKey(t.Context(), account.NewAPIKey{Name: "desk", Permissions: permissions})
	world.Check(t, err)
	return secret
}

// ask sends a document with a key.
func (d *desk) ask(t *testing.T, key, document string) *world.Answer {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": document})
	world.Check(t, err)
	return d.Post(t, world.Call{
		Key: d.Keys[key], Body: string(body), Accept: "application/graphql-response+json", Token: d.Tokens["session"],
	})
}

// act runs a mutation on an account for a reason, which must succeed.
func (d *desk) act(t *testing.T, operation, id, input, answer string) *world.Answer {
	t.Helper()
	return world.Succeed(t, d.ask(t, "desk", mutationOf(operation, id, input, answer)))
}

func mutationOf(operation, id, input, answer string) string {
	return fmt.Sprintf(`mutation { %s(input: { id: %q, operator: "Eve of support", reason: "asked by phone: %s" %s }) { %s } }`,
		operation, id, operation, input, answer)
}

// customer creates a customer with a session.
func (d *desk) customer(t *testing.T, email models.EmailAddress) string {
	t.Helper()
	world.Succeed(t, d.Do(t, string(email), "registerAccount", world.Credentials(email, ownPassword)))
	world.Succeed(t, d.Do(t, string(email), "signIn", world.Credentials(email, ownPassword)))
	found, err := d.Service.FindAccount(t.Context(), string(email))
	world.Check(t, err)

	return found.ID
}

const ownPassword = "a pigeon on 7 bicycles"

// backOfficeDocuments holds a document for each operation of the back office on the account %s.
var backOfficeDocuments = map[string]string{
	"customer":                  `{ customer(id: "%s") { id } }`,
	"customers":                 `{ customers(search: "%s") { edges { cursor node { id } } } }`,
	"customerActivity":          `{ customerActivity(id: "%s") { edges { node { operation } } } }`,
	"updateCustomer":            mutationOf("updateCustomer", "%s", `, firstName: "Ada"`, "__typename"),
	"blockCustomer":             mutationOf("blockCustomer", "%s", "", "__typename"),
	"unblockCustomer":           mutationOf("unblockCustomer", "%s", "", "__typename"),
	"revokeCustomerSessions":    mutationOf("revokeCustomerSessions", "%s", "", "revokedSessions"),
	"cancelCustomerFactorReset": mutationOf("cancelCustomerFactorReset", "%s", "", "cancelled"),
	"verifyCustomerAddress":     mutationOf("verifyCustomerAddress", "%s", `, email: "matrix@example.com"`, "__typename"),
	"releaseCustomerPhone":      mutationOf("releaseCustomerPhone", "%s", "", "__typename"),
	"resendCustomerMessage":     mutationOf("resendCustomerMessage", "%s", ", message: PASSWORD_RESET", "__typename"),
	"createUnsubscribeLink":     mutationOf("createUnsubscribeLink", "%s", ", channel: EMAIL", "__typename"),
	"exportCustomer":            mutationOf("exportCustomer", "%s", "", "data"),
	"eraseCustomer":             mutationOf("eraseCustomer", "%s", "", "deletedAt"),
}

// TestBackOfficeMatrix sends each operation of the back office with each kind of key, and customers' operations with a key
// of the back office and a customer's session.
func TestBackOfficeMatrix(t *testing.T) {
	d := newDesk(t)
	id := d.customer(t, "matrix@example.com")
	d.Tokens["session"] = d.Tokens["matrix@example.com"]
	for name, gate := range world.Gates {
		if !gate.Permission.BackOffice() {
			if a := d.DoWith(t, "desk", "matrix@example.com", name, ""); gate.Permission != "" && a.Code() == "" {
				t.Errorf("%s is done with a key of the back office: %s", name, a.Body)
			}
			continue
		}

		document, known := backOfficeDocuments[name]
		if !known {
			t.Errorf("%s has no document in this test", name)
			continue
		}

		document = fmt.Sprintf(document, id)
		var others []models.Permission
		for _, other := range models.BackOfficePermissions {
			if other != gate.Permission {
				others = append(others, other)
			}
		}

		d.Keys["other"], d.Keys["unknown"] = d.key(t, others...), models.APIKeyPrefix+strings.Repeat("x", 43)
		for key, want := range map[string]models.Code{
			"other": models.CodePermissionDenied, "development": models.CodePermissionDenied,
			"unknown": models.CodeAPIKeyInvalid,
		} {
			if a := d.ask(t, key, document); a.Code() != string(want) || a.At(name) != nil {
				t.Errorf("%s with the key %s: %s", name, key, a.Body)
			}
		}

		// What comes after a block or an erasure may be refused, and not by the gate.
		d.Keys["only"] = d.key(t, gate.Permission)
		if a := d.ask(t, "only", document); a.Code() != "" && a.Code() != "INVALID_INPUT" {
			t.Errorf("%s with its own permission: %s", name, a.Body)
		}
	}
}

// TestSupportDesk is a day of the shop's support: it finds, explains, blocks, corrects and erases accounts by the API
// alone, and the customers read who did it and why.
func TestSupportDesk(t *testing.T) {
	d := newDesk(t)
	ada, bea := d.customer(t, "ada@example.com"), d.customer(t, "bea@example.com")

	// Ada asks why a friend, who is called Ada Lovelace as well, gets her parcels.
	d.act(t, "updateCustomer", ada, `, firstName: "Ada", lastName: "Lovelace", customId: "C-1", addTags: ["vip"]`,
		"customer { account { version tags customId } }")
	address := world.Succeed(t, d.Do(t, "ada@example.com", "createAddress", newAddress)).At("createAddress.address.id")
	book := world.Succeed(t, d.ask(t, "desk", fmt.Sprintf(`{ customer(id: %q) { account { addresses { id formatted } } } }`,
		ada)))
	if !strings.Contains(book.Body, fmt.Sprintf(`"addresses":[{"id":%q,"formatted":["Weg 1","10115 Berlin"]}]`, address)) {
		t.Errorf("the desk reads the address book %s", book.Body)
	}
	for _, search := range []string{"ADA", "lovelace a", "c-1", "ada@ex", ada} {
		found := world.Succeed(t, d.ask(t, "desk", fmt.Sprintf(
			`{ customers(search: %q, first: 1) { edges { cursor node { id account { firstName } } } pageInfo { hasNextPage } } }`,
			search)))
		if !strings.Contains(found.Body, `"id":"`+ada+`"`) {
			t.Errorf("%s: %s", search, found.Body)
		}
	}

	// A thief has her laptop.
	if a := d.act(t, "revokeCustomerSessions", ada, "", "revokedSessions"); a.At("revokeCustomerSessions.revokedSessions") != 1.0 {
		t.Error(a.Body)
	}
	d.act(t, "blockCustomer", ada, "", "customer { status }")
	d.Message(t, models.MessageShopBlocked, "ada@example.com")
	if a := d.Do(t, "", "signIn", world.Credentials("ada@example.com", ownPassword)); a.Code() != "ACCOUNT_BLOCKED" {
		t.Error(a.Body)
	}
	d.act(t, "unblockCustomer", ada, "", "customer { status }")
	d.Message(t, models.MessageShopUnblocked, "ada@example.com")

	// She has mistyped her address, and another customer's can't be hers.
	if a := d.ask(t, "desk", mutationOf("updateCustomer", ada, `, email: "bea@example.com"`, "__typename")); a.Code() != "EMAIL_UNAVAILABLE" || a.Fields()[0] != "email" {
		t.Error(a.Body)
	}
	d.act(t, "verifyCustomerAddress", ada, `, email: "ada@example.com"`, "customer { emailVouched account { emailVerified } }")
	corrected := d.act(t, "updateCustomer", ada, `, email: "ada@example.org", phone: "+48512345678"`,
		"customer { emailVouched account { email emailVerified phoneVerified } }")
	if corrected.At("updateCustomer.customer.account.emailVerified") != false ||
		corrected.At("updateCustomer.customer.emailVouched") != false {
		t.Error(corrected.Body)
	}
	proof := d.Message(t, models.MessageShopEmailSet, "ada@example.org")
	undo := d.Message(t, models.MessageEmailChanged, "ada@example.com")
	if undo.Token == nil || proof.Token == nil {
		t.Fatal("a mail has no token")
	}
	world.Succeed(t, d.Do(t, "ada", "confirmAccountActivation",
		fmt.Sprintf(`{"token":%q,"password":%q}`, *proof.Token, ownPassword)))

	// Bea's old number is Ada's now: it is released, and a stale screen changes nothing.
	if a := d.ask(t, "desk", mutationOf("updateCustomer", bea, `, phone: "+48512345678"`, "__typename")); a.Code() != "PHONE_UNAVAILABLE" || a.Fields()[0] != "phone" {
		t.Error(a.Body)
	}
	if a := d.ask(t, "desk", mutationOf("releaseCustomerPhone", ada, ", expectedVersion: 1", "__typename")); a.Code() != "VERSION_CONFLICT" {
		t.Error(a.Body)
	}
	d.act(t, "releaseCustomerPhone", ada, "", "customer { account { phone } }")
	d.Message(t, models.MessageShopPhoneReleased, "ada@example.org")
	d.act(t, "updateCustomer", bea, `, phone: "+48512345678"`, "customer { account { phone } }")
	d.act(t, "verifyCustomerAddress", bea, `, phone: "+48512345678"`, "customer { account { phoneVerified } }")

	// Bea has got no mail.
	d.act(t, "resendCustomerMessage", bea, ", message: ACTIVATION", "customer { messages { kind recipient } }")
	d.Message(t, models.MessageActivation, "bea@example.com")

	// Ada reads what was done and why, and nobody's name.
	read := world.Succeed(t, d.Post(t, world.Call{Key: d.Keys["development"], Token: d.Tokens["ada"],
		Body: `{"query":"{ account { activity(first: 100) { edges { node { operation description shopReason ip } } } } }"}`}))
	for _, operation := range []string{"blockCustomer", "updateCustomer", "releaseCustomerPhone"} {
		if !strings.Contains(read.Body, `"shopReason":"asked by phone: `+operation+`","ip":null`) {
			t.Errorf("%s is missing: %s", operation, read.Body)
		}
	}
	if strings.Contains(read.Body, "Eve") {
		t.Errorf("Ada reads who it was: %s", read.Body)
	}

	// The desk reads both, also of who is gone; the chain holds.
	d.act(t, "eraseCustomer", bea, "", "deletedAt")
	if a := world.Succeed(t, d.ask(t, "desk", fmt.Sprintf(`{ customer(id: %q) { id } }`, bea))); a.At("customer") != nil {
		t.Error(a.Body)
	}
	trail := world.Succeed(t, d.ask(t, "desk", fmt.Sprintf(
		`{ customerActivity(id: %q, first: 1) { edges { node { operation operator shopReason } } pageInfo { hasNextPage } } }`, bea)))
	if !strings.Contains(trail.Body, `"operation":"eraseCustomer","operator":"Eve of support","shopReason":"asked by phone: eraseCustomer"`) {
		t.Error(trail.Body)
	}
	if _, _, err := d.Store.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestBackOfficeShowsNoSecret looks for every secret of a customer in what the back office answers, and in the log, the
// events and the spans (R-OBS4).
func TestBackOfficeShowsNoSecret(t *testing.T) {
	d := newDesk(t)
	tracer, collector := listen(t, d.World)
	id := d.customer(t, "secret@example.com")
	session := d.Tokens["secret@example.com"]
	world.Succeed(t, d.Do(t, "", "requestPasswordReset", `{"email":"secret@example.com"}`))
	reset := d.Message(t, models.MessagePasswordReset, "secret@example.com")
	found, err := d.Service.FindAccount(t.Context(), id)
	world.Check(t, err)

	answers := d.ask(t, "desk", fmt.Sprintf(`{ customer(id: %q) { id status emailVouched messages { id kind recipient lastError }
		account { id email sessions { id token ip } identities { issuer } activity { edges { node { description } } } } }
		customerActivity(id: %q) { edges { node { operation operator shopReason apiKeyId sessionId requestId } } } }`, id, id)).Body
	for name, document := range backOfficeDocuments {
		if name != "eraseCustomer" {
			answers += d.ask(t, "desk", fmt.Sprintf(document, id)).Body
		}
	}

	d.Message(t, models.MessagePasswordReset, "secret@example.com")
	events := ""
	for _, message := range d.Inbox.Messages(t.Context()) {
		if message.Channel == string(models.ChannelWebhook) {
			events += message.Text
		}
	}

	world.Deliver(t, tracer)
	spans := collector.Raw()
	if !strings.Contains(spans, "mutation blockCustomer") {
		t.Error("no span of the back office arrived")
	}

	for what, secret := range map[string]string{
		"the password": ownPassword, "its hash": *found.PasswordHash, "a session's token": session, "a mail's token": *reset.Token,
		"the key": d.Keys["desk"],
	} {
		if strings.Contains(answers, secret) {
			t.Errorf("an answer has %s", what)
		}
		if strings.Contains(d.Log.String(), secret) || strings.Contains(events, secret) {
			t.Errorf("the log or an event has %s", what)
		}
		if strings.Contains(spans, secret) {
			t.Errorf("a span has %s", what)
		}
	}
	for _, name := range []string{"secret@example.com", "Eve of support", "asked by phone"} {
		if strings.Contains(d.Log.String(), name) || strings.Contains(spans, name) {
			t.Errorf("the log or a span has %q", name)
		}
	}
}

// TestBackOfficeInput: a mutation of the back office needs a name and a reason, and a query names one customer.
func TestBackOfficeInput(t *testing.T) {
	d := newDesk(t)
	id := d.customer(t, "ada@example.com")
	for document, fields := range map[string]string{
		fmt.Sprintf(`mutation { blockCustomer(input: { id: %q, operator: " ", reason: "" }) { __typename } }`, id): "[operator reason]",
		`mutation { blockCustomer(input: { id: "x", operator: "E", reason: "R" }) { __typename } }`:                "[id]",
		mutationOf("verifyCustomerAddress", id, `, email: "b@example.com"`, "__typename"):                          "[email]",
		mutationOf("verifyCustomerAddress", id, ``, "__typename"):                                                  "[email]",
		mutationOf("resendCustomerMessage", id, ``, "__typename"):                                                  "[message]",
		mutationOf("resendCustomerMessage", id, `, messageId: "x"`, "__typename"):                                  "[messageId]",
		mutationOf("updateCustomer", id, `, email: null, phone: "1", uuid: "x", addTags: [" "]`, "__typename"):     "[uuid addTags email phone]",
		`{ customer { id } }`: "[id]",
		`{ customer(email: "a@example.com", customId: "1") { id } }`:            "[id]",
		`{ customers(search: " ", first: 0, after: "?") { edges { cursor } } }`: "[search first after]",
	} {
		if a := d.ask(t, "desk", document); a.Code() != "INVALID_INPUT" || fmt.Sprint(a.Fields()) != fields {
			t.Errorf("%s: %s", document, a.Body)
		}
	}

	if found, err := d.Service.FindAccount(t.Context(), id); err != nil || found.Version != 1 || found.Status != models.StatusActive {
		t.Errorf("%+v, %v", found, err)
	}
}
