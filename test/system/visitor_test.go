package system

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// visitor is a new customer with a new session, and with one key.
type visitor struct {
	*world.World
	t     *testing.T
	name  string
	key   string
	email models.EmailAddress
	// next is the address of the pending change, and phone the number.
	next  string
	phone string
	// password is "" if the customer proves by a token of the issuer "google", which is the visitor's linked
	// identity.
	password string
	number   int
	// passkey is the id of the customer's passkey, and device its authenticator, if there is one.
	passkey string
	device  *passkeytest.Authenticator
	// app is the customer's authenticator app, and waiting one that waits for its first code, if there is one.
	app, waiting *phoneApp
}

func visit(t *testing.T, w *world.World, number int) *visitor {
	t.Helper()
	v := &visitor{World: w, t: t, key: "development", number: number, name: fmt.Sprint("visitor",
		number), password: account.DemoPassword}
	v.email = models.EmailAddress(v.name + "@example.com")
	_, err := w.Service.CreateAccount(context.Background(), account.NewAccount{Email: v.email, Password: v.password})
	world.Check(t, err)
	v.signIn()

	return v
}

func (v *visitor) signIn() {
	v.t.Helper()
	v.must("signIn", world.Credentials(v.email, v.password))
}

// must runs an operation that a state needs, with the development key.
func (v *visitor) must(operation, input string) {
	v.t.Helper()
	if a := v.Do(v.t, v.name, operation, input); a.Code() != "" {
		v.t.Fatalf("%s: %s", operation, a.Body)
	}
}

func (v *visitor) changeEmail() {
	v.t.Helper()
	v.Clock.Advance(time.Minute)
	v.next = fmt.Sprintf("next-%d-%s", v.Clock.Now().Unix()/60, v.email)
	v.must("requestEmailChange", fmt.Sprintf(`{"email":%q,"password":%q}`, v.next, v.password))
}

func (v *visitor) changePhone() {
	v.t.Helper()
	v.Clock.Advance(time.Minute)
	v.phone = fmt.Sprintf("+4851%07d", v.number*100+int(v.Clock.Now().Unix()/60%100))
	v.must("requestPhoneUpdate", fmt.Sprintf(`{"phone":%q,"password":%q}`, v.phone, v.password))
}

// prove opens the session's window.
func (v *visitor) prove() {
	v.t.Helper()
	v.must("proveIdentity", v.input("proveIdentity", true))
}

// proveNumber makes a number the customer's own, as if it were proven before they signed in.
func (v *visitor) proveNumber() {
	v.t.Helper()
	number := models.PhoneNumber(fmt.Sprintf("+4850%07d", v.number))
	since := v.Clock.Now().Add(-time.Hour)
	v.write(func(a *models.Account) { a.Phone, a.PhoneVerifiedAt = &number, &since }, "phone", "phone_verified_at")
}

func (v *visitor) askForIdentityCode() {
	v.t.Helper()
	v.must("requestIdentityCode", `{"channel":"EMAIL"}`)
}

// subscribe agrees to newsletters, which wait for the second opt-in.
func (v *visitor) subscribe() {
	v.t.Helper()
	v.Service.Settings.DoubleOptIn = true
	v.must("updateAccount", `{"agreements":{"email":true}}`)
}

// write changes columns of the customer's row that none of the customer's operations can change.
func (v *visitor) write(change func(*models.Account), columns ...string) {
	v.t.Helper()
	row, err := v.Service.FindAccount(context.Background(), string(v.email))
	world.Check(v.t, err)
	change(row)
	world.Check(v.t, v.Store.InTx(context.Background(), func(tx account.Tx) error {
		return tx.UpdateAccount(context.Background(), row, columns...)
	}))
}

// secret returns the token or code of the newest message of a kind, or one that was never sent.
func (v *visitor) secret(kind models.MessageKind, to string) string {
	world.Check(v.t, v.Worker.Drain(context.Background()))
	for _, message := range v.Inbox.Messages(context.Background()) {
		if message.Kind == string(kind) && message.To == to {
			if message.Code != nil {
				return *message.Code
			}
			return *message.Token
		}
	}

	return notSent
}

// notSent is the secret of a message that was never sent.
const notSent = "000000"

// link links the visitor to an identity of the issuer "google".
func (v *visitor) link(customers bool) {
	v.t.Helper()
	if v.Issuers["google"] == nil {
		v.Trust(v.t, "google", models.ProviderGoogle, customers, false)
		if customers {
			v.Trust(v.t, "other", models.ProviderOAuth, false, false) // "google" can't be linked then
		}
	}

	row, err := v.Service.FindAccount(context.Background(), string(v.email))
	world.Check(v.t, err)
	world.Check(v.t, v.Store.InTx(context.Background(), func(tx account.Tx) error {
		return tx.LinkIdentity(context.Background(), &models.Identity{
			AccountID: row.ID, IdentityProvider: models.ProviderGoogle, Issuer: v.Issuers["google"].URL,
			Subject: v.name, LinkedAt: v.Clock.Now(),
		})
	}))
}

// token returns a new token of the visitor's identity; without the issuer it is not valid.
func (v *visitor) token() string {
	if v.Issuers["google"] == nil {
		return "a token"
	}
	return v.NewToken("google", v.name, identitytest.Claims{"auth_time": v.Clock.Now().Unix()})
}

