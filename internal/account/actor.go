package account

import (
	"context"
	"errors"

	"github.com/accountql/accountql/models"
)

// Actor is who acts for the shop, and why (R-OBS3).
type Actor struct {
	Operator, Reason string
}

// The maximum lengths of an actor's texts, in code points.
const (
	maxOperatorLength = 100
	maxReasonLength   = 500
)

// ParseActor returns an actor; the reason may be "". It returns INVALID_INPUT for "operator" or "reason" if the text is
// blank, too long, or has control characters.
func ParseActor(operator, reason string) (Actor, error) {
	var wrong models.Errors
	operator, err := parseActorText("operator", operator, maxOperatorLength)
	wrong.Add(err)
	if reason != "" {
		reason, err = parseActorText("reason", reason, maxReasonLength)
		wrong.Add(err)
	}

	return Actor{operator, reason}, wrong.OrNil()
}

func parseActorText(field, text string, longest int) (string, error) {
	if models.IsBlank(text) {
		return "", models.InvalidInput(field, models.ReasonBlank, 0, "must not be blank")
	}
	return models.ParseText(field, text, longest)
}

// By returns the service for an actor: the audit events of what it does have the actor's name and reason.
func (s *Service) By(actor Actor) *Service {
	acting := *s
	acting.actor = actor

	return &acting
}

// recordShown writes the event of an operator who sees data of an account, or of all accounts if accountID is nobody.
// If it fails, the data must not be shown (R-OBS3).
func (s *Service) recordShown(ctx context.Context, operation OperationName, accountID string) error {
	return s.inTx(ctx, func(tx Tx) error { return s.recordInternal(ctx, tx, operation, accountID) })
}

// RecordOutboxList writes the event of an operator who lists the messages of an account. If it fails, they must not be
// shown (R-OBS3).
func (s *Service) RecordOutboxList(ctx context.Context, accountID string) error {
	return s.recordShown(ctx, opOutboxList, accountID)
}

// RotateKeys makes a new key of each models.KeyPurpose; what the former keys have made is still read (R-ROT1).
func (s *Service) RotateKeys(ctx context.Context) error {
	return s.inTx(ctx, func(tx Tx) error {
		if err := tx.RotateKeys(ctx); err != nil {
			return err
		}
		return s.recordInternal(ctx, tx, opKeysRotate, nobody)
	})
}

// RetryMessage makes a message due again that was given up, or an event that was sent. It returns models.ErrNotFound,
// or INVALID_INPUT with the reason why the message can't be sent again.
func (s *Service) RetryMessage(ctx context.Context, id string) error {
	var accountID string
	err := s.inTx(ctx, func(tx Tx) (err error) {
		if accountID, err = tx.RetryMessage(ctx, id, s.now()); err != nil {
			return err
		}
		return s.recordInternal(ctx, tx, opOutboxRetry, accountID)
	})
	if !errors.Is(err, models.ErrNotFound) {
		s.recordRefusal(ctx, models.Caller{}, opOutboxRetry, accountID, err)
	}

	return err
}
