package journal

import (
	"encoding/base32"
	"maps"
	"time"

	"github.com/accountql/accountql/internal/totp"
)

// This file holds the second factors of the customer who only adds ways in: an authenticator app, and recovery codes.

const (
	// recoveryCodes is how many an account gets.
	recoveryCodes = 10
	// spare is how many recovery codes the customer keeps for the end of an account: to delete it, to call that off, and
	// to sign in again.
	spare = 3
)

// app is the customer's authenticator app, and the recovery codes on paper.
type app struct {
	// id is that of the authenticator, or "" if the answer that had it was lost.
	id     string
	secret []byte
	// step is the last one that was used.
	step int64
	// recovery are the codes that are left, and used is one that was acknowledged as used, or "".
	recovery []string
	used     string
	// completed is the challenge of a sign-in that was completed, or "".
	completed string
}

// enrolled reports whether the account has an authenticator, so that a password alone opens nothing.
func (c *customer) enrolled() bool { return c.journal["authenticators"] > 0 }

// second is a second factor that goes into an operation: a code of the app, or a recovery code.
type second struct {
	recovery bool
	code     string
	step     int64
	// until is when the code is too old to be sent again.
	until time.Time
}

// tooLate reports whether an operation is refused only because it was sent too often or too late.
func (o *operation) tooLate(code string) bool {
	const tries = 5
	switch code {
	case "CODE_INVALID":
		return !o.until.IsZero() && time.Now().After(o.until) || o.tried && o.sent > tries
	case "TOKEN_INVALID":
		return o.tried && o.sent > tries
	}
	return false
}

// second returns the next second factor of the account: a code of the app where one was not used yet, which is the case
// about twice a minute, and a recovery code otherwise. It returns nil if the customer has neither.
func (c *customer) second() *second {
	now := totp.Step(time.Now())
	if step := max(now, c.app.step+1); step <= now+1 {
		code, err := totp.Code(c.app.secret, step)
		if err != nil {
			c.driver.t.Error(err)
		}
		return &second{code: code, step: step, until: time.Unix(0, 0).Add(time.Duration(step+2) * totp.Period)}
	}
	if len(c.app.recovery) == 0 {
		return nil
	}

	return &second{recovery: true, code: c.app.recovery[0]}
}

// effect is what the use of the factor changes, in the same transaction as what it is used for.
func (s *second) effect(f facts) {
	if s.recovery {
		f["recovery codes"]--
		f["message RECOVERY_CODE_USED"]++
		return
	}
	f["last step"] = int(s.step)
}

// spend notes that the factor was used.
func (c *customer) spend(s *second) {
	if s.recovery {
		c.app.used, c.app.recovery = s.code, c.app.recovery[1:]
		return
	}
	c.app.step = s.step
}

// provedTwice adds a second factor to an operation whose input proves the password, if the account asks for one. It returns
// nil if the customer has none left.
func (c *customer) provedTwice(o *operation) *operation {
	if !c.enrolled() {
		return o
	}
	given := c.second()
	if given == nil {
		return nil
	}

	o.input, o.until = maps.Clone(o.input), given.until
	if given.recovery {
		o.input["recoveryCode"] = given.code
	} else {
		o.input["authenticatorCode"] = given.code
	}

	effect, done := o.effect, o.done
	o.effect = func(f facts) {
		given.effect(f)
		effect(f)
	}
	o.done = func(answered *answer) {
		c.spend(given)
		done(answered)
	}

	return o
}

// begunAuthenticator is the answer of requestAuthenticator.
type begunAuthenticator struct{ ChallengeID, Secret string }

// nextFactor returns an operation of the second factors of an account that has some, or nil.
func (c *customer) nextFactor() *operation {
	switch draw := c.random.IntN(10); {
	case draw > 8 || len(c.app.recovery) <= spare:
		return c.replaceRecoveryCodes()
	case draw == 0 && c.app.id != "":
		return c.removeAuthenticator()
	case draw == 1:
		return c.signIn() // seldom: passwords are hashed, which is most of the work of the process
	case draw < 7 && c.driver.Inbox:
		return c.requestSignInCode()
	}

	return nil
}

func (c *customer) requestAuthenticator() *operation {
	return &operation{
		name:   "requestAuthenticator",
		query:  `mutation ($input: RequestAuthenticatorInput!) { requestAuthenticator(input: $input) { challengeId secret } }`,
		input:  map[string]any{"password": c.password},
		token:  c.token(),
		effect: func(f facts) { f["open AUTHENTICATOR"] = 1 },
		done: func(given *answer) {
			if given != nil {
				c.enrolling = given.RequestAuthenticator
			}
		},
	}
}

