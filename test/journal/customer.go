package journal

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"time"

	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/models"
)

// operation is a mutation with its effect on the facts and on the customer's state.
type operation struct {
	// name is the name of the mutation and of its audit event.
	name, query string
	input       map[string]any
	token       string
	// effect is the complete effect: facts that show only a part of it are a torn change.
	effect func(facts)
	// done receives the answer, or nil if the change was found done and its answer was not requested again.
	done func(*answer)
	// key is the Idempotency-Key for the operation and its retry.
	key string
	// refused is the error code of the answer that says that the operation was done, or "".
	refused string
	// until is when a second factor of the input is too old to be sent again, or zero. tried is true if each attempt counts
	// against a challenge, and sent is how often the operation was sent.
	until time.Time
	tried bool
	sent  int
	// nobody is true if nothing of the account shows whether the operation was done, not even the audit trail.
	nobody bool
	// erases is true if nothing but the audit trail is left of the account.
	erases bool
}

// answer holds the parts of a mutation's answer that the driver needs.
type answer struct {
	// ChallengeID is that of a refusal.
	ChallengeID string `json:"-"`

	SignIn, SignInWithPasskey, SignInWithCode, CompleteSignIn *signedIn

	ConfirmAccountActivation             *struct{ Session struct{ Token string } }
	RequestPasskey, RequestPasskeySignIn *struct{ Options json.RawMessage }
	RequestAuthenticator                 *begunAuthenticator
	ConfirmAuthenticator                 *struct {
		Authenticator struct{ ID string }
		RecoveryCodes []string
	}
	ReplaceRecoveryCodes *struct{ RecoveryCodes []string }
	RequestSignInCode    *struct{ ChallengeID string }
	ChangePassword       *struct{ Session struct{ Token string } }
	Account              *struct {
		ID, Email  string
		Attributes struct{ Counter int }
	}
}

// customer changes one account after another, and records what was acknowledged in a journal.
type customer struct {
	driver *Driver
	random *rand.Rand
	number int
	// steady customers only write their counter, as fast as possible.
	steady bool

	// life counts the accounts, and address counts the addresses of the current one.
	life, address int
	id, email     string
	password      string
	passwords     int
	// tokens belong to live sessions, oldest first. dead belonged to a session that ended.
	tokens []string
	dead   string
	// target is the address that the customer requested to change to, or "".
	target string
	// doubted is set once the password was changed, so that the next operation signs in with it.
	doubted bool
	// asked is when another mail of the activation was asked for, which ends the token of the one before, or zero.
	asked time.Time
	// devices hold a passkey of the account each. create and use are options that wait for one.
	devices     []*passkeytest.Authenticator
	create, use []byte
	// app is the authenticator of the account, and enrolling is one that waits for its first code. challenge waits for a
	// second factor, and mailing for a code to sign in.
	app       app
	enrolling *begunAuthenticator
	challenge string
	mailing   mailing

	// journal is what was acknowledged, and pending is the one operation whose outcome is unknown.
	journal facts
	pending *operation
	// gone holds deleted accounts and the facts that remain of them.
	gone map[string]facts

	// read and counter are for a concurrent reader: a token, and the counter that was acknowledged.
	read    atomic.Pointer[string]
	counter atomic.Int64
}

// begin prepares the customer for registering a new account.
func (c *customer) begin() {
	c.life++
	c.address, c.passwords, c.id, c.password, c.target, c.dead, c.tokens, c.doubted = 0, 0, "", "", "", "", nil, false
	c.asked, c.devices, c.app = time.Time{}, nil, app{}
	c.abandon()
	c.email = c.newAddress(0)
	c.journal = facts{}
}

func (c *customer) newAddress(number int) string {
	return fmt.Sprintf("customer-%d-%d-%d@crash.example", c.number, c.life, number)
}

func (c *customer) newPassword() string {
	return fmt.Sprintf("walk %d of %d along the river %d", c.passwords, c.life, c.number)
}

