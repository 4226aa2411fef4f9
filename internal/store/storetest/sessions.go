package storetest

import (
	"bytes"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

func sessions(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	first, second, third := f.session(owner), f.session(owner), f.session(owner)
	foreign := f.session(other)
	f.ok(f.RecordActivity(f.ctx,
		[]models.Activity{
			{SessionID: second.ID, UsedAt: base.Add(time.Minute), SessionExpiresAt: base.Add(time.Hour)},
		}))
	left, err := f.Sessions(f.ctx, owner.ID, base)
	f.ok(err)
	if len(left) != 3 || left[0].ID != second.ID || left[1].ID != third.ID || left[2].ID != first.ID {
		t.Fatalf("sessions %+v", left)
	}

	want := *first
	if !reflect.DeepEqual(left[2], want) {
		t.Errorf("\n got %+v\nwant %+v", left[2], want)
	}

	proved := base.Add(2 * time.Minute)
	f.tx(func(tx account.Tx) error { return tx.ProveSession(f.ctx, first.ID, proved) })
	f.rotate(first, proved)
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.EndSession(f.ctx, owner.ID, foreign.ID, base) }))
	f.tx(func(tx account.Tx) error { return tx.EndSession(f.ctx, owner.ID, third.ID, base) })
	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.EndSession(f.ctx, owner.ID, third.ID, base) }))
	if got := f.endSessions(owner.ID, first.ID, base); got != 1 {
		t.Errorf("ended %d but one", got)
	}

	f.tx(func(tx account.Tx) error {
		renamed, err := tx.RenameSession(f.ctx, owner.ID, first.ID, pointer("Laptop"), base)
		if err == nil && (renamed.ID != first.ID || renamed.Name == nil || *renamed.Name != "Laptop") {
			t.Errorf("renamed %+v", renamed)
		}
		return err
	})
	for _, gone := range []string{foreign.ID, third.ID} {
		f.notFound(f.InTx(f.ctx, func(tx account.Tx) error {
			_, err := tx.RenameSession(f.ctx, owner.ID, gone, nil, base)
			return err
		}))
	}

	left, err = f.Sessions(f.ctx, owner.ID, base)
	f.ok(err)
	if len(left) != 1 || left[0].ID != first.ID || !left[0].AuthenticatedAt.Equal(proved) {
		t.Errorf("sessions %+v", left)
	}
	if got := f.endSessions(owner.ID, "", base); got != 1 {
		t.Errorf("ended %d", got)
	}
	if got := f.endSessions(owner.ID, "", base); got != 0 {
		t.Errorf("ended %d of none", got)
	}
	if left, err := f.Sessions(f.ctx, other.ID, base); err != nil || len(left) != 1 {
		t.Errorf("the other account has %v, %v", left, err)
	}
}

// rotate exchanges the session's token: the former one opens nothing any more, and is exchanged once.
func (f *fixture) rotate(session *models.Session, now time.Time) {
	f.Helper()
	rotated, former := *session, session.TokenHash
	rotated.TokenHash, rotated.AuthenticatedAt, rotated.StepUpAt = hash("rotated"), now, &now
	exchange := func(tx account.Tx) error { return tx.RotateSession(f.ctx, &rotated, former, now) }
	f.tx(exchange)
	f.notFound(f.InTx(f.ctx, exchange))

	key := f.apiKey("rotation").SecretHash
	for _, token := range [][]byte{former, rotated.TokenHash} {
		_, found, _, err := f.Authenticate(f.ctx, key, token, now)
		f.ok(err)
		if (found != nil) != bytes.Equal(token, rotated.TokenHash) {
			f.Errorf("a token after the exchange: %+v", found)
		}
		if found != nil && (found.StepUpAt == nil || !found.StepUpAt.Equal(now) || !found.EndsAt.Equal(session.EndsAt)) {
			f.Errorf("the session after the exchange: %+v", found)
		}
	}
}

func (f *fixture) endSessions(accountID, exceptID string, now time.Time) (ended int) {
	f.Helper()
	f.tx(func(tx account.Tx) (err error) {
		ended, err = tx.EndSessions(f.ctx, accountID, exceptID, now)
		return err
	})
	return ended
}

