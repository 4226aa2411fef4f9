package world

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// This file lists the responses that must reveal nothing (R-RPR1, R-REC2, R-RPU3, R-HASH2): for each such operation
// the classes of accounts, addresses and numbers that no outsider may distinguish. TestWork compares the work for
// them, the timing laboratory the time.

// Uniform is an operation whose response is the same for all classes of the accounts or addresses in its input.
type Uniform struct {
	Name      string
	Operation string
	// Input is a format for the address or number, or Answer returns the input of an operation that answers another.
	Input  string
	Answer func(t testing.TB, w *World, email models.EmailAddress) string
	// Customer is true if the customer's session is sent.
	Customer bool
	// Verified is true if registration is verified, where the rules for strange addresses are the strictest.
	Verified bool
	// Hashes is the number of passwords that are hashed.
	Hashes  int
	Classes []Class
}

// InputOf returns the input of the operation for an address and a number.
func (u Uniform) InputOf(t testing.TB, w *World, email models.EmailAddress, phone models.PhoneNumber) string {
	t.Helper()
	switch {
	case u.Answer != nil:
		return u.Answer(t, w, email)
	case strings.Contains(u.Input, `"phone":%q`):
		return fmt.Sprintf(u.Input, phone)
	}
	return fmt.Sprintf(u.Input, email)
}

// Class is a kind of address or number, with the messages that the operation queues for it.
type Class struct {
	Name    string
	Subject Subject
	// Sent is the number of mails and text messages that are really sent.
	Sent int
}

// Subject creates the account or address of the class, for an unused address and number.
type Subject func(t testing.TB, w *World, email models.EmailAddress, phone models.PhoneNumber)

// CustomerEmail is the address of the customer whose session is sent.
const CustomerEmail = models.EmailAddress("customer@example.com")

const wrongPassword = "not the right password"

// withStatus creates an account and then changes it.
func withStatus(change func(account *models.Account)) Subject {
	return func(t testing.TB, w *World, email models.EmailAddress, _ models.PhoneNumber) {
		t.Helper()
		NewSubject(t, w, account.NewAccount{Email: email, Password: account.DemoPassword, FirstName: "Zoë"}, change)
	}
}

func NewSubject(t testing.TB, w *World, wanted account.NewAccount, change func(account *models.Account)) {
	t.Helper()
	ctx := context.Background()
	customer, err := w.Service.CreateAccount(ctx, wanted)
	Check(t, err)
	change(customer)
	Check(t, w.Store.InTx(ctx, func(tx account.Tx) error {
		return tx.UpdateAccount(ctx, customer,
			"status", "email_verified_at", "email_vouched", "password_hash", "phone", "phone_verified_at")
	}))
}

var (
	nobody  Subject = func(testing.TB, *World, models.EmailAddress, models.PhoneNumber) {}
	known           = withStatus(func(*models.Account) {})
	pending         = withStatus(func(a *models.Account) { a.Status, a.EmailVerifiedAt = models.StatusPending, nil })
	// unverified creates an account like open registration.
	unverified = withStatus(func(a *models.Account) { a.EmailVerifiedAt = nil })
	// claimed creates an address that somebody registered and never proved.
	claimed = withStatus(func(a *models.Account) { a.EmailVerifiedAt, a.EmailVouched = nil, false })
	// reserved creates an address that its former account can still take back.
	reserved Subject = func(t testing.TB, w *World, email models.EmailAddress, phone models.PhoneNumber) {
		known(t, w, email, phone)
		Succeed(t, w.Do(t, "mover", "signIn", Credentials(email, account.DemoPassword)))
		target := "moved-" + string(email)
		Succeed(t, w.Do(t, "mover", "requestEmailChange",
			fmt.Sprintf(`{"email":%q,"password":%q}`, target, account.DemoPassword)))
		token := *w.Message(t, models.MessageEmailChange, target).Token
		Succeed(t, w.Do(t, "", "confirmEmailChange", fmt.Sprintf(`{"token":%q,"newsletterAgreement":false}`, token)))
	}
	blocked            = withStatus(func(a *models.Account) { a.Status = models.StatusBlocked })
	noPassword         = withStatus(func(a *models.Account) { a.PasswordHash = nil })
	hasNumber  Subject = func(t testing.TB, w *World, email models.EmailAddress, phone models.PhoneNumber) {
		NewSubject(t, w, account.NewAccount{Email: email, Phone: phone}, func(*models.Account) {})
	}
)

