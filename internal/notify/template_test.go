package notify

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	testToken = "q8Zr2lB1w0xF-7uS3kVn9tYcE5hJ_pQmD4aGfL6oRiX"
	testCode  = "493817"
	chrome    = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)

func testLinks() Links {
	return Links{
		PasswordReset:  "https://shop.example/reset?token={token}&lang=en",
		EmailChange:    "https://shop.example/email#{token}",
		Activation:     "https://shop.example/activate/{token}",
		EmailUndo:      "https://shop.example/undo?token={token}",
		DataExport:     "https://shop.example/download?token={token}",
		Consent:        "https://shop.example/consent/{token}",
		DeletionCancel: "https://shop.example/keep?token={token}",
		SecureAccount:  "https://shop.example/secure?token={token}",
		FactorReset:    "https://shop.example/factor?token={token}",
		Contact:        "help@shop.example",
	}
}

func testRenderer(t testing.TB) *Renderer {
	t.Helper()
	renderer, err := NewRenderer(testLinks())
	if err != nil {
		t.Fatal(err)
	}
	return renderer
}

// testMessage returns a message of a kind with all the data that a message can have.
func testMessage(kind models.MessageKind, channel models.MessageChannel) models.Message {
	created := time.Date(2026, 3, 4, 11, 15, 0, 0, time.FixedZone("CET", 3600))
	expires := created.Add(30 * time.Minute)
	message := models.Message{
		ID: "m1", AccountID: "a1", Kind: kind, Channel: channel, Recipient: "anna@example.com", CreatedAt: created,
		Attempts: 1,
		Data: models.MessageData{
			Token: testToken, Code: testCode, Name: "Anna", Destination: "n•••@example.org",
			ExpiresAt: &expires, IP: "203.0.113.7", UserAgent: chrome,
		},
	}
	if channel == models.ChannelTextMessage {
		message.Recipient, message.Data.Destination = "+491711234567", "•••••••89"
	}

	return message
}

// messageKinds returns every MessageKind that the models declare, so that a new one without a template fails here.
func messageKinds(t *testing.T) []models.MessageKind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../models/message.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}

	var kinds []models.MessageKind
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != "MessageKind" {
			return true
		}

		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}

		kinds = append(kinds, models.MessageKind(value))

		return true
	})

	return kinds
}

