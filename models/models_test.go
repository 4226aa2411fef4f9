package models

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"
)

// This file guards what the other packages rely on: optional values, joined errors, masks, and which challenges,
// sessions and keys are live.

func TestOptional(t *testing.T) {
	var omitted Optional[string]
	if omitted.Set || omitted.Value != nil {
		t.Error("a zero Optional is set")
	}

	var null Optional[string]
	if err := null.UnmarshalGQL(nil); err != nil || !null.Set || null.Value != nil ||
		null != (Optional[string]{Set: true}) {
		t.Errorf("null is %+v, %v", null, err)
	}

	var text Optional[string]
	if err := text.UnmarshalGQL("x"); err != nil || !text.Set || *text.Value != "x" {
		t.Errorf("text is %+v, %v", text, err)
	}

	var empty Optional[string]
	if err := empty.UnmarshalGQL(""); err != nil || empty.Value == nil {
		t.Errorf("an empty text is %+v, %v", empty, err)
	}

	var no Optional[bool]
	if err := no.UnmarshalGQL(false); err != nil || no.Value == nil || *no.Value {
		t.Errorf("false is %+v, %v", no, err)
	}

	for _, wrong := range []any{json.Number("1"), int64(1), true, []any{"x"}, map[string]any{}} {
		if err := new(Optional[string]).UnmarshalGQL(wrong); CodeOf(err) != CodeInvalidInput {
			t.Errorf("%T was taken for a text: %v", wrong, err)
		}
		if err := new(Optional[EmailAddress]).UnmarshalGQL(wrong); CodeOf(err) != CodeInvalidInput {
			t.Errorf("%T was taken for an e-mail: %v", wrong, err)
		}
	}

	for _, wrong := range []any{"true", json.Number("1"), int64(0), []any{}} {
		if err := new(Optional[bool]).UnmarshalGQL(wrong); CodeOf(err) != CodeInvalidInput {
			t.Errorf("%T was taken for a boolean: %v", wrong, err)
		}
	}

	if err := new(Optional[Sex]).UnmarshalGQL("male"); CodeOf(err) != CodeInvalidInput {
		t.Errorf("male in lower case: %v", err)
	}
}

func TestAgreementsInput(t *testing.T) {
	input, err := readAgreements(map[string]any{"sms": true, "push": nil, "wifi": false})
	if err != nil {
		t.Fatal(err)
	}
	if input.Email.Set || !input.SMS.Set || !*input.SMS.Value || !input.Push.Set || input.Push.Value != nil ||
		*input.Wifi.Value || input.RFID.Set || input.Bluetooth.Set {
		t.Errorf("read as %+v", input)
	}

	seen := map[any]bool{}
	agreements := new(Agreements)
	for _, channel := range ConsentChannels {
		seen[input.Channel(channel)], seen[agreements.Channel(channel)] = true, true
	}

	if len(seen) != 2*len(ConsentChannels) {
		t.Error("two channels share a place")
	}
	if _, err := readAgreements("x"); CodeOf(err) != CodeInvalidInput {
		t.Errorf("a text: %v", err)
	}
}