// wrongCode answers the challenge of an address with a code that was sent to nobody.
func wrongCode(t testing.TB, w *World, email models.EmailAddress) string {
	t.Helper()
	a := Succeed(t, w.Do(t, "", "requestSignInCode", fmt.Sprintf(`{"email":%q}`, email)))
	return fmt.Sprintf(`{"challengeId":%q,"code":"wrong"}`, a.At("requestSignInCode.challengeId"))
}

// strangersPassword is the password of registrations whose response must be uniform.
const strangersPassword = "a password of its own"

// registered creates an address that somebody has tried to register.
func registered(of Subject) Subject {
	return func(t testing.TB, w *World, email models.EmailAddress, phone models.PhoneNumber) {
		t.Helper()
		of(t, w, email, phone)
		Succeed(t, w.Do(t, "", "registerAccount", Credentials(email, strangersPassword)))
	}
}

// limitedFor creates an address for which the operation has just been requested.
func limitedFor(operation string, of Subject) Subject {
	return func(t testing.TB, w *World, email models.EmailAddress, phone models.PhoneNumber) {
		of(t, w, email, phone)
		w.Do(t, "", operation, fmt.Sprintf(`{"email":%q}`, email))
	}
}

const registration = `{"email":%q,"password":"a password of its own","firstName":"Zoë","agreements":{"email":true,"sms":false}}`

