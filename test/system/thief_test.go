package system

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/passkey/passkeytest"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

const (
	// thiefOrders is how many orders of all calls a thief tries, and thiefRounds how often each call in one.
	thiefOrders, thiefRounds = 2, 4

	thiefsPassword = "a thief's own long password"
	thiefsEmail    = "thief@example.org"
	thiefsPhone    = "+48600700800"
)

// thief has got hold of one thing of a customer's, and tries every operation with all that follows from it.
type thief struct {
	*world.World
	t *testing.T
	// victim is the account as the customer left it, and customer the name of the session that the customer has.
	victim   models.Account
	customer string
	begins   time.Time
	// tokens are the sessions that the thief has had, the newest last.
	tokens []string
	// codesFor is the challenge of the newest code to sign in with that the thief asked for.
	codesFor string
	// step is the challenge of the newest sign-in that waits for a second factor.
	step string
	// twoFactors is set if the account asks for two.
	twoFactors bool
	// passwords and mailboxes are what the thief knows and reads.
	passwords, mailboxes []string
	device               *passkeytest.Authenticator
	app                  *phoneApp
	did                  map[string]bool
	// early is what was done before the removal of the second factor could be confirmed.
	early map[string]bool
}

// thieves are the columns of the table in docs/threat-model.md: what each has got hold of.
var thieves = map[string]func(th *thief){
	"an old session":  func(th *thief) { th.tokens = []string{th.copiedSession()}; th.Clock.Advance(time.Hour) },
	"a young session": func(th *thief) { th.tokens = []string{th.copiedSession()} },
	"the password":    func(th *thief) { th.passwords = append(th.passwords, account.DemoPassword) },
	"the mailbox":     func(th *thief) { th.mailboxes = append(th.mailboxes, string(th.victim.Email)) },
}

// twoFactors follows the name of what a thief has got hold of, if the account asks for two factors.
const twoFactors = " of two factors"

// TestThieves lets each thief try every call in several orders, again and again. They do exactly what the tables in
// docs/threat-model.md say.
func TestThieves(t *testing.T) {
	said := thiefTable(t)
	all := map[string]func(th *thief){}
	for name, steals := range thieves {
		all[name] = steals
		all[name+twoFactors] = func(th *thief) { steals(th); th.protect() }
	}

	for name, steals := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			did, early := map[string]bool{}, map[string]bool{}
			for order := range uint64(thiefOrders) {
				for _, ends := range []func(*thief, *rand.Rand){(*thief).destroy, (*thief).comeBack} {
					th, random := newThief(t), rand.New(rand.NewPCG(order, order))
					if order == 0 {
						random = nil // the plan's own order
					}
					steals(th)
					th.rob(random)
					ends(th, random)
					for effect, seen := range th.did {
						did[effect] = did[effect] || seen
						early[effect] = early[effect] || th.early[effect]
					}
				}
			}

			for _, effect := range slices.Sorted(maps.Keys(did)) {
				cell := said[effect][name]
				if strings.HasPrefix(cell, "yes, after three days") && early[effect] {
					t.Errorf("with %s a thief can %s before three days are over", name, effect)
				}
				if yes := strings.HasPrefix(cell, "yes"); yes != did[effect] || !yes && !strings.HasPrefix(cell, "no") {
					t.Errorf("with %s a thief can %s: %v, but docs/threat-model.md says %q", name, effect, did[effect], cell)
				}
			}
			if len(did) != len(said) {
				t.Errorf("docs/threat-model.md has %d rows, and thieves have %d effects", len(said), len(did))
			}
		})
	}
}

// thiefTable returns the tables in docs/threat-model.md, by row and column.
func thiefTable(t *testing.T) map[string]map[string]string {
	t.Helper()
	_, text, _ := strings.Cut(world.ReadFile(t, "../../docs/threat-model.md"), "\n## What a thief can do\n")
	text, _, _ = strings.Cut(text, "\n## ")

	rows, columns := map[string]map[string]string{}, []string(nil)
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}

		switch {
		case !strings.HasPrefix(line, "|"):
			columns = nil
		case strings.HasPrefix(line, "|--"):
		case columns == nil:
			columns = cells
		default:
			if rows[cells[0]] == nil {
				rows[cells[0]] = map[string]string{}
			}
			for i, cell := range cells[1:] {
				rows[cells[0]][columns[i+1]] = cell
			}
		}
	}

	return rows
}

