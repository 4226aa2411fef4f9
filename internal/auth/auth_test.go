package auth

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// These tests check how a request identifies its caller (R-KEY5, R-KEY9, R-SES1): by two headers, each sent once,
// and by nothing else; and that the use of a key or a session is noted without a write for every request.

const (
	goodKey   = "ak_test_0123456789"
	goodToken = "as_0123456789"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// fakeStore knows one key, and one session of one customer.
type fakeStore struct {
	mu       sync.Mutex
	key      models.APIKey
	session  models.Session
	customer models.Account
	failure  error
	asked    int
	// token is the last hash that was requested.
	token    []byte
	recorded [][]models.Activity
}

func newFakeStore() *fakeStore {
	used := noon.Add(-time.Hour)
	return &fakeStore{
		key: models.APIKey{ID: "key", Permissions: models.Permissions, LastUsedAt: &used},
		session: models.Session{ID: "session",
			AccountID: "account", LastUsedAt: used, EndsAt: noon.Add(100 * time.Hour), ExpiresAt: noon.Add(time.Hour)},
		customer: models.Account{ID: "account", Status: models.StatusActive},
	}
}

func (s *fakeStore) Authenticate(
	_ context.Context, keyHash, tokenHash []byte, _ time.Time,
) (*models.APIKey, *models.Session, *models.Account, error) {
	s.asked++
	s.token = tokenHash
	if s.failure != nil {
		return nil, nil, nil, s.failure
	}
	if !bytes.Equal(keyHash, account.HashToken(goodKey)) {
		return nil, nil, nil, models.ErrNotFound
	}
	if !bytes.Equal(tokenHash, account.HashToken(goodToken)) {
		return &s.key, nil, nil, nil
	}

	return &s.key, &s.session, &s.customer, nil
}

func (s *fakeStore) RecordActivity(_ context.Context, uses []models.Activity) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.recorded = append(s.recorded, uses)
	return s.failure
}

func (s *fakeStore) authenticator() *Authenticator {
	return &Authenticator{Store: s, Now: func() time.Time { return noon }, SessionIdle: 48 * time.Hour}
}

func request(headers ...string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql?X-Api-Key="+goodKey+"&access_token="+goodToken,
		strings.NewReader(`{"key":"`+goodKey+`"}`))
	r.AddCookie(&http.Cookie{Name: "X-Api-Key", Value: goodKey})
	r.AddCookie(&http.Cookie{Name: "Authorization", Value: "Bearer " + goodToken})
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}

	return r
}

func TestKeys(t *testing.T) {
	past, future := noon, noon.Add(time.Nanosecond*1000)
	for name, test := range map[string]struct {
		headers []string
		change  func(*fakeStore)
		code    models.Code // "" for a valid key
		asked   int
	}{
		"none":              {nil, nil, models.CodeAPIKeyInvalid, 0},
		"empty":             {[]string{"X-Api-Key", ""}, nil, models.CodeAPIKeyInvalid, 0},
		"no prefix":         {[]string{"X-Api-Key", "0123456789"}, nil, models.CodeAPIKeyInvalid, 0},
		"a session's token": {[]string{"X-Api-Key", goodToken}, nil, models.CodeAPIKeyInvalid, 0},
		"too long": {
			[]string{"X-Api-Key", "ak_" + strings.Repeat("x", 1000)}, nil, models.CodeAPIKeyInvalid, 0,
		},
		"as a bearer token": {[]string{"Authorization", "Bearer " + goodKey}, nil, models.CodeAPIKeyInvalid, 0},
		"unknown":           {[]string{"X-Api-Key", goodKey + "x"}, nil, models.CodeAPIKeyInvalid, 1},
		"in two cases":      {[]string{"X-Api-Key", strings.ToUpper(goodKey)}, nil, models.CodeAPIKeyInvalid, 0},
		"twice":             {[]string{"X-Api-Key", goodKey, "X-Api-Key", goodKey}, nil, models.CodeBadRequest, 0},
		"two authorizations": {[]string{
			"X-Api-Key", goodKey, "Authorization", "Bearer " + goodToken, "Authorization", "Bearer x",
		}, nil, models.CodeBadRequest, 0},
		"revoked": {
			[]string{"X-Api-Key", goodKey}, func(s *fakeStore) { s.key.RevokedAt = &past }, models.CodeAPIKeyInvalid, 1,
		},
		"expired": {
			[]string{"X-Api-Key", goodKey}, func(s *fakeStore) { s.key.ExpiresAt = &past }, models.CodeAPIKeyInvalid, 1,
		},
		"about to expire": {[]string{"X-Api-Key", goodKey}, func(s *fakeStore) { s.key.ExpiresAt = &future }, "", 1},
		"another origin": {[]string{"X-Api-Key", goodKey, "Origin", "https://evil.example"}, func(s *fakeStore) {
			s.key.Origins = []string{"https://shop.example"}
		}, models.CodeAPIKeyInvalid, 1},
		"no database": {[]string{"X-Api-Key", goodKey}, func(s *fakeStore) {
			s.failure = models.Unavailable(errors.New("disk"))
		}, models.CodeUnavailable, 1},
		"live": {[]string{"X-Api-Key", goodKey}, nil, "", 1},
		"its origin": {[]string{"x-api-key", goodKey, "Origin", "https://shop.example"}, func(s *fakeStore) {
			s.key.Origins = []string{"https://shop.example"}
		}, "", 1},
	} {
		store := newFakeStore()
		if test.change != nil {
			test.change(store)
		}

		caller, err := store.authenticator().Authenticate(request(test.headers...),
			models.Caller{RequestID: "id", IP: "192.0.2.1"})
		if test.code == "" && (err != nil || caller.APIKey == nil) ||
			test.code != "" && (err == nil || models.CodeOf(err) != test.code || caller.APIKey != nil) {
			t.Errorf("%s: %+v, %v", name, caller, err)
		}
		if store.asked != test.asked {
			t.Errorf("%s: the database was asked %d times", name, store.asked)
		}
		if caller.Session != nil || caller.Account != nil || caller.RequestID != "id" || caller.IP != "192.0.2.1" {
			t.Errorf("%s: the caller is %+v", name, caller)
		}
		if test.code == models.CodeAPIKeyInvalid && err.Error() != errKey().Error() {
			t.Errorf("%s is told apart: %v", name, err)
		}
	}
}

