package system

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// newAddress is an address that its country's rules accept.
const newAddress = `{"line1":"Weg 1","city":"Berlin","postalCode":"10115","countryCode":"DE"}`

// addAddress adds an address to a customer's book and returns its ID.
func addAddress(t testing.TB, w *world.World, customer, input string) string {
	t.Helper()
	id, _ := world.Succeed(t, w.Do(t, customer, "createAddress", input)).At("createAddress.address.id").(string)
	return id
}

// bookOf returns a customer's address book.
func bookOf(t testing.TB, w *world.World, customer string) (book []map[string]any) {
	t.Helper()
	text, err := json.Marshal(world.Succeed(t, w.Do(t, customer, "account", "")).At("account.addresses"))
	world.Check(t, err)
	world.Check(t, json.Unmarshal(text, &book))
	return book
}

// TestAddressFields compares the table of an address's fields with the schema, the model and the lines of imports.
func TestAddressFields(t *testing.T) {
	schema := world.LoadSchema(t)
	for _, name := range account.AddressFields() {
		for _, of := range []string{"Address", "CreateAddressInput", "UpdateAddressInput"} {
			if schema.Types[of].Fields.ForName(name) == nil {
				t.Errorf("%s has no %s", of, name)
			}
		}
	}

	rows := len(account.AddressFields())
	for input, others := range map[string]int{"CreateAddressInput": 0, "UpdateAddressInput": 2} {
		if fields := len(schema.Types[input].Fields); fields != rows+others {
			t.Errorf("%s has %d fields, the table %d", input, fields, rows)
		}
	}

	const kept = 4 // version, createdAt, updatedAt and id
	if fields := reflect.TypeFor[account.LineAddress]().NumField(); fields != rows+kept {
		t.Errorf("a line of an import has %d fields, the table %d", fields, rows)
	}
	if fields := reflect.TypeFor[account.AddressInput]().NumField(); fields != rows {
		t.Errorf("the input has %d fields, the table %d", fields, rows)
	}
}

// addressCases are the fields of an address: what they accept, what null does, and what they refuse.
var addressCases = map[string]fieldCase{
	"firstName": freeText, "lastName": freeText, "company": freeText, "taxId": freeText, "line2": freeText,
	"line3":       freeText,
	"line1":       {set: `"Weg 2"`, wrong: []string{world.Quote(strings.Repeat("ä", 256))}},
	"city":        {set: `"Köln"`, wrong: []string{world.Quote(strings.Repeat("ä", 256))}},
	"postalCode":  {set: `"50667"`, wrong: []string{`"1"`, `"5066"`, `"50667-1"`, `"D-50667"`, `"ABCDE"`}},
	"province":    {set: `"NRW"`, cleared: "null", wrong: []string{world.Quote(strings.Repeat("ä", 256))}},
	"countryCode": {set: `"at"`, saved: `"AT"`, wrong: []string{`"XX"`, `"DEU"`, `"UK"`}},
	"phone": {set: `"0049 30 901820"`, saved: `"+4930901820"`, cleared: "null",
		wrong: []string{`"030 901820"`, `"+49"`}},
	"defaultShipping": {set: "true", cleared: "false"},
	"defaultBilling":  {set: "true", cleared: "false"},
}

// TestEachFieldOfAnAddress checks omitted, null, blank and wrong values of each field, and that no other field
// changes.
func TestEachFieldOfAnAddress(t *testing.T) {
	for _, name := range account.AddressFields() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			field, known := addressCases[name]
			if !known {
				t.Fatal("say in addressCases what it accepts")
			}

			w := signedIn(t, unlimited())
			id := addAddress(t, w, "demo", newAddress)
			rows := openRows(t, w)
			update := func(value string) *world.Answer {
				input := fmt.Sprintf(`{"id":%q,%q:%s}`, id, name, value)
				if name == "countryCode" && value == field.set {
					input = fmt.Sprintf(`{"id":%q,%q:%s,"postalCode":"1010"}`, id, name, value)
				}
				return w.Do(t, "demo", "updateAddress", input)
			}

			before := bookOf(t, w, "demo")[0]
			untouched := rows(t)
			world.Succeed(t, w.Do(t, "demo", "updateAddress", fmt.Sprintf(`{"id":%q}`, id)))
			if rows(t) != untouched {
				t.Error("an update without fields wrote something")
			}

			wrong := field.wrong
			if field.set[0] == '"' {
				wrong = append(slices.Clone(wrong), blankTexts...)
			}
			if field.cleared == "" {
				wrong = append(wrong, "null")
			}
			for _, value := range wrong {
				a := refused(t, update(value), models.CodeInvalidInput)
				if a.Errors[0].Extensions.Field != name || a.Errors[0].Extensions.Reason == "" || rows(t) != untouched {
					t.Errorf("%.60s: %s", value, a.Body)
				}
			}

			saved := field.saved
			if saved == "" {
				saved = field.set
			}
			world.Succeed(t, update(field.set))
			after := bookOf(t, w, "demo")[0]
			if !sameJSON(t, after[name], saved) || after["version"] != 2.0 {
				t.Errorf("%s was set to %s and is %v at version %v", name, field.set, after[name], after["version"])
			}
			for other, value := range before {
				changes := []string{name, "updatedAt", "version", "formatted"}
				if name == "countryCode" {
					changes = append(changes, "postalCode")
				}
				if !slices.Contains(changes, other) && !reflect.DeepEqual(after[other], value) {
					t.Errorf("%s was not given and changed from %v to %v", other, value, after[other])
				}
			}

			written := rows(t)
			world.Succeed(t, update(field.set))
			if rows(t) != written {
				t.Error("the same value once more wrote something")
			}

			if field.cleared != "" {
				world.Succeed(t, update("null"))
				if cleared := bookOf(t, w, "demo")[0]; !sameJSON(t, cleared[name], field.cleared) {
					t.Errorf("it was cleared and is %v", cleared[name])
				}
			}
		})
	}
}

