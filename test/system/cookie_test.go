package system

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check sessions in cookies (R-SES6, R-GQL9, ADR 0008): scripts never see a token, other origins can't
// use a cookie, and cookies of ended sessions are deleted.

// browser is a page of the service's own origin, with its cookies of the session and of the device.
type browser struct {
	*world.World
	cookie string
	device string
}

func newBrowser(t *testing.T, cookies bool) *browser {
	t.Helper()
	w := world.New(t, world.DefaultSettings())
	var err error
	w.Handler, err = graph.New(w.Service, graph.Options{
		Origin: world.OwnOrigin,
		Authenticator: &auth.Authenticator{
			Store: w.Store, Now: w.Clock.Now, SessionIdle: w.Service.Settings.SessionIdle, Cookies: cookies,
		},
		OperationTimeout: world.Patience, Log: world.Discard,
	})
	world.Check(t, err)

	return &browser{World: w}
}

// ownPage returns the headers that a browser sends for a page of the same origin.
func ownPage() http.Header {
	return http.Header{"Origin": {"http://example.com"}, "Sec-Fetch-Site": {"same-origin"}}
}

// ask runs an operation as the page does, and stores or deletes the cookie as a browser does.
func (b *browser) ask(t *testing.T, operation, input string) *world.Answer {
	t.Helper()
	header := ownPage()
	if b.cookie != "" {
		header.Set("Cookie", "other=1; "+auth.SessionCookie+"="+b.cookie)
	}
	if b.device != "" {
		header.Add("Cookie", auth.DeviceCookie+"="+b.device)
	}

	a := b.send(t, header, operation, input)
	for _, cookie := range (&http.Response{Header: a.Header}).Cookies() {
		switch cookie.Name {
		case auth.SessionCookie:
			b.cookie = cookie.Value
		case auth.DeviceCookie:
			b.device = cookie.Value
		default:
			t.Errorf("%s sets a cookie %s", operation, cookie.Name)
		}
	}

	if strings.Contains(a.Body, models.SessionTokenPrefix) {
		t.Errorf("%s answers a token: %s", operation, a.Body)
	}

	return a
}

func (b *browser) send(t *testing.T, header http.Header, operation, input string) *world.Answer {
	t.Helper()
	body := fmt.Sprintf(`{"query":%q}`, world.Document(t, b.Schema, operation, input != ""))
	if input != "" {
		body = fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, world.Document(t, b.Schema, operation, input != ""),
			input)
	}

	return b.Post(t,
		world.Call{Key: b.Keys["development"], Accept: "application/graphql-response+json", Body: body, Header: header})
}

// signIn creates a session in the cookie.
func (b *browser) signIn(t *testing.T) {
	t.Helper()
	if a := b.ask(t, "signIn",
		world.Credentials(account.DemoEmail, account.DemoPassword)); a.Code() != "" || b.cookie == "" {
		t.Fatalf("%v %s", a.Header, a.Body)
	}
}

