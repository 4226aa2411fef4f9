package system

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// This file holds the table of operations against what the stories do: which webhook events an operation sends, and in
// which budgets it counts.

// TestTableOfOperationsIsKept runs every story with a webhook. An operation must send and count what its row says, and
// nothing else; and there must be a story for each event and each budget of a row.
func TestTableOfOperationsIsKept(t *testing.T) {
	seen := &sightings{told: map[sighting]bool{}, counted: map[sighting]bool{}}
	settings := world.DefaultSettings()
	t.Run("stories", func(t *testing.T) {
		runStoriesWith(t, settings,
			world.SQLiteFile, func(keeper account.Store) account.Store { return sightedStore{keeper, seen} })
	})
	beyondStories(t, settings, seen)

	told, counted := map[sighting]bool{}, map[sighting]bool{}
	events := map[models.EventType]bool{}
	for _, operation := range account.Operations() {
		for _, event := range append(operation.ConditionalEvents, operation.Event) {
			if event != "" {
				told[sighting{operation.Name, string(event)}] = true
				events[event] = true
			}
		}

		for _, budget := range operation.Budgets {
			counted[sighting{operation.Name, string(budget)}] = true
		}
	}

	checkSightings(t, "sends", told, seen.told)
	checkSightings(t, "counts in", counted, seen.counted)
	for _, problem := range seen.problems {
		t.Error(problem)
	}

	for _, event := range models.EventTypes {
		if !events[event] {
			t.Errorf("no operation sends %s", event)
		}
	}
}

// beyondStories does what no story does.
func beyondStories(t *testing.T, settings account.Settings, seen *sightings) {
	t.Helper()
	w := world.New(t, settings)
	w.Service.Store = sightedStore{w.Store, seen}

	// A stranger moves to another address.
	const proof = `"password":"correct horse battery staple"`
	world.Succeed(t, w.Do(t, "ada", "registerAccount", `{"email":"ada@example.com",`+proof+`}`))
	world.Succeed(t, w.Do(t, "ada", "signIn", `{"email":"ada@example.com",`+proof+`}`))
	world.Succeed(t, w.Do(t, "ada", "updateAccount", `{"email":"lovelace@example.com",`+proof+`}`))

	// A customer of the shop's, whose address is not proven, activates the account by another login.
	issuer := w.Trust(t, "other", models.ProviderOAuth, false, false)
	const line = `{"email":"eve@example.com","emailVerified":false,"identities":[{"identityProvider":"OAUTH","issuer":%q,"subject":"eve"}]}`
	_, said, err := importLines(w, fmt.Sprintf(line+"\n", issuer.URL), false)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}

	world.Succeed(t, w.Do(t, "eve", "requestAccountActivation", `{"email":"eve@example.com"}`))
	mail := w.Message(t, models.MessageActivation, "eve@example.com")
	world.Succeed(t, w.Do(t, "eve", "confirmAccountActivation", fmt.Sprintf(
		`{"token":%q,"identityProvider":"OAUTH","externalToken":%q}`, *mail.Token, w.NewToken("other", "eve", nil))))

	_, err = w.Service.EraseAccount(t.Context(), "eve@example.com")
	world.Check(t, err)

	officeWork(t, w, issuer.URL)
	officeOptIn(t, w)
	officeKeepsFactors(t, w)
	passkeysOfUnproven(t, w)

	// Nobody has proven the address of a stranger, who has another login, for long enough.
	const claim = `{"email":"claim@example.com","emailVerified":false,"emailVouched":false,"identities":[{"identityProvider":"OAUTH","issuer":%q,"subject":"claim"}]}`
	_, said, err = importLines(w, fmt.Sprintf(claim+"\n", issuer.URL), false)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}

	world.Succeed(t, w.Do(t, "", "registerAccount", `{"email":"stranger@example.com",`+proof+`}`))
	_, _, err = w.Service.EraseUnproven(t.Context(), "", w.Clock.Now().Add(time.Hour))
	world.Check(t, err)

	idleYear(t, w, issuer.URL)
}

// idleYear lets a customer, who has another login, go for good.
func idleYear(t *testing.T, w *world.World, issuer string) {
	t.Helper()
	line := fmt.Sprintf(`{"email":"ida@example.com","identities":[{"identityProvider":"OAUTH","issuer":%q,"subject":"ida"}]}`, issuer)
	_, said, err := importLines(w, line+"\n", false)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}

	year := idle{w, t}
	year.announce()
	if year.pass(8*day) == 0 {
		t.Error("nobody is erased")
	}
}

