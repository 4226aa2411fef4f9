package identity_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
)

// TestIssuersAreTried guards that a trial asks every issuer for its keys, and tells which can't be reached.
func TestIssuersAreTried(t *testing.T) {
	well, broken, tokens := identitytest.New(t), identitytest.New(t), identitytest.New(t)
	broken.Break(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	facebook := entry(tokens)
	facebook.Provider, facebook.AppSecret = models.ProviderFacebook, "marker"
	facebook.DebugTokenURL = "http://127.0.0.1:1/debug_token"

	v, _ := newVerifier(t, []identity.Entry{entry(well), entry(broken), facebook}, []identity.Entry{entry(tokens)})
	results := v.Try(t.Context())
	if len(results) != 4 {
		t.Fatalf("%+v", results)
	}

	for i, want := range []struct {
		issuer         string
		customerTokens bool
		keys           bool
		failure        string
	}{
		{well.URL, false, true, ""}, {broken.URL, false, false, "status 502"},
		{tokens.URL, false, true, "the endpoint of access tokens"}, {tokens.URL, true, true, ""},
	} {
		got := results[i]
		if got.Issuer != want.issuer || got.CustomerTokens != want.customerTokens || got.Keys > 0 != want.keys ||
			(got.Err == nil) != (want.failure == "") {
			t.Errorf("%d: %+v", i, got)
		}
		if got.Err != nil && (!strings.Contains(got.Err.Error(), want.failure) ||
			strings.Contains(got.Err.Error(), "marker")) {
			t.Errorf("%d: %v", i, got.Err)
		}
	}
}
