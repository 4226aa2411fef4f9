package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
)

// fakeFactor records its calls.
type fakeFactor struct {
	name   string
	wrong  error
	asked  *[]string
	holder *models.Account
}

func (f *fakeFactor) note(what string) { *f.asked = append(*f.asked, f.name+" "+what) }

func (f *fakeFactor) field() string { return f.name }

func (f *fakeFactor) check() error { return nil }

func (f *fakeFactor) verify(_ context.Context, _ *Service, _ models.Caller, account *models.Account) error {
	f.note("verify " + account.ID)
	return f.wrong
}

func (f *fakeFactor) owner(
	_ context.Context, _ *Service, _ models.Caller, email models.EmailAddress,
) (*models.Account, error) {
	f.note("owner " + string(email))
	return f.holder, f.wrong
}

func (f *fakeFactor) use(_ context.Context, _ *Service, _ Tx, account *models.Account) error {
	f.note("use " + account.ID)
	return f.wrong
}

// TestProofIsOneFactor: two factors in one call are refused, and each error names its own fields.
func TestProofIsOneFactor(t *testing.T) {
	google, synerise := models.ProviderGoogle, models.ProviderSynerise
	text := func(s string) *string { return &s }
	s, _, caller := newTestService(t)
	for _, test := range []struct {
		input ProofInput
		wrong string
	}{
		{ProofInput{}, ""},
		{ProofInput{Password: text("secret")}, ""},
		{ProofInput{IdentityProvider: &google, ExternalToken: text("token")}, ""},
		{ProofInput{IdentityProvider: &google}, ""},
		{ProofInput{Password: text(" ")}, "password BLANK"},
		{ProofInput{ExternalToken: text("token")}, "identityProvider REQUIRED"},
		{ProofInput{IdentityProvider: &synerise, ExternalToken: text("token")}, "identityProvider NOT_ALLOWED"},
		{ProofInput{IdentityProvider: &google, ExternalToken: text("")}, "externalToken BLANK"},
		{
			ProofInput{Password: text("secret"), IdentityProvider: &google, ExternalToken: text("token")},
			"externalToken CONFLICTING",
		},
	} {
		offered := s.offer(caller, opRequestDataExport, test.input)
		if got := wrongFields(offered.check()); got != test.wrong {
			t.Errorf("%+v: %q, want %q", test.input, got, test.wrong)
		}
	}

	current := s.offerCurrent(caller, opLinkIdentityProvider, ProofInput{Password: text("secret")}, nil, text("token"))
	const want = "currentIdentityProvider REQUIRED, currentExternalToken CONFLICTING"
	if got := wrongFields(current.check()); got != want {
		t.Errorf("a current proof: %q, want %q", got, want)
	}
}

// wrongFields returns the invalid fields, each with its reason.
func wrongFields(err error) string {
	var list models.Errors
	list.Add(err)
	var wrong []string
	for _, one := range list {
		wrong = append(wrong, fmt.Sprintf("%s %s", one.Field, one.Reason))
	}
	return strings.Join(wrong, ", ")
}

// TestProofIsRequired: the table of operations decides whether old and new sessions need a proof.
func TestProofIsRequired(t *testing.T) {
	for _, test := range []struct {
		operation OperationName
		proved    time.Duration
		session   bool
		given     bool
		required  bool
	}{
		{opRequestEmailChange, 0, true, false, true},
		{opRequestEmailChange, 0, true, true, false},
		{opRequestEmailChange, 0, false, false, false},
		{opRequestPhoneUpdate, 15*time.Minute - time.Microsecond, true, false, false},
		{opRequestPhoneUpdate, 15 * time.Minute, true, false, true},
		{opRequestPhoneUpdate, 15 * time.Minute, true, true, false},
		{opProveIdentity, 0, true, false, true},
		{opSignOut, time.Hour, true, false, false},
	} {
		s, _, caller := newTestService(t)
		caller.Session.AuthenticatedAt = testTime.Add(-test.proved)
		if !test.session {
			caller.Session = nil
		}

		offered := s.offerFactors(caller)
		if test.given {
			offered = s.offerFactors(caller, &fakeFactor{})
		}

		err := offered.require(test.operation)
		if required := models.CodeOf(err) == models.CodeReauthenticationRequired &&
			err != nil; required != test.required {
			t.Errorf("%+v: %v", test, err)
		}
	}
}