func TestUnknownProviderIsNoInput(t *testing.T) {
	for name, ok := range map[string]bool{"SYNERISE": true,
		"GOOGLE": true, "APPLE": true, "FACEBOOK": true, "OAUTH": true, "UNKNOWN": false, "google": false, "": false} {
		if _, err := ParseIdentityProvider(IdentityProvider(name)); (err == nil) != ok {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestErrorsJoin(t *testing.T) {
	var wrong Errors
	wrong.Add(nil)
	if err := wrong.OrNil(); err != nil {
		t.Fatalf("no error is %v", err)
	}

	wrong.Add(InvalidInput("email", ReasonMalformed, 0, "must be one"))
	if err := wrong.OrNil(); CodeOf(err) != CodeInvalidInput || err.Error() != "email must be one" {
		t.Errorf("one error is %v", err)
	}

	wrong.Add(Errors{
		InvalidInput("phone", ReasonMalformed, 0, "must be one"),
		InvalidInput("email", ReasonMalformed, 0, "must be another"),
	})
	wrong.Add(NewError(CodeInvalidInput, "x"))
	wrong.Add(NewError(CodeInvalidInput, "y"))
	var fields []string
	for _, one := range wrong {
		fields = append(fields, one.Field)
	}

	if !slices.Equal(fields, []string{"email", "phone", "", ""}) {
		t.Errorf("the fields are %q", fields)
	}
	if err := wrong.OrNil(); CodeOf(err) != CodeInvalidInput ||
		err.Error() != "email must be one; phone must be one; x; y" {
		t.Errorf("joined to %v", err)
	}
}

func TestErrorCodes(t *testing.T) {
	cause := errors.New("the cause")
	err := fmt.Errorf("wrapped: %w", Unavailable(cause))
	if CodeOf(err) != CodeUnavailable || !errors.Is(err, &Error{Code: CodeUnavailable}) ||
		errors.Is(err, &Error{Code: CodeInternal}) || !errors.Is(err, cause) {
		t.Errorf("%v has the code %s", err, CodeOf(err))
	}
	if CodeOf(cause) != CodeInternal ||
		CodeOf(fmt.Errorf("%w", Errors{InvalidInput("a", ReasonMalformed, 0, "b")})) != CodeInvalidInput {
		t.Error("codes of other errors")
	}
	if text := Unavailable(cause).Error(); text == "" || errors.Is(errors.New(text), cause) ||
		len(text) > 0 && text == cause.Error() {
		t.Errorf("the sentence is %q", text)
	}
}

func TestMasks(t *testing.T) {
	for given, want := range map[EmailAddress]string{"jane@example.com": "j•••@example.com",
		"j@example.com": "j•••@example.com", "@example.com": "•••", "": "•••", "nobody": "•••"} {
		if got := MaskEmail(given); got != want {
			t.Errorf("%q is shown as %q", given, got)
		}
	}

	for given, want := range map[PhoneNumber]string{"+48512345689": "•••••••89", "+1": "•••", "": "•••"} {
		if got := MaskPhone(given); got != want {
			t.Errorf("%q is shown as %q", given, got)
		}
	}

	for purpose, want := range map[Purpose]string{
		PurposePhoneUpdate: "•••••••89", PurposeEmailChange: "+•••@example.com",
	} {
		challenge := Challenge{Purpose: purpose, Target: map[Purpose]string{
			PurposePhoneUpdate: "+48512345689", PurposeEmailChange: "+x@example.com",
		}[purpose]}
		if got := challenge.Pending().Destination; got != want {
			t.Errorf("%s is shown as %q", purpose, got)
		}
	}
}

func TestChallengeIsLive(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	account := &Account{ID: "a", Email: "a@example.com", CredentialEpoch: 3}
	for name, test := range map[string]struct {
		change func(*Challenge)
		live   bool
	}{
		"live":            {func(*Challenge) {}, true},
		"used":            {func(c *Challenge) { c.UsedAt = &now }, false},
		"ends now":        {func(c *Challenge) { c.ExpiresAt = now }, false},
		"another's":       {func(c *Challenge) { c.AccountID = "b" }, false},
		"of another mail": {func(c *Challenge) { c.EmailAtIssue = "b@example.com" }, false},
		"of an old epoch": {func(c *Challenge) { c.EpochAtIssue = 2 }, false},
	} {
		challenge := &Challenge{
			AccountID: "a", EmailAtIssue: "a@example.com", EpochAtIssue: 3, ExpiresAt: now.Add(time.Nanosecond),
		}
		test.change(challenge)
		if live := challenge.Live(account, now); live != test.live {
			t.Errorf("%s: live is %v", name, live)
		}
	}
}

func TestAPIKey(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	key := &APIKey{Permissions: []Permission{PermissionSignIn}}
	if !key.Live(now) || !key.Allows(PermissionSignIn) || key.Allows(PermissionSignOut) || key.Allows("") {
		t.Errorf("%+v", key)
	}

	key.ExpiresAt = &now
	if key.Live(now) || !key.Live(now.Add(-1)) {
		t.Error("a key lives on when it expires")
	}
	if (&APIKey{RevokedAt: &now}).Live(now.Add(-time.Hour)) {
		t.Error("a revoked key lives")
	}

	key.Origins = []string{"https://shop.example"}

	for origin, ok := range map[string]bool{"": true, "https://shop.example": true, "https://SHOP.example": true,
		"https://shop.example.evil": false, "http://shop.example": false, "null": false,
		"https://shop.example:8443": false} {
		if key.AllowsOrigin(origin) != ok {
			t.Errorf("origin %q", origin)
		}
	}
}
