package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// mistypedFactors is how many wrong second factors in a row are no news: people mistype. It is what one challenge takes
// without its last try.
const mistypedFactors = codeAttempts - 1

// factorNotices is how many mails of wrong second factors an account gets.
var factorNotices = Limit{1, 24 * time.Hour}

// factorNoticesKey is the key of the mails of wrong second factors to an account.
func factorNoticesKey(accountID string) string {
	return budgetKey(budgetFactorFailures, accountID, "told")
}

// noticeWrongFactor mails the customer of an account whose second factor was wrong so often that it is no slip: somebody
// got past the first factor. It is told to nobody else: the caller's answer is that of any wrong code. The mail is part of no
// change, because the operation is refused.
func (s *Service) noticeWrongFactor(
	ctx context.Context, caller models.Caller, account *models.Account, left int,
) error {
	wrong := factorFailures - left
	if wrong <= mistypedFactors || account.SecondFactorSince == nil { // guard: a mistyped second factor is no news
		return nil
	}

	return s.inTx(ctx, func(tx Tx) error {
		current, err := tx.LockAccount(ctx, account.ID)
		if err != nil {
			return notFoundAs(err, nil)
		}

		limited, _, err := s.trySpend(ctx, tx, []use{{factorNoticesKey(account.ID), factorNotices}})
		if err != nil || limited { // guard: an account gets one mail of wrong second factors a day
			return err
		}

		return tx.Enqueue(ctx, s.mail(caller, current, models.MessageFactorRefused, current.Email))
	})
}
