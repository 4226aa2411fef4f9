package identity_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/accountql/accountql/internal/identity"
	"github.com/accountql/accountql/internal/identity/identitytest"
	"github.com/accountql/accountql/models"
)

// TestFacebooksAccessTokens guards that only Facebook can read access tokens, and that it must confirm that the
// token belongs to a customer of our app.
func TestFacebooksAccessTokens(t *testing.T) {
	issued, expires := noon.Unix()-60, noon.Unix()+3600
	answers := map[string]string{
		"EAAright": fmt.Sprintf(
			`{"data":{"app_id":"4711","type":"USER","user_id":"10","is_valid":true,"issued_at":%d,"expires_at":%d}}`, issued, expires,
		),
		"EAAshort": fmt.Sprintf(
			`{"data":{"app_id":"4711","type":"USER","user_id":"10","is_valid":true,"expires_at":%d}}`, expires,
		),
		"EAAother": fmt.Sprintf(
			`{"data":{"app_id":"4712","type":"USER","user_id":"10","is_valid":true,"expires_at":%d}}`, expires,
		),
		"EAApage": fmt.Sprintf(`{"data":{"app_id":"4711","type":"PAGE","user_id":"10","is_valid":true,"expires_at":%d}}`,
			expires),
		"EAAinvalid": fmt.Sprintf(
			`{"data":{"app_id":"4711","type":"USER","user_id":"10","is_valid":false,"expires_at":%d}}`, expires,
		),
		"EAAexpired": fmt.Sprintf(
			`{"data":{"app_id":"4711","type":"USER","user_id":"10","is_valid":true,"expires_at":%d}}`, noon.Unix(),
		),
		"EAAendless": `{"data":{"app_id":"4711","type":"USER","user_id":"10","is_valid":true,"expires_at":0}}`,
		"EAAnobody": fmt.Sprintf(`{"data":{"app_id":"4711","type":"USER","is_valid":true,"expires_at":%d}}`,
			expires),
		"EAAmalformed": `{"data":{"error":{"code":190,"message":"Malformed access token"},"is_valid":false}}`,
		"EAAbroken":    `<html>`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/debug_token" || r.URL.Query().Get("access_token") != "4711|hidden" {
			t.Errorf("Facebook was asked for %s", r.URL)
		}

		answer, known := answers[r.URL.Query().Get("input_token")]
		if !known {
			w.WriteHeader(http.StatusInternalServerError)
		}

		_, _ = w.Write([]byte(answer))
	}))
	defer server.Close()
	issuer := identitytest.New(t)
	facebook := identity.Entry{
		Provider: models.ProviderFacebook, Issuer: issuer.URL, Audiences: []string{"4711"}, SubjectClaim: "sub",
		AppSecret: "hidden", DebugTokenURL: server.URL + "/debug_token",
	}
	v, _ := newVerifier(t, []identity.Entry{facebook}, nil)
	for token, want := range map[string]models.Code{
		"EAAright": "", "EAAshort": "", "EAAbroken": models.CodeIdentityProviderUnavailable,
		"EAAdown":  models.CodeIdentityProviderUnavailable,
		"EAAother": models.CodeInvalidCredentials, "EAApage": models.CodeInvalidCredentials,
		"EAAinvalid": models.CodeInvalidCredentials,
		"EAAexpired": models.CodeInvalidCredentials, "EAAendless": models.CodeInvalidCredentials,
		"EAAnobody":    models.CodeInvalidCredentials,
		"EAAmalformed": models.CodeInvalidCredentials, "EAA&access_token=x": models.CodeInvalidCredentials,
	} {
		found, err := v.Verify(t.Context(), models.ProviderFacebook, token)
		if want == "" && err != nil || want != "" && models.CodeOf(err) != want {
			t.Errorf("%s: %v, want %q", token, err, want)
		}
		if want == "" && (found.Subject != "10" || found.Issuer != issuer.URL || found.EmailVerified ||
			found.IssuedAt.IsZero() != (token == "EAAshort")) {
			t.Errorf("%s: %+v", token, found)
		}
	}

	// A token of Limited Login needs no request to Facebook, and identifies the same customer.
	found, err := v.Verify(t.Context(), models.ProviderFacebook,
		issuer.Token(noon, "10", identitytest.Claims{"aud": "4711"}))
	if err != nil || found.Subject != "10" || found.Issuer != issuer.URL {
		t.Errorf("%+v, %v", found, err)
	}

	// Without the secret Facebook can't be asked.
	facebook.AppSecret, facebook.DebugTokenURL = "", ""
	v, _ = newVerifier(t, []identity.Entry{facebook}, nil)
	if _, err := v.Verify(t.Context(), models.ProviderFacebook,
		"EAAright"); models.CodeOf(err) != models.CodeInvalidCredentials {
		t.Errorf("without a secret: %v", err)
	}
}

