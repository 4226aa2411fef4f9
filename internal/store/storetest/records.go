package storetest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// recentSessions guards that the list of sessions is limited, and that the count includes only live ones.
func recentSessions(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	var made []*models.Session
	for range 5 {
		made = append(made, f.session(owner))
	}

	f.session(other)
	f.ok(f.RecordActivity(f.ctx, []models.Activity{
		{SessionID: made[0].ID, UsedAt: base.Add(time.Minute), SessionExpiresAt: base.Add(2 * time.Hour)},
	}))

	recent, err := f.RecentSessions(f.ctx, owner.ID, base, 3)
	f.ok(err)
	if len(recent) != 3 || recent[0].ID != made[0].ID || recent[1].ID != made[4].ID || recent[2].ID != made[3].ID {
		t.Errorf("recent are %+v", recent)
	}

	for now, want := range map[time.Time]int{base: 5, base.Add(90 * time.Minute): 1, base.Add(3 * time.Hour): 0} {
		if count, err := f.CountSessions(f.ctx, owner.ID, now); count != want || err != nil {
			t.Errorf("%d are live, not %d: %v", count, want, err)
		}
	}

	if recent, err := f.RecentSessions(f.ctx, owner.ID, base.Add(90*time.Minute), 3); err != nil || len(recent) != 1 {
		t.Errorf("recent are %+v, %v", recent, err)
	}
}

// records guards the data of exports: each account with its own data and nobody else's, page by page.
func records(t *testing.T, f *fixture) {
	owners := []*models.Account{f.account("c@example.com"), f.account("a@example.com"), f.account("b@example.com")}
	for i, owner := range owners {
		f.tx(func(tx account.Tx) error {
			return tx.LinkIdentity(f.ctx, &models.Identity{AccountID: owner.ID, IdentityProvider: models.ProviderGoogle,
				Issuer: "https://g.example", Subject: owner.ID, LinkedAt: base})
		})
		f.address(owner, 0, func(a *models.Address) { a.Company = &owner.ID })
		f.tx(func(tx account.Tx) error {
			var consents []models.Consent
			for n := range i + 1 {
				consents = append(consents, models.Consent{ID: f.id("consent"), AccountID: owner.ID,
					Channel: models.ConsentEmail, Source: "s", RecordedAt: base.Add(-time.Duration(n) * time.Minute)})
			}
			return tx.RecordConsents(f.ctx, consents)
		})
		f.tx(func(tx account.Tx) error {
			_, err := tx.RecordTerms(f.ctx, []models.TermsAcceptance{f.acceptance(owner, "1", base)})
			return err
		})
		for n := range i {
			f.tx(func(tx account.Tx) error {
				return tx.CreatePasskey(f.ctx, f.passkey(owner.ID, fmt.Sprintf("%s %d", owner.ID, n)))
			})
		}
	}

	first, err := f.AccountRecords(f.ctx, "", 2)
	f.ok(err)
	second, err := f.AccountRecords(f.ctx, first[len(first)-1].ID, 2)
	f.ok(err)
	last, err := f.AccountRecords(f.ctx, second[len(second)-1].ID, 2)
	f.ok(err)
	all := slices.Concat(first, second)
	if len(first) != 2 || len(all) != 3 || len(last) != 0 {
		t.Fatalf("pages of %d, %d and %d", len(first), len(second), len(last))
	}

	for i, record := range all {
		if record.ID != owners[i].ID || len(record.Identities) != 1 || record.Identities[0].Subject != owners[i].ID ||
			len(record.Consents) != i+1 || record.Passkeys != i || len(record.Terms) != 1 || record.Terms[0].AccountID != owners[i].ID ||
			len(record.Addresses) != 1 || *record.Addresses[0].Company != owners[i].ID {
			t.Errorf("record %d is %+v", i, record)
		}

		for n := 1; n < len(record.Consents); n++ {
			if record.Consents[n].RecordedAt.Before(record.Consents[n-1].RecordedAt) {
				t.Errorf("consents are out of order: %+v", record.Consents)
			}
		}

		one, err := f.AccountRecord(f.ctx, record.ID)
		f.ok(err)
		if !reflect.DeepEqual(*one, record) {
			t.Errorf("one is\n%+v\nand in a page\n%+v", *one, record)
		}
	}

	_, err = f.AccountRecord(f.ctx, "nobody")
	f.notFound(err)
}

// pending guards that everything that waits for a customer, or was sent, is listed without its secrets.
func pending(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	live, used := f.challenge(owner, models.PurposeEmailChange), f.challenge(owner, models.PurposePasswordReset)
	f.challenge(other, models.PurposePhoneUpdate)
	f.tx(func(tx account.Tx) error { return tx.UseChallenge(f.ctx, used.ID, base.Add(time.Minute)) })
	waiting, sent := f.message(owner.ID, live.ID), f.message(owner.ID, "")
	f.message(other.ID, "")
	f.ok(f.MarkSent(f.ctx, sent.ID, base.Add(time.Minute)))

	for i, of := range []string{owner.ID, "", other.ID} {
		f.tx(func(tx account.Tx) error {
			return tx.CreateRegistration(f.ctx, &models.Registration{
				ID: f.id("registration"), AccountID: of, ChallengeID: live.ID, Email: owner.Email,
				CreatedAt: base.Add(time.Duration(i) * time.Minute), ExpiresAt: base.Add(time.Hour),
				Brought: &models.RegistrationData{
					PasswordHash: "hash", Account: models.Account{Profile: models.Profile{FirstName: &owner.ID}},
				},
			}, 10)
		})
	}

	registrations, err := f.RegistrationsOf(f.ctx, owner.ID)
	f.ok(err)
	if len(registrations) != 1 || registrations[0].Sealed != "" ||
		*registrations[0].Brought.Account.FirstName != owner.ID {
		t.Errorf("registrations are %+v", registrations)
	}
	if nobodys, err := f.RegistrationsOf(f.ctx, ""); err != nil || len(nobodys) != 0 {
		t.Errorf("nobody has %+v, %v", nobodys, err)
	}

	challenges, err := f.Challenges(f.ctx, owner.ID)
	f.ok(err)
	if len(challenges) != 2 || challenges[0].ID != live.ID || challenges[1].UsedAt == nil ||
		challenges[0].Target != live.Target {
		t.Errorf("challenges are %+v", challenges)
	}

	messages, err := f.MessagesOf(f.ctx, owner.ID)
	f.ok(err)
	if len(messages) != 2 || messages[0].ID != waiting.ID || messages[1].ID != sent.ID ||
		messages[0].Data.Name != "Ada" {
		t.Errorf("messages are %+v", messages)
	}

	text, err := json.Marshal(messages)
	f.ok(err)
	if strings.Contains(string(text), "secret-token") || strings.Contains(string(text), "123456") ||
		strings.Contains(string(text), "sealed") {
		t.Errorf("a secret is listed: %s", text)
	}
}
