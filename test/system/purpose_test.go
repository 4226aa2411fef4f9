package system

import (
	"database/sql"
	"fmt"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check the purpose of a secret (R-CPR1, R-CPR3, R-CEC7, R-CPU7, R-KEY5, R-SES1): it works in its own
// operation and in no other; the response to a secret of another kind has the same bytes as the response to an
// invented one.

// secrets are one live secret of each kind, all of one customer.
type secrets map[string]string

// makeSecrets requests every secret that can be requested; the account's e-mail is not verified, because otherwise
// there would be no activation.
func makeSecrets(t *testing.T, w *world.World) secrets {
	t.Helper()
	w.Service.Settings.DoubleOptIn = true
	// An address that the shop vouches for has both: a token that proves it, and a token that undoes a change.
	world.NewSubject(t, w, account.NewAccount{
		Email: "demo2@example.com", Password: account.DemoPassword,
	}, func(a *models.Account) {
		since, number := w.Clock.Now().Add(-time.Hour), models.PhoneNumber("+48512345677")
		a.EmailVerifiedAt, a.Phone, a.PhoneVerifiedAt = nil, &number, &since
	})
	world.Succeed(t, w.Do(t, "", "requestAccountActivation", `{"email":"demo2@example.com"}`))
	activation := *w.Message(t, models.MessageActivation, "demo2@example.com").Token
	signIn := world.Succeed(t,
		w.Do(t, "customer", "signIn", world.Credentials("demo2@example.com", account.DemoPassword)))
	world.Succeed(t, w.Do(t, "customer", "requestEmailChange",
		`{"email":"new@example.com","password":"correct horse battery staple"}`))
	signInFrom(t, w, "other", "demo2@example.com", "another-device-0")
	phone := world.Succeed(t, w.Do(t, "customer", "requestPhoneUpdate", `{"phone":"+48512345678"}`))
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"demo2@example.com"}`))
	email := world.Succeed(t, w.Do(t, "customer", "account", ""))
	world.Succeed(t, w.Do(t, "customer", "requestIdentityCode", `{"channel":"PHONE"}`))
	toSignIn := world.Succeed(t, w.Do(t, "", "requestSignInCode", `{"email":"demo2@example.com"}`))
	world.Succeed(t, w.Do(t, "customer", "updateAccount", `{"agreements":{"email":true}}`))
	link, err := w.Service.By(account.Actor{Operator: "ops"}).
		UnsubscribeLink(t.Context(), "demo2@example.com", models.ConsentEmail)
	world.Check(t, err)

	return secrets{
		"reset": *w.Message(t, models.MessagePasswordReset, "").Token, "activation": activation,
		"email change": *w.Message(t, models.MessageEmailChange,
			"").Token, "undo": *w.Message(t, models.MessageEmailChangeAsked, "").Token,
		"phone code": *w.Message(t, models.MessagePhoneCode,
			"").Code, "challenge id": phone.At("requestPhoneUpdate.pending.challengeId").(string),
		"other challenge id": email.At("account.pendingEmailChange.challengeId").(string),
		"session":            w.Tokens["customer"], "session id": signIn.At("signIn.session.id").(string),
		"account id": signIn.At("signIn.account.id").(string), "API key": w.Keys["development"],
		"password":      account.DemoPassword,
		"identity code": *w.Message(t, models.MessageIdentityCode, "").Code,
		"sign-in code":  *w.Message(t, models.MessageSignInCode, "").Code, "sign-in challenge id": toSignIn.At("requestSignInCode.challengeId").(string),
		"consent": *w.Message(t, models.MessageConsentConfirm, "").Token, "unsubscribe": path.Base(link.URL),
		"device": *w.Message(t, models.MessageNewDevice, "").Token,
	}
}

// doors are the operations that take a secret: which kind, and the response to any other.
var doors = map[string]struct {
	own  string
	code models.Code
	send func(t *testing.T, w *world.World, all secrets, secret string) *world.Answer
}{
	"confirmPasswordReset.token": {"reset", models.CodeTokenInvalid, func(
		t *testing.T, w *world.World, _ secrets, secret string,
	) *world.Answer {
		return w.Do(t, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":"a long enough one"}`, secret))
	}},
	"confirmAccountActivation.token": {"activation", models.CodeTokenInvalid, func(
		t *testing.T, w *world.World, _ secrets, secret string,
	) *world.Answer {
		return w.Do(t, "", "confirmAccountActivation",
			fmt.Sprintf(`{"token":%q,"password":%q}`, secret, account.DemoPassword))
	}},
	"confirmEmailChange.token": {"email change", models.CodeTokenInvalid,
		func(t *testing.T, w *world.World, _ secrets, secret string) *world.Answer {
			return w.Do(t, "", "confirmEmailChange", fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`, secret))
		}},
	"undoEmailChange.token": {"undo", models.CodeTokenInvalid,
		func(t *testing.T, w *world.World, _ secrets, secret string) *world.Answer {
			return w.Do(t, "", "undoEmailChange", fmt.Sprintf(`{"token":%q}`, secret))
		}},
	"secureAccount.token": {"device", models.CodeTokenInvalid,
		func(t *testing.T, w *world.World, _ secrets, secret string) *world.Answer {
			return w.Do(t, "", "secureAccount", fmt.Sprintf(`{"token":%q}`, secret))
		}},
	"confirmConsent.token": {"consent", models.CodeTokenInvalid,
		func(t *testing.T, w *world.World, _ secrets, secret string) *world.Answer {
			return w.Do(t, "", "confirmConsent", fmt.Sprintf(`{"token":%q}`, secret))
		}},
	"confirmPhoneUpdate.confirmationCode": {"phone code", models.CodeCodeInvalid, func(
		t *testing.T, w *world.World, all secrets, secret string,
	) *world.Answer {
		return w.Do(t, "", "confirmPhoneUpdate", fmt.Sprintf(
			`{"phone":"+48512345678","confirmationCode":%q,"smsAgreement":true,"challengeId":%q}`, secret, all["challenge id"],
		))
	}},
	"confirmPhoneUpdate.confirmationCode with a session": {"phone code", models.CodeCodeInvalid,
		func(t *testing.T, w *world.World, _ secrets, secret string) *world.Answer {
			return w.Do(t, "customer", "confirmPhoneUpdate", confirmation("+48512345678", secret))
		}},
	"confirmPhoneUpdate.challengeId": {"challenge id", models.CodeCodeInvalid, func(
		t *testing.T, w *world.World, all secrets, secret string,
	) *world.Answer {
		return w.Do(t, "", "confirmPhoneUpdate", fmt.Sprintf(
			`{"phone":"+48512345678","confirmationCode":%q,"smsAgreement":true,"challengeId":%q}`, all["phone code"], secret,
		))
	}},
	"confirmPhoneUpdate.challengeId with a session": {"challenge id", models.CodeCodeInvalid, func(
		t *testing.T, w *world.World, all secrets, secret string,
	) *world.Answer {
		return w.Do(t, "customer", "confirmPhoneUpdate", fmt.Sprintf(
			`{"phone":"+48512345678","confirmationCode":%q,"smsAgreement":true,"challengeId":%q}`, all["phone code"], secret,
		))
	}},
	"signIn.password": {"password", models.CodeInvalidCredentials,
		func(t *testing.T, w *world.World, _ secrets, secret string) *world.Answer {
			return w.Do(t, "", "signIn", world.Credentials("demo2@example.com", secret))
		}},
	"changePassword.oldPassword": {"password", models.CodeInvalidCredentials, func(
		t *testing.T, w *world.World, _ secrets, secret string,
	) *world.Answer {
		return w.Do(t, "customer", "changePassword",
			fmt.Sprintf(`{"oldPassword":%q,"newPassword":"a long enough one"}`, secret))
	}},
	"deleteAccount.clientAuthFactor": {"password", models.CodeInvalidCredentials,
		func(t *testing.T, w *world.World, _ secrets, secret string) *world.Answer {
			return w.Do(t, "customer", "deleteAccount", fmt.Sprintf(`{"clientAuthFactor":%q}`, secret))
		}},
	"signInWithCode.code": {"sign-in code", models.CodeCodeInvalid,
		func(t *testing.T, w *world.World, all secrets, secret string) *world.Answer {
			return w.Do(t, "", "signInWithCode",
				fmt.Sprintf(`{"challengeId":%q,"code":%q}`, all["sign-in challenge id"], secret))
		}},
	"signInWithCode.challengeId": {"sign-in challenge id", models.CodeCodeInvalid,
		func(t *testing.T, w *world.World, all secrets, secret string) *world.Answer {
			return w.Do(t, "", "signInWithCode", fmt.Sprintf(`{"challengeId":%q,"code":%q}`, secret, all["sign-in code"]))
		}},
	"proveIdentity.code": {"identity code", models.CodeCodeInvalid,
		func(t *testing.T, w *world.World, _ secrets, secret string) *world.Answer {
			return w.Do(t, "customer", "proveIdentity", fmt.Sprintf(`{"code":%q}`, secret))
		}},
	"proveIdentity.password": {"password", models.CodeInvalidCredentials,
		func(t *testing.T, w *world.World, _ secrets, secret string) *world.Answer {
			return w.Do(t, "customer", "proveIdentity", fmt.Sprintf(`{"password":%q}`, secret))
		}},
	"Authorization": {"session", models.CodeUnauthenticated,
		func(t *testing.T, w *world.World, _ secrets, secret string) *world.Answer {
			w.Tokens["tried"] = secret
			return w.Do(t, "tried", "cancelPhoneUpdate", "")
		}},
	"X-Api-Key": {"API key", models.CodeAPIKeyInvalid,
		func(t *testing.T, w *world.World, _ secrets, secret string) *world.Answer {
			w.Keys["tried"] = secret
			return w.DoWith(t, "tried", "customer", "cancelPhoneUpdate", "")
		}},
}

// madeUp is an invented secret: the responses to it are the reference.
const madeUp = "q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng"

func TestSecretIsBoundToItsPurpose(t *testing.T) {
	for name, door := range doors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := world.DefaultSettings()
			settings.Limits.WrongPasswords = 1000
			w := world.New(t, settings)
			all := makeSecrets(t, w)
			rows := openRows(t, w)
			before := withoutAttempts(rows(t))
			measure := refused(t, door.send(t, w, all, madeUp), door.code)
			tried := map[string]string{
				"a token with a byte more":                all["reset"] + "A",
				"a session's secret alone":                strings.TrimPrefix(all["session"], "as_"),
				"a reset token in the shape of a session": "as_" + all["reset"], "another session's": "as_" + madeUp,
				"another key's": "ak_" + madeUp,
			}
			for kind, secret := range all {
				if kind != door.own {
					tried[kind] = secret
				}
			}

			if name := door.own; name == "API key" || name == "session" || name == "reset" {
				tried["its own in upper case"] = strings.ToUpper(all[name])
				tried["its own but a byte"] = all[name][:len(all[name])-1]
			}

			for kind, secret := range tried {
				forgetTries(t, w)
				if a := door.send(t, w, all, secret); unnumbered(a) != unnumbered(measure) {
					t.Errorf("%s is answered\n%s\nand a made-up secret\n%s", kind, a.Body, measure.Body)
				}
			}

			if withoutAttempts(rows(t)) != before {
				t.Error("a secret of another kind changed something")
			}

			forgetTries(t, w)
			if a := door.send(t, w, all, all[door.own]); a.Code() != "" {
				t.Errorf("its own secret is refused: %s", a.Body)
			}

			// A used secret is like an invented one; passwords, keys and sessions can be used again.
			if door.code == models.CodeTokenInvalid || door.code == models.CodeCodeInvalid {
				forgetTries(t, w)
				measure = refused(t, door.send(t, w, all, madeUp), door.code)
				forgetTries(t, w)
				if a := door.send(t, w, all, all[door.own]); unnumbered(a) != unnumbered(measure) {
					t.Errorf("the used secret is answered\n%s\nand a made-up one\n%s", a.Body, measure.Body)
				}
			}
		})
	}
}

// withoutAttempts removes the challenges whose attempts are counted.
func withoutAttempts(rows string) string {
	var kept []string
	for _, row := range strings.Split(rows, "\n") {
		if !strings.HasPrefix(row, "challenges ") {
			kept = append(kept, row)
		}
	}
	return strings.Join(kept, "\n")
}

// TestForeignTokens checks R-CEC2 and R-C2: with another customer's session the owner's token and code don't work,
// and stay valid for the owner.
func TestForeignTokens(t *testing.T) {
	t.Parallel()
	w := world.New(t, world.DefaultSettings())
	all := makeSecrets(t, w)
	addCustomer(t, w, "other")
	confirm := func(customer string) *world.Answer {
		return w.Do(t, customer, "confirmEmailChange",
			fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`, all["email change"]))
	}

	code := func(customer, more string) *world.Answer {
		return w.Do(t, customer, "confirmPhoneUpdate",
			fmt.Sprintf(`{"phone":"+48512345678","confirmationCode":%q,"smsAgreement":true%s}`, all["phone code"],
				more))
	}

	refused(t, confirm("other"), models.CodeTokenInvalid)
	refused(t, code("other", ""), models.CodeCodeInvalid)
	refused(t, code("other", fmt.Sprintf(`,"challengeId":%q`, all["challenge id"])), models.CodeCodeInvalid)
	// A session that has ended is not the same as no session (R-CPU7).
	w.Tokens["dead"] = "as_" + madeUp
	refused(t, code("dead", fmt.Sprintf(`,"challengeId":%q`, all["challenge id"])), models.CodeUnauthenticated)
	refused(t, code("", ""), models.CodeUnauthenticated)
	world.Succeed(t, code("", fmt.Sprintf(`,"challengeId":%q`, all["challenge id"])))
	world.Succeed(t, confirm("customer"))
	if a := world.Succeed(t,
		w.Do(t, "other", "account", "")); a.At("account.email") != "other@example.com" || a.At("account.phone") != nil {
		t.Errorf("the other customer has %v and %v", a.At("account.email"), a.At("account.phone"))
	}
}

