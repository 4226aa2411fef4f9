package web

import (
	"errors"
	"mime"
	"net/http"
	"net/url"
	"slices"
)

// returnPath is where identity providers send customers back to, with their answer to what a button asked for.
const returnPath = "/account/return"

// maxResponse is how long a provider's answer in a form may be, in bytes: tokens that the API accepts have up to 8,192.
const maxResponse = 16 << 10

// The fields of a provider's answer that the page reads (OpenID Connect Core 1.0, sections 3.2.2.5 and 3.2.2.6). The
// others would be in the address for nothing, such as the customer's name and a code that nobody exchanges.
var (
	formFields  = []string{"id_token", "state", "error"}
	queryFields = []string{"state", "error"}
)

// relayResponse hands the answer of a provider on to the page as the fragment of its address, which browsers send nowhere.
// It is for providers that answer with a form (OAuth 2.0 Form Post Response Mode) or, where the customer has refused,
// with a query, as Facebook does. The others use the fragment themselves. It reads no session and changes nothing: what
// the form of a stranger's site can do here, a link to the page with a fragment can do as well, and the page believes an
// answer only if its state is the one that this browser began with.
func relayResponse(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		read := r.Method == http.MethodGet || r.Method == http.MethodHead
		switch {
		case r.URL.Path != returnPath, read && !r.URL.Query().Has("error"):
			next.ServeHTTP(w, r)
		case read:
			redirectTo(w, r.URL.Query(), queryFields)
		case r.Method == http.MethodPost:
			if status := readResponse(w, r); status != 0 {
				w.Header().Set("Cache-Control", noStore)
				http.Error(w, "Send the answer of an identity provider, as a form with each field once.", status)
				return
			}
			redirectTo(w, r.PostForm, formFields)
		default:
			refuseMethod(w, "GET, HEAD, POST", "Identity providers send customers here.")
		}
	})
}

// readResponse reads the form of a provider. It returns the status with which a body is refused that is none, or 0.
func readResponse(w http.ResponseWriter, r *http.Request) int {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/x-www-form-urlencoded" {
		return http.StatusUnsupportedMediaType
	}

	r.Body = http.MaxBytesReader(w, r.Body, maxResponse) // guard: a provider's answer is short
	var tooLarge *http.MaxBytesError
	if err := r.ParseForm(); errors.As(err, &tooLarge) {
		return http.StatusRequestEntityTooLarge
	} else if err != nil {
		return http.StatusBadRequest
	}

	for _, field := range formFields {
		if len(r.PostForm[field]) > 1 {
			return http.StatusBadRequest
		}
	}

	return 0
}

// redirectTo leads the browser to the page with those fields of an answer that are known.
func redirectTo(w http.ResponseWriter, answer url.Values, known []string) {
	fragment := url.Values{}
	for field, values := range answer {
		if slices.Contains(known, field) { // guard: the page gets what it reads of a provider's answer
			fragment.Set(field, values[0])
		}
	}

	w.Header().Set("Cache-Control", noStore)
	w.Header().Set("Location", returnPath+"#"+fragment.Encode())
	w.WriteHeader(http.StatusSeeOther)
}
