package system

import (
	"context"
	"database/sql"
	"fmt"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check the audit trail: one event for each outcome (R-C13), a chain that reveals every change
// (R-LOG3), and the customer's own view of it.

// events returns the number of audit events.
func events(t *testing.T, w *world.World) int {
	return query(t, w, `SELECT count(*) FROM audit_events`)
}

// lastEvent returns the newest event.
func lastEvent(t *testing.T, w *world.World) models.AuditEvent {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.Database+"?mode=ro")
	world.Check(t, err)
	defer db.Close()
	var e models.AuditEvent
	world.Check(t, db.QueryRow(
		`SELECT operation, outcome, code, account_id, api_key_id, session_id, auth_id, ip, user_agent, request_id FROM audit_events ORDER BY rowid DESC LIMIT 1`,
	).
		Scan(&e.Operation, &e.Outcome, &e.Code, &e.AccountID, &e.APIKeyID, &e.SessionID, &e.AuthID, &e.IP, &e.UserAgent,
			&e.RequestID))

	return e
}

// audited runs an operation and checks that it wrote one event, which names the caller, the operation, the address
// and the key.
func audited(
	t *testing.T, w *world.World, keyID, key, customer, operation, input string, outcome models.Outcome,
	code models.Code,
) *world.Answer {
	t.Helper()
	before := events(t, w)
	a := w.DoWith(t, key, customer, operation, input)
	if n := events(t, w) - before; n != 1 {
		t.Fatalf("%s %s wrote %d events: %s", operation, input, n, a.Body)
	}

	got := lastEvent(t, w)
	if got.Operation != operation || got.Outcome != outcome || got.Code != code {
		t.Errorf("%s %s: want %s %s, got %+v\n%s", operation, input, outcome, code, got, a.Body)
	}

	from := [2]string{"192.0.2.1", "stories/1.0"}
	if operation == "deleteAccount" && outcome == models.OutcomeSuccess {
		from = [2]string{} // the trail of an erased account has no addresses (R-DAT4)
	}
	if [2]string{got.IP, got.UserAgent} != from || got.APIKeyID != keyID || got.RequestID == "" ||
		got.RequestID != a.Header.Get("X-Request-Id") {
		t.Errorf("%s %s: the event does not say from where, by what key or in which request: %+v", operation, input,
			got)
	}

	if customer != "" && world.Gates[operation].Session &&
		(got.AccountID == "") != (code == models.CodeUnauthenticated) {
		t.Errorf("%s %s: the event is of the account %q", operation, input, got.AccountID)
	}

	return a
}

