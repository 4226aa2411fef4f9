package account

import (
	"context"
	"time"

	"github.com/accountql/accountql/models"
)

// codeKind is a use of codes.
type codeKind struct {
	purpose models.Purpose
	message models.MessageKind
	channel models.MessageChannel
	ttl     time.Duration
}

// sentCode is a code that is prepared but not yet stored.
type sentCode struct {
	service   *Service
	account   *models.Account
	challenge *models.Challenge
	message   *models.Message
}

// newSentCode creates a code for an address or a number, and its message.
func (s *Service) newSentCode(
	ctx context.Context, caller models.Caller, account *models.Account, kind codeKind, target string,
) (*sentCode, error) {
	newCode := s.newCode
	if kind.channel == models.ChannelMail {
		newCode = s.newMailCode
	}

	code, err := newCode()
	if err != nil {
		return nil, err
	}

	challenge := s.newChallenge(account, kind.purpose, target, kind.ttl)
	challenge.SecretHash, err = s.hashGuessable(ctx, challenge.ID, codeParts(target, code)...)
	if err != nil {
		return nil, err
	}

	message := s.message(caller, account, kind.message, kind.channel, target)
	message.ChallengeID, message.Data.Code, message.Data.ExpiresAt = challenge.ID, code, &challenge.ExpiresAt

	return &sentCode{service: s, account: account, challenge: challenge, message: message}, nil
}

// start stores the challenge and enqueues the code, within the budgets of the destination and the account.
func (c *sentCode) start(ctx context.Context, tx Tx) error {
	s, target := c.service, c.challenge.Target
	// guard: messages to a destination are counted
	if err := s.spendMessage(ctx, tx, c.account, c.message.Kind, target); err != nil {
		return err
	}
	if c.message.Channel == models.ChannelTextMessage {
		if err := s.spend(ctx, tx, budgetKey(budgetPhoneCodes, target), s.Settings.Limits.PhoneCodes); err != nil {
			return err
		}
	}
	if err := s.spend(ctx, tx, phoneCodesKey(c.account.ID), s.Settings.Limits.AccountPhoneCodes); err != nil {
		return err
	}

	if err := replaceChallenge(ctx, tx, c.challenge); err != nil {
		return err
	}

	return tx.Enqueue(ctx, c.message)
}

// tryCode counts the attempt in a separate transaction before the code is checked: of any number of concurrent
// attempts, five pass (R-CPU2).
func (s *Service) tryCode(
	ctx context.Context, caller models.Caller, purpose models.Purpose, challengeID string,
) (*models.Challenge, error) {
	// This is another transaction, because an attempt at an unknown challenge must also count against the network.
	if err := s.spendTry(ctx, caller); err != nil { // guard: tries at codes are counted
		return nil, err
	}

	var challenge *models.Challenge
	err := s.Store.InTx(ctx, func(tx Tx) (err error) {
		challenge, err = tx.TryChallenge(ctx, challengeID, codeAttempts, s.now())
		if err != nil {
			return notFoundAs(err, errCodeInvalid(nil))
		}
		_, err = tx.SpendBudget(ctx, codeFailuresKey(challenge.AccountID), s.now(), failuresMemory)
		return err
	})
	if err != nil {
		return nil, err
	}
	if challenge.Purpose != purpose || // guard: a code has a purpose
		caller.Account != nil && caller.Account.ID != challenge.AccountID {
		return nil, errCodeInvalid(nil)
	}

	return challenge, nil
}

// codeFailuresKey is the key of an account's attempts at codes since the last right one. It is separate from
// the key of the passwords (R-CPU9).
func codeFailuresKey(accountID string) string { return budgetKey(budgetCodeFailures, accountID) }
