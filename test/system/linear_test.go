package system

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/anishathalye/porcupine"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/store/postgrestest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// These tests record the requests and responses of concurrent clients of two processes, and let porcupine search
// for a sequential order that explains the responses. If there is none, something was used twice, lost, or read
// after it was deleted.

// history records operations. Its clock only counts, which is enough to know what ended before something else
// started.
type history struct {
	clock      atomic.Int64
	mu         sync.Mutex
	operations []porcupine.Operation
}

// record runs one operation of a client.
func (h *history) record(client int, input any, operation func() (output any)) {
	called := h.clock.Add(1)
	output := operation()
	returned := h.clock.Add(1)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.operations = append(h.operations,
		porcupine.Operation{ClientId: client, Input: input, Output: output, Call: called, Return: returned})
}

// check fails if no order explains a history. It returns how many of its operations overlap.
func (h *history) check(t *testing.T, model porcupine.Model) (overlaps int) {
	t.Helper()
	for _, one := range h.operations {
		for _, other := range h.operations {
			if one.Call < other.Call && other.Call < one.Return {
				overlaps++
			}
		}
	}

	// If there is an order, porcupine finds it quickly; a proof that there is none may take long.
	if found := porcupine.CheckOperationsTimeout(model, h.operations, world.Patience); found != porcupine.Ok {
		t.Errorf("no order explains (%s) %+v", found, h.operations)
	}

	return overlaps
}

// contended fails if no operations of any round overlap: such histories say nothing. One round may run in order on a
// machine that has much else to do.
func contended(t *testing.T, overlaps int) {
	t.Helper()
	if overlaps == 0 {
		t.Error("no operations overlap in any round")
	}
}

// together runs clients concurrently, alternately on both processes. They start when all of them are there.
func together(clients int, processes []*world.World, client func(at *world.World, n int)) {
	var there, running sync.WaitGroup
	there.Add(clients)
	for n := range clients {
		running.Go(func() {
			there.Done()
			there.Wait()
			client(processes[n%len(processes)], n)
		})
	}
	running.Wait()
}

// oneUse models a token: the first caller redeems it, and nobody afterwards.
var oneUse = porcupine.Model{
	Init: func() any { return false },
	Step: func(used, _, won any) (bool, any) { return won.(bool) != used.(bool), true },
}

// address is an operation on an address: a caller takes it, or reads its owner.
type address struct{ look bool }

// addressee is the id of the owner, or "" if the address is free; for a caller that takes it, whether the caller
// owns it now.
type addressee struct {
	owner string
	taken bool
}

// oneKeeper models an address that the first caller keeps.
var oneKeeper = porcupine.Model{
	Init: func() any { return "" },
	Step: func(state, input, output any) (bool, any) {
		owner, answer := state.(string), output.(addressee)
		switch {
		case input.(address).look:
			return answer.owner == owner, owner
		case answer.taken:
			return owner == "", answer.owner
		}

		return owner != "", owner
	},
}

// versioned is the state of an account that a client sees.
type versioned struct {
	version int
	name    string
}

// change requests a name at a version; a change without a name is a read.
type change struct {
	expected int
	name     string
}

// changed is the account in the response, or a conflict.
type changed struct {
	versioned
	conflict bool
}

// oneVersion models an account that changes only for a caller that knows its version.
func oneVersion(first versioned) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return first },
		Step: func(state, input, output any) (bool, any) {
			now, asked, answer := state.(versioned), input.(change), output.(changed)
			switch {
			case asked.name == "":
				return answer.versioned == now, now
			case answer.conflict:
				return asked.expected != now.version, now
			}

			next := versioned{now.version + 1, asked.name}

			return asked.expected == now.version && answer.versioned == next, next
		},
	}
}

// TestHistories runs on each database that two processes can share.
func TestHistories(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{
		"SQLite": world.SQLiteFile, "PostgreSQL": postgrestest.URL,
	} {
		t.Run(name, func(t *testing.T) {
			settings := world.DefaultSettings()
			settings.Unlimited = true
			w := world.NewOn(t, settings, database(t))
			both := []*world.World{w, process(t, w)}
			t.Run("a token", func(t *testing.T) { tokenHistory(t, both) })
			t.Run("an e-mail", func(t *testing.T) { emailHistory(t, both) })
			t.Run("a version", func(t *testing.T) { versionHistory(t, both) })
		})
	}
}

