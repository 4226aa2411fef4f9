package account

import (
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
)

// TestWaitsDouble: after the free attempts the wait is one second, and doubles each time up to a quarter of an
// hour.
func TestWaitsDouble(t *testing.T) {
	for beyond, want := range map[int]time.Duration{
		0: time.Second, 1: 2 * time.Second, 5: 32 * time.Second, 9: 512 * time.Second, 10: maxDelay, 63: maxDelay,
		1 << 30: maxDelay,
	} {
		if got := delay(beyond); got != want {
			t.Errorf("after %d tries too many: %v, want %v", beyond, got, want)
		}
	}
}

// TestWaitsAreWholeSeconds: a retry after the reported wait must succeed.
func TestWaitsAreWholeSeconds(t *testing.T) {
	for wait, want := range map[time.Duration]time.Duration{
		-time.Hour: time.Second, 0: time.Second, 1: time.Second, time.Second: time.Second,
		time.Second + 1:                       2 * time.Second,
		59*time.Second + 999*time.Millisecond: time.Minute,
	} {
		var refusal models.Errors
		refusal.Add(rateLimited(wait))
		if got := refusal[0].RetryAfter; got != want || refusal[0].Code != models.CodeRateLimited {
			t.Errorf("a wait of %v is told as %v", wait, got)
		}
	}
}

// TestBudgetWindows: a window allows a limited number of uses, and the next window starts from zero.
func TestBudgetWindows(t *testing.T) {
	s, store, _ := newTestService(t)
	tx := &fakeTx{kept: store.kept}
	allowed := Limit{Uses: 2, Window: time.Hour}
	for i, test := range []struct {
		at   time.Duration
		wait time.Duration
	}{
		{0, 0}, {time.Minute, 0}, {2 * time.Minute, 58 * time.Minute}, {time.Hour - time.Microsecond, time.Second},
		{time.Hour, 0}, {time.Hour, 0}, {time.Hour, time.Hour},
	} {
		s.Now = func() time.Time { return testTime.Add(test.at) }
		var refusal models.Errors
		refusal.Add(s.spend(t.Context(), tx, "key", allowed))
		wait := time.Duration(0)
		if len(refusal) > 0 {
			wait = refusal[0].RetryAfter
		}
		if wait != test.wait {
			t.Errorf("use %d, at %v: told to wait %v, want %v", i+1, test.at, wait, test.wait)
		}
	}

	s.Settings.Unlimited = true
	if err := s.spend(t.Context(), tx, "key", Limit{}); err != nil {
		t.Errorf("without limits: %v", err)
	}
}

// TestMailsWaitForTheirTurn: the first mail to an address is sent at once, each further mail a minute after the
// previous one, and mails beyond the limit never.
func TestMailsWaitForTheirTurn(t *testing.T) {
	s, store, _ := newTestService(t)
	tx := &fakeTx{kept: store.kept}
	for i, want := range []time.Duration{0, time.Minute, 2 * time.Minute, -1} {
		due, err := s.mailDue(t.Context(), tx, models.MessagePasswordReset, "ada@example.com",
			s.Settings.Limits.ResetMails)
		if err != nil {
			t.Fatal(err)
		}
		if never := due.IsZero(); never != (want < 0) || !never && due.Sub(testTime) != want {
			t.Errorf("mail %d is due at %v", i+1, due)
		}
	}
}

// TestStrangersGetHalf: accounts with an unproven address use at most half of the service's ceiling, and an account
// that does not exist uses none of it.
func TestStrangersGetHalf(t *testing.T) {
	s, _, _ := newTestService(t)
	s.Settings.Limits.Messages = Limit{Uses: 10, Window: time.Hour}
	proven := testTime
	for name, test := range map[string]struct {
		account *models.Account
		want    []int
	}{
		"nobody":         {&models.Account{}, nil},
		"a stranger":     {&models.Account{ID: "eve"}, []int{5, 10}},
		"a customer":     {&models.Account{ID: "ada", EmailVerifiedAt: &proven}, []int{10}},
		"the shop's own": {&models.Account{ID: "bob", EmailVouched: true}, []int{10}},
	} {
		var limits []int
		uses := s.ceilingUses(test.account)
		for _, use := range uses {
			if !strings.HasPrefix(use.key, string(budgetDecoys)+":") {
				limits = append(limits, use.allowed.Uses)
			}
		}

		if len(uses) != 2 || len(limits) != len(test.want) || len(limits) > 0 && limits[0] != test.want[0] {
			t.Errorf("%s: %d uses, limits %v, want %v", name, len(uses), limits, test.want)
		}
	}
}

// TestDecoysStandInForWhatIsNotSent: the budgets after the first exceeded one are not spent, and the work is the
// same.
func TestDecoysStandInForWhatIsNotSent(t *testing.T) {
	s, store, _ := newTestService(t)
	tx := &fakeTx{kept: store.kept}
	limited, _, err := s.trySpend(t.Context(), tx,
		[]use{{"first", Limit{1, time.Hour}}, {"full", Limit{0, time.Hour}}, {"last", Limit{1, time.Hour}}})
	if err != nil || !limited {
		t.Errorf("limited %v, %v", limited, err)
	}

	for key, want := range map[string]int{"first": 1, "full": 1, "last": 0, budgetKey(budgetDecoys, "last"): 1} {
		if got := tx.budgets[key].Count; got != want {
			t.Errorf("%s was used %d times, want %d", key, got, want)
		}
	}
}

// TestNetworksCount: each network has its own budget, and a client on this machine has none.
func TestNetworksCount(t *testing.T) {
	for ip, want := range map[string]int{"192.0.2.1": 1, "127.0.0.1": 0, "": 0} {
		s, store, caller := newTestService(t)
		caller.IP = ip
		if err := s.spendTry(t.Context(), caller); err != nil {
			t.Fatal(err)
		}
		if got := len(store.kept.budgets); got != want {
			t.Errorf("%q used %d budgets, want %d", ip, got, want)
		}
	}
}

// TestBudgetKeysTellNothing: a key begins with the budget's name, differs for each part, and contains no address.
func TestBudgetKeysTellNothing(t *testing.T) {
	key := budgetKey(budgetMails, "PASSWORD_RESET", "ada@example.com")
	if !strings.HasPrefix(key, "mails:") || strings.Contains(key, "ada") || strings.Contains(key, "@") {
		t.Errorf("the key is %q", key)
	}
	if key == budgetKey(budgetMails, "ACTIVATION", "ada@example.com") ||
		key == budgetKey(budgetMails, "PASSWORD_RESET", "bob@example.com") {
		t.Error("two budgets have the same key")
	}
}
