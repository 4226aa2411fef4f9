package server

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/account"
)

// send requests a page of consent and returns the answer and its body.
func (p *process) send(t *testing.T, method, address, media, body string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if media != "" {
		request.Header.Set("Content-Type", media)
	}
	request.Header.Set("Accept-Language", "de-AT,en;q=0.5")

	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}

	return answer, string(text)
}

const (
	formMedia = "application/x-www-form-urlencoded"
	oneClick  = "List-Unsubscribe=One-Click"
)

// TestUnsubscribe does what mail programs and their readers do with the link of a newsletter (R-DAT2).
func TestUnsubscribe(t *testing.T) {
	directory := t.TempDir()
	database := filepath.Join(directory, "accountql.db")
	p := boot(t, directory)
	defer p.stop(t)
	var session signedIn
	p.post(t, p.curl[4], &session)
	token := session.SignIn.Session.Token
	agree := `mutation { updateAccount(input: {agreements: {email: true}}) { account { version } } }`
	state := func() string {
		answer := p.ask(t, account.DevelopmentKey, token, `{account{consents{channel state source}}}`)
		return regexp.MustCompile(`"EMAIL","state":"(\w+)"`).FindStringSubmatch(answer)[1]
	}
	p.ask(t, account.DevelopmentKey, token, agree)

	var link struct {
		URL     string
		To      string
		Headers map[string]string
	}
	command(t, database, "", "consent link --account demo@example.com --channel email --public-url "+p.address, &link)
	if link.To != "demo@example.com" || link.Headers["List-Unsubscribe"] != "<"+link.URL+">" ||
		link.Headers["List-Unsubscribe-Post"] != oneClick || !strings.HasPrefix(link.URL, p.address+"/unsubscribe/") {
		t.Fatalf("the link is %+v", link)
	}

	// A program that looks through the mail opens the link, and changes nothing.
	answer, page := p.send(t, http.MethodGet, link.URL, "", "")
	if answer.StatusCode != 200 || state() != "GRANTED" || !strings.Contains(page, "Abbestellen</button>") ||
		strings.Contains(page, path.Base(link.URL)) {
		t.Errorf("GET: %d, %s, %s", answer.StatusCode, state(), page)
	}
	policy := answer.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'; style-src 'sha256-") ||
		!strings.Contains(policy, "form-action 'self'; frame-ancestors 'none'; base-uri 'none'") ||
		answer.Header.Get("Cache-Control") != "no-store" || answer.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("headers %v", answer.Header)
	}

	for name, refused := range map[string]struct {
		method, media, body string
		want                int
	}{
		"no form":          {http.MethodPost, "", "", http.StatusUnsupportedMediaType},
		"JSON":             {http.MethodPost, "application/json", `{"List-Unsubscribe":"One-Click"}`, http.StatusUnsupportedMediaType},
		"an empty form":    {http.MethodPost, formMedia, "", http.StatusBadRequest},
		"another form":     {http.MethodPost, formMedia, "List-Unsubscribe=Two", http.StatusBadRequest},
		"a broken form":    {http.MethodPost, "multipart/form-data; boundary=x", "--y", http.StatusBadRequest},
		"too large a form": {http.MethodPost, formMedia, "x=" + strings.Repeat("x", 9<<10), http.StatusRequestEntityTooLarge},
		"PUT":              {http.MethodPut, formMedia, oneClick, http.StatusMethodNotAllowed},
	} {
		if answer, _ := p.send(t, refused.method, link.URL, refused.media, refused.body); answer.StatusCode != refused.want {
			t.Errorf("%s: %d", name, answer.StatusCode)
		}
	}
	if state() != "GRANTED" {
		t.Fatalf("what was refused made it %s", state())
	}

	// In effect before the answer, without a key and a session; again, it is the same answer.
	answer, done := p.send(t, http.MethodPost, link.URL, formMedia, oneClick)
	if answer.StatusCode != 200 || state() != "WITHDRAWN" {
		t.Errorf("POST: %d, %s", answer.StatusCode, state())
	}

	multipart := "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"
	for name, again := range map[string]struct{ address, media, body string }{
		"again":            {link.URL, formMedia, oneClick},
		"several parts":    {link.URL, "multipart/form-data; boundary=x", multipart},
		"an unknown token": {p.address + "/unsubscribe/" + strings.Repeat("A", 66), formMedia, oneClick},
		"no token":         {p.address + "/unsubscribe/x", formMedia, oneClick},
	} {
		answer, text := p.send(t, http.MethodPost, again.address, again.media, again.body)
		if answer.StatusCode != 200 || text != done {
			t.Errorf("%s: %d, %s", name, answer.StatusCode, text)
		}
	}

	p.ask(t, account.DevelopmentKey, token, agree)
	p.send(t, http.MethodPost, link.URL, "multipart/form-data; boundary=x", multipart)
	if state() != "WITHDRAWN" {
		t.Errorf("a form of several parts leaves it %s", state())
	}

	// The list of a newsletter holds only who agrees.
	if got := listed(t, database, p.address); got != "" {
		t.Errorf("the list holds %s", got)
	}
	p.ask(t, account.DevelopmentKey, token, agree)
	if got := listed(t, database, p.address); got != "demo@example.com" {
		t.Errorf("the list holds %s", got)
	}
}

