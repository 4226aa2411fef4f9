package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// form is the media type of forms.
const form = "application/x-www-form-urlencoded"

// posted returns the answer to a form that a provider's page sends from its own site, with whatever cookies.
func posted(path, mediaType, body string) *http.Response {
	request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	for name, value := range map[string]string{"Content-Type": mediaType, "Origin": "https://appleid.apple.com",
		"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Cookie": "__Host-accountql=x"} {
		request.Header.Set(name, value)
	}
	answer := httptest.NewRecorder()
	Account(AccountConfig{}).ServeHTTP(answer, request)

	return answer.Result()
}

// TestProvidersAnswerWithAForm checks that the page gets a provider's form as its fragment, with the fields that it
// reads and nothing else.
func TestProvidersAnswerWithAForm(t *testing.T) {
	for body, want := range map[string]string{
		"id_token=a.b-c.d_e&state=s1":                                       "id_token=a.b-c.d_e&state=s1",
		"state=s1&code=c1&id_token=a.b.c&user=%7B%22name%22%3A%22Ada%22%7D": "id_token=a.b.c&state=s1",
		"error=user_cancelled_authorize&error_description=x&state=s1":       "error=user_cancelled_authorize&state=s1",
		"state=%23%26%3D%3F%2F%0D%0AX%3A+%C3%A9%22%3C&id_token=":            "id_token=&state=%23%26%3D%3F%2F%0D%0AX%3A+%C3%A9%22%3C",
		"": "",
	} {
		got := posted(returnPath, form+"; charset=UTF-8", body)
		if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != returnPath+"#"+want {
			t.Errorf("%s: %d to %q", body, got.StatusCode, got.Header.Get("Location"))
		}
		if got.Header.Get("Cache-Control") != noStore || got.Header.Get("Referrer-Policy") != "no-referrer" ||
			len(got.Header.Values("Set-Cookie")) > 0 || got.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %v", body, got.Header)
		}
	}
}

// TestNoAnswerOfAProvider checks what is refused, and that no other address of the page takes a form.
func TestNoAnswerOfAProvider(t *testing.T) {
	for _, test := range []struct {
		path, mediaType, body string
		want                  int
	}{
		{returnPath, form, "state=" + strings.Repeat("s", maxResponse), http.StatusRequestEntityTooLarge},
		{returnPath, form, "state=" + strings.Repeat("s", maxResponse-len("state=")), http.StatusSeeOther},
		{returnPath, form, "state=a&state=b", http.StatusBadRequest},
		{returnPath, form, "id_token=a&id_token=b", http.StatusBadRequest},
		{returnPath, form, "state=%zz", http.StatusBadRequest},
		{returnPath, "application/json", `{"state":"a"}`, http.StatusUnsupportedMediaType},
		{returnPath, "multipart/form-data; boundary=b", "--b--", http.StatusUnsupportedMediaType},
		{returnPath, "", "state=a", http.StatusUnsupportedMediaType},
		{returnPath + "/", form, "state=a", http.StatusMethodNotAllowed},
		{"/account/signin", form, "state=a", http.StatusMethodNotAllowed},
		{"/account", form, "state=a", http.StatusMethodNotAllowed},
		{"/account/config.json", form, "state=a", http.StatusMethodNotAllowed},
	} {
		got := posted(test.path, test.mediaType, test.body)
		if got.StatusCode != test.want || (got.Header.Get("Location") != "") != (test.want == http.StatusSeeOther) ||
			got.Header.Get("Cache-Control") != noStore {
			t.Errorf("%s %s %.20s: %d %v", test.path, test.mediaType, test.body, got.StatusCode, got.Header)
		}
	}

	put := get(t, Account(AccountConfig{}), "PUT", returnPath)
	if put.StatusCode != http.StatusMethodNotAllowed || put.Header.Get("Allow") != "GET, HEAD, POST" {
		t.Errorf("PUT: %d %v", put.StatusCode, put.Header)
	}
}

// TestProvidersRefuseWithAQuery checks that a refusal in the query becomes the page's fragment, that no token is taken
// from there, and that the page itself is at the same address.
func TestProvidersRefuseWithAQuery(t *testing.T) {
	h := Account(AccountConfig{})
	query := url.Values{"error": {"access_denied"}, "error_reason": {"user_denied"}, "state": {"s1"}, "id_token": {"a.b.c"}}
	got := get(t, h, "GET", returnPath+"?"+query.Encode())
	if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != returnPath+"#error=access_denied&state=s1" ||
		got.Header.Get("Cache-Control") != noStore || got.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("%d %v", got.StatusCode, got.Header)
	}

	for _, address := range []string{returnPath, returnPath + "?state=s1&id_token=a.b.c"} {
		if page := get(t, h, "GET", address); page.StatusCode != http.StatusOK ||
			!strings.Contains(body(t, page), `<meta name="config"`) {
			t.Errorf("%s: %d", address, page.StatusCode)
		}
	}
}
