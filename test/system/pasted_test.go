package system

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check that pasted values are understood: from a text message, a mail, a contact card, a keyboard of
// another script. internal/contact and models test the parsers; these tests check that every operation uses them.

// TestPastedCodes checks that a code is accepted however it was pasted, and that an impossible code costs a try and
// reveals nothing.
func TestPastedCodes(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := signedIn(t, settings)
	number := 48_512_345_600
	for name, paste := range map[string]func(code string) string{
		"a space":        func(code string) string { return code[:3] + " " + code[3:] },
		"a hyphen":       func(code string) string { return code[:3] + "-" + code[3:] },
		"no-break space": func(code string) string { return code[:3] + "\u00a0" + code[3:] },
		"another dash":   func(code string) string { return code[:3] + "\u2011" + code[3:] },
		"around it":      func(code string) string { return "\u202d \t" + code + "\u202c\r\n" },
		"full width":     func(code string) string { return inDigits(code, '０') },
		"Arabic":         func(code string) string { return inDigits(code, '٠') },
		"Persian":        func(code string) string { return inDigits(code, '۰') },
		"Devanagari":     func(code string) string { return inDigits(code, '०') },
	} {
		number++
		phone := fmt.Sprintf("+%d", number)
		code, _ := askForCode(t, w, "demo", phone)
		pasted := "\u202d" + phone[:3] + "\u00a0" + phone[3:6] + "\u00a0" + phone[6:] + "\u202c"
		input := jsonText(map[string]any{"phone": pasted, "confirmationCode": paste(code), "smsAgreement": true})
		if a := w.Do(t, "demo", "confirmPhoneUpdate", input); a.At("confirmPhoneUpdate.phone") != phone {
			t.Errorf("%s: %s", name, a.Body)
		}
	}

	code, _ := askForCode(t, w, "demo", "+48512345679")
	for _, given := range []string{code[:5], code + "0", "0" + code, code[:3] + "." + code[3:], strings.Repeat("9",
		100)} {
		refused(t, w.Do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345679", given)), models.CodeCodeInvalid)
	}

	refused(t, w.Do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345679", code)), models.CodeCodeInvalid)

	// A missing code is not a try.
	code, _ = askForCode(t, w, "demo", "+48512345677")
	for _, given := range []string{"", " ", "-", "\u200b", "\u2011 \u00a0", "\ufeff"} {
		refused(t, w.Do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345677", given)), models.CodeInvalidInput)
	}

	world.Succeed(t, w.Do(t, "demo", "confirmPhoneUpdate", confirmation("+48512345677", code)))
}

// inDigits returns a code in the digits that begin with zero.
func inDigits(code string, zero rune) string {
	return strings.Map(func(r rune) rune { return r - '0' + zero }, code)
}

// TestPastedTokens checks that white space and invisible characters in a token or in the id of a challenge are
// ignored.
func TestPastedTokens(t *testing.T) {
	t.Parallel()
	settings := world.DefaultSettings()
	settings.Unlimited = true
	w := signedIn(t, settings)
	paste := func(token string) string { return "\ufeff\u00a0" + token[:20] + "\r\n" + token[20:] + "\u200b \n" }

	world.Succeed(t, w.Do(t, "", "registerAccount", jsonOf(" Anna\u200b@Example.com\n", "a horse of another colour")))
	activation := *w.Message(t, models.MessageActivation, "anna@example.com").Token
	world.Succeed(t, w.Do(t, "", "confirmAccountActivation",
		jsonText(map[string]any{"token": paste(activation), "password": "a horse of another colour"})))
	world.Succeed(t,
		w.Do(t, "", "requestPasswordReset", jsonText(map[string]any{"email": "\u202aanna＠example.com\u202c"})))
	reset := *w.Message(t, models.MessagePasswordReset, "anna@example.com").Token
	world.Succeed(t, w.Do(t, "", "confirmPasswordReset",
		jsonText(map[string]any{"token": paste(reset), "password": "another horse of that colour"})))

	asked := jsonText(map[string]any{"email": "dee@example.com ", "password": account.DemoPassword})
	world.Succeed(t, w.Do(t, "demo", "requestEmailChange", asked))
	change := *w.Message(t, models.MessageEmailChange, "dee@example.com").Token
	world.Succeed(t, w.Do(t, "demo", "confirmEmailChange",
		jsonText(map[string]any{"token": paste(change), "newsletterAgreement": true})))
	undo := *w.Message(t, models.MessageEmailChanged, string(account.DemoEmail)).Token
	world.Succeed(t, w.Do(t, "", "undoEmailChange", jsonText(map[string]any{"token": paste(undo)})))

	a := world.Succeed(t, w.Do(t, "", "requestPhoneUpdate", jsonText(map[string]any{
		"phone": "+48 512 345 678", "accountEmail": " demo@example.com ", "password": account.DemoPassword,
	})))
	challenge := a.At("requestPhoneUpdate.pending.challengeId").(string)
	code := w.Message(t, models.MessagePhoneCode, "+48512345678").Code
	world.Succeed(t, w.Do(t, "", "confirmPhoneUpdate", jsonText(map[string]any{
		"phone": "+48512345678", "confirmationCode": code, "smsAgreement": true, "challengeId": " " + challenge + "\n",
	})))

	// A password is taken exactly as given, including the last space.
	refused(t, w.Do(t, "", "signIn", jsonOf("anna@example.com", "another horse of that colour ")),
		models.CodeInvalidCredentials)
}

// TestInvisibleIsBlank checks that a text of invisible characters is refused in every operation in which a text
// must not be blank.
func TestInvisibleIsBlank(t *testing.T) {
	t.Parallel()
	w := newCustomer(t)
	rows := openRows(t, w)
	before := rows(t)

	for _, blank := range []string{"\u200b", "\u3164", "\u2800",
		"\u00ad\ufe0f", "\U000e0041", "\u034f\u115f\u17b4", "\ufeff\u2060\u180e", "\U0001d159", " \u200d\u00a0"} {
		for _, field := range []string{
			"firstName", "lastName", "displayName", "company", "address", "city", "province",
		} {
			for operation, input := range map[string]map[string]any{
				"updateAccount":   {field: blank},
				"registerAccount": {"email": "new@example.com", "password": "a horse of another colour", field: blank},
			} {
				if a := refused(t, w.Do(t, "demo", operation, jsonText(input)),
					models.CodeInvalidInput); a.Errors[0].Extensions.Field != field {
					t.Errorf("%s of %U in %s: %s", operation, []rune(blank), field, a.Body)
				}
			}
		}

		for operation, input := range map[string]map[string]any{
			"updateAccount": {
				"attributes": map[string]any{blank: 1},
			}, "changePassword": {"oldPassword": blank, "newPassword": blank},
			"signIn":             {"email": "demo@example.com", "password": blank},
			"deleteAccount":      {"clientAuthFactor": blank, "authId": blank},
			"confirmEmailChange": {"token": blank, "newsletterAgreement": true}, "revokeSession": {"id": blank},
			"renameSession": {"id": "any", "name": blank},
		} {
			refused(t, w.Do(t, "demo", operation, jsonText(input)), models.CodeInvalidInput)
		}

		if _, err := w.Service.CreateAccount(
			t.Context(), account.NewAccount{Email: "new@example.com", FirstName: blank},
		); models.CodeOf(err) != models.CodeInvalidInput {
			t.Errorf("account create took %U: %v", []rune(blank), err)
		}

		line := jsonText(map[string]any{"email": "new@example.com",
			"city": blank, "tags": []string{blank}, "customId": blank, "attributes": map[string]any{blank: 1}})
		wrong := map[string]bool{}
		_, err := w.Service.ImportAccounts(t.Context(), account.Import{
			File: strings.NewReader(line), Progress: func(int, int) {},
			Wrong: func(_ int, problem error) { wrong[strings.Fields(problem.Error())[0]] = true },
		})
		if err == nil || fmt.Sprint(wrong) != "map[attributes:true city:true customId:true tags:true]" {
			t.Errorf("import of %U: %v %v", []rune(blank), wrong, err)
		}
	}

	if rows(t) != before {
		t.Error("a refused text wrote something")
	}
}

// TestPastedNumbersShareOneBudget checks R-THR3: no spelling of a number has a budget of its own.
func TestPastedNumbersShareOneBudget(t *testing.T) {
	t.Parallel()
	w := signedIn(t, world.DefaultSettings())
	world.Succeed(t, w.Do(t, "demo", "requestPhoneUpdate", `{"phone":"+48512345678"}`))

	for _, form := range []string{
		"+48 512 345 678", "\u202d+48\u00a0512345678\u202c", "００４８５１２３４５６７８", "+٤٨٥١٢٣٤٥٦٧٨", "(+48)\u2011512345678",
	} {
		if wait := limited(t,
			w.Do(t, "demo", "requestPhoneUpdate", jsonText(map[string]any{"phone": form}))); wait != time.Minute {
			t.Errorf("%q waits %v", form, wait)
		}
	}
}
