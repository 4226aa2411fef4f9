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
	// SignatureHeader holds "t=<unix seconds>,v1=<hex>": the HMAC-SHA-256, under
	// the shared secret, of the seconds, a dot and the body.
	SignatureHeader = "AccountQL-Signature"
	// IDHeader is the same at every attempt at one message: the receiver's protection against doubles.
	IDHeader = "AccountQL-Webhook-Id"
)

// Endpoint is an address that is called with signed requests.
type Endpoint struct {
	URL string
	// Secret signs the requests.
	Secret string
	Client *egress.Client
	// Now is the clock: time.Now.
	Now func() time.Time
}

// Sign returns the signature of a body that is sent at that time.
func Sign(secret string, at time.Time, body []byte) string {
	seconds := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(seconds + "."))
	mac.Write(body)
	return fmt.Sprintf("t=%s,v1=%s", seconds, hex.EncodeToString(mac.Sum(nil)))
}

// call sends a signed body and returns the status of the answer.
func (e Endpoint) call(ctx context.Context, id string, body []byte) (int, error) {
	now := time.Now
	if e.Now != nil {
		now = e.Now
	}
	status, _, err := e.Client.Post(ctx, e.URL, body, http.Header{
		"Content-Type": {"application/json; charset=utf-8"}, IDHeader: {id}, SignatureHeader: {Sign(e.Secret, now(), body)},
	})
	return status, err
}

// WebhookSender tells an endpoint of events of accounts.
type WebhookSender struct{ Endpoint Endpoint }

// Send hands one event over. Only "gone" is permanent: any other failure is one
// of the endpoint, which an operator can mend while the event waits.
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

// SMSEndpoint hands text messages to an endpoint of the operator's own.
type SMSEndpoint struct{ Endpoint Endpoint }

// Send hands one text message over. 400 and 422 say that this message can't be
// sent; everything else, a wrong secret included, can be mended while it waits.
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

// statusError tells of an answer that is no success.
func statusError(who string, status int) error {
	return fmt.Errorf("%s answered with status %d", who, status)
}