// TestEveryOutcomeIsRecorded checks R-C13.
func TestEveryOutcomeIsRecorded(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.WithTerms(t, world.DefaultSettings(), false))
	covered := map[string]bool{}
	step := func(customer, operation, input string, outcome models.Outcome, code models.Code) *world.Answer {
		t.Helper()
		covered[operation+" "+string(outcome)] = true
		return audited(t, w, "development", "development", customer, operation, input, outcome, code)
	}

	done := func(customer, operation, input string) *world.Answer {
		t.Helper()
		return world.Succeed(t, step(customer, operation, input, models.OutcomeSuccess, ""))
	}

	refuse := func(customer, operation, input string, code models.Code) {
		t.Helper()
		refused(t, step(customer, operation, input, models.OutcomeRefused, code), code)
	}

	password := account.DemoPassword

	done("laptop", "signIn", world.Credentials(account.DemoEmail, password))
	refuse("", "signIn", world.Credentials(account.DemoEmail, "wrong"), models.CodeInvalidCredentials)
	refuse("", "signIn", world.Credentials("nobody@example.com", "wrong"), models.CodeInvalidCredentials)
	refuse("", "signIn", `{"email":"nonsense","password":" "}`, models.CodeInvalidInput)
	done("demo", "updateAccount", `{"firstName":"Ada"}`)
	refuse("demo", "updateAccount", `{"firstName":"","zipCode":"?"}`, models.CodeInvalidInput)
	refuse("demo", "updateAccount", `{"phone":"+48512345678"}`, models.CodeReauthenticationRequired)
	refuse("demo", "updateAccount", `{"expectedVersion":99}`, models.CodeVersionConflict)

	refuse("demo", "requestIdentityCode", `{"channel":"PHONE"}`, models.CodeInvalidInput)
	done("demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`)
	limited(t,
		step("demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`, models.OutcomeLimited, models.CodeRateLimited))
	refuse("", "requestPhoneUpdate", `{"phone":"+48512345678"}`, models.CodeUnauthenticated)
	refuse("demo", "confirmPhoneUpdate", confirmation("+48512345678", "nothing"), models.CodeCodeInvalid)
	done("demo", "confirmPhoneUpdate", confirmation("+48512345678", *w.Message(t, models.MessagePhoneCode, "").Code))
	done("demo", "cancelPhoneUpdate", "")
	done("demo", "cancelEmailChange", "")

	change := fmt.Sprintf(`{"email":"new@example.com","password":%q,"authId":"customer 4711"}`, password)
	done("demo", "requestEmailChange", change)
	if got := lastEvent(t, w).AuthID; got != "customer 4711" {
		t.Errorf("authId %q", got)
	}

	limited(t, step("demo", "requestEmailChange", change, models.OutcomeLimited, models.CodeRateLimited))
	refuse("demo", "requestEmailChange", `{"email":"new@example.com"}`, models.CodeReauthenticationRequired)
	refuse("", "confirmEmailChange", `{"token":"wrong","newsletterAgreement":true}`, models.CodeTokenInvalid)
	done("", "confirmEmailChange",
		fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`, *w.Message(t, models.MessageEmailChange, "").Token))
	undo := *w.Message(t, models.MessageEmailChanged, "").Token
	refuse("", "undoEmailChange", `{"token":"wrong"}`, models.CodeTokenInvalid)
	refuse("", "secureAccount", `{"token":"wrong"}`, models.CodeTokenInvalid)
	done("", "undoEmailChange", fmt.Sprintf(`{"token":%q}`, undo))
	refuse("demo", "updateAccount", `{"firstName":"Bea"}`, models.CodeUnauthenticated)

	for range 3 {
		done("", "requestPasswordReset", `{"email":"demo@example.com"}`)
	}

	if world.Succeed(t, step("", "requestPasswordReset", `{"email":"demo@example.com"}`, models.OutcomeLimited,
		models.CodeRateLimited)); lastEvent(t, w).AccountID == "" {
		t.Error("the account's trail does not show that its budget was used up")
	}

	done("", "requestPasswordReset", `{"email":"nobody@example.com"}`)
	refuse("", "requestPasswordReset", `{"email":"nonsense"}`, models.CodeInvalidInput)
	reset := *w.Message(t, models.MessagePasswordReset, "").Token
	refuse("", "confirmPasswordReset", `{"token":"wrong","password":"a long enough one"}`, models.CodeTokenInvalid)
	refuse("", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"short"}`, reset),
		models.CodePasswordRejected)
	done("", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"a long enough one"}`, reset))
	password = "a long enough one"

	done("", "registerAccount", `{"email":"fresh@example.com","password":"a long enough one"}`)
	world.Succeed(t, step("", "registerAccount", `{"email":"demo@example.com","password":"another long enough one"}`,
		models.OutcomeRefused, models.CodeEmailUnavailable))
	refuse("", "registerAccount", `{"email":"fresh","password":"short"}`, models.CodeInvalidInput)
	refuse("", "registerAccount", `{"email":"fresh2@example.com","password":"short"}`, models.CodePasswordRejected)
	w.Clock.Advance(time.Minute)
	done("", "requestAccountActivation", `{"email":"fresh@example.com"}`)
	refuse("", "confirmAccountActivation", `{"token":"wrong"}`, models.CodeTokenInvalid)
	done("", "confirmAccountActivation", fmt.Sprintf(`{"token":%q,"password":%q}`,
		*w.Message(t, models.MessageActivation, "").Token, "a long enough one"))

	done("demo", "signIn", world.Credentials(account.DemoEmail, password))
	done("phone", "signIn", world.Credentials(account.DemoEmail, password))
	done("demo", "revokeSession", `{"id":"none"}`)
	refuse("demo", "revokeSession", `{"id":" "}`, models.CodeInvalidInput)
	tablet := w.Do(t, "tablet", "signIn", world.Credentials(account.DemoEmail, password)).At("signIn.session.id")
	done("demo", "renameSession", fmt.Sprintf(`{"id":%q,"name":"Tablet"}`, tablet))
	done("demo", "forgetDevice", `{"id":"none"}`)
	refuse("demo", "forgetDevice", `{"id":" "}`, models.CodeInvalidInput)
	refuse("demo", "renameSession", `{"id":"none","name":"Phone"}`, models.CodeInvalidInput)
	done("phone", "signOut", `{"scope":"OTHER_SESSIONS"}`)
	done("demo", "signIn", world.Credentials(account.DemoEmail, password))
	refuse("demo", "changePassword", `{"oldPassword":"wrong","newPassword":"yet another one"}`,
		models.CodeInvalidCredentials)
	refuse("demo", "changePassword", fmt.Sprintf(`{"oldPassword":%q,"newPassword":%q}`, password, password),
		models.CodePasswordRejected)
	done("demo", "changePassword", fmt.Sprintf(`{"oldPassword":%q,"newPassword":"yet another one"}`, password))

	w.Trust(t, "google", models.ProviderGoogle, false, false)
	token := func(rest string) string {
		return fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q%s}`, w.NewToken("google", "ada", nil), rest)
	}

	w.Clock.Advance(24 * time.Hour) // nothing is linked for a day after an undo
	done("demo", "linkIdentityProvider", token(`,"password":"yet another one"`))
	w.Clock.Advance(time.Second) // for another token
	done("tablet", "signInWithIdentityProvider", token(""))
	w.Clock.Advance(time.Second)
	done("demo", "unlinkIdentityProvider", token(""))

	for _, operation := range []string{"signInWithIdentityProvider", "linkIdentityProvider", "unlinkIdentityProvider"} {
		proof := ""
		if operation == "linkIdentityProvider" {
			proof = `,"password":"yet another one"`
		}

		step("demo", operation, `{"identityProvider":"APPLE","externalToken":"a token"`+proof+`}`, models.OutcomeFailed,
			models.CodeIdentityProviderUnavailable)
		refuse("demo", operation, `{"identityProvider":"GOOGLE","externalToken":"a token"`+proof+`}`,
			models.CodeInvalidCredentials)
		refuse("demo", operation, `{"identityProvider":"SYNERISE","externalToken":"a token"}`, models.CodeInvalidInput)
	}

	passkeySteps(t, w, done, refuse)
	factorSteps(t, w, done, refuse)
	factorResetSteps(t, w, done, refuse)
	done("demo", "acceptTerms", `{"terms":[{"id":"terms","version":"1"}]}`)
	refuse("demo", "acceptTerms", `{"terms":[{"id":"terms","version":"0"}]}`, models.CodeInvalidInput)
	refuse("demo", "createAddress", `{"line1":"Weg 1","countryCode":"DE"}`, models.CodeInvalidInput)
	address := done("demo", "createAddress", newAddress).At("createAddress.address.id")
	done("demo", "updateAddress", fmt.Sprintf(`{"id":%q,"company":"Mill"}`, address))
	refuse("demo", "updateAddress", fmt.Sprintf(`{"id":%q,"expectedVersion":1}`, address), models.CodeVersionConflict)
	done("demo", "deleteAddress", fmt.Sprintf(`{"id":%q}`, address))
	refuse("demo", "deleteAddress", fmt.Sprintf(`{"id":%q}`, address), models.CodeInvalidInput)
	w.Service.Settings.DoubleOptIn = true
	done("demo", "updateAccount", `{"agreements":{"email":true}}`)
	done("", "confirmConsent", fmt.Sprintf(`{"token":%q}`, *w.Message(t, models.MessageConsentConfirm, "").Token))
	refuse("", "confirmConsent", `{"token":"wrong"}`, models.CodeTokenInvalid)
	link, err := w.Service.UnsubscribeLink(t.Context(), string(account.DemoEmail), models.ConsentEmail)
	world.Check(t, err)
	done("", "withdrawConsent", fmt.Sprintf(`{"token":%q}`, path.Base(link.URL)))
	refuse("demo", "requestDataExport", `{"password":"wrong"}`, models.CodeInvalidCredentials)
	done("demo", "requestDataExport", `{"password":"yet another one"}`)
	done("demo", "requestIdentityCode", `{"channel":"EMAIL"}`)
	refuse("demo", "proveIdentity", `{"code":"wrong"}`, models.CodeCodeInvalid)
	done("demo", "proveIdentity", fmt.Sprintf(`{"code":%q}`, *w.Message(t, models.MessageIdentityCode, "").Code))
	done("", "cancelAccountDeletion", `{"accountEmail":"demo@example.com","password":"yet another one"}`)
	refuse("", "cancelAccountDeletion", `{"token":"wrong"}`, models.CodeTokenInvalid)

	world.NewSubject(t, w, account.NewAccount{Email: "watched@example.com", Password: account.DemoPassword},
		func(*models.Account) {})
	signInFrom(t, w, "watched", "watched@example.com", "another-device-0")
	signInFrom(t, w, "watched", "watched@example.com", "another-device-1")
	done("", "secureAccount", fmt.Sprintf(`{"token":%q}`, *w.Message(t, models.MessageNewDevice, "").Token))

	done("", "requestSignInCode", `{"email":"nobody@example.com"}`)
	refuse("", "signInWithCode", wrongly(t, signInCodeOf(t, w, account.DemoEmail)), models.CodeCodeInvalid)
	done("demo", "signInWithCode", signInCodeOf(t, w, account.DemoEmail))

	refuse("demo", "deleteAccount", `{"clientAuthFactor":"wrong"}`, models.CodeInvalidCredentials)
	done("demo", "deleteAccount", `{"clientAuthFactor":"yet another one"}`)
	refuse("demo", "deleteAccount", `{"clientAuthFactor":"yet another one"}`, models.CodeUnauthenticated)

	for _, field := range w.Schema.Mutation.Fields {
		// TestSupportDesk has the operations of the back office.
		if !covered[field.Name+" SUCCESS"] && !world.Gates[field.Name].Permission.BackOffice() {
			t.Errorf("call done with %s above: no event of it is checked", field.Name)
		}
	}

	if _, _, err := w.Store.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestEveryGateIsRecorded checks R-C13 for refusals before an operation: a key without the permission, a request