func TestSessions(t *testing.T) {
	for name, test := range map[string]struct {
		header  string
		change  func(*fakeStore)
		live    bool
		refused bool
		hashed  bool
	}{
		"none":           {"", nil, false, false, false},
		"live":           {"Bearer " + goodToken, nil, true, false, true},
		"another case":   {"bEARER " + goodToken, nil, true, false, true},
		"unknown":        {"Bearer " + goodToken + "x", nil, false, true, true},
		"two blanks":     {"Bearer  " + goodToken, nil, false, true, false},
		"no scheme":      {goodToken, nil, false, true, false},
		"another scheme": {"Basic " + goodToken, nil, false, true, false},
		"no prefix":      {"Bearer 0123456789", nil, false, true, false},
		"empty":          {"Bearer ", nil, false, true, false},
		"too long":       {"Bearer as_" + strings.Repeat("x", 1000), nil, false, true, false},
		"blocked": {
			"Bearer " + goodToken, func(s *fakeStore) { s.customer.Status = models.StatusBlocked }, false, true, true,
		},
		"pending": {
			"Bearer " + goodToken, func(s *fakeStore) { s.customer.Status = models.StatusPending }, false, true, true,
		},
	} {
		store := newFakeStore()
		if test.change != nil {
			test.change(store)
		}

		headers := []string{"X-Api-Key", goodKey}
		if test.header != "" {
			headers = append(headers, "Authorization", test.header)
		}

		caller, err := store.authenticator().Authenticate(request(headers...), models.Caller{})
		if err != nil || caller.APIKey == nil {
			t.Errorf("%s: %v", name, err)
		}
		if (caller.Session != nil) != test.live || (caller.Account != nil) != test.live ||
			caller.SessionRefused != test.refused {
			t.Errorf("%s: the caller is %+v", name, caller)
		}
		if (store.token != nil) != test.hashed {
			t.Errorf("%s: the database was asked for the token %x", name, store.token)
		}
	}
}

func TestCallerTravelsInTheContext(t *testing.T) {
	if caller := CallerFrom(context.Background()); caller.APIKey != nil || caller.Session != nil ||
		caller.AccountID() != "" {
		t.Errorf("nobody is %+v", caller)
	}

	ctx := WithCaller(context.Background(), models.Caller{RequestID: "id", Account: &models.Account{ID: "a"}})
	if caller := CallerFrom(ctx); caller.RequestID != "id" || caller.AccountID() != "a" {
		t.Errorf("the caller is %+v", caller)
	}
}

