package world

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/models"
)

// hasPasskey creates an account with a passkey.
func hasPasskey(of Subject) Subject {
	return func(t testing.TB, w *World, email models.EmailAddress, phone models.PhoneNumber) {
		t.Helper()
		of(t, w, email, phone)
		ctx := context.Background()
		owner, err := w.Store.AccountByEmail(ctx, email)
		Check(t, err)
		made := attested(t, w, new(passkeytest.Authenticator))
		made.ID, made.AccountID, made.CreatedAt = w.Service.NewID(), owner.ID, w.Clock.Now()
		Check(t, w.Store.InTx(ctx, func(tx account.Tx) error { return tx.CreatePasskey(ctx, made) }))
	}
}

// attested returns a new passkey of an authenticator, as the service would store it.
func attested(t testing.TB, w *World, device *passkeytest.Authenticator) *models.Passkey {
	t.Helper()
	of := models.PasskeyUser{Handle: []byte("a handle"), Name: "somebody", DisplayName: "somebody"}
	challenge := []byte("a challenge that the tests made up")
	options, err := w.Service.PasskeyVerifier.CreationOptions(of, challenge, nil)
	Check(t, err)
	text, err := json.Marshal(options)
	Check(t, err)
	made, err := device.Create(text, PageOrigin)
	Check(t, err)
	var response models.JSONObject
	Check(t, json.Unmarshal(made, &response))
	passkey, err := w.Service.PasskeyVerifier.CheckAttestation(response, of, challenge)
	Check(t, err)

	return passkey
}

// strangersPasskey answers the options of an address as a stranger would who asks whose credential it is: with the
// credential that the options name, and a key of the stranger's own.
func strangersPasskey(t testing.TB, w *World, email models.EmailAddress) string {
	t.Helper()
	a := Succeed(t, w.Do(t, "", "requestPasskeySignIn", fmt.Sprintf(`{"email":%q}`, email)))
	options := a.At("requestPasskeySignIn.options").(map[string]any)
	named := options["allowCredentials"].([]any)[0].(map[string]any)["id"]
	delete(options, "allowCredentials")
	text, err := json.Marshal(options)
	Check(t, err)

	device := &passkeytest.Authenticator{Anonymous: true}
	attested(t, w, device)
	answer, err := device.Use(text, PageOrigin)
	Check(t, err)
	var response models.JSONObject
	Check(t, json.Unmarshal(answer, &response))
	response["id"], response["rawId"] = named, named
	input, err := json.Marshal(map[string]any{"response": response})
	Check(t, err)

	return string(input)
}
