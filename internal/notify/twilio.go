package notify

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/accountql/accountql/internal/egress"
)

// Twilio sends text messages through Twilio's Messages API.
type Twilio struct {
	// SID and Token are the credentials of the Twilio account.
	SID, Token string
	// From is a number, a name, or the ID of a messaging service ("MG…").
	From   string
	Client *egress.Client
	// Base is https://api.twilio.com except in tests.
	Base string
}

// Send sends one text message. 400 means that this message can't be sent, for example to this number; everything
// else can be fixed while the message waits. Twilio has no idempotency key, so the message arrives twice if an
// answer is lost.
func (t *Twilio) Send(ctx context.Context, message Rendered) error {
	form := url.Values{"To": {message.To}, "Body": {message.Text}}
	if strings.HasPrefix(t.From, "MG") && len(t.From) == messagingServiceID {
		form.Set("MessagingServiceSid", t.From)
	} else {
		form.Set("From", t.From)
	}

	header := t.header()
	header.Set("Content-Type", "application/x-www-form-urlencoded")
	status, answer, err := t.Client.Post(ctx, t.account()+"/Messages.json", []byte(form.Encode()), header)
	if err != nil {
		return err
	}
	if status/100 == 2 {
		return nil
	}

	// Twilio's error text can repeat the number, its code can't.
	var fault struct{ Code int }
	err = statusError("Twilio", status)
	if json.Unmarshal(answer, &fault) == nil && fault.Code != 0 {
		err = fmt.Errorf("%w and code %d", err, fault.Code)
	}
	if status == http.StatusBadRequest && fault.Code != twilioQueueFull {
		return Permanent(err)
	}

	return err
}

// Try reads the Twilio account, which proves SID and token and sends nothing.
func (t *Twilio) Try(ctx context.Context) error {
	status, _, err := t.Client.Fetch(ctx, t.account()+".json", t.header())
	switch {
	case err != nil:
		return err
	case status/100 != 2:
		return statusError("Twilio", status)
	}
	return nil
}

// account returns the address of the Twilio account.
func (t *Twilio) account() string {
	return cmp.Or(t.Base, "https://api.twilio.com") + "/2010-04-01/Accounts/" + url.PathEscape(t.SID)
}

// header returns the credentials.
func (t *Twilio) header() http.Header {
	credentials := base64.StdEncoding.EncodeToString([]byte(t.SID + ":" + t.Token))
	return http.Header{"Authorization": {"Basic " + credentials}}
}

const (
	// messagingServiceID is the length of a messaging service's ID.
	messagingServiceID = 34
	// twilioQueueFull is the only temporary failure with status 400: too many messages wait for the sender.
	twilioQueueFull = 21611
)
