package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestInboxShowsMessages(t *testing.T) {
	token, code := "secret-token", "123456"
	h := Inbox(func(context.Context, []string) ([]Message, error) {
		return []Message{
			{ID: "2", Channel: "SMS",
				To: "+447400123456", Text: "123456", Kind: "phone", Code: &code, CreatedAt: time.Unix(60, 0).UTC()},
			{ID: "1", Channel: "EMAIL", To: "a@example.com", Subject: "Hello",
				Text: "x", HTML: "<p>x</p>", Kind: "reset", Token: &token, CreatedAt: time.Unix(0, 0).UTC()},
		}, nil
	})
	got := body(t, get(t, h, "GET", "/inbox.json"))
	want := `[{"id":"2","channel":"SMS","to":"+447400123456","subject":"","text":"123456","html":"","kind":"phone","token":null,"code":"123456","createdAt":"1970-01-01T00:01:00Z"},` +
		`{"id":"1","channel":"EMAIL","to":"a@example.com","subject":"Hello","text":"x","html":"\u003cp\u003ex\u003c/p\u003e","kind":"reset","token":"secret-token","code":null,"createdAt":"1970-01-01T00:00:00Z"}]`
	if got != want {
		t.Errorf("inbox.json is\n%s\nwant\n%s", got, want)
	}
}

// TestInboxIsSentOnce checks that a page that polls every two seconds does not get an unchanged list again.
func TestInboxIsSentOnce(t *testing.T) {
	list := []Message{{ID: "1"}}
	h := Inbox(func(context.Context, []string) ([]Message, error) { return list, nil })
	version := get(t, h, "GET", "/inbox.json").Header.Get("ETag")
	ask := func() *http.Response {
		w, asked := httptest.NewRecorder(), httptest.NewRequest("GET", "/inbox.json", nil)
		asked.Header.Set("If-None-Match", version)
		h.ServeHTTP(w, asked)
		return w.Result()
	}

	if r := ask(); version == "" || r.StatusCode != http.StatusNotModified || body(t, r) != "" {
		t.Errorf("version %q: status %d", version, r.StatusCode)
	}

	list = append([]Message{{ID: "2"}}, list...)
	if r := ask(); r.StatusCode != http.StatusOK || !strings.HasPrefix(body(t, r), `[{"id":"2"`) {
		t.Errorf("a new message: status %d", r.StatusCode)
	}
}

func TestEmptyInboxIsAList(t *testing.T) {
	if got := body(t, get(t, Inbox(noMessages), "GET", "/inbox.json")); got != "[]" {
		t.Errorf("inbox.json is %s, want []", got)
	}
}

// TestInboxAsksForRecipients checks what a test's customer asks for, who wants the mails to one address.
func TestInboxAsksForRecipients(t *testing.T) {
	var asked []string
	h := Inbox(func(_ context.Context, to []string) ([]Message, error) {
		asked = to
		return nil, nil
	})

	for path, want := range map[string][]string{
		"/inbox.json":                                      nil,
		"/inbox.json?from=ada@example.com":                 nil,
		"/inbox.json?to=":                                  {""},
		"/inbox.json?to=ada@example.com":                   {"ada@example.com"},
		"/inbox.json?to=ada%2Btest%40example.com":          {"ada+test@example.com"},
		"/inbox.json?to=+48512345111":                      {"+48512345111"},
		"/inbox.json?to=ada@example.com&to=bo@example.com": {"ada@example.com", "bo@example.com"},
	} {
		asked = []string{"nobody"}
		if got := body(t, get(t, h, "GET", path)); got != "[]" || !slices.Equal(asked, want) || (asked == nil) != (want == nil) {
			t.Errorf("%s asks for %#v and answers %s; want %#v", path, asked, got, want)
		}
	}

	r := get(t, h, "GET", "/inbox.json?to=%zz")
	var answer map[string]string
	if err := json.Unmarshal([]byte(body(t, r)), &answer); r.StatusCode != http.StatusBadRequest || err != nil ||
		!strings.Contains(answer["error"], "%25") {
		t.Errorf("status %d, %v, %v", r.StatusCode, answer, err)
	}
}

func TestInboxErrorGivesNothingAway(t *testing.T) {
	h := Inbox(func(context.Context, []string) ([]Message, error) { return nil, errors.New("secret of the database") })
	r := get(t, h, "GET", "/inbox.json")
	if r.StatusCode != http.StatusInternalServerError ||
		r.Header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("status %d, content type %q", r.StatusCode, r.Header.Get("Content-Type"))
	}

	text := body(t, r)
	var answer map[string]string
	if err := json.Unmarshal([]byte(text), &answer); err != nil || answer["error"] == "" {
		t.Errorf("the answer is not a JSON error: %s", text)
	}
	if strings.Contains(text, "secret") {
		t.Errorf("the answer gives the cause away: %s", text)
	}
}

// TestInboxScriptNeverParsesHTML checks that messages, which may contain text from strangers, are never inserted as
// markup. HTML is shown only in a frame without scripts.
func TestInboxScriptNeverParsesHTML(t *testing.T) {
	scripts, err := inboxFiles.ReadDir("inbox")
	if err != nil {
		t.Fatal(err)
	}

	served := 0
	for _, entry := range scripts {
		if !strings.HasSuffix(entry.Name(), ".js") {
			continue
		}

		r := get(t, Inbox(noMessages), "GET", "/inbox/"+entry.Name())
		script := body(t, r)
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", entry.Name(), r.StatusCode)
		}
		served++

		for _, word := range []string{
			"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "allow-scripts", "allow-same-origin",
		} {
			if strings.Contains(script, word) {
				t.Errorf("%s uses %s", entry.Name(), word)
			}
		}
	}

	if served < 2 {
		t.Errorf("%d scripts were looked at", served)
	}
}