// TestProofIdentifies: with a session, the session identifies the account; without one, the proof does.
func TestProofIdentifies(t *testing.T) {
	ada := func(status models.Status) *models.Account { return &models.Account{ID: "ada", Status: status} }
	email := models.EmailAddress("Ada@Example.com")
	noEmail := models.EmailAddress("ada")
	for name, test := range map[string]struct {
		session, refused bool
		email            *models.EmailAddress
		factor           *fakeFactor
		account          string
		code             models.Code
		asked            string
	}{
		"a session": {session: true, account: "ada"},
		"a session and a right proof": {
			session: true, factor: &fakeFactor{}, account: "ada", asked: "verify ada",
		},
		"a session and a wrong proof": {
			session: true, factor: &fakeFactor{wrong: errInvalidCredentials()}, account: "ada",
			code: models.CodeInvalidCredentials, asked: "verify ada",
		},
		"a dead session and a right proof": {
			refused: true, email: &email, factor: &fakeFactor{holder: ada(models.StatusActive)},
			code: models.CodeUnauthenticated,
		},
		"nothing":          {code: models.CodeUnauthenticated},
		"an address alone": {email: &email, code: models.CodeUnauthenticated},
		"a proof alone":    {factor: &fakeFactor{holder: ada(models.StatusActive)}, code: models.CodeUnauthenticated},
		"no address":       {email: &noEmail, factor: &fakeFactor{}, code: models.CodeInvalidInput},
		"an address and a proof": {
			email: &email, factor: &fakeFactor{holder: ada(models.StatusActive)}, account: "ada",
			asked: "owner ada@example.com",
		},
		"an address and a wrong proof": {
			email: &email, factor: &fakeFactor{holder: ada(models.StatusBlocked), wrong: errInvalidCredentials()},
			account: "ada",
			code:    models.CodeInvalidCredentials, asked: "owner ada@example.com",
		},
		"a blocked account": {
			email: &email, factor: &fakeFactor{holder: ada(models.StatusBlocked)}, account: "ada",
			code: models.CodeAccountBlocked, asked: "owner ada@example.com",
		},
		"a pending account": {
			email: &email, factor: &fakeFactor{holder: ada(models.StatusPending)}, account: "ada",
			code: models.CodeActivationRequired, asked: "owner ada@example.com",
		},
	} {
		s, _, caller := newTestService(t)
		caller.SessionRefused = test.refused
		if !test.session {
			caller.Session, caller.Account = nil, nil
		}

		var asked []string
		offered := s.offerFactors(caller)
		if test.factor != nil {
			test.factor.asked = &asked
			offered = s.offerFactors(caller, test.factor)
		}

		account, err := offered.identify(t.Context(), test.email)
		got := ""
		if account != nil {
			got = account.ID
		}

		code := models.Code("")
		if err != nil {
			code = models.CodeOf(err)
		}
		if got != test.account || code != test.code || strings.TrimSpace(strings.Join(asked, ",")) != test.asked {
			t.Errorf("%s: account %q, code %q, asked %q", name, got, code, asked)
		}
	}
}

