package account

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
)

// fakePasskeys is a verifier that is never asked.
type fakePasskeys struct{ PasskeyVerifier }

const testOrigin = "https://shop.example"

// asked is a challenge of a passkey that was asked for, and what is to be checked of it.
type asked struct {
	service   *Service
	claim     *models.PasskeyClaim
	operation OperationName
	account   *models.Account
}

// otherKey is the key of another installation.
type otherKey struct{}

func (otherKey) CodeKey(context.Context, int) (CodeKey, error) {
	return CodeKey{Number: 1, Secret: []byte("another")}, nil
}

// TestChallengesOfPasskeysAreBound: a challenge is good for the operation, the account and the origin that it was asked
// for, for five minutes.
func TestChallengesOfPasskeysAreBound(t *testing.T) {
	wait := func(by time.Duration) func(*asked) {
		return func(a *asked) { a.service.Now = func() time.Time { return testTime.Add(by) } }
	}
	for name, test := range map[string]struct {
		origin string
		change func(a *asked)
		live   bool
	}{
		"as it was asked for":       {testOrigin, nil, true},
		"asked for by a program":    {"", nil, true},
		"asked for by another page": {"https://other.example", nil, false},
		"for another operation":     {testOrigin, func(a *asked) { a.operation = opRemovePasskey }, false},
		"for a sign-in":             {testOrigin, func(a *asked) { a.operation = opSignInWithPasskey }, false},
		"just before it expires":    {testOrigin, wait(PasskeyTTL - time.Microsecond), true},
		"when it expires":           {testOrigin, wait(PasskeyTTL), false},
		"after a new password":      {testOrigin, func(a *asked) { a.account.CredentialEpoch++ }, false},
		"after a new address":       {testOrigin, func(a *asked) { a.account.Email = "b@example.com" }, false},
		"for another account":       {testOrigin, func(a *asked) { a.account.ID = "bob" }, false},
		"for nobody":                {testOrigin, func(a *asked) { a.account = &models.Account{} }, false},
		"with its end moved":        {testOrigin, func(a *asked) { a.claim.Challenge[6] ^= 1 }, false},
		"with its hash changed":     {testOrigin, func(a *asked) { a.claim.Challenge[30] ^= 1 }, false},
		"cut":                       {testOrigin, func(a *asked) { a.claim.Challenge = a.claim.Challenge[:24] }, false},
		"nothing at all":            {testOrigin, func(a *asked) { a.claim.Challenge = nil }, false},
		"of another installation":   {testOrigin, func(a *asked) { a.service.CodeKeys = otherKey{} }, false},
	} {
		s, _, caller := newTestService(t)
		s.Random = strings.NewReader("0123456789abcdef")
		caller.Origin = test.origin
		account := &models.Account{ID: "ada", Email: "ada@example.com", CredentialEpoch: 3}
		challenge, expires, err := s.newPasskeyChallenge(t.Context(), caller, opDeleteAccount, account)
		if err != nil || !expires.Equal(testTime.Add(PasskeyTTL)) {
			t.Fatalf("%s: until %v, %v", name, expires, err)
		}

		a := &asked{s, &models.PasskeyClaim{Challenge: challenge, Origin: testOrigin}, opDeleteAccount, account}
		if test.change != nil {
			test.change(a)
		}

		err = s.checkPasskeyChallenge(t.Context(), a.claim, a.operation, a.account)
		if (err == nil) != test.live || err != nil && models.CodeOf(err) != models.CodeTokenInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestChallengesOfPasskeysWorkOnce: the second use of a challenge is refused, and that of another is not.
func TestChallengesOfPasskeysWorkOnce(t *testing.T) {
	s, store, _ := newTestService(t)
	tx := &fakeTx{kept: store.kept}
	first, second := &models.PasskeyClaim{Challenge: []byte("first")}, &models.PasskeyClaim{Challenge: []byte("second")}
	for i, test := range []struct {
		claim *models.PasskeyClaim
		code  models.Code
	}{{first, ""}, {second, ""}, {first, models.CodeTokenInvalid}, {second, models.CodeTokenInvalid}} {
		err := s.usePasskeyChallenge(t.Context(), tx, test.claim)
		if err != nil && models.CodeOf(err) != test.code || err == nil && test.code != "" {
			t.Errorf("use %d: %v", i, err)
		}
	}
}

// TestDecoysOfAddresses: the credentials that are asked for at an address of nobody are always the same, differ between
// addresses and installations, and have lengths that authenticators use.
func TestDecoysOfAddresses(t *testing.T) {
	s, _, _ := newTestService(t)
	other, _, _ := newTestService(t)
	other.LookupKey = []byte("another key")
	seen, counts := map[string]bool{}, map[int]bool{}
	for i := range 100 {
		email := models.EmailAddress(strings.Repeat("a", i+1) + "@example.com")
		decoys := s.decoyCredentials(email)
		counts[len(decoys)] = true
		for n, decoy := range decoys {
			if seen[string(decoy)] || !slices.Contains([]int{16, 20, 32}, len(decoy)) {
				t.Fatalf("%s: %x", email, decoy)
			}
			if again := s.decoyCredentials(email); string(again[n]) != string(decoy) {
				t.Fatalf("%s: %x, and then %x", email, decoy, again[n])
			}
			seen[string(decoy)] = true
		}
		if elsewhere := other.decoyCredentials(email); seen[string(elsewhere[0])] {
			t.Fatalf("%s: another installation has the same", email)
		}
	}
	if len(counts) != 2 {
		t.Errorf("there are %v decoys", counts)
	}
}

// TestProofsByPasskey: the operations that take a passkey as a proof are those that take a token, and not those of
// sign-ins and of the password itself.
func TestProofsByPasskey(t *testing.T) {
	var takes []string
	for _, operation := range Operations() {
		if takesProof(operation.Name) {
			takes = append(takes, string(operation.Name))
		}
	}

	for _, name := range []OperationName{
		opDeleteAccount, opRequestEmailChange, opRequestPhoneUpdate, opUpdateAccount, opRequestDataExport,
		opCancelAccountDeletion, opConfirmAccountActivation, opLinkIdentityProvider, opUnlinkIdentityProvider,
		opRequestPasskey, opRemovePasskey,
	} {
		if !slices.Contains(takes, string(name)) {
			t.Errorf("%s takes no passkey", name)
		}
	}
	for _, name := range []OperationName{opSignIn, opSignInWithPasskey, opChangePassword, opConfirmPasskey, opSignOut} {
		if slices.Contains(takes, string(name)) {
			t.Errorf("%s takes a passkey", name)
		}
	}
}
