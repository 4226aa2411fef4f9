package passkey_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

// library is the module whose own tests hold registrations that real authenticators made: security keys, Windows Hello,
// Android and Apple.
const library = "github.com/go-webauthn/webauthn"

// registration is what a browser sent, with what it says about itself.
type registration struct {
	response  models.JSONObject
	origin    string
	challenge []byte
	// format is that of the attestation, and verified is set if the authenticator had verified its user.
	format   string
	verified bool
}

var (
	literals    = regexp.MustCompile("(?s)`[^`]*\"attestationObject\"[^`]*`")
	attestation = regexp.MustCompile(`cfmt.([a-z0-9-]+?)(?:gattStmt|hauthData)`)
)

// corpus returns the registrations in the library's tests, each once.
func corpus(t testing.TB) []registration {
	t.Helper()
	directory, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", library).Output()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(directory)), "*", "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}

	found := map[string]registration{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, literal := range literals.FindAll(source, -1) {
			if one, ok := registrationOf(bytes.Trim(literal, "`")); ok {
				found[string(one.challenge)] = one
			}
		}
	}

	return slices.Collect(maps.Values(found))
}

// registrationOf reads a registration. It reports false for texts that are none, such as templates and broken ones.
func registrationOf(text []byte) (one registration, ok bool) {
	var sent struct {
		RawID    string
		Response struct{ AttestationObject, ClientDataJSON string }
	}
	if json.Unmarshal(text, &sent) != nil {
		return one, false
	}

	client, err := fromBase64(sent.Response.ClientDataJSON)
	object, err2 := fromBase64(sent.Response.AttestationObject)
	id, err3 := fromBase64(sent.RawID)
	var said struct{ Origin, Challenge string }
	if err != nil || err2 != nil || err3 != nil || json.Unmarshal(client, &said) != nil {
		return one, false
	}
	if len(id) == 0 || !bytes.Contains(object, id) { // a test's own ID
		return one, false
	}

	one.origin = said.Origin
	if one.challenge, err = fromBase64(said.Challenge); err != nil || len(one.challenge) == 0 {
		return one, false
	}
	page, err := url.Parse(said.Origin)
	format := attestation.FindSubmatch(object)
	hash := sha256.Sum256([]byte(page.Hostname()))
	at := bytes.Index(object, hash[:]) // the data of an authenticator begins with the hash of its domain
	if err != nil || format == nil || at < 0 {
		return one, false
	}

	one.format, one.verified = string(format[1]), object[at+len(hash)]&4 != 0
	encoded := base64.RawURLEncoding.EncodeToString
	one.response = models.JSONObject{
		"id": encoded(id), "rawId": encoded(id), "type": "public-key", "clientExtensionResults": map[string]any{},
		"response": map[string]any{"attestationObject": encoded(object), "clientDataJSON": encoded(client)},
	}

	return one, true
}

// fromBase64 decodes either alphabet, with padding or without.
func fromBase64(text string) ([]byte, error) {
	plain := strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(text)
	data, err := base64.RawURLEncoding.DecodeString(plain)
	if err != nil {
		return nil, fmt.Errorf("base64: %w", err)
	}
	return data, nil
}

// TestCorpus: what real authenticators made is accepted if they had verified their user, and refused if not.
func TestCorpus(t *testing.T) {
	accepted, formats := 0, map[string]int{}
	for _, one := range corpus(t) {
		page, err := url.Parse(one.origin)
		if err != nil {
			t.Fatal(err)
		}

		formats[one.format]++
		made, err := newParty(t, page.Hostname(), one.origin).CheckAttestation(one.response, ada, one.challenge)
		want := ""
		switch {
		case !one.verified:
			want = "verified"
		case one.format == "android-safetynet":
			want = "expired" // Google ended the service whose certificates vouched for these
		}

		if wrong(err, want) {
			t.Errorf("%s of %s, whose user was verified: %v: %v", one.format, one.origin, one.verified, err)
		}
		if err == nil {
			accepted++
			if id := base64.RawURLEncoding.EncodeToString(made.CredentialID); id != one.response["rawId"] {
				t.Errorf("%s of %s: made is %+v", one.format, one.origin, made)
			}
		}
	}

	// The library may get further tests, but it should not lose these.
	if accepted < 5 || len(formats) < 6 {
		t.Errorf("%d accepted, of %v", accepted, formats)
	}
}
