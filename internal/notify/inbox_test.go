package notify

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
)

func TestInboxShowsTheContract(t *testing.T) {
	inbox := NewInbox()
	if body, err := json.Marshal(inbox.Messages(t.Context())); err != nil || string(body) != "[]" {
		t.Fatalf("an empty inbox is %s, %v", body, err)
	}

	at := time.Date(2026, 3, 4, 10, 15, 0, 0, time.UTC)
	send(t, inbox, Rendered{ID: "1", Channel: models.ChannelMail, Kind: models.MessagePasswordReset,
		To: "a@example.com", Subject: "S", Text: "T", HTML: "H", Token: "tok", CreatedAt: at})
	send(t, inbox, Rendered{ID: "2", Channel: models.ChannelTextMessage,
		Kind: models.MessagePhoneCode, To: "+49171", Text: "T", Code: "123456", CreatedAt: at.Add(time.Second)})
	body, err := json.Marshal(inbox.Messages(t.Context()))
	if err != nil {
		t.Fatal(err)
	}

	want := `[{"id":"2","channel":"SMS","to":"+49171","subject":"","text":"T","html":"","kind":"PHONE_CODE","token":null,"code":"123456","createdAt":"2026-03-04T10:15:01Z"},` +
		`{"id":"1","channel":"EMAIL","to":"a@example.com","subject":"S","text":"T","html":"H","kind":"PASSWORD_RESET","token":"tok","code":null,"createdAt":"2026-03-04T10:15:00Z"}]`
	if string(body) != want {
		t.Errorf("got  %s\nwant %s", body, want)
	}
}

func TestInboxKeepsTheNewest(t *testing.T) {
	inbox := NewInbox()
	at := time.Date(2026, 3, 4, 10, 15, 0, 0, time.UTC)
	// The messages arrive in another order than they were created, and each arrives twice.
	const total = inboxSize + 20
	for i := range total {
		n := i * 7 % total
		message := Rendered{ID: fmt.Sprintf("%04d", n), CreatedAt: at.Add(time.Duration(n/2) * time.Second)}
		send(t, inbox, message)
		send(t, inbox, message)
	}

	got := inbox.Messages(t.Context())
	if len(got) != inboxSize {
		t.Fatalf("keeps %d messages", len(got))
	}

	for i, message := range got {
		if want := fmt.Sprintf("%04d", total-1-i); message.ID != want {
			t.Fatalf("message %d is %s, want %s", i, message.ID, want)
		}
	}
}

func TestInboxFindsByRecipient(t *testing.T) {
	inbox := NewInbox()
	at := time.Date(2026, 3, 4, 10, 15, 0, 0, time.UTC)
	for n, to := range []string{"ada@example.com", "bo@example.com", "ada@example.com", "+48512345111"} {
		send(t, inbox, Rendered{ID: fmt.Sprint(n), To: to, CreatedAt: at.Add(time.Duration(n) * time.Second)})
	}

	for _, test := range []struct {
		to   []string
		want string
	}{
		{nil, "3 2 1 0"},
		{[]string{"ada@example.com"}, "2 0"},
		{[]string{"Ada@Example.COM"}, "2 0"},
		{[]string{"+48512345111"}, "3"},
		{[]string{"bo@example.com", "+48512345111"}, "3 1"},
		{[]string{"ada@example"}, ""},
		{[]string{"nobody@example.com"}, ""},
		{[]string{""}, ""},
	} {
		found := inbox.Messages(t.Context(), test.to...)
		var ids []string
		for _, message := range found {
			ids = append(ids, message.ID)
		}

		if got := strings.Join(ids, " "); got != test.want || found == nil {
			t.Errorf("to %q: %q, want %q", test.to, got, test.want)
		}
	}
}

func send(t *testing.T, sender Sender, message Rendered) {
	t.Helper()
	if err := sender.Send(t.Context(), message); err != nil {
		t.Fatal(err)
	}
}
