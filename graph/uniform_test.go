package graph_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// This file lists the answers that must not tell (R-RPR1, R-REC2, R-RPU3,
// R-HASH2): for each such operation the classes of accounts, addresses and
// numbers that nobody outside may tell apart. TestWork compares what is done for
// them, the timing laboratory how long it takes.

// uniform is an operation whose answer is the same for all classes of what its input names.
type uniform struct {
	name      string
	operation string
	// input is a format for the address or number.
	input string
	// customer says that the customer's session is sent.
	customer bool
	// verified says that registration is verified, where the rules for strange addresses are the strictest.
	verified bool
	// hashes is how many passwords are hashed.
	hashes  int
	classes []class
}

// class is a kind of address or number, and what the operation queues for it.
type class struct {
	name    string
	subject subject
	// sent is how many mails and text messages are really sent.
	sent int
}

// subject makes what the class is about, for an address and a number that nobody has.
type subject func(t testing.TB, w *world, email models.EmailAddress, phone models.PhoneNumber)

// customerEmail is the address of the customer whose session is sent.
const customerEmail = models.EmailAddress("customer@example.com")

const wrongPassword = "not the right password"

// withStatus is an account that is changed after it was made.
func withStatus(change func(account *models.Account)) subject {
	return func(t testing.TB, w *world, email models.EmailAddress, _ models.PhoneNumber) {
		t.Helper()
		newSubject(t, w, account.NewAccount{Email: email, Password: account.DemoPassword, FirstName: "Zoë"}, change)
	}
}

func newSubject(t testing.TB, w *world, wanted account.NewAccount, change func(account *models.Account)) {
	t.Helper()
	ctx := context.Background()
	customer, err := w.service.CreateAccount(ctx, wanted)
	check(t, err)
	change(customer)
	check(t, w.store.InTx(ctx, func(tx account.Tx) error {
		return tx.UpdateAccount(ctx, customer, "status", "email_verified_at", "email_vouched", "password_hash")
	}))
}

var (
	nobody  subject = func(testing.TB, *world, models.EmailAddress, models.PhoneNumber) {}
	known           = withStatus(func(*models.Account) {})
	pending         = withStatus(func(a *models.Account) { a.Status, a.EmailVerifiedAt = models.StatusPending, nil })
	// unverified is how open registration makes accounts.
	unverified = withStatus(func(a *models.Account) { a.EmailVerifiedAt = nil })
	// claimed is an address that somebody registered and never proved.
	claimed = withStatus(func(a *models.Account) { a.EmailVerifiedAt, a.EmailVouched = nil, false })
	// reserved is an address that its former account can still take back.
	reserved subject = func(t testing.TB, w *world, email models.EmailAddress, phone models.PhoneNumber) {
		known(t, w, email, phone)
		succeed(t, w.do(t, "mover", "signIn", credentials(email, account.DemoPassword)))
		target := "moved-" + string(email)
		succeed(t, w.do(t, "mover", "requestEmailChange", fmt.Sprintf(`{"email":%q,"password":%q}`, target, account.DemoPassword)))
		token := *w.message(t, models.MessageEmailChange, target).Token
		succeed(t, w.do(t, "", "confirmEmailChange", fmt.Sprintf(`{"token":%q,"newsletterAgreement":false}`, token)))
	}
	blocked            = withStatus(func(a *models.Account) { a.Status = models.StatusBlocked })
	noPassword         = withStatus(func(a *models.Account) { a.PasswordHash = nil })
	hasNumber  subject = func(t testing.TB, w *world, email models.EmailAddress, phone models.PhoneNumber) {
		newSubject(t, w, account.NewAccount{Email: email, Phone: phone}, func(*models.Account) {})
	}
)

// strangersPassword is that of a registration whose answer must not tell what became of it.
const strangersPassword = "a password of its own"

// registered is an address that somebody has tried to register.
func registered(of subject) subject {
	return func(t testing.TB, w *world, email models.EmailAddress, phone models.PhoneNumber) {
		t.Helper()
		of(t, w, email, phone)
		succeed(t, w.do(t, "", "registerAccount", credentials(email, strangersPassword)))
	}
}

// limitedFor is an address for which the operation has just been asked for.
func limitedFor(operation string, of subject) subject {
	return func(t testing.TB, w *world, email models.EmailAddress, phone models.PhoneNumber) {
		of(t, w, email, phone)
		w.do(t, "", operation, fmt.Sprintf(`{"email":%q}`, email))
	}
}

