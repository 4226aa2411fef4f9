package cli

import (
	"context"
	"errors"
	"time"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/models"
)

type consentLinkCommand struct {
	actingFlags
	Account   string `name:"account" placeholder:"ID|E-MAIL" help:"Whose link to print: the account's id or e-mail."`
	All       bool   `name:"all" help:"Print a line for every account whose consent for the channel counts: the newsletter's list."`
	Channel   string `name:"channel" required:"" placeholder:"CHANNEL" help:"Which consent the link withdraws: email, sms, push, bluetooth, rfid, wifi, whatsapp or rcs."`
	PublicURL string `name:"public-url" required:"" placeholder:"URL" help:"The server's --public-url, which the links lead to."`
}

// Validate requires one account or all, a known channel and an address.
func (c *consentLinkCommand) Validate() error {
	if (c.Account == "") == !c.All {
		return &config.Error{Setting: "consent link", Problem: "needs either --account or --all"}
	}
	if _, err := models.ParseConsentChannel("channel", c.Channel); err != nil {
		return err
	}
	return config.CheckPublicURL(c.PublicURL)
}

// printedLink is what `consent link` prints of a link.
type printedLink struct {
	AccountID string            `json:"accountId"`
	Channel   string            `json:"channel"`
	To        string            `json:"to"`
	URL       string            `json:"url"`
	Headers   map[string]string `json:"headers,omitempty"`
}

// Run prints the link, or a line for each link.
func (c *consentLinkCommand) Run(ctx context.Context, p *Program) error {
	channel, err := models.ParseConsentChannel("channel", c.Channel)
	if err != nil {
		return err
	}

	write := func(link *account.UnsubscribeLink) error {
		return p.print(printedLink{link.AccountID, link.Channel.Name(), link.Address, link.URL, link.Headers()})
	}
	settings := config.Settings{PublicURL: c.PublicURL}

	return p.withActing(ctx, &c.actingFlags, settings, func(operator Operator, _ *Database) error {
		if c.All {
			links, err := operator.UnsubscribeLinks(ctx, channel, write)
			if err == nil {
				p.say("%d links", links)
			}
			return err
		}

		link, err := operator.UnsubscribeLink(ctx, c.Account, channel)
		if errors.Is(err, models.ErrNotFound) {
			return errNoAccount
		}
		if err != nil {
			return err
		}

		return write(link)
	})
}

type consentProofCommand struct {
	actingFlags
	Address string `arg:"" name:"address" help:"The e-mail address or phone number that the consent was given for."`
}

// shownProof is what `consent proof` prints of a consent of an erased account.
type shownProof struct {
	Channel    string              `json:"channel"`
	State      models.ConsentState `json:"state"`
	Source     string              `json:"source"`
	Wording    *string             `json:"wording"`
	RecordedAt time.Time           `json:"recordedAt"`
	ErasedAt   time.Time           `json:"erasedAt"`
	ExpiresAt  time.Time           `json:"expiresAt"`
}

// Run prints what is kept of the consents that were given for the address by accounts that are erased.
func (c *consentProofCommand) Run(ctx context.Context, p *Program) error {
	return p.withActing(ctx, &c.actingFlags, config.Settings{}, func(operator Operator, _ *Database) error {
		proofs, err := operator.ConsentProofs(ctx, c.Address)
		if err != nil {
			return err
		}

		shown := make([]shownProof, len(proofs))
		for i, proof := range proofs {
			consent := models.Consent{Value: proof.Value, Pending: proof.Pending}
			shown[i] = shownProof{
				proof.Channel.Name(), consent.State(), proof.Source, proof.Wording, proof.RecordedAt, proof.ErasedAt,
				proof.ExpiresAt,
			}
		}

		return p.print(shown)
	})
}
