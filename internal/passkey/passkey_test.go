package passkey_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/passkey"
	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/models"
)

const (
	home    = "https://example.com"
	related = "https://example.org"
	app     = "android:apk-key-hash:pNiP5iKyQ8JwgGOaKA1zGPUPJIS-0H1xKCQcfIoGLck"
)

func newParty(t testing.TB, id string, origins ...string) *passkey.RelyingParty {
	t.Helper()
	party, err := passkey.New(passkey.Config{ID: id, Name: "Shop", Origins: origins, Lifetime: 5 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	return party
}

var (
	ada       = models.PasskeyUser{Handle: []byte("handle of ada"), Name: "ada@example.com", DisplayName: "Ada"}
	challenge = []byte("a challenge that nobody can guess")
)

func read(t testing.TB, text []byte) models.JSONObject {
	t.Helper()
	var object models.JSONObject
	if err := object.Scan(text); err != nil {
		t.Fatal(err)
	}
	return object
}

// enrol returns the passkey that an authenticator makes.
func enrol(
	t testing.TB, party *passkey.RelyingParty, device *passkeytest.Authenticator, origin string,
) (*models.Passkey, error) {
	t.Helper()
	options, err := party.CreationOptions(ada, challenge, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(options)
	if err != nil {
		t.Fatal(err)
	}
	response, err := device.Create(text, origin)
	if err != nil {
		t.Fatal(err)
	}

	return party.CheckAttestation(read(t, response), ada, challenge)
}

// use returns what an authenticator answers to a challenge.
func use(
	t testing.TB, party *passkey.RelyingParty, device *passkeytest.Authenticator, origin string,
) models.JSONObject {
	t.Helper()
	options, err := party.RequestOptions(challenge, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(options)
	if err != nil {
		t.Fatal(err)
	}
	response, err := device.Use(text, origin)
	if err != nil {
		t.Fatal(err)
	}

	return read(t, response)
}

// TestCeremonies: what an authenticator answers on a page of the shop, or of its app, is accepted; everything else is
// refused with a reason.
func TestCeremonies(t *testing.T) {
	party := newParty(t, "example.com", home, related, app)
	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		origin  string
		change  func(*passkeytest.Authenticator)
		created string
		used    string
	}{
		"on the shop's page":      {origin: home},
		"on a related page":       {origin: related},
		"in the app":              {origin: app},
		"on a page below":         {origin: "https://sub.example.com", created: "origin", used: "origin"},
		"on a page without TLS":   {origin: "http://example.com", created: "origin", used: "origin"},
		"on another port":         {origin: "https://example.com:8443", created: "origin", used: "origin"},
		"on a stranger's page":    {origin: "https://evil.example", created: "origin", used: "origin"},
		"without its user":        {home, func(a *passkeytest.Authenticator) { a.Absent = true }, "present", "present"},
		"without verification":    {home, func(a *passkeytest.Authenticator) { a.Unverified = true }, "verified", "verified"},
		"for another site":        {home, func(a *passkeytest.Authenticator) { a.RelyingParty = "evil.example" }, "another site", "another site"},
		"of the other ceremony":   {home, func(a *passkeytest.Authenticator) { a.Type = "payment.get" }, "ceremony", "ceremony"},
		"signed by another key":   {home, func(a *passkeytest.Authenticator) { a.Key = stranger }, "", "signature"},
		"that is synced now":      {home, func(a *passkeytest.Authenticator) { a.Syncable, a.Synced = true, true }, "", "Backup"},
		"synced, but not so made": {home, func(a *passkeytest.Authenticator) { a.Synced = true }, "Backup", "Backup"},
	} {
		device := &passkeytest.Authenticator{}
		made, err := enrol(t, party, device, home)
		if err != nil {
			t.Fatal(err)
		}
		if test.change != nil {
			test.change(device)
		}

		_, err = party.CheckAssertion(use(t, party, device, test.origin), ada, challenge, made)
		if wrong(err, test.used) {
			t.Errorf("used %s: %v", name, err)
		}

		other := &passkeytest.Authenticator{}
		if test.change != nil {
			test.change(other)
		}
		if _, err := enrol(t, party, other, test.origin); wrong(err, test.created) {
			t.Errorf("made %s: %v", name, err)
		}
	}
}

// wrong reports whether an error has not the expected words; "" means that there must be none.
func wrong(err error, want string) bool {
	if want == "" {
		return err != nil
	}
	return err == nil || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(want))
}

// TestResponsesAreOfTheirChallenge: neither another challenge nor another customer is accepted, and the claim of a
// response is what was asked.
func TestResponsesAreOfTheirChallenge(t *testing.T) {
	party := newParty(t, "example.com", home)
	device := &passkeytest.Authenticator{Syncable: true, Synced: true, Model: [16]byte{
		0xea, 0x9b, 0x8d, 0x66, 0x4d, 0x01, 0x1d, 0x21, 0x3c, 0xe4, 0xb6, 0xb4, 0x8c, 0xb5, 0x75, 0xd4,
	}}
	made, err := enrol(t, party, device, home)
	if err != nil {
		t.Fatal(err)
	}
	if made.Name != "Google Password Manager" || !made.Synced || !made.Syncable || made.SignCount != 0 ||
		made.Authenticator != "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4" {
		t.Errorf("made is %+v", made)
	}

	device.Count = 7
	response := use(t, party, device, home)
	claim, err := party.ReadAssertion(response)
	if err != nil || !bytes.Equal(claim.Challenge, challenge) || !bytes.Equal(claim.CredentialID, made.CredentialID) ||
		!bytes.Equal(claim.UserHandle, ada.Handle) || claim.Origin != home {
		t.Fatalf("it says %+v, %v", claim, err)
	}
	used, err := party.CheckAssertion(response, ada, challenge, made)
	if err != nil || used.SignCount != 7 || !used.Synced {
		t.Errorf("used is %+v, %v", used, err)
	}

	if _, err := party.CheckAssertion(response, ada, []byte("another challenge of some length"), made); err == nil {
		t.Error("another challenge is accepted")
	}
	bob := models.PasskeyUser{Handle: []byte("handle of bob")}
	if _, err := party.CheckAssertion(response, bob, challenge, made); err == nil {
		t.Error("another customer is accepted")
	}
	if _, err := party.CheckAssertion(response, ada, challenge, &models.Passkey{
		CredentialID: []byte("another credential"), PublicKey: made.PublicKey,
	}); err == nil {
		t.Error("another credential is accepted")
	}
	if _, err := party.ReadAttestation(response); err == nil {
		t.Error("a use is read as a new passkey")
	}
}

// TestConfigurations: what browsers would not accept is refused when the service starts.
func TestConfigurations(t *testing.T) {
	for name, test := range map[string]struct {
		id      string
		origins []string
		wrong   string
	}{
		"one page":         {"example.com", []string{home}, ""},
		"an app":           {"example.com", []string{home, app}, ""},
		"this machine":     {"localhost", []string{"http://localhost:8080"}, ""},
		"a number":         {"192.0.2.1", []string{home}, "no host name"},
		"no page":          {"example.com", []string{app}, "browsers accept no such list"},
		"no TLS":           {"example.com", []string{"http://example.com"}, "no https origin"},
		"a path":           {"example.com", []string{"https://example.com/shop"}, "no https origin"},
		"a name alone":     {"example.com", []string{"example.com"}, "no https origin"},
		"too many domains": {"example.com", strings.Fields("https://a.com https://b.com https://c.com https://d.com https://e.com https://f.com"), "browsers accept no such list"},
	} {
		_, err := passkey.New(passkey.Config{ID: test.id, Name: "Shop", Origins: test.origins, Lifetime: time.Minute})
		if wrong(err, test.wrong) {
			t.Errorf("%s: %v", name, err)
		}
	}

	for name, host := range map[string]string{
		"example.com": "example.com", "127.0.0.1": "localhost", "::1": "localhost", "localhost": "localhost",
		"192.0.2.1": "", "2001:db8::1": "", "": "", "a b": "",
	} {
		if got := passkey.Host(name); got != host {
			t.Errorf("%q is known as %q, want %q", name, got, host)
		}
	}
}

// TestDocuments: browsers look up related origins, and apps are none.
func TestDocuments(t *testing.T) {
	party := newParty(t, "example.com", home, related, app)
	if got := string(party.RelatedOrigins()); got != `{"origins":["https://example.com","https://example.org"]}` {
		t.Error(got)
	}

	signals, err := party.Signals(ada, [][]byte{[]byte("one")})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(signals)
	const want = `{"AllAcceptedCredentials":{"allAcceptedCredentialIds":["b25l"],"rpId":"example.com","userId":"aGFuZGxlIG9mIGFkYQ"},` +
		`"CurrentUserDetails":{"displayName":"Ada","name":"ada@example.com","rpId":"example.com","userId":"aGFuZGxlIG9mIGFkYQ"}}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
}
