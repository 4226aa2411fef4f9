package system

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/accountql/accountql/internal/totp"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// destroy tries what ends sessions and the account, and between it every other call again.
func (th *thief) destroy(random *rand.Rand) {
	th.t.Helper()
	th.did["delete the account"] = false
	for range thiefRounds {
		for _, operation := range slices.Sorted(maps.Keys(thiefEnds)) {
			th.Tokens["thief"] = th.live()
			for _, input := range thiefEnds[operation](th) {
				th.try(operation, input)
			}
		}

		ended := !th.lives(th.Tokens[th.customer])
		th.did["end the customer's sessions"] = th.did["end the customer's sessions"] || ended
		if row, err := th.Store.AccountByID(context.Background(), th.victim.ID); err != nil || row.Status != models.StatusActive {
			th.did["delete the account"] = true
			return
		}
		th.round(random)
	}
}

// comeBack tries every call again after the customer has done what the notices say.
func (th *thief) comeBack(random *rand.Rand) {
	th.t.Helper()
	th.takeBack()
	th.did["stay after the customer acts"] = th.live() != ""
	for range thiefRounds {
		th.round(random)
		th.did["stay after the customer acts"] = th.did["stay after the customer acts"] || th.live() != ""
	}
}

// takeBack does what the mails to the customer's own address offer: it undoes the change of the address, says that the
// sign-in was somebody else's, and sets a new password.
func (th *thief) takeBack() {
	th.t.Helper()
	world.Check(th.t, th.Worker.Drain(context.Background()))
	own := func(kinds ...models.MessageKind) []string {
		reader := &thief{World: th.World, t: th.t, mailboxes: []string{string(th.victim.Email)}}
		return reader.secrets(kinds...)
	}

	for _, token := range own(models.MessageFactorResetAsked, models.MessageFactorResetFormer) {
		th.Do(th.t, "", "cancelFactorReset", fmt.Sprintf(`{"token":%q}`, token))
	}
	for _, token := range own(models.MessageEmailChanged, models.MessageEmailChangeAsked) {
		th.Do(th.t, "", "undoEmailChange", fmt.Sprintf(`{"token":%q}`, token))
	}
	for _, token := range own(models.MessageNewDevice) {
		th.Do(th.t, "", "secureAccount", fmt.Sprintf(`{"token":%q}`, token))
	}

	world.Succeed(th.t, th.Do(th.t, "", "requestPasswordReset", fmt.Sprintf(`{"email":%q}`, th.victim.Email)))
	reset := own(models.MessagePasswordReset)
	th.Clock.Advance(totp.Period)
	code, err := totp.Code([]byte("of the customer alone"), totp.Step(th.Clock.Now()))
	world.Check(th.t, err)
	second := ""
	if row, err := th.Store.AccountByID(context.Background(), th.victim.ID); err == nil && row.SecondFactorSince != nil {
		second = fmt.Sprintf(`,"authenticatorCode":%q`, code)
	}
	world.Succeed(th.t, th.Do(th.t, "", "confirmPasswordReset",
		fmt.Sprintf(`{"token":%q,"password":"what the customer takes now"%s}`, reset[0], second)))
}
