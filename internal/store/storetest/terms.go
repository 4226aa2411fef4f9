package storetest

import (
	"slices"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// acceptance returns that an account's customer accepted a version of the terms.
func (f *fixture) acceptance(owner *models.Account, version string, at time.Time) models.TermsAcceptance {
	return models.TermsAcceptance{
		ID: f.id("acceptance"), AccountID: owner.ID, Document: "terms", Version: version, Source: "acceptTerms",
		AcceptedAt: at,
	}
}

// termsAreAcceptedOnce guards that a version is recorded once for each account, however often it is accepted.
func termsAreAcceptedOnce(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	record := func(acceptances ...models.TermsAcceptance) (versions []string) {
		t.Helper()
		f.tx(func(tx account.Tx) error {
			recorded, err := tx.RecordTerms(f.ctx, acceptances)
			versions = nil
			for _, one := range recorded {
				versions = append(versions, one.Version)
			}
			return err
		})
		return versions
	}

	first, second := f.acceptance(owner, "1", base), f.acceptance(owner, "2", base.Add(time.Hour))
	if got := record(second, first); !slices.Equal(got, []string{"2", "1"}) {
		t.Errorf("recorded %v", got)
	}
	again, third := f.acceptance(owner, "1", base.Add(2*time.Hour)), f.acceptance(owner, "3", base.Add(2*time.Hour))
	if got := record(again, third); !slices.Equal(got, []string{"3"}) {
		t.Errorf("the second time recorded %v", got)
	}
	if got := record(f.acceptance(other, "1", base)); !slices.Equal(got, []string{"1"}) {
		t.Errorf("of another account recorded %v", got)
	}

	accepted, err := f.TermsAcceptances(f.ctx, owner.ID)
	f.ok(err)
	if len(accepted) != 3 || accepted[0].ID != first.ID || !accepted[0].AcceptedAt.Equal(base) ||
		accepted[1].ID != second.ID || accepted[2].ID != third.ID {
		t.Errorf("accepted %+v", accepted)
	}

	err = f.InTx(f.ctx, func(tx account.Tx) error {
		_, err := tx.RecordTerms(f.ctx, []models.TermsAcceptance{f.acceptance(&models.Account{ID: "nobody"}, "1", base)})
		return err
	})
	f.notFound(err)
}