// TestSecretsOfOtherCredentials checks R-CPR1 and R-CEC3 separately: a secret does not outlive the credentials with
// which it was issued, even if nothing has invalidated it.
func TestSecretsOfOtherCredentials(t *testing.T) {
	t.Parallel()
	for _, column := range []string{"credential_epoch", "email"} {
		for name, door := range doors {
			if door.code != models.CodeTokenInvalid && door.code != models.CodeCodeInvalid || door.own == "undo" {
				continue
			}
			if column == "credential_epoch" && (name == "confirmConsent.token" || name == "secureAccount.token") {
				continue // these are of the mailbox, whatever the password is
			}

			w := world.New(t, world.DefaultSettings())
			all := makeSecrets(t, w)
			customer, err := w.Service.FindAccount(t.Context(), "demo2@example.com")
			world.Check(t, err)
			customer.CredentialEpoch++
			customer.Email = "moved@example.com"
			world.Check(t, w.Store.InTx(t.Context(), func(tx account.Tx) error {
				return tx.UpdateAccount(t.Context(), customer, column)
			}))
			if a := door.send(t, w, all, all[door.own]); a.Code() != string(door.code) {
				t.Errorf("%s with another %s: %s", name, column, a.Body)
			}
		}
	}
}

// TestVoidSecretsAreNotSent checks R-PWD7 and R-OUT2: messages that were requested with the old password and are
// still queued are not sent.
func TestVoidSecretsAreNotSent(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
	world.Succeed(t,
		w.Do(t, "demo", "requestEmailChange", `{"email":"new@example.com","password":"correct horse battery staple"}`))
	world.Succeed(t, w.Do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`))
	world.Succeed(t, w.Do(t, "demo", "changePassword",
		`{"oldPassword":"correct horse battery staple","newPassword":"a long enough one"}`))

	for _, kind := range []models.MessageKind{
		models.MessagePasswordReset, models.MessageEmailChange, models.MessagePhoneCode,
	} {
		if n := count(t, w, kind); n != 0 {
			t.Errorf("%d messages %s were sent", n, kind)
		}
	}

	if count(t, w, models.MessagePasswordChanged) != 1 || count(t, w, models.MessageEmailChangeAsked) != 1 {
		t.Error("the notices were not sent")
	}
}

// forgetTries lets every code be tried five times again, so that each secret is compared with it.
func forgetTries(t *testing.T, w *world.World) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.Database+"?_busy_timeout=30000")
	world.Check(t, err)
	defer db.Close()

	for _, statement := range []string{
		"UPDATE challenges SET attempts = 0", "DELETE FROM budgets WHERE key LIKE 'signInCode:%'",
	} {
		_, err = db.Exec(statement)
		world.Check(t, err)
	}
}
