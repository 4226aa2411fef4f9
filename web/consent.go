package web

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"html/template"
	"mime"
	"net/http"
	"strconv"

	"golang.org/x/text/language"
)

//go:embed consent/consent.html
var consentHTML string

//go:embed consent/consent.css
var consentStyle string

var consentTemplate = template.Must(template.New("consent").Parse(consentHTML))

// consentPolicy allows the page's own style and its one form, and nothing else.
var consentPolicy = func() []string {
	sum := sha256.Sum256([]byte(consentStyle))
	return []string{
		"default-src 'none'", "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		"form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
	}
}()

// Answered is what came of a link of a message.
type Answered int

// The answers.
const (
	// AnsweredDone: it is done, or there was nothing to do.
	AnsweredDone Answered = iota
	// AnsweredInvalid: the link is not valid, or not any more.
	AnsweredInvalid
	// AnsweredTooOften: there were too many tries.
	AnsweredTooOften
	// AnsweredLater: it can't be done now.
	AnsweredLater
)

// consentStatus holds the HTTP status of each answer.
var consentStatus = map[Answered]int{
	AnsweredDone: http.StatusOK, AnsweredInvalid: http.StatusForbidden,
	AnsweredTooOften: http.StatusTooManyRequests, AnsweredLater: http.StatusServiceUnavailable,
}

// retryAfter is after how many seconds a link is worth another try.
const retryAfter = 60

// maxConsentBody is in bytes. The form of a mail program has one field.
const maxConsentBody = 8 << 10

// consentPage is a page with one button, and what its form sends.
type consentPage struct {
	site         string
	field, value string
	words        map[string]consentWords
	act          func(r *http.Request, token string) Answered
}

// Unsubscribe serves the links that withdraw a consent, for a pattern with {token}. GET shows a page with one button and
// changes nothing, because programs that look through mails open every link. POST is the button, or the one click of a
// mail program (RFC 8058). act withdraws the consent; site is the name of the shop.
func Unsubscribe(site string, act func(r *http.Request, token string) Answered) http.Handler {
	return withHeaders(consentPolicy, &consentPage{site, "List-Unsubscribe", "One-Click", unsubscribeWords, act})
}

// ConfirmConsent serves the links of the second opt-in in the same way.
func ConfirmConsent(site string, act func(r *http.Request, token string) Answered) http.Handler {
	return withHeaders(consentPolicy, &consentPage{site, "confirm", "yes", confirmWords, act})
}

// ServeHTTP shows the page, or does what its button says.
func (p *consentPage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet, http.MethodHead: // guard: a link that is opened changes nothing
		p.show(w, r, http.StatusOK, nil)
	case http.MethodPost:
		if status := p.refuse(w, r); status != 0 {
			w.Header().Set("Cache-Control", noStore)
			http.Error(w, "Send the form "+p.field+"="+p.value+".", status)
			return
		}

		answered := p.act(r, r.PathValue("token"))
		if answered == AnsweredTooOften || answered == AnsweredLater {
			w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
		}
		p.show(w, r, consentStatus[answered], &answered)
	default:
		refuseMethod(w, "GET, HEAD, POST", "This page can only be read, or its button be pressed.")
	}
}

// refuse returns the status with which a body is refused that is not the form of the button, or 0.
func (p *consentPage) refuse(w http.ResponseWriter, r *http.Request) int {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/x-www-form-urlencoded" && media != "multipart/form-data" {
		return http.StatusUnsupportedMediaType
	}

	r.Body = http.MaxBytesReader(w, r.Body, maxConsentBody)
	if media == "multipart/form-data" {
		err = r.ParseMultipartForm(maxConsentBody)
	} else {
		err = r.ParseForm()
	}

	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case err != nil:
		return http.StatusBadRequest
	case r.PostFormValue(p.field) != p.value: // guard: one click is meant
		return http.StatusBadRequest
	}

	return 0
}

// show writes the page in the reader's language.
func (p *consentPage) show(w http.ResponseWriter, r *http.Request, status int, answered *Answered) {
	spoken := consentLanguage(r.Header.Get("Accept-Language"))
	data := struct {
		Language, Site, Text, Field, Value string
		Words                              consentWords
		Asks, Answered                     bool
		Style                              template.CSS
	}{
		Language: spoken, Site: p.site, Words: p.words[spoken], Field: p.field, Value: p.value,
		Style: template.CSS(consentStyle), //nolint:gosec // it is our own file
	}
	data.Text, data.Asks, data.Answered = data.Words.Ask, answered == nil, answered != nil
	if answered != nil {
		data.Text = data.Words.text(*answered)
	}

	var body bytes.Buffer
	if err := consentTemplate.Execute(&body, data); err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}

	h := w.Header()
	h.Set("Content-Type", contentTypes[".html"])
	h.Set("Content-Language", spoken)
	h.Set("Vary", "Accept-Language")
	h.Set("Cache-Control", noStore)
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	// An error means that the browser disconnected.
	_, _ = w.Write(body.Bytes())
}

// consentLanguages are the languages of the pages, the fallback first.
var consentLanguages = []string{"en", "de", "es", "fr", "ja", "pl"}

var consentMatcher = func() language.Matcher {
	tags := make([]language.Tag, len(consentLanguages))
	for i, code := range consentLanguages {
		tags[i] = language.Make(code)
	}
	return language.NewMatcher(tags)
}()

// maxAcceptLanguage is in bytes; a longer header is not read.
const maxAcceptLanguage = 200

// consentLanguage returns the language of the pages that suits the header Accept-Language best.
func consentLanguage(header string) string {
	if len(header) > maxAcceptLanguage {
		return consentLanguages[0]
	}
	_, best := language.MatchStrings(consentMatcher, header)
	return consentLanguages[best]
}
