package system

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests compare Account.can with the service: an operation has the outcome that Account.can predicts for it.

// noAbility are the operations without a field in Account.can: they are for people without a session.
var noAbility = []string{
	"secureAccount",
	"confirmPasswordReset", "undoEmailChange", "cancelAccountDeletion", "registerAccount", "confirmAccountActivation", "signIn",
	"signInWithIdentityProvider", "requestPasskeySignIn", "signInWithPasskey", "requestPasskeyProof",
	"requestSignInCode", "signInWithCode", "completeSignIn",
	"enrollAuthenticator", "requestFactorReset", "confirmFactorReset", "cancelFactorReset",
}

// alwaysStepUp holds the operations that always, or never, require a proof, whatever their input.
var alwaysStepUp = map[string]bool{
	"changePassword": true, "removePassword": true, "deleteAccount": true, "proveIdentity": true, "requestIdentityCode": false,
	"confirmPasskey": false, "renamePasskey": false, "confirmAuthenticator": false,
	"updateAccount": false, "requestPasswordReset": false, "confirmEmailChange": false, "cancelEmailChange": false,
	"confirmPhoneUpdate": false, "acceptTerms": false,
	"confirmConsent": false, "withdrawConsent": false,
	"cancelPhoneUpdate": false, "requestAccountActivation": false, "signOut": false, "revokeSession": false,
	"createAddress": false, "updateAddress": false, "deleteAddress": false,
	"renameSession": false, "forgetDevice": false,
}

// ability returns the prediction of Account.can for an operation.
func (v *visitor) ability(operation string) (forecast struct {
	Allowed      bool
	Reason       string
	RetryAfter   int
	StepUpNeeded bool
}) {
	v.t.Helper()
	query := fmt.Sprintf(`{ account { can { %s { allowed reason retryAfter stepUpNeeded } } } }`, operation)
	a := v.Post(v.t, world.Call{Key: v.Keys[v.key], Token: v.Tokens[v.name], Body: fmt.Sprintf(`{"query":%q}`, query)})
	text, err := json.Marshal(a.At("account.can." + operation))
	world.Check(v.t, err)
	if a.Code() != "" || json.Unmarshal(text, &forecast) != nil {
		v.t.Fatalf("%s: %s", operation, a.Body)
	}

	return forecast
}

// compare reads the prediction for an operation, then runs the operation, and returns the predicted reason.
func (v *visitor) compare(operation string) string {
	v.t.Helper()
	forecast := v.ability(operation)
	permitted := forecast.Reason != string(models.CodePermissionDenied)
	if withProof[operation] && forecast.StepUpNeeded && permitted {
		if a := v.DoWith(v.t, v.key, v.name, operation,
			v.input(operation, false)); a.Code() != string(models.CodeReauthenticationRequired) {
			v.t.Errorf("%s needs a step-up, but without one: %s", operation, a.Body)
		}
	}

	if sure, known := alwaysStepUp[operation]; known && sure != forecast.StepUpNeeded {
		v.t.Errorf("%s: stepUpNeeded is %v", operation, forecast.StepUpNeeded)
	}

	a := v.DoWith(v.t, v.key, v.name, operation, v.input(operation, forecast.StepUpNeeded))
	retryAfter := 0
	if len(a.Errors) > 0 {
		retryAfter = a.Errors[0].Extensions.RetryAfter
	}
	if forecast.Allowed != (a.Code() == "") || forecast.Reason != a.Code() || forecast.RetryAfter != retryAfter {
		v.t.Errorf("%s: forecast %+v, but %s", operation, forecast, a.Body)
	}

	return forecast.Reason
}

// abilityState is a state of a customer's session, account and budgets.
type abilityState struct {
	name string
	make func(v *visitor)
	// only lists the operations that the state is about; nil means all operations.
	only []string
}

