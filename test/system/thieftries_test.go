package system

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// thiefPlan is the order in which a thief gets farthest: in, a way back, and then what there is to take.
var thiefPlan = []string{
	"requestPasswordReset", "confirmPasswordReset", "requestAccountActivation", "confirmAccountActivation", "registerAccount",
	"signIn", "requestSignInCode", "signInWithCode", "signInWithIdentityProvider", "signInWithPasskey",
	"requestPhoneUpdate", "confirmPhoneUpdate", "requestIdentityCode", "proveIdentity", "requestPasskey", "confirmPasskey",
	"renamePasskey", "linkIdentityProvider", "updateAccount", "changePassword", "requestEmailChange", "confirmEmailChange",
	"requestAuthenticator", "confirmAuthenticator", "requestFactorReset", "confirmFactorReset", "completeSignIn",
	"enrollAuthenticator", "removeAuthenticator", "replaceRecoveryCodes", "requestDataExport", "removePasskey", "unlinkIdentityProvider", "removePassword", "cancelAccountDeletion",
}

// thiefTries are the inputs that a thief tries of each operation.
var thiefTries = map[string]func(th *thief) []map[string]any{
	"updateAccount": func(th *thief) []map[string]any {
		return slices.Concat([]map[string]any{{"firstName": "Thief"}},
			th.proved("updateAccount", map[string]any{"email": thiefsEmail}),
			th.proved("updateAccount", map[string]any{"phone": thiefsPhone}),
			th.proved("updateAccount", map[string]any{"phone": nil}))
	},
	"changePassword": func(th *thief) (tries []map[string]any) {
		for _, old := range th.passwords {
			tries = append(tries, map[string]any{"oldPassword": old, "newPassword": thiefsPassword})
		}
		return tries
	},
	"requestPasswordReset": func(th *thief) []map[string]any { return addresses(th, "email") },
	"confirmPasswordReset": func(th *thief) []map[string]any {
		return withSecrets(th, "token", map[string]any{"password": thiefsPassword}, models.MessagePasswordReset)
	},
	"requestEmailChange": func(th *thief) []map[string]any {
		return th.proved("requestEmailChange", map[string]any{"email": thiefsEmail})
	},
	"confirmEmailChange": func(th *thief) []map[string]any {
		return withSecrets(th, "token", map[string]any{"newsletterAgreement": false}, models.MessageEmailChange)
	},
	"requestPhoneUpdate": func(th *thief) []map[string]any {
		return th.proved("requestPhoneUpdate", map[string]any{"phone": thiefsPhone})
	},
	"confirmPhoneUpdate": func(th *thief) []map[string]any {
		return withSecrets(th, "confirmationCode", map[string]any{"phone": thiefsPhone, "smsAgreement": false},
			models.MessagePhoneCode)
	},
	"requestDataExport": func(th *thief) []map[string]any { return th.proved("requestDataExport", nil) },
	"cancelAccountDeletion": func(th *thief) []map[string]any {
		return th.proved("cancelAccountDeletion", map[string]any{"accountEmail": th.victim.Email})
	},
	"registerAccount": func(th *thief) []map[string]any {
		return []map[string]any{{"email": th.victim.Email, "password": thiefsPassword}}
	},
	"requestAccountActivation": func(th *thief) []map[string]any { return addresses(th, "email") },
	"confirmAccountActivation": func(th *thief) []map[string]any {
		return withSecrets(th, "token", map[string]any{"password": thiefsPassword}, models.MessageActivation)
	},
	"signIn": func(th *thief) (tries []map[string]any) {
		for _, password := range th.passwords {
			for _, address := range addresses(th, "email") {
				address["password"] = password
				tries = append(tries, address)
			}
		}
		return tries
	},
	"requestSignInCode": func(th *thief) []map[string]any {
		for _, address := range addresses(th, "email") {
			if a := th.try("requestSignInCode", address); a.Code() == "" {
				th.codesFor = a.At("requestSignInCode.challengeId").(string)
			}
		}
		return nil
	},
	"signInWithCode": func(th *thief) []map[string]any {
		return withSecrets(th, "code", map[string]any{"challengeId": th.codesFor}, models.MessageSignInCode)
	},
	"signInWithIdentityProvider": func(th *thief) []map[string]any {
		return []map[string]any{{"identityProvider": "GOOGLE", "externalToken": th.login()}}
	},
	"linkIdentityProvider": func(th *thief) []map[string]any {
		return th.proved("linkIdentityProvider", map[string]any{"identityProvider": "GOOGLE", "externalToken": th.login()})
	},
	"unlinkIdentityProvider": func(th *thief) []map[string]any {
		return th.proved("unlinkIdentityProvider", map[string]any{"identityProvider": "GOOGLE"})
	},
	"proveIdentity": func(th *thief) []map[string]any {
		return append(withSecrets(th, "code", nil, models.MessageIdentityCode), th.proved("proveIdentity", nil)...)
	},
	"requestIdentityCode": func(*thief) []map[string]any {
		return []map[string]any{{"channel": "EMAIL"}, {"channel": "PHONE"}}
	},
	"requestPasskey": func(th *thief) []map[string]any { return th.proved("requestPasskey", nil) },
	"confirmPasskey": func(th *thief) []map[string]any {
		for _, proof := range th.proved("requestPasskey", nil) {
			options := th.try("requestPasskey", proof)
			if options.Code() != "" {
				continue
			}
			// The authenticator makes no second passkey for an account, and other options would replace these.
			made, err := th.device.Create(optionsOf(th.t, options, "requestPasskey"), world.PageOrigin)
			if err == nil {
				return []map[string]any{{"response": json.RawMessage(made)}}
			}
		}
		return nil
	},
	"requestAuthenticator": func(*thief) []map[string]any { return nil },
	"confirmAuthenticator": func(th *thief) []map[string]any {
		for _, proof := range th.proved("requestAuthenticator", nil) {
			if shown := th.try("requestAuthenticator", proof); shown.Code() == "" {
				th.app = appOf(th.t, shown)
				return []map[string]any{{"challengeId": th.app.challenge, "code": th.app.code(th.t, th.World)}}
			}
		}
		return nil
	},
	"removeAuthenticator": func(th *thief) (tries []map[string]any) {
		apps, err := th.Store.Authenticators(th.t.Context(), th.victim.ID)
		world.Check(th.t, err)
		for _, one := range apps {
			if one.CreatedAt.Before(th.begins) {
				tries = append(tries, th.proved("removeAuthenticator", map[string]any{"id": one.ID})...)
			}
		}
		return tries
	},
	"replaceRecoveryCodes": func(th *thief) []map[string]any { return th.proved("replaceRecoveryCodes", nil) },
	"completeSignIn": func(th *thief) []map[string]any {
		code := "123456"
		if th.app != nil {
			code = th.app.code(th.t, th.World)
		}
		return []map[string]any{{"challengeId": th.step, "code": code}}
	},
	"enrollAuthenticator": func(th *thief) []map[string]any { return []map[string]any{{"challengeId": th.step}} },
	"requestFactorReset": func(th *thief) []map[string]any {
		return append(withSecrets(th, "resetToken", nil, models.MessagePasswordReset), map[string]any{"challengeId": th.step})
	},
	"confirmFactorReset": func(th *thief) []map[string]any {
		return withSecrets(th, "token", nil, models.MessageFactorResetAsked)
	},
	"renamePasskey": func(th *thief) []map[string]any { return th.passkeys(map[string]any{"name": "Thief"}) },
	"removePasskey": func(th *thief) (tries []map[string]any) {
		for _, one := range th.passkeys(nil) {
			tries = append(tries, th.proved("removePasskey", one)...)
		}
		return tries
	},
	"removePassword": func(th *thief) []map[string]any { return th.proved("removePassword", nil) },
	"signInWithPasskey": func(th *thief) []map[string]any {
		used := th.passkey("requestPasskeySignIn", map[string]any{})
		if used == nil {
			return nil
		}
		return []map[string]any{{"response": used}}
	},
}