// confirmAuthenticator adds the first authenticator, which brings the recovery codes and ends the other sessions.
func (c *customer) confirmAuthenticator() *operation {
	secret, err := base32.StdEncoding.DecodeString(c.enrolling.Secret)
	if err != nil {
		c.driver.t.Error(err)
	}
	c.app = app{secret: secret}
	first := c.second()
	challenge := c.enrolling.ChallengeID

	return &operation{
		name: "confirmAuthenticator",
		query: `mutation ($input: ConfirmAuthenticatorInput!) {
			confirmAuthenticator(input: $input) { authenticator { id } recoveryCodes } }`,
		input: map[string]any{"challengeId": challenge, "code": first.code},
		token: c.token(),
		until: first.until,
		tried: true,
		effect: func(f facts) {
			void(f)
			first.effect(f)
			f["authenticators"], f["recovery codes"], f["sessions"] = 1, recoveryCodes, 1
			f["version"]++
			f["epoch"]++
			f["message AUTHENTICATOR_ADDED"]++
		},
		done: func(given *answer) {
			c.spend(first)
			c.keep(c.token())
			if given != nil {
				c.app.id = given.ConfirmAuthenticator.Authenticator.ID
				c.app.recovery = given.ConfirmAuthenticator.RecoveryCodes
			}
		},
	}
}

func (c *customer) replaceRecoveryCodes() *operation {
	return c.provedTwice(&operation{
		name:  "replaceRecoveryCodes",
		query: `mutation ($input: ReplaceRecoveryCodesInput!) { replaceRecoveryCodes(input: $input) { recoveryCodes } }`,
		input: map[string]any{"password": c.password},
		token: c.token(),
		effect: func(f facts) {
			f["recovery codes"] = recoveryCodes
			f["message RECOVERY_CODES_REPLACED"]++
		},
		done: func(given *answer) {
			if len(c.app.recovery) > 0 {
				c.app.used = c.app.recovery[0] // the earlier ones are as good as used
			}
			c.app.recovery = nil
			if given != nil {
				c.app.recovery = given.ReplaceRecoveryCodes.RecoveryCodes
			}
		},
	})
}

// removeAuthenticator removes the only authenticator. The recovery codes and the other sessions go with it.
func (c *customer) removeAuthenticator() *operation {
	return c.provedTwice(&operation{
		name:  "removeAuthenticator",
		query: `mutation ($input: RemoveAuthenticatorInput!) { removeAuthenticator(input: $input) { revokedSessions } }`,
		input: map[string]any{"id": c.app.id, "password": c.password},
		token: c.token(),
		effect: func(f facts) {
			void(f)
			f["authenticators"], f["recovery codes"], f["last step"], f["sessions"] = 0, 0, 0, 1
			f["version"]++
			f["epoch"]++
			f["message AUTHENTICATOR_REMOVED"]++
		},
		done: func(*answer) {
			c.keep(c.token())
			c.app = app{}
		},
	})
}

// askedForSecond remembers the challenge of a sign-in whose first step is done.
func (c *customer) askedForSecond(refusal *answer) {
	if refusal != nil {
		c.challenge = refusal.ChallengeID
	}
}

// completeSignIn is the second step of a sign-in. It returns nil if the customer has no second factor left.
func (c *customer) completeSignIn() *operation {
	given, challenge := c.second(), c.challenge
	if given == nil {
		c.challenge = ""
		return nil
	}

	field := "code"
	if given.recovery {
		field = "recoveryCode"
	}

	return &operation{
		name:  "completeSignIn",
		query: `mutation ($input: CompleteSignInInput!) { completeSignIn(input: $input) { session { token } account { id } } }`,
		input: map[string]any{"challengeId": challenge, field: given.code},
		until: given.until,
		tried: true,
		effect: func(f facts) {
			given.effect(f)
			f["sessions"]++
		},
		done: func(answered *answer) {
			c.spend(given)
			c.challenge, c.app.completed = "", challenge
			if answered != nil {
				c.signedIn(answered.CompleteSignIn)
			}
		},
	}
}

// verifySpent tries what was acknowledged as used: a step of the app, a recovery code, and the challenge of a sign-in. None
// of them may open the account again, and the tries may change nothing.
func (d *Driver) verifySpent() {
	d.t.Helper()
	for _, c := range d.customers {
		if !c.enrolled() || c.journal["closed"] == 1 || d.Silent {
			continue
		}

		begin := c.signIn()
		refused, code, err := d.send(d.service(c.number, 0), begin)
		if err != nil || code != begin.refused {
			d.fail("lost", "the second factor of customer %d: a password alone gets %q, %v", c.number, code, err)
			continue
		}

		stale, err := totp.Code(c.app.secret, c.app.step)
		if err != nil {
			d.t.Error(err)
		}
		d.refuses(c, refused.ChallengeID, "code", stale, "CODE_INVALID")
		if c.app.used != "" {
			d.refuses(c, refused.ChallengeID, "recoveryCode", c.app.used, "CODE_INVALID")
		}
		if c.app.completed != "" {
			d.refuses(c, c.app.completed, "code", stale, "TOKEN_INVALID")
		}
	}
}

// refuses fails unless a second step is answered with a code.
func (d *Driver) refuses(c *customer, challenge, field, value, want string) {
	d.t.Helper()
	input := map[string]any{"challengeId": challenge, field: value}
	_, code, err := d.ask(d.service(c.number, 0), "",
		`mutation ($input: CompleteSignInInput!) { completeSignIn(input: $input) { session { id } } }`,
		map[string]any{"input": input})
	if err != nil || code != want {
		d.fail("doubled", "customer %d used a %s again and got %q, %v, not %s", c.number, field, code, err, want)
	}
}
