package system

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/internal/geo"
	"github.com/accountql/accountql/internal/geo/geotest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

const chromeOnWindows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) " +
	"Chrome/142.0.0.0 Safari/537.36"

// TestSessionsSayFromWhere: a session tells its device and place in words.
func TestSessionsSayFromWhere(t *testing.T) {
	w := newCustomer(t)
	places, err := geo.Open(geotest.Places(t))
	world.Check(t, err)
	w.Service.Places = places

	body, err := json.Marshal(map[string]any{
		"query": `mutation ($input: SignInInput!) { signIn(input: $input) { session {
			device { kind browser system description } place { city country countryCode description } } } }`,
		"variables": map[string]any{"input": json.RawMessage(world.Credentials(account.DemoEmail, account.DemoPassword))},
	})
	world.Check(t, err)

	a := w.Post(t, world.Call{Key: w.Keys["development"], Body: string(body), Header: http.Header{
		"User-Agent": {chromeOnWindows}, "Sec-Ch-Ua": {`"Chromium";v="142", "Brave";v="142"`},
	}})
	session, err := json.Marshal(world.Succeed(t, a).At("signIn.session"))
	world.Check(t, err)

	const want = `{"device":{"browser":"Brave","description":"Brave on Windows","kind":"COMPUTER","system":"Windows"},` +
		`"place":{"city":"Berlin","country":"Germany","countryCode":"DE","description":"Berlin, Germany"}}`
	if string(session) != want {
		t.Errorf("the session is %s", session)
	}
}

// storedSession stores a session of an account, which nobody has the token of, and returns its id.
func storedSession(t *testing.T, w *world.World, accountID string) string {
	t.Helper()
	id, now := w.Service.NewID(), w.Clock.Now()
	ends := now.Add(time.Hour)
	world.Check(t, w.Store.InTx(t.Context(), func(tx account.Tx) error {
		return tx.CreateSession(t.Context(), &models.Session{
			ID: id, AccountID: accountID, TokenHash: account.HashToken(id), CreatedAt: now, AuthenticatedAt: now,
			LastUsedAt: now, EndsAt: ends, ExpiresAt: ends,
		})
	}))

	return id
}

// signInFrom signs a customer in from a device that sends a mark.
func signInFrom(t *testing.T, w *world.World, customer string, email models.EmailAddress, mark string) *world.Answer {
	t.Helper()
	query := world.Document(t, w.Schema, "signIn", true)
	body := fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, query, world.Credentials(email, account.DemoPassword))
	a := world.Succeed(t, w.Post(t, world.Call{
		Key: w.Keys["development"], Body: body, Header: http.Header{auth.DeviceHeader: {mark}},
	}))
	w.Tokens[customer] = a.At("signIn.session.token").(string)

	return a
}

// noticeOfDevice signs the demo customer in from another device, and returns the token of the mail.
func noticeOfDevice(t *testing.T, w *world.World) string {
	t.Helper()
	signInFrom(t, w, "other", account.DemoEmail, "another-device-0")
	return *w.Message(t, models.MessageNewDevice, string(account.DemoEmail)).Token
}

// knownDevice returns the id of a device of a customer.
func knownDevice(t *testing.T, w *world.World, customer string) string {
	t.Helper()
	a := world.Succeed(t, w.Post(t, world.Call{
		Key: w.Keys["development"], Token: w.Tokens[customer], Body: `{"query":"{ account { devices { id } } }"}`,
	}))
	return a.At("account.devices.0.id").(string)
}

func notices(t *testing.T, w *world.World) int {
	t.Helper()
	return query(t, w, "SELECT count(*) FROM outbox WHERE kind = 'NEW_DEVICE'")
}

