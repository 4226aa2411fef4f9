package cli

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

// errNoAccount says that no account has the id or e-mail that was given.
var errNoAccount = errors.New("no account has this id or e-mail")

type exportAccountCommand struct {
	databaseFlags
	IDOrEmail string `arg:"" name:"id-or-email" help:"The account's id or e-mail."`
}

// shownSession, shownIdentity and shownConsent list their fields for the reason that shownAccount does.
type (
	shownSession struct {
		ID         string    `json:"id"`
		CreatedAt  time.Time `json:"createdAt"`
		LastUsedAt time.Time `json:"lastUsedAt"`
		ExpiresAt  time.Time `json:"expiresAt"`
		UserAgent  *string   `json:"userAgent"`
		IP         *string   `json:"ip"`
	}
	shownIdentity struct {
		IdentityProvider models.IdentityProvider `json:"identityProvider"`
		Issuer           string                  `json:"issuer"`
		Subject          string                  `json:"subject"`
		LinkedAt         time.Time               `json:"linkedAt"`
	}
	shownConsent struct {
		Channel    models.Channel `json:"channel"`
		Value      *bool          `json:"value"`
		Source     string         `json:"source"`
		RecordedAt time.Time      `json:"recordedAt"`
	}
)

// Run prints everything that is kept of the customer.
func (c *exportAccountCommand) Run(ctx context.Context, p *Program) error {
	return p.withDatabase(ctx, config.Settings{Database: c.Database}, func(operator Operator) error {
		export, err := operator.ExportAccount(ctx, c.IDOrEmail)
		if errors.Is(err, models.ErrNotFound) {
			return errNoAccount
		}
		if err != nil {
			return err
		}
		shown := struct {
			Account    shownAccount    `json:"account"`
			Sessions   []shownSession  `json:"sessions"`
			Identities []shownIdentity `json:"identities"`
			Consents   []shownConsent  `json:"consents"`
			Activity   []shownEvent    `json:"activity"`
		}{Account: show(export.Account), Sessions: []shownSession{}, Identities: []shownIdentity{}, Consents: []shownConsent{}, Activity: []shownEvent{}}
		for _, s := range export.Sessions {
			shown.Sessions = append(shown.Sessions, shownSession{s.ID, s.CreatedAt, s.LastUsedAt, s.ExpiresAt, s.UserAgent, s.IP})
		}
		for _, i := range export.Identities {
			shown.Identities = append(shown.Identities, shownIdentity{i.IdentityProvider, i.Issuer, i.Subject, i.LinkedAt})
		}
		for _, consent := range export.Consents {
			shown.Consents = append(shown.Consents, shownConsent{consent.Channel, consent.Value, consent.Source, consent.RecordedAt})
		}
		for _, event := range export.Activity {
			shown.Activity = append(shown.Activity, showEvent(event))
		}
		return p.print(shown)
	})
}

type eraseAccountCommand struct {
	databaseFlags
	webhookFlag
	IDOrEmail string `arg:"" name:"id-or-email" help:"The account's id or e-mail."`
	Yes       bool   `name:"yes" help:"Really: there is no way back."`
}

// Validate wants the operator to say so twice.
func (c *eraseAccountCommand) Validate() error {
	if !c.Yes {
		return errors.New("--yes is missing: an account that is erased can't be brought back")
	}
	return nil
}

// Run deletes the account and prints which one it was.
func (c *eraseAccountCommand) Run(ctx context.Context, p *Program) error {
	return p.withDatabase(ctx, config.Settings{Database: c.Database, Webhook: c.Webhook}, func(operator Operator) error {
		erased, err := operator.EraseAccount(ctx, c.IDOrEmail)
		if errors.Is(err, models.ErrNotFound) {
			return errNoAccount
		}
		if err != nil {
			return err
		}
		return p.print(struct {
			ID     string `json:"id"`
			Erased bool   `json:"erased"`
		}{erased.ID, true})
	})
}