var abilityStates = []abilityState{
	{"new session", func(*visitor) {}, nil},
	{"old session", func(v *visitor) { v.Clock.Advance(15 * time.Minute) }, nil},
	{"throttled password", throttle, nil},
	{"throttled password, old session", func(v *visitor) { v.Clock.Advance(15 * time.Minute); throttle(v) }, nil},
	{"throttled password, waited", func(v *visitor) { throttle(v); v.Clock.Advance(time.Minute) }, nil},
	{"throttled password, rate limits off", func(v *visitor) { throttle(v); v.Service.Settings.Unlimited = true }, nil},
	{"no password", (*visitor).forgetPassword, nil},
	{"no password, old session", func(v *visitor) { v.forgetPassword(); v.Clock.Advance(15 * time.Minute) }, nil},
	{"password and identity", func(v *visitor) { v.link(false) }, nil},
	{"identity alone", func(v *visitor) { v.link(false); v.forgetPassword(); v.password = "" }, nil},
	{"identity alone, old session", func(v *visitor) {
		v.link(false)
		v.forgetPassword()
		v.password = ""
		v.Clock.Advance(15 * time.Minute)
	}, nil},
	{"identity alone, throttled",
		func(v *visitor) { v.link(false); v.forgetPassword(); throttle(v); v.password = "" }, nil},
	{"identity alone, its provider gone",
		func(v *visitor) { v.link(false); v.forgetPassword(); v.Service.Verifier = nil }, nil},
	{"another provider, none linked", func(v *visitor) {
		v.link(false)
		v.name += "'s neighbour"
		v.email = models.EmailAddress(fmt.Sprintf("neighbour%d@example.com", v.number))
		_, err := v.Service.CreateAccount(context.Background(),
			account.NewAccount{Email: v.email, Password: v.password})
		world.Check(v.t, err)
		v.signIn()
	}, nil},
	{"customer token", func(v *visitor) { v.link(true); v.Tokens[v.name] = v.token() }, nil},
	{"customer token, no password", func(v *visitor) {
		v.link(true)
		v.forgetPassword()
		v.password = ""
		v.Tokens[v.name] = v.token()
	}, nil},
	{"pending email", (*visitor).changeEmail, nil},
	{"pending email, expired", func(v *visitor) { v.changeEmail(); v.Clock.Advance(8 * time.Hour) }, nil},
	{"pending email, other credentials since", func(v *visitor) {
		v.changeEmail()
		v.write(func(a *models.Account) { a.CredentialEpoch++ }, "credential_epoch")
	}, nil},
	{"pending second opt-in", (*visitor).subscribe, []string{"confirmConsent", "withdrawConsent"}},
	{"pending second opt-in, other credentials since", func(v *visitor) {
		v.subscribe()
		v.write(func(a *models.Account) { a.CredentialEpoch++ }, "credential_epoch")
	}, []string{"confirmConsent"}},
	{"pending phone", (*visitor).changePhone, nil},
	{"pending phone, one try left", func(v *visitor) { v.changePhone(); v.wrongCodes(4) }, nil},
	{"pending phone, no try left", func(v *visitor) { v.changePhone(); v.wrongCodes(5) }, nil},
	{"no changes of email left", func(v *visitor) {
		for range 5 {
			v.changeEmail()
		}
	}, []string{"requestEmailChange", "confirmEmailChange", "requestPhoneUpdate"}},
	{"no phone codes left", func(v *visitor) {
		for range 5 {
			v.changePhone()
		}
	}, []string{"requestPhoneUpdate", "confirmPhoneUpdate", "requestEmailChange", "requestIdentityCode"}},
	{"changes of email paused", func(v *visitor) {
		v.changeEmail()
		v.must("undoEmailChange",
			fmt.Sprintf(`{"token":%q}`, v.secret(models.MessageEmailChangeAsked, string(v.email))))
		v.signIn()
	}, nil},
	{"a hundred wrong codes", func(v *visitor) {
		for range 20 {
			v.Clock.Advance(time.Hour)
			v.changePhone()
			v.wrongCodes(5)
		}
		v.signIn()
	}, []string{"requestPhoneUpdate", "confirmPhoneUpdate", "requestEmailChange", "requestIdentityCode"}},
	{"no tries left for the network", func(v *visitor) { v.Service.Settings.Limits.NetworkTries.Uses = 1 }, nil},
	{"no sender of text messages", func(v *visitor) { v.changePhone(); v.Service.Settings.NoTextMessages = true }, nil},
	{"no sender of text messages, old session", func(v *visitor) {
		v.Clock.Advance(15 * time.Minute)
		v.Service.Settings.NoTextMessages = true
	}, []string{"requestPhoneUpdate"}},
	{"an address", func(v *visitor) { addAddress(v.t, v.World, v.name, newAddress) },
		[]string{"createAddress", "updateAddress", "deleteAddress"}},
	{"a full address book", func(v *visitor) {
		for range models.MaxAddresses {
			addAddress(v.t, v.World, v.name, newAddress)
		}
	}, []string{"createAddress", "updateAddress", "deleteAddress"}},
	{"no messages left for the service",
		func(v *visitor) { v.changePhone(); v.Service.Settings.Limits.Messages.Uses = 1 }, nil},
}

