package notify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/accountql/accountql/internal/egress"
)

// The headers of a signed request, which are those of Standard Webhooks 1.0.
const (
	// IDHeader is the same at every attempt at one message, so that the receiver can detect duplicates.
	IDHeader = "Webhook-Id"
	// TimestampHeader holds the time of the attempt, in seconds since 1970.
	TimestampHeader = "Webhook-Timestamp"
	// SignatureHeader holds "v1,<base64>": the HMAC-SHA-256, under the shared key, of the id, the timestamp and the body,
	// with a dot between them. With two keys there are two, with a space between them.
	SignatureHeader = "Webhook-Signature"
)

// Endpoint is an address to which signed requests are sent.
type Endpoint struct {
	URL string
	// Keys are the keys of the signatures: one, or two while the secret is exchanged (R-ROT3).
	Keys   [][]byte
	Client *egress.Client
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// sign returns the signatures of a body that is sent at that second, one of each key.
func sign(keys [][]byte, id, second string, body []byte) string {
	signatures := make([]string, len(keys))
	for i, key := range keys {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + second + "."))
		mac.Write(body)
		signatures[i] = "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}

	return strings.Join(signatures, " ")
}

// call sends a signed body and returns the status of the answer.
func (e Endpoint) call(ctx context.Context, id string, body []byte) (int, error) {
	now := time.Now
	if e.Now != nil {
		now = e.Now
	}

	second := strconv.FormatInt(now().Unix(), 10)
	status, _, err := e.Client.Post(ctx, e.URL, body, http.Header{
		"Content-Type": {"application/json; charset=utf-8"},
		IDHeader:       {id}, TimestampHeader: {second}, SignatureHeader: {sign(e.Keys, id, second, body)},
	})

	return status, err
}

// WebhookSender sends accounts' events to an endpoint.
type WebhookSender struct{ Endpoint Endpoint }

// Send sends one event. Only status 410 (Gone) is permanent: an operator can fix any other failure of the endpoint
// while the event waits.
func (s *WebhookSender) Send(ctx context.Context, message Rendered) error {
	status, err := s.Endpoint.call(ctx, message.ID, []byte(message.Text))
	switch {
	case err != nil:
		return err
	case status/100 == 2:
		return nil
	case status == http.StatusGone:
		return Permanent(statusError("the webhook", status))
	}

	return statusError("the webhook", status)
}

// SMSEndpoint sends text messages through an endpoint of the operator's own.
type SMSEndpoint struct{ Endpoint Endpoint }

// Send sends one text message. 400 and 422 mean that this message can't be sent; everything else, also a wrong
// secret, can be fixed while the message waits.
func (s *SMSEndpoint) Send(ctx context.Context, message Rendered) error {
	body, err := json.Marshal(struct {
		ID   string `json:"id"`
		To   string `json:"to"`
		Text string `json:"text"`
		Kind string `json:"kind"`
	}{message.ID, message.To, message.Text, string(message.Kind)})
	if err != nil {
		return Permanent(err)
	}

	status, err := s.Endpoint.call(ctx, message.ID, body)
	switch {
	case err != nil:
		return err
	case status/100 == 2:
		return nil
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		return Permanent(statusError("the SMS endpoint", status))
	}

	return statusError("the SMS endpoint", status)
}

// statusError returns the error of an answer that is not a success.
func statusError(who string, status int) error {
	return fmt.Errorf("%s answered with status %d", who, status)
}
