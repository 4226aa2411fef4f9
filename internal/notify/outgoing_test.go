package notify

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/egress"
	"github.com/accountql/accountql/models"
)

const testSecret = "0123456789abcdef"

// receiver is a real HTTP server that keeps the requests it gets.
type receiver struct {
	*httptest.Server
	requests []*http.Request
	bodies   []string
	answer   func(w http.ResponseWriter, r *http.Request)
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(request.Body)
		if err != nil {
			t.Error(err)
		}

		r.requests, r.bodies = append(r.requests, request), append(r.bodies, string(body))
		if r.answer != nil {
			r.answer(w, request)
		}
	}))
	t.Cleanup(r.Close)

	return r
}

// testClient returns a client that may reach this machine, as in development.
func testClient(t *testing.T) *egress.Client {
	t.Helper()
	client := egress.NewClient(egress.Policy{Loopback: true})
	t.Cleanup(client.Close)
	return client
}

// webhook returns an event as the renderer returns it.
func webhook(t *testing.T, id string) Rendered {
	t.Helper()
	rendered, err := testRenderer(t).Render(models.Message{
		ID: id, Channel: models.ChannelWebhook, Kind: models.MessageKind(models.EventPasswordChanged),
		Recipient: "webhook",
		Data:      models.MessageData{Event: `{"id":"` + id + `","type":"password.changed"}`},
	})
	if err != nil {
		t.Fatal(err)
	}

	return rendered
}

func TestWebhooksAreSigned(t *testing.T) {
	r := newReceiver(t)
	at := time.Unix(1_800_000_000, 0)
	sender := &WebhookSender{
		Endpoint{URL: r.URL + "/hook", Secret: testSecret, Client: testClient(t), Now: func() time.Time { return at }},
	}
	for range 2 {
		if err := sender.Send(t.Context(), webhook(t, "0190-e")); err != nil {
			t.Fatal(err)
		}
	}

	if len(r.requests) != 2 || r.bodies[0] != `{"id":"0190-e","type":"password.changed"}` {
		t.Fatalf("came: %q", r.bodies)
	}

	// docs/operations.md tells receivers to make this check.
	mac := hmac.New(sha256.New, []byte(testSecret))
	_, _ = fmt.Fprintf(mac, "%d.%s", at.Unix(), r.bodies[0])
	header := r.requests[0].Header
	if want := fmt.Sprintf("t=%d,v1=%s", at.Unix(),
		hex.EncodeToString(mac.Sum(nil))); header.Get("AccountQL-Signature") != want {
		t.Errorf("signed %q, want %q", header.Get("AccountQL-Signature"), want)
	}
	if header.Get("AccountQL-Webhook-Id") != "0190-e" || r.requests[1].Header.Get("AccountQL-Webhook-Id") != "0190-e" ||
		header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("headers %v", header)
	}
	if _, err := testRenderer(t).Render(models.Message{Channel: models.ChannelWebhook}); err == nil {
		t.Error("an event without a body was rendered")
	}
}

// TestTwoSecretsSign guards that each of two secrets verifies a request while one replaces the other (R-ROT3).
func TestTwoSecretsSign(t *testing.T) {
	r := newReceiver(t)
	at := time.Unix(1_800_000_000, 0)
	endpoint := Endpoint{URL: r.URL, Secret: testSecret, Second: "fedcba9876543210", Client: testClient(t),
		Now: func() time.Time { return at }}
	for name, sender := range map[string]Sender{"webhook": &WebhookSender{endpoint}, "sms": &SMSEndpoint{endpoint}} {
		if err := sender.Send(t.Context(), webhook(t, "0190-e")); err != nil {
			t.Fatal(err)
		}

		header, body := r.requests[len(r.requests)-1].Header.Values(SignatureHeader), r.bodies[len(r.bodies)-1]
		stamp, signatures, _ := strings.Cut(strings.Join(header, "|"), ",")
		if stamp != fmt.Sprintf("t=%d", at.Unix()) || strings.Count(signatures, "v1=") != 2 {
			t.Fatalf("%s: signed %q", name, header)
		}
		for i, signature := range strings.Split(signatures, ",") {
			mac := hmac.New(sha256.New, []byte([]string{testSecret, endpoint.Second}[i]))
			_, _ = fmt.Fprintf(mac, "%d.%s", at.Unix(), body)
			if signature != "v1="+hex.EncodeToString(mac.Sum(nil)) {
				t.Errorf("%s: the signature of secret %d is %s", name, i, signature)
			}
		}
	}
}

