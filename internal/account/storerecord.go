package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// RecordStore reads the data of accounts for lists, exports and searches.
type RecordStore interface {
	// RecentSessions returns up to limit live sessions, most recently used first.
	RecentSessions(ctx context.Context, accountID string, now time.Time, limit int) ([]models.Session, error)
	// CountSessions returns the number of live sessions.
	CountSessions(ctx context.Context, accountID string, now time.Time) (int, error)
	// Challenges returns all stored challenges of the account, oldest first.
	Challenges(ctx context.Context, accountID string) ([]models.Challenge, error)
	// RegistrationsOf returns the registrations that created the account, with their data, oldest first.
	RegistrationsOf(ctx context.Context, accountID string) ([]models.Registration, error)
	// MessagesOf returns all stored messages of the account, oldest first, without their secrets.
	MessagesOf(ctx context.Context, accountID string) ([]models.Message, error)
	// WebhookEventsOf returns the kept webhook events of the account, oldest first.
	WebhookEventsOf(ctx context.Context, accountID string) ([]models.WebhookEvent, error)
	// Addresses returns the account's address book, oldest first.
	Addresses(ctx context.Context, accountID string) ([]models.Address, error)
	// AccountRecords returns up to limit accounts in the order of their IDs, starting after the ID after.
	AccountRecords(ctx context.Context, after string, limit int) ([]models.AccountRecord, error)
	// AccountRecord returns one account; models.ErrNotFound.
	AccountRecord(ctx context.Context, id string) (*models.AccountRecord, error)
	// SearchAccounts returns up to limit accounts that a search finds behind a place, in the order of their places. An
	// account is found once.
	SearchAccounts(
		ctx context.Context, wanted models.AccountSearch, after models.AccountPlace, limit int,
	) ([]models.FoundAccount, error)
	// AccountsByCustomID returns up to limit accounts with the shop's number.
	AccountsByCustomID(ctx context.Context, customID string, limit int) ([]models.Account, error)
}
