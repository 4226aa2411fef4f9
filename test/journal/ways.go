package journal

import (
	"encoding/json"

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

func (c *customer) signIn() *operation {
	return &operation{
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
}

// signedIn remembers the session of a sign-in.
func (c *customer) signedIn(given *signedIn) {
	c.id = given.Account.ID
	c.tokens = append(c.tokens, given.Session.Token)
	c.read.Store(&given.Session.Token)
}

// nextWayIn returns the next operation of the customer who only adds ways in and uses them, on one account after the
// other. Where the process that mailed the token has ended, another account begins sooner.
func (c *customer) nextWayIn() *operation {
	confirm, rounds := (*operation)(nil), 50
	if c.journal["verified"] == 0 {
		if confirm = c.confirmAccountActivation(); confirm == nil {
			rounds = 5
		}
	}

	switch {
	case c.journal["counter"] == 0:
		return c.update()
	case c.random.IntN(rounds) == 0:
		return c.deleteAccount()
	case confirm != nil:
		return confirm
	case c.journal["verified"] == 0:
		return c.update()
	case len(c.devices) < maxPasskeys:
		return c.requestPasskey()
	case len(c.tokens) > 1:
		return c.signOut()
	}

	return c.requestPasskeySignIn()
}

// confirmAccountActivation returns nil if the mail is not in the inbox, because the process that showed it has ended.
func (c *customer) confirmAccountActivation() *operation {
	token := c.driver.mailed("ACTIVATION", c.email)
	if token == "" {
		return nil
	}

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
	return &operation{
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
	}
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
