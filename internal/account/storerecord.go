package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// RecordStore reads what is listed and exported of accounts.
type RecordStore interface {
	// RecentSessions returns up to limit live sessions, the most recently used first.
	RecentSessions(ctx context.Context, accountID string, now time.Time, limit int) ([]models.Session, error)
	// CountSessions returns how many sessions are live.
	CountSessions(ctx context.Context, accountID string, now time.Time) (int, error)
	// Challenges returns every challenge of the account that is kept, the oldest first.
	Challenges(ctx context.Context, accountID string) ([]models.Challenge, error)
	// RegistrationsOf returns the registrations that made the account, with what they brought, the oldest first.
	RegistrationsOf(ctx context.Context, accountID string) ([]models.Registration, error)
	// MessagesOf returns every message of the account that is kept, the oldest first, without its secret.
	MessagesOf(ctx context.Context, accountID string) ([]models.Message, error)
	// AccountRecords returns up to limit accounts in the order of their ids, those behind the id after.
	AccountRecords(ctx context.Context, after string, limit int) ([]models.AccountRecord, error)
	// AccountRecord returns one account; models.ErrNotFound.
	AccountRecord(ctx context.Context, id string) (*models.AccountRecord, error)
}
