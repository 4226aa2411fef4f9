package system

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestNobodyTakesAProvenAddress lets people and a stranger do everything they can with what they know, in any
// order: their own passwords and sessions, and the mails in their own mailboxes. It predicts no response. It checks
// the purpose of R-PRF1 to R-PRF5: once somebody has proven an address, it stays with their account, and nothing
// that the stranger knows gives access to that account. The stranger also knows the first password of one customer,
// who is safe after the next reset.
func TestNobodyTakesAProvenAddress(t *testing.T) {
	modelFlags(t)
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := world.New(t, settings)
	record := &recorder{Store: w.Service.Store}
	w.Service.Store = record
	w.Trust(t, "google", models.ProviderGoogle, false, false)
	rapid.Check(t, func(rt *rapid.T) {
		w.Service.Settings.Registration = rapid.SampledFrom(
			[]account.Registration{account.RegistrationOpen, account.RegistrationVerified},
		).Draw(rt, "registration")
		town := newTown(t, w, record, int(checkNumber.Add(1)))
		rt.Repeat(map[string]func(*rapid.T){
			"": town.safe, "time passes": town.wait, "the shop imports": town.importClaim,
			"register": town.register, "register again": town.register, "ask for an activation": town.requestActivation,
			"activate": town.activate, "activate again": town.activate,
			"sign in": town.signIn, "sign in by a provider": town.signInByProvider, "link": town.link,
			"ask for a code": town.requestCode, "sign in by a code": town.signInByCode,
			"ask for a reset": town.requestReset, "reset": town.confirmReset,
			"ask for an e-mail": town.requestEmail, "confirm the e-mail": town.confirmEmail,
			"confirm the e-mail again": town.confirmEmail,
			"undo":                     town.undo, "change password": town.changePassword, "delete": town.deleteAccount,
		})
	})
}

// townsman is a person with some mailboxes, and what they know. The stranger is also one.
type townsman struct {
	name      string
	mailboxes []string
	passwords []string
	sessions  []string
	subject   string
	// challenges are those of the codes to sign in that the person asked for.
	challenges []string
	// watched is true if somebody else may know the account's password: the person checks the ways to sign in after
	// a reset.
	watched bool
}

// town holds all people of one check.
type town struct {
	t        *testing.T
	w        *world.World
	record   *recorder
	people   []*townsman
	stranger *townsman
	mails    []models.Message
	// proven holds the account of each address whose owner has proven it.
	proven map[string]string
	count  int
	prefix string
}

func newTown(t *testing.T, w *world.World, record *recorder, number int) *town {
	one := &town{t: t, w: w, record: record, proven: map[string]string{}, prefix: fmt.Sprintf("t%d-", number)}
	for _, name := range []string{"ada", "bob", "eve"} {
		address := one.prefix + name
		one.people = append(one.people, &townsman{
			name: name, subject: address, mailboxes: []string{address + "@example.com", address + "@example.net"},
		})
	}

	one.stranger = one.people[2]

	// The stranger has learned bob's password.
	bob := one.people[1]
	_, err := w.Service.CreateAccount(t.Context(),
		account.NewAccount{Email: models.EmailAddress(bob.mailboxes[0]), Password: account.DemoPassword})
	world.Check(t, err)
	bob.passwords, bob.watched = []string{account.DemoPassword}, true
	one.stranger.passwords = []string{account.DemoPassword, one.fresh(one.stranger)}

	return one
}

// fresh returns a new password of the person.
func (o *town) fresh(who *townsman) string {
	o.count++
	fresh := fmt.Sprintf("thought of by somebody: %d", o.count)
	who.passwords = append(who.passwords, fresh)
	return fresh
}

func (o *town) who(rt *rapid.T) *townsman {
	return rapid.SampledFrom([]*townsman{o.people[0], o.people[1], o.stranger, o.stranger}).Draw(rt, "who")
}

// address draws one of the person's own addresses, or any address for the stranger.
func (o *town) address(rt *rapid.T, who *townsman) string {
	addresses := who.mailboxes
	if who == o.stranger {
		addresses = slices.Concat(o.people[0].mailboxes, o.people[1].mailboxes, who.mailboxes)
	}
	return rapid.SampledFrom(addresses).Draw(rt, "address")
}

func (o *town) password(rt *rapid.T, who *townsman) string {
	if len(who.passwords) == 0 {
		return o.fresh(who)
	}
	return rapid.SampledFrom(who.passwords).Draw(rt, "password")
}

