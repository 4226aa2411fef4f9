package journal

import (
	"encoding/json"
	"time"

	"github.com/accountql/accountql/internal/passkey/passkeytest"
)

// page is the origin of every service, by --public-url: a service has another port after each start.
const page = "http://localhost:8080"

// maxPasskeys is how many passkeys a customer adds to an account.
const maxPasskeys = 5

type signedIn struct {
	Session struct{ Token string }
	Account struct{ ID string }
}

// signIn signs in by the password; where the account has an authenticator, that is the first step.
func (c *customer) signIn() *operation {
	signIn := &operation{
		name:   "signIn",
		query:  `mutation ($input: SignInInput!) { signIn(input: $input) { session { token } account { id } } }`,
		input:  map[string]any{"email": c.email, "password": c.password},
		effect: func(f facts) { f["sessions"]++ },
		done: func(given *answer) {
			if given != nil {
				c.doubted = false
				c.signedIn(given.SignIn)
			}
		},
	}
	if c.enrolled() {
		signIn.refused, signIn.nobody = "SECOND_FACTOR_REQUIRED", true
		signIn.effect, signIn.done = func(facts) {}, c.askedForSecond
	}

	return signIn
}

// signedIn remembers the session of a sign-in.
func (c *customer) signedIn(given *signedIn) {
	c.id = given.Account.ID
	c.tokens = append(c.tokens, given.Session.Token)
	c.read.Store(&given.Session.Token)
}

// nextWayIn returns the next operation of the customer who only adds ways in and uses them, on one account after the
// other.
func (c *customer) nextWayIn() *operation {
	const rounds = 50
	switch {
	case c.journal["counter"] == 0:
		return c.update()
	case c.random.IntN(rounds) == 0 && (!c.enrolled() || len(c.app.recovery) >= spare):
		return c.deleteAccount()
	case c.journal["verified"] == 0:
		return c.activate()
	case c.enrolling != nil:
		return c.confirmAuthenticator()
	}

	if next := c.nextProvenWayIn(); next != nil {
		return next
	}

	return c.update()
}

// nextProvenWayIn returns the next operation of a proven account, or nil if nothing is due.
func (c *customer) nextProvenWayIn() *operation {
	if c.mailing.challenge != "" {
		if signIn := c.signInWithCode(); signIn != nil {
			return signIn
		}
	}

	switch draw := c.random.IntN(8); {
	case draw == 0 && c.driver.Inbox:
		return c.requestSignInCode()
	case draw < 3 && !c.enrolled():
		return c.requestAuthenticator()
	case draw < 6 && len(c.devices) < maxPasskeys:
		return c.requestPasskey()
	case len(c.tokens) > 1 && draw < 7:
		return c.signOut()
	case c.enrolled() && c.random.IntN(3) > 0:
		return c.nextFactor()
	case len(c.devices) > 0:
		return c.requestPasskeySignIn()
	}

	return nil
}

// activate asks for another mail if none is in the inbox, because the process that showed it has ended.
func (c *customer) activate() *operation {
	if token := c.driver.mailed("ACTIVATION", c.email, c.asked); token != "" {
		return c.confirmAccountActivation(token)
	}
	return c.requestAccountActivation()
}

func (c *customer) requestAccountActivation() *operation {
	asked := time.Now().Truncate(time.Millisecond)
	return &operation{
		name:   "requestAccountActivation",
		query:  `mutation ($input: RequestAccountActivationInput!) { requestAccountActivation(input: $input) { accepted } }`,
		input:  map[string]any{"email": c.email},
		token:  c.token(),
		effect: func(f facts) { f["open ACTIVATION"] = 1 },
		done:   func(*answer) { c.asked = asked },
	}
}

func (c *customer) confirmAccountActivation(token string) *operation {
	return &operation{
		name:  "confirmAccountActivation",
		query: `mutation ($input: ConfirmAccountActivationInput!) { confirmAccountActivation(input: $input) { session { token } } }`,
		input: map[string]any{"token": token, "password": c.password},
		effect: func(f facts) {
			f["verified"], f["open ACTIVATION"] = 1, 0
			f["sessions"]++
			f["version"]++
		},
		done: func(given *answer) {
			if given != nil {
				c.tokens = append(c.tokens, given.ConfirmAccountActivation.Session.Token)
			}
		},
	}
}

// requestPasskey asks for the options of a new passkey. The account is proven, or gets none.
func (c *customer) requestPasskey() *operation {
	return c.provedTwice(&operation{
		name:   "requestPasskey",
		query:  `mutation ($input: RequestPasskeyInput!) { requestPasskey(input: $input) { options } }`,
		input:  map[string]any{"password": c.password},
		token:  c.token(),
		effect: func(facts) {},
		done: func(given *answer) {
			if given != nil {
				c.create = given.RequestPasskey.Options
			}
		},
	})
}

// confirmPasskey adds the passkey that another device of the customer makes with the options.
func (c *customer) confirmPasskey() *operation {
	device := &passkeytest.Authenticator{}
	response, err := device.Create(c.create, page)
	if err != nil {
		c.driver.t.Error(err)
	}
	c.create = nil

	return &operation{
		name:  "confirmPasskey",
		query: `mutation ($input: ConfirmPasskeyInput!) { confirmPasskey(input: $input) { passkey { id } } }`,
		input: map[string]any{"response": json.RawMessage(response)},
		token: c.token(),
		effect: func(f facts) {
			f["passkeys"]++
			f["message PASSKEY_ADDED"]++
		},
		done: func(*answer) { c.devices = append(c.devices, device) },
	}
}

func (c *customer) requestPasskeySignIn() *operation {
	return &operation{
		name:   "requestPasskeySignIn",
		query:  `mutation ($input: RequestPasskeySignInInput!) { requestPasskeySignIn(input: $input) { options } }`,
		input:  map[string]any{},
		nobody: true,
		effect: func(facts) {},
		done: func(given *answer) {
			if given != nil {
				c.use = given.RequestPasskeySignIn.Options
			}
		},
	}
}

func (c *customer) signInWithPasskey() *operation {
	response, err := c.devices[len(c.devices)-1].Use(c.use, page)
	if err != nil {
		c.driver.t.Error(err)
	}
	c.use = nil

	return &operation{
		name:   "signInWithPasskey",
		query:  `mutation ($input: SignInWithPasskeyInput!) { signInWithPasskey(input: $input) { session { token } account { id } } }`,
		input:  map[string]any{"response": json.RawMessage(response)},
		effect: func(f facts) { f["sessions"]++ },
		done: func(given *answer) {
			if given != nil {
				c.signedIn(given.SignInWithPasskey)
			}
		},
	}
}
