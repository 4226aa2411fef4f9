package account

import (
	"context"

	"github.com/accountql/accountql/models"
)

// message returns a new message to a customer about an operation of the caller.
func (s *Service) message(
	caller models.Caller, account *models.Account,
	kind models.MessageKind, channel models.MessageChannel, recipient string,
) *models.Message {
	now := s.now()
	data := models.MessageData{
		IP: caller.IP, UserAgent: caller.UserAgent, Brands: caller.Brands,
		Language: account.MessageLanguage(), TimeZone: account.MessageTimeZone(),
	}
	if s.Places != nil {
		if place := s.Places.Place(caller.IP); place != nil {
			data.Place = place.Description
		}
	}
	if account.FirstName != nil {
		data.Name = *account.FirstName
	}

	return &models.Message{
		ID: s.NewID(), AccountID: account.ID, Channel: channel, Kind: kind, Recipient: recipient,
		Data: data, CreatedAt: now, NotBefore: now,
	}
}

// mail returns a new mail to an address.
func (s *Service) mail(
	caller models.Caller, account *models.Account, kind models.MessageKind, recipient models.EmailAddress,
) *models.Message {
	return s.message(caller, account, kind, models.ChannelMail, string(recipient))
}

// enqueueToken enqueues a copy of the mail with the token of a challenge. It does not change the mail itself,
// because the transaction may run again and then send the mail to somebody else.
func enqueueToken(ctx context.Context, tx Tx, mail *models.Message, challenge *models.Challenge, token string) error {
	carrying := *mail
	carrying.ChallengeID = challenge.ID
	carrying.Data.Token = token
	carrying.Data.ExpiresAt = &challenge.ExpiresAt
	return tx.Enqueue(ctx, &carrying)
}
