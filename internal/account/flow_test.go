package account

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
)

// runFlow runs a flow of an operation with the given act.
func runFlow(
	ctx context.Context, s *Service, caller models.Caller, operation OperationName,
	act func(f *flow, tx Tx, done *success) error,
) (_ *Accepted, err error) {
	flow := s.begin(caller, operation, caller.AccountID())
	defer flow.recordRefusal(ctx, &err)
	return commit(ctx, flow, &Accepted{Accepted: true}, func(tx Tx, done *success) error { return act(flow, tx, done) })
}

// TestFlowRecordsARefusal: a flow that fails writes one event, with the outcome of its code, and nothing else.
func TestFlowRecordsARefusal(t *testing.T) {
	for _, test := range []struct {
		failure error
		outcome models.Outcome
	}{
		{errInvalidCredentials(), models.OutcomeRefused},
		{models.InvalidInput("city", models.ReasonBlank, 0, "must not be empty"), models.OutcomeRefused},
		{rateLimited(time.Minute), models.OutcomeLimited},
		{models.NewError(models.CodeOverloaded, "busy"), models.OutcomeLimited},
		{errNotConfigured(), models.OutcomeFailed},
		{errors.New("a bug"), models.OutcomeFailed},
		{models.NewError(models.CodeUnavailable, "the database is away"), ""},
	} {
		s, store, caller := newTestService(t)
		payload, err := runFlow(t.Context(), s, caller, opUpdateAccount, func(f *flow, tx Tx, done *success) error {
			f.accountID, done.AuthID, done.Outcome = "another", "4711", models.OutcomeSuccess
			return errors.Join(tx.Enqueue(t.Context(), &models.Message{ID: "lost"}), test.failure)
		})
		if payload != nil || !errors.Is(err, test.failure) {
			t.Errorf("%v: the flow returned %v, %v", test.failure, payload, err)
		}
		if len(store.kept.messages) != 0 {
			t.Errorf("%v: the refused flow has written something", test.failure)
		}

		if test.outcome == "" {
			if len(store.kept.events) != 0 {
				t.Errorf("%v: recorded %+v", test.failure, store.kept.events)
			}
			continue
		}

		if len(store.kept.events) != 1 {
			t.Fatalf("%v: recorded %d events", test.failure, len(store.kept.events))
		}

		event := store.kept.events[0]
		want := models.AuditEvent{
			ID: event.ID, AccountID: "another", Operation: "updateAccount", Outcome: test.outcome,
			Code: models.CodeOf(test.failure),
			IP:   "192.0.2.1", RequestID: "request", APIKeyID: "key", SessionID: "session", At: testTime,
		}
		if !reflect.DeepEqual(event, want) || event.ID == "" {
			t.Errorf("%v: recorded\n%+v, want\n%+v", test.failure, event, want)
		}
	}
}

// TestFlowRecordsASuccess: the event of a success has the details that the flow added, and comes with the webhook
// event of the operation's row.
func TestFlowRecordsASuccess(t *testing.T) {
	for _, test := range []struct {
		operation OperationName
		webhook   bool
		event     models.EventType
	}{
		{opChangePassword, true, models.EventPasswordChanged},
		{opChangePassword, false, ""},
		{opUpdateAccount, true, ""},
	} {
		s, store, caller := newTestService(t)
		store.kept.told = test.webhook
		woken := 0
		s.Wake = func() { woken++ }
		payload, err := runFlow(t.Context(), s, caller, test.operation, func(_ *flow, _ Tx, done *success) error {
			done.AuthID, done.SessionID, done.webhookData = "4711", "new", eventData{"revokedSessions": 2}
			return nil
		})
		if err != nil || payload == nil || !payload.Accepted {
			t.Fatalf("%s: %v, %v", test.operation, payload, err)
		}
		if len(store.kept.events) != 1 {
			t.Fatalf("%s: recorded %d events", test.operation, len(store.kept.events))
		}

		event := store.kept.events[0]
		if event.Outcome != models.OutcomeSuccess || event.Code != "" || event.AccountID != "ada" ||
			event.AuthID != "4711" ||
			event.SessionID != "new" || event.Operation != string(test.operation) || event.ID == "" ||
			event.At != testTime {
			t.Errorf("%s: recorded %+v", test.operation, event)
		}

		checkTold(t, store, test.event, woken)
	}
}

// checkTold checks the only webhook event that was sent; "" means none.
func checkTold(t *testing.T, store *fakeStore, want models.EventType, woken int) {
	t.Helper()
	if want == "" {
		if len(store.kept.messages) != 0 || woken != 0 {
			t.Errorf("sent %+v, and woke the outbox %d times", store.kept.messages, woken)
		}
		return
	}

	if len(store.kept.messages) != 1 || woken != 1 {
		t.Fatalf("sent %+v, and woke the outbox %d times", store.kept.messages, woken)
	}

	var body webhookBody
	if err := json.Unmarshal([]byte(store.kept.messages[0].Data.Event), &body); err != nil {
		t.Fatal(err)
	}
	if body.Type != want || body.AccountID != "ada" || body.Data["revokedSessions"] != 2.0 {
		t.Errorf("sent %+v", body)
	}
}

