package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

func consentsAreKept(t *testing.T, f *fixture) {
	owner := f.account("a@example.com")
	f.tx(func(tx account.Tx) error {
		return tx.RecordConsents(f.ctx, []models.Consent{
			{ID: "1", AccountID: owner.ID, Channel: models.ConsentSMS, Value: pointer(true), Source: "updateAccount",
				Wording: pointer("7"), RecordedAt: base},
			{ID: "2", AccountID: owner.ID, Channel: models.ConsentSMS, Source: "updateAccount", RecordedAt: base},
		})
	})
	f.tx(func(tx account.Tx) error { return tx.RecordConsents(f.ctx, nil) })

	f.tx(func(tx account.Tx) error {
		kept, err := tx.Consents(f.ctx, owner.ID)
		if err == nil && (len(kept) != 2 || *kept[0].Wording != "7" || kept[1].Wording != nil) {
			t.Errorf("kept %+v", kept)
		}
		return err
	})
}

// consentPages guards that the pages of a history hold each consent once, the newest first, also of one moment.
func consentPages(t *testing.T, f *fixture) {
	owner, other := f.account("a@example.com"), f.account("b@example.com")
	f.tx(func(tx account.Tx) error {
		var consents []models.Consent
		for i, id := range []string{"c", "a", "b", "e", "d"} {
			at := base.Add(time.Duration(i/3) * time.Microsecond)
			consents = append(consents,
				models.Consent{ID: id, AccountID: owner.ID, Channel: "push", Source: "test", RecordedAt: at},
				models.Consent{ID: id + "2", AccountID: other.ID, Channel: "push", Source: "test", RecordedAt: at})
		}
		return tx.RecordConsents(f.ctx, consents)
	})

	for size := 1; size <= 6; size++ {
		var got []string
		var before *models.ConsentPlace
		for {
			page, err := f.ConsentPage(f.ctx, owner.ID, before, size)
			f.ok(err)
			if len(page) == 0 {
				break
			}
			for _, consent := range page {
				got = append(got, consent.ID)
				before = &models.ConsentPlace{RecordedAt: consent.RecordedAt, ID: consent.ID}
			}
		}

		if strings.Join(got, "") != "edcba" {
			t.Errorf("in pages of %d: %v", size, got)
		}
	}
}

// consentProof returns what is kept of a consent, under a pseudonym that is made of the address.
func (f *fixture) consentProof(address string, wording *string, at time.Time) models.ConsentProof {
	return models.ConsentProof{
		ID: f.id("proof"), Pseudonym: []byte("of " + address), Channel: models.ConsentEmail, Value: pointer(true),
		Source: "updateAccount", Wording: wording, RecordedAt: at, ErasedAt: at, ExpiresAt: at.Add(time.Hour),
	}
}

// consentProofsExpire guards that what is kept of erased customers is found by its pseudonym alone, and is deleted in
// time.
func consentProofsExpire(t *testing.T, f *fixture) {
	f.tx(func(tx account.Tx) error {
		return tx.KeepConsentProofs(f.ctx, []models.ConsentProof{
			f.consentProof("a", pointer("7"), base.Add(time.Minute)), f.consentProof("b", nil, base),
			f.consentProof("a", nil, base),
		})
	})

	wordings := func() []bool {
		proofs, err := f.ConsentProofs(f.ctx, []byte("of a"))
		f.ok(err)
		var worded []bool
		for _, proof := range proofs {
			worded = append(worded, proof.Wording != nil)
		}
		return worded
	}
	if got := wordings(); !slices.Equal(got, []bool{false, true}) {
		t.Errorf("kept %v", got)
	}

	f.ok(f.Reap(f.ctx, base.Add(time.Hour)))
	if got := wordings(); !slices.Equal(got, []bool{true}) {
		t.Errorf("after an hour %v", got)
	}
	f.ok(f.Reap(f.ctx, base.Add(2*time.Hour)))
	if got := wordings(); len(got) > 0 {
		t.Errorf("after two hours %v", got)
	}
}
