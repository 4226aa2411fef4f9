package notify

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/accountql/accountql/internal/egress"
	"github.com/accountql/accountql/models"
)

// The secrets are those of the keys below, as receivers have them.
const (
	testSecret   = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
	secondSecret = "whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4"
)

var (
	testKey   = []byte("0123456789abcdef01234567")
	secondKey = []byte("fedcba9876543210fedcba98")
)

// checkStandard verifies a request with the library of Standard Webhooks, and that the library refuses another body.
func checkStandard(t *testing.T, secret string, r *http.Request, body string) {
	t.Helper()
	verifier, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	if err := verifier.Verify([]byte(body), r.Header); err != nil {
		t.Errorf("%v: %v", r.Header, err)
	}
	if verifier.Verify([]byte(body+" "), r.Header) == nil {
		t.Errorf("another body passes with %v", r.Header)
	}
}

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
	sender := &WebhookSender{Endpoint{URL: r.URL + "/hook", Keys: [][]byte{testKey}, Client: testClient(t)}}
	for range 2 {
		if err := sender.Send(t.Context(), webhook(t, "0190-e")); err != nil {
			t.Fatal(err)
		}
	}

	if len(r.requests) != 2 || r.bodies[0] != `{"id":"0190-e","type":"password.changed"}` {
		t.Fatalf("came: %q", r.bodies)
	}

	header := r.requests[0].Header
	if header.Get("webhook-id") != "0190-e" || r.requests[1].Header.Get("webhook-id") != "0190-e" ||
		header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("headers %v", header)
	}
	checkStandard(t, testSecret, r.requests[0], r.bodies[0])
	if _, err := testRenderer(t).Render(models.Message{Channel: models.ChannelWebhook}); err == nil {
		t.Error("an event without a body was rendered")
	}
}

// TestTwoSecretsSign guards that each of two secrets verifies a request while one replaces the other (R-ROT3).
func TestTwoSecretsSign(t *testing.T) {
	r := newReceiver(t)
	endpoint := Endpoint{URL: r.URL, Keys: [][]byte{testKey, secondKey}, Client: testClient(t)}
	for name, sender := range map[string]Sender{"webhook": &WebhookSender{endpoint}, "sms": &SMSEndpoint{endpoint}} {
		if err := sender.Send(t.Context(), webhook(t, "0190-e")); err != nil {
			t.Fatal(err)
		}

		last := len(r.requests) - 1
		if signatures := strings.Split(r.requests[last].Header.Get("webhook-signature"), " "); len(signatures) != 2 {
			t.Errorf("%s: signed %q", name, signatures)
		}
		for _, secret := range []string{testSecret, secondSecret} {
			checkStandard(t, secret, r.requests[last], r.bodies[last])
		}
	}
}

// TestSignatureOfTheStandard checks the example of the specification.
func TestSignatureOfTheStandard(t *testing.T) {
	key, err := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}

	const want = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	signed := sign([][]byte{key}, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`))
	if signed != want {
		t.Errorf("signed %s", signed)
	}
}

func TestStatusesOfProviders(t *testing.T) {
	r := newReceiver(t)
	endpoint := Endpoint{URL: r.URL, Keys: [][]byte{testKey}, Client: testClient(t)}
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
	sender := &SMSEndpoint{Endpoint{URL: r.URL, Keys: [][]byte{testKey}, Client: testClient(t)}}
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

	checkStandard(t, testSecret, r.requests[0], r.bodies[0])
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
