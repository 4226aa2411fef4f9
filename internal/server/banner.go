package server

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
)

// signInQuery is the mutation that the banner's curl sends: it returns the demo account and a session for further
// requests.
const signInQuery = `mutation ($input: SignInInput!) { signIn(input: $input) { session { token } account { id email firstName } } }`

// printBanner prints what a developer needs to begin in development mode.
func printBanner(out io.Writer, settings config.Settings) {
	address := "http://" + settings.Listen
	// The values go into variables, so that the JSON holds neither a backslash nor a single quote and can be put
	// into single quotes in a shell.
	body, err := json.Marshal(map[string]any{
		"query": signInQuery,
		"variables": map[string]any{
			"input": map[string]any{"email": account.DemoEmail, "password": account.DemoPassword},
		},
	})
	if err != nil {
		panic(fmt.Sprintf("strings can always be written as JSON, but: %v", err))
	}

	// The server serves even if stdout is closed.
	_, _ = fmt.Fprintf(out, `
AccountQL is ready, in development mode.

  Account   %[1]s/account
  GraphiQL  %[1]s/
  Inbox     %[1]s/inbox
  Mails     %[1]s/mails/
  API key   %[2]s
  Customer  %[3]s, password: %[4]s

Paste this to sign in:

curl -s %[1]s/graphql -H 'Content-Type: application/json' -H 'X-Api-Key: %[2]s' -d '%[5]s'

`, address, account.DevelopmentKey, account.DemoEmail, account.DemoPassword, body)
}