// TestWordsAreEnoughWithoutMarks: where no device of an account sends a mark, one is known by its words; from the first
// mark on, whoever sends none is news, because words can be copied.
func TestWordsAreEnoughWithoutMarks(t *testing.T) {
	w := newCustomer(t)
	signIn := func(userAgent string) {
		t.Helper()
		body := fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, world.Document(t, w.Schema, "signIn", true),
			world.Credentials(account.DemoEmail, account.DemoPassword))
		world.Succeed(t, w.Post(t, world.Call{
			Key: w.Keys["development"], Body: body, Header: http.Header{"User-Agent": {userAgent}},
		}))
	}

	before := notices(t, w)
	for i, step := range []struct {
		userAgent, mark string
		told            int
	}{
		{chromeOnWindows, "", 1}, {chromeOnWindows, "", 1}, {"curl/8.16.0", "", 2}, {"curl/8.16.0", "", 2},
		{"", "marked-device-000", 3}, {chromeOnWindows, "", 4}, {chromeOnWindows, "", 5}, {"", "marked-device-000", 5},
	} {
		if step.mark != "" {
			signInFrom(t, w, "marked", account.DemoEmail, step.mark)
		} else {
			signIn(step.userAgent)
		}
		if got := notices(t, w) - before; got != step.told {
			t.Errorf("after sign-in %d there were %d mails, want %d", i+1, got, step.told)
		}
	}
}

// TestNoticesAreLimited: an account gets five mails of new devices a day, and an address that is only claimed none.
func TestNoticesAreLimited(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	for i := range 10 {
		signInFrom(t, w, "other", account.DemoEmail, fmt.Sprintf("another-device-%d", i))
	}
	if got := notices(t, w); got != 5 {
		t.Errorf("%d mails of ten devices", got)
	}

	world.NewSubject(t, w, account.NewAccount{Email: "claimed@example.com", Password: account.DemoPassword},
		func(a *models.Account) { a.EmailVerifiedAt, a.EmailVouched = nil, false })
	for i := range 3 {
		signInFrom(t, w, "claimed", "claimed@example.com", fmt.Sprintf("another-device-%d", i))
	}
	if got := notices(t, w); got != 5 {
		t.Errorf("a claimed address got %d mails", got-5)
	}
}

// TestDevicesAreForgotten: a device is known for 400 days, and of many the last thirty; what is forgotten is told again.
func TestDevicesAreForgotten(t *testing.T) {
	w := newCustomer(t)
	for i := range 32 {
		w.Clock.Advance(24 * time.Hour)
		signInFrom(t, w, "other", account.DemoEmail, fmt.Sprintf("another-device-%d", i))
	}
	if got := query(t, w, "SELECT count(*) FROM known_devices"); got != 30 {
		t.Errorf("%d devices are known", got)
	}

	before := notices(t, w)
	signInFrom(t, w, "other", account.DemoEmail, "another-device-31")
	if got := notices(t, w) - before; got != 0 {
		t.Errorf("a known device was told %d times", got)
	}

	w.Clock.Advance(401 * 24 * time.Hour)
	signInFrom(t, w, "other", account.DemoEmail, "another-device-31")
	if got := notices(t, w) - before; got != 1 {
		t.Errorf("after 401 days it was told %d times", got)
	}
}

// TestBrowserKeepsItsDevice: a browser whose sessions are in cookies is known again by another cookie, which no script
// sees; a header in its place means nothing.
func TestBrowserKeepsItsDevice(t *testing.T) {
	b := newBrowser(t, true)
	b.signIn(t)
	first := b.device
	if len(first) < 26 {
		t.Fatalf("the device is %q", first)
	}

	world.Succeed(t, b.ask(t, "signOut", ""))
	b.cookie = ""
	b.signIn(t)
	if b.device != first || notices(t, b.World) != 0 {
		t.Errorf("the device became %q, and %d mails were sent", b.device, notices(t, b.World))
	}

	b.device, b.cookie = "", ""
	b.signIn(t)
	if b.device == first || b.device == "" || notices(t, b.World) != 1 {
		t.Errorf("without its cookie the device is %q, and %d mails were sent", b.device, notices(t, b.World))
	}
	if got := query(t, b.World, "SELECT count(*) FROM known_devices WHERE hex(mark_hash) LIKE ?", "%"+first+"%"); got != 0 {
		t.Error("the database holds the mark itself")
	}
}

// TestTokenOfDeviceOutlivesThePassword: a thief who changes the password does not void the mail by which the customer
// shuts them out; a change of the address does, and its undo brings it back.
func TestTokenOfDeviceOutlivesThePassword(t *testing.T) {
	w := newCustomer(t)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	token := noticeOfDevice(t, w)
	world.Succeed(t, w.Do(t, "other", "changePassword",
		fmt.Sprintf(`{"oldPassword":%q,"newPassword":"the thief's password"}`, account.DemoPassword)))

	a := world.Succeed(t, w.Do(t, "", "secureAccount", fmt.Sprintf(`{"token":%q}`, token)))
	if a.At("secureAccount.revokedSessions") != 1.0 {
		t.Errorf("answered %s", a.Body)
	}
	refused(t, w.Do(t, "other", "account", ""), models.CodeUnauthenticated)
}