// officeWork does in the back office what sends an event or counts in a budget.
func officeWork(t *testing.T, w *world.World, issuer string) {
	t.Helper()
	lines := `{"email":"bea@example.com","emailVerified":false,"emailVouched":false,"status":"PENDING"}` + "\n" +
		fmt.Sprintf(`{"email":"eva@example.com","identities":[{"identityProvider":"OAUTH","issuer":%q,"subject":"eva"}]}`, issuer) + "\n"
	_, said, err := importLines(w, lines, false)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}

	office, nobody := w.Service.By(account.Actor{Operator: "zoe"}), models.Caller{}
	of := func(email string) account.OperatorInput {
		found, err := w.Service.FindAccount(t.Context(), email)
		world.Check(t, err)
		return account.OperatorInput{ID: found.ID}
	}

	name, email, phone := "Bea", models.EmailAddress("beatrix@example.com"), models.PhoneNumber("+48512345678")
	update := account.UpdateCustomerInput{OperatorInput: of("eva@example.com")}
	update.FirstName.Set, update.FirstName.Value = true, &name
	update.Phone.Set, update.Phone.Value = true, &phone
	yes := true
	update.Agreements.Set, update.Agreements.Value = true, &models.AgreementsInput{}
	*update.Agreements.Value.Channel(models.ConsentSMS) = models.Optional[bool]{Set: true, Value: &yes}
	_, err = office.UpdateCustomer(t.Context(), nobody, update)
	world.Check(t, err)
	update = account.UpdateCustomerInput{OperatorInput: of("bea@example.com")}
	update.Email.Set, update.Email.Value = true, &email
	_, err = office.UpdateCustomer(t.Context(), nobody, update)
	world.Check(t, err)

	activation, reset := account.ResendActivation, account.ResendPasswordReset
	for _, resend := range []account.ResendCustomerMessageInput{
		{OperatorInput: of("beatrix@example.com"), Message: &activation},
		{OperatorInput: of("eva@example.com"), Message: &reset},
	} {
		_, err = office.ResendCustomerMessage(t.Context(), nobody, resend)
		world.Check(t, err)
	}

	for _, verify := range []account.VerifyCustomerAddressInput{
		{OperatorInput: of("beatrix@example.com"), Email: &email}, {OperatorInput: of("eva@example.com"), Phone: &phone},
	} {
		_, err = office.VerifyCustomerAddress(t.Context(), nobody, verify)
		world.Check(t, err)
	}

	world.Succeed(t, w.Do(t, "ada", "signIn", world.Credentials("ada@example.com", "correct horse battery staple")))
	_, err = office.RevokeCustomerSessions(t.Context(), nobody,
		account.RevokeCustomerSessionsInput{OperatorInput: of("ada@example.com")})
	world.Check(t, err)
	_, err = office.BlockCustomer(t.Context(), nobody, account.BlockCustomerInput{OperatorInput: of("ada@example.com")})
	world.Check(t, err)
	_, err = office.UnblockCustomer(t.Context(), nobody, account.UnblockCustomerInput{OperatorInput: of("ada@example.com")})
	world.Check(t, err)
	_, err = office.ReleaseCustomerPhone(t.Context(), nobody,
		account.ReleaseCustomerPhoneInput{OperatorInput: of("eva@example.com")})
	world.Check(t, err)
	_, err = office.EraseCustomer(t.Context(), nobody, account.EraseCustomerInput{OperatorInput: of("eva@example.com")})
	world.Check(t, err)
}

// officeOptIn lets the back office verify an address whose consent waits, and agree for a customer, where both need the
// second opt-in.
func officeOptIn(t *testing.T, w *world.World) {
	t.Helper()
	w.Service.Settings.DoubleOptIn = true
	defer func() { w.Service.Settings.DoubleOptIn = false }()
	world.Succeed(t, w.Do(t, "", "registerAccount",
		`{"email":"ora@example.com","password":"correct horse battery staple","agreements":{"email":true}}`))
	found, err := w.Service.FindAccount(t.Context(), "ora@example.com")
	world.Check(t, err)

	office, ora := w.Service.By(account.Actor{Operator: "zoe"}), account.OperatorInput{ID: found.ID}
	_, err = office.VerifyCustomerAddress(t.Context(), models.Caller{},
		account.VerifyCustomerAddressInput{OperatorInput: ora, Email: &found.Email})
	world.Check(t, err)

	yes := true
	update := account.UpdateCustomerInput{OperatorInput: ora}
	update.Agreements.Set, update.Agreements.Value = true, &models.AgreementsInput{}
	*update.Agreements.Value.Channel(models.ConsentEmail) = models.Optional[bool]{Set: true, Value: &yes}
	_, err = office.UpdateCustomer(t.Context(), models.Caller{}, update)
	world.Check(t, err)
}