// TestFlowRunsAgainFromTheStart: after a conflict nothing of the first run remains.
func TestFlowRunsAgainFromTheStart(t *testing.T) {
	s, store, caller := newTestService(t)
	store.runs = 2
	run := 0
	_, err := runFlow(t.Context(), s, caller, opUpdateAccount, func(_ *flow, _ Tx, done *success) error {
		if run++; run == 1 {
			done.AuthID, done.outlives, done.Outcome = "4711", true, models.OutcomeLimited
		}
		return nil
	})
	if err != nil || run != 2 {
		t.Fatalf("%d runs, %v", run, err)
	}
	if events := store.kept.events; len(events) != 1 || events[0].AuthID != "" ||
		events[0].Outcome != models.OutcomeSuccess {
		t.Errorf("recorded %+v", events)
	}
}

// TestFlowRecordsNoPanic: a panic is recorded neither as a success nor as a refusal.
func TestFlowRecordsNoPanic(t *testing.T) {
	s, store, caller := newTestService(t)
	defer func() {
		if recover() == nil {
			t.Error("the panic went no further")
		}
		if len(store.kept.events) != 0 || len(store.kept.messages) != 0 {
			t.Errorf("kept %+v", store.kept)
		}
	}()

	_, _ = runFlow(t.Context(), s, caller, opUpdateAccount, func(*flow, Tx, *success) error { panic("a bug") })
}

// TestFlowKeepsItsOutcome: an attempt with an Idempotency-Key finds the flow's payload. It is kept for the account
// unless it outlives the account. An attempt that was replaced changes nothing.
func TestFlowKeepsItsOutcome(t *testing.T) {
	for _, test := range []struct {
		owner    string
		outlives bool
		keptFor  string
		code     models.Code
	}{
		{"me", false, "ada", ""},
		{"me", true, "", ""},
		{overtaken, false, "", models.CodeIdempotencyKeyInUse},
	} {
		s, store, caller := newTestService(t)
		attempt := &Attempt{key: models.IdempotencyKey{ID: "key", Owner: test.owner}}
		_, err := runFlow(WithAttempt(t.Context(), attempt), s, caller,
			opUpdateAccount, func(_ *flow, _ Tx, done *success) error {
				done.outlives = test.outlives
				return nil
			})
		if err != nil && models.CodeOf(err) != test.code || err == nil && test.code != "" {
			t.Fatalf("%+v: %v", test, err)
		}

		if test.code == "" {
			checkOutcome(t, store, test.keptFor)
		} else if events := store.kept.events; len(events) != 1 || events[0].Outcome != models.OutcomeRefused {
			t.Errorf("%+v: recorded %+v", test, events)
		}
	}
}

// checkOutcome checks the only outcome that was kept, and its account.
func checkOutcome(t *testing.T, store *fakeStore, keptFor string) {
	t.Helper()
	if len(store.kept.outcomes) != 1 {
		t.Fatalf("kept %d outcomes", len(store.kept.outcomes))
	}

	kept := store.kept.outcomes[0]
	got := ""
	if kept.AccountID != nil {
		got = *kept.AccountID
	}

	var outcome Outcome
	if err := json.Unmarshal(kept.Outcome, &outcome); err != nil {
		t.Fatal(err)
	}
	if got != keptFor || string(outcome.Payload) != `{"Accepted":true}` {
		t.Errorf("kept %s for %q, want it for %q", kept.Outcome, got, keptFor)
	}
}

// TestLockUnchanged: a verification counts only while the account's credentials are the same.
func TestLockUnchanged(t *testing.T) {
	_, store, caller := newTestService(t)
	for name, test := range map[string]struct {
		change  func(account *models.Account)
		refused bool
	}{
		"unchanged":      {func(account *models.Account) { account.Version++ }, false},
		"a new password": {func(account *models.Account) { account.CredentialEpoch++ }, true},
		"blocked since":  {func(account *models.Account) { account.Status = models.StatusBlocked }, true},
		"pending since":  {func(account *models.Account) { account.Status = models.StatusPending }, true},
		"deleted since":  {func(account *models.Account) { account.ID = "somebody else" }, true},
	} {
		current := store.kept.accounts["ada"]
		test.change(&current)
		tx := &fakeTx{kept: kept{accounts: map[string]models.Account{current.ID: current}}}
		account, err := lockUnchanged(t.Context(), tx, caller.Account, errInvalidCredentials)

		refused := errors.Is(err, errInvalidCredentials())
		if refused != test.refused || !refused && account.Version != current.Version {
			t.Errorf("%s: %v, %v", name, account, err)
		}
	}
}

// TestFlowConcerns: a flow is about the account that it found, and until then about the caller's.
func TestFlowConcerns(t *testing.T) {
	s, _, caller := newTestService(t)
	flow := s.begin(caller, opRequestEmailChange, "the caller")
	if flow.concerns(nil); flow.accountID != "the caller" {
		t.Errorf("a flow that found no account is about %q", flow.accountID)
	}
	if flow.concerns(caller.Account); flow.accountID != "ada" {
		t.Errorf("a flow that found Ada is about %q", flow.accountID)
	}
}

// TestFlowThatCommitsARefusal: a refusal that is committed with a flow's writes is not told as a success.
func TestFlowThatCommitsARefusal(t *testing.T) {
	s, store, caller := newTestService(t)
	store.kept.told = true
	_, err := runFlow(t.Context(), s, caller, opChangePassword, func(_ *flow, _ Tx, done *success) error {
		done.Outcome = models.OutcomeRefused
		return nil
	})
	if err != nil || len(store.kept.events) != 1 || store.kept.events[0].Outcome != models.OutcomeRefused {
		t.Fatalf("recorded %+v, %v", store.kept.events, err)
	}

	checkTold(t, store, "", 0)
}
