package models_test

import (
	"bytes"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
)

// TestSeal spells out the sealed bytes: another format would break every stored chain (R-LOG3).
func TestSeal(t *testing.T) {
	event := models.AuditEvent{
		Chain: "account:a1", Number: 12, ID: "e1", AccountID: "a1", Operation: "signIn", Outcome: "REFUSED",
		Code:     "UNAUTHENTICATED",
		APIKeyID: "k1", IP: "192.0.2.1", UserAgent: "Zażółć", RequestID: "r1",
		At: time.Date(2026, 11, 22, 13, 0, 0, 120_000, time.FixedZone("", 3600)),
	}
	const sealed = "3:abc" + "10:account:a1" + "2:12" + "2:e1" + "2:a1" + "6:signIn" + "7:REFUSED" +
		"15:UNAUTHENTICATED" +
		"2:k1" + "0:" + "0:" + "9:192.0.2.1" + "10:Zażółć" + "2:r1" + "26:2026-11-22T12:00:00.00012Z"
	want := sha256.Sum256([]byte(sealed))
	if got := event.Seal([]byte("abc")); !bytes.Equal(got, want[:]) {
		t.Errorf("the seal is %x, want %x", got, want)
	}

	// An operator's event has two more parts, also if one of them is empty.
	event.Operator = "Ada"
	want = sha256.Sum256([]byte(sealed + "3:Ada" + "0:"))
	if got := event.Seal([]byte("abc")); !bytes.Equal(got, want[:]) {
		t.Errorf("the seal of an operator's event is %x, want %x", got, want)
	}

	event.Operator, event.Reason = "", "ticket 7"
	want = sha256.Sum256([]byte(sealed + "0:" + "8:ticket 7"))
	if got := event.Seal([]byte("abc")); !bytes.Equal(got, want[:]) {
		t.Errorf("the seal of an event with a reason is %x, want %x", got, want)
	}
}

// TestChains spells out the chains: an event that moved to another one would break both.
func TestChains(t *testing.T) {
	for want, event := range map[string]models.AuditEvent{
		"a1":        {AccountID: "a1", APIKeyID: "k1", Operator: "Ada"},
		"key:k1":    {APIKeyID: "k1", Operator: "Ada"},
		"operators": {Operator: "Ada"},
		"key:":      {},
	} {
		if got := event.ChainOf(); got != want {
			t.Errorf("%+v is in the chain %q, want %q", event, got, want)
		}
	}
}