// forgetPassword makes the customer one who never had a password.
func (v *visitor) forgetPassword() {
	v.t.Helper()
	v.write(func(a *models.Account) { a.PasswordHash = nil }, "password_hash")
}

// anAddress returns the ID of an address of the visitor's, or that of none.
func (v *visitor) anAddress() string {
	row, err := v.Service.FindAccount(context.Background(), string(v.email))
	world.Check(v.t, err)
	addresses, err := v.Store.Addresses(context.Background(), row.ID)
	world.Check(v.t, err)
	if len(addresses) == 0 {
		return "none"
	}

	return addresses[0].ID
}

// input returns a valid input for an operation, with a proof or without.
func (v *visitor) input(operation string, proof bool) string {
	v.t.Helper()
	input := map[string]any{}
	switch operation {
	case "updateAccount":
		input["firstName"] = "Ada"
	case "changePassword":
		input["oldPassword"], input["newPassword"] = account.DemoPassword, "another horse battery staple"
		v.offerSecond(input)
	case "requestPasswordReset", "requestAccountActivation":
		input["email"] = v.email
	case "requestEmailChange":
		input["email"] = "other-" + v.email
	case "confirmEmailChange":
		input["token"], input["newsletterAgreement"] = v.secret(models.MessageEmailChange, v.next), true
	case "confirmConsent":
		input["token"] = v.secret(models.MessageConsentConfirm, string(v.email))
	case "withdrawConsent":
		input["token"] = "a token"
	case "requestPhoneUpdate":
		input["phone"] = fmt.Sprintf("+4860%07d", v.number)
	case "confirmPhoneUpdate":
		if v.phone == "" {
			v.phone = "+48512345678"
		}
		input["phone"], input["confirmationCode"], input["smsAgreement"] = v.phone, v.secret(models.MessagePhoneCode,
			v.phone), true
	case "requestDataExport", "requestPasskey", "removePassword", "requestAuthenticator", "replaceRecoveryCodes":
		v.offer(operation, input, proof)
	case "removeAuthenticator":
		input["id"] = "none"
		if v.app != nil {
			input["id"] = v.app.id
		}
		v.offer(operation, input, proof)
	case "confirmAuthenticator":
		input["challengeId"], input["code"] = "none", "123456"
		if v.waiting != nil {
			input["challengeId"], input["code"] = v.waiting.challenge, v.waiting.code(v.t, v.World)
		}
	case "removePasskey":
		input["id"] = v.passkeyID()
		v.offer(operation, input, proof)
	case "renamePasskey":
		input["id"], input["name"] = v.passkeyID(), "mine"
	case "confirmPasskey":
		input["response"] = v.newPasskey()
	case "proveIdentity":
		code := v.secret(models.MessageIdentityCode, string(v.email))
		if code == notSent {
			v.offer(operation, input, true)
		} else {
			input["code"] = code
			v.offerSecond(input)
		}
	case "requestIdentityCode":
		input["channel"] = "EMAIL"
		if row, err := v.Service.FindAccount(context.Background(), string(v.email)); err == nil && !row.EmailVerified() {
			input["channel"] = "PHONE"
		}
	case "deleteAccount":
		input["clientAuthFactor"] = v.password
		switch {
		case v.password != "":
			v.offerSecond(input)
		case v.device != nil:
			input["clientAuthFactor"] = passkeyProof(v.t, v.World, v.name, operation, v.device)
			input["identityProvider"] = "PASSKEY"
		default:
			input["clientAuthFactor"], input["identityProvider"] = v.token(), "GOOGLE"
		}
	case "revokeSession":
		input["id"] = "none"
	case "createAddress":
		return newAddress
	case "updateAddress", "deleteAddress":
		input["id"] = v.anAddress()
	case "forgetDevice":
		input["id"] = "none"
	case "renameSession":
		row, err := v.Service.FindAccount(context.Background(), string(v.email))
		world.Check(v.t, err)
		input["id"], input["name"] = storedSession(v.t, v.World, row.ID), "Laptop"
	case "linkIdentityProvider":
		input["identityProvider"], input["externalToken"] = "GOOGLE", v.token()
		if v.Issuers["other"] != nil {
			input["identityProvider"], input["externalToken"] = "OAUTH", v.NewToken("other", v.name,
				identitytest.Claims{"auth_time": v.Clock.Now().Unix()})
		}
	case "unlinkIdentityProvider":
		input["identityProvider"] = "GOOGLE"
	case "signOut":
		input["scope"] = "ALL_SESSIONS"
	case "acceptTerms":
		input["terms"] = []map[string]string{{"id": "terms", "version": "1"}}
	case "cancelEmailChange", "cancelPhoneUpdate":
		return ""
	default:
		v.t.Fatalf("say in visitor.input what %s takes", operation)
	}

	if proof && withProof[operation] || proof && strings.HasSuffix(operation, "linkIdentityProvider") {
		switch {
		case v.password != "" || v.device != nil || withProof[operation]:
			v.offer(operation, input, true)
		default:
			input["currentIdentityProvider"], input["currentExternalToken"] = "GOOGLE", v.token()
		}
	}

	text, err := json.Marshal(input)
	world.Check(v.t, err)

	return string(text)
}