func TestEveryKindHasTemplates(t *testing.T) {
	found := messageKinds(t)
	if len(found) < 13 {
		t.Fatalf("found only %d kinds", len(found))
	}

	renderer := testRenderer(t)
	for _, kind := range found {
		channel := models.ChannelMail
		if kind == models.MessagePhoneCode || kind == models.MessageEmailDisplaced {
			channel = models.ChannelTextMessage
		}
		if _, err := renderer.Render(testMessage(kind, channel)); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestRender(t *testing.T) {
	renderer := testRenderer(t)
	links := map[models.MessageKind]string{
		models.MessageActivation:        "https://shop.example/activate/" + testToken,
		models.MessageShopEmailSet:      "https://shop.example/activate/" + testToken,
		models.MessageFactorResetAsked:  "https://shop.example/factor?token=" + testToken,
		models.MessageFactorResetFormer: "https://shop.example/factor?token=" + testToken,
		models.MessagePasswordReset:     "https://shop.example/reset?token=" + testToken + "&lang=en",
		models.MessageEmailChange:       "https://shop.example/email#" + testToken,
		models.MessageEmailChangeAsked:  "https://shop.example/undo?token=" + testToken,
		models.MessageEmailChanged:      "https://shop.example/undo?token=" + testToken,
		models.MessageDataExport:        "https://shop.example/download?token=" + testToken,
		models.MessageConsentConfirm:    "https://shop.example/consent/" + testToken,
		models.MessageDeletionPending:   "https://shop.example/keep?token=" + testToken,
		models.MessageNewDevice:         "https://shop.example/secure?token=" + testToken,
		models.MessageAccountSecured:    "https://shop.example/reset?token=" + testToken + "&lang=en",
	}
	subjects := make(map[string]models.MessageKind)
	for _, k := range kinds(renderer.links) {
		for _, sparse := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s %s sparse=%v", k.kind, k.channel, sparse), func(t *testing.T) {
				message := testMessage(k.kind, k.channel)
				if sparse {
					message.Data = models.MessageData{}
					if k.secret == needsToken {
						message.Data.Token = testToken
					}
					if k.secret == needsCode {
						message.Data.Code = testCode
					}
				}

				got, err := renderer.Render(message)
				if err != nil {
					t.Fatal(err)
				}
				if got.ID != "m1" || got.AccountID != "a1" || got.Kind != k.kind || got.Channel != k.channel ||
					got.To != message.Recipient || !got.CreatedAt.Equal(message.CreatedAt) {
					t.Errorf("the envelope is wrong: %+v", got)
				}

				for _, text := range []string{got.Subject, got.Text, got.HTML} {
					for _, bad := range []string{"{{", "}}", "<no value>", "<nil>", "{token}", "ZgotmplZ", "%!"} {
						if strings.Contains(text, bad) {
							t.Errorf("holds %q:\n%s", bad, text)
						}
					}
				}

				if strings.Contains(got.Text, "\n\n\n") || strings.Contains(got.Text, " \n") ||
					strings.Contains(got.Text, " .") {
					t.Errorf("the text has holes:\n%s", got.Text)
				}

				if k.channel == models.ChannelTextMessage {
					if got.HTML != "" || got.Subject != "" {
						t.Error("a text message has a subject or HTML")
					}
					return
				}

				if other, taken := subjects[got.Subject]; taken && other != k.kind {
					t.Errorf("%q is the subject of %s as well", got.Subject, other)
				}

				subjects[got.Subject] = k.kind
				both := []string{"4 March 2026, 10:15 UTC", "shop.example"}
				if link, carries := links[k.kind]; carries && (!sparse || k.secret == needsToken) {
					both = append(both, testToken)
					if !strings.Contains(got.Text, "\n"+link+"\n") {
						t.Errorf("the text lacks %s", link)
					}
					if !strings.Contains(got.HTML, `href="`+strings.ReplaceAll(link, "&", "&amp;")+`"`) {
						t.Errorf("the HTML lacks %s", link)
					}
					if strings.Count(got.Text, testToken) != 1 || strings.Contains(got.HTML, ">"+testToken+"<") {
						t.Error("the token stands by itself, and no page has a field for it")
					}
				} else if got.Token != "" || strings.Contains(got.Text+got.HTML, testToken) {
					t.Error("the message carries a token that its kind has no use for")
				}

				if !sparse && !k.forStrangers {
					both = append(both, "203.0.113.7", "Chrome on Windows")
				}

				if !sparse && !k.forStrangers && !k.unproven {
					both = append(both, "Hello Anna,")
				} else {
					both = append(both, "Hello,")
				}

				if got.Token != "" && !sparse {
					both = append(both, "within 30 min: until 4 March 2026, 10:45 UTC")
				}

				for _, want := range both {
					if !strings.Contains(got.Text, want) || !strings.Contains(got.HTML, want) {
						t.Errorf("text or HTML lacks %q:\n%s", want, got.Text)
					}
				}
			})
		}
	}
}

// TestIdleNoticeLeadsToThePage checks that the notice of an erasure says when it will be, and leads to the customer's
// page by a link that holds no secret and is not used up.
func TestIdleNoticeLeadsToThePage(t *testing.T) {
	links := testLinks()
	links.Account = "https://shop.example/account"
	renderer, err := NewRenderer(links)
	if err != nil {
		t.Fatal(err)
	}

	got, err := renderer.Render(testMessage(models.MessageAccountIdle, models.ChannelMail))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"After 4 March 2026, 10:45 UTC it will be erased", "Sign in here to keep your account:\n\nhttps://shop.example/account\n",
	} {
		if !strings.Contains(got.Text, want) {
			t.Errorf("the text lacks %q:\n%s", want, got.Text)
		}
	}
	if !strings.Contains(got.HTML, `href="https://shop.example/account"`) {
		t.Errorf("the HTML has no link:\n%s", got.HTML)
	}
	if strings.Contains(got.Text+got.HTML, "Works once") {
		t.Error("the link is called one that works once")
	}
}

func TestMessagesForStrangersNameNobody(t *testing.T) {
	renderer := testRenderer(t)
	for _, kind := range []models.MessageKind{models.MessageEmailTaken, models.MessageEmailRestored} {
		got, err := renderer.Render(testMessage(kind, models.ChannelMail))
		if err != nil {
			t.Fatal(err)
		}

		for _, private := range []string{"Anna", "203.0.113.7", "Chrome", "example.org"} {
			if strings.Contains(got.Text+got.HTML, private) {
				t.Errorf("%s tells %q", kind, private)
			}
		}
	}
}