// TestGooglesIssuer guards that Google's tokens, and only Google's, may omit the scheme of their issuer.
func TestGooglesIssuer(t *testing.T) {
	issuer := identitytest.New(t)
	google := identity.Entry{
		Provider: models.ProviderGoogle, Issuer: "https://accounts.google.com", Audiences: []string{"shop"},
		JWKSURL: issuer.URL + identitytest.KeysPath, SubjectClaim: "sub",
	}
	v, _ := newVerifier(t, []identity.Entry{google}, nil)
	for named, right := range map[string]bool{
		"https://accounts.google.com": true, "accounts.google.com": true, "http://accounts.google.com": false,
		"https://accounts.google.com/": false, "google.com": false,
	} {
		found, err := v.Verify(t.Context(), models.ProviderGoogle,
			issuer.Token(noon, "1", identitytest.Claims{"iss": named}))
		if (err == nil) != right || right && found.Issuer != google.Issuer {
			t.Errorf("%s: %+v, %v", named, found, err)
		}
	}
}

func TestCustomerTokens(t *testing.T) {
	issuer, second := identitytest.New(t), identitytest.New(t)
	providers := []identity.Entry{entry(issuer)}
	customers := []identity.Entry{
		{Provider: models.ProviderOAuth, Issuer: issuer.URL, Audiences: []string{"api"}, SubjectClaim: "sub"},
		{Provider: models.ProviderOAuth,
			Issuer: second.URL, Audiences: []string{"api"}, SubjectClaim: "customer", CreateAccounts: true},
	}
	v, _ := newVerifier(t, providers, customers)
	api := issuer.Token(noon, "anna", identitytest.Claims{"aud": "api"})
	if found, err := v.VerifyCustomer(t.Context(),
		api); err != nil || found.Subject != "anna" || !found.CustomerToken || found.CreateAccounts {
		t.Errorf("%+v, %v", found, err)
	}

	// As a proof the same token is marked as a customer token.
	if found, err := v.Verify(t.Context(), models.ProviderOAuth, api); err != nil || !found.CustomerToken {
		t.Errorf("%+v, %v", found, err)
	}

	// A token for signing in is not a customer token.
	app := issuer.Token(noon, "anna", nil)
	if _, err := v.VerifyCustomer(t.Context(), app); models.CodeOf(err) != models.CodeInvalidCredentials {
		t.Errorf("%v", err)
	}
	if found, err := v.Verify(t.Context(), models.ProviderOAuth, app); err != nil || found.CustomerToken {
		t.Errorf("%+v, %v", found, err)
	}

	if found, err := v.VerifyCustomer(
		t.Context(), second.Token(noon, "7", identitytest.Claims{"aud": "api", "customer": "anna"}),
	); err != nil || found.Subject != "anna" || found.Issuer != second.URL || !found.CreateAccounts {
		t.Errorf("%+v, %v", found, err)
	}

	if _, err := v.VerifyCustomer(t.Context(), second.Token(noon, "7",
		identitytest.Claims{"aud": "api"})); models.CodeOf(err) != models.CodeInvalidCredentials {
		t.Errorf("no customer: %v", err)
	}

	for typ, right := range map[string]bool{"at+jwt": true,
		"application/at+jwt": true, "AT+JWT": true, "JWT": true, "dpop+jwt": false, "secevent+jwt": false} {
		token := second.TokenOf(typ, noon, "7", identitytest.Claims{"aud": "api", "customer": "anna"})
		if _, err := v.VerifyCustomer(t.Context(), token); (err == nil) != right {
			t.Errorf("%s: %v", typ, err)
		}
	}
}
