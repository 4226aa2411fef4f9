package system

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// addPasskey adds a passkey to the visitor's account.
func (v *visitor) addPasskey() {
	v.t.Helper()
	v.device = &passkeytest.Authenticator{}
	v.passkey = addPasskey(v.t, v.World, v.name, v.password, v.device)
}

// passkeyID returns the id of the visitor's passkey, or of none.
func (v *visitor) passkeyID() string {
	if v.passkey == "" {
		return "none"
	}
	return v.passkey
}

// offer adds to the input of an operation the factor by which the visitor proves who they are, if one is needed.
func (v *visitor) offer(operation string, input map[string]any, needed bool) {
	v.t.Helper()
	switch {
	case !needed:
	case v.password != "":
		input["password"] = v.password
		v.offerSecond(input)
	case v.device != nil:
		input["passkey"] = json.RawMessage(passkeyProof(v.t, v.World, v.name, operation, v.device))
	default:
		input["identityProvider"], input["externalToken"] = "GOOGLE", v.token()
	}
}

// newPasskey returns what an authenticator answers to the options of a new passkey, whichever factors and budgets the
// visitor has left; or the answer of a stranger's, if the visitor can't have one.
func (v *visitor) newPasskey() json.RawMessage {
	v.t.Helper()
	found, err := v.Service.FindAccount(context.Background(), string(v.email))
	world.Check(v.t, err)
	settings, hash, since := v.Service.Settings, found.PasswordHash, found.SecondFactorSince
	v.Service.Settings.Unlimited = true
	right, err := v.Service.Hasher.Hash(context.Background(), "a password for a moment")
	world.Check(v.t, err)
	columns := []string{"password_hash", "second_factor_since"}
	v.write(func(a *models.Account) { a.PasswordHash, a.SecondFactorSince = &right, nil }, columns...)
	a := v.Do(v.t, v.name, "requestPasskey", fmt.Sprintf(`{"password":%q}`, "a password for a moment"))
	v.write(func(a *models.Account) { a.PasswordHash, a.SecondFactorSince = hash, since }, columns...)
	v.Service.Settings = settings
	if a.Code() != "" {
		return strangersPasskey(v.t)
	}

	made, err := (&passkeytest.Authenticator{}).Create(optionsOf(v.t, a, "requestPasskey"), world.PageOrigin)
	world.Check(v.t, err)

	return made
}