func tokenHistory(t *testing.T, both []*world.World) {
	overlaps := 0
	for round := range 6 {
		world.Succeed(t, both[0].Do(t, "", "requestPasswordReset", `{"email":"demo@example.com"}`))
		token := *both[0].Message(t, models.MessagePasswordReset, "").Token
		var h history
		together(12, both, func(at *world.World, n int) {
			for range 2 {
				h.record(n, nil, func() any {
					a := at.Do(t, "", "confirmPasswordReset",
						fmt.Sprintf(`{"token":%q,"password":"the password of %d in %d"}`, token, n, round))
					if a.Code() != "" && a.Code() != string(models.CodeTokenInvalid) {
						t.Errorf("unexpected: %s", a.Body)
					}
					return a.Code() == ""
				})
			}
		})
		overlaps += h.check(t, oneUse)
	}
	contended(t, overlaps)
}

// emailHistory lets two customers with a token each and an operator take one address, while others read its owner.
func emailHistory(t *testing.T, both []*world.World) {
	const secret = "the password of this one"
	overlaps := 0
	for round := range 6 {
		wanted := fmt.Sprintf("wanted-%d@example.com", round)
		var tokens, ids []string
		for n := range 2 {
			email := fmt.Sprintf("customer-%d-%d@example.com", round, n)
			made, err := both[0].Service.CreateAccount(t.Context(),
				account.NewAccount{Email: models.EmailAddress(email), Password: secret})
			world.Check(t, err)
			world.Succeed(t, both[n].Do(t, "", "requestEmailChange",
				fmt.Sprintf(`{"email":%q,"password":%q,"accountEmail":%q}`, wanted, secret, email)))
			tokens, ids = append(tokens,
				*both[0].Message(t, models.MessageEmailChange, wanted).Token), append(ids, made.ID)
		}

		var h history
		together(9, both, func(at *world.World, n int) {
			if n%3 == 2 {
				for range 4 {
					h.record(n, address{look: true}, func() any { return keeper(t, at, wanted) })
				}
				return
			}

			if n == 3 || n == 4 {
				h.record(n, address{}, func() any { return created(t, at, wanted, secret) })
				return
			}

			h.record(n, address{}, func() any {
				a := at.Do(t, "", "confirmEmailChange",
					fmt.Sprintf(`{"token":%q,"newsletterAgreement":false}`, tokens[n%2]))
				switch a.Code() {
				case "":
					return addressee{ids[n%2], true}
				case string(models.CodeEmailUnavailable):
				case string(models.CodeTokenInvalid): // another client has redeemed it and taken the address
				default:
					t.Errorf("unexpected: %s", a.Body)
				}

				return addressee{}
			})
		})
		overlaps += h.check(t, oneKeeper)
	}
	contended(t, overlaps)
}

// keeper returns the owner of an address.
func keeper(t *testing.T, at *world.World, email string) addressee {
	found, err := at.Service.FindAccount(t.Context(), email)
	switch {
	case errors.Is(err, models.ErrNotFound):
		return addressee{}
	case err != nil:
		t.Error(err)
		return addressee{}
	}

	return addressee{owner: found.ID}
}

// created makes an operator create an account with an address.
func created(t *testing.T, at *world.World, email, password string) addressee {
	made, err := at.Service.CreateAccount(t.Context(),
		account.NewAccount{Email: models.EmailAddress(email), Password: password})
	switch {
	case models.CodeOf(err) == models.CodeEmailUnavailable:
		return addressee{}
	case err != nil:
		t.Error(err)
		return addressee{}
	}

	return addressee{made.ID, true}
}

