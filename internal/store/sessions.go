package store

import (
	"context"
	"encoding/binary"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/accountql/accountql/models"
)

// Sessions returns the live sessions, most recently used first.
func (s *Store) Sessions(ctx context.Context, accountID string, now time.Time) ([]models.Session, error) {
	sessions, err := find[models.Session](s.read.WithContext(ctx).
		Where("account_id = ? AND expires_at > ?", accountID, now).
		Order("last_used_at DESC, id DESC"))
	return sessions, s.translate(err)
}

// sessionKeys are the columns of sessions that no model has: both are places of rows, by which a request finds its
// session and its account (docs/adr/0021-row-numbers.md).
const sessionKeys = "account_number, token_key"

// tokenKey returns the first 63 bits of a token's hash, which is a key that every database can index as a number.
// Two of five million sessions have the same with a probability of one in a million; the second is not created.
func tokenKey(tokenHash []byte) int64 {
	var first [8]byte
	copy(first[:], tokenHash)
	return int64(binary.BigEndian.Uint64(first[:]) >> 1)
}

// CreateSession returns models.ErrNotFound if the account is gone.
func (t *transaction) CreateSession(ctx context.Context, session *models.Session) error {
	values := append(t.store.inserts[reflect.TypeFor[models.Session]()].values(ctx, session), tokenKey(session.TokenHash), session.AccountID)
	return t.write(ctx, t.store.statements.newSession, values...)
}

// ProveSession returns models.ErrNotFound if the session is not live.
func (t *transaction) ProveSession(ctx context.Context, id string, at time.Time) error {
	return t.write(ctx,
		t.store.engine.Bind("UPDATE sessions SET authenticated_at = ? WHERE id = ? AND expires_at > ?"), at, id, at)
}

// RenameSession returns models.ErrNotFound if the account has no such live session.
func (t *transaction) RenameSession(
	ctx context.Context, accountID, id string, name *string, now time.Time,
) (*models.Session, error) {
	err := t.expectOneRow(affected(t.gorm(ctx).Model(&models.Session{}).
		// guard: a session is its owner's to name
		Where("id = ? AND account_id = ? AND expires_at > ?", id, accountID, now).Update("name", name)))
	if err != nil {
		return nil, err
	}

	renamed, err := take[models.Session](t.gorm(ctx).Where("id = ?", id))

	return &renamed, t.fail(err)
}

// RotateSession compares the former token, so that of concurrent callers with the same token one succeeds.
func (t *transaction) RotateSession(
	ctx context.Context, session *models.Session, former []byte, now time.Time,
) error {
	return t.write(ctx,
		t.store.engine.Bind("UPDATE sessions SET token_hash = ?, token_key = ?, authenticated_at = ?, step_up_at = ?"+
			// guard: a session's token is exchanged once
			" WHERE id = ? AND token_hash = ? AND expires_at > ?"),
		session.TokenHash, tokenKey(session.TokenHash), session.AuthenticatedAt, session.StepUpAt,
		session.ID, former, now)
}

// EndSession deletes the row: an ended session does not exist (R-SES5).
func (t *transaction) EndSession(ctx context.Context, accountID, id string, now time.Time) error {
	return t.expectOneRow(affected(t.gorm(ctx).
		// guard: a session is its owner's to end
		Where("id = ? AND account_id = ? AND expires_at > ?", id, accountID, now).Delete(&models.Session{})))
}

// EndSessions leaves expired rows to Reap, so that it only counts live sessions.
func (t *transaction) EndSessions(ctx context.Context, accountID, exceptID string, now time.Time) (int, error) {
	if err := t.endTokens(ctx, accountID, exceptID, now); err != nil {
		return 0, err
	}

	ended, err := affected(t.gorm(ctx).
		Where("account_id = ? AND id <> ? AND expires_at > ?", accountID, exceptID, now).Delete(&models.Session{}))
	return ended, t.fail(err)
}

// RecordActivity records uses of sessions, accounts and keys in one transaction, some time after they happened. It
// never moves a time backwards, doesn't change an account's version or updated_at, and doesn't revive a session: a
// session that was deleted, or that expired before the use, stays so, and no session outlives its ends_at.
func (s *Store) RecordActivity(ctx context.Context, uses []models.Activity) error {
	if len(uses) == 0 {
		return nil
	}

	// Every process records uses of the same keys and customers. All do so in the same order, accounts first as
	// everywhere, so that they can't deadlock.
	steps := []struct {
		of     func(use models.Activity) string
		record func(t *transaction, ctx context.Context, use models.Activity) error
	}{
		{func(use models.Activity) string { return use.AccountID }, (*transaction).recordAccountUse},
		{func(use models.Activity) string { return use.SessionID }, (*transaction).recordSessionUse},
		{func(use models.Activity) string { return use.APIKeyID }, (*transaction).recordKeyUse},
	}
	ordered := slices.Clone(uses)

	return s.inTx(ctx, func(tx *transaction) error {
		for _, step := range steps {
			slices.SortStableFunc(ordered, func(a, b models.Activity) int {
				return strings.Compare(step.of(a), step.of(b))
			})
			for _, use := range ordered {
				if step.of(use) == "" {
					continue
				}
				if err := step.record(tx, ctx, use); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (t *transaction) recordAccountUse(ctx context.Context, use models.Activity) error {
	return t.fail(t.gorm(ctx).Model(&models.Account{}).
		Where("id = ? AND (last_activity_at IS NULL OR last_activity_at < ?)", use.AccountID, use.UsedAt).
		Update("last_activity_at", use.UsedAt).Error)
}

func (t *transaction) recordSessionUse(ctx context.Context, use models.Activity) error {
	if err := t.gorm(ctx).Model(&models.Session{}).
		Where("id = ? AND expires_at > ? AND last_used_at < ?", use.SessionID, use.UsedAt, use.UsedAt).
		Update("last_used_at", use.UsedAt).Error; err != nil {
		return t.fail(err)
	}

	return t.fail(t.gorm(ctx).Model(&models.Session{}).
		Where("id = ? AND expires_at > ? AND expires_at < ? AND ends_at >= ?",
			use.SessionID, use.UsedAt, use.SessionExpiresAt, use.SessionExpiresAt).
		Update("expires_at", use.SessionExpiresAt).Error)
}

func (t *transaction) recordKeyUse(ctx context.Context, use models.Activity) error {
	return t.fail(t.gorm(ctx).Model(&models.APIKey{}).
		Where("id = ? AND (last_used_at IS NULL OR last_used_at < ?)", use.APIKeyID, use.UsedAt).
		Update("last_used_at", use.UsedAt).Error)
}