// TestOldAddressesStayUsable checks that an address that the rules of today refuse can be changed in what they are
// not about, and that a change of its place is checked.
func TestOldAddressesStayUsable(t *testing.T) {
	t.Parallel()
	w := signedIn(t, unlimited())
	id := addAddress(t, w, "demo", newAddress)
	world.Check(t, w.Store.InTx(t.Context(), func(tx account.Tx) error {
		demo, err := tx.AccountByEmail(t.Context(), account.DemoEmail)
		if err != nil {
			return err
		}
		book, err := tx.Addresses(t.Context(), demo.ID)
		if err != nil {
			return err
		}
		old := "4-digit"
		book[0].PostalCode = &old
		return tx.UpdateAddress(t.Context(), &book[0], "postal_code")
	}))

	world.Succeed(t, w.Do(t, "demo", "updateAddress", fmt.Sprintf(`{"id":%q,"defaultShipping":true}`, id)))
	a := refused(t, w.Do(t, "demo", "updateAddress", fmt.Sprintf(`{"id":%q,"city":"Bonn"}`, id)),
		models.CodeInvalidInput)
	if a.Errors[0].Extensions.Field != "postalCode" {
		t.Errorf("refused is %s", a.Body)
	}
}

// TestAddressBookUnderRaces lets many requests of one customer, on two processes, fill the address book and take the
// defaults: it never holds more than its limit, nor two defaults of a kind.
func TestAddressBookUnderRaces(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := database(t)
			processes := []*world.World{world.NewOn(t, unlimited(), file), world.NewOn(t, unlimited(), file)}
			for _, w := range processes {
				world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))
			}

			const room = 6
			var ids []string
			for range models.MaxAddresses - room {
				ids = append(ids, addAddress(t, processes[0], "demo", newAddress))
			}

			answers := make([]*world.Answer, 4*room)
			together(len(answers), processes, func(at *world.World, n int) {
				answers[n] = at.Do(t, "demo", "createAddress", strings.Replace(newAddress, "{",
					`{"defaultShipping":true,"defaultBilling":true,`, 1))
			})
			added := 0
			for _, a := range answers {
				if a.Code() == "" {
					added++
				} else if a.Errors[0].Extensions.Reason != models.ReasonTooMany {
					t.Errorf("refused is %s", a.Body)
				}
			}
			if added != room || len(bookOf(t, processes[0], "demo")) != models.MaxAddresses {
				t.Errorf("%d were added where %d had room", added, room)
			}

			together(12, processes, func(at *world.World, n int) {
				world.Succeed(t, at.Do(t, "demo", "updateAddress",
					fmt.Sprintf(`{"id":%q,"defaultShipping":true,"defaultBilling":true}`, ids[n])))
			})
			for _, flag := range []string{"defaultShipping", "defaultBilling"} {
				defaults := 0
				for _, one := range bookOf(t, processes[1], "demo") {
					if one[flag] == true {
						defaults++
					}
				}
				if defaults != 1 {
					t.Errorf("%d addresses are %s", defaults, flag)
				}
			}
		})
	}
}

// TestAddressEvents checks what the webhook is told: the address's ID and names of fields, and none of its values.
func TestAddressEvents(t *testing.T) {
	t.Parallel()
	w, c := newToldWorld(t)
	world.Succeed(t, w.Do(t, "demo", "signIn", world.Credentials(account.DemoEmail, account.DemoPassword)))

	first := addAddress(t, w, "demo", strings.Replace(newAddress, "{", `{"defaultShipping":true,`, 1))
	c.expect(t, w, "createAddress", fmt.Sprintf(`address.created{"addressId":%q}`, first))
	second := addAddress(t, w, "demo", strings.Replace(newAddress, "{", `{"defaultShipping":true,`, 1))
	c.expect(t, w, "another default", fmt.Sprintf(`address.created{"addressId":%q}`, second),
		fmt.Sprintf(`address.updated{"addressId":%q,"fields":["defaultShipping"]}`, first))

	update := fmt.Sprintf(`{"id":%q,"firstName":"Ada","taxId":"DE1","defaultShipping":true}`, second)
	world.Succeed(t, w.Do(t, "demo", "updateAddress", update))
	c.expect(t, w, "updateAddress", fmt.Sprintf(`address.updated{"addressId":%q,"fields":["firstName","taxId"]}`, second))
	world.Succeed(t, w.Do(t, "demo", "updateAddress", update))
	c.expect(t, w, "no change")
	world.Succeed(t, w.Do(t, "demo", "deleteAddress", fmt.Sprintf(`{"id":%q}`, first)))
	c.expect(t, w, "deleteAddress", fmt.Sprintf(`address.deleted{"addressId":%q}`, first))
}