func TestStatusesOfProviders(t *testing.T) {
	r := newReceiver(t)
	endpoint := Endpoint{URL: r.URL, Secret: testSecret, Client: testClient(t)}
	sms := Rendered{ID: "m", Kind: models.MessagePhoneCode,
		Channel: models.ChannelTextMessage, To: "+491711234567", Text: "493817 is your code"}
	senders := map[string]Sender{
		"webhook": &WebhookSender{endpoint}, "sms": &SMSEndpoint{endpoint},
		"twilio": &Twilio{SID: "AC1", Token: "t", From: "+1555", Client: endpoint.Client, Base: r.URL},
	}
	for status, permanent := range map[int]map[string]bool{
		200: {}, 204: {}, 301: {}, 401: {}, 403: {}, 404: {}, 408: {}, 429: {}, 500: {}, 503: {},
		400: {"sms": true, "twilio": true}, 410: {"webhook": true}, 422: {"sms": true},
	} {
		r.answer = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
		for name, sender := range senders {
			err := sender.Send(t.Context(), sms)
			if (err == nil) != (status/100 == 2) || IsPermanent(err) != permanent[name] {
				t.Errorf("%s, %d: permanent is %v: %v", name, status, IsPermanent(err), err)
			}
		}
	}

	r.Close()

	for name, sender := range senders {
		if err := sender.Send(t.Context(),
			sms); err == nil || IsPermanent(err) || strings.Contains(err.Error(), "http://") {
			t.Errorf("%s without a server: %v", name, err)
		}
	}
}

func TestTheSMSEndpointGetsTheMessage(t *testing.T) {
	r := newReceiver(t)
	sender := &SMSEndpoint{Endpoint{URL: r.URL, Secret: testSecret, Client: testClient(t)}}
	if err := sender.Send(t.Context(),
		Rendered{ID: "m", Kind: models.MessagePhoneCode, To: "+491711234567", Text: `"1" is your code`}); err != nil {
		t.Fatal(err)
	}

	var got map[string]string
	if err := json.Unmarshal([]byte(r.bodies[0]), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 4 || got["id"] != "m" || got["to"] != "+491711234567" || got["text"] != `"1" is your code` ||
		got["kind"] != "PHONE_CODE" {
		t.Errorf("came: %v", got)
	}

	signed := r.requests[0].Header.Get(SignatureHeader)
	var seconds int64
	if _, err := fmt.Sscanf(signed, "t=%d,",
		&seconds); err != nil || signed != Sign(testSecret, time.Unix(seconds, 0), []byte(r.bodies[0])) {
		t.Errorf("signed %q, %v", signed, err)
	}
}

func TestTwilioGetsAForm(t *testing.T) {
	r := newReceiver(t)
	service := "MG" + strings.Repeat("0", 32)
	for _, from := range []string{"+15550100", service} {
		sender := &Twilio{SID: "AC123", Token: "secret", From: from, Client: testClient(t), Base: r.URL}
		if err := sender.Send(t.Context(), Rendered{ID: "m", To: "+491711234567", Text: "1 & 2 = 3"}); err != nil {
			t.Fatal(err)
		}

		request, body := r.requests[len(r.requests)-1], r.bodies[len(r.bodies)-1]
		user, password, _ := request.BasicAuth()
		form, err := url.ParseQuery(body)
		if err != nil || user != "AC123" || password != "secret" ||
			request.URL.Path != "/2010-04-01/Accounts/AC123/Messages.json" {
			t.Errorf("%s:%s asks %s, %v", user, password, request.URL, err)
		}

		if form.Get("To") != "+491711234567" || form.Get("Body") != "1 & 2 = 3" || form.Get(
			"From",
		) == "" == (from != service) || (form.Get("MessagingServiceSid") == service) != (from == service) {
			t.Errorf("form %v", form)
		}
	}

	r.answer = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w,
			`{"code": 21211, "message": "The 'To' number +491711234567 is not a valid phone number."}`)
	}

	sender := &Twilio{SID: "AC123", Token: "secret", From: "+1", Client: testClient(t), Base: r.URL}
	err := sender.Send(t.Context(), Rendered{ID: "m", To: "+491711234567", Text: "x"})
	if !IsPermanent(err) || !strings.Contains(err.Error(), "21211") || strings.Contains(err.Error(), "4917") ||
		strings.Contains(err.Error(), "secret") {
		t.Errorf("a refusal is %v", err)
	}

	r.answer = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"code": 21611}`)
	}

	if err := sender.Send(t.Context(),
		Rendered{ID: "m", To: "+491711234567", Text: "x"}); err == nil || IsPermanent(err) {
		t.Errorf("a full queue is %v", err)
	}
}
