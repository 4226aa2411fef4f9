package account

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/accountql/accountql/models"
)

// A link that withdraws a consent holds a token. The token is the number of its key, a nonce, and, sealed with
// AES-256-GCM, the account's ID and the channel, and nothing else (R-DAT2). It is in no table: a link costs nothing to
// make, nothing of it is left after an erasure, and it works as long as its key is kept (ADR 35).

// consentLink is what the token of a link names.
type consentLink struct {
	accountID string
	channel   models.ConsentChannel
}

const (
	keyBytes  = 2
	uuidBytes = 16
	// linkBytes is the length of what is sealed: the account's ID, and the channel's place in models.ConsentChannels.
	linkBytes = uuidBytes + 1
	// linkUse binds what is sealed to its use.
	linkUse = "unsubscribe"
)

// sealLink returns the token of a link.
func (s *Service) sealLink(ctx context.Context, link consentLink) (string, error) {
	id, err := hex.DecodeString(strings.ReplaceAll(link.accountID, "-", ""))
	if err != nil || len(id) != uuidBytes {
		return "", fmt.Errorf("the id of an account must be a UUID; it is %q", link.accountID)
	}

	key, err := s.RecordKeys.LinkKey(ctx, 0)
	if err != nil {
		return "", err
	}

	box, err := linkBox(key)
	if err != nil {
		return "", err
	}

	nonce := make([]byte, box.NonceSize())
	if _, err := io.ReadFull(s.Random, nonce); err != nil {
		return "", fmt.Errorf("random nonce: %w", err)
	}

	token := binary.BigEndian.AppendUint16(nil, uint16(key.Number))     //nolint:gosec // nobody rotates so often
	channel := byte(slices.Index(models.ConsentChannels, link.channel)) //nolint:gosec // there are eight
	plain := append(slices.Clone(id), channel)
	token = box.Seal(append(token, nonce...), nonce, plain, []byte(linkUse))

	return base64.RawURLEncoding.EncodeToString(token), nil
}

// openLink returns what a token names, or nil if the token is none of ours.
func (s *Service) openLink(ctx context.Context, token string) (*consentLink, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(sealed) < keyBytes {
		return nil, nil //nolint:nilnil,nilerr // there is nothing that it names
	}

	number := int(binary.BigEndian.Uint16(sealed))
	if number == 0 {
		return nil, nil //nolint:nilnil // keys are counted from 1
	}

	key, err := s.RecordKeys.LinkKey(ctx, number)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil //nolint:nilnil // its key is gone
	}
	if err != nil {
		return nil, err
	}

	box, err := linkBox(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) != keyBytes+box.NonceSize()+linkBytes+box.Overhead() {
		return nil, nil //nolint:nilnil // it is no token
	}

	nonce, rest := sealed[keyBytes:keyBytes+box.NonceSize()], sealed[keyBytes+box.NonceSize():]
	plain, err := box.Open(nil, nonce, rest, []byte(linkUse)) // guard: a link is made by the shop
	if err != nil || int(plain[uuidBytes]) >= len(models.ConsentChannels) {
		return nil, nil //nolint:nilnil,nilerr // somebody made it up
	}

	id := hex.EncodeToString(plain[:uuidBytes])

	return &consentLink{
		accountID: strings.Join([]string{id[:8], id[8:12], id[12:16], id[16:20], id[20:]}, "-"),
		channel:   models.ConsentChannels[plain[uuidBytes]],
	}, nil
}

func linkBox(key CodeKey) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key.Secret)
	if err != nil {
		return nil, fmt.Errorf("key of links: %w", err)
	}

	box, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("key of links: %w", err)
	}

	return box, nil
}

// UnsubscribePath is where the links lead, below the public URL.
const UnsubscribePath = "/unsubscribe/"

// UnsubscribeLink is a link that withdraws one consent of one customer, for whoever sends the shop's newsletters.
type UnsubscribeLink struct {
	AccountID string
	Channel   models.ConsentChannel
	// Address is the e-mail address or the phone number that the channel reaches; "" if the account has none.
	Address string
	URL     string
}

// Headers returns the headers of a mail by which a mail program unsubscribes with one click (RFC 8058). Other channels
// have none.
func (l *UnsubscribeLink) Headers() map[string]string {
	if l.Channel != models.ConsentEmail {
		return nil
	}
	return map[string]string{
		"List-Unsubscribe": "<" + l.URL + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
	}
}

// UnsubscribeLink returns the link of an account for a channel, once the event of it is written; models.ErrNotFound.
func (s *Service) UnsubscribeLink(
	ctx context.Context, idOrEmail string, channel models.ConsentChannel,
) (_ *UnsubscribeLink, err error) {
	account, err := s.FindAccount(ctx, idOrEmail)
	if err != nil {
		return nil, err
	}
	defer func() { s.recordRefusal(ctx, models.Caller{}, opConsentLink, account.ID, err) }()

	link, err := s.linkOf(ctx, account, channel)
	if err != nil {
		return nil, err
	}

	// guard: a link without its event is not shown
	if err := s.recordShown(ctx, opConsentLink, account.ID); err != nil {
		return nil, err
	}

	return link, nil
}

// UnsubscribeLinks calls write with the link of every account whose consent for the channel counts, once the event of
// it is written, and returns how many there are.
func (s *Service) UnsubscribeLinks(
	ctx context.Context, channel models.ConsentChannel, write func(link *UnsubscribeLink) error,
) (links int, err error) {
	// guard: links without their event are not shown
	if err := s.recordShown(ctx, opConsentLink, nobody); err != nil {
		return 0, err
	}

	for after := ""; ; {
		records, err := s.Store.AccountRecords(ctx, after, exportBatch)
		if err != nil || len(records) == 0 {
			return links, err
		}

		for i := range records {
			account := &records[i].Account
			after = account.ID
			answer := *account.Agreements.Channel(channel)
			if answer == nil || !*answer { // guard: nobody else is on the list
				continue
			}

			link, err := s.linkOf(ctx, account, channel)
			if err != nil {
				return links, err
			}
			if err := write(link); err != nil {
				return links, err
			}
			links++
		}
	}
}

func (s *Service) linkOf(
	ctx context.Context, account *models.Account, channel models.ConsentChannel,
) (*UnsubscribeLink, error) {
	token, err := s.sealLink(ctx, consentLink{account.ID, channel})
	if err != nil {
		return nil, err
	}

	link := &UnsubscribeLink{
		AccountID: account.ID, Channel: channel,
		URL: strings.TrimSuffix(s.Settings.PublicURL, "/") + UnsubscribePath + token,
	}
	switch {
	case channel == models.ConsentEmail:
		link.Address = string(account.Email)
	case channel.ByNumber() && account.Phone != nil:
		link.Address = string(*account.Phone)
	}

	return link, nil
}
