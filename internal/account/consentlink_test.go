package account

import (
	"bytes"
	"encoding/base64"
	"testing"

	"github.com/accountql/accountql/models"
)

// TestLinksAreSealed guards that a token opens to what it was made of, that it holds nothing readable, and that a change
// of any byte makes it nobody's (R-DAT2).
func TestLinksAreSealed(t *testing.T) {
	s, _, _ := newTestService(t)
	made := consentLink{"0190a1b2-c3d4-7e5f-8899-aabbccddeeff", models.ConsentWhatsApp}
	token, err := s.sealLink(t.Context(), made)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.sealLink(t.Context(), made)
	if err != nil || again == token || len(again) != len(token) {
		t.Errorf("twice the same: %q, %q, %v", token, again, err)
	}
	if opened, err := s.openLink(t.Context(), token); err != nil || opened == nil || *opened != made {
		t.Fatalf("opened %+v, %v", opened, err)
	}

	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte{0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff}) {
		t.Error("the token shows the account")
	}

	wrong := map[string]string{
		"nothing": "", "no base64": "!" + token, "too short": token[:len(token)-4], "too long": token + "AAAA",
		"no key": base64.RawURLEncoding.EncodeToString(append([]byte{0, 0}, sealed[2:]...)),
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		wrong["byte "+string(rune('0'+i))] = base64.RawURLEncoding.EncodeToString(changed)
	}
	for name, token := range wrong {
		if opened, err := s.openLink(t.Context(), token); opened != nil || err != nil {
			t.Errorf("%s: opened %+v, %v", name, opened, err)
		}
	}

	if _, err := s.sealLink(t.Context(), consentLink{"not a UUID", models.ConsentEmail}); err == nil {
		t.Error("an id that is no UUID is sealed")
	}
}