// sighting is something that an operation did.
type sighting struct {
	operation account.OperationName
	what      string
}

func checkSightings(t *testing.T, does string, want, got map[sighting]bool) {
	t.Helper()
	for _, one := range slices.SortedFunc(maps.Keys(got), compareSightings) {
		if !want[one] {
			t.Errorf("%s %s %s, and its row does not say so", one.operation, does, one.what)
		}
	}

	for _, one := range slices.SortedFunc(maps.Keys(want), compareSightings) {
		if !got[one] {
			t.Errorf("the row of %s says that it %s %s, and no story shows it", one.operation, does, one.what)
		}
	}
}

func compareSightings(a, b sighting) int {
	return strings.Compare(string(a.operation)+" "+a.what, string(b.operation)+" "+b.what)
}

// sightings is what was seen of all stories.
type sightings struct {
	mu            sync.Mutex
	told, counted map[sighting]bool
	problems      []string
}

// note takes over what a transaction did. An event belongs to an operation that the transaction records as a success.
func (s *sightings) note(operation account.OperationName, tx *sightedTx, committed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()

	if operation == "" {
		// An operator's command says which one it is. Else it is a customer token that is noted before an operation
		// begins.
		operation = account.OperationName(slices.Concat(tx.recorded, []string{"customer token"})[0])
	}

	for _, budget := range tx.budgets {
		s.counted[sighting{operation, budget}] = true
	}

	if !committed {
		return
	}

	declared := map[string]bool{}
	for _, row := range account.Operations() {
		if !slices.Contains(tx.recorded, string(row.Name)) {
			continue
		}

		for _, event := range append(row.ConditionalEvents, row.Event) {
			declared[string(event)] = true
			if slices.Contains(tx.events, string(event)) {
				s.told[sighting{row.Name, string(event)}] = true
			}
		}

		if row.Event != "" && !slices.Contains(tx.events, string(row.Event)) {
			s.problems = append(s.problems, fmt.Sprintf("%s succeeded and did not send %s", row.Name, row.Event))
		}
	}

	for _, event := range tx.events {
		if !declared[event] {
			s.problems = append(s.problems, fmt.Sprintf("%v sent %s, and no row says so", tx.recorded, event))
		}
	}
}

// sightedStore notes what its transactions do.
type sightedStore struct {
	account.Store
	seen *sightings
}

func (s sightedStore) InTx(ctx context.Context, decide func(tx account.Tx) error) error {
	var last *sightedTx
	err := s.Store.InTx(ctx, func(tx account.Tx) error {
		last = &sightedTx{Tx: tx}
		return decide(last)
	})
	if last != nil {
		s.seen.note(rootOperation(ctx), last, err == nil)
	}

	return err
}

// rootOperation is the operation of the API that a transaction is for, or "".
func rootOperation(ctx context.Context) account.OperationName {
	field := graphql.GetFieldContext(ctx)
	if field == nil {
		return ""
	}

	for field.Parent != nil && field.Parent.Field.Field != nil {
		field = field.Parent
	}

	return account.OperationName(field.Field.Name)
}

// sightedTx keeps the names of what one run of a transaction does.
type sightedTx struct {
	account.Tx
	recorded, events, budgets []string
}

// WebhookTargets has one target in every story.
func (t *sightedTx) WebhookTargets(context.Context) ([]models.WebhookTarget, error) {
	return []models.WebhookTarget{{Name: "webhook"}}, nil
}

func (t *sightedTx) RecordEvent(ctx context.Context, event *models.AuditEvent) error {
	if event.Outcome == models.OutcomeSuccess {
		t.recorded = append(t.recorded, event.Operation)
	}
	return t.Tx.RecordEvent(ctx, event)
}

func (t *sightedTx) Enqueue(ctx context.Context, message *models.Message) error {
	if message.Channel == models.ChannelWebhook && message.SentAt == nil {
		t.events = append(t.events, string(message.Kind))
	}
	return t.Tx.Enqueue(ctx, message)
}

func (t *sightedTx) SpendBudget(
	ctx context.Context, key string, now time.Time, window time.Duration,
) (models.Budget, error) {
	name, _, _ := strings.Cut(key, ":")
	t.budgets = append(t.budgets, name)
	return t.Tx.SpendBudget(ctx, key, now, window)
}