// newThief makes a customer with every way in, who has had them for long and is signed in.
func newThief(t *testing.T) *thief {
	t.Helper()
	settings := world.DefaultSettings()
	settings.Unlimited, settings.SignInCode, settings.SecondFactor = true, true, account.SecondFactorOptional
	w := world.New(t, settings)
	v := visit(t, w, 1)
	v.link(false)
	v.addPasskey()
	v.proveNumber()
	row, err := w.Service.FindAccount(context.Background(), string(v.email))
	world.Check(t, err)

	w.Clock.Advance(20 * 24 * time.Hour)
	v.signIn()

	return &thief{
		World: w, t: t, victim: *row, customer: v.name, begins: w.Clock.Now(), device: &passkeytest.Authenticator{},
		mailboxes: []string{thiefsEmail, thiefsPhone}, passwords: []string{thiefsPassword},
		did: map[string]bool{"change the e-mail address": false, "read a copy of all the data": false},
	}
}

// protect gives the account an authenticator that it has had for long; what was stolen before stays stolen.
func (th *thief) protect() {
	th.t.Helper()
	ctx, app := context.Background(), &models.Authenticator{
		ID: th.Service.NewID(), AccountID: th.victim.ID, Name: "phone", Secret: []byte("of the customer alone"),
		CreatedAt: th.begins.Add(-time.Hour),
	}
	row, err := th.Store.AccountByID(ctx, th.victim.ID)
	world.Check(th.t, err)
	row.SecondFactorSince = &app.CreatedAt
	world.Check(th.t, th.Store.InTx(ctx, func(tx account.Tx) error {
		if err := tx.CreateAuthenticator(ctx, app); err != nil {
			return err
		}
		return tx.UpdateAccount(ctx, row, "second_factor_since")
	}))
	th.twoFactors = true
}

// copiedSession signs the customer in on another device, whose session is then copied.
func (th *thief) copiedSession() string {
	th.t.Helper()
	a := world.Succeed(th.t, th.Do(th.t, "", "signIn", world.Credentials(th.victim.Email, account.DemoPassword)))
	return a.At("signIn.session.token").(string)
}

// rob tries every call in a random order, again and again, and records what of the account has changed.
func (th *thief) rob(random *rand.Rand) {
	th.t.Helper()
	for range thiefRounds {
		th.round(random)
		th.look()
	}
	if !th.twoFactors {
		return
	}

	th.early = maps.Clone(th.did)
	// Nobody has objected to the removal of the second factor.
	th.Clock.Advance(resetWait + time.Hour)
	for range thiefRounds {
		th.round(random)
		th.look()
	}
}

// round tries every call without a session, and with the newest one.
func (th *thief) round(random *rand.Rand) {
	th.t.Helper()
	operations := slices.Clone(thiefPlan)
	if random != nil {
		random.Shuffle(len(operations), func(i, k int) { operations[i], operations[k] = operations[k], operations[i] })
	}
	for _, operation := range operations {
		for _, token := range slices.Compact([]string{"", th.live()}) {
			th.Tokens["thief"] = token
			for _, input := range thiefTries[operation](th) {
				th.try(operation, input)
			}
		}
	}
}

// sessionToken is a session's token in an answer.
var sessionToken = regexp.MustCompile(`"token":"(` + models.SessionTokenPrefix + `[^"]+)"`)

// try sends a call, and keeps the session in its answer.
func (th *thief) try(operation string, input map[string]any) *world.Answer {
	th.t.Helper()
	text, err := json.Marshal(input)
	world.Check(th.t, err)
	a := th.Do(th.t, "thief", operation, string(text))
	th.did["change the e-mail address"] = th.did["change the e-mail address"] || a.At("confirmEmailChange.email") == thiefsEmail

	if operation == "requestDataExport" && a.Code() == "" && th.readsCopy() {
		th.did["read a copy of all the data"] = true
	}

	if len(a.Errors) > 0 && a.Errors[0].Extensions.ChallengeID != "" {
		th.step = a.Errors[0].Extensions.ChallengeID
	}
	for _, found := range sessionToken.FindAllStringSubmatch(a.Body, -1) {
		if !th.lives(found[1]) {
			continue
		}
		th.tokens = append(th.tokens, found[1])
		if operation != "proveIdentity" && operation != "changePassword" {
			th.did["sign in"] = true
		}
	}

	return a
}

