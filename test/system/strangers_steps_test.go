package system

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These are the steps of TestNobodyTakesAProvenAddress. People use their own addresses, and follow links of their
// own requests; the stranger tries everything.

func (o *town) register(rt *rapid.T) {
	who := o.who(rt)
	o.ask("", "registerAccount", world.Credentials(models.EmailAddress(o.address(rt, who)), o.password(rt, who)))
}

func (o *town) requestActivation(rt *rapid.T) {
	o.ask("", "requestAccountActivation", fmt.Sprintf(`{"email":%q}`, o.address(rt, o.who(rt))))
}

// activate follows any link of an activation, because people can't distinguish their own from a stranger's, with a
// password or in a session.
func (o *town) activate(rt *rapid.T) {
	who := o.who(rt)
	token, to := o.mail(rt, who, models.MessageActivation)
	session, input := "", fmt.Sprintf(`{"token":%q,"password":%q}`, token, o.password(rt, who))
	if rapid.Bool().Draw(rt, "in a session") {
		session, input = o.session(rt, who), fmt.Sprintf(`{"token":%q}`, token)
	}

	a := o.ask(session, "confirmAccountActivation", input)
	if a.Code() == "" {
		o.enter(who, a, "confirmAccountActivation")
		o.prove(who, to)
	}
}

func (o *town) signIn(rt *rapid.T) {
	who := o.who(rt)
	o.enter(who, o.ask("", "signIn", world.Credentials(models.EmailAddress(o.address(rt, who)), o.password(rt, who))),
		"signIn")
}

