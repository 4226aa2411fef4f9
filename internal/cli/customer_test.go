package cli

import (
	"context"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// finder finds the same page for every search.
type finder struct {
	Operator
	page account.CustomerConnection
}

func (f finder) FindCustomers(context.Context, string, int, *string) (*account.CustomerConnection, error) {
	return &f.page, nil
}

func TestAccountsOnATerminal(t *testing.T) {
	name, phone, cursor := "Zo\u001b[31më", models.PhoneNumber("+48501234567"), "next-page"
	at := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	found := &account.Customer{Account: &models.Account{
		ID: "7", Email: "zoe@example.com", Phone: &phone, PhoneVerifiedAt: &at, Status: models.StatusActive, CreatedAt: at,
		Profile: models.Profile{FirstName: &name},
	}}
	operator := finder{page: account.CustomerConnection{
		Edges:    []*account.CustomerEdge{{Node: found}},
		PageInfo: &account.PageInfo{HasNextPage: true, EndCursor: &cursor},
	}}

	program, stdout, stderr := actingProgram(nil, operator, nil, func(account.Actor) {})
	program.Terminal = true
	code := program.Run(t.Context(), []string{"account", "find", "zo", "--database", "x"})
	want := "ID  STATUS  E-MAIL                      PHONE         NAME      CREATED     LAST USED\n" +
		"7   ACTIVE  zoe@example.com (unproven)  +48501234567  Zo [31më  2026-05-03  never\n"
	if code != exitOK || stdout.String() != want || stderr.String() != "accountql: there are more: --after next-page\n" {
		t.Errorf("%d, %s%s", code, stdout, stderr)
	}

	operator.page = account.CustomerConnection{PageInfo: &account.PageInfo{}}
	program, stdout, stderr = actingProgram(nil, operator, nil, func(account.Actor) {})
	program.Terminal = true
	code = program.Run(t.Context(), []string{"account", "find", "zo", "--database", "x"})
	if code != exitOK || stdout.String() != "" || stderr.String() != "accountql: no account is found\n" {
		t.Errorf("%d, %s%s", code, stdout, stderr)
	}
}

func TestFlagOfAField(t *testing.T) {
	for field, want := range map[string]string{
		"firstName": "first-name", "email": "email", "avatarUrl": "avatar-url", "password-stdin": "password-stdin",
	} {
		if got := kebabCase(field); got != want {
			t.Errorf("%s: %s", field, got)
		}
	}
}