func sessionExpiry(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	session := f.session(owner)
	for _, now := range []time.Time{session.ExpiresAt, session.ExpiresAt.Add(time.Microsecond)} {
		left, err := f.Sessions(f.ctx, owner.ID, now)
		f.ok(err)
		if len(left) != 0 {
			t.Errorf("expired session is listed at %v", now)
		}

		f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.EndSession(f.ctx, owner.ID, session.ID, now) }))
		f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.ProveSession(f.ctx, session.ID, now) }))
		f.notFound(f.InTx(f.ctx, func(tx account.Tx) error {
			return tx.RotateSession(f.ctx, session, session.TokenHash, now)
		}))
		if got := f.endSessions(owner.ID, "", now); got != 0 {
			t.Errorf("%d expired sessions were counted", got)
		}
	}

	if got := f.endSessions(owner.ID, "", session.ExpiresAt.Add(-time.Microsecond)); got != 1 {
		t.Errorf("ended %d", got)
	}
}

func activity(t *testing.T, f *fixture) {
	owner, key := f.account("a@example.com"), f.apiKey("key")
	session := f.session(owner)
	use := func(used, expires time.Duration) {
		f.ok(f.RecordActivity(f.ctx, []models.Activity{{
			SessionID: session.ID, AccountID: owner.ID, APIKeyID: key.ID, UsedAt: base.Add(used),
			SessionExpiresAt: base.Add(expires),
		}}))
	}

	expect := func(step string, used, expires time.Duration) {
		t.Helper()
		found, _, account, err := f.Authenticate(f.ctx, key.SecretHash, session.TokenHash, base)
		f.ok(err)
		left, err := f.Sessions(f.ctx, owner.ID, base)
		f.ok(err)
		if got := left[0]; !got.LastUsedAt.Equal(base.Add(used)) || !got.ExpiresAt.Equal(base.Add(expires)) {
			t.Errorf("%s: used at %v, expires at %v", step, got.LastUsedAt, got.ExpiresAt)
		}
		if !account.LastActivityAt.Equal(base.Add(used)) || account.Version != 1 || !account.UpdatedAt.Equal(base) {
			t.Errorf("%s: account %+v", step, account)
		}
		if !found.LastUsedAt.Equal(base.Add(used)) {
			t.Errorf("%s: key used at %v", step, found.LastUsedAt)
		}
	}

	use(10*time.Minute, 70*time.Minute)
	expect("first use", 10*time.Minute, 70*time.Minute)
	use(5*time.Minute, 65*time.Minute)
	expect("older use, written later", 10*time.Minute, 70*time.Minute)
	use(60*time.Minute, 48*time.Hour)
	expect("beyond the absolute limit", 60*time.Minute, 70*time.Minute)

	expired := f.session(owner)
	f.ok(f.RecordActivity(f.ctx, []models.Activity{
		{SessionID: expired.ID, UsedAt: base.Add(time.Hour), SessionExpiresAt: base.Add(2 * time.Hour)},
	}))
	left, err := f.Sessions(f.ctx, owner.ID, base.Add(65*time.Minute))
	f.ok(err)
	if len(left) != 1 || left[0].ID != session.ID {
		t.Errorf("an expired session came back: %+v", left)
	}

	f.ok(f.RecordActivity(f.ctx, nil))
	f.ok(f.RecordActivity(f.ctx, []models.Activity{{APIKeyID: "unknown", UsedAt: base}}))
}

