package account

import (
	"context"
	"maps"
	"slices"

	"github.com/accountql/accountql/models"
)

// CreateUnsubscribeLinkInput is the input of createUnsubscribeLink.
type CreateUnsubscribeLinkInput struct {
	OperatorInput
	Channel models.ConsentChannel
}

// CreateUnsubscribeLinkPayload is the payload of createUnsubscribeLink.
type CreateUnsubscribeLinkPayload struct {
	URL string
	// Headers are those of a mail, in the order of their names.
	Headers []MailHeader
}

// MailHeader is a header of a mail.
type MailHeader struct{ Name, Value string }

// CreateUnsubscribeLink returns the link by which a customer withdraws a consent, for the sender of the shop's
// newsletters. Nothing of it is stored but the event.
func (s *Service) CreateUnsubscribeLink(
	ctx context.Context, caller models.Caller, input CreateUnsubscribeLinkInput,
) (*CreateUnsubscribeLinkPayload, error) {
	payload := &CreateUnsubscribeLinkPayload{Headers: []MailHeader{}}
	return operate(ctx, s, caller, opCreateUnsubscribeLink, input.OperatorInput, func(account *models.Account) error {
		link, err := s.linkOf(ctx, account, input.Channel)
		if err != nil {
			return err
		}

		payload.URL = link.URL
		headers := link.Headers()
		for _, name := range slices.Sorted(maps.Keys(headers)) {
			payload.Headers = append(payload.Headers, MailHeader{Name: name, Value: headers[name]})
		}

		return nil
	}, payload, func(*Service, Tx, *models.Account, *success) error {
		return nil // the event of it is all that is written
	})
}
