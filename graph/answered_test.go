package graph_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/accountql/accountql/graph"
	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/auth"
	"github.com/accountql/accountql/models"
	"github.com/accountql/accountql/test/world"
)

// TestEveryAnswerIsCounted guards that every answer is counted once, by the code of its first error: a success, a
// refusal before the operation is known, and a stored answer that is sent again (R-OBS1).
func TestEveryAnswerIsCounted(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	var counted []models.Code
	var err error
	w.Handler, err = graph.New(w.Service, graph.Options{
		Origin: world.OwnOrigin,
		Authenticator: &auth.Authenticator{
			Store: w.Store, Now: w.Clock.Now, SessionIdle: w.Service.Settings.SessionIdle,
		},
		NetworkRequests: account.DefaultLimits().NetworkTries,
		Log:             world.Discard, OperationTimeout: world.Patience,
		Answered: func(code models.Code) { counted = append(counted, code) },
	})
	world.Check(t, err)

	const signIn = `{"query":"mutation{signIn(input:{email:\"demo@example.com\",password:\"wrong\"}){session{id}}}"}`
	const reset = `{"query":"mutation{requestPasswordReset(input:{email:\"demo@example.com\"}){accepted}}"}`
	key := func(r *http.Request) { r.Header.Set("Idempotency-Key", "one") }
	for _, test := range []struct {
		code   models.Code
		body   string
		change func(r *http.Request)
	}{
		{"", `{"query":"{apiKey{name}}"}`, nil},
		{models.CodeAPIKeyInvalid, signIn, func(r *http.Request) { r.Header.Del("X-Api-Key") }},
		{models.CodeBadRequest, signIn, func(r *http.Request) { r.Method = http.MethodGet }},
		{models.CodeBadRequest, signIn, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }},
		{models.CodeBadRequest, `no JSON`, nil},
		{models.CodeBadRequest, signIn, func(r *http.Request) { r.Header.Set("Idempotency-Key", "") }},
		{models.CodeRequestTooLarge, signIn + strings.Repeat(" ", 64<<10), nil},
		{models.CodeGraphQLParseFailed, `{"query":"{"}`, nil},
		{models.CodeGraphQLValidationFailed, `{"query":"{nothing}"}`, nil},
		{models.CodeQueryTooComplex, `{"query":"mutation{a:signOut{revokedSessions} b:signOut{revokedSessions}}"}`, nil},
		{models.CodeUnauthenticated, `{"query":"{account{id}}"}`, nil},
		{models.CodeInvalidCredentials, signIn, nil},
		{models.CodeInvalidCredentials, signIn, key},
		{models.CodeInvalidCredentials, signIn, key},
		{"", reset, func(r *http.Request) { r.Header.Set("Idempotency-Key", "two") }},
		{"", reset, func(r *http.Request) { r.Header.Set("Idempotency-Key", "two") }},
		{models.CodeIdempotencyKeyReused, signIn, func(r *http.Request) { r.Header.Set("Idempotency-Key", "two") }},
	} {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(test.body))
		r.Header = http.Header{"Content-Type": {"application/json"}, "X-Api-Key": {account.DevelopmentKey}}
		if test.change != nil {
			test.change(r)
		}

		counted = nil
		a := w.Send(t, r)
		if len(counted) != 1 || counted[0] != test.code || a.Code() != string(test.code) {
			t.Errorf("want %q: counted as %q, answered %d %s", test.code, counted, a.Status, a.Body)
		}
	}
}

// TestRefusalsOfTheNetworkAreCounted guards the same for requests over the limit of a client network, and for a
// database that is gone.
func TestRefusalsOfTheNetworkAreCounted(t *testing.T) {
	w := world.New(t, world.DefaultSettings())
	var counted []models.Code
	var err error
	w.Handler, err = graph.New(w.Service, graph.Options{
		Origin: world.OwnOrigin,
		Authenticator: &auth.Authenticator{
			Store: w.Store, Now: w.Clock.Now, SessionIdle: w.Service.Settings.SessionIdle,
		},
		NetworkRequests: account.Limit{Uses: 1, Window: account.DefaultLimits().NetworkTries.Window},
		Log:             world.Discard, OperationTimeout: world.Patience,
		Answered: func(code models.Code) { counted = append(counted, code) },
	})
	world.Check(t, err)
	send := func() {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(`{"query":"{apiKey{name}}"}`))
		r.Header = http.Header{"Content-Type": {"application/json"}, "X-Api-Key": {account.DevelopmentKey}}
		w.Handler.ServeHTTP(httptest.NewRecorder(), r)
	}

	world.Check(t, w.Store.Close())
	send()
	send()
	if len(counted) != 2 || counted[0] != models.CodeUnavailable || counted[1] != models.CodeRateLimited {
		t.Errorf("counted %q", counted)
	}
}