// throttle makes the next password wait.
func throttle(v *visitor) {
	v.t.Helper()
	for range account.DefaultLimits().WrongPasswords {
		v.Do(v.t, v.name, "changePassword", `{"oldPassword":"wrong","newPassword":"another horse battery staple"}`)
	}
}

func (v *visitor) wrongCodes(times int) {
	v.t.Helper()
	right := v.secret(models.MessagePhoneCode, v.phone)
	wrong := "000000"
	if right == wrong {
		wrong = "000001"
	}

	for range times {
		input := fmt.Sprintf(`{"phone":%q,"confirmationCode":%q,"smsAgreement":true}`, v.phone, wrong)
		if a := v.Do(v.t, v.name, "confirmPhoneUpdate", input); a.Code() != string(models.CodeCodeInvalid) {
			v.t.Fatal(a.Body)
		}
	}
}

// abilities returns the fields of the type Abilities.
func abilities(t *testing.T, w *world.World) []string {
	t.Helper()
	var names []string
	for _, field := range w.Schema.Types["Abilities"].Fields {
		names = append(names, field.Name)
	}
	return names
}

func TestAbilitiesAreWhatHappens(t *testing.T) {
	for _, state := range slices.Concat(abilityStates, proofStates) {
		t.Run(state.name, func(t *testing.T) {
			t.Parallel()
			w := world.New(t, abilitySettings())
			party := w.Service.PasskeyVerifier
			for number, operation := range abilities(t, w) {
				if len(state.only) > 0 && !slices.Contains(state.only, operation) {
					continue
				}
				w.Service.Settings = abilitySettings()
				w.Service.PasskeyVerifier = party
				v := visit(t, w, number)
				state.make(v)
				v.compare(operation)
			}
		})
	}
}

// TestAbilitiesAreTheKeys compares the predictions for keys with a single permission besides the permission to read
// the account.
func TestAbilitiesAreTheKeys(t *testing.T) {
	for _, permission := range models.Permissions {
		t.Run(string(permission), func(t *testing.T) {
			t.Parallel()
			w := world.New(t, abilitySettings())
			_, secret, err := w.Service.CreateAPIKey(context.Background(),
				account.NewAPIKey{
					Name: "one", Permissions: []models.Permission{models.PermissionAccountRead, permission},
				})
			world.Check(t, err)
			w.Keys["one"] = secret

			for number, operation := range abilities(t, w) {
				v := visit(t, w, number)
				v.key = "one"
				denied := v.compare(operation) == string(models.CodePermissionDenied)
				if held := world.Gates[operation].Permission == permission; held == denied {
					t.Errorf("%s: denied %v, and held %v", operation, denied, held)
				}
			}
		})
	}
}

func abilitySettings() account.Settings {
	settings := world.DefaultSettings()
	settings.Limits.NetworkTries.Uses = 100_000
	return settings
}

// TestEveryOperationHasAnAbility checks that every operation of customers has an ability or is for people without a session.
func TestEveryOperationHasAnAbility(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	known := append(abilities(t, w), noAbility...)
	for _, field := range w.Schema.Mutation.Fields {
		if !slices.Contains(known, field.Name) && !world.Gates[field.Name].Permission.BackOffice() {
			t.Errorf("%s: add it to the type Abilities, or say in noAbility that it needs no session", field.Name)
		}
	}

	for _, name := range noAbility {
		if world.Gates[name].Session {
			t.Errorf("%s needs a session, so that a page can ask about it", name)
		}
	}
}