// next returns the customer's next operation: mostly it writes the counter.
func (c *customer) next() *operation {
	if c.challenge != "" {
		if complete := c.completeSignIn(); complete != nil {
			return complete
		}
	}

	switch {
	case c.journal["account"] == 0:
		return c.register()
	case c.journal["closed"] == 1:
		return c.cancelDeletion()
	case len(c.tokens) == 0 || c.doubted:
		return c.signIn()
	case c.target != "":
		if confirm := c.confirmEmailChange(); confirm != nil {
			return confirm
		}
	case c.steady:
		return c.update()
	case c.create != nil:
		return c.confirmPasskey()
	case c.use != nil:
		return c.signInWithPasskey()
	case c.number == customers-1 && c.driver.Inbox:
		return c.nextWayIn()
	}

	switch draw := c.random.IntN(c.driver.mix); {
	case draw < 3:
		return c.changePassword()
	case draw < 6 && c.driver.Inbox:
		return c.requestEmailChange()
	case draw < 8:
		return c.signIn()
	case draw < 10 && len(c.tokens) > 1:
		return c.signOut()
	case draw == 10:
		return c.deleteAccount()
	case draw < 14:
		return c.agree()
	case draw < 16 && c.driver.Inbox:
		return c.requestDataExport()
	case draw < 20 && c.journal["addresses"] < models.MaxAddresses:
		return c.createAddress()
	}

	return c.update()
}

func (c *customer) token() string { return c.tokens[len(c.tokens)-1] }

// abandon drops what waits for another step: its options and challenges end with the credentials that they were asked for
// with, and after some attempts.
func (c *customer) abandon() {
	c.create, c.use, c.enrolling, c.challenge, c.mailing = nil, nil, nil, "", mailing{}
}

// keep drops all tokens but one, and what waits for another step.
func (c *customer) keep(token string) {
	c.abandon()
	for _, other := range c.tokens {
		if other != token {
			c.dead = other
		}
	}

	c.tokens = nil
	if token != "" {
		c.tokens = []string{token}
	}

	c.read.Store(&token)
}

func (c *customer) register() *operation {
	c.password = c.newPassword()
	return &operation{
		name:  "registerAccount",
		query: `mutation ($input: RegisterAccountInput!) { registerAccount(input: $input) { accepted } }`,
		input: map[string]any{"email": c.email, "password": c.password},
		effect: func(f facts) {
			f["account"], f["version"], f["open ACTIVATION"] = 1, 1, 1
		},
		done: func(*answer) {},
	}
}

func (c *customer) update() *operation {
	next := c.journal["counter"] + 1
	return &operation{
		name:  "updateAccount",
		query: `mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { version } } }`,
		input: map[string]any{"attributes": map[string]any{"counter": next}},
		token: c.token(),
		effect: func(f facts) {
			f["counter"] = next
			f["version"]++
		},
		done: func(*answer) { c.counter.Store(int64(next)) },
	}
}

func (c *customer) changePassword() *operation {
	c.passwords++
	chosen := c.newPassword()

	return &operation{
		name:  "changePassword",
		query: `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { session { token } } }`,
		input: map[string]any{"oldPassword": c.password, "newPassword": chosen},
		token: c.token(),
		effect: func(f facts) {
			f["version"]++
			f["epoch"]++
			f["sessions"] = 1
			f["message PASSWORD_CHANGED"]++
			void(f)
		},
		done: func(given *answer) {
			c.password, c.doubted, c.target = chosen, true, ""
			if given == nil {
				c.keep("") // the session continues under a token that was lost with the answer
			} else {
				c.keep(given.ChangePassword.Session.Token)
			}
		},
	}
}

