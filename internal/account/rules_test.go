package account

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
)

// TestUndoPauses: for a day after an undo, no e-mail change and no new identity can be requested.
func TestUndoPauses(t *testing.T) {
	s, _, caller := newTestService(t)
	account := *caller.Account
	for name, test := range map[string]struct {
		paused *time.Time
		wait   time.Duration
	}{
		"never undone":  {nil, 0},
		"just undone":   {pointer(testTime.Add(undoPause)), undoPause},
		"a moment left": {pointer(testTime.Add(time.Microsecond)), time.Second},
		"over":          {pointer(testTime), 0},
	} {
		account.EmailChangesPausedUntil = test.paused
		for _, check := range []func(*models.Account) error{s.pausedByUndo, s.canLink} {
			var refusal models.Errors
			refusal.Add(check(&account))
			if wait := waitOf(refusal); wait != test.wait {
				t.Errorf("%s: told to wait %v, want %v", name, wait, test.wait)
			}
		}
	}

	account.EmailVerifiedAt = nil
	if err := s.canLink(&account); models.CodeOf(err) != models.CodeActivationRequired {
		t.Errorf("an address that is only claimed: %v", err)
	}
}

func pointer[T any](value T) *T { return &value }

func waitOf(refusal models.Errors) time.Duration {
	if len(refusal) == 0 {
		return 0
	}
	return refusal[0].RetryAfter
}

// TestUndoUnlinksWhatIsYoung: an undo unlinks the identities that were linked during its time, and not the identity
// with which the account was created.
func TestUndoUnlinksWhatIsYoung(t *testing.T) {
	s, store, caller := newTestService(t)
	since := testTime.Add(-undoTTL)
	for name, test := range map[string]struct {
		created, linked time.Time
		stays           bool
	}{
		"before the change":               {since.Add(-time.Hour), since.Add(-time.Microsecond), true},
		"with the change":                 {since.Add(-time.Hour), since, false},
		"after the change":                {since.Add(-time.Hour), testTime, false},
		"with the account":                {since.Add(time.Hour), since.Add(time.Hour), true},
		"a moment later than the account": {since.Add(time.Hour), since.Add(time.Hour + time.Microsecond), false},
	} {
		caller.Account.CreatedAt = test.created
		tx := &fakeTx{kept: store.kept}
		tx.identities = []models.Identity{{AccountID: "ada", Issuer: "https://issuer.example", LinkedAt: test.linked}}
		if err := s.unlinkSince(t.Context(), tx, caller, caller.Account, since); err != nil {
			t.Fatal(err)
		}
		if stays := len(tx.identities) == 1; stays != test.stays || (len(tx.messages) == 0) != stays {
			t.Errorf("linked %s: stays %v, %d messages", name, stays, len(tx.messages))
		}
	}
}

