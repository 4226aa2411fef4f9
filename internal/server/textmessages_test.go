package server

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accountql/accountql/internal/notify/smtptest"
)

// TestProductionWithoutTextMessages starts production with and without --sms: without, a change of phone is refused
// and Account.can foretells it; a code that never comes would be worse.
func TestProductionWithoutTextMessages(t *testing.T) {
	mailServer := smtptest.Start(t, smtptest.StartTLS)
	for sms, want := range map[string]string{"": `"reason":"MESSAGE_CHANNEL_UNAVAILABLE"`,
		"https://:whsec_0123456789abcdef0123456789abcdef@sms.shop.example/": `"reason":null`} {
		database := filepath.Join(t.TempDir(), "production.db")
		command(t, database, "", "migrate", &[]any{})
		var key struct{ Key string }
		command(t, database, "", "apikey create --name shop --permission API_PERSONAL_PHONE_CLIENT_CREATE "+
			"--permission SAUTH_LOGIN_CLIENT_CREATE --permission API_PERSONAL_INFORMATION_CLIENT_READ", &key)
		command(t, database, "purple monkey\n", "account create --email ada@shop.example --password-stdin", &struct{}{})

		server := spawn(t, []string{"ACCOUNTQL_SMS=" + sms, "ACCOUNTQL_DATABASE=" + database,
			fmt.Sprintf("ACCOUNTQL_SMTP=smtp://127.0.0.1:%d", mailServer.Port)}, production("serve")...)
		signedIn := server.ask(t, key.Key, `mutation {
			signIn(input: {email: "ada@shop.example", password: "purple monkey"}) {
				account { can { requestPhoneUpdate { reason } } }
			}
		}`, nil)
		if !strings.Contains(signedIn, want) {
			t.Errorf("--sms %q: %s", sms, signedIn)
		}

		requested := server.ask(t, key.Key, `mutation {
			requestPhoneUpdate(input: {
				phone: "+447400123456", accountEmail: "ada@shop.example", password: "purple monkey"
			}) { pending { destination } }
		}`, nil)
		if refused := strings.Contains(requested, "MESSAGE_CHANNEL_UNAVAILABLE"); refused != (sms == "") {
			t.Errorf("--sms %q: %s", sms, requested)
		}
		if sms != "" && !strings.Contains(requested, `"destination"`) {
			t.Errorf("--sms %q: %s", sms, requested)
		}
	}
}