func authenticate(t *testing.T, f *fixture) {
	owner, key := f.account("a@example.com"), f.apiKey("key")
	session := f.session(owner)

	expect := func(name string, token []byte, now time.Time, live bool) {
		t.Helper()
		gotKey, gotSession, gotAccount, err := f.Authenticate(f.ctx, key.SecretHash, token, now)
		f.ok(err)
		if gotKey.ID != key.ID || (gotSession != nil) != live || (gotAccount != nil) != live {
			t.Errorf("%s: %v, %v, %v", name, gotKey, gotSession, gotAccount)
		}
	}

	last := session.ExpiresAt.Add(-time.Microsecond)
	expect("no token", nil, base, false)
	expect("empty token", []byte{}, base, false)
	expect("unknown token", hash("unknown"), base, false)
	alike := slices.Clone(session.TokenHash)
	alike[len(alike)-1]++
	expect("a token whose hash begins like that of another", alike, base, false)
	expect("live", session.TokenHash, base, true)
	expect("last moment", session.TokenHash, last, true)
	expect("expired", session.TokenHash, session.ExpiresAt, false)
	_, _, _, err := f.Authenticate(f.ctx, hash("unknown"), session.TokenHash, base)
	f.notFound(err)
	_, _, _, err = f.Authenticate(f.ctx, nil, session.TokenHash, base)
	f.notFound(err)

	for status, live := range map[models.Status]bool{models.StatusPending: true, models.StatusBlocked: false} {
		owner.Status = status
		f.tx(func(tx account.Tx) error { return tx.UpdateAccount(f.ctx, owner, "status") })
		expect(string(status), session.TokenHash, base, live)
	}

	owner.Status = models.StatusActive
	f.tx(func(tx account.Tx) error { return tx.UpdateAccount(f.ctx, owner, "status") })
	f.tx(func(tx account.Tx) error { return tx.RevokeAPIKey(f.ctx, key.ID, base) })
	expect("revoked key", session.TokenHash, base, true)
	f.tx(func(tx account.Tx) error { return tx.EndSession(f.ctx, owner.ID, session.ID, base) })
	expect("ended", session.TokenHash, base, false)
}

// authenticateAgrees guards the statement that is scanned by hand against missing and swapped columns.
func authenticateAgrees(t *testing.T, f *fixture) {
	owner := wholeAccount(t, f.id("account"))
	session := &models.Session{
		ID: "session", AccountID: owner.ID, APIKeyID: "key", TokenHash: hash("session"),
		CreatedAt: base, AuthenticatedAt: base.Add(time.Second),
		LastUsedAt: base.Add(2 * time.Second), EndsAt: base.Add(24 * time.Hour), ExpiresAt: base.Add(time.Hour),
		UserAgent: pointer("agent"), Brands: pointer("brands"), IP: pointer("::1"),
	}
	key := &models.APIKey{
		ID: "key", Name: "Shop", SecretHash: hash("key"), Permissions: models.Permissions,
		Origins:   []string{"https://shop.example"},
		CreatedAt: base, ExpiresAt: pointer(base.Add(time.Minute)), RevokedAt: pointer(base.Add(2 * time.Minute)),
		LastUsedAt: pointer(base.Add(3 * time.Minute)),
	}
	f.tx(func(tx account.Tx) error {
		f.ok(tx.CreateAccount(f.ctx, owner))
		f.ok(tx.CreateSession(f.ctx, session))
		return tx.CreateAPIKey(f.ctx, key)
	})
	gotKey, gotSession, gotAccount, err := f.Authenticate(f.ctx, key.SecretHash, session.TokenHash, base)
	f.ok(err)
	keys, err := f.APIKeys(f.ctx)
	f.ok(err)
	listed, err := f.Sessions(f.ctx, owner.ID, base)
	f.ok(err)
	read, err := f.AccountByID(f.ctx, owner.ID)
	f.ok(err)

	for name, pair := range map[string][3]any{
		"key": {gotKey, &keys[0], key}, "session": {gotSession, &listed[0], session},
		"account": {gotAccount, read, owner},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) || !reflect.DeepEqual(pair[0], pair[2]) {
			t.Errorf("%s:\n authenticate %+v\n read         %+v\n written      %+v", name, pair[0], pair[1], pair[2])
		}
	}

	bare := f.account("bare@example.com")
	bareSession, bareKey := f.session(bare), f.apiKey("bare")
	gotKey, gotSession, gotAccount, err = f.Authenticate(f.ctx, bareKey.SecretHash, bareSession.TokenHash, base)
	f.ok(err)
	if !reflect.DeepEqual(gotKey, bareKey) || !reflect.DeepEqual(gotSession, bareSession) ||
		!reflect.DeepEqual(gotAccount, bare) {
		t.Errorf("bare: %+v, %+v, %+v", gotKey, gotSession, gotAccount)
	}
}
