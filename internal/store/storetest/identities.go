package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// identity returns a link that is not stored.
func identity(owner *models.Account, provider models.IdentityProvider, issuer, subject string) *models.Identity {
	return &models.Identity{
		AccountID: owner.ID, IdentityProvider: provider, Issuer: issuer, Subject: subject, LinkedAt: base,
	}
}

func (f *fixture) link(identity *models.Identity) error {
	return f.InTx(f.ctx, func(tx account.Tx) error { return tx.LinkIdentity(f.ctx, identity) })
}

func (f *fixture) taken(err error) {
	f.Helper()
	if !errors.Is(err, models.ErrTaken) {
		f.Fatalf("got %v, want taken", err)
	}
}

func identities(t *testing.T, f *fixture) {
	const google, own, second = "https://accounts.google.com", "https://login.example", "https://login.example/"
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	f.ok(f.link(identity(owner, models.ProviderOAuth, own, "1")))
	// Identities are equal only if subject, issuer and provider are.
	f.ok(f.link(identity(other, models.ProviderOAuth, second, "1")))
	f.ok(f.link(identity(other, models.ProviderGoogle, google, "1")))
	later := identity(owner, models.ProviderGoogle, google, "2")
	later.LinkedAt = base.Add(time.Second)
	f.ok(f.link(later))
	f.taken(f.link(identity(other, models.ProviderOAuth, own, "1")))
	f.taken(f.link(identity(owner, models.ProviderOAuth, own, "1")))
	// An account can have only one identity of an issuer.
	f.taken(f.link(identity(owner, models.ProviderGoogle, google, "3")))
	f.tx(func(tx account.Tx) error {
		f.taken(tx.LinkIdentity(f.ctx, identity(owner, models.ProviderGoogle, google, "1")))
		// A transaction can continue after it.
		return tx.LinkIdentity(f.ctx, identity(owner, models.ProviderOAuth, second, "2"))
	})
	found, link, err := f.AccountByIdentity(f.ctx, models.ProviderGoogle, google, "1")
	f.ok(err)
	if found.ID != other.ID || *link != *identity(other, models.ProviderGoogle, google, "1") {
		t.Errorf("found %+v, %+v", found, link)
	}

	for _, absent := range []*models.Identity{
		identity(owner, models.ProviderApple, google, "1"), identity(owner, models.ProviderGoogle, own, "1"),
		identity(owner, models.ProviderGoogle, google, "3"),
		identity(owner, models.ProviderOAuth, "HTTPS://login.example", "1"),
	} {
		_, _, err := f.AccountByIdentity(f.ctx, absent.IdentityProvider, absent.Issuer, absent.Subject)
		f.notFound(err)
	}

	listed, err := f.Identities(f.ctx, owner.ID)
	f.ok(err)
	f.tx(func(tx account.Tx) error {
		inside, err := tx.Identities(f.ctx, owner.ID)
		if len(inside) != len(listed) {
			t.Errorf("a transaction sees %+v", inside)
		}
		return err
	})
	if len(listed) != 3 || listed[0].Issuer != own || listed[1].Issuer != second || listed[2] != *later {
		t.Errorf("linked %+v", listed)
	}

	f.tx(func(tx account.Tx) error { return tx.UnlinkIdentity(f.ctx, owner.ID, models.ProviderOAuth, own) })

	for _, absent := range []struct{ account, issuer string }{{owner.ID, own}, {owner.ID, google}, {other.ID, own}} {
		f.notFound(f.InTx(f.ctx, func(tx account.Tx) error {
			return tx.UnlinkIdentity(f.ctx, absent.account, models.ProviderOAuth, absent.issuer)
		}))
	}

	f.tx(func(tx account.Tx) error { return f.erase(tx, other.ID) })
	_, _, err = f.AccountByIdentity(f.ctx, models.ProviderGoogle, google, "1")
	f.notFound(err)
	f.ok(f.link(identity(owner, models.ProviderOAuth, own, "1")))
	f.notFound(f.link(identity(other, models.ProviderGoogle, google, "9")))
}

func customerTokensEnd(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	f.ok(f.link(identity(owner, models.ProviderOAuth, "https://one.example", "1")))
	f.ok(f.link(identity(owner, models.ProviderOAuth, "https://two.example", "1")))
	f.ok(f.link(identity(other, models.ProviderOAuth, "https://one.example", "2")))

	ends := func(ownerID, issuer string, want *time.Time) {
		t.Helper()
		linked, err := f.Identities(f.ctx, ownerID)
		f.ok(err)

		for _, identity := range linked {
			if from := identity.TokensFrom; identity.Issuer == issuer &&
				((from == nil) != (want == nil) || want != nil && !from.Equal(*want)) {
				t.Errorf("tokens of %s count from %v, want %v", issuer, from, want)
			}
		}
	}

	first, second := base.Add(time.Minute), base.Add(time.Hour)
	f.endSessions(owner.ID, models.TokenSession("https://one.example"), first)
	ends(owner.ID, "https://one.example", nil)
	ends(owner.ID, "https://two.example", &first)
	f.endSessions(owner.ID, "", second)
	ends(owner.ID, "https://one.example", &second)
	ends(owner.ID, "https://two.example", &second)
	ends(other.ID, "https://one.example", nil)
}

func oneLinksSubject(t *testing.T, f *fixture) {
	accounts := make([]*models.Account, many)
	for n := range accounts {
		accounts[n] = f.account(models.EmailAddress(f.id("a") + "@example.com"))
	}

	won := f.race(func(n int) error {
		return f.link(identity(accounts[n], models.ProviderGoogle, "https://accounts.google.com", "1"))
	}, func(err error) bool { return errors.Is(err, models.ErrTaken) })
	if won != 1 {
		t.Errorf("%d accounts have the subject", won)
	}
}