const registration = `{"email":%q,"password":"a password of its own","firstName":"Zoë","agreements":{"email":true,"sms":false}}`

// uniforms are the operations that must not tell. Their first class is the one that the others are compared with.
var uniforms = []uniform{
	{name: "signIn", operation: "signIn", input: `{"email":%q,"password":"` + wrongPassword + `"}`, hashes: 2, classes: []class{
		{"claimed", claimed, 0}, {"known", known, 0}, {"unknown", nobody, 0}, {"pending", pending, 0}, {"blocked", blocked, 0}, {"no password", noPassword, 0},
	}},
	{name: "signIn after registering", operation: "signIn", input: `{"email":%q,"password":"` + strangersPassword + `"}`, verified: true, hashes: 2, classes: []class{
		{"free", registered(nobody), 0}, {"taken", registered(known), 0}, {"taken, blocked", registered(blocked), 0}, {"claimed", registered(claimed), 0},
	}},
	{name: "requestPasswordReset", operation: "requestPasswordReset", input: `{"email":%q}`, classes: []class{
		{"known", known, 1}, {"unknown", nobody, 0}, {"pending", pending, 1}, {"blocked", blocked, 0}, {"no password", noPassword, 1},
		{"asked for just now", limitedFor("requestPasswordReset", known), 1}, {"asked for just now, unknown", limitedFor("requestPasswordReset", nobody), 0},
	}},
	{name: "requestAccountActivation", operation: "requestAccountActivation", input: `{"email":%q}`, classes: []class{
		{"unverified", unverified, 1}, {"pending", pending, 1}, {"verified", known, 0}, {"unknown", nobody, 0}, {"blocked", blocked, 0},
		{"asked for just now", limitedFor("requestAccountActivation", pending), 1},
	}},
	{name: "registerAccount", operation: "registerAccount", input: registration, hashes: 1, classes: []class{
		{"new", nobody, 1}, {"taken", known, 1}, {"taken, pending", pending, 1}, {"taken, blocked", blocked, 1}, {"claimed", claimed, 1}, {"reserved", reserved, 1},
	}},
	{name: "registerAccount, verified", operation: "registerAccount", input: registration, verified: true, hashes: 1, classes: []class{
		{"new", nobody, 1}, {"taken", known, 1}, {"taken, pending", pending, 1}, {"taken, blocked", blocked, 1}, {"claimed", claimed, 1}, {"reserved", reserved, 1},
	}},
	{name: "requestEmailChange", operation: "requestEmailChange", input: `{"email":%q,"password":"` + account.DemoPassword + `"}`, customer: true, hashes: 1, classes: []class{
		{"free", nobody, 2}, {"taken", known, 2}, {"taken, pending", pending, 2}, {"claimed", claimed, 2}, {"reserved", reserved, 2},
	}},
	{name: "requestEmailChange by accountEmail", operation: "requestEmailChange", hashes: 2,
		input: `{"accountEmail":%q,"email":"new@example.com","password":"` + wrongPassword + `"}`, classes: []class{
			{"known", known, 0}, {"unknown", nobody, 0}, {"pending", pending, 0}, {"blocked", blocked, 0}, {"no password", noPassword, 0},
		}},
	{name: "requestPhoneUpdate", operation: "requestPhoneUpdate", input: `{"phone":%q}`, customer: true, classes: []class{
		{"free", nobody, 1}, {"taken", hasNumber, 1},
	}},
	{name: "requestPhoneUpdate by accountEmail", operation: "requestPhoneUpdate", hashes: 2,
		input: `{"accountEmail":%q,"phone":"+48512345678","password":"` + wrongPassword + `"}`, classes: []class{
			{"known", known, 0}, {"unknown", nobody, 0}, {"blocked", blocked, 0},
		}},
	{name: "updateAccount with an email", operation: "updateAccount", input: `{"email":%q,"password":"` + account.DemoPassword + `"}`, customer: true, hashes: 1, classes: []class{
		{"free", nobody, 2}, {"taken", known, 2},
	}},
	{name: "updateAccount with a phone", operation: "updateAccount", input: `{"phone":%q,"password":"` + account.DemoPassword + `"}`, customer: true, hashes: 1, classes: []class{
		{"free", nobody, 1}, {"taken", hasNumber, 1},
	}},
}