// TestAbilitiesInPayloads checks that the account in the response to a sign-in, or to updateAccount with a proof,
// counts as one whose customer has just proved a factor.
func TestAbilitiesInPayloads(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	customer := visit(t, w, 1)
	stranger := visit(t, w, 2)
	w.Clock.Advance(time.Hour)
	if !customer.ability("requestPhoneUpdate").StepUpNeeded {
		t.Fatal("the session is not old")
	}

	for _, token := range []string{"", w.Tokens[stranger.name]} {
		a := w.Post(t, world.Call{
			Key: w.Keys[customer.key], Token: token,
			Body: foretelling("signIn", "SignInInput", world.Credentials(customer.email, customer.password)),
		})
		if needed := a.At("signIn.account.can.requestPhoneUpdate.stepUpNeeded"); needed != false {
			t.Errorf("after a sign-in: %v %s", needed, a.Body)
		}
	}

	for input, want := range map[string]bool{
		`{"firstName":"Ada"}`: true, fmt.Sprintf(`{"phone":"+48512345678","password":%q}`, customer.password): false,
	} {
		w.Clock.Advance(time.Hour)
		a := w.Post(t, world.Call{
			Key: w.Keys[customer.key], Token: w.Tokens[customer.name],
			Body: foretelling("updateAccount", "UpdateAccountInput", input),
		})
		if needed := a.At("updateAccount.account.can.requestPhoneUpdate.stepUpNeeded"); needed != want {
			t.Errorf("after updateAccount %s: %v %s", input, needed, a.Body)
		}
		if want {
			continue
		}
		if allowed := a.At("updateAccount.account.can.confirmPhoneUpdate.allowed"); allowed != true {
			t.Errorf("what updateAccount started can't be confirmed: %s", a.Body)
		}
	}
}

// foretelling returns the body of a mutation whose payload shows what the customer can do with a phone number.
func foretelling(mutation, kind, input string) string {
	query := fmt.Sprintf("mutation($input: %s!) { %s(input: $input) { account { can { requestPhoneUpdate { stepUpNeeded } "+
		"confirmPhoneUpdate { allowed } } } } }", kind, mutation)
	return fmt.Sprintf(`{"query":%q,"variables":{"input":%s}}`, query, input)
}

// countedBudgets also records when budgets are read.
type countedBudgets struct{ countedStore }

func (s countedBudgets) Budgets(ctx context.Context, keys ...string) ([]models.Budget, error) {
	s.work.note("Budgets")
	return s.Store.Budgets(ctx, keys...)
}

// TestAbilitiesReadNoMoreThanAsked counts the statements.
func TestAbilitiesReadNoMoreThanAsked(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	v := visit(t, w, 1)
	work := &workload{}
	w.Service.Store = countedBudgets{countedStore{w.Store, work}}

	for fields, want := range map[string]string{
		"id": "",
		"can { updateAccount { allowed } signOut { allowed } cancelEmailChange { allowed } }":                  "",
		"can { changePassword { allowed } deleteAccount { allowed } requestEmailChange { allowed } }":          "Budgets",
		"can { requestPhoneUpdate { allowed } confirmPhoneUpdate { allowed } confirmEmailChange { allowed } }": "Budgets PendingChallenge PendingChallenge",
		"a: can { confirmPhoneUpdate { reason } } b: can { requestPhoneUpdate { reason } }":                    "Budgets PendingChallenge",
	} {
		work.take()
		a := w.Post(t, world.Call{Key: w.Keys["development"],
			Token: w.Tokens[v.name], Body: fmt.Sprintf(`{"query":"{ account { %s } }"}`, fields)})
		steps, _ := work.take()
		slices.Sort(steps) // fields are resolved concurrently
		if got := strings.Join(steps, " "); got != want || a.Code() != "" {
			t.Errorf("%s: %q, want %q: %s", fields, got, want, a.Body)
		}
	}
}