// TestCookieHoldsOneSession checks that a sign-in ends the session that the cookie held, but no session of another
// device.
func TestCookieHoldsOneSession(t *testing.T) {
	b := newBrowser(t, true)
	world.Succeed(t, b.Do(t, "phone", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	b.signIn(t)
	first := b.cookie
	b.signIn(t)
	if b.cookie == first {
		t.Fatal("the cookie holds the session that it held")
	}

	b.Tokens["first"] = first
	refused(t, b.Do(t, "first", "account", ""), models.CodeUnauthenticated)
	world.Succeed(t, b.Do(t, "phone", "account", ""))

	// A program that signs in again keeps both sessions.
	world.Succeed(t,
		b.DoWith(t, "development", "phone", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	if a := world.Succeed(t, b.Do(t, "phone", "account", "")); len(a.At("account.sessions").([]any)) != 3 {
		t.Errorf("sessions: %s", a.Body)
	}
}

func TestCookieSession(t *testing.T) {
	b := newBrowser(t, true)
	a := b.ask(t, "signIn", world.Credentials(account.DemoEmail, account.DemoPassword))
	want := fmt.Sprintf("__Host-accountql=%s; Path=/; Max-Age=%d; HttpOnly; Secure; SameSite=Strict", b.cookie,
		30*24*60*60)
	device := fmt.Sprintf("__Host-accountql-device=%s; Path=/; Max-Age=%d; HttpOnly; Secure; SameSite=Strict", b.device,
		400*24*60*60)
	if got := a.Header.Values("Set-Cookie"); !slices.Equal(got, []string{want, device}) ||
		!strings.HasPrefix(b.cookie, models.SessionTokenPrefix) || len(b.device) != 26 {
		t.Errorf("signIn sets %q, want %q and %q", got, want, device)
	}
	if token := a.At("signIn.session.token"); token != nil || a.At("signIn.session.id") == nil {
		t.Errorf("the token is %v: %s", token, a.Body)
	}

	first := b.cookie
	if a := b.ask(t, "account", ""); a.Code() != "" || a.At("account.email") != string(account.DemoEmail) ||
		len(a.Header.Values("Set-Cookie")) != 0 {
		t.Errorf("account: %v %s", a.Header, a.Body)
	}
	if a := b.ask(t, "changePassword", fmt.Sprintf(`{"oldPassword":%q,"newPassword":"another horse battery staple"}`,
		account.DemoPassword)); a.Code() != "" || b.cookie == first || b.cookie == "" {
		t.Errorf("changePassword: %v %s", a.Header, a.Body)
	}
	if a := b.ask(t, "account", ""); a.Code() != "" {
		t.Errorf("account, after changePassword: %s", a.Body)
	}

	stranger := newBrowser(t, true)
	if a := stranger.ask(t, "signIn",
		world.Credentials(account.DemoEmail, "wrong")); len(a.Header.Values("Set-Cookie")) != 0 {
		t.Errorf("a refused signIn sets %q", a.Header.Values("Set-Cookie"))
	}
	if a := stranger.ask(t, "registerAccount",
		world.Credentials("new@example.com", account.DemoPassword)); a.Code() != "" {
		t.Fatal(a.Body)
	}

	token := *stranger.Message(t, models.MessageActivation, "new@example.com").Token
	if a := stranger.ask(t, "confirmAccountActivation", fmt.Sprintf(`{"token":%q,"password":%q}`, token,
		account.DemoPassword)); a.Code() != "" || stranger.cookie == "" {
		t.Errorf("confirmAccountActivation: %v %s", a.Header, a.Body)
	}
	if a := stranger.ask(t, "account", ""); a.At("account.email") != "new@example.com" {
		t.Errorf("account, after confirmAccountActivation: %s", a.Body)
	}

	visitor := newBrowser(t, true)
	visitor.Trust(t, "google", models.ProviderGoogle, false, true)
	token = visitor.NewToken("google", "ada", identitytest.Claims{"email": "ada@example.com", "email_verified": true})
	if a := visitor.ask(t, "signInWithIdentityProvider", fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q}`,
		token)); a.Code() != "" || visitor.cookie == "" {
		t.Errorf("signInWithIdentityProvider: %v %s", a.Header, a.Body)
	}
}

// TestEveryNewSessionIsForTheCookie checks that the cookie handles the payload of every operation that returns a new
// session. renameSession returns one that there was before, whose token is nobody's to read.
func TestEveryNewSessionIsForTheCookie(t *testing.T) {
	payloads := map[string]any{
		"SignInPayload": &account.SignInPayload{}, "SignInWithIdentityProviderPayload": &account.SignInPayload{},
		"SignInWithPasskeyPayload":        &account.SignInPayload{},
		"SignInWithCodePayload":           &account.SignInPayload{},
		"CompleteSignInPayload":           &account.SignInPayload{},
		"ChangePasswordPayload":           &account.ChangePasswordPayload{},
		"ProveIdentityPayload":            &account.ProveIdentityPayload{},
		"ConfirmAccountActivationPayload": &account.ConfirmAccountActivationPayload{},
	}
	schema := world.LoadSchema(t)
	for _, field := range schema.Mutation.Fields {
		name := field.Type.Name()
		if schema.Types[name].Fields.ForName("session") == nil || name == "RenameSessionPayload" {
			continue
		}
		if _, ok := payloads[name].(interface{ NewSession() *models.Session }); !ok {
			t.Errorf("%s answers a session, and %s has no method NewSession", field.Name, name)
		}
	}
}

// TestDeadCookiesAreDropped checks that the browser deletes the cookie, whatever ends the session.
func TestDeadCookiesAreDropped(t *testing.T) {
	const dropped = "__Host-accountql=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict"
	other := func(t *testing.T, b *browser) string {
		t.Helper()
		return b.send(t, nil, "signIn",
			world.Credentials(account.DemoEmail, account.DemoPassword)).At("signIn.session.token").(string)
	}

	for name, test := range map[string]struct {
		operation string
		input     func(t *testing.T, b *browser) string
		kept      bool
	}{
		"signOut": {operation: "signOut"},
		"signOut of all": {
			"signOut", func(*testing.T, *browser) string { return `{"scope":"ALL_SESSIONS"}` }, false,
		},
		"signOut of others": {
			"signOut", func(*testing.T, *browser) string { return `{"scope":"OTHER_SESSIONS"}` }, true,
		},
		"deleteAccount": {"deleteAccount", func(*testing.T, *browser) string {
			return fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)
		}, false},
		"deleteAccount, refused": {
			"deleteAccount", func(*testing.T, *browser) string { return `{"clientAuthFactor":"wrong"}` }, true,
		},
		"updateAccount": {"updateAccount", func(*testing.T, *browser) string { return `{"firstName":"Ada"}` }, true},
		"revokeSession of its own": {"revokeSession", func(t *testing.T, b *browser) string {
			return fmt.Sprintf(`{"id":%q}`,
				b.ask(t, "account", "").At("account.sessions").([]any)[0].(map[string]any)["id"])
		}, false},
		"confirmPasswordReset": {"confirmPasswordReset", func(t *testing.T, b *browser) string {
			b.ask(t, "requestPasswordReset", fmt.Sprintf(`{"email":%q}`, account.DemoEmail))
			return fmt.Sprintf(`{"token":%q,"password":"another horse battery staple"}`,
				*b.Message(t, models.MessagePasswordReset, "").Token)
		}, false},
		"ended elsewhere": {"account", func(t *testing.T, b *browser) string {
			b.send(t, http.Header{"Authorization": {"Bearer " + other(t, b)}}, "signOut", `{"scope":"ALL_SESSIONS"}`)
			return ""
		}, false},
		"expired": {
			"account", func(_ *testing.T, b *browser) string { b.Clock.Advance(169 * time.Hour); return "" }, false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBrowser(t, true)
			b.signIn(t)
			input := ""
			if test.input != nil {
				input = test.input(t, b)
			}

			a := b.ask(t, test.operation, input)
			if got := a.Header.Values("Set-Cookie"); test.kept && len(got) != 0 ||
				!test.kept && !slices.Equal(got, []string{dropped}) {
				t.Errorf("sets %q: %s", got, a.Body)
			}
			if again := b.ask(t, "account",
				""); (again.Code() == "") != test.kept || len(again.Header.Values("Set-Cookie")) != 0 {
				t.Errorf("afterwards: %v %s", again.Header, again.Body)
			}
		})
	}
}

// TestCookiesOpenNothingToOthers sends a live cookie in every way in which the page itself does not send it.
func TestCookiesOpenNothingToOthers(t *testing.T) {
	b := newBrowser(t, true)
	b.signIn(t)
	key, cookie := b.Keys["development"], auth.SessionCookie+"="+b.cookie
	body := `{"query":"mutation { signOut(input: { scope: ALL_SESSIONS }) { revokedSessions } }"}`

	for name, test := range map[string]struct {
		status int
		code   models.Code
		header http.Header
	}{
		"no key": {
			401, models.CodeAPIKeyInvalid, http.Header{"Cookie": {cookie}, "Sec-Fetch-Site": {"same-origin"}},
		},
		"key in a cookie": {401, models.CodeAPIKeyInvalid,
			http.Header{"Cookie": {cookie + "; X-Api-Key=" + key}, "Sec-Fetch-Site": {"same-origin"}}},
		"form of another site": {403, models.CodeBadRequest, http.Header{"Cookie": {cookie},
			"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.example"}, "Content-Type": {"text/plain"}}},
		"page of another site": {403, models.CodeBadRequest, http.Header{"Cookie": {cookie},
			"X-Api-Key": {key}, "Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.example"}}},
		"neighbour": {403, models.CodeBadRequest, http.Header{"Cookie": {cookie},
			"X-Api-Key": {key}, "Sec-Fetch-Site": {"same-site"}, "Origin": {"https://evil.example.com"}}},
		"sandboxed page": {
			403, models.CodeBadRequest, http.Header{"Cookie": {cookie}, "X-Api-Key": {key}, "Origin": {"null"}},
		},
		"old browser": {403, models.CodeBadRequest,
			http.Header{"Cookie": {cookie}, "X-Api-Key": {key}, "Origin": {"https://evil.example"}}},
		"simple content type": {415, models.CodeBadRequest, http.Header{
			"Cookie": {cookie}, "X-Api-Key": {key}, "Sec-Fetch-Site": {"same-origin"}, "Content-Type": {"text/plain"},
		}},
		"no word of its page": {401, models.CodeUnauthenticated, http.Header{"Cookie": {cookie}, "X-Api-Key": {key}}},
		"other name": {401, models.CodeUnauthenticated,
			http.Header{"Cookie": {"accountql=" + b.cookie}, "X-Api-Key": {key}, "Sec-Fetch-Site": {"same-origin"}}},
		"two cookies": {400, models.CodeBadRequest,
			http.Header{"Cookie": {cookie + "; " + cookie}, "X-Api-Key": {key}, "Sec-Fetch-Site": {"same-origin"}}},
		"cookie and header": {400, models.CodeBadRequest, http.Header{"Cookie": {cookie},
			"Authorization": {"Bearer " + b.cookie}, "X-Api-Key": {key}, "Sec-Fetch-Site": {"same-origin"}}},
		"cookie and any header": {400, models.CodeBadRequest, http.Header{
			"Cookie": {cookie}, "Authorization": {"Basic eDp5"}, "X-Api-Key": {key}, "Sec-Fetch-Site": {"same-origin"},
		}},
	} {
		a := b.Post(t, world.Call{Accept: "application/graphql-response+json", Body: body, Header: test.header})
		if a.Status != test.status || a.Code() != string(test.code) {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}

		if a := b.ask(t, "account", ""); a.Code() != "" {
			t.Fatalf("%s ended the session: %s", name, a.Body)
		}
	}
}

// TestCookiesAreForBrowsers checks that programs still get and send tokens, and that everybody does without
// --cookies.
func TestCookiesAreForBrowsers(t *testing.T) {
	for name, test := range map[string]struct {
		cookies bool
		header  http.Header
	}{"program": {true, http.Header{}}, "cookies off": {false, ownPage()}} {
		b := newBrowser(t, test.cookies)
		a := b.send(t, test.header, "signIn", world.Credentials(account.DemoEmail, account.DemoPassword))
		token, _ := a.At("signIn.session.token").(string)
		if !strings.HasPrefix(token, models.SessionTokenPrefix) || len(a.Header.Values("Set-Cookie")) != 0 {
			t.Errorf("%s: %v %s", name, a.Header, a.Body)
		}

		header := test.header.Clone()
		header.Set("Cookie", auth.SessionCookie+"="+token)
		if a := b.send(t, header, "account", ""); a.Code() != string(models.CodeUnauthenticated) {
			t.Errorf("%s: the cookie is taken: %s", name, a.Body)
		}

		header = ownPage()
		header.Set("Authorization", "Bearer "+token)
		if a := b.send(t, header, "account", ""); a.Code() != "" {
			t.Errorf("%s: the token is not taken: %s", name, a.Body)
		}
	}
}

// TestRenderingServers checks servers that render pages: such a server forwards the customer's cookie and sets the
// Origin itself, because a page load has none. The response says so if the Origin is missing; responses to a page,
// to a program and for a dead token don't.
func TestRenderingServers(t *testing.T) {
	b := newBrowser(t, true)
	b.signIn(t)
	cookie := auth.SessionCookie + "=" + b.cookie

	a := b.send(t, http.Header{"Cookie": {cookie}, "Origin": {world.OwnOrigin}}, "account", "")
	if a.Code() != "" || a.At("account.email") != string(account.DemoEmail) {
		t.Errorf("with the origin of its page: %s", a.Body)
	}

	phone := `{"phone":"+14155550132","confirmationCode":"123456","smsAgreement":true}`
	for name, test := range map[string]struct {
		operation, input string
		header           http.Header
		told             bool
	}{
		"no origin":             {"account", "", http.Header{"Cookie": {cookie}}, true},
		"no origin, a mutation": {"confirmPhoneUpdate", phone, http.Header{"Cookie": {cookie}}, true},
		"no cookie":             {"account", "", nil, false},
		"a dead cookie": {
			"account", "", http.Header{"Cookie": {auth.SessionCookie + "=as_dead"}, "Origin": {world.OwnOrigin}}, false,
		},
		"a dead token": {"account", "", http.Header{"Authorization": {"Bearer as_dead"}}, false},
	} {
		a := b.send(t, test.header, test.operation, test.input)
		if told := strings.Contains(a.Body,
			"Origin of its page"); a.Code() != string(models.CodeUnauthenticated) || told != test.told {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
}
