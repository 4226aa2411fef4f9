package passkey_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

// vector is one of the test vectors of Web Authentication Level 3, section 16, in hexadecimal digits: a registration of
// each kind of authenticator, and an authentication with it.
type vector struct {
	Name           string
	Registration   map[string]string
	Authentication map[string]string
}

func vectors(t testing.TB) []vector {
	t.Helper()
	text, err := os.ReadFile("testdata/webauthn-3.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []vector
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func unhex(t testing.TB, digits string) []byte {
	t.Helper()
	data, err := hex.DecodeString(digits)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// credentialOf returns the toJSON() of a PublicKeyCredential with fields of a vector.
func credentialOf(t testing.TB, id string, fields map[string]string) models.JSONObject {
	t.Helper()
	response := map[string]any{}
	for name, digits := range fields {
		if name != "challenge" && name != "credentialID" {
			response[name] = base64.RawURLEncoding.EncodeToString(unhex(t, digits))
		}
	}
	encoded := base64.RawURLEncoding.EncodeToString(unhex(t, id))

	return models.JSONObject{
		"id": encoded, "rawId": encoded, "type": "public-key", "clientExtensionResults": map[string]any{},
		"response": response,
	}
}

// TestVectors: of the specification's vectors, those whose user was verified on a page of the relying party are accepted,
// and the others refused for what they are.
func TestVectors(t *testing.T) {
	refusedRegistrations := map[string]string{
		"§16.2 ": "verified", "§16.4 ": "origin", "§16.5 ": "verified", "§16.6 ": "verified", "§16.8 ": "verified",
		"§16.11 ": "verified", "§16.15 ": "verified", "§16.16 ": "verified",
		// Their makers don't vouch for the certificates of vectors.
		"§16.13 ": "manufacturer", "§16.14 ": "chain",
	}
	refusedUses := map[string]string{"§16.3 ": "verified", "§16.9 ": "verified", "§16.10 ": "verified"}
	party := newParty(t, "example.org", "https://example.org")
	accepted := 0
	for _, one := range vectors(t) {
		response := credentialOf(t, one.Registration["credentialID"], one.Registration)
		claim, err := party.ReadAttestation(response)
		if err != nil || hex.EncodeToString(claim.Challenge) != one.Registration["challenge"] {
			t.Errorf("%s: %+v, %v", one.Name, claim, err)
			continue
		}

		made, err := party.CheckAttestation(response, ada, claim.Challenge)
		if wrong(err, of(refusedRegistrations, one.Name)) {
			t.Errorf("%s is made: %v", one.Name, err)
		}
		if err != nil {
			continue
		}
		if hex.EncodeToString(made.CredentialID) != one.Registration["credentialID"] {
			t.Errorf("%s: made is %+v", one.Name, made)
		}

		response = credentialOf(t, one.Registration["credentialID"], one.Authentication)
		_, err = party.CheckAssertion(response, ada, unhex(t, one.Authentication["challenge"]), made)
		if wrong(err, of(refusedUses, one.Name)) {
			t.Errorf("%s is used: %v", one.Name, err)
		}
		if err == nil {
			accepted++
		}
	}
	if accepted != 1 {
		t.Errorf("%d vectors are accepted", accepted)
	}
}

// of returns the value of the key with which a name begins, or "".
func of(byBeginning map[string]string, name string) string {
	for beginning, value := range byBeginning {
		if strings.HasPrefix(name, beginning) {
			return value
		}
	}
	return ""
}

// FuzzResponse: whatever a client sends, reading and checking it ends, and accepts nothing for a challenge that no
// authenticator has answered.
func FuzzResponse(f *testing.F) {
	party := newParty(f, "example.org", "https://example.org")
	for _, one := range vectors(f) {
		for _, fields := range []map[string]string{one.Registration, one.Authentication} {
			text, err := json.Marshal(credentialOf(f, one.Registration["credentialID"], fields))
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
	known := &models.Passkey{CredentialID: []byte("known"), PublicKey: []byte{0xa0}}
	f.Fuzz(func(t *testing.T, text []byte) {
		var response models.JSONObject
		if json.Unmarshal(text, &response) != nil {
			return
		}

		_, _ = party.ReadAttestation(response)
		if _, err := party.CheckAttestation(response, ada, challenge); err == nil {
			t.Errorf("made: %s", text)
		}
		if claim, err := party.ReadAssertion(response); err == nil {
			known.CredentialID = claim.CredentialID
		}
		if _, err := party.CheckAssertion(response, ada, challenge, known); err == nil {
			t.Errorf("used: %s", text)
		}
	})
}
