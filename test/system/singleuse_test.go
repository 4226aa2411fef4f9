package system

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check what may happen only once, however many concurrent callers there are (R-CPR2, R-CPU2, R-CPU5,
// R-PWD8, R-CEC4, R-CPU8). The callers wait at a gate after the read that finds the secret, so that all of them
// have read it as unused before the first one uses it: only the write can decide.

// concurrency is the number of concurrent callers.
const concurrency = 64

// oneWinner checks that one response is a success and every other has the code, and returns the successful one.
func oneWinner(t *testing.T, answers []*world.Answer, code models.Code) int {
	t.Helper()
	winner := -1
	for i, a := range answers {
		switch {
		case a.Code() == "" && a.Status == 200:
			if winner >= 0 {
				t.Errorf("%d and %d both won: %s", winner, i, a.Body)
			}
			winner = i
		case a.Code() != string(code) || a.Status != graph.Status(code):
			t.Errorf("want %s, got %d %s", code, a.Status, a.Body)
		}
	}

	if winner < 0 {
		t.Fatalf("nobody won; the first answer is %s", answers[0].Body)
	}

	return winner
}

// query reads one number directly from the database.
func query(t *testing.T, w *world.World, statement string, arguments ...any) int {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.Database+"?mode=ro")
	world.Check(t, err)
	defer db.Close()
	var number int
	world.Check(t, db.QueryRow(statement, arguments...).Scan(&number))
	return number
}

func signedIn(t *testing.T, settings account.Settings) *world.World {
	t.Helper()
	w := world.New(t, settings)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	return w
}

func TestTokensWorkOnce(t *testing.T) {
	for name, test := range map[string]struct {
		// secret creates the token, redeem is the operation, input its input for one caller.
		secret func(t *testing.T, w *world.World) *string
		redeem string
		input  func(token string, caller int) string
		// proof counts the effects that only the successful caller may have.
		proof string
	}{
		"password reset": {
			func(t *testing.T, w *world.World) *string {
				world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
				return w.Message(t, models.MessagePasswordReset, "").Token
			}, "confirmPasswordReset",
			func(token string, caller int) string {
				return fmt.Sprintf(`{"token":%q,"password":"my new one is number %d"}`, token, caller)
			},
			`SELECT count(*) FROM outbox WHERE kind = 'PASSWORD_CHANGED'`,
		},
		"e-mail change": {
			func(t *testing.T, w *world.World) *string {
				world.Succeed(t, w.Do(t, "demo", "requestEmailChange",
					`{"email":"new@example.com","password":"correct horse battery staple"}`))
				return w.Message(t, models.MessageEmailChange, "new@example.com").Token
			}, "confirmEmailChange",
			func(token string, caller int) string {
				return fmt.Sprintf(`{"token":%q,"newsletterAgreement":%v}`, token, caller%2 == 0)
			},
			`SELECT count(*) FROM consents WHERE channel = 'email'`,
		},
		"activation": {
			func(t *testing.T, w *world.World) *string {
				world.Succeed(t,
					w.Do(t, "", "registerAccount", `{"email":"fresh@example.com","password":"a long enough one"}`))
				return w.Message(t, models.MessageActivation, "fresh@example.com").Token
			}, "confirmAccountActivation",
			func(token string, _ int) string {
				return fmt.Sprintf(`{"token":%q,"password":"a long enough one"}`, token)
			},
			`SELECT count(*) FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE a.email = 'fresh@example.com'`,
		},
		"undo": {
			func(t *testing.T, w *world.World) *string {
				world.Succeed(t, w.Do(t, "demo", "requestEmailChange",
					`{"email":"new@example.com","password":"correct horse battery staple"}`))
				return w.Message(t, models.MessageEmailChangeAsked, "demo@example.com").Token
			}, "undoEmailChange",
			func(token string, _ int) string { return fmt.Sprintf(`{"token":%q}`, token) },
			`SELECT count(*) FROM outbox WHERE kind = 'EMAIL_RESTORED'`,
		},
		"secure account": {
			func(t *testing.T, w *world.World) *string { token := noticeOfDevice(t, w); return &token }, "secureAccount",
			func(token string, _ int) string { return fmt.Sprintf(`{"token":%q}`, token) },
			`SELECT count(*) FROM outbox WHERE kind = 'ACCOUNT_SECURED'`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := signedIn(t, world.DefaultSettings())
			token := *test.secret(t, w)

			answers := raceForSecret(t, w,
				concurrency, func(i int) *world.Answer { return w.Do(t, "", test.redeem, test.input(token, i)) })
			winner := oneWinner(t, answers, models.CodeTokenInvalid)

			if n := query(t, w, test.proof); n != 1 {
				t.Errorf("the token had its effect %d times", n)
			}
			if a := w.Do(t, "", test.redeem, test.input(token, concurrency)); a.Code() != "TOKEN_INVALID" {
				t.Errorf("the token works again: %s", a.Body)
			}
			if name == "password reset" {
				world.Succeed(t, w.Do(t, "", "signIn",
					world.Credentials(account.DemoEmail, fmt.Sprintf("my new one is number %d", winner))))
			}
		})
	}
}