func (o *town) signInByProvider(rt *rapid.T) {
	who := o.who(rt)
	email := rapid.SampledFrom(who.mailboxes).Draw(rt, "mailbox")
	before := o.own(email)
	a := o.ask("", "signInWithIdentityProvider",
		fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q}`, o.externalToken(who, email)))
	o.enter(who, a, "signInWithIdentityProvider")
	// The provider vouches for the address of an account that it creates.
	if a.Code() == "" && a.At("signInWithIdentityProvider.account.email") == email && o.own(email) != before {
		o.prove(who, email)
	}
}

// requestCode asks for a code to sign in; the stranger also for the addresses of others.
func (o *town) requestCode(rt *rapid.T) {
	who := o.who(rt)
	a := o.ask("", "requestSignInCode", fmt.Sprintf(`{"email":%q}`, o.address(rt, who)))
	who.challenges = append(who.challenges, a.At("requestSignInCode.challengeId").(string))
}

// signInByCode types a code that the person's own mailbox got, where the person asked for one.
func (o *town) signInByCode(rt *rapid.T) {
	who, challenge := o.who(rt), madeUp
	if last := len(who.challenges) - 1; last >= 0 {
		challenge = who.challenges[last-min(rapid.IntRange(0, 3).Draw(rt, "challenge"), last)]
	}

	code, _ := o.mail(rt, who, models.MessageSignInCode)
	o.enter(who, o.ask("", "signInWithCode", fmt.Sprintf(`{"challengeId":%q,"code":%q}`, challenge, code)), "signInWithCode")
}

func (o *town) link(rt *rapid.T) {
	who := o.who(rt)
	o.ask(o.session(rt, who), "linkIdentityProvider",
		fmt.Sprintf(`{"identityProvider":"GOOGLE","externalToken":%q,"password":%q}`,
			o.externalToken(who, who.mailboxes[0]), o.password(rt, who)))
}

func (o *town) requestReset(rt *rapid.T) {
	o.ask("", "requestPasswordReset", fmt.Sprintf(`{"email":%q}`, o.address(rt, o.who(rt))))
}

// confirmReset makes secrets of others invalid. If the password was known, the person checks the ways to sign in
// afterwards.
func (o *town) confirmReset(rt *rapid.T) {
	who := o.who(rt)
	token, to := o.mail(rt, who, models.MessagePasswordReset)
	chosen := o.fresh(who)
	if a := o.ask("", "confirmPasswordReset",
		fmt.Sprintf(`{"token":%q,"password":%q}`, token, chosen)); a.Code() != "" {
		return
	}

	if who.watched && who != o.stranger {
		who.watched = false
		a := o.ask("", "signIn", world.Credentials(models.EmailAddress(to), chosen))
		o.ask(a.At("signIn.session.token").(string), "unlinkIdentityProvider",
			fmt.Sprintf(`{"identityProvider":"GOOGLE","password":%q}`, chosen))
		// From now on nothing from before it is valid.
		who.passwords, who.sessions, who.subject = []string{chosen}, nil, who.subject+"-again"
	}

	o.prove(who, to)
}

func (o *town) requestEmail(rt *rapid.T) {
	who := o.who(rt)
	o.ask(o.session(rt, who), "requestEmailChange",
		fmt.Sprintf(`{"email":%q,"password":%q}`, o.address(rt, who), o.password(rt, who)))
}

// confirmEmail follows the link of a change: people do so while they are signed in, because they requested it
// there.
func (o *town) confirmEmail(rt *rapid.T) {
	who := o.who(rt)
	token, to := o.mail(rt, who, models.MessageEmailChange)
	session := o.session(rt, who)
	if who != o.stranger && o.w.Post(o.t,
		world.Call{Key: o.w.Keys["development"], Token: session, Body: `{"query":"{ account { id } }"}`}).Code() != "" {
		return
	}
	if a := o.ask(session, "confirmEmailChange",
		fmt.Sprintf(`{"token":%q,"newsletterAgreement":false}`, token)); a.Code() == "" {
		o.prove(who, to)
	}
}

// undo takes an address back. It keeps the password, which the other party may know: the person resets it next.
func (o *town) undo(rt *rapid.T) {
	who := o.who(rt)
	token, to := o.mail(rt, who, models.MessageEmailChangeAsked, models.MessageEmailChanged)
	if a := o.ask("", "undoEmailChange", fmt.Sprintf(`{"token":%q}`, token)); a.Code() == "" && who != o.stranger {
		id := o.own(to)
		for email, of := range o.proven {
			if of == id {
				delete(o.proven, email)
			}
		}
		who.watched = true
	}
}

func (o *town) changePassword(rt *rapid.T) {
	who := o.who(rt)
	o.enter(who, o.ask(o.session(rt, who), "changePassword",
		fmt.Sprintf(`{"oldPassword":%q,"newPassword":%q}`, o.password(rt, who), o.fresh(who))), "changePassword")
}

func (o *town) deleteAccount(rt *rapid.T) {
	who := o.who(rt)
	session := o.session(rt, who)
	asked := o.w.Post(o.t,
		world.Call{Key: o.w.Keys["development"], Token: session, Body: `{"query":"{ account { id } }"}`})
	if a := o.ask(session, "deleteAccount",
		fmt.Sprintf(`{"clientAuthFactor":%q}`, o.password(rt, who))); a.Code() == "" && who != o.stranger {
		for email, id := range o.proven {
			if id == asked.At("account.id") {
				delete(o.proven, email)
			}
		}
	}
}

// importClaim imports what the stranger once registered, and never proved, in the shop's old system: a password,
// and an identity.
func (o *town) importClaim(rt *rapid.T) {
	email := o.address(rt, o.stranger)
	hash, err := o.w.Service.Hasher.Hash(o.t.Context(), o.password(rt, o.stranger))
	world.Check(o.t, err)
	status := rapid.SampledFrom([]string{"ACTIVE", "PENDING"}).Draw(rt, "status")
	_, _, _ = importLines(o.w,
		fmt.Sprintf(`{"email":%q,"status":%q,"passwordHash":%q,"identities":[{"identityProvider":"GOOGLE","issuer":%q,"subject":%q,"linkedAt":"2020-01-01T00:00:00Z"}]}`,
			email, status, hash, o.w.Issuers["google"].URL, o.stranger.subject), false)
}
