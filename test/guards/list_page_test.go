//go:build guards

package guards

func init() { guards = append(guards, pageGuards...) }

// pageGuards are what the account page relies on, and what it must not become (R-REC2, R-RPR1).
var pageGuards = []guard{
	{"the next mail is told to the account's own session only", systemTests, "TestStories/SQLite/registration$", []edit{
		{"internal/account/mailrequest.go", `if own := caller.AccountID(); request.next != nil && own != "" && own == recipient.ID {`, `if request.next != nil && recipient.ID != "" {`}}},
	{"one's own address is no change", systemTests, "TestStories/SQLite/email$", []edit{
		{"internal/account/email.go", "if account.EmailVerified() && account.Email == email {", "if account == nil {"}}},
	{"one's own number is no change", systemTests, "TestStories/SQLite/phone$", []edit{
		{"internal/account/phone.go", "if account.PhoneVerified() && *account.Phone == phone {", "if account == nil {"}}},
	{"the page's config stays in its attribute", "./web", "TestAccountConfig", []edit{
		{"web/account.go", "html.EscapeString(string(config))", "html.UnescapeString(string(config))"}}},
	{"nothing but pictures comes from elsewhere", "./web", "TestAccountLoadsOnlyPicturesFromElsewhere", []edit{
		{"web/account.go", `"connect-src 'self'",`, `"connect-src 'self' https:",`}}},
	{"mails lead to pages of the web only", notifyTests, "TestMailsEndAtTheAccount", []edit{
		{"internal/notify/link.go", `if _, err := parseLink(links.Account+"#"+placeholder, &link{}); err != nil {`, `if _, err := parseLink(links.PasswordReset, &link{}); err != nil {`}}},
}
