package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// Auditor is the part of the audit trail that the commands use.
type Auditor interface {
	// AuditEvents calls each with every selected event, chain by chain, oldest first, until each returns an error.
	AuditEvents(ctx context.Context, wanted models.AuditFilter, each func(event models.AuditEvent) error) error
	// VerifyAudit returns an error for the first event that was changed, added or removed since it was recorded.
	VerifyAudit(ctx context.Context) (events, chains int, err error)
}

type listAuditCommand struct {
	databaseFlags
	Account   string      `name:"account" placeholder:"ID" help:"Only the events of this account; its id outlives it."`
	Request   string      `name:"request" placeholder:"ID" help:"Only the events of the request with this X-Request-Id."`
	Operation string      `name:"operation" placeholder:"NAME" help:"Only the events of this operation, such as signIn or 'account export'."`
	Code      models.Code `name:"code" placeholder:"CODE" help:"Only the events with this error code, such as RATE_LIMITED."`
	Since     string      `name:"since" placeholder:"TIME" help:"Only the events from this time on: 2026-11-29T08:00:00Z, or how long ago, such as 24h or 7d."`
}

// Validate refuses an unknown code and an unreadable time, because both would find nothing.
func (c *listAuditCommand) Validate() error {
	if c.Code != "" && !slices.Contains(models.Codes(), c.Code) {
		return &config.Error{Setting: "--code", Problem: "must be an error code such as RATE_LIMITED"}
	}

	_, err := parseSince(c.Since, time.Now())

	return err
}

// parseSince returns the time of a text in the format of RFC 3339, or of a duration before now. "" is the zero time.
func parseSince(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}

	before, err := config.ParseDuration(text)
	if err != nil || before < 0 {
		return time.Time{}, &config.Error{Setting: "--since", Problem: fmt.Sprintf(
			"must be a time such as 2026-11-29T08:00:00Z, or how long ago, such as 24h or 7d; it is %q", text)}
	}

	return now.Add(-before), nil
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
	Operator  string         `json:"operator"`
	Reason    string         `json:"reason"`
	Chain     string         `json:"chain"`
	Number    int            `json:"number"`
}

func showEvent(event models.AuditEvent) shownEvent {
	return shownEvent{
		ID: event.ID, At: event.At, AccountID: event.AccountID, Operation: event.Operation,
		Outcome: event.Outcome, Code: event.Code,
		IP: event.IP, UserAgent: event.UserAgent, APIKeyID: event.APIKeyID, SessionID: event.SessionID,
		AuthID:    event.AuthID,
		RequestID: event.RequestID, Operator: event.Operator, Reason: event.Reason,
		Chain: event.Chain, Number: event.Number,
	}
}

// Run prints a JSON array, event by event, because a trail may exceed the memory.
func (c *listAuditCommand) Run(ctx context.Context, p *Program) error {
	since, err := parseSince(c.Since, time.Now())
	if err != nil {
		return err
	}

	wanted := models.AuditFilter{
		AccountID: c.Account, RequestID: c.Request, Operation: c.Operation, Code: c.Code, Since: since,
	}

	return p.withAudit(ctx, c.Database, func(auditor Auditor) error {
		separator := "[\n"
		err := auditor.AuditEvents(ctx, wanted, func(event models.AuditEvent) error {
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