// TestSecuredAccountIsShut: securing an account voids what whoever signed in has begun, in whatever order, and calls the
// deletion off that they asked for.
func TestSecuredAccountIsShut(t *testing.T) {
	w := newCustomer(t)
	w.Service.Settings.DeletionGrace = 30 * 24 * time.Hour
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	first := noticeOfDevice(t, w)
	signInFrom(t, w, "third", account.DemoEmail, "another-device-1")
	second := *w.Message(t, models.MessageNewDevice, string(account.DemoEmail)).Token
	world.Succeed(t, w.Do(t, "third", "requestEmailChange",
		fmt.Sprintf(`{"email":"thief@example.com","password":%q}`, account.DemoPassword)))
	epoch := query(t, w, "SELECT credential_epoch FROM accounts WHERE email = 'demo@example.com'")
	before := notices(t, w)

	world.Succeed(t, w.Do(t, "", "secureAccount", fmt.Sprintf(`{"token":%q}`, first)))
	const pending = "SELECT count(*) FROM challenges WHERE purpose = 'EMAIL_CHANGE'"
	if got := query(t, w, pending); got != 0 {
		t.Errorf("%d changes are pending", got)
	}
	if got := query(t, w, "SELECT credential_epoch FROM accounts WHERE email = 'demo@example.com'"); got != epoch+1 {
		t.Errorf("the epoch is %d, after %d", got, epoch)
	}
	refused(t, w.Do(t, "", "secureAccount", fmt.Sprintf(`{"token":%q}`, second)), models.CodeTokenInvalid)

	refused(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)),
		models.CodeInvalidCredentials)
	choosePassword(t, w)
	signInFrom(t, w, "other", account.DemoEmail, "another-device-0")
	if got := notices(t, w); got != before+1 {
		t.Errorf("the thief's device was told %d times", got-before)
	}

	w.Clock.Advance(25 * time.Hour)
	world.Succeed(t, w.Do(t, "other", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, account.DemoPassword)))
	third := *w.Message(t, models.MessageNewDevice, string(account.DemoEmail)).Token
	world.Succeed(t, w.Do(t, "", "secureAccount", fmt.Sprintf(`{"token":%q}`, third)))
	choosePassword(t, w)
	world.Succeed(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
}

// choosePassword chooses the demo customer's password again, by the mail of a secured account.
func choosePassword(t *testing.T, w *world.World) {
	t.Helper()
	token := *w.Message(t, models.MessageAccountSecured, string(account.DemoEmail)).Token
	world.Succeed(t, w.Do(t, "", "confirmPasswordReset",
		fmt.Sprintf(`{"token":%q,"password":%q}`, token, account.DemoPassword)))
}

// TestSecuredAccountKeepsItsOwn: securing an account ends what a thief linked, and keeps what was linked long before.
func TestSecuredAccountKeepsItsOwn(t *testing.T) {
	w := newCustomer(t)
	row, err := w.Service.FindAccount(t.Context(), string(account.DemoEmail))
	world.Check(t, err)
	link := func(provider models.IdentityProvider) {
		t.Helper()
		world.Check(t, w.Store.InTx(t.Context(), func(tx account.Tx) error {
			return tx.LinkIdentity(t.Context(), &models.Identity{AccountID: row.ID, LinkedAt: w.Clock.Now(),
				IdentityProvider: provider, Issuer: string(provider), Subject: "s"})
		}))
	}

	w.Clock.Advance(time.Hour)
	link(models.ProviderGoogle)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	w.Clock.Advance(4 * 24 * time.Hour)
	token := noticeOfDevice(t, w)
	link(models.ProviderFacebook)

	world.Succeed(t, w.Do(t, "", "secureAccount", fmt.Sprintf(`{"token":%q}`, token)))
	kept, err := w.Store.Identities(t.Context(), row.ID)
	world.Check(t, err)
	if len(kept) != 1 || kept[0].IdentityProvider != models.ProviderGoogle {
		t.Errorf("linked are %+v", kept)
	}
}