// A stranger can type any name and any address, and so have their words delivered.
func TestMailsToUnprovenAddressesCarryNoName(t *testing.T) {
	renderer := testRenderer(t)
	for _, kind := range []models.MessageKind{
		models.MessageActivation, models.MessageEmailChange, models.MessageShopEmailSet,
	} {
		got, err := renderer.Render(testMessage(kind, models.ChannelMail))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(got.Subject+got.Text+got.HTML, "Anna") {
			t.Errorf("%s greets by a name that anybody may have typed", kind)
		}
	}
}

// gsmText reports whether every character is in both ASCII and the seven-bit alphabet of text messages and costs
// one septet there.
func gsmText(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return r != '\n' && (r < ' ' || r > 'z' || strings.ContainsRune("`[\\]^", r))
	})
}

func TestTextMessagesAreOneMessage(t *testing.T) {
	renderer := testRenderer(t)
	for _, kind := range []models.MessageKind{
		models.MessagePhoneCode, models.MessageIdentityCode, models.MessagePhoneChanged,
	} {
		got, err := renderer.Render(testMessage(kind, models.ChannelTextMessage))
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Text) > 160 || !gsmText(got.Text) {
			t.Errorf("%s is %d characters, or not of the alphabet: %s", kind, len(got.Text), got.Text)
		}

		if kind != models.MessagePhoneChanged {
			if !strings.HasSuffix(got.Text, "\n@shop.example #"+testCode) ||
				!strings.HasPrefix(got.Text, testCode+" ") || got.Code != testCode {
				t.Errorf("the code can't be filled in: %q", got.Text)
			}
		} else if !strings.Contains(got.Text, "*******89") || got.Code != "" {
			t.Errorf("the notice is wrong: %q", got.Text)
		}
	}
}

func TestRenderRefuses(t *testing.T) {
	renderer := testRenderer(t)
	tests := map[string]func(*models.Message){
		"an unknown kind":    func(m *models.Message) { m.Kind = "NEWS" },
		"a wrong channel":    func(m *models.Message) { m.Channel = models.ChannelTextMessage },
		"a wiped token":      func(m *models.Message) { m.Data.Token = "" },
		"no recipient":       func(m *models.Message) { m.Recipient = "" },
		"two recipients":     func(m *models.Message) { m.Recipient = "a@example.com,b@example.com" },
		"two, spaced":        func(m *models.Message) { m.Recipient = "a@example.com b@example.com" },
		"a header":           func(m *models.Message) { m.Recipient = "a@example.com\r\nBcc: b@example.com" },
		"a name":             func(m *models.Message) { m.Recipient = "Anna <a@example.com>" },
		"a line separator":   func(m *models.Message) { m.Recipient = "a@example.com\u2028" },
		"a number by mail":   func(m *models.Message) { m.Recipient = "+491711234567" },
		"an address literal": func(m *models.Message) { m.Recipient = "a@[127.0.0.1]" },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			message := testMessage(models.MessagePasswordReset, models.ChannelMail)
			change(&message)
			_, err := renderer.Render(message)
			if err == nil {
				t.Fatal("rendered")
			}
			if strings.Contains(err.Error(), testToken) || strings.Contains(err.Error(), "example.com") {
				t.Errorf("the error tells too much: %v", err)
			}
		})
	}

	for _, number := range []string{
		"", "0171123456", "+49 171", "+49171123456,+49171123457", "+4917112345678901", "anna@example.com",
	} {
		message := testMessage(models.MessagePhoneCode, models.ChannelTextMessage)
		message.Recipient = number
		if _, err := renderer.Render(message); err == nil {
			t.Errorf("%q was taken for a number", number)
		}
	}
}

func TestRenderedLogsNothingPrivate(t *testing.T) {
	got, err := testRenderer(t).Render(testMessage(models.MessagePasswordReset, models.ChannelMail))
	if err != nil {
		t.Fatal(err)
	}

	var out strings.Builder
	slog.New(slog.NewJSONHandler(&out, nil)).Info("sent", "message", got)
	if strings.Contains(out.String(), testToken) || strings.Contains(out.String(), "anna@") ||
		!strings.Contains(out.String(), `"id":"m1"`) {
		t.Errorf("logged: %s", out.String())
	}
}