// without a session.
func TestEveryGateIsRecorded(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	ids := map[string]string{"development": "development"}
	for name, permission := range map[string]models.Permission{
		"reads": models.PermissionAccountRead, "signs in": models.PermissionSignIn,
	} {
		key, secret, err := w.Service.CreateAPIKey(t.Context(),
			account.NewAPIKey{Name: name, Permissions: []models.Permission{permission}})
		world.Check(t, err)
		w.Keys[name], ids[name] = secret, key.ID
	}

	for _, field := range world.RootFields(w.Schema) {
		gate, input := world.Gates[field.Name], ""
		if len(field.Arguments) > 0 {
			input = minimalArgument(t, w, field)
		}

		if gate.Permission != "" {
			key := "reads"
			if gate.Permission == models.PermissionAccountRead {
				key = "signs in"
			}
			a := audited(t, w, ids[key], key, "demo", field.Name, input, models.OutcomeRefused, models.CodePermissionDenied)
			if field.Type.NonNull { // beside a null that is allowed the status is 200
				refused(t, a, models.CodePermissionDenied)
			}
		}

		if gate.Session {
			refused(t, audited(t, w, "development", "development", "", field.Name, input, models.OutcomeRefused,
				models.CodeUnauthenticated), models.CodeUnauthenticated)
		}
	}

	// Reading one's own account leaves no event, and neither does a document that is not an operation.
	before := events(t, w)
	world.Succeed(t, w.Do(t, "demo", "account", ""))
	world.Succeed(t, w.Do(t, "", "apiKey", ""))
	w.Post(t, world.Call{Key: w.Keys["development"], Body: `{"query":"mutation { signIn }"}`})
	if n := events(t, w) - before; n != 0 {
		t.Errorf("%d events", n)
	}
}

// TestAuditSurvivesDeletion checks R-LOG3: the trail of a deleted account stays complete, under an id that no
// longer identifies anybody.
func TestAuditSurvivesDeletion(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	gone := addCustomer(t, w, "other")
	world.Succeed(t, w.Do(t, "other", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
	trail, err := w.Store.Activity(context.Background(), gone.ID, 0, 100)
	world.Check(t, err)
	if len(trail) != 3 || trail[0].Operation != "deleteAccount" || trail[0].Outcome != models.OutcomeSuccess ||
		strings.Contains(fmt.Sprint(trail), "other@") {
		t.Errorf("the trail is %+v", trail)
	}
	if _, _, err := w.Store.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

// newestEvent reads the audit trail's last line.
func newestEvent(t testing.TB, w *world.World) models.AuditEvent {
	t.Helper()
	var newest models.AuditEvent
	world.Check(t, w.Store.AuditTrail(context.Background(), func(event models.AuditEvent) error {
		if event.ID > newest.ID {
			newest = event
		}
		return nil
	}))

	return newest
}
