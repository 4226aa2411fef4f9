package account

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/models"
)

// EraseUnproven erases accounts of which nobody has ever proven an address, and which nobody has used since a time
// (--retain-unverified). It looks through a page of accounts, from behind the given id on, and returns how many it erased
// and the id to go on from, or "" at the end. Nobody is told: the address may be a stranger's.
func (s *Service) EraseUnproven(
	ctx context.Context, after string, before time.Time,
) (erased int, next string, err error) {
	ids, next, err := s.Store.UnprovenAccounts(ctx, after, before, accountPage)
	if err != nil {
		return 0, after, err
	}
	if len(ids) == 0 {
		return 0, next, nil
	}

	key, err := s.prepareErasure(ctx)
	if err != nil {
		return 0, after, err
	}

	for _, id := range ids {
		done := false
		err := s.inTx(ctx, func(tx Tx) error {
			account, err := tx.LockAccount(ctx, id)
			if err != nil {
				return err
			}
			if done = account.Unproven() && account.LastUsed().Before(before); !done {
				return nil
			}

			event := s.event(models.Caller{}, opAccountExpired, id)
			receipt, err := s.remove(ctx, tx, account, erasure{key, s.now(), &event})
			if err != nil {
				return err
			}

			return s.recordSuccess(ctx, tx, &event, receipt.eventData())
		})
		if errors.Is(err, models.ErrNotFound) {
			continue
		}
		if err != nil {
			return erased, after, err
		}
		if done {
			erased++
		}
	}

	return erased, next, nil
}