// askForCode requests a change of phone and returns the code, and a wrong one.
func askForCode(t *testing.T, w *world.World, customer, phone string) (right, wrong string) {
	t.Helper()
	world.Succeed(t, w.Do(t, customer, "requestPhoneUpdate", fmt.Sprintf(`{"phone":%q}`, phone)))
	right = *w.Message(t, models.MessagePhoneCode, phone).Code
	return right, right[:5] + string('0'+(right[5]-'0'+1)%10)
}

func confirmation(phone, code string) string {
	return fmt.Sprintf(`{"phone":%q,"confirmationCode":%q,"smsAgreement":true}`, phone, code)
}

func TestPhoneCodeWorksOnce(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	code, _ := askForCode(t, w, "demo", "+48512345678")
	answers := raceForSecret(t, w, concurrency, func(int) *world.Answer {
		return w.Do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345678", code))
	})
	oneWinner(t, answers, models.CodeCodeInvalid)
	if n := query(t, w, `SELECT count(*) FROM consents WHERE channel = 'sms'`); n != 1 {
		t.Errorf("the code had its effect %d times", n)
	}
}

// TestPhoneCodeIsTriedFiveTimes checks R-CPU2: a try is counted before the code is verified, also with
// --rate-limits off.
func TestPhoneCodeIsTriedFiveTimes(t *testing.T) {
	for _, unlimited := range []bool{false, true} {
		t.Run(fmt.Sprintf("unlimited %v", unlimited), func(t *testing.T) {
			t.Parallel()
			settings := world.DefaultSettings()
			settings.Unlimited = unlimited
			w := signedIn(t, settings)
			code, wrong := askForCode(t, w, "demo", "+48512345678")
			answers := raceForSecret(t, w, concurrency, func(int) *world.Answer {
				return w.Do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345678", wrong))
			})
			for _, a := range answers {
				if a.Code() != "CODE_INVALID" || a.Body[:40] != answers[0].Body[:40] {
					t.Errorf("a wrong code: %s", a.Body)
				}
			}

			if n := query(t, w, `SELECT max(attempts) FROM challenges WHERE purpose = 'PHONE_UPDATE'`); n != 5 {
				t.Errorf("%d tries were counted", n)
			}
			if a := w.Do(t, "demo", "confirmPhoneUpdate",
				confirmation("+48512345678", code)); a.Code() != "CODE_INVALID" || a.Status != 403 {
				t.Errorf("the right code after the tries: %d %s", a.Status, a.Body)
			}
		})
	}
}

// TestChangePasswordWorksOnce checks R-PWD8: every caller is authenticated with the old password's session.
func TestChangePasswordWorksOnce(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := signedIn(t, settings)
	world.Succeed(t, w.Do(t, "laptop", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
	tokens := []string{w.Tokens["demo"], w.Tokens["laptop"]}
	text := fmt.Sprintf("%q", world.Document(t, w.Schema, "changePassword", true))
	answers := raceForSession(t, w, concurrency, func(i int) *world.Answer {
		return w.Post(t, world.Call{Key: w.Keys["development"], Token: tokens[i%
			2], Accept: "application/graphql-response+json", Body: fmt.Sprintf(
			`{"query":%s,"variables":{"input":{"oldPassword":%q,"newPassword":"my new one is number %d"}}}`, text,
			account.DemoPassword, i)})
	})
	winner := oneWinner(t, answers, models.CodeInvalidCredentials)
	if n := query(t, w, `SELECT count(*) FROM sessions`); n != 1 {
		t.Errorf("%d sessions live on, and only the winner's should", n)
	}
	if revoked := answers[winner].At("changePassword.revokedSessions"); revoked != float64(1) {
		t.Errorf("the winner ended %v other sessions", revoked)
	}

	world.Succeed(t,
		w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, fmt.Sprintf("my new one is number %d", winner))))
}