// TestDeletedSubjectsStayAway: a token from before the account's deletion creates no new account while the deletion
// is remembered, and a very old token never does.
func TestDeletedSubjectsStayAway(t *testing.T) {
	s, store, _ := newTestService(t)
	store.kept.identities = []models.Identity{
		{IdentityProvider: models.ProviderGoogle, Issuer: "issuer", Subject: "ada"},
	}
	tx := &fakeTx{kept: store.kept}
	if err := s.recordTombstones(t.Context(), tx, tx.identities); err != nil {
		t.Fatal(err)
	}

	for name, test := range map[string]struct {
		subject                      string
		after, issued, authenticated time.Duration
		refused                      bool
	}{
		"issued before":                   {"ada", time.Hour, 0, 0, true},
		"issued after":                    {"ada", time.Hour, time.Second, 0, false},
		"renewed after, signed in before": {"ada", time.Hour, time.Minute, -time.Minute, true},
		"renewed and signed in after":     {"ada", time.Hour, time.Minute, time.Minute, false},
		"of another subject":              {"bob", time.Hour, 0, 0, false},
		"issued a day ago":                {"bob", oldestArrival, 0, 0, true},
		"once the deletion is forgotten":  {"ada", tombstoneTTL, tombstoneTTL - time.Hour, -time.Minute, false},
		"just before the deletion is forgotten": {
			"ada", tombstoneTTL - 1000, tombstoneTTL - time.Hour, -time.Minute, true,
		},
	} {
		s.Now = func() time.Time { return testTime.Add(test.after) }
		identity := &models.ExternalIdentity{
			IdentityProvider: models.ProviderGoogle, Issuer: "issuer", Subject: test.subject,
			IssuedAt: testTime.Add(test.issued),
		}
		if test.authenticated != 0 {
			identity.AuthenticatedAt = testTime.Add(test.authenticated)
		}

		err := s.refuseDeletedSubject(t.Context(), tx, identity)
		if refused := errors.Is(err, errInvalidCredentials()); refused != test.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestConsentWaitsForItsProof: a consent counts after the proof of the address or number, and a refusal at once.
func TestConsentWaitsForItsProof(t *testing.T) {
	proven, phone := testTime, models.PhoneNumber("+48512345678")
	stranger := &models.Account{}
	customer := &models.Account{EmailVerifiedAt: &proven, Phone: &phone, PhoneVerifiedAt: &proven}
	shops := &models.Account{EmailVouched: true}
	yes, no := true, false
	for _, test := range []struct {
		account *models.Account
		channel models.ConsentChannel
		answer  *bool
		waits   bool
	}{
		{stranger, models.ConsentEmail, &yes, true}, {stranger, models.ConsentSMS, &yes, true},
		{stranger, models.ConsentPush, &yes, false},
		{stranger, models.ConsentEmail, &no, false}, {stranger, models.ConsentEmail, nil, false},
		{customer, models.ConsentEmail, &yes, false}, {customer, models.ConsentSMS, &yes, false},
		{shops, models.ConsentEmail, &yes, false}, {shops, models.ConsentSMS, &yes, true},
	} {
		if got := consentUnproven(test.account, test.channel, test.answer); got != test.waits {
			t.Errorf("%+v waits: %v", test, got)
		}
	}
}

// TestLastWayIn: a customer must be able to sign in again.
func TestLastWayIn(t *testing.T) {
	hash := "hash"
	for _, test := range []struct {
		hash   *string
		others int
		last   bool
	}{{nil, 1, true}, {nil, 2, false}, {&hash, 1, false}, {nil, 0, false}} {
		if got := lastWayIn(&models.Account{PasswordHash: test.hash}, test.others); got != test.last {
			t.Errorf("a password %v and %d others: %v", test.hash != nil, test.others, got)
		}
	}

	s, _, _ := newTestService(t)
	linked, passkeys := make([]models.Identity, 1), make([]models.Passkey, 1)
	if got := s.waysIn(linked, passkeys); got != 1 {
		t.Errorf("%d ways in without a verifier of passkeys", got)
	}
	s.PasskeyVerifier = fakePasskeys{}
	if got := s.waysIn(linked, passkeys); got != 2 {
		t.Errorf("%d ways in", got)
	}
}

// TestCodesAreNotGuessedForever: after a hundred wrong codes, a session alone can't request another code for a
// month.
func TestCodesAreNotGuessedForever(t *testing.T) {
	for _, test := range []struct {
		count  int
		resets time.Duration
		many   bool
	}{{codeFailures - 1, time.Hour, false}, {codeFailures, time.Hour, true}, {codeFailures, 0, false}} {
		failures := models.Budget{Count: test.count, ResetsAt: testTime.Add(test.resets)}
		if got := tooManyCodes(failures, testTime); got != test.many {
			t.Errorf("%+v: %v", test, got)
		}
	}
}

// TestProviderNames: customers read a name that they know.
func TestProviderNames(t *testing.T) {
	for want, identity := range map[string]models.Identity{
		"Google":         {IdentityProvider: models.ProviderGoogle, Issuer: "https://accounts.google.com"},
		"login.example":  {IdentityProvider: models.ProviderOAuth, Issuer: "https://login.example/realms/shop"},
		"not an address": {IdentityProvider: models.ProviderOAuth, Issuer: "not an address"},
	} {
		if got := providerName(identity); got != want {
			t.Errorf("%+v is called %q", identity, got)
		}
	}
}

// TestFieldsOfAnEvent: a webhook event has the schema's field names, each once.
func TestFieldsOfAnEvent(t *testing.T) {
	fields := fieldsOf([]string{"phone_verified_at", "phone", "first_name", "agreement_sms", "country_code", "phone"})
	want := []string{"agreements.sms", "countryCode", "firstName", "phone"}
	if got, _ := fields["fields"].([]string); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", fields, want)
	}
}

// TestOwnWords: the words contain what an attacker may know about a customer, in the usual spellings.
func TestOwnWords(t *testing.T) {
	if got := phoneWords("+48512"); !slices.Equal(got, []string{"48512", "8512"}) {
		t.Errorf("of a number: %v", got)
	}

	want := []string{"1990",
		"121990", "199012", "3112", "1231", "1231", "31121990", "12311990", "19901231", "311290", "123190", "901231"}
	if got := dateWords("1990-12-31"); !slices.Equal(got, want) {
		t.Errorf("of a date: %v, want %v", got, want)
	}
	if got := dateWords("31.12.1990"); got != nil {
		t.Errorf("of no date: %v", got)
	}
}

// TestSecretsAreKeyed: two different lists of parts never have the same hash, nor do two keys.
func TestSecretsAreKeyed(t *testing.T) {
	s, _, _ := newTestService(t)
	seen := map[string]bool{}
	for _, parts := range [][]string{{"a", "b"}, {"ab"}, {"a", "b", ""}, {"", "ab"}, {"a1:b"}} {
		seen[string(keyed(s.LookupKey, parts[0], parts[1:]...))] = true
	}

	seen[string(keyed([]byte("another key"), "a", "b"))] = true
	if len(seen) != 6 {
		t.Errorf("%d different hashes, want 6", len(seen))
	}
}

// TestRequiredTexts: a required text must be visible, valid and not too long.
func TestRequiredTexts(t *testing.T) {
	long := func(length int) string { return string(make([]byte, length-1)) + "x" }
	for name, test := range map[string]struct {
		err    error
		reason models.Reason
	}{
		"a text":         {requireText("f", "x"), ""},
		"blank":          {requireText("f", "\u200b "), models.ReasonBlank},
		"no UTF-8":       {requireText("f", "x\xff"), models.ReasonForbiddenCharacter},
		"long":           {requireText("f", long(maxSecretInput)), ""},
		"too long":       {requireText("f", long(maxSecretInput+1)), models.ReasonTooLarge},
		"a token":        {requireToken("f", long(maxTokenInput)), ""},
		"too long token": {requireToken("f", long(maxTokenInput+1)), models.ReasonTooLarge},
		"blank token":    {requireToken("f", ""), models.ReasonBlank},
	} {
		var wrong models.Errors
		wrong.Add(test.err)
		reason := models.Reason("")
		if len(wrong) > 0 {
			reason = wrong[0].Reason
		}
		if reason != test.reason {
			t.Errorf("%s: %q, want %q", name, reason, test.reason)
		}
	}
}
