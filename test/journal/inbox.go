package journal

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// mailed returns the token in a mail of a kind to an address that was made since a time, or "". Each process shows the mails
// that it has sent.
func (d *Driver) mailed(kind, address string, since time.Time) string {
	return d.secretOf(kind, address, since, func(m mail) *string { return m.Token })
}

// mailedCode returns the code in a mail of a kind to an address that was made since a time, or "".
func (d *Driver) mailedCode(kind, address string, since time.Time) string {
	return d.secretOf(kind, address, since, func(m mail) *string { return m.Code })
}

func (d *Driver) secretOf(kind, address string, since time.Time, secret func(mail) *string) string {
	for _, s := range d.Services {
		for _, mail := range s.inbox(kind, address) {
			if found := secret(mail); found != nil && !mail.CreatedAt.Before(since) {
				return *found
			}
		}
	}
	return ""
}

// mail is a message that a service shows.
type mail struct {
	To, Kind    string
	Token, Code *string
	CreatedAt   time.Time
}

// inbox returns the mails of a kind to an address, the newest first. It asks for those to the address alone: all would be
// megabytes at each look.
func (s *Service) inbox(kind, address string) []mail {
	reply, err := s.client.Get(s.Address + "/inbox.json?to=" + url.QueryEscape(address))
	if err != nil {
		return nil
	}
	defer func() { _ = reply.Body.Close() }()
	text, err := io.ReadAll(reply.Body)
	var messages []mail
	if err != nil || reply.StatusCode != http.StatusOK || json.Unmarshal(text, &messages) != nil {
		return nil
	}

	return slices.DeleteFunc(messages, func(m mail) bool { return m.Kind != kind })
}