// versionHistory lets clients read an account and change it at the version that they read.
func versionHistory(t *testing.T, both []*world.World) {
	seen := func(a *world.Answer, operation string) versioned {
		version, _ := a.At(operation + ".version").(float64)
		name, _ := a.At(operation + ".firstName").(string)
		return versioned{int(version), name}
	}

	const secret = "the password of this one"
	_, err := both[0].Service.CreateAccount(t.Context(),
		account.NewAccount{Email: "versions@example.com", Password: secret})
	world.Check(t, err)
	world.Succeed(t, both[0].Do(t, "versions", "signIn", world.Credentials("versions@example.com", secret)))
	first := seen(world.Succeed(t, both[0].Do(t, "versions", "account", "")), "account")
	var h history
	together(5, both, func(at *world.World, n int) {
		for turn := range 8 {
			var read versioned
			h.record(n, change{}, func() any {
				read = seen(at.Do(t, "versions", "account", ""), "account")
				return changed{versioned: read}
			})
			wanted := change{read.version, fmt.Sprintf("Client %d Turn %d", n, turn)}
			h.record(n, wanted, func() any {
				a := at.Do(t, "versions", "updateAccount",
					fmt.Sprintf(`{"firstName":%q,"expectedVersion":%d}`, wanted.name, wanted.expected))
				if a.Code() == string(models.CodeVersionConflict) {
					return changed{conflict: true}
				}
				return changed{versioned: seen(world.Succeed(t, a), "updateAccount.account")}
			})
		}
	})
	contended(t, h.check(t, oneVersion(first)))
}

// TestHistoriesCanFail gives each model a history that must be refused: a model that allows everything would find
// no errors.
func TestHistoriesCanFail(t *testing.T) {
	at := func(input any, called, returned int64, output any) porcupine.Operation {
		return porcupine.Operation{ClientId: int(called), Input: input, Output: output, Call: called, Return: returned}
	}

	take, look := address{}, address{look: true}
	start := versioned{1, "Ada"}
	for name, c := range map[string]struct {
		model porcupine.Model
		good  bool
		log   []porcupine.Operation
	}{
		"a token with one winner": {
			oneUse, true, []porcupine.Operation{at(nil, 1, 4, false), at(nil, 2, 3, true)},
		},
		"a token used twice": {
			oneUse, false, []porcupine.Operation{at(nil, 1, 3, true), at(nil, 2, 4, true)},
		},
		"a token refused before it's used": {
			oneUse, false, []porcupine.Operation{at(nil, 1, 2, false), at(nil, 3, 4, true)},
		},
		"a token that nobody could use": {oneUse, false, []porcupine.Operation{at(nil, 1, 2, false)}},
		"an address with one keeper": {oneKeeper, true, []porcupine.Operation{at(take, 1, 4,
			addressee{"a", true}), at(take, 2, 5, addressee{}), at(look, 3, 6, addressee{owner: "a"})}},
		"an address with two keepers": {oneKeeper,
			false, []porcupine.Operation{at(take, 1, 3, addressee{"a", true}), at(take, 2, 4, addressee{"b", true})}},
		"an address read as free too late": {
			oneKeeper, false, []porcupine.Operation{at(take, 1, 2, addressee{"a", true}), at(look, 3, 4, addressee{})},
		},
		"an address read as another's": {oneKeeper,
			false, []porcupine.Operation{at(take, 1, 2, addressee{"a", true}), at(look, 3, 4, addressee{owner: "b"})}},
		"a change at its version": {oneVersion(start), true, []porcupine.Operation{at(change{1, "Bo"}, 1, 3,
			changed{versioned: versioned{2, "Bo"}}), at(change{1, "Cy"}, 2, 4, changed{conflict: true})}},
		"a lost change": {oneVersion(start), false, []porcupine.Operation{at(change{1, "Bo"}, 1, 3,
			changed{versioned: versioned{2, "Bo"}}),
			at(change{1, "Cy"}, 2, 4, changed{versioned: versioned{2, "Cy"}})}},
		"a stale read": {oneVersion(start), false, []porcupine.Operation{at(change{1, "Bo"}, 1, 2,
			changed{versioned: versioned{2, "Bo"}}), at(change{}, 3, 4, changed{versioned: start})}},
		"a conflict with nobody": {
			oneVersion(start), false, []porcupine.Operation{at(change{1, "Bo"}, 1, 2, changed{conflict: true})},
		},
	} {
		if porcupine.CheckOperations(c.model, c.log) != c.good {
			t.Errorf("%s is taken for good: %v", name, !c.good)
		}
	}
}
