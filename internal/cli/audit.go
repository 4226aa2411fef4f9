package cli

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// Auditor is the part of the audit trail that the commands use.
type Auditor interface {
	// AuditTrail calls each with every event, chain by chain, oldest first, until each returns an error.
	AuditTrail(ctx context.Context, each func(event models.AuditEvent) error) error
	// VerifyAudit returns an error for the first event that was changed, added or removed since it was recorded.
	VerifyAudit(ctx context.Context) (events, chains int, err error)
}

type listAuditCommand struct {
	databaseFlags
	Account string `name:"account" placeholder:"ID" help:"Only the events of this account; its id outlives it."`
}

// shownEvent is an audit event as the commands print it.
type shownEvent struct {
	ID        string         `json:"id"`
	At        time.Time      `json:"at"`
	AccountID string         `json:"accountId"`
	Operation string         `json:"operation"`
	Outcome   models.Outcome `json:"outcome"`
	Code      models.Code    `json:"code"`
	IP        string         `json:"ip"`
	UserAgent string         `json:"userAgent"`
	APIKeyID  string         `json:"apiKeyId"`
	SessionID string         `json:"sessionId"`
	AuthID    string         `json:"authId"`
	RequestID string         `json:"requestId"`
	Chain     string         `json:"chain"`
	Number    int            `json:"number"`
}

func showEvent(event models.AuditEvent) shownEvent {
	return shownEvent{
		ID: event.ID, At: event.At, AccountID: event.AccountID, Operation: event.Operation,
		Outcome: event.Outcome, Code: event.Code,
		IP: event.IP, UserAgent: event.UserAgent, APIKeyID: event.APIKeyID, SessionID: event.SessionID,
		AuthID:    event.AuthID,
		RequestID: event.RequestID, Chain: event.Chain, Number: event.Number,
	}
}

// Run prints a JSON array, event by event, because a trail may exceed the memory.
func (c *listAuditCommand) Run(ctx context.Context, p *Program) error {
	return p.withAudit(ctx, c.Database, func(auditor Auditor) error {
		separator := "[\n"
		err := auditor.AuditTrail(ctx, func(event models.AuditEvent) error {
			if c.Account != "" && event.AccountID != c.Account {
				return nil
			}

			text, err := json.Marshal(showEvent(event))
			if err != nil {
				return err
			}

			_, err = io.WriteString(p.Stdout, separator+string(text))
			separator = ",\n"

			return err
		})
		if err != nil {
			return err
		}
		if separator == "[\n" {
			_, err = io.WriteString(p.Stdout, "[")
		}
		if err == nil {
			_, err = io.WriteString(p.Stdout, "\n]\n")
		}

		return err
	})
}

type verifyAuditCommand struct{ databaseFlags }

// Run checks every chain, and returns an error at the first fault.
func (c *verifyAuditCommand) Run(ctx context.Context, p *Program) error {
	return p.withAudit(ctx, c.Database, func(auditor Auditor) error {
		events, chains, err := auditor.VerifyAudit(ctx)
		if err != nil {
			return err
		}

		return p.print(struct {
			Verified bool `json:"verified"`
			Events   int  `json:"events"`
			Chains   int  `json:"chains"`
		}{true, events, chains})
	})
}

func (p *Program) withAudit(ctx context.Context, database string, work func(auditor Auditor) error) error {
	return p.withOpen(ctx, config.Settings{Database: database}, func(opened *Database) error {
		return work(opened.Auditor)
	})
}