func TestActivity(t *testing.T) {
	store := newFakeStore()
	a := store.authenticator()
	a.Activity = NewActivity(store, slog.New(slog.DiscardHandler))
	both := []string{"X-Api-Key", goodKey, "Authorization", "Bearer " + goodToken}

	ask := func(headers ...string) {
		t.Helper()
		if _, err := a.Authenticate(request(headers...), models.Caller{}); err != nil {
			t.Fatal(err)
		}
	}

	a.Activity.Flush(t.Context())
	for range 3 {
		ask(both...)
	}

	ask("X-Api-Key", goodKey)
	if len(store.recorded) != 0 {
		t.Fatalf("requests have written %v", store.recorded)
	}

	a.Activity.Flush(t.Context())
	a.Activity.Flush(t.Context())
	if len(store.recorded) != 1 || len(store.recorded[0]) != 2 {
		t.Fatalf("recorded %+v, want one write of two uses", store.recorded)
	}

	want := map[string]models.Activity{
		"session": {SessionID: "session",
			AccountID: "account", APIKeyID: "key", UsedAt: noon, SessionExpiresAt: noon.Add(48 * time.Hour)},
		"": {APIKeyID: "key", UsedAt: noon},
	}
	for _, use := range store.recorded[0] {
		if use != want[use.SessionID] {
			t.Errorf("recorded %+v, want %+v", use, want[use.SessionID])
		}
	}

	// A recent use is not noted again.
	moment := noon.Add(-time.Second)
	store.session.LastUsedAt, store.key.LastUsedAt = moment, &moment
	ask(both...)
	ask("X-Api-Key", goodKey)
	a.Activity.Flush(t.Context())
	if len(store.recorded) != 1 {
		t.Errorf("recorded %+v for a use of a moment ago", store.recorded[1:])
	}

	// A session never outlives its absolute limit, and refused callers are not noted.
	store.session.LastUsedAt, store.session.EndsAt = noon.Add(-time.Hour), noon.Add(time.Minute)
	ask(both...)
	store.key.RevokedAt = &noon
	if _, err := a.Authenticate(request("X-Api-Key", goodKey), models.Caller{}); err == nil {
		t.Error("a revoked key works")
	}

	a.Activity.Flush(t.Context())
	if last := store.recorded[len(store.recorded)-1]; len(last) != 1 ||
		!last[0].SessionExpiresAt.Equal(noon.Add(time.Minute)) {
		t.Errorf("recorded %+v, want the session's end", last)
	}
}

func TestActivityIsForgottenRatherThanKept(t *testing.T) {
	store := newFakeStore()
	store.failure = models.Unavailable(errors.New("disk"))
	var log bytes.Buffer
	activity := NewActivity(store, slog.New(slog.NewTextHandler(&log, nil)))
	activity.note(models.Activity{APIKeyID: "key", UsedAt: noon})
	activity.Flush(t.Context())
	activity.Flush(t.Context())
	if len(store.recorded) != 1 || !strings.Contains(log.String(), "last use") {
		t.Errorf("%d writes, log %q", len(store.recorded), log.String())
	}

	for i := range 2 * maxNoted {
		activity.note(models.Activity{SessionID: time.Duration(i).String(), APIKeyID: "key", UsedAt: noon})
	}

	if len(activity.uses) != maxNoted {
		t.Errorf("%d uses are kept in memory", len(activity.uses))
	}
}

func TestRunFlushesAtTheEnd(t *testing.T) {
	store := newFakeStore()
	activity := NewActivity(store, slog.New(slog.DiscardHandler))
	activity.note(models.Activity{APIKeyID: "key", UsedAt: noon})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	activity.Run(ctx)
	if len(store.recorded) != 1 {
		t.Errorf("%d writes at the end", len(store.recorded))
	}
}

// TestBackOfficeKeys: a key of the back office works at its own address alone, or in development, never in a browser, and
// without a session; a customer's application's key never works at that address.
func TestBackOfficeKeys(t *testing.T) {
	good := []string{"X-Api-Key", goodKey, "Authorization", "Bearer " + goodToken}
	for name, test := range map[string]struct {
		permissions []models.Permission
		accepted    []Keys
		headers     []string
		session     bool
	}{
		"a customers' key":           {models.Permissions, []Keys{CustomerKeys, AllKeys}, good, true},
		"a back office's":            {models.BackOfficePermissions, []Keys{BackOfficeKeys, AllKeys}, good, false},
		"a back office's of a page":  {models.BackOfficePermissions, nil, append(good[:4:4], "Origin", "https://a.example"), false},
		"a back office's, no origin": {models.BackOfficePermissions, nil, append(good[:4:4], "Origin", "null"), false},
		"a back office's, fetched":   {models.BackOfficePermissions, nil, append(good[:4:4], "Sec-Fetch-Site", "none"), false},
		"one of both, which none is": {models.AllPermissions, []Keys{BackOfficeKeys, AllKeys}, good, false},
	} {
		for _, keys := range []Keys{CustomerKeys, BackOfficeKeys, AllKeys} {
			store := newFakeStore()
			store.key.Permissions = test.permissions
			authenticator := store.authenticator()
			authenticator.Keys = keys

			caller, err := authenticator.Authenticate(request(test.headers...), models.Caller{})
			if accepted := slices.Contains(test.accepted, keys); accepted != (err == nil) ||
				!accepted && models.CodeOf(err) != models.CodeAPIKeyInvalid {
				t.Errorf("%s at %d: %v", name, keys, err)
			}
			if (caller.Session != nil || caller.Account != nil) != (err == nil && test.session) {
				t.Errorf("%s at %d: the session is %v", name, keys, caller.Session)
			}
		}
	}
}
