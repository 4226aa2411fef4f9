package system

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests check updateAccount and registerAccount as a whole: contacts that are never changed immediately,
// consents per channel, all or nothing, and that no input of a customer is lost.

func TestContactFields(t *testing.T) {
	for name, field := range otherCases {
		for form, send := range forms {
			t.Run(name+"/"+form, func(t *testing.T) {
				t.Parallel()
				w := newCustomer(t)
				update := func(value string) *world.Answer {
					input := map[string]json.RawMessage{
						"password": []byte(world.Quote(account.DemoPassword)), name: []byte(value),
					}
					return send(w, t, input)
				}

				before := shown(t, w)
				checkRefusals(t, w, form, name, field, update)
				world.Succeed(t, update(field.set))
				after := shown(t, w)
				for _, key := range []string{
					"email", "phone", "emailVerified", "phoneVerified", "version", "updatedAt",
				} {
					if !reflect.DeepEqual(after[key], before[key]) {
						t.Errorf("%s changed %s at once, from %v to %v", name, key, before[key], after[key])
					}
				}

				for pending, of := range map[string]string{
					"pendingEmailChange": "email", "pendingPhoneUpdate": "phone",
				} {
					if started := after[pending] != nil; started != (of == name) {
						t.Errorf("%s: %s is %v", name, pending, after[pending])
					}
				}

				if field.cleared != "" {
					world.Succeed(t, update("null"))
				}
			})
		}
	}
}

// TestProofFields checks that a provider's token is a proof and has no other effect.
func TestProofFields(t *testing.T) {
	for form, send := range forms {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			w := newCustomer(t)
			w.Trust(t, "google", models.ProviderGoogle, false, false)
			token := func() string { return world.Quote(w.NewToken("google", "ada", nil)) }
			world.Succeed(t, w.Do(t, "demo", "linkIdentityProvider", fmt.Sprintf(
				`{"identityProvider":"GOOGLE","externalToken":%s,"password":%q}`, token(), account.DemoPassword,
			)))
			before := shown(t, w)

			for name, field := range proofCases {
				update := func(value string) *world.Answer {
					return send(w, t,
						map[string]json.RawMessage{"identityProvider": []byte(`"GOOGLE"`), name: []byte(value)})
				}
				checkRefusals(t, w, form, name, field, update)
				world.Succeed(t, update(field.cleared))
			}

			w.Clock.Advance(time.Second) // for another token
			world.Succeed(t, send(w, t,
				map[string]json.RawMessage{"identityProvider": []byte(`"GOOGLE"`), "externalToken": []byte(token())}))
			if after := shown(t, w); !reflect.DeepEqual(after, before) {
				t.Errorf("a proof changed the account from %v to %v", before, after)
			}
		})
	}
}

// TestContactsNeedTheirProof checks R-UPD3 and R-C5.
func TestContactsNeedTheirProof(t *testing.T) {
	w := newCustomer(t)
	_, err := w.Service.CreateAccount(t.Context(),
		account.NewAccount{Email: "phoned@example.com", Phone: "+48512345678", Password: "a long enough one"})
	world.Check(t, err)
	world.Succeed(t, w.Do(t, "phoned", "signIn", world.Credentials("phoned@example.com", "a long enough one")))
	rows := openRows(t, w)
	before := rows(t)
	for _, test := range []struct{ customer, input, code, field string }{
		{"demo", `{"email":"new@example.com","firstName":"X"}`, "REAUTHENTICATION_REQUIRED", "email"},
		{"demo", `{"email":"new@example.com","password":null}`, "REAUTHENTICATION_REQUIRED", "email"},
		{"demo", `{"phone":"+48512345679","firstName":"X"}`, "REAUTHENTICATION_REQUIRED", "phone"},
		{"phoned", `{"phone":null}`, "REAUTHENTICATION_REQUIRED", "phone"},
		{"demo", `{"email":"new@example.com","password":"wrong","firstName":"X"}`, "INVALID_CREDENTIALS", ""},
		{"phoned", `{"phone":null,"password":"wrong"}`, "INVALID_CREDENTIALS", ""},
		{"demo", `{"firstName":"X","password":"wrong"}`, "INVALID_CREDENTIALS", ""},
		{"demo", `{"firstName":"X","expectedVersion":1}`, "VERSION_CONFLICT", "expectedVersion"},
		{"demo", `{"email":"new@example.com","password":"correct horse battery staple","expectedVersion":7}`,
			"VERSION_CONFLICT", "expectedVersion"},
	} {
		a := w.Do(t, test.customer, "updateAccount", test.input)
		if a.Code() != test.code || a.Fields()[0] != test.field || a.Status != graph.Status(models.Code(test.code)) {
			t.Errorf("%s: %d %s", test.input, a.Status, a.Body)
		}
		if rows(t) != before {
			t.Fatalf("%s was refused and wrote something", test.input)
		}
	}

	world.Succeed(t, w.Do(t, "phoned", "updateAccount", `{"phone":null,"password":"a long enough one"}`))
	if a := world.Succeed(t,
		w.Do(t, "phoned", "account", "")); a.At("account.phone") != nil || a.At("account.phoneVerified") != false {
		t.Errorf("the phone was removed and is %s", a.Body)
	}
}

// provePhone gives the demo customer a number; without it, consent to text messages waits.
func provePhone(t *testing.T, w *world.World, phone models.PhoneNumber) {
	t.Helper()
	code, _ := askForCode(t, w, "demo", string(phone))
	world.Succeed(t, w.Do(t, "demo", "confirmPhoneUpdate", confirmation(string(phone), code)))
}