// thiefEnds are the inputs of what ends sessions and the account, and of what pauses the thief's own changes for a day.
var thiefEnds = map[string]func(th *thief) []map[string]any{
	"undoEmailChange": func(th *thief) []map[string]any {
		return withSecrets(th, "token", nil, models.MessageEmailChanged, models.MessageEmailChangeAsked)
	},
	"signOut": func(*thief) []map[string]any { return []map[string]any{{"scope": "OTHER_SESSIONS"}} },
	"deleteAccount": func(th *thief) (tries []map[string]any) {
		for _, password := range th.passwords {
			tries = append(tries, map[string]any{"clientAuthFactor": password})
		}
		tries = append(tries, map[string]any{"clientAuthFactor": th.login(), "identityProvider": "GOOGLE"})
		if used := th.passkey("requestPasskeyProof", map[string]any{"operation": "deleteAccount"}); used != nil {
			tries = append(tries, map[string]any{"clientAuthFactor": string(used), "identityProvider": "PASSKEY"})
		}
		return tries
	},
}

// thiefSpares are the operations that nobody tries: they change nothing by which an account is kept, or are tried by
// the customer.
var thiefSpares = []string{
	"cancelEmailChange", "cancelPhoneUpdate", "confirmConsent", "withdrawConsent", "acceptTerms", "createAddress", "updateAddress", "deleteAddress", "renameSession",
	"forgetDevice", "revokeSession", "secureAccount", "requestPasskeySignIn", "requestPasskeyProof",
	"cancelFactorReset",
}