func (o *town) session(rt *rapid.T, who *townsman) string {
	if len(who.sessions) == 0 {
		return "as_" + madeUp
	}
	// Usually one of the newest.
	at := len(who.sessions) - 1 - min(rapid.IntRange(0, 3).Draw(rt, "session"), len(who.sessions)-1)
	return who.sessions[at]
}

// mail draws a token or a code of some kinds from the person's mailboxes; a mail may be read more than once.
func (o *town) mail(rt *rapid.T, who *townsman, kinds ...models.MessageKind) (secret, to string) {
	var got []models.Message
	for _, message := range o.mails {
		if slices.Contains(kinds, message.Kind) && slices.Contains(who.mailboxes, message.Recipient) &&
			message.Data.Token+message.Data.Code != "" {
			got = append(got, message)
		}
	}

	if len(got) == 0 {
		return madeUp, ""
	}

	at := len(got) - 1 - min(rapid.IntRange(0, 3).Draw(rt, "mail"), len(got)-1)

	return got[at].Data.Token + got[at].Data.Code, got[at].Recipient
}

// ask runs an operation, and delivers the mails.
func (o *town) ask(token, operation, input string) *world.Answer {
	o.record.reset()
	body := fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, world.Document(o.t, o.w.Schema, operation, true),
		input)
	a := o.w.Post(o.t,
		world.Call{Key: o.w.Keys["development"], Token: token, Accept: "application/graphql-response+json", Body: body})
	o.mails = append(o.mails, o.record.messages...)
	if a.Status >= 500 {
		o.t.Fatalf("%s %s: %d %s", operation, input, a.Status, a.Body)
	}

	return a
}

// enter keeps the session of a response.
func (o *town) enter(who *townsman, a *world.Answer, operation string) {
	if token, ok := a.At(operation + ".session.token").(string); ok {
		who.sessions = append(who.sessions, token)
	}
}

// own returns the id of the account that has an address, or "".
func (o *town) own(email string) string {
	holder, err := o.w.Service.FindAccount(o.t.Context(), email)
	if err != nil {
		return ""
	}
	return holder.ID
}

// prove records that a person has proven an address for the account that has it now.
func (o *town) prove(who *townsman, email string) {
	if who == o.stranger || who.watched {
		return
	}

	id := o.own(email)
	for _, mine := range who.mailboxes {
		if o.proven[mine] == id {
			delete(o.proven, mine)
		}
	}

	o.proven[email] = id
}

// safe checks what nobody may break.
func (o *town) safe(rt *rapid.T) {
	for email, id := range o.proven {
		holder, err := o.w.Service.FindAccount(o.t.Context(), email)
		if err != nil || holder.ID != id {
			rt.Fatalf("%s was proven and is no longer its account's: %+v, %v", email, holder, err)
		}

		for _, known := range o.stranger.passwords {
			if right, err := o.w.Service.Hasher.Verify(o.t.Context(), holder.PasswordHash, known); err != nil || right {
				rt.Fatalf("the stranger's password %q opens %s (%v)", known, email, err)
			}
		}

		sessions, err := o.w.Store.Sessions(o.t.Context(), id, o.w.Clock.Now())
		world.Check(o.t, err)

		for _, known := range o.stranger.sessions {
			if slices.ContainsFunc(sessions, func(s models.Session) bool {
				return bytes.Equal(s.TokenHash, account.HashToken(known))
			}) {
				rt.Fatalf("the stranger is signed in to %s", email)
			}
		}

		linked, err := o.w.Store.Identities(o.t.Context(), id)
		world.Check(o.t, err)
		if slices.ContainsFunc(linked, func(i models.Identity) bool { return i.Subject == o.stranger.subject }) {
			rt.Fatalf("the stranger's identity opens %s", email)
		}
	}
}

func (o *town) wait(rt *rapid.T) {
	o.w.Clock.Advance(rapid.SampledFrom(
		[]time.Duration{time.Second, time.Minute, time.Minute, 9 * time.Hour, 25 * time.Hour, 73 * time.Hour},
	).Draw(rt, "how long"))
}

func (o *town) externalToken(who *townsman, email string) string {
	o.count++
	return o.w.NewToken("google", who.subject,
		identitytest.Claims{"email": email, "email_verified": true, "jti": fmt.Sprint(o.prefix, o.count)})
}
