package server

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
)

// signInQuery is what the banner's curl sends: one mutation that shows the demo account and a session to go on with.
const signInQuery = `mutation ($input: SignInInput!) { signIn(input: $input) { session { token } account { id email firstName } } }`

// printBanner prints what somebody needs to begin in development mode.
func printBanner(out io.Writer, settings config.Settings) {
	address := "http://" + settings.Listen
	// The values go in variables, so that the JSON holds neither a backslash nor
	// a single quote, and stays whole in the shell's single quotes.
	body, err := json.Marshal(map[string]any{
		"query":     signInQuery,
		"variables": map[string]any{"input": map[string]any{"email": account.DemoEmail, "password": account.DemoPassword}},
	})
	if err != nil {
		panic(fmt.Sprintf("strings can always be written as JSON, but: %v", err))
	}
	// Where stdout is gone the server serves nevertheless.
	_, _ = fmt.Fprintf(out, `
AccountQL is ready, in development mode.

  Account   %[1]s/account
  GraphiQL  %[1]s/
  Inbox     %[1]s/inbox
  API key   %[2]s
  Customer  %[3]s, password: %[4]s

Paste this to sign in:

curl -s %[1]s/graphql -H 'Content-Type: application/json' -H 'X-Api-Key: %[2]s' -d '%[5]s'

`, address, account.DevelopmentKey, account.DemoEmail, account.DemoPassword, body)
}
