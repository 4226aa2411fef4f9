package system

import (
	"context"
	"fmt"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// between is a store that lets something else happen once, between the check of a second factor and its use.
type between struct {
	account.Store
	happen func()
}

func (b *between) once() {
	if happen := b.happen; happen != nil {
		b.happen = nil
		happen()
	}
}

// RecoveryCodes implements account.Store.
func (b *between) RecoveryCodes(ctx context.Context, accountID string) ([]models.RecoveryCode, error) {
	codes, err := b.Store.RecoveryCodes(ctx, accountID)
	b.once()
	return codes, err
}

// AuthenticatorSecret implements account.Store.
func (b *between) AuthenticatorSecret(ctx context.Context, authenticator *models.Authenticator) ([]byte, error) {
	secret, err := b.Store.AuthenticatorSecret(ctx, authenticator)
	b.once()
	return secret, err
}

// ChallengeSecret implements account.Store.
func (b *between) ChallengeSecret(ctx context.Context, challenge *models.Challenge) ([]byte, error) {
	secret, err := b.Store.ChallengeSecret(ctx, challenge)
	b.once()
	return secret, err
}

// TestSecondFactorsAreSpentMeanwhile checks that what was used by somebody else between its check and its use is refused,
// for each thing by itself.
func TestSecondFactorsAreSpentMeanwhile(t *testing.T) {
	t.Parallel()
	w := world.New(t, world.DefaultSettings())
	signInDemo(t, w)
	phone := addApp(t, w, "demo", account.DemoPassword)
	store := &between{Store: w.Service.Store}
	w.Service.Store = store
	complete := func(challenge, field, code string) *world.Answer {
		return w.Do(t, "phone", "completeSignIn", fmt.Sprintf(`{"challengeId":%q,%q:%q}`, challenge, field, code))
	}
	step := func() string { return secondStep(t, w, account.DemoEmail, account.DemoPassword) }

	one, two := step(), step()
	store.happen = func() { world.Succeed(t, complete(two, "recoveryCode", phone.recoveryCodes[0])) }
	if a := complete(one, "recoveryCode", phone.recoveryCodes[0]); a.Code() != string(models.CodeCodeInvalid) {
		t.Errorf("a recovery code that was used meanwhile: %s", a.Body)
	}

	three, code := step(), phone.code(t, w)
	store.happen = func() { world.Succeed(t, complete(three, "recoveryCode", phone.recoveryCodes[1])) }
	if a := complete(three, "code", code); a.Code() != string(models.CodeTokenInvalid) {
		t.Errorf("a second step that was completed meanwhile: %s", a.Body)
	}

	four, five, again := step(), step(), phone.code(t, w)
	store.happen = func() { world.Succeed(t, complete(five, "code", again)) }
	if a := complete(four, "code", again); a.Code() != string(models.CodeCodeInvalid) {
		t.Errorf("a step that was used meanwhile: %s", a.Body)
	}

	tablet := appOf(t, world.Succeed(t, w.Do(t, "demo", "requestAuthenticator",
		fmt.Sprintf(`{%s}`, phone.proof(t, w, account.DemoPassword)))))
	input := fmt.Sprintf(`{"challengeId":%q,"code":%q}`, tablet.challenge, tablet.code(t, w))
	store.happen = func() { world.Succeed(t, w.Do(t, "demo", "confirmAuthenticator", input)) }
	if a := w.Do(t, "demo", "confirmAuthenticator", input); a.Code() != string(models.CodeTokenInvalid) {
		t.Errorf("an authenticator that was added meanwhile: %s", a.Body)
	}
}
