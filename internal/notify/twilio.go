package notify

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/accountql/accountql/internal/egress"
)

// Twilio sends text messages by Twilio's Messages API.
type Twilio struct {
	// SID and Token are the account's.
	SID, Token string
	// From is a number, a name, or the id of a messaging service ("MG…").
	From   string
	Client *egress.Client
	// Base is https://api.twilio.com but in tests.
	Base string
}

// Send hands one text message over. 400 says that this message can't be sent, to
// this number for instance; everything else can be mended while it waits. Twilio
// knows no idempotency key, so an answer that is lost makes the message come twice.
func (t *Twilio) Send(ctx context.Context, message Rendered) error {
	form := url.Values{"To": {message.To}, "Body": {message.Text}}
	if strings.HasPrefix(t.From, "MG") && len(t.From) == messagingServiceID {
		form.Set("MessagingServiceSid", t.From)
	} else {
		form.Set("From", t.From)
	}
	base := t.Base
	if base == "" {
		base = "https://api.twilio.com"
	}
	address := base + "/2010-04-01/Accounts/" + url.PathEscape(t.SID) + "/Messages.json"
	status, answer, err := t.Client.Post(ctx, address, []byte(form.Encode()), http.Header{
		"Content-Type":  {"application/x-www-form-urlencoded"},
		"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte(t.SID+":"+t.Token))},
	})
	if err != nil {
		return err
	}
	if status/100 == 2 {
		return nil
	}
	// Twilio's sentence can repeat the number, its code can't.
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

const (
	// messagingServiceID is how long the id of a messaging service is.
	messagingServiceID = 34
	// twilioQueueFull is the one refusal with status 400 that passes: too many messages wait for the sender.
	twilioQueueFull = 21611
)
