package auth

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// askedStore records the hashes that it is asked for, and finds nothing.
type askedStore struct{ keyHash, tokenHash []byte }

func (s *askedStore) Authenticate(
	_ context.Context, keyHash, tokenHash []byte, _ time.Time,
) (*models.APIKey, *models.Session, *models.Account, error) {
	s.keyHash, s.tokenHash = keyHash, tokenHash
	return nil, nil, nil, models.ErrNotFound
}

func (s *askedStore) RecordActivity(context.Context, []models.Activity) error { return nil }

// FuzzCredentials checks that, whatever the two headers contain, the store is asked only for hashes of a
// well-formed key and token, and that a header without a token counts as a refused session.
func FuzzCredentials(f *testing.F) {
	for _, seed := range [][2]string{
		{"ak_development_x", "Bearer as_x"}, {"ak_", "bearer as_"}, {"", ""}, {"AK_x", "Basic as_x"},
		{"ak_x", "Bearer  as_x"}, {"ak_x", "as_x"},
		{" ak_x", "Bearer as_x as_y"}, {"ak_\x00", "Bearer as_\xff"},
		{strings.Repeat("ak_", 300), "Bearer as_" + strings.Repeat("x", 600)},
	} {
		f.Add(seed[0], seed[1])
	}

	f.Fuzz(func(t *testing.T, key, authorization string) {
		store := &askedStore{}
		authenticator := Authenticator{Store: store, Now: time.Now, SessionIdle: time.Hour}
		request := &http.Request{Header: http.Header{"X-Api-Key": {key}, "Authorization": {authorization}}}
		caller, err := authenticator.Authenticate(request, models.Caller{})
		if models.CodeOf(err) != models.CodeAPIKeyInvalid || caller.APIKey != nil || caller.Session != nil {
			t.Fatalf("an unknown key was answered %v", err)
		}

		wellFormed := strings.HasPrefix(key, "ak_") && len(key) <= maxHeader
		if wellFormed != (store.keyHash != nil) ||
			wellFormed && string(store.keyHash) != string(account.HashToken(key)) {
			t.Fatalf("for the key %q the store was asked for %x", key, store.keyHash)
		}

		scheme, token, _ := strings.Cut(authorization, " ")
		bearer := wellFormed && strings.EqualFold(scheme, "Bearer") && strings.HasPrefix(token, "as_") &&
			len(token) <= maxHeader
		if bearer != (store.tokenHash != nil) || bearer && string(store.tokenHash) != string(account.HashToken(token)) {
			t.Fatalf("for %q the store was asked for %x", authorization, store.tokenHash)
		}
		if wellFormed && !caller.SessionRefused {
			t.Fatalf("%q names no live session and was not refused", authorization)
		}
	})
}
