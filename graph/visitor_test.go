package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
)

// visitor is a new customer, whose session is new, and who asks with one key.
type visitor struct {
	*world
	t     *testing.T
	name  string
	key   string
	email models.EmailAddress
	// next is the address of the pending change, and phone the number.
	next  string
	phone string
	// password is "" for who proves by a token of the issuer "google", which is the visitor's linked identity.
	password string
	number   int
}

func visit(t *testing.T, w *world, number int) *visitor {
	t.Helper()
	v := &visitor{world: w, t: t, key: "development", number: number, name: fmt.Sprint("visitor", number), password: account.DemoPassword}
	v.email = models.EmailAddress(v.name + "@example.com")
	_, err := w.service.CreateAccount(context.Background(), account.NewAccount{Email: v.email, Password: v.password})
	check(t, err)
	v.signIn()
	return v
}

func (v *visitor) signIn() {
	v.t.Helper()
	v.must("signIn", credentials(v.email, v.password))
}

// must does with the development key what a state needs.
func (v *visitor) must(operation, input string) {
	v.t.Helper()
	if a := v.do(v.t, v.name, operation, input); a.code() != "" {
		v.t.Fatalf("%s: %s", operation, a.body)
	}
}

func (v *visitor) changeEmail() {
	v.t.Helper()
	v.clock.advance(time.Minute)
	v.next = fmt.Sprintf("next-%d-%s", v.clock.Now().Unix()/60, v.email)
	v.must("requestEmailChange", fmt.Sprintf(`{"email":%q,"password":%q}`, v.next, v.password))
}

func (v *visitor) changePhone() {
	v.t.Helper()
	v.clock.advance(time.Minute)
	v.phone = fmt.Sprintf("+4851%07d", v.number*100+int(v.clock.Now().Unix()/60%100))
	v.must("requestPhoneUpdate", fmt.Sprintf(`{"phone":%q,"password":%q}`, v.phone, v.password))
}

// write changes columns of the customer's row that no operation of theirs does.
func (v *visitor) write(change func(*models.Account), columns ...string) {
	v.t.Helper()
	row, err := v.service.FindAccount(context.Background(), string(v.email))
	check(v.t, err)
	change(row)
	check(v.t, v.store.InTx(context.Background(), func(tx account.Tx) error {
		return tx.UpdateAccount(context.Background(), row, columns...)
	}))
}

// secret is the token or code of the newest message of a kind, or one that was never sent.
func (v *visitor) secret(kind models.MessageKind, to string) string {
	check(v.t, v.worker.Drain(context.Background()))
	for _, message := range v.inbox.Messages(context.Background()) {
		if message.Kind == string(kind) && message.To == to {
			if message.Code != nil {
				return *message.Code
			}
			return *message.Token
		}
	}
	return "000000"
}

// link links the visitor to an identity of the issuer "google".
func (v *visitor) link(customers bool) {
	v.t.Helper()
	if v.issuers["google"] == nil {
		v.trust(v.t, "google", models.ProviderGoogle, customers, false)
		if customers {
			v.trust(v.t, "other", models.ProviderOAuth, false, false) // the customers' own can't be linked
		}
	}
	row, err := v.service.FindAccount(context.Background(), string(v.email))
	check(v.t, err)
	check(v.t, v.store.InTx(context.Background(), func(tx account.Tx) error {
		return tx.LinkIdentity(context.Background(), &models.Identity{
			AccountID: row.ID, IdentityProvider: models.ProviderGoogle, Issuer: v.issuers["google"].URL, Subject: v.name, LinkedAt: v.clock.Now(),
		})
	}))
}

// token is a new one of the visitor's identity; without the issuer it is none.
func (v *visitor) token() string {
	if v.issuers["google"] == nil {
		return "a token"
	}
	return v.newToken("google", v.name, identitytest.Claims{"auth_time": v.clock.Now().Unix()})
}

// forgetPassword makes the customer one who never had a password.
func (v *visitor) forgetPassword() {
	v.t.Helper()
	v.write(func(a *models.Account) { a.PasswordHash = nil }, "password_hash")
}

// input is the right one for an operation, with a proof or without.
func (v *visitor) input(operation string, proof bool) string {
	v.t.Helper()
	input := map[string]any{}
	switch operation {
	case "updateAccount":
		input["firstName"] = "Ada"
	case "changePassword":
		input["oldPassword"], input["newPassword"] = account.DemoPassword, "another horse battery staple"
	case "requestPasswordReset", "requestAccountActivation":
		input["email"] = v.email
	case "requestEmailChange":
		input["email"] = "other-" + v.email
	case "confirmEmailChange":
		input["token"], input["newsletterAgreement"] = v.secret(models.MessageEmailChange, v.next), true
	case "requestPhoneUpdate":
		input["phone"] = fmt.Sprintf("+4860%07d", v.number)
	case "confirmPhoneUpdate":
		if v.phone == "" {
			v.phone = "+48512345678"
		}
		input["phone"], input["confirmationCode"], input["smsAgreement"] = v.phone, v.secret(models.MessagePhoneCode, v.phone), true
	case "deleteAccount":
		input["clientAuthFactor"] = v.password
		if v.password == "" {
			input["clientAuthFactor"], input["identityProvider"] = v.token(), "GOOGLE"
		}
	case "revokeSession":
		input["id"] = "none"
	case "linkIdentityProvider":
		input["identityProvider"], input["externalToken"] = "GOOGLE", v.token()
		if v.issuers["other"] != nil {
			input["identityProvider"], input["externalToken"] = "OAUTH", v.newToken("other", v.name, identitytest.Claims{"auth_time": v.clock.Now().Unix()})
		}
	case "unlinkIdentityProvider":
		input["identityProvider"] = "GOOGLE"
	case "signOut":
		input["scope"] = "ALL_SESSIONS"
	case "cancelEmailChange", "cancelPhoneUpdate":
		return ""
	default:
		v.t.Fatalf("say in visitor.input what %s takes", operation)
	}
	if proof && withProof[operation] || proof && strings.HasSuffix(operation, "linkIdentityProvider") {
		switch {
		case v.password != "":
			input["password"] = v.password
		case withProof[operation]:
			input["identityProvider"], input["externalToken"] = "GOOGLE", v.token()
		default:
			input["currentIdentityProvider"], input["currentExternalToken"] = "GOOGLE", v.token()
		}
	}
	text, err := json.Marshal(input)
	check(v.t, err)
	return string(text)
}