// Uniforms are the operations whose responses must be uniform. The other classes are compared with the first.
var Uniforms = []Uniform{
	{Name: "signIn", Operation: "signIn", Input: `{"email":%q,"password":"` + wrongPassword +
		`"}`, Hashes: 2, Classes: []Class{
		{"claimed", claimed, 0}, {"known", known, 0}, {"unknown", nobody, 0}, {"pending", pending, 0},
		{"blocked", blocked, 0}, {"no password", noPassword, 0}, {"has an authenticator", hasAuthenticator(known), 0},
	}},
	{Name: "signIn after registering", Operation: "signIn", Input: `{"email":%q,"password":"` + strangersPassword +
		`"}`, Verified: true, Hashes: 2, Classes: []Class{
		{"free", registered(nobody), 0}, {"taken", registered(known), 0}, {"taken, blocked", registered(blocked), 0},
		{"claimed", registered(claimed), 0},
	}},
	{Name: "requestPasswordReset", Operation: "requestPasswordReset", Input: `{"email":%q}`, Classes: []Class{
		{"known", known, 1}, {"unknown", nobody, 0}, {"pending", pending, 1}, {"blocked", blocked, 0},
		{"no password", noPassword, 1}, {"has an authenticator", hasAuthenticator(known), 1},
		{"asked for just now", limitedFor("requestPasswordReset", known), 1},
		{"asked for just now, unknown", limitedFor("requestPasswordReset", nobody), 0},
	}},
	{Name: "requestAccountActivation", Operation: "requestAccountActivation", Input: `{"email":%q}`, Classes: []Class{
		{"unverified", unverified, 1}, {"pending", pending, 1}, {"verified", known, 0}, {"unknown", nobody, 0},
		{"blocked", blocked, 0},
		{"asked for just now", limitedFor("requestAccountActivation", pending), 1},
	}},
	{Name: "registerAccount", Operation: "registerAccount", Input: registration, Hashes: 1, Classes: []Class{
		{"new", nobody, 1}, {"taken", known, 1}, {"taken, pending", pending, 1}, {"taken, blocked", blocked, 1},
		{"claimed", claimed, 1}, {"reserved", reserved, 1},
	}},
	{Name: "registerAccount, verified", Operation: "registerAccount", Input: registration, Verified: true, Hashes: 1,
		Classes: []Class{
			{"new", nobody, 1}, {"taken", known, 1}, {"taken, pending", pending, 1}, {"taken, blocked", blocked, 1},
			{"claimed", claimed, 1}, {"reserved", reserved, 1},
		}},
	{Name: "requestEmailChange", Operation: "requestEmailChange", Input: `{"email":%q,"password":"` +
		account.DemoPassword + `"}`, Customer: true, Hashes: 1, Classes: []Class{
		{"free", nobody, 2}, {"taken", known, 2}, {"taken, pending", pending, 2}, {"claimed", claimed, 2},
		{"reserved", reserved, 2},
	}},
	{Name: "requestEmailChange by accountEmail", Operation: "requestEmailChange", Hashes: 2,
		Input: `{"accountEmail":%q,"email":"new@example.com","password":"` + wrongPassword + `"}`, Classes: []Class{
			{"known", known, 0}, {"unknown", nobody, 0}, {"pending", pending, 0}, {"blocked", blocked, 0},
			{"no password", noPassword, 0},
		}},
	{Name: "requestEmailChange by accountEmail and a code", Operation: "requestEmailChange", Hashes: 2,
		Input: `{"accountEmail":%q,"email":"new@example.com","password":"` + wrongPassword +
			`","authenticatorCode":"123456"}`, Classes: []Class{
			{"known", known, 0}, {"has an authenticator", hasAuthenticator(known), 0}, {"unknown", nobody, 0},
		}},
	{Name: "requestPhoneUpdate", Operation: "requestPhoneUpdate", Input: `{"phone":%q}`, Customer: true,
		Classes: []Class{
			{"free", nobody, 1}, {"taken", hasNumber, 1},
		}},
	{Name: "requestPhoneUpdate by accountEmail", Operation: "requestPhoneUpdate", Hashes: 2,
		Input: `{"accountEmail":%q,"phone":"+48512345678","password":"` + wrongPassword + `"}`, Classes: []Class{
			{"known", known, 0}, {"unknown", nobody, 0}, {"blocked", blocked, 0},
		}},
	{Name: "updateAccount with an email", Operation: "updateAccount",
		Input: `{"email":%q,"password":"` + account.DemoPassword + `"}`, Customer: true, Hashes: 1, Classes: []Class{
			{"free", nobody, 2}, {"taken", known, 2},
		}},
	{Name: "updateAccount with a phone", Operation: "updateAccount",
		Input: `{"phone":%q,"password":"` + account.DemoPassword + `"}`, Customer: true, Hashes: 1, Classes: []Class{
			{"free", nobody, 1}, {"taken", hasNumber, 1},
		}},
	{Name: "requestSignInCode", Operation: "requestSignInCode", Input: `{"email":%q}`, Classes: []Class{
		{"known", known, 1}, {"unknown", nobody, 0}, {"pending", pending, 1}, {"claimed", claimed, 0},
		{"blocked", blocked, 1}, {"no password", noPassword, 1}, {"has an authenticator", hasAuthenticator(known), 1},
		{"asked for just now", limitedFor("requestSignInCode", known), 1},
		{"asked for just now, unknown", limitedFor("requestSignInCode", nobody), 0},
	}},
	{Name: "signInWithCode", Operation: "signInWithCode", Answer: wrongCode, Classes: []Class{
		{"known", known, 0}, {"unknown", nobody, 0}, {"pending", pending, 0}, {"claimed", claimed, 0},
		{"blocked", blocked, 0}, {"no password", noPassword, 0}, {"has an authenticator", hasAuthenticator(known), 0},
	}},
	{Name: "requestPasskeySignIn", Operation: "requestPasskeySignIn", Input: `{"email":%q}`, Classes: []Class{
		{"unknown", nobody, 0}, {"known", known, 0}, {"has a passkey", hasPasskey(known), 0}, {"pending", pending, 0},
		{"has a passkey, blocked", hasPasskey(blocked), 0},
	}},
	{Name: "signInWithPasskey", Operation: "signInWithPasskey", Answer: strangersPasskey, Classes: []Class{
		{"unknown", nobody, 0}, {"known", known, 0}, {"has a passkey", hasPasskey(known), 0}, {"pending", pending, 0},
		{"has a passkey, blocked", hasPasskey(blocked), 0},
	}},
}
