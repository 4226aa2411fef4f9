package journal

import "time"

// This file holds the sign-in by code of the customer who only adds ways in.

// mailing is a code to sign in that is under way.
type mailing struct {
	challenge string
	// asked is before the mail was made.
	asked time.Time
}

func (c *customer) requestSignInCode() *operation {
	asked := time.Now().Truncate(time.Millisecond)
	return &operation{
		name:   "requestSignInCode",
		query:  `mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) { challengeId } }`,
		input:  map[string]any{"email": c.email},
		effect: func(f facts) { f["open SIGN_IN_CODE"] = 1 },
		done: func(given *answer) {
			if given != nil {
				c.mailing = mailing{given.RequestSignInCode.ChallengeID, asked}
			}
		},
	}
}

// signInWithCode signs in with the code that was mailed; where the account has an authenticator, that is the first step. It
// returns nil if the mail is not in the inbox, because the process that showed it has ended.
func (c *customer) signInWithCode() *operation {
	under := c.mailing
	c.mailing = mailing{}
	code := c.driver.mailedCode("SIGN_IN_CODE", c.email, under.asked)
	if code == "" {
		return nil
	}

	signIn := &operation{
		name:  "signInWithCode",
		query: `mutation ($input: SignInWithCodeInput!) { signInWithCode(input: $input) { session { token } account { id } } }`,
		input: map[string]any{"challengeId": under.challenge, "code": code},
		tried: true,
		effect: func(f facts) {
			f["open SIGN_IN_CODE"] = 0
			f["sessions"]++
		},
		done: func(given *answer) {
			if given != nil {
				c.signedIn(given.SignInWithCode)
			}
		},
	}
	if c.enrolled() {
		signIn.refused = "SECOND_FACTOR_REQUIRED"
		signIn.effect = func(f facts) { f["open SIGN_IN_CODE"] = 0 }
		signIn.done = c.askedForSecond
	}

	return signIn
}