// TestProofIsSettled: a settled proof is consumed, and recorded on the session if this service issued it.
func TestProofIsSettled(t *testing.T) {
	old := testTime.Add(-time.Hour)
	for name, test := range map[string]struct {
		given  bool
		change func(caller *models.Caller)
		noted  time.Time
		code   models.Code
	}{
		"a session and a proof": {true, func(*models.Caller) {}, testTime, ""},
		"a session alone":       {false, func(*models.Caller) {}, old, ""},
		"a proof alone":         {true, func(caller *models.Caller) { caller.Session = nil }, old, ""},
		"a customer token and a proof": {
			true, func(caller *models.Caller) { caller.Session.Issuer = "https://issuer.example" }, old, "",
		},
		"a session that ended since": {
			true, func(caller *models.Caller) { caller.Session.ID = "ended" }, old, models.CodeUnauthenticated,
		},
	} {
		s, store, caller := newTestService(t)
		test.change(&caller)
		var asked []string
		offered := s.offerFactors(caller)
		if test.given {
			offered = s.offerFactors(caller, &fakeFactor{name: "factor", asked: &asked})
		}

		tx := &fakeTx{kept: store.kept}
		err := offered.settle(t.Context(), tx, caller.Account)
		if used := strings.Join(asked, ",") == "factor use ada"; used != test.given {
			t.Errorf("%s: asked %q", name, asked)
		}
		if err != nil && models.CodeOf(err) != test.code || err == nil && test.code != "" {
			t.Errorf("%s: %v", name, err)
		}
		if got := tx.proved["session"]; !got.Equal(test.noted) {
			t.Errorf("%s: the session was proved at %v", name, got)
		}
	}
}

// TestWrongPasswordsCount: each attempt is counted before the password is checked, and a right password resets the
// count.
func TestWrongPasswordsCount(t *testing.T) {
	s, store, caller := newTestService(t)
	hasher := &fakeHasher{}
	s.Hasher = hasher
	try := func(password string) error {
		factor := &passwordFactor{password: password, named: "password"}
		return factor.verify(t.Context(), s, caller, caller.Account)
	}

	count := func() int { return store.kept.budgets[passwordKey("ada")].Count }

	for i := range s.Settings.Limits.WrongPasswords {
		if err := try("wrong"); !errors.Is(err, errInvalidCredentials()) || count() != i+1 {
			t.Fatalf("try %d: %v, counted %d", i, err, count())
		}
	}

	hashes := hasher.hashes
	if err := try("right"); models.CodeOf(err) != models.CodeRateLimited || hasher.hashes != hashes {
		t.Errorf("a right password too early: %v, %d hashes", err, hasher.hashes-hashes)
	}

	s.Now = func() time.Time { return testTime.Add(time.Minute) }
	if err := try("right"); err != nil || count() != 0 {
		t.Errorf("a right password later: %v, counted %d", err, count())
	}
}

// TestUnknownAddressesTakeTheSameWork: an unknown address costs the same number of hashes, and has its own count.
func TestUnknownAddressesTakeTheSameWork(t *testing.T) {
	s, store, caller := newTestService(t)
	hasher := &fakeHasher{}
	s.Hasher = hasher
	factor := &passwordFactor{password: "wrong", named: "password"}
	known, err := factor.owner(t.Context(), s, caller, "ada@example.com")
	if known == nil || !errors.Is(err, errInvalidCredentials()) {
		t.Errorf("a known address: %v, %v", known, err)
	}

	work := hasher.hashes
	unknown, err := factor.owner(t.Context(), s, caller, "nobody@example.com")
	if unknown != nil || !errors.Is(err, errInvalidCredentials()) || hasher.hashes != 2*work || work == 0 {
		t.Errorf("an unknown address: %v, %v, %d hashes more", unknown, err, hasher.hashes-work)
	}
	if store.kept.budgets[passwordKey("nobody@example.com")].Count != 1 {
		t.Error("the try at the unknown address was not counted")
	}
}

// fakeVerifier returns the claims of each token, or rejects it.
type fakeVerifier struct {
	IdentityVerifier
	says    *models.ExternalIdentity
	refuses error
}

func (v *fakeVerifier) Verify(context.Context, models.IdentityProvider, string) (*models.ExternalIdentity, error) {
	return v.says, v.refuses
}

