package web

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"strings"
	"time"
)

//go:embed inbox/index.html inbox/*.css inbox/*.js inbox/icon.svg
var inboxFiles embed.FS

// inboxPolicy allows the page its own script, style and data. A mail is shown in a sandboxed frame that inherits
// this policy, so it can neither run a script nor load a picture; style-src is not stricter because every mail has
// inline styles.
var inboxPolicy = []string{
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"connect-src 'self'",
	"frame-ancestors 'none'",
	"base-uri 'none'",
	"form-action 'none'",
}

// Message is one message of the inbox, as in /inbox.json.
type Message struct {
	ID string `json:"id"`
	// Channel is EMAIL or SMS.
	Channel string `json:"channel"`
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	// HTML is empty if the message is a text message.
	HTML string `json:"html"`
	Kind string `json:"kind"`
	// Token and Code hold the secret of the message; they are nil if it has none.
	Token     *string   `json:"token"`
	Code      *string   `json:"code"`
	CreatedAt time.Time `json:"createdAt"`
}

// readMessages returns the messages to one of the e-mail addresses or phone numbers, or every message if to is nil. The
// newest come first.
type readMessages func(ctx context.Context, to []string) ([]Message, error)

// Inbox serves the page at /inbox, its files under /inbox/, and the messages at /inbox.json, or of them those to an
// address at /inbox.json?to=ADDRESS. If messages fails, the response does not contain the cause; messages has to log it.
func Inbox(messages readMessages) http.Handler {
	return guard(inboxPolicy, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/inbox.json":
			sendMessages(w, r, messages)
		case "/inbox":
			sendEmbedded(w, r, inboxFiles, "inbox/index.html", noStore)
		case "/inbox/inbox.css", "/inbox/reading.css", "/inbox/adapted.css", "/inbox/inbox.js", "/inbox/list.js",
			"/inbox/reading.js", "/inbox/store.js", "/inbox/times.js", "/inbox/icon.svg":
			sendEmbedded(w, r, inboxFiles, strings.TrimPrefix(r.URL.Path, "/"), noStore)
		default:
			notFound(w)
		}
	}))
}

// inboxVersion returns an ETag that changes with the ids of the messages.
func inboxVersion(list []Message) string {
	sum := fnv.New64a()
	for _, message := range list {
		_, _ = sum.Write([]byte(message.ID + " "))
	}
	return fmt.Sprintf(`"%x"`, sum.Sum64())
}

// recipients returns the values of "to" in the request's address, and nil if there is none. An unescaped + stands for a
// space there, but nobody's address or number has a space in it: a + was meant.
func recipients(r *http.Request) ([]string, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, err
	}

	to := query["to"]
	for i := range to {
		to[i] = strings.ReplaceAll(to[i], " ", "+")
	}

	return to, nil
}

// sendMessages writes the messages as JSON, or an error without its cause.
func sendMessages(w http.ResponseWriter, r *http.Request, messages readMessages) {
	to, err := recipients(r)
	if err != nil {
		sendInboxError(w, http.StatusBadRequest, "The address of this request can't be read: a % in it must be written as %25.")
		return
	}

	list, err := messages(r.Context(), to)
	if err == nil {
		if list == nil {
			// An empty inbox is an empty list in JSON, never null.
			list = []Message{}
		}

		// The page polls every two seconds: an unchanged list is not sent again.
		version := inboxVersion(list)
		w.Header().Set("ETag", version)

		if r.Header.Get("If-None-Match") == version {
			w.Header().Set("Cache-Control", noStore)
			w.WriteHeader(http.StatusNotModified)
			return
		}

		var body []byte
		if body, err = json.Marshal(list); err == nil {
			send(w, file{body, contentType("inbox.json"), noStore})
			return
		}
	}

	sendInboxError(w, http.StatusInternalServerError, "The messages can't be read now.")
}

// sendInboxError writes a sentence as JSON.
func sendInboxError(w http.ResponseWriter, status int, sentence string) {
	h := w.Header()
	h.Set("Content-Type", contentType("inbox.json"))
	h.Set("Cache-Control", noStore)
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "{\"error\":%q}\n", sentence)
}
