package storetest

import (
	"testing"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

func (f *fixture) keptExport(accountID string) *models.KeptExport {
	return &models.KeptExport{
		ID: f.id("export"), AccountID: accountID, CreatedAt: base, ExpiresAt: base.Add(24 * time.Hour),
		Document: []byte(`{"secret":"document of ` + accountID + `"}`),
	}
}

// keptExports guards that an account has one document, which is sealed, and gone when it expires.
func keptExports(t *testing.T, f *fixture) {
	owner, other := f.account("owner@example.com"), f.account("other@example.com")
	first, second, others := f.keptExport(owner.ID), f.keptExport(owner.ID), f.keptExport(other.ID)
	for _, kept := range []*models.KeptExport{first, others, second} {
		f.tx(func(tx account.Tx) error { return tx.KeepExport(f.ctx, kept) })
	}

	_, err := f.KeptExport(f.ctx, first.ID, base)
	f.notFound(err)
	for _, kept := range []*models.KeptExport{second, others} {
		read, err := f.KeptExport(f.ctx, kept.ID, kept.ExpiresAt.Add(-time.Microsecond))
		f.ok(err)
		if string(read.Document) != string(kept.Document) || read.AccountID != kept.AccountID {
			t.Errorf("read is %+v", read)
		}
		if read.Sealed == "" || read.Sealed == string(kept.Document) {
			t.Errorf("it is stored as %q", read.Sealed)
		}
	}

	_, err = f.KeptExport(f.ctx, second.ID, second.ExpiresAt)
	f.notFound(err)

	f.ok(f.Reap(f.ctx, second.ExpiresAt.Add(-time.Microsecond)))
	_, err = f.KeptExport(f.ctx, second.ID, base)
	f.ok(err)
	f.ok(f.Reap(f.ctx, second.ExpiresAt))
	_, err = f.KeptExport(f.ctx, second.ID, base)
	f.notFound(err)

	f.notFound(f.InTx(f.ctx, func(tx account.Tx) error { return tx.KeepExport(f.ctx, f.keptExport("nobody")) }))
}
