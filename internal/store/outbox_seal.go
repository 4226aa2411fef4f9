package store

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/accountql/accountql/models"
)

// Sealer encrypts the secrets of messages while they wait in the outbox. The sealed text is bound to the id of the
// message: it can't be opened in another row.
type Sealer interface {
	Seal(id string, secret []byte) (string, error)
	Open(id, sealed string) ([]byte, error)
}

// sealer is the half of a Sealer that a transaction needs.
type sealer interface {
	Seal(id string, secret []byte) (string, error)
}

// NewSealer returns a sealer that uses AES-256-GCM with a key of 32 bytes.
func NewSealer(key []byte) (Sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("store: key of the outbox: %w", err)
	}

	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("store: key of the outbox: %w", err)
	}

	return gcmSealer{gcm}, nil
}

// SealWith sets the sealer for the secrets of messages. Without it, they are sealed with the newest key from the table
// server_keys, which protects a copy of the outbox but not a copy of the whole database.
func (s *Store) SealWith(sealer Sealer) { s.sealer.Store(&sealer) }

type gcmSealer struct{ gcm cipher.AEAD }

// Seal implements Sealer.
func (g gcmSealer) Seal(id string, secret []byte) (string, error) {
	nonce := make([]byte, g.gcm.NonceSize())
	_, _ = rand.Read(nonce) // never fails: it would end the process instead
	return base64.RawStdEncoding.EncodeToString(g.gcm.Seal(nonce, nonce, secret, []byte(id))), nil
}

// errSealed is the error for a secret that was sealed with another key or in another row.
var errSealed = errors.New("store: a message's secret can't be opened")

// Open implements Sealer.
func (g gcmSealer) Open(id, sealed string) ([]byte, error) {
	box, err := base64.RawStdEncoding.DecodeString(sealed)
	size := g.gcm.NonceSize()
	if err != nil || len(box) < size {
		return nil, errSealed
	}

	secret, err := g.gcm.Open(nil, box[:size], box[size:], []byte(id))
	if err != nil {
		return nil, errSealed
	}

	return secret, nil
}

// messageSecret is the part of a message that is sealed.
type messageSecret struct {
	Token string `json:"token,omitempty"`
	Code  string `json:"code,omitempty"`
}

// seal replaces the message's secret, if it has one, with its sealed form. The key is looked up in any case: a
// notice that is sent instead of a secret must not take less time.
func (t *transaction) seal(ctx context.Context, message *models.Message) error {
	sealer, err := t.outboxSealer(ctx)
	if err != nil || message.Data.Token == "" && message.Data.Code == "" {
		return err
	}

	secret, err := json.Marshal(messageSecret{message.Data.Token, message.Data.Code})
	if err != nil {
		return fmt.Errorf("store: secret of a message: %w", err)
	}

	message.Data.Token, message.Data.Code = "", ""
	message.Data.Sealed, err = sealer.Seal(message.ID, secret)

	return err
}

// outboxSealer returns the sealer inside a transaction. Keys that are read in one are not kept: if the transaction
// itself creates the first key, it disappears with a rollback.
func (t *transaction) outboxSealer(ctx context.Context) (sealer, error) {
	if sealer := t.store.sealer.Load(); sealer != nil {
		return *sealer, nil
	}
	if known := t.store.keys.Load(); known.fresh() && len(known.rings[models.KeyOfOutbox]) > 0 {
		return known.rings[models.KeyOfOutbox], nil
	}

	rings, err := readRings(t.gorm(ctx))
	if err == nil && len(rings[models.KeyOfOutbox]) == 0 {
		if err := t.addKey(ctx, keyName(models.KeyOfOutbox, 1)); err != nil {
			return nil, err
		}
		rings, err = readRings(t.gorm(ctx))
	}

	if err != nil {
		return nil, t.fail(err)
	}

	return rings[models.KeyOfOutbox], nil
}

// unseal restores the secret of a claimed message.
func (s *Store) unseal(ctx context.Context, message *models.Message) error {
	if message.Data.Sealed == "" {
		return nil
	}

	text, err := s.openSealed(ctx, message.ID, message.Data.Sealed)
	if err != nil {
		return err
	}

	var secret messageSecret
	if err := json.Unmarshal(text, &secret); err != nil {
		return fmt.Errorf("store: secret of a message: %w", err)
	}

	message.Data.Token, message.Data.Code, message.Data.Sealed = secret.Token, secret.Code, ""

	return nil
}

// openSealed opens a sealed value outside a transaction, when its key is committed.
func (s *Store) openSealed(ctx context.Context, id, sealed string) ([]byte, error) {
	if sealer := s.sealer.Load(); sealer != nil {
		return (*sealer).Open(id, sealed)
	}

	number, box := keyOf(sealed)
	if number == 0 {
		return nil, errNoKey
	}

	key, err := s.ringKey(ctx, models.KeyOfOutbox, number)
	if errors.Is(err, models.ErrNotFound) {
		return nil, errNoKey
	}
	if err != nil {
		return nil, err
	}

	return key.sealer.Open(id, box)
}
