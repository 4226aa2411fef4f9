package notify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/accountql/accountql/internal/egress"
)

// The headers of a signed request.
const (
	// SignatureHeader holds "t=<unix seconds>,v1=<hex>": the HMAC-SHA-256, under the shared secret, of the seconds,
	// a dot and the body. With two secrets it ends with a second ",v1=<hex>".
	SignatureHeader = "AccountQL-Signature"
	// IDHeader is the same at every attempt at one message, so that the receiver can detect duplicates.
	IDHeader = "AccountQL-Webhook-Id"
)

// Endpoint is an address to which signed requests are sent.
type Endpoint struct {
	URL string
	// Secret is the key of the signature.
	Secret string
	// Second is the key of a second signature while the secret is exchanged (R-ROT3), or "".
	Second string
	Client *egress.Client
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Sign returns the signature of a body that is sent at that time, by one secret or several.
func Sign(secret string, at time.Time, body []byte, more ...string) string {
	seconds := strconv.FormatInt(at.Unix(), 10)
	signature := "t=" + seconds
	for _, secret := range append([]string{secret}, more...) {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(seconds + "."))
		mac.Write(body)
		signature += ",v1=" + hex.EncodeToString(mac.Sum(nil))
	}

	return signature
}

// call sends a signed body and returns the status of the answer.
func (e Endpoint) call(ctx context.Context, id string, body []byte) (int, error) {
	now := time.Now
	if e.Now != nil {
		now = e.Now
	}

	var more []string
	if e.Second != "" {
		more = append(more, e.Second)
	}

	status, _, err := e.Client.Post(ctx, e.URL, body, http.Header{
		"Content-Type": {"application/json; charset=utf-8"}, IDHeader: {id},
		SignatureHeader: {Sign(e.Secret, now(), body, more...)},
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
