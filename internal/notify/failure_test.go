package notify

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
)

func TestPermanent(t *testing.T) {
	cause := errors.New("no such user")
	err := fmt.Errorf("rcpt: %w", Permanent(cause))
	if !IsPermanent(err) || !errors.Is(err, cause) || err.Error() != "rcpt: no such user" {
		t.Errorf("%v", err)
	}
	if Permanent(nil) != nil || IsPermanent(cause) || IsPermanent(nil) {
		t.Error("what is not permanent is")
	}
}

func TestDelay(t *testing.T) {
	tests := []struct {
		attempts int
		random   float64
		want     time.Duration
	}{
		{0, 0.5, 5 * time.Second}, {1, 0.5, 5 * time.Second}, {1, 0, 4 * time.Second}, {1, 1, 6 * time.Second},
		{2, 0.5, 10 * time.Second}, {5, 0.5, 80 * time.Second}, {9, 0.5, longestDelay}, {1 << 40, 0.5, longestDelay},
		{1 << 40, 0, 12 * time.Minute},
	}
	for _, test := range tests {
		if got := delay(test.attempts, test.random); got != test.want {
			t.Errorf("after %d attempts at %v: %s, want %s", test.attempts, test.random, got, test.want)
		}
	}
}

func TestScrub(t *testing.T) {
	message := models.Message{Recipient: "anna@example.com",
		Data: models.MessageData{Token: "tok+en/1", Code: "493817", Name: "Anna", IP: "203.0.113.7"}}
	tests := map[string]string{
		"550 5.1.1 <anna@example.com>: no such user": "550 5.1.1 <[removed]>: no such user",
		"550 <ANNA@EXAMPLE.COM> unknown":             "550 <[address]> unknown",
		"bob%40example.com":                          "[address]",
		"550 <\"a..b\"@docomo.ne.jp> unknown":        "550 <[address]> unknown",
		"550 \"x.\"@ezweb.ne.jp unknown":             "550 [address] unknown",
		"The 'To' number +491711234567 is not valid": "The 'To' number [number] is not valid",
		"To=%2B491711234567&Body=493817":             "To=[number]&Body=[removed]",
		"GET /?t=tok%2Ben%2F1":                       "GET /?t=[removed]",
		"421 4.7.0 try later":                        "421 4.7.0 try later",
		"dial tcp 127.0.0.1:2525: connect: refused":  "dial tcp 127.0.0.1:2525: connect: refused",
		"dial smtps://user:secret@mail.example":      "dial [address]",
		"one\r\ntwo\x1b[31m\u2028three \xff":         "one two [31m three ?",
		"error 21211":                                "error 21211",
		strings.Repeat("é", longestReason+1):         strings.Repeat("é", longestReason) + "…",
	}
	for text, want := range tests {
		if got := newScrubber().clean(text, message); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}

	event := models.Message{Channel: models.ChannelWebhook, Recipient: "webhook"}
	const refused = "the webhook answered with status 410"
	if got := newScrubber().clean(refused, event); got != refused {
		t.Errorf("an event's error became %q", got)
	}
}