func (c *customer) requestEmailChange() *operation {
	c.address++
	target := c.newAddress(c.address)

	return &operation{
		name:  "requestEmailChange",
		query: `mutation ($input: RequestEmailChangeInput!) { requestEmailChange(input: $input) { pending { challengeId } } }`,
		input: map[string]any{"email": target, "password": c.password},
		token: c.token(),
		effect: func(f facts) {
			f["open EMAIL_CHANGE"] = 1
			f["open EMAIL_UNDO"] += f["verified"] // a change from a claimed address can't be undone
			f["message EMAIL_CHANGE_REQUESTED"]++
		},
		done: func(*answer) { c.target = target },
	}
}

// confirmEmailChange returns nil if the mail is not in the inbox, because the process that showed it has ended.
func (c *customer) confirmEmailChange() *operation {
	target, number := c.target, c.address
	c.target = ""
	token := c.driver.mailed("EMAIL_CHANGE", target, time.Time{})
	if token == "" {
		return nil
	}

	return &operation{
		name:  "confirmEmailChange",
		query: `mutation ($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) { email } }`,
		input: map[string]any{"token": token, "newsletterAgreement": true},
		token: c.token(),
		effect: func(f facts) {
			f["open EMAIL_UNDO"] += f["verified"]
			f["address"], f["verified"], f["sessions"] = number, 1, 1
			f["version"]++
			f["epoch"]++
			f["consents"]++
			void(f)
			f["message EMAIL_CHANGED"]++
			f["message EMAIL_CHANGE_COMPLETED"]++
		},
		done: func(*answer) {
			c.email = target
			c.keep(c.token())
		},
	}
}

// createAddress adds an address that becomes the default, which the former one loses in the same change.
func (c *customer) createAddress() *operation {
	return &operation{
		name:  "createAddress",
		query: `mutation ($input: CreateAddressInput!) { createAddress(input: $input) { address { id } } }`,
		input: map[string]any{
			"line1": "Weg 1", "city": "Berlin", "postalCode": "10115", "countryCode": "DE", "defaultShipping": true,
		},
		token: c.token(),
		effect: func(f facts) {
			f["versions of addresses"] += 1 + f["defaults for shipping"]
			f["addresses"]++
			f["defaults for shipping"] = 1
		},
		done: func(*answer) {},
	}
}

func (c *customer) signOut() *operation {
	oldest := c.tokens[0]
	return &operation{
		name:   "signOut",
		query:  `mutation ($input: SignOutInput!) { signOut(input: $input) { revokedSessions } }`,
		input:  map[string]any{"scope": "THIS_SESSION"},
		token:  oldest,
		effect: func(f facts) { f["sessions"]-- },
		done:   func(*answer) { c.tokens, c.dead = c.tokens[1:], oldest },
	}
}

func (c *customer) deleteAccount() *operation {
	deletion := &operation{
		name:  "deleteAccount",
		query: `mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedAt } }`,
		input: map[string]any{"clientAuthFactor": c.password},
		token: c.token(),
		// Only the audit trail remains.
		effect: func(f facts) {
			maps.DeleteFunc(f, func(name string, _ int) bool { return !strings.HasPrefix(name, "audit ") })
		},
		done:   func(*answer) {},
		erases: true,
	}
	if c.driver.Grace {
		deletion.erases = false
		deletion.effect = func(f facts) {
			f["closed"], f["deletions"], f["sessions"], f["open ACCOUNT_DELETION"] = 1, 1, 0, 1
			f["version"]++
			void(f)
		}
		deletion.done = func(*answer) {
			c.keep("")
			c.target = ""
		}
	}

	return c.provedTwice(deletion)
}

// apply records a completed operation in the journal.
func (c *customer) apply(done *operation, given *answer) {
	c.journal = c.journal.with(done.whole())
	c.pending = nil
	done.done(given)
	if done.erases {
		c.gone[c.id] = c.journal
		c.begin()
	}
}

// whole returns the effect including the event of the audit trail.
func (o *operation) whole() func(facts) {
	return func(f facts) {
		o.effect(f)
		if !o.nobody && o.refused == "" {
			f["audit "+o.name]++
		}
	}
}
