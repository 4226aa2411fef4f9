package account

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/accountql/accountql/models"
)

// signingKey returns a key that is made of a digit.
func signingKey(id string, digit byte) SigningKey {
	return SigningKey{ID: id, Private: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{digit}, ed25519.SeedSize))}
}

// signedReceipt returns a receipt that a key has signed.
func signedReceipt(t *testing.T, key SigningKey) DeletionReceipt {
	t.Helper()
	receipt := DeletionReceipt{
		ID: "event", AccountID: "account", RequestedAt: testTime, ErasedAt: testTime.Add(time.Hour),
		Tables:            []models.DeletedRows{{Table: "accounts", Rows: 1}},
		IdentityProviders: []models.IdentityProvider{models.ProviderApple},
	}
	if err := receipt.sign(key); err != nil {
		t.Fatal(err)
	}
	return receipt
}

// TestReceiptsAreStandard checks that a library for JWS reads a receipt with the public key alone.
func TestReceiptsAreStandard(t *testing.T) {
	key := signingKey("signatures/1", 1)
	receipt := signedReceipt(t, key)
	parsed, err := jose.ParseSignedCompact(receipt.JWS, []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		t.Fatal(err)
	}

	payload, err := parsed.Verify(ed25519.PublicKey(PublicHalf(key.Private)))
	if err != nil || parsed.Signatures[0].Protected.KeyID != key.ID {
		t.Fatalf("%v, %+v", err, parsed.Signatures)
	}

	receipt.JWS = ""
	var read DeletionReceipt
	if err := json.Unmarshal(payload, &read); err != nil || !reflect.DeepEqual(read, receipt) {
		t.Errorf("%+v, %v, want %+v", read, err, receipt)
	}
}

// TestReceiptsThatWereChanged checks that a receipt with another value in any of its fields is refused, that one of a
// retired key is not, and that nothing else which was signed passes for a receipt (R-DAT7).
func TestReceiptsThatWereChanged(t *testing.T) {
	key, newer := signingKey("signatures/1", 1), signingKey("signatures/2", 2)
	keys := map[string][]byte{key.ID: PublicHalf(key.Private), newer.ID: PublicHalf(newer.Private)}
	receipt := signedReceipt(t, key)
	wrapped := "\n  " + receipt.JWS[:70] + "\r\n" + receipt.JWS[70:] + "\n"
	for _, text := range []string{receipt.JWS, wrapped, signedReceipt(t, newer).JWS} {
		if read, err := ReadReceipt(text, keys); err != nil || read.ID != receipt.ID || !read.ErasedAt.Equal(receipt.ErasedAt) {
			t.Errorf("%q is read as %+v, %v", text, read, err)
		}
	}

	refused := map[string]string{
		"nothing": "", "another text": "hello", "a part more": receipt.JWS + ".",
	}
	parts := strings.Split(receipt.JWS, ".")
	refused["two parts"] = parts[0] + "." + parts[1]
	refused["no signature"] = parts[0] + "." + parts[1] + "."
	for place := range parts[:2] {
		var fields map[string]any
		text, err := base64.RawURLEncoding.DecodeString(parts[place])
		if err != nil || json.Unmarshal(text, &fields) != nil || len(fields) < 3 {
			t.Fatalf("part %d is %s", place, text)
		}

		for name, former := range fields {
			for _, other := range []any{"none", "signatures/2", testTime, []any{}, nil} {
				fields[name] = other
				changed, err := json.Marshal(fields)
				if err != nil {
					t.Fatal(err)
				}
				altered := append([]string{}, parts...)
				altered[place] = base64.RawURLEncoding.EncodeToString(changed)
				refused[name+" is "+string(changed)] = strings.Join(altered, ".")
			}
			fields[name] = former
		}
	}

	other := signingKey(key.ID, 3)
	refused["another database"] = signedReceipt(t, other).JWS
	header := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"EdDSA","kid":"signatures/1"}`))
	signature := key.Sign([]byte(header + "." + parts[1])).Value
	refused["another type"] = header + "." + parts[1] + "." + base64.RawURLEncoding.EncodeToString(signature)

	for name, text := range refused {
		if read, err := ReadReceipt(text, keys); err == nil {
			t.Errorf("%s: accepted as %+v", name, read)
		}
	}
}

// TestReceiptNamesItsEvent checks which events a receipt calls its erasure's.
func TestReceiptNamesItsEvent(t *testing.T) {
	receipt := signedReceipt(t, signingKey("signatures/1", 1))
	genuine := models.AuditEvent{
		ID: receipt.ID, AccountID: receipt.AccountID, At: receipt.ErasedAt, Outcome: models.OutcomeSuccess,
	}
	for operation, want := range map[OperationName]bool{
		opDeleteAccount: true, opDeletionCompleted: true, opAccountErase: true, opEraseCustomer: true,
		opAccountExpired: true, opSignIn: false,
	} {
		event := genuine
		event.Operation = string(operation)
		if receipt.Records(&event) != want {
			t.Errorf("of an event of %s it says %v", operation, !want)
		}
	}

	for name, change := range map[string]func(event *models.AuditEvent){
		"id":      func(event *models.AuditEvent) { event.ID = "another" },
		"account": func(event *models.AuditEvent) { event.AccountID = "another" },
		"time":    func(event *models.AuditEvent) { event.At = event.At.Add(time.Second) },
		"outcome": func(event *models.AuditEvent) { event.Outcome = models.OutcomeRefused },
	} {
		event := genuine
		event.Operation = string(opDeleteAccount)
		if change(&event); receipt.Records(&event) {
			t.Errorf("an event with another %s is its own", name)
		}
	}
}