// TestAgreementsPerChannel checks that the answer for one channel never changes another.
func TestAgreementsPerChannel(t *testing.T) {
	for _, field := range world.LoadSchema(t).Types["AgreementsInput"].Fields {
		t.Run(field.Name, func(t *testing.T) {
			t.Parallel()
			w := newCustomer(t)
			provePhone(t, w, "+48512345678")
			world.Succeed(t, w.Do(t, "demo", "updateAccount",
				`{"agreements":{"email":true,"sms":false,"push":true,"bluetooth":false,"rfid":true,"wifi":false,"whatsapp":null,"rcs":null}}`))
			want := shown(t, w)["agreements"].(map[string]any)
			for form, send := range forms {
				for _, value := range []string{"true", "null", "false", "true", "null"} {
					world.Succeed(t, send(w, t,
						map[string]json.RawMessage{"agreements": []byte(fmt.Sprintf(`{%q:%s}`, field.Name, value))}))
					world.Check(t, json.Unmarshal([]byte(`{"agreements":{`+world.Quote(field.Name)+`:`+value+`}}`),
						&struct{ Agreements *map[string]any }{&want}))
					if got := shown(t, w)["agreements"]; !reflect.DeepEqual(got, want) {
						t.Fatalf("%s %s: want %v, got %v", form, value, want, got)
					}
				}

				for _, value := range []string{`""`, `"true"`, `1`, `[]`, `{}`, `"yes"`} {
					a := send(w, t,
						map[string]json.RawMessage{"agreements": []byte(fmt.Sprintf(`{%q:%s}`, field.Name, value))})
					if a.Status != 400 || a.Code() != "GRAPHQL_VALIDATION_FAILED" && a.Code() != "INVALID_INPUT" {
						t.Errorf("%s %s: %s", form, value, a.Body)
					}
				}
			}

			if got := shown(t, w)["agreements"]; !reflect.DeepEqual(got, want) {
				t.Errorf("refused answers changed the agreements to %v", got)
			}
		})
	}
}

// TestAllOrNothing checks R-UPD4: every wrong field is reported, and nothing is written.
func TestAllOrNothing(t *testing.T) {
	w := newCustomer(t)
	rows := openRows(t, w)
	before := rows(t)

	for name, field := range profileCases {
		wrong := "null"
		switch {
		case field.cleared == "" || name == "sex":
		case len(field.wrong) > 0:
			wrong = field.wrong[0]
		default:
			t.Fatalf("no wrong value for %s", name)
		}

		if name == "sex" {
			continue // the schema refuses its wrong values
		}

		input := map[string]json.RawMessage{name: []byte(wrong)}
		for other, right := range profileCases {
			if other != name {
				input[other] = []byte(right.set)
			}
		}

		a := w.Do(t, "demo", "updateAccount", string(must(json.Marshal(input))))
		if a.Code() != "INVALID_INPUT" || !slices.Equal(a.Fields(), []string{name}) {
			t.Errorf("%s alone is wrong: %s", name, a.Body)
		}
	}

	var fields, want []string
	for name, field := range profileCases {
		if name != "sex" {
			fields, want = append(fields, world.Quote(name)+":"+append(field.wrong, "null")[0]), append(want, name)
		}
	}

	fields = append(fields, `"sex":"MALE"`, `"email":"nobody"`, `"phone":"nothing"`, `"password":""`)
	want = append(want, "email", "phone", "password")
	a := w.Do(t, "demo", "updateAccount", "{"+strings.Join(fields, ",")+"}")
	slices.Sort(want)
	if got := slices.Sorted(slices.Values(a.Fields())); !slices.Equal(got, want) {
		t.Errorf("want errors for\n%v\ngot them for\n%v", want, got)
	}

	for _, one := range a.Errors {
		if one.Extensions.Code != "INVALID_INPUT" || one.Extensions.HTTP.Status != 400 ||
			one.Extensions.RequestID == "" || len(one.Path) != 1 {
			t.Errorf("incomplete error %+v", one)
		}
	}

	if rows(t) != before {
		t.Error("a refused update wrote something")
	}
}

// TestRegistrationKeepsEveryField checks that registration stores every profile field (R-UPD1).
func TestRegistrationKeepsEveryField(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	input := map[string]json.RawMessage{"email": []byte(`"Reg@Example.com"`), "password": []byte(`"a long enough one"`)}
	for name, field := range profileCases {
		input[name] = []byte(field.before)
	}

	world.Succeed(t, w.Do(t, "", "registerAccount", string(must(json.Marshal(input)))))
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials("reg@example.com", "a long enough one")))
	got := shown(t, w)
	for name, field := range profileCases {
		want := field.before
		if name == "agreements" {
			// Consent to mails waits for the proof of the address.
			want = `{"email":null,"sms":null,"push":null,"bluetooth":null,"rfid":null,"wifi":null,"whatsapp":null,"rcs":null}`
		}
		if !sameJSON(t, got[name], want) {
			t.Errorf("%s was registered as %s and is %v", name, want, got[name])
		}
	}

	if got["email"] != "reg@example.com" || got["emailVerified"] != false || got["version"] != float64(1) {
		t.Errorf("registered %v", got)
	}

	// Wrong fields are reported like those of updateAccount.
	wrong := maps.Clone(input)
	wrong["email"], wrong["zipCode"] = []byte(`"x"`), []byte(`""`)
	wrong["birthDate"], wrong["attributes"] = []byte(`"2004-02-30"`), []byte("null")
	a := w.Do(t, "", "registerAccount", string(must(json.Marshal(wrong))))
	if fields := slices.Sorted(slices.Values(a.Fields())); !slices.Equal(fields,
		[]string{"attributes", "birthDate", "email", "zipCode"}) {
		t.Errorf("registerAccount refuses %v: %s", fields, a.Body)
	}
}
