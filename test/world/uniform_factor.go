package world

import (
	"context"
	"testing"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/totp"
	"github.com/accountql/accountql/models"
)

// hasAuthenticator creates an account that asks for a second factor: it has an authenticator and recovery codes.
func hasAuthenticator(of Subject) Subject {
	return func(t testing.TB, w *World, email models.EmailAddress, phone models.PhoneNumber) {
		t.Helper()
		of(t, w, email, phone)
		ctx := context.Background()
		owner, err := w.Store.AccountByEmail(ctx, email)
		Check(t, err)

		since := w.Clock.Now()
		owner.SecondFactorSince = &since
		app := &models.Authenticator{
			ID: w.Service.NewID(), AccountID: owner.ID, Name: "Phone", Secret: make([]byte, totp.SecretSize), CreatedAt: since,
		}
		var codes []models.RecoveryCode
		for range 10 {
			id := w.Service.NewID()
			codes = append(codes, models.RecoveryCode{
				ID: id, AccountID: owner.ID, CodeHash: account.HashToken(id), CreatedAt: since,
			})
		}

		Check(t, w.Store.InTx(ctx, func(tx account.Tx) error {
			if err := tx.UpdateAccount(ctx, owner, "second_factor_since"); err != nil {
				return err
			}
			if err := tx.CreateAuthenticator(ctx, app); err != nil {
				return err
			}
			return tx.ReplaceRecoveryCodes(ctx, owner.ID, codes)
		}))
	}
}