// TestImportedAddresses checks the address book in a line of an import: by the rules of createAddress, dropped where
// the file says so, and compared with what is there until the customer changes it.
func TestImportedAddresses(t *testing.T) {
	t.Parallel()
	w := world.New(t, unlimited())
	line := func(addresses string) string {
		return `{"email":"eva@example.com","passwordHash":"$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$` +
			`bHVY7yO2Tb9R3Y2Nq4ahH0bM8kfhqM2h9l0l2b7o2rU","addresses":` + addresses + "}"
	}

	for addresses, want := range map[string]string{
		`[{"line1":"Weg 1","city":"Berlin","postalCode":"1011","countryCode":"DE"}]`: "addresses.postalCode",
		`[{"line1":"Weg 1","city":"Berlin","postalCode":"10115"}]`:                   "addresses.countryCode",
		`[{"city":"Berlin","postalCode":"10115","countryCode":"DE"}]`:                "addresses.line1",
		`[{"line1":"Weg 1","city":"Berlin","zip":"10115","countryCode":"DE"}]`:       "addresses",
		`["Weg 1"]`: "addresses",
		"[" + strings.Repeat(newAddress+",", models.MaxAddresses) + newAddress + "]":                                     "addresses",
		"[" + strings.Repeat(strings.Replace(newAddress, "{", `{"defaultBilling":true,`, 1)+",", 2) + newAddress + "]":   "addresses.defaultBilling",
		`[{"id":"x","line1":"Weg 1","city":"Berlin","postalCode":"10115","countryCode":"DE"}]`:                           "addresses.id",
		`[{"version":0,"line1":"Weg 1","city":"Berlin","postalCode":"10115","countryCode":"DE"}]`:                        "addresses.version",
		`[{"createdAt":"2999-01-01T00:00:00Z","line1":"Weg 1","city":"Berlin","postalCode":"10115","countryCode":"DE"}]`: "addresses.createdAt",
	} {
		if _, said, err := importLines(w, line(addresses), false); err == nil || !strings.Contains(said, want+" ") {
			t.Errorf("%.60s: %v, %s", addresses, err, said)
		}
	}

	dropped := `{"begin":"shop","dropIfWrong":["addresses"]}` + "\n" +
		strings.Replace(line(`[{"line1":"Weg 1","countryCode":"DE"}]`), "eva", "ivo", 1) + "\n" + `{"end":true}`
	if summary, said, err := importLines(w, dropped, false); err != nil || summary.Incomplete != 1 {
		t.Errorf("%+v, %v, %s", summary, err, said)
	}

	const two = `[{"line1":"B","city":"Bonn","postalCode":"53111","countryCode":"DE","defaultShipping":true},` +
		`{"line1":"A","city":"Rom","province":"Roma","postalCode":"00184","countryCode":"IT"}]`
	for present := range 2 {
		if summary, said, err := importLines(w, line(two), false); err != nil || summary.Present != present {
			t.Fatalf("%+v, %v, %s", summary, err, said)
		}
	}

	other := strings.Replace(two, "Bonn", "Köln", 1)
	if _, said, err := importLines(w, line(other), false); err == nil || !strings.Contains(said, "addresses differs") {
		t.Errorf("another address book is present: %v, %s", err, said)
	}

	world.Succeed(t, w.Do(t, "", "requestPasswordReset", `{"email":"eva@example.com"}`))
	token := *w.Message(t, models.MessagePasswordReset, "eva@example.com").Token
	world.Succeed(t, w.Do(t, "", "confirmPasswordReset", fmt.Sprintf(`{"token":%q,"password":%q}`, token,
		account.DemoPassword)))
	world.Succeed(t, w.Do(t, "eva", "signIn", world.Credentials("eva@example.com", account.DemoPassword)))
	book := bookOf(t, w, "eva")
	if len(book) != 2 || book[0]["line1"] != "B" || book[1]["province"] != "RM" || book[0]["defaultShipping"] != true {
		t.Errorf("the book is %v", book)
	}

	w.Clock.Advance(time.Minute)
	addAddress(t, w, "eva", newAddress)
	if summary, said, err := importLines(w, line(two), false); err != nil || summary.Present != 1 {
		t.Errorf("an address book that its customer changed: %+v, %v, %s", summary, err, said)
	}
}
