package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// Auditor is the part of the audit trail that the commands use.
type Auditor interface {
	// AuditEvents calls each with every selected event, chain by chain, oldest first, until each returns an error.
	AuditEvents(ctx context.Context, wanted models.AuditFilter, each func(event models.AuditEvent) error) error
	// CheckAudit returns an error for the first event that was changed, added or removed since it was recorded, or since
	// the anchor.
	CheckAudit(
		ctx context.Context, wanted models.AuditCheck, each func(head models.AuditHead) error,
	) (models.AuditSummary, error)
	// WriteAnchor verifies the trail, and writes a signed root over all chains.
	WriteAnchor(ctx context.Context, to io.Writer, cutoff time.Time) (account.AnchorSeal, error)
	// SigningKeys returns the public keys of this database, by their ids.
	SigningKeys(ctx context.Context) (map[string][]byte, error)
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

	_, err := parseTime("--since", c.Since, time.Now())

	return err
}

// parseTime returns the time of a setting in the format of RFC 3339, or of a duration before now. "" is the zero time.
func parseTime(setting, text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}

	before, err := config.ParseDuration(text)
	if err != nil || before < 0 {
		return time.Time{}, &config.Error{Setting: setting, Problem: fmt.Sprintf(
			"must be a time such as 2026-11-29T08:00:00Z, or how long ago, such as 24h or 7d; it is %q", text)}
	}

	return now.Add(-before), nil
}

// Run prints a JSON array, event by event, because a trail may exceed the memory.
func (c *listAuditCommand) Run(ctx context.Context, p *Program) error {
	since, err := parseTime("--since", c.Since, time.Now())
	if err != nil {
		return err
	}

	wanted := models.AuditFilter{
		AccountID: c.Account, RequestID: c.Request, Operation: c.Operation, Code: c.Code, Since: since,
	}

	return p.withAudit(ctx, c.Database, func(auditor Auditor) error {
		separator := "[\n"
		err := auditor.AuditEvents(ctx, wanted, func(event models.AuditEvent) error {
			text, err := json.Marshal(account.ShowEvent(event))
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

// retentionFlag is the setting of serve that says which events may be gone.
type retentionFlag struct {
	RetainAudit time.Duration `name:"retain-audit" placeholder:"TIME" help:"After how long events end, as for serve. Left out: never, and one that is gone is a fault."`
}

// cutoff returns the time before which events may have ended; zero if none may.
func (f *retentionFlag) cutoff() time.Time {
	if f.RetainAudit == 0 {
		return time.Time{}
	}
	return time.Now().Add(-f.RetainAudit)
}

type verifyAuditCommand struct {
	databaseFlags
	retentionFlag
	Anchor  string `name:"anchor" placeholder:"FILE" help:"What 'audit heads' printed earlier: find also a chain that was removed, and an end that was cut off or rewritten, since then."`
	Receipt string `name:"receipt" placeholder:"FILE" help:"The receipt of a deletion, a signed text that begins with eyJ: check its signature, and that the trail has the erasure."`
}

// Run checks every chain, and returns an error at the first fault.
func (c *verifyAuditCommand) Run(ctx context.Context, p *Program) error {
	return p.withAudit(ctx, c.Database, func(auditor Auditor) error {
		anchor, err := c.readAnchor(ctx, auditor)
		if err != nil {
			return err
		}
		receipt, err := c.readReceipt(ctx, auditor)
		if err != nil {
			return err
		}

		kept := false
		summary, err := auditor.CheckAudit(ctx, models.AuditCheck{Anchor: anchor, Cutoff: c.cutoff()},
			func(head models.AuditHead) error {
				kept = kept || receipt != nil && head.Chain == receipt.AccountID
				return nil
			})
		if err != nil {
			return err
		}

		ended, err := c.findErasure(ctx, auditor, receipt, kept)
		if err != nil {
			return err
		}

		return p.print(struct {
			Verified bool                     `json:"verified"`
			Events   int                      `json:"events"`
			Chains   int                      `json:"chains"`
			Blanked  int                      `json:"blanked"`
			Ended    int                      `json:"ended"`
			Anchored int                      `json:"anchored"`
			Receipt  *account.DeletionReceipt `json:"receipt,omitempty"`
			// EventEnded says that --retain-audit has ended the receipt's event.
			EventEnded bool `json:"eventEnded,omitempty"`
		}{true, summary.Events, summary.Chains, summary.Blanked, summary.Ended, len(anchor), receipt, ended})
	})
}

// readReceipt reads the receipt, if there is one.
func (c *verifyAuditCommand) readReceipt(ctx context.Context, auditor Auditor) (*account.DeletionReceipt, error) {
	if c.Receipt == "" {
		return nil, nil //nolint:nilnil // there is nothing to check
	}

	text, err := os.ReadFile(c.Receipt)
	if err != nil {
		return nil, &config.Error{Setting: "--receipt", Problem: "can't be read: " + err.Error()}
	}

	keys, err := auditor.SigningKeys(ctx)
	if err != nil {
		return nil, err
	}

	receipt, err := account.ReadReceipt(string(text), keys)
	if err != nil {
		return nil, fmt.Errorf("the receipt %s is of no use: %w", c.Receipt, err)
	}

	return receipt, nil
}

// findErasure returns an error if the verified trail does not have the event of the receipt's erasure, although
// --retain-audit does not end it yet. kept says that the trail has the account's chain, which outlives its events.
func (c *verifyAuditCommand) findErasure(
	ctx context.Context, auditor Auditor, receipt *account.DeletionReceipt, kept bool,
) (ended bool, err error) {
	if receipt == nil {
		return false, nil
	}

	found := false
	err = auditor.AuditEvents(ctx, models.AuditFilter{AccountID: receipt.AccountID}, func(event models.AuditEvent) error {
		found = found || receipt.Records(&event)
		return nil
	})
	if err != nil || found {
		return false, err
	}
	if kept && receipt.ErasedAt.Before(c.cutoff()) {
		return true, nil
	}

	// guard: a receipt's erasure is in the trail
	return false, fmt.Errorf("the receipt is signed, but the trail has no event %s of the erasure of the account %s",
		receipt.ID, receipt.AccountID)
}

// readAnchor reads the anchor, if there is one.
func (c *verifyAuditCommand) readAnchor(ctx context.Context, auditor Auditor) ([]models.AuditHead, error) {
	if c.Anchor == "" {
		return nil, nil
	}

	file, err := os.Open(c.Anchor)
	if err != nil {
		return nil, &config.Error{Setting: "--anchor", Problem: "can't be read: " + err.Error()}
	}
	defer func() { _ = file.Close() }()

	keys, err := auditor.SigningKeys(ctx)
	if err != nil {
		return nil, err
	}

	heads, _, err := account.ReadAnchor(file, keys)
	if err != nil {
		return nil, fmt.Errorf("the anchor %s is of no use: %w", c.Anchor, err)
	}

	return heads, nil
}

type auditHeadsCommand struct {
	databaseFlags
	retentionFlag
}

// Run verifies the trail and prints its anchor.
func (c *auditHeadsCommand) Run(ctx context.Context, p *Program) error {
	return p.withAudit(ctx, c.Database, func(auditor Auditor) error {
		_, err := auditor.WriteAnchor(ctx, p.Stdout, c.cutoff())
		return err
	})
}

func (p *Program) withAudit(ctx context.Context, database string, work func(auditor Auditor) error) error {
	return p.withOpen(ctx, config.Settings{Database: database}, func(opened *Database) error {
		return work(opened.Auditor)
	})
}
