package system

import (
	"fmt"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check which similar addresses belong to one customer (R-ID1, R-RPR3) and one budget (R-THR3).

// sameAddresses are spellings of one address: all belong to the same account and the same budgets.
var sameAddresses = map[models.EmailAddress][]models.EmailAddress{
	"anna@example.com": {"ANNA@example.com", "anna@EXAMPLE.COM", "aNNa@ExAmPlE.cOm", "anna@ｅｘａｍｐｌｅ.com",
		"anna@example。com", "anna@exam\u200bple.com", "anna@ⓔxample.com",
		" anna@example.com", "anna@example.com ", "\u00a0anna@example.com\r\n", "anna\u200b@example.com",
		"\u202danna@example.com\u202c", "an\u00adna@example.com", "anna＠example．com"},
	"anna@bücher.example": {
		"anna@xn--bcher-kva.example", "ANNA@BÜCHER.example", "anna@bu\u0308cher.example", "anna@XN--BCHER-KVA.EXAMPLE",
	},
	"anna.o'hara+a@example.com": {"Anna.O'Hara+A@Example.Com"},
}

// otherAddresses look like anna@example.com or anna@bücher.example, and belong to somebody else.
var otherAddresses = []models.EmailAddress{
	"a.nna@example.com", "anna.@example.com", "anna+news@example.com", "anna-@example.com", "annа@example.com",
	"аnna@example.com", "anna@exаmple.com", "anna@example.co",
	"anna@exarnple.com", "anna@examplé.com", "anna@example.com.", "anna @example.com", "anna@ example.com",
	"anna@bucher.example", "anna@bùcher.example", "anna@bücher.example.",
	"ａnna@example.com", "ánna@example.com", "a\u0301nna@example.com", "\"anna\"@example.com", "anna@example.com\u0000",
	"anna@example.com\r\nBcc: other@example.com", "other@example.com,anna@example.com", "<anna@example.com>",
	"anna@[192.0.2.1]", "anna(comment)@example.com", "anna@examp\u212Ae.com",
}

// turkish are pairs of addresses that only a wrong case folding treats as equal.
var turkish = [][2]models.EmailAddress{
	{"mike@example.org", "mıke@example.org"}, {"mike@example.org", "mİke@example.org"},
	{"mike@istanbul.example", "mike@ıstanbul.example"},
	{"mike@istanbul.example", "mike@İstanbul.example"}, {"kim@example.org", "\u212Aim@example.org"},
	{"susi@example.org", "\u017Fusi@example.org"}, {"anna@fass.example", "anna@faß.example"},
}

func TestLookAlikesAreTheCustomer(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := world.New(t, settings)
	for address, forms := range sameAddresses {
		owner, err := w.Service.CreateAccount(t.Context(),
			account.NewAccount{Email: address, Password: account.DemoPassword})
		world.Check(t, err)

		for _, form := range append(forms, address) {
			if id := world.Succeed(t,
				w.Do(t, "", "signIn", jsonOf(form, account.DemoPassword))).At("signIn.account.id"); id != owner.ID {
				t.Errorf("%s signs %v in, and not the owner of %s", form, id, address)
			}

			world.Succeed(t, w.Do(t, "", "registerAccount", jsonOf(form, "another good one")))
			if notice := w.Message(t, models.MessageAccountExists, ""); notice.To != string(owner.Email) {
				t.Errorf("registering %s was told to %s", form, notice.To)
			}

			world.Succeed(t,
				w.Do(t, "", "requestPasswordReset", fmt.Sprintf(`{"email":%s}`, world.Quote(string(form)))))
			if mail := w.Message(t, models.MessagePasswordReset, ""); mail.To != string(owner.Email) {
				t.Errorf("the reset of %s went to %s, and not to the stored %s", form, mail.To, owner.Email)
			}
		}
	}

	if n := query(t, w, `SELECT count(*) FROM accounts`); n != len(sameAddresses)+1 {
		t.Errorf("%d accounts", n)
	}
}

// jsonOf returns credentials with any characters as JSON.
func jsonOf(email models.EmailAddress, password string) string {
	return fmt.Sprintf(`{"email":%s,"password":%s}`, world.Quote(string(email)), world.Quote(password))
}

func TestLookAlikesAreNotTheCustomer(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := world.New(t, settings)
	create := func(address models.EmailAddress) *models.Account {
		t.Helper()
		owner, err := w.Service.CreateAccount(t.Context(),
			account.NewAccount{Email: address, Password: account.DemoPassword})
		world.Check(t, err)
		return owner
	}

	owners := map[string]string{}
	for _, address := range []models.EmailAddress{"anna@example.com", "anna@bücher.example",
		"mike@example.org", "mike@istanbul.example", "kim@example.org", "susi@example.org", "anna@fass.example"} {
		owner := create(address)
		owners[owner.ID] = string(owner.Email)
	}

	others := otherAddresses
	for _, pair := range turkish {
		others = append(others, pair[1])
	}

	for _, other := range others {
		for _, operation := range []string{"signIn", "registerAccount"} {
			a := w.Do(t, "", operation, jsonOf(other, account.DemoPassword))
			if code := a.Code(); operation == "signIn" && code != "INVALID_CREDENTIALS" && code != "INVALID_INPUT" ||
				operation == "registerAccount" && code != "" && code != "INVALID_INPUT" {
				t.Errorf("%s %q: %s", operation, other, a.Body)
			}
		}

		before := count(t, w, models.MessagePasswordReset)
		w.Do(t, "", "requestPasswordReset", fmt.Sprintf(`{"email":%s}`, world.Quote(string(other))))
		if count(t, w, models.MessagePasswordReset) == before {
			continue // not an address
		}

		mail := w.Message(t, models.MessagePasswordReset, "")
		for _, email := range owners {
			if mail.To == email {
				t.Errorf("the reset of %q was mailed to %s", other, email)
			}
		}
	}

	if n := count(t, w, models.MessageAccountExists); n != 0 {
		t.Errorf("%d look-alikes were taken for an account that exists", n)
	}

	for _, email := range owners {
		world.Succeed(t, w.Do(t, "", "signIn", world.Credentials(models.EmailAddress(email), account.DemoPassword)))
	}
}

// TestLookAlikesShareOneBudget checks R-THR3: no spelling of an address has tries or mails of its own, and neither
// has another order of fields, an alias, another operation name, or additional keys in the body.
func TestLookAlikesShareOneBudget(t *testing.T) {
	t.Parallel()
	for address, forms := range sameAddresses {
		t.Run(string(address), func(t *testing.T) {
			t.Parallel()
			w := world.New(t, world.DefaultSettings())
			_, err := w.Service.CreateAccount(t.Context(),
				account.NewAccount{Email: address, Password: account.DemoPassword})
			world.Check(t, err)
			ways := append(forms, address)
			for i := range 5 {
				refused(t, w.Do(t, "", "signIn", jsonOf(ways[i%len(ways)], "wrong")), models.CodeInvalidCredentials)
			}

			for _, form := range ways {
				limited(t, w.Do(t, "", "signIn", jsonOf(form, account.DemoPassword)))
				for _, body := range []string{
					`{"query":"mutation($i: SignInInput!) { other: signIn(input: $i) { account { id } } }","variables":{"i":{"password":"x","email":%[1]s}}}`,
					`{"more":"bytes","operationName":"Some","query":"mutation Some($i: SignInInput!) { signIn(input: $i) { account { id } } }","variables":{"i":{"email":%[1]s,"password":"x"},"j":1}}`,
					`{"query":"mutation Another($e: EmailAddress!) { signIn(input: {password: \"x\", email: $e}) { session { id } } }","variables":{"e":%[1]s}}`,
				} {
					limited(t, w.Post(t, world.Call{Key: w.Keys["development"],
						Accept: "application/graphql-response+json",
						Body:   fmt.Sprintf(body, world.Quote(string(form)))}))
				}

				world.Succeed(t,
					w.Do(t, "", "requestPasswordReset", fmt.Sprintf(`{"email":%s}`, world.Quote(string(form)))))
			}

			if n := count(t, w, models.MessagePasswordReset); n != 1 {
				t.Errorf("%d mails within a minute", n)
			}
		})
	}
}