// TestPasswordTriesAreCountedFirst checks R-PWD2 and R-THR4: of any number of concurrent guesses five are verified,
// and a live session still works.
func TestPasswordTriesAreCountedFirst(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	answers := concurrently(concurrency, func(i int) *world.Answer {
		return w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, fmt.Sprintf("guess number %d", i)))
	})
	looked := 0
	for _, a := range answers {
		switch a.Code() {
		case "INVALID_CREDENTIALS":
			looked++
		case "RATE_LIMITED":
			if a.Status != 429 || a.Errors[0].Extensions.RetryAfter < 1 || a.Header.Get("Retry-After") == "" {
				t.Errorf("limited without retryAfter: %d %s", a.Status, a.Body)
			}
		default:
			t.Errorf("a guess: %s", a.Body)
		}
	}

	if looked != 5 {
		t.Errorf("%d guesses were looked at", looked)
	}
	if a := w.Do(t, "", "signIn",
		world.Credentials(account.DemoEmail, account.DemoPassword)); a.Code() != "RATE_LIMITED" {
		t.Errorf("the right password during the wait: %s", a.Body)
	}

	world.Succeed(t, w.Do(t, "demo", "account", ""))
	w.Clock.Advance(15*time.Minute + time.Second)
	world.Succeed(t, w.Do(t, "", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
}

// TestOneOwner checks R-CEC4 and R-CPU8: of two customers who prove the same address concurrently one gets it, and
// the other is refused.
func TestOneOwner(t *testing.T) {
	for kind, test := range map[string]struct {
		code  models.Code
		owned string
	}{
		"email": {models.CodeEmailUnavailable, `SELECT count(*) FROM accounts WHERE email = 'wanted@example.com'`},
		"phone": {models.CodePhoneUnavailable, `SELECT count(*) FROM accounts WHERE phone = '+48512345678'`},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := signedIn(t, world.DefaultSettings())
			_, err := w.Service.CreateAccount(t.Context(),
				account.NewAccount{Email: "other@example.com", Password: account.DemoPassword})
			world.Check(t, err)
			world.Succeed(t, w.Do(t, "other", "signIn", world.Credentials("other@example.com", account.DemoPassword)))
			customers, inputs := []string{"demo", "other"}, make([]string, 2)
			for i, customer := range customers {
				if kind == "phone" {
					code, _ := askForCode(t, w, customer, "+48512345678")
					inputs[i] = confirmation("+48512345678", code)
				} else {
					world.Succeed(t, w.Do(t, customer, "requestEmailChange",
						`{"email":"Wanted@example.com","password":"correct horse battery staple"}`))
					inputs[i] = fmt.Sprintf(`{"token":%q,"newsletterAgreement":true}`,
						*w.Message(t, models.MessageEmailChange, "wanted@example.com").Token)
				}

				w.Clock.Advance(61 * time.Second) // an address gets one message a minute
			}

			operation := map[string]string{"email": "confirmEmailChange", "phone": "confirmPhoneUpdate"}[kind]
			answers := raceForSecret(t, w, 2, func(i int) *world.Answer { return w.Do(t, customers[i], operation, inputs[i]) })
			winner := oneWinner(t, answers, test.code)
			if n := query(t, w, test.owned); n != 1 {
				t.Errorf("%d accounts own the address", n)
			}

			loser := world.Succeed(t, w.Do(t, customers[1-winner], "account", ""))
			if email := loser.At("account.email"); email != customers[1-winner]+"@example.com" ||
				loser.At("account.phone") != nil {
				t.Errorf("the loser has %v and %v", email, loser.At("account.phone"))
			}

			for _, agreement := range []string{"email", "sms"} {
				if consent := loser.At("account.agreements." + agreement); consent != nil {
					t.Errorf("the loser's %s agreement is %v", agreement, consent)
				}
			}

			if bodies := []string{
				answers[0].Body, answers[1].Body,
			}; slices.ContainsFunc(bodies, func(body string) bool { return strings.Contains(body, "SQL") }) {
				t.Errorf("an answer tells of the database: %v", bodies)
			}
		})
	}
}
