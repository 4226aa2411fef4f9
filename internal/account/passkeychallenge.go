package account

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/accountql/accountql/internal/contact"
	"github.com/accountql/accountql/models"
)

const (
	// PasskeyTTL is how long a customer has to answer the challenge of a passkey.
	PasskeyTTL = 5 * time.Minute
	// challengeHead is the length of what is hashed in a challenge: its end, and what makes it unlike any other.
	challengeHead   = 8 + 16
	challengeMemory = PasskeyTTL + time.Minute
)

// PasskeyOptions is the payload of operations that begin with a passkey: what a page hands to the browser.
type PasskeyOptions struct {
	Options   models.JSONObject
	ExpiresAt time.Time
}

// newPasskeyChallenge returns a challenge that is good for one operation on one account, asked for by a page of one
// origin. It is not stored: a keyed hash in it binds it (R-WAY1). An account without an ID stands for any
// customer.
func (s *Service) newPasskeyChallenge(
	ctx context.Context, caller models.Caller, operation OperationName, account *models.Account,
) (challenge []byte, expires time.Time, err error) {
	expires = s.now().Add(PasskeyTTL)
	head := binary.BigEndian.AppendUint64(nil, uint64(expires.UnixMicro()))
	head = append(head, make([]byte, challengeHead-len(head))...)
	if _, err := io.ReadFull(s.Random, head[8:]); err != nil {
		return nil, expires, fmt.Errorf("random challenge: %w", err)
	}

	hash, err := s.hashGuessable(ctx, challengePurpose, challengeParts(head, operation, account, caller.Origin)...)

	return append(head, hash...), expires, err
}

// challengePurpose separates the hashes of challenges from others.
const challengePurpose = "passkey challenge"

// challengeParts returns what binds a challenge. A change of the address or the credentials makes it void.
func challengeParts(head []byte, operation OperationName, account *models.Account, origin string) []string {
	return []string{
		string(head),
		string(operation),                     // guard: a challenge is for one operation
		account.ID,                            // guard: a challenge is for one account
		string(account.Email),                 // guard: a challenge ends with the e-mail
		strconv.Itoa(account.CredentialEpoch), // guard: a challenge ends with the epoch
		origin,                                // guard: a challenge is for one origin
	}
}

// checkPasskeyChallenge returns TOKEN_INVALID unless the challenge of a response is a live one for the operation and the
// account. A program that is no browser sends no origin when it asks for a challenge, which is then good for any of the
// shop's pages.
func (s *Service) checkPasskeyChallenge(
	ctx context.Context, claim *models.PasskeyClaim, operation OperationName, account *models.Account,
) error {
	if len(claim.Challenge) <= challengeHead {
		return errTokenInvalid()
	}

	head, hash := claim.Challenge[:challengeHead], claim.Challenge[challengeHead:]
	expires := time.UnixMicro(int64(binary.BigEndian.Uint64(head))) //nolint:gosec // a forged time has no right hash
	if !s.now().Before(expires) {                                   // guard: a challenge of a passkey expires
		return errTokenInvalid()
	}

	for _, origin := range []string{claim.Origin, ""} {
		right, err := s.matchesGuessable(ctx, hash, challengePurpose, challengeParts(head, operation, account, origin)...)
		if err != nil {
			return err
		}
		if right {
			return nil
		}
	}

	return errTokenInvalid()
}

// usePasskeyChallenge marks a challenge as used. Of concurrent transactions one succeeds; the others fail with
// TOKEN_INVALID. If the transaction is rolled back, the challenge is unused again.
func (s *Service) usePasskeyChallenge(ctx context.Context, tx Tx, claim *models.PasskeyClaim) error {
	key := budgetKey(budgetChallenges, string(claim.Challenge))
	used, err := tx.SpendBudget(ctx, key, s.now(), challengeMemory)
	if err != nil {
		return err
	}
	if used.Count > 1 { // guard: a challenge of a passkey works once
		return errTokenInvalid()
	}

	return nil
}

// passkeyOptions returns the options of a passkey's use for one operation on an account.
func (s *Service) passkeyOptions(
	ctx context.Context, caller models.Caller, operation OperationName, account *models.Account, allowed [][]byte,
) (*PasskeyOptions, error) {
	challenge, expires, err := s.newPasskeyChallenge(ctx, caller, operation, account)
	if err != nil {
		return nil, err
	}

	options, err := s.PasskeyVerifier.RequestOptions(challenge, allowed)

	return &PasskeyOptions{Options: options, ExpiresAt: expires}, err
}

// passkeysOfAddress returns the account with an address and the credentials that are asked for. An address of nobody gets
// an account that does not exist; an account without passkeys gets credentials that nobody has, always the same
// (R-WAY1). The work is the same for each.
func (s *Service) passkeysOfAddress(
	ctx context.Context, field string, given models.EmailAddress,
) (*models.Account, [][]byte, error) {
	email, err := contact.ParseEmail(field, given)
	if err != nil {
		return nil, nil, err
	}

	account, err := s.Store.AccountByEmail(ctx, email)
	if errors.Is(err, models.ErrNotFound) {
		account, err = nobodyAt(email), nil
	}
	if err != nil {
		return nil, nil, err
	}

	passkeys, err := s.Store.Passkeys(ctx, account.ID)
	if err != nil {
		return nil, nil, err
	}

	allowed := s.decoyCredentials(email)
	if len(passkeys) > 0 {
		allowed = credentialIDs(passkeys)
	}

	return account, allowed, nil
}

// nobodyAt returns what stands for the account of an address that no account has.
func nobodyAt(email models.EmailAddress) *models.Account {
	return &models.Account{ID: string(email), Email: email}
}

// decoyCredentials returns one or two credentials that nobody has, in lengths that authenticators use.
func (s *Service) decoyCredentials(email models.EmailAddress) [][]byte {
	lengths := []int{16, 20, 32}
	var decoys [][]byte
	seed := keyed(s.LookupKey, "passkey decoys", string(email))
	for i := range 1 + int(seed[0])%2 {
		decoy := keyed(s.LookupKey, "passkey decoy", string(email), strconv.Itoa(i))
		decoys = append(decoys, decoy[:lengths[int(seed[i+1])%len(lengths)]])
	}

	return decoys
}

// decoyKey is a public key on P-256, as an authenticator writes it.
const decoyKey = "\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20" +
	"\xaf\xef\xa1\x6f\x97\xca\x9b\x2d\x23\xeb\x86\xcc\xb6\x40\x98\xd2" +
	"\x0d\xb9\x08\x56\x06\x2e\xb2\x49\xc3\x3a\x9b\x67\x2f\x26\xdf\x61\x22\x58\x20" +
	"\x93\x0a\x56\xb8\x7a\x2f\xca\x66\x33\x4b\x03\x45\x8a\xbf\x87\x97" +
	"\x17\xc1\x2c\xc6\x8e\xd7\x32\x90\xaf\x2e\x26\x64\x79\x6b\x92\x20"

// passkeyOf returns the passkey of a response or, for a credential that nobody has, one of no account: its signature is
// checked, too, so that the work is the same.
func (s *Service) passkeyOf(ctx context.Context, claim *models.PasskeyClaim) (*models.Passkey, error) {
	passkey, err := s.Store.PasskeyByCredential(ctx, claim.CredentialID)
	if errors.Is(err, models.ErrNotFound) {
		return &models.Passkey{CredentialID: claim.CredentialID, PublicKey: []byte(decoyKey)}, nil
	}
	return passkey, err
}