// TestTokensAreProofs: a token counts as an attempt unless it can't be verified now. It proves nothing without a
// fresh sign-in of a linked identity, and can be used once.
func TestTokensAreProofs(t *testing.T) {
	revoked := testTime.Add(-time.Minute)
	for name, test := range map[string]struct {
		says    models.ExternalIdentity
		refuses error
		code    models.Code
		counted int
	}{
		"fresh": {
			models.ExternalIdentity{
				Subject: "ada", IssuedAt: testTime.Add(-proofAge), ExpiresAt: testTime.Add(time.Hour),
			}, nil, "", 1,
		},
		"signed in long ago": {
			models.ExternalIdentity{Subject: "ada", IssuedAt: testTime, AuthenticatedAt: testTime.Add(-proofAge - 1)},
			nil,
			models.CodeInvalidCredentials, 1,
		},
		"of another customer": {
			models.ExternalIdentity{Subject: "bob", IssuedAt: testTime}, nil, models.CodeInvalidCredentials, 1,
		},
		"of nobody": {
			models.ExternalIdentity{Subject: "eve", IssuedAt: testTime}, nil, models.CodeInvalidCredentials, 1,
		},
		"from before the sessions ended": {
			models.ExternalIdentity{Subject: "ada", CustomerToken: true, IssuedAt: revoked, AuthenticatedAt: testTime},
			nil,
			models.CodeInvalidCredentials, 1,
		},
		"refused":        {models.ExternalIdentity{}, errInvalidCredentials(), models.CodeInvalidCredentials, 1},
		"not verifiable": {models.ExternalIdentity{}, errNotConfigured(), models.CodeIdentityProviderUnavailable, 0},
	} {
		s, store, caller := newTestService(t)
		store.kept.accounts["bob"] = models.Account{ID: "bob"}
		store.kept.identities = []models.Identity{
			{AccountID: "ada", Subject: "ada", TokensFrom: &revoked}, {AccountID: "bob", Subject: "bob"},
		}
		s.Verifier = &fakeVerifier{says: &test.says, refuses: test.refuses}
		provider := models.ProviderGoogle
		factor := newTokenFactor(&provider, "token")
		err := factor.verify(t.Context(), s, caller, caller.Account)
		if err != nil && models.CodeOf(err) != test.code || err == nil && test.code != "" {
			t.Errorf("%s: %v", name, err)
		}
		if got := store.kept.budgets[passwordKey("ada")].Count; got != test.counted {
			t.Errorf("%s: counted %d", name, got)
		}
		if err != nil {
			continue
		}

		tx := &fakeTx{kept: store.kept}
		err = factor.use(t.Context(), s, tx, caller.Account)
		if err != nil || tx.budgets[passwordKey("ada")].Count != 0 {
			t.Errorf("%s: the first use: %v, counted %d", name, err, tx.budgets[passwordKey("ada")].Count)
		}
		if err := factor.use(t.Context(), s, tx, caller.Account); !errors.Is(err, errInvalidCredentials()) {
			t.Errorf("%s: the second use: %v", name, err)
		}
	}
}

// TestWindowIsOpened: a window opens what needs a proof, except what asks in the call, until it is over; a sign-in
// opens none.
func TestWindowIsOpened(t *testing.T) {
	inCall := []OperationName{opProveIdentity, opDeleteAccount, opChangePassword, opRemovePassword}
	s, _, caller := newTestService(t)
	for _, operation := range Operations() {
		for _, test := range []struct {
			opened *time.Duration
			needed bool
		}{
			{nil, operation.Proof == ProofInCall || operation.Proof == ProofWindow},
			{ago(15*time.Minute - time.Microsecond), slices.Contains(inCall, operation.Name)},
			{ago(15 * time.Minute), operation.Proof == ProofInCall || operation.Proof == ProofWindow},
		} {
			session := *caller.Session
			session.AuthenticatedAt = testTime
			if test.opened != nil {
				opened := testTime.Add(-*test.opened)
				session.StepUpAt = &opened
			}
			if needed := s.needsProof(operation.Name, &session); needed != test.needed {
				t.Errorf("%s with a window of %v: needs a proof %v", operation.Name, test.opened, needed)
			}
		}
	}
}

func ago(d time.Duration) *time.Duration { return &d }