// TestThievesTryEverything checks that no operation is forgotten.
func TestThievesTryEverything(t *testing.T) {
	if planned := slices.Sorted(slices.Values(thiefPlan)); !slices.Equal(planned, slices.Sorted(maps.Keys(thiefTries))) {
		t.Errorf("thiefPlan has %v", planned)
	}

	for _, field := range world.LoadSchema(t).Mutation.Fields {
		_, tried := thiefTries[field.Name]
		_, ends := thiefEnds[field.Name]
		back := world.Gates[field.Name].Permission.BackOffice()
		if spared := slices.Contains(thiefSpares, field.Name); !tried && !ends && !spared && !back {
			t.Errorf("say in thiefTries what a thief tries of %s", field.Name)
		}
	}
}

// proved returns an input without a proof, and with each that the thief can offer.
func (th *thief) proved(operation string, input map[string]any) []map[string]any {
	th.t.Helper()
	tries := []map[string]any{merged(input, nil)}
	for _, password := range th.passwords {
		tries = append(tries, merged(input, map[string]any{"password": password}))
	}

	provider, token := "identityProvider", "externalToken"
	if _, taken := input[token]; taken || operation == "unlinkIdentityProvider" {
		provider, token = "currentIdentityProvider", "currentExternalToken"
	}
	tries = append(tries, merged(input, map[string]any{provider: "GOOGLE", token: th.login()}))
	if used := th.passkey("requestPasskeyProof", map[string]any{"operation": operation}); used != nil {
		tries = append(tries, merged(input, map[string]any{"passkey": used}))
	}

	if th.Tokens["thief"] != "" || !slices.Contains(withoutSession, operation) {
		return tries
	}
	for _, one := range tries {
		one["accountEmail"] = th.victim.Email
	}

	return tries
}

// withoutSession are the operations that name the account by accountEmail where there is no session.
var withoutSession = []string{"requestEmailChange", "requestPhoneUpdate"}

// merged returns the fields of both.
func merged(one, other map[string]any) map[string]any {
	both := map[string]any{}
	for _, fields := range []map[string]any{one, other} {
		for name, value := range fields {
			both[name] = value
		}
	}
	return both
}

// withSecrets returns an input with each secret of the kinds that the thief has read.
func withSecrets(th *thief, field string, input map[string]any, kinds ...models.MessageKind) (tries []map[string]any) {
	th.t.Helper()
	for _, secret := range th.secrets(kinds...) {
		tries = append(tries, merged(input, map[string]any{field: secret}))
	}
	return tries
}

// addresses are the customer's and the thief's: the account may have either.
func addresses(th *thief, field string) []map[string]any {
	return []map[string]any{{field: th.victim.Email}, {field: thiefsEmail}}
}

// login returns a token of the thief's own identity.
func (th *thief) login() string {
	return th.NewToken("google", "the thief", identitytest.Claims{"auth_time": th.Clock.Now().Unix()})
}

// passkey returns what the thief's own authenticator answers to options, or nil.
func (th *thief) passkey(operation string, input map[string]any) json.RawMessage {
	th.t.Helper()
	if len(th.device.Passkeys()) == 0 {
		return nil
	}
	options := th.try(operation, input)
	if options.Code() != "" {
		return nil
	}

	used, err := th.device.Use(optionsOf(th.t, options, operation), world.PageOrigin)
	if err != nil {
		return nil // none of its keys is asked for
	}

	return used
}

// passkeys returns an input for each passkey that the customer has had.
func (th *thief) passkeys(input map[string]any) (tries []map[string]any) {
	th.t.Helper()
	passkeys, err := th.Store.Passkeys(th.t.Context(), th.victim.ID)
	world.Check(th.t, err)
	for _, one := range passkeys {
		if one.CreatedAt.After(th.begins) || one.CreatedAt.Equal(th.begins) {
			continue
		}
		tries = append(tries, merged(input, map[string]any{"id": one.ID}))
	}
	return tries
}