// lives reports whether a session is one of the customer's account.
func (th *thief) lives(token string) bool {
	th.t.Helper()
	a := th.Post(th.t, world.Call{Key: th.Keys["development"], Token: token, Body: `{"query":"{ account { id } }"}`})
	return a.At("account.id") == th.victim.ID
}

// live returns the thief's newest session of the customer's account, or "".
func (th *thief) live() string {
	th.t.Helper()
	for len(th.tokens) > 0 {
		newest := th.tokens[len(th.tokens)-1]
		if th.lives(newest) {
			return newest
		}
		th.tokens = th.tokens[:len(th.tokens)-1]
	}
	return ""
}

// look records what of the account is not as the customer left it.
func (th *thief) look() {
	th.t.Helper()
	ctx := context.Background()
	now, err := th.Store.AccountByID(ctx, th.victim.ID)
	world.Check(th.t, err)
	passkeys, err := th.Store.Passkeys(ctx, now.ID)
	world.Check(th.t, err)
	identities, err := th.Store.Identities(ctx, now.ID)
	world.Check(th.t, err)
	theirs, err := th.Service.Hasher.Verify(ctx, now.PasswordHash, thiefsPassword)
	world.Check(th.t, err)

	apps, err := th.Store.Authenticators(ctx, now.ID)
	world.Check(th.t, err)

	added, kept := 0, 0
	for _, one := range apps {
		tally(one.CreatedAt.Before(th.begins), new(int), &added)
	}
	for _, one := range passkeys {
		tally(one.CreatedAt.Before(th.begins), &kept, &added)
	}
	for _, one := range identities {
		tally(one.LinkedAt.Before(th.begins), &kept, &added)
	}

	for effect, seen := range map[string]bool{
		"read the profile":            th.live() != "",
		"change the profile":          now.FirstName != nil && *now.FirstName == "Thief",
		"end the customer's sessions": !th.lives(th.Tokens[th.customer]),
		"sign in":                     false,
		"set a password":              theirs,
		"take the password away":      now.PasswordHash == nil,
		"add a way to sign in":        added > 0,
		"remove the second factor":    th.twoFactors && now.SecondFactorSince == nil,
		"remove a passkey or a login": kept < 2,
		"change the phone number":     now.Phone == nil || *now.Phone != *th.victim.Phone,
	} {
		th.did[effect] = th.did[effect] || seen
	}
}

// tally adds one to the one or to the other.
func tally(first bool, one, other *int) {
	if first {
		*one++
	} else {
		*other++
	}
}

// readsCopy reports whether the thief can read a copy of the data with one of the tokens that came by mail.
func (th *thief) readsCopy() bool {
	th.t.Helper()
	for _, token := range th.secrets(models.MessageDataExport) {
		query := fmt.Sprintf(`{"query":"{ dataExport(token: \"%s\") { createdAt } }"}`, token)
		a := th.Post(th.t, world.Call{Key: th.Keys["development"], Token: th.live(), Body: query})
		if a.At("dataExport.createdAt") != nil {
			return true
		}
	}
	return false
}

// secrets returns the tokens and codes of a kind that came to where the thief reads, the newest first.
func (th *thief) secrets(kinds ...models.MessageKind) (found []string) {
	th.t.Helper()
	world.Check(th.t, th.Worker.Drain(context.Background()))
	for _, message := range th.Inbox.Messages(context.Background()) {
		if !slices.Contains(th.mailboxes, message.To) || !slices.Contains(kinds, models.MessageKind(message.Kind)) {
			continue
		}
		if message.Code != nil {
			found = append(found, *message.Code)
		}
		if message.Token != nil {
			found = append(found, *message.Token)
		}
	}

	return found[:min(len(found), 2)]
}
