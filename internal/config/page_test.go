package config_test

import (
	"slices"
	"strings"
	"testing"
)

// shopPage returns flags with which a shop serves the account page: no page of its own.
func shopPage(changes ...string) []string {
	return append([]string{
		"--mode=production", "--listen=:8080", "--database=/var/lib/accountql.db",
		"--public-url=https://accounts.shop.example", "--smtp=smtps://shop:secret@mail.shop.example",
		"--mail-from=Shop <no-reply@shop.example>", "--account-page=on",
	}, changes...)
}

// TestAccountPageInProduction checks that the page needs no other page: mails lead to its screens, and its sessions are
// in cookies, unless settings say otherwise.
func TestAccountPageInProduction(t *testing.T) {
	s, err := parse(t, nil, shopPage("--email-undo-url=https://shop.example/undo#{token}")...)
	if err != nil {
		t.Fatal(err)
	}

	if !s.ServesAccountPage() || !s.InCookies() {
		t.Errorf("page %t, cookies %t", s.ServesAccountPage(), s.InCookies())
	}
	bound := s.Bound(s.ListenAddress())
	for got, want := range map[string]string{
		bound.PasswordResetURL: "https://accounts.shop.example/account/reset-password#token={token}",
		bound.FactorResetURL:   "https://accounts.shop.example/account/reset-factor#token={token}",
		bound.EmailUndoURL:     "https://shop.example/undo#{token}",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}

	if s, err = parse(t, nil, shopPage("--cookies=false")...); err != nil || s.InCookies() {
		t.Errorf("--cookies=false: %t, %v", s.InCookies(), err)
	}
	if s, err = parse(t, []string{"ACCOUNTQL_COOKIES=false"}, shopPage()...); err != nil || s.InCookies() {
		t.Errorf("ACCOUNTQL_COOKIES=false: %t, %v", s.InCookies(), err)
	}
}

// TestNoAccountPage checks that the page is off in production, that its sessions leave others alone, and that no mail
// leads to it then.
func TestNoAccountPage(t *testing.T) {
	s, err := parse(t, nil, production()...)
	if err != nil {
		t.Fatal(err)
	}
	bound := s.Bound(s.ListenAddress())
	if s.ServesAccountPage() || s.InCookies() || bound.DataExportURL != "" || bound.FactorResetURL != "" {
		t.Errorf("page %t, cookies %t, %q", s.ServesAccountPage(), s.InCookies(), bound.DataExportURL)
	}

	if s, err = parse(t, nil); err != nil || !s.ServesAccountPage() || s.InCookies() {
		t.Errorf("development: page %t, cookies %t, %v", s.ServesAccountPage(), s.InCookies(), err)
	}
}

// TestAccountPageRefusals checks that each setting that is missing or wrong for the page is named.
func TestAccountPageRefusals(t *testing.T) {
	without := func(flag string) []string {
		return slices.DeleteFunc(shopPage(), func(one string) bool { return strings.HasPrefix(one, flag) })
	}
	for want, flags := range map[string][]string{
		"--public-url is required":           without("--public-url"),
		"--public-url must be an absolute":   shopPage("--public-url=http://accounts.shop.example"),
		"--smtp is required":                 without("--smtp"),
		"--account-page needs a --public":    shopPage("--public-url=https://shop.example/accounts"),
		"--account-page must be on or off":   shopPage("--account-page=yes"),
		"--account-page can be off in":       {"--account-page=off"},
		"--password-reset-url is required":   shopPage("--account-page=off"),
		"--allowed-origins must be of the s": shopPage("--allowed-origins=https://other.example"),
	} {
		if _, err := parse(t, nil, flags...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