// listed returns the addresses that `consent link --all` prints for newsletters.
func listed(t *testing.T, database, publicURL string) string {
	t.Helper()
	var out, messages strings.Builder
	code := run(t.Context(), []string{"consent", "link", "--all", "--channel", "email", "--public-url", publicURL},
		[]string{"ACCOUNTQL_DATABASE=" + database}, strings.NewReader(""), &out, &messages)
	if code != 0 {
		t.Fatalf("%d: %s", code, &messages)
	}

	var addresses []string
	for line := range strings.Lines(out.String()) {
		var link struct{ To, URL string }
		if err := json.Unmarshal([]byte(line), &link); err != nil || link.URL == "" {
			t.Fatalf("%v: %s", err, line)
		}
		addresses = append(addresses, link.To)
	}

	return strings.Join(addresses, " ")
}

// TestSecondOptInByItsPage confirms a consent on the page that the mail leads to.
func TestSecondOptInByItsPage(t *testing.T) {
	p := boot(t, t.TempDir(), "--double-opt-in")
	defer p.stop(t)
	var session signedIn
	p.post(t, p.curl[4], &session)
	token := session.SignIn.Session.Token
	p.ask(t, account.DevelopmentKey, token,
		`mutation { updateAccount(input: {agreements: {email: true}}) { account { version } } }`)
	_, _, inbox := p.get(t, "/inbox.json")
	var messages []struct{ Kind, Text, Token string }
	if err := json.Unmarshal([]byte(inbox), &messages); err != nil || messages[0].Kind != "CONSENT_CONFIRM" {
		t.Fatalf("%v: %s", err, inbox)
	}
	address := p.address + "/consent/" + url.PathEscape(messages[0].Token)
	if !strings.Contains(messages[0].Text, address) {
		t.Fatalf("the mail does not lead to %s: %s", address, messages[0].Text)
	}

	if answer, page := p.send(t, http.MethodGet, address, "", ""); answer.StatusCode != 200 ||
		!strings.Contains(page, "Ja, Newsletter senden</button>") {
		t.Errorf("GET: %d, %s", answer.StatusCode, page)
	}
	for _, want := range []int{http.StatusOK, http.StatusForbidden} {
		if answer, page := p.send(t, http.MethodPost, address, formMedia, "confirm=yes"); answer.StatusCode != want {
			t.Errorf("POST: %d, want %d: %s", answer.StatusCode, want, page)
		}
	}
	if answer := p.ask(t, account.DevelopmentKey, token, `{account{agreements{email}}}`); !strings.Contains(answer, `"email":true`) {
		t.Errorf("after the confirmation %s", answer)
	}
}

// TestWordingsOfConsent refuses files that would record a version that nobody can read.
func TestWordingsOfConsent(t *testing.T) {
	file := filepath.Join(t.TempDir(), "wordings.json")
	for text, want := range map[string]string{
		`{"email":[{"version":"1","texts":{"en":"Yes","pt-BR":"Sim"}},{"version":"2","texts":{"en":"Yes!"}}]}`: "",
		`{`: "must be a JSON object", `[]`: "must be a JSON object", `{"email":[{"version":"1","words":{}}]}`: "must be a JSON object",
		`{"post":[{"version":"1","texts":{"en":"Yes"}}]}`: `a channel "post"`,
		`{"email":[]}`: "email: needs a version",
		`{"email":[{"version":" ","texts":{"en":"x"}}]}`:                                    "version",
		`{"email":[{"version":"1","texts":{}}]}`:                                            "needs texts",
		`{"email":[{"version":"1","texts":{"en":" "}}]}`:                                    "no words",
		`{"email":[{"version":"1","texts":{"deutsch":"x"}}]}`:                               "must be a tag",
		`{"email":[{"version":"1","texts":{"en":"x"}},{"version":"1","texts":{"en":"y"}}]}`: "twice",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		wordings, err := readWordings(file)
		if want == "" {
			if err != nil || len(wordings["email"]) != 2 {
				t.Errorf("%s: %v, %v", text, wordings, err)
			}
			continue
		}
		if err == nil || !strings.HasPrefix(err.Error(), "--consent-wordings") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}

	if _, err := readWordings(file + ".gone"); err == nil {
		t.Error("a file that is missing is taken")
	}
}
