package account

import (
	"context"

	"github.com/accountql/accountql/models"
)

// message begins a message to a customer that tells of an operation of the caller.
func (s *Service) message(
	caller models.Caller, account *models.Account,
	kind models.MessageKind, channel models.MessageChannel, recipient string,
) *models.Message {
	now := s.now()
	data := models.MessageData{IP: caller.IP, UserAgent: caller.UserAgent, Language: account.MessageLanguage()}
	if account.FirstName != nil {
		data.Name = *account.FirstName
	}

	return &models.Message{
		ID: s.NewID(), AccountID: account.ID, Channel: channel, Kind: kind, Recipient: recipient,
		Data: data, CreatedAt: now, NotBefore: now,
	}
}

// mail begins a mail to an address.
func (s *Service) mail(
	caller models.Caller, account *models.Account, kind models.MessageKind, recipient models.EmailAddress,
) *models.Message {
	return s.message(caller, account, kind, models.ChannelMail, string(recipient))
}

// enqueueToken sends a mail that carries the token of a challenge. The mail
// itself stays without: the transaction may be run again, and then send it to somebody else.
func enqueueToken(ctx context.Context, tx Tx, mail *models.Message, challenge *models.Challenge, token string) error {
	carrying := *mail
	carrying.ChallengeID = challenge.ID
	carrying.Data.Token = token
	carrying.Data.ExpiresAt = &challenge.ExpiresAt
	return tx.Enqueue(ctx, &carrying)
}
